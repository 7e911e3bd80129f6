//! The merge of all origins, where what they say against each other is settled.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;
use std::path::{Path, PathBuf};

use crate::import::Said;
use crate::import::prefixes::harshness;
use crate::{Error, Report};

use super::record::Record;
use super::sort::Stream;

/// What the lists of one origin say that count alike.
pub struct Voice {
    /// What they say, merged.
    pub records: Stream,
    /// The number of the origin.
    pub origin: usize,
    /// Whether only the latest report of a number holds.
    pub state: bool,
}

/// A report by its day, count and kind: which of two holds.
type Latest = (u32, u32, Reverse<u8>);

/// All reports of a store, ascending.
pub struct Reports {
    folder: PathBuf,
    voices: Vec<Voice>,
    heads: BinaryHeap<Reverse<(Record, usize)>>,
    /// Good prefixes: keys where the day up to which they hold changes.
    allowed: Vec<(u64, Option<u32>)>,
    /// How many of those have been passed.
    passed: usize,
    /// All that is said of one number, and by which voice.
    group: Vec<(Record, usize)>,
    /// Up to which day each origin has taken that number off.
    withdrawn: Vec<Option<u32>>,
    /// The latest report of that number by each voice.
    latest: Vec<Option<Latest>>,
    /// Reports of that number, the next one last.
    ready: Vec<Report>,
    ended: bool,
}

impl Reports {
    pub(super) fn new(
        folder: PathBuf,
        voices: Vec<Voice>,
        allowed: Vec<(u64, Option<u32>)>,
    ) -> Result<Self, Error> {
        let mut reports = Self {
            folder,
            heads: BinaryHeap::with_capacity(voices.len()),
            // No more origins than voices.
            withdrawn: vec![None; voices.len()],
            latest: vec![None; voices.len()],
            voices,
            allowed,
            passed: 0,
            group: Vec::new(),
            ready: Vec::new(),
            ended: false,
        };
        for index in 0..reports.voices.len() {
            let head = reports.voices[index].records.next().transpose();
            if let Some(record) = head.map_err(|error| failed(&reports.folder, error))? {
                reports.heads.push(Reverse((record, index)));
            }
        }
        Ok(reports)
    }

    /// Gathers what is said of the next number. `false` at the end.
    fn gather(&mut self) -> io::Result<bool> {
        self.group.clear();
        let Some(&Reverse((first, _))) = self.heads.peek() else {
            return Ok(false);
        };
        while let Some(&Reverse((record, index))) = self.heads.peek()
            && record.key == first.key
        {
            self.heads.pop();
            self.group.push((record, index));
            if let Some(next) = self.voices[index].records.next() {
                self.heads.push(Reverse((next?, index)));
            }
        }
        Ok(true)
    }

    /// Turns what is said of one number into its reports.
    fn settle(&mut self, key: u64) {
        while let Some(&(from, _)) = self.allowed.get(self.passed)
            && from <= key
        {
            self.passed += 1;
        }
        let prefix = self.passed.checked_sub(1);
        let prefix = prefix.and_then(|index| self.allowed[index].1);
        // Each origin and each voice once: a number may have many days.
        for &(_, voice) in &self.group {
            self.withdrawn[self.voices[voice].origin] = None;
            self.latest[voice] = None;
        }
        let mut good = prefix;
        for &(record, voice) in &self.group {
            let day = Some(record.day);
            match record.said {
                Said::Allowed => good = good.max(day),
                Said::Withdrawn => {
                    let withdrawn = &mut self.withdrawn[self.voices[voice].origin];
                    *withdrawn = day.max(*withdrawn);
                }
                Said::Reported(kind) => {
                    let latest = &mut self.latest[voice];
                    let next = (record.day, record.count, Reverse(harshness(kind)));
                    *latest = Some(next).max(*latest);
                }
            }
        }
        let mut reports: Vec<Report> = Vec::new();
        for &(record, voice) in &self.group {
            let Said::Reported(kind) = record.said else {
                continue;
            };
            let this = (record.day, record.count, Reverse(harshness(kind)));
            if self.voices[voice].state && self.latest[voice] != Some(this) {
                continue;
            }
            let until = good.max(self.withdrawn[self.voices[voice].origin]);
            if until.is_some_and(|until| record.day <= until) {
                continue;
            }
            let report = Report {
                key,
                day: record.day,
                kind,
                count: record.count,
            };
            // The group is in the order of reports.
            match reports.last_mut() {
                Some(last) if (last.day, last.kind) == (report.day, report.kind) => {
                    last.count = last.count.saturating_add(report.count);
                }
                _ => reports.push(report),
            }
        }
        reports.reverse();
        self.ready = reports;
    }
}

/// The error of a store in a folder whose runs cannot be read.
pub fn failed(folder: &Path, error: io::Error) -> Error {
    let path = folder.to_owned();
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => Error::Source {
            path,
            line: 0,
            message: "a run in this store is damaged; delete the store and import all lists again"
                .to_owned(),
        },
        _ => Error::Io { path, error },
    }
}

impl Iterator for Reports {
    type Item = Result<Report, Error>;

    fn next(&mut self) -> Option<Result<Report, Error>> {
        loop {
            if let Some(report) = self.ready.pop() {
                return Some(Ok(report));
            }
            if self.ended {
                return None;
            }
            match self.gather() {
                Ok(true) => {
                    let key = self.group.first().map_or(0, |(record, _)| record.key);
                    self.settle(key);
                }
                Ok(false) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(failed(&self.folder, error)));
                }
            }
        }
    }
}
