//! From a store of lists to a database with reported numbers.

use ringfence::database::Database;

use crate::Error;
use crate::facts::Release;
use crate::import::{Store, prefixes};
use crate::reported::{self, Listing, Tally};

/// How a store is compiled.
#[derive(Clone, Debug)]
pub struct Options {
    /// Name and time of issue of the database.
    pub release: Release,
    /// Today, counted from 1970-01-01: what lists date later is of today.
    pub today: u32,
}

/// A database with reported numbers.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The file.
    pub bytes: Vec<u8>,
    /// The day of the last report, counted from 1970-01-01.
    pub as_of: u32,
    /// How many numbers are listed.
    pub listed: u64,
    /// How many numbers were not, since nobody has reported them for longer
    /// than [`KEPT`](reported::KEPT).
    pub forgotten: u64,
}

/// The database `base` with what the store holds in place of the reported
/// numbers it had. The same for the same store, whatever order its lists were
/// taken in.
///
/// # Errors
/// See [`Error`].
pub fn compile(base: &Database, store: &Store, options: &Options) -> Result<Compiled, Error> {
    let days = store.manifests().filter_map(|manifest| manifest.days);
    let last = days.map(|(_, last)| last).max().unwrap_or(0);
    let as_of = last.min(options.today);
    let mut listing = Listing::new(as_of);
    let mut numbers = 0;
    let mut tally: Option<Tally> = None;
    for report in store.reports()? {
        let mut report = report?;
        report.day = report.day.min(as_of);
        match &mut tally {
            Some(tally) if tally.key == report.key => tally.add(&report, as_of),
            _ => {
                let mut next = Tally::new(&report);
                next.add(&report, as_of);
                if let Some(done) = tally.replace(next) {
                    listing.push(&done)?;
                }
                numbers += 1;
            }
        }
    }
    if let Some(done) = tally {
        listing.push(&done)?;
    }
    let listed = listing.len();
    let mut sections = listing.sections();
    let beginnings = store.prefixes(base)?;
    let latest = beginnings.iter().filter(|prefix| !prefix.allow);
    let latest = latest.map(|prefix| prefix.day.min(as_of)).max();
    let steps = prefixes::steps(&beginnings);
    sections.extend(reported::prefixes(latest.unwrap_or(as_of), &steps)?);
    let sources: Vec<String> = store.sources().iter().map(ToString::to_string).collect();
    Ok(Compiled {
        bytes: reported::with_sections(base, &options.release, sections, &sources)?,
        as_of,
        listed,
        forgotten: numbers - listed,
    })
}
