//! PhoneBlock's block lists: the JSON of its API, and the binary form for small
//! devices. Read from its API description v1.7.0 and
//! `phoneblock-shared/…/sync/binary`, 2026-07-31.

use std::io::BufRead;

use ringfence::reported::ReportKind;
use serde_json::Value;

use super::{Entry, Failure, Sink, json, read_array};
use crate::import::day::{DateForm, from_unix};
use crate::import::{Note, Reason, Said};

/// The first bytes of the binary form.
pub const MAGIC: &[u8] = b"PBBL";

const VERSION: u16 = 1;
/// Digits of a binary key: 0 ends it, 1 to 10 are the digits 0 to 9.
const SYMBOLS: u64 = 11;
const SLOTS: u32 = 16;
/// The bit of a record that says that the number is to be blocked.
const BLACK: u64 = 1;
const KEY_SHIFT: u32 = 8;

pub fn read(input: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), Failure> {
    if super::peek(input)?.starts_with(MAGIC) {
        return binary(input, sink);
    }
    json::elements(input, &["numbers"], &mut |entry| element(entry, sink))
}

/// A rating as PhoneBlock names it; `None` if it calls the number good.
fn kind(rating: &str) -> Option<ReportKind> {
    match rating {
        "A_LEGITIMATE" => None,
        "C_PING" | "D_POLL" | "E_ADVERTISING" => Some(ReportKind::Unwanted),
        "F_GAMBLE" | "G_FRAUD" => Some(ReportKind::Fraud),
        _ => Some(ReportKind::Unspecified),
    }
}

fn element(entry: &Value, sink: &mut Sink<'_>) -> Result<(), Failure> {
    let Some(phone) = json::text(entry, &["phone"]) else {
        return sink(Entry::Dirty(Reason::BadRow));
    };
    // Older lists write +49 as 0049.
    let phone = match phone.strip_prefix("00") {
        Some(rest) => format!("+{rest}").into(),
        None => phone,
    };
    let day = match json::integer(entry, &["lastActivity", "lastUpdate"]) {
        Some(time) => from_unix(time).filter(|_| time > 0),
        None => {
            let date = json::text(entry, &["lastActivity", "lastUpdate"]);
            date.and_then(|date| DateForm::Iso.read(&date))
        }
    };
    let rating = json::text(entry, &["rating"]);
    let kind = kind(rating.as_deref().unwrap_or_default());
    if phone.contains('*') {
        return sink(Entry::Prefix {
            pattern: &phone,
            allow: kind.is_none(),
            kind: kind.unwrap_or_default(),
            day,
        });
    }
    let votes = json::integer(entry, &["votes"]);
    let said = match (kind, votes) {
        // In an update this is how a number is taken off.
        (_, Some(..=0)) => Said::Withdrawn,
        (None, _) => Said::Allowed,
        (Some(kind), _) => Said::Reported(kind),
    };
    let count = votes.and_then(|votes| u32::try_from(votes).ok());
    sink(Entry::Number {
        text: &phone,
        said,
        day,
        count: count.unwrap_or(1).max(1),
    })?;
    match votes {
        Some(_) => Ok(()),
        None => sink(Entry::Note(Note::NoCount)),
    }
}

/// The binary form: magic, u16 version, u16 lengths of prefixes, u32 number of
/// exact records, u32 number of prefix records, then the records, u64 each:
/// the key in the upper 56 bits and one bit for black or white. Little-endian.
fn binary(input: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), Failure> {
    let [_, _, _, _, version @ ..] = read_array::<8>(input)?;
    if u16::from_le_bytes([version[0], version[1]]) != VERSION {
        return Err(Failure::wrong(
            "this version of PhoneBlock's binary list is not known; fetch the list as JSON",
        ));
    }
    let exact = u32::from_le_bytes(read_array(input)?);
    let prefixes = u32::from_le_bytes(read_array(input)?);
    for index in 0..u64::from(exact) + u64::from(prefixes) {
        let record = u64::from_le_bytes(read_array(input)?);
        let Some(mut text) = digits(record >> KEY_SHIFT) else {
            sink(Entry::Dirty(Reason::Unreadable))?;
            continue;
        };
        let allow = record & BLACK == 0;
        if index < u64::from(exact) {
            let kind = ReportKind::Unspecified;
            let said = if allow {
                Said::Allowed
            } else {
                Said::Reported(kind)
            };
            sink(Entry::Number {
                text: &text,
                said,
                day: None,
                count: 1,
            })?;
        } else {
            text.push('*');
            sink(Entry::Prefix {
                pattern: &text,
                allow,
                kind: ReportKind::Unspecified,
                day: None,
            })?;
        }
    }
    super::end(input)
}

/// A key as a plus sign and its digits; `None` if it has none, or digits after
/// its end.
fn digits(mut key: u64) -> Option<String> {
    let mut symbols = [0; SLOTS as usize];
    for symbol in symbols.iter_mut().rev() {
        *symbol = (key % SYMBOLS) as u8;
        key /= SYMBOLS;
    }
    let end = symbols.iter().position(|&symbol| symbol == 0)?;
    let (number, rest) = symbols.split_at(end);
    if end == 0 || key > 0 || rest.iter().any(|&symbol| symbol != 0) {
        return None;
    }
    let digits = number.iter().map(|&symbol| char::from(b'0' + symbol - 1));
    Some(std::iter::once('+').chain(digits).collect())
}
