//! `ringfence number`.

use std::io::{self, Write};

use anyhow::Result;
use ringfence::database::{Database, Error};
use ringfence::number::{Length, Number, ParseError, Plan, Region};
use ringfence::screening::{Call, Caller};
use serde::Serialize;

use crate::args::NumberArgs;
use crate::{batch, plan, region};

/// What is known of a number.
#[derive(Serialize)]
struct Answer<'a> {
    input: &'a str,
    valid: bool,
    possible: bool,
    e164: Option<String>,
    region: Option<String>,
    kind: &'static str,
    /// libphonenumber's name of the length's result; `null` if the text does
    /// not parse.
    length: Option<&'static str>,
    /// `emergency` or `short_code`, where the text is one in the home region.
    #[serde(skip_serializing_if = "Option::is_none")]
    short: Option<&'static str>,
    /// Why the text does not parse.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
}

impl<'a> Answer<'a> {
    fn new(
        input: &'a str,
        parsed: Result<Number, ParseError>,
        short: Option<&'static str>,
    ) -> Self {
        let number = parsed.as_ref().ok();
        Self {
            input,
            valid: number.is_some_and(Number::is_valid),
            possible: number.is_some_and(Number::is_possible),
            e164: number.map(|number| number.e164.to_string()),
            region: number.and_then(|number| Some(number.region?.to_string())),
            kind: number.map_or("unknown", |number| number.kind.name()),
            length: number.map(|number| number.length.name()),
            short,
            error: parsed.as_ref().err().map(|error| error.name()),
        }
    }
}

pub fn run(args: &NumberArgs, database: &Database) -> Result<()> {
    let plan = plan(database)?;
    let home = args.common.region.as_deref();
    let home = home.map(|text| region(text, &plan)).transpose()?;
    if let Some(path) = &args.common.batch {
        return batch::run(path, |item| {
            let home = item.home(home)?;
            let input = item.number.unwrap_or_default();
            let short = short(database, &input, home);
            let answer = Answer::new(&input, parse(&plan, &input, home)?, short);
            serde_json::to_string(&answer).map_err(|error| error.to_string())
        });
    }
    let input = args.text.as_deref().unwrap_or_default();
    let parsed = parse(&plan, input, home).map_err(anyhow::Error::msg)?;
    let short = short(database, input, home);
    let mut out = anstream::stdout().lock();
    if args.common.json {
        serde_json::to_writer(&mut out, &Answer::new(input, parsed, short))?;
        writeln!(out)?;
        return Ok(());
    }
    print(&mut out, parsed, short)?;
    Ok(())
}

/// A text that is no number is an answer; a damaged database is not.
fn parse(
    plan: &Plan<'_>,
    input: &str,
    home: Option<Region>,
) -> Result<Result<Number, ParseError>, String> {
    match plan.parse(input, home) {
        Err(ParseError::Damaged(fault)) => Err(Error::from(fault).to_string()),
        parsed => Ok(parsed),
    }
}

/// Whether the text is an emergency number or a short code at home.
fn short(database: &Database, input: &str, home: Option<Region>) -> Option<&'static str> {
    let call = Call {
        home,
        ..Call::incoming(input)
    };
    match Caller::of(&call, database) {
        Caller::Emergency => Some("emergency"),
        Caller::ShortCode => Some("short_code"),
        _ => None,
    }
}

fn print(
    out: &mut impl Write,
    parsed: Result<Number, ParseError>,
    short: Option<&str>,
) -> io::Result<()> {
    match short {
        Some("emergency") => return writeln!(out, "An emergency number."),
        Some(_) => return writeln!(out, "A short code of a network or service."),
        None => {}
    }
    let number = match parsed {
        Ok(number) => number,
        Err(error) => return writeln!(out, "Not a number: {error}."),
    };
    let state = match (number.is_valid(), number.is_possible()) {
        (true, _) => "valid",
        (false, true) => "not valid: no number of its country looks like this",
        (false, false) => match number.length {
            Length::TooShort => "not possible: too short for its country",
            Length::TooLong => "not possible: too long for its country",
            _ => "not possible: no number of its country has this length",
        },
    };
    let region = number
        .region
        .map_or("not known".to_owned(), |region| region.to_string());
    writeln!(out, "Number  {}", number.e164)?;
    writeln!(out, "State   {state}")?;
    writeln!(out, "Region  {region}")?;
    writeln!(out, "Kind    {}", number.kind.name().replace('_', " "))
}
