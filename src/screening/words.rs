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
    // A phone's clock may be behind the list.
    let today = u32::try_from(now / DAY).unwrap_or(u32::MAX).max(as_of);
    if let Some(reports) = database.reports(listing)? {
        let count = match reports.count {
            1 => "once".to_owned(),
            2 => "twice".to_owned(),
            u16::MAX => "65,535 times or more".to_owned(),
            count => format!("{count} times"),
        };
        let since_last = today.saturating_sub(reports.last);
        let last = match since_last {
            0 => "today".to_owned(),
            1 => "yesterday".to_owned(),
            days => format!("{days} days ago"),
        };
        if reports.first == reports.last {
            return Ok(format!("Reported {count}{kind}, most recently {last}."));
        }
        let since = match today.saturating_sub(reports.first) {
            0 => "today".to_owned(),
            1 => "since yesterday".to_owned(),
            days => format!("in the last {days} days"),
        };
        return Ok(match since_last <= WEEK {
            true => format!("Reported {count} {since}{kind}."),
            false => format!("Reported {count} {since}{kind}, most recently {last}."),
        });
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
        "Only about 1 in {} numbers has neighbours that are reported as much.",
        one_in(risk.share)
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
            "Of the {numbers} numbers that are alike but for the {digits}, {all} were \
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

/// A share in millionths as one in so many, such as `1,000`: in one digit and
/// zeros.
fn one_in(millionths: u32) -> String {
    let many = 1_000_000 / millionths.max(1);
    let zeros = 10_u32.pow(many.max(1).ilog10());
    let round = (many / zeros * zeros).to_string();
    let (thousands, rest) = round.split_at(round.len().saturating_sub(3));
    match thousands {
        "" => rest.to_owned(),
        thousands => format!("{thousands},{rest}"),
    }
}

fn kind(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Unspecified => "",
        ReportKind::Fraud => " as fraud",
        ReportKind::Unwanted => " as unwanted",
    }
}

fn date(day: u32) -> Date {
    date_of(u64::from(day) * DAY)
}

#[cfg(test)]
mod tests {
    use super::one_in;

    #[test]
    fn shares_are_told_as_one_in_many() {
        let told = [10_000, 3_000, 1_000, 300, 100, 1_000_000].map(one_in);
        assert_eq!(told, ["100", "300", "1,000", "3,000", "10,000", "1"]);
    }
}
