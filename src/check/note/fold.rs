//! One character of a note, folded to what it looks like.
//!
//! Accents, capitals, full-width and mathematical letters and the Cyrillic and
//! Greek letters that look Latin all become plain lower-case letters, so that
//! neither a missing accent nor a disguise changes what is read. The nine
//! languages of the data are all written in Latin letters.

use crate::number::decimal_digit;

/// What a character means to the reader of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folded {
    /// A letter `a`-`z`.
    Letter(u8),
    /// A digit `0`-`9`.
    Digit(u8),
    /// Any apostrophe.
    Apostrophe,
    /// A sign that is a word of its own: money, per cent, `?`, `!`.
    Sign(u8),
    /// Ends a word.
    Space,
    /// Ends a word and a clause.
    Stop,
    /// Invisible: as if it were not there.
    Nothing,
}

/// The base letters of U+00C0 to U+024F, `.` where there is none, from the
/// compatibility decompositions of Unicode 16.
const LATIN: &[u8; 400] = b"\
    aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty\
    aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll\
    lllnnnnnn.nnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs\
    bb.......d.....e................oo.............uu...............\
    ....dddlllnnnaaiioouuuuuuuuuu.aaaaaa..ggkkoooo..jdddgg..nnaaaaoo\
    aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............\
    ...b............";

/// The same for U+1E00 to U+1EFF.
const LATIN_ADDITIONAL: &[u8; 256] = b"\
    aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm\
    mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv\
    wwwwwwwwwwxxxxyyzzzzzzhtwyas..s.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
    eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

/// Folds one character.
pub(super) fn fold(c: char) -> Folded {
    match c {
        'a'..='z' => Folded::Letter(c as u8),
        'A'..='Z' => Folded::Letter(c.to_ascii_lowercase() as u8),
        '0'..='9' => Folded::Digit(c as u8),
        '\'' | '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02BC}' | '\u{00B4}' | '`' => {
            Folded::Apostrophe
        }
        '£' | '\u{20A4}' => Folded::Sign(b'P'),
        '€' => Folded::Sign(b'E'),
        '\u{20B9}' | '\u{20A8}' => Folded::Sign(b'R'),
        '$' | '%' | '?' | '!' => Folded::Sign(c as u8),
        '¿' | '¡' => Folded::Space,
        '.' | ',' | ';' | ':' | '\n' | '\r' | '(' | ')' | '\u{2014}' | '\u{2026}' | '\u{0964}' => {
            Folded::Stop
        }
        _ if c.is_ascii() => Folded::Space,
        _ => fold_wide(c),
    }
}

/// Folds a character outside ASCII.
fn fold_wide(c: char) -> Folded {
    let code = c as u32;
    let from_table = |letter: u8| match letter {
        b'.' => Folded::Space,
        letter => Folded::Letter(letter),
    };
    match code {
        0xC0..=0x24F => from_table(LATIN[(code - 0xC0) as usize]),
        0x1E00..=0x1EFF => from_table(LATIN_ADDITIONAL[(code - 0x1E00) as usize]),
        // Combining marks, soft hyphen, zero-width and direction controls,
        // variation selectors, tags.
        0x300..=0x36F
        | 0xAD
        | 0x61C
        | 0x180E
        | 0x200B..=0x200F
        | 0x202A..=0x202E
        | 0x2060..=0x206F
        | 0xFE00..=0xFE0F
        | 0xFEFF
        | 0xE0000..=0xE0FFF => Folded::Nothing,
        0xFF21..=0xFF3A => Folded::Letter((code - 0xFF21) as u8 + b'a'),
        0xFF41..=0xFF5A => Folded::Letter((code - 0xFF41) as u8 + b'a'),
        0x24B6..=0x24CF => Folded::Letter((code - 0x24B6) as u8 + b'a'),
        0x24D0..=0x24E9 => Folded::Letter((code - 0x24D0) as u8 + b'a'),
        // Mathematical alphabets: 13 styles of 26 capitals and 26 small ones.
        0x1D400..=0x1D6A3 => Folded::Letter(((code - 0x1D400) % 26) as u8 + b'a'),
        0x1F130..=0x1F149 | 0x1F150..=0x1F169 | 0x1F170..=0x1F189 => {
            Folded::Letter(((code - 0x1F130) % 32).min(25) as u8 + b'a')
        }
        0xFF0E | 0xFF0C | 0x3002 | 0x3001 => Folded::Stop,
        0xFFE1 => Folded::Sign(b'P'),
        _ => match lookalike(c) {
            Some(letter) => Folded::Letter(letter),
            None => match decimal_digit(c) {
                Some(digit) => Folded::Digit(b'0' + digit),
                None => Folded::Space,
            },
        },
    }
}

/// The Latin letter that a Cyrillic, Greek or Armenian letter looks like,
/// after the confusables of Unicode Technical Standard 39.
fn lookalike(c: char) -> Option<u8> {
    Some(match c {
        'а' | 'А' | 'α' | 'Α' | 'ɑ' => b'a',
        'В' | 'Β' | 'Ь' | 'ь' => b'b',
        'с' | 'С' | 'ϲ' | 'Ϲ' => b'c',
        'ԁ' => b'd',
        'е' | 'Е' | 'Ε' | 'ё' | 'Ё' | 'є' => b'e',
        'ɡ' | 'ց' => b'g',
        'Н' | 'һ' | 'Η' | 'հ' => b'h',
        'і' | 'І' | 'ї' | 'Ї' | 'ι' | 'Ι' => b'i',
        'ј' | 'Ј' => b'j',
        'К' | 'к' | 'κ' | 'Κ' => b'k',
        'ӏ' | 'Ӏ' => b'l',
        'М' | 'м' | 'Μ' => b'm',
        'Ν' | 'п' | 'ո' => b'n',
        'о' | 'О' | 'ο' | 'Ο' | 'օ' => b'o',
        'р' | 'Р' | 'ρ' | 'Ρ' => b'p',
        'ԛ' => b'q',
        'г' => b'r',
        'ѕ' | 'Ѕ' => b's',
        'Т' | 'т' | 'Τ' | 'τ' => b't',
        'υ' | 'ս' => b'u',
        'ν' | 'ѵ' => b'v',
        'ԝ' | 'ω' => b'w',
        'х' | 'Х' | 'χ' | 'Χ' => b'x',
        'у' | 'У' | 'Υ' | 'γ' => b'y',
        'Ζ' => b'z',
        _ => return None,
    })
}
