//! The check after a call on changed, odd and hostile texts.

mod common;

use std::sync::LazyLock;

use proptest::prelude::*;
use ringfence::check::{Answers, Assessment, Checker, Report};
use ringfence::database::Database;

static DATABASE: LazyLock<Database> = LazyLock::new(common::bundled);
static CHECKER: LazyLock<Checker<'static>> =
    LazyLock::new(|| Checker::new(&DATABASE).expect("it checks"));

fn check(note: &str) -> Assessment<'static> {
    let report = Report {
        note,
        language: None,
        text_language: None,
        region: None,
        answers: &Answers::new(),
    };
    CHECKER.check(&report).expect("the database is sound")
}

/// Notes of all sorts, scams and not.
const NOTES: [&str; 12] = [
    "They said my Amazon Prime was going up so I pressed 1 to cancel and a man had me download AnyDesk",
    "HMRC recording, warrant for my arrest unless I pay today",
    "bank said move the money to a safe account",
    "grandson in jail, lawyer wanted 5,000 in cash for bail, courier would come",
    "Microsoft said my computer has a virus and wanted remote access",
    "you have won the lottery, pay the fee first by gift card",
    "dentist moved my appointment to Thursday",
    "my sister rang about dinner on Sunday",
    "the garage, car is ready, 240 pounds as quoted",
    "wrong number, wanted a Dave",
    "energy firm, smart meter fitting booked for the 4th, asked for nothing",
    "someone about solar panels, said no thanks",
];

#[test]
fn greetings_and_slips_change_little() {
    for note in NOTES {
        let before = check(note);
        for changed in [
            format!("hello {note}"),
            format!("Hello, {note}."),
            note.to_uppercase(),
            format!("{note} 😡"),
            note.replace("the ", "teh "),
            note.replace("wanted", "wnated"),
            note.replace(' ', "  "),
        ] {
            let after = check(&changed);
            let apart = (after.probability - before.probability).abs();
            assert!(
                apart < 0.25,
                "{changed}: {} then {}",
                before.probability,
                after.probability
            );
        }
    }
}

#[test]
fn disguises_change_nothing() {
    for note in NOTES {
        let plain = check(note).probability;
        let cyrillic: String = note
            .chars()
            .map(|c| match c {
                'a' => 'а',
                'e' => 'е',
                'o' => 'о',
                'c' => 'с',
                other => other,
            })
            .collect();
        let joined: String = note.chars().flat_map(|c| [c, '\u{200D}']).collect();
        let wide: String = note
            .chars()
            .map(|c| match c {
                'a'..='z' => char::from_u32(c as u32 - 0x61 + 0xFF41).unwrap_or(c),
                other => other,
            })
            .collect();
        for disguised in [cyrillic, joined, wide, format!("\u{202E}{note}\u{202C}")] {
            let found = check(&disguised).probability;
            assert!((found - plain).abs() < 1e-6, "{disguised}");
        }
    }
}

#[test]
fn remote_access_never_lowers_the_odds() {
    for note in NOTES {
        let before = check(note).probability;
        for more in [
            " and wanted me to install AnyDesk",
            ". He had me download AnyDesk so he could see my screen",
            ". They made me put TeamViewer on my computer",
        ] {
            let after = check(&format!("{note}{more}")).probability;
            assert!(
                after >= before - 0.01,
                "{note}{more}: {before} then {after}"
            );
        }
    }
}

#[test]
fn a_denied_demand_lowers_the_odds() {
    for (asked, denied) in [
        (
            "bank rang, they asked for my code",
            "bank rang, they never asked for my code",
        ),
        (
            "they wanted my card details",
            "they did not want my card details",
        ),
        (
            "caller asked me to move money",
            "caller did not ask me to move money",
        ),
        (
            "he asked for remote access to my computer",
            "he never asked for anything",
        ),
        (
            "they asked me to pay a fee",
            "there was no fee and nothing to pay",
        ),
    ] {
        let (asked, denied) = (check(asked).probability, check(denied).probability);
        assert!(denied < asked, "{asked} then {denied}");
    }
}

#[test]
fn dictation_and_misspelling_are_understood() {
    for note in [
        "man said h m r c is coming to arrest me unless i pay in bit coin",
        "he had me put any desk on the laptop to cancel amazon prime",
        "wanted team veiwer on my computer said it had a virus",
        "AMAZON PRIME PRESS 1 TO CANCEL SUSPISHUS CALL WANTED ANYDESC",
    ] {
        let found = check(note);
        assert_eq!(
            found.verdict.name(),
            "scam",
            "{note}: {}",
            found.probability
        );
    }
}

#[test]
fn a_note_without_words_is_unsure() {
    for note in [
        "",
        "   ",
        "😡😡",
        "\u{202E}\u{0}\u{7}",
        "नमस्ते",
        "日本語の電話",
    ] {
        let found = check(note);
        assert_eq!(found.verdict.name(), "unsure", "{note}");
        assert!(found.next_question.is_some());
    }
}

#[test]
fn a_note_that_says_too_little_is_unsure() {
    for note in [
        "hello",
        "ok",
        "no",
        "I don't know",
        "he was nice",
        "12345",
        "020 7946 0018",
        "Banka aradı şifremi istedi, verdim",
    ] {
        assert_eq!(check(note).verdict.name(), "unsure", "{note}");
    }
}

#[test]
fn a_hundred_kilobytes_are_read_in_part() {
    for note in [
        "a".repeat(100_000),
        "anydesk ".repeat(12_500),
        "h m r c ".repeat(12_500),
        "\u{202E}\u{200D}".repeat(20_000),
        "a'b'c'd'".repeat(12_500),
        "é".repeat(50_000),
    ] {
        let found = check(&note);
        assert!((0.0..=1.0).contains(&found.probability));
        assert!(found.parts.len() < 5_000);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_gets_an_assessment(note in "\\PC{0,400}") {
        let found = check(&note);
        prop_assert!((0.0..=1.0).contains(&found.probability));
        for span in found.red_flags.iter().filter_map(|flag| flag.span.clone()) {
            prop_assert!(note.get(span).is_some(), "a span lies on characters");
        }
    }

    #[test]
    fn odd_characters_between_words_get_an_assessment(
        words in prop::collection::vec(
            prop::sample::select(vec!["anydesk", "bank", "she", "£", "\u{202E}", "\u{0}", "é", "''", "1", "\n", "ﬀ", "𝐚"]),
            0..200,
        ),
        separator in prop::sample::select(vec!["", " ", "\u{200B}", "-", "'"]),
    ) {
        let note = words.join(separator);
        let found = check(&note);
        prop_assert!((0.0..=1.0).contains(&found.probability));
        for span in found.red_flags.iter().filter_map(|flag| flag.span.clone()) {
            prop_assert!(note.get(span).is_some());
        }
    }
}

#[test]
fn debug_output_shows_no_note() {
    let report = Report {
        note: "my secret note",
        language: None,
        text_language: None,
        region: None,
        answers: &Answers::new(),
    };
    let words = ringfence::check::note::Words::new(report.note);
    let shown = format!("{report:?} {words:?} {:?}", CHECKER.check(&report));
    assert!(!shown.contains("secret"), "{shown}");
}
