//! What the user chooses: lists, switches, and how settings are read.

mod common;

use common::screening::{NOW, Remembered, at_home, decide, settings};
use ringfence::screening::{Action, Call, Category, Mode, NoMemory, Rule, Settings, Switch};

#[test]
fn lists_cover_numbers_prefixes_regions_and_kinds() {
    let number = at_home("07400 123456", "GB");
    for entry in [
        "+447400123456",
        "+447400*",
        "+44*",
        "region:GB",
        "kind:mobile",
    ] {
        let blocking = settings(&format!(r#"{{"block": ["{entry}"]}}"#));
        let verdict = decide(&number, &blocking, &NoMemory, NOW);
        assert_eq!(
            (verdict.action, verdict.rule),
            (Action::Reject, Rule::BlockList),
            "{entry}"
        );
        let both = settings(&format!(r#"{{"block": ["+44*"], "allow": ["{entry}"]}}"#));
        let verdict = decide(&number, &both, &NoMemory, NOW);
        assert_eq!(
            (verdict.action, verdict.rule),
            (Action::Allow, Rule::AllowList),
            "{entry}"
        );
    }
    for entry in [
        "+447400123457",
        "+447401*",
        "region:FR",
        "kind:fixed_line",
        "+4474001234567",
    ] {
        let blocking = settings(&format!(r#"{{"block": ["{entry}"]}}"#));
        let verdict = decide(&number, &blocking, &NoMemory, NOW);
        assert_eq!(verdict.rule, Rule::NothingKnown, "{entry}");
    }
}

#[test]
fn switches_change_one_category() {
    let hidden = at_home("", "GB");
    let act = |json: &str, call: &Call<'_>| decide(call, &settings(json), &NoMemory, NOW);
    assert_eq!(
        act(r#"{"switches": {"hidden": "reject"}}"#, &hidden).action,
        Action::Reject
    );
    assert_eq!(
        act(r#"{"switches": {"hidden": "silence"}}"#, &hidden).action,
        Action::Silence
    );
    let off = act(r#"{"switches": {"hidden": "off"}}"#, &hidden);
    assert_eq!((off.action, off.rule), (Action::Allow, Rule::NothingKnown));
    // Gentle stays gentle.
    let gentle = act(
        r#"{"mode": "gentle", "switches": {"hidden": "reject"}}"#,
        &hidden,
    );
    assert_eq!(gentle.action, Action::Silence);
    // With one rule out of the way, the next has its say.
    let fiction = at_home("07700 900123", "GB");
    let next = act(r#"{"switches": {"fiction": "off"}}"#, &fiction);
    assert_eq!(
        (next.rule, next.category),
        (Rule::Range, Category::Unallocated)
    );
    let one_ring = at_home("+216 20 123 456", "GB");
    let chosen = act(r#"{"switches": {"one_ring": "silence"}}"#, &one_ring);
    assert_eq!(chosen.action, Action::Silence);
}

#[test]
fn settings_are_read_and_written_without_loss() {
    let json = r#"{"version":2,"mode":"strict","home":"GB","switches":{"telemarketing":"off","hidden":"silence"},"allow":["+442079460000","region:IE"],"block":["+4470*","kind:premium_rate"],"repeated_call":false,"after_scam_hours":24,"call_log":false}"#;
    let read = settings(json);
    assert_eq!(
        serde_json::to_string(&read).expect("it can be written"),
        json
    );
    assert_eq!(settings("{}"), Settings::default());
    assert_eq!(read.switches.get(Category::Hidden), Some(Switch::Silence));
}

#[test]
fn settings_of_version_1_mean_what_they_did() {
    let old = r#"{"version":1,"mode":"strict","switches":{"hidden":"silence"},"allow":["+442079460000"],"block":["+4470*"]}"#;
    let new = Settings {
        mode: Mode::Strict,
        ..settings(
            r#"{"switches":{"hidden":"silence"},"allow":["+442079460000"],"block":["+4470*"]}"#,
        )
    };
    assert_eq!(settings(old), new);
    assert!(new.repeated_call && new.call_log && new.after_scam_hours == 72 && new.home.is_none());
    let written = serde_json::to_string(&settings(old)).expect("it can be written");
    assert!(written.starts_with(r#"{"version":2,"#), "{written}");
    assert_eq!(settings(&written), new);
}

#[test]
fn the_second_call_and_the_days_after_a_scam_are_settings() {
    let again = Remembered {
        last_call: Some(NOW - 60),
        ..Remembered::default()
    };
    let call = at_home("070 1234 5678", "GB");
    let act = |json: &str| decide(&call, &settings(json), &again, NOW).action;
    assert_eq!(act(r#"{"mode":"strict"}"#), Action::Warn);
    assert_eq!(
        act(r#"{"mode":"strict","repeated_call":false}"#),
        Action::Silence
    );
    let scammed = Remembered {
        last_scam: Some(NOW - 24 * 3600),
        ..Remembered::default()
    };
    let call = at_home("07400 123456", "GB");
    let act = |json: &str| decide(&call, &settings(json), &scammed, NOW).action;
    assert_eq!(act(r#"{"after_scam_hours":25}"#), Action::Warn);
    assert_eq!(act(r#"{"after_scam_hours":24}"#), Action::Allow);
    assert_eq!(act(r#"{"switches":{"after_scam":"off"}}"#), Action::Allow);
}

#[test]
fn bad_settings_say_what_to_do_and_hold_no_number() {
    let bad = [
        (r#"{"mode": "severe"}"#, "gentle"),
        (
            r#"{"modes": "strict"}"#,
            "expected one of `version`, `mode`",
        ),
        (r#"{"Anna Mueller 900123": "x"}"#, "does not belong there"),
        (r#"{"٠٩٠٠١٢٣": "x"}"#, "does not belong there"),
        (r#"{"mode": "my mum Anna Mueller"}"#, "`gentle`, `standard`"),
        (
            r#"{"call_log": "my mum Anna Mueller"}"#,
            "expected a boolean",
        ),
        (r#"{"mode": "Anna Mueller, expected 900123"}"#, "`gentle`"),
        (r#"{"home": "Anna Mueller"}"#, "region"),
        (r#"{"home": {"Anna Mueller": 900123}}"#, "expected"),
        (r#"{"version": 3}"#, "use the program that wrote them"),
        (r#"{"version": 0}"#, "use the program that wrote them"),
        (r#"{"version": 1, "call_log": false}"#, "say 2"),
        (r#"{"after_scam_hours": 0}"#, "switch after_scam"),
        (r#"{"after_scam_hours": 673}"#, "from 1 to 672"),
        (r#"{"home": "England"}"#, "region"),
        ("[]", "an object"),
        (r#"["+447700900123"]"#, "an object"),
        ("null", "an object"),
        (
            r#"{"version": 447700900123}"#,
            "a value or a name does not belong there",
        ),
        (
            r#"{"mode": "07700900123"}"#,
            "a value or a name does not belong there",
        ),
        (
            r#"{"07700900123": "strict"}"#,
            "a value or a name does not belong there",
        ),
        (
            r#"{"allow": "+447700900123"}"#,
            "a value or a name does not belong there",
        ),
        (
            r#"{"switches": {"hidden": "07700900123"}}"#,
            "a value or a name does not belong there",
        ),
        (
            r#"{"switches": {"07700900123": "off"}}"#,
            "no category has this name",
        ),
        (r#"{"block": ["07700 900123"]}"#, "such as +442079460000"),
        (r#"{"block": ["+44 7700 900123"]}"#, "such as +442079460000"),
        (
            r#"{"block": ["+4477009001234567890123"]}"#,
            "such as +442079460000",
        ),
        (r#"{"allow": [447700900123]}"#, "such as +442079460000"),
        (r#"{"allow": [-447700900123]}"#, "such as +442079460000"),
        (r#"{"allow": [4477009.123]}"#, "such as +442079460000"),
        (r#"{"allow": ["region:England"]}"#, "region:FR"),
        (r#"{"allow": ["kind:landline"]}"#, "kind:premium_rate"),
        (
            r#"{"switches": {"spam": "off"}}"#,
            "no category has this name",
        ),
        (r#"{"switches": {"emergency": "off"}}"#, "has no switch"),
        (r#"{"switches": {"hidden": "maybe"}}"#, "silence"),
    ];
    for (json, expected) in bad {
        let error = serde_json::from_str::<Settings>(json)
            .expect_err(json)
            .to_string();
        assert!(error.contains(expected), "{json}: {error}");
        assert!(
            !["900123", "009001", "Anna", "٠١"]
                .iter()
                .any(|part| error.contains(part)),
            "{json}: {error}"
        );
    }
}
