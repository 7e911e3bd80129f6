//! What lists of one origin come to when they name a number more than once.

use ringfence_publisher::Report;
use ringfence_publisher::import::{Counting, Format, Options, Store};

use super::common::{date, folder, options, reports, take, write};
use super::formats::slice;

const A: u64 = 1_202_555_0101;

fn on(day: &str) -> Options {
    Options {
        home: Some("US".parse().expect("a region")),
        date: Some(date(day)),
        ..options()
    }
}

/// What lists come to, taken in in this order or the other way round.
fn of(lists: &[(Options, Vec<u8>)]) -> Vec<(u64, String, u32)> {
    let taken = |lists: &mut dyn Iterator<Item = &(Options, Vec<u8>)>| {
        let folder = folder();
        let mut store = Store::open(&folder.path().join("store")).expect("a store");
        for (options, list) in lists {
            let path = write(folder.path(), "list", list);
            take(&mut store, &path, options).expect("a list");
        }
        reports(&store)
    };
    let found = taken(&mut lists.iter());
    assert_eq!(taken(&mut lists.iter().rev()), found);
    let short = |report: Report| {
        let day = ringfence_publisher::import::day::iso_date(report.day);
        (
            report.key - A,
            format!("{day} {}", report.kind.id()),
            report.count,
        )
    };
    found.into_iter().map(short).collect()
}

fn text(parts: &[&str]) -> Vec<(u64, String, u32)> {
    let lists: Vec<(Options, Vec<u8>)> = parts
        .iter()
        .enumerate()
        .map(|(index, part)| {
            (
                on(&format!("2026-03-{:02}", index + 1)),
                part.as_bytes().to_vec(),
            )
        })
        .collect();
    of(&lists)
}

fn line(number: u64, said: &str, count: u32) -> (u64, String, u32) {
    (number, said.to_owned(), count)
}

#[test]
fn a_number_that_stays_on_a_list_is_reported_once() {
    let found = text(&[
        "2025550101\n2025550102\n",
        "2025550101\n2025550101\n2025550101\n2025550103\n",
        "2025550103\n2025550101\n# the third version\n",
    ]);
    let expected = [
        line(0, "2026-03-03 unspecified", 1),
        line(1, "2026-03-01 unspecified", 1),
        line(2, "2026-03-03 unspecified", 1),
    ];
    assert_eq!(found, expected);
    // Lists of two origins are two.
    let other = Options {
        name: Some("another".to_owned()),
        ..on("2026-03-01")
    };
    let found = of(&[
        (on("2026-03-01"), b"2025550101\n".to_vec()),
        (other, b"2025550101\n2025550101\n".to_vec()),
    ]);
    assert_eq!(found, [line(0, "2026-03-01 unspecified", 2)]);
}

#[test]
fn patterns_and_integers_are_lists_too() {
    let rules = "pattern,flags\n2025550101,1\n";
    let patterns = r#"[{"pattern": "12025550101"}]"#;
    for (list, again) in [
        (
            rules.as_bytes().to_vec(),
            format!("{rules}2025550101,3\n").into_bytes(),
        ),
        (
            patterns.as_bytes().to_vec(),
            format!("{patterns} ").into_bytes(),
        ),
        (A.to_le_bytes().to_vec(), A.to_le_bytes().repeat(3)),
    ] {
        let found = of(&[(on("2026-03-01"), list), (on("2026-03-04"), again)]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].0, found[0].2), (0, 1));
        assert!(found[0].1.starts_with("2026-03-04"));
    }
}

#[test]
fn of_votes_the_latest_hold() {
    let list = |votes: u32, rating: &str, day: &str| {
        let text = format!(
            r#"{{"numbers": [{{"phone": "+12025550101", "votes": {votes}, "rating": "{rating}", "lastActivity": "{day}"}}]}}"#
        );
        (on("2026-03-09"), text.into_bytes())
    };
    let first = list(7, "C_PING", "2026-03-01");
    assert_eq!(
        of(&[first.clone(), list(9, "C_PING", "2026-03-05")]),
        [line(0, "2026-03-05 unwanted", 9)]
    );
    // Fewer votes later, and of another kind.
    assert_eq!(
        of(&[first.clone(), list(5, "G_FRAUD", "2026-03-05")]),
        [line(0, "2026-03-05 fraud", 5)]
    );
    // A count that rose within a day.
    assert_eq!(
        of(&[first.clone(), list(8, "C_PING", "2026-03-01")]),
        [line(0, "2026-03-01 unwanted", 8)]
    );
    assert_eq!(
        of(&[first.clone(), list(7, "G_FRAUD", "2026-03-01")]),
        [line(0, "2026-03-01 unwanted", 7)]
    );
    // Taken off, and back again.
    let off = list(0, "C_PING", "2026-03-03");
    assert_eq!(of(&[first.clone(), off.clone()]), []);
    assert_eq!(
        of(&[first, off, list(2, "C_PING", "2026-03-04")]),
        [line(0, "2026-03-04 unwanted", 2)]
    );
    let key = i64::try_from(A).expect("a key");
    let slice = |votes| slice(&[(key, [0, votes, 0, 0, 10])], &[]);
    assert_eq!(
        of(&[(on("2026-03-01"), slice(40)), (on("2026-03-02"), slice(41))]),
        [line(0, "2026-03-02 fraud", 41)]
    );
}

#[test]
fn of_snapshots_the_fullest_holds() {
    let first = "pattern\n2025550101\n2025550101\n2025550102\n";
    let second = format!("{first}2025550101\n2025550103\n");
    let found = of(&[
        (on("2026-03-01"), first.as_bytes().to_vec()),
        (on("2026-03-01"), second.into_bytes()),
    ]);
    let expected = [
        line(0, "2026-03-01 unspecified", 3),
        line(1, "2026-03-01 unspecified", 1),
        line(2, "2026-03-01 unspecified", 1),
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_happened_is_added_up() {
    let head = "Company_Phone_Number,Created_Date,Subject\n";
    let row = "2025550101,2026-03-05 10:00:00,Other\n";
    let again = "2025550101,2026-03-05 11:00:00,Other\n";
    let found = of(&[
        (options(), format!("{head}{row}{row}").into_bytes()),
        (options(), format!("{head}{again}").into_bytes()),
    ]);
    assert_eq!(found, [line(0, "2026-03-05 unspecified", 3)]);
    let csv = |rows: &str| {
        let options = Options {
            format: Some(Format::Csv),
            ..on("2026-03-05")
        };
        (options, rows.as_bytes().to_vec())
    };
    let found = of(&[csv("number\n2025550101\n2025550101\n"), csv("2025550101\n")]);
    assert_eq!(found, [line(0, "2026-03-05 unspecified", 3)]);
}

#[test]
fn each_way_of_counting_is_that_of_its_format() {
    assert_eq!(
        Format::Ftc.counting(b"pattern\n2025550101\n"),
        Counting::Snapshot
    );
    let daily = b"Company_Phone_Number,Created_Date\n";
    assert_eq!(Format::Ftc.counting(daily), Counting::Events);
    assert_eq!(Format::Csv.counting(b"pattern\n"), Counting::Events);
}
