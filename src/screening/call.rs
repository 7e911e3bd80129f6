//! One call, and who seems to be calling.

use crate::database::{Database, Fault};
use crate::number::{E164, Length, Number, ParseError, Region, short_code};

/// A call as the phone sees it.
///
/// The number is personal data and so is not shown by `Debug`.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    /// The other side's number in whatever form the phone gives: E.164,
    /// national, a `tel:` or `sip:` URI, a name, or empty.
    pub number: &'a str,
    /// Whether the caller lets the number be shown.
    pub presentation: Presentation,
    /// What the network says of the caller ID.
    pub verification: Verification,
    /// Who calls whom.
    pub direction: Direction,
    /// The region whose national numbers are understood.
    pub home: Option<Region>,
}

/// Android's `TelecomManager.PRESENTATION_*`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presentation {
    /// The number may be shown.
    #[default]
    Allowed,
    /// The caller hides it.
    Restricted,
    /// The network does not know it.
    Unknown,
    /// A public payphone.
    Payphone,
}

impl Presentation {
    /// What Android calls `PRESENTATION_ALLOWED` (1), `_RESTRICTED` (2),
    /// `_UNKNOWN` (3), `_PAYPHONE` (4) and `_UNAVAILABLE` (5). Any other value
    /// hides nothing: what the caller shows is then looked at.
    pub const fn from_android(value: i32) -> Self {
        match value {
            2 => Self::Restricted,
            3 | 5 => Self::Unknown,
            4 => Self::Payphone,
            _ => Self::Allowed,
        }
    }

    /// The value that Android has for it.
    pub const fn to_android(self) -> i32 {
        match self {
            Self::Allowed => 1,
            Self::Restricted => 2,
            Self::Unknown => 3,
            Self::Payphone => 4,
        }
    }
}

/// Android's `Connection.VERIFICATION_STATUS_*` (STIR/SHAKEN).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verification {
    /// The network says nothing.
    #[default]
    NotVerified,
    /// The network vouches for the caller ID.
    Passed,
    /// The network says that the caller ID is forged.
    Failed,
}

impl Verification {
    /// What Android calls `VERIFICATION_STATUS_NOT_VERIFIED` (0), `_PASSED`
    /// (1) and `_FAILED` (2). Any other value says nothing.
    pub const fn from_android(value: i32) -> Self {
        match value {
            1 => Self::Passed,
            2 => Self::Failed,
            _ => Self::NotVerified,
        }
    }

    /// The value that Android has for it.
    pub const fn to_android(self) -> i32 {
        match self {
            Self::NotVerified => 0,
            Self::Passed => 1,
            Self::Failed => 2,
        }
    }
}

/// Who calls whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// The other side calls.
    #[default]
    Incoming,
    /// The user calls.
    Outgoing,
}

impl Direction {
    /// What Android's `Call.Details` calls `DIRECTION_OUTGOING` (1);
    /// `DIRECTION_INCOMING` (0) and any other value is an incoming call.
    pub const fn from_android(value: i32) -> Self {
        match value {
            1 => Self::Outgoing,
            _ => Self::Incoming,
        }
    }

    /// The value that Android has for it.
    pub const fn to_android(self) -> i32 {
        match self {
            Self::Incoming => 0,
            Self::Outgoing => 1,
        }
    }
}

impl<'a> Call<'a> {
    /// An incoming call that shows `number`, with nothing known of it.
    pub fn incoming(number: &'a str) -> Self {
        Self {
            number,
            presentation: Presentation::default(),
            verification: Verification::default(),
            direction: Direction::Incoming,
            home: None,
        }
    }

    /// The same call on a phone whose home is `region`.
    #[must_use]
    pub fn at_home(self, region: Region) -> Self {
        Self {
            home: Some(region),
            ..self
        }
    }
}

impl std::fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call")
            .field("presentation", &self.presentation)
            .field("verification", &self.verification)
            .field("direction", &self.direction)
            .field("home", &self.home)
            .finish_non_exhaustive()
    }
}

/// Who seems to be calling, or to be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Caller {
    /// A number that parses, valid or not.
    Number(Number),
    /// An emergency number.
    Emergency,
    /// A short number of a network or service.
    ShortCode,
    /// No number: hidden by the caller, or none given.
    Hidden,
    /// A number without its area code.
    WithoutAreaCode,
    /// A public payphone.
    Payphone,
    /// A name instead of a number.
    Name,
    /// An internet address that holds no number.
    Internet,
    /// A national number, and the phone's region is not known.
    NoHomeRegion,
    /// None of the above.
    Unreadable,
    /// The numbering plan could not be read.
    Unknown(Fault),
}

/// What phones and networks write where a number is hidden, in the languages
/// of the notes. The negative numbers are Android's, from before
/// presentations.
const HIDDEN: &[&str] = &[
    "anonymous",
    "anonymus",
    "anonym",
    "anonyme",
    "anonimo",
    "private",
    "private number",
    "privat",
    "privado",
    "privato",
    "restricted",
    "withheld",
    "number withheld",
    "hidden",
    "blocked",
    "oculto",
    "numero oculto",
    "no caller id",
    "unknown",
    "unknown number",
    "unbekannt",
    "inconnu",
    "masqué",
    "numéro masqué",
    "numéro privé",
    "desconocido",
    "desconhecido",
    "sconosciuto",
    "onbekend",
    "afgeschermd",
    "nieznany",
    "prywatny",
    "unavailable",
    "out of area",
    "-1",
    "-2",
    "-3",
];

/// Most UTF-16 units of what a caller shows; whoever shows more is unreadable.
/// Numbers have 30 at most, addresses a few hundred.
pub const MAX_CALLER: usize = 1_024;

impl Caller {
    /// Tells who is calling.
    pub fn of(call: &Call<'_>, database: &Database) -> Self {
        let text = call
            .number
            .trim_matches(|c: char| c.is_whitespace() || c.is_control());
        match call.presentation {
            _ if call.direction == Direction::Outgoing => {}
            Presentation::Restricted | Presentation::Unknown => return Self::Hidden,
            Presentation::Payphone => return Self::Payphone,
            Presentation::Allowed => {}
        }
        if call.number.len() > MAX_CALLER && call.number.encode_utf16().nth(MAX_CALLER).is_some() {
            return Self::Unreadable;
        }
        if let Some(user) = internet_user(text) {
            if is_hidden(user) {
                return Self::Hidden;
            }
            return match Self::of_telephone(user, call.home, database) {
                number @ (Self::Number(_) | Self::Unknown(_)) => number,
                _ => Self::Internet,
            };
        }
        if is_hidden(text) {
            return Self::Hidden;
        }
        Self::of_telephone(text, call.home, database)
    }

    fn of_telephone(text: &str, home: Option<Region>, database: &Database) -> Self {
        let short = short_code(strip_scheme(text, "tel:").unwrap_or(text));
        if let Some((digits, length)) = &short {
            let digits = digits.get(..*length).unwrap_or_default();
            let emergency = database
                .ranges()
                .and_then(|ranges| ranges.is_emergency(digits, home));
            match emergency {
                Ok(true) => return Self::Emergency,
                Ok(false) => {}
                Err(fault) => return Self::Unknown(fault),
            }
        }
        let plan = match database.plan() {
            Ok(plan) => plan,
            Err(fault) => return Self::Unknown(fault),
        };
        let is_known =
            |home: Option<Region>| home.is_some_and(|home| plan.knows(home).unwrap_or(false));
        let has_letters = || text.chars().any(char::is_alphabetic);
        let mut parsed = plan.parse(text, home);
        let too_long =
            |number: Number| matches!(number.length, Length::TooLong | Length::InvalidLength);
        if !has_plus(text) && parsed.is_ok_and(too_long) {
            // Networks hand on foreign numbers without their plus sign.
            parsed = match plan.parse_without_plus(text) {
                Ok(number) if number.is_valid() => Ok(number),
                _ => parsed,
            };
        }
        match parsed {
            Ok(number) if number.is_valid() => Self::Number(number),
            Err(ParseError::Damaged(fault)) => Self::Unknown(fault),
            _ if short.is_some() => Self::ShortCode,
            Ok(_) if has_letters() && strip_scheme(text, "tel:").is_none() => Self::Name,
            // With a calling code before it, it is no local number but too short.
            Ok(number) if number.length == Length::LocalOnly && !has_plus(text) => {
                Self::WithoutAreaCode
            }
            Ok(number) => Self::Number(number),
            Err(_) if has_letters() => Self::Name,
            Err(ParseError::InvalidCallingCode) if !has_plus(text) && !is_known(home) => {
                Self::NoHomeRegion
            }
            Err(_) => Self::Unreadable,
        }
    }

    /// The number in E.164 form, if there is one.
    pub fn e164(&self) -> Option<&E164> {
        match self {
            Self::Number(number) => Some(&number.e164),
            _ => None,
        }
    }
}

/// Whether the text says that a calling code comes first.
pub(super) fn has_plus(text: &str) -> bool {
    text.contains(['+', '＋'])
}

fn is_hidden(text: &str) -> bool {
    text.is_empty() || HIDDEN.iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn strip_scheme<'t>(text: &'t str, scheme: &str) -> Option<&'t str> {
    let start = text.get(..scheme.len())?;
    start
        .eq_ignore_ascii_case(scheme)
        .then(|| text.get(scheme.len()..))?
}

/// The part before the host of a SIP URI or of an address with an `@`.
fn internet_user(text: &str) -> Option<&str> {
    let bare = strip_scheme(text, "sip:").or_else(|| strip_scheme(text, "sips:"));
    let address = match bare {
        Some(address) => address,
        None if text.contains('@') => text,
        None => return None,
    };
    address.split(['@', ';']).next()
}
