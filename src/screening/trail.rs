//! What the rules leave behind while they are looked at, before it is put into
//! words.

use super::{RangeId, Rule};
use crate::reported::{Listing, ReportKind, Risk};

/// A sentence, before it is looked up.
#[derive(Clone, Copy)]
pub(super) enum Text {
    /// The program's own.
    Fixed(&'static str),
    /// A range's, in the database.
    Range(RangeId),
    /// What the list of reported numbers says of the number.
    Listed(Listing),
    /// What the risk map says of the number's block.
    HotBlock(Risk),
    /// What the lists of beginnings of numbers say.
    Prefix(ReportKind),
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
    /// The lists of reported numbers in the database, as a whole.
    Reports,
    /// The list of reported numbers, of this day counted from 1970-01-01.
    Listed(u32),
    /// The risk map, of this day.
    HotBlock(u32),
    /// The lists of beginnings, of this day.
    Prefixes(u32),
}

impl Origin {
    /// Whether it is reports of other people.
    pub fn is_of_reports(self) -> bool {
        matches!(
            self,
            Self::Reports | Self::Listed(_) | Self::HotBlock(_) | Self::Prefixes(_)
        )
    }
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
