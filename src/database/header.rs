//! The header: magic, version, issue time, section table.

use super::error::Error;
use super::format::{
    ENTRY_LENGTH, FORMAT_VERSION, HASH_LENGTH, HEADER_LENGTH, MAGIC, MAX_SECTIONS, PAGE,
    RELEASE_LENGTH, header_hash, tree_levels,
};
use super::id::SectionId;

/// One entry of the section table, checked to lie inside the file.
#[derive(Clone, Copy, Debug)]
pub struct SectionEntry {
    /// The section's name.
    pub id: SectionId,
    /// Where its data starts in the file, in bytes.
    pub offset: usize,
    /// How long its data is, in bytes.
    pub length: usize,
    /// Where its hash tree starts in the file, in bytes; 0 if it has none.
    pub(crate) tree: usize,
    /// Hash of the tree's topmost page.
    pub(crate) root: [u8; HASH_LENGTH],
}

/// The header of a file, checked as a whole.
pub(crate) struct Header {
    pub format_version: u32,
    pub issued: u64,
    pub length: usize,
    pub hash: [u8; HASH_LENGTH],
    pub sections: Vec<SectionEntry>,
    release: [u8; RELEASE_LENGTH],
    release_length: usize,
}

impl Header {
    /// Reads and checks the header of `file`, the whole file's bytes.
    pub fn read(file: &[u8]) -> Result<Self, Error> {
        let found = file.len() as u64;
        let truncated = |expected: usize| Error::Truncated {
            expected: expected as u64,
            found,
        };
        let magic = file.get(..MAGIC.len().min(file.len())).unwrap_or_default();
        if magic.is_empty() || !MAGIC.starts_with(magic) {
            return Err(Error::NotADatabase);
        }
        let fixed = file
            .get(..HEADER_LENGTH)
            .ok_or(truncated(HEADER_LENGTH + HASH_LENGTH))?;
        let format_version = u32_at(fixed, 8)?;
        if format_version == 0 {
            return Err(Error::DamagedHeader);
        }
        if format_version > FORMAT_VERSION {
            return Err(Error::UnsupportedVersion {
                found: format_version,
                supported: FORMAT_VERSION,
            });
        }
        let count = u32_at(fixed, 64)? as usize;
        let length = u32_at(fixed, 12)? as usize;
        if count > MAX_SECTIONS || length != HEADER_LENGTH + count * ENTRY_LENGTH + HASH_LENGTH {
            return Err(Error::DamagedHeader);
        }
        let header = file.get(..length).ok_or(truncated(length))?;
        let (bound, hash) = header.split_at(length - HASH_LENGTH);
        let hash: [u8; HASH_LENGTH] = hash.try_into().map_err(|_| Error::DamagedHeader)?;
        if header_hash(bound) != hash {
            return Err(Error::DamagedHeader);
        }
        // From here on every field is what the publisher wrote; the checks
        // below guard against a publisher that wrote nonsense.
        let expected = u64_at(bound, 16)?;
        if found < expected {
            return Err(Error::Truncated { expected, found });
        }
        if found > expected {
            return Err(Error::TrailingBytes { expected, found });
        }
        let release: [u8; RELEASE_LENGTH] = array_at(bound, 32)?;
        let release_length = release
            .iter()
            .position(|&b| b == 0)
            .unwrap_or(RELEASE_LENGTH);
        if std::str::from_utf8(&release[..release_length]).is_err() {
            return Err(Error::DamagedHeader);
        }
        let mut sections: Vec<SectionEntry> = Vec::with_capacity(count);
        let mut end = length;
        for index in 0..count {
            let entry = entry_at(bound, HEADER_LENGTH + index * ENTRY_LENGTH)?;
            let bad = Error::BadSection(entry.id);
            if sections.iter().any(|other| other.id == entry.id) {
                return Err(bad);
            }
            end = match place_end(&entry, end, file.len()) {
                Some(end) => end,
                None => return Err(bad),
            };
            sections.push(entry);
        }
        Ok(Self {
            format_version,
            issued: u64_at(bound, 24)?,
            length,
            hash,
            sections,
            release,
            release_length,
        })
    }

    /// The release name; checked to be UTF-8 when the header was read.
    pub fn release(&self) -> &str {
        let bytes = self.release.get(..self.release_length).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

/// Where the entry's last part ends, if all of it lies on pages after `start`
/// and inside the file.
fn place_end(entry: &SectionEntry, start: usize, file: usize) -> Option<usize> {
    let data_end = entry.offset.checked_add(entry.length)?;
    if entry.length == 0
        || !entry.offset.is_multiple_of(PAGE)
        || entry.offset < start
        || data_end > file
    {
        return None;
    }
    // Every level but the last is padded to whole pages.
    let levels = tree_levels(entry.length);
    let tree = levels.fold(0, |total: usize, level| {
        total.next_multiple_of(PAGE) + level
    });
    if tree == 0 {
        return (entry.tree == 0).then_some(data_end);
    }
    let tree_end = entry.tree.checked_add(tree)?;
    let fits = entry.tree.is_multiple_of(PAGE) && entry.tree >= data_end && tree_end <= file;
    fits.then_some(tree_end)
}

fn entry_at(bytes: &[u8], at: usize) -> Result<SectionEntry, Error> {
    let id = SectionId(array_at(bytes, at)?);
    let size = |field: usize| {
        usize::try_from(u64_at(bytes, at + field)?).map_err(|_| Error::BadSection(id))
    };
    Ok(SectionEntry {
        id,
        offset: size(8)?,
        length: size(16)?,
        tree: size(24)?,
        root: array_at(bytes, at + 32)?,
    })
}

fn array_at<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], Error> {
    bytes
        .get(at..at + N)
        .and_then(|slice| slice.try_into().ok())
        .ok_or(Error::DamagedHeader)
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Error> {
    Ok(u32::from_le_bytes(array_at(bytes, at)?))
}

fn u64_at(bytes: &[u8], at: usize) -> Result<u64, Error> {
    Ok(u64::from_le_bytes(array_at(bytes, at)?))
}
