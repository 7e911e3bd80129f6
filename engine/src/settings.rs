//! The settings' file.

use std::io::ErrorKind;

use ringfence::screening::Settings;

use crate::EngineError;
use crate::disk::{Disk, remove_all, replace};

const NAME: &str = "settings.json";
/// Where settings that could not be read are kept when others are written.
const UNREADABLE: &str = "settings.unreadable.json";
/// Most bytes that are read: some ten thousand entries of the lists.
const MOST: u64 = 1 << 20;

/// What is known of the file.
pub(crate) struct SettingsFile {
    /// Why it could not be read; the defaults hold.
    pub unreadable: Option<String>,
    /// Whether one that could not be read still has the name.
    in_the_way: bool,
}

impl SettingsFile {
    /// Reads the file; the default if there is none, or none that is
    /// understood.
    pub fn read(disk: &dyn Disk) -> (Self, Settings) {
        let (settings, unreadable) = match read(disk) {
            Ok(settings) => (settings, None),
            Err(error) => (Settings::default(), Some(error.to_string())),
        };
        let in_the_way = unreadable.is_some();
        let file = Self {
            unreadable,
            in_the_way,
        };
        (file, settings)
    }

    /// Writes a text of [`to_text`]. A file that could not be read is kept
    /// under another name, so that nothing is lost.
    pub fn write(&mut self, disk: &dyn Disk, text: &str) -> Result<(), EngineError> {
        if self.in_the_way {
            match disk.rename(NAME, UNREADABLE) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
            // It has its new name before the name is given away.
            disk.sync_folder()?;
            self.in_the_way = false;
        }
        replace(disk, NAME, text.as_bytes())?;
        self.unreadable = None;
        Ok(())
    }

    /// Removes all settings, unreadable ones too.
    pub fn forget(&mut self, disk: &dyn Disk) -> Result<(), EngineError> {
        self.unreadable = None;
        self.in_the_way = false;
        Ok(remove_all(disk, &[NAME, UNREADABLE])?)
    }
}

fn read(disk: &dyn Disk) -> Result<Settings, EngineError> {
    let Some(bytes) = disk.read(NAME, MOST)? else {
        return Ok(Settings::default());
    };
    let text = String::from_utf8(bytes)
        .map_err(|_| EngineError::Settings("these settings are no text".to_owned()))?;
    parse(&text)
}

/// The settings of a text, such as an exported file.
pub(crate) fn parse(text: &str) -> Result<Settings, EngineError> {
    if text.len() as u64 > MOST {
        let message = "these settings are longer than a mebibyte: take entries out of the lists";
        return Err(EngineError::Settings(message.to_owned()));
    }
    serde_json::from_str(text).map_err(|error| EngineError::Settings(error.to_string()))
}

/// The settings as a text that [`parse`] reads; an error if it would not.
pub(crate) fn to_text(settings: &Settings) -> Result<String, EngineError> {
    let text = serde_json::to_string_pretty(settings)
        .map_err(|error| EngineError::Settings(error.to_string()))?;
    parse(&text)?;
    Ok(text + "\n")
}
