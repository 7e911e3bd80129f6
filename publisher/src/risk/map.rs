//! The hottest blocks within a budget, as steps over the keys.

use std::collections::BTreeMap;

use ringfence::number::Plan;

use super::counts::{BlockCount, TOP};
use super::rates::{Cell, Country, Sizes, assignable, cells, damaged};
use crate::Error;

/// One in so many is the unit of shares of number space.
pub const UNIT: u64 = 1_000_000;

/// The shares of the assignable numbers of a calling code, in millionths, that
/// the levels 1, 2, ... of a published map are within: a block of level 1 or
/// more is within the hottest 1 %, of 2 or more within 0.3 %, of 3 or more
/// within 0.1 %. More levels would change no verdict, and make the map larger.
pub const SHARES: [u64; 5] = [10_000, 3_000, 1_000, 300, 100];

/// A block of the top level with fewer reported numbers than this has no hot
/// block in it: one number says too little about its neighbours.
pub const LEAST_NUMBERS: u64 = 2;

/// What a map is made with.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// For each level from 1, falling, at most 255: which share of the assignable numbers of
    /// a calling code, in [`UNIT`]s, its blocks and those of higher levels are
    /// within.
    pub shares: &'a [u64],
    /// Whether steps tell single reported numbers too. They take part in the
    /// budget either way.
    pub numbers: bool,
    /// The numbers that shares are of, for each calling code; the plan's own
    /// count for those it does not name.
    pub space: &'a [(u16, u64)],
}

impl Default for Options<'_> {
    /// As published: blocks, with [`SHARES`].
    fn default() -> Self {
        Self {
            shares: &SHARES,
            numbers: false,
            space: &[],
        }
    }
}

/// Which numbers are likely to be reported next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RiskMap {
    /// The day up to which reports count, from 1970-01-01.
    pub as_of: u32,
    /// The keys at which the level changes, ascending, and the level from
    /// there on. It is 0 before the first. No two neighbours are equal.
    pub steps: Vec<(u64, u8)>,
    /// For each level, from 0: the share of the assignable numbers of a calling
    /// code, in [`UNIT`]s, that its blocks and those of higher levels are
    /// within; 0 for level 0 and for levels that no step leads to.
    pub levels: Vec<u64>,
    /// How many assignable numbers of each calling code are at each level
    /// or above; index 0 is level 1. Numbers by themselves are counted in.
    pub used: BTreeMap<u16, Vec<u64>>,
}

impl RiskMap {
    /// The level at a key.
    pub fn level(&self, key: u64) -> u8 {
        let after = self.steps.partition_point(|&(start, _)| start <= key);
        let step = after.checked_sub(1).and_then(|index| self.steps.get(index));
        step.map_or(0, |&(_, level)| level)
    }
}

/// Makes the map.
///
/// `counts` gives the [`counts`](super::counts::counts) in their order and is
/// called three times: for the sums of each calling code, for the budget, and
/// for the steps. What is held besides the result is the counts of one block of
/// 10,000 numbers (at most 11,111 of 48 bytes) and for each calling code a table
/// of the different lifts, which are told apart to 1 in 65,536: some hundred
/// thousand entries of 24 bytes for millions of reports.
///
/// # Errors
/// As `counts`, and [`Error::Database`] if the numbering plan is damaged.
pub fn map<C>(
    plan: &Plan<'_>,
    as_of: u32,
    options: &Options<'_>,
    counts: impl Fn() -> C,
) -> Result<RiskMap, Error>
where
    C: Iterator<Item = Result<BlockCount, Error>>,
{
    let mut countries: BTreeMap<u16, Country> = BTreeMap::new();
    families(plan, counts(), |code, family, sizes| {
        let country = countries.entry(code).or_default();
        for (index, count) in family.iter().enumerate() {
            if sizes.of(index, count.level) > 0 {
                country.add(count);
            }
        }
    })?;
    for (&code, country) in &mut countries {
        country.numbers = plan.assignable_in(code).map_err(damaged)?;
    }

    let mut heats: BTreeMap<(u16, u64), u64> = BTreeMap::new();
    families(plan, counts(), |code, family, sizes| {
        let country = countries.get(&code).copied().unwrap_or_default();
        for cell in cells(&country, family, sizes) {
            if is_evidence(&cell) {
                *heats.entry((code, bin(cell.lift))).or_default() += cell.numbers;
            }
        }
    })?;
    let mut limits: BTreeMap<u16, Limits> = BTreeMap::new();
    for (&code, country) in &countries {
        let named = options.space.iter().find(|space| space.0 == code);
        let space = named.map_or(country.numbers, |space| space.1);
        let bins = heats.range((code, 0)..=(code, u64::MAX)).rev();
        let bins = bins.map(|(&(_, bin), &numbers)| (bin, numbers));
        limits.insert(code, Limits::new(options.shares, space, bins));
    }

    let mut steps = Steps::default();
    families(plan, counts(), |code, family, sizes| {
        let country = countries.get(&code).copied().unwrap_or_default();
        let limits = limits.get(&code);
        let mut cells = cells(&country, family, sizes);
        cells.retain(|cell| options.numbers || cell.level > 0);
        // Larger blocks first.
        cells.sort_by_key(|cell| (start(cell), u8::MAX - cell.level));
        for cell in &cells {
            let level = match limits {
                Some(limits) if is_evidence(cell) => limits.level(bin(cell.lift)),
                _ => 0,
            };
            steps.block(start(cell), 10_u64.pow(cell.level.into()), level);
        }
        steps.end();
    })?;
    let used = limits.into_iter().map(|(code, limits)| (code, limits.used));
    let mut levels = vec![0; options.shares.len() + 1];
    for &(_, level) in steps.steps.iter().filter(|step| step.1 > 0) {
        levels[usize::from(level)] = options.shares[usize::from(level) - 1];
    }
    Ok(RiskMap {
        as_of,
        levels,
        steps: steps.steps,
        used: used.collect(),
    })
}

/// Hands on the families of counts that have assignable numbers.
fn families<C>(
    plan: &Plan<'_>,
    counts: C,
    mut each: impl FnMut(u16, &[BlockCount], &Sizes),
) -> Result<(), Error>
where
    C: Iterator<Item = Result<BlockCount, Error>>,
{
    let mut family = Vec::new();
    for count in counts {
        let count = count?;
        family.push(count);
        if usize::from(count.level) == TOP {
            if let Some((code, sizes)) = assignable(plan, &family)? {
                each(code, &family, &sizes);
            }
            family.clear();
        }
    }
    Ok(())
}

fn is_evidence(cell: &Cell) -> bool {
    cell.numbers > 0 && (cell.level == 0 || cell.reported >= LEAST_NUMBERS)
}

fn start(cell: &Cell) -> u64 {
    cell.block * 10_u64.pow(cell.level.into())
}

/// Lifts in steps of at most 1/65,536, in the same order: the upper bits of a
/// positive floating-point number order as it does.
fn bin(lift: f64) -> u64 {
    lift.to_bits() >> 36
}

/// From which bin on a cell has each level.
struct Limits {
    /// For each level from 1: the lowest bin.
    lowest: Vec<u64>,
    /// For each level from 1: how many numbers are in these bins.
    used: Vec<u64>,
}

impl Limits {
    /// `bins` from the hottest down, with how many numbers are in each.
    fn new(shares: &[u64], space: u64, bins: impl Iterator<Item = (u64, u64)>) -> Self {
        let budget = |share: u64| u128::from(space) * u128::from(share) / u128::from(UNIT);
        let mut limits = Self {
            lowest: vec![u64::MAX; shares.len()],
            used: vec![0; shares.len()],
        };
        let mut sum = 0_u64;
        for (bin, numbers) in bins {
            sum = sum.saturating_add(numbers);
            let places = limits.lowest.iter_mut().zip(&mut limits.used);
            for ((lowest, used), &share) in places.zip(shares) {
                if u128::from(sum) <= budget(share) {
                    (*lowest, *used) = (bin, sum);
                }
            }
        }
        limits
    }

    fn level(&self, bin: u64) -> u8 {
        // Shares fall, so the lowest bins rise.
        self.lowest.partition_point(|&lowest| lowest <= bin) as u8
    }
}

/// Steps in the making, from blocks within blocks.
#[derive(Default)]
struct Steps {
    steps: Vec<(u64, u8)>,
    /// The ends and levels of the blocks that are open, the largest first.
    open: Vec<(u64, u8)>,
}

impl Steps {
    /// A block that starts where no earlier one did, but those it is in.
    fn block(&mut self, start: u64, length: u64, level: u8) {
        self.close(start);
        self.open.push((start + length, level));
        self.step(start, level);
    }

    /// No open block goes on.
    fn end(&mut self) {
        self.close(u64::MAX);
    }

    fn close(&mut self, start: u64) {
        while let Some(&(end, _)) = self.open.last()
            && end <= start
        {
            self.open.pop();
            let level = self.open.last().map_or(0, |&(_, level)| level);
            self.step(end, level);
        }
    }

    fn step(&mut self, key: u64, level: u8) {
        if self.steps.last().is_some_and(|last| last.0 == key) {
            self.steps.pop();
        }
        if self.steps.last().map_or(0, |last| last.1) != level {
            self.steps.push((key, level));
        }
    }
}
