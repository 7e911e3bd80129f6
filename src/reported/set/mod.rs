//! An ordered set of numbers with four bits for each, read in place.
//!
//! Keys are integers up to [`MAX_KEY`]. They are spread over pages of 4 KiB,
//! so that a look-up needs three: the first, which may lead to one of the
//! pages of *heads*, which leads to a page of keys. All integers are
//! little-endian.
//!
//! | offset | size | field |
//! |---|---|---|
//! | 0 | 8 | number of keys, under 2^32 |
//! | 8 | 8 | last key, 0 if there is none |
//! | 16 | 4 | number *p* of pages of keys |
//! | 20 | 4 | version of this layout: 1 |
//!
//! Then come the heads, the first key of each page of keys (8 bytes each). If
//! they do not fit the page of the section on which the header ends, then
//! there come instead the first of every 512 heads (8 bytes each), zeros up
//! to the next page of the section, and the heads there. After the heads come
//! zeros up to the next page of the section, and the pages of keys; the last
//! ends with its content.
//!
//! A page of keys:
//!
//! | offset | size | field |
//! |---|---|---|
//! | 0 | 4 | number of keys on the pages before |
//! | 4 | 2 | number of keys on it |
//! | 6 | 1 | number *s* of bits cut off the first keys of its chunks |
//! | 7 | 1 | zero |
//! | 8 | 4 a chunk | entries |
//! | | *s* bits a chunk | what was cut off, then zeros up to a whole byte |
//! | | | bodies of the chunks, then zeros |
//!
//! Its keys are in chunks of 128, the last of which may have fewer; it has 255
//! at most. An entry has in its upper 16 bits by how much the chunk's first
//! key is above the page's first, without the *s* lowest bits; in its lower 16
//! bits a place in its body, in bits from the start of the bodies. A body is
//! the payloads of all its keys, coded on both sides of that place as told in
//! `payload.rs`, then all keys but the first, coded as told in `tree.rs`: they
//! lie above the first key and below the first of the next chunk or page, or
//! are at most the set's last.

mod bits;
mod members;
mod page;
mod payload;
mod tree;
mod writer;

pub use members::Members;
pub use writer::{SetError, SetWriter};

use crate::database::format::PAGE;
use crate::database::{Fault, FaultKind, Section};
use page::Page;

/// The greatest key a set can have, 2^50 - 1. That of a number is under 10^15.
pub const MAX_KEY: u64 = (1 << 50) - 1;

/// Length in bytes of the header.
const HEADER: usize = 24;
/// Length in bytes of a head.
const HEAD: usize = 8;
/// How many heads a page has.
const HEADS: usize = PAGE / HEAD;
/// The version of the layout.
const LAYOUT: u32 = 1;
/// How many keys a chunk has, unless it is a page's last.
const CHUNK: usize = 128;

/// A member of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The member.
    pub key: u64,
    /// How many members are smaller.
    pub rank: u64,
    /// What is stored with it: 0 to 15.
    pub payload: u8,
}

/// Where the parts of a set start in its section, in bytes.
#[derive(Clone, Copy, Debug)]
struct Places {
    /// The first of every [`HEADS`] heads; the heads if there are no such.
    tops: usize,
    heads: usize,
    pages: usize,
}

impl Places {
    /// The places of a set that starts at `start` and has `pages` pages.
    fn new(start: usize, pages: usize) -> Self {
        let tops = start + HEADER;
        let room = tops.next_multiple_of(PAGE) - tops;
        let heads = match pages * HEAD <= room {
            true => tops,
            false => (tops + pages.div_ceil(HEADS) * HEAD).next_multiple_of(PAGE),
        };
        let pages = (heads + pages * HEAD).next_multiple_of(PAGE);
        Self { tops, heads, pages }
    }
}

/// An ordered set of keys with a payload of four bits each.
///
/// Reading allocates nothing. A look-up takes at most some hundred steps,
/// whatever the section holds.
#[derive(Clone, Copy, Debug)]
pub struct NumberSet<'a> {
    section: Section<'a>,
    keys: u64,
    last: u64,
    /// How many pages of keys there are.
    pages: usize,
    places: Places,
}

/// Where a look-up ended: at the last member that is at most the key.
struct Found<'a> {
    page: Page<'a>,
    chunk: page::Chunk<'a>,
    /// Which of the chunk's keys it is.
    index: usize,
    key: u64,
}

impl<'a> NumberSet<'a> {
    /// The set whose bytes start at byte `start` of `section` and run to its
    /// end. It must have been written for that place: see
    /// [`SetWriter::finish_at`].
    ///
    /// # Errors
    /// A [`Fault`] if the header is damaged or does not fit the section's
    /// length. The same holds for every other method: a `Fault` if what it
    /// reads is damaged.
    pub fn read(section: Section<'a>, start: usize) -> Result<Self, Fault> {
        let content = section.fault(FaultKind::Content);
        let header: [u8; HEADER] = section.array(start)?;
        let word = |at: usize| {
            let bytes = header.get(at..).and_then(<[u8]>::first_chunk);
            bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes))
        };
        let (keys, last) = (word(0), word(8));
        let (pages, layout) = (word(16) as u32, (word(16) >> 32) as u32);
        let pages = pages as usize;
        // So no place below can overflow.
        if layout != LAYOUT || last > MAX_KEY || pages > section.len() / PAGE + 1 {
            return Err(content);
        }
        let places = Places::new(start, pages);
        let fits = match pages {
            0 => keys == 0 && last == 0 && section.len() == places.tops,
            _ => {
                let length = section.len().saturating_sub(places.pages);
                keys >= pages as u64
                    && keys <= u32::MAX.into()
                    && length > 0
                    && length.div_ceil(PAGE) == pages
            }
        };
        if !fits {
            return Err(content);
        }
        Ok(Self {
            section,
            keys,
            last,
            pages,
            places,
        })
    }

    /// How many members the set has.
    pub fn len(&self) -> u64 {
        self.keys
    }

    /// Whether the set has no members.
    pub fn is_empty(&self) -> bool {
        self.keys == 0
    }

    /// The member `key`, if it is one.
    ///
    /// # Errors
    /// As [`NumberSet::read`].
    pub fn find(&self, key: u64) -> Result<Option<Member>, Fault> {
        match self.look_up(key)? {
            Some(found) if found.key == key => self.member(&found).map(Some),
            _ => Ok(None),
        }
    }

    /// The greatest member that is not above `key`, if there is one.
    ///
    /// # Errors
    /// As [`NumberSet::read`].
    pub fn at_or_before(&self, key: u64) -> Result<Option<Member>, Fault> {
        let found = self.look_up(key)?;
        found.map(|found| self.member(&found)).transpose()
    }

    /// How many members are below `key`, which need not be one.
    ///
    /// # Errors
    /// As [`NumberSet::read`].
    pub fn rank(&self, key: u64) -> Result<u64, Fault> {
        Ok(match self.look_up(key)? {
            Some(found) => found.rank() + u64::from(found.key < key),
            None => 0,
        })
    }

    /// The members from `key` on, ascending.
    pub fn from(&self, key: u64) -> Members<'a> {
        Members::new(*self, key)
    }

    /// Checks the whole set: that keys ascend, that every count, rank, length
    /// and place fits the rest, and that there are zeros between the parts.
    ///
    /// # Errors
    /// As [`NumberSet::read`].
    pub fn verify(&self) -> Result<(), Fault> {
        let content = self.section.fault(FaultKind::Content);
        let Places { tops, heads, pages } = self.places;
        if heads > tops {
            let count = self.pages.div_ceil(HEADS);
            for top in 0..count {
                if self.word(tops, top)? != self.word(heads, top * HEADS)? {
                    return Err(content);
                }
            }
            self.zeros(tops + count * HEAD, heads)?;
        }
        if self.pages > 0 {
            self.zeros(heads + self.pages * HEAD, pages)?;
        }
        let (mut rank, mut last) = (0, None);
        for index in 0..self.pages {
            let first = self.word(heads, index)?;
            let page = self.page(index)?;
            if page.rank != rank || last.is_some_and(|last| last >= first) {
                return Err(content);
            }
            last = Some(page.verify().map_err(|kind| self.section.fault(kind))?);
            rank += page.keys as u64;
        }
        if rank == self.keys && last.unwrap_or(0) == self.last {
            Ok(())
        } else {
            Err(content)
        }
    }

    fn zeros(&self, from: usize, to: usize) -> Result<(), Fault> {
        let bytes = self.section.bytes(from, to - from)?;
        match bytes.iter().all(|&byte| byte == 0) {
            true => Ok(()),
            false => Err(self.section.fault(FaultKind::Content)),
        }
    }

    /// The `index`-th integer of those that start at `at`.
    fn word(&self, at: usize, index: usize) -> Result<u64, Fault> {
        Ok(u64::from_le_bytes(self.section.array(at + index * HEAD)?))
    }

    /// How many of `count` heads at `at` are at most `key`.
    #[inline]
    fn heads_up_to(&self, at: usize, count: usize, key: u64) -> Result<usize, Fault> {
        let heads = self.section.bytes(at, count * HEAD)?;
        let (heads, _) = heads.as_chunks::<HEAD>();
        Ok(heads.partition_point(|head| u64::from_le_bytes(*head) <= key))
    }

    /// The page of keys with this index.
    #[inline(always)]
    fn page(&self, index: usize) -> Result<Page<'a>, Fault> {
        let first = self.word(self.places.heads, index)?;
        let bound = match index + 1 < self.pages {
            true => self.word(self.places.heads, index + 1)?,
            false => self.last + 1,
        };
        let start = self.places.pages + index * PAGE;
        self.section.ensure(start / PAGE)?;
        let bytes = self.section.unchecked();
        let bytes = bytes.get(start..(start + PAGE).min(bytes.len()));
        let page = Page::read(bytes.unwrap_or_default(), first, bound);
        page.map_err(|kind| self.section.fault(kind))
    }

    /// The index of the page where `key` would be; none if it is below all.
    #[inline(always)]
    fn page_of(&self, key: u64) -> Result<Option<usize>, Fault> {
        let Places { tops, heads, .. } = self.places;
        let mut from = 0;
        if heads > tops {
            let tops = self.heads_up_to(tops, self.pages.div_ceil(HEADS), key)?;
            let Some(top) = tops.checked_sub(1) else {
                return Ok(None);
            };
            from = top * HEADS;
        }
        let count = (self.pages - from).min(HEADS);
        let below = self.heads_up_to(heads + from * HEAD, count, key)?;
        Ok((from + below).checked_sub(1))
    }

    #[inline]
    fn look_up(&self, key: u64) -> Result<Option<Found<'a>>, Fault> {
        let Some(index) = self.page_of(key)? else {
            return Ok(None);
        };
        let page = self.page(index)?;
        let chunk = page
            .chunk_of(key)
            .map_err(|kind| self.section.fault(kind))?;
        let (index, key) = chunk.at_or_before(key);
        Ok(Some(Found {
            page,
            chunk,
            index,
            key,
        }))
    }

    #[inline]
    fn member(&self, found: &Found<'_>) -> Result<Member, Fault> {
        let payload = found.chunk.payloads.get(found.index);
        Ok(Member {
            key: found.key,
            rank: found.rank(),
            payload: payload.ok_or(self.section.fault(FaultKind::Content))?,
        })
    }
}

impl Found<'_> {
    fn rank(&self) -> u64 {
        self.page.rank + (self.chunk.before + self.index) as u64
    }
}
