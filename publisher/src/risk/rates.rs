//! From decayed counts to how likely each block is to be reported next.
//!
//! The **lift** of a block is its rate of reports per assignable number over
//! the mean rate of its calling code. From the largest blocks down, with `k`
//! the [`STRENGTH`] of the level,
//!
//! ```text
//! lift(block) = lift(parent) * (k + heat(block)) / (k + expected(block))
//! expected(block) = lift(parent) * share(block) * heat(all blocks of its level)
//! ```
//!
//! where `share` is the block's part of the assignable numbers of its calling
//! code and the parent of a block of the top level has lift 1. That is the
//! mean of a gamma distribution whose prior says as much as `k` reports: with
//! few reports a block is taken to be like its parent.

use ringfence::database::Fault;
use ringfence::number::Plan;

use super::counts::{BlockCount, HALF_LIVES, LEVELS, ONE, TOP};
use crate::Error;

/// How much each of [`HALF_LIVES`] counts, in fifths.
pub const MIX: [u64; HALF_LIVES.len()] = [3, 2];
/// How many reports of today the prior of a level is worth, for levels 0 to 4.
pub const STRENGTH: [f64; LEVELS.len()] = [0.5, 4.0, 8.0, 8.0, 16.0];

/// Reports of today that a count is worth.
pub fn heat(count: [u64; HALF_LIVES.len()]) -> f64 {
    let [fast, slow] = count;
    let sum = u128::from(fast) * u128::from(MIX[0]) + u128::from(slow) * u128::from(MIX[1]);
    sum as f64 / ((MIX[0] + MIX[1]) * ONE) as f64
}

/// Numbers that have the same lift: those of a block that are in none of its
/// sub-blocks with reports.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// How many trailing digits the block leaves open.
    pub level: u8,
    /// The digits that its numbers have in common.
    pub block: u64,
    /// How many assignable numbers it has.
    pub numbers: u64,
    /// How often they are reported, over the mean of the calling code.
    pub lift: f64,
    /// How many numbers of the block of the top level that it is in were
    /// reported.
    pub reported: u64,
}

/// What is known of a calling code.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Country {
    /// How many numbers are assignable.
    pub numbers: u64,
    /// The sum of the counts of each level's blocks.
    pub counts: [[u64; HALF_LIVES.len()]; LEVELS.len()],
}

impl Country {
    /// Adds a block.
    pub fn add(&mut self, count: &BlockCount) {
        if let Some(sums) = self.counts.get_mut(usize::from(count.level)) {
            for (sum, heat) in sums.iter_mut().zip(count.heat) {
                *sum = sum.saturating_add(heat);
            }
        }
    }
}

/// How many numbers of each block of a family are assignable: a family is the
/// counts of a block of the top level and of all in it, as they come from
/// [`counts`](super::counts::counts). `None` if none is.
///
/// # Errors
/// [`Error::Database`] if the numbering plan is damaged.
pub fn assignable(plan: &Plan<'_>, family: &[BlockCount]) -> Result<Option<(u16, Sizes)>, Error> {
    let Some(top) = family.last() else {
        return Ok(None);
    };
    let under = |count: &BlockCount| {
        let found = plan.assignable(count.block, count.level.into());
        found.map_err(damaged)
    };
    let Some(found) = under(top)?.filter(|found| found.numbers > 0) else {
        return Ok(None);
    };
    if found.numbers == 10_u64.pow(TOP as u32) {
        return Ok(Some((found.calling_code, Sizes::Full)));
    }
    let sizes = family.iter().map(|count| {
        let found = under(count)?;
        Ok(found.map_or(0, |found| found.numbers))
    });
    let sizes = sizes.collect::<Result<_, Error>>()?;
    Ok(Some((found.calling_code, Sizes::Each(sizes))))
}

pub(super) fn damaged(fault: Fault) -> Error {
    Error::Database(fault.into())
}

/// How many numbers of each block are assignable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sizes {
    /// All.
    Full,
    /// So many, in the order of the family.
    Each(Vec<u64>),
}

impl Sizes {
    /// The size of the block with this index in its family.
    pub fn of(&self, index: usize, level: u8) -> u64 {
        match self {
            Self::Full => 10_u64.pow(level.into()),
            Self::Each(sizes) => sizes.get(index).copied().unwrap_or(0),
        }
    }
}

/// The cells of a family, in the family's order.
pub fn cells(country: &Country, family: &[BlockCount], sizes: &Sizes) -> Vec<Cell> {
    let totals = country.counts.map(heat);
    let numbers = country.numbers.max(1) as f64;
    let expected =
        |lift: f64, size: u64, level: usize| lift * (size as f64 / numbers) * totals[level];
    let reported = family.last().map_or(0, |top| top.numbers);
    // From the largest block down: in reverse, a block comes after the one it
    // is in.
    let mut lifts = [1.0; LEVELS.len() + 1];
    // For each level the cell of the block that is being looked at.
    let mut open = [0; LEVELS.len()];
    let mut cells: Vec<Cell> = Vec::with_capacity(family.len());
    for (index, count) in family.iter().enumerate().rev() {
        let level = usize::from(count.level).min(TOP);
        let size = sizes.of(index, count.level);
        let k = STRENGTH[level];
        let parent = lifts[level + 1];
        let lift = parent * (k + heat(count.heat)) / (k + expected(parent, size, level));
        lifts[level] = lift;
        if level < TOP
            && let Some(parent) = cells.get_mut(open[level + 1])
        {
            parent.numbers = parent.numbers.saturating_sub(size);
        }
        open[level] = cells.len();
        // The rest of the block is sub-blocks without a report.
        let rest = match level {
            0 => lift,
            _ => {
                let below = level - 1;
                let k = STRENGTH[below];
                let size = 10_u64.pow(below as u32).min(size);
                lift * k / (k + expected(lift, size, below))
            }
        };
        cells.push(Cell {
            level: count.level,
            block: count.block,
            numbers: size,
            lift: rest,
            reported,
        });
    }
    cells.reverse();
    cells
}
