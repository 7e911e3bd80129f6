//! The sections of reported numbers, and a database with them.

use ringfence::database::{Database, Fault, SectionId};
use ringfence::reported::{Class, REPORTED, ReportKind, SetWriter, Strength, WEEK, layout};

use crate::facts::Release;
use crate::report::Report;
use crate::{Error, file};

/// Reports count for so many days; a number without any is not listed. As many
/// as the section `reports` can tell apart.
pub const KEPT: u32 = u8::MAX as u32;
/// A report counts half after so many days, a third after twice that. Numbers
/// are reported again for weeks, and then rarely (docs/risk-map.md).
const HALF_LIFE: u64 = 30;
/// A report of the last day, in the sums that faded reports add up to.
const WHOLE: u64 = 1 << 16;

/// The reports of one number, added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The number's key.
    pub key: u64,
    /// How many reports there are.
    pub count: u64,
    /// The day of the first.
    pub first: u32,
    /// The day of the last.
    pub last: u32,
    /// Reports faded by their age, each at most [`WHOLE`].
    faded: u64,
    /// Reports of each kind.
    kinds: [u64; ReportKind::ALL.len()],
}

impl Tally {
    /// No reports yet of the number with this key.
    pub fn new(key: u64) -> Self {
        Self {
            key,
            count: 0,
            first: u32::MAX,
            last: 0,
            faded: 0,
            kinds: [0; ReportKind::ALL.len()],
        }
    }

    /// Adds a report of the number, not after the day `as_of`, unless it is too
    /// old ([`KEPT`]).
    pub fn add(&mut self, report: &Report, as_of: u32) {
        let age = as_of.saturating_sub(report.day);
        if age > KEPT {
            return;
        }
        let count = u64::from(report.count);
        self.count += count;
        self.first = self.first.min(report.day);
        self.last = self.last.max(report.day);
        self.faded += count * (WHOLE * HALF_LIFE / (HALF_LIFE + u64::from(age)));
        self.kinds[report.kind as usize] += count;
    }

    /// The class under which a list of the day `as_of` has the number.
    pub fn class(&self, as_of: u32) -> Class {
        let [_, fraud, unwanted] = self.kinds;
        let recent = as_of.saturating_sub(self.last) <= WEEK;
        Class {
            kind: match (fraud, unwanted) {
                (0, 0) => ReportKind::Unspecified,
                (fraud, unwanted) if fraud >= unwanted => ReportKind::Fraud,
                _ => ReportKind::Unwanted,
            },
            strength: match self.faded {
                faded if recent && 2 * faded >= 7 * WHOLE => Strength::Many,
                faded if 2 * faded >= 3 * WHOLE => Strength::Few,
                _ => Strength::Once,
            },
            recent,
        }
    }
}

/// Writes the sections `numbers` and `reports` from tallies that come in the
/// order of their keys.
pub struct Listing {
    as_of: u32,
    numbers: SetWriter,
    reports: Vec<u8>,
    listed: u64,
    forgotten: u64,
}

impl Listing {
    /// A list of this day, counted from 1970-01-01, with nothing on it.
    pub fn new(as_of: u32) -> Self {
        Self {
            as_of,
            numbers: SetWriter::new(),
            reports: Vec::new(),
            listed: 0,
            forgotten: 0,
        }
    }

    /// Lists a number, unless it has no reports.
    ///
    /// # Errors
    /// [`Error::TooLarge`] if there are more numbers than the format holds.
    pub fn push(&mut self, tally: &Tally) -> Result<(), Error> {
        if tally.count == 0 {
            self.forgotten += 1;
            return Ok(());
        }
        let age = self.as_of.saturating_sub(tally.last);
        let too_large = Error::TooLarge("the list of reported numbers");
        let class = tally.class(self.as_of);
        let pushed = self.numbers.push(tally.key, class.code());
        pushed.map_err(|_| Error::TooLarge("the list of reported numbers"))?;
        if tally.count > 1 {
            let rank = u32::try_from(self.listed).map_err(|_| too_large)?;
            let count = u16::try_from(tally.count).unwrap_or(u16::MAX);
            let byte = |days: u32| u8::try_from(days).unwrap_or(u8::MAX);
            self.reports.extend(rank.to_le_bytes());
            self.reports.extend(count.to_le_bytes());
            self.reports
                .extend([byte(tally.last - tally.first), byte(age)]);
        }
        self.listed += 1;
        Ok(())
    }

    /// How many numbers are listed.
    pub fn len(&self) -> u64 {
        self.listed
    }

    /// How many had no reports.
    pub fn forgotten(&self) -> u64 {
        self.forgotten
    }

    /// Whether none is listed.
    pub fn is_empty(&self) -> bool {
        self.listed == 0
    }

    /// The sections, none if nothing is listed.
    pub fn sections(self) -> Vec<(SectionId, Vec<u8>)> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut numbers = Vec::new();
        numbers.extend(self.as_of.to_le_bytes());
        numbers.resize(layout::NUMBERS_SET, 0);
        numbers.extend(self.numbers.finish_at(layout::NUMBERS_SET));
        let mut sections = vec![(SectionId::NUMBERS, numbers)];
        if !self.reports.is_empty() {
            sections.push((SectionId::REPORTS, self.reports));
        }
        sections
    }
}

/// The section `prefixes` of lists up to the day `as_of`: `steps` are the keys
/// from which on something else is said, ascending, with 0 for nothing and
/// otherwise one more than the code of the [`ReportKind`]. No section if there
/// are no steps.
///
/// # Errors
/// [`Error::TooLarge`] if there are more steps than the format holds.
pub fn prefixes(as_of: u32, steps: &[(u64, u8)]) -> Result<Option<(SectionId, Vec<u8>)>, Error> {
    if steps.is_empty() {
        return Ok(None);
    }
    let mut section = as_of.to_le_bytes().to_vec();
    section.resize(layout::PREFIXES_SET, 0);
    section.extend(set(steps, layout::PREFIXES_SET, "the lists of beginnings")?);
    Ok(Some((SectionId::PREFIXES, section)))
}

/// The section `riskmap` of the day `as_of`: `shares` are for each level from 1
/// on among which share of their country's numbers its numbers are, in
/// millionths, and `steps` the keys from which on another level holds. No
/// section if there are no steps.
///
/// # Errors
/// [`Error::TooLarge`] if there are more levels or steps than the format holds.
pub fn risk_map(
    as_of: u32,
    shares: &[u64],
    steps: &[(u64, u8)],
) -> Result<Option<(SectionId, Vec<u8>)>, Error> {
    if steps.is_empty() {
        return Ok(None);
    }
    let mut section = as_of.to_le_bytes().to_vec();
    section.resize(layout::LEVELS + 4, 0);
    for &share in shares {
        let share = u32::try_from(share).map_err(|_| Error::TooLarge("a share of the risk map"))?;
        section.extend(share.to_le_bytes());
    }
    if section.len() > layout::RISK_SET {
        return Err(Error::TooLarge("the table of levels of the risk map"));
    }
    section.resize(layout::RISK_SET, 0);
    section.extend(set(steps, layout::RISK_SET, "the risk map")?);
    Ok(Some((SectionId::RISK_MAP, section)))
}

fn set(steps: &[(u64, u8)], start: usize, what: &'static str) -> Result<Vec<u8>, Error> {
    let mut set = SetWriter::new();
    for &(key, value) in steps {
        set.push(key, value).map_err(|_| Error::TooLarge(what))?;
    }
    Ok(set.finish_at(start))
}

/// The database `base` with these sections of reported numbers, and with a
/// line for each source, such as `FTC complaints: 2 rows`, in
/// place of those it had.
///
/// # Errors
/// [`Error::Database`] if `base` is damaged, [`Error::TooLarge`] if there is too
/// much of something.
pub fn with_sections(
    base: &Database,
    release: &Release,
    reported: Vec<(SectionId, Vec<u8>)>,
    sources: &[String],
) -> Result<Vec<u8>, Error> {
    let replaced = [
        SectionId::NUMBERS,
        SectionId::REPORTS,
        SectionId::RISK_MAP,
        SectionId::PREFIXES,
        SectionId::SOURCES,
    ];
    let mut sections = Vec::new();
    for entry in base.sections() {
        if !replaced.contains(&entry.id) {
            let section = base.section(entry.id).map_err(damaged)?;
            let bytes = section.bytes(0, section.len()).map_err(damaged)?;
            sections.push((entry.id, bytes.to_vec()));
        }
    }
    sections.extend(reported);
    let mut lines = String::new();
    let before = base.sources().map_err(damaged)?;
    for line in before.filter(|line| !line.starts_with(REPORTED)) {
        lines.extend([line, "\n"]);
    }
    for source in sources {
        lines.extend([REPORTED, source, "\n"]);
    }
    sections.push((SectionId::SOURCES, lines.into_bytes()));
    file::write(release, &sections)
}

fn damaged(fault: Fault) -> Error {
    Error::Database(fault.into())
}
