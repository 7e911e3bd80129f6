//! Calls, verdicts and why they are so.

use ringfence::screening;
use ringfence_engine::PackedVerdict;

use crate::{RingfenceError, millis};

/// Whether the caller lets the number be shown: Android's
/// `TelecomManager.PRESENTATION_*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Presentation {
    /// The number may be shown.
    Allowed,
    /// The caller hides it.
    Restricted,
    /// The network does not know it.
    Unknown,
    /// A public payphone.
    Payphone,
}

/// What the network says of the caller ID: Android's
/// `Connection.VERIFICATION_STATUS_*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Verification {
    /// Nothing.
    NotVerified,
    /// It vouches for it.
    Passed,
    /// It says that the caller ID is forged.
    Failed,
}

/// Who calls whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Direction {
    /// The other side calls.
    Incoming,
    /// The user calls.
    Outgoing,
}

/// A call as the phone sees it, or one that the user asks about.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct Call {
    /// The number in whatever form it comes; none or empty if there is none.
    pub number: Option<String>,
    /// Whether the caller lets it be shown.
    pub presentation: Presentation,
    /// What the network says of it.
    pub verification: Verification,
    /// Who calls whom.
    pub direction: Direction,
}

impl Call {
    /// As the core takes it, at home where the settings say.
    pub(crate) fn read(&self) -> screening::Call<'_> {
        screening::Call {
            number: self.number.as_deref().unwrap_or_default(),
            presentation: match self.presentation {
                Presentation::Allowed => screening::Presentation::Allowed,
                Presentation::Restricted => screening::Presentation::Restricted,
                Presentation::Unknown => screening::Presentation::Unknown,
                Presentation::Payphone => screening::Presentation::Payphone,
            },
            verification: match self.verification {
                Verification::NotVerified => screening::Verification::NotVerified,
                Verification::Passed => screening::Verification::Passed,
                Verification::Failed => screening::Verification::Failed,
            },
            direction: match self.direction {
                Direction::Incoming => screening::Direction::Incoming,
                Direction::Outgoing => screening::Direction::Outgoing,
            },
            home: None,
        }
    }
}

/// Something worth remembering of a call. That it rang, and that the user
/// called, is the data plane's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Event {
    /// They spoke for a minute or more.
    SpokenWith,
    /// The user says that the number is fine.
    MarkedFine,
    /// The user says that the call was a scam.
    MarkedScam,
    /// The user takes back either mark.
    Unmarked,
}

impl From<Event> for screening::Event {
    fn from(event: Event) -> Self {
        match event {
            Event::SpokenWith => Self::SpokenWith,
            Event::MarkedFine => Self::MarkedFine,
            Event::MarkedScam => Self::MarkedScam,
            Event::Unmarked => Self::Unmarked,
        }
    }
}

/// Whom something is remembered of.
#[derive(Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Whom {
    /// A number as the phone or the user gives it; empty for a call that
    /// showed none, which can be marked as a scam.
    Number {
        /// The number.
        number: String,
    },
    /// A call of the log.
    Logged {
        /// Its id.
        id: i64,
    },
}

impl Whom {
    pub(crate) fn read(&self) -> Result<ringfence_engine::Whom<'_>, RingfenceError> {
        Ok(match self {
            Self::Number { number } => ringfence_engine::Whom::Number(number),
            Self::Logged { id } => {
                let id = u64::try_from(*id).ok();
                let unknown = ringfence_engine::EngineError::UnknownCall;
                ringfence_engine::Whom::Call(id.ok_or(unknown)?)
            }
        })
    }
}

/// One rule that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct RuleLooked {
    /// The rule's id, such as `range`.
    pub rule: String,
    /// Whether it matched; the last one's did and decided.
    pub matched: bool,
    /// What was found, in plain words.
    pub text: String,
    /// Where that comes from.
    pub source: String,
    /// The source's date as 2026-11-22, if it has one.
    pub date: Option<String>,
}

/// A verdict and why it is so.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct Explanation {
    /// The packed verdict, as the data plane gives it.
    pub verdict: i64,
    /// The number in E.164 form, if there is one.
    pub e164: Option<String>,
    /// Its region, such as `GB`, if it has one.
    pub region: Option<String>,
    /// Its kind in libphonenumber's words, such as `mobile`.
    pub kind: Option<String>,
    /// A headline.
    pub title: String,
    /// What to do now.
    pub advice: String,
    /// The rules up to the one that decided.
    pub rules: Vec<RuleLooked>,
}

impl Explanation {
    pub(crate) fn new(explained: &screening::Explanation, generation: u32) -> Self {
        let number = match &explained.caller {
            screening::Caller::Number(number) => Some(number),
            _ => None,
        };
        let rules = explained.steps.iter().map(|step| RuleLooked {
            rule: step.rule.id().to_owned(),
            matched: step.matched,
            text: step.text.clone(),
            source: step.source.clone(),
            date: step.date.map(|date| date.to_string()),
        });
        Self {
            verdict: PackedVerdict::new(&explained.verdict, generation).bits(),
            e164: number.map(|number| number.e164.to_string()),
            region: number.and_then(|number| number.region.map(|region| region.to_string())),
            kind: number.map(|number| number.kind.to_string()),
            title: explained.title.clone(),
            advice: explained.advice.clone(),
            rules: rules.collect(),
        }
    }
}

/// A call of the log. The number is not kept.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct LoggedCall {
    /// Tells it from the others; later calls have greater ones.
    pub id: i64,
    /// When it was.
    pub at: i64,
    /// Who called whom.
    pub direction: Direction,
    /// The region of the number, such as `GB`, if it had one.
    pub region: Option<String>,
    /// Its kind in libphonenumber's words; none if there was no number.
    pub kind: Option<String>,
    /// The packed verdict.
    pub verdict: i64,
    /// A headline.
    pub title: String,
    /// What to do.
    pub advice: String,
    /// The rules up to the one that decided.
    pub rules: Vec<RuleLooked>,
    /// The release of the database that gave it.
    pub release: String,
}

impl From<ringfence_engine::LoggedCall> for LoggedCall {
    fn from(call: ringfence_engine::LoggedCall) -> Self {
        let verdict = call.verdict().bits();
        let rules = call.steps.into_iter().map(|step| RuleLooked {
            rule: step.rule,
            matched: step.matched,
            text: step.text,
            source: step.source,
            date: step.date,
        });
        Self {
            id: i64::try_from(call.id).unwrap_or(i64::MAX),
            at: millis(call.at),
            direction: if call.outgoing {
                Direction::Outgoing
            } else {
                Direction::Incoming
            },
            region: call.region,
            kind: call.kind,
            verdict,
            title: call.title,
            advice: call.advice,
            rules: rules.collect(),
            release: call.release,
        }
    }
}
