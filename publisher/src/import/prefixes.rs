//! Prefixes of many lists, brought to one step function over keys.
//!
//! Where prefixes contradict each other, in this order:
//!
//! 1. a good number beats a blocked prefix; but a good prefix takes away the
//!    reports of its numbers up to its day;
//! 2. a longer prefix beats a shorter one;
//! 3. of two of the same length the later beats the earlier;
//! 4. of the same day, "allow" beats "block", and of two blocks the milder wins:
//!    not said what, then unwanted calls, then fraud.

use std::cmp::Reverse;

use ringfence::reported::ReportKind;
use serde::{Deserialize, Serialize};

use super::normalise::Block;

/// Most digits of an E.164 number that has a key.
pub const MAX_DIGITS: usize = 15;

/// What a list says of all numbers of one length that start alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prefix {
    /// The leading digits in E.164 form as an integer.
    pub digits: u64,
    /// How many leading digits, 2 to 15.
    pub length: u8,
    /// How many digits the numbers have, `length` to 15.
    pub total: u8,
    /// Whether the numbers are good.
    pub allow: bool,
    /// What calls from there are said to be, by its id.
    #[serde(with = "kind")]
    pub kind: ReportKind,
    /// The day of the list.
    pub day: u32,
}

mod kind {
    use ringfence::reported::ReportKind;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(kind: &ReportKind, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(kind.id())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<ReportKind, D::Error> {
        let id = std::borrow::Cow::<'de, str>::deserialize(from)?;
        id.parse().map_err(serde::de::Error::custom)
    }
}

impl Prefix {
    /// What is said of a block.
    pub(super) fn new(block: Block, allow: bool, kind: ReportKind, day: u32) -> Self {
        Self {
            digits: block.digits,
            length: block.length,
            total: block.total,
            allow,
            kind,
            day,
        }
    }

    pub(super) fn block(&self) -> Block {
        Block {
            digits: self.digits,
            length: self.length,
            total: self.total,
        }
    }

    /// The first key and the one after the last; `None` if the fields do not
    /// fit together.
    fn keys(&self) -> Option<(u64, u64)> {
        let more = self.total.checked_sub(self.length)?;
        if self.length == 0 || usize::from(self.total) > MAX_DIGITS {
            return None;
        }
        let size = 10_u64.pow(more.into());
        let fits = self.digits / 10_u64.pow(u32::from(self.length) - 1);
        (1..10)
            .contains(&fits)
            .then(|| (self.digits * size, (self.digits + 1) * size))
    }

    /// How strongly it holds against others of the same block: the greatest
    /// wins.
    fn strength(&self) -> (u32, bool, Reverse<u8>) {
        (self.day, self.allow, Reverse(harshness(self.kind)))
    }

    /// The level in [`steps`]: 0 if the numbers are good.
    pub fn level(&self) -> u8 {
        if self.allow { 0 } else { 1 + self.kind as u8 }
    }
}

/// Of two kinds that contradict each other the one with less wins.
pub(super) fn harshness(kind: ReportKind) -> u8 {
    match kind {
        ReportKind::Unspecified => 0,
        ReportKind::Unwanted => 1,
        ReportKind::Fraud => 2,
    }
}

/// The prefixes as a step function: the keys where the level changes and the
/// level from there on, ascending. Below the first key the level is 0. Level 0
/// means that nothing is said or that the numbers are good, any other is one
/// more than the code of the [`ReportKind`].
pub fn steps(prefixes: &[Prefix]) -> Vec<(u64, u8)> {
    let mut steps = Vec::new();
    let mut level = 0;
    for (key, winner) in winners(prefixes) {
        let next = winner.map_or(0, |prefix| prefix.level());
        if next != level {
            steps.push((key, next));
            level = next;
        }
    }
    steps
}

/// The days up to which good prefixes hold, as a step function: the keys where
/// that changes, ascending.
pub(super) fn allowed(prefixes: &[Prefix]) -> Vec<(u64, Option<u32>)> {
    let mut steps = Vec::new();
    let mut until = None;
    for (key, winner) in winners(prefixes) {
        let next = winner
            .filter(|prefix| prefix.allow)
            .map(|prefix| prefix.day);
        if next != until {
            steps.push((key, next));
            until = next;
        }
    }
    steps
}

/// The prefix that decides from a key on, ascending, each key once.
fn winners(prefixes: &[Prefix]) -> Vec<(u64, Option<&Prefix>)> {
    let mut sorted: Vec<(u64, u64, &Prefix)> = prefixes
        .iter()
        .filter_map(|prefix| prefix.keys().map(|(from, to)| (from, to, prefix)))
        .collect();
    // Blocks of one length of number lie within each other or apart, and those
    // of different lengths apart: the outer one comes first, and of equal ones
    // the strongest.
    sorted.sort_by_key(|&(from, to, prefix)| (from, Reverse(to), Reverse(prefix.strength())));
    sorted.dedup_by_key(|(_, _, prefix)| prefix.block());
    let mut steps: Vec<(u64, Option<&Prefix>)> = Vec::new();
    let mut step = |key: u64, winner| match steps.last_mut() {
        Some(last) if last.0 == key => last.1 = winner,
        _ => steps.push((key, winner)),
    };
    let mut open: Vec<(u64, &Prefix)> = Vec::new();
    for (from, to, prefix) in sorted {
        close(&mut open, from, &mut step);
        step(from, Some(prefix));
        open.push((to, prefix));
    }
    close(&mut open, u64::MAX, &mut step);
    steps
}

/// Ends all blocks that end at a key or before.
fn close<'p>(
    open: &mut Vec<(u64, &'p Prefix)>,
    key: u64,
    step: &mut impl FnMut(u64, Option<&'p Prefix>),
) {
    while let Some(&(end, _)) = open.last()
        && end <= key
    {
        open.pop();
        step(end, open.last().map(|&(_, prefix)| prefix));
    }
}
