//! The log of calls.

mod common;

use std::fs;

use common::{NEIGHBOUR, NOW, NUMBER, STRANGER, open, outgoing};
use ringfence::screening::{Call, Category, Event, Rule, Settings, Verification};
use ringfence_engine::{CALLS, EngineError, PackedVerdict, Whom};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn settings(json: &str) -> Settings {
    serde_json::from_str(json).expect("settings")
}

fn verdict(engine: &ringfence_engine::Engine, number: &str, now: u64) -> PackedVerdict {
    let call = Call::incoming(number);
    let verdict = engine.screen(&call, now);
    let explained = engine.explain(&call, now).verdict;
    assert_eq!(
        verdict,
        PackedVerdict::new(&explained, verdict.generation())
    );
    verdict
}

#[test]
fn the_log_keeps_the_last_calls_with_their_reasons() {
    let folder = folder();
    let engine = open(folder.path());
    let calls = CALLS as u64 + 90;
    for i in 0..calls {
        let number = format!("+4474001{i:05}");
        engine
            .record(&Call::incoming(&number), NOW + i)
            .expect("recorded");
    }
    let fiction = Call {
        verification: Verification::Failed,
        ..Call::incoming("+447700900123")
    };
    engine.record(&fiction, NOW + calls).expect("recorded");
    engine
        .record(&outgoing("+449012345678"), NOW + calls + 1)
        .expect("recorded");
    engine
        .record(&Call::incoming(""), NOW + calls + 2)
        .expect("recorded");
    for _ in 0..2 {
        let logged = open(folder.path()).calls().expect("a log");
        assert_eq!(logged.len(), CALLS);
        let ids: Vec<u64> = logged.iter().map(|call| call.id).collect();
        assert!(ids.windows(2).all(|pair| pair[0] > pair[1]));
        let [hidden, dear, forged] = &logged[..3] else {
            panic!("three calls");
        };
        assert_eq!(
            (hidden.region.as_deref(), hidden.kind.as_deref()),
            (None, None)
        );
        assert_eq!(hidden.verdict().category(), Category::Hidden);
        assert!(dear.outgoing && dear.kind.as_deref() == Some("premium_rate"));
        assert_eq!(dear.region.as_deref(), Some("GB"));
        assert_eq!(forged.verdict().rule(), Some(Rule::VerificationFailed));
        let last = forged.steps.last().expect("a reason");
        assert!(last.matched && last.rule == "verification_failed" && !last.text.is_empty());
        assert_eq!(
            (forged.at, forged.release.as_str()),
            (NOW + calls, "2026.11.22")
        );
        assert!(!forged.title.is_empty() && !forged.advice.is_empty());
    }
    let size = fs::metadata(folder.path().join("calls.jsonl"))
        .expect("a file")
        .len();
    assert!(size < 1 << 20, "{size}");
}

#[test]
fn a_call_of_the_log_can_be_marked_and_unmarked() {
    let folder = folder();
    let engine = open(folder.path());
    engine
        .record(&Call::incoming(NUMBER), NOW)
        .expect("recorded");
    engine
        .record(&Call::incoming(""), NOW + 1)
        .expect("recorded");
    let ids: Vec<u64> = engine
        .calls()
        .expect("a log")
        .iter()
        .map(|call| call.id)
        .collect();
    let [second, first] = ids[..] else {
        panic!("two calls");
    };
    let mark = |id, event| engine.remember(Whom::Call(id), event, NOW + 2);
    mark(first, Event::MarkedScam).expect("stored");
    assert_eq!(
        verdict(&engine, NUMBER, NOW + 2).category(),
        Category::MarkedScam
    );
    assert_eq!(
        verdict(&engine, NEIGHBOUR, NOW + 2).category(),
        Category::HotBlock
    );
    mark(first, Event::MarkedFine).expect("stored");
    assert_eq!(verdict(&engine, NUMBER, NOW + 2).rule(), Some(Rule::Known));
    assert!(matches!(
        mark(second, Event::MarkedFine),
        Err(EngineError::NotANumber)
    ));
    mark(second, Event::MarkedScam).expect("stored");
    assert_eq!(
        verdict(&engine, STRANGER, NOW + 2).rule(),
        Some(Rule::AfterScam)
    );
    mark(second, Event::Unmarked).expect("stored");
    assert_eq!(
        verdict(&engine, STRANGER, NOW + 2).rule(),
        Some(Rule::NothingKnown)
    );
    // So can the very first call, even if nothing else is remembered of it.
    let other = self::folder();
    let engine = open(other.path());
    engine
        .record(&outgoing("+449012345678"), NOW)
        .expect("recorded");
    let [call] = &engine.calls().expect("a log")[..] else {
        panic!("one call");
    };
    engine
        .remember(Whom::Call(call.id), Event::MarkedScam, NOW)
        .expect("stored");
    assert_eq!(
        verdict(&engine, "+449012345678", NOW).category(),
        Category::MarkedScam
    );
}

#[test]
fn the_log_can_be_switched_off_and_is_gone_then() {
    let folder = folder();
    let engine = open(folder.path());
    engine
        .record(&Call::incoming(NUMBER), NOW)
        .expect("recorded");
    engine
        .change_settings(settings(r#"{"call_log": false}"#))
        .expect("stored");
    assert!(engine.calls().expect("no log").is_empty());
    engine
        .record(&Call::incoming(NUMBER), NOW)
        .expect("recorded");
    assert!(engine.calls().expect("no log").is_empty());
    assert!(!folder.path().join("calls.jsonl").exists());
    engine.change_settings(Settings::default()).expect("stored");
    engine
        .record(&Call::incoming(NUMBER), NOW)
        .expect("recorded");
    let before = engine.calls().expect("a log")[0].id;
    assert_eq!(engine.calls().expect("a log").len(), 1);
    // An id means the same call for ever.
    engine
        .change_settings(settings(r#"{"call_log": false}"#))
        .expect("stored");
    engine.change_settings(Settings::default()).expect("stored");
    engine
        .record(&Call::incoming(NUMBER), NOW + 1)
        .expect("recorded");
    assert!(engine.calls().expect("a log")[0].id > before);
}

#[test]
fn a_damaged_line_of_the_log_takes_no_other_with_it() {
    let folder = folder();
    let engine = open(folder.path());
    for i in 0..5 {
        engine
            .record(&Call::incoming(NUMBER), NOW + i)
            .expect("recorded");
    }
    drop(engine);
    let path = folder.path().join("calls.jsonl");
    let text = fs::read_to_string(&path).expect("a text");
    let lines: Vec<&str> = text.lines().collect();
    let third = lines[2];
    for damaged in [
        "",
        "hello",
        "\0\0\0\0",
        "\u{fffd}",
        &third[..third.len() - 1],
        &third.replace("\"at\"", "\"At\""),
        &third[9..],
        &format!("00000000 {}", &third[9..]),
        &"x".repeat(100_000),
    ] {
        let mut lines = lines.clone();
        lines[2] = damaged;
        fs::write(&path, lines.join("\n")).expect("written");
        let engine = open(folder.path());
        let ids = |engine: &ringfence_engine::Engine| -> Vec<u64> {
            let calls = engine.calls().expect("a log");
            calls.iter().map(|call| call.id - NOW).collect()
        };
        assert_eq!(ids(&engine), [4, 3, 1, 0]);
        engine
            .record(&Call::incoming(NUMBER), NOW + 9)
            .expect("recorded");
        assert_eq!(ids(&engine), [9, 4, 3, 1, 0]);
        drop(engine);
        assert_eq!(ids(&open(folder.path())), [9, 4, 3, 1, 0]);
        let mended = fs::read_to_string(&path).expect("a text");
        assert_eq!(mended.lines().count(), 5, "the damage is gone");
    }
    // A file that is far too long is not ours.
    fs::write(&path, "x".repeat(5 << 20)).expect("written");
    let engine = open(folder.path());
    assert!(engine.calls().expect("a log").is_empty());
    engine
        .record(&Call::incoming(NUMBER), NOW)
        .expect("recorded");
    assert_eq!(engine.calls().expect("a log").len(), 1);
}
