//! Numbers: what a phone or a person gives in, an E.164 number with validity,
//! region and kind out.
//!
//! The answers are libphonenumber's at the metadata version the database was
//! built from: the same numbers parse, to the same E.164 number, with the
//! same validity, type, region and possible length. No regular expression is
//! run and nothing is allocated; [`Plan::parse`] walks one automaton that the
//! publisher compiled from libphonenumber's metadata.

mod assignable;
mod error;
mod extension;
mod parse;
mod plan;
mod text;
mod unicode;

use std::fmt;
use std::str::FromStr;

pub use assignable::Assignable;
pub use error::ParseError;
pub use plan::Plan;
pub use plan::layout;
pub(crate) use text::short_code;
pub(crate) use unicode::decimal_digit;

/// Most digits an E.164 number can have here: a calling code of 3 and the 17
/// that libphonenumber allows for a national significant number.
pub const MAX_DIGITS: usize = 20;

/// A number in E.164 form: a calling code and a national significant number.
///
/// The number is personal data: [`Debug`](fmt::Debug) does not show it, only
/// [`Display`](fmt::Display) and [`E164::digits`] do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct E164 {
    digits: [u8; MAX_DIGITS],
    length: u8,
}

impl E164 {
    /// A number from its digits, each 0 to 9, without the plus sign. `None`
    /// if there are none or more than [`MAX_DIGITS`], or one is above 9.
    pub fn from_digits(digits: &[u8]) -> Option<Self> {
        if digits.is_empty() || digits.iter().any(|&digit| digit > 9) {
            return None;
        }
        let mut all = [0; MAX_DIGITS];
        all.get_mut(..digits.len())?.copy_from_slice(digits);
        Some(Self {
            digits: all,
            length: digits.len() as u8,
        })
    }

    /// A number from its calling code and the digits of its national number,
    /// each 0 to 9. `None` if they are too many.
    #[inline]
    fn new(calling_code: u16, national: &[u8]) -> Option<Self> {
        let (code, length) = calling_code_digits(calling_code);
        let mut digits = [0; MAX_DIGITS];
        let (start, _) = digits.split_first_chunk_mut()?;
        *start = code;
        let end = length + national.len();
        for (place, &digit) in digits.get_mut(length..end)?.iter_mut().zip(national) {
            *place = digit;
        }
        Some(Self {
            digits,
            length: end as u8,
        })
    }

    /// The digits, each 0 to 9, without the plus sign.
    #[inline]
    pub fn digits(&self) -> &[u8] {
        self.digits.get(..usize::from(self.length)).unwrap_or(&[])
    }

    /// The number as an integer, for sets of numbers. `None` above 15 digits,
    /// which E.164 does not allow. E.164 numbers do not start with 0, so the
    /// key tells them apart.
    pub fn key(&self) -> Option<u64> {
        let digits = self.digits();
        (digits.len() <= 15).then(|| {
            digits
                .iter()
                .fold(0, |key, &digit| key * 10 + u64::from(digit))
        })
    }
}

impl fmt::Display for E164 {
    /// The plus sign and the digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [b'+'; MAX_DIGITS + 1];
        for (place, digit) in text.iter_mut().skip(1).zip(self.digits()) {
            *place = b'0' + digit;
        }
        let text = text.get(..=usize::from(self.length)).unwrap_or_default();
        f.pad(std::str::from_utf8(text).unwrap_or_default())
    }
}

impl fmt::Debug for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "E164({} digits)", self.length)
    }
}

impl FromStr for E164 {
    type Err = NotE164;

    /// Reads a plus sign and 1 to [`MAX_DIGITS`] ASCII digits, nothing else.
    fn from_str(text: &str) -> Result<Self, NotE164> {
        let text = text.strip_prefix('+').ok_or(NotE164)?;
        let mut digits = [0; MAX_DIGITS];
        let places = digits.get_mut(..text.len()).ok_or(NotE164)?;
        for (place, byte) in places.iter_mut().zip(text.bytes()) {
            *place = match byte {
                b'0'..=b'9' => byte - b'0',
                _ => return Err(NotE164),
            };
        }
        Self::from_digits(places).ok_or(NotE164)
    }
}

/// The digits of a calling code, 1 to 999, and how many they are; zeros follow.
#[inline]
fn calling_code_digits(code: u16) -> ([u8; 3], usize) {
    let digit = |value: u16| (value % 10) as u8;
    match code {
        0..=9 => ([digit(code), 0, 0], 1),
        10..=99 => ([digit(code / 10), digit(code), 0], 2),
        _ => ([digit(code / 100), digit(code / 10), digit(code)], 3),
    }
}

/// A text is not a number in E.164 form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotE164;

impl fmt::Display for NotE164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("write the number as a plus sign, the country's calling code and the digits")
    }
}

impl std::error::Error for NotE164 {}

/// A region: an ISO 3166-1 alpha-2 code such as `GB`, or `001` for calling
/// codes that belong to no country, as libphonenumber names them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region([u8; 3]);

impl Region {
    /// The region of non-geographical calling codes.
    pub const WORLD: Self = Self(*b"001");

    /// Three bytes as the database stores a region: the last is 0 for two
    /// letters.
    pub(crate) fn from_bytes(bytes: [u8; 3]) -> Option<Self> {
        let letters = bytes[0].is_ascii_uppercase() && bytes[1].is_ascii_uppercase();
        (bytes == *b"001" || letters && bytes[2] == 0).then_some(Self(bytes))
    }

    pub(crate) fn bytes(self) -> [u8; 3] {
        self.0
    }

    /// `GB`, or `001`.
    pub fn as_str(&self) -> &str {
        let length = if self.0[2] == 0 { 2 } else { 3 };
        std::str::from_utf8(self.0.get(..length).unwrap_or_default()).unwrap_or_default()
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Region({self})")
    }
}

impl FromStr for Region {
    type Err = NotARegion;

    /// Reads two ASCII letters in either case, or `001`. Whether the plan
    /// knows the region is [`Plan::knows`].
    fn from_str(text: &str) -> Result<Self, NotARegion> {
        match *text.as_bytes() {
            [a, b] => Self::from_bytes([a.to_ascii_uppercase(), b.to_ascii_uppercase(), 0]),
            [a, b, c] => Self::from_bytes([a, b, c]),
            _ => None,
        }
        .ok_or(NotARegion)
    }
}

/// A text is not a region code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotARegion;

impl fmt::Display for NotARegion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a region is a two-letter country code such as GB")
    }
}

impl std::error::Error for NotARegion {}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal $text:literal,)*) => {
        /// What sort of line a number belongs to: libphonenumber's
        /// `PhoneNumberType`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Kind { $($(#[$doc])* $name = $code,)* }

        impl Kind {
            /// Every kind, in the order of their codes.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// libphonenumber's name in snake case.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The kind with this code in a database.
            pub(crate) fn from_code(code: u16) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }
        }
    };
}

kinds! {
    /// The number is not valid, or its kind is not known.
    Unknown = 0 "unknown",
    /// A fixed line.
    FixedLine = 1 "fixed_line",
    /// A mobile line.
    Mobile = 2 "mobile",
    /// The plan does not tell fixed lines from mobile ones here.
    FixedLineOrMobile = 3 "fixed_line_or_mobile",
    /// Free for the caller.
    TollFree = 4 "toll_free",
    /// Dear for the caller.
    PremiumRate = 5 "premium_rate",
    /// The caller and the called share the cost.
    SharedCost = 6 "shared_cost",
    /// Voice over IP.
    Voip = 7 "voip",
    /// Follows a person from line to line; often dear.
    PersonalNumber = 8 "personal_number",
    /// A pager.
    Pager = 9 "pager",
    /// Universal access number of a company.
    Uan = 10 "uan",
    /// Access to a voicemail box.
    Voicemail = 11 "voicemail",
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Kind {
    type Err = NotAKind;

    fn from_str(text: &str) -> Result<Self, NotAKind> {
        let mut kinds = Self::ALL.iter().copied();
        kinds.find(|kind| kind.name() == text).ok_or(NotAKind)
    }
}

/// A text is not the name of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAKind;

impl fmt::Display for NotAKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a kind is one of")?;
        let names = Kind::ALL.iter().map(|kind| kind.name());
        names.enumerate().try_for_each(|(i, name)| {
            let comma = if i == 0 { "" } else { "," };
            write!(f, "{comma} {name}")
        })
    }
}

impl std::error::Error for NotAKind {}

/// Whether a number has a length that its country uses: libphonenumber's
/// `ValidationResult`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Length {
    /// A length of full numbers.
    Possible,
    /// A length of numbers that are dialled only within their area.
    LocalOnly,
    /// Shorter than any number of the country.
    TooShort,
    /// Longer than any number of the country.
    TooLong,
    /// Between the shortest and the longest, but no number is that long.
    InvalidLength,
}

impl Length {
    /// libphonenumber's name in snake case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::LocalOnly => "local_only",
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::InvalidLength => "invalid_length",
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A parsed number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// The number in E.164 form.
    pub e164: E164,
    /// Its calling code, 1 to 999.
    pub calling_code: u16,
    /// The region it belongs to. `None` if several share the calling code and
    /// the number is not valid in any of them.
    pub region: Option<Region>,
    /// What sort of line it is; [`Kind::Unknown`] if it is not valid.
    pub kind: Kind,
    /// Whether it has a length that its country uses.
    pub length: Length,
}

impl Number {
    /// Whether the number could be in use by the plan of its region.
    pub fn is_valid(&self) -> bool {
        self.kind != Kind::Unknown
    }

    /// Whether the number has a possible length, local-only ones included, as
    /// libphonenumber's `isPossibleNumber` has it.
    pub fn is_possible(&self) -> bool {
        matches!(self.length, Length::Possible | Length::LocalOnly)
    }

    /// How many digits the national significant number has.
    pub fn national_digits(&self) -> u32 {
        self.e164
            .digits()
            .len()
            .saturating_sub(self.calling_code_digits()) as u32
    }

    /// How many digits the calling code has, 1 to 3.
    pub fn calling_code_digits(&self) -> usize {
        calling_code_digits(self.calling_code).1
    }
}
