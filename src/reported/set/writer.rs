//! Writing a set.

use std::fmt;

use super::bits::Writer;
use super::page::{ENTRY, MAX_CHUNKS, PAGE_HEADER};
use super::{CHUNK, HEADS, LAYOUT, MAX_KEY, Places, payload, tree};
use crate::database::format::PAGE;

/// Why a key cannot be added to a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SetError {
    /// The key is not above the one before it.
    Order,
    /// The key is above [`MAX_KEY`].
    Key,
    /// The payload is above 15.
    Payload,
    /// The set has 2^32 - 1 keys, which is the most it can have.
    Full,
}

impl fmt::Display for SetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Order => "keys of a set must ascend: sort them and leave out repetitions",
            Self::Key => "a key of a set is above 2^50 - 1: give E.164 numbers without the plus",
            Self::Payload => "the payload of a key is above 15: give four bits",
            Self::Full => "a set has room for 2^32 - 1 keys: leave some out",
        })
    }
}

impl std::error::Error for SetError {}

/// Writes a [`NumberSet`](super::NumberSet) from ascending keys.
///
/// Beside what it has written so far it keeps one page and one chunk in
/// memory beside the heads, some 20 KiB. The same keys and payloads always give the same bytes.
#[derive(Default)]
pub struct SetWriter {
    /// The first key of each page.
    heads: Vec<u64>,
    /// The pages that are full.
    pages: Vec<u8>,
    /// How many keys lie on them.
    before: u64,
    /// The page that is being filled: how many keys it has, its first, the
    /// first of each chunk with the place its entry names, the bodies.
    count: usize,
    first: u64,
    chunks: Vec<(u64, usize)>,
    bodies: Writer,
    /// The chunk that is being filled.
    keys: Vec<u64>,
    payloads: Vec<u8>,
    body: Writer,
    /// The place in the body that its entry names.
    middle: usize,
    last: u64,
}

impl SetWriter {
    /// A writer that was given no keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many keys were added.
    pub fn len(&self) -> u64 {
        self.before + (self.count + self.keys.len()) as u64
    }

    /// Whether no key was added.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a key that is above all before it, and its payload, 0 to 15.
    ///
    /// # Errors
    /// A [`SetError`], and nothing is added.
    pub fn push(&mut self, key: u64, payload: u8) -> Result<(), SetError> {
        if key > MAX_KEY {
            return Err(SetError::Key);
        }
        if payload > 15 {
            return Err(SetError::Payload);
        }
        let len = self.len();
        if len > 0 && key <= self.last {
            return Err(SetError::Order);
        }
        if len >= u32::MAX.into() {
            return Err(SetError::Full);
        }
        while self.keys.len() == CHUNK {
            self.cut(key);
        }
        self.keys.push(key);
        self.payloads.push(payload);
        self.last = key;
        Ok(())
    }

    /// The set, to be put at the start of a section, or where a page of the
    /// section starts.
    pub fn finish(self) -> Vec<u8> {
        self.finish_at(0)
    }

    /// The set, to be put at byte `start` of a section, behind something
    /// short that is to be read with it.
    pub fn finish_at(mut self, start: usize) -> Vec<u8> {
        while !self.keys.is_empty() {
            self.cut(self.last + 1);
        }
        let count = self.len();
        if self.count > 0 {
            self.end_page();
        }
        // The last page ends with its content.
        let places = Places::new(start, self.heads.len());
        let mut front = Vec::new();
        front.extend(count.to_le_bytes());
        front.extend(self.last.to_le_bytes());
        front.extend((self.heads.len() as u32).to_le_bytes());
        front.extend(LAYOUT.to_le_bytes());
        if places.heads > places.tops {
            for top in self.heads.iter().step_by(HEADS) {
                front.extend(top.to_le_bytes());
            }
            front.resize(places.heads - start, 0);
        }
        for head in &self.heads {
            front.extend(head.to_le_bytes());
        }
        if self.heads.is_empty() {
            return front;
        }
        front.resize(places.pages - start, 0);
        // In place, for this may be most of the memory there is.
        let (length, ahead) = (self.pages.len(), front.len());
        self.pages.reserve_exact(ahead);
        self.pages.resize(length + ahead, 0);
        self.pages.copy_within(..length, ahead);
        for (byte, new) in self.pages.iter_mut().zip(front) {
            *byte = new;
        }
        self.pages
    }

    /// Puts the chunk on the page, or what of it finds room there, which then
    /// ends. `bound` is above the chunk's keys and not above those to come.
    fn cut(&mut self, bound: u64) {
        let count = self.keys.len();
        if self.fits(count, bound) {
            return self.take(count);
        }
        // The most keys that fit; none always do.
        let (mut fit, mut over) = (0, count);
        while over - fit > 1 {
            let middle = fit.midpoint(over);
            match self.fits(middle, self.keys[middle]) {
                true => fit = middle,
                false => over = middle,
            }
        }
        if fit > 0 && self.fits(fit, self.keys[fit]) {
            self.take(fit);
        }
        self.end_page();
    }

    /// Writes the body of a chunk of the first `count` keys, and says whether
    /// it finds room on the page.
    fn fits(&mut self, count: usize, bound: u64) -> bool {
        let first = self.keys[0];
        self.body.clear();
        self.middle = payload::write(&mut self.body, &self.payloads[..count]);
        let slack = bound - first - count as u64;
        tree::write(&mut self.body, &self.keys[1..count], first + 1, slack);
        let chunks = self.chunks.len() + 1;
        let base = if chunks > 1 { self.first } else { first };
        let bodies = bodies_start(chunks, shift(first - base));
        let bits = self.bodies.len() + self.body.len();
        chunks <= MAX_CHUNKS && bodies + bits.div_ceil(8) <= PAGE
    }

    /// Puts the body and its keys, the first `count`, on the page.
    fn take(&mut self, count: usize) {
        let first = self.keys[0];
        if self.chunks.is_empty() {
            self.first = first;
            self.heads.push(first);
        }
        let at = self.bodies.len() + self.middle;
        self.chunks.push((first, at));
        self.bodies.append(&self.body);
        self.count += count;
        self.keys.drain(..count);
        self.payloads.drain(..count);
    }

    fn end_page(&mut self) {
        // The page before this one was not the last, so it is filled up.
        self.pages
            .resize(self.pages.len().next_multiple_of(PAGE), 0);
        let above = self
            .chunks
            .last()
            .map_or(0, |(first, _)| first - self.first);
        let shift = shift(above);
        self.pages.extend((self.before as u32).to_le_bytes());
        self.pages.extend((self.count as u16).to_le_bytes());
        self.pages.extend([shift as u8, 0]);
        let mut rests = Writer::default();
        for &(first, at) in &self.chunks {
            let above = first - self.first;
            let entry = (above >> shift) << 16 | at as u64;
            self.pages.extend((entry as u32).to_le_bytes());
            rests.put(above & ((1 << shift) - 1), shift);
        }
        self.pages.extend(rests.bytes());
        self.pages.extend(self.bodies.bytes());
        self.before += self.count as u64;
        self.count = 0;
        self.chunks.clear();
        self.bodies.clear();
    }
}

/// How many bits are cut off first keys of which the greatest is `above` the
/// page's first: 16 are left.
fn shift(above: u64) -> u32 {
    (u64::BITS - above.leading_zeros()).saturating_sub(16)
}

/// Where the bodies start on a page.
fn bodies_start(chunks: usize, shift: u32) -> usize {
    PAGE_HEADER + ENTRY * chunks + (chunks * shift as usize).div_ceil(8)
}
