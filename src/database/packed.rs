//! Deflated parts of sections, and where they stay once inflated.

use std::sync::OnceLock;

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::error::{Fault, FaultKind};
use super::format::MAX_INFLATED;
use super::section::Section;

/// How many parts can be kept.
const PLACES: usize = 64;

impl Section<'_> {
    /// Inflates the `length` bytes at `at`, a raw DEFLATE stream, to
    /// `inflated` bytes.
    ///
    /// # Errors
    /// A [`Fault`], of kind [`FaultKind::Content`] if the stream is damaged,
    /// too long or of another length.
    pub(crate) fn inflate(
        &self,
        at: usize,
        length: usize,
        inflated: usize,
    ) -> Result<Box<[u8]>, Fault> {
        let deflated = self.bytes(at, length)?;
        let content = self.fault(FaultKind::Content);
        if inflated > MAX_INFLATED {
            return Err(content);
        }
        let mut bytes = vec![0; inflated].into_boxed_slice();
        let mut state = DecompressorOxide::new();
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, read, written) = decompress(&mut state, deflated, &mut bytes, 0, flags);
        let whole = status == TINFLStatus::Done && read == length && written == inflated;
        whole.then_some(bytes).ok_or(content)
    }
}

/// What was inflated, or why it could not be.
type Part = OnceLock<Result<Box<[u8]>, Fault>>;

/// Parts that were inflated. They stay as long as the database is open, so
/// that what is read from them can be lent like all the rest.
pub(super) struct Inflated([Part; PLACES]);

impl Default for Inflated {
    fn default() -> Self {
        Self([const { OnceLock::new() }; PLACES])
    }
}

impl Inflated {
    pub fn get(
        &self,
        place: usize,
        inflate: impl FnOnce() -> Result<Box<[u8]>, Fault>,
    ) -> Result<&[u8], Fault> {
        // The remainder only keeps the index within the array: places are fewer.
        let part = &self.0[place % PLACES];
        match part.get_or_init(inflate) {
            Ok(bytes) => Ok(bytes),
            Err(fault) => Err(*fault),
        }
    }
}
