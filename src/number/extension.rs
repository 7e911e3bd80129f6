//! Extensions: the digits that are dialled once a call is answered, in every
//! spelling that libphonenumber knows.

use super::unicode::{fold, is_digit};

/// Whether all of the text is an extension in one of the spellings that
/// libphonenumber knows, told from the end: perhaps `#`, digits, perhaps
/// separators, a label.
pub(super) fn is_extension(text: &[char]) -> bool {
    let (text, hash) = match text.strip_suffix(&['#']) {
        Some(text) => (text, true),
        None => (text, false),
    };
    let digits = text
        .iter()
        .rev()
        .take_while(|&&character| is_digit(character))
        .count();
    if digits == 0 || digits > 20 {
        return false;
    }
    let before = text.get(..text.len() - digits).unwrap_or_default();
    let folded = |word: &str, text: &[char]| text.iter().map(|&c| fold(c)).eq(word.chars());

    // RFC 3966, and "- 503#".
    if !hash && folded(";ext=", before) {
        return true;
    }
    let dashes = !before.is_empty()
        && before
            .iter()
            .all(|character| matches!(character, '-' | ' '));
    if hash && digits <= 6 && dashes {
        return true;
    }

    // A word or a sign, with separators on both sides.
    let label = trim_start(without_separators(before), |c| is_blank(c) || c == ',');
    let explicit = || {
        let word = |start: &str, o: &str, n: &str| {
            let mut characters = label.iter().map(|&c| fold(c));
            start
                .chars()
                .chain(o.chars())
                .chain(n.chars())
                .all(|c| characters.next() == Some(c))
                && characters.next().is_none()
        };
        let starts = ["xt", "ext"];
        let middles = ["", "ensio", "ensió", "ensio\u{301}"];
        starts.iter().any(|start| {
            middles
                .iter()
                .any(|middle| word(start, middle, "") || word(start, middle, "n"))
        }) || ["ｘｔ", "ｅｘｔ", "ｘｔｎ", "ｅｘｔｎ", "доб", "anexo"]
            .iter()
            .any(|name| folded(name, label))
    };
    let ambiguous = || {
        ["x", "ｘ", "#", "＃", "~", "～", "int", "ｉｎｔ"]
            .iter()
            .any(|name| folded(name, label))
    };
    if explicit() || digits <= 9 && ambiguous() {
        return true;
    }

    // Commas or a semicolon, which make a phone wait and dial.
    let wait = trim_start(before, is_blank);
    let commas = wait
        .iter()
        .take_while(|&&character| character == ',')
        .count();
    let after = |at: usize| is_separators(wait.get(at..).unwrap_or_default());
    digits <= 15 && (wait.first() == Some(&';') && after(1) || commas >= 2 && after(2))
        || digits <= 9 && commas >= 1 && after(commas)
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\u{A0}' | '\t')
}

/// What may stand between a label and the digits, but for the first colon or
/// full stop.
fn is_separator(character: char) -> bool {
    is_blank(character) || matches!(character, ',' | '-')
}

fn is_stop(character: char) -> bool {
    matches!(character, ':' | '.' | '．')
}

fn trim_start(text: &[char], unwanted: impl Fn(char) -> bool) -> &[char] {
    let start = text
        .iter()
        .take_while(|&&character| unwanted(character))
        .count();
    text.get(start..).unwrap_or_default()
}

/// Whether all of the text may stand between a label and the digits.
fn is_separators(text: &[char]) -> bool {
    let rest = match text.split_first() {
        Some((&first, rest)) if is_stop(first) => rest,
        _ => text,
    };
    rest.iter().all(|&character| is_separator(character))
}

/// Without what may stand between a label and the digits, at the end.
fn without_separators(text: &[char]) -> &[char] {
    let trailing = text
        .iter()
        .rev()
        .take_while(|&&character| is_separator(character))
        .count();
    let text = text.get(..text.len() - trailing).unwrap_or_default();
    match text.split_last() {
        Some((&last, rest)) if is_stop(last) => rest,
        _ => text,
    }
}
