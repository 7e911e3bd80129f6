//! What the phone remembers, as screening asks for it.
//!
//! [`Memory`] is what the rules ask; [`PersonalMemory`] answers from keyed
//! hashes, so that no number is ever kept. Where its records are stored is
//! the business of whoever owns it.

mod key;
mod personal;
mod record;

use crate::number::E164;

pub use key::{CallerHash, MemoryKey, Subject};
pub use personal::{CAPACITY, Event, PersonalMemory, Stored};
pub use record::{HEADER_LENGTH, MEMORY_VERSION, MemoryError, RECORD_LENGTH, Record};

/// How the user knows a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Familiarity {
    /// The user has called it.
    Called,
    /// The user has talked with it for a minute or more.
    SpokenWith,
    /// The user has marked it as fine.
    MarkedFine,
}

/// What is remembered of one number. Times are in seconds since
/// 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recollection {
    /// How the user knows it; `None` as well if the user has marked it as a
    /// scam.
    pub familiarity: Option<Familiarity>,
    /// When it last called before this call.
    pub last_call: Option<u64>,
    /// When the user marked it as a scam.
    pub marked_scam: Option<u64>,
    /// When the user last marked a number next to it as a scam.
    pub near_scam: Option<u64>,
}

/// Personal memory: what the rules on known and on marked numbers, the days
/// after a scam and the lifting of repeated calls ask for. Implementations
/// answer at once and without allocating, and hold nothing back for being in
/// the future: clocks are set back too. Times are in seconds since
/// 1970-01-01T00:00:00Z.
pub trait Memory {
    /// What is remembered of a number at the time `now`.
    fn recall(&self, number: &E164, now: u64) -> Recollection;

    /// When a hidden number last called before this call, if one did.
    fn last_hidden_call(&self) -> Option<u64>;

    /// When the user last marked a call as a scam, if ever.
    fn last_scam(&self) -> Option<u64>;
}

/// A phone that remembers nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoMemory;

impl Memory for NoMemory {
    fn recall(&self, _number: &E164, _now: u64) -> Recollection {
        Recollection::default()
    }

    fn last_hidden_call(&self) -> Option<u64> {
        None
    }

    fn last_scam(&self) -> Option<u64> {
        None
    }
}
