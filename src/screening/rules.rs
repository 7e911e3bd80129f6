//! The rules: what each finds in a call. How hard a mode acts on that is the
//! business of [`policy`](super::policy).

use super::call::has_plus;
use super::ranges::RangeHead;
use super::trail::{Origin, Text};
use super::{
    Action, Call, Caller, Category, Certainty, Direction, Familiarity, ListEntry, Memory,
    Recollection, Rule, Settings, Verification,
};
use crate::database::{Database, Fault};
use crate::number::{Kind, Length, Number};

/// A plan with more lengths of numbers than this is open.
const CLOSED_PLAN: u32 = 3;
/// A number this many digits longer or shorter than any is made up.
const ABSURD: u32 = 3;
/// A number of up to so many digits may be a short code after a calling code.
const SHORT_CODE: u32 = 6;

/// What speaks against a caller, or for one.
#[derive(Clone, Copy)]
pub(super) struct Evidence {
    pub category: Category,
    /// In percent, with a database of today.
    pub confidence: u8,
    /// What the standard mode does.
    pub standard: Action,
    pub text: Text,
    pub origin: Origin,
}

/// What a rule found.
pub(super) enum Finding {
    /// It does not match, for this reason.
    No(&'static str, Origin),
    /// It matches.
    Yes(Evidence),
    /// What it looks at is damaged.
    Unreadable(Fault),
}

/// Everything a rule can look at.
pub(super) struct Context<'a, M: ?Sized> {
    pub call: &'a Call<'a>,
    pub caller: Caller,
    pub settings: &'a Settings,
    pub memory: &'a M,
    pub database: &'a Database,
    pub range: Option<RangeHead>,
    /// What is remembered of the caller's number.
    pub recalled: Recollection,
    pub now: u64,
}

impl<M: Memory + ?Sized> Context<'_, M> {
    /// The caller's number, if it shows one.
    pub fn number(&self) -> Option<&Number> {
        match &self.caller {
            Caller::Number(number) => Some(number),
            _ => None,
        }
    }

    /// What a rule finds.
    pub fn look(&self, rule: Rule, fault: Option<Fault>) -> Finding {
        match rule {
            Rule::Emergency => self.emergency(),
            Rule::AllowList => self.allow_list(),
            Rule::BlockList => self.block_list(),
            Rule::Known => self.known(),
            Rule::VerificationFailed => self.verification(),
            Rule::ImpossibleCallerId => self.impossible(),
            Rule::ListedNumber => self.listed(),
            Rule::RiskMap => self.risk_map(),
            Rule::Range => self.range(),
            Rule::HiddenNumber => self.hidden(),
            Rule::AfterScam => self.after_scam(),
            Rule::NothingKnown => Finding::Yes(self.nothing_known(fault)),
        }
    }

    fn emergency(&self) -> Finding {
        match self.caller {
            Caller::Emergency => {
                let text = match self.call.direction {
                    Direction::Outgoing => "You are calling an emergency number.",
                    Direction::Incoming => {
                        "The caller shows an emergency number. Such calls always come through, \
                         but swindlers can show it too."
                    }
                };
                let strength = (100, Action::Allow);
                yes(Category::Emergency, strength, text, Origin::Emergency)
            }
            _ => Finding::No("It is not an emergency number.", Origin::Emergency),
        }
    }

    fn is_on(&self, list: &[ListEntry]) -> bool {
        let covers = |number| list.iter().any(|entry| entry.covers(number));
        self.number().is_some_and(covers)
    }

    fn allow_list(&self) -> Finding {
        if !self.is_on(&self.settings.allow) {
            return Finding::No("It is not on your allow list.", Origin::Settings);
        }
        let text = "This number is on your allow list.";
        let strength = (100, Action::Allow);
        yes(Category::AllowedByYou, strength, text, Origin::Settings)
    }

    fn block_list(&self) -> Finding {
        if !self.is_on(&self.settings.block) {
            return Finding::No("It is not on your block list.", Origin::Settings);
        }
        let text = "This number is on your block list.";
        let strength = (100, Action::Reject);
        yes(Category::BlockedByYou, strength, text, Origin::Settings)
    }

    fn known(&self) -> Finding {
        let never_rings = |range: RangeHead| {
            matches!(range.category, Category::Fiction | Category::DoNotOriginate)
        };
        let faked =
            self.call.direction == Direction::Incoming && self.range.is_some_and(never_rings);
        let text = match self.recalled.familiarity {
            Some(Familiarity::Called | Familiarity::SpokenWith) if faked => {
                return Finding::No(
                    "You have called it or talked with it, but it never rings anyone itself: \
                     whoever shows it may have faked it.",
                    Origin::Memory,
                );
            }
            None => {
                return Finding::No(
                    "You have not called it, talked with it or marked it as fine.",
                    Origin::Memory,
                );
            }
            Some(Familiarity::Called) => "You have called this number yourself.",
            Some(Familiarity::SpokenWith) => "You have talked with this number before.",
            Some(Familiarity::MarkedFine) => "You marked this number as fine.",
        };
        yes(Category::Known, (90, Action::Allow), text, Origin::Memory)
    }

    /// What a rule about caller IDs says where the user calls.
    fn outgoing(&self) -> Option<Finding> {
        let outgoing = self.call.direction == Direction::Outgoing;
        outgoing.then_some(Finding::No("You are calling.", Origin::Phone))
    }

    fn verification(&self) -> Finding {
        if let Some(finding) = self.outgoing() {
            return finding;
        }
        match self.call.verification {
            Verification::Failed => yes(
                Category::Spoofed,
                (95, Action::Reject),
                "The telephone network checked the caller's number and says it is forged.",
                Origin::Network,
            ),
            Verification::Passed => Finding::No(
                "The telephone network vouches for the caller's number, which says nothing about \
                 the caller's honesty.",
                Origin::Network,
            ),
            Verification::NotVerified => Finding::No(
                "The telephone network did not say whether the number is genuine.",
                Origin::Network,
            ),
        }
    }

    fn impossible(&self) -> Finding {
        if let Some(finding) = self.outgoing() {
            return finding;
        }
        if let Some(range) = self.range {
            let standard = match (range.category, range.certainty) {
                (Category::Fiction | Category::DoNotOriginate, Certainty::Certain) => {
                    Some((97, Action::Reject))
                }
                (Category::Fiction | Category::DoNotOriginate, Certainty::Likely) => {
                    Some((60, Action::Warn))
                }
                _ => None,
            };
            if let Some(strength) = standard {
                return from_range(&range, strength);
            }
        }
        let text = match self.number().map(|number| number.length) {
            Some(Length::TooShort | Length::LocalOnly) => {
                "This number is too short to be a real one in the country it claims to come from."
            }
            Some(Length::TooLong) => {
                "This number is too long to be a real one in the country it claims to come from."
            }
            Some(Length::InvalidLength) => {
                "No number in the country it claims to come from has this many digits."
            }
            _ => return Finding::No("A caller can show such a number.", Origin::Plan),
        };
        let strength = if self.is_absurdly_long_or_short() {
            (90, Action::Reject)
        } else {
            (60, Action::Warn)
        };
        yes(Category::ImpossibleLength, strength, text, Origin::Plan)
    }

    /// Whether a number of a wrong length can only be made up: its country is
    /// told by a plus sign, not guessed; the country has few lengths (elsewhere
    /// firms choose how long their extensions are); and the number is off by
    /// more than an exchange adds or drops, and is no short code either.
    fn is_absurdly_long_or_short(&self) -> bool {
        let Some(number) = self.number() else {
            return false;
        };
        let plan = self.database.plan();
        let lengths = plan.and_then(|plan| plan.possible_lengths(number.calling_code));
        let [possible, local] = lengths.unwrap_or_default();
        let digits = number.national_digits();
        let off = (0..32)
            .filter(|length| (possible | local) >> length & 1 == 1)
            .map(|length| digits.abs_diff(length))
            .min();
        has_plus(self.call.number)
            && possible.count_ones() <= CLOSED_PLAN
            && off.is_some_and(|off| off >= ABSURD)
            && digits > SHORT_CODE
    }

    fn range(&self) -> Finding {
        if let Some(range) = self.range {
            let certain = range.certainty == Certainty::Certain;
            let confidence = |sure, likely| if certain { sure } else { likely };
            let strength = match range.category {
                Category::PersonalNumber => Some((confidence(80, 60), Action::Warn)),
                Category::Pager => Some((confidence(85, 60), Action::Warn)),
                Category::PremiumRate => Some((confidence(85, 60), Action::Warn)),
                Category::Telemarketing => Some((confidence(90, 60), Action::Warn)),
                Category::Unallocated => Some((confidence(90, 60), Action::Warn)),
                Category::OneRing if !self.is_domestic(&range) => Some((60, Action::Warn)),
                _ => None,
            };
            if let Some(strength) = strength {
                return from_range(&range, strength);
            }
        }
        let Some(number) = self.number() else {
            return Finding::No("There is no number to look up.", Origin::Plan);
        };
        let (category, confidence, text) = match number.kind {
            Kind::PersonalNumber => (
                Category::PersonalNumber,
                70,
                "This number forwards calls to wherever its owner is, and can be dear to ring back.",
            ),
            Kind::Pager => (
                Category::Pager,
                70,
                "This number belongs to pagers, which cannot ring anyone.",
            ),
            Kind::PremiumRate => (
                Category::PremiumRate,
                75,
                "This is a premium number: ringing it back can cost a lot.",
            ),
            // Plans change faster than databases, so this never stops a call.
            Kind::Unknown => (
                Category::Unallocated,
                45,
                "This number fits no range that its country has given out, as far as we know.",
            ),
            _ => {
                return Finding::No(
                    "It is an ordinary number of its country's numbering plan.",
                    Origin::Plan,
                );
            }
        };
        yes(category, (confidence, Action::Warn), text, Origin::Plan)
    }

    /// Whether a range belongs to the user's own country, where calls from it
    /// are nothing strange.
    fn is_domestic(&self, range: &RangeHead) -> bool {
        let (Some(home), Some(number)) = (self.call.home, self.number()) else {
            return false;
        };
        let code = |region| {
            let plan = self.database.plan().ok()?;
            plan.calling_code_of(region).ok().flatten()
        };
        // Some calling codes are shared by countries that charge each other as
        // abroad; there only the very region is home.
        home == range.region || number.calling_code != 1 && code(home) == Some(number.calling_code)
    }

    fn hidden(&self) -> Finding {
        if let Some(finding) = self.outgoing() {
            return finding;
        }
        let (category, text) = match self.caller {
            Caller::Hidden => (
                Category::Hidden,
                "No number was shown: the caller hides it, or the network did not pass it on. \
                 Surgeries and helplines do that too.",
            ),
            Caller::Payphone => (
                Category::UnknownCallerFormat,
                "The call comes from a public payphone.",
            ),
            Caller::WithoutAreaCode => (
                Category::UnknownCallerFormat,
                "The number came without its area code, so it could not be checked.",
            ),
            Caller::Name => (
                Category::UnknownCallerFormat,
                "The caller shows a name instead of a number. Anyone can write any name there.",
            ),
            Caller::Internet => (
                Category::UnknownCallerFormat,
                "The caller shows an internet address instead of a number.",
            ),
            Caller::NoHomeRegion => (
                Category::UnknownCallerFormat,
                "The number came without a country, and this phone's country is not known.",
            ),
            Caller::Unreadable => (
                Category::UnknownCallerFormat,
                "What the caller shows is not a telephone number.",
            ),
            _ => return Finding::No("The caller shows a number.", Origin::Phone),
        };
        yes(category, (50, Action::Warn), text, Origin::Phone)
    }

    fn after_scam(&self) -> Finding {
        let since = self
            .memory
            .last_scam()
            .and_then(|then| self.now.checked_sub(then));
        let stranger =
            self.call.direction == Direction::Incoming && self.caller != Caller::ShortCode;
        let window = u64::from(self.settings.after_scam_hours) * 60 * 60;
        match since {
            Some(since) if since < window && stranger => yes(
                Category::AfterScam,
                (60, Action::Warn),
                "You had a scam call in the last days. Swindlers often ring again, even as your \
                 bank, the police or someone who gets your money back.",
                Origin::Memory,
            ),
            _ => Finding::No(
                "You marked no call as a scam in the last days.",
                Origin::Memory,
            ),
        }
    }

    fn nothing_known(&self, fault: Option<Fault>) -> Evidence {
        if let Some(range) = self.range
            && range.category == Category::ServicePlatform
        {
            return Evidence {
                category: range.category,
                confidence: 80,
                standard: Action::Allow,
                text: Text::Range(range.id),
                origin: Origin::Range(range.id),
            };
        }
        let (category, text, origin) = match (fault, self.caller) {
            (Some(_), _) => (
                Category::DamagedDatabase,
                "The database on this phone is damaged, so the number could not be checked.",
                Origin::Database,
            ),
            (None, Caller::ShortCode) => (
                Category::ShortCode,
                "This is a short number, as networks and services use them.",
                Origin::Phone,
            ),
            (None, _) => (
                Category::NothingKnown,
                "Nothing is known against this number, and nothing for it.",
                Origin::Database,
            ),
        };
        Evidence {
            category,
            confidence: 0,
            standard: Action::Allow,
            text: Text::Fixed(text),
            origin,
        }
    }
}

fn yes(
    category: Category,
    (confidence, standard): (u8, Action),
    text: &'static str,
    origin: Origin,
) -> Finding {
    Finding::Yes(Evidence {
        category,
        confidence,
        standard,
        text: Text::Fixed(text),
        origin,
    })
}

fn from_range(range: &RangeHead, (confidence, standard): (u8, Action)) -> Finding {
    let id = range.id;
    Finding::Yes(Evidence {
        category: range.category,
        confidence,
        standard,
        text: Text::Range(id),
        origin: Origin::Range(id),
    })
}
