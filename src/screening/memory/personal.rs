//! The memory of one phone.

use std::cmp::Reverse;
use std::fmt;

use super::record::{CALLED, HEADER_LENGTH, RECORD_LENGTH, SPOKEN_WITH};
use super::{CallerHash, Subject};
use super::{Familiarity, Memory, MemoryError, MemoryKey, Recollection, Record};
use crate::number::E164;

/// Most subjects that are left when a memory is written anew: some years of
/// calls.
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
    /// The user called. Says nothing of a number that is marked as a scam.
    Called,
    /// They spoke for a minute or more. Says nothing of a number that is
    /// marked as a scam.
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

/// What a phone remembers, all as keyed hashes. `Debug` shows nothing of it.
///
/// It holds no file: [`PersonalMemory::records_of`] gives the records that an
/// event makes, which the owner stores and then hands to
/// [`PersonalMemory::take`]. It grows with them until the owner writes it anew,
/// which leaves at most [`CAPACITY`] subjects. Recalling allocates nothing.
#[derive(Clone)]
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
        let together = together as usize;
        let decoded = stored
            .iter()
            .filter_map(|bytes| Record::decode(bytes, &key));
        let mut records: Vec<Record> = Vec::with_capacity(stored.len());
        records.extend(decoded);
        let stored = Stored {
            records: stored.len(),
            appended: stored.len().saturating_sub(together),
            damaged: records.len() < stored.len().max(together) || !tail.is_empty(),
        };
        // Those that were written together are sorted, which makes this fast. The
        // last record of a subject counts.
        records.sort_by_key(|record| record.subject);
        records.dedup_by(|later, earlier| {
            let same = later.subject == earlier.subject;
            if same {
                *earlier = *later;
            }
            same
        });
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
            kept.sort_by_key(|record| Reverse(worth(record, now_short)));
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

    /// The records that an event makes, to be stored in their order and then
    /// taken. `caller` is `None` for a call without a number, which can only
    /// ring, be marked as a scam and unmarked. There are none if the event
    /// changes nothing.
    pub fn records_of(&self, event: Event, caller: Option<CallerHash>, now: u64) -> Vec<Record> {
        let time = short(now);
        let before = |subject| {
            let record = self.find(subject).and_then(|record| current(record, now));
            record.unwrap_or(Record::of(subject))
        };
        let mut made = Vec::new();
        let old = before(caller.map_or(self.key.hidden(), |caller| caller.number));
        let mut new = old;
        match event {
            Event::Rang => new.last_call = time,
            Event::MarkedScam => (new.scam, new.fine) = (time, 0),
            Event::Unmarked => (new.scam, new.fine) = (0, 0),
            _ if caller.is_none() => {}
            Event::MarkedFine => (new.scam, new.fine) = (0, time),
            // Whoever is taken for a swindler does not become known by talking.
            Event::Called | Event::SpokenWith if old.scam != 0 => {}
            Event::Called => (new.known, new.flags) = (time, old.flags | CALLED),
            Event::SpokenWith => (new.known, new.flags) = (time, old.flags | SPOKEN_WITH),
        }
        // The number comes last: where only the first records are stored, the
        // event can be repeated.
        if new.scam != old.scam {
            let block = caller.map(|caller| caller.block);
            for subject in block.into_iter().chain([self.key.any_scam()]) {
                let old_marks = before(subject);
                let mut marks = old_marks;
                marks.change_mark(old.scam, new.scam);
                if marks != old_marks {
                    made.push(marks);
                }
            }
        }
        if new != old {
            made.push(new);
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

impl fmt::Debug for PersonalMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonalMemory")
    }
}

impl Memory for PersonalMemory {
    fn recall(&self, number: &E164, now: u64) -> Recollection {
        if self.records.is_empty() {
            return Recollection::default();
        }
        let caller = self.key.caller(number);
        let at = |time: u32| (time != 0).then_some(u64::from(time));
        let block = self.find(caller.block);
        let near_scam = block
            .and_then(|block| at(block.scam))
            .filter(|&scam| now.abs_diff(scam) <= NEAR_SCAM);
        let found = self.find(caller.number);
        let Some(record) = found.and_then(|record| current(record, now)) else {
            return Recollection {
                near_scam,
                ..Recollection::default()
            };
        };
        let familiarity = match record {
            Record { scam, .. } if scam != 0 => None,
            Record { fine, .. } if fine != 0 => Some(Familiarity::MarkedFine),
            Record { flags, .. } if flags & SPOKEN_WITH != 0 => Some(Familiarity::SpokenWith),
            Record { flags, .. } if flags & CALLED != 0 => Some(Familiarity::Called),
            _ => None,
        };
        Recollection {
            familiarity,
            last_call: at(record.last_call),
            marked_scam: at(record.scam),
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

/// The record without what has expired; `None` if nothing is left. That the
/// user marked a number as fine does not expire.
fn current(record: &Record, now: u64) -> Option<Record> {
    let mut record = *record;
    let expired = |time: u32, lasts: u64| now.saturating_sub(time.into()) > lasts;
    if expired(record.last_call, CALL) {
        record.last_call = 0;
    }
    // Calls from before the mark do not make a scam known once it has expired.
    let was_scam = record.scam != 0 && expired(record.scam, SCAM);
    if was_scam {
        record.scam = 0;
    }
    if was_scam || expired(record.known, KNOWN) {
        (record.known, record.flags) = (0, 0);
    }
    let empty = [record.last_call, record.scam, record.fine, record.flags] == [0; 4];
    (!empty).then_some(record)
}

/// What goes first when there is too much: calls of strangers, then what the
/// user has not heard of for longest, the user's own marks last.
fn worth(record: &Record, now: u32) -> (u8, u32) {
    let class = match record {
        Record { scam, fine, .. } if *scam != 0 || *fine != 0 => 2,
        Record { flags, .. } if *flags != 0 => 1,
        _ => 0,
    };
    let times = [record.last_call, record.known, record.scam, record.fine];
    // A clock that was ahead must not make a record stay for ever.
    (class, times.into_iter().fold(0, u32::max).min(now))
}

/// A time as it is stored, from 1 on, so that 0 is never.
fn short(time: u64) -> u32 {
    u32::try_from(time).unwrap_or(u32::MAX).max(1)
}
