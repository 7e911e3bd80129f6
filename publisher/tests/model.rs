//! Training: the same bytes each time, and a script that is one file more.

use std::path::{Path, PathBuf};

use ringfence::check::{Answers, Checker, Report, Verdict};
use ringfence::database::Database;
use ringfence_publisher::Check;
use ringfence_publisher::model::corpus::{self, Label, Note};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../data")
}

/// A few hundred notes, so that training takes a second.
fn some(check: &Check) -> Vec<Note> {
    check.notes.iter().step_by(40).cloned().collect()
}

/// Copies what the check is built from, without the notes.
fn copy_sources(to: &Path) {
    for folder in ["scripts", "advice", "lexicon", "notes"] {
        std::fs::create_dir_all(to.join(folder)).expect("a folder");
    }
    for folder in ["", "scripts", "advice", "lexicon"] {
        for entry in std::fs::read_dir(data().join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path
                .extension()
                .is_some_and(|extension| extension == "toml")
            {
                let name = path.file_name().expect("a name");
                std::fs::copy(&path, to.join(folder).join(name)).expect("it is copied");
            }
        }
    }
}

#[test]
fn training_gives_the_same_bytes_each_time() {
    let check = Check::read(&data()).expect("the sources are sound");
    let notes = some(&check);
    let once = check.database(&notes).expect("it trains");
    let again = check.database(&notes).expect("it trains");
    assert!(once == again, "training twice gave different bytes");
    let database = Database::from_bytes(once).expect("it opens");
    Checker::new(&database).expect("it checks");
}

/// A new script is one new file; its own notes are all that training needs.
#[test]
fn a_new_script_is_one_file() {
    let folder = tempfile::tempdir().expect("a folder");
    copy_sources(folder.path());
    let script = r#"
kind = "scam"
title = "Fake beehive inspection call"
names = ["Beehive inspector scam"]
summary = "Someone says that your beehives must be inspected for mites and that the beekeeping levy is overdue. They want your card for the levy."
countries = ["GB"]
payment = ["card"]
tools = []
look_alikes = ["gov_genuine"]
never = ["No inspector of bees takes a levy over the phone."]
genuine = "A real bee inspector writes first and shows a card at the gate."

[[stages]]
id = "levy"
title = "A caller says that the beekeeping levy is overdue"
reached = 1.0
says = ["Your beekeeping levy for the hives is overdue."]
[stages.evidence]
claims_government = 0.9
about_home = 0.3
about_debt = 0.6
fake_debt = 0.9
asks_card_details = 0.9

[[sources]]
name = "Made up for a test"
url = "https://example.org/"
date = "2026-11-22"

[notes]
en = [
  "bee inspector rang about my hives, overdue levy, wanted the card",
  "man from the beekeeping office says the mites levy on the beehives is due by card",
  "beehive inspection call, levy by card or they take the hives",
  "said my beehives are not registered and the levy is late",
]
"#;
    std::fs::write(folder.path().join("scripts/beehive_levy.toml"), script).expect("it is written");
    let notes = some(&Check::read(&data()).expect("the sources are sound"));
    let check = Check::read(folder.path()).expect("the sources are sound");
    let bytes = check.database(&notes).expect("it trains");
    let database = Database::from_bytes(bytes).expect("it opens");
    let checker = Checker::new(&database).expect("it checks");
    let found = |note: &str, answers: &Answers| {
        let report = Report {
            note,
            language: None,
            text_language: None,
            region: None,
            answers,
        };
        let found = checker.check(&report).expect("it checks");
        (
            found.verdict,
            found.script.map(|best| best.script.id.to_owned()),
        )
    };
    let expected = (Verdict::Scam, Some("beehive_levy".to_owned()));
    let summary = checker.guide().script_by_id("beehive_levy");
    let summary = summary.expect("a guide").expect("the script").summary;
    assert_eq!(found(summary, &Answers::new()), expected);
    let mut answers = Answers::new();
    for id in [
        "claims_government",
        "about_debt",
        "fake_debt",
        "asks_card_details",
    ] {
        answers
            .set(checker.guide(), id, "yes")
            .expect("it is evidence");
    }
    assert_eq!(found("the levy for my beehives", &answers), expected);
}

#[test]
fn notes_that_name_nothing_known_are_refused() {
    let check = Check::read(&data()).expect("the sources are sound");
    let note = |script: &str, flag: &str| Note {
        script: Some(script.to_owned()),
        red_flags: vec![flag.to_owned()],
        ..check
            .notes
            .iter()
            .find(|note| note.label == Label::Scam)
            .expect("a scam")
            .clone()
    };
    for (note, message) in [
        (
            note("no_such", "urgency"),
            "names the script no_such, which does not exist",
        ),
        (
            note("tax_arrest", "no_such"),
            "names the evidence no_such, which does not exist",
        ),
    ] {
        let error = check
            .database(&[note])
            .expect_err("it is refused")
            .to_string();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn a_note_that_is_none_is_refused_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("some.jsonl");
    let good = r#"{"id":"1","lang":"en","note":"x","label":"legit","kind":"work"}"#;
    std::fs::write(&file, format!("{good}\n\n{{\"id\":\"2\"}}\n")).expect("it is written");
    let error = corpus::read(folder.path())
        .expect_err("it is refused")
        .to_string();
    assert!(
        error.contains("some.jsonl:3: not a labelled note: missing field"),
        "{error}"
    );
    std::fs::write(&file, format!("{good}\n")).expect("it is written");
    assert_eq!(corpus::read(folder.path()).expect("it is sound").len(), 1);
}

/// Nothing of the notes that measure the check is among those that train it.
#[test]
fn test_notes_never_train() {
    let shared = data().join("../../shared/data/notes");
    let check = Check::read(&data()).expect("the sources are sound");
    let plain = |text: &str| {
        text.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase()
    };
    let own: std::collections::BTreeSet<String> =
        check.notes.iter().map(|note| plain(&note.note)).collect();
    for name in ["devset.jsonl", "robocalls.jsonl"] {
        let Ok(text) = std::fs::read_to_string(shared.join(name)) else {
            eprintln!("{name} is not there: not compared");
            continue;
        };
        for line in text.lines() {
            let row: serde_json::Value = serde_json::from_str(line).expect("a row");
            let note = row["note"]
                .as_str()
                .or(row["text"].as_str())
                .expect("a note");
            assert!(!own.contains(&plain(note)), "{name} {}", row["id"]);
        }
    }
}
