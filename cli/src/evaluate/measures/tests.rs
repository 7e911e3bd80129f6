use ringfence::check::Verdict;
use ringfence::check::note::Language;

use super::super::cases::{Found, GENUINE, UNSURE, confusion};
use super::super::measure::all;
use super::super::rows::Row;
use super::*;

/// A case as `label lang script / verdict probability script alternatives`.
fn case(label: Label, lang: &str, script: &str, verdict: Verdict, named: &[&str]) -> Case {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let mut named = named.iter().map(|id| (*id).to_owned());
    Case {
        row: Row {
            id: "x".to_owned(),
            note: String::new(),
            label,
            lang: text(lang),
            region: None,
            script: text(script),
            alt_scripts: Vec::new(),
            red_flags: None,
            actions: None,
            source: String::new(),
        },
        found: Found {
            verdict,
            probability: match verdict {
                Verdict::Scam => 0.9,
                Verdict::Unsure => 0.5,
                Verdict::Clear => 0.1,
            },
            script: (verdict != Verdict::Clear).then(|| named.next()).flatten(),
            alternatives: named.collect(),
            language: Some(Language::English),
            red_flags: Vec::new(),
            actions: Vec::new(),
        },
    }
}

/// Eight cases whose figures can be counted by hand.
fn cases() -> Vec<Case> {
    use Label::{Ambiguous, Legit, Scam};
    use Verdict::{Clear, Scam as Flagged, Unsure};
    let prime = "amazon_prime_renewal";
    let mut cases = vec![
        case(Scam, "en", prime, Flagged, &[prime, "romance"]),
        case(Scam, "en", prime, Unsure, &["romance", "job", prime]),
        case(
            Scam,
            "fr",
            "job",
            Flagged,
            &["romance", "bail", "tax", "job"],
        ),
        case(Scam, "fr", "job", Clear, &["romance", "job"]),
        case(Scam, "", "job", Flagged, &["bail"]),
        case(Legit, "en", "", Flagged, &["job"]),
        case(Legit, "en", "", Clear, &["job"]),
        case(Ambiguous, "en", "", Unsure, &["job"]),
    ];
    cases[4].row.alt_scripts.push("bail".to_owned());
    cases
}

fn value(blocks: &[Block], id: &str) -> Value {
    let found = all(blocks).find(|measure| measure.id == id);
    found.unwrap_or_else(|| panic!("{id} is measured")).value
}

#[test]
fn figures_are_as_counted_by_hand() {
    let blocks = blocks(&cases());
    let expected = [
        ("notes", Value::Count(8)),
        ("notes_scam", Value::Count(5)),
        ("recall", Value::Share(3, 5)),
        ("scams_clear", Value::Share(1, 5)),
        ("scams_unsure", Value::Share(1, 5)),
        ("false_alarms", Value::Share(1, 2)),
        ("legit_clear", Value::Share(1, 2)),
        // 0.9 is also a legitimate call's.
        ("recall_at_false_alarms", Value::Share(0, 5)),
        ("auc", Value::Figure(Some(0.6))),
        ("top_1", Value::Share(2, 5)),
        ("top_3", Value::Share(4, 5)),
        ("recall_amazon_prime_renewal", Value::Share(1, 2)),
        ("recall_amazon_unauthorised_purchase", Value::Share(0, 0)),
        ("recall_english", Value::Share(1, 2)),
        ("recall_other_languages", Value::Share(1, 2)),
        ("recall_fr", Value::Share(1, 2)),
        ("language", Value::Share(5, 7)),
        ("ambiguous_unsure", Value::Share(1, 1)),
    ];
    for (id, figure) in expected {
        assert_eq!(value(&blocks, id), figure, "{id}");
    }
    assert!(all(&blocks).all(|measure| !measure.id.starts_with("robocalls")));
    assert!(all(&blocks).all(|measure| measure.id != "action_f1"));
}

#[test]
fn a_language_that_was_given_is_not_detected() {
    let mut cases = cases();
    cases.iter_mut().for_each(|case| case.found.language = None);
    assert_eq!(value(&blocks(&cases), "language"), Value::Share(0, 0));
}

#[test]
fn actions_count_where_they_are_labelled() {
    let list = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let mut cases = cases();
    cases[0].row.actions = Some(list(&["none"]));
    cases[1].row.actions = Some(list(&["called_back", "pressed_key"]));
    cases[1].found.actions = list(&["called_back"]);
    cases[2].found.actions = list(&["sent_crypto"]);
    cases[3].row.red_flags = Some(list(&["urgency", "urgency"]));
    cases[3].found.red_flags = list(&["urgency"]);
    let blocks = blocks(&cases);
    assert_eq!(value(&blocks, "action_f1"), Value::Figure(Some(2.0 / 3.0)));
    assert_eq!(value(&blocks, "red_flag_f1"), Value::Figure(Some(1.0)));
}

#[test]
fn transcripts_count_by_their_source() {
    let mut cases = cases();
    cases[1].row.source = "github:someone/robocall-study".to_owned();
    cases[0].row.source = "github:someone/robocall-study".to_owned();
    cases[0].row.label = Label::IllegalRobocall;
    let blocks = blocks(&cases);
    assert_eq!(value(&blocks, "robocalls_flagged"), Value::Share(1, 2));
    assert_eq!(value(&blocks, "recall"), Value::Share(2, 4));
    assert_eq!(value(&blocks, "notes_illegal_robocall"), Value::Count(1));
}

#[test]
fn faults_say_what_is_wrong() {
    let faults: Vec<_> = cases().iter().map(Case::fault).collect();
    let expected = [
        None,
        Some("missed"),
        Some("other script"),
        Some("missed"),
        None,
        Some("false alarm"),
        None,
        None,
    ];
    assert_eq!(faults, expected);
}

#[test]
fn a_confusion_counts_every_scam_and_every_legitimate_call() {
    let confusion = confusion(&cases());
    let count = |truth: &str, found: &str| {
        let key = (truth.to_owned(), found.to_owned());
        confusion.get(&key).copied().unwrap_or(0)
    };
    assert_eq!(confusion.values().sum::<usize>(), 7);
    assert_eq!(count("amazon_prime_renewal", "amazon_prime_renewal"), 1);
    assert_eq!(count("amazon_prime_renewal", UNSURE), 1);
    assert_eq!(count("job", "romance"), 1);
    assert_eq!(count("job", "job"), 1, "another script that fits is right");
    assert_eq!(count("job", GENUINE), 1);
    assert_eq!(count(GENUINE, "job"), 1);
    assert_eq!(count(GENUINE, GENUINE), 1);
}
