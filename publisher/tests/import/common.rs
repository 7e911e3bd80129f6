//! Stores in folders of their own.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use ringfence::database::Database;
use ringfence_publisher::import::{Import, Options, Outcome, Source, Store, day};
use ringfence_publisher::{Error, Report};

static DATABASE: LazyLock<Database> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/bundled.rfdb");
    Database::open(Path::new(path)).expect("the bundled database")
});

/// What numbers are read by.
pub fn database() -> &'static Database {
    &DATABASE
}

/// The day of a date such as `2026-11-22`.
pub fn date(text: &str) -> u32 {
    day::DateForm::Iso.read(text).expect("a date")
}

/// Options as of 2026-11-22.
pub fn options() -> Options {
    Options::new(date("2026-11-22"))
}

pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

pub fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("written");
    path
}

/// Takes a file in.
pub fn take(store: &mut Store, path: &Path, options: &Options) -> Result<Outcome, Error> {
    let import = Import::new(options.clone(), database()).expect("a whole database");
    import.take(store, &Source::File(path.to_owned()), &mut |_, _| {})
}

pub fn reports(store: &Store) -> Vec<Report> {
    let reports = store.reports().expect("whole runs");
    reports.map(|report| report.expect("whole runs")).collect()
}
