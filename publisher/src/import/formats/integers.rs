//! Numbers as the iOS Call Directory takes them (`CXCallDirectoryPhoneNumber`):
//! 64-bit integers of E.164 digits, as text or as little-endian bytes.

use std::io::{self, BufRead};

use ringfence::reported::ReportKind;

use super::{Entry, Failure, Sink, international, read_array};
use crate::import::rows::{Line, Lines};
use crate::import::{Reason, Said};

/// Whether the start of a file is such integers as text.
pub fn is_text(head: &[u8]) -> bool {
    let fine = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_whitespace() || *byte == b',';
    head.iter().all(fine)
}

/// Whether the start of a file can be such integers as bytes.
pub fn is_binary(head: &[u8]) -> bool {
    let (integers, _) = head.as_chunks::<8>();
    let plausible =
        |bytes: &[u8; 8]| (1_000_000..10_u64.pow(15)).contains(&u64::from_le_bytes(*bytes));
    !integers.is_empty() && integers.iter().all(plausible)
}

pub fn read(input: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), Failure> {
    if is_text(super::peek(input)?) {
        return text(input, sink);
    }
    let mut number = String::new();
    while !input.fill_buf()?.is_empty() {
        let value = i64::from_le_bytes(read_array(input)?);
        one(u64::try_from(value).ok(), &mut number, sink)?;
    }
    Ok(())
}

fn text(input: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), Failure> {
    let mut lines = Lines::new(input);
    let mut number = String::new();
    while let Some(line) = lines.next()? {
        let Line::Text(line) = line else {
            sink(Entry::Dirty(Reason::LongRow))?;
            continue;
        };
        let parts = line.split(|c: char| c == ',' || c.is_whitespace());
        for part in parts.filter(|part| !part.is_empty()) {
            let digits = part.strip_prefix('+').unwrap_or(part);
            one(digits.parse().ok(), &mut number, sink)?;
        }
    }
    Ok(())
}

fn one(value: Option<u64>, number: &mut String, sink: &mut Sink<'_>) -> Result<(), Failure> {
    match value {
        None | Some(0) => sink(Entry::Dirty(Reason::Unreadable)),
        Some(value) => sink(Entry::Number {
            text: international(value, number),
            said: Said::Reported(ReportKind::Unspecified),
            day: None,
            count: 1,
        }),
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
