//! What other people reported: single numbers, beginnings of numbers, and the
//! blocks of numbers in which reports are dense.
//!
//! * [`Listed`] is the list of reported numbers (section `numbers`), with how
//!   often and how lately each was reported, roughly, for the call path, and
//!   exactly for who asks why (section `reports`).
//! * [`RiskMap`] says how much more often than elsewhere the neighbours of a
//!   number are being reported (section `riskmap`).
//! * [`Prefixes`] are beginnings of numbers that lists of prefixes name
//!   (section `prefixes`).
//!
//! All three are ordered sets of numbers ([`set`]). Their layouts are
//! documented in [`layout`].

mod kind;
mod listed;
mod prefixes;
mod risk;
pub mod set;

pub use kind::{NotAReportKind, ReportKind};
pub use listed::{Class, Listed, Listing, Reports, Strength, WEEK};
pub use prefixes::Prefixes;
pub use risk::{Risk, RiskMap};
pub use set::{Member, NumberSet, SetError, SetWriter};

use crate::database::{Database, Fault, SectionId};

/// How the lines of the section `sources` begin that say where reports come
/// from; the source's name follows, up to a colon.
pub const REPORTED: &str = "Reported numbers: ";

impl Database {
    /// Whether there are lists of reported numbers or of their beginnings.
    pub(crate) fn has_lists(&self) -> bool {
        let lists = [SectionId::NUMBERS, SectionId::PREFIXES];
        lists.iter().any(|&id| self.section(id).is_ok())
    }

    /// Checks the structure of the sections of reported numbers, those that
    /// are there.
    pub(crate) fn verify_reported(&self) -> Result<(), Fault> {
        let listed = self.listed()?;
        if let Some(listed) = &listed {
            listed.verify()?;
        }
        if let Ok(section) = self.section(SectionId::REPORTS) {
            let listed = listed.ok_or(Fault::missing(SectionId::NUMBERS))?;
            listed::verify_reports(&section, &listed)?;
        }
        if let Some(map) = self.risk_map()? {
            map.verify()?;
        }
        if let Some(prefixes) = self.prefixes()? {
            prefixes.verify()?;
        }
        Ok(())
    }
}

/// Layouts of the sections of reported numbers. All integers are
/// little-endian; a day is counted from 1970-01-01 in UTC.
///
/// Section `numbers`:
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 4 | the day that the list is of |
/// | 4 | 4 | zero |
/// | 8 | | a [set] of E.164 keys, payload: [`Class::code`] |
///
/// Section `reports`, sorted by rank:
///
/// | offset | size | field |
/// |---|---|---|
/// | 8 *i* | 4 | rank of a number in the set of section `numbers` |
/// | 8 *i* + 4 | 2 | how often it was reported, at most 65,535 |
/// | 8 *i* + 6 | 1 | days from the first report to the last, at most 255 |
/// | 8 *i* + 7 | 1 | days from the last report to the day of the list, at most 255 |
///
/// Section `riskmap`:
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 4 | the day that the map is of |
/// | 4 | 4 | zero |
/// | 8 | 64 | for each of 16 levels: among which share of their country's numbers, the most reported first, its numbers and those of higher levels are, in millionths; 0 for level 0 and for levels that do not occur |
/// | 72 | | a set of the E.164 keys from which on another level holds, payload: the level; before the first it is 0 |
///
/// Section `prefixes`:
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 4 | the day of the latest list |
/// | 4 | 4 | zero |
/// | 8 | | a set of the E.164 keys from which on lists say something else, payload: 0 for nothing, otherwise one more than the code of a [`ReportKind`] |
pub mod layout {
    /// Where the set stands in section `numbers`.
    pub const NUMBERS_SET: usize = 8;
    /// Length in bytes of an entry of section `reports`.
    pub const REPORT: usize = 8;
    /// Where the levels stand in section `riskmap`.
    pub const LEVELS: usize = 8;
    /// How many levels there are, level 0 included.
    pub const LEVEL_COUNT: usize = 16;
    /// Where the set stands in section `riskmap`.
    pub const RISK_SET: usize = LEVELS + 4 * LEVEL_COUNT;
    /// Where the set stands in section `prefixes`.
    pub const PREFIXES_SET: usize = 8;
}
