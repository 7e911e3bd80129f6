//! The README's examples are what the program prints.

use std::path::Path;
use std::process::Command;

/// The arguments of a command line with double quotes.
fn arguments(line: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    for (index, part) in line.split('"').enumerate() {
        if index % 2 == 1 {
            arguments.push(part.to_owned());
        } else {
            arguments.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    arguments
}

#[test]
fn examples_are_real() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let readme = std::fs::read_to_string(path).expect("it can be read");
    // Examples may leave files for the next.
    let folder = tempfile::tempdir().expect("a folder");
    let reports = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/examples/reports.csv");
    std::fs::copy(reports, folder.path().join("reports.csv")).expect("the example's list");
    let mut examples = 0;
    for block in readme.split("```console\n$ ringfence ").skip(1) {
        let (block, _) = block.split_once("```").expect("the block ends");
        let (line, expected) = block.split_once('\n').expect("it shows an answer");
        let mut arguments = arguments(line);
        if ["screen", "remember"].contains(&arguments[0].as_str()) {
            // Confidence fades by the day; this is the day of the examples.
            arguments.extend(["--at".to_owned(), "2026-11-24T00:00:00Z".to_owned()]);
        }
        let output = Command::new(env!("CARGO_BIN_EXE_ringfence"))
            .args(&arguments)
            .current_dir(&folder)
            .output();
        let output = output.expect("the program starts");
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{line}");
        examples += 1;
    }
    assert!(examples >= 5, "only {examples} examples were found");
}
