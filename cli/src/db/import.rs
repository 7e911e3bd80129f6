//! `ringfence db import`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use ringfence::database::Database;
use ringfence_publisher::compile;
use ringfence_publisher::facts::Release;
use ringfence_publisher::import::{
    Columns, Cuts, DateForm, Import, Manifest, Note, Options, Reason, Source, Store, Tally, day,
    files,
};
use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;
use serde::Serialize;

use super::args::{AUTO, ImportArgs};
use crate::screen::rfc3339;
use crate::{open, plan, region, time};

/// What was imported.
#[derive(Serialize)]
struct Summary {
    store: String,
    files: Vec<FileSummary>,
    /// Files of folders that are no such lists.
    passed_over: u64,
    tally: Tally,
    merged: Merged,
    /// Runs of the store that are not whole and left out.
    broken: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    database: Option<DatabaseSummary>,
}

/// What was written.
#[derive(Serialize)]
struct DatabaseSummary {
    file: String,
    release: String,
    issued: String,
    bytes: usize,
    fingerprint: String,
    /// The day of the last report.
    as_of: String,
    /// Numbers on the list.
    listed: u64,
    /// Numbers that were reported too long ago.
    forgotten: u64,
    hot_blocks: usize,
}

#[derive(Serialize)]
struct FileSummary {
    file: String,
    format: &'static str,
    source: String,
    licence: String,
    url: Option<String>,
    /// It had been imported before.
    known: bool,
    from: Option<String>,
    to: Option<String>,
    #[serde(flatten)]
    tally: Tally,
}

impl FileSummary {
    fn new(file: &Source, manifest: Manifest, known: bool) -> Self {
        let date = |pick: fn((u32, u32)) -> u32| manifest.days.map(pick).map(day::iso_date);
        Self {
            file: name(file),
            format: manifest.format.id(),
            known,
            from: date(|days| days.0),
            to: date(|days| days.1),
            source: manifest.origin.name,
            licence: manifest.origin.licence,
            url: manifest.origin.url,
            tally: manifest.tally,
        }
    }
}

/// What all lists of the store come to.
#[derive(Serialize)]
struct Merged {
    /// Different numbers.
    numbers: u64,
    /// How many times they were reported.
    reports: u64,
    prefixes: usize,
}

pub fn run(args: &ImportArgs, database: &Database) -> Result<()> {
    let import = Import::new(options(args, database)?, database)?;
    let wanted = Wanted::read(args)?;
    let folder = args.store.clone().or(args.out.as_deref().map(beside));
    let folder = folder.unwrap_or_default();
    let own = Own::new(args, &folder)?;
    let _lock = lock(&folder)?;
    let mut store = Store::open(&folder)?;
    let mut passed_over = 0;
    let mut lists = Vec::new();
    for input in &args.inputs {
        let before = lists.len();
        let found = files(input)?;
        let folder = input.is_dir();
        for file in found {
            match &file {
                Source::File(path) if folder && own.holds(path) => {}
                Source::File(path) if folder && !import.fits(path)? => passed_over += 1,
                _ => lists.push(file),
            }
        }
        if lists.len() == before {
            bail!(
                "{}: no file in this folder is such a list; give another format or folder",
                input.display()
            );
        }
    }
    let files = take(&import, &mut store, &lists)?;
    let mut tally = Tally::default();
    for file in &files {
        tally.add(&file.tally);
    }
    if store.broken() > 0 && args.out.is_some() {
        bail!(
            "{}: what was imported here is not whole; import all lists again, into a new store if \
             they have changed",
            store.folder().display()
        );
    }
    if store.manifests().all(|list| list.tally.used() == 0) {
        let reasons = tally.dropped.iter();
        let reasons = reasons.map(|(reason, count)| format!("{count} {}", reason.words()));
        let reasons: Vec<String> = reasons.collect();
        match reasons.is_empty() {
            true => bail!("there is no row in these lists"),
            false => bail!("no row of these lists can be used: {}", reasons.join(", ")),
        }
    }
    let summary = Summary {
        store: store.folder().display().to_string(),
        files,
        passed_over,
        tally,
        merged: merged(&store, database)?,
        broken: store.broken(),
        database: match &args.out {
            Some(out) => Some(compile(out, &store, database, wanted)?),
            None => None,
        },
    };
    let mut out = anstream::stdout().lock();
    if args.json {
        serde_json::to_writer(&mut out, &summary)?;
        writeln!(out)?;
    } else {
        print(&mut out, &summary)?;
    }
    Ok(())
}

fn options(args: &ImportArgs, database: &Database) -> Result<Options> {
    let today = today(time(None)?);
    let mut options = Options::new(today);
    if args.format != AUTO {
        options.format = Some(args.format.parse()?);
    }
    let home = args.region.as_deref();
    options.home = home
        .map(|text| region(text, &plan(database)?))
        .transpose()?;
    options.cuts = args.cuts.as_deref().map(Cuts::read).transpose()?;
    let date = args.date.as_deref().map(|text| {
        let date = DateForm::Iso.read(text);
        date.ok_or_else(|| anyhow!("--date: write the date such as 2026-11-22"))
    });
    options.date = date.transpose()?;
    options.columns = Columns {
        number: args.number.clone(),
        date: args.date_column.clone(),
        kind: args.kind.clone(),
        count: args.count.clone(),
        separator: args.separator,
        dates: args.dates.parse()?,
    };
    let line = |text: &Option<String>, option: &str| match text {
        Some(text) if text.trim().is_empty() || text.chars().any(char::is_control) => {
            Err(anyhow!("{option}: write it in one line"))
        }
        text => Ok(text.clone()),
    };
    options.name = line(&args.source, "--source")?;
    options.licence = line(&args.licence, "--licence")?;
    options.url = line(&args.url, "--url")?;
    Ok(options)
}

/// The database to write, as far as it is said.
struct Wanted {
    name: Option<String>,
    issued: Option<u64>,
    /// In millionths.
    budget: u64,
}

impl Wanted {
    fn read(args: &ImportArgs) -> Result<Self> {
        let fine = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
        let name = args.release.clone();
        if name
            .as_ref()
            .is_some_and(|name| !(1..=32).contains(&name.len()) || !name.chars().all(fine))
        {
            bail!("--release: a name is up to 32 letters, digits, dots and dashes");
        }
        let issued = args.issued.as_ref().map(|text| {
            let issued = text.parse::<Timestamp>().ok();
            let issued = issued.and_then(|time| u64::try_from(time.as_second()).ok());
            issued.context("--issued: write the time such as 2026-11-22T00:00:00Z")
        });
        Ok(Self {
            name,
            issued: issued.transpose()?,
            budget: args.budget,
        })
    }
}

/// What an import writes, which is no list.
struct Own {
    store: Option<PathBuf>,
    out: Option<PathBuf>,
}

impl Own {
    /// An error if the database would take the place of a list.
    fn new(args: &ImportArgs, store: &Path) -> Result<Self> {
        let own = Self {
            store: store.canonicalize().ok(),
            out: args.out.as_ref().and_then(|out| out.canonicalize().ok()),
        };
        let inputs = args.inputs.iter().chain(&args.cuts);
        let mut inputs = inputs.filter_map(|input| input.canonicalize().ok());
        if own.out.is_some() && inputs.any(|input| Some(input) == own.out) {
            bail!("--out: this is one of the files to read; give another file");
        }
        Ok(own)
    }

    fn holds(&self, path: &Path) -> bool {
        let Ok(path) = path.canonicalize() else {
            return false;
        };
        let in_store = |store: &PathBuf| path.starts_with(store);
        self.out.as_ref() == Some(&path) || self.store.as_ref().is_some_and(in_store)
    }
}

/// Keeps other imports from a store until the file is closed.
fn lock(store: &Path) -> Result<File> {
    let name = || store.display().to_string();
    std::fs::create_dir_all(store).with_context(name)?;
    let folder = File::open(store).with_context(name)?;
    match flock(&folder, FlockOperation::NonBlockingLockExclusive) {
        Err(Errno::WOULDBLOCK) => bail!(
            "{}: another import is using this store; run this again when it is done",
            name()
        ),
        // Some file systems have no locks.
        _ => Ok(folder),
    }
}

/// The folder of lists beside a database.
fn beside(out: &Path) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(".lists");
    name.into()
}

/// Writes the database. Unless it is said, its time of issue follows from the
/// lists and the database it is based on, so that the same lists give the same
/// bytes on any day.
fn compile(
    out: &Path,
    store: &Store,
    database: &Database,
    wanted: Wanted,
) -> Result<DatabaseSummary> {
    let today = today(time(None)?);
    let issued = wanted.issued.unwrap_or_else(|| {
        let end = (u64::from(compile::as_of(store, today)) + 1) * 86_400;
        database.issued().max(end)
    });
    let name = wanted.name.unwrap_or_else(|| {
        let day = day::iso_date(self::today(issued));
        format!("{}-lists", day.replace('-', "."))
    });
    let release = Release { name, issued };
    let options = compile::Options {
        budget: wanted.budget,
        ..compile::Options::new(release, today)
    };
    let compiled = compile::compile(database, store, &options)?;
    super::write_whole(out, &compiled.bytes)?;
    let written = open(Some(out))?;
    Ok(DatabaseSummary {
        file: out.display().to_string(),
        release: written.release().to_owned(),
        issued: rfc3339(written.issued()),
        bytes: compiled.bytes.len(),
        fingerprint: super::hex(&written.fingerprint()),
        as_of: day::iso_date(compiled.as_of),
        listed: compiled.listed,
        forgotten: compiled.forgotten,
        hot_blocks: compiled.hot_blocks,
    })
}

fn today(seconds: u64) -> u32 {
    i64::try_from(seconds)
        .ok()
        .and_then(day::from_unix)
        .unwrap_or(0)
}

fn name(file: &Source) -> String {
    match file {
        Source::File(path) => path.display().to_string(),
        Source::Standard => "-".to_owned(),
    }
}

fn take(import: &Import<'_>, store: &mut Store, lists: &[Source]) -> Result<Vec<FileSummary>> {
    let size = |list: &Source| match list {
        Source::File(path) => path.metadata().map_or(0, |file| file.len()),
        Source::Standard => 0,
    };
    let bar = progress(lists.iter().map(size).sum());
    let (mut bytes, mut rows) = (0, 0);
    let mut files = Vec::new();
    for list in lists {
        let outcome = import.take(store, list, &mut |more, read| {
            bar.set_position(bytes + more);
            bar.set_message(format!("{} rows", rows + read));
        })?;
        bytes += size(list);
        rows += outcome.manifest.tally.rows;
        files.push(FileSummary::new(list, outcome.manifest, outcome.known));
    }
    bar.finish_and_clear();
    Ok(files)
}

fn merged(store: &Store, database: &Database) -> Result<Merged> {
    let mut merged = Merged {
        numbers: 0,
        reports: 0,
        prefixes: store.prefixes(database)?.len(),
    };
    let mut last = None;
    for report in store.reports()? {
        let report = report.context("the store")?;
        merged.numbers += u64::from(last != Some(report.key));
        merged.reports += u64::from(report.count);
        last = Some(report.key);
    }
    Ok(merged)
}

/// A progress bar on standard error, if that is a terminal.
fn progress(length: u64) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = match length {
        0 => "{spinner} {msg}, {bytes} read",
        _ => "{wide_bar} {percent}% {msg}, {eta} left",
    };
    let bar = ProgressBar::new(length);
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn print(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    let mut sources: BTreeMap<&str, (u64, &str)> = BTreeMap::new();
    for file in &summary.files {
        let source = sources.entry(&file.source).or_default();
        *source = (source.0 + 1, &file.licence);
    }
    for (source, (files, licence)) in sources {
        let files = many(files, "file");
        writeln!(out, "List        {source}, {files}; licence: {licence}")?;
    }
    let known = summary.files.iter().filter(|file| file.known).count();
    if known > 0 {
        writeln!(
            out,
            "            {} already there",
            many(known as u64, "file")
        )?;
    }
    if summary.passed_over > 0 {
        let files = many(summary.passed_over, "file");
        writeln!(
            out,
            "            {files} passed over, which are no such lists"
        )?;
    }
    let tally = &summary.tally;
    writeln!(out, "Rows        {}", tally.rows)?;
    let used = [
        (tally.numbers, "reports a number", "report a number"),
        (tally.prefixes, "is about a prefix", "are about a prefix"),
        (tally.allowed, "calls a number good", "call a number good"),
        (
            tally.withdrawn,
            "takes a number off the list",
            "take a number off the list",
        ),
    ];
    let mut label = "Used";
    for (count, one, more) in used.into_iter().filter(|(count, ..)| *count > 0) {
        let words = if count == 1 { one } else { more };
        writeln!(out, "{label:12}{count} {words}")?;
        label = "";
    }
    let mut label = "Not used";
    for (reason, count) in &tally.dropped {
        writeln!(out, "{label:12}{count} {}", Reason::words(*reason))?;
        label = "";
    }
    let mut label = "Of the used";
    for (note, count) in &tally.notes {
        writeln!(out, "{label:12}{count} {}", Note::words(*note))?;
        label = "";
    }
    let Merged {
        numbers,
        reports,
        prefixes,
    } = summary.merged;
    writeln!(
        out,
        "Store       {}: {}, {}, {}",
        summary.store,
        many(numbers, "number"),
        many(reports, "report"),
        many(prefixes as u64, "prefix"),
    )?;
    if summary.broken > 0 {
        let runs = many(summary.broken as u64, "run");
        writeln!(
            out,
            "            {runs} not whole and left out: import all lists again"
        )?;
    }
    if let Some(database) = &summary.database {
        writeln!(
            out,
            "Database    {}: {} listed as of {}, {} forgotten, {}, {} bytes",
            database.file,
            many(database.listed, "number"),
            database.as_of,
            database.forgotten,
            many(database.hot_blocks as u64, "hot block"),
            database.bytes,
        )?;
    }
    Ok(())
}

/// A count with its word, such as `2 files`.
fn many(count: u64, word: &str) -> String {
    match (count, word.ends_with('x')) {
        (1, _) => format!("1 {word}"),
        (_, false) => format!("{count} {word}s"),
        (_, true) => format!("{count} {word}es"),
    }
}
