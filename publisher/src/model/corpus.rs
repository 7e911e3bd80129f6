//! `data/notes/*.jsonl`: notes with their labels.

use std::path::Path;

use serde::Deserialize;

use crate::Error;

/// What a call was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Label {
    /// A scam.
    Scam,
    /// A genuine or harmless call.
    Legit,
    /// Nobody could tell from the note.
    Ambiguous,
}

/// A labelled note.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Unique id.
    pub id: String,
    /// The tag of its language.
    pub lang: String,
    /// The region of the person, two capital letters.
    #[serde(default)]
    pub region: String,
    /// What the person wrote.
    #[serde(alias = "text")]
    pub note: String,
    /// What the call was.
    pub label: Label,
    /// The script of a scam.
    #[serde(default)]
    pub script: Option<String>,
    /// Other scripts that fit as well.
    #[serde(default)]
    pub alt_scripts: Vec<String>,
    /// The kind of a genuine call.
    #[serde(default)]
    pub kind: Option<String>,
    /// Red flags that the note shows.
    #[serde(default)]
    pub red_flags: Vec<String>,
    /// What the person did; `None` where the notes do not say, `["none"]` or
    /// nothing if nothing.
    #[serde(default)]
    pub actions: Option<Vec<String>>,
    /// Where the note comes from.
    #[serde(default)]
    pub source: String,
}

impl Note {
    /// The script or the kind of genuine call.
    pub fn class(&self) -> Option<&str> {
        self.script.as_deref().or(self.kind.as_deref())
    }
}

/// Reads the notes of one JSON Lines file.
///
/// # Errors
/// [`Error::Io`], or [`Error::Source`] with the line that is wrong.
pub fn read_file(path: &Path) -> Result<Vec<Note>, Error> {
    let text = std::fs::read_to_string(path).map_err(|error| Error::Io {
        path: path.to_owned(),
        error,
    })?;
    let mut notes = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let note = serde_json::from_str(line).map_err(|error| Error::Source {
            path: path.to_owned(),
            line: index + 1,
            message: format!("not a labelled note: {error}"),
        })?;
        notes.push(note);
    }
    Ok(notes)
}

/// Reads all notes of a folder, file by file in the order of their names.
///
/// # Errors
/// As [`read_file`].
pub fn read(folder: &Path) -> Result<Vec<Note>, Error> {
    let io = |error| Error::Io {
        path: folder.to_owned(),
        error,
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io)? {
        paths.push(entry.map_err(io)?.path());
    }
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "jsonl")
    });
    paths.sort();
    let mut notes = Vec::new();
    for path in paths {
        notes.extend(read_file(&path)?);
    }
    Ok(notes)
}
