//! The memory of one phone.

use super::record::{CALLED, HEADER_LENGTH, MARKED_FINE, RECORD_LENGTH, SPOKEN_WITH};
use super::{CallerHash, Subject};
use super::{Familiarity, Memory, MemoryError, MemoryKey, Recollection, Record};
use crate::number::E164;

/// Most subjects that are remembered: some years of calls.
pub const CAPACITY: usize = 2_048;

const DAY: u64 = 86_400;
/// How long a call of a stranger is remembered, in seconds. Only a second call
/// within minutes counts.
const CALL: u64 = 60 * 60;
/// How long a number is known that the user has called or spoken with.
const KNOWN: u64 = 730 * DAY;
/// How long a number counts as a scam that the user marked so: numbers are
/// handed on to others.
const SCAM: u64 = 365 * DAY;
/// How long its neighbours are warned of.
const NEAR_SCAM: u64 = 14 * DAY;

/// Something worth remembering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The other side rang.
    Rang,
    /// The user called.
    Called,
    /// They spoke for a minute or more.
    SpokenWith,
    /// The user says that the number is fine. Takes back that it was a scam.
    MarkedFine,
    /// The user says that the call was a scam.
    MarkedScam,
    /// The user takes back either mark.
    Unmarked,
}

/// What a file held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// How many records, damaged and replaced ones included.
    pub records: usize,
    /// How many of them were appended since the file was written.
    pub appended: usize,
    /// Whether any was damaged or cut short.
    pub damaged: bool,
}

/// What a phone remembers: at most [`CAPACITY`] subjects, all as keyed hashes.
///
/// It holds no file: [`PersonalMemory::records_of`] gives the records that an
/// event makes, which the owner stores and then hands to
/// [`PersonalMemory::take`]. Reading allocates nothing.
#[derive(Clone, Debug)]
pub struct PersonalMemory {
    key: MemoryKey,
    /// Sorted by subject, each once.
    records: Vec<Record>,
}

impl PersonalMemory {
    /// A memory that holds nothing yet.
    pub fn new(key: MemoryKey) -> Self {
        Self {
            key,
            records: Vec::new(),
        }
    }

    /// Reads a stored file. Damaged records are passed over, and so is what is
    /// left of a last record that was not written to its end.
    ///
    /// # Errors
    /// [`MemoryError`] if the header cannot be read.
    pub fn read(file: &[u8]) -> Result<(Self, Stored), MemoryError> {
        let (header, rest) = file
            .split_first_chunk::<HEADER_LENGTH>()
            .ok_or(MemoryError::Damaged)?;
        let (key, together) = MemoryKey::from_header(header)?;
        let (stored, tail) = rest.as_chunks::<RECORD_LENGTH>();
        let decoded = stored
            .iter()
            .filter_map(|bytes| Record::decode(bytes, &key));
        let mut records: Vec<Record> = decoded.collect();
        let stored = Stored {
            records: stored.len(),
            appended: stored.len().saturating_sub(together as usize),
            damaged: records.len() < stored.len() || !tail.is_empty(),
        };
        // The last record of a subject counts: reversed, it is the first.
        records.reverse();
        records.sort_by_key(|record| record.subject);
        records.dedup_by_key(|record| record.subject);
        Ok((Self { key, records }, stored))
    }

    /// The whole memory as a file at the time `now`: without what has expired
    /// and, if there are more than [`CAPACITY`], without what is worth least.
    pub fn write(&self, now: u64) -> Vec<u8> {
        let now_short = short(now);
        let mut kept: Vec<Record> = self
            .records
            .iter()
            .filter_map(|record| current(record, now))
            .collect();
        if kept.len() > CAPACITY {
            kept.sort_by_key(|record| std::cmp::Reverse(worth(record, now_short)));
            kept.truncate(CAPACITY);
            kept.sort_by_key(|record| record.subject);
        }
        let mut file = self.key.header(kept.len() as u32).to_vec();
        for record in &kept {
            file.extend_from_slice(&record.encode(&self.key));
        }
        file
    }

    /// The phone's key.
    pub fn key(&self) -> &MemoryKey {
        &self.key
    }

    /// How many subjects are remembered.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The records that an event makes, to be stored and then taken. `caller`
    /// is `None` for a call without a number. There are none if the event
    /// changes nothing.
    pub fn records_of(&self, event: Event, caller: Option<CallerHash>, now: u64) -> Vec<Record> {
        let now = short(now);
        let scam = Some(self.key.any_scam());
        let number = caller.map(|caller| caller.number);
        let block = caller.map(|caller| caller.block);
        let mut made = Vec::new();
        let mut change = |subject: Option<Subject>, change: &dyn Fn(&mut Record)| {
            let Some(subject) = subject else { return };
            let before = self.find(subject);
            let mut record = before.copied().unwrap_or(Record::of(subject));
            change(&mut record);
            if record != before.copied().unwrap_or(Record::of(subject)) {
                made.push(record);
            }
        };
        let known = |flag: u32| {
            move |record: &mut Record| {
                record.known = now;
                record.flags |= flag;
            }
        };
        match event {
            Event::Rang => change(number.or(Some(self.key.hidden())), &|record| {
                record.last_call = now
            }),
            Event::Called => change(number, &known(CALLED)),
            Event::SpokenWith => change(number, &known(SPOKEN_WITH)),
            Event::MarkedScam => {
                change(number, &|record| {
                    record.scam = now;
                    record.flags &= !MARKED_FINE;
                });
                change(block, &|record| record.scam = now);
                change(scam, &|record| record.scam = now);
            }
            Event::MarkedFine | Event::Unmarked => {
                // What the mark alone had brought about goes with it.
                let marked = number.and_then(|number| self.find(number));
                let marked = marked.map_or(0, |record| record.scam);
                let take_back = |record: &mut Record| {
                    if record.scam == marked {
                        record.scam = 0;
                    }
                };
                change(number, &|record| {
                    record.scam = 0;
                    record.flags &= !MARKED_FINE;
                    if event == Event::MarkedFine {
                        known(MARKED_FINE)(record);
                    }
                });
                change(block, &take_back);
                change(scam, &take_back);
            }
        }
        made
    }

    /// Takes records that are stored.
    pub fn take(&mut self, records: &[Record]) {
        for record in records {
            let place = self
                .records
                .binary_search_by_key(&record.subject, |known| known.subject);
            match place {
                Ok(place) => self.records[place] = *record,
                Err(place) => self.records.insert(place, *record),
            }
        }
    }

    fn find(&self, subject: Subject) -> Option<&Record> {
        let found = self
            .records
            .binary_search_by_key(&subject, |record| record.subject);
        self.records.get(found.ok()?)
    }
}

impl Memory for PersonalMemory {
    fn recall(&self, number: &E164, now: u64) -> Recollection {
        if self.records.is_empty() {
            return Recollection::default();
        }
        let caller = self.key.caller(number);
        let since = |time: u32, lasts: u64| {
            let at = (time != 0).then_some(u64::from(time))?;
            (now.saturating_sub(at) <= lasts).then_some(at)
        };
        let near_scam = self
            .find(caller.block)
            .and_then(|block| since(block.scam, NEAR_SCAM));
        let Some(record) = self.find(caller.number) else {
            return Recollection {
                near_scam,
                ..Recollection::default()
            };
        };
        let marked_scam = since(record.scam, SCAM);
        let known = since(record.known, KNOWN).is_some();
        let is = |flag: u32| record.flags & flag != 0;
        let familiarity = match marked_scam {
            Some(_) => None,
            None if is(MARKED_FINE) => Some(Familiarity::MarkedFine),
            None if known && is(SPOKEN_WITH) => Some(Familiarity::SpokenWith),
            None if known && is(CALLED) => Some(Familiarity::Called),
            None => None,
        };
        Recollection {
            familiarity,
            last_call: since(record.last_call, CALL),
            marked_scam,
            near_scam,
        }
    }

    fn last_hidden_call(&self) -> Option<u64> {
        let record = self.find(self.key.hidden())?;
        (record.last_call != 0).then_some(record.last_call.into())
    }

    fn last_scam(&self) -> Option<u64> {
        let record = self.find(self.key.any_scam())?;
        (record.scam != 0).then_some(record.scam.into())
    }
}

/// The record without what has expired; `None` if nothing is left.
fn current(record: &Record, now: u64) -> Option<Record> {
    let mut record = *record;
    let expired = |time: u32, lasts: u64| now.saturating_sub(time.into()) > lasts;
    if expired(record.last_call, CALL) {
        record.last_call = 0;
    }
    if expired(record.scam, SCAM) {
        record.scam = 0;
    }
    if expired(record.known, KNOWN) {
        record.flags &= MARKED_FINE;
        // A mark of the user's holds until the user takes it back.
        if record.flags == 0 {
            record.known = 0;
        }
    }
    let empty = record.last_call == 0 && record.scam == 0 && record.flags == 0;
    (!empty).then_some(record)
}

/// What goes first when there is too much: calls of strangers, then what the
/// user has not heard of for longest, the user's own marks last.
fn worth(record: &Record, now: u32) -> (u8, u32) {
    let class = match record {
        Record { flags, .. } if flags & MARKED_FINE != 0 => 3,
        Record { scam, .. } if *scam != 0 => 2,
        Record { flags, .. } if *flags != 0 => 1,
        _ => 0,
    };
    let latest = record.last_call.max(record.known).max(record.scam);
    // A clock that was ahead must not make a record stay for ever.
    (class, latest.min(now))
}

/// A time as it is stored, from 1 on, so that 0 is never.
fn short(time: u64) -> u32 {
    u32::try_from(time).unwrap_or(u32::MAX).max(1)
}
