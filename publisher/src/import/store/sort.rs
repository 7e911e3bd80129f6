//! Sorting in bounded memory: pieces that fit are sorted and put aside in files
//! without a name, then merged.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use super::record::{Counts, Record, Records};

/// Most streams that are merged at once, each of which holds a file and a
/// buffer.
pub const FAN_IN: usize = 64;

const BUFFER: usize = 64 * 1024;

/// A sorted stream of records, or its end in an error.
pub type Stream = Box<dyn Iterator<Item = io::Result<Record>>>;

/// Takes records in any order and gives them back sorted.
pub struct Sorter {
    folder: PathBuf,
    limit: usize,
    counts: Counts,
    held: Vec<Record>,
    pieces: Vec<Piece>,
}

struct Piece {
    file: File,
    records: u64,
}

impl Sorter {
    /// Puts pieces of at most `limit` records aside in a folder.
    pub fn new(folder: &Path, limit: usize, counts: Counts) -> Self {
        Self {
            folder: folder.to_owned(),
            limit: limit.max(1),
            counts,
            held: Vec::new(),
            pieces: Vec::new(),
        }
    }

    /// Takes a record.
    ///
    /// # Errors
    /// As the file system.
    pub fn push(&mut self, record: Record) -> io::Result<()> {
        self.held.push(record);
        if self.held.len() >= self.limit {
            self.sort();
            // What was said often takes little room.
            if self.held.len() > self.limit / 2 {
                let sorted = self.held.drain(..).map(Ok);
                let piece = put_aside(&self.folder, sorted)?;
                self.pieces.push(piece);
            }
            if self.pieces.len() >= FAN_IN {
                let pieces = std::mem::take(&mut self.pieces);
                self.pieces.push(join(&self.folder, pieces, self.counts)?);
            }
        }
        Ok(())
    }

    /// All records, ascending; those that say the same are one.
    ///
    /// # Errors
    /// As the file system.
    pub fn finish(mut self) -> io::Result<Stream> {
        self.sort();
        let pieces = self.pieces.into_iter().map(read);
        let mut streams = pieces.collect::<io::Result<Vec<Stream>>>()?;
        streams.push(Box::new(self.held.into_iter().map(Ok)));
        Ok(Box::new(merge(streams, self.counts)?))
    }

    fn sort(&mut self) {
        let counts = self.counts;
        self.held.sort_unstable();
        self.held.dedup_by(|next, kept| {
            let like = kept.is_like(next);
            if like {
                kept.take_in(next, counts);
            }
            like
        });
    }
}

/// Merges any number of sorted streams, [`FAN_IN`] at a time; more than that go
/// through pieces in a folder.
///
/// # Errors
/// As the streams and the file system.
pub fn merge_all(
    folder: &Path,
    streams: impl Iterator<Item = io::Result<Stream>>,
    counts: Counts,
) -> io::Result<Stream> {
    let mut pieces = Vec::new();
    let mut open = Vec::new();
    for stream in streams {
        if open.len() == FAN_IN {
            pieces.push(put_aside(
                folder,
                merge(std::mem::take(&mut open), counts)?,
            )?);
        }
        if pieces.len() == FAN_IN {
            pieces = vec![join(folder, pieces, counts)?];
        }
        open.push(stream?);
    }
    for piece in pieces {
        open.push(read(piece)?);
    }
    Ok(Box::new(merge(open, counts)?))
}

/// Merges pieces to one.
fn join(folder: &Path, pieces: Vec<Piece>, counts: Counts) -> io::Result<Piece> {
    let streams = pieces.into_iter().map(read);
    let streams = streams.collect::<io::Result<Vec<Stream>>>()?;
    put_aside(folder, merge(streams, counts)?)
}

fn put_aside(folder: &Path, sorted: impl Iterator<Item = io::Result<Record>>) -> io::Result<Piece> {
    let mut file = BufWriter::with_capacity(BUFFER, tempfile::tempfile_in(folder)?);
    let mut records = 0;
    for record in sorted {
        record?.write(&mut file)?;
        records += 1;
    }
    file.flush()?;
    let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok(Piece { file, records })
}

fn read(mut piece: Piece) -> io::Result<Stream> {
    piece.file.rewind()?;
    let input = BufReader::with_capacity(BUFFER, piece.file);
    Ok(Box::new(Records::new(input, piece.records)))
}

/// A merge of sorted streams in which those that say the same are one.
pub struct Merge {
    counts: Counts,
    streams: Vec<Stream>,
    heads: BinaryHeap<Reverse<(Record, usize)>>,
}

fn merge(streams: Vec<Stream>, counts: Counts) -> io::Result<Merge> {
    let mut merge = Merge {
        counts,
        heads: BinaryHeap::with_capacity(streams.len()),
        streams,
    };
    for index in 0..merge.streams.len() {
        if let Some(record) = merge.streams[index].next() {
            merge.heads.push(Reverse((record?, index)));
        }
    }
    Ok(merge)
}

impl Merge {
    fn pop(&mut self) -> io::Result<Option<Record>> {
        let Some(mut head) = self.heads.peek_mut() else {
            return Ok(None);
        };
        let Reverse((record, index)) = *head;
        match self.streams[index].next() {
            Some(next) => *head = Reverse((next?, index)),
            None => {
                std::collections::binary_heap::PeekMut::pop(head);
            }
        }
        Ok(Some(record))
    }

    fn next_sum(&mut self) -> io::Result<Option<Record>> {
        let Some(mut sum) = self.pop()? else {
            return Ok(None);
        };
        while let Some(Reverse((next, _))) = self.heads.peek()
            && sum.is_like(next)
        {
            if let Some(next) = self.pop()? {
                sum.take_in(&next, self.counts);
            }
        }
        Ok(Some(sum))
    }
}

impl Iterator for Merge {
    type Item = io::Result<Record>;

    fn next(&mut self) -> Option<io::Result<Record>> {
        match self.next_sum() {
            Ok(next) => next.map(Ok),
            Err(error) => {
                self.heads.clear();
                Some(Err(error))
            }
        }
    }
}
