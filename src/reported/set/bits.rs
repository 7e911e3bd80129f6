//! Reading and writing bits, least significant first.

/// Bits to read. Past the end there are zeros.
#[derive(Clone, Copy)]
pub struct Bits<'a>(pub &'a [u8]);

impl Bits<'_> {
    /// The bits from `at` on, at least 57 of them.
    #[inline(always)]
    fn window(self, at: usize) -> u64 {
        let rest = self.0.get(at / 8..).unwrap_or_default();
        let word = match rest.first_chunk() {
            Some(bytes) => u64::from_le_bytes(*bytes),
            None => tail(rest),
        };
        word >> (at % 8)
    }

    /// The integer of `width` bits, at most 57, at `at`.
    #[inline(always)]
    pub fn get(self, at: usize, width: u32) -> u64 {
        self.window(at) & ones(width)
    }

    /// A number from 0 to `most`, which is not 0 and under 2^57, written by
    /// [`Writer::up_to`] at `at`, and where it ends.
    ///
    /// Of the `most` + 1 numbers those in the middle, which are more common,
    /// take one bit less than the others.
    #[inline(always)]
    pub fn up_to(self, at: usize, most: u64) -> (u64, usize) {
        let (width, short, middle) = code(most);
        let window = self.window(at);
        let stem = window & ones(width - 1);
        let long = stem >= short;
        let extra = window >> (width - 1) & 1;
        let turned = if long { 2 * stem + extra - short } else { stem };
        let number = turned + middle;
        let number = if number > most {
            number - most - 1
        } else {
            number
        };
        (number, at + width as usize - usize::from(!long))
    }

    /// Where a number from 0 to `most` that starts at `at` ends.
    #[inline(always)]
    pub fn after(self, at: usize, most: u64) -> usize {
        let (width, short, _) = code(most);
        let stem = self.window(at) & ones(width - 1);
        at + width as usize - usize::from(stem < short)
    }
}

#[cold]
fn tail(rest: &[u8]) -> u64 {
    let bytes = rest.iter().rev();
    bytes.fold(0, |word, &byte| word << 8 | u64::from(byte))
}

#[inline(always)]
fn ones(width: u32) -> u64 {
    (1 << width) - 1
}

/// How a number from 0 to `most` is written: the width in bits of the longer
/// codes, how many numbers have a code that is a bit shorter, and the first
/// of those.
#[inline(always)]
fn code(most: u64) -> (u32, u64, u64) {
    let width = u64::BITS - most.leading_zeros();
    let short = most ^ ones(width);
    (width, short, (most + 1 - short) / 2)
}

/// Bits being written.
#[derive(Default)]
pub struct Writer {
    bytes: Vec<u8>,
    /// The bits that do not fill a byte yet.
    open: u64,
    /// How many they are.
    width: u32,
}

impl Writer {
    /// How many bits were written.
    pub fn len(&self) -> usize {
        8 * self.bytes.len() + self.width as usize
    }

    pub fn clear(&mut self) {
        self.bytes.clear();
        (self.open, self.width) = (0, 0);
    }

    /// Writes the lowest `width` bits of `value`, which has no others and at
    /// most 56.
    pub fn put(&mut self, value: u64, width: u32) {
        self.open |= value << self.width;
        self.width += width;
        while self.width >= 8 {
            self.bytes.push(self.open as u8);
            self.open >>= 8;
            self.width -= 8;
        }
    }

    /// Writes a number from 0 to `most`, which is not 0 and under 2^56.
    pub fn up_to(&mut self, number: u64, most: u64) {
        let (width, short, middle) = code(most);
        let turned = match number.checked_sub(middle) {
            Some(turned) => turned,
            None => number + most + 1 - middle,
        };
        if turned < short {
            self.put(turned, width - 1);
        } else {
            let long = turned + short;
            self.put(long >> 1, width - 1);
            self.put(long & 1, 1);
        }
    }

    /// Writes all bits of another.
    pub fn append(&mut self, other: &Self) {
        for &byte in &other.bytes {
            self.put(byte.into(), 8);
        }
        self.put(other.open, other.width);
    }

    /// Fills the last byte with zeros; all bytes.
    pub fn bytes(&mut self) -> &[u8] {
        self.put(0, self.width.wrapping_neg() % 8);
        &self.bytes
    }
}
