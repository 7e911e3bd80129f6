//! Facts that are wrong are refused with file, line and what to do.

use std::fs;
use std::path::{Path, PathBuf};

use ringfence::screening::{Call, NoMemory, Settings, screen};
use ringfence_publisher::{Error, Options, build, facts};
use tempfile::TempDir;

const RANGE: &str = r#"
[[range]]
id = "gb-one"
category = "fiction"
region = "GB"
numbers = ["+44 7700 900xxx"]
certainty = "certain"
text = "Kept for fiction."
source = "Ofcom"
date = "2026-07-01"
"#;

/// A data folder that builds, to be spoilt.
fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/tiny");
    let numbering = folder.path().join("numbering");
    fs::create_dir(&numbering).expect("a folder");
    for name in [
        "release.toml",
        "numbering/categories.toml",
        "numbering/emergency.toml",
    ] {
        fs::copy(root.join(name), folder.path().join(name)).expect("copied");
    }
    let range = numbering.join("gb.toml");
    fs::write(&range, RANGE).expect("written");
    (folder, range)
}

fn options(folder: &TempDir) -> Options {
    let mut options = Options::new(folder.path());
    options.regions = vec!["IE".to_owned()];
    options
}

/// The error of a folder with one file changed, without the folder's path.
fn error_of(file: &str, content: &str) -> String {
    let (folder, _) = folder();
    fs::write(folder.path().join(file), content).expect("written");
    let error = build(&options(&folder))
        .expect_err("the file is wrong")
        .to_string();
    error.replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn a_sound_folder_builds() {
    let (folder, _) = folder();
    build(&options(&folder)).expect("it is sound");
}

#[test]
fn malformed_ranges_are_refused_with_file_line_and_remedy() {
    // What to replace, with what, the line, and a part of the message.
    let cases = [
        (
            "gb-one",
            "GB-One",
            2,
            "write the id in lower case with dashes, starting with gb-",
        ),
        ("gb-one", "one", 2, "starting with gb-"),
        (
            "\"fiction\"",
            "\"films\"",
            4,
            "the category of a range is one of fiction, ",
        ),
        (
            "\"fiction\"",
            "\"hidden\"",
            4,
            "the category of a range is one of fiction, ",
        ),
        ("\"GB\"", "\"XX\"", 5, "libphonenumber knows no such region"),
        (
            "\"GB\"",
            "\"England\"",
            5,
            "libphonenumber knows no such region",
        ),
        (
            "[\"+44 7700 900xxx\"]",
            "[]",
            2,
            "give at least one pattern",
        ),
        ("+44 7700", "07700", 6, "start with + and the calling code"),
        ("+44 7700", "+33 7700", 6, "numbers of GB start with +44"),
        ("+44 7700", "+4x 7700", 6, "numbers of GB start with +44"),
        ("900xxx", "9*0xxx", 6, "a * can only stand at the end"),
        (
            "900xxx",
            "900[9-0]",
            6,
            "write a class of digits as [2-9] or [013-9]",
        ),
        (
            "900xxx",
            "900[2-9",
            6,
            "write a class of digits as [2-9] or [013-9]",
        ),
        (
            "900xxx",
            "900[]",
            6,
            "write a class of digits as [2-9] or [013-9]",
        ),
        ("900xxx", "900abc", 6, "use only digits, x, classes"),
        ("900xxx", "900xxxxxxxxx", 6, "at most 15 digits"),
        ("900xxx", "900xxxx", 6, "no number of GB has so many digits"),
        (
            "\"certain\"",
            "\"sure\"",
            7,
            "certainty is certain or likely",
        ),
        (
            "Kept for fiction.",
            "",
            8,
            "the text has 0 characters: write 1 to 200",
        ),
        ("\"Ofcom\"", "\" \"", 9, "name the source"),
        (
            "\"Ofcom\"",
            "\"Of\\u001bcom\"",
            9,
            "without control characters",
        ),
        ("fiction.", "fiction.\\n", 8, "without control characters"),
        (
            "2026-07-01",
            "2026-13-01",
            10,
            "write the date as 2026-11-22",
        ),
        (
            "2026-07-01",
            "July 2026",
            10,
            "write the date as 2026-11-22",
        ),
        ("date =", "dated =", 11, "unknown field `dated`"),
        ("source = \"Ofcom\"\n", "", 2, "missing field `source`"),
        ("certain\"", "certain", 7, "string"),
    ];
    for (old, new, line, message) in cases {
        let content = RANGE.replace(old, new);
        assert_ne!(content, RANGE, "{old} is not there");
        let error = error_of("numbering/gb.toml", &content);
        let place = error
            .strip_prefix("numbering/gb.toml:")
            .expect("the file is named");
        let found: usize = place
            .split(':')
            .next()
            .and_then(|line| line.parse().ok())
            .expect("a line");
        assert!(
            found.abs_diff(line) <= 1,
            "{old} -> {new}: line {found}, not {line}: {error}"
        );
        assert!(error.contains(message), "{old} -> {new}: {error}");
    }
    let long = RANGE.replace("Kept for fiction.", &"a".repeat(201));
    assert!(error_of("numbering/gb.toml", &long).contains("the text has 201 characters"));
}

fn second(id: &str, numbers: &str, within: &str) -> String {
    let entry = RANGE
        .replace("gb-one", id)
        .replace("+44 7700 900xxx", numbers);
    let within = match within {
        "" => String::new(),
        _ => format!("within = \"{within}\"\n"),
    };
    format!("{RANGE}\n{entry}{within}")
}

#[test]
fn overlaps_and_contradictions_are_found() {
    let cases = [
        (
            second("gb-one", "+44 7700 901xxx", ""),
            "the id gb-one is used in",
        ),
        (
            second("gb-two", "+44 7700 900123", ""),
            "gb-two overlaps gb-one",
        ),
        (
            second("gb-two", "+44 7700 9*", ""),
            "gb-two overlaps gb-one",
        ),
        (
            second("gb-two", "+44 7700 [0-9]00xxx", ""),
            "gb-two overlaps gb-one",
        ),
        (
            second("gb-two", "+44 7700 9x0xxx", "gb-one"),
            "must lie inside one pattern",
        ),
        (
            second("gb-two", "+44 7700 900xx", "gb-one"),
            "must lie inside one pattern",
        ),
        (
            second("gb-two", "+44 7700 900123", "gb-none"),
            "no other range has this id",
        ),
        (
            second("gb-two", "+44 7700 900123", "gb-two"),
            "no other range has this id",
        ),
    ];
    for (content, message) in cases {
        let error = error_of("numbering/gb.toml", &content);
        assert!(error.starts_with("numbering/gb.toml:"), "{error}");
        assert!(error.contains(message), "{error}, not {message}");
    }
    let circle = second("gb-two", "+44 7700 900xxx", "gb-one").replacen(
        "date = \"2026-07-01\"\n",
        "date = \"2026-07-01\"\nwithin = \"gb-two\"\n",
        1,
    );
    assert!(error_of("numbering/gb.toml", &circle).contains("goes round in a circle"));
}

#[test]
fn what_lies_within_wins() {
    let (folder, range) = folder();
    let inner = second("gb-two", "+44 7700 900123", "gb-one");
    fs::write(range, inner).expect("written");
    let mut options = options(&folder);
    options.regions = vec!["GB".to_owned()];
    let bytes = build(&options).expect("it is sound");
    let database = ringfence::database::Database::from_bytes(bytes).expect("it opens");
    let ranges = database.ranges().expect("it has ranges");
    let id_of = |number| {
        let call = Call::incoming(number);
        let verdict = screen(&call, &Settings::default(), &NoMemory, &database, 0);
        let range = verdict.range.expect("it rests on a range");
        ranges.entry(range).expect("whole").id
    };
    assert_eq!(id_of("+447700900123"), "gb-two");
    assert_eq!(id_of("+447700900124"), "gb-one");
}

#[test]
fn other_files_are_checked_too() {
    let words = "[category.fiction]\ntitle = \"Faked\"\nadvice = \"No.\"\n";
    let cases = [
        (
            "release.toml",
            "release = \"a b\"\nissued = 2026-11-22T00:00:00Z\n",
            "release.toml:1: a release is named by",
        ),
        (
            "release.toml",
            "release = \"a\"\nissued = 2026-11-22\n",
            "release.toml:2: write the time in UTC",
        ),
        (
            "release.toml",
            "release = \"a\"\nissued = 2026-11-22T00:00:00+01:00\n",
            "release.toml:2: write the time in UTC",
        ),
        (
            "release.toml",
            "release = \"a\"\n",
            "missing field `issued`",
        ),
        (
            "numbering/categories.toml",
            words,
            "the category nothing_known is missing",
        ),
        (
            "numbering/categories.toml",
            "[category.films]\ntitle = \"F\"\nadvice = \"N\"\n",
            "categories.toml:1: there is no category films",
        ),
        (
            "numbering/emergency.toml",
            "source = \"a\"\ndate = \"b\"\nalways = [\"1x2\"]\n[regions]\n",
            "emergency.toml:3: an emergency number has 1 to 6 digits",
        ),
        (
            "numbering/emergency.toml",
            "source = \"a\"\ndate = \"b\"\nalways = []\n[regions]\nGBR = []\n",
            "emergency.toml:5: a region has two capital letters",
        ),
    ];
    for (file, content, message) in cases {
        let error = error_of(file, content);
        assert!(error.contains(message), "{error}, not {message}");
    }
    let missing = Options::new("no/such/folder");
    assert!(matches!(build(&missing), Err(Error::Io { .. })));
    let (folder, _) = folder();
    let mut nowhere = options(&folder);
    nowhere.regions = vec!["XX".to_owned()];
    let error = build(&nowhere).expect_err("no such region").to_string();
    assert_eq!(
        error,
        "the metadata has no region XX: use a code such as GB"
    );
}

#[test]
fn metadata_can_be_given_as_xml() {
    let (folder, _) = folder();
    let path = folder.path().join("metadata.xml");
    let xml = r#"<phoneNumberMetadata><territories>
        <territory id="GB" countryCode="44" internationalPrefix="00" nationalPrefix="0">
          <generalDesc><nationalNumberPattern>[27]\d{9}</nationalNumberPattern></generalDesc>
          <fixedLine>
            <possibleLengths national="10" localOnly="[4-8]"/>
            <exampleNumber>2079460018</exampleNumber>
            <nationalNumberPattern>2\d{9}</nationalNumberPattern>
          </fixedLine>
        </territory></territories></phoneNumberMetadata>"#;
    fs::write(&path, xml).expect("written");
    let mut options = Options::new(folder.path());
    options.metadata = Some((path.clone(), "0.0.1".to_owned()));
    let bytes = build(&options).expect("it is sound");
    let database = ringfence::database::Database::from_bytes(bytes).expect("it opens");
    let plan = database.plan().expect("it has a plan");
    let number = plan
        .parse("020 7946 0018", "GB".parse().ok())
        .expect("a number");
    assert_eq!(
        (number.e164.to_string().as_str(), number.kind.name()),
        ("+442079460018", "fixed_line")
    );
    assert!(
        database
            .sources()
            .expect("whole")
            .any(|line| line.contains("libphonenumber 0.0.1"))
    );
    options.metadata = Some((path.clone(), "9\n0".to_owned()));
    let error = build(&options).expect_err("no version").to_string();
    assert!(error.contains("such as 9.0.43"), "{error}");
    options.metadata = Some((path.clone(), "0.0.1".to_owned()));
    // What cannot be compiled is refused.
    for (old, new) in [
        (r"[27]\d{9}", r"[27]\d+"),
        (r"2\d{9}", "2a"),
        (r"2\d{9}", r"\b2"),
    ] {
        fs::write(&path, xml.replace(old, new)).expect("written");
        assert!(matches!(build(&options), Err(Error::Metadata(_))), "{new}");
    }
    fs::write(&path, "<phoneNumberMetadata>").expect("written");
    assert!(build(&options).is_err());
}

#[test]
fn release_times_are_utc_seconds() {
    let (folder, _) = folder();
    for (time, seconds) in [
        ("1970-01-01T00:00:00Z", 0),
        ("2000-02-29T12:34:56Z", 951_827_696),
        ("2026-11-22T00:00:00Z", 1_795_305_600),
        ("2100-03-01T00:00:00Z", 4_107_542_400),
    ] {
        let content = format!("release = \"a\"\nissued = {time}\n");
        fs::write(folder.path().join("release.toml"), content).expect("written");
        let release = facts::read_release(folder.path()).expect("it is sound");
        assert_eq!(release.issued, seconds, "{time}");
    }
}
