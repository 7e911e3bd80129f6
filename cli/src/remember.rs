//! `ringfence remember`, and memory files for `ringfence screen`.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Error, Result, anyhow};
use ringfence::database::Database;
use ringfence::screening::{Call, Caller, Event, Familiarity, Memory, PersonalMemory};
use ringfence_engine::{EngineError, MemoryFile};
use serde::Serialize;

use crate::args::{Happened, RememberArgs};
use crate::{plan, region, time};

/// What is remembered now.
#[derive(Serialize)]
struct Answer {
    /// `called`, `spoken` or `fine`; `null` if it is not known.
    known: Option<&'static str>,
    /// Whether it is marked as a scam.
    scam: bool,
    /// How many numbers, neighbourhoods and the like the file holds.
    remembered: usize,
}

pub fn run(args: &RememberArgs, database: &Database) -> Result<()> {
    let home = args.region.as_deref();
    let home = home
        .map(|text| region(text, &plan(database)?))
        .transpose()?;
    let now = time(args.at.as_deref())?;
    let event = match args.event {
        Happened::Called => Event::Called,
        Happened::Spoken => Event::SpokenWith,
        Happened::Fine => Event::MarkedFine,
        Happened::Scam => Event::MarkedScam,
        Happened::Unmark => Event::Unmarked,
    };
    let call = Call {
        home,
        ..Call::incoming(args.number.as_deref().unwrap_or_default())
    };
    let caller = Caller::of(&call, database);
    if args.hidden && !matches!(event, Event::MarkedScam | Event::Unmarked) {
        return Err(anyhow!(
            "a call without a number can be marked as a scam and unmarked, no more"
        ));
    }
    if !args.hidden && caller.e164().is_none() {
        return Err(anyhow!(
            "this is no telephone number: give all its digits, and --region if it has no country"
        ));
    }
    let mut file = open(&args.memory)?;
    let remembered = file.remember(&caller, event, now);
    remembered.map_err(|error| named(error, &args.memory))?;
    let recalled = caller
        .e164()
        .zip(file.memory())
        .map(|(number, memory)| memory.recall(number, now))
        .unwrap_or_default();
    let scam = recalled.marked_scam.is_some() || args.hidden && event == Event::MarkedScam;
    let (known, words) = match recalled.familiarity {
        _ if scam => (None, "It is remembered as a scam."),
        None => (None, "It is not known, and no scam."),
        Some(Familiarity::Called) => (Some("called"), "It is known: you called it."),
        Some(Familiarity::SpokenWith) => (Some("spoken"), "It is known: you spoke with it."),
        Some(Familiarity::MarkedFine) => (Some("fine"), "It is known: you marked it as fine."),
    };
    let mut out = anstream::stdout().lock();
    if args.json {
        let answer = Answer {
            known,
            scam,
            remembered: file.memory().map_or(0, PersonalMemory::len),
        };
        serde_json::to_writer(&mut out, &answer)?;
        writeln!(out)?;
    } else {
        writeln!(out, "{words}")?;
    }
    Ok(())
}

/// The memory in a file that must be there.
pub fn read(path: &Path) -> Result<PersonalMemory> {
    // The system says best why there is none.
    File::open(path).with_context(|| path.display().to_string())?;
    let memory = open(path)?.memory().cloned();
    memory.with_context(|| format!("{}: there is no such file any more", path.display()))
}

fn open(path: &Path) -> Result<MemoryFile> {
    MemoryFile::open(path).map_err(|error| named(error, path))
}

/// The error with the file's name. What the phone says of its own storage does
/// not fit here.
fn named(error: EngineError, path: &Path) -> Error {
    let error = match error {
        EngineError::Storage(error) => Error::from(error),
        error => Error::from(error),
    };
    error.context(path.display().to_string())
}
