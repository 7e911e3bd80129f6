//! Data slices of Yet Another Call Blocker and Should I Answer.
//!
//! `MTZF` (a slice), `MTZD` (a delta) or `YABF` (either, rewritten), u8, i32
//! version, 2 bytes, i32, i32 number of records; records: i64 number, u8
//! positive, negative and neutral ratings, u8, u8 category; then `CP`, i32
//! number of deleted numbers, i64 each; then `MTZEND` or `YABEND`. All
//! little-endian. Read from `SliceReader` of blurayne/yet-another-callblocker,
//! 2026.

use std::io::BufRead;

use ringfence::reported::ReportKind;

use super::{Entry, Failure, Sink, international, read_array};
use crate::import::{Reason, Said};

/// The first bytes of a slice, in either case.
pub const MAGIC: [&[u8]; 3] = [b"MTZF", b"MTZD", b"YABF"];

const END: [&[u8]; 2] = [b"MTZEND", b"YABEND"];

/// Whether a file starts like a slice.
pub fn is_slice(head: &[u8]) -> bool {
    let start = head.get(..4).unwrap_or_default();
    MAGIC.iter().any(|magic| magic.eq_ignore_ascii_case(start))
}

/// The category's id (`NumberCategory` in YACB).
fn kind(category: u8) -> ReportKind {
    match category {
        // Scam.
        10 => ReportKind::Fraud,
        // Telemarketer, debt collector, silent, nuisance, unsolicited, call
        // centre, fax, non-profit, political, prank, message, survey, robocall.
        1..=9 | 11..=13 | 18 => ReportKind::Unwanted,
        // None, other, finance, company, service.
        _ => ReportKind::Unspecified,
    }
}

fn damaged() -> Failure {
    Failure::wrong("this data slice is damaged; fetch it again")
}

pub fn read(input: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), Failure> {
    if !is_slice(&read_array::<4>(input)?) {
        return Err(Failure::wrong("this is not a data slice"));
    }
    read_array::<{ 1 + 4 + 2 + 4 }>(input)?;
    let count = i32::from_le_bytes(read_array(input)?);
    let mut text = String::new();
    for _ in 0..u32::try_from(count).map_err(|_| damaged())? {
        let number = i64::from_le_bytes(read_array(input)?);
        let [positive, negative, neutral, _, category] = read_array(input)?;
        // Categories from 100 on are safe ones.
        let good = positive > negative || (100..=102).contains(&category);
        let entry = match u64::try_from(number) {
            Err(_) | Ok(0) => Entry::Dirty(Reason::Unreadable),
            Ok(_) if good => Entry::Dirty(Reason::Good),
            Ok(_) if u16::from(negative) <= u16::from(positive) + u16::from(neutral) => {
                Entry::Dirty(Reason::Undecided)
            }
            Ok(number) => Entry::Number {
                text: international(number, &mut text),
                said: Said::Reported(kind(category)),
                day: None,
                count: negative.into(),
            },
        };
        sink(entry)?;
    }
    if !read_array::<2>(input)?.eq_ignore_ascii_case(b"CP") {
        return Err(damaged());
    }
    let deleted = i32::from_le_bytes(read_array(input)?);
    for _ in 0..u32::try_from(deleted).map_err(|_| damaged())? {
        let number = i64::from_le_bytes(read_array(input)?);
        sink(match u64::try_from(number) {
            Err(_) | Ok(0) => Entry::Dirty(Reason::Unreadable),
            Ok(number) => Entry::Number {
                text: international(number, &mut text),
                said: Said::Withdrawn,
                day: None,
                count: 1,
            },
        })?;
    }
    let end = read_array::<6>(input)?;
    if !END.iter().any(|mark| mark.eq_ignore_ascii_case(&end)) {
        return Err(damaged());
    }
    super::end(input)
}
