//! Settings as JSON, or whatever else serde writes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::{
    AFTER_SCAM_HOURS, ListEntry, Mode, NotAListEntry, SETTINGS_VERSION, Settings, Switch, Switches,
};
use crate::number::Region;
use crate::screening::Category;

/// What is written. Missing fields are as in the default; those that came
/// with version 2 are optional, so that one of version 1 cannot have them.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Fields {
    version: u32,
    mode: Mode,
    #[serde(skip_serializing_if = "Option::is_none")]
    home: Option<Home>,
    switches: Switches,
    allow: Vec<ListEntry>,
    block: Vec<ListEntry>,
    repeated_call: Option<bool>,
    after_scam_hours: Option<u16>,
    call_log: Option<bool>,
}

impl Default for Fields {
    fn default() -> Self {
        Self {
            version: SETTINGS_VERSION,
            mode: Mode::default(),
            home: None,
            switches: Switches::default(),
            allow: Vec::new(),
            block: Vec::new(),
            repeated_call: None,
            after_scam_hours: None,
            call_log: None,
        }
    }
}

impl From<Settings> for Fields {
    fn from(settings: Settings) -> Self {
        Self {
            version: SETTINGS_VERSION,
            mode: settings.mode,
            home: settings.home.map(Home),
            switches: settings.switches,
            allow: settings.allow,
            block: settings.block,
            repeated_call: Some(settings.repeated_call),
            after_scam_hours: Some(settings.after_scam_hours),
            call_log: Some(settings.call_log),
        }
    }
}

impl Fields {
    /// Whether it has nothing that came after version 1.
    fn is_of_version_1(&self) -> bool {
        let Self {
            home,
            repeated_call,
            after_scam_hours,
            call_log,
            ..
        } = self;
        home.is_none()
            && repeated_call.is_none()
            && after_scam_hours.is_none()
            && call_log.is_none()
    }

    fn settings(self) -> Result<Settings, String> {
        let readable = match self.version {
            1 => self.is_of_version_1(),
            SETTINGS_VERSION => true,
            _ => {
                return Err(format!(
                    "these settings have another version than 1 to {SETTINGS_VERSION}, which \
                     this program reads: use the program that wrote them, or a newer one"
                ));
            }
        };
        if !readable {
            return Err("these settings say version 1 but have what came later: say 2".into());
        }
        let default = Settings::default();
        let after_scam_hours = self.after_scam_hours.unwrap_or(default.after_scam_hours);
        if !AFTER_SCAM_HOURS.contains(&after_scam_hours) {
            return Err(format!(
                "after_scam_hours is from {} to {}; to have no such warnings, set the switch \
                 after_scam to off",
                AFTER_SCAM_HOURS.start(),
                AFTER_SCAM_HOURS.end()
            ));
        }
        Ok(Settings {
            mode: self.mode,
            home: self.home.map(|home| home.0),
            switches: self.switches,
            allow: self.allow,
            block: self.block,
            repeated_call: self.repeated_call.unwrap_or(default.repeated_call),
            after_scam_hours,
            call_log: self.call_log.unwrap_or(default.call_log),
        })
    }
}

impl Serialize for Settings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Fields::from(self.clone()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Settings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = deserializer.deserialize_map(FieldsVisitor);
        let fields = fields.map_err(without_values)?;
        fields.settings().map_err(D::Error::custom)
    }
}

/// Takes an object and nothing else: serde would take a list of the values too.
struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("settings: an object such as {\"mode\": \"standard\"}")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Fields, A::Error> {
        Fields::deserialize(MapAccessDeserializer::new(map))
    }
}

/// A region as text.
struct Home(Region);

impl Serialize for Home {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Home {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map(Self).map_err(D::Error::custom)
    }
}

/// The error without what stands in the settings, which may be anything. What
/// serde repeats of it comes before what was expected; its other messages
/// repeat nothing.
fn without_values<E: Error>(error: E) -> E {
    match error.to_string().rsplit_once(", expected ") {
        Some((_, expected)) => E::custom(format_args!(
            "a value or a name does not belong there: expected {expected}"
        )),
        None => error,
    }
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
