//! The policy: examples for every rule.

mod common;

use std::fs;

use common::screening::{NOW, Remembered, at_home, decide, in_mode, region, settings};
use ringfence::screening::{
    Action, Call, Caller, Category, Direction, Familiarity, Mode, NoMemory, Presentation, Rule,
    Settings, Verification, explain, screen,
};
use serde_json::Value;

/// A line of `tests/vectors/screening.jsonl`, which the Kotlin tests read too:
/// a call on a phone at home in a region, and what becomes of it with the
/// bundled database and nothing remembered. What a line leaves out is as in
/// [`Call::incoming`] and the default settings, and the time is [`NOW`]. A
/// `why` holds up to the next one.
struct Vector(Value);

impl Vector {
    fn text(&self, name: &str, otherwise: &'static str) -> &str {
        match self.0.get(name) {
            Some(value) => value.as_str().expect(name),
            None => otherwise,
        }
    }

    fn call(&self) -> Call<'_> {
        Call {
            presentation: match self.text("presentation", "allowed") {
                "allowed" => Presentation::Allowed,
                "restricted" => Presentation::Restricted,
                "unknown" => Presentation::Unknown,
                "payphone" => Presentation::Payphone,
                other => panic!("{other}"),
            },
            verification: match self.text("verification", "not_verified") {
                "not_verified" => Verification::NotVerified,
                "passed" => Verification::Passed,
                "failed" => Verification::Failed,
                other => panic!("{other}"),
            },
            direction: match self.text("direction", "incoming") {
                "incoming" => Direction::Incoming,
                "outgoing" => Direction::Outgoing,
                other => panic!("{other}"),
            },
            ..at_home(self.text("number", "?"), self.text("home", "?"))
        }
    }
}

#[test]
fn every_sort_of_caller_gets_its_verdict() {
    const KEYS: [&str; 11] = [
        "number",
        "home",
        "presentation",
        "verification",
        "direction",
        "mode",
        "at",
        "action",
        "rule",
        "category",
        "confidence",
    ];
    let lines = fs::read_to_string(common::path("tests/vectors/screening.jsonl"));
    let mut why = String::new();
    let mut read = 0;
    for line in lines.expect("the vectors can be read").lines() {
        let vector = Vector(serde_json::from_str(line).expect(line));
        if let Some(new) = vector.0.get("why") {
            why = new.to_string();
        }
        let keys = vector.0.as_object().expect("an object").keys();
        for key in keys {
            assert!(KEYS.contains(&key.as_str()) || key == "why", "{line}");
        }
        let mode = vector.text("mode", "standard").parse().expect(line);
        let now = vector.0.get("at").map(|at| at.as_u64().expect(line));
        let (settings, now) = (in_mode(mode), now.unwrap_or(NOW));
        let verdict = decide(&vector.call(), &settings, &NoMemory, now);
        let found = (
            verdict.action.id(),
            verdict.rule.id(),
            verdict.category.id(),
        );
        let expected = ["action", "rule", "category"].map(|name| vector.text(name, "?"));
        assert_eq!(<[_; 3]>::from(found), expected, "{line}\n{why}");
        if let Some(confidence) = vector.0.get("confidence") {
            let found = u64::from(verdict.confidence);
            assert_eq!(Some(found), confidence.as_u64(), "{line}\n{why}");
        }
        read += 1;
    }
    assert!(read > 100);
}

#[test]
fn a_phone_without_a_home_region_says_so() {
    let database = common::bundled();
    let call = Call::incoming("020 7946 0018");
    assert_eq!(Caller::of(&call, &database), Caller::NoHomeRegion);
    let verdict = decide(&call, &Settings::default(), &NoMemory, NOW);
    assert_eq!(verdict.category, Category::UnknownCallerFormat);
    // Emergency numbers that hold on every phone need none.
    let call = Call::incoming("112");
    assert_eq!(Caller::of(&call, &database), Caller::Emergency);
}

#[test]
fn a_second_call_within_three_minutes_is_let_through_with_a_warning() {
    let called = |ago| Remembered {
        last_call: Some(NOW - ago),
        ..Remembered::default()
    };
    let strict = in_mode(Mode::Strict);
    let call = at_home("070 1234 5678", "GB");
    assert_eq!(
        decide(&call, &strict, &called(180), NOW).action,
        Action::Warn
    );
    assert_eq!(
        decide(&call, &strict, &called(181), NOW).action,
        Action::Silence
    );
    // What nobody honest can show stays out.
    let fiction = at_home("07700 900123", "GB");
    assert_eq!(
        decide(&fiction, &strict, &called(10), NOW).action,
        Action::Reject
    );
}

#[test]
fn strangers_are_warned_of_for_three_days_after_a_scam() {
    let scammed = |ago| Remembered {
        last_scam: Some(NOW - ago),
        ..Remembered::default()
    };
    let call = at_home("07400 123456", "GB");
    let within = decide(&call, &Settings::default(), &scammed(72 * 3600 - 1), NOW);
    assert_eq!(
        (within.action, within.category),
        (Action::Warn, Category::AfterScam)
    );
    let after = decide(&call, &Settings::default(), &scammed(72 * 3600), NOW);
    assert_eq!(after.action, Action::Allow);
    let known = Remembered {
        familiarity: Some(Familiarity::Called),
        ..scammed(10)
    };
    assert_eq!(
        decide(&call, &Settings::default(), &known, NOW).rule,
        Rule::Known
    );
}

#[test]
fn debug_output_holds_no_number() {
    let call = at_home("07700 900123", "GB");
    let database = common::bundled();
    let caller = Caller::of(&call, &database);
    let verdict = screen(&call, &Settings::default(), &NoMemory, &database, NOW);
    let explained = explain(&call, &Settings::default(), &NoMemory, &database, NOW);
    let shown = format!("{call:?} {caller:?} {verdict:?} {explained:?} {database:?}");
    assert!(
        !shown.contains("900123") && !shown.contains("7700"),
        "{shown}"
    );
}

#[test]
fn a_hidden_caller_who_rings_twice_is_let_through_with_a_warning() {
    let again = Remembered {
        last_call: Some(NOW - 60),
        ..Remembered::default()
    };
    let strict = in_mode(Mode::Strict);
    let hidden = at_home("", "GB");
    assert_eq!(decide(&hidden, &strict, &again, NOW).action, Action::Warn);
    assert_eq!(
        decide(&hidden, &strict, &NoMemory, NOW).action,
        Action::Silence
    );
    let name = at_home("Amazon", "GB");
    assert_eq!(decide(&name, &strict, &again, NOW).action, Action::Silence);
}

#[test]
fn after_a_scam_short_codes_and_strict_mode_stay_as_they_are() {
    let scammed = Remembered {
        last_scam: Some(NOW - 60),
        ..Remembered::default()
    };
    let strict = in_mode(Mode::Strict);
    let short = decide(&at_home("60163", "GB"), &strict, &scammed, NOW);
    assert_eq!(
        (short.action, short.category),
        (Action::Allow, Category::ShortCode)
    );
    let stranger = decide(&at_home("07400 123456", "GB"), &strict, &scammed, NOW);
    assert_eq!(
        (stranger.action, stranger.category),
        (Action::Warn, Category::AfterScam)
    );
}

#[test]
fn outgoing_calls_get_words_of_their_own() {
    let database = common::bundled();
    let words = |number: &str, settings: &Settings| {
        let call = Call {
            direction: Direction::Outgoing,
            presentation: Presentation::Restricted,
            verification: Verification::Failed,
            ..at_home(number, "GB")
        };
        let explained = explain(&call, settings, &NoMemory, &database, NOW);
        let reasons: Vec<_> = explained.reasons().map(|step| &step.text).collect();
        assert!(
            reasons.iter().all(|text| !text.contains("caller")),
            "{reasons:?}"
        );
        (explained.verdict.action, explained.title, explained.advice)
    };
    for number in ["0300 200 3300", "112", "07400 123456", "Anonymous"] {
        let (action, title, advice) = words(number, &Settings::default());
        let expected = (Action::Allow, "Your call", "");
        assert_eq!(
            (action, title.as_str(), advice.as_str()),
            expected,
            "{number}"
        );
    }
    let blocking = settings(r#"{"block": ["+447400123456"]}"#);
    let (action, title, advice) = words("07400 123456", &blocking);
    assert_eq!((action, title.as_str()), (Action::Warn, "Blocked by you"));
    assert!(advice.contains("Hang up"), "{advice}");
}

#[test]
fn numbers_without_a_country_are_told_from_those_of_none_that_exists() {
    let database = common::bundled();
    let caller = |number: &str, home: Option<&str>| {
        let call = Call {
            home: home.map(region),
            ..Call::incoming(number)
        };
        Caller::of(&call, &database)
    };
    assert_eq!(caller("07400 123456", Some("ZZ")), Caller::NoHomeRegion);
    assert_eq!(caller("07400 123456", None), Caller::NoHomeRegion);
    assert_eq!(caller("+999 123456789", None), Caller::Unreadable);
    assert_eq!(caller("+999 123456789", Some("GB")), Caller::Unreadable);
    for word in [
        "Privat",
        "unbekannt",
        "Inconnu",
        "Number Withheld",
        "numéro masqué",
    ] {
        assert_eq!(caller(word, Some("DE")), Caller::Hidden, "{word}");
    }
}

#[test]
fn a_delivery_range_is_named() {
    let call = at_home("09 37 12 34 56", "FR");
    let verdict = decide(&call, &Settings::default(), &NoMemory, NOW);
    assert_eq!(
        (verdict.action, verdict.category),
        (Action::Allow, Category::ServicePlatform)
    );
    assert!(verdict.range.is_some());
}
