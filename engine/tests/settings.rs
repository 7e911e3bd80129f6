//! Settings that are changed, exported, imported or damaged.

mod common;

use std::fs;
use std::path::Path;

use common::{names, open};
use ringfence::screening::{Mode, Settings};
use ringfence_engine::EngineError;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn settings(json: &str) -> Settings {
    serde_json::from_str(json).expect("settings")
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    fs::write(folder.join(name), bytes).expect("written");
}

#[test]
fn settings_that_cannot_be_read_are_kept_aside() {
    let newer = r#"{"version": 99, "colour": "red"}"#;
    let long = format!("{{\"mode\": \"strict\"}}{}", " ".repeat(2 << 20));
    for (bytes, says) in [
        (newer.as_bytes(), ""),
        (b"{", ""),
        (b"\xFF\xFE", "no text"),
        (br#"{"version": 2, "after_scam_hours": 0}"#, "switch"),
        (br#"{"version": 7}"#, "use the program that wrote them"),
        (long.as_bytes(), "storage"),
    ] {
        let folder = folder();
        write(folder.path(), "settings.json", bytes);
        let engine = open(folder.path());
        assert_eq!(*engine.settings(), Settings::default());
        let why = engine.unreadable_settings().expect("it says why");
        assert!(why.contains(says), "{why}");
        let kept = folder.path().join("settings.unreadable.json");
        assert!(!kept.exists(), "only when others are written");
        let gentle = settings(r#"{"mode": "gentle"}"#);
        engine.change_settings(gentle.clone()).expect("stored");
        engine
            .change_settings(gentle.clone())
            .expect("stored again");
        assert_eq!(engine.unreadable_settings(), None);
        assert_eq!(fs::read(&kept).expect("it is there"), bytes);
        drop(engine);
        let engine = open(folder.path());
        assert_eq!(*engine.settings(), gentle);
        engine.forget_everything().expect("forgotten");
        assert!(names(folder.path()).is_empty());
    }
}

#[test]
fn settings_go_out_and_come_in() {
    let folder = folder();
    let engine = open(folder.path());
    let all = settings(
        r#"{"mode": "strict", "home": "GB", "switches": {"hidden": "silence"},
            "allow": ["+442079460000"], "block": ["+4470*", "region:FR"],
            "repeated_call": false, "after_scam_hours": 5, "call_log": false}"#,
    );
    engine.change_settings(all.clone()).expect("stored");
    let text = engine.export_settings().expect("a text");
    engine.forget_everything().expect("forgotten");
    engine.import_settings(&text).expect("read");
    assert_eq!(*engine.settings(), all);
    let old = r#"{"version": 1, "mode": "gentle", "block": ["+4470*"]}"#;
    engine.import_settings(old).expect("version 1 is read");
    assert_eq!(engine.settings().mode, Mode::Gentle);
    assert!(engine.settings().call_log);
    let before = engine.settings();
    for refused in ["", "{\"version\": 3}", "[]", &" ".repeat(2 << 20)] {
        let error = engine.import_settings(refused).expect_err("refused");
        assert!(matches!(error, EngineError::Settings(_)), "{error}");
        assert_eq!(engine.settings(), before);
    }
    // What would not be read again is not written.
    let mut wrong = Settings::clone(&before);
    wrong.after_scam_hours = 0;
    let error = engine.change_settings(wrong).expect_err("refused");
    assert!(error.to_string().contains("from 1 to 672"), "{error}");
    assert_eq!(engine.settings(), before);
    drop(engine);
    assert_eq!(open(folder.path()).settings(), before);
}
