//! `ringfence screen`.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use jiff::Timestamp;
use ringfence::database::Database;
use ringfence::number::Region;
use ringfence::screening::{
    Call, Direction, Explanation, Memory, Mode, NoMemory, Presentation, Settings, Step,
    Verification, explain,
};
use serde::Serialize;

use crate::args::{self, ScreenArgs};
use crate::{batch, region, remember, terminal, time};

/// A verdict as the command prints it.
#[derive(Serialize)]
struct Answer<'a> {
    number: &'a str,
    e164: Option<String>,
    action: &'static str,
    category: &'static str,
    /// 0 to 1.
    confidence: f64,
    title: &'a str,
    advice: &'a str,
    reasons: Vec<Reason<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trail: Option<Vec<Looked<'a>>>,
    database: Issue<'a>,
}

#[derive(Serialize)]
struct Reason<'a> {
    rule: &'static str,
    text: &'a str,
    source: &'a str,
    date: Option<String>,
}

/// A rule that was looked at, matched or not.
#[derive(Serialize)]
struct Looked<'a> {
    matched: bool,
    #[serde(flatten)]
    reason: Reason<'a>,
}

#[derive(Serialize)]
struct Issue<'a> {
    release: &'a str,
    issued: &'a str,
}

impl<'a> Reason<'a> {
    fn new(step: &'a Step) -> Self {
        Self {
            rule: step.rule.id(),
            text: &step.text,
            source: &step.source,
            date: step.date.map(|date| date.to_string()),
        }
    }
}

/// What stays the same over a batch.
struct Screening<'a> {
    database: &'a Database,
    settings: Settings,
    memory: &'a dyn Memory,
    now: u64,
    issued: String,
    explain: bool,
}

impl Screening<'_> {
    fn answer<'a>(&'a self, call: &Call<'a>, explained: &'a Explanation) -> Answer<'a> {
        let verdict = &explained.verdict;
        let steps = explained.steps.iter();
        let looked = |step: &'a Step| Looked {
            matched: step.matched,
            reason: Reason::new(step),
        };
        Answer {
            number: call.number,
            e164: explained.caller.e164().map(ToString::to_string),
            action: verdict.action.id(),
            category: verdict.category.id(),
            confidence: f64::from(verdict.confidence) / 100.0,
            title: &explained.title,
            advice: &explained.advice,
            reasons: explained.reasons().map(Reason::new).collect(),
            trail: self.explain.then(|| steps.map(looked).collect()),
            database: Issue {
                release: self.database.release(),
                issued: &self.issued,
            },
        }
    }

    fn explain(&self, call: &Call<'_>) -> Explanation {
        explain(call, &self.settings, self.memory, self.database, self.now)
    }
}

pub fn run(args: &ScreenArgs, database: &Database) -> Result<()> {
    let plan = database.plan();
    let home = match (&args.common.region, &plan) {
        (None, _) => None,
        (Some(text), Ok(plan)) => Some(region(text, plan)?),
        // A damaged plan is the verdict's business.
        (Some(text), Err(_)) => text.parse::<Region>().ok(),
    };
    let mut settings = match &args.settings {
        Some(path) => read_settings(path)?,
        None => Settings::default(),
    };
    settings.mode = match args.mode {
        None => settings.mode,
        Some(args::Mode::Gentle) => Mode::Gentle,
        Some(args::Mode::Standard) => Mode::Standard,
        Some(args::Mode::Strict) => Mode::Strict,
    };
    let home = home.or(settings.home);
    let memory = match &args.memory {
        Some(path) => Some(remember::read(path)?),
        None => None,
    };
    let screening = Screening {
        database,
        settings,
        memory: match &memory {
            Some(memory) => memory,
            None => &NoMemory,
        },
        now: time(args.at.as_deref())?,
        issued: rfc3339(database.issued()),
        explain: args.explain,
    };
    let call = Call {
        number: args.number.as_deref().unwrap_or_default(),
        presentation: presentation(args.hidden),
        verification: match args.verification {
            args::Verification::Passed => Verification::Passed,
            args::Verification::Failed => Verification::Failed,
            args::Verification::None => Verification::NotVerified,
        },
        direction: direction(args.outgoing),
        home,
    };
    if let Some(path) = &args.common.batch {
        return batch::run(path, |item| {
            let call = Call {
                number: item.number.as_deref().unwrap_or_default(),
                presentation: presentation(item.hidden.unwrap_or(args.hidden)),
                verification: match item.verification.as_deref() {
                    None => call.verification,
                    Some("passed") => Verification::Passed,
                    Some("failed") => Verification::Failed,
                    Some("none") => Verification::NotVerified,
                    Some(_) => return Err("verification is passed, failed or none".to_owned()),
                },
                direction: direction(item.outgoing.unwrap_or(args.outgoing)),
                home: item.home(home)?,
            };
            let explained = screening.explain(&call);
            let answer = screening.answer(&call, &explained);
            serde_json::to_string(&answer).map_err(|error| error.to_string())
        });
    }
    let explained = screening.explain(&call);
    let mut out = anstream::stdout().lock();
    if args.common.json {
        serde_json::to_writer(&mut out, &screening.answer(&call, &explained))?;
        writeln!(out)?;
    } else {
        terminal::verdict(&mut out, &call, &explained, database, args.explain)?;
    }
    Ok(())
}

fn presentation(hidden: bool) -> Presentation {
    if hidden {
        Presentation::Restricted
    } else {
        Presentation::Allowed
    }
}

fn direction(outgoing: bool) -> Direction {
    if outgoing {
        Direction::Outgoing
    } else {
        Direction::Incoming
    }
}

/// A time in seconds since 1970 as RFC 3339 writes it.
pub fn rfc3339(seconds: u64) -> String {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).map_or_else(|_| "not known".to_owned(), |time| time.to_string())
}

fn read_settings(path: &Path) -> Result<Settings> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}
