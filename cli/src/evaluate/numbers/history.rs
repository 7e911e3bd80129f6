//! A list of complaints in the order of time, and where its updates end.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use ringfence::database::Database;
use ringfence::number::{Length, Region};
use ringfence::reported::ReportKind;
use ringfence::screening::{Call, Caller};
use ringfence_publisher::Report;
use ringfence_publisher::import::Cuts;

use super::none_to_score;

/// The file of complaints in a folder.
const COMPLAINTS: &str = "complaints.csv";
/// The file of cuts in a folder, and beside a file of complaints.
const CUTS: &str = "cuts.csv";
/// The first line of a file of complaints.
const HEADER: &str = "pattern";

/// A complaint.
#[derive(Clone, Copy)]
pub struct Row {
    /// The number's key; 0 if it is none.
    pub key: u64,
    /// The day, from 1970-01-01.
    pub day: u32,
}

/// An update: what was there before it, and what it brought.
#[derive(Clone, Copy)]
pub struct Update {
    /// The day of the update before it.
    pub as_of: u32,
    /// How many rows there were then.
    pub start: usize,
    /// How many rows there are after it.
    pub end: usize,
}

/// The whole list.
pub struct History {
    /// The rows, the oldest first.
    pub rows: Vec<Row>,
    /// The updates that can be scored.
    pub updates: Vec<Update>,
}

impl History {
    /// Reads a file of complaints, or the one in a folder, and its cuts.
    pub fn read(path: &Path, cuts: Option<&Path>, database: &Database) -> Result<Self> {
        let complaints = match path.is_dir() {
            true => path.join(COMPLAINTS),
            false => path.to_owned(),
        };
        let beside = || -> PathBuf { complaints.with_file_name(CUTS) };
        let cuts = cuts.map_or_else(beside, Path::to_owned);
        let text = std::fs::read_to_string(&complaints)
            .with_context(|| complaints.display().to_string())?;
        let mut lines = text.lines();
        if lines.next().map(str::trim) != Some(HEADER) {
            bail!(
                "{}: the first line of a file of complaints is {HEADER}, then comes a number a line, the oldest first",
                complaints.display()
            );
        }
        let dates = Cuts::read(&cuts)?;
        let home: Region = "US".parse().context("a region")?;
        let key = |line: &str| {
            // As `db import` lists them.
            match Caller::of(&Call::incoming(line).at_home(home), database) {
                Caller::Number(number) if number.length == Length::Possible => {
                    number.e164.key().unwrap_or(0)
                }
                _ => 0,
            }
        };
        let rows: Vec<Row> = lines
            .filter(|line| !line.trim().is_empty())
            .enumerate()
            .map(|(index, line)| Row {
                key: key(line.trim()),
                day: dates.day(index as u64),
            })
            .collect();
        if rows.is_empty() {
            bail!("{}: there is no row in it", complaints.display());
        }
        let updates = updates(&dates, rows.len())
            .with_context(|| format!("{}: a cut is beyond the end of the list", cuts.display()))?;
        if updates.is_empty() {
            return none_to_score(&complaints);
        }
        Ok(Self { rows, updates })
    }

    /// The reports of the rows before one, sorted; rows that are no number are
    /// left out.
    pub fn reports(&self, end: usize) -> Vec<Report> {
        let rows = self.rows.iter().take(end).filter(|row| row.key != 0);
        let mut reports: Vec<Report> = rows
            .map(|row| Report {
                key: row.key,
                day: row.day,
                kind: ReportKind::Unspecified,
                count: 1,
            })
            .collect();
        reports.sort_unstable();
        reports.dedup_by(|next, first| {
            let same = (next.key, next.day) == (first.key, first.day);
            if same {
                first.count = first.count.saturating_add(1);
            }
            same
        });
        reports
    }
}

/// The updates between cuts and from the last cut to the end; `None` if a cut
/// is beyond it.
fn updates(cuts: &Cuts, rows: usize) -> Option<Vec<Update>> {
    let cuts: Vec<(u32, usize)> = cuts
        .iter()
        .map(|(day, rows)| (day, usize::try_from(rows).unwrap_or(usize::MAX)))
        .collect();
    if cuts.iter().any(|cut| cut.1 > rows) {
        return None;
    }
    let ends = cuts.iter().skip(1).map(|cut| cut.1).chain([rows]);
    let updates = cuts
        .iter()
        .zip(ends)
        .map(|(&(as_of, start), end)| Update { as_of, start, end });
    Some(
        updates
            .filter(|update| update.start > 0 && update.start < update.end)
            .collect(),
    )
}
