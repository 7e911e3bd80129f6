//! Each format on a small list made up for it.

use std::path::Path;

use ringfence::reported::ReportKind::{self, Fraud, Unspecified, Unwanted};
use ringfence_publisher::import::{
    Column, Columns, Cuts, DateForm, Format, Note, Options, Prefix, Reason, Store, Tally,
};

use super::common::{date, folder, options, reports, take, write};

/// What a list came to: tally, reports as key, day, kind and count, prefixes.
struct Taken {
    tally: Tally,
    reports: Vec<(u64, String, ReportKind, u32)>,
    prefixes: Vec<Prefix>,
}

fn sample(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import/lists");
    std::fs::read(Path::new(folder).join(name)).expect("a sample")
}

/// Takes a list in, as its format and as whatever it looks like.
fn taken(format: Format, bytes: &[u8], options: &Options) -> Taken {
    let options = Options {
        format: Some(format),
        ..options.clone()
    };
    let folder = folder();
    let path = write(folder.path(), "list", bytes);
    let mut store = Store::open(&folder.path().join("store")).expect("a store");
    let outcome = take(&mut store, &path, &options).expect("a list");
    let manifest = outcome.manifest;
    assert_eq!(manifest.format, format);
    let tally = manifest.tally.clone();
    let dropped: u64 = tally.dropped.values().sum();
    assert_eq!(
        tally.rows,
        tally.used() + dropped,
        "every row is counted once"
    );
    let reports = reports(&store).into_iter().map(|report| {
        let day = ringfence_publisher::import::day::iso_date(report.day);
        (report.key, day, report.kind, report.count)
    });
    Taken {
        tally,
        reports: reports.collect(),
        prefixes: manifest.prefixes,
    }
}

fn at(home: &str) -> Options {
    Options {
        home: Some(home.parse().expect("a region")),
        ..options()
    }
}

fn report(key: u64, day: &str, kind: ReportKind, count: u32) -> (u64, String, ReportKind, u32) {
    (key, day.to_owned(), kind, count)
}

fn counts(all: &[(Reason, u64)]) -> std::collections::BTreeMap<Reason, u64> {
    all.iter().copied().collect()
}

fn noted(all: &[(Note, u64)]) -> std::collections::BTreeMap<Note, u64> {
    all.iter().copied().collect()
}

fn block(digits: u64, length: u8, total: u8, kind: ReportKind, day: &str) -> Prefix {
    Prefix {
        digits,
        length,
        total,
        allow: false,
        kind,
        day: date(day),
    }
}

#[test]
fn the_daily_files_of_the_ftc() {
    let taken = taken(Format::Ftc, &sample("ftc.csv"), &options());
    assert_eq!(
        taken.reports,
        [
            report(1_111_111_1111, "2026-03-05", Fraud, 1),
            report(1_202_555_0101, "2026-03-05", Fraud, 2),
            report(1_202_555_0101, "2026-03-05", Unwanted, 1),
            report(1_202_555_0102, "2026-03-05", Unspecified, 1),
            report(1_202_555_0103, "2026-03-04", Unspecified, 1),
            report(1_202_555_0104, "2026-11-22", Unwanted, 1),
        ]
    );
    assert_eq!(
        taken.tally.dropped,
        counts(&[
            (Reason::Empty, 1),
            (Reason::ShortCode, 1),
            (Reason::WithoutAreaCode, 1),
            (Reason::Emergency, 1),
            (Reason::TooLong, 1),
            (Reason::Hidden, 1),
        ])
    );
    assert_eq!(
        taken.tally.notes,
        noted(&[
            (Note::Robocall, 2),
            (Note::Undated, 1),
            (Note::NotInPlan, 1)
        ])
    );
}

#[test]
fn snapshots_of_the_ftc_with_cuts_and_without() {
    let rows = sample("snapshot.csv");
    let plain = taken(Format::Ftc, &rows, &options());
    assert_eq!(plain.tally.notes[&Note::Undated], 7);
    assert_eq!(
        plain.reports[0],
        report(1_202_555_0101, "2026-11-22", Unspecified, 2)
    );
    let dated = Options {
        date: Some(date("2026-01-02")),
        ..options()
    };
    let dated = taken(Format::Ftc, &rows, &dated);
    assert_eq!(
        dated.reports[0],
        report(1_202_555_0101, "2026-01-02", Unspecified, 2)
    );

    let folder = folder();
    let cuts = "date,rows\n2026-03-04,4\n2026-03-06,6\n2026-03-07,7\n";
    let cuts = write(folder.path(), "cuts.csv", cuts);
    let cut = Options {
        cuts: Some(Cuts::read(&cuts).expect("cuts")),
        ..options()
    };
    let cut = taken(Format::Ftc, &rows, &cut);
    // One row a day before the first cut, the dirty row counted.
    assert_eq!(
        cut.reports,
        [
            report(1_202_555_0101, "2026-03-01", Unspecified, 1),
            report(1_202_555_0101, "2026-03-04", Unspecified, 1),
            report(1_202_555_0102, "2026-03-02", Unspecified, 1),
            report(1_202_555_0103, "2026-03-03", Unspecified, 1),
            report(1_202_555_0104, "2026-03-06", Unspecified, 1),
            report(1_202_555_0105, "2026-03-07", Unspecified, 1),
            report(1_202_555_0106, "2026-03-07", Unspecified, 1),
        ]
    );
    assert_eq!(cut.tally.notes, noted(&[]));
    // Found beside the list.
    let path = write(folder.path(), "snapshot.csv", &rows);
    let mut store = Store::open(&folder.path().join("store")).expect("a store");
    let outcome = take(&mut store, &path, &options()).expect("a list");
    assert_eq!(
        outcome.manifest.days,
        Some((date("2026-03-01"), date("2026-03-07")))
    );
}

#[test]
fn separated_values_with_columns() {
    let columns = Columns {
        number: Some(Column::Name("caller's number".to_owned())),
        date: Some(Column::Number(1)),
        kind: Some(Column::Name("WHAT".to_owned())),
        count: Some(Column::Number(4)),
        separator: None,
        dates: DateForm::American,
    };
    let options = Options {
        columns,
        ..at("GB")
    };
    let taken = taken(Format::Csv, &sample("columns.csv"), &options);
    assert_eq!(
        taken.reports,
        [
            report(44_20_7946_0105, "2026-03-07", Unwanted, 1),
            report(44_7700_900101, "2026-03-05", Fraud, 3),
            report(44_7700_900102, "2026-03-06", Unwanted, 1),
            report(44_7700_900103, "2026-11-22", Unspecified, 1),
        ]
    );
    assert_eq!(
        taken.tally.dropped,
        counts(&[(Reason::Good, 1), (Reason::BadRow, 1)])
    );
    assert_eq!(taken.tally.notes[&Note::NoCount], 1);
}

#[test]
fn separated_values_without_a_header() {
    let options = Options {
        columns: Columns {
            number: Some(Column::Number(2)),
            date: Some(Column::Number(1)),
            ..Columns::default()
        },
        ..at("GB")
    };
    let rows = b"2026-03-05\t07700 900101\n2026-03-06\t07700 900102\n";
    let taken = taken(Format::Csv, rows, &options);
    assert_eq!(taken.tally.rows, 2);
    assert_eq!(
        taken.reports[0],
        report(44_7700_900101, "2026-03-05", Unspecified, 1)
    );
}

#[test]
fn one_number_a_line() {
    let taken = taken(Format::Text, &sample("numbers.txt"), &at("GB"));
    let numbers: Vec<u64> = taken.reports.iter().map(|report| report.0).collect();
    assert_eq!(numbers, [44_7700_900101, 44_7700_900102, 44_7700_900103]);
    assert_eq!(
        taken.tally.dropped,
        counts(&[(Reason::Emergency, 1), (Reason::Name, 1)])
    );
    // All lengths that the plan has for +44.
    assert_eq!(
        taken.prefixes,
        [9, 11, 12].map(|total| block(448_712, 6, total, Unspecified, "2026-11-22"))
    );
}

#[test]
fn phoneblocks_json() {
    let taken = taken(Format::PhoneBlock, &sample("phoneblock.json"), &options());
    assert_eq!(
        taken.reports,
        [
            report(49_30_23125101, "2026-03-05", Fraud, 10),
            report(49_30_23125102, "2026-03-06", Unwanted, 4),
            report(49_30_23125103, "2026-11-22", Unspecified, 2),
        ]
    );
    assert_eq!(
        (taken.tally.rows, taken.tally.allowed, taken.tally.withdrawn),
        (8, 1, 1)
    );
    assert_eq!(taken.tally.dropped, counts(&[(Reason::BadRow, 2)]));
    let first = taken.prefixes.first().expect("a prefix");
    assert_eq!(
        (first.digits, first.length, first.kind),
        (49_30_2312519, 11, Unwanted)
    );
}

/// A record of PhoneBlock's binary list.
fn pbbl(digits: &str, black: bool) -> [u8; 8] {
    let symbols = digits.bytes().map(|byte| u64::from(byte - b'0') + 1);
    let padded = symbols.chain(std::iter::repeat(0)).take(16);
    let key = padded.fold(0, |key, symbol| key * 11 + symbol);
    (key << 8 | u64::from(black)).to_le_bytes()
}

#[test]
fn phoneblocks_binary_list() {
    let mut list = b"PBBL\x01\0\0\x08".to_vec();
    list.extend(4_u32.to_le_bytes());
    list.extend(2_u32.to_le_bytes());
    list.extend(pbbl("493023125101", true));
    list.extend(pbbl("493023125102", false));
    // Digits after the end, and none at all.
    list.extend(((11_u64.pow(15) + 1) << 8 | 1).to_le_bytes());
    list.extend([0; 8]);
    list.extend(pbbl("4930231251", true));
    list.extend(pbbl("49", true));
    let taken = taken(Format::PhoneBlock, &list, &options());
    assert_eq!(
        taken.reports,
        [report(49_30_23125101, "2026-11-22", Unspecified, 1)]
    );
    assert_eq!(taken.tally.allowed, 1);
    assert_eq!(
        taken.tally.dropped,
        counts(&[(Reason::Unreadable, 2), (Reason::WholeCountry, 1)])
    );
    assert!(
        taken
            .prefixes
            .iter()
            .all(|prefix| prefix.digits == 4_930_231_251)
    );
}

/// A data slice of YACB.
pub fn slice(numbers: &[(i64, [u8; 5])], deleted: &[i64]) -> Vec<u8> {
    let mut slice = b"MTZF\x01".to_vec();
    slice.extend(7_i32.to_le_bytes());
    slice.extend(b"NN\0\0\0\0");
    slice.extend((numbers.len() as i32).to_le_bytes());
    for (number, rest) in numbers {
        slice.extend(number.to_le_bytes());
        slice.extend(rest);
    }
    slice.extend(b"CP");
    slice.extend((deleted.len() as i32).to_le_bytes());
    slice.extend(deleted.iter().flat_map(|number| number.to_le_bytes()));
    slice.extend(b"MTZEND");
    slice
}

#[test]
fn slices_of_yacb() {
    let numbers = [
        (49_30_23125101, [1, 5, 2, 0, 10]),
        (49_30_23125102, [0, 200, 0, 0, 1]),
        (49_30_23125103, [5, 1, 0, 0, 1]),
        (49_30_23125104, [1, 2, 1, 0, 0]),
        (49_30_23125105, [0, 9, 0, 0, 101]),
        (-5, [0, 9, 0, 0, 1]),
        (49_30_23125106, [0, 1, 0, 9, 15]),
    ];
    let list = slice(&numbers, &[49_30_23125109]);
    let taken = taken(Format::Yacb, &list, &options());
    assert_eq!(
        taken.reports,
        [
            report(49_30_23125101, "2026-11-22", Fraud, 5),
            report(49_30_23125102, "2026-11-22", Unwanted, 200),
            report(49_30_23125106, "2026-11-22", Unspecified, 1),
        ]
    );
    assert_eq!(taken.tally.withdrawn, 1);
    assert_eq!(
        taken.tally.dropped,
        counts(&[
            (Reason::Good, 2),
            (Reason::Undecided, 1),
            (Reason::Unreadable, 1)
        ])
    );
}

#[test]
fn integers_of_the_call_directory() {
    let text = b"447700900101\n447700900102, 12025550101\n0\n99999999999999999999\n";
    let as_text = taken(Format::Integers, text, &options());
    let numbers: Vec<u64> = as_text.reports.iter().map(|report| report.0).collect();
    assert_eq!(numbers, [1_202_555_0101, 44_7700_900101, 44_7700_900102]);
    assert_eq!(as_text.tally.dropped, counts(&[(Reason::Unreadable, 2)]));

    let numbers = [1_202_555_0101_i64, 44_7700_900101, -1];
    let bytes: Vec<u8> = numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect();
    // What is no number is not seen in the guess, so that it is not told here.
    let as_bytes = taken(Format::Integers, &bytes[..16], &options());
    assert_eq!(as_bytes.reports.len(), 2);
    assert_eq!(Format::guess(&bytes[..16]), Some(Format::Integers));
}

#[test]
fn patterns_of_saracroche() {
    let taken_now = taken(Format::Saracroche, &sample("saracroche.json"), &options());
    assert_eq!(
        taken_now.prefixes,
        [
            block(33_162, 5, 11, Unwanted, "2026-11-22"),
            block(33_99001, 7, 11, Unwanted, "2026-11-22"),
        ]
    );
    assert_eq!(
        taken_now.reports,
        [report(33_1_99000101, "2026-11-22", Unwanted, 1)]
    );
    assert_eq!(
        taken_now.tally.dropped,
        counts(&[
            (Reason::NotBlocked, 1),
            (Reason::WholeCountry, 1),
            (Reason::ServicePlatform, 1),
        ])
    );
    let old = taken(
        Format::Saracroche,
        &sample("saracroche-old.json"),
        &options(),
    );
    let digits: Vec<u64> = old.prefixes.iter().map(|prefix| prefix.digits).collect();
    assert_eq!(digits, [33_162, 33_163, 33_270]);
    assert_eq!(old.tally.dropped, counts(&[(Reason::BadRow, 1)]));
}

#[test]
fn lists_of_begone() {
    let xml = taken(Format::Begone, &sample("begone.xml"), &options());
    assert_eq!(xml.prefixes, [block(33_162, 5, 11, Unwanted, "2026-11-22")]);
    assert_eq!(xml.reports, [report(33_1_99000101, "2026-11-22", Fraud, 1)]);
    assert_eq!(
        xml.tally.dropped,
        counts(&[(Reason::NotBlocked, 1), (Reason::BadRow, 1)])
    );
    let lines = taken(Format::Begone, &sample("patterns.txt"), &options());
    let digits: Vec<u64> = lines.prefixes.iter().map(|prefix| prefix.digits).collect();
    assert_eq!(digits, [41_21560, 41_2150300, 41_2150301]);
    assert_eq!(lines.tally.dropped, counts(&[(Reason::TooShort, 1)]));
    let json =
        br#"[{"number": "+33162######", "title": "x", "addNational": true}, "+33163######"]"#;
    let json = taken(Format::Begone, json, &options());
    assert_eq!(json.prefixes.len(), 2);
}

#[test]
fn rules_of_spamblocker() {
    let taken = taken(Format::SpamBlocker, &sample("spamblocker.csv"), &at("US"));
    // The good number is not among the reports.
    assert_eq!(
        taken.reports,
        [report(1_202_555_0101, "2026-11-22", Fraud, 1)]
    );
    let digits: Vec<u64> = taken.prefixes.iter().map(|prefix| prefix.digits).collect();
    assert_eq!(digits, [1_900, 1_800_555, 1_888_555]);
    assert_eq!((taken.tally.prefixes, taken.tally.allowed), (2, 1));
    assert_eq!(
        taken.tally.dropped,
        counts(&[
            (Reason::BadPattern, 1),
            (Reason::NotCalls, 1),
            (Reason::Empty, 1),
            (Reason::WholeCountry, 1),
        ])
    );
}

#[test]
fn formats_are_told_by_their_content() {
    for (name, format) in [
        ("ftc.csv", Format::Ftc),
        ("snapshot.csv", Format::Ftc),
        ("numbers.txt", Format::Text),
        ("phoneblock.json", Format::PhoneBlock),
        ("saracroche.json", Format::Saracroche),
        ("saracroche-old.json", Format::Saracroche),
        ("begone.xml", Format::Begone),
        ("patterns.txt", Format::Begone),
        ("spamblocker.csv", Format::SpamBlocker),
    ] {
        let bytes = sample(name);
        let expected = if name == "numbers.txt" {
            None
        } else {
            Some(format)
        };
        assert_eq!(Format::guess(&bytes), expected, "{name}");
        assert!(format.can_be(&bytes), "{name}");
    }
    assert_eq!(Format::guess(b"phone,date\n1,2\n"), Some(Format::Csv));
    assert_eq!(
        Format::guess(b"+447700900101\n07700 900102 # mine\n"),
        Some(Format::Text)
    );
    assert_eq!(Format::guess(&slice(&[], &[])), Some(Format::Yacb));
    assert_eq!(Format::guess(b"PBBL\x01\0"), Some(Format::PhoneBlock));
    for nothing in [
        &b""[..],
        b"# Read me\n\nHello.\n",
        b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0",
        b"date,rows\n2026-01-01,5\n",
    ] {
        assert_eq!(Format::guess(nothing), None);
    }
    for (_, id) in DateForm::ALL {
        assert_eq!(id.parse::<DateForm>().map(DateForm::id), Ok(id));
    }
    for format in Format::ALL {
        assert_eq!(format.id().parse(), Ok(*format));
    }
}
