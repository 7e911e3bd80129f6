//! Lists that are not what they say: an error of one line, or rows with a
//! reason, never a panic, and nothing of the list in the error.

use proptest::prelude::*;
use ringfence_publisher::import::{Column, Columns, Format, Options, Store};

use super::common::{folder, options, reports, take, write};
use super::formats::slice;

fn error(format: Option<Format>, bytes: &[u8]) -> String {
    let options = Options {
        format,
        ..options()
    };
    error_with(&options, bytes)
}

fn error_with(options: &Options, bytes: &[u8]) -> String {
    let folder = folder();
    let path = write(folder.path(), "list", bytes);
    let mut store = Store::open(&folder.path().join("store")).expect("a store");
    let error = take(&mut store, &path, options)
        .expect_err("no list")
        .to_string();
    assert!(
        !error.contains('\n') && !error.contains("5550101"),
        "{error}"
    );
    assert_eq!(store.manifests().count(), 0);
    assert_eq!(reports(&store), []);
    error
}

#[test]
fn wrong_formats_are_named() {
    let json = br#"{"numbers": [{"phone": "+12025550101", "votes": 1}]}"#;
    let found = error(Some(Format::Ftc), json);
    assert!(found.contains("it looks like PhoneBlock's list"), "{found}");
    assert!(found.contains("give the format phoneblock"), "{found}");
    let found = error(Some(Format::Yacb), b"hello\n");
    assert!(found.contains("does not look like data slices"), "{found}");
    let found = error(None, b"# Read me\n\nSome words.\n");
    assert!(found.contains("give one of ftc, csv, text"), "{found}");
    assert!(error(None, b"").contains("nothing in this file"));
    for format in Format::ALL {
        assert!(error(Some(*format), b"").contains("nothing in this file"));
    }
    // A text list is read as what it is said to be.
    assert!(error(Some(Format::Text), json).contains("phoneblock"));
}

#[test]
fn columns_that_are_not_there_are_named_by_their_option() {
    let with = |columns: Columns| Options {
        format: Some(Format::Csv),
        columns,
        ..options()
    };
    let name = |name: &str| Some(Column::Name(name.to_owned()));
    let list = b"caller,when\n+12025550101,2026-03-05\n";
    let number = with(Columns {
        number: name("phone"),
        ..Columns::default()
    });
    assert!(error_with(&number, list).contains("--number"));
    let kind = with(Columns {
        number: name("caller"),
        kind: name("why"),
        ..Columns::default()
    });
    assert!(error_with(&kind, list).contains("--kind"));
    let none = with(Columns::default());
    assert!(error_with(&none, b"who,when\n1,2\n").contains("--number"));
    assert!("0".parse::<Column>().is_err() && "".parse::<Column>().is_err());
}

#[test]
fn lists_that_end_too_early_say_so() {
    let whole = slice(&[(12_025_550_101, [0, 3, 0, 0, 1]); 3], &[5]);
    for end in 5..whole.len() {
        let found = error(Some(Format::Yacb), &whole[..end]);
        assert!(found.contains("ends too early"), "{end}: {found}");
    }
    let mut longer = whole.clone();
    longer.push(0);
    assert!(error(Some(Format::Yacb), &longer).contains("something follows"));
    let mut list = b"PBBL\x01\0\0\0\x02\0\0\0\0\0\0\0".to_vec();
    list.extend([1; 15]);
    assert!(error(Some(Format::PhoneBlock), &list).contains("ends too early"));
    list[4] = 9;
    assert!(error(Some(Format::PhoneBlock), &list).contains("version"));
    let json = br#"{"numbers": [{"phone": "+12025550101", "votes": 1}"#;
    let found = error(Some(Format::PhoneBlock), json);
    assert!(found.contains("(line 1, column"), "{found}");
    let xml = b"<plist><array><dict><key>number</key><string>+12025550101</string>";
    assert!(error(Some(Format::Begone), xml).contains("ends too early"));
    assert!(error(Some(Format::Begone), b"<plist><array></dict>").contains("not XML"));
    let mut integers = 12_025_550_101_u64.to_le_bytes().to_vec();
    integers.extend([1, 2, 3]);
    assert!(error(Some(Format::Integers), &integers).contains("ends too early"));
}

/// Starts that lead deep into each format.
fn starts() -> impl Strategy<Value = Vec<u8>> {
    let starts: Vec<&[u8]> = vec![
        b"",
        b"Company_Phone_Number,Created_Date,Subject\n",
        b"pattern\n",
        b"pattern,flags,isBlacklist\n",
        b"number;date\n",
        b"{\"numbers\": [{\"phone\": \"",
        b"[{\"pattern\": \"33",
        b"<plist><array><dict><key>number</key><string>",
        b"PBBL\x01\0\0\0\xff\0\0\0\xff\0\0\0",
        b"MTZF\x01\0\0\0\0NN\0\0\0\0\xff\0\0\0",
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03",
        b"\x28\xb5\x2f\xfd",
        b"\x50\x2a\x4d\x18",
    ];
    prop::sample::select(starts).prop_map(<[u8]>::to_vec)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_rows_or_an_error(
        start in starts(),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        text in "[0-9+#*,;\"\n a-z{}\\[\\]:<>/.-]{0,300}",
        format in prop::option::of(prop::sample::select(Format::ALL)),
    ) {
        let folder = folder();
        let mut store = Store::open(&folder.path().join("store")).expect("a store");
        for rest in [bytes, text.into_bytes()] {
            let list = [&start[..], &rest].concat();
            let path = write(folder.path(), "list", &list);
            let options = Options { format, home: Some("GB".parse().expect("a region")), ..options() };
            match take(&mut store, &path, &options) {
                Ok(outcome) => {
                    let tally = outcome.manifest.tally;
                    let dropped: u64 = tally.dropped.values().sum();
                    prop_assert_eq!(tally.rows, tally.used() + dropped);
                }
                Err(error) => prop_assert!(!error.to_string().contains('\n')),
            }
        }
        prop_assert!(reports(&store).is_sorted());
    }
}

#[test]
fn an_element_without_end_is_an_error_and_not_held() {
    let long = "1".repeat(2 << 20);
    let json = format!(r#"{{"numbers": [{{"phone": "{long}"}}]}}"#);
    let found = error(Some(Format::PhoneBlock), json.as_bytes());
    assert!(found.contains("longer than 1 MiB"), "{found}");
    let xml = format!("<plist><array><dict><key>number</key><string>{long}");
    let found = error(Some(Format::Begone), xml.as_bytes());
    assert!(found.contains("longer than 1 MiB"), "{found}");
    let deep = format!("<plist>{}", "<dict>".repeat(100_000));
    let found = error(Some(Format::Begone), deep.as_bytes());
    assert!(found.contains("not a property list"), "{found}");
    // Any number of short ones is fine.
    let row = r#"{"phone": "+12025550101", "votes": 1}"#;
    let json = format!("[{}{row}]", format!("{row},").repeat(40_000));
    let folder = folder();
    let path = write(folder.path(), "list", json);
    let mut store = Store::open(&folder.path().join("store")).expect("a store");
    let taken = take(&mut store, &path, &options()).expect("a list");
    assert_eq!(taken.manifest.tally.numbers, 40_001);
}

#[test]
fn a_column_of_expressions_is_no_list_of_complaints() {
    let guess = |text: &str| Format::guess(text.as_bytes());
    assert_eq!(guess("pattern\n222.*\n333.*\n"), Some(Format::SpamBlocker));
    assert_eq!(guess("pattern\n2025550101\n2.5\n"), Some(Format::Ftc));
    assert_eq!(guess("pattern\n"), Some(Format::Ftc));
}

#[test]
fn other_json_and_pages_are_no_lists() {
    for format in [Format::PhoneBlock, Format::Saracroche, Format::Begone] {
        let found = error(Some(format), br#"{"a": 1}"#);
        assert!(found.contains("not the JSON of a list"), "{found}");
    }
    let page = b"<!DOCTYPE html><html><body>Not found</body></html>";
    assert!(error(Some(Format::Begone), page).contains("not a property list"));
}
