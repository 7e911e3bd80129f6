//! Why a text is not a number.

use std::fmt;

use crate::database::Fault;

/// Why a text is not a number: libphonenumber's `NumberParseException`, and
/// damage of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseError {
    /// It starts with a plus sign or an international prefix, but no calling
    /// code follows; or it has neither and there is no home region.
    InvalidCallingCode,
    /// It does not look like a number.
    NotANumber,
    /// Too few digits follow the international prefix.
    TooShortAfterPrefix,
    /// It has fewer than two digits.
    TooShort,
    /// It has more than 17 digits after the calling code, or more than 250
    /// characters.
    TooLong,
    /// The numbering plan in the database is damaged.
    Damaged(Fault),
}

impl ParseError {
    /// libphonenumber's name for the error in snake case.
    pub fn name(self) -> &'static str {
        match self {
            Self::InvalidCallingCode => "invalid_country_code",
            Self::NotANumber => "not_a_number",
            Self::TooShortAfterPrefix => "too_short_after_idd",
            Self::TooShort => "too_short_nsn",
            Self::TooLong => "too_long",
            Self::Damaged(_) => "damaged_database",
        }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InvalidCallingCode => {
                "no country's calling code was found: write the number with + and the calling \
                 code, or give the home region"
            }
            Self::NotANumber => "this does not look like a phone number",
            Self::TooShortAfterPrefix => "too few digits follow the international prefix",
            Self::TooShort => "this has too few digits for a phone number",
            Self::TooLong => "this is too long for a phone number",
            Self::Damaged(fault) => return fault.fmt(f),
        })
    }
}

impl std::error::Error for ParseError {}

impl From<Fault> for ParseError {
    fn from(fault: Fault) -> Self {
        Self::Damaged(fault)
    }
}
