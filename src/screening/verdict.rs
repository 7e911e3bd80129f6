//! What screening decides.

use std::fmt;

use super::{Category, RangeId};

macro_rules! actions {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal $id:literal,)*) => {
        /// What the phone does with a call, from the mildest to the hardest.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Action { $($(#[doc = $doc])* $name = $code,)* }

        impl Action {
            /// All of them, in the order of their codes, which start at 0 and
            /// leave none out.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The action's id, in snake case.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// The sentence that documents it, for those who generate code.
            pub const fn doc(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),*),)* }
            }
        }
    };
}

actions! {
    /// Rings as ever.
    Allow = 0 "allow",
    /// Rings, with a warning shown.
    Warn = 1 "warn",
    /// Does not ring; the call goes on and can be answered.
    Silence = 2 "silence",
    /// Is ended.
    Reject = 3 "reject",
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

macro_rules! rules {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal $id:literal,)*) => {
        /// The rules, in the order in which they are looked at; the first
        /// that matches decides.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Rule { $($(#[doc = $doc])* $name = $code,)* }

        impl Rule {
            /// All rules in order.
            pub const ORDER: &'static [Self] = &[$(Self::$name),*];

            /// The rule's id, in snake case.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// The sentence that documents it, for those who generate code.
            pub const fn doc(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),*),)* }
            }
        }
    };
}

rules! {
    /// An emergency number.
    Emergency = 1 "emergency",
    /// The user's allow list.
    AllowList = 2 "allow_list",
    /// The user's block list.
    BlockList = 3 "block_list",
    /// A number the user knows.
    Known = 4 "known",
    /// The network says that the caller ID is forged.
    VerificationFailed = 5 "verification_failed",
    /// A caller ID that nobody honest can show.
    ImpossibleCallerId = 6 "impossible_caller_id",
    /// A number that others reported.
    ListedNumber = 7 "listed_number",
    /// A number whose neighbours are being reported.
    RiskMap = 8 "risk_map",
    /// A range of numbers with a meaning.
    Range = 9 "range",
    /// A hidden or unreadable number.
    HiddenNumber = 10 "hidden_number",
    /// The days after a scam.
    AfterScam = 11 "after_scam",
    /// Nothing speaks against the caller.
    NothingKnown = 12 "nothing_known",
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// What screening decided about one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What the phone does.
    pub action: Action,
    /// The rule that decided.
    pub rule: Rule,
    /// What the caller may be.
    pub category: Category,
    /// How sure the category is, in percent, 0 to 100; 0 where nothing is
    /// known. Falls with the age of the database for what goes stale.
    pub confidence: u8,
    /// The range of numbers that the verdict rests on, if it rests on one.
    pub range: Option<RangeId>,
}
