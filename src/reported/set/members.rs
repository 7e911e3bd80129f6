//! Members in order.

use super::{CHUNK, Member, NumberSet};
use crate::database::Fault;

/// The members of a [`NumberSet`] from some key on, ascending.
///
/// After a [`Fault`] nothing follows.
#[derive(Clone, Debug)]
pub struct Members<'a> {
    set: NumberSet<'a>,
    /// The least key they may have, until the first is found.
    from: Option<u64>,
    /// The page and the chunk to go on with.
    page: usize,
    chunk: usize,
    /// The chunk before that: its keys and payloads, the rank of its first,
    /// how many it has, and which comes next.
    keys: [u64; CHUNK],
    payloads: [u8; CHUNK],
    rank: u64,
    count: usize,
    next: usize,
}

impl<'a> Members<'a> {
    pub(super) fn new(set: NumberSet<'a>, from: u64) -> Self {
        Self {
            set,
            from: Some(from),
            page: 0,
            chunk: 0,
            keys: [0; CHUNK],
            payloads: [0; CHUNK],
            rank: 0,
            count: 0,
            next: 0,
        }
    }

    /// Reads the next chunk; false if there is none.
    fn advance(&mut self) -> Result<bool, Fault> {
        let from = self.from.take();
        if let Some(key) = from {
            self.page = self.set.page_of(key)?.unwrap_or(0);
        }
        if self.page >= self.set.pages {
            return Ok(false);
        }
        let fault = |kind| self.set.section.fault(kind);
        let page = self.set.page(self.page)?;
        let chunk = match from {
            Some(key) if key >= page.first => page.chunk_of(key),
            _ => page.chunk(self.chunk),
        };
        let chunk = chunk.map_err(fault)?;
        let read = chunk.read(&mut self.keys, &mut self.payloads);
        read.map_err(fault)?;
        self.rank = page.rank + chunk.before as u64;
        self.count = chunk.keys;
        let keys = self.keys.get(..chunk.keys).unwrap_or_default();
        self.next = from.map_or(0, |from| keys.partition_point(|&key| key < from));
        self.chunk = chunk.before / CHUNK + 1;
        if self.chunk == page.chunks() {
            (self.page, self.chunk) = (self.page + 1, 0);
        }
        Ok(true)
    }
}

impl Iterator for Members<'_> {
    type Item = Result<Member, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.next >= self.count {
            match self.advance() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(fault) => {
                    (self.page, self.next, self.count) = (usize::MAX, 0, 0);
                    return Some(Err(fault));
                }
            }
        }
        let index = self.next;
        self.next += 1;
        Some(Ok(Member {
            key: *self.keys.get(index)?,
            rank: self.rank + index as u64,
            payload: *self.payloads.get(index)?,
        }))
    }
}

impl std::iter::FusedIterator for Members<'_> {}
