//! From sources to a database.

use std::path::{Path, PathBuf};

use ringfence::database::SectionId;

use crate::facts::Release;
use crate::guide::texts::{self, Texts};
use crate::guide::{self, GuideSource};
use crate::metadata::World;
use crate::model::corpus::{self, Note};
use crate::{Error, facts, file, lexicon, model, plan, ranges};

/// What to build from.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder with `release.toml` and `numbering/`. If it has `flags.toml`
    /// too, what the check after a call needs is built, which trains the model
    /// for a minute.
    pub data: PathBuf,
    /// A `PhoneNumberMetadata.xml` and its version, instead of the built-in
    /// metadata.
    pub metadata: Option<(PathBuf, String)>,
    /// Only the calling codes of these regions, for a small database; all if
    /// empty.
    pub regions: Vec<String>,
}

impl Options {
    /// The sources in the folder `data` with the built-in metadata.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self {
            data: data.into(),
            metadata: None,
            regions: Vec::new(),
        }
    }
}

/// Builds a database and returns its bytes: the same for the same sources, on
/// any machine.
///
/// # Errors
/// See [`Error`].
pub fn build(options: &Options) -> Result<Vec<u8>, Error> {
    let release = facts::read_release(&options.data)?;
    let mut world = match &options.metadata {
        Some((path, version)) => World::from_xml(path, version)?,
        None => World::built_in()?,
    };
    let facts = facts::read(&options.data.join("numbering"), &world)?;
    if !options.regions.is_empty() {
        world.retain(&options.regions)?;
    }
    let mut sources = format!(
        "Numbering plan: libphonenumber {} (Apache-2.0)\n\
         Emergency numbers: {}\n\
         Number ranges: {}, each with its own source\n",
        world.version,
        facts.emergency.source,
        facts.ranges.len(),
    );
    let mut sections = vec![
        (SectionId::PLAN, plan::write(&world)?),
        (SectionId::RANGES, ranges::write(&facts)?),
    ];
    if options.data.join("flags.toml").exists() {
        let check = Check::read(&options.data)?;
        sources.push_str(&format!(
            "Calls: {} scripts, each with its own sources; advice for {} countries\n\
             Notes: {} composed for this project\n",
            check.guide.scripts.len(),
            check.guide.countries.len(),
            check.notes.len(),
        ));
        let [(_, guide), lexicon, model] = check.sections(&check.notes)?;
        sections.push((SectionId::PACKED_GUIDE, guide::pack(&guide)?));
        sections.extend([lexicon, model]);
        if !check.texts.is_empty() {
            sources.push_str(&languages(&check.texts));
            sections.push((SectionId::TEXTS, texts::write(&check.texts)?));
        }
    }
    sections.push((SectionId::SOURCES, sources.into_bytes()));
    file::write(&release, &sections)
}

/// The languages of the texts, and how many texts each leaves in English.
fn languages(all: &[Texts]) -> String {
    let all = all.iter().map(|texts| match texts.missing {
        0 => texts.language.clone(),
        missing => format!("{} ({missing} missing)", texts.language),
    });
    let all: Vec<String> = all.collect();
    format!("Texts: en, {}\n", all.join(", "))
}

/// The sources of the check after a call.
pub struct Check {
    /// Scripts, evidence, questions, advice.
    pub guide: GuideSource,
    /// What the guide says in other languages.
    pub texts: Vec<Texts>,
    /// Labelled notes.
    pub notes: Vec<Note>,
    lexicon: Vec<u8>,
}

impl Check {
    /// Reads them from the folder `data`.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn read(data: &Path) -> Result<Self, Error> {
        let guide = guide::read(data)?;
        Ok(Self {
            texts: texts::read(&data.join("texts"), &guide)?,
            guide,
            notes: corpus::read(&data.join("notes"))?,
            lexicon: lexicon::build(&data.join("lexicon"))?,
        })
    }

    /// The sections of the check, none of them deflated and in English alone,
    /// with a model trained from these notes.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn sections(&self, notes: &[Note]) -> Result<[(SectionId, Vec<u8>); 3], Error> {
        let model = model::build(notes, &self.guide, &self.lexicon)?;
        Ok([
            (SectionId::GUIDE, guide::write(&self.guide)?),
            (SectionId::SPLIT_LEXICON, self.lexicon.clone()),
            (SectionId::MODEL, model),
        ])
    }

    /// A database for the check alone, with a model trained from these notes.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn database(&self, notes: &[Note]) -> Result<Vec<u8>, Error> {
        let release = Release {
            name: "check".to_owned(),
            issued: 0,
        };
        file::write(&release, &self.sections(notes)?)
    }
}
