//! Complaints to the FTC's Do Not Call Registry: its daily files, and the
//! one-column snapshots that aj3423/DNC_snapshot makes of them.

use std::io::BufRead;

use ringfence::reported::ReportKind;

use super::{Context, Entry, Failure, Sink, head_line, header};
use crate::import::day::DateForm;
use crate::import::rows::{Fields, Row, Rows};
use crate::import::{Note, Reason, Said};

/// The columns that are used; where the person lives is not.
const NUMBER: &str = "company_phone_number";
const CREATED: &str = "created_date";
const HAPPENED: &str = "violation_date";
const SUBJECT: &str = "subject";
const RECORDING: &str = "recorded_message_or_robocall";
/// The only column of a snapshot.
const PATTERN: &str = "pattern";

/// How the subjects start, in lower-case letters alone, and what they are. The
/// rest is "Other" and "No Subject Provided". Subjects: PhoneBlock's design of
/// its FTC import, 2026-03-08.
const SUBJECTS: &[(&str, ReportKind)] = &[
    ("callspretendingtobe", ReportKind::Fraud),
    ("computer", ReportKind::Fraud),
    ("lotteries", ReportKind::Fraud),
    ("reducingyourdebt", ReportKind::Fraud),
    ("warranties", ReportKind::Fraud),
    ("workfromhome", ReportKind::Fraud),
    ("charities", ReportKind::Unwanted),
    ("droppedcall", ReportKind::Unwanted),
    ("energy", ReportKind::Unwanted),
    ("homeimprovement", ReportKind::Unwanted),
    ("homesecurity", ReportKind::Unwanted),
    ("medical", ReportKind::Unwanted),
    ("vacation", ReportKind::Unwanted),
];

/// Whether a first row is one of these files'.
pub fn is_header(names: &[String]) -> bool {
    names.iter().any(|name| name == NUMBER) || names == [PATTERN]
}

/// Whether a file is a snapshot, by its first bytes.
pub fn is_snapshot(head: &[u8]) -> bool {
    let mut fields = Fields::default();
    fields.split(&head_line(head), ',');
    header(&fields) == [PATTERN]
}

fn kind(subject: &str) -> ReportKind {
    let letters = subject.chars().filter(char::is_ascii_alphabetic);
    let letters: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    let found = SUBJECTS
        .iter()
        .find(|(start, _)| letters.starts_with(start));
    found.map_or(ReportKind::Unspecified, |&(_, kind)| kind)
}

pub fn read(
    input: &mut dyn BufRead,
    context: &Context,
    sink: &mut Sink<'_>,
) -> Result<(), Failure> {
    let mut rows = Rows::new(input, ',');
    let names = match rows.next()? {
        Some(Row::Fields(fields)) => header(fields),
        _ => Vec::new(),
    };
    let column = |name: &str| names.iter().position(|other| other == name);
    let snapshot = names == [PATTERN];
    let Some(number) = column(if snapshot { PATTERN } else { NUMBER }) else {
        return Err(Failure::wrong("there is no column Company_Phone_Number"));
    };
    let days = [column(CREATED), column(HAPPENED)];
    let (subject, recording) = (column(SUBJECT), column(RECORDING));
    let mut row_number = 0;
    while let Some(row) = rows.next()? {
        let Row::Fields(fields) = row else {
            row_number += 1;
            sink(Entry::Dirty(Reason::LongRow))?;
            continue;
        };
        let Some(text) = fields.get(number) else {
            row_number += 1;
            sink(Entry::Dirty(Reason::BadRow))?;
            continue;
        };
        let day = match &context.cuts {
            Some(cuts) if snapshot => Some(cuts.day(row_number)),
            _ => days
                .into_iter()
                .flatten()
                .find_map(|column| DateForm::Iso.read(fields.get(column)?)),
        };
        let subject = subject.and_then(|column| fields.get(column));
        sink(Entry::Number {
            text,
            said: Said::Reported(subject.map_or(ReportKind::Unspecified, kind)),
            day,
            count: 1,
        })?;
        let recording = recording.and_then(|column| fields.get(column));
        if recording.is_some_and(|answer| answer.eq_ignore_ascii_case("y")) {
            sink(Entry::Note(Note::Robocall))?;
        }
        row_number += 1;
    }
    Ok(())
}
