//! What a caller may be.

use std::fmt;
use std::str::FromStr;

macro_rules! categories {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal $text:literal $range:literal,)*) => {
        /// What a verdict says the caller may be.
        ///
        /// Headline and advice for each stand in the database
        /// ([`Ranges::words`](super::Ranges::words)).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum Category { $($(#[doc = $doc])* $name = $code,)* }

        impl Category {
            /// Every category, in the order of their codes, which start at 0
            /// and leave none out.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The category's id, in snake case.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The sentence that documents it, for those who generate code.
            pub const fn doc(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),*),)* }
            }

            /// Whether a range of numbers can have this category.
            pub const fn is_of_ranges(self) -> bool {
                match self { $(Self::$name => $range,)* }
            }

            /// The category with this code in a database.
            pub(crate) fn from_code(code: u8) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }
        }
    };
}

categories! {
    /// Nothing speaks against the caller.
    NothingKnown = 0 "nothing_known" false,
    /// Kept for films and books, never given to anyone.
    Fiction = 1 "fiction" true,
    /// A number that never calls out.
    DoNotOriginate = 2 "do_not_originate" true,
    /// Nobody was given this number.
    Unallocated = 3 "unallocated" true,
    /// A number that forwards calls to wherever its owner is; dear to ring.
    PersonalNumber = 4 "personal_number" true,
    /// A pager, which cannot call.
    Pager = 5 "pager" true,
    /// Dear to ring.
    PremiumRate = 6 "premium_rate" true,
    /// Set aside for sales calls.
    Telemarketing = 7 "telemarketing" true,
    /// A country or area that one-ring fraud uses.
    OneRing = 8 "one_ring" true,
    /// Deliveries and the like: an exception from a wider range.
    ServicePlatform = 9 "service_platform" true,
    /// The network says that the caller ID is forged.
    Spoofed = 10 "spoofed" false,
    /// No number of the country has this many digits.
    ImpossibleLength = 11 "impossible_length" false,
    /// The caller hides the number, or none was given.
    Hidden = 12 "hidden" false,
    /// A name, an internet address or something unreadable instead of a
    /// number.
    UnknownCallerFormat = 13 "unknown_caller_format" false,
    /// On the user's block list.
    BlockedByYou = 14 "blocked_by_you" false,
    /// On the user's allow list.
    AllowedByYou = 15 "allowed_by_you" false,
    /// An emergency number.
    Emergency = 16 "emergency" false,
    /// A short number of a network or service.
    ShortCode = 17 "short_code" false,
    /// The user has called it, spoken with it, or marked it as fine.
    Known = 18 "known" false,
    /// A stranger in the days after a scam.
    AfterScam = 19 "after_scam" false,
    /// Reported by other people.
    Listed = 20 "listed" false,
    /// Its neighbours are being reported.
    HotBlock = 21 "hot_block" false,
    /// The database could not be read.
    DamagedDatabase = 22 "damaged_database" false,
    /// The user has marked it as a scam.
    MarkedScam = 23 "marked_scam" false,
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl FromStr for Category {
    type Err = NotACategory;

    fn from_str(text: &str) -> Result<Self, NotACategory> {
        let mut all = Self::ALL.iter().copied();
        all.find(|category| category.id() == text)
            .ok_or(NotACategory)
    }
}

/// A text is not the id of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotACategory;

impl fmt::Display for NotACategory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no category has this name; the names are")?;
        Category::ALL
            .iter()
            .enumerate()
            .try_for_each(|(i, category)| write!(f, "{} {category}", if i == 0 { "" } else { "," }))
    }
}

impl std::error::Error for NotACategory {}
