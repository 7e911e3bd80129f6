//! Labelled notes, read leniently: what a row does not say is not measured.

use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use ringfence::check::note::Language;
use ringfence::number::Region;
use ringfence_publisher::model::corpus;
use serde::{Deserialize, Serialize};

/// What a call was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// A scam.
    Scam,
    /// A genuine or harmless call.
    Legit,
    /// Nobody could tell.
    Ambiguous,
    /// A recorded call that is against the law, scam or not.
    IllegalRobocall,
}

/// A labelled note.
#[derive(Clone, Debug, Deserialize)]
pub struct Row {
    pub id: String,
    #[serde(alias = "text")]
    pub note: String,
    pub label: Label,
    #[serde(default)]
    pub lang: Option<String>,
    #[serde(default)]
    pub region: Option<String>,
    #[serde(default, alias = "script_guess")]
    pub script: Option<String>,
    #[serde(default)]
    pub alt_scripts: Vec<String>,
    #[serde(default)]
    pub red_flags: Option<Vec<String>>,
    #[serde(default)]
    pub actions: Option<Vec<String>>,
    #[serde(default)]
    pub source: String,
}

impl Row {
    /// The language, if the row says it and it is one of ours.
    pub fn language(&self) -> Option<Language> {
        self.lang.as_deref()?.parse().ok()
    }

    /// The region, if the row says it.
    pub fn region(&self) -> Option<Region> {
        self.region.as_deref()?.parse().ok()
    }

    /// Whether it is the transcript of a real recorded call.
    pub fn is_robocall(&self) -> bool {
        self.source.contains("robocall")
    }

    /// Whether a script is right for this note.
    pub fn fits(&self, script: &str) -> bool {
        let mut scripts = self.script.iter().chain(&self.alt_scripts);
        scripts.any(|own| own == script)
    }
}

impl From<&corpus::Note> for Row {
    fn from(note: &corpus::Note) -> Self {
        let note = note.clone();
        Self {
            id: note.id,
            note: note.note,
            label: match note.label {
                corpus::Label::Scam => Label::Scam,
                corpus::Label::Legit => Label::Legit,
                corpus::Label::Ambiguous => Label::Ambiguous,
            },
            lang: Some(note.lang),
            region: Some(note.region),
            script: note.script,
            alt_scripts: note.alt_scripts,
            red_flags: Some(note.red_flags),
            actions: note.actions,
            source: note.source,
        }
    }
}

/// Reads a file of labelled notes.
pub fn read(path: &Path) -> Result<Vec<Row>> {
    let name = || path.display().to_string();
    if path.is_dir() {
        bail!(
            "{}: this is a folder; give a file with one labelled note a line",
            name()
        );
    }
    let text = std::fs::read_to_string(path).with_context(name)?;
    parse(&text).with_context(name)
}

fn parse(text: &str) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let row = serde_json::from_str(line).map_err(|error| {
            // Other messages may repeat what someone wrote.
            let why = Some(error.to_string()).filter(|text| text.starts_with("missing field"));
            let why = why.unwrap_or_else(|| format!("column {}", error.column()));
            anyhow!(
                "line {} is not a labelled note with id, note and label ({why})",
                index + 1
            )
        })?;
        rows.push(row);
    }
    if rows.is_empty() {
        bail!("there is no note in it; give a file with one labelled note a line");
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_both_kinds_are_read() {
        let text = concat!(
            "\u{feff}{\"id\": \"a\", \"text\": \"Press 1\", \"label\": \"illegal_robocall\", ",
            "\"script_guess\": null, \"source\": \"github:x/robocall-campaign\", \"more\": 1}\n\n",
            "{\"id\": \"b\", \"note\": \"Hi\", \"label\": \"scam\", \"script\": \"romance\", ",
            "\"alt_scripts\": [\"bail\"], \"lang\": \"en\", \"region\": \"GB\", \"red_flags\": []}\n",
        );
        let rows = parse(text).expect("two rows");
        assert_eq!(rows.len(), 2);
        assert!(rows[0].is_robocall() && rows[0].script.is_none());
        assert_eq!(
            (rows[0].label, rows[0].language(), rows[0].region()),
            (Label::IllegalRobocall, None, None)
        );
        assert!(!rows[1].is_robocall() && rows[1].actions.is_none());
        assert_eq!(rows[1].language(), Some(Language::English));
        assert_eq!(rows[1].red_flags.as_deref(), Some(&[][..]));
        assert!(rows[1].fits("romance") && rows[1].fits("bail") && !rows[1].fits("tax_arrest"));
    }

    #[test]
    fn errors_say_the_line_and_not_the_note() {
        let first = "{\"id\": \"a\", \"note\": \"Hi\", \"label\": \"legit\"}\n";
        let missing = format!("{first}{{\"id\": \"b\", \"note\": \"secret\"}}");
        let error = format!("{:#}", parse(&missing).expect_err("no label"));
        assert!(error.starts_with("line 2") && error.contains("missing field `label`"));
        let wrong = format!("{first}{{\"id\": \"b\", \"note\": \"x\", \"label\": \"secret\"}}");
        let error = format!("{:#}", parse(&wrong).expect_err("no such label"));
        assert!(
            error.contains("column") && !error.contains("secret"),
            "{error}"
        );
        assert!(parse(" \n").is_err());
    }
}
