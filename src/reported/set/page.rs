//! A page of keys.

use super::bits::Bits;
use super::payload::Payloads;
use super::tree::Tree;
use super::{CHUNK, MAX_KEY};
use crate::database::FaultKind;

/// Length in bytes of what stands before the entries.
pub const PAGE_HEADER: usize = 8;
/// Length in bytes of an entry.
pub const ENTRY: usize = 4;
/// Most chunks of a page.
pub const MAX_CHUNKS: usize = 255;

/// A page, its header read.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// How many members lie on the pages before it.
    pub rank: u64,
    /// How many keys it has, at least one.
    pub keys: usize,
    bytes: &'a [u8],
    /// Its first key.
    pub first: u64,
    /// One above the greatest key its last chunk could have.
    bound: u64,
    /// How many bits of a first key stand apart from its entry.
    shift: u32,
}

/// A chunk of a page.
#[derive(Clone, Copy)]
pub struct Chunk<'a> {
    /// Its first key.
    pub first: u64,
    /// How many of the page's keys lie before it.
    pub before: usize,
    /// How many keys it has.
    pub keys: usize,
    pub payloads: Payloads<'a>,
    bits: Bits<'a>,
    /// How many keys between the first of this and the next chunk are absent.
    slack: u64,
}

impl<'a> Page<'a> {
    /// The page with these bytes, whose first key and bound its set knows.
    #[inline(always)]
    pub fn read(bytes: &'a [u8], first: u64, bound: u64) -> Result<Self, FaultKind> {
        let header: &[u8; PAGE_HEADER] = bytes.first_chunk().ok_or(FaultKind::Bounds)?;
        let [a, b, c, d, e, f, shift, zero] = *header;
        let page = Self {
            rank: u32::from_le_bytes([a, b, c, d]).into(),
            keys: u16::from_le_bytes([e, f]).into(),
            bytes,
            first,
            bound,
            shift: shift.into(),
        };
        let sound = page.keys > 0
            && page.chunks() <= MAX_CHUNKS
            && shift < 48
            && zero == 0
            && first < bound
            && bound <= MAX_KEY + 1
            && page.bodies() <= bytes.len();
        if sound {
            Ok(page)
        } else {
            Err(FaultKind::Content)
        }
    }

    #[inline(always)]
    pub fn chunks(&self) -> usize {
        self.keys.div_ceil(CHUNK)
    }

    /// Where the entries end and the rest of the first keys starts.
    #[inline(always)]
    fn rests(&self) -> usize {
        PAGE_HEADER + ENTRY * self.chunks()
    }

    /// Where the rest of the first keys ends and the chunks' bodies start.
    #[inline(always)]
    pub fn bodies(&self) -> usize {
        self.rests() + (self.chunks() * self.shift as usize).div_ceil(8)
    }

    #[inline(always)]
    fn entries(&self) -> &'a [[u8; ENTRY]] {
        let entries = self.bytes.get(PAGE_HEADER..self.rests());
        entries.unwrap_or_default().as_chunks().0
    }

    /// The first key of a chunk, and the place in its body that its entry
    /// names.
    #[inline(always)]
    fn start(&self, chunk: usize) -> Result<(u64, usize), FaultKind> {
        let entry = self.entries().get(chunk).ok_or(FaultKind::Bounds)?;
        let entry = u32::from_le_bytes(*entry);
        let at = 8 * self.rests() + chunk * self.shift as usize;
        let rest = Bits(self.bytes).get(at, self.shift);
        let above = u64::from(entry >> 16) << self.shift | rest;
        Ok((self.first + above, (entry & 0xFFFF) as usize))
    }

    /// A chunk.
    ///
    /// # Errors
    /// [`FaultKind::Content`] if there is no room for its keys.
    #[inline(always)]
    pub fn chunk(&self, chunk: usize) -> Result<Chunk<'a>, FaultKind> {
        let (first, at) = self.start(chunk)?;
        let before = chunk * CHUNK;
        let (keys, bound) = match self.keys - before {
            CHUNK.. if before + CHUNK < self.keys => (CHUNK, self.start(chunk + 1)?.0),
            rest => (rest, self.bound),
        };
        let slack = bound
            .checked_sub(first)
            .and_then(|range| range.checked_sub(keys as u64));
        let bits = Bits(self.bytes.get(self.bodies()..).unwrap_or_default());
        match slack {
            Some(slack) if bound <= self.bound => Ok(Chunk {
                first,
                before,
                keys,
                payloads: Payloads::new(bits, at, keys),
                bits,
                slack,
            }),
            _ => Err(FaultKind::Content),
        }
    }

    /// The last chunk whose first key is at most `key`.
    ///
    /// # Errors
    /// [`FaultKind::Content`] if there is none.
    #[inline(always)]
    pub fn chunk_of(&self, key: u64) -> Result<Chunk<'a>, FaultKind> {
        // Where heads do not ascend, the key may lie below the page.
        let above = key.checked_sub(self.first).ok_or(FaultKind::Content)? >> self.shift;
        let most = (above.min(0xFFFF) as u32) << 16 | 0xFFFF;
        // Counting without branches is faster here than a binary search.
        let entries = self.entries().iter();
        let count: u32 = entries
            .map(|entry| u32::from(u32::from_le_bytes(*entry) <= most))
            .sum();
        let last = (count as usize).checked_sub(1);
        let mut chunk = last.ok_or(FaultKind::Content)?;
        // Chunks may share what their entries have of their first keys.
        while self.start(chunk)?.0 > key {
            chunk = chunk.checked_sub(1).ok_or(FaultKind::Content)?;
        }
        self.chunk(chunk)
    }

    /// Checks all that a look-up takes for granted: see
    /// [`NumberSet::verify`](super::NumberSet::verify). Returns the page's
    /// last key.
    pub fn verify(&self) -> Result<u64, FaultKind> {
        let (mut keys, mut payloads) = ([0; CHUNK], [0; CHUNK]);
        let (mut end, mut last) = (0, 0);
        for index in 0..self.chunks() {
            let chunk = self.chunk(index)?;
            let (first, _) = self.start(index)?;
            if chunk.payloads.start() != Some(end) || (index == 0 && first != self.first) {
                return Err(FaultKind::Content);
            }
            end = chunk.read(&mut keys, &mut payloads)?;
            last = keys.get(chunk.keys - 1).copied().unwrap_or_default();
        }
        let bodies = self.bytes.get(self.bodies()..).unwrap_or_default();
        let used = end.div_ceil(8);
        let padding = (8 - end % 8) % 8;
        let zeros = bodies
            .get(used..)
            .is_some_and(|rest| rest.iter().all(|&byte| byte == 0))
            && Bits(bodies).get(end, padding as u32) == 0;
        let at = 8 * self.rests() + self.chunks() * self.shift as usize;
        let gap = 8 * self.bodies() - at;
        if zeros && Bits(self.bytes).get(at, gap as u32) == 0 {
            Ok(last)
        } else {
            Err(FaultKind::Content)
        }
    }
}

impl Chunk<'_> {
    #[inline(always)]
    fn tree(&self) -> Tree<'_> {
        Tree {
            bits: self.bits,
            at: self.payloads.end(),
            lowest: self.first + 1,
            count: self.keys - 1,
            slack: self.slack,
        }
    }

    /// The index of the last of its keys that is at most `key`, which is not
    /// below the first, and that key.
    #[inline(always)]
    pub fn at_or_before(&self, key: u64) -> (usize, u64) {
        let (index, last) = self.tree().at_or_before(key);
        (index, last.unwrap_or(self.first))
    }

    /// Writes its keys and payloads. Returns where the chunk ends.
    pub fn read(
        &self,
        keys: &mut [u64; CHUNK],
        payloads: &mut [u8; CHUNK],
    ) -> Result<usize, FaultKind> {
        let keys = keys.get_mut(..self.keys).and_then(<[u64]>::split_first_mut);
        let payloads = payloads.get_mut(..self.keys);
        let (Some((first, others)), Some(payloads)) = (keys, payloads) else {
            return Err(FaultKind::Content);
        };
        *first = self.first;
        let end = self.tree().read(others);
        let read = self.payloads.read(payloads);
        read.and(end).ok_or(FaultKind::Content)
    }
}
