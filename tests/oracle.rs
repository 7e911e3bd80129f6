//! libphonenumber's answers: parse success or error, E.164, region, kind and
//! length of a mixed sample of inputs, all regions and forms.
//!
//! The sample is made by `xtask/oracle/generate.py`. The environment variable
//! `RINGFENCE_ORACLE` names another file to check, such as the fresh 200,000
//! rows of `cargo xtask oracle`.

use std::path::PathBuf;

use ringfence::number::Plan;

mod common;

/// A row's input as the file writes it, with `\\` and `\uXXXX`.
fn decode(text: &str) -> String {
    let mut decoded = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            decoded.push(character);
            continue;
        }
        match characters.next() {
            Some('u') => {
                let code: String = characters.by_ref().take(4).collect();
                let code = u32::from_str_radix(&code, 16).expect("four hexadecimal digits");
                decoded.push(char::from_u32(code).expect("no surrogates"));
            }
            other => assert_eq!(
                {
                    decoded.push('\\');
                    other
                },
                Some('\\'),
                "an unknown escape"
            ),
        }
    }
    decoded
}

fn answer(plan: &Plan<'_>, input: &str, home: &str) -> String {
    match plan.parse(input, home.parse().ok()) {
        Ok(number) => {
            let region = number
                .region
                .map_or("-".to_owned(), |region| region.to_string());
            format!("{} {region} {} {}", number.e164, number.kind, number.length)
        }
        Err(error) => format!("!{}", error.name()),
    }
}

#[test]
fn answers_are_libphonenumbers() {
    let other = std::env::var_os("RINGFENCE_ORACLE").map(PathBuf::from);
    let enough = if other.is_some() { 1 } else { 20_000 };
    let path = other.unwrap_or_else(|| common::path("tests/oracle/sample.tsv"));
    let text = std::fs::read_to_string(&path).expect("the oracle's file can be read");
    let version = ringfence_publisher::metadata::BUILT_IN_VERSION;
    let header: Vec<&str> = text.lines().take(3).collect();
    assert!(
        header.iter().all(|line| line.starts_with("# ")) && header.join(" ").contains(version),
        "the file must be made with phonenumbers {version}"
    );
    let database = common::bundled();
    let plan = database.plan().expect("the plan is whole");
    let (mut rows, mut wrong) = (0, Vec::new());
    for line in text.lines().skip(3) {
        let [input, home, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("a row has three columns");
        };
        let found = answer(&plan, &decode(input), home);
        rows += 1;
        if found != expected {
            wrong.push(format!("{input} [{home}]: {expected}, not {found}"));
        }
    }
    println!("{} disagreements in {rows} rows", wrong.len());
    let some = wrong
        .iter()
        .take(20)
        .cloned()
        .collect::<Vec<_>>()
        .join("\n");
    assert!(wrong.is_empty(), "{} of {rows} rows:\n{some}", wrong.len());
    assert!(rows >= enough, "the file has only {rows} rows");
}
