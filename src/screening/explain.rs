//! Why a verdict is as it is: every rule that was looked at, in words.

use std::fmt;

use super::policy::decide;
use super::trail::{Origin, Text, Trail};
use super::words;
use super::{Action, Call, Caller, Date, Direction, Memory, Rule, Settings, Verdict};
use crate::database::{Database, Fault};
use crate::number::E164;
use crate::reported::REPORTED;

/// Seconds in a day.
const DAY: u64 = 86_400;

struct Note(Rule, bool, Text, Origin);

impl Trail for Vec<Note> {
    fn note(&mut self, rule: Rule, matched: bool, text: Text, origin: Origin) {
        self.push(Note(rule, matched, text, origin));
    }
}

/// One rule that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The rule.
    pub rule: Rule,
    /// Whether it matched; the last step's did and decided.
    pub matched: bool,
    /// What was found, in plain words. Never holds the number.
    pub text: String,
    /// Where that comes from.
    pub source: String,
    /// The source's date, if it has one.
    pub date: Option<Date>,
}

/// A verdict with every rule that was looked at, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Who seems to be calling.
    pub caller: Caller,
    /// The verdict, the same as [`screen`](super::screen) gives.
    pub verdict: Verdict,
    /// The rules up to the one that decided.
    pub steps: Vec<Step>,
    /// A headline for the verdict's category.
    pub title: String,
    /// What to do now.
    pub advice: String,
}

impl Explanation {
    /// The steps that matched: the reasons for the verdict.
    pub fn reasons(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.matched)
    }
}

/// Decides about a call as [`screen`](super::screen) does, and says why.
///
/// This allocates; it is for the screen that answers "why did it ring?" and
/// "why did it not?".
pub fn explain<M: Memory + ?Sized>(
    call: &Call<'_>,
    settings: &Settings,
    memory: &M,
    database: &Database,
    now: u64,
) -> Explanation {
    let mut notes: Vec<Note> = Vec::new();
    let caller = Caller::of(call, database);
    let verdict = decide(call, caller, settings, memory, database, now, &mut notes);
    let key = caller.e164().and_then(E164::key);
    let (title, advice) = headline(&verdict, call.direction, database);
    Explanation {
        caller,
        verdict,
        steps: notes
            .iter()
            .map(|note| step(note, database, key, now))
            .collect(),
        title,
        advice,
    }
}

/// Headline and advice for a verdict.
fn headline(verdict: &Verdict, direction: Direction, database: &Database) -> (String, String) {
    let words = database
        .ranges()
        .and_then(|ranges| ranges.words(verdict.category));
    let title = match words {
        Ok(words) => words.title.to_owned(),
        Err(_) => verdict.category.to_string(),
    };
    // The database's words are for being called.
    match (direction, verdict.action) {
        (Direction::Incoming, _) => (title, words.map_or("", |words| words.advice).to_owned()),
        (Direction::Outgoing, Action::Allow) => ("Your call".to_owned(), String::new()),
        (Direction::Outgoing, _) => {
            let advice = "Hang up unless you know whom you are calling.";
            (title, advice.to_owned())
        }
    }
}

fn step(
    &Note(rule, matched, text, origin): &Note,
    database: &Database,
    key: Option<u64>,
    now: u64,
) -> Step {
    let range = |id| -> Result<_, Fault> { database.ranges()?.entry(id) };
    let text = match text {
        Text::Fixed(text) => text.to_owned(),
        Text::Range(id) => match range(id) {
            Ok(entry) => entry.text.to_owned(),
            Err(fault) => fault.to_string(),
        },
        Text::Listed(listing) => told(words::listed(database, &listing, now)),
        Text::HotBlock(risk) => told(words::hot_block(database, key, &risk)),
        Text::Prefix(kind) => words::prefix(kind),
    };
    let own = |name: &str| (name.to_owned(), None);
    let day = |day| Some(date_of(u64::from(day) * DAY));
    let issued = Some(date_of(database.issued()));
    let (source, date) = match origin {
        Origin::Settings => own("your settings"),
        Origin::Memory => own("this phone's memory"),
        Origin::Phone => own("this phone"),
        Origin::Network => own("your telephone network"),
        Origin::Database => (format!("Ringfence database {}", database.release()), issued),
        Origin::Plan => (source(database, "Numbering plan: "), issued),
        Origin::Emergency => (source(database, "Emergency numbers: "), issued),
        Origin::Range(id) => match range(id) {
            Ok(entry) => (entry.source.to_owned(), Some(entry.date)),
            Err(_) => own("the damaged database"),
        },
        Origin::Reports => {
            let listed = database.listed().ok().flatten();
            let date = listed.and_then(|listed| day(listed.as_of()));
            (sources(database), date.or(issued))
        }
        Origin::Listed(as_of) | Origin::HotBlock(as_of) | Origin::Prefixes(as_of) => {
            (sources(database), day(as_of))
        }
    };
    Step {
        rule,
        matched,
        text,
        source,
        date,
    }
}

/// The source that the database names for a part of itself.
fn source(database: &Database, part: &str) -> String {
    let found = database.sources().ok().and_then(|mut lines| {
        let line = lines.find_map(|line| line.strip_prefix(part));
        line.map(str::to_owned)
    });
    found.unwrap_or_else(|| format!("Ringfence database {}", database.release()))
}

/// What the reports of other people come from.
fn sources(database: &Database) -> String {
    let names: Vec<&str> = match database.sources() {
        Ok(lines) => lines
            .filter_map(|line| line.strip_prefix(REPORTED))
            .map(|line| line.split_once(": ").map_or(line, |(name, _)| name))
            .collect(),
        Err(_) => Vec::new(),
    };
    match names.is_empty() {
        true => format!("Ringfence database {}", database.release()),
        false => names.join(", "),
    }
}

fn told(text: Result<String, Fault>) -> String {
    text.unwrap_or_else(|fault| fault.to_string())
}

/// The date, in UTC, of a time in seconds since 1970 (proleptic Gregorian
/// calendar; years from March, so that the leap day is the last).
pub(super) fn date_of(seconds: u64) -> Date {
    let days = seconds / 86_400 + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    Date {
        year: u16::try_from(era * 400 + year_of_era + carry).unwrap_or(u16::MAX),
        month: month as u8,
        day: day as u8,
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}", self.text, self.source)?;
        match self.date {
            Some(date) => write!(f, ", {date})"),
            None => f.write_str(")"),
        }
    }
}
