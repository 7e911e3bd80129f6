//! Four bits for each key of a chunk.
//!
//! They stand on both sides of a place in the bits: behind it how they are
//! written, before it, ending there, the values. So whoever wants the keys
//! behind them does not read the values.
//!
//! | behind it | before it |
//! |---|---|
//! | 0 (3 bits), the value all keys have (4 bits) | |
//! | 4 (3 bits), the value most keys have (4 bits), how many have another (5 bits), the length of their places in bits (8 bits) | the values of those (4 bits each), and their places, coded as a [`Tree`] |
//! | 1 (2 bits) | two values (4 bits each), then which of them each key has (1 bit) |
//! | 2 (2 bits) | four values (4 bits each), then which of them each key has (2 bits) |
//! | 3 (2 bits) | each key's value (4 bits) |

use super::bits::{Bits, Writer};
use super::tree::{self, Tree};

/// Most keys with another value than most have.
const MOST_OTHERS: usize = 31;

/// The payloads of `count` keys.
#[derive(Clone, Copy)]
pub struct Payloads<'a> {
    bits: Bits<'a>,
    /// Between the values and how they are written.
    at: usize,
    count: usize,
}

impl<'a> Payloads<'a> {
    #[inline(always)]
    pub fn new(bits: Bits<'a>, at: usize, count: usize) -> Self {
        Self { bits, at, count }
    }

    /// Where they end.
    #[inline(always)]
    pub fn end(&self) -> usize {
        match self.bits.get(self.at, 3) {
            0 => self.at + 7,
            4 => self.at + 20,
            _ => self.at + 2,
        }
    }

    /// Where they start; nothing if that is before all bits.
    pub fn start(&self) -> Option<usize> {
        let length = match self.bits.get(self.at, 2) {
            0 => match self.others() {
                0 => 0,
                others => 4 * others + self.bits.get(self.at + 12, 8) as usize,
            },
            1 => 8 + self.count,
            2 => 16 + 2 * self.count,
            _ => 4 * self.count,
        };
        self.at.checked_sub(length)
    }

    /// How many keys have another value than most, where most have the same.
    fn others(&self) -> usize {
        match self.bits.get(self.at, 3) {
            4 => self.bits.get(self.at + 7, 5) as usize,
            _ => 0,
        }
    }

    /// The places of those keys; nothing if they do not fit the keys.
    fn places(&self) -> Option<Tree<'a>> {
        let count = self.others();
        Some(Tree {
            bits: self.bits,
            at: self.start()? + 4 * count,
            lowest: 0,
            count,
            slack: self.count.checked_sub(count)? as u64,
        })
    }

    /// The value of a key; nothing if the code makes no sense.
    pub fn get(&self, index: usize) -> Option<u8> {
        let start = self.start()?;
        let chosen = |width: u32| {
            let which = start + (4 << width) + width as usize * index;
            start + 4 * self.bits.get(which, width) as usize
        };
        let place = match self.bits.get(self.at, 2) {
            0 if self.others() == 0 => self.at + 3,
            0 => match self.places()?.at_or_before(index as u64) {
                (before, Some(last)) if last == index as u64 => start + 4 * (before - 1),
                _ => self.at + 3,
            },
            1 => chosen(1),
            2 => chosen(2),
            _ => start + 4 * index,
        };
        Some(self.bits.get(place, 4) as u8)
    }

    /// Writes the value of each key to `into`, which has room for as many.
    /// Nothing if the code makes no sense.
    pub fn read(&self, into: &mut [u8]) -> Option<()> {
        let start = self.start()?;
        if self.bits.get(self.at, 2) != 0 {
            for (index, value) in into.iter_mut().enumerate() {
                *value = self.get(index)?;
            }
            return Some(());
        }
        into.fill(self.bits.get(self.at + 3, 4) as u8);
        let count = self.others();
        if count == 0 {
            return Some(());
        }
        let mut places = [0; MOST_OTHERS];
        let places = places.get_mut(..count)?;
        let end = self.places()?.read(places)?;
        for (other, &place) in places.iter().enumerate() {
            *into.get_mut(place as usize)? = self.bits.get(start + 4 * other, 4) as u8;
        }
        (end == self.at).then_some(())
    }
}

/// Writes payloads, each under 16, in the shortest way; of ways that are as
/// short, the first. Returns the place between the values and how they are
/// written.
pub fn write(into: &mut Writer, payloads: &[u8]) -> usize {
    let mut counts = [0_usize; 16];
    for &payload in payloads {
        counts[usize::from(payload & 15)] += 1;
    }
    // The values from the most common to the least.
    let mut values: [u8; 16] = std::array::from_fn(|value| value as u8);
    values.sort_by_key(|&value| (usize::MAX - counts[usize::from(value)], value));
    let used = counts.iter().filter(|&&count| count > 0).count();
    let (width, length) = match used {
        0..=2 => (1, 8 + payloads.len()),
        3..=4 => (2, 16 + 2 * payloads.len()),
        _ => (4, 4 * payloads.len()),
    };

    let mut places = Vec::new();
    if payloads.len() - counts[usize::from(values[0])] <= MOST_OTHERS {
        let others = (0..)
            .zip(payloads)
            .filter(|(_, payload)| **payload != values[0]);
        places.extend(others.map(|(place, _)| place));
        let mut code = Writer::default();
        tree::write(
            &mut code,
            &places,
            0,
            (payloads.len() - places.len()) as u64,
        );
        if 18 + 4 * places.len() + code.len() <= length && code.len() < 256 {
            for &place in &places {
                into.put(payloads[place as usize].into(), 4);
            }
            into.append(&code);
            let at = into.len();
            let some = u64::from(!places.is_empty());
            into.put(u64::from(values[0]) << 3 | some << 2, 7);
            if some == 1 {
                into.put(places.len() as u64, 5);
                into.put(code.len() as u64, 8);
            }
            return at;
        }
    }
    let palette = match width {
        4 => &[][..],
        _ => &values[..1 << width],
    };
    for &value in palette {
        into.put(value.into(), 4);
    }
    for payload in payloads {
        let which = palette.iter().position(|value| value == payload);
        into.put(which.map_or((*payload).into(), |which| which as u64), width);
    }
    let at = into.len();
    into.put(width.min(3).into(), 2);
    at
}
