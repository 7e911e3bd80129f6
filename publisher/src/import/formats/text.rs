//! One number a line.

use std::io::BufRead;

use ringfence::reported::ReportKind;

use super::{Entry, Failure, Sink};
use crate::import::rows::{Line, Lines};
use crate::import::{Reason, Said};

/// Reads lines; what follows a `#` is a comment. A `*` at the end of a number
/// makes it a prefix.
pub fn read(input: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), Failure> {
    let mut lines = Lines::new(input);
    while let Some(line) = lines.next()? {
        let Line::Text(line) = line else {
            sink(Entry::Dirty(Reason::LongRow))?;
            continue;
        };
        let text = line.split('#').next().unwrap_or_default().trim();
        if text.is_empty() {
            continue;
        }
        let kind = ReportKind::Unspecified;
        sink(if text.ends_with('*') {
            Entry::Prefix {
                pattern: text,
                allow: false,
                kind,
                day: None,
            }
        } else {
            Entry::Number {
                text,
                said: Said::Reported(kind),
                day: None,
                count: 1,
            }
        })?;
    }
    Ok(())
}
