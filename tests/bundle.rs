//! The bundled database is what the sources in this repository make.

mod common;

use ringfence::database::Database;
use ringfence_publisher::{Options, build};

#[test]
fn bundled_database_is_rebuilt_bit_for_bit() {
    let built = build(&Options::new(common::path("data"))).expect("the sources are sound");
    let bundled = std::fs::read(common::path("data/bundled.rfdb")).expect("it can be read");
    assert!(
        built == bundled,
        "data/bundled.rfdb is not what data/ makes: run `cargo xtask bundle`"
    );
    let again = build(&Options::new(common::path("data"))).expect("the sources are sound");
    assert!(built == again, "building twice gave different bytes");
}

#[test]
fn bundled_database_is_whole_and_within_budget() {
    let database = common::bundled();
    database.verify().expect("every byte is as it was built");
    assert!(database.length() <= 1_000_000, "the budget is 1 MB");
    let plan = database
        .sections()
        .iter()
        .find(|section| section.id.to_string() == "\"plan\"");
    assert!(
        plan.expect("there is a plan").length <= 200_000,
        "the budget is 200 KB"
    );
    assert_eq!(
        database.plan().expect("a whole plan").regions().count(),
        245
    );
}

#[test]
fn metadata_version_is_that_of_the_crate() {
    let lock = std::fs::read_to_string(common::path("Cargo.lock")).expect("it can be read");
    let version = ringfence_publisher::metadata::BUILT_IN_VERSION;
    assert!(
        lock.contains(&format!(
            "name = \"phonenumber\"\nversion = \"0.3.10+{version}\""
        )),
        "BUILT_IN_VERSION must be the metadata version of the crate phonenumber"
    );
    let xtask =
        std::fs::read_to_string(common::path("xtask/src/oracle.rs")).expect("it can be read");
    assert!(
        xtask.contains(&format!("\"{version}\"")),
        "the oracle must ask the same version"
    );
}

#[test]
fn sample_of_format_version_1_stays_readable() {
    let database = Database::from_bytes(common::sample()).expect("the sample opens");
    assert_eq!(database.format_version(), 1);
    assert_eq!(database.release(), "sample-1");
    assert_eq!(database.issued(), 1_795_305_600);
    database.verify().expect("the sample is whole");
    let plan = database.plan().expect("it has a plan");
    let home = "GB".parse().ok();
    let number = plan.parse("020 7946 0018", home).expect("a number");
    assert_eq!(number.e164.to_string(), "+442079460018");
    assert_eq!(number.kind.name(), "fixed_line");
    let ranges = database.ranges().expect("it has ranges");
    let ids: Vec<_> = ranges
        .entries()
        .map(|entry| entry.expect("a whole entry").id)
        .collect();
    assert_eq!(
        ids,
        ["gb-fiction-mobile", "gb-premium-09", "gb-fiction-premium"]
    );
    let sources: Vec<_> = database.sources().expect("it has sources").collect();
    assert_eq!(
        sources[0],
        "Numbering plan: libphonenumber 9.0.33 (Apache-2.0)"
    );
}
