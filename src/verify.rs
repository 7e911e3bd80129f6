//! Checking a whole database.

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
        if self.section(SectionId::GUIDE).is_ok() {
            self.guide()?.verify()?;
        }
        if self.section(SectionId::LEXICON).is_ok() {
            self.lexicon()?;
        }
        if self.section(SectionId::MODEL).is_ok() {
            crate::check::Checker::new(self)?;
        }
        Ok(())
    }
}
