//! Dates of the rows of a list that has its rows in the order of time but no
//! dates: how many rows it had on certain days.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::day::DateForm;
use crate::Error;

/// The first line of a file of cuts.
pub const HEADER: &str = "date,rows";
/// No file of cuts is as long, in bytes.
const LONGEST: u64 = 1 << 20;

/// The days of updates, and how many rows there were then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cuts {
    /// Day and rows, both ascending.
    cuts: Vec<(u32, u64)>,
}

impl Cuts {
    /// Reads a CSV with the columns `date` and `rows`.
    ///
    /// # Errors
    /// [`Error::Io`], or [`Error::Source`] with the line if a line is not a
    /// date and a number of rows, or either does not rise.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|error| Error::Io {
            path: path.to_owned(),
            error,
        })?;
        Self::parse(&text).map_err(|line| Error::Source {
            path: path.to_owned(),
            line,
            message: format!(
                "a file of cuts has the first line {HEADER}, then lines such as \
                 2025-11-14,239764, both rising"
            ),
        })
    }

    /// As [`Cuts::read`]; the error is the line, from 1.
    fn parse(text: &str) -> Result<Self, usize> {
        let mut cuts: Vec<(u32, u64)> = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim_start_matches('\u{feff}').trim();
            if index == 0 {
                (line == HEADER).then_some(()).ok_or(1_usize)?;
                continue;
            }
            if line.is_empty() {
                continue;
            }
            let cut = line.split_once(',').and_then(|(date, rows)| {
                Some((DateForm::Iso.read(date)?, rows.trim().parse().ok()?))
            });
            let rises = |cut: &(u32, u64)| {
                let last = cuts.last();
                last.is_none_or(|last| last.0 < cut.0 && last.1 < cut.1)
            };
            cuts.push(cut.filter(rises).ok_or(index + 1)?);
        }
        if cuts.is_empty() {
            return Err(1);
        }
        Ok(Self { cuts })
    }

    /// The file of cuts in a folder, if there is one: a file that ends in
    /// `.csv` and starts with [`HEADER`].
    pub fn find(folder: &Path) -> Option<PathBuf> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .ok()?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| Self::is_file(path))
            .collect();
        files.sort();
        files.into_iter().next()
    }

    /// Whether a file is one of cuts, by its first line.
    pub fn is_file(path: &Path) -> bool {
        let csv = path.extension().is_some_and(|extension| extension == "csv");
        let small =
            || std::fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() < LONGEST);
        // Only the first bytes: a folder may have many lists.
        let first = || -> std::io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            let file = std::fs::File::open(path)?;
            file.take(HEADER.len() as u64 + 5).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let is_header = |bytes: Vec<u8>| {
            let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
            let line = text.split(|&byte| byte == b'\n').next();
            line.is_some_and(|line| line.trim_ascii_end() == HEADER.as_bytes())
        };
        csv && small() && first().is_ok_and(is_header)
    }

    /// The day of a row, counted from 0. Rows that an update brought have its
    /// date, and so have rows after the last. Rows before the first are spread
    /// back evenly, at as many rows a calendar day as there were between the
    /// first cut and the last, or all on the first if there is only one.
    pub fn day(&self, row: u64) -> u32 {
        let later = self.cuts.partition_point(|&(_, rows)| rows <= row);
        let (Some(&first), Some(&last)) = (self.cuts.first(), self.cuts.last()) else {
            return 0;
        };
        if later > 0 {
            return self.cuts.get(later).unwrap_or(&last).0;
        }
        let (days, rows) = (u64::from(last.0 - first.0), last.1 - first.1);
        // The rows from this one to the last before the cut.
        let back = u128::from(first.1 - 1 - row) * u128::from(days) / u128::from(rows.max(1));
        first
            .0
            .saturating_sub(u32::try_from(back).unwrap_or(u32::MAX))
    }

    /// The day of each cut, and how many rows there were then.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u64)> {
        self.cuts.iter().copied()
    }

    /// The cuts as text, for the name of a run.
    pub(super) fn canonical(&self) -> String {
        format!("{:?}", self.cuts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_get_the_days_of_their_updates() {
        let text = "date,rows\n2025-11-14,100\n2025-11-20,130\n2025-11-24,200\n";
        let cuts = Cuts::parse(text).expect("cuts");
        let day = |row| crate::import::day::iso_date(cuts.day(row));
        // Ten rows a day.
        assert_eq!(day(99), "2025-11-14");
        assert_eq!(day(90), "2025-11-14");
        assert_eq!(day(89), "2025-11-13");
        assert_eq!(day(0), "2025-11-05");
        assert_eq!(day(100), "2025-11-20");
        assert_eq!(day(129), "2025-11-20");
        assert_eq!(day(130), "2025-11-24");
        assert_eq!(day(1_000), "2025-11-24");
        let one = Cuts::parse("date,rows\n2025-11-14,100\n").expect("a cut");
        assert_eq!(one.day(0), one.day(500));
    }

    #[test]
    fn what_is_no_file_of_cuts_says_where() {
        for (text, line) in [
            ("", 1),
            ("rows,date\n", 1),
            ("date,rows\n", 1),
            ("date,rows\n2025-11-14\n", 2),
            ("date,rows\n2025-11-14,5\n2025-11-14,6\n", 3),
            ("date,rows\n2025-11-14,5\n2025-11-15,5\n", 3),
            ("date,rows\n2025-11-14,-5\n", 2),
        ] {
            assert_eq!(Cuts::parse(text), Err(line), "{text}");
        }
    }
}
