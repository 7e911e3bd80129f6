//! Days, counted from 1970-01-01, and the ways in which lists write them.

use std::fmt;
use std::str::FromStr;

const SECONDS: i64 = 24 * 60 * 60;

/// How a list writes its dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateForm {
    /// `2026-03-05`, alone or with a time: `2026-03-05 00:03:04`,
    /// `2026-03-05T00:03:04Z`, `2026-03-05T00:03:04+02:00`. A time with an
    /// offset is brought to UTC.
    #[default]
    Iso,
    /// `3/5/2026`, month first, alone or with a time.
    American,
    /// `5.3.2026` or `5/3/2026`, day first, alone or with a time.
    European,
    /// Seconds since 1970, or milliseconds if they are more than 10^11.
    Unix,
}

impl DateForm {
    /// Every form with its id.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Iso, "iso"),
        (Self::American, "us"),
        (Self::European, "eu"),
        (Self::Unix, "unix"),
    ];

    /// The form's id, such as `iso`.
    pub fn id(self) -> &'static str {
        let found = Self::ALL.iter().find(|(form, _)| *form == self);
        found.map_or("", |(_, id)| id)
    }

    /// The day that a text in this form names; `None` if it names none from
    /// 1970 on.
    pub fn read(self, text: &str) -> Option<u32> {
        let text = text.trim();
        match self {
            Self::Iso => iso(text),
            Self::American => {
                let [month, day, year] = numbers(text)?;
                civil(year, month, day)
            }
            Self::European => {
                let [day, month, year] = numbers(text)?;
                civil(year, month, day)
            }
            Self::Unix => from_unix(text.parse().ok()?),
        }
    }
}

impl FromStr for DateForm {
    type Err = NotADateForm;

    fn from_str(text: &str) -> Result<Self, NotADateForm> {
        let found = Self::ALL.iter().find(|(_, id)| *id == text);
        found.map(|(form, _)| *form).ok_or(NotADateForm)
    }
}

/// A text is not the id of a form of dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADateForm;

impl fmt::Display for NotADateForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("dates are written as iso, us, eu or unix")
    }
}

impl std::error::Error for NotADateForm {}

/// The day of a time in seconds since 1970, or in milliseconds if it is more
/// than 10^11, which as seconds is the year 5138.
pub fn from_unix(time: i64) -> Option<u32> {
    let seconds = if time > 100_000_000_000 {
        time / 1000
    } else {
        time
    };
    u32::try_from(seconds.div_euclid(SECONDS)).ok()
}

/// The day of a date; `None` if there is no such date or it is before 1970.
/// Howard Hinnant's `days_from_civil`, over years that start in March.
pub fn civil(year: u32, month: u32, day: u32) -> Option<u32> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let length = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1970..=9999).contains(&year) || !(1..=length).contains(&day) {
        return None;
    }
    let shifted = year - u32::from(month <= 2);
    let (era, of_era) = (shifted / 400, shifted % 400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    days.checked_sub(719_468)
}

/// The date of a day as ISO 8601 has it, such as `2026-11-22`.
pub fn iso_date(day: u32) -> String {
    let days = u64::from(day) + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let years = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * years + years / 4 - years / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = years + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The first three numbers of a text, with anything but digits between them
/// and a time after them.
fn numbers(text: &str) -> Option<[u32; 3]> {
    let mut numbers = text
        .split(|c: char| !c.is_ascii_digit())
        .map(|part| part.parse().ok());
    Some([numbers.next()??, numbers.next()??, numbers.next()??])
}

fn iso(text: &str) -> Option<u32> {
    let date = text.get(..10)?;
    let &[_, _, _, _, b'-', _, _, b'-', _, _] = date.as_bytes() else {
        return None;
    };
    let [year, month, day] = numbers(date)?;
    let day = civil(year, month, day)?;
    let rest = text.get(10..)?;
    let Some(clock) = rest.strip_prefix(['T', 't', ' ']) else {
        return rest.is_empty().then_some(day);
    };
    let Some(sign) = clock.rfind(['+', '-']) else {
        return Some(day);
    };
    let minutes = |text: &str| {
        let (hours, minutes) = text.get(..5)?.split_once(':')?;
        Some(hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?)
    };
    let offset = clock.get(sign + 1..).unwrap_or_default();
    let offset = match offset.len() {
        2 => offset.parse().ok().map(|hours: i64| hours * 60),
        4 => offset
            .parse()
            .ok()
            .map(|both: i64| both / 100 * 60 + both % 100),
        _ => minutes(offset),
    };
    // The date is worth more than the hours between two clocks.
    let (Some(offset), Some(time)) = (offset, minutes(clock)) else {
        return Some(day);
    };
    let offset = if clock.as_bytes()[sign] == b'-' {
        -offset
    } else {
        offset
    };
    from_unix(i64::from(day) * SECONDS + (time - offset) * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_five_centuries_comes_back() {
        for day in 0..182_000 {
            assert_eq!(DateForm::Iso.read(&iso_date(day)), Some(day));
        }
        assert_eq!(iso_date(0), "1970-01-01");
        assert_eq!(civil(2026, 11, 22), Some(20_779));
    }

    #[test]
    fn dates_are_read_in_each_form() {
        let day = civil(2026, 3, 5);
        for text in [
            "2026-03-05",
            " 2026-03-05 00:03:04 ",
            "2026-03-05T23:59:59Z",
            "2026-03-06T01:30:00+02:00",
            "2026-03-04T22:30:00-02:00",
            "2026-03-06T01:30:00+02",
            "2026-03-04 22:30:00-0230",
            "2026-03-05 00:00:00+00",
            "2026-03-05T23:00:00+somewhere",
            "2026-03-05T12:00:00.123Z",
        ] {
            assert_eq!(DateForm::Iso.read(text), day, "{text}");
        }
        assert_eq!(DateForm::American.read("3/5/2026 11:00 PM"), day);
        assert_eq!(DateForm::American.read("03/05/2026"), day);
        assert_eq!(DateForm::European.read("5.3.2026"), day);
        assert_eq!(DateForm::Unix.read("1772668800"), day);
        assert_eq!(DateForm::Unix.read("1772668800000"), day);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "2026-02-29",
            "2026-13-01",
            "1969-12-31",
            "2026/03/05",
            "5 March 2026",
            "2026-03-05x",
            "２０２６-03-05",
        ] {
            assert_eq!(DateForm::Iso.read(text), None, "{text}");
        }
        assert_eq!(DateForm::American.read("13/1/2026"), None);
        assert_eq!(DateForm::Unix.read("-5"), None);
        assert_eq!(DateForm::Unix.read("9223372036854775807"), None);
    }
}
