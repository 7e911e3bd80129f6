//! What the tests of the engine share.
#![allow(dead_code)]

pub mod disk;
pub mod steps;
pub mod world;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ringfence::screening::{Call, Direction};
use ringfence_engine::{DatabaseSource, Disk, Engine};

pub static BUNDLED: &[u8] = include_bytes!("../../../data/bundled.rfdb");

/// Two days after the bundled database was issued.
pub const NOW: u64 = 1_795_478_400;

pub const NUMBER: &str = "+447400123456";
pub const NEIGHBOUR: &str = "+447400123999";
pub const STRANGER: &str = "+447911123456";

pub fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(relative)
}

pub fn open(folder: &Path) -> Arc<Engine> {
    Engine::open(folder, DatabaseSource::Static(BUNDLED)).expect("it opens")
}

pub fn on(disk: impl Disk + 'static) -> Engine {
    Engine::with_disk(Box::new(disk), DatabaseSource::Static(BUNDLED)).expect("it opens")
}

pub fn outgoing(number: &str) -> Call<'_> {
    Call {
        direction: Direction::Outgoing,
        ..Call::incoming(number)
    }
}

/// The names in a folder.
pub fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    entries
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| name.into_string().expect("a name"))
        .collect()
}
