//! From lists to a database.

#[path = "import/common.rs"]
#[allow(dead_code)]
mod lists;

use lists::{database, date, folder, options, take, write};
use ringfence::database::Database;
use ringfence::reported::{Class, ReportKind, Strength};
use ringfence::screening::{Call, NoMemory, Rule, Settings, screen};
use ringfence_publisher::compile::{Compiled, Options, compile};
use ringfence_publisher::facts::Release;
use ringfence_publisher::import::{Column, Store};

/// Days of reports, the newest last.
const FIRST: &str = "\
number,date,kind,count
+12125557003,2026-11-15,fraud,9
+12125557001,2026-11-18,,1
+12125557002,2026-10-25,unwanted,1
";
const SECOND: &str = "\
number,date,kind,count
+12125557003,2026-11-20,fraud,5
+12125557004,2025-01-01,fraud,70
+12125557002,2026-11-19,fraud,1
";

fn settings() -> Options {
    let release = Release {
        name: "test".to_owned(),
        issued: 1_795_305_600,
    };
    Options::new(release, date("2026-11-22"))
}

fn compiled(files: &[&str]) -> Compiled {
    let folder = folder();
    let mut store = Store::open(&folder.path().join("store")).expect("a store");
    for (index, file) in files.iter().enumerate() {
        let path = write(folder.path(), &format!("{index}.csv"), file);
        let mut options = options();
        options.format = Some("csv".parse().expect("a format"));
        let column = |name: &str| Some(Column::Name(name.to_owned()));
        options.columns.date = column("date");
        options.columns.kind = file.contains("kind").then(|| column("kind")).flatten();
        options.columns.count = file.contains("count").then(|| column("count")).flatten();
        take(&mut store, &path, &options).expect("a list");
    }
    compile(database(), &store, &settings()).expect("it compiles")
}

fn key(number: &str) -> u64 {
    number[1..].parse().expect("digits")
}

#[test]
fn lists_become_a_database() {
    let compiled = compiled(&[FIRST, SECOND]);
    assert_eq!(compiled.as_of, date("2026-11-20"));
    assert_eq!((compiled.listed, compiled.forgotten), (3, 1));
    let made = Database::from_bytes(compiled.bytes).expect("it opens");
    made.verify().expect("it is whole");
    assert_eq!((made.release(), made.issued()), ("test", 1_795_305_600));
    let listed = made.listed().expect("whole").expect("there");
    let class = |number| {
        let found = listed.find(key(number)).expect("whole");
        found.map(|listing| listing.class)
    };
    let of = |kind, strength, recent| {
        Some(Class {
            kind,
            strength,
            recent,
        })
    };
    let once = of(ReportKind::Unspecified, Strength::Once, true);
    let few = of(ReportKind::Fraud, Strength::Few, true);
    let many = of(ReportKind::Fraud, Strength::Many, true);
    assert_eq!(class("+12125557001"), once);
    assert_eq!(class("+12125557002"), few);
    assert_eq!(class("+12125557003"), many);
    assert_eq!(class("+12125557004"), None, "nobody reported it for a year");
    // All the rest of the database is as before.
    let call = Call::incoming("07700 900123").at_home("GB".parse().expect("a region"));
    let verdict = |database| screen(&call, &Settings::default(), &NoMemory, database, 0);
    assert_eq!(verdict(&made), verdict(database()));
    assert_eq!(verdict(&made).rule, Rule::ImpossibleCallerId);
    let lines: Vec<&str> = made.sources().expect("whole").collect();
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("Reported numbers: "))
    );
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("Numbering plan: "))
    );
}

#[test]
fn no_order_matters() {
    let swapped = |text: &str| {
        let (head, rows) = text.split_once('\n').expect("a header");
        let mut rows: Vec<&str> = rows.lines().collect();
        rows.reverse();
        format!("{head}\n{}\n", rows.join("\n"))
    };
    let expected = compiled(&[FIRST, SECOND]).bytes;
    assert_eq!(compiled(&[SECOND, FIRST]).bytes, expected);
    let [first, second] = [swapped(FIRST), swapped(SECOND)];
    assert_eq!(compiled(&[&second, &first, &first]).bytes, expected);
}

#[test]
fn what_is_dated_in_the_future_is_not_listed() {
    let late = "number,date\n+12125557001,2031-01-01\n+12125557002,2026-11-21\n";
    let compiled = compiled(&[late]);
    assert_eq!(compiled.as_of, date("2026-11-21"));
    assert_eq!((compiled.listed, compiled.forgotten), (1, 0));
}

#[test]
fn tomorrow_is_today() {
    let late = "number,date\n+12125557001,2026-11-23\n+12125557002,2026-11-21\n";
    let compiled = compiled(&[late]);
    assert_eq!(compiled.as_of, date("2026-11-22"));
    assert_eq!(compiled.listed, 2);
}

#[test]
fn an_empty_store_takes_the_lists_away() {
    let before = compiled(&[FIRST]);
    let before = Database::from_bytes(before.bytes).expect("it opens");
    let folder = folder();
    let store = Store::open(folder.path()).expect("a store");
    let after = compile(&before, &store, &settings()).expect("it compiles");
    let after = Database::from_bytes(after.bytes).expect("it opens");
    assert!(after.listed().expect("whole").is_none());
    let sources = after.sources().expect("whole");
    assert_eq!(
        sources.count(),
        database().sources().expect("whole").count()
    );
}

#[test]
fn many_reports_of_long_ago_are_few() {
    let old = "number,date,count\n+12125557001,2026-11-01,9\n+12125557002,2026-11-20,1\n";
    let made = Database::from_bytes(compiled(&[old]).bytes).expect("it opens");
    let listed = made.listed().expect("whole").expect("there");
    let class = listed.find(key("+12125557001")).expect("whole");
    let class = class.expect("listed").class;
    assert_eq!((class.strength, class.recent), (Strength::Few, false));
}

#[test]
fn neighbours_of_reported_numbers_are_hot() {
    let lists = compiled(&[FIRST, SECOND]);
    assert!(lists.hot_blocks > 0);
    let made = Database::from_bytes(lists.bytes).expect("it opens");
    made.verify().expect("it is whole");
    let map = made.risk_map().expect("whole").expect("there");
    let risk = |number| map.find(key(number)).expect("whole");
    let near = risk("+12125557008").expect("it is hot");
    assert!(near.share <= 10_000);
    assert_eq!(risk("+13035557008"), None);
    let mut without = settings();
    without.budget = 0;
    let folder = folder();
    let mut store = Store::open(&folder.path().join("store")).expect("a store");
    let path = write(folder.path(), "list.csv", FIRST);
    take(&mut store, &path, &options()).expect("a list");
    let made = compile(database(), &store, &without).expect("it compiles");
    assert_eq!(made.hot_blocks, 0);
    let made = Database::from_bytes(made.bytes).expect("it opens");
    assert!(made.risk_map().expect("whole").is_none());
}
