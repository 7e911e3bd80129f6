//! Taking lists into a store.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use ringfence::database::{Database, SectionId};
use ringfence::number::Region;
use ringfence::reported::ReportKind;
use sha2::{Digest, Sha256};

use super::cuts::Cuts;
use super::formats::{Columns, Context, Failure, Format};
use super::input::{Input, Position};
use super::normalise::Normaliser;
use super::prefixes::Prefix;
use super::store::{Manifest, Record, Sorter, Store, hex};
use super::{Counting, Entry, Note, Reason, Said, Tally};
use crate::Error;

/// Changes when the same list gives other records, so that runs are made anew.
const READING: u32 = 2;
/// How often progress is told, in rows.
const TICK: u64 = 8_192;

/// How lists are read.
#[derive(Clone, Debug)]
pub struct Options {
    /// Their format; told by their first bytes if not given.
    pub format: Option<Format>,
    /// The region whose national numbers are understood; for the FTC's lists
    /// the US if not given.
    pub home: Option<Region>,
    /// The dates of rows in a list that is in the order of time; looked for in
    /// the list's folder if not given.
    pub cuts: Option<Cuts>,
    /// The day of rows without one, counted from 1970-01-01.
    pub date: Option<u32>,
    /// Today, which stands in for `date`. A run that is there keeps the day it
    /// was first given. Rows of later days than tomorrow are not used.
    pub today: u32,
    /// The columns of separated values.
    pub columns: Columns,
    /// What the lists are called, instead of what their format says.
    pub name: Option<String>,
    /// Their licence, likewise.
    pub licence: Option<String>,
    /// Their page, likewise.
    pub url: Option<String>,
    /// How many records are sorted at once; 24 bytes each.
    pub limit: usize,
}

impl Options {
    /// Everything as the lists have it.
    pub fn new(today: u32) -> Self {
        Self {
            format: None,
            home: None,
            cuts: None,
            date: None,
            today,
            columns: Columns::default(),
            name: None,
            licence: None,
            url: None,
            limit: 1 << 20,
        }
    }
}

/// A list to take in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Standard,
}

/// What became of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What is known of it now.
    pub manifest: Manifest,
    /// Whether it had been taken in before, so that nothing had to be done.
    pub known: bool,
}

/// Takes lists into stores.
pub struct Import<'d> {
    options: Options,
    database: &'d Database,
    /// What numbers are understood by.
    plan: String,
    /// The cuts of folders that were looked through.
    found: RefCell<BTreeMap<PathBuf, Option<Cuts>>>,
}

impl<'d> Import<'d> {
    /// Reads numbers by the plan of a database.
    ///
    /// # Errors
    /// [`Error::Database`] if the database is damaged.
    pub fn new(options: Options, database: &'d Database) -> Result<Self, Error> {
        let mut hash = Sha256::new();
        for id in [SectionId::PLAN, SectionId::RANGES] {
            let section = database.section(id);
            let bytes = section.and_then(|section| section.bytes(0, section.len()));
            hash.update(bytes.map_err(damaged)?);
        }
        Ok(Self {
            options,
            database,
            plan: hex(&hash.finalize()),
            found: RefCell::default(),
        })
    }

    /// Whether a file can be read in the format that is asked for, or in any.
    /// The files of a folder for which this is false are passed over.
    ///
    /// # Errors
    /// [`Error`] if it cannot be read.
    pub fn fits(&self, path: &Path) -> Result<bool, Error> {
        let read = || {
            let mut input = Input::open(path)?;
            let head = input.head()?;
            Ok(match self.options.format {
                Some(format) => !head.is_empty() && format.can_be(head),
                None => Format::guess(head).is_some(),
            })
        };
        read().map_err(|error| failed(path, Failure::Io(error)))
    }

    /// Takes a list in, unless it is there. `progress` is called now and then
    /// with the bytes of the file and the rows that have been read.
    ///
    /// # Errors
    /// [`Error::Source`] if the list is not of its format, damaged, or its
    /// columns are not found; [`Error::Io`]; [`Error::Database`] if the database
    /// is damaged. The store is then as it was.
    pub fn take(
        &self,
        store: &mut Store,
        source: &Source,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Outcome, Error> {
        let path = match source {
            Source::File(path) => path,
            Source::Standard => Path::new("standard input"),
        };
        let taken = self.take_from(store, source, progress);
        taken.map_err(|failure| failed(path, failure))
    }

    fn take_from(
        &self,
        store: &mut Store,
        source: &Source,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Outcome, Failure> {
        let (mut input, beside) = match source {
            Source::File(path) => (Input::open(path)?, path.parent()),
            Source::Standard => (Input::new(io::stdin())?, None),
        };
        let head = input.head()?;
        let format = self.format(head)?;
        let counting = format.counting(head);
        let context = Context {
            cuts: match (&self.options.cuts, beside) {
                (Some(cuts), _) => Some(cuts.clone()),
                (None, Some(folder)) if counting == Counting::Snapshot => {
                    let folder = if folder == Path::new("") {
                        Path::new(".")
                    } else {
                        folder
                    };
                    self.cuts_in(folder).map_err(Failure::Other)?
                }
                _ => None,
            },
            columns: self.options.columns.clone(),
        };
        let mut manifest = self.manifest(format, counting, &context);
        if let Source::File(path) = source {
            // Hashed first: what is there need not be read.
            manifest.file = hex(&input.hash()?);
            if let Some(known) = store.run(&manifest.file, &manifest.options) {
                return Ok(Outcome {
                    manifest: known.clone(),
                    known: true,
                });
            }
            input = Input::open(path)?;
            // Formats look at what is at hand.
            input.head()?;
        }
        let mut reading = Reading {
            normaliser: Normaliser::new(self.database, self.home(format))
                .map_err(|fault| Failure::Other(damaged(fault)))?,
            date: self.options.date.unwrap_or(self.options.today),
            today: self.options.today,
            sorter: Sorter::new(store.folder(), self.options.limit, counting.within_a_list()),
            manifest,
            used: false,
            position: input.position.clone(),
            progress,
        };
        format.read(&mut input, &context, &mut |entry| reading.entry(entry))?;
        let Reading {
            mut manifest,
            sorter,
            ..
        } = reading;
        let hash = hex(&input.hash()?);
        if matches!(source, Source::Standard) {
            manifest.file = hash;
            if let Some(known) = store.run(&manifest.file, &manifest.options) {
                return Ok(Outcome {
                    manifest: known.clone(),
                    known: true,
                });
            }
        } else if hash != manifest.file {
            return Err(Failure::Wrong(
                "this file changed while it was read; import it again".to_owned(),
            ));
        }
        sort(&mut manifest.prefixes);
        let records = sorter.finish()?;
        let manifest = store.add(manifest, records).map_err(Failure::Other)?;
        Ok(Outcome {
            manifest,
            known: false,
        })
    }

    fn format(&self, head: &[u8]) -> Result<Format, Failure> {
        if head.is_empty() {
            return Err(Failure::Wrong("there is nothing in this file".to_owned()));
        }
        let guess = Format::guess(head);
        match self.options.format {
            Some(format) if format.can_be(head) => Ok(format),
            Some(format) => Err(Failure::Wrong(match guess {
                Some(other) => format!(
                    "this does not look like {}; it looks like {}: give the format {other}",
                    format.words(),
                    other.words()
                ),
                None => format!("this does not look like {}", format.words()),
            })),
            None => guess.ok_or_else(|| {
                let all: Vec<&str> = Format::ALL.iter().map(|format| format.id()).collect();
                Failure::Wrong(format!(
                    "the format of this file cannot be told; give one of {}",
                    all.join(", ")
                ))
            }),
        }
    }

    /// The cuts in a folder, which is looked through once.
    fn cuts_in(&self, folder: &Path) -> Result<Option<Cuts>, Error> {
        if let Some(known) = self.found.borrow().get(folder) {
            return Ok(known.clone());
        }
        let cuts = Cuts::find(folder).map(|path| Cuts::read(&path));
        let cuts = cuts.transpose()?;
        let mut found = self.found.borrow_mut();
        found.insert(folder.to_owned(), cuts.clone());
        Ok(cuts)
    }

    fn home(&self, format: Format) -> Option<Region> {
        let usual = (format == Format::Ftc).then(|| "US".parse().ok()).flatten();
        self.options.home.or(usual)
    }

    /// A manifest with all that is known before the list is read.
    fn manifest(&self, format: Format, counting: Counting, context: &Context) -> Manifest {
        let options = &self.options;
        let mut origin = format.origin();
        if let Some(name) = &options.name {
            // Another list than the usual one has a licence and page of its own.
            origin.name.clone_from(name);
            origin.licence = "not stated".to_owned();
            origin.url = None;
        }
        if let Some(licence) = &options.licence {
            origin.licence.clone_from(licence);
        }
        origin.url = options.url.clone().or(origin.url);
        let text = format!(
            "{READING} {format} {:?} {:?} {:?} {:?} {origin:?} {}",
            self.home(format),
            context.cuts.as_ref().map(Cuts::canonical),
            options.date,
            options.columns,
            self.plan,
        );
        let hash = hex(&Sha256::digest(text));
        Manifest {
            version: super::store::VERSION,
            format,
            counting,
            origin,
            file: String::new(),
            options: hash.get(..16).unwrap_or_default().to_owned(),
            days: None,
            tally: Tally::default(),
            records: 0,
            run: String::new(),
            prefixes: Vec::new(),
        }
    }
}

/// A list while it is read.
struct Reading<'a, 'd> {
    normaliser: Normaliser<'d>,
    date: u32,
    today: u32,
    sorter: Sorter,
    manifest: Manifest,
    /// Whether the row before is used.
    used: bool,
    position: Position,
    progress: &'a mut dyn FnMut(u64, u64),
}

impl Reading<'_, '_> {
    fn entry(&mut self, entry: Entry<'_>) -> Result<(), Failure> {
        let dropped = match entry {
            Entry::Note(note) => {
                if self.used {
                    self.manifest.tally.note(note);
                }
                return Ok(());
            }
            Entry::Dirty(reason) => Some(reason),
            Entry::Number {
                text,
                said,
                day,
                count,
            } => self.number(text, said, day, count)?,
            Entry::Prefix {
                pattern,
                allow,
                kind,
                day,
            } => self.prefix(pattern, allow, kind, day)?,
        };
        let tally = &mut self.manifest.tally;
        tally.rows += 1;
        self.used = dropped.is_none();
        if let Some(reason) = dropped {
            tally.drop(reason);
        }
        if tally.rows.is_multiple_of(TICK) {
            (self.progress)(self.position.get(), tally.rows);
        }
        Ok(())
    }

    /// The day of a row, which it is noted for if it has none. `None` if it is
    /// still to come: then the date is a slip of the pen.
    fn day(&mut self, day: Option<u32>) -> Option<u32> {
        let dated = day.unwrap_or(self.date);
        // Somewhere it is tomorrow already.
        if dated > self.today.saturating_add(1) {
            return None;
        }
        if day.is_none() {
            self.manifest.tally.note(Note::Undated);
        }
        let (first, last) = self.manifest.days.unwrap_or((dated, dated));
        self.manifest.days = Some((first.min(dated), last.max(dated)));
        Some(dated)
    }

    fn record(&mut self, key: u64, day: u32, said: Said, count: u32) -> Result<(), Failure> {
        let record = Record {
            key,
            day,
            said,
            count,
        };
        Ok(self.sorter.push(record)?)
    }

    fn count(&mut self, said: Said) {
        let tally = &mut self.manifest.tally;
        *match said {
            Said::Reported(_) => &mut tally.numbers,
            Said::Withdrawn => &mut tally.withdrawn,
            Said::Allowed => &mut tally.allowed,
        } += 1;
    }

    fn number(
        &mut self,
        text: &str,
        said: Said,
        day: Option<u32>,
        count: u32,
    ) -> Result<Option<Reason>, Failure> {
        let found = self.normaliser.number(text);
        let (key, in_plan) = match found.map_err(|fault| Failure::Other(damaged(fault)))? {
            Ok(found) => found,
            Err(reason) => return Ok(Some(reason)),
        };
        let Some(day) = self.day(day) else {
            return Ok(Some(Reason::InFuture));
        };
        if !in_plan {
            self.manifest.tally.note(Note::NotInPlan);
        }
        self.count(said);
        self.record(key, day, said, count.max(1))?;
        Ok(None)
    }

    fn prefix(
        &mut self,
        pattern: &str,
        allow: bool,
        kind: ReportKind,
        day: Option<u32>,
    ) -> Result<Option<Reason>, Failure> {
        let found = self.normaliser.pattern(pattern);
        let blocks = match found.map_err(|fault| Failure::Other(damaged(fault)))? {
            Ok(blocks) => blocks,
            Err(reason) => return Ok(Some(reason)),
        };
        let Some(day) = self.day(day) else {
            return Ok(Some(Reason::InFuture));
        };
        let said = if allow {
            Said::Allowed
        } else {
            Said::Reported(kind)
        };
        let mut wide = false;
        for block in blocks {
            // A pattern without wildcards is a number.
            if block.length == block.total {
                self.record(block.digits, day, said, 1)?;
            } else {
                wide = true;
                let prefix = Prefix::new(block, allow, kind, day);
                self.manifest.prefixes.push(prefix);
            }
        }
        if wide {
            self.manifest.tally.prefixes += 1;
        } else {
            self.count(said);
        }
        Ok(None)
    }
}

fn sort(prefixes: &mut Vec<Prefix>) {
    prefixes.sort_unstable_by_key(|prefix| {
        let Prefix {
            digits,
            length,
            total,
            allow,
            kind,
            day,
        } = *prefix;
        (digits, length, total, allow, kind, day)
    });
    prefixes.dedup();
}

fn damaged(fault: ringfence::database::Fault) -> Error {
    Error::Database(fault.into())
}

fn failed(path: &Path, failure: Failure) -> Error {
    let wrong = |message: &str| Error::Source {
        path: path.to_owned(),
        line: 0,
        message: message.to_owned(),
    };
    match failure {
        Failure::Other(error) => error,
        Failure::Wrong(message) => wrong(&message),
        Failure::Io(error) => match error.kind() {
            io::ErrorKind::UnexpectedEof => wrong("this file ends too early; fetch it again"),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                wrong("this file is packed and damaged; fetch it again")
            }
            _ => Error::Io {
                path: path.to_owned(),
                error,
            },
        },
    }
}

/// The lists at a path: the file itself; of a folder all files in it and in
/// folders below, in the order of their names, without hidden ones and files of
/// cuts; standard input for `-`.
///
/// # Errors
/// [`Error::Io`] if a folder or file is not there.
pub fn files(path: &Path) -> Result<Vec<Source>, Error> {
    if path == Path::new("-") {
        return Ok(vec![Source::Standard]);
    }
    let failed = |error| Error::Io {
        path: path.to_owned(),
        error,
    };
    if !std::fs::metadata(path).map_err(failed)?.is_dir() {
        return Ok(vec![Source::File(path.to_owned())]);
    }
    let mut inside = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            inside.push(entry.path());
        }
    }
    inside.sort();
    let mut all = Vec::new();
    for path in inside {
        if path.is_dir() {
            all.extend(files(&path)?);
        } else if path.is_file() && !Cuts::is_file(&path) {
            all.push(Source::File(path));
        }
    }
    Ok(all)
}
