//! Running the program.
#![allow(dead_code)]

use std::io::Write;
use std::process::{Child, Command, Output, Stdio};

/// Two days after the bundled database was issued.
pub const AT: [&str; 2] = ["--at", "2026-11-24T00:00:00Z"];

pub fn ringfence(arguments: &[&str]) -> Output {
    with_input(arguments, "")
}

/// The program, with pipes to all its ends.
pub fn spawn(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_ringfence"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// The JSON objects of a batch's output.
pub fn objects(text: &str) -> Vec<serde_json::Value> {
    let object = |line| serde_json::from_str(line).expect("one JSON object a line");
    text.lines().map(object).collect()
}

pub fn with_input(arguments: &[&str], input: &str) -> Output {
    let mut child = spawn(arguments);
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        // The program may close its end early.
        let _ = stdin.write_all(input.as_bytes());
    });
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("the input was written");
    output
}

pub fn stdout(output: &Output) -> String {
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

pub fn json(arguments: &[&str]) -> serde_json::Value {
    serde_json::from_str(&stdout(&ringfence(arguments))).expect("one JSON object")
}

/// The one line on standard error of a command line that is refused.
pub fn refusal(arguments: &[&str]) -> String {
    let output = ringfence(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?} printed something");
    let error = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(
        error.trim_end().lines().count(),
        1,
        "{arguments:?}: {error}"
    );
    assert!(error.starts_with("ringfence: "), "{error}");
    error
}

pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}
