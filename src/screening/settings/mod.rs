//! What the user has chosen.

#[cfg(feature = "serde")]
mod json;

use std::fmt;
use std::str::FromStr;

use super::{Action, Category};
use crate::number::{E164, Kind, Number, Region};

/// The version of the settings that this build writes. It reads all from 1 on.
pub const SETTINGS_VERSION: u32 = 2;

/// How many hours strangers may be warned of after a scam: up to four weeks.
pub const AFTER_SCAM_HOURS: std::ops::RangeInclusive<u16> = 1..=672;

/// How much screening may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Mode {
    /// Never rejects: silences where standard rejects, else warns.
    Gentle,
    /// Rejects only what the user blocked, what the network says is forged
    /// and what nobody honest can show; else warns or silences.
    #[default]
    Standard,
    /// One step harder than standard.
    Strict,
}

impl FromStr for Mode {
    type Err = NotAMode;

    fn from_str(text: &str) -> Result<Self, NotAMode> {
        match text {
            "gentle" => Ok(Self::Gentle),
            "standard" => Ok(Self::Standard),
            "strict" => Ok(Self::Strict),
            _ => Err(NotAMode),
        }
    }
}

/// A text is not the name of a mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAMode;

impl fmt::Display for NotAMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mode is gentle, standard or strict")
    }
}

impl std::error::Error for NotAMode {}

/// What the user chose for one category, instead of what the mode does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
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

impl Switch {
    /// The action it asks for; `None` for [`Switch::Off`].
    pub(crate) fn action(self) -> Option<Action> {
        match self {
            Self::Off => None,
            Self::Warn => Some(Action::Warn),
            Self::Silence => Some(Action::Silence),
            Self::Reject => Some(Action::Reject),
        }
    }
}

/// A switch for each category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Switches([Option<Switch>; Category::ALL.len()]);

impl Switches {
    /// The user's choice for a category, if there is one.
    pub fn get(&self, category: Category) -> Option<Switch> {
        self.0.get(category as usize).copied().flatten()
    }

    /// Sets or clears the user's choice for a category.
    ///
    /// # Errors
    /// [`NotSwitchable`] for categories that never speak against a caller,
    /// such as emergency numbers, and for the user's own lists.
    pub fn set(&mut self, category: Category, switch: Option<Switch>) -> Result<(), NotSwitchable> {
        if !is_switchable(category) {
            return Err(NotSwitchable);
        }
        if let Some(place) = self.0.get_mut(category as usize) {
            *place = switch;
        }
        Ok(())
    }

    /// The categories with a choice.
    pub fn iter(&self) -> impl Iterator<Item = (Category, Switch)> {
        let all = Category::ALL.iter().copied();
        all.filter_map(|category| Some((category, self.get(category)?)))
    }
}

fn is_switchable(category: Category) -> bool {
    !matches!(
        category,
        Category::NothingKnown
            | Category::ServicePlatform
            | Category::BlockedByYou
            | Category::AllowedByYou
            | Category::Emergency
            | Category::ShortCode
            | Category::Known
            | Category::DamagedDatabase
    )
}

/// A category has no switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotSwitchable;

impl fmt::Display for NotSwitchable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this category has no switch; those that have one are")?;
        let all = Category::ALL
            .iter()
            .filter(|&&category| is_switchable(category));
        all.enumerate()
            .try_for_each(|(i, category)| write!(f, "{} {category}", if i == 0 { "" } else { "," }))
    }
}

impl std::error::Error for NotSwitchable {}

/// An entry of the allow list or the block list.
///
/// As text: `+442079460000` a number, `+4420*` all that start so, `region:FR`
/// a region, `kind:premium_rate` a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListEntry {
    /// One number.
    Number(E164),
    /// All numbers that start with these digits.
    Prefix(E164),
    /// All numbers of a region.
    Region(Region),
    /// All numbers of a kind.
    Kind(Kind),
}

impl ListEntry {
    /// Whether the entry covers a number.
    pub fn covers(&self, number: &Number) -> bool {
        match self {
            Self::Number(e164) => *e164 == number.e164,
            Self::Prefix(start) => number.e164.digits().starts_with(start.digits()),
            Self::Region(region) => number.region == Some(*region),
            Self::Kind(kind) => number.kind == *kind,
        }
    }
}

impl fmt::Display for ListEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Prefix(start) => write!(f, "{start}*"),
            Self::Region(region) => write!(f, "region:{region}"),
            Self::Kind(kind) => write!(f, "kind:{kind}"),
        }
    }
}

impl FromStr for ListEntry {
    type Err = NotAListEntry;

    fn from_str(text: &str) -> Result<Self, NotAListEntry> {
        let entry = if let Some(region) = text.strip_prefix("region:") {
            region.parse().ok().map(Self::Region)
        } else if let Some(kind) = text.strip_prefix("kind:") {
            kind.parse().ok().map(Self::Kind)
        } else if let Some(start) = text.strip_suffix('*') {
            start.parse().ok().map(Self::Prefix)
        } else {
            text.parse().ok().map(Self::Number)
        };
        entry.ok_or(NotAListEntry)
    }
}

/// A text is not an entry of a list. The text itself is not repeated, since it
/// may be someone's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAListEntry;

impl fmt::Display for NotAListEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "an entry of the allow or block list is a number such as +442079460000, a prefix \
             such as +4420*, a region such as region:FR, or a kind such as kind:premium_rate",
        )
    }
}

impl std::error::Error for NotAListEntry {}

/// What the user has chosen. With the feature `serde` it reads and writes as
///
/// ```json
/// {
///   "version": 2,
///   "mode": "standard",
///   "home": "GB",
///   "switches": {"hidden": "silence", "telemarketing": "off"},
///   "allow": ["+442079460000", "region:IE"],
///   "block": ["+4470*", "kind:premium_rate"],
///   "repeated_call": true,
///   "after_scam_hours": 72,
///   "call_log": true
/// }
/// ```
///
/// where everything may be left out and nothing unknown may stand. Hidden
/// numbers and the days after a scam have switches, `hidden` and `after_scam`.
/// Settings of version 1 lack `home` and what comes after `block`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How much screening may do.
    pub mode: Mode,
    /// The region whose national numbers the phone understands; whoever asks
    /// about a call puts it into [`Call::home`](super::Call::home).
    pub home: Option<Region>,
    /// Choices for single categories.
    pub switches: Switches,
    /// Who always rings.
    pub allow: Vec<ListEntry>,
    /// Who never does.
    pub block: Vec<ListEntry>,
    /// Whether a second call within three minutes is let through with a
    /// warning.
    pub repeated_call: bool,
    /// How long strangers are warned of after the user marked a call as a
    /// scam, in hours, [`AFTER_SCAM_HOURS`].
    pub after_scam_hours: u16,
    /// Whether the last verdicts are kept to be looked at.
    pub call_log: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            mode: Mode::default(),
            home: None,
            switches: Switches::default(),
            allow: Vec::new(),
            block: Vec::new(),
            repeated_call: true,
            after_scam_hours: 72,
            call_log: true,
        }
    }
}
