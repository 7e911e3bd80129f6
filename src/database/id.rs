//! The names of sections.

use std::fmt;

/// The name of a section: up to eight ASCII bytes, padded with zeros.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SectionId(pub [u8; 8]);

impl SectionId {
    /// The numbering plan.
    pub const PLAN: Self = Self(*b"plan\0\0\0\0");
    /// Number ranges and emergency numbers.
    pub const RANGES: Self = Self(*b"ranges\0\0");
    /// What the database was made from, as lines of text.
    pub const SOURCES: Self = Self(*b"sources\0");
}

impl fmt::Display for SectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for &byte in self.0.iter().take_while(|&&byte| byte != 0) {
            write!(f, "{}", byte.escape_ascii())?;
        }
        f.write_str("\"")
    }
}

impl fmt::Debug for SectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
