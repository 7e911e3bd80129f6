//! The store: what was taken in from lists, one sorted run for each file.
//!
//! A folder with two files for each input file: `NAME.run`, records sorted by
//! number, and `NAME.json`, the [`Manifest`], written last, which makes the run
//! count. The name is made of the hashes of what the file holds and of the
//! options, so a run that is there need not be made again, whatever order files
//! come in and wherever work was broken off. A file that is taken in again with
//! other options replaces its run.
//!
//! [`Store::reports`] merges all runs. What lists say against each other is
//! settled there:
//!
//! * a number that a list withdraws is off that list up to that day;
//! * a number that a list calls good loses all reports up to that day, whoever
//!   made them; so do the numbers under a good prefix (see
//!   [`prefixes`]). Later reports stand;
//! * of a list that is a state only the latest version counts, see
//!   [`Counting`].

mod manifest;
mod record;
mod reports;
mod sort;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use ringfence::database::{Database, Fault};
use ringfence::reported::ReportKind;
use sha2::{Digest, Sha256};

pub use manifest::{Manifest, Origin, Provenance, VERSION};
pub(super) use record::{Counts, Record};
pub use reports::Reports;
pub(super) use sort::Sorter;

use super::normalise::{Block, Normaliser};
use super::prefixes::{self, Prefix};
use super::{Counting, Said};
use crate::Error;
use record::{RECORD_LENGTH, Records};
use sort::Stream;

/// How many digits below a prefix are searched for innocent numbers.
const INNOCENT_DIGITS: u8 = 3;

/// Lists that were taken in.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
    /// By name, which orders them.
    runs: BTreeMap<String, Manifest>,
    /// Names of runs that are not whole.
    broken: BTreeSet<String>,
}

impl Store {
    /// Opens the store in a folder; makes it if it is not there.
    ///
    /// # Errors
    /// [`Error::Io`] if the folder cannot be read or made. Runs that are not
    /// whole are passed over ([`Store::broken`]).
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let failed = |error| Error::Io {
            path: folder.to_owned(),
            error,
        };
        fs::create_dir_all(folder).map_err(failed)?;
        let mut runs = BTreeMap::new();
        let mut broken = BTreeSet::new();
        for entry in fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "json")
                && let Some(name) = path.file_stem().and_then(|name| name.to_str())
            {
                match read_manifest(&path) {
                    Some(manifest) => drop(runs.insert(name.to_owned(), manifest)),
                    None => drop(broken.insert(name.to_owned())),
                }
            } else if path.extension().is_some_and(|extension| extension == "run")
                && !path.with_extension("json").exists()
                && let Some(name) = path.file_stem().and_then(|name| name.to_str())
            {
                broken.insert(name.to_owned());
            }
        }
        Ok(Self {
            folder: folder.to_owned(),
            runs,
            broken,
        })
    }

    /// How many runs are not whole and left out: their lists have to be taken in
    /// again.
    pub fn broken(&self) -> usize {
        self.broken.len()
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The manifests of all runs, in the order of their names.
    pub fn manifests(&self) -> impl Iterator<Item = &Manifest> {
        self.runs.values()
    }

    /// Where everything comes from, one line an origin, sorted.
    pub fn sources(&self) -> Vec<Provenance> {
        let mut sources: BTreeMap<&Origin, Provenance> = BTreeMap::new();
        for manifest in self.runs.values() {
            let source = sources.entry(&manifest.origin);
            let source = source.or_insert_with(|| Provenance {
                origin: manifest.origin.clone(),
                files: 0,
                days: None,
                tally: super::Tally::default(),
            });
            source.files += 1;
            source.tally.add(&manifest.tally);
            source.days = match (source.days, manifest.days) {
                (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
                (a, b) => a.or(b),
            };
        }
        sources.into_values().collect()
    }

    /// What is said of prefixes, for [`prefixes::steps`]: what lists say, the
    /// good numbers below blocked prefixes, and the numbers of services below
    /// them, which are never blocked.
    ///
    /// # Errors
    /// [`Error`] if a run or the database is damaged.
    pub fn prefixes(&self, database: &Database) -> Result<Vec<Prefix>, Error> {
        let all = self.runs.values().flat_map(|run| &run.prefixes);
        let mut all: Vec<Prefix> = all.copied().collect();
        let blocked = prefixes::steps(&all);
        if blocked.is_empty() {
            return Ok(all);
        }
        let mut good = self.allowed_below(&blocked)?;
        good.extend(innocent_below(&all, database)?);
        all.extend(good);
        Ok(all)
    }

    /// The numbers called good that lie below a blocked prefix.
    fn allowed_below(&self, blocked: &[(u64, u8)]) -> Result<Vec<Prefix>, Error> {
        let mut good = Vec::new();
        for (name, manifest) in &self.runs {
            if manifest.tally.allowed == 0 && manifest.tally.prefixes == 0 {
                continue;
            }
            for record in self.records(name, manifest)? {
                let record = record.map_err(|error| reports::failed(&self.folder, error))?;
                if record.said != Said::Allowed {
                    continue;
                }
                let after = blocked.partition_point(|&(key, _)| key <= record.key);
                let level = after.checked_sub(1).map_or(0, |index| blocked[index].1);
                if level > 0 {
                    let length = record.key.checked_ilog10().map_or(1, |log| log as u8 + 1);
                    let block = Block {
                        digits: record.key,
                        length,
                        total: length,
                    };
                    let kind = ReportKind::Unspecified;
                    good.push(Prefix::new(block, true, kind, record.day));
                }
            }
        }
        Ok(good)
    }

    /// All reports, merged, ascending; each number, day and kind once.
    ///
    /// # Errors
    /// [`Error`] if a run cannot be read; each item likewise.
    pub fn reports(&self) -> Result<Reports, Error> {
        let mut groups: BTreeMap<(&Origin, Counting), Vec<(&String, &Manifest)>> = BTreeMap::new();
        for (name, manifest) in &self.runs {
            let group = groups.entry((&manifest.origin, manifest.counting));
            group.or_default().push((name, manifest));
        }
        let origins: BTreeSet<&Origin> = groups.keys().map(|key| key.0).collect();
        let failed = |error| reports::failed(&self.folder, error);
        let mut streams = Vec::new();
        for ((origin, counting), runs) in groups {
            let runs = runs.into_iter();
            let open = runs.map(|(name, run)| self.records(name, run).map_err(io::Error::other));
            let merged = sort::merge_all(&self.folder, open, counting.across_lists());
            streams.push(reports::Voice {
                records: merged.map_err(failed)?,
                origin: origins.iter().take_while(|other| **other < origin).count(),
                state: counting == Counting::State,
            });
        }
        let all = self.runs.values().flat_map(|run| &run.prefixes);
        let all: Vec<Prefix> = all.copied().collect();
        Reports::new(self.folder.clone(), streams, prefixes::allowed(&all))
    }

    /// The records of a run, checked against its hash at the end.
    fn records(&self, name: &str, manifest: &Manifest) -> Result<Stream, Error> {
        let path = self.folder.join(name).with_extension("run");
        let file = File::open(&path).map_err(|error| Error::Io { path, error })?;
        let checked = Checked {
            input: BufReader::with_capacity(1 << 16, file),
            hash: Sha256::new(),
            left: manifest.records * RECORD_LENGTH as u64,
            expected: manifest.run.clone(),
        };
        Ok(Box::new(Records::new(checked, manifest.records)))
    }
}

/// A manifest whose run is as long as it says.
fn read_manifest(path: &Path) -> Option<Manifest> {
    let text = fs::read(path).ok()?;
    let manifest: Manifest = serde_json::from_slice(&text).ok()?;
    let run = fs::metadata(path.with_extension("run")).ok()?;
    let whole = manifest.records.checked_mul(RECORD_LENGTH as u64) == Some(run.len());
    (manifest.version == VERSION && whole).then_some(manifest)
}

/// Blocks of service numbers below blocked prefixes, as prefixes that are good
/// for ever.
fn innocent_below(prefixes: &[Prefix], database: &Database) -> Result<Vec<Prefix>, Error> {
    let damaged = |fault: Fault| Error::Database(fault.into());
    let normaliser = Normaliser::new(database, None).map_err(damaged)?;
    let mut good = Vec::new();
    // Many lists have the same ones.
    let blocked = prefixes.iter().filter(|prefix| !prefix.allow);
    let blocked: BTreeSet<Block> = blocked.map(Prefix::block).collect();
    for prefix in blocked {
        let deepest = prefix.total.min(prefix.length + INNOCENT_DIGITS);
        let mut next = vec![prefix];
        while let Some(block) = next.pop() {
            if normaliser.is_innocent_block(&block).map_err(damaged)? {
                let kind = ReportKind::Unspecified;
                good.push(Prefix::new(block, true, kind, u32::MAX));
            } else if block.length < deepest {
                next.extend((0..10).map(|digit| Block {
                    digits: block.digits * 10 + digit,
                    length: block.length + 1,
                    ..block
                }));
            }
        }
    }
    Ok(good)
}

/// A file that must have a certain hash when it ends.
struct Checked<R> {
    input: R,
    hash: Sha256,
    left: u64,
    expected: String,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.hash.update(&buffer[..read]);
        let before = self.left;
        self.left = self.left.saturating_sub(read as u64);
        if before > 0 && self.left == 0 && hex(&self.hash.finalize_reset()) != self.expected {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(read)
    }
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
