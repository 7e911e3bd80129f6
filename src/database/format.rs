//! Format version 1 of the database file.
//!
//! All integers are little-endian. The file is
//!
//! ```text
//! header           fixed part (HEADER_LENGTH bytes), section table
//!                  (ENTRY_LENGTH bytes an entry), SHA-256 of all before it
//! for each section, in table order, each part starting on a page of 4 KiB:
//!   data           the section's bytes
//!   hash tree      absent for a section of one page
//! ```
//!
//! with zeros between the parts and nothing after the last.
//!
//! Fixed part of the header:
//!
//! | offset | size | field |
//! |---|---|---|
//! | 0 | 8 | magic |
//! | 8 | 4 | format version |
//! | 12 | 4 | length of the whole header in bytes |
//! | 16 | 8 | length of the file in bytes |
//! | 24 | 8 | issue time, seconds since 1970-01-01T00:00:00Z |
//! | 32 | 32 | release name, UTF-8, padded with zeros |
//! | 64 | 4 | number of sections |
//! | 68 | 4 | zero |
//!
//! An entry of the section table:
//!
//! | offset | size | field |
//! |---|---|---|
//! | 0 | 8 | section name, ASCII, padded with zeros |
//! | 8 | 8 | offset of the data in the file |
//! | 16 | 8 | length of the data in bytes, at least 1 |
//! | 24 | 8 | offset of the hash tree in the file, 0 if there is none |
//! | 32 | 32 | root hash |
//!
//! The hash tree of a section: level 0 is the data, cut into pages. Level
//! *n + 1* is the hashes (first 16 bytes) of the pages of level *n* in order,
//! again cut into pages, until a level has one page; the root hash (all 32
//! bytes) is that page's. Levels 1 and up stand in the file, each starting on
//! a page. A page's hash is SHA-256 over the section name (8 bytes), the
//! level (u32), the page's index in its level (u32) and the page's bytes (the
//! last page of a level without padding). A reader so needs to hash only the
//! pages it touches, and every byte it reads is bound to the header.

use sha2::{Digest, Sha256};

use super::id::SectionId;

/// The first eight bytes of every database: a non-text byte, the name, and a
/// line end that a text-mode transfer would spoil.
pub const MAGIC: [u8; 8] = *b"\x89RFDB\r\n\x1a";
/// The newest format version this build reads and the one it writes.
pub const FORMAT_VERSION: u32 = 1;
/// Length in bytes of the fixed part of the header.
pub const HEADER_LENGTH: usize = 72;
/// Length in bytes of an entry of the section table.
pub const ENTRY_LENGTH: usize = 64;
/// Length in bytes of the hash that ends the header, and of a root hash.
pub const HASH_LENGTH: usize = 32;
/// Length in bytes of a page hash inside a hash tree.
pub const PAGE_HASH_LENGTH: usize = 16;
/// Page size in bytes.
pub const PAGE: usize = 4096;
/// Longest release name in bytes.
pub const RELEASE_LENGTH: usize = 32;
/// Longest part of a section that is stored deflated, once inflated, in bytes:
/// more is refused before memory is taken for it.
pub const MAX_INFLATED: usize = 1 << 20;
/// Most sections a file may have.
pub const MAX_SECTIONS: usize = 64;

/// Hash of one page of one level of a section's hash tree.
pub fn page_hash(section: SectionId, level: u32, index: u32, bytes: &[u8]) -> [u8; HASH_LENGTH] {
    let mut hash = Sha256::new();
    hash.update(section.0);
    hash.update(level.to_le_bytes());
    hash.update(index.to_le_bytes());
    hash.update(bytes);
    hash.finalize().into()
}

/// Hash of the header's bytes up to the hash itself.
pub fn header_hash(bytes: &[u8]) -> [u8; HASH_LENGTH] {
    Sha256::digest(bytes).into()
}

/// The lengths in bytes of the levels of the hash tree of a section of
/// `length` bytes, from level 1 up.
pub fn tree_levels(length: usize) -> impl Iterator<Item = usize> {
    let above = |length: usize| {
        let pages = length.div_ceil(PAGE);
        (pages > 1).then_some(pages * PAGE_HASH_LENGTH)
    };
    std::iter::successors(above(length), move |&level| above(level))
}
