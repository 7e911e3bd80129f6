//! The policy: the first rule that finds something decides, and the mode, the
//! user's switches and the age of the database decide how hard.

use super::rules::{Context, Evidence, Finding};
use super::settings::Mode;
use super::trail::{Origin, Text, Trail};
use super::{
    Action, Call, Caller, Category, Direction, Memory, Recollection, Rule, Settings, Switch,
    Verdict,
};
use crate::database::Database;

const DAY: u64 = 86_400;
/// How long after a call another of the same number counts as repeated, in
/// seconds.
const REPEATED: u64 = 3 * 60;
/// Half-life in days of what a list says of a number, of what the risk map says
/// of its block, and of lists of beginnings.
const LISTED: u64 = 30;
const HOT_BLOCK: u64 = 30;
const PREFIXES: u64 = 365;
/// Below this confidence, in percent, reports of others are too old to warn.
const FLOOR: u8 = 2;
/// Below this confidence, in percent, a call is not stopped, only warned of.
const STOPPING: u8 = 50;

/// Decides about a call of `caller` and leaves a trail of the rules looked at.
pub(super) fn decide<M: Memory + ?Sized>(
    call: &Call<'_>,
    caller: Caller,
    settings: &Settings,
    memory: &M,
    database: &Database,
    now: u64,
    trail: &mut impl Trail,
) -> Verdict {
    let found = match caller.e164() {
        Some(e164) => database
            .ranges()
            .and_then(|ranges| ranges.find(e164.digits())),
        None => Ok(None),
    };
    let mut fault = match (caller, found) {
        (Caller::Unknown(fault), _) | (_, Err(fault)) => Some(fault),
        _ => None,
    };
    let context = Context {
        call,
        caller,
        settings,
        memory,
        database,
        range: found.unwrap_or(None),
        recalled: match caller.e164() {
            Some(e164) => memory.recall(e164, now),
            None => Recollection::default(),
        },
        now,
    };
    for &rule in Rule::ORDER {
        let evidence = match context.look(rule, fault) {
            Finding::No(text, origin) => {
                trail.note(rule, false, Text::Fixed(text), origin);
                continue;
            }
            Finding::Unreadable(damaged) => {
                fault = Some(damaged);
                trail.note(rule, false, Text::Fixed(DAMAGED), Origin::Database);
                continue;
            }
            Finding::Yes(evidence) => evidence,
        };
        let confidence = context.faded(&evidence);
        let Some(action) = context.action(rule, &evidence, confidence) else {
            trail.note(rule, false, Text::Fixed(SWITCHED_OFF), Origin::Settings);
            continue;
        };
        if matches!(rule, Rule::ListedNumber | Rule::RiskMap) {
            if evidence.origin.is_of_reports() && confidence < FLOOR {
                trail.note(rule, false, Text::Fixed(TOO_OLD), evidence.origin);
                continue;
            }
            if context.range_says_more(rule, action, confidence) {
                trail.note(rule, false, evidence.text, evidence.origin);
                continue;
            }
        }
        trail.note(rule, true, evidence.text, evidence.origin);
        return Verdict {
            action,
            rule,
            category: evidence.category,
            confidence,
            range: match evidence.text {
                Text::Range(id) => Some(id),
                _ => None,
            },
        };
    }
    // The last rule always matches, so this is never reached.
    Verdict {
        action: Action::Allow,
        rule: Rule::NothingKnown,
        category: Category::NothingKnown,
        confidence: 0,
        range: None,
    }
}

const DAMAGED: &str = "This part of the database is damaged, so it was not looked at.";
const TOO_OLD: &str = "Something was reported, but too long ago to say anything now.";
const SWITCHED_OFF: &str = "This would match, but you switched this kind of warning off.";

impl<M: Memory + ?Sized> Context<'_, M> {
    /// The confidence in the evidence at its age: half of it is left after its
    /// half-life, a third after twice that.
    fn faded(&self, evidence: &Evidence) -> u8 {
        let Some(half_life) = half_life(evidence) else {
            return evidence.confidence;
        };
        let since = match evidence.origin {
            // No list is newer than the database it is in.
            Origin::Listed(day) | Origin::HotBlock(day) | Origin::Prefixes(day) => {
                (u64::from(day) * DAY).min(self.database.issued())
            }
            _ => self.database.issued(),
        };
        let age = self.now.saturating_sub(since) / DAY;
        let left = u64::from(evidence.confidence) * half_life / (half_life + age);
        u8::try_from(left).unwrap_or(evidence.confidence)
    }

    /// Whether what is known of the number's range outweighs reports: it is acted
    /// on harder, or as hard and with more confidence than reports that are
    /// weak, as those of neighbours always are.
    fn range_says_more(&self, rule: Rule, action: Action, confidence: u8) -> bool {
        let Finding::Yes(range) = self.look(Rule::Range, None) else {
            return false;
        };
        let sure = self.faded(&range);
        let Some(harder) = self.action(Rule::Range, &range, sure) else {
            return false;
        };
        let weak = rule == Rule::RiskMap || confidence < STOPPING;
        harder > action || harder == action && weak && sure > confidence
    }

    /// What to do about the evidence; `None` if the user switched it off.
    fn action(&self, rule: Rule, evidence: &Evidence, confidence: u8) -> Option<Action> {
        let mode = self.settings.mode;
        let mut action = match self.settings.switches.get(evidence.category) {
            Some(Switch::Off) => return None,
            Some(switch) => switch.action()?,
            None => by_mode(mode, evidence),
        };
        if action > Action::Warn && confidence < STOPPING {
            action = Action::Warn;
        }
        if action == Action::Reject && mode == Mode::Gentle {
            action = Action::Silence;
        }
        let lifted = matches!(rule, Rule::RiskMap | Rule::Range | Rule::HiddenNumber);
        if lifted && self.settings.repeated_call && self.is_repeated() {
            action = action.min(Action::Warn);
        }
        if self.call.direction == Direction::Outgoing {
            let costly = matches!(
                evidence.category,
                Category::OneRing
                    | Category::PremiumRate
                    | Category::PersonalNumber
                    | Category::Listed
                    | Category::MarkedScam
                    | Category::BlockedByYou
            );
            action = action.min(if costly { Action::Warn } else { Action::Allow });
        }
        Some(action)
    }

    /// People in need ring twice; so do some swindlers.
    fn is_repeated(&self) -> bool {
        let last = match self.caller {
            Caller::Number(_) => self.recalled.last_call,
            Caller::Hidden => self.memory.last_hidden_call(),
            _ => None,
        };
        last.and_then(|last| self.now.checked_sub(last))
            .is_some_and(|since| since <= REPEATED)
    }
}

/// Gentle is one step milder than standard, strict one step harder.
fn by_mode(mode: Mode, evidence: &Evidence) -> Action {
    // Whole countries, neighbours and all strangers: never more than a warning.
    let warns_only = matches!(
        evidence.category,
        Category::OneRing | Category::HotBlock | Category::AfterScam
    );
    match (mode, evidence.standard) {
        (Mode::Gentle, Action::Reject) => Action::Silence,
        (Mode::Gentle, Action::Silence) => Action::Warn,
        (Mode::Strict, Action::Warn) if !warns_only => Action::Silence,
        (Mode::Strict, Action::Silence) => Action::Reject,
        (_, action) => action,
    }
}

/// After how many days the evidence is worth half; `None` for what does not
/// come from the database.
fn half_life(evidence: &Evidence) -> Option<u64> {
    match evidence.origin {
        Origin::Range(_) | Origin::Plan => {}
        Origin::Listed(_) => return Some(LISTED),
        Origin::HotBlock(_) => return Some(HOT_BLOCK),
        Origin::Prefixes(_) => return Some(PREFIXES),
        _ => return None,
    }
    Some(match evidence.category {
        // Laid down once and for all.
        Category::Fiction => 3650,
        Category::PersonalNumber | Category::Pager | Category::PremiumRate => 1825,
        Category::Telemarketing | Category::DoNotOriginate => 1095,
        Category::OneRing => 730,
        // Numbers are handed out every month, and plans grow longer.
        _ => 365,
    })
}
