//! What the user chooses.

use std::collections::HashMap;

use ringfence::database::Database;
use ringfence::number::Region;
use ringfence::screening::{self, Category, ListEntry};

use crate::RingfenceError;

/// How much screening may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Mode {
    /// Never rejects: silences where standard rejects, else warns.
    Gentle,
    /// Rejects only what the user blocked, what the network says is forged
    /// and what nobody honest can show; else warns or silences.
    Standard,
    /// One step harder than standard.
    Strict,
}

/// What the user chose for one category, instead of what the mode does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Switch {
    /// As if the category did not exist.
    Off,
    /// Ring with a warning.
    Warn,
    /// Do not ring.
    Silence,
    /// End the call.
    Reject,
}

/// What the user has chosen.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Settings {
    /// How much screening may do.
    pub mode: Mode,
    /// The region whose national numbers the phone understands, such as `GB`.
    pub home: Option<String>,
    /// Choices for single categories, by the category's id, such as `hidden`.
    pub switches: HashMap<String, Switch>,
    /// Who always rings: numbers as they are written at home or with a plus
    /// sign, prefixes such as `+4420*`, regions such as `region:FR`, kinds
    /// such as `kind:premium_rate`. Numbers come back with a plus sign.
    pub allow: Vec<String>,
    /// Who never does, in the same way.
    pub block: Vec<String>,
    /// Whether a second call within three minutes is let through with a
    /// warning.
    pub repeated_call: bool,
    /// How long strangers are warned of after the user marked a call as a
    /// scam, in hours, 1 to 672.
    pub after_scam_hours: i32,
    /// Whether the last verdicts are kept to be looked at.
    pub call_log: bool,
}

impl From<&screening::Settings> for Settings {
    fn from(settings: &screening::Settings) -> Self {
        let entries = |list: &[ListEntry]| list.iter().map(ToString::to_string).collect();
        let switches = settings.switches.iter().map(|(category, switch)| {
            let switch = match switch {
                screening::Switch::Off => Switch::Off,
                screening::Switch::Warn => Switch::Warn,
                screening::Switch::Silence => Switch::Silence,
                screening::Switch::Reject => Switch::Reject,
            };
            (category.id().to_owned(), switch)
        });
        Self {
            mode: match settings.mode {
                screening::Mode::Gentle => Mode::Gentle,
                screening::Mode::Standard => Mode::Standard,
                screening::Mode::Strict => Mode::Strict,
            },
            home: settings.home.map(|home| home.to_string()),
            switches: switches.collect(),
            allow: entries(&settings.allow),
            block: entries(&settings.block),
            repeated_call: settings.repeated_call,
            after_scam_hours: settings.after_scam_hours.into(),
            call_log: settings.call_log,
        }
    }
}

impl Settings {
    /// As the engine takes them.
    ///
    /// # Errors
    /// [`RingfenceError::Settings`] if a value makes no sense.
    pub(crate) fn read(&self, database: &Database) -> Result<screening::Settings, RingfenceError> {
        let refused = |error: &dyn std::fmt::Display| RingfenceError::Settings(error.to_string());
        let home: Option<Region> = match &self.home {
            Some(home) => Some(home.parse().map_err(|error| refused(&error))?),
            None => None,
        };
        let entries = |list: &[String]| -> Result<Vec<ListEntry>, RingfenceError> {
            let entry =
                |text: &String| entry(text, home, database).map_err(|error| refused(&error));
            list.iter().map(entry).collect()
        };
        let mut switches = screening::Switches::default();
        for (id, switch) in &self.switches {
            let category: Category = id.parse().map_err(|error| refused(&error))?;
            let switch = match switch {
                Switch::Off => screening::Switch::Off,
                Switch::Warn => screening::Switch::Warn,
                Switch::Silence => screening::Switch::Silence,
                Switch::Reject => screening::Switch::Reject,
            };
            let set = switches.set(category, Some(switch));
            set.map_err(|error| refused(&error))?;
        }
        let hours = u16::try_from(self.after_scam_hours).unwrap_or(0);
        if !screening::AFTER_SCAM_HOURS.contains(&hours) {
            let message = "the days after a scam are 1 to 672 hours; to have no such warnings, \
                           switch after_scam off";
            return Err(RingfenceError::Settings(message.to_owned()));
        }
        Ok(screening::Settings {
            mode: match self.mode {
                Mode::Gentle => screening::Mode::Gentle,
                Mode::Standard => screening::Mode::Standard,
                Mode::Strict => screening::Mode::Strict,
            },
            home,
            switches,
            allow: entries(&self.allow)?,
            block: entries(&self.block)?,
            repeated_call: self.repeated_call,
            after_scam_hours: hours,
            call_log: self.call_log,
        })
    }
}

/// An entry of a list; a number may be written as it is at home.
fn entry(
    text: &str,
    home: Option<Region>,
    database: &Database,
) -> Result<ListEntry, screening::NotAListEntry> {
    let text = text.trim();
    text.parse().or_else(|error| {
        let number = database
            .plan()
            .ok()
            .and_then(|plan| plan.parse(text, home).ok());
        let number = number.filter(|number| number.is_valid());
        number
            .map(|number| ListEntry::Number(number.e164))
            .ok_or(error)
    })
}
