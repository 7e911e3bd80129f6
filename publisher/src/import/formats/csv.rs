//! Separated values with columns of any name.

use std::fmt;
use std::io::BufRead;
use std::str::FromStr;

use ringfence::reported::ReportKind;

use super::{Context, Entry, Failure, Sink, head_line, header, kinds};
use crate::import::day::DateForm;
use crate::import::rows::{Fields, Row, Rows, guess_separator};
use crate::import::{Note, Reason, Said};

/// Names of columns that hold the number, if none is given.
const NUMBERS: &[&str] = &[
    "number",
    "phone",
    "phone_number",
    "phonenumber",
    "telephone",
    "tel",
    "caller",
    "caller_id",
    "msisdn",
    "e164",
];

/// A column of a file of separated values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// By its name in the first row; case does not matter.
    Name(String),
    /// By its number, from 1.
    Number(usize),
}

impl FromStr for Column {
    type Err = NotAColumn;

    fn from_str(text: &str) -> Result<Self, NotAColumn> {
        match text.trim() {
            "" => Err(NotAColumn),
            text => match text.parse() {
                Ok(0) => Err(NotAColumn),
                Ok(number) => Ok(Self::Number(number)),
                Err(_) => Ok(Self::Name(text.to_owned())),
            },
        }
    }
}

/// A text does not name a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAColumn;

impl fmt::Display for NotAColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a column is a name in the first line, or a number from 1")
    }
}

impl std::error::Error for NotAColumn {}

/// Which columns mean what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The number; found by its name if not given.
    pub number: Option<Column>,
    /// The date of the report.
    pub date: Option<Column>,
    /// What the call is said to be, in a word or two.
    pub kind: Option<Column>,
    /// How many reported it.
    pub count: Option<Column>,
    /// What separates the columns; guessed if not given.
    pub separator: Option<char>,
    /// How dates are written.
    pub dates: DateForm,
}

/// Where the columns are, from 0.
struct Places {
    number: usize,
    date: Option<usize>,
    kind: Option<usize>,
    count: Option<usize>,
}

/// Whether a first row names a column of numbers.
pub fn is_header(names: &[String]) -> bool {
    names.iter().any(|name| NUMBERS.contains(&name.as_str()))
}

fn place(column: &Column, names: &[String], option: &str) -> Result<usize, Failure> {
    match column {
        Column::Number(number) if *number <= names.len() => Ok(number - 1),
        Column::Number(_) => Err(Failure::Wrong(format!(
            "the first line has fewer columns than the number given with {option}"
        ))),
        Column::Name(name) => {
            let name = super::plain_name(name);
            let found = names.iter().position(|other| *other == name);
            found.ok_or_else(|| {
                Failure::Wrong(format!(
                    "the first line has no column of the name given with {option}; give a name \
                     from it, or the column's number from 1"
                ))
            })
        }
    }
}

fn places(columns: &Columns, names: &[String]) -> Result<Places, Failure> {
    let other = |column: &Option<Column>, option: &str| {
        let column = column.as_ref();
        column
            .map(|column| place(column, names, option))
            .transpose()
    };
    let number = match &columns.number {
        Some(column) => place(column, names, "--number")?,
        None if names.len() == 1 => 0,
        None => {
            let known = |name: &String| NUMBERS.contains(&name.as_str());
            let found = names.iter().position(known);
            found.ok_or_else(|| {
                Failure::wrong("it is not clear which column has the number; give it with --number")
            })?
        }
    };
    Ok(Places {
        number,
        date: other(&columns.date, "--date-column")?,
        kind: other(&columns.kind, "--kind")?,
        count: other(&columns.count, "--count")?,
    })
}

pub fn read(
    input: &mut dyn BufRead,
    context: &Context,
    sink: &mut Sink<'_>,
) -> Result<(), Failure> {
    let columns = &context.columns;
    let separator = match columns.separator {
        Some(separator) => separator,
        None => guess_separator(&head_line(input.fill_buf()?)),
    };
    let mut rows = Rows::new(input, separator);
    let first = match rows.next()? {
        Some(Row::Fields(fields)) => fields.clone(),
        Some(Row::TooLong) => return Err(Failure::wrong("the first line is longer than 64 KiB")),
        None => return Ok(()),
    };
    let names = header(&first);
    let places = places(columns, &names)?;
    // A first row with a number in its place is no header.
    let digits = |field: &str| field.chars().filter(char::is_ascii_digit).count();
    let by_name = matches!(columns.number, Some(Column::Name(_)));
    if by_name || is_header(&names) {
        // `e164` has digits too.
    } else if first
        .get(places.number)
        .is_some_and(|field| digits(field) >= 3)
    {
        entry(&first, &places, columns.dates, sink)?;
    }
    while let Some(row) = rows.next()? {
        match row {
            Row::Fields(fields) => entry(fields, &places, columns.dates, sink)?,
            Row::TooLong => sink(Entry::Dirty(Reason::LongRow))?,
        }
    }
    Ok(())
}

/// The digits of a number that a program for tables wrote as a decimal:
/// `301234567.0`, `3.01234567E8`. `None` if it is anything else.
fn whole(text: &str) -> Option<String> {
    let (mantissa, power) = match text.split_once(['e', 'E']) {
        Some((mantissa, power)) => (mantissa, power.parse::<usize>().ok()?),
        None => (text, 0),
    };
    let (start, end) = mantissa.split_once('.')?;
    let plus = if start.starts_with('+') { "+" } else { "" };
    let start = &start[plus.len()..];
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(start) || !digits(end) || power > 20 {
        return None;
    }
    if power == 0 {
        return matches!(end, "0" | "00").then(|| format!("{plus}{start}"));
    }
    let end = end.trim_end_matches('0');
    let zeros = power.checked_sub(end.len())?;
    Some(format!("{plus}{start}{end}{}", "0".repeat(zeros)))
}

fn entry(
    fields: &Fields,
    places: &Places,
    dates: DateForm,
    sink: &mut Sink<'_>,
) -> Result<(), Failure> {
    let Some(text) = fields.get(places.number) else {
        return sink(Entry::Dirty(Reason::BadRow));
    };
    let field = |place: Option<usize>| place.and_then(|place| fields.get(place));
    let kind = match field(places.kind).map(kinds::of_words) {
        None => ReportKind::Unspecified,
        Some(Some(kind)) => kind,
        Some(None) => return sink(Entry::Dirty(Reason::Good)),
    };
    let count = match field(places.count) {
        None => Some(1),
        Some(text) => text.parse().ok().filter(|&count| count > 0),
    };
    let whole = whole(text);
    sink(Entry::Number {
        text: whole.as_deref().unwrap_or(text),
        said: Said::Reported(kind),
        day: field(places.date).and_then(|text| dates.read(text)),
        count: count.unwrap_or(1),
    })?;
    match count {
        Some(_) => Ok(()),
        None => sink(Entry::Note(Note::NoCount)),
    }
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn decimals_of_whole_numbers_are_read() {
        for (text, expected) in [
            ("301234567.0", Some("301234567")),
            ("+12125557003.00", Some("+12125557003")),
            ("3.01234567E8", Some("301234567")),
            ("1.2125557003e10", Some("12125557003")),
            ("1.20E3", Some("1200")),
            ("301234567", None),
            ("301.5", None),
            ("202.555.0101", None),
            ("301.000", None),
            ("1.2125557003E5", None),
            ("1.2E-3", None),
            ("1.0E99", None),
            (".0", None),
        ] {
            assert_eq!(whole(text).as_deref(), expected, "{text}");
        }
    }
}
