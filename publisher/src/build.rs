//! From sources to a database.

use std::path::PathBuf;

use ringfence::database::SectionId;

use crate::metadata::World;
use crate::{Error, facts, file, plan, ranges};

/// What to build from.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder with `release.toml` and `numbering/`.
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
    let sources = format!(
        "Numbering plan: libphonenumber {} (Apache-2.0)\n\
         Emergency numbers: {}\n\
         Number ranges: {}, each with its own source\n",
        world.version,
        facts.emergency.source,
        facts.ranges.len(),
    );
    let sections = [
        (SectionId::PLAN, plan::write(&world)?),
        (SectionId::RANGES, ranges::write(&facts)?),
        (SectionId::SOURCES, sources.into_bytes()),
    ];
    file::write(&release, &sections)
}
