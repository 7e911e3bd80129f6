//! Checking a whole database.

use crate::check::Checker;
use crate::check::guide::Guide;
use crate::database::{Database, Error, SectionId};

impl Database {
    /// Checks every byte of the file: each page against its hash, the padding
    /// between sections, and the structure of each section this version
    /// knows. Reading needs no prior `verify`; this is for installing a file
    /// and for the curious.
    ///
    /// # Errors
    /// The first thing found wrong.
    pub fn verify(&self) -> Result<(), Error> {
        self.verify_pages()?;
        self.plan()?.verify()?;
        self.ranges()?.verify()?;
        self.sources().map(|_| ())?;
        self.verify_reported()?;
        let lexicons = [SectionId::SPLIT_LEXICON, SectionId::LEXICON];
        if lexicons.iter().any(|&id| self.section(id).is_ok()) {
            self.lexicon()?;
        }
        let has_model = self.section(SectionId::MODEL).is_ok();
        let checks = |guide: &Guide<'_>| match has_model {
            true => Checker::with_guide(self, *guide).map(|_| ()),
            false => Ok(()),
        };
        if self.verify_guide(checks)?.is_none() && has_model {
            self.guide()?;
        }
        Ok(())
    }
}
