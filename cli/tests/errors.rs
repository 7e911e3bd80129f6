//! What goes wrong gets one line that says what to do, and holds no number.

mod common;

use std::io::Write;

use common::{folder, objects, refusal, spawn, with_input};

#[test]
fn a_batch_with_lines_that_cannot_be_read_answers_the_others() {
    let long = format!("{}\n", "7".repeat(200_000));
    let bad = "{\"number\": 447700900123}\n{\"number\": \"07700 900123\"\n{\"number\": \"1\", \"region\": \"England\"}\n{\"number\": \"1\", \"verification\": \"no\"}\n";
    let input = format!("07700 900123\n{bad}{long}+442079460018\n");
    let output = with_input(&["screen", "--region", "GB", "--batch", "-"], &input);
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        error.trim_end(),
        "ringfence: 5 of 7 lines could not be read, the first is line 2: the output says why in their place"
    );
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let lines = objects(&text);
    assert_eq!(lines.len(), 7);
    let errors: Vec<_> = lines
        .iter()
        .map(|line| line["error"].as_str().unwrap_or("-"))
        .collect();
    assert!(errors[0] == "-" && errors[6] == "-");
    assert!(
        errors[1].contains("JSON") && errors[2].contains("JSON"),
        "{errors:?}"
    );
    assert!(
        errors[3].contains("region") && errors[4].contains("verification"),
        "{errors:?}"
    );
    assert!(errors[5].contains("64 KiB"), "{errors:?}");
    assert_eq!(lines[2]["line"], 3);
    assert!(
        errors.iter().all(|error| !error.contains("900123")),
        "errors hold no number"
    );
}

#[test]
fn wrong_input_gets_one_line_and_exit_2() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    std::fs::write(path("bad.json"), "{\"mode\": \"severe\"}").expect("written");
    std::fs::write(path("bad.rfdb"), "hello").expect("written");
    let (settings, database, none) = (path("bad.json"), path("bad.rfdb"), path("none"));
    let here = path("");
    let cases: &[(&[&str], &str)] = &[
        (&["number"], "TEXT"),
        (&["screen"], "NUMBER"),
        (
            &["screen", "07700", "900123"],
            "put a number that has spaces in quotes",
        ),
        (
            &["screen", "1", "--region", "XX"],
            "there is no region XX; use a two-letter country code such as GB",
        ),
        (
            &["screen", "1", "--region", "England"],
            "two-letter country code such as GB",
        ),
        (
            &["number", "1", "--region", "1"],
            "two-letter country code such as GB",
        ),
        (
            &["screen", "1", "--mode", "severe"],
            "gentle, standard, strict",
        ),
        (
            &["screen", "1", "--verification", "maybe"],
            "passed, failed, none",
        ),
        (
            &["screen", "1", "--at", "yesterday"],
            "such as 2026-12-24T18:00:00Z",
        ),
        (
            &["screen", "1", "--at", "2026-12-24T18:00:00"],
            "with its zone",
        ),
        (&["screen", "1", "--colour"], "--colour"),
        (&["screen", "1", "--settings", &none], "No such file"),
        (&["screen", "1", "--settings", &settings], "gentle"),
        (&["screen", "--batch", &none], "No such file"),
        (&["screen", "--batch", &here], "this is a folder"),
        (&["screen", "1", "--database", &none], "No such file"),
        (
            &["screen", "1", "--database", &database],
            "not a Ringfence database",
        ),
        (&["db", "verify", &database], "not a Ringfence database"),
        (&["db", "info", &here], "this is no file"),
        (&["number", "1", "--batch", "-"], "cannot be used with"),
        (&["screen", "1", "--batch", "-"], "cannot be used with"),
        (
            &["db", "build", "--data", &none, "--out", &path("a.rfdb")],
            "No such file",
        ),
        (&["db", "build", "--data", "data"], "--out"),
        (
            &[
                "db",
                "build",
                "--data",
                "../data",
                "--metadata",
                "x.xml",
                "--out",
                "a",
            ],
            "--metadata-version",
        ),
        (&["db", "repair"], "repair"),
        (&["guess"], "guess"),
        (&["completions", "cmd"], "bash"),
        (&["man", "guess"], "there is no such command"),
    ];
    for (arguments, expected) in cases {
        let error = refusal(arguments);
        let twice =
            error.matches("No such file").count() > 1 || error.matches("no file").count() > 1;
        assert!(!twice, "{error}");
        assert!(error.contains(expected), "{arguments:?}: {error}");
        assert!(!error.contains("900123"), "{error}");
    }
}

#[test]
fn errors_never_repeat_a_number() {
    let folder = folder();
    let path = folder.path().join("settings.json");
    let number = "+447911123456";
    let plain = "07911123456";
    let mut cases: Vec<Vec<String>> = vec![
        vec![number.into()],
        vec!["screen".into(), "1".into(), number.into()],
        vec!["screen".into(), "1".into(), format!("--{plain}")],
        vec!["screen".into(), "1".into(), "--mode".into(), number.into()],
        vec!["screen".into(), "1".into(), format!("--hidden={number}")],
        vec![
            "screen".into(),
            "1".into(),
            "--region".into(),
            number.into(),
        ],
        vec!["screen".into(), "1".into(), "--at".into(), number.into()],
        vec!["number".into(), "1".into(), format!("--json={number}")],
        vec!["completions".into(), number.into()],
        vec!["man".into(), number.into()],
    ];
    for (index, settings) in [
        format!("{{\"mode\": \"{plain}\"}}"),
        format!("{{\"{plain}\": 1}}"),
        "{\"version\": 447911123456}".to_owned(),
        format!("{{\"allow\": \"{number}\"}}"),
        format!("\"{number}\""),
    ]
    .iter()
    .enumerate()
    {
        let path = path.with_file_name(format!("settings-{index}.json"));
        std::fs::write(&path, settings).expect("written");
        let path = path.to_str().expect("UTF-8").to_owned();
        cases.push(vec!["screen".into(), "1".into(), "--settings".into(), path]);
    }
    for case in &cases {
        let arguments: Vec<&str> = case.iter().map(String::as_str).collect();
        let error = refusal(&arguments);
        assert!(!error.contains("7911123456"), "{arguments:?}: {error}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    for arguments in [
        &["completions", "zsh"][..],
        &["man"],
        &["number", "--batch", "-"],
    ] {
        let mut child = spawn(arguments);
        drop(child.stdout.take());
        if let Some(mut stdin) = child.stdin.take() {
            // Enough to fill every buffer on the way.
            let _ = stdin.write_all("+442079460018\n".repeat(20_000).as_bytes());
        }
        let output = child.wait_with_output().expect("it ends");
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            (output.status.code(), error.as_ref()),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_failed_build_leaves_the_old_database() {
    let folder = folder();
    let out = folder.path().join("kept.rfdb");
    std::fs::write(&out, "the old one").expect("written");
    let path = out.to_str().expect("UTF-8");
    refusal(&["db", "build", "--data", "no/such/folder", "--out", path]);
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/tiny");
    let folder_path = folder.path().to_str().expect("UTF-8");
    let error = refusal(&["db", "build", "--data", data, "--out", folder_path]);
    assert!(error.contains("this is no file"), "{error}");
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&out, &link).expect("a link");
    refusal(&[
        "db",
        "build",
        "--data",
        data,
        "--out",
        link.to_str().expect("UTF-8"),
    ]);
    std::fs::remove_file(&link).expect("it can be removed");
    assert_eq!(std::fs::read(&out).expect("it can be read"), b"the old one");
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("a folder").count(),
        1
    );
}
