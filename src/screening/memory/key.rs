//! Keyed hashes instead of numbers.

use std::fmt;
use std::hash::Hasher;

use siphasher::sip::SipHasher24;

use crate::number::E164;

/// Numbers that differ only in so many last digits are neighbours: swindlers
/// rent and fake numbers by the thousand.
const NEIGHBOURS: usize = 3;

/// The secret of one phone: hashes made with another key have nothing in
/// common with its own.
///
/// Whoever has both the key and the records can try all numbers, so this
/// keeps numbers from whoever sees only the records, and out of everything
/// that is made from them.
#[derive(Clone, PartialEq, Eq)]
pub struct MemoryKey([u8; 16]);

impl MemoryKey {
    /// A key from 16 random bytes of the system's generator.
    pub const fn new(random: [u8; 16]) -> Self {
        Self(random)
    }

    /// The bytes, to be stored.
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// How a number and its neighbourhood are remembered.
    pub fn caller(&self, number: &E164) -> CallerHash {
        let digits = number.digits();
        let block = digits.get(..digits.len().saturating_sub(NEIGHBOURS));
        CallerHash {
            number: self.hash(Domain::Number, digits),
            block: self.hash(Domain::Block, block.unwrap_or_default()),
        }
    }

    /// All callers without a number together.
    pub(super) fn hidden(&self) -> Subject {
        self.hash(Domain::Hidden, &[])
    }

    /// All scams together.
    pub(super) fn any_scam(&self) -> Subject {
        self.hash(Domain::AnyScam, &[])
    }

    /// A checksum that only this key makes.
    pub fn check(&self, bytes: &[u8]) -> u32 {
        self.hash(Domain::Check, bytes).0 as u32
    }

    /// SipHash-2-4 (Aumasson and Bernstein, 2012), which is made for keyed
    /// hashes of short inputs.
    fn hash(&self, domain: Domain, bytes: &[u8]) -> Subject {
        let mut hasher = SipHasher24::new_with_key(&self.0);
        hasher.write(&[domain as u8]);
        hasher.write(bytes);
        Subject(hasher.finish())
    }
}

/// The key is a secret.
impl fmt::Debug for MemoryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemoryKey")
    }
}

/// What is hashed, so that nothing of one sort is ever taken for another.
/// The codes are stored in effect, so they never change.
#[derive(Clone, Copy)]
enum Domain {
    Number = 1,
    Block = 2,
    Hidden = 3,
    AnyScam = 4,
    Check = 5,
}

/// A keyed hash of something that is remembered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject(pub(super) u64);

impl Subject {
    /// The hash, to be stored.
    pub const fn value(self) -> u64 {
        self.0
    }

    /// A hash that was stored.
    pub const fn from_value(value: u64) -> Self {
        Self(value)
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Subject")
    }
}

/// A number as it is remembered: enough to mark it later without having it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallerHash {
    /// The number.
    pub number: Subject,
    /// The number without its last three digits.
    pub block: Subject,
}
