//! Scripts, evidence, questions, advice and remote-access tools, read in
//! place.
//!
//! What people edit about calls, `data/scripts`, `data/flags.toml`,
//! `data/questions.toml`, `data/advice` and `data/remote-tools.toml`, is
//! compiled into the section `guide.z`, in the [`layout`] of tables, deflated.
//! [`Database::guide`] opens it and inflates it once; everything it hands out
//! borrows from the database, copies nothing and allocates nothing.
//!
//! It is in English. [`Database::guide_in`] gives it in another language of
//! `data/texts`, which is inflated once as well, from the section `texts`.
//!
//! Whatever returns a `Result` reads and checks all that can be reached from
//! what it returns, so the items of a [`List`] come without further errors.

mod advice;
mod bytes;
mod cell;
mod evidence;
mod question;
mod said;
mod script;
mod tables;

use std::fmt;

use crate::database::{Database, Fault, FaultKind, Section, SectionId};
use crate::number::Region;

pub use advice::{AdviceStep, Do, RemoteTool, ReportPlace};
pub use cell::{Items, List};
pub use evidence::{Evidence, EvidenceGroup, EvidenceIndex};
pub use question::{Choice, Question};
pub use said::{ENGLISH, Kind, texts_layout};
pub use script::{Likelihoods, Script, ScriptIndex, ScriptKind, Source, Stage};
pub use tables::layout;

use advice::Place;
use bytes::Bytes;
use tables::Tables;

/// Where among what is inflated the guide is.
const PLACE: usize = 0;

/// What a database knows about calls, read in place.
#[derive(Clone, Copy)]
pub struct Guide<'a> {
    tables: Tables<'a>,
    scripts: u16,
    evidence: u16,
}

impl Database {
    /// What people edit about calls: scripts, evidence, questions, advice and
    /// remote-access tools.
    ///
    /// # Errors
    /// A [`Fault`] if the section is missing or damaged.
    pub fn guide(&self) -> Result<Guide<'_>, Fault> {
        match self.section(SectionId::PACKED_GUIDE) {
            Ok(section) => {
                let bytes = self.inflated(PLACE, || unpack(&section))?;
                Guide::new(Bytes::Inflated(bytes))
            }
            Err(_) => Guide::new(Bytes::Mapped(self.section(SectionId::GUIDE)?)),
        }
    }

    /// The guide, saying what it says in the language of a BCP 47 tag such as
    /// `de` or `de-AT`; single texts, or all, in English if the database does
    /// not have them. [`Guide::language`] tells.
    ///
    /// # Errors
    /// As [`Database::guide`]; damage to the texts of a language is none.
    pub fn guide_in(&self, tag: &str) -> Result<Guide<'_>, Fault> {
        Ok(self.guide()?.said_in(self, tag))
    }

    /// Checks that all of guide and texts can be read, and hands the guide on.
    /// Nothing that was inflated for it is kept.
    pub(crate) fn verify_guide<T>(
        &self,
        then: impl FnOnce(&Guide<'_>) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        let unpacked;
        let bytes = if let Ok(section) = self.section(SectionId::PACKED_GUIDE) {
            unpacked = unpack(&section)?;
            Bytes::Inflated(&unpacked)
        } else if let Ok(section) = self.section(SectionId::GUIDE) {
            Bytes::Mapped(section)
        } else {
            return Ok(None);
        };
        let guide = Guide::new(bytes)?;
        guide.verify()?;
        said::verify(self, &guide.tables)?;
        then(&guide).map(Some)
    }
}

/// Inflates the section `guide.z`.
fn unpack(section: &Section<'_>) -> Result<Box<[u8]>, Fault> {
    let inflated = section.u32(0)? as usize;
    section.inflate(4, section.len().saturating_sub(4), inflated)
}

impl<'a> Guide<'a> {
    fn new(bytes: Bytes<'a>) -> Result<Self, Fault> {
        let tables = Tables::new(bytes)?;
        Ok(Self {
            // Tables have at most 65,535 rows: that was just checked.
            scripts: tables.rows(layout::SCRIPTS)? as u16,
            evidence: tables.rows(layout::EVIDENCE)? as u16,
            tables,
        })
    }

    /// The same guide in another language of the database, or as it is if
    /// there is none such or it is damaged.
    pub(crate) fn said_in(self, database: &'a Database, tag: &str) -> Self {
        match said::said(database, &self.tables, tag) {
            Ok(Some(said)) => Self {
                tables: self.tables.said_in(said),
                ..self
            },
            _ => self,
        }
    }

    /// The tag of the language in which it says what it says, such as `en`.
    pub fn language(&self) -> &'a str {
        self.tables.language()
    }

    /// How many scripts there are.
    pub fn script_count(&self) -> usize {
        self.scripts.into()
    }

    /// All scripts, by id.
    ///
    /// # Errors
    /// Each item: a [`Fault`] if the section is damaged.
    pub fn scripts(&self) -> impl Iterator<Item = Result<Script<'a>, Fault>> + use<'a> {
        self.tables.records()
    }

    /// A script.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged or has no such script.
    pub fn script(&self, index: ScriptIndex) -> Result<Script<'a>, Fault> {
        self.present(index.0 < self.scripts)?;
        self.tables.record(index.0.into())
    }

    /// The script with an id.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged.
    pub fn script_by_id(&self, id: &str) -> Result<Option<Script<'a>>, Fault> {
        self.tables.find(id)
    }

    /// How likely a person reports each piece of evidence after a call of
    /// this kind: 1 - product over the script's stages of (1 - reached x
    /// likelihood), or the evidence's base where the script does not name it.
    ///
    /// # Errors
    /// As [`Guide::script`].
    pub fn likelihoods(&self, script: ScriptIndex) -> Result<Likelihoods<'a>, Fault> {
        self.present(script.0 < self.scripts)?;
        let row = self.tables.row(layout::SCRIPTS, script.0.into())?;
        Likelihoods::read(&row)
    }

    /// How likely a person reports this evidence after a call of this kind:
    /// one of [`Guide::likelihoods`].
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged or has no such script or
    /// evidence.
    pub fn likelihood(&self, script: ScriptIndex, evidence: EvidenceIndex) -> Result<f32, Fault> {
        let likelihood = self.likelihoods(script)?.get(evidence);
        likelihood.ok_or_else(|| self.tables.fault(FaultKind::Missing))
    }

    /// How many pieces of evidence there are.
    pub fn evidence_count(&self) -> usize {
        self.evidence.into()
    }

    /// All evidence, in the order of its numbers.
    ///
    /// # Errors
    /// As [`Guide::scripts`].
    pub fn all_evidence(&self) -> impl Iterator<Item = Result<Evidence<'a>, Fault>> + use<'a> {
        self.tables.records()
    }

    /// A piece of evidence.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged or has no such evidence.
    pub fn evidence(&self, index: EvidenceIndex) -> Result<Evidence<'a>, Fault> {
        self.present(index.0 < self.evidence)?;
        self.tables.record(index.0.into())
    }

    /// The piece of evidence with an id.
    ///
    /// # Errors
    /// As [`Guide::script_by_id`].
    pub fn evidence_by_id(&self, id: &str) -> Result<Option<Evidence<'a>>, Fault> {
        self.tables.find(id)
    }

    /// All questions, in the order of their file.
    ///
    /// # Errors
    /// As [`Guide::scripts`].
    pub fn questions(&self) -> impl Iterator<Item = Result<Question<'a>, Fault>> + use<'a> {
        self.tables.records()
    }

    /// The question with an id.
    ///
    /// # Errors
    /// As [`Guide::script_by_id`].
    pub fn question_by_id(&self, id: &str) -> Result<Option<Question<'a>>, Fault> {
        self.tables.find(id)
    }

    /// The steps for a country, or those for all countries if it has none, in
    /// the order in which they are shown.
    ///
    /// # Errors
    /// As [`Guide::script_by_id`].
    pub fn advice(&self, region: Option<Region>) -> Result<List<'a, AdviceStep<'a>>, Fault> {
        Ok(self.place(region)?.steps)
    }

    /// Where people of a country report a call.
    ///
    /// # Errors
    /// As [`Guide::script_by_id`].
    pub fn report_place(&self, region: Option<Region>) -> Result<Option<ReportPlace<'a>>, Fault> {
        Ok(self.place(region)?.report)
    }

    /// Programs that let others see or control a device.
    ///
    /// # Errors
    /// As [`Guide::scripts`].
    pub fn remote_tools(&self) -> impl Iterator<Item = Result<RemoteTool<'a>, Fault>> + use<'a> {
        self.tables.records()
    }

    /// What holds in a country.
    fn place(&self, region: Option<Region>) -> Result<Place<'a>, Fault> {
        for number in 1..self.tables.rows(layout::PLACES)? {
            let row = self.tables.row(layout::PLACES, number)?;
            if region.is_some() && row.cell::<Option<Region>>(0)? == region {
                return self.tables.record(number);
            }
        }
        self.tables.record(0)
    }

    /// The fault of something that the section does not have.
    fn present(&self, present: bool) -> Result<(), Fault> {
        let missing = || self.tables.fault(FaultKind::Missing);
        present.then_some(()).ok_or_else(missing)
    }

    /// Checks that every row of every table can be read.
    pub(crate) fn verify(&self) -> Result<(), Fault> {
        for script in self.scripts() {
            self.likelihoods(script?.index)?;
        }
        self.all_evidence().try_for_each(|row| row.map(drop))?;
        self.questions().try_for_each(|row| row.map(drop))?;
        self.remote_tools().try_for_each(|row| row.map(drop))?;
        let mut places = self.tables.records::<Place<'_>>();
        let defaults = places.next().transpose()?;
        let defaults = defaults.is_some_and(|place| place.region.is_none());
        places.try_for_each(|place| match place?.region {
            Some(_) => Ok(()),
            None => Err(self.tables.content()),
        })?;
        let content = || self.tables.content();
        defaults.then_some(()).ok_or_else(content)
    }
}

impl fmt::Debug for Guide<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guide")
            .field("scripts", &self.scripts)
            .field("evidence", &self.evidence)
            .finish_non_exhaustive()
    }
}
