//! Decayed counts of reports per block of numbers: the definition that every
//! other way of counting (SQL over Parquet) has to give the same numbers for.
//!
//! A **block** of level *L* is the numbers that have all digits but the last
//! *L* in common: `block = key / 10^L`. Level 0 is a number itself, level 4 in
//! North America an exchange. Keys do not start with 0, so all numbers of a
//! block have the same count of digits.
//!
//! A report of day *d* has the **age** `as_of - d`. Left out are reports after
//! `as_of` and those of an age of [`WINDOW`] days or more. For each half-life
//! *h* of [`HALF_LIVES`] there is a **heat**, a sum of whole numbers
//! [`weights`]`[h][age]`, so it is the same in any order:
//!
//! * of a number (level 0): the sum over its reports of `count * weight[age]`;
//! * of a block (level 1 to 4): the sum over its sub-blocks of the level below
//!   that were reported of `weight[age of their latest report]`.
//!
//! So a number that is reported two hundred times makes itself hot, but its
//! neighbours no more than if it had been reported once, and a block is the
//! hotter the more its reports are spread.

use crate::{Error, Report};

/// The levels: how many trailing digits a block leaves open.
pub const LEVELS: [u32; 5] = [0, 1, 2, 3, 4];
/// The level of the largest blocks.
pub const TOP: usize = 4;
/// After how many days a report counts half.
pub const HALF_LIVES: [u32; 2] = [2, 60];
/// Reports of this age in days or more are left out.
pub const WINDOW: u32 = 365;
/// The weight of a report of today.
pub const ONE: u64 = 1 << 16;

/// The weight of a report for each half-life and age in days:
/// [`ONE`]` * 2^(-age / half-life)`, rounded to the nearest whole number.
pub fn weights() -> [Vec<u64>; 2] {
    // libm computes the same on every machine.
    let weight = |half_life: u32, age: u32| {
        (ONE as f64 * libm::exp2(-f64::from(age) / f64::from(half_life)) + 0.5) as u64
    };
    HALF_LIVES.map(|half_life| (0..WINDOW).map(|age| weight(half_life, age)).collect())
}

/// What was reported in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockCount {
    /// How many trailing digits are open, 0 to 4.
    pub level: u8,
    /// The digits that its numbers have in common: `key / 10^level`.
    pub block: u64,
    /// The heat for each of [`HALF_LIVES`].
    pub heat: [u64; 2],
    /// How many of its numbers were reported.
    pub numbers: u64,
    /// The day of the latest report.
    pub last: u32,
}

/// Counts a stream of reports, in the order of their keys.
///
/// The counts come in the order of the blocks' ends, smaller blocks first: by
/// `(block + 1) * 10^level`, then by `level`. Each block with a report within
/// the window is there once. Holds nothing but the five blocks that are open.
/// A sum that does not fit stays at its largest; with less than 2^48 reports
/// none does.
///
/// # Errors
/// As `reports`.
pub fn counts<R>(reports: R, as_of: u32) -> Counts<R>
where
    R: Iterator<Item = Result<Report, Error>>,
{
    Counts {
        reports,
        as_of,
        weights: weights(),
        open: [None; LEVELS.len()],
        next: None,
        closing: 0,
        ended: false,
    }
}

/// The iterator of [`counts`].
#[derive(Debug)]
pub struct Counts<R> {
    reports: R,
    as_of: u32,
    weights: [Vec<u64>; 2],
    /// The block of each level that reports are being added to.
    open: [Option<BlockCount>; LEVELS.len()],
    /// A report that has to wait until blocks are closed.
    next: Option<Report>,
    /// The level that is looked at for closing.
    closing: usize,
    ended: bool,
}

impl<R> Counts<R> {
    fn weight(&self, day: u32) -> Option<[u64; 2]> {
        let age = self.as_of.checked_sub(day)? as usize;
        let [fast, slow] = &self.weights;
        Some([*fast.get(age)?, *slow.get(age)?])
    }

    fn add(&mut self, report: &Report, weight: [u64; 2]) {
        for (level, open) in self.open.iter_mut().enumerate() {
            let block = report.key / 10_u64.pow(level as u32);
            let open = open.get_or_insert(BlockCount {
                level: level as u8,
                block,
                heat: [0; 2],
                numbers: 0,
                last: 0,
            });
            if level == 0 {
                let count = u64::from(report.count);
                for (heat, weight) in open.heat.iter_mut().zip(weight) {
                    *heat = heat.saturating_add(count.saturating_mul(weight));
                }
                open.numbers = 1;
                open.last = open.last.max(report.day);
            }
        }
    }

    /// Closes a block, which counts in the one that it is in.
    fn close(&mut self, level: usize) -> Option<BlockCount> {
        let closed = self.open.get_mut(level)?.take()?;
        let weight = self.weight(closed.last).unwrap_or_default();
        if let Some(Some(parent)) = self.open.get_mut(level + 1) {
            for (heat, weight) in parent.heat.iter_mut().zip(weight) {
                *heat = heat.saturating_add(weight);
            }
            parent.numbers += closed.numbers;
            parent.last = parent.last.max(closed.last);
        }
        Some(closed)
    }
}

impl<R> Iterator for Counts<R>
where
    R: Iterator<Item = Result<Report, Error>>,
{
    type Item = Result<BlockCount, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.next.is_none() && !self.ended {
                match self.reports.next() {
                    Some(Err(error)) => return Some(Err(error)),
                    Some(Ok(report)) => self.next = Some(report),
                    None => self.ended = true,
                }
                self.closing = 0;
            }
            let Some(report) = self.next else {
                // The end: everything is closed.
                while self.closing < LEVELS.len() {
                    self.closing += 1;
                    if let Some(closed) = self.close(self.closing - 1) {
                        return Some(Ok(closed));
                    }
                }
                return None;
            };
            let Some(weight) = self.weight(report.day) else {
                self.next = None;
                continue;
            };
            // Blocks that the report is not in end before it.
            let level = self.closing;
            if let Some(Some(open)) = self.open.get(level)
                && open.block != report.key / 10_u64.pow(level as u32)
            {
                self.closing += 1;
                return self.close(level).map(Ok);
            }
            self.add(&report, weight);
            self.next = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use ringfence::reported::ReportKind;

    use super::*;

    const AS_OF: u32 = 20_000;

    fn report(key: u64, day: u32, count: u32) -> Report {
        Report {
            key,
            day,
            kind: ReportKind::Unspecified,
            count,
        }
    }

    fn count(reports: &[Report]) -> Vec<BlockCount> {
        counts(reports.iter().copied().map(Ok), AS_OF)
            .collect::<Result<_, _>>()
            .expect("counts")
    }

    /// The definition, written down without thought for memory.
    fn naive(reports: &[Report]) -> Vec<BlockCount> {
        let weights = weights();
        let age = |day: u32| AS_OF.checked_sub(day).filter(|&age| age < WINDOW);
        let mut last: BTreeMap<u64, u32> = BTreeMap::new();
        let mut found = Vec::new();
        for report in reports.iter().filter(|report| age(report.day).is_some()) {
            let day = last.entry(report.key).or_default();
            *day = report.day.max(*day);
        }
        for (&key, &last) in &last {
            let own = reports.iter().filter(|report| report.key == key);
            let own: Vec<_> = own
                .filter_map(|report| Some((age(report.day)?, report.count)))
                .collect();
            let heat = |weights: &[u64]| {
                let weight = |&(age, count): &(u32, u32)| u64::from(count) * weights[age as usize];
                own.iter().map(weight).sum()
            };
            found.push(BlockCount {
                level: 0,
                block: key,
                heat: [heat(&weights[0]), heat(&weights[1])],
                numbers: 1,
                last,
            });
        }
        let mut below = found.clone();
        for level in 1..=4 {
            let mut blocks: BTreeMap<u64, BlockCount> = BTreeMap::new();
            for child in &below {
                let block = blocks.entry(child.block / 10).or_insert(BlockCount {
                    level,
                    block: child.block / 10,
                    heat: [0; 2],
                    numbers: 0,
                    last: 0,
                });
                let age = (AS_OF - child.last) as usize;
                block.heat[0] += weights[0][age];
                block.heat[1] += weights[1][age];
                block.numbers += child.numbers;
                block.last = block.last.max(child.last);
            }
            below = blocks.into_values().collect();
            found.extend(&below);
        }
        found.sort_by_key(|c| ((c.block + 1) * 10_u64.pow(c.level.into()), c.level));
        found
    }

    #[test]
    fn a_number_counts_once_in_its_block_and_its_latest_day_counts() {
        let found = count(&[
            report(15550000001, AS_OF - 4, 200),
            report(15550000001, AS_OF - 2, 1),
            report(15550000007, AS_OF, 1),
            report(15550000007, AS_OF + 1, 9),
            report(15550000100, AS_OF - WINDOW, 9),
        ]);
        let heat: Vec<_> = found
            .iter()
            .map(|c| (c.level, c.heat[0], c.numbers))
            .collect();
        let half = ONE / 2;
        assert_eq!(
            heat,
            [
                (0, 200 * ONE / 4 + half, 1),
                (0, ONE, 1),
                (1, ONE + half, 2),
                (2, ONE, 2),
                (3, ONE, 2),
                (4, ONE, 2),
            ]
        );
        assert!(found.iter().all(|c| c.level == 0 || c.last == AS_OF));
    }

    #[test]
    fn weights_halve_and_never_rise() {
        let [fast, slow] = weights();
        assert_eq!((fast[0], fast[2], fast[4]), (ONE, ONE / 2, ONE / 4));
        assert_eq!((slow[0], slow[60], slow[120]), (ONE, ONE / 2, ONE / 4));
        assert_eq!((slow.len(), slow[364]), (365, 978));
        assert!(fast.is_sorted_by(|a, b| a >= b) && slow.is_sorted_by(|a, b| a > b || *a == *b));
    }

    #[test]
    fn streaming_gives_what_the_definition_says() {
        let mut state = 1_u64;
        let mut random = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) % below
        };
        let mut reports: Vec<Report> = (0..2_000)
            .map(|_| {
                let key = match random(3) {
                    0 => 12_025_550_000 + random(300),
                    1 => 49_300_000_000 + random(100_000),
                    _ => 4_930_000 + random(1_000_000),
                };
                report(key, AS_OF + 5 - random(420) as u32, 1 + random(9) as u32)
            })
            .collect();
        reports.sort_unstable();
        assert_eq!(count(&reports), naive(&reports));
        assert!(count(&[]).is_empty());
    }

    #[test]
    fn an_error_comes_through() {
        let reports = [Ok(report(15550000001, AS_OF, 1)), Err(Error::TooLarge("x"))];
        assert!(counts(reports.into_iter(), AS_OF).any(|count| count.is_err()));
    }
}
