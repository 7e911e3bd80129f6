//! `ringfence db import`.

mod common;

use std::path::Path;

use common::{folder, json, refusal, ringfence, stdout, with_input};
use serde_json::{Value, json};

const SAMPLES: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../publisher/tests/import/lists"
);

fn sample(name: &str) -> String {
    format!("{SAMPLES}/{name}")
}

fn within(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().expect("UTF-8").to_owned()
}

#[test]
fn complaints_of_a_day_are_imported_and_summed_up() {
    let folder = folder();
    let store = within(folder.path(), "lists");
    let import = |more: &[&str]| {
        let ftc = sample("ftc.csv");
        let mut arguments = vec!["db", "import", "ftc", &ftc, "--store", &store];
        arguments.extend(["--date", "2026-03-06"]);
        arguments.extend(more);
        stdout(&ringfence(&arguments))
    };
    let text = import(&[]);
    let expected = format!(
        "\
List        FTC Do Not Call complaints, 1 file; licence: public domain (US government)
Rows        13
Used        7 report a number
Not used    1 no number
            1 a hidden caller
            1 an emergency number
            1 a short code
            1 no area code
            1 too long
Of the used 1 unknown to the numbering plan
            1 without a date of its own
            2 said to be a recording
Store       {store}: 5 numbers, 7 reports, 0 prefixes
"
    );
    assert_eq!(text, expected);
    let again: Value = serde_json::from_str(&import(&["--json"])).expect("JSON");
    assert_eq!(again["files"][0]["known"], true);
    assert_eq!(again["files"][0]["from"], "2026-03-04");
    assert_eq!(again["files"][0]["to"], "2026-03-06");
    assert_eq!(
        again["merged"],
        json!({"numbers": 5, "reports": 7, "prefixes": 0})
    );
    assert_eq!(again["tally"]["dropped"]["too_long"], 1);
    assert_eq!(again["tally"]["notes"]["robocall"], 2);
}

#[test]
fn columns_regions_and_names_are_options() {
    let folder = folder();
    let store = within(folder.path(), "lists");
    let arguments = [
        "db",
        "import",
        "csv",
        &sample("columns.csv"),
        "--number",
        "caller's number",
        "--date-column",
        "1",
        "--dates",
        "us",
        "--kind",
        "what",
        "--count",
        "4",
        "--region",
        "gb",
        "--source",
        "My list",
        "--licence",
        "CC0-1.0",
        "--url",
        "https://example.org/list",
        "--store",
        &store,
        "--json",
    ];
    let summary = json(&arguments);
    let file = &summary["files"][0];
    assert_eq!(file["source"], "My list");
    assert_eq!(file["licence"], "CC0-1.0");
    assert_eq!(file["url"], "https://example.org/list");
    assert_eq!(summary["merged"]["numbers"], 4);
    assert_eq!(summary["merged"]["reports"], 6);
}

#[test]
fn folders_and_standard_input_are_read() {
    let folder = folder();
    let (store, lists) = (within(folder.path(), "s"), within(folder.path(), "lists"));
    std::fs::create_dir_all(format!("{lists}/deeper")).expect("a folder");
    for (from, to) in [
        ("ftc.csv", "a.csv"),
        ("snapshot.csv", "deeper/b.csv"),
        ("begone.xml", "c.xml"),
    ] {
        std::fs::copy(sample(from), format!("{lists}/{to}")).expect("copied");
    }
    std::fs::write(format!("{lists}/README.md"), "# Lists\n\nSome.\n").expect("written");
    let cuts = "date,rows\n2026-03-04,4\n2026-03-07,7\n";
    std::fs::write(format!("{lists}/deeper/cuts.csv"), cuts).expect("written");
    let import =
        |format: &str| json(&["db", "import", format, &lists, "--store", &store, "--json"]);
    let summary = import("ftc");
    assert_eq!(summary["passed_over"], 2);
    assert_eq!(summary["files"].as_array().map(Vec::len), Some(2));
    assert_eq!(summary["files"][1]["from"], "2026-03-01");
    let summary = import("auto");
    assert_eq!(summary["passed_over"], 1);
    assert_eq!(summary["files"][1]["format"], "begone");
    assert_eq!(summary["files"][2]["known"], true);
    assert_eq!(summary["merged"]["prefixes"], 1);

    let input = "07700 900101\n07700 900102\n";
    let arguments = [
        "db", "import", "text", "-", "--region", "GB", "--store", &store,
    ];
    let text = stdout(&with_input(&arguments, input));
    assert!(text.contains("Rows        2\n"), "{text}");
    let text = stdout(&with_input(&arguments, input));
    assert!(text.contains("1 file already there"), "{text}");
}

#[test]
fn what_cannot_be_imported_gets_one_line() {
    let folder = folder();
    let path = |name: &str| within(folder.path(), name);
    let store = path("lists");
    let (ftc, json, none) = (sample("ftc.csv"), sample("phoneblock.json"), path("none"));
    std::fs::create_dir(path("empty")).expect("a folder");
    std::fs::create_dir(path("words")).expect("a folder");
    std::fs::write(path("words/README"), "Words.\n").expect("written");
    std::fs::write(path("bad.gz"), b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xff\xff\xff").expect("written");
    std::fs::write(path("cuts"), "when,what\n").expect("written");
    let (empty, words) = (path("empty"), path("words"));
    let (bad, cuts) = (path("bad.gz"), path("cuts"));
    let cases: &[(&[&str], &str)] = &[
        (&["ftc", &none], "No such file"),
        (&["ftc", &empty], "no file in this folder"),
        (&["ftc", &words], "no file in this folder"),
        (
            &["ftc", &json],
            "it looks like PhoneBlock's list (JSON or binary): give the format phoneblock",
        ),
        (&["auto", &path("words/README")], "cannot be told"),
        (&["text", &bad], "packed and damaged; fetch it again"),
        (&["csv", &ftc, "--number", "phone"], "--number"),
        (&["csv", &ftc, "--number", "0"], "a number from 1"),
        (&["csv", &ftc, "--separator", "ab"], "the word tab"),
        (&["csv", &ftc, "--dates", "french"], "iso, us, eu, unix"),
        (&["ftc", &ftc, "--date", "yesterday"], "such as 2026-11-22"),
        (&["ftc", &ftc, "--region", "XX"], "there is no region XX"),
        (&["ftc", &ftc, "--cuts", &cuts], "date,rows"),
        (&["ftc", &ftc, "--source", "a\nb"], "one line"),
        (&["excel", &ftc], "auto"),
        (&["ftc"], "INPUT"),
    ];
    for (arguments, expected) in cases {
        let arguments = [&["db", "import"], *arguments, &["--store", &store]].concat();
        let error = refusal(&arguments);
        assert!(error.contains(expected), "{arguments:?}: {error}");
    }
    let error = refusal(&["db", "import", "ftc", &ftc]);
    assert!(error.contains("--store"), "{error}");
    let out = path("new.rfdb");
    for (option, value, expected) in [
        ("--release", "two words", "letters, digits"),
        (
            "--release",
            "a name that is far too long to be a release",
            "letters, digits",
        ),
        ("--issued", "today", "2026-11-22T00:00:00Z"),
    ] {
        let error = refusal(&["db", "import", "ftc", &ftc, "--out", &out, option, value]);
        assert!(error.contains(expected), "{error}");
    }
    assert!(!Path::new(&out).exists());
    let file = path("file");
    std::fs::write(&file, "a file").expect("written");
    let error = refusal(&["db", "import", "ftc", &ftc, "--store", &file]);
    assert!(error.contains(&file), "{error}");
}

#[test]
fn a_database_with_reported_numbers_says_where_they_come_from() {
    let folder = folder();
    let (out, base) = (within(folder.path(), "new.rfdb"), sample("ftc.csv"));
    let patterns = sample("saracroche.json");
    let fixed = ["--release", "test-1", "--issued", "2026-03-07T00:00:00Z"];
    let import = |format: &str, list: &str| {
        let arguments = [
            "db",
            "import",
            format,
            list,
            "--out",
            &out,
            "--date",
            "2026-03-06",
        ];
        json(&[&arguments[..], &fixed, &["--json"]].concat())
    };
    import("ftc", &base);
    let summary = import("saracroche", &patterns);
    let database = &summary["database"];
    assert_eq!(database["release"], "test-1");
    assert_eq!(database["issued"], "2026-03-07T00:00:00Z");
    assert_eq!(database["as_of"], "2026-03-06");
    assert_eq!(database["listed"], 6);
    let info = json(&["db", "info", &out, "--json"]);
    assert_eq!(info["bytes"], database["bytes"]);
    assert_eq!(info["fingerprint"], database["fingerprint"]);
    let sources: Vec<&str> = info["sources"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let source = |words: &str| sources.iter().any(|source| source.contains(words));
    assert!(source(
        "FTC Do Not Call complaints: 7 of 13 rows, 2026-03-04 to 2026-03-06; licence: public domain"
    ));
    assert!(source(
        "Saracroche: 3 of 6 rows, 2026-03-06; licence: GPL-3.0"
    ));
    stdout(&ringfence(&["db", "verify", &out]));
    // The same lists in another order give the same bytes.
    let bytes = std::fs::read(&out).expect("a database");
    let out = within(folder.path(), "other.rfdb");
    let other = |format: &str, list: &str| {
        let arguments = [
            "db",
            "import",
            format,
            list,
            "--out",
            &out,
            "--date",
            "2026-03-06",
        ];
        stdout(&ringfence(&[&arguments[..], &fixed].concat()))
    };
    other("saracroche", &patterns);
    let text = other("ftc", &base);
    assert!(text.contains("\nDatabase    "), "{text}");
    assert_eq!(std::fs::read(&out).expect("a database"), bytes);
}

#[test]
fn listed_numbers_are_found_by_screening() {
    let folder = folder();
    let out = within(folder.path(), "new.rfdb");
    let arguments = ["db", "import", "text", "-", "--region", "US", "--out", &out];
    let fixed = ["--date", "2026-03-06", "--issued", "2026-03-07T00:00:00Z"];
    let list = "202.555.1234 # once\n";
    stdout(&with_input(&[&arguments[..], &fixed].concat(), list));
    let screen = |number: &str| {
        let at = ["--at", "2026-03-07T10:00:00Z", "--database", &out, "--json"];
        json(&[&["screen", number, "--region", "US"][..], &at].concat())
    };
    // However the caller writes it.
    for number in ["(202) 555-1234", "+12025551234", "1-202-555-1234"] {
        let verdict = screen(number);
        assert_eq!(verdict["reasons"][0]["rule"], "listed_number", "{verdict}");
    }
    let verdict = screen("202 555 1235");
    assert_ne!(verdict["reasons"][0]["rule"], "listed_number", "{verdict}");
}

#[test]
fn a_list_is_not_overwritten_by_the_database() {
    let folder = folder();
    let list = within(folder.path(), "list");
    std::fs::write(&list, "+12025550101\n").expect("written");
    let text = refusal(&["db", "import", "text", &list, "--out", &list]);
    assert!(text.contains("--out"), "{text}");
    assert_eq!(std::fs::read(&list).expect("there"), b"+12025550101\n");
}

#[test]
fn a_folder_with_store_and_database_is_read_again() {
    let folder = folder();
    let lists = folder.path().to_str().expect("UTF-8");
    std::fs::write(within(folder.path(), "a"), "+12025550101\n").expect("written");
    let out = within(folder.path(), "numbers.rfdb");
    let import = || {
        json(&[
            "db",
            "import",
            "text",
            lists,
            "--out",
            &out,
            "--date",
            "2026-03-01",
            "--json",
        ])
    };
    let first = import();
    let second = import();
    assert_eq!(second["files"].as_array().expect("files").len(), 1);
    assert_eq!(second["passed_over"], 0);
    assert_eq!(
        second["database"]["fingerprint"],
        first["database"]["fingerprint"]
    );
}

#[test]
fn a_store_in_use_is_left_alone() {
    let folder = folder();
    let list = within(folder.path(), "list");
    std::fs::write(&list, "+12025550101\n").expect("written");
    let store = within(folder.path(), "store");
    std::fs::create_dir(&store).expect("a folder");
    let held = std::fs::File::open(&store).expect("a folder");
    let exclusive = rustix::fs::FlockOperation::LockExclusive;
    rustix::fs::flock(&held, exclusive).expect("locked");
    let import = ["db", "import", "text", &list, "--store", &store];
    let text = refusal(&import);
    assert!(
        text.contains("another import is using this store"),
        "{text}"
    );
    drop(held);
    stdout(&ringfence(&import));
}

#[test]
fn a_store_that_is_not_whole_makes_no_database() {
    let folder = folder();
    let (a, b) = (within(folder.path(), "a"), within(folder.path(), "b"));
    std::fs::write(&a, "+12025550101\n").expect("written");
    std::fs::write(&b, "+12025550102\n").expect("written");
    let (store, out) = (within(folder.path(), "store"), within(folder.path(), "out"));
    let import = |list| {
        [
            "db", "import", "text", list, "--store", &store, "--out", &out,
        ]
    };
    stdout(&ringfence(&import(&a)));
    let before = std::fs::read(&out).expect("a database");
    let files = std::fs::read_dir(&store).expect("a store");
    let mut files = files.map(|file| file.expect("a file").path());
    let manifest = files.find(|file| file.extension().is_some_and(|it| it == "json"));
    std::fs::remove_file(manifest.expect("a manifest")).expect("removed");
    let text = refusal(&import(&b));
    assert!(text.contains("import all lists again"), "{text}");
    assert_eq!(std::fs::read(&out).expect("a database"), before);
    stdout(&ringfence(&import(&a)));
}

#[test]
fn lists_without_a_row_that_can_be_used_are_an_error() {
    let folder = folder();
    let list = within(folder.path(), "list");
    std::fs::write(&list, "2025550101\n2025550102\n").expect("written");
    let out = within(folder.path(), "out");
    let text = refusal(&["db", "import", "text", &list, "--out", &out]);
    assert!(text.contains("2 no country code and no --region"), "{text}");
    assert!(!Path::new(&out).exists());
}
