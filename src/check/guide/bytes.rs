//! The bytes of the guide, wherever they are.

use crate::database::{Fault, FaultKind, Section, SectionId};

/// The bytes of the guide. Every read is checked against their end.
#[derive(Clone, Copy)]
pub enum Bytes<'a> {
    /// In place, each page checked at its first touch.
    Mapped(Section<'a>),
    /// Inflated before, from pages that were checked.
    Inflated(&'a [u8]),
}

impl<'a> Bytes<'a> {
    pub fn fault(&self, kind: FaultKind) -> Fault {
        match self {
            Self::Mapped(section) => section.fault(kind),
            Self::Inflated(_) => Fault {
                section: SectionId::PACKED_GUIDE,
                kind,
            },
        }
    }

    pub fn len(&self) -> usize {
        match self {
            Self::Mapped(section) => section.len(),
            Self::Inflated(bytes) => bytes.len(),
        }
    }

    pub fn bytes(&self, at: usize, length: usize) -> Result<&'a [u8], Fault> {
        match self {
            Self::Mapped(section) => section.bytes(at, length),
            Self::Inflated(bytes) => {
                let end = at.checked_add(length);
                let slice = end.and_then(|end| bytes.get(at..end));
                slice.ok_or_else(|| self.fault(FaultKind::Bounds))
            }
        }
    }

    pub fn text(&self, at: usize, length: usize) -> Result<&'a str, Fault> {
        std::str::from_utf8(self.bytes(at, length)?).map_err(|_| self.fault(FaultKind::Content))
    }

    pub fn u16(&self, at: usize) -> Result<u16, Fault> {
        Ok(u16::from_le_bytes(self.array(at)?))
    }

    pub fn u32(&self, at: usize) -> Result<u32, Fault> {
        Ok(u32::from_le_bytes(self.array(at)?))
    }

    #[inline]
    fn array<const N: usize>(&self, at: usize) -> Result<[u8; N], Fault> {
        match self {
            Self::Mapped(section) => section.array(at),
            Self::Inflated(bytes) => {
                let chunk = bytes.get(at..).and_then(<[u8]>::first_chunk);
                chunk.copied().ok_or_else(|| self.fault(FaultKind::Bounds))
            }
        }
    }
}
