//! What is known of a run: where it comes from, what became of the rows.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::import::day::iso_date;
use crate::import::prefixes::Prefix;
use crate::import::{Counting, Format, Tally};

/// The version of runs and manifests.
pub const VERSION: u32 = 2;

/// Where a list comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// What the list is called.
    pub name: String,
    /// The licence or terms of its data.
    pub licence: String,
    /// Its page, if it has one.
    pub url: Option<String>,
}

/// One input file as it was taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`VERSION`].
    pub version: u32,
    /// The format it was read as.
    pub format: Format,
    /// What it means that several lists of this origin name a number.
    pub counting: Counting,
    /// Where it comes from.
    pub origin: Origin,
    /// SHA-256 of what the file holds, unpacked, in hexadecimal.
    pub file: String,
    /// The start of the SHA-256 of the options it was read with.
    pub options: String,
    /// The first and the last day that something is said of.
    pub days: Option<(u32, u32)>,
    /// What became of its rows.
    pub tally: Tally,
    /// How many records the run has.
    pub records: u64,
    /// SHA-256 of the run.
    pub run: String,
    /// What is said of prefixes, in the order of their digits.
    pub prefixes: Vec<Prefix>,
}

/// All that was taken in of one origin: a line for the database's `sources`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// Where it comes from.
    pub origin: Origin,
    /// How many files there were.
    pub files: u64,
    /// The first and the last day that something is said of.
    pub days: Option<(u32, u32)>,
    /// What became of the rows.
    pub tally: Tally,
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { origin, tally, .. } = self;
        let (rows, used) = (tally.rows, tally.used());
        write!(f, "{}: {used} of {rows} rows", origin.name)?;
        if let Some((first, last)) = self.days {
            write!(f, ", {}", iso_date(first))?;
            if last != first {
                write!(f, " to {}", iso_date(last))?;
            }
        }
        write!(f, "; licence: {}", origin.licence)?;
        match &origin.url {
            Some(url) => write!(f, "; {url}"),
            None => Ok(()),
        }
    }
}
