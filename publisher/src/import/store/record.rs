//! Statements on numbers as they are sorted and stored.

use std::io::{self, Read, Write};

use crate::import::Said;

/// Length in bytes of a record in a file.
pub const RECORD_LENGTH: usize = 17;

/// What records that say the same come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// The sum of their counts.
    Add,
    /// The greatest of their counts.
    Most,
}

/// A statement on a number, ordered by number, day and statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// The number's key.
    pub key: u64,
    /// The day.
    pub day: u32,
    /// What is said.
    pub said: Said,
    /// By how many.
    pub count: u32,
}

impl Record {
    /// Whether another record says the same, but for the count.
    pub fn is_like(&self, other: &Self) -> bool {
        (self.key, self.day, self.said) == (other.key, other.day, other.said)
    }

    /// Takes in the count of a record that says the same.
    pub fn take_in(&mut self, other: &Self, counts: Counts) {
        self.count = match counts {
            Counts::Add => self.count.saturating_add(other.count),
            Counts::Most => self.count.max(other.count),
        };
    }

    /// The record's bytes: u64 key, u32 day, u8 statement, u32 count, all
    /// little-endian.
    pub fn to_bytes(self) -> [u8; RECORD_LENGTH] {
        let mut bytes = [0; RECORD_LENGTH];
        bytes[..8].copy_from_slice(&self.key.to_le_bytes());
        bytes[8..12].copy_from_slice(&self.day.to_le_bytes());
        bytes[12] = self.said.code();
        bytes[13..].copy_from_slice(&self.count.to_le_bytes());
        bytes
    }

    /// The record with these bytes.
    pub fn from_bytes(bytes: &[u8; RECORD_LENGTH]) -> Option<Self> {
        let (key, rest) = bytes.split_first_chunk()?;
        let (day, rest) = rest.split_first_chunk()?;
        let (&said, rest) = rest.split_first()?;
        Some(Self {
            key: u64::from_le_bytes(*key),
            day: u32::from_le_bytes(*day),
            said: Said::from_code(said)?,
            count: u32::from_le_bytes(rest.try_into().ok()?),
        })
    }

    /// Writes its bytes.
    ///
    /// # Errors
    /// As the output.
    pub fn write(self, to: &mut impl Write) -> io::Result<()> {
        to.write_all(&self.to_bytes())
    }
}

/// The records of a file, of which there must be `left`.
pub struct Records<R> {
    input: R,
    left: u64,
}

impl<R: Read> Records<R> {
    /// Reads `count` records.
    pub fn new(input: R, count: u64) -> Self {
        Self { input, left: count }
    }
}

impl<R: Read> Iterator for Records<R> {
    type Item = io::Result<Record>;

    fn next(&mut self) -> Option<io::Result<Record>> {
        self.left = self.left.checked_sub(1)?;
        let mut bytes = [0; RECORD_LENGTH];
        Some(match self.input.read_exact(&mut bytes) {
            Ok(()) => Record::from_bytes(&bytes).ok_or(io::ErrorKind::InvalidData.into()),
            Err(error) => {
                self.left = 0;
                Err(error)
            }
        })
    }
}
