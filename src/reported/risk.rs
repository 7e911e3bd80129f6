//! Blocks of numbers whose neighbours are being reported.

use super::{NumberSet, layout};
use crate::database::{Database, Fault, FaultKind, Section, SectionId};

/// How hot the block around a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Risk {
    /// The level, 1 to 15; the higher, the more reports.
    pub level: u8,
    /// Among which share of its country's numbers, the most reported first, the
    /// block is: in millionths, at least 1.
    pub share: u32,
}

/// The risk map of a database, read in place.
#[derive(Clone, Copy, Debug)]
pub struct RiskMap<'a> {
    section: Section<'a>,
    as_of: u32,
    steps: NumberSet<'a>,
}

impl Database {
    /// The map of blocks in which reports are dense; `None` if the database
    /// has none.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged.
    pub fn risk_map(&self) -> Result<Option<RiskMap<'_>>, Fault> {
        let Ok(section) = self.section(SectionId::RISK_MAP) else {
            return Ok(None);
        };
        Ok(Some(RiskMap {
            as_of: section.u32(0)?,
            steps: NumberSet::read(section, layout::RISK_SET)?,
            section,
        }))
    }
}

impl<'a> RiskMap<'a> {
    /// The day that the map is of, counted from 1970-01-01 in UTC.
    pub fn as_of(&self) -> u32 {
        self.as_of
    }

    /// The keys from which on another level holds, with the level.
    pub fn steps(&self) -> NumberSet<'a> {
        self.steps
    }

    /// How hot the block around the number with this E.164 key is; `None` if
    /// it is not in the map.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged.
    pub fn find(&self, key: u64) -> Result<Option<Risk>, Fault> {
        match self.steps.at_or_before(key)? {
            Some(step) if step.payload > 0 => Ok(Some(Risk {
                level: step.payload,
                share: self.share(step.payload)?,
            })),
            _ => Ok(None),
        }
    }

    fn share(&self, level: u8) -> Result<u32, Fault> {
        let at = layout::LEVELS + 4 * usize::from(level);
        match self.section.u32(at)? {
            0 => Err(self.section.fault(FaultKind::Content)),
            share => Ok(share),
        }
    }

    /// Checks that the steps are whole and lead to levels that have a meaning.
    pub(crate) fn verify(&self) -> Result<(), Fault> {
        let content = self.section.fault(FaultKind::Content);
        self.steps.verify()?;
        let mut level = 0;
        for step in self.steps.from(0) {
            let next = step?.payload;
            if next == level {
                return Err(content);
            }
            if next > 0 {
                self.share(next)?;
            }
            level = next;
        }
        (level == 0).then_some(()).ok_or(content)
    }
}
