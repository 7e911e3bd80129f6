//! Beginnings of numbers that lists name.

use super::{NumberSet, ReportKind, layout};
use crate::database::{Database, Fault, FaultKind, Section, SectionId};

/// The listed beginnings of numbers in a database, read in place.
#[derive(Clone, Copy, Debug)]
pub struct Prefixes<'a> {
    section: Section<'a>,
    as_of: u32,
    steps: NumberSet<'a>,
}

impl Database {
    /// The beginnings of numbers that lists name; `None` if the database has
    /// none.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged.
    pub fn prefixes(&self) -> Result<Option<Prefixes<'_>>, Fault> {
        let Ok(section) = self.section(SectionId::PREFIXES) else {
            return Ok(None);
        };
        Ok(Some(Prefixes {
            as_of: section.u32(0)?,
            steps: NumberSet::read(section, layout::PREFIXES_SET)?,
            section,
        }))
    }
}

impl<'a> Prefixes<'a> {
    /// The day of the latest list, counted from 1970-01-01 in UTC.
    pub fn as_of(&self) -> u32 {
        self.as_of
    }

    /// The keys from which on something else is said, with what: 0 for
    /// nothing, otherwise one more than the code of the [`ReportKind`].
    pub fn steps(&self) -> NumberSet<'a> {
        self.steps
    }

    /// What lists say of numbers that begin like the one with this E.164 key,
    /// if they name them.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged.
    pub fn find(&self, key: u64) -> Result<Option<ReportKind>, Fault> {
        match self.steps.at_or_before(key)? {
            Some(step) => self.kind(step.payload),
            None => Ok(None),
        }
    }

    fn kind(&self, level: u8) -> Result<Option<ReportKind>, Fault> {
        let Some(code) = level.checked_sub(1) else {
            return Ok(None);
        };
        let kind = ReportKind::from_code(code);
        let kind = kind.ok_or(self.section.fault(FaultKind::Content))?;
        Ok(Some(kind))
    }

    /// Checks that the steps are whole, and that what they say has a meaning.
    pub(crate) fn verify(&self) -> Result<(), Fault> {
        self.steps.verify()?;
        let mut last = None;
        for step in self.steps.from(0) {
            last = self.kind(step?.payload)?;
        }
        match last {
            None => Ok(()),
            Some(_) => Err(self.section.fault(FaultKind::Content)),
        }
    }
}
