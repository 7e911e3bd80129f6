//! Java's strings in buffers of the stack.
#![allow(unsafe_code)]

use std::mem::MaybeUninit;

use jni::sys::{JNIEnv, jsize, jstring};

/// Most UTF-16 units that are read of a caller: a number is long with 30, and
/// what is left of a longer text after the cut is no other number, since the
/// core takes no number from so long a text.
pub const MOST: usize = 1_024;

/// A unit becomes at most three bytes, a pair four.
const MOST_BYTES: usize = MOST * 3;

/// A text of up to [`MOST`] UTF-16 units as UTF-8. Half surrogates become
/// U+FFFD.
pub struct Text {
    bytes: [MaybeUninit<u8>; MOST_BYTES],
    length: usize,
}

impl Text {
    /// An empty text.
    pub const fn new() -> Self {
        Self {
            bytes: [const { MaybeUninit::uninit() }; MOST_BYTES],
            length: 0,
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        // SAFETY: `push` is all that makes `length` grow, and has written
        // that many bytes: whole characters in UTF-8.
        unsafe {
            let bytes = std::slice::from_raw_parts(self.bytes.as_ptr().cast(), self.length);
            std::str::from_utf8_unchecked(bytes)
        }
    }

    /// Replaces the text by these units; those after [`MOST`] are left out.
    pub fn decode(&mut self, units: &[u16]) {
        self.length = 0;
        let units = units.iter().copied().take(MOST);
        for character in char::decode_utf16(units) {
            self.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
        }
    }

    fn push(&mut self, character: char) {
        let mut buffer = [0; 4];
        let encoded = character.encode_utf8(&mut buffer).as_bytes();
        if let Some(places) = self.bytes.get_mut(self.length..self.length + encoded.len()) {
            for (place, &byte) in places.iter_mut().zip(encoded) {
                place.write(byte);
            }
            self.length += encoded.len();
        }
    }

    /// Replaces the text by a string of Java's; nothing if it is null.
    ///
    /// # Safety
    /// `env` belongs to this thread; `string` is null or a live reference to a
    /// `java.lang.String`.
    pub unsafe fn read(&mut self, env: *mut JNIEnv, string: jstring) {
        let mut units = [0_u16; MOST];
        // SAFETY: as the caller promises.
        let length = unsafe { read_units(env, string, &mut units) };
        self.decode(units.get(..length).unwrap_or_default());
    }
}

/// The string of a path; `None` if it is null, longer than a path can be or
/// holds half surrogates.
///
/// # Safety
/// As [`Text::read`].
pub unsafe fn path(env: *mut JNIEnv, string: jstring) -> Option<String> {
    let mut units = [0_u16; 4_096];
    if string.is_null() {
        return None;
    }
    // SAFETY: as the caller promises; the string is not null.
    let whole = unsafe { ((**env).v1_2.GetStringLength)(env, string) };
    // SAFETY: as the caller promises.
    let length = unsafe { read_units(env, string, &mut units) };
    if usize::try_from(whole) != Ok(length) {
        return None;
    }
    String::from_utf16(units.get(..length)?).ok()
}

/// Copies a string's first units and says how many; none if it is null.
///
/// # Safety
/// As [`Text::read`].
unsafe fn read_units(env: *mut JNIEnv, string: jstring, units: &mut [u16]) -> usize {
    if string.is_null() {
        return 0;
    }
    // SAFETY: `env` and `string` are good, as the caller promises.
    let length = unsafe { ((**env).v1_2.GetStringLength)(env, string) };
    let length = usize::try_from(length).unwrap_or(0).min(units.len());
    // SAFETY: the region lies inside the string, so nothing is thrown, and
    // `units` has room for it.
    unsafe {
        ((**env).v1_2.GetStringRegion)(env, string, 0, length as jsize, units.as_mut_ptr());
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake_env::FakeEnv;

    fn decoded(units: &[u16]) -> String {
        let mut text = Text::new();
        text.decode(units);
        text.as_str().to_owned()
    }

    #[test]
    fn texts_come_across_whole() {
        for text in ["", "+447700900123", "masqué", "٠٢٠ ٧٩٤٦", "☎️ 😱", "\0"] {
            let units: Vec<u16> = text.encode_utf16().collect();
            assert_eq!(decoded(&units), text);
            let read = FakeEnv::new().with_string(&units, |env, string| {
                let mut text = Text::new();
                text.decode(&[65; 9]);
                // SAFETY: both live in this call.
                unsafe { text.read(env, string) };
                text.as_str().to_owned()
            });
            assert_eq!(read, text);
        }
    }

    #[test]
    fn half_surrogates_are_replaced() {
        assert_eq!(decoded(&[0xD83D]), "\u{FFFD}");
        assert_eq!(decoded(&[0xDE31, 0xD83D, 0x31]), "\u{FFFD}\u{FFFD}1");
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(decoded(&[0x20AC; MOST + 1]).len(), 3 * MOST);
        let pairs: Vec<u16> = [0xD83D, 0xDE31].repeat(MOST);
        assert_eq!(decoded(&pairs).len(), 2 * MOST);
        // A pair that the cut goes through.
        let odd: Vec<u16> = std::iter::once(0x31).chain(pairs).collect();
        assert!(decoded(&odd).ends_with("😱\u{FFFD}"));
    }

    #[test]
    fn a_path_is_read_whole_or_not_at_all() {
        let read = |units: &[u16]| {
            FakeEnv::new().with_string(units, |env, string| {
                // SAFETY: both live in this call.
                unsafe { path(env, string) }
            })
        };
        let units: Vec<u16> = "/data/é".encode_utf16().collect();
        assert_eq!(read(&units).as_deref(), Some("/data/é"));
        assert_eq!(read(&[0xD83D]), None);
        assert_eq!(read(&[0x41; 4_097]), None);
        let mut env = FakeEnv::new();
        // SAFETY: null is allowed.
        assert_eq!(unsafe { path(env.raw(), std::ptr::null_mut()) }, None);
    }
}
