//! A database with reported numbers, made up.

use ringfence::database::{Database, SectionId};
use ringfence::reported::ReportKind;
use ringfence_publisher::facts::Release;
use ringfence_publisher::report::Report;
use ringfence_publisher::reported::{KEPT, Listing, Tally, prefixes, risk_map, with_sections};

/// 2026-11-20.
pub const TODAY: u32 = 20_777;
pub const DAY: u64 = 86_400;
/// Noon of the day of the lists.
pub const NOW: u64 = TODAY as u64 * DAY + DAY / 2;

pub const ONCE: &str = "+12125557001";
pub const FEW: &str = "+12125557002";
pub const MANY: &str = "+12125557003";
pub const OLD: &str = "+12125557004";
pub const FORGOTTEN: &str = "+12125557005";
pub const NEIGHBOUR: &str = "+12125557009";
pub const FAR_NEIGHBOUR: &str = "+12125557199";
pub const STRANGER: &str = "+12125547009";
pub const LISTED_PREFIX: &str = "+33987654321";
pub const SPARED_PREFIX: &str = "+33987600000";

pub fn key(number: &str) -> u64 {
    number[1..].parse().expect("digits")
}

/// How often each number was reported, how many days ago, and as what.
pub const REPORTS: [(&str, u32, u32, ReportKind); 9] = [
    (ONCE, 1, 3, ReportKind::Unspecified),
    (FEW, 1, 20, ReportKind::Fraud),
    (FEW, 1, 2, ReportKind::Unwanted),
    (FEW, 1, 1, ReportKind::Fraud),
    (MANY, 9, 5, ReportKind::Fraud),
    (MANY, 5, 0, ReportKind::Unspecified),
    (OLD, 2, 60, ReportKind::Unwanted),
    (FORGOTTEN, 50, KEPT + 1, ReportKind::Fraud),
    ("+12125557190", 1, 1, ReportKind::Unspecified),
];

pub fn lists() -> Vec<(SectionId, Vec<u8>)> {
    let mut reports = REPORTS.map(|(number, count, ago, kind)| Report {
        key: key(number),
        day: TODAY - ago,
        kind,
        count,
    });
    reports.sort_unstable();
    let mut listing = Listing::new(TODAY);
    for group in reports.chunk_by(|a, b| a.key == b.key) {
        let mut tally = Tally::new(group[0].key);
        for report in group {
            tally.add(report, TODAY);
        }
        listing.push(&tally).expect("it fits");
    }
    assert_eq!(listing.len(), 5, "the forgotten one is not listed");
    let steps = [
        (key("+12125557000"), 2),
        (key("+12125557100"), 1),
        (key("+12125557200"), 0),
    ];
    let beginnings = [(key("+33987600001"), 3), (key("+33987700000"), 0)];
    let mut sections = listing.sections();
    sections.extend(risk_map(TODAY, &[10_000, 1_000], &steps).expect("it fits"));
    sections.extend(prefixes(TODAY - 10, &beginnings).expect("it fits"));
    sections
}

pub fn database_with(sections: Vec<(SectionId, Vec<u8>)>) -> Database {
    let release = Release {
        name: "test".to_owned(),
        issued: NOW,
    };
    let sources = ["Complaints for tests: 9 of 9 rows; licence: public domain".to_owned()];
    let bytes = with_sections(&super::bundled(), &release, sections, &sources);
    Database::from_bytes(bytes.expect("it builds")).expect("it opens")
}
