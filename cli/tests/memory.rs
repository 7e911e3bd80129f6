//! Memory files: `ringfence remember` makes them, `ringfence screen` reads them.

mod common;

use std::fs;

use common::{AT, folder, json, objects, refusal, ringfence, stdout, with_input};

const NUMBER: &str = "+447400123456";

/// Action and category of a call with a memory.
fn screen(memory: &str, arguments: &[&str]) -> (String, String) {
    let all = [&["screen", "--json", "--memory", memory], arguments, &AT].concat();
    let object = json(&all);
    let text = |key: &str| object[key].as_str().expect("a text").to_owned();
    (text("action"), text("category"))
}

#[test]
fn what_is_remembered_is_screened_by() {
    let folder = folder();
    let path = folder.path().join("memory");
    let memory = path.to_str().expect("UTF-8");
    let remember = |arguments: &[&str]| {
        json(&[&["remember", "--json", "--memory", memory], arguments, &AT].concat())
    };
    let is = |arguments: &[&str], action: &str, category: &str| {
        let found = screen(memory, arguments);
        assert_eq!(
            found,
            (action.to_owned(), category.to_owned()),
            "{arguments:?}"
        );
    };
    let spoken = remember(&["07400 123456", "spoken", "--region", "GB"]);
    let expected = serde_json::json!({"known": "spoken", "scam": false, "remembered": 1});
    assert_eq!(spoken, expected);
    is(&[NUMBER], "allow", "known");
    let scam = remember(&[NUMBER, "scam"]);
    let expected = serde_json::json!({"known": null, "scam": true, "remembered": 3});
    assert_eq!(scam, expected);
    is(&[NUMBER], "silence", "marked_scam");
    is(&[NUMBER, "--mode", "gentle"], "warn", "marked_scam");
    is(&[NUMBER, "--outgoing"], "warn", "marked_scam");
    is(&["+447400123999", "--mode", "strict"], "warn", "hot_block");
    is(&["+447911123456"], "warn", "after_scam");
    // A call does not make a scam known.
    assert_eq!(remember(&[NUMBER, "called"])["scam"], true);
    let unmarked = remember(&[NUMBER, "unmark"]);
    assert_eq!(
        (&unmarked["known"], &unmarked["scam"]),
        (&"spoken".into(), &false.into())
    );
    is(&["+447400123999"], "allow", "nothing_known");
    assert_eq!(remember(&[NUMBER, "fine"])["known"], "fine");
    assert_eq!(remember(&["--hidden", "scam"])["scam"], true);
    is(&["+447911123456"], "warn", "after_scam");
    assert_eq!(remember(&["--hidden", "unmark"])["scam"], false);
    is(&["+447911123456"], "allow", "nothing_known");
    // The reason is in words, and says where it comes from.
    let object = json(&["screen", NUMBER, "--json", "--memory", memory]);
    assert_eq!(object["reasons"][0]["source"], "this phone's memory");
    let names: Vec<_> = fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(names, ["memory"]);
    let bytes = fs::read(&path).expect("a file");
    assert!(!bytes.windows(7).any(|part| part == b"4001234"));
}

#[test]
fn a_person_reads_one_line() {
    let folder = folder();
    let path = folder.path().join("memory");
    let memory = path.to_str().expect("UTF-8");
    for (event, says) in [
        ("called", "It is known: you called it.\n"),
        ("spoken", "It is known: you spoke with it.\n"),
        ("fine", "It is known: you marked it as fine.\n"),
        ("scam", "It is remembered as a scam.\n"),
        ("unmark", "It is known: you spoke with it.\n"),
    ] {
        let text = stdout(&ringfence(&["remember", NUMBER, event, "--memory", memory]));
        assert_eq!(text, says);
    }
    let other = ["remember", "+447911123456", "unmark", "--memory", memory];
    assert_eq!(
        stdout(&ringfence(&other)),
        "It is not known, and no scam.\n"
    );
}

#[test]
fn times_are_as_given() {
    let folder = folder();
    let path = folder.path().join("memory");
    let memory = path.to_str().expect("UTF-8");
    let called = ["remember", NUMBER, "called", "--memory", memory];
    stdout(&ringfence(
        &[&called[..], &["--at", "2024-01-01T00:00:00Z"]].concat(),
    ));
    let category = |at: &str| {
        let object = json(&["screen", NUMBER, "--json", "--memory", memory, "--at", at]);
        object["category"].as_str().map(str::to_owned)
    };
    assert_eq!(category("2025-12-30T00:00:00Z").as_deref(), Some("known"));
    assert_eq!(
        category("2026-01-02T00:00:00Z").as_deref(),
        Some("nothing_known")
    );
}

#[test]
fn a_batch_reads_one_memory_and_changes_nothing() {
    let folder = folder();
    let path = folder.path().join("memory");
    let memory = path.to_str().expect("UTF-8");
    stdout(&ringfence(
        &[&["remember", NUMBER, "scam", "--memory", memory], &AT[..]].concat(),
    ));
    let before = fs::read(&path).expect("a file");
    let arguments = ["screen", "--batch", "-", "--memory", memory, AT[0], AT[1]];
    let input = "+447400123456\n+447400123999\n{\"number\": null}\n+447911123456\n";
    let text = stdout(&with_input(&arguments, input));
    let found: Vec<_> = objects(&text)
        .iter()
        .map(|line| line["category"].as_str().expect("a text").to_owned())
        .collect();
    assert_eq!(found, ["marked_scam", "hot_block", "hidden", "after_scam"]);
    assert_eq!(fs::read(&path).expect("a file"), before);
}

#[test]
fn home_is_as_the_settings_say_unless_the_command_does() {
    let folder = folder();
    let settings = folder.path().join("settings.json");
    fs::write(&settings, r#"{"home": "GB"}"#).expect("written");
    let settings = settings.to_str().expect("UTF-8");
    let call = ["screen", "07700 900123", "--json", "--settings", settings];
    assert_eq!(json(&call)["category"], "fiction");
    let abroad = [&call[..], &["--region", "FR"]].concat();
    assert_ne!(json(&abroad)["category"], "fiction");
    let arguments = ["screen", "--batch", "-", "--settings", settings];
    let input = "07700 900123\n{\"number\": \"07700 900123\", \"region\": \"FR\"}\n";
    let text = stdout(&with_input(&arguments, input));
    let lines = objects(&text);
    assert_eq!(lines[0]["category"], "fiction");
    assert_ne!(lines[1]["category"], "fiction");
}

#[test]
fn wrong_input_gets_one_line_and_exit_2() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let (none, bad, newer) = (path("none"), path("bad"), path("newer"));
    fs::write(&bad, "hello").expect("written");
    fs::write(&newer, [&b"RFMM\x02\0\0\0"[..], &[0; 56]].concat()).expect("written");
    let deep = path("no/such/memory");
    let here = path("");
    let cases: &[(&[&str], &str)] = &[
        (&["screen", NUMBER, "--memory", &none], "No such file"),
        (&["screen", NUMBER, "--memory", &here], "directory"),
        (&["screen", NUMBER, "--memory", &bad], "damaged"),
        (&["screen", NUMBER, "--memory", &newer], "later version"),
        (&["remember", NUMBER, "scam", "--memory", &bad], "damaged"),
        (
            &["remember", NUMBER, "scam", "--memory", &newer],
            "later version",
        ),
        (
            &["remember", NUMBER, "scam", "--memory", &deep],
            "No such file",
        ),
        (
            &["remember", NUMBER, "scam", "--memory", &here],
            "directory",
        ),
        (&["remember", NUMBER, "scam"], "--memory"),
        (
            &["remember", NUMBER, "--memory", &none],
            "called, spoken, fine, scam, unmark",
        ),
        (&["remember", "scam", "--memory", &none], "NUMBER"),
        (
            &["remember", NUMBER, "liar", "--memory", &none],
            "called, spoken, fine, scam, unmark",
        ),
        (
            &["remember", "07400 123456", "scam", "--memory", &none],
            "--region",
        ),
        (
            &["remember", "Amazon", "scam", "--memory", &none],
            "no telephone number",
        ),
        (
            &[
                "remember", "999", "scam", "--region", "GB", "--memory", &none,
            ],
            "no telephone number",
        ),
        (
            &["remember", "", "scam", "--memory", &none],
            "no telephone number",
        ),
        (
            &["remember", "--hidden", "called", "--memory", &none],
            "marked as a scam and unmarked",
        ),
        (
            &["remember", NUMBER, "scam", "--hidden", "--memory", &none],
            "cannot be used with",
        ),
        (
            &[
                "remember", NUMBER, "scam", "--region", "XX", "--memory", &none,
            ],
            "two-letter",
        ),
        (
            &["remember", NUMBER, "scam", "--at", "now", "--memory", &none],
            "with its zone",
        ),
        (
            &["remember", "07400", "123456", "scam", "--memory", &none],
            "in quotes",
        ),
    ];
    for (arguments, expected) in cases {
        let error = refusal(arguments);
        assert!(error.contains(expected), "{arguments:?}: {error}");
        assert!(!error.contains("123456"), "{error}");
    }
    assert!(!folder.path().join("none").exists());
    assert_eq!(
        fs::read(&bad).expect("a file"),
        b"hello",
        "it is left alone"
    );
}
