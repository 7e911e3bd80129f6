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
///
/// `char::is_alphanumeric` also holds for enclosed letters such as U+24B6,
/// which are symbols, and for some combining vowel signs. The first are taken
/// out here; the second stay, as the tables to tell them apart would cost
/// more than a stray vowel sign after a number is worth.
pub(crate) fn is_word(character: char) -> bool {
    let enclosed = matches!(character,
        '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F149}'
        | '\u{1F150}'..='\u{1F169}' | '\u{1F170}'..='\u{1F189}');
    character == '_' || character.is_alphanumeric() && !enclosed
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
