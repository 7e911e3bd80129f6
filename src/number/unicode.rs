//! Decimal digits of all scripts.

/// The zeros of Unicode's decimal digits outside ASCII (general category Nd,
/// Unicode 14.0, the version of Python 3.11, on which the oracle runs); the
/// nine code points after each are its one to nine.
const ZEROS: [u32; 65] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90,
    0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
    0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650,
    0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0, 0x16B50,
    0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
];

/// The value of a decimal digit of any script.
pub(crate) fn decimal_digit(character: char) -> Option<u8> {
    let code = character as u32;
    if code < 0x80 {
        return character.to_digit(10).map(|digit| digit as u8);
    }
    let after = ZEROS.partition_point(|&zero| zero <= code);
    let zero = ZEROS.get(after.checked_sub(1)?)?;
    u8::try_from(code - zero).ok().filter(|&digit| digit < 10)
}

/// Whether the character is a decimal digit of any script.
pub(crate) fn is_digit(character: char) -> bool {
    decimal_digit(character).is_some()
}

/// Whether a regular expression's `\w` matches the character: a letter, a
/// number of any sort, or the underscore.
pub(crate) fn is_word(character: char) -> bool {
    character == '_' || character.is_alphanumeric() && !is_alphabetic_mark(character)
}

/// Whether the character counts as alphabetic though it is no letter: vowel
/// signs and other combining marks, and enclosed letters such as U+24B6.
fn is_alphabetic_mark(character: char) -> bool {
    let code = character as u32;
    let after = MARKS.partition_point(|&(first, _)| first <= code);
    let range = after.checked_sub(1).and_then(|index| MARKS.get(index));
    range.is_some_and(|&(first, length)| code - first < u32::from(length))
}

/// The lower-case form of a character under which libphonenumber's
/// case-insensitive patterns see it, for the letters that occur in them.
pub(crate) fn fold(character: char) -> char {
    match character {
        'A'..='Z' => character.to_ascii_lowercase(),
        '\u{17F}' => 's',
        '\u{212A}' => 'k',
        '\u{130}' | '\u{131}' => 'i',
        'Ó' => 'ó',
        'Д' | '\u{1C81}' => 'д',
        'О' | '\u{1C82}' => 'о',
        'Б' => 'б',
        'Ｅ' => 'ｅ',
        'Ｘ' => 'ｘ',
        'Ｔ' => 'ｔ',
        'Ｎ' => 'ｎ',
        'Ｉ' => 'ｉ',
        _ => character,
    }
}

/// Ranges (first, how many) of the characters that are alphabetic or numeric
/// (derived properties) but neither letters nor numbers (general categories L
/// and N); Unicode 14.0.
#[rustfmt::skip]
const MARKS: [(u32, u16); 234] = [
    (0x345, 1), (0x363, 13), (0x5B0, 14), (0x5BF, 1), (0x5C1, 2), (0x5C4, 2), (0x5C7, 1),
    (0x610, 11), (0x64B, 13), (0x659, 7), (0x670, 1), (0x6D6, 7), (0x6E1, 4), (0x6E7, 2),
    (0x6ED, 1), (0x711, 1), (0x730, 16), (0x7A6, 11), (0x816, 2), (0x81B, 9), (0x825, 3),
    (0x829, 4), (0x8D4, 12), (0x8E3, 7), (0x8F0, 20), (0x93A, 2), (0x93E, 15), (0x94E, 2),
    (0x955, 3), (0x962, 2), (0x981, 3), (0x9BE, 7), (0x9C7, 2), (0x9CB, 2), (0x9D7, 1),
    (0x9E2, 2), (0xA01, 3), (0xA3E, 5), (0xA47, 2), (0xA4B, 2), (0xA51, 1), (0xA70, 2),
    (0xA75, 1), (0xA81, 3), (0xABE, 8), (0xAC7, 3), (0xACB, 2), (0xAE2, 2), (0xAFA, 3),
    (0xB01, 3), (0xB3E, 7), (0xB47, 2), (0xB4B, 2), (0xB56, 2), (0xB62, 2), (0xB82, 1),
    (0xBBE, 5), (0xBC6, 3), (0xBCA, 3), (0xBD7, 1), (0xC00, 5), (0xC3E, 7), (0xC46, 3),
    (0xC4A, 3), (0xC55, 2), (0xC62, 2), (0xC81, 3), (0xCBE, 7), (0xCC6, 3), (0xCCA, 3),
    (0xCD5, 2), (0xCE2, 2), (0xD00, 4), (0xD3E, 7), (0xD46, 3), (0xD4A, 3), (0xD57, 1),
    (0xD62, 2), (0xD81, 3), (0xDCF, 6), (0xDD6, 1), (0xDD8, 8), (0xDF2, 2), (0xE31, 1),
    (0xE34, 7), (0xE4D, 1), (0xEB1, 1), (0xEB4, 6), (0xEBB, 2), (0xECD, 1), (0xF71, 19),
    (0xF8D, 11), (0xF99, 36), (0x102B, 12), (0x1038, 1), (0x103B, 4), (0x1056, 4), (0x105E, 3),
    (0x1062, 3), (0x1067, 7), (0x1071, 4), (0x1082, 12), (0x108F, 1), (0x109A, 4), (0x1712, 2),
    (0x1732, 2), (0x1752, 2), (0x1772, 2), (0x17B6, 19), (0x1885, 2), (0x18A9, 1), (0x1920, 12),
    (0x1930, 9), (0x1A17, 5), (0x1A55, 10), (0x1A61, 20), (0x1ABF, 2), (0x1ACC, 3), (0x1B00, 5),
    (0x1B35, 15), (0x1B80, 3), (0x1BA1, 9), (0x1BAC, 2), (0x1BE7, 11), (0x1C24, 19), (0x1DD3, 34),
    (0x24B6, 52), (0x2DE0, 32), (0xA674, 8), (0xA69E, 2), (0xA802, 1), (0xA80B, 1), (0xA823, 5),
    (0xA880, 2), (0xA8B4, 16), (0xA8C5, 1), (0xA8FF, 1), (0xA926, 5), (0xA947, 12), (0xA980, 4),
    (0xA9B4, 12), (0xA9E5, 1), (0xAA29, 14), (0xAA43, 1), (0xAA4C, 2), (0xAA7B, 3), (0xAAB0, 1),
    (0xAAB2, 3), (0xAAB7, 2), (0xAABE, 1), (0xAAEB, 5), (0xAAF5, 1), (0xABE3, 8), (0xFB1E, 1),
    (0x10376, 5), (0x10A01, 3), (0x10A05, 2), (0x10A0C, 4), (0x10D24, 4), (0x10EAB, 2),
    (0x11000, 3), (0x11038, 14), (0x11073, 2), (0x11080, 3), (0x110B0, 9), (0x110C2, 1),
    (0x11100, 3), (0x11127, 12), (0x11145, 2), (0x11180, 3), (0x111B3, 13), (0x111CE, 2),
    (0x1122C, 9), (0x11237, 1), (0x1123E, 1), (0x112DF, 10), (0x11300, 4), (0x1133E, 7),
    (0x11347, 2), (0x1134B, 2), (0x11357, 1), (0x11362, 2), (0x11435, 13), (0x11443, 3),
    (0x114B0, 18), (0x115AF, 7), (0x115B8, 7), (0x115DC, 2), (0x11630, 15), (0x11640, 1),
    (0x116AB, 11), (0x1171D, 14), (0x1182C, 13), (0x11930, 6), (0x11937, 2), (0x1193B, 2),
    (0x11940, 1), (0x11942, 1), (0x119D1, 7), (0x119DA, 6), (0x119E4, 1), (0x11A01, 10),
    (0x11A35, 5), (0x11A3B, 4), (0x11A51, 11), (0x11A8A, 14), (0x11C2F, 8), (0x11C38, 7),
    (0x11C92, 22), (0x11CA9, 14), (0x11D31, 6), (0x11D3A, 1), (0x11D3C, 2), (0x11D3F, 3),
    (0x11D43, 1), (0x11D47, 1), (0x11D8A, 5), (0x11D90, 2), (0x11D93, 4), (0x11EF3, 4),
    (0x16F4F, 1), (0x16F51, 55), (0x16F8F, 4), (0x16FF0, 2), (0x1BC9E, 1), (0x1E000, 7),
    (0x1E008, 17), (0x1E01B, 7), (0x1E023, 2), (0x1E026, 5), (0x1E947, 1), (0x1F130, 26),
    (0x1F150, 26), (0x1F170, 26),
];
