//! Files as streams: packed or not, counted and hashed while they are read.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use sha2::{Digest, Sha256};

/// How much of a file tells its format, in bytes.
pub const HEAD: usize = 64 * 1024;

const BUFFER: usize = 128 * 1024;
const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// A zstd frame that only carries notes: 0x184D2A50 to 0x184D2A5F.
const ZSTD_SKIPPED: &[u8] = &[0x2a, 0x4d, 0x18];

/// How many bytes of a file have been read, before unpacking.
#[derive(Clone, Default)]
pub struct Position(Rc<Cell<u64>>);

impl Position {
    /// The number of bytes.
    pub fn get(&self) -> u64 {
        self.0.get()
    }
}

struct Counted<R> {
    input: R,
    position: Position,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.position.0.set(self.position.0.get() + read as u64);
        Ok(read)
    }
}

/// What a file holds once it is unpacked; gzip and zstd are told by their first
/// bytes.
pub struct Input {
    unpacked: Box<dyn Read>,
    hash: Sha256,
    buffer: Vec<u8>,
    start: usize,
    /// How far reading has come.
    pub position: Position,
}

impl Input {
    /// Opens a file.
    ///
    /// # Errors
    /// As the system, and if it starts like a packed file but is none.
    pub fn open(path: &Path) -> io::Result<Self> {
        Self::new(File::open(path)?)
    }

    /// Unpacks a stream.
    ///
    /// # Errors
    /// As the stream.
    pub fn new(input: impl Read + 'static) -> io::Result<Self> {
        let position = Position::default();
        let counted = Counted {
            input,
            position: position.clone(),
        };
        let mut packed = BufReader::with_capacity(BUFFER, counted);
        let start = fill(&mut packed, 4)?;
        let unpacked: Box<dyn Read> = if start.starts_with(GZIP) {
            let rest = io::Cursor::new(start).chain(packed);
            Box::new(MultiGzDecoder::new(BufReader::with_capacity(BUFFER, rest)))
        } else if start == ZSTD || (start.get(1..) == Some(ZSTD_SKIPPED) && start[0] >> 4 == 5) {
            let rest = io::Cursor::new(start).chain(packed);
            Box::new(Frames {
                input: BufReader::with_capacity(BUFFER, rest),
                frame: None,
            })
        } else {
            Box::new(io::Cursor::new(start).chain(packed))
        };
        Ok(Self {
            unpacked,
            hash: Sha256::new(),
            buffer: Vec::new(),
            start: 0,
            position,
        })
    }

    /// The start of what is still to be read, up to [`HEAD`] bytes.
    ///
    /// # Errors
    /// As the stream.
    pub fn head(&mut self) -> io::Result<&[u8]> {
        while self.buffer.len() - self.start < HEAD && self.more()? > 0 {}
        let end = self.buffer.len().min(self.start + HEAD);
        Ok(&self.buffer[self.start..end])
    }

    /// Reads to the end and returns the SHA-256 of all that was read.
    ///
    /// # Errors
    /// As the stream.
    pub fn hash(mut self) -> io::Result<[u8; 32]> {
        loop {
            self.start = self.buffer.len();
            if self.more()? == 0 {
                return Ok(self.hash.finalize().into());
            }
        }
    }

    fn more(&mut self) -> io::Result<usize> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let held = self.buffer.len();
        self.buffer.resize(held + BUFFER, 0);
        let read = loop {
            match self.unpacked.read(&mut self.buffer[held..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.buffer.truncate(held + *read.as_ref().unwrap_or(&0));
        self.hash.update(&self.buffer[held..]);
        read
    }
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Input {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.buffer.len() {
            self.more()?;
        }
        Ok(&self.buffer[self.start..])
    }

    fn consume(&mut self, length: usize) {
        self.start = (self.start + length).min(self.buffer.len());
    }
}

/// The first bytes of a stream, fewer if it ends before.
fn fill(input: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    input.take(length as u64).read_to_end(&mut start)?;
    Ok(start)
}

/// All zstd frames of a stream, one after the other.
struct Frames<R> {
    input: R,
    frame: Option<FrameDecoder>,
}

fn damaged(_: impl std::error::Error) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "damaged zstd frame")
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if let Some(frame) = &mut self.frame {
                while frame.can_collect() == 0 && !frame.is_finished() {
                    let blocks = BlockDecodingStrategy::UptoBlocks(1);
                    let decoded = frame.decode_blocks(&mut self.input, blocks);
                    decoded.map_err(damaged)?;
                }
                let read = frame.read(buffer)?;
                if read > 0 {
                    return Ok(read);
                }
                let sum = frame.get_checksum_from_data();
                if sum.is_some() && sum != frame.get_calculated_checksum() {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                self.frame = None;
            }
            if self.input.fill_buf()?.is_empty() {
                return Ok(0);
            }
            let mut frame = FrameDecoder::new();
            match frame.init(&mut self.input) {
                Ok(()) => self.frame = Some(frame),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let length = u64::from(length);
                    let mut skipped = (&mut self.input).take(length);
                    if io::copy(&mut skipped, &mut io::sink())? < length {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(damaged(error)),
            }
        }
    }
}
