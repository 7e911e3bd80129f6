//! What a row of a list says, and what becomes of it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use ringfence::reported::ReportKind;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What one row of a list says, before its number is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry<'a> {
    /// A statement on one number.
    Number {
        /// The number as the list writes it.
        text: &'a str,
        /// What the list says of it.
        said: Said,
        /// The day, if the list has one.
        day: Option<u32>,
        /// How many people said so, at least 1.
        count: u32,
    },
    /// A statement on all numbers that start alike.
    Prefix {
        /// The pattern: digits, `#` for any one digit, `*` at the end for any
        /// more digits; several are separated by `|`.
        pattern: &'a str,
        /// Whether the numbers are good, in spite of a shorter prefix.
        allow: bool,
        /// What calls from there are said to be.
        kind: ReportKind,
        /// The day, if the list has one.
        day: Option<u32>,
    },
    /// A row that cannot be used.
    Dirty(Reason),
    /// Something to count about the row before.
    Note(Note),
}

/// What a list says of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Said {
    /// It was reported.
    Reported(ReportKind),
    /// What the list said before no longer holds: the number is off this list,
    /// whatever others say of it.
    Withdrawn,
    /// It is a good number.
    Allowed,
}

impl Said {
    /// The code in a run.
    pub(super) fn code(self) -> u8 {
        match self {
            Self::Reported(kind) => kind as u8,
            Self::Withdrawn => 254,
            Self::Allowed => 255,
        }
    }

    /// What a code in a run stands for.
    pub(super) fn from_code(code: u8) -> Option<Self> {
        match code {
            254 => Some(Self::Withdrawn),
            255 => Some(Self::Allowed),
            code => ReportKind::from_code(code).map(Self::Reported),
        }
    }
}

macro_rules! named {
    ($(#[$type_doc:meta])* $type:ident { $($(#[$doc:meta])* $name:ident $text:literal $words:literal,)* }) => {
        $(#[$type_doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$doc])* $name,)* }

        impl $type {
            /// Every one, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The id, in snake case.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// A few words for a person.
            pub fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)* }
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.id())
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let id = Cow::<'de, str>::deserialize(from)?;
                let mut all = Self::ALL.iter().copied();
                let found = all.find(|one| one.id() == id);
                found.ok_or_else(|| serde::de::Error::custom("unknown id"))
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.id())
            }
        }
    };
}

named! {
    /// Why a row of a list is not listed.
    Reason {
        /// There is no number in it.
        Empty "empty" "no number",
        /// The row does not have the parts that the format wants.
        BadRow "bad_row" "not a row of this format",
        /// The row is longer than any row of a list.
        LongRow "long_row" "longer than 64 KiB",
        /// It says that the caller was hidden.
        Hidden "hidden" "a hidden caller",
        /// An emergency number.
        Emergency "emergency" "an emergency number",
        /// A short number of a network or service.
        ShortCode "short_code" "a short code",
        /// A number without its area code.
        WithoutAreaCode "without_area_code" "no area code",
        /// A national number, and no home region is given.
        NoHomeRegion "no_home_region" "no country code and no --region",
        /// Fewer digits than any number of the country has.
        TooShort "too_short" "too short",
        /// More digits than any number of the country has.
        TooLong "too_long" "too long",
        /// No number of the country has as many digits.
        ImpossibleLength "impossible_length" "an impossible length",
        /// A name.
        Name "name" "a name",
        /// An internet address.
        Internet "internet" "an internet address",
        /// Anything else that is no number.
        Unreadable "unreadable" "not a number",
        /// A pattern that cannot be brought to prefixes.
        BadPattern "bad_pattern" "not a pattern of numbers",
        /// A pattern as wide as a country.
        WholeCountry "whole_country" "as wide as a country",
        /// Numbers that services show in place of their users' own, such as
        /// those of deliveries.
        ServicePlatform "service_platform" "a service that rings for its users",
        /// Its date is still to come.
        InFuture "in_future" "dated in the future",
        /// More people call it good than bad.
        Good "good" "more good than bad ratings",
        /// About as many call it good as bad.
        Undecided "undecided" "ratings that do not say either way",
        /// The list does not ask for it to be blocked.
        NotBlocked "not_blocked" "not to be blocked",
        /// It is about messages, not calls.
        NotCalls "not_calls" "about messages only",
    }
}

named! {
    /// Something worth counting about rows that are listed all the same.
    Note {
        /// The numbering plan has no such number.
        NotInPlan "not_in_plan" "unknown to the numbering plan",
        /// There is no date, or none that can be read.
        Undated "undated" "without a date of its own",
        /// The count is missing or cannot be read; taken as 1.
        NoCount "no_count" "without a count",
        /// The person heard a recording.
        Robocall "robocall" "said to be a recording",
    }
}

/// How many rows became what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Rows read. Each is counted once below, in one of the others but the
    /// notes.
    pub rows: u64,
    /// Rows that report a number.
    pub numbers: u64,
    /// Rows that block or allow a prefix.
    pub prefixes: u64,
    /// Rows that call one number good.
    pub allowed: u64,
    /// Rows that take a number off the list.
    pub withdrawn: u64,
    /// Rows that are not used, by reason.
    pub dropped: BTreeMap<Reason, u64>,
    /// What was noted about rows that are used.
    pub notes: BTreeMap<Note, u64>,
}

impl Tally {
    /// Counts a row that is not used.
    pub(super) fn drop(&mut self, reason: Reason) {
        *self.dropped.entry(reason).or_default() += 1;
    }

    /// Counts a note.
    pub(super) fn note(&mut self, note: Note) {
        *self.notes.entry(note).or_default() += 1;
    }

    /// Rows that are used.
    pub fn used(&self) -> u64 {
        self.numbers + self.prefixes + self.allowed + self.withdrawn
    }

    /// Adds another tally to this one.
    pub fn add(&mut self, other: &Self) {
        self.rows += other.rows;
        self.numbers += other.numbers;
        self.prefixes += other.prefixes;
        self.allowed += other.allowed;
        self.withdrawn += other.withdrawn;
        for (&reason, count) in &other.dropped {
            *self.dropped.entry(reason).or_default() += count;
        }
        for (&note, count) in &other.notes {
            *self.notes.entry(note).or_default() += count;
        }
    }
}
