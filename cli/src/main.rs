//! The `ringfence` command.

mod args;
mod batch;
mod check;
mod db;
mod evaluate;
mod number;
mod remember;
mod screen;
mod terminal;

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser};
use jiff::Timestamp;
use ringfence::database::Database;
use ringfence::number::{Plan, Region};

use args::{Cli, Command};

/// The database that comes with the program. It lies in the program's
/// read-only pages, which the system maps and reads on demand like any file.
static BUNDLED: &[u8] = include_bytes!("../../data/bundled.rfdb");

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        // The reader of our output has seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => fail(&format!("{error:#}")),
    }
}

fn run(cli: Cli) -> Result<()> {
    let database = || open(cli.database.as_deref());
    match cli.command {
        Command::Number(args) => number::run(&args, &database()?),
        Command::Screen(args) => screen::run(&args, &database()?),
        Command::Remember(args) => remember::run(&args, &database()?),
        Command::Check(args) => check::run(&args, &database()?),
        Command::Db(command) => db::run(command, cli.database.as_deref()),
        Command::Evaluate(command) => evaluate::run(&command, cli.database.as_deref()),
        Command::Completions { shell } => {
            // Into memory first: the generator panics where it cannot write.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "ringfence", &mut script);
            io::stdout().write_all(&script)?;
            Ok(())
        }
        Command::Man { command } => man(command.as_deref()),
    }
}

/// Opens a database, the bundled one by default.
fn open(path: Option<&std::path::Path>) -> Result<Database> {
    match path {
        Some(path) => Database::open(path).with_context(|| path.display().to_string()),
        None => Database::from_static(BUNDLED).context("the bundled database"),
    }
}

/// The numbering plan; an error says what to do.
fn plan(database: &Database) -> Result<Plan<'_>> {
    Ok(database.plan().map_err(ringfence::database::Error::from)?)
}

/// The home region, which the plan must know.
fn region(text: &str, plan: &Plan<'_>) -> Result<Region> {
    let region: Region = text.parse().map_err(|error| anyhow!("--region: {error}"))?;
    if !plan.knows(region)? {
        return Err(anyhow!(
            "--region: there is no region {region}; use a two-letter country code such as GB"
        ));
    }
    Ok(region)
}

/// The time of `--at`, or now, in seconds since 1970.
fn time(at: Option<&str>) -> Result<u64> {
    let time = match at {
        None => Timestamp::now(),
        Some(text) => text.parse().map_err(|_| {
            anyhow!("--at: write the time with its zone, such as 2026-12-24T18:00:00Z")
        })?,
    };
    Ok(u64::try_from(time.as_second()).unwrap_or(0))
}

fn man(command: Option<&str>) -> Result<()> {
    let mut cli = Cli::command();
    cli.build();
    let page = match command {
        None => cli,
        Some(name) => {
            let found = cli.find_subcommand(name).cloned();
            let found = found.context("there is no such command; see --help")?;
            let full = format!("ringfence-{name}");
            found.name(full.clone()).display_name(full)
        }
    };
    clap_mangen::Man::new(page).render(&mut io::stdout())?;
    Ok(())
}

/// Answers a command line that does not fit: help and version as asked,
/// anything else as one line.
fn usage(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            return ExitCode::from(2);
        }
        _ => {}
    }
    let argument = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(argument)) => Some(argument.as_str()),
        _ => None,
    };
    // A stray argument may be part of a number or a note, so it is not repeated.
    let option = |a: &str| a.starts_with("--") && !a.contains(char::is_whitespace);
    if error.kind() == ErrorKind::UnknownArgument && !argument.is_some_and(option) {
        return fail("one argument too many: put a number that has spaces in quotes, a note too");
    }
    let text = without_notes(error);
    let mut lines = text
        .lines()
        .map(str::trim)
        .take_while(|line| !line.starts_with("Usage:"));
    let first = lines
        .next()
        .unwrap_or("the command line was not understood");
    let first = first.strip_prefix("error: ").unwrap_or(first);
    // What is missing, or what would be possible; tips repeat what was given.
    let rest: Vec<&str> = lines
        .filter(|line| !line.is_empty() && !line.contains("tip:") && !line.starts_with("For more"))
        .collect();
    let message = [&[first], rest.as_slice()].concat().join(" ");
    fail(&format!("{}; see --help", without_numbers(&message)))
}

/// The error's text without the values that may be someone's note.
fn without_notes(error: &clap::Error) -> String {
    let text = error.to_string();
    let kinds = [ContextKind::InvalidValue, ContextKind::InvalidSubcommand];
    kinds
        .into_iter()
        .fold(text, |text, kind| match error.get(kind) {
            Some(ContextValue::String(value))
                if value.contains(char::is_whitespace)
                    || error.kind() == ErrorKind::TooManyValues =>
            {
                text.replace(value, "(a text)")
            }
            _ => text,
        })
}

/// The text without the words that may be someone's number.
fn without_numbers(text: &str) -> String {
    let number = |word: &str| word.chars().filter(char::is_ascii_digit).count() >= 5;
    let words = text.split(' ').map(|word| match number(word) {
        true => "(a number)",
        false => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Prints the error's one line.
fn fail(message: &str) -> ExitCode {
    let message = message.replace('\n', " ");
    let _ = writeln!(io::stderr(), "ringfence: {message}");
    ExitCode::from(2)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause
            .downcast_ref::<serde_json::Error>()
            .and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}
