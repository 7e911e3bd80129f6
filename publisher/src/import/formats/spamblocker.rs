//! The rules that SpamBlocker reads and shares as CSV: a regular expression
//! over numbers a row. Its columns: `pattern`, `description`, `flags` (1 calls,
//! 2 messages, 3 both), `isBlacklist` (`true` or `false`).

use std::io::BufRead;

use super::{Context, Entry, Failure, Sink, head_line, header, kinds, regex};
use crate::import::Reason;
use crate::import::rows::{Row, Rows, guess_separator};

const PATTERN: &str = "pattern";
/// The flag of rules for messages, and those of calls and messages.
const MESSAGES: u32 = 2;
const BOTH: u32 = 3;
const OTHERS: &[&str] = &[
    "description",
    "priority",
    "flags",
    "isblacklist",
    "blocktype",
    "importance",
];

/// Whether a first row is that of rules.
pub fn is_header(names: &[String]) -> bool {
    let has = |name: &str| names.iter().any(|other| other == name);
    has(PATTERN) && OTHERS.iter().any(|name| has(name))
}

pub fn read(
    input: &mut dyn BufRead,
    context: &Context,
    sink: &mut Sink<'_>,
) -> Result<(), Failure> {
    let separator = match context.columns.separator {
        Some(separator) => separator,
        None => guess_separator(&head_line(input.fill_buf()?)),
    };
    let mut rows = Rows::new(input, separator);
    let names = match rows.next()? {
        Some(Row::Fields(fields)) => header(fields),
        _ => Vec::new(),
    };
    let column = |name: &str| names.iter().position(|other| other == name);
    let Some(pattern) = column(PATTERN) else {
        return Err(Failure::wrong("there is no column pattern"));
    };
    let (flags, black) = (column("flags"), column("isblacklist"));
    let description = column("description");
    while let Some(row) = rows.next()? {
        let Row::Fields(fields) = row else {
            sink(Entry::Dirty(Reason::LongRow))?;
            continue;
        };
        let field = |place: Option<usize>| place.and_then(|place| fields.get(place));
        let entry = match (field(Some(pattern)), field(flags)) {
            (None, _) => Entry::Dirty(Reason::BadRow),
            (Some(""), _) => Entry::Dirty(Reason::Empty),
            (_, Some(flags))
                if flags
                    .parse()
                    .is_ok_and(|flags: u32| flags & BOTH == MESSAGES) =>
            {
                Entry::Dirty(Reason::NotCalls)
            }
            (Some(text), _) => {
                let kind = kinds::of_words(field(description).unwrap_or_default());
                let patterns = regex::patterns(text);
                let allow = match field(black).map(str::to_ascii_lowercase).as_deref() {
                    None | Some("" | "true" | "1") => Some(false),
                    Some("false" | "0") => Some(true),
                    Some(_) => None,
                };
                match (&patterns, allow) {
                    (_, None) => Entry::Dirty(Reason::BadRow),
                    (None, _) => Entry::Dirty(Reason::BadPattern),
                    (Some(patterns), Some(allow)) => {
                        sink(Entry::Prefix {
                            pattern: patterns,
                            allow,
                            kind: kind.unwrap_or_default(),
                            day: None,
                        })?;
                        continue;
                    }
                }
            }
        };
        sink(entry)?;
    }
    Ok(())
}
