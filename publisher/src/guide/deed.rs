//! What the phone can do for a step: the key `do`.

use serde::Deserialize;
use toml::Spanned;

use super::check::Check;
use crate::Error;

/// Settings that can be opened.
const SETTINGS: [&str; 4] = ["wifi", "apps", "airplane_mode", "call_blocking"];

/// What the phone can do for a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Ring this number.
    Dial(String),
    /// Open these settings.
    OpenSettings(String),
    /// Offer to remove programs for remote access.
    Uninstall,
    /// Write a report: for a short number, or `report` for the country's
    /// place for reports.
    ShareReport(String),
    /// Open this page.
    OpenPage(String),
}

/// The key `do` as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeedFile {
    dial: Option<Spanned<String>>,
    open_settings: Option<Spanned<String>>,
    uninstall: Option<Spanned<String>>,
    share_report: Option<Spanned<String>>,
    open_page: Option<Spanned<String>>,
}

/// Reads what the phone can do.
pub(super) fn deed(check: Check<'_>, file: Spanned<DeedFile>) -> Result<Deed, Error> {
    let at = file.span().start;
    let file = file.into_inner();
    let refuse = |text: &Spanned<String>, message: String| check.refuse(text.span().start, message);
    let one = (
        file.dial,
        file.open_settings,
        file.uninstall,
        file.share_report,
        file.open_page,
    );
    match one {
        (Some(number), None, None, None, None) => match is_phone(number.get_ref()) {
            true => Ok(Deed::Dial(number.into_inner())),
            false => refuse(&number, "dial takes a number as it is dialled".to_owned()),
        },
        (None, Some(name), None, None, None) => match SETTINGS.contains(&name.get_ref().as_str()) {
            true => Ok(Deed::OpenSettings(name.into_inner())),
            false => {
                let names = SETTINGS.join(", ");
                refuse(&name, format!("open_settings is one of {names}"))
            }
        },
        (None, None, Some(what), None, None) => match what.get_ref() == "remote_tool" {
            true => Ok(Deed::Uninstall),
            false => refuse(&what, "uninstall is remote_tool".to_owned()),
        },
        (None, None, None, Some(to), None) => {
            match to.get_ref() == "report" || is_phone(to.get_ref()) {
                true => Ok(Deed::ShareReport(to.into_inner())),
                false => refuse(&to, "share_report is report or a short number".to_owned()),
            }
        }
        (None, None, None, None, Some(page)) => Ok(Deed::OpenPage(check.url(page)?)),
        _ => check.refuse(
            at,
            "do has one of dial, open_settings, uninstall, share_report and open_page",
        ),
    }
}

/// Whether a text is a number as people dial it.
pub(super) fn is_phone(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    let fine = |byte: u8| byte.is_ascii_digit() || matches!(byte, b' ' | b'-');
    (2..=15).contains(&count) && digits.trim() == digits && digits.bytes().all(fine)
}
