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
    /// What people edit about calls: scripts, evidence, questions, advice.
    pub const GUIDE: Self = Self(*b"guide\0\0\0");
    /// The same, deflated.
    pub const PACKED_GUIDE: Self = Self(*b"guide.z\0");
    /// What the guide says, in other languages than English.
    pub const TEXTS: Self = Self(*b"texts\0\0\0");
    /// Words and phrases that show a concept, stored tighter than before.
    pub const SPLIT_LEXICON: Self = Self(*b"lexicon2");
    /// Words and phrases that show a concept, as they were stored before.
    pub const LEXICON: Self = Self(*b"lexicon\0");
    /// Numbers that other people reported.
    pub const NUMBERS: Self = Self(*b"numbers\0");
    /// How often and when they were reported.
    pub const REPORTS: Self = Self(*b"reports\0");
    /// Blocks of numbers in which reports are dense.
    pub const RISK_MAP: Self = Self(*b"riskmap\0");
    /// Beginnings of numbers that lists of prefixes name.
    pub const PREFIXES: Self = Self(*b"prefixes");
    /// The weights that read a note.
    pub const MODEL: Self = Self(*b"model\0\0\0");
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
