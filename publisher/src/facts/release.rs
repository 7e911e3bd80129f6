//! Name and time of a release, `data/release.toml`.

use std::path::Path;

use ringfence::database::format::RELEASE_LENGTH;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::Error;
use crate::source::Source;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReleaseFile {
    release: Spanned<String>,
    issued: Spanned<Datetime>,
}

/// Name and time of a release.
#[derive(Clone, Debug)]
pub struct Release {
    /// The name.
    pub name: String,
    /// Seconds since 1970-01-01T00:00:00Z.
    pub issued: u64,
}

/// Reads `release.toml` in the folder `data`.
///
/// # Errors
/// [`Error::Io`] or [`Error::Source`].
pub fn read_release(data: &Path) -> Result<Release, Error> {
    let source = Source::read(data.join("release.toml"))?;
    let file: ReleaseFile = source.parse()?;
    let name = file.release.get_ref();
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    if name.is_empty() || name.len() > RELEASE_LENGTH || !name.bytes().all(fine) {
        let at = file.release.span().start;
        return Err(source.error(
            at,
            "a release is named by up to 32 letters, digits, dots and dashes",
        ));
    }
    let issued = unix_seconds(file.issued.get_ref()).ok_or_else(|| {
        let at = file.issued.span().start;
        source.error(at, "write the time in UTC, such as 2026-11-22T00:00:00Z")
    })?;
    Ok(Release {
        name: name.clone(),
        issued,
    })
}

/// Seconds since 1970 of a time in UTC.
fn unix_seconds(time: &Datetime) -> Option<u64> {
    let (date, clock) = (time.date?, time.time?);
    if time.offset != Some(toml::value::Offset::Z) {
        return None;
    }
    // Days since 1970-01-01 in the Gregorian calendar, years from March.
    let (year, month) = (i64::from(date.year), i64::from(date.month));
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = 365 * year + year / 4 - year / 100
        + year / 400
        + (153 * month + 2) / 5
        + i64::from(date.day)
        - 1
        - 719_468;
    let second = clock.second.unwrap_or(0);
    let seconds = i64::from(clock.hour) * 3600 + i64::from(clock.minute) * 60 + i64::from(second);
    u64::try_from(days * 86_400 + seconds).ok()
}
