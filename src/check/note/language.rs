//! The languages a note can be in.

use std::fmt;
use std::str::FromStr;

/// A language of the notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Language {
    /// English.
    English = 0,
    /// French.
    French = 1,
    /// German.
    German = 2,
    /// Spanish.
    Spanish = 3,
    /// Italian.
    Italian = 4,
    /// Portuguese.
    Portuguese = 5,
    /// Dutch.
    Dutch = 6,
    /// Polish.
    Polish = 7,
    /// Hindi in Latin letters.
    HindiLatin = 8,
}

impl Language {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 9] = [
        Self::English,
        Self::French,
        Self::German,
        Self::Spanish,
        Self::Italian,
        Self::Portuguese,
        Self::Dutch,
        Self::Polish,
        Self::HindiLatin,
    ];

    /// Its BCP 47 tag, such as `en` or `hi-Latn`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
            Self::German => "de",
            Self::Spanish => "es",
            Self::Italian => "it",
            Self::Portuguese => "pt",
            Self::Dutch => "nl",
            Self::Polish => "pl",
            Self::HindiLatin => "hi-Latn",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// The text is no tag of a [`Language`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownLanguage;

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown language: use one of")?;
        for language in Language::ALL {
            write!(f, " {language}")?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownLanguage {}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads a tag without regard to case; a region or script after the
    /// language is passed over (`en-GB`, and `hi` is `hi-Latn`).
    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        let primary = text.split(['-', '_']).next().unwrap_or_default();
        let found = Self::ALL.into_iter().find(|language| {
            let own = language.tag().split('-').next().unwrap_or_default();
            own.eq_ignore_ascii_case(primary)
        });
        found.ok_or(UnknownLanguage)
    }
}
