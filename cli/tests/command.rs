//! The command line's contract, through the program itself.

mod common;

use std::path::PathBuf;

use common::{AT, folder, json, objects, refusal, ringfence, stdout, with_input};

#[test]
fn number_prints_what_the_contract_says() {
    let object = json(&["number", "020 7946 0018", "--region", "GB", "--json"]);
    let expected = serde_json::json!({
        "input": "020 7946 0018", "valid": true, "possible": true, "e164": "+442079460018",
        "region": "GB", "kind": "fixed_line", "length": "possible",
    });
    assert_eq!(object, expected);
    let object = json(&["number", "Amazon", "--region", "gb", "--json"]);
    let expected = serde_json::json!({
        "input": "Amazon", "valid": false, "possible": false, "e164": null,
        "region": null, "kind": "unknown", "length": null, "error": "not_a_number",
    });
    assert_eq!(object, expected);
    let text = stdout(&ringfence(&["number", "+442079460018"]));
    assert!(
        text.contains("+442079460018") && text.contains("fixed line"),
        "{text}"
    );
    let text = stdout(&ringfence(&["number", ""]));
    assert_eq!(
        text,
        "Not a number: this does not look like a phone number.\n"
    );
}

#[test]
fn screen_prints_what_the_contract_says() {
    let object = json(&[
        "screen",
        "07700 900123",
        "--region",
        "GB",
        "--json",
        AT[0],
        AT[1],
    ]);
    assert_eq!(object["number"], "07700 900123");
    assert_eq!(object["e164"], "+447700900123");
    assert_eq!(object["action"], "reject");
    assert_eq!(object["category"], "fiction");
    let confidence = object["confidence"].as_f64().expect("a number");
    assert!((0.9..=1.0).contains(&confidence));
    let reasons = object["reasons"].as_array().expect("a list");
    assert_eq!(reasons.len(), 1);
    assert_eq!(reasons[0]["rule"], "impossible_caller_id");
    assert!(
        reasons[0]["source"]
            .as_str()
            .expect("a text")
            .contains("Ofcom")
    );
    assert_eq!(reasons[0]["date"], "2026-07-01");
    assert!(
        reasons[0]["text"]
            .as_str()
            .expect("a text")
            .contains("television")
    );
    assert_eq!(object["database"]["release"], "2026.11.22");
    assert_eq!(object["database"]["issued"], "2026-11-22T00:00:00Z");
    assert!(object.get("trail").is_none());

    let explained = json(&[
        "screen",
        "07700 900123",
        "--region",
        "GB",
        "--json",
        "--explain",
        AT[0],
        AT[1],
    ]);
    for key in ["action", "category", "confidence", "reasons"] {
        assert_eq!(explained[key], object[key], "{key}");
    }
    let trail = explained["trail"].as_array().expect("a list");
    let rules: Vec<_> = trail
        .iter()
        .map(|step| step["rule"].as_str().expect("a text"))
        .collect();
    let expected = [
        "emergency",
        "allow_list",
        "block_list",
        "known",
        "verification_failed",
        "impossible_caller_id",
    ];
    assert_eq!(rules, expected);
    assert!(trail.iter().all(|step| step["matched"].is_boolean()));
}

#[test]
fn options_of_screen_reach_the_policy() {
    let action = |arguments: &[&str]| {
        let all = [&["screen", "--json", "--region", "GB"], arguments, &AT].concat();
        let object = json(&all);
        let text = |key: &str| object[key].as_str().expect("a text").to_owned();
        (text("action"), text("category"))
    };
    let is = |arguments: &[&str], expected: (&str, &str)| {
        let (found, category) = action(arguments);
        assert_eq!(
            (found.as_str(), category.as_str()),
            expected,
            "{arguments:?}"
        );
    };
    is(&["--hidden"], ("warn", "hidden"));
    is(&["--hidden", "--mode", "strict"], ("silence", "hidden"));
    is(&["", "--mode", "gentle"], ("warn", "hidden"));
    is(
        &["07700 900123", "--mode", "gentle"],
        ("silence", "fiction"),
    );
    is(
        &["07400 123456", "--verification", "failed"],
        ("reject", "spoofed"),
    );
    is(
        &["07400 123456", "--verification", "passed"],
        ("allow", "nothing_known"),
    );
    is(&["+216 20 123 456", "--outgoing"], ("warn", "one_ring"));
    is(&["-2"], ("warn", "hidden"));
    is(&["999"], ("allow", "emergency"));

    let folder = folder();
    let settings = folder.path().join("settings.json");
    std::fs::write(&settings, r#"{"mode": "strict", "block": ["+447400*"]}"#).expect("written");
    let settings = settings.to_str().expect("UTF-8");
    is(
        &["07400 123456", "--settings", settings],
        ("reject", "blocked_by_you"),
    );
    is(&["--hidden", "--settings", settings], ("silence", "hidden"));
    is(
        &["--hidden", "--settings", settings, "--mode", "standard"],
        ("warn", "hidden"),
    );
}

#[test]
fn a_person_reads_what_why_and_what_to_do() {
    let text = stdout(&ringfence(&[
        "screen",
        "07700 900123",
        "--region",
        "GB",
        AT[0],
        AT[1],
    ]));
    assert!(
        text.starts_with("Faked number. The call is rejected.\n"),
        "{text}"
    );
    for label in ["Why ", "What to do ", "Source ", "How sure ", "Database "] {
        assert!(
            text.lines().any(|line| line.starts_with(label)),
            "{label}: {text}"
        );
    }
    assert!(!text.contains('\u{1b}'), "no colours when piped");
    let text = stdout(&ringfence(&[
        "screen",
        "--hidden",
        "--explain",
        AT[0],
        AT[1],
    ]));
    assert!(
        text.contains("Looked at, in this order:") && text.contains("emergency:"),
        "{text}"
    );
}

#[test]
fn batches_answer_line_by_line() {
    let input = "\u{feff}020 7946 0018\n\n{\"number\": \"01 62 34 56 78\", \"region\": \"FR\"}\r\n{\"number\": null}\n{\"number\": \"020 7946 0018\", \"region\": \"ZZ\"}\n+1 202 456 1111";
    let output = with_input(&["number", "--region", "GB", "--batch", "-"], input);
    let text = stdout(&output);
    let lines = objects(&text);
    let found: Vec<_> = lines
        .iter()
        .map(|line| line["e164"].as_str().unwrap_or("-"))
        .collect();
    assert_eq!(
        found,
        [
            "+442079460018",
            "-",
            "+33162345678",
            "-",
            "-",
            "+12024561111"
        ]
    );
    assert_eq!(lines[2]["input"], "01 62 34 56 78");

    let input = "{\"number\": \"\", \"hidden\": true}\n{\"number\": \"07400 123456\", \"verification\": \"failed\"}\n{\"number\": \"09012 345678\", \"outgoing\": true}\n07700 900123\n";
    let output = with_input(
        &["screen", "--region", "GB", "--batch", "-", AT[0], AT[1]],
        input,
    );
    let text = stdout(&output);
    let lines = objects(&text);
    let found: Vec<_> = lines
        .iter()
        .map(|line| line["category"].as_str().unwrap_or("-"))
        .collect();
    assert_eq!(found, ["hidden", "spoofed", "premium_rate", "fiction"]);
    assert_eq!(lines[2]["action"], "warn");
}

#[test]
fn files_are_read_as_batches() {
    let folder = folder();
    let file = folder.path().join("numbers.txt");
    let numbers: String = (0..5000).map(|i| format!("+4479460{i:05}\n")).collect();
    std::fs::write(&file, numbers).expect("written");
    let file = file.to_str().expect("UTF-8");
    let text = stdout(&ringfence(&["number", "--batch", file]));
    assert_eq!(text.lines().count(), 5000);
    assert!(
        text.lines()
            .nth(4321)
            .expect("a line")
            .contains("\"+447946004321\"")
    );
}

#[test]
fn short_codes_are_told_from_numbers() {
    let short = |number: &str| {
        let object = json(&["number", number, "--region", "GB", "--json"]);
        object["short"].as_str().map(str::to_owned)
    };
    assert_eq!(short("999").as_deref(), Some("emergency"));
    assert_eq!(short("60163").as_deref(), Some("short_code"));
    assert_eq!(short("020 7946 0018"), None);
    let text = stdout(&ringfence(&["number", "999", "--region", "GB"]));
    assert_eq!(text, "An emergency number.\n");
}

#[test]
fn databases_are_built_looked_at_and_verified() {
    let folder = folder();
    let out = folder.path().join("small.rfdb");
    let out = out.to_str().expect("UTF-8");
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/tiny");
    let data = data.to_str().expect("UTF-8");
    let built = json(&[
        "db", "build", "--data", data, "--only", "gb", "--out", out, "--json",
    ]);
    assert_eq!(built["release"], "sample-1");
    assert_eq!(built["ranges"], 3);
    assert_eq!(built["regions"], 4);
    assert_eq!(json(&["db", "info", out, "--json"]), built);
    assert_eq!(json(&["db", "info", "--database", out, "--json"]), built);
    assert_eq!(json(&["db", "verify", out, "--json"])["whole"], true);
    let object = json(&[
        "screen",
        "07700 900123",
        "--region",
        "GB",
        "--database",
        out,
        "--json",
    ]);
    assert_eq!(object["database"]["release"], "sample-1");

    let mut bytes = std::fs::read(out).expect("it can be read");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(out, bytes).expect("written");
    assert!(refusal(&["db", "verify", out]).contains("damaged"));

    let text = stdout(&ringfence(&["db", "info"]));
    assert!(text.contains("numbering plans of 245 regions"), "{text}");
    let text = stdout(&ringfence(&["db", "verify"]));
    assert!(text.contains("is whole"), "{text}");
}

#[test]
fn help_completions_and_manual_are_there() {
    for command in ["number", "screen", "remember", "db", "completions", "man"] {
        let help = stdout(&ringfence(&[command, "--help"]));
        assert!(help.contains("Usage: ringfence"), "{help}");
    }
    for command in [
        &["--help"][..],
        &["number", "--help"],
        &["screen", "--help"],
        &["remember", "--help"],
        &["db", "build", "--help"],
    ] {
        assert!(
            stdout(&ringfence(command)).contains("Example"),
            "{command:?}"
        );
    }
    assert!(stdout(&ringfence(&["--version"])).starts_with("ringfence "));
    for shell in ["bash", "zsh", "fish"] {
        assert!(stdout(&ringfence(&["completions", shell])).contains("region"));
    }
    assert!(stdout(&ringfence(&["man"])).contains(".TH ringfence"));
    assert!(stdout(&ringfence(&["man", "screen"])).contains("verification"));
    assert!(stdout(&ringfence(&["man", "remember"])).contains("hidden"));
}
