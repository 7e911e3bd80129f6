//! `ringfence evaluate` over a small hand-made file and a model of a few
//! hundred notes.

mod common;

use std::path::Path;
use std::sync::OnceLock;

use common::{folder, refusal, ringfence, stdout};
use ringfence_publisher::Check;
use ringfence_publisher::model::corpus::Note;
use serde_json::Value;

/// The model is trained on one note in so many.
const STEP: usize = 20;

/// What is made once.
struct Made {
    folder: tempfile::TempDir,
}

impl Made {
    fn path(&self, name: &str) -> String {
        let path = self.folder.path().join(name);
        path.to_str().expect("UTF-8").to_owned()
    }

    fn database(&self) -> String {
        self.path("check.rfdb")
    }

    fn notes(&self) -> String {
        self.path("notes.jsonl")
    }
}

/// Seven rows: the second is the first with a label that is wrong on purpose.
const NOTES: &str = r#"
{"id": "t1", "lang": "en", "region": "GB", "note": "Robot voice: your Amazon Prime membership renews at £79.99 today, press 1 to cancel. He made me install AnyDesk.", "label": "scam", "script": "amazon_prime_renewal", "alt_scripts": [], "red_flags": ["remote_access_request"], "actions": ["none"]}
{"id": "t2", "lang": "en", "region": "GB", "note": "Robot voice: your Amazon Prime membership renews at £79.99 today, press 1 to cancel. He made me install AnyDesk.", "label": "legit", "kind": "amazon_genuine", "red_flags": []}
{"id": "t3", "lang": "en", "region": "GB", "note": "The dentist's receptionist rang to move my appointment from Tuesday to Thursday at nine.", "label": "legit", "kind": "health_genuine", "red_flags": [], "actions": ["none"]}
{"id": "t4", "lang": "en", "region": "GB", "note": "The dentist's receptionist rang to move my appointment from Tuesday to Thursday at nine.", "label": "scam", "script": "romance", "red_flags": [], "actions": ["sent_crypto"]}

{"id": "t5", "text": "This is Amazon. A charge of 999 dollars for an iPhone was made on your account. If you did not authorise this purchase, press 1 to speak to our fraud department.", "label": "scam", "script_guess": "amazon_unauthorised_purchase", "source": "github:someone/robocall-study"}
{"id": "t6", "text": "Hola, le llamo del banco, hay un cargo sospechoso, tiene que mover su dinero a una cuenta segura ahora mismo y darme el código.", "lang": "es", "region": "ES", "label": "scam", "script": "bank_safe_account", "extra": true}
{"id": "t7", "lang": "en", "region": "GB", "note": "Somebody rang while I was in the garden, and I do not know who it was or what they wanted.", "label": "ambiguous"}
"#;

fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let made = Made { folder: folder() };
        let check = Check::read(Path::new(DATA)).expect("the sources");
        let notes: Vec<Note> = check.notes.iter().step_by(STEP).cloned().collect();
        let database = check.database(&notes).expect("a model");
        std::fs::write(made.database(), database).expect("written");
        std::fs::write(made.notes(), NOTES).expect("written");
        made
    })
}

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data");

fn evaluate(arguments: &[&str]) -> String {
    let database = made().database();
    stdout(&ringfence(
        &[&["evaluate", "--database", &database], arguments].concat(),
    ))
}

fn measure<'a>(summary: &'a Value, id: &str) -> &'a Value {
    let measures = summary["measures"].as_array().expect("a list");
    let found = measures.iter().find(|measure| measure["id"] == id);
    found.unwrap_or_else(|| panic!("{id} is measured"))
}

#[test]
fn notes_are_measured_as_labelled() {
    let text = evaluate(&["notes", &made().notes(), "--json", "--errors"]);
    let summary: Value = serde_json::from_str(&text).expect("one JSON object");
    assert_eq!(summary["database"], "check");
    assert_eq!(summary["cross_validated"], false);
    let share = |id: &str| {
        let measure = measure(&summary, id);
        let number = |key: &str| measure[key].as_u64().expect("a count");
        (number("part"), number("of"))
    };
    assert_eq!(share("recall"), (3, 4));
    assert_eq!(share("scams_clear"), (1, 4));
    assert_eq!(share("false_alarms"), (1, 2));
    assert_eq!(share("top_1"), (3, 4));
    assert_eq!(share("recall_amazon_prime_renewal"), (1, 1));
    assert_eq!(share("recall_english"), (1, 2));
    assert_eq!(share("recall_other_languages"), (1, 1));
    assert_eq!(share("language"), (6, 6));
    assert_eq!(share("robocalls_flagged"), (1, 1));
    let recall = measure(&summary, "recall");
    assert_eq!(recall["at_least"], 0.96);
    assert_eq!(recall["met"], false);
    assert_eq!(measure(&summary, "notes")["value"], 7.0);
    let errors = summary["errors"].as_array().expect("a list");
    let faults: Vec<_> = errors
        .iter()
        .map(|error| (error["id"].as_str(), error["fault"].as_str()))
        .collect();
    let expected = [
        (Some("t2"), Some("false alarm")),
        (Some("t4"), Some("missed")),
    ];
    assert_eq!(faults, expected);
    assert_eq!(errors[0]["found"], "amazon_prime_renewal");
}

#[test]
fn notes_are_shown_only_when_asked_for() {
    let table = evaluate(&["notes", &made().notes()]);
    assert!(table.contains("Scams called scam") && table.contains("3 of 4"));
    assert!(table.contains("at least 0.96   NOT MET"), "{table}");
    assert!(!table.contains("dentist") && !table.contains("t4"));
    let errors = evaluate(&["notes", &made().notes(), "--errors"]);
    assert!(errors.starts_with(&table), "{errors}");
    assert!(
        errors.contains("t4  missed: scam (romance), called clear at 0.0"),
        "{errors}"
    );
    assert!(errors.contains("\n    The dentist's receptionist"));
    let given = evaluate(&["notes", &made().notes(), "--lang-given", "--json"]);
    let given: Value = serde_json::from_str(&given).expect("one JSON object");
    assert_eq!(measure(&given, "language")["of"], 0);
    assert!(given.get("errors").is_none());
}

#[test]
fn plots_are_well_formed_and_stay_the_same() {
    let (first, second) = (made().path("plots/first"), made().path("plots/second"));
    for folder in [&first, &second] {
        evaluate(&["notes", &made().notes(), "--plots", folder]);
    }
    for name in ["reliability.svg", "confusion.svg"] {
        let read = |folder: &str| std::fs::read(Path::new(folder).join(name)).expect("a figure");
        assert_eq!(read(&first), read(&second));
        let text = String::from_utf8(read(&first)).expect("UTF-8");
        well_formed(&text);
        assert!(text.contains("<title>") && text.contains("</text>"));
        assert!(!text.contains("href") && !text.contains("NaN"), "{text}");
    }
    let text = std::fs::read_to_string(Path::new(&first).join("confusion.svg")).expect("a figure");
    for name in [
        "amazon_prime_renewal",
        "romance",
        "genuine, clear",
        "unsure",
    ] {
        assert!(text.contains(&format!(">{name}</text>")), "{name}");
    }
}

/// Every element of an SVG is closed, in the right order.
fn well_formed(text: &str) {
    let mut open = Vec::new();
    for tag in text.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("the tag ends");
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        let name = tag.split(' ').next().expect("a name");
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} not closed");
}

#[test]
fn taps_are_the_same_for_the_same_seed() {
    let taps = |seed: &str| evaluate(&["taps", "--runs", "1", "--seed", seed, "--json"]);
    let first = taps("3");
    assert_eq!(first, taps("3"));
    assert_ne!(first, taps("4"));
    let summary: Value = serde_json::from_str(&first).expect("one JSON object");
    assert_eq!(summary["seed"], 3);
    assert!(measure(&summary, "most_taps")["met"] == true);
    let verdict = measure(&summary, "verdict");
    let scripts = verdict["of"].as_u64().expect("a count");
    assert!(scripts >= 70 && verdict["value"].as_f64().expect("a share") > 0.6);
    assert_eq!(summary["worst"].as_array().expect("a list").len(), 10);
    let table = evaluate(&["taps", "--runs", "1", "--wrong", "0", "--unsure", "1"]);
    assert!(table.contains("Hardest to tell") && table.contains("goals are met"));
}

#[test]
fn cross_validation_checks_every_note_once() {
    let data = made().path("data");
    copy(Path::new(DATA), Path::new(&data));
    let output = ringfence(&["evaluate", "notes", "--cross-validate", &data, "--json"]);
    assert_eq!(output.status.code(), Some(0));
    let progress = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(progress.lines().count(), 5, "{progress}");
    assert!(progress.starts_with("Part 1 of 5: training on "));
    let summary: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    assert_eq!(summary["cross_validated"], true);
    let notes = std::fs::read_to_string(Path::new(&data).join("notes/few.jsonl"));
    let lines = notes.expect("notes").lines().count();
    assert_eq!(measure(&summary, "notes")["value"], lines as f64);
    assert!(
        measure(&summary, "auc")["value"]
            .as_f64()
            .expect("a figure")
            > 0.7
    );
    assert!(measure(&summary, "action_f1")["at_least"] == 0.85);
}

/// Copies the sources with only a few of the notes.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    let mut few = String::new();
    let mut paths: Vec<_> = std::fs::read_dir(from)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    for path in paths {
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else if path.extension().is_some_and(|ending| ending == "jsonl") {
            let text = std::fs::read_to_string(&path).expect("notes");
            for line in text.lines().step_by(10 * STEP) {
                few.push_str(line);
                few.push('\n');
            }
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            std::fs::copy(&path, &target).expect("copied");
        }
    }
    if !few.is_empty() {
        std::fs::write(to.join("few.jsonl"), few).expect("written");
    }
}

#[test]
fn errors_are_one_line_that_says_what_to_do() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let write = |name: &str, text: &str| {
        std::fs::write(path(name), text).expect("written");
        path(name)
    };
    let bad = "{\"id\": \"a\", \"note\": \"Hi\", \"label\": \"legit\"}\n{\"id\": 7911123456}\n";
    let (bad, empty) = (write("bad.jsonl", bad), write("empty.jsonl", "\n"));
    let (none, here) = (path("none"), path(""));
    let notes = made().notes();
    let cases: &[(&[&str], &str)] = &[
        (&["notes"], "FILE"),
        (&["notes", &none], "No such file"),
        (&["notes", &here], "this is a folder"),
        (&["notes", &empty], "there is no note in it"),
        (&["notes", &bad], "line 2 is not a labelled note"),
        (&["notes", &notes, "--plots", &bad], "File exists"),
        (
            &["notes", &notes, "--cross-validate"],
            "cannot be used with",
        ),
        (&["notes", "--cross-validate"], "leave out --database"),
        (&["taps", "--wrong", "1.5"], "a share from 0 to 1"),
        (&["taps", "--unsure", "often"], "a share from 0 to 1"),
        (&["taps", "--runs", "0"], "how many people"),
        (&["taps", "extra"], "one argument too many"),
    ];
    let database = made().database();
    for (arguments, expected) in cases {
        let all = [&["evaluate", "--database", &database], *arguments].concat();
        let error = refusal(&all);
        assert!(error.contains(expected), "{arguments:?}: {error}");
        assert!(!error.contains("11123456"), "{error}");
    }
    let error = refusal(&["evaluate", "notes", "--cross-validate", &none]);
    assert!(error.contains("there is no such folder"), "{error}");
    // A database of numbers alone.
    let plain = path("plain.rfdb");
    let built = ["db", "build", "--data", &path("data"), "--out", &plain];
    copy_numbers(&path("data"));
    stdout(&ringfence(&[&built[..], &["--only", "GB"]].concat()));
    let error = refusal(&["evaluate", "taps", "--database", &plain]);
    assert!(error.contains("give one that has it"), "{error}");
}

/// The sources of a database without the check.
fn copy_numbers(to: &str) {
    copy(
        &Path::new(DATA).join("numbering"),
        &Path::new(to).join("numbering"),
    );
    let release = "release.toml";
    std::fs::copy(Path::new(DATA).join(release), Path::new(to).join(release)).expect("copied");
}
