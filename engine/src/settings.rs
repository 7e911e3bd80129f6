//! The settings' file.

use ringfence::screening::Settings;

use crate::EngineError;
use crate::disk::{Disk, new_name, replace};

const NAME: &str = "settings.json";
/// Where settings that could not be read are kept when others are written.
const UNREADABLE: &str = "settings.unreadable.json";
/// Most bytes that are read: some ten thousand entries of the lists.
pub(crate) const MOST: u64 = 1 << 20;

/// The settings of a text, such as an exported file.
pub(crate) fn parse(text: &str) -> Result<Settings, EngineError> {
    if text.len() as u64 > MOST {
        let message = "these settings are longer than a mebibyte: take entries out of the lists";
        return Err(EngineError::Settings(message.to_owned()));
    }
    serde_json::from_str(text).map_err(|error| EngineError::Settings(error.to_string()))
}

/// The settings as a text that [`parse`] reads.
pub(crate) fn to_text(settings: &Settings) -> Result<String, EngineError> {
    serde_json::to_string_pretty(settings)
        .map(|text| text + "\n")
        .map_err(|error| EngineError::Settings(error.to_string()))
}

/// Reads the file; the default if there is none.
pub(crate) fn read(disk: &dyn Disk) -> Result<Settings, EngineError> {
    let Some(bytes) = disk.read(NAME, MOST)? else {
        return Ok(Settings::default());
    };
    let text = String::from_utf8(bytes)
        .map_err(|_| EngineError::Settings("these settings are no text".to_owned()))?;
    parse(&text)
}

/// Writes the file. One that could not be read is kept under another name, so
/// that nothing is lost.
pub(crate) fn write(
    disk: &dyn Disk,
    settings: &Settings,
    unreadable: bool,
) -> Result<(), EngineError> {
    let text = to_text(settings)?;
    if text.len() as u64 > MOST {
        let message = "the lists have grown too long: take entries out";
        return Err(EngineError::Settings(message.to_owned()));
    }
    if unreadable && disk.read(NAME, MOST).is_ok_and(|file| file.is_some()) {
        disk.rename(NAME, UNREADABLE)?;
    }
    Ok(replace(disk, NAME, text.as_bytes())?)
}

/// Removes all settings, unreadable ones too.
pub(crate) fn forget(disk: &dyn Disk) -> Result<(), EngineError> {
    for name in [NAME, &new_name(NAME), UNREADABLE] {
        disk.remove(name)?;
    }
    Ok(disk.sync_folder()?)
}
