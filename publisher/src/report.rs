//! A report of a number, as every list is brought to it.

use ringfence::reported::ReportKind;

/// That a number was reported on a day.
///
/// Ordered by number, day and kind. Where a stream of reports is asked for, it
/// is in that order and has each number, day and kind once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Report {
    /// The number's digits in E.164 form as an integer, below 10^15
    /// ([`E164::key`](ringfence::number::E164::key)).
    pub key: u64,
    /// The day, counted from 1970-01-01 in UTC.
    pub day: u32,
    /// What the call was said to be.
    pub kind: ReportKind,
    /// How many reported it, at least 1.
    pub count: u32,
}
