//! What the user has chosen.

use std::fmt;
use std::str::FromStr;

use super::{Action, Category};
use crate::number::{E164, Kind, Number, Region};

/// The version of the settings this build writes and reads.
pub const SETTINGS_VERSION: u32 = 1;

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
///   "version": 1,
///   "mode": "standard",
///   "switches": {"hidden": "silence", "telemarketing": "off"},
///   "allow": ["+442079460000", "region:IE"],
///   "block": ["+4470*", "kind:premium_rate"]
/// }
/// ```
///
/// where everything may be left out and nothing unknown may stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// How much screening may do.
    pub mode: Mode,
    /// Choices for single categories.
    pub switches: Switches,
    /// Who always rings.
    pub allow: Vec<ListEntry>,
    /// Who never does.
    pub block: Vec<ListEntry>,
}

#[cfg(feature = "serde")]
mod with_serde {
    use std::collections::BTreeMap;
    use std::fmt::Display;

    use serde::de::{Deserialize, Deserializer, Error, Visitor};
    use serde::ser::{Serialize, Serializer};

    use super::{ListEntry, Mode, NotAListEntry, SETTINGS_VERSION, Settings, Switch, Switches};
    use crate::screening::Category;

    #[derive(serde::Serialize, serde::Deserialize)]
    #[serde(deny_unknown_fields, default)]
    struct Fields {
        version: u32,
        mode: Mode,
        switches: Switches,
        allow: Vec<ListEntry>,
        block: Vec<ListEntry>,
    }

    impl Default for Fields {
        fn default() -> Self {
            Settings::default().into()
        }
    }

    impl From<Settings> for Fields {
        fn from(settings: Settings) -> Self {
            Self {
                version: SETTINGS_VERSION,
                mode: settings.mode,
                switches: settings.switches,
                allow: settings.allow,
                block: settings.block,
            }
        }
    }

    impl Serialize for Settings {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            Fields::from(self.clone()).serialize(serializer)
        }
    }

    impl<'de> Deserialize<'de> for Settings {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let fields = Fields::deserialize(deserializer).map_err(without_numbers)?;
            if fields.version != SETTINGS_VERSION {
                return Err(D::Error::custom(format_args!(
                    "these settings have another version than {SETTINGS_VERSION}, which this program \
                     reads: use the program that wrote them"
                )));
            }
            Ok(Self {
                mode: fields.mode,
                switches: fields.switches,
                allow: fields.allow,
                block: fields.block,
            })
        }
    }

    /// The error as it is, unless it repeats what may be someone's number.
    fn without_numbers<E: Error>(error: E) -> E {
        let text = error.to_string();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        // Our own message has an example in it.
        if digits < 5 || text.contains(&NotAListEntry.to_string()) {
            return error;
        }
        E::custom("a value or a name does not belong there; see the example of the settings")
    }

    impl Serialize for ListEntry {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }

    impl<'de> Deserialize<'de> for ListEntry {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(EntryVisitor)
        }
    }

    /// Takes texts; refuses numbers without repeating them, which serde's own
    /// message would.
    struct EntryVisitor;

    impl Visitor<'_> for EntryVisitor {
        type Value = ListEntry;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            NotAListEntry.fmt(f)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<ListEntry, E> {
            text.parse().map_err(E::custom)
        }

        fn visit_u64<E: Error>(self, _: u64) -> Result<ListEntry, E> {
            Err(E::custom(NotAListEntry))
        }

        fn visit_i64<E: Error>(self, _: i64) -> Result<ListEntry, E> {
            Err(E::custom(NotAListEntry))
        }

        fn visit_f64<E: Error>(self, _: f64) -> Result<ListEntry, E> {
            Err(E::custom(NotAListEntry))
        }
    }

    impl Serialize for Switches {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map(
                self.iter()
                    .map(|(category, switch)| (category.id(), switch)),
            )
        }
    }

    impl<'de> Deserialize<'de> for Switches {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let mut switches = Self::default();
            for (name, switch) in BTreeMap::<String, Switch>::deserialize(deserializer)? {
                let category: Category = name.parse().map_err(D::Error::custom)?;
                let set = switches.set(category, Some(switch));
                set.map_err(D::Error::custom)?;
            }
            Ok(switches)
        }
    }
}
