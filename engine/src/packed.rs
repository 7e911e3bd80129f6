//! A verdict in 64 bits, as it crosses to Kotlin.
//!
//! [`FIELDS`] is the one definition of the layout: packing uses it, and the
//! Kotlin side is generated from it by `cargo xtask bindings`.

use std::fmt;

use ringfence::screening::{Action, Category, Rule, Verdict};

/// One field of a packed verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, in lower camel case.
    pub name: &'static str,
    /// The lowest bit.
    pub shift: u32,
    /// How many bits it has.
    pub bits: u32,
    /// What it holds.
    pub doc: &'static str,
}

const ACTION: Field = field("action", 0, 4, "What the phone does: an [Action]'s code.");
const RULE: Field = field(
    "rule",
    4,
    8,
    "Which rule decided: a [Rule]'s code, 0 if none did.",
);
const CATEGORY: Field = field(
    "category",
    12,
    8,
    "What the caller may be: a [Category]'s code.",
);
const CONFIDENCE: Field = field("confidence", 20, 8, "How sure that is, in percent.");
const FAILURE: Field = field(
    "failure",
    28,
    4,
    "Why screening failed: a [Failure]'s code, 0 if it did not.",
);
const GENERATION: Field = field(
    "generation",
    32,
    31,
    "Which of the databases used since the folder was opened gave it, from 1 on.",
);

/// The layout, lowest field first. Bit 63 is zero, so a verdict is never
/// negative.
pub const FIELDS: [Field; 6] = [ACTION, RULE, CATEGORY, CONFIDENCE, FAILURE, GENERATION];

const fn field(name: &'static str, shift: u32, bits: u32, doc: &'static str) -> Field {
    Field {
        name,
        shift,
        bits,
        doc,
    }
}

impl Field {
    const fn most(&self) -> u64 {
        (1 << self.bits) - 1
    }

    const fn put(&self, value: u64) -> u64 {
        let value = if value > self.most() {
            self.most()
        } else {
            value
        };
        value << self.shift
    }

    const fn get(&self, packed: u64) -> u64 {
        packed >> self.shift & self.most()
    }
}

macro_rules! failures {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal $id:literal,)*) => {
        /// Why screening could not do its work. The phone rings.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Failure { $($(#[doc = $doc])* $name = $code,)* }

        impl Failure {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The failure's id, in snake case.
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

failures! {
    /// None.
    None = 0 "none",
    /// The screener is closed, or was never open.
    Closed = 1 "closed",
    /// The database could not be opened.
    Database = 2 "database",
    /// The arguments could not be read.
    Argument = 3 "argument",
    /// A fault of the program.
    Internal = 4 "internal",
    /// The phone's storage could not be used.
    Storage = 5 "storage",
    /// Too many are open: 64 at once is the most.
    TooMany = 6 "too_many",
}

/// A verdict in 64 bits; see [`FIELDS`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PackedVerdict(u64);

impl PackedVerdict {
    /// Packs a verdict of the database with this generation.
    pub const fn new(verdict: &Verdict, generation: u32) -> Self {
        Self(
            ACTION.put(verdict.action as u64)
                | RULE.put(verdict.rule as u64)
                | CATEGORY.put(verdict.category as u64)
                | CONFIDENCE.put(verdict.confidence as u64)
                | GENERATION.put(generation as u64),
        )
    }

    /// Lets the phone ring since screening failed.
    pub const fn failed(failure: Failure) -> Self {
        Self(FAILURE.put(failure as u64))
    }

    /// The 64 bits.
    pub const fn bits(self) -> i64 {
        self.0.cast_signed()
    }

    /// From 64 bits; what no verdict has reads as [`Action::Allow`].
    pub const fn from_bits(bits: i64) -> Self {
        Self(bits.cast_unsigned())
    }

    /// What the phone does.
    pub fn action(self) -> Action {
        [Action::Warn, Action::Silence, Action::Reject]
            .into_iter()
            .find(|action| *action as u64 == ACTION.get(self.0))
            .unwrap_or(Action::Allow)
    }

    /// Which rule decided, if one did.
    pub fn rule(self) -> Option<Rule> {
        let mut rules = Rule::ORDER.iter().copied();
        rules.find(|rule| *rule as u64 == RULE.get(self.0))
    }

    /// What the caller may be.
    pub fn category(self) -> Category {
        let mut categories = Category::ALL.iter().copied();
        let found = categories.find(|category| *category as u64 == CATEGORY.get(self.0));
        found.unwrap_or(Category::NothingKnown)
    }

    /// How sure that is, in percent.
    pub fn confidence(self) -> u8 {
        CONFIDENCE.get(self.0) as u8
    }

    /// Why screening failed, if it did.
    pub fn failure(self) -> Failure {
        let mut failures = Failure::ALL.iter().copied();
        let found = failures.find(|failure| *failure as u64 == FAILURE.get(self.0));
        found.unwrap_or(Failure::Internal)
    }

    /// Which of the databases used since the folder was opened gave it, from 1
    /// on; 0 if none did.
    pub fn generation(self) -> u32 {
        GENERATION.get(self.0) as u32
    }
}

impl fmt::Debug for PackedVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PackedVerdict")
            .field("action", &self.action())
            .field("rule", &self.rule())
            .field("category", &self.category())
            .field("confidence", &self.confidence())
            .field("failure", &self.failure())
            .field("generation", &self.generation())
            .finish()
    }
}
