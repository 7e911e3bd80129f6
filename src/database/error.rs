//! What can be wrong with a database file.

use std::fmt;

use super::id::SectionId;

/// Why a database could not be opened or did not verify.
///
/// The text of each error says what to do. None holds personal data.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The operating system refused to open or map the file.
    Io(std::io::Error),
    /// The path leads to a folder or a device.
    NotAFile,
    /// The file does not start with the magic bytes of a database.
    NotADatabase,
    /// The file ends before the header or a section does. Both in bytes.
    Truncated {
        /// How long the file says it is, or must at least be.
        expected: u64,
        /// How long it is.
        found: u64,
    },
    /// The file is longer than its header says.
    TrailingBytes {
        /// How long the file says it is.
        expected: u64,
        /// How long it is.
        found: u64,
    },
    /// The file was written in a format that this version cannot read.
    UnsupportedVersion {
        /// The format version of the file.
        found: u32,
        /// The newest format version this build reads.
        supported: u32,
    },
    /// The header's own hash does not fit, or a field has no sense.
    DamagedHeader,
    /// An entry of the section table points outside the file, into another
    /// section, or has an absurd length.
    BadSection(SectionId),
    /// Bytes between sections are not zero, or some follow the last one.
    Padding,
    /// A section is damaged.
    Fault(Fault),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "the database could not be opened, check the path: {error}"),
            Self::NotAFile => f.write_str("this is no file: give a file made by `db build`"),
            Self::NotADatabase => {
                f.write_str("this is not a Ringfence database: give a file made by `db build`")
            }
            Self::Truncated { expected, found } => write!(
                f,
                "the database is cut short ({found} of {expected} bytes): fetch it again"
            ),
            Self::TrailingBytes { expected, found } => write!(
                f,
                "the database has bytes after its end ({found} instead of {expected}): fetch it again"
            ),
            Self::UnsupportedVersion { found, supported } => write!(
                f,
                "the database has format version {found}, this program reads up to version \
                 {supported}: update the program"
            ),
            Self::DamagedHeader => {
                f.write_str("the header of the database is damaged: fetch the file again")
            }
            Self::BadSection(id) => write!(
                f,
                "section {id} of the database does not fit the file: fetch it again"
            ),
            Self::Padding => f.write_str(
                "the database has bytes between its sections that do not belong there: fetch it again",
            ),
            Self::Fault(fault) => write!(f, "{fault}: fetch the database again"),
        }
    }
}

// The texts hold their causes, so there is no `source` to repeat them.
impl std::error::Error for Error {}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Damage found while reading a section.
///
/// Small and `Copy`: it is made on the call path, where nothing allocates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The section that was being read.
    pub section: SectionId,
    /// What was found.
    pub kind: FaultKind,
}

/// The kinds of damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// The file has no such section.
    Missing,
    /// A page does not have the hash the header binds it to.
    PageHash,
    /// An offset points outside the section.
    Bounds,
    /// The content does not follow the section's format.
    Content,
}

impl Fault {
    pub(crate) fn missing(section: SectionId) -> Self {
        Self {
            section,
            kind: FaultKind::Missing,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let section = self.section;
        match self.kind {
            FaultKind::Missing => write!(f, "the database has no section {section}"),
            FaultKind::PageHash => write!(f, "a page of section {section} is damaged"),
            FaultKind::Bounds => write!(f, "section {section} points outside itself"),
            FaultKind::Content => write!(f, "section {section} does not follow its format"),
        }
    }
}

impl std::error::Error for Fault {}
