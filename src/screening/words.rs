//! Reports of other people in words, for the screen that says why.

use super::Date;
use super::explain::date_of;
use crate::database::{Database, Fault};
use crate::reported::{Listing, ReportKind, Risk, Strength, WEEK};

/// Seconds in a day.
const DAY: u64 = 86_400;
/// Blocks of neighbours, the smallest first, and how they are told.
const NEIGHBOURS: [(u64, &str, &str); 4] = [
    (10, "10", "last digit"),
    (100, "100", "last two digits"),
    (1_000, "1,000", "last three digits"),
    (10_000, "10,000", "last four digits"),
];

/// How the list's reports of a number are told at the time `now`, in seconds
/// since 1970.
pub(super) fn listed(database: &Database, listing: &Listing, now: u64) -> Result<String, Fault> {
    let as_of = database.listed()?.map_or(0, |listed| listed.as_of());
    let kind = kind(listing.class.kind);
    let today = u32::try_from(now / DAY).unwrap_or(u32::MAX);
    if let Some(reports) = database.reports(listing)? {
        let count = match reports.count {
            u16::MAX => "65,535 times or more".to_owned(),
            count => format!("{count} times"),
        };
        let last = ago(today.saturating_sub(reports.last));
        if reports.first == reports.last {
            return Ok(format!("Reported {count}{kind}, last {last}."));
        }
        let days = today.saturating_sub(reports.first);
        let lately = match reports.last + WEEK >= today {
            true => String::new(),
            false => format!(", last {last}"),
        };
        return Ok(format!(
            "Reported {count} in the last {days} days{kind}{lately}."
        ));
    }
    let how_often = match listing.class.strength {
        Strength::Once => "once",
        Strength::Few => "a few times",
        Strength::Many => "many times",
    };
    let when = match listing.class.recent {
        true => format!("in the week before {}", date(as_of)),
        false => format!("before {}", date(as_of.saturating_sub(WEEK))),
    };
    Ok(format!("Reported {how_often}{kind}, {when}."))
}

/// How the reports of a number's neighbours are told.
pub(super) fn hot_block(
    database: &Database,
    key: Option<u64>,
    risk: &Risk,
) -> Result<String, Fault> {
    let often = format!(
        "Its block is among the most reported {} of its country's numbers.",
        percent(risk.share)
    );
    let (Some(key), Some(listed)) = (key, database.listed()?) else {
        return Ok(often);
    };
    let date = date(listed.as_of());
    for (size, numbers, digits) in NEIGHBOURS {
        let first = key / size * size;
        let (all, recent) = listed.count(first, first + size - 1)?;
        if all < 2 {
            continue;
        }
        let recent = match recent {
            0 => format!("none of them in the week before {date}"),
            recent if recent == all => format!("all of them in the week before {date}"),
            recent => format!("{recent} of them in the week before {date}"),
        };
        return Ok(format!(
            "Of the {numbers} numbers that differ from it only in the {digits}, {all} were \
             reported, {recent}. {often}"
        ));
    }
    Ok(often)
}

/// How lists of beginnings are told.
pub(super) fn prefix(of: ReportKind) -> String {
    format!(
        "Numbers that begin like this are on a list of callers{}.",
        kind(of)
    )
}

/// A share in millionths as percent, such as `0.1 %`.
fn percent(millionths: u32) -> String {
    let (whole, rest) = (millionths / 10_000, millionths % 10_000);
    let digits = format!("{rest:04}");
    match digits.trim_end_matches('0') {
        "" => format!("{whole} %"),
        digits => format!("{whole}.{digits} %"),
    }
}

fn kind(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Unspecified => "",
        ReportKind::Fraud => " as fraud",
        ReportKind::Unwanted => " as unwanted",
    }
}

fn ago(days: u32) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days => format!("{days} days ago"),
    }
}

fn date(day: u32) -> Date {
    date_of(u64::from(day) * DAY)
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_are_told_in_percent() {
        let told = [10_000, 7_000, 10, 1_000, 1, 12_345].map(percent);
        assert_eq!(
            told,
            ["1 %", "0.7 %", "0.001 %", "0.1 %", "0.0001 %", "1.2345 %"]
        );
    }
}
