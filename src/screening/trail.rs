//! What the rules leave behind while they are looked at, before it is put into
//! words.

use super::{RangeId, Rule};

/// A sentence, before it is looked up.
#[derive(Clone, Copy)]
pub(super) enum Text {
    /// The program's own.
    Fixed(&'static str),
    /// A range's, in the database.
    Range(RangeId),
}

/// Where a rule's answer comes from.
#[derive(Clone, Copy)]
pub(super) enum Origin {
    /// What the user chose.
    Settings,
    /// What the phone remembers.
    Memory,
    /// What the phone reports of the call.
    Phone,
    /// What the telephone network reports.
    Network,
    /// The database as a whole.
    Database,
    /// The emergency numbers in the database.
    Emergency,
    /// The numbering plan in the database.
    Plan,
    /// A range in the database.
    Range(RangeId),
}

/// Takes note of the rules as they are looked at.
pub(super) trait Trail {
    fn note(&mut self, rule: Rule, matched: bool, text: Text, origin: Origin);
}

/// On the call path nobody takes notes.
impl Trail for () {
    #[inline]
    fn note(&mut self, _: Rule, _: bool, _: Text, _: Origin) {}
}
