//! The formats of lists. Each turns a stream into [`Entry`] after entry, in
//! memory that does not grow with the file.

mod begone;
mod bounded;
mod csv;
mod ftc;
mod integers;
mod json;
mod kinds;
mod phoneblock;
mod regex;
mod saracroche;
mod spamblocker;
mod text;
mod yacb;

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::io::{self, BufRead};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use csv::{Column, Columns};

use super::cuts::Cuts;
use super::rows::{Fields, guess_separator};
use super::store::Origin;
use super::{Counting, Entry};
use crate::Error;

/// How much of a file tells text from bytes.
const TOLD_BY: usize = 512;

/// Where entries go.
pub type Sink<'s> = dyn FnMut(Entry<'_>) -> Result<(), Failure> + 's;

/// Why a list could not be read.
#[derive(Debug)]
pub enum Failure {
    /// It could not be read, or ended too early, or is packed and damaged.
    Io(io::Error),
    /// It is not what it should be; says what to do and repeats none of it.
    Wrong(String),
    /// An error that has nothing to do with the list.
    Other(Error),
}

impl Failure {
    fn wrong(message: &str) -> Self {
        Self::Wrong(message.to_owned())
    }
}

/// What a format has to know beside the list.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The dates of rows that have none.
    pub cuts: Option<Cuts>,
    /// The columns of separated values.
    pub columns: Columns,
}

macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident $id:literal $words:literal $origin:expr;)*) => {
        /// The format of a list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Format { $($(#[$doc])* $name,)* }

        impl Format {
            /// Every format.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The format's id.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// What such lists are, in a few words.
            pub fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)* }
            }

            /// Where such lists come from: name, licence, page.
            fn known_origin(self) -> (&'static str, &'static str, Option<&'static str>) {
                match self { $(Self::$name => $origin,)* }
            }
        }
    };
}

const NOT_STATED: &str = "not stated";

formats! {
    /// Complaints to the FTC's Do Not Call Registry.
    Ftc "ftc" "FTC Do Not Call complaints (CSV)" (
        "FTC Do Not Call complaints",
        "public domain (US government)",
        Some("https://www.ftc.gov/policy-notices/open-government/data-sets/do-not-call-data"),
    );
    /// Separated values.
    Csv "csv" "separated values (CSV, TSV)" ("a list without a name", NOT_STATED, None);
    /// One number a line.
    Text "text" "one number a line" ("a list without a name", NOT_STATED, None);
    /// PhoneBlock's lists, JSON or binary.
    PhoneBlock "phoneblock" "PhoneBlock's list (JSON or binary)" (
        "PhoneBlock",
        "of the data not stated (program GPL-3.0)",
        Some("https://phoneblock.net/"),
    );
    /// Data slices of Yet Another Call Blocker.
    Yacb "yacb" "data slices of Yet Another Call Blocker" (
        "Should I Answer, by Yet Another Call Blocker",
        "of the data not stated (program AGPL-3.0)",
        Some("https://gitlab.com/xynngh/YetAnotherCallBlocker"),
    );
    /// 64-bit integers, as the iOS Call Directory takes them.
    Integers "integers" "E.164 numbers as integers" ("a list without a name", NOT_STATED, None);
    /// Saracroche's patterns.
    Saracroche "saracroche" "Saracroche's patterns (JSON)" (
        "Saracroche",
        "GPL-3.0",
        Some("https://codeberg.org/cbouvat/saracroche-ios"),
    );
    /// Lists for Begone.
    Begone "begone" "a list for Begone (XML, JSON or patterns)" (
        "a list for Begone",
        NOT_STATED,
        None,
    );
    /// SpamBlocker's rules.
    SpamBlocker "spamblocker" "SpamBlocker's rules (CSV)" (
        "SpamBlocker rules",
        NOT_STATED,
        Some("https://github.com/aj3423/SpamBlocker"),
    );
}

impl Format {
    /// Where such lists come from.
    pub fn origin(self) -> Origin {
        let (name, licence, url) = self.known_origin();
        Origin {
            name: name.to_owned(),
            licence: licence.to_owned(),
            url: url.map(str::to_owned),
        }
    }

    /// What it means that several such lists name a number, by the first bytes
    /// of one.
    pub fn counting(self, head: &[u8]) -> Counting {
        match self {
            Self::Ftc if ftc::is_snapshot(head) => Counting::Snapshot,
            Self::Ftc | Self::Csv => Counting::Events,
            Self::Text
            | Self::PhoneBlock
            | Self::Yacb
            | Self::Integers
            | Self::Saracroche
            | Self::Begone
            | Self::SpamBlocker => Counting::State,
        }
    }

    /// The format that a file seems to have, by its first bytes.
    pub fn guess(head: &[u8]) -> Option<Self> {
        if head.starts_with(phoneblock::MAGIC) {
            return Some(Self::PhoneBlock);
        }
        if yacb::is_slice(head) {
            return Some(Self::Yacb);
        }
        if is_bytes(head) {
            return integers::is_binary(head).then_some(Self::Integers);
        }
        let text = String::from_utf8_lossy(head);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        match text.bytes().next()? {
            b'<' => return text.contains("<plist").then_some(Self::Begone),
            b'[' | b'{' => {
                let keys = [
                    ("\"phone\"", Self::PhoneBlock),
                    ("\"pattern\"", Self::Saracroche),
                    ("\"prefix\"", Self::Saracroche),
                    ("\"addNational\"", Self::Begone),
                ];
                let found = keys.into_iter().find(|(key, _)| text.contains(key));
                return found.map(|(_, format)| format);
            }
            _ => {}
        }
        let line = text.lines().next().unwrap_or_default();
        let mut fields = Fields::default();
        fields.split(line, guess_separator(line));
        let names = header(&fields);
        if ftc::is_header(&names) {
            // Of SpamBlocker's rules the column of patterns may be the only one.
            let number = |line: &str| !line.contains(['.', '*', '\\', '[', '(', '^', '|']);
            let rules = ftc::is_snapshot(head) && !text.lines().skip(1).take(20).any(number);
            return Some(if rules && text.lines().nth(1).is_some() {
                Self::SpamBlocker
            } else {
                Self::Ftc
            });
        }
        if spamblocker::is_header(&names) {
            return Some(Self::SpamBlocker);
        }
        if csv::is_header(&names) {
            return Some(Self::Csv);
        }
        Self::guess_lines(text)
    }

    /// By whole lines without a header; the last one may be cut off.
    fn guess_lines(text: &str) -> Option<Self> {
        let body = text.rfind('\n').map_or(text, |end| &text[..end]);
        let lines = || body.lines().map(str::trim).filter(|line| !line.is_empty());
        let number = |line: &str| {
            let mut digits = 0;
            line.chars().all(|c| {
                digits += usize::from(c.is_ascii_digit());
                c.is_ascii_digit() || "+-.()/ #*".contains(c)
            }) && digits > 0
        };
        let wild = |line: &str| number(line) && line.ends_with('#') && !line.contains(" #");
        let uncommented = |line: &str| {
            let start = line.split('#').next().unwrap_or_default().trim();
            start.is_empty() || number(start)
        };
        if lines().any(wild) && lines().all(number) {
            Some(Self::Begone)
        } else if lines().all(uncommented) && lines().any(number) {
            Some(Self::Text)
        } else {
            None
        }
    }

    /// Whether a file that starts like this can be read in this format.
    pub fn can_be(self, head: &[u8]) -> bool {
        if Self::guess(head) == Some(self) {
            return true;
        }
        let binary = is_bytes(head);
        let first = head.trim_ascii_start().first().copied();
        let markup = matches!(first, Some(b'<' | b'[' | b'{'));
        match self {
            Self::Csv | Self::Text => !binary && !markup,
            Self::Integers => integers::is_text(head) || integers::is_binary(head),
            Self::PhoneBlock | Self::Saracroche => {
                !binary && matches!(first, Some(b'[' | b'{')) && Self::guess(head).is_none()
            }
            Self::Begone => {
                !binary && !matches!(Self::guess(head), Some(Self::Ftc | Self::SpamBlocker))
            }
            Self::SpamBlocker => {
                let text = head_line(head);
                let mut fields = Fields::default();
                fields.split(&text, guess_separator(&text));
                header(&fields).iter().any(|name| name == "pattern")
            }
            Self::Ftc | Self::Yacb => false,
        }
    }

    /// Hands over all entries of a list.
    ///
    /// # Errors
    /// A failure of the list, and whatever the sink answers.
    pub fn read(
        self,
        input: &mut dyn BufRead,
        context: &Context,
        sink: &mut Sink<'_>,
    ) -> Result<(), Failure> {
        match self {
            Self::Ftc => ftc::read(input, context, sink),
            Self::Csv => csv::read(input, context, sink),
            Self::Text => text::read(input, sink),
            Self::PhoneBlock => phoneblock::read(input, sink),
            Self::Yacb => yacb::read(input, sink),
            Self::Integers => integers::read(input, sink),
            Self::Saracroche => saracroche::read(input, sink),
            Self::Begone => begone::read(input, sink),
            Self::SpamBlocker => spamblocker::read(input, context, sink),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl FromStr for Format {
    type Err = NotAFormat;

    fn from_str(text: &str) -> Result<Self, NotAFormat> {
        let mut all = Self::ALL.iter().copied();
        all.find(|format| format.id() == text).ok_or(NotAFormat)
    }
}

impl Serialize for Format {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for Format {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let id = Cow::<'de, str>::deserialize(from)?;
        id.parse().map_err(serde::de::Error::custom)
    }
}

/// A text is not the id of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAFormat;

impl fmt::Display for NotAFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a format is one of")?;
        for format in Format::ALL {
            write!(f, " {format}")?;
        }
        Ok(())
    }
}

impl std::error::Error for NotAFormat {}

/// Whether a file is not text: a zero byte stands near its start.
fn is_bytes(head: &[u8]) -> bool {
    head.iter().take(TOLD_BY).any(|&byte| byte == 0)
}

/// The first line of what has been read.
fn head_line(head: &[u8]) -> String {
    let end = head.iter().position(|&byte| byte == b'\n');
    let line = &head[..end.unwrap_or(head.len())];
    String::from_utf8_lossy(line)
        .trim_start_matches('\u{feff}')
        .trim()
        .to_owned()
}

/// The names of a first row, without regard to case, spaces and dashes.
fn header(fields: &Fields) -> Vec<String> {
    fields.iter().map(plain_name).collect()
}

fn plain_name(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

/// What has been read of an input and is still to come.
fn peek(input: &mut dyn BufRead) -> io::Result<&[u8]> {
    input.fill_buf()
}

fn read_array<const N: usize>(input: &mut dyn BufRead) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Makes sure that nothing follows.
fn end(input: &mut dyn BufRead) -> Result<(), Failure> {
    match input.fill_buf()? {
        [] => Ok(()),
        _ => Err(Failure::wrong(
            "something follows the end of this list; fetch it again",
        )),
    }
}

/// A number as a text with its plus sign.
fn international(number: u64, text: &mut String) -> &str {
    text.clear();
    let _ = write!(text, "+{number}");
    text
}
