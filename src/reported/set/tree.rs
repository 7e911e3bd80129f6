//! Ascending integers between two bounds, by binary interpolative coding
//! (Moffat and Stuiver, 2000).
//!
//! Of *n* integers that lie in a range of *n* + *slack*, the one in the
//! middle is written first, as the number from 0 to *slack* by which it lies
//! above the least that it could be; then those before it, which have that
//! number as their slack; then those behind it, which have the rest. Where no
//! slack is left nothing is written, so a run of neighbours costs nothing.
//! Any bits at all are the code of some ascending integers in the range.
//!
//! Before the left part of a long list stands its length in bits, so that a
//! search need not read it to go to the right.

use super::bits::{Bits, Writer};

/// From this many integers on, the length of the left part is written.
const LONG: usize = 48;

/// Width in bits of a length that was foreseen, as its distance from that.
const NEAR: u32 = 6;
/// What is taken off a foreseen length to have the least that is near it.
const BELOW: usize = 40;

/// Eight times the binary logarithm, roughly, of a number that is not 0.
#[inline(always)]
fn eight_logarithms(number: u64) -> usize {
    let whole = number.ilog2();
    (8 * whole) as usize + (number << 3 >> whole & 7) as usize
}

/// How long the code of `count` integers probably is, less [`BELOW`] bits.
#[inline(always)]
fn foreseen(count: usize, slack: u64) -> usize {
    let each = eight_logarithms(slack + count as u64) - eight_logarithms(count as u64) + 14;
    (count * each / 8).saturating_sub(BELOW)
}

/// Width in bits of the length of a left part of `count` integers. A bit an
/// integer is more than the lengths inside it take.
#[inline(always)]
fn length_width(count: usize, slack: u64) -> u32 {
    let most = count as u32 * (u64::BITS + 1 - slack.leading_zeros());
    u32::BITS - most.leading_zeros()
}

/// The length at `at` of a left part, and where the part starts.
#[inline(always)]
fn length(bits: Bits<'_>, at: usize, count: usize, slack: u64) -> (usize, usize) {
    let far = bits.get(at, 1) == 1;
    let width = if far {
        length_width(count, slack)
    } else {
        NEAR
    };
    let least = if far { 0 } else { foreseen(count, slack) };
    let length = least + bits.get(at + 1, width) as usize;
    (length, at + 1 + width as usize)
}

/// Writes the length of a left part.
fn put_length(into: &mut Writer, length: usize, count: usize, slack: u64) {
    match length.checked_sub(foreseen(count, slack)) {
        Some(distance) if distance < 1 << NEAR => {
            into.put(0, 1);
            into.put(distance as u64, NEAR);
        }
        _ => {
            into.put(1, 1);
            into.put(length as u64, length_width(count, slack));
        }
    }
}

/// A coded list of integers.
#[derive(Clone, Copy)]
pub struct Tree<'a> {
    pub bits: Bits<'a>,
    /// Where its code starts.
    pub at: usize,
    /// The least value the first integer could have.
    pub lowest: u64,
    /// How many there are.
    pub count: usize,
    /// How many integers of the range are not in the list.
    pub slack: u64,
}

impl Tree<'_> {
    /// How many integers are at most `key`, and the last of them if there is
    /// one.
    #[inline(always)]
    pub fn at_or_before(&self, key: u64) -> (usize, Option<u64>) {
        let Self {
            bits,
            mut at,
            lowest,
            mut count,
            mut slack,
        } = *self;
        // The least value of the first integer that is left to look at, how
        // many lie before it, and the last of those.
        let (mut lowest, mut before, mut last) = (lowest, 0, None);
        while count > 0 {
            if slack == 0 {
                if key >= lowest {
                    let within = (key - lowest).min(count as u64 - 1);
                    return (before + within as usize + 1, Some(lowest + within));
                }
                break;
            }
            let left = count / 2;
            let (above, end) = bits.up_to(at, slack);
            at = end;
            let value = lowest + left as u64 + above;
            if value > key {
                if count >= LONG {
                    (_, at) = length(bits, at, left, above);
                }
                (count, slack) = (left, above);
                continue;
            }
            (last, before) = (Some(value), before + left + 1);
            if value == key {
                break;
            }
            at = if count >= LONG {
                let (length, at) = length(bits, at, left, above);
                at + length
            } else {
                skip(bits, at, left, above)
            };
            (lowest, count, slack) = (value + 1, count - left - 1, slack - above);
        }
        (before, last)
    }

    /// Writes the integers to `into`, which has room for them. Returns where
    /// the code ends, or nothing if a length in it is wrong.
    pub fn read(&self, into: &mut [u64]) -> Option<usize> {
        let Self {
            bits,
            at,
            lowest,
            count,
            slack,
        } = *self;
        if slack == 0 {
            for (value, place) in (lowest..).zip(into) {
                *place = value;
            }
            return Some(at);
        }
        let left = count / 2;
        let Some((before, [middle, behind @ ..])) = into.split_at_mut_checked(left) else {
            return Some(at);
        };
        let (above, mut at) = bits.up_to(at, slack);
        *middle = lowest + left as u64 + above;
        let mut end = None;
        if count >= LONG {
            let (length, start) = length(bits, at, left, above);
            at = start;
            end = Some(at + length);
        }
        let lower = Tree {
            bits,
            at,
            lowest,
            count: left,
            slack: above,
        };
        let at = lower.read(before)?;
        if end.is_some_and(|end| end != at) {
            return None;
        }
        let lowest = *middle + 1;
        let upper = Tree {
            bits,
            at,
            lowest,
            count: count - left - 1,
            slack: slack - above,
        };
        upper.read(behind)
    }
}

/// Where the code of fewer than [`LONG`] integers ends.
fn skip(bits: Bits<'_>, mut at: usize, mut count: usize, mut slack: u64) -> usize {
    while slack > 0 {
        if count <= 1 {
            return match count {
                0 => at,
                _ => bits.after(at, slack),
            };
        }
        let left = count / 2;
        let (above, end) = bits.up_to(at, slack);
        at = match left {
            1 if above > 0 => bits.after(end, above),
            1 => end,
            _ => skip(bits, end, left, above),
        };
        (count, slack) = (count - left - 1, slack - above);
    }
    at
}

/// Writes ascending integers that are not below `lowest` and together leave
/// out `slack` of their range.
pub fn write(into: &mut Writer, values: &[u64], lowest: u64, slack: u64) {
    if slack == 0 {
        return;
    }
    let left = values.len() / 2;
    let Some((before, [middle, behind @ ..])) = values.split_at_checked(left) else {
        return;
    };
    let above = middle - lowest - left as u64;
    into.up_to(above, slack);
    if values.len() >= LONG {
        // Written apart, for its length comes first.
        let mut part = Writer::default();
        write(&mut part, before, lowest, above);
        put_length(into, part.len(), left, above);
        into.append(&part);
    } else {
        write(into, before, lowest, above);
    }
    write(into, behind, middle + 1, slack - above);
}
