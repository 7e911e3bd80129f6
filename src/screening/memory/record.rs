//! Records of the memory as they are stored, 32 bytes each.
//!
//! A file of the memory is a header and then records, one after the other;
//! each record is the whole state of its subject, so a later one replaces an
//! earlier one and a lost one takes nothing else with it. All integers are
//! little-endian.
//!
//! | offset | header |
//! |---|---|
//! | 0 | `RFMM` |
//! | 4 | u32: version, [`MEMORY_VERSION`] |
//! | 8 | u32: how many of the records were written together with the header |
//! | 12 | the key, 16 bytes |
//! | 28 | u32: checksum of all before |
//!
//! | offset | record |
//! |---|---|
//! | 0 | u64: the subject |
//! | 8 | u32: when it last called, in seconds since 1970; 0 for never |
//! | 12 | u32: when the user last called it or spoke with it; of a neighbourhood and of all scams: the mark before the last |
//! | 16 | u32: when the user marked it as a scam |
//! | 20 | u32: when the user marked it as fine |
//! | 24 | u32: 1 called, 2 spoken with |
//! | 28 | u32: checksum of all before |
//!
//! A checksum is the lower half of the keyed hash, so what another phone or
//! another file left behind does not pass for a record.

use std::fmt;

use super::{MemoryKey, Subject};

/// Length in bytes of a file's header.
pub const HEADER_LENGTH: usize = 32;
/// Length in bytes of a record.
pub const RECORD_LENGTH: usize = 32;
/// The version of the records that this build writes and reads.
pub const MEMORY_VERSION: u32 = 1;

const MAGIC: &[u8; 4] = b"RFMM";

pub(super) const CALLED: u32 = 1;
pub(super) const SPOKEN_WITH: u32 = 2;

/// All that is remembered of a subject. Its fields are the memory's business;
/// whoever stores it needs only its bytes. `Debug` shows nothing of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Record {
    pub(super) subject: Subject,
    pub(super) last_call: u32,
    pub(super) known: u32,
    pub(super) scam: u32,
    pub(super) fine: u32,
    pub(super) flags: u32,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Record")
    }
}

impl Record {
    /// Nothing known yet.
    pub(super) const fn of(subject: Subject) -> Self {
        Self {
            subject,
            last_call: 0,
            known: 0,
            scam: 0,
            fine: 0,
            flags: 0,
        }
    }

    /// Of a neighbourhood or of all scams: takes back the mark of the time
    /// `old` and adds one of the time `new`; 0 is none.
    pub(super) fn change_mark(&mut self, old: u32, new: u32) {
        let mut marks = [self.scam, self.known];
        if let Some(mark) = marks.iter_mut().find(|mark| **mark == old) {
            *mark = 0;
        }
        let mut left = [new, marks[0], marks[1]]
            .into_iter()
            .filter(|&mark| mark != 0);
        self.scam = left.next().unwrap_or(0);
        self.known = left.next().unwrap_or(0);
    }

    /// The record as it is stored.
    pub fn encode(&self, key: &MemoryKey) -> [u8; RECORD_LENGTH] {
        let mut bytes = [0; RECORD_LENGTH];
        bytes[..8].copy_from_slice(&self.subject.0.to_le_bytes());
        let words = [self.last_call, self.known, self.scam, self.fine, self.flags];
        for (place, word) in bytes[8..28].chunks_exact_mut(4).zip(words) {
            place.copy_from_slice(&word.to_le_bytes());
        }
        let check = key.check(&bytes[..28]);
        bytes[28..].copy_from_slice(&check.to_le_bytes());
        bytes
    }

    /// Reads a stored record; `None` if it is damaged or not this key's.
    pub fn decode(bytes: &[u8; RECORD_LENGTH], key: &MemoryKey) -> Option<Self> {
        if word(bytes, 28) != key.check(&bytes[..28]) {
            return None;
        }
        let subject = u64::from(word(bytes, 0)) | u64::from(word(bytes, 4)) << 32;
        Some(Self {
            subject: Subject(subject),
            last_call: word(bytes, 8),
            known: word(bytes, 12),
            scam: word(bytes, 16),
            fine: word(bytes, 20),
            flags: word(bytes, 24),
        })
    }
}

impl MemoryKey {
    /// The header of a file that starts with so many of this key's records.
    pub(super) fn header(&self, records: u32) -> [u8; HEADER_LENGTH] {
        let mut bytes = [0; HEADER_LENGTH];
        bytes[..4].copy_from_slice(MAGIC);
        bytes[4..8].copy_from_slice(&MEMORY_VERSION.to_le_bytes());
        bytes[8..12].copy_from_slice(&records.to_le_bytes());
        bytes[12..28].copy_from_slice(self.bytes());
        let check = self.check(&bytes[..28]);
        bytes[28..].copy_from_slice(&check.to_le_bytes());
        bytes
    }

    /// Reads a header: the key, and how many records were written with it.
    pub(super) fn from_header(bytes: &[u8; HEADER_LENGTH]) -> Result<(Self, u32), MemoryError> {
        if !bytes.starts_with(MAGIC) {
            return Err(MemoryError::Damaged);
        }
        if word(bytes, 4) > MEMORY_VERSION {
            return Err(MemoryError::Newer);
        }
        let mut key = [0; 16];
        key.copy_from_slice(&bytes[12..28]);
        let key = Self::new(key);
        if word(bytes, 4) != MEMORY_VERSION || word(bytes, 28) != key.check(&bytes[..28]) {
            return Err(MemoryError::Damaged);
        }
        Ok((key, word(bytes, 8)))
    }
}

/// The u32 at an offset of a header or record, 0 to 28.
fn word(bytes: &[u8; 32], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// Why stored records cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MemoryError {
    /// The header is damaged, and with it the key is lost.
    Damaged,
    /// A later version of the program wrote them.
    Newer,
}

impl fmt::Display for MemoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Damaged => "the memory's header is damaged, so what it held cannot be read",
            Self::Newer => "a later version of Ringfence wrote this memory: install that one again",
        })
    }
}

impl std::error::Error for MemoryError {}
