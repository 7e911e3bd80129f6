//! Checked reading of one section.

use std::fmt;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::error::{Fault, FaultKind};
use super::format::{PAGE, PAGE_HASH_LENGTH, page_hash, tree_levels};
use super::header::SectionEntry;
use super::id::SectionId;

/// The deepest level a tree can have: 256^8 pages exceed any file.
const MAX_LEVEL: u32 = 8;

/// A view of one section whose every read is checked: the offset against the
/// section's end, the page against its hash at first touch.
#[derive(Clone, Copy)]
pub struct Section<'a> {
    entry: &'a SectionEntry,
    file: &'a [u8],
    data: &'a [u8],
    checked: &'a [AtomicU64],
    /// The page of the file on which the data starts.
    first_page: usize,
}

impl<'a> Section<'a> {
    pub(super) fn new(
        entry: &'a SectionEntry,
        file: &'a [u8],
        checked: &'a [AtomicU64],
    ) -> Result<Self, Fault> {
        let data = file.get(entry.offset..entry.offset + entry.length);
        Ok(Self {
            entry,
            file,
            data: data.ok_or(Fault {
                section: entry.id,
                kind: FaultKind::Bounds,
            })?,
            checked,
            first_page: entry.offset / PAGE,
        })
    }

    /// The section's name.
    pub fn id(&self) -> SectionId {
        self.entry.id
    }

    /// Length of the section in bytes; never 0.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.data.len()
    }

    /// A [`Fault`] of this section.
    #[cold]
    pub fn fault(&self, kind: FaultKind) -> Fault {
        Fault {
            section: self.entry.id,
            kind,
        }
    }

    /// The byte at `at`.
    ///
    /// # Errors
    /// A [`Fault`] if it lies outside the section or in a damaged page; the
    /// same for all readers below.
    #[inline]
    pub fn u8(&self, at: usize) -> Result<u8, Fault> {
        let [byte] = self.array(at)?;
        Ok(byte)
    }

    /// The little-endian 16-bit integer at `at`.
    ///
    /// # Errors
    /// As [`Section::u8`].
    #[inline]
    pub fn u16(&self, at: usize) -> Result<u16, Fault> {
        Ok(u16::from_le_bytes(self.array(at)?))
    }

    /// The little-endian 32-bit integer at `at`.
    ///
    /// # Errors
    /// As [`Section::u8`].
    #[inline]
    pub fn u32(&self, at: usize) -> Result<u32, Fault> {
        Ok(u32::from_le_bytes(self.array(at)?))
    }

    /// The `N` bytes at `at`.
    ///
    /// # Errors
    /// As [`Section::u8`].
    #[inline(always)]
    pub fn array<const N: usize>(&self, at: usize) -> Result<[u8; N], Fault> {
        let chunk = self.data.get(at..).and_then(<[u8]>::first_chunk);
        match chunk {
            Some(chunk) if at / PAGE == (at + N - 1) / PAGE && self.is_checked(at / PAGE) => {
                Ok(*chunk)
            }
            _ => self.array_anew(at),
        }
    }

    /// As [`Section::array`], where a page is new or two pages are touched.
    #[inline(never)]
    fn array_anew<const N: usize>(&self, at: usize) -> Result<[u8; N], Fault> {
        let slice = self.bytes(at, N)?;
        slice.try_into().map_err(|_| self.fault(FaultKind::Bounds))
    }

    /// `length` bytes at `at`.
    ///
    /// # Errors
    /// As [`Section::u8`].
    pub fn bytes(&self, at: usize, length: usize) -> Result<&'a [u8], Fault> {
        let slice = at
            .checked_add(length)
            .and_then(|end| self.data.get(at..end))
            .ok_or_else(|| self.fault(FaultKind::Bounds))?;
        if length > 0 {
            for page in at / PAGE..=(at + length - 1) / PAGE {
                self.ensure(page)?;
            }
        }
        Ok(slice)
    }

    /// The bytes of the section, unchecked: whoever reads them calls
    /// [`Section::ensure`] for their page first.
    #[inline]
    pub(crate) fn unchecked(&self) -> &'a [u8] {
        self.data
    }

    /// `length` bytes of text at `at`.
    ///
    /// # Errors
    /// As [`Section::u8`], and of kind [`FaultKind::Content`] if the bytes
    /// are not UTF-8.
    pub fn text(&self, at: usize, length: usize) -> Result<&'a str, Fault> {
        std::str::from_utf8(self.bytes(at, length)?).map_err(|_| self.fault(FaultKind::Content))
    }

    /// Checks every page of the section and of its hash tree.
    pub(super) fn check_all(&self) -> Result<(), Fault> {
        (0..self.data.len().div_ceil(PAGE)).try_for_each(|page| self.ensure(page))
    }

    /// The parts of the file that the section takes up: its data, then each
    /// level of its hash tree.
    pub(super) fn parts(&self) -> impl Iterator<Item = Range<usize>> {
        let entry = self.entry;
        let data = entry.offset..entry.offset + entry.length;
        std::iter::once(data).chain(tree_levels(entry.length).scan(entry.tree, |start, length| {
            let part = *start..*start + length;
            *start += length.next_multiple_of(PAGE);
            Some(part)
        }))
    }

    /// Checks a page of the data unless that was done before.
    ///
    /// # Errors
    /// A [`Fault`] if the page is damaged or outside the section.
    #[inline]
    pub(crate) fn ensure(&self, page: usize) -> Result<(), Fault> {
        if self.is_checked(page) {
            return Ok(());
        }
        self.check(0, self.entry.offset, self.data.len(), page)
    }

    #[inline(always)]
    fn is_checked(&self, page: usize) -> bool {
        let bit = self.first_page + page;
        let word = self.checked.get(bit / 64);
        word.is_some_and(|word| word.load(Relaxed) >> (bit % 64) & 1 == 1)
    }

    /// Checks page `index` of the level that has `length` bytes at `start` of
    /// the file, after the page one level up that holds its hash.
    #[cold]
    fn check(&self, level: u32, start: usize, length: usize, index: usize) -> Result<(), Fault> {
        let bounds = self.fault(FaultKind::Bounds);
        let from = start + index * PAGE;
        let word = self.checked.get(from / PAGE / 64).ok_or(bounds)?;
        let bit = 1_u64 << (from / PAGE % 64);
        if word.load(Relaxed) & bit != 0 {
            return Ok(());
        }
        let to = (from + PAGE).min(start + length);
        let bytes = self.file.get(from..to).ok_or(bounds)?;
        let hash = page_hash(self.entry.id, level, index as u32, bytes);
        let pages = length.div_ceil(PAGE);
        let good = if pages <= 1 {
            hash == self.entry.root
        } else if level < MAX_LEVEL {
            let above = match level {
                0 => self.entry.tree,
                _ => start + pages * PAGE,
            };
            let at = index * PAGE_HASH_LENGTH;
            self.check(level + 1, above, pages * PAGE_HASH_LENGTH, at / PAGE)?;
            let expected = self.file.get(above + at..above + at + PAGE_HASH_LENGTH);
            expected.ok_or(bounds)? == hash.get(..PAGE_HASH_LENGTH).ok_or(bounds)?
        } else {
            false
        };
        if !good {
            return Err(self.fault(FaultKind::PageHash));
        }
        // Two threads may both check a page; both come to the same result.
        word.fetch_or(bit, Relaxed);
        Ok(())
    }
}

impl fmt::Debug for Section<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Section({}, {} bytes)", self.id(), self.len())
    }
}
