//! What a store keeps, whatever happens, and what comes out of it.

use std::fs;
use std::path::{Path, PathBuf};

use ringfence::reported::ReportKind::{self, Fraud, Unspecified, Unwanted};
use ringfence_publisher::Report;
use ringfence_publisher::import::{Columns, Format, Options, Reason, Store, files, prefixes};

use super::common::{database, date, folder, options, reports, take, write};
use super::formats::slice;

const A: u64 = 1_202_555_0101;
const B: u64 = 1_202_555_0102;

fn report(key: u64, day: &str, kind: ReportKind, count: u32) -> Report {
    Report {
        key,
        day: date(day),
        kind,
        count,
    }
}

/// Options for a CSV of number, date, kind and count.
fn csv() -> Options {
    let column = |number: usize| Some(number.to_string().parse().expect("a column"));
    Options {
        format: Some(Format::Csv),
        home: Some("US".parse().expect("a region")),
        columns: Columns {
            number: column(1),
            date: column(2),
            kind: column(3),
            count: column(4),
            ..Columns::default()
        },
        ..options()
    }
}

/// Many rows with numbers that come again, from a generator of our own.
fn rows(count: u64) -> Vec<String> {
    let mut state = 7_u64;
    let mut next = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % below
    };
    let kinds = ["", "fraud", "spam"];
    (0..count)
        .map(|_| {
            let number = 202_555_0100 + next(100) + next(9) * 10_000_000;
            let day = 1 + next(28);
            let kind = kinds[next(3) as usize];
            format!("{number},2026-03-{day:02},{kind},{}\n", 1 + next(5))
        })
        .collect()
}

fn store_of(folder: &Path, options: &Options, lists: &[(&str, String)]) -> Store {
    let mut store = Store::open(&folder.join("store")).expect("a store");
    for (name, text) in lists {
        let path = write(folder, name, text);
        take(&mut store, &path, options).expect("a list");
    }
    store
}

/// The files of a store with their bytes.
fn contents(store: &Store) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(store.folder()).expect("a folder");
    let mut all: Vec<_> = entries
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let bytes = fs::read(&path).expect("a file");
            (path.file_name().expect("a name").into(), bytes)
        })
        .collect();
    all.sort();
    all
}

#[test]
fn rows_and_files_in_any_order_come_to_the_same() {
    let rows = rows(2_000);
    let (first, second) = rows.split_at(700);
    let turned = |rows: &[String]| rows.iter().rev().cloned().collect::<String>();
    let folders = [folder(), folder(), folder()];
    let one = [("a", first.concat()), ("b", second.concat())];
    let other = [("x", turned(second)), ("y", turned(first))];
    let one = store_of(folders[0].path(), &csv(), &one);
    let other = store_of(folders[1].path(), &csv(), &other);
    let all = reports(&one);
    assert!(all.len() > 500 && all.is_sorted());
    assert_eq!(all, reports(&other));
    assert_eq!(one.sources(), other.sources());
    let sum = |reports: &[Report]| reports.iter().map(|report| report.count).sum::<u32>();
    let fields = rows
        .iter()
        .map(|row| row.trim().rsplit(',').next().expect("a count"));
    let counts: u32 = fields
        .map(|count| count.parse::<u32>().expect("a count"))
        .sum();
    assert_eq!(sum(&all), counts);
    // Sorted in pieces of three it is the same to the bit.
    let small = Options { limit: 3, ..csv() };
    let lists = [("a", first.concat()), ("b", second.concat())];
    let small = store_of(folders[2].path(), &small, &lists);
    assert_eq!(contents(&one), contents(&small));
}

#[test]
fn more_files_than_can_be_open_at_once_are_merged() {
    let folder = folder();
    let rows = rows(700);
    let names: Vec<String> = (0..140).map(|index| format!("{index:03}")).collect();
    let parts = rows.chunks(5).map(|part| part.concat());
    let lists: Vec<(&str, String)> = names.iter().map(String::as_str).zip(parts).collect();
    let many = store_of(folder.path(), &csv(), &lists);
    let whole = super::common::folder();
    let whole = store_of(whole.path(), &csv(), &[("all", rows.concat())]);
    assert_eq!(reports(&many), reports(&whole));
    assert_eq!(many.sources()[0].files, 140);
    assert_eq!(many.sources()[0].tally, whole.sources()[0].tally);
}

#[test]
fn a_file_counts_once() {
    let folder = folder();
    let text = "2025550101,2026-03-05,fraud,2\n";
    let mut store = store_of(folder.path(), &csv(), &[("a", text.to_owned())]);
    let before = contents(&store);
    // Under another name, and packed.
    let again = write(folder.path(), "b", text);
    assert!(take(&mut store, &again, &csv()).expect("a list").known);
    let packed = write(folder.path(), "c.gz", super::packed::gzip(text.as_bytes()));
    assert!(take(&mut store, &packed, &csv()).expect("a list").known);
    // On another day.
    let tomorrow = Options {
        today: csv().today + 1,
        ..csv()
    };
    assert!(take(&mut store, &again, &tomorrow).expect("a list").known);
    assert_eq!(contents(&store), before);
    // Other options replace what was there.
    let other = Options {
        name: Some("Mine".to_owned()),
        licence: Some("CC0".to_owned()),
        ..csv()
    };
    assert!(!take(&mut store, &again, &other).expect("a list").known);
    assert_eq!(reports(&store), [report(A, "2026-03-05", Fraud, 2)]);
    let sources: Vec<String> = store.sources().iter().map(ToString::to_string).collect();
    assert_eq!(sources, ["Mine: 1 of 1 rows, 2026-03-05; licence: CC0"]);
    assert_eq!(contents(&store).len(), 2);
    let opened = Store::open(store.folder()).expect("a store");
    assert_eq!(reports(&opened), reports(&store));
}

#[test]
fn rows_of_the_future_are_not_used() {
    let folder = folder();
    let mut store = Store::open(&folder.path().join("store")).expect("a store");
    let rows = "2025550101,2026-11-24,fraud,1\n2025550101,2026-11-23,fraud,1\n\
                2025550102,2062-11-22,fraud,1\n2025550102,2026-11-20,fraud,1\n";
    let path = write(folder.path(), "list", rows);
    let manifest = take(&mut store, &path, &csv()).expect("a list").manifest;
    assert_eq!(
        manifest.days,
        Some((date("2026-11-20"), date("2026-11-23")))
    );
    assert_eq!(manifest.tally.dropped.get(&Reason::InFuture), Some(&2));
    let expected = [
        report(A, "2026-11-23", Fraud, 1),
        report(B, "2026-11-20", Fraud, 1),
    ];
    assert_eq!(reports(&store), expected);
    // Nor prefixes, nor what all rows are said to be of.
    let path = write(folder.path(), "text", "+1202555*\n");
    let late = Options {
        date: Some(date("2026-11-24")),
        ..options()
    };
    let tally = take(&mut store, &path, &late)
        .expect("a list")
        .manifest
        .tally;
    assert_eq!((tally.prefixes, tally.dropped[&Reason::InFuture]), (0, 1));
}

#[test]
fn what_was_broken_off_is_done_again() {
    let folder = folder();
    let lists = [
        ("a", rows(300).concat()),
        ("b", "2025550102,2026-03-06,spam,1\n".to_owned()),
    ];
    let store = store_of(folder.path(), &csv(), &lists);
    let (whole, files) = (reports(&store), contents(&store));
    let path = |name: &PathBuf| store.folder().join(name);
    for (name, bytes) in &files {
        for keep in [None, Some(0), Some(bytes.len() / 2)] {
            // As if the machine had stopped: a file is missing or short, and
            // another was being written.
            match keep {
                None => fs::remove_file(path(name)).expect("removed"),
                Some(keep) => fs::write(path(name), &bytes[..keep]).expect("written"),
            }
            fs::write(store.folder().join("x.run.part"), b"half").expect("written");
            let mut store = Store::open(store.folder()).expect("a store");
            assert_eq!(store.manifests().count(), 1);
            assert_eq!(store.broken(), 1);
            let mut known = 0;
            for list in ["a", "b"] {
                let taken = take(&mut store, &folder.path().join(list), &csv());
                known += u32::from(taken.expect("a list").known);
            }
            assert_eq!(known, 1, "only the broken one is read");
            assert_eq!(store.broken(), 0);
            assert_eq!(reports(&store), whole);
            fs::remove_file(store.folder().join("x.run.part")).expect("removed");
            assert_eq!(contents(&store), files);
        }
    }
}

#[test]
fn a_damaged_run_is_an_error_and_never_a_wrong_report() {
    let folder = folder();
    let store = store_of(folder.path(), &csv(), &[("a", rows(300).concat())]);
    let whole = reports(&store);
    let run = contents(&store).into_iter();
    let (name, bytes) = run
        .into_iter()
        .find(|(name, _)| name.extension().is_some_and(|it| it == "run"))
        .expect("a run");
    for at in [0, 7, 8, 12, 13, bytes.len() / 2, bytes.len() - 1] {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        fs::write(store.folder().join(&name), &damaged).expect("written");
        let result: Result<Vec<Report>, _> = match store.reports() {
            Ok(reports) => reports.collect(),
            Err(error) => Err(error),
        };
        let error = result.expect_err("damage is found").to_string();
        assert!(
            error.contains("damaged") && error.contains("import"),
            "{error}"
        );
    }
    fs::write(store.folder().join(&name), &bytes).expect("written");
    assert_eq!(reports(&store), whole);
}

#[test]
fn good_numbers_and_prefixes_lose_what_was_said_before() {
    let folder = folder();
    let mut store = Store::open(&folder.path().join("store")).expect("a store");
    let text = "2025550101,2026-03-05,fraud,1\n2025550101,2026-03-07,spam,1\n\
                2025550102,2026-03-05,,1\n2025550103,2026-03-09,,1\n2125550101,2026-03-05,,1\n";
    let path = write(folder.path(), "bad", text);
    take(&mut store, &path, &csv()).expect("a list");
    let text =
        "pattern,isBlacklist\n2025550101,false\n2025550103,false\n212555.*,false\n212.*,true\n";
    let path = write(folder.path(), "good", text);
    let good = Options {
        format: Some(Format::SpamBlocker),
        home: Some("US".parse().expect("a region")),
        date: Some(date("2026-03-06")),
        ..options()
    };
    take(&mut store, &path, &good).expect("a list");
    assert_eq!(
        reports(&store),
        [
            report(A, "2026-03-07", Unwanted, 1),
            report(B, "2026-03-05", Unspecified, 1),
            report(1_202_555_0103, "2026-03-09", Unspecified, 1),
        ]
    );
    let all = store.prefixes(database()).expect("whole runs");
    assert_eq!(
        prefixes::steps(&all),
        [
            (12_120_000_000, 1),
            (12_125_550_000, 0),
            (12_125_560_000, 1),
            (12_130_000_000, 0),
        ]
    );
}

#[test]
fn what_a_list_withdraws_is_off_that_list_alone() {
    let folder = folder();
    let mut store = Store::open(&folder.path().join("store")).expect("a store");
    let of = |day: &str| Options {
        date: Some(date(day)),
        ..options()
    };
    let ratings = |count| [0, count, 0, 0, 10];
    let key = i64::try_from(A).expect("a key");
    let base = slice(&[(key, ratings(3)), (key + 1, ratings(4))], &[]);
    let delta = slice(&[(key + 2, ratings(1))], &[key]);
    let path = write(folder.path(), "base", base);
    take(&mut store, &path, &of("2026-03-01")).expect("a list");
    let path = write(folder.path(), "mine", "2025550101,2026-03-01,fraud,1\n");
    take(&mut store, &path, &csv()).expect("a list");
    let path = write(folder.path(), "delta", delta);
    take(&mut store, &path, &of("2026-03-02")).expect("a list");
    assert_eq!(
        reports(&store),
        [
            report(A, "2026-03-01", Fraud, 1),
            report(B, "2026-03-01", Fraud, 4),
            report(1_202_555_0103, "2026-03-02", Fraud, 1),
        ]
    );
}

#[test]
fn services_are_never_in_a_blocked_prefix() {
    let folder = folder();
    let mut store = Store::open(&folder.path().join("store")).expect("a store");
    let list = r#"[{"pattern": "339########"}, {"pattern": "33162######"}]"#;
    let path = write(folder.path(), "list", list);
    take(&mut store, &path, &options()).expect("a list");
    let all = store.prefixes(database()).expect("whole runs");
    let steps = prefixes::steps(&all);
    let level = |key: u64| {
        let after = steps.partition_point(|&(from, _)| from <= key);
        after.checked_sub(1).map_or(0, |index| steps[index].1)
    };
    assert_eq!(level(33_162_000_000), 3);
    assert_eq!(level(33_900_000_000), 3);
    // Platforms for deliveries: 0937 to 0939.
    for key in [33_937_000_000, 33_938_555_555, 33_939_999_999] {
        assert_eq!(level(key), 0);
    }
    assert_eq!(level(33_940_000_000), 3);
    assert_eq!(level(34_000_000_000), 0);
}

#[test]
fn folders_are_read_in_the_order_of_names() {
    let folder = folder();
    fs::create_dir_all(folder.path().join("b/deep")).expect("a folder");
    for name in ["c.csv", "a.csv", "b/x.csv", "b/deep/y.csv", ".hidden"] {
        write(folder.path(), name, "2025550101\n");
    }
    write(folder.path(), "cuts.csv", "date,rows\n2026-01-01,5\n");
    let found = files(folder.path()).expect("files");
    let names: Vec<String> = found.iter().map(|file| format!("{file:?}")).collect();
    let order = ["a.csv", "b/deep/y.csv", "b/x.csv", "c.csv"];
    assert_eq!(names.len(), order.len());
    for (name, end) in names.iter().zip(order) {
        assert!(name.contains(end), "{name}");
    }
    assert!(files(&folder.path().join("none")).is_err());
}
