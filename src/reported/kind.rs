//! What a report accuses a number of.

use std::fmt;
use std::str::FromStr;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal $text:literal,)*) => {
        /// What people who reported a number said of the call.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum ReportKind { $($(#[$doc])* $name = $code,)* }

        impl ReportKind {
            /// Every kind, in the order of their codes, which start at 0 and
            /// leave none out.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The kind's id, in snake case.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The kind with this code in a database.
            pub fn from_code(code: u8) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }
        }
    };
}

kinds! {
    /// The source does not say.
    #[default]
    Unspecified = 0 "unspecified",
    /// Deceit: impostors, invented debts, prizes, remote access.
    Fraud = 1 "fraud",
    /// A nuisance: sales, surveys, silent calls.
    Unwanted = 2 "unwanted",
}

impl fmt::Display for ReportKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl FromStr for ReportKind {
    type Err = NotAReportKind;

    fn from_str(text: &str) -> Result<Self, NotAReportKind> {
        let mut kinds = Self::ALL.iter().copied();
        kinds.find(|kind| kind.id() == text).ok_or(NotAReportKind)
    }
}

/// A text is not the id of a kind of report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAReportKind;

impl fmt::Display for NotAReportKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a kind of report is unspecified, fraud or unwanted")
    }
}

impl std::error::Error for NotAReportKind {}
