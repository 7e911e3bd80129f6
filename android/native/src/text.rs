//! Java's strings in buffers of the stack.
#![allow(unsafe_code)]

use std::mem::MaybeUninit;

use jni::sys::{JNIEnv, jsize, jstring};

/// Most UTF-16 units that are read of a caller. The core takes no number from a
/// longer text, and its start must not pass for one.
pub const MOST: usize = ringfence_core::screening::MAX_CALLER;

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

    /// Replaces the text by these units; by U+FFFD if they are more than
    /// [`MOST`].
    pub fn decode(&mut self, units: &[u16]) {
        self.length = 0;
        if units.len() > MOST {
            return self.push(char::REPLACEMENT_CHARACTER);
        }
        let units = units.iter().copied();
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
        // One more, to tell a text that is too long.
        let mut units = [0_u16; MOST + 1];
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
    fn the_longest_text_fits_and_a_longer_one_is_none() {
        assert_eq!(decoded(&[0x20AC; MOST]).len(), 3 * MOST);
        assert_eq!(decoded(&[0xD83D; MOST]).len(), 3 * MOST);
        let pairs: Vec<u16> = [0xD83D, 0xDE31].repeat(MOST / 2);
        assert_eq!(decoded(&pairs).len(), 2 * MOST);
        assert_eq!(decoded(&[0x31; MOST + 1]), "\u{FFFD}");
        let mut number: Vec<u16> = "+447700900123".encode_utf16().collect();
        number.extend([0x20; 2 * MOST]);
        number.push(0x35);
        let read = FakeEnv::new().with_string(&number, |env, string| {
            let mut text = Text::new();
            // SAFETY: both live in this call.
            unsafe { text.read(env, string) };
            text.as_str().to_owned()
        });
        assert_eq!(read, "\u{FFFD}");
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
