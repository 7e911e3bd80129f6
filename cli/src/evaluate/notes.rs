//! `ringfence evaluate notes`.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use ringfence::check::{Answers, Checker, Report};
use ringfence::database::{Database, Error};
use ringfence_publisher::Check;
use ringfence_publisher::model::{FOLDS, fold};
use serde::Serialize;

use super::args::NotesArgs;
use super::cases::{Case, Found};
use super::measure::{Measure, all, table};
use super::measures::blocks;
use super::rows::{Label, Row};
use super::{checker, plot, rows};
use crate::open;

/// What is printed with `--json`.
#[derive(Serialize)]
struct Summary<'a> {
    /// The database's release; none for models that were trained here.
    database: Option<&'a str>,
    cross_validated: bool,
    measures: Vec<&'a Measure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Vec<Wrong<'a>>>,
}

/// A note that was judged wrongly.
#[derive(Serialize)]
struct Wrong<'a> {
    id: &'a str,
    fault: &'static str,
    label: Label,
    script: Option<&'a str>,
    verdict: &'static str,
    probability: f64,
    found: Option<&'a str>,
    note: &'a str,
}

pub fn run(args: &NotesArgs, database: Option<&Path>) -> Result<()> {
    let (cases, release) = match (&args.file, &args.cross_validate) {
        (Some(file), _) => {
            let database = open(database)?;
            let checker = checker(&database)?;
            let rows = rows::read(file)?;
            let cases = check(&checker, rows, args.lang_given)?;
            (cases, Some(database.release().to_owned()))
        }
        (None, Some(_)) if database.is_some() => {
            bail!("--cross-validate trains its own models: leave out --database")
        }
        (None, data) => {
            let data = data.as_deref().unwrap_or(Path::new("data"));
            (cross_validate(data, args.lang_given)?, None)
        }
    };
    if let Some(folder) = &args.plots {
        plot::write(folder, &cases)?;
    }
    let blocks = blocks(&cases);
    let mut out = anstream::stdout().lock();
    if args.json {
        let summary = Summary {
            database: release.as_deref(),
            cross_validated: release.is_none(),
            measures: all(&blocks).collect(),
            errors: args.errors.then(|| wrong(&cases).collect()),
        };
        serde_json::to_writer(&mut out, &summary)?;
        writeln!(out)?;
        return Ok(());
    }
    match release {
        Some(release) => writeln!(out, "Database {release}\n")?,
        None => writeln!(out, "Each note by a model that was trained without it\n")?,
    }
    table(&mut out, &blocks)?;
    if args.errors {
        writeln!(out)?;
        wrong(&cases).try_for_each(|wrong| print(&mut out, &wrong))?;
    }
    Ok(())
}

/// Checks notes, without answers.
fn check(checker: &Checker<'_>, rows: Vec<Row>, language_given: bool) -> Result<Vec<Case>> {
    let answers = Answers::new();
    let cases = rows.into_iter().map(|row| {
        let report = Report {
            note: &row.note,
            language: row.language().filter(|_| language_given),
            text_language: None,
            region: row.region(),
            answers: &answers,
        };
        let assessment = checker.check(&report).map_err(Error::from)?;
        let found = Found::new(&assessment, report.language.is_some());
        Ok(Case { row, found })
    });
    cases.collect()
}

/// Checks the notes of a folder of sources, each with a model that was trained
/// without it.
fn cross_validate(data: &Path, language_given: bool) -> Result<Vec<Case>> {
    if !data.is_dir() {
        bail!(
            "{}: there is no such folder; give the one with flags.toml and notes/",
            data.display()
        );
    }
    let sources = Check::read(data)?;
    if sources.notes.is_empty() {
        bail!("{}: there is no note in its notes/", data.display());
    }
    let mut cases = Vec::with_capacity(sources.notes.len());
    for part in 0..FOLDS {
        let notes = sources.notes.iter().cloned();
        let (held, rest): (Vec<_>, Vec<_>) = notes.partition(|note| fold(&note.id) == part);
        // Only so that one sees it is at work.
        let _ = writeln!(
            io::stderr(),
            "Part {} of {FOLDS}: training on {} notes to check {}",
            part + 1,
            rest.len(),
            held.len()
        );
        let database = Database::from_bytes(sources.database(&rest)?).context("a trained model")?;
        let held = held.iter().map(Row::from).collect();
        cases.extend(check(&checker(&database)?, held, language_given)?);
    }
    cases.sort_by(|a, b| a.row.id.cmp(&b.row.id));
    Ok(cases)
}

fn wrong(cases: &[Case]) -> impl Iterator<Item = Wrong<'_>> {
    cases.iter().filter_map(|case| {
        Some(Wrong {
            id: &case.row.id,
            fault: case.fault()?,
            label: case.row.label,
            script: case.row.script.as_deref(),
            verdict: case.found.verdict.name(),
            probability: case.found.probability,
            found: case.found.script.as_deref(),
            note: &case.row.note,
        })
    })
}

fn print(out: &mut impl Write, wrong: &Wrong<'_>) -> io::Result<()> {
    let label = match wrong.label {
        Label::Scam => "scam",
        Label::Legit => "legit",
        Label::Ambiguous => "ambiguous",
        Label::IllegalRobocall => "illegal robocall",
    };
    let script = wrong
        .script
        .map_or(String::new(), |script| format!(" ({script})"));
    let found = wrong
        .found
        .map_or(String::new(), |script| format!(" ({script})"));
    writeln!(
        out,
        "{}  {}: {label}{script}, called {}{found} at {:.3}",
        wrong.id, wrong.fault, wrong.verdict, wrong.probability
    )?;
    let text = wrong.note.split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(out, "    {text}")
}
