//! The real rows that are not part of the repository.

use std::path::Path;

use ringfence_publisher::import::{Store, day};

use super::common::{folder, options, reports, take};

/// Complaints in the order of time, with cuts.
const FTC: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../shared/data/ftc/complaints.csv"
);

#[test]
fn every_complaint_is_listed_or_has_a_reason() {
    let path = Path::new(FTC);
    if !path.exists() {
        println!("passed over: ../shared/data/ftc is not there");
        return;
    }
    let folder = folder();
    let mut store = Store::open(folder.path()).expect("a store");
    let outcome = take(&mut store, path, &options()).expect("a list");
    let tally = &outcome.manifest.tally;
    assert_eq!(tally.rows, 309_203);
    let dropped: u64 = tally.dropped.values().sum();
    assert_eq!(tally.rows, tally.numbers + dropped);
    assert_eq!(
        tally.notes.get(&ringfence_publisher::import::Note::Undated),
        None
    );
    println!("{tally:?}");
    let days = outcome.manifest.days.expect("days");
    println!("{} to {}", day::iso_date(days.0), day::iso_date(days.1));
    assert_eq!(day::iso_date(days.1), "2025-12-03");
    let reports = reports(&store);
    assert!(reports.is_sorted());
    let sum: u64 = reports.iter().map(|report| u64::from(report.count)).sum();
    assert_eq!(sum, tally.numbers);
    println!("{} reports", reports.len());
}
