//! What the phone remembers, as screening asks for it.

use crate::number::E164;

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

/// Personal memory: what rules 3 and 10 and the lifting of repeated calls ask
/// for. Implementations answer at once and without allocating; times are
/// seconds since 1970-01-01T00:00:00Z.
pub trait Memory {
    /// How the user knows the number, if at all.
    fn familiarity(&self, number: &E164) -> Option<Familiarity>;

    /// When the number last called before this call, if it did.
    fn last_call(&self, number: &E164) -> Option<u64>;

    /// When a hidden number last called before this call, if one did.
    fn last_hidden_call(&self) -> Option<u64>;

    /// When the user last marked a call as a scam, if ever.
    fn last_scam(&self) -> Option<u64>;
}

/// A phone that remembers nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoMemory;

impl Memory for NoMemory {
    fn familiarity(&self, _number: &E164) -> Option<Familiarity> {
        None
    }

    fn last_call(&self, _number: &E164) -> Option<u64> {
        None
    }

    fn last_hidden_call(&self) -> Option<u64> {
        None
    }

    fn last_scam(&self) -> Option<u64> {
        None
    }
}
