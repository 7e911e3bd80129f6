//! From a store of lists to a database with reported numbers.

use ringfence::database::Database;

use crate::Error;
use crate::facts::Release;
use crate::import::{Store, prefixes};
use crate::report::Report;
use crate::reported::{self, Listing, Tally};
use crate::risk;

/// How a store is compiled.
#[derive(Clone, Debug)]
pub struct Options {
    /// Name and time of issue of the database.
    pub release: Release,
    /// Today, counted from 1970-01-01: what is of tomorrow counts as of today.
    pub today: u32,
    /// Which share of each country's numbers the risk map may have, in
    /// millionths, under 2^32; none is made of 0.
    pub budget: u64,
}

impl Options {
    /// With the whole risk map ([`risk::SHARES`]).
    pub fn new(release: Release, today: u32) -> Self {
        Self {
            release,
            today,
            budget: risk::SHARES[0],
        }
    }
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
    /// How many runs of neighbours of one level the risk map has.
    pub hot_blocks: usize,
}

/// The day of the last report of a store, counted from 1970-01-01; not after
/// `today`.
pub fn as_of(store: &Store, today: u32) -> u32 {
    let days = store.manifests().filter_map(|manifest| manifest.days);
    let last = days.map(|(_, last)| last).max();
    last.unwrap_or(0).min(today)
}

/// The database `base` with what the store holds in place of the reported
/// numbers it had. The same for the same store, whatever order its lists were
/// taken in.
///
/// # Errors
/// See [`Error`].
pub fn compile(base: &Database, store: &Store, options: &Options) -> Result<Compiled, Error> {
    let as_of = as_of(store, options.today);
    let reports = || up_to(store, as_of);
    let mut listing = Listing::new(as_of);
    let mut tally: Option<Tally> = None;
    for report in reports() {
        let report = report?;
        if tally.is_none_or(|tally| tally.key != report.key)
            && let Some(done) = tally.replace(Tally::new(report.key))
        {
            listing.push(&done)?;
        }
        if let Some(tally) = &mut tally {
            tally.add(&report, as_of);
        }
    }
    if let Some(done) = tally {
        listing.push(&done)?;
    }
    let (listed, forgotten) = (listing.len(), listing.forgotten());
    let mut sections = listing.sections();
    let shares = shares(options.budget);
    let mut hot_blocks = 0;
    if !shares.is_empty() {
        let levels = risk::Options {
            shares: &shares,
            ..risk::Options::default()
        };
        let plan = base.plan().map_err(|fault| Error::Database(fault.into()))?;
        let map = risk::map(&plan, as_of, &levels, || risk::counts(reports(), as_of))?;
        hot_blocks = map.steps.iter().filter(|step| step.1 > 0).count();
        sections.extend(reported::risk_map(as_of, &shares, &map.steps)?);
    }
    let beginnings = store.prefixes(base)?;
    let latest = beginnings.iter().filter(|prefix| !prefix.allow);
    let latest = latest.map(|prefix| prefix.day.min(as_of)).max();
    let prefixes = prefixes::steps(&beginnings);
    sections.extend(reported::prefixes(latest.unwrap_or(as_of), &prefixes)?);
    let sources: Vec<String> = store.sources().iter().map(ToString::to_string).collect();
    Ok(Compiled {
        bytes: reported::with_sections(base, &options.release, sections, &sources)?,
        as_of,
        listed,
        forgotten,
        hot_blocks,
    })
}

/// What the levels of the map stand for: the whole budget, and the smaller ones
/// of [`risk::SHARES`].
fn shares(budget: u64) -> Vec<u64> {
    let smaller = risk::SHARES.into_iter().filter(|&share| share < budget);
    let whole = (budget > 0).then_some(budget);
    whole.into_iter().chain(smaller).collect()
}

/// The reports of a store; those of the day after `as_of` are of that day.
fn up_to(store: &Store, as_of: u32) -> impl Iterator<Item = Result<Report, Error>> {
    let (reports, error) = match store.reports() {
        Ok(reports) => (Some(reports), None),
        Err(error) => (None, Some(Err(error))),
    };
    let dated = move |mut report: Report| {
        report.day = report.day.min(as_of);
        report
    };
    let reports = reports.into_iter().flatten();
    reports.map(move |report| report.map(dated)).chain(error)
}
