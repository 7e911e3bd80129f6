//! A bound on what a parser may hold: it reads no more than so much between one
//! element of a list and the next.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::Failure;

/// Most bytes of one element, and of what stands between two.
const LONGEST: usize = 1 << 20;

/// How many bytes may still be read.
#[derive(Clone)]
pub struct Allowance(Rc<Cell<usize>>);

impl Default for Allowance {
    fn default() -> Self {
        Self(Rc::new(Cell::new(LONGEST)))
    }
}

impl Allowance {
    /// An element has ended.
    pub fn renew(&self) {
        self.0.set(LONGEST);
    }

    /// Whether an element was too long.
    pub fn is_used_up(&self) -> bool {
        self.0.get() == 0
    }
}

/// What to say of a list with such an element.
pub fn too_long() -> Failure {
    Failure::wrong("an element of this list is longer than 1 MiB; fetch it again")
}

/// An input that ends in an error when the allowance is used up.
pub struct Bounded<'r> {
    input: &'r mut dyn BufRead,
    allowance: Allowance,
}

impl<'r> Bounded<'r> {
    /// Bounds an input.
    pub fn new(input: &'r mut dyn BufRead, allowance: &Allowance) -> Self {
        Self {
            input,
            allowance: allowance.clone(),
        }
    }
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Bounded<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = self.allowance.0.get();
        let available = self.input.fill_buf()?;
        if left == 0 && !available.is_empty() {
            return Err(io::Error::other("too long"));
        }
        Ok(&available[..available.len().min(left)])
    }

    fn consume(&mut self, length: usize) {
        let left = self.allowance.0.get();
        self.allowance.0.set(left.saturating_sub(length));
        self.input.consume(length);
    }
}
