//! From text to dialled digits: what libphonenumber's `parse` does before it
//! looks at any country's plan.
//!
//! Plain text (ASCII digits, plus signs at the start, common punctuation)
//! takes a short cut of one pass. All else goes the long way, through the
//! same steps as libphonenumber: phone context or extraction of the possible
//! number, viability, extension, normalisation.

use super::ParseError;
use super::extension::is_extension;
use super::unicode::{decimal_digit, fold, is_digit, is_word};

/// Fewest digits of a national significant number.
pub(super) const MIN_NATIONAL: usize = 2;
/// Most characters a text may have.
const MAX_CHARACTERS: usize = 250;
/// Most digits of a text that takes the short cut.
const PLAIN_DIGITS: usize = 32;

/// What is left of a text.
#[derive(Clone, Copy)]
pub(super) struct Dialled<'d> {
    /// A plus sign stood before the digits.
    pub plus: bool,
    /// The digits, each 0 to 9.
    pub digits: &'d [u8],
}

/// Finds the dialled digits in `text` and hands them to `then`.
#[inline]
pub(super) fn scan<T>(
    text: &str,
    then: impl FnOnce(Dialled<'_>) -> Result<T, ParseError>,
) -> Result<T, ParseError> {
    let mut digits = [0; PLAIN_DIGITS];
    if let Some(dialled) = plain(text, &mut digits) {
        return then(dialled);
    }
    scan_spelled(text, then)
}

/// The short cut: `None` where the text needs the long way.
#[inline]
fn plain<'d>(text: &str, digits: &'d mut [u8; PLAIN_DIGITS]) -> Option<Dialled<'d>> {
    if text.len() > MAX_CHARACTERS {
        return None;
    }
    let mut length = 0;
    let mut plus = false;
    let mut before = 0;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                *digits.get_mut(length)? = byte - b'0';
                length += 1;
            }
            // More plus signs may follow the first at once.
            b'+' if length == 0 && (!plus || before == b'+') => plus = true,
            b' ' | b'-' | b'.' | b'(' | b')' | b'/' => {}
            _ => return None,
        }
        before = byte;
    }
    // Two digits are a number only without punctuation.
    if length <= MIN_NATIONAL {
        return None;
    }
    let digits = digits.get(..length)?;
    Some(Dialled { plus, digits })
}

/// The long way. Kept apart so that the short cut does not pay for its stack.
#[cold]
#[inline(never)]
fn scan_spelled<T>(
    text: &str,
    then: impl FnOnce(Dialled<'_>) -> Result<T, ParseError>,
) -> Result<T, ParseError> {
    let mut characters = ['\0'; MAX_CHARACTERS];
    let mut count = 0;
    for character in text.chars() {
        let place = characters.get_mut(count).ok_or(ParseError::TooLong)?;
        *place = character;
        count += 1;
    }
    let text = characters.get(..count).unwrap_or_default();

    let mut joined = ['\0'; MAX_CHARACTERS];
    let number = without_subaddress(possible_number(text, &mut joined)?);
    if !is_viable(number) {
        return Err(ParseError::NotANumber);
    }
    let number = without_extension(number);
    let rest = without_plus(number);
    let mut digits = [0; MAX_CHARACTERS];
    then(Dialled {
        plus: rest.len() < number.len(),
        digits: normalise(rest, &mut digits),
    })
}

/// Most digits of a short code or an emergency number.
const SHORT_DIGITS: usize = 6;

/// The digits of a text that may be a short code or an emergency number: one
/// to six digits with nothing but spaces, dots and dashes between.
pub(crate) fn short_code(text: &str) -> Option<([u8; SHORT_DIGITS], usize)> {
    let mut digits = [0; SHORT_DIGITS];
    let mut length = 0;
    for character in text.chars() {
        match decimal_digit(character) {
            Some(digit) => {
                *digits.get_mut(length)? = digit;
                length += 1;
            }
            None if matches!(character, ' ' | '.' | '-') => {}
            None => return None,
        }
    }
    (length > 0).then_some((digits, length))
}

fn is_plus(character: char) -> bool {
    matches!(character, '+' | '＋')
}

/// The letters a number may hold, those included that case-insensitive
/// matching lets in.
fn is_letter(character: char) -> bool {
    fold(character).is_ascii_lowercase()
}

/// The punctuation a number may hold; `x` stands for a carrier code.
fn is_punctuation(character: char) -> bool {
    matches!(fold(character),
        '-' | 'x' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30FC}' | '\u{FF0D}'..='\u{FF0F}'
        | ' ' | '\u{A0}' | '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{3000}' | '(' | ')'
        | '\u{FF08}' | '\u{FF09}' | '\u{FF3B}' | '\u{FF3D}' | '.' | '[' | ']' | '/' | '~'
        | '\u{2053}' | '\u{223C}' | '\u{FF5E}')
}

fn find(text: &[char], needle: &str) -> Option<usize> {
    let length = needle.chars().count();
    text.windows(length)
        .position(|window| window.iter().copied().eq(needle.chars()))
}

fn without_plus(text: &[char]) -> &[char] {
    let start = text
        .iter()
        .take_while(|&&character| is_plus(character))
        .count();
    text.get(start..).unwrap_or_default()
}

/// The part of the text that may be a number: by RFC 3966 if the text has a
/// phone context, else from the first digit or plus sign on.
fn possible_number<'t>(
    text: &'t [char],
    joined: &'t mut [char; MAX_CHARACTERS],
) -> Result<&'t [char], ParseError> {
    const CONTEXT: &str = ";phone-context=";
    const SCHEME: &str = "tel:";
    let Some(at) = find(text, CONTEXT) else {
        return Ok(extract(text));
    };
    let context = text.get(at + CONTEXT.len()..).unwrap_or_default();
    let end = context.iter().position(|&character| character == ';');
    let context = context
        .get(..end.unwrap_or(context.len()))
        .unwrap_or_default();
    if !is_global_number(context) && !is_domain_name(context) {
        return Err(ParseError::NotANumber);
    }
    let start = find(text, SCHEME).map_or(0, |scheme| scheme + SCHEME.len());
    let national = text.get(start..at).unwrap_or_default();
    if context.first() != Some(&'+') {
        return Ok(national);
    }
    let length = context.len() + national.len();
    let places = joined.get_mut(..length).ok_or(ParseError::TooLong)?;
    for (place, &character) in places.iter_mut().zip(context.iter().chain(national)) {
        *place = character;
    }
    Ok(places)
}

/// `global-number-digits` of RFC 3966.
fn is_global_number(context: &[char]) -> bool {
    let Some(('+', rest)) = context.split_first().map(|(&first, rest)| (first, rest)) else {
        return false;
    };
    let separator = |character| matches!(character, '-' | '.' | '(' | ')');
    rest.iter().any(|&character| is_digit(character))
        && rest
            .iter()
            .all(|&character| is_digit(character) || separator(character))
}

/// `domainname` of RFC 3966.
fn is_domain_name(context: &[char]) -> bool {
    let labels = context.strip_suffix(&['.']).unwrap_or(context);
    let alphanumeric = |character: &char| character.is_ascii_alphabetic() || is_digit(*character);
    let is_label = |label: &[char]| {
        label.first().is_some_and(alphanumeric)
            && label.last().is_some_and(alphanumeric)
            && label
                .iter()
                .all(|character| alphanumeric(character) || *character == '-')
    };
    let top = labels.rsplit(|&character| character == '.').next();
    top.and_then(<[char]>::first)
        .is_some_and(char::is_ascii_alphabetic)
        && labels.split(|&character| character == '.').all(is_label)
}

/// From the first character that can start a number, without trailing
/// punctuation and without a second number after a slash.
fn extract(text: &[char]) -> &[char] {
    let starts = |&character: &char| is_plus(character) || is_digit(character);
    let Some(start) = text.iter().position(starts) else {
        return &[];
    };
    let text = text.get(start..).unwrap_or_default();
    let unwanted = |&character: &char| character == '_' || character != '#' && !is_word(character);
    let trailing = text
        .iter()
        .rev()
        .take_while(|character| unwanted(character))
        .count();
    let text = text.get(..text.len() - trailing).unwrap_or_default();
    let second = |at: &usize| {
        let rest = text.get(at + 1..).unwrap_or_default();
        matches!(text.get(*at), Some('/' | '\\'))
            && rest.iter().find(|&&character| character != ' ') == Some(&'x')
    };
    let end = (0..text.len()).find(second).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Without an ISDN subaddress.
fn without_subaddress(text: &[char]) -> &[char] {
    match find(text, ";isub=") {
        Some(at) if at > 0 => text.get(..at).unwrap_or_default(),
        _ => text,
    }
}

/// Whether the text looks like a number: two digits and nothing else; or three
/// digits with only punctuation between, then anything a number may hold, then
/// perhaps an extension.
fn is_viable(text: &[char]) -> bool {
    if let [first, second] = *text {
        return is_digit(first) && is_digit(second);
    }
    let text = without_plus(text);
    let mut digits = 0;
    for (index, &character) in text.iter().enumerate() {
        if is_digit(character) {
            digits += 1;
        } else if !is_punctuation(character) && character != '*' {
            return false;
        }
        if digits == 3 {
            return is_rest(text.get(index + 1..).unwrap_or_default());
        }
    }
    false
}

/// Whether the text may follow the first three digits: anything a number may
/// hold, then perhaps an extension.
fn is_rest(text: &[char]) -> bool {
    let may_follow = |character: char| {
        is_digit(character) || is_punctuation(character) || character == '*' || is_letter(character)
    };
    let body = text
        .iter()
        .take_while(|&&character| may_follow(character))
        .count();
    body == text.len()
        || (0..=body).any(|start| is_extension(text.get(start..).unwrap_or_default()))
}

/// Without the extension, if what stands before it is a number by itself.
fn without_extension(text: &[char]) -> &[char] {
    let split = (0..text.len()).find(|&at| is_extension(text.get(at..).unwrap_or_default()));
    match split.and_then(|at| text.get(..at)) {
        Some(number) if is_viable(number) => number,
        _ => text,
    }
}

/// The digits of a number: with three letters or more it is a vanity number,
/// and they stand for the digits of a keypad (ITU-T E.161).
fn normalise<'d>(text: &[char], digits: &'d mut [u8; MAX_CHARACTERS]) -> &'d [u8] {
    let letters = text
        .iter()
        .filter(|character| character.is_ascii_alphabetic())
        .count();
    let value = |character: char| {
        if letters < 3 {
            decimal_digit(character)
        } else {
            keypad(character)
        }
    };
    let mut length = 0;
    for digit in text.iter().filter_map(|&character| value(character)) {
        if let Some(place) = digits.get_mut(length) {
            *place = digit;
            length += 1;
        }
    }
    digits.get(..length).unwrap_or_default()
}

/// The digit of a keypad's key. Digits of other scripts have none: in a
/// vanity number libphonenumber leaves them out.
fn keypad(character: char) -> Option<u8> {
    match character {
        '0'..='9' => decimal_digit(character),
        // Its upper case is a plain I or S; that of the Kelvin sign and the
        // dotted I is not.
        '\u{131}' => Some(4),
        '\u{17F}' => Some(7),
        _ => match character.to_ascii_uppercase() {
            'A'..='C' => Some(2),
            'D'..='F' => Some(3),
            'G'..='I' => Some(4),
            'J'..='L' => Some(5),
            'M'..='O' => Some(6),
            'P'..='S' => Some(7),
            'T'..='V' => Some(8),
            'W'..='Z' => Some(9),
            _ => None,
        },
    }
}
