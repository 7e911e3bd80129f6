//! The database: one file, mapped, never parsed.
//!
//! [`Database`] checks the header on opening (a few microseconds) and then
//! hands out views that read in place. Every page is checked against a hash
//! tree bound to the header at its first touch, every offset is checked
//! against its section. Damage is an [`Error`] or a [`Fault`], never a panic
//! and never a wrong answer. The layout is documented in [`mod@format`].

mod error;
pub mod format;
mod header;
mod id;
mod packed;
mod section;
mod storage;

use std::fmt;
use std::sync::atomic::AtomicU64;

pub use error::{Error, Fault, FaultKind};
pub use header::SectionEntry;
pub use id::SectionId;
pub use section::Section;

use format::PAGE;
use header::Header;
use packed::Inflated;
use storage::Storage;

/// An opened database.
///
/// Shareable between threads. What a ringing call needs is read without
/// blocking and without allocating; what the check after a call says is stored
/// deflated, and is inflated once, when it is first asked for.
pub struct Database {
    storage: Storage,
    header: Header,
    /// One bit a page of the file: set once its hash has been checked.
    checked: Box<[AtomicU64]>,
    inflated: Inflated,
}

impl Database {
    /// Maps the database file at `path`.
    ///
    /// The file must not be changed or truncated while it is mapped: replace
    /// a database by writing a new file and renaming it over the old name.
    ///
    /// # Errors
    /// [`Error::Io`] if the file cannot be opened or mapped, [`Error::NotAFile`]
    /// if it is a folder or a device, otherwise as
    /// [`Database::from_bytes`].
    #[cfg(feature = "mmap")]
    pub fn open(path: &std::path::Path) -> Result<Self, Error> {
        Self::new(Storage::map_path(path)?)
    }

    /// Maps `length` bytes at `offset` of an open descriptor: the way an
    /// Android asset that is stored uncompressed in the APK is handed over.
    /// The offset need not be page-aligned. The descriptor may be closed
    /// afterwards. The same rule against changes holds as for
    /// [`Database::open`].
    ///
    /// # Errors
    /// As [`Database::open`].
    #[cfg(all(feature = "mmap", unix))]
    pub fn from_descriptor(
        descriptor: std::os::fd::BorrowedFd<'_>,
        offset: u64,
        length: u64,
    ) -> Result<Self, Error> {
        Self::new(Storage::map_descriptor(descriptor, offset, length)?)
    }

    /// Reads a database from bytes that live as long as the program, such as
    /// one that is compiled in.
    ///
    /// # Errors
    /// See [`Error`]: every kind but those of paths and files.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, Error> {
        Self::new(Storage::Static(bytes))
    }

    /// Reads a database from bytes that it takes over.
    ///
    /// # Errors
    /// See [`Error`]: every kind but those of paths and files.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, Error> {
        Self::new(Storage::Owned(bytes.into_boxed_slice()))
    }

    fn new(storage: Storage) -> Result<Self, Error> {
        let header = Header::read(storage.bytes())?;
        let pages = storage.bytes().len().div_ceil(PAGE);
        let database = Self {
            checked: (0..pages.div_ceil(64)).map(|_| AtomicU64::new(0)).collect(),
            storage,
            header,
            inflated: Inflated::default(),
        };
        database.will_need(&[SectionId::PLAN, SectionId::RANGES]);
        Ok(database)
    }

    /// Has the system read these sections in one go, hash trees included.
    pub(crate) fn will_need(&self, ids: &[SectionId]) {
        for entry in self
            .header
            .sections
            .iter()
            .filter(|entry| ids.contains(&entry.id))
        {
            let end = entry.tree.max(entry.offset + entry.length);
            self.storage.will_need(entry.offset, end - entry.offset);
        }
    }

    /// The release name the publisher gave, such as `2026.11.22`.
    pub fn release(&self) -> &str {
        self.header.release()
    }

    /// When the database was issued, in seconds since 1970-01-01T00:00:00Z.
    pub fn issued(&self) -> u64 {
        self.header.issued
    }

    /// The format version of the file.
    pub fn format_version(&self) -> u32 {
        self.header.format_version
    }

    /// Length of the file in bytes.
    pub fn length(&self) -> u64 {
        self.storage.bytes().len() as u64
    }

    /// SHA-256 of the header. It binds every byte that is ever read, through
    /// the section table and the hash trees, so it identifies the database.
    pub fn fingerprint(&self) -> [u8; 32] {
        self.header.hash
    }

    /// All sections of the file in file order, those of later publishers that
    /// this version does not know included.
    pub fn sections(&self) -> &[SectionEntry] {
        &self.header.sections
    }

    /// The section named `id`.
    ///
    /// # Errors
    /// A [`Fault`] of kind [`FaultKind::Missing`] if the file has none.
    pub fn section(&self, id: SectionId) -> Result<Section<'_>, Fault> {
        let entry = self
            .header
            .sections
            .iter()
            .find(|entry| entry.id == id)
            .ok_or(Fault::missing(id))?;
        Section::new(entry, self.storage.bytes(), &self.checked)
    }

    /// What was inflated into a place before, or is now by `inflate`. Whoever
    /// asks meanwhile waits for it, a millisecond or two.
    pub(crate) fn inflated(
        &self,
        place: usize,
        inflate: impl FnOnce() -> Result<Box<[u8]>, Fault>,
    ) -> Result<&[u8], Fault> {
        self.inflated.get(place, inflate)
    }

    /// What the database was made from, one line a source, as the publisher
    /// wrote it.
    ///
    /// # Errors
    /// A [`Fault`] if the section is missing, damaged or not UTF-8.
    pub fn sources(&self) -> Result<impl Iterator<Item = &str>, Fault> {
        let section = self.section(SectionId::SOURCES)?;
        let text = section.text(0, section.len())?;
        Ok(text.lines())
    }

    /// Checks every page against its hash, and that nothing but zeros lies
    /// between the sections and nothing at all after them.
    pub(crate) fn verify_pages(&self) -> Result<(), Error> {
        let bytes = self.storage.bytes();
        let mut end = self.header.length;
        for entry in &self.header.sections {
            let section = Section::new(entry, bytes, &self.checked)?;
            section.check_all()?;
            for part in section.parts() {
                let padding = bytes.get(end..part.start).ok_or(Error::Padding)?;
                if padding.iter().any(|&byte| byte != 0) {
                    return Err(Error::Padding);
                }
                end = part.end;
            }
        }
        if end == bytes.len() {
            Ok(())
        } else {
            Err(Error::Padding)
        }
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database")
            .field("release", &self.release())
            .field("length", &self.length())
            .finish_non_exhaustive()
    }
}
