//! Where words stand in a note.

use std::ops::Range;

/// A part of the note, as Kotlin counts: `note.substring(start, end)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Span {
    /// The first UTF-16 unit.
    pub start: i32,
    /// The one after the last.
    pub end: i32,
}

impl Span {
    /// From a span in bytes of the note.
    pub(crate) fn new(note: &str, bytes: Range<usize>) -> Self {
        let units = |at: usize| {
            let before = note.get(..at).unwrap_or(note);
            i32::try_from(before.encode_utf16().count()).unwrap_or(i32::MAX)
        };
        Self {
            start: units(bytes.start),
            end: units(bytes.end),
        }
    }
}
