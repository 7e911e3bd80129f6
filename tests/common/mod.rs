//! Databases that several tests read.
#![allow(dead_code)]

pub mod memory;
pub mod number_set;
pub mod reported;
pub mod screening;

use std::path::PathBuf;

use ringfence::database::Database;
use ringfence_publisher::{Options, build};

/// A path in the repository.
pub fn path(relative: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// The bundled database.
pub fn bundled() -> Database {
    Database::open(&path("data/bundled.rfdb")).expect("the bundled database opens")
}

/// The bytes of the committed sample of format version 1: the sources in
/// `tests/fixtures/tiny`, with the numbering plan of +44 alone.
pub fn sample() -> Vec<u8> {
    std::fs::read(path("tests/samples/v1.rfdb")).expect("the sample can be read")
}

/// The bytes of a small database as the publisher builds it today.
pub fn small() -> Vec<u8> {
    let mut options = Options::new(path("tests/fixtures/tiny"));
    options.regions = vec!["GB".to_owned()];
    build(&options).expect("the small database builds")
}
