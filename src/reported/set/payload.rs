//! Four bits for each of up to 128 keys.
//!
//! Two bits say how, then follow
//!
//! | | |
//! |---|---|
//! | 0 | most are the same: the value they have (4 bits), how many have another (5 bits); if some do, the length of their places in bits (8 bits), their values (4 bits each) and their places, coded as a [`Tree`] |
//! | 1 | two values (4 bits each), then which of them each key has (1 bit) |
//! | 2 | four values (4 bits each), then which of them each key has (2 bits) |
//! | 3 | each key's value (4 bits) |

use super::bits::{Bits, Writer};
use super::tree::{self, Tree};

/// Most keys with another value than most have.
const MOST_OTHERS: usize = 31;

/// The payloads of `count` keys.
#[derive(Clone, Copy)]
pub struct Payloads<'a> {
    bits: Bits<'a>,
    at: usize,
    count: usize,
}

impl<'a> Payloads<'a> {
    pub fn new(bits: Bits<'a>, at: usize, count: usize) -> Self {
        Self { bits, at, count }
    }

    /// Where they end.
    #[inline]
    pub fn end(&self) -> usize {
        let at = self.at + 2;
        match self.bits.get(self.at, 2) {
            0 => match self.others() {
                0 => at + 9,
                others => at + 17 + 4 * others + self.bits.get(at + 9, 8) as usize,
            },
            1 => at + 8 + self.count,
            2 => at + 16 + 2 * self.count,
            _ => at + 4 * self.count,
        }
    }

    /// How many keys have another value than most, where that is so written.
    fn others(&self) -> usize {
        self.bits.get(self.at + 6, 5) as usize
    }

    /// The places of those keys; nothing if they do not fit the keys.
    fn places(&self) -> Option<Tree<'a>> {
        let count = self.others();
        Some(Tree {
            bits: self.bits,
            at: self.at + 19 + 4 * count,
            lowest: 0,
            count,
            slack: self.count.checked_sub(count)? as u64,
        })
    }

    /// The value of a key; nothing if the code makes no sense.
    pub fn get(&self, index: usize) -> Option<u8> {
        let at = self.at + 2;
        let chosen = |width: u32| {
            let values = at + (4 << width);
            let which = self.bits.get(values + width as usize * index, width);
            at + 4 * which as usize
        };
        let place = match self.bits.get(self.at, 2) {
            0 if self.others() == 0 => at,
            0 => match self.places()?.at_or_before(index as u64) {
                (before, Some(last)) if last == index as u64 => at + 17 + 4 * (before - 1),
                _ => at,
            },
            1 => chosen(1),
            2 => chosen(2),
            _ => at + 4 * index,
        };
        Some(self.bits.get(place, 4) as u8)
    }

    /// Writes the value of each key to `into`, which has room for as many.
    /// False if the code makes no sense.
    pub fn read(&self, into: &mut [u8]) -> bool {
        if self.bits.get(self.at, 2) != 0 {
            for (index, value) in into.iter_mut().enumerate() {
                *value = self.get(index).unwrap_or_default();
            }
            return true;
        }
        into.fill(self.bits.get(self.at + 2, 4) as u8);
        let count = self.others();
        if count == 0 {
            return true;
        }
        let mut places = [0; MOST_OTHERS];
        let places = places.get_mut(..count).unwrap_or_default();
        let end = self.places().and_then(|tree| tree.read(places));
        for (other, &place) in places.iter().enumerate() {
            if let Some(value) = into.get_mut(place as usize) {
                *value = self.bits.get(self.at + 19 + 4 * other, 4) as u8;
            }
        }
        end == Some(self.end())
    }
}

/// Writes payloads, each under 16, in the shortest way; of ways that are as
/// short, the first.
pub fn write(into: &mut Writer, payloads: &[u8]) {
    let mut counts = [0_usize; 16];
    for &payload in payloads {
        counts[usize::from(payload & 15)] += 1;
    }
    // The values from the most common to the least.
    let mut values: [u8; 16] = std::array::from_fn(|value| value as u8);
    values.sort_by_key(|&value| (usize::MAX - counts[usize::from(value)], value));
    let used = counts.iter().filter(|&&count| count > 0).count();
    let (width, fixed) = match used {
        0..=2 => (1, 8 + payloads.len()),
        3..=4 => (2, 16 + 2 * payloads.len()),
        _ => (4, 4 * payloads.len()),
    };

    let others = payloads
        .iter()
        .zip(0..)
        .filter(|(payload, _)| **payload != values[0]);
    let mut places = [0; MOST_OTHERS];
    let mut count = 0;
    for (_, place) in others.clone() {
        if let Some(slot) = places.get_mut(count) {
            *slot = place;
        }
        count += 1;
    }
    let mut code = Writer::default();
    if let Some(places) = places.get(..count) {
        tree::write(&mut code, places, 0, (payloads.len() - count) as u64);
        let sparse = match count {
            0 => 9,
            _ => 17 + 4 * count + code.len(),
        };
        if sparse <= fixed && code.len() < 256 {
            into.put(0, 2);
            into.put(values[0].into(), 4);
            into.put(count as u64, 5);
            if count > 0 {
                into.put(code.len() as u64, 8);
                for (&payload, _) in others {
                    into.put(payload.into(), 4);
                }
                into.append(&code);
            }
            return;
        }
    }
    if width == 4 {
        into.put(3, 2);
        for &payload in payloads {
            into.put(payload.into(), 4);
        }
        return;
    }
    into.put(width.into(), 2);
    let palette = &values[..1 << width];
    for &value in palette {
        into.put(value.into(), 4);
    }
    for payload in payloads {
        let which = palette.iter().position(|value| value == payload);
        into.put(which.unwrap_or(0) as u64, width);
    }
}
