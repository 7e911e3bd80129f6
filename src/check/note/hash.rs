//! One hash for phrases and features, the same in the publisher and on the
//! phone: FNV-1a over 64 bits with a final mix (after MurmurHash3's).

/// A hash being made.
#[derive(Clone, Copy, Debug)]
pub struct Hash(u64);

impl Hash {
    /// A hash of nothing; `seed` keeps kinds of things apart.
    pub const fn new(seed: u8) -> Self {
        Self(0xCBF2_9CE4_8422_2325 ^ (seed as u64) << 56)
    }

    /// Adds one byte.
    #[inline]
    #[must_use]
    pub const fn byte(self, byte: u8) -> Self {
        Self((self.0 ^ byte as u64).wrapping_mul(0x0000_0100_0000_01B3))
    }

    /// Adds bytes.
    #[inline]
    #[must_use]
    pub fn bytes(self, bytes: &[u8]) -> Self {
        bytes.iter().fold(self, |hash, &byte| hash.byte(byte))
    }

    /// The hash.
    #[inline]
    pub const fn finish(self) -> u32 {
        let mut mixed = self.0;
        mixed ^= mixed >> 33;
        mixed = mixed.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        mixed ^= mixed >> 33;
        mixed as u32
    }
}
