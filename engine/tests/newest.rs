//! The newest of two databases.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{BUNDLED, NOW, path};
use ringfence::database::format::{HASH_LENGTH, header_hash};
use ringfence::database::{Database, SectionId};
use ringfence::screening::{Action, Call};
use ringfence_engine::{DatabaseSource, Engine, EngineError};

/// The database in a file, as if it had been issued so many seconds later.
fn later(file: &Path, seconds: u64) -> Vec<u8> {
    let mut bytes = fs::read(file).expect("a database");
    let number = |at: usize, length: usize| {
        let field = bytes[at..at + length].iter().rev();
        field.fold(0_u64, |number, &byte| number << 8 | u64::from(byte))
    };
    let (header, issued) = (number(12, 4) as usize, number(24, 8) + seconds);
    bytes[24..32].copy_from_slice(&issued.to_le_bytes());
    let hash = header_hash(&bytes[..header - HASH_LENGTH]);
    bytes[header - HASH_LENGTH..header].copy_from_slice(&hash);
    bytes
}

struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { folder }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let file = self.folder.path().join(name);
        fs::write(&file, bytes).expect("written");
        file
    }

    /// How long the database is that is used, opened and put in use.
    fn used(&self, file: &Path, asset: DatabaseSource<'_>) -> (u64, u64) {
        let source = DatabaseSource::Path(file);
        let newest = DatabaseSource::Newest(&source, &asset);
        let folder = self.folder.path().join("phone");
        let engine = Engine::open(&folder, newest).expect("one can be opened");
        let verdict = engine.screen(&Call::incoming("+447700900123"), NOW);
        assert_eq!(verdict.action(), Action::Reject, "it screens");
        let opened = engine.database().0.length();
        assert_eq!(engine.use_database(newest).expect("one is sound"), 2);
        (opened, engine.database().0.length())
    }
}

#[test]
fn the_one_that_was_issued_later_is_used_and_the_first_of_a_tie() {
    let files = Files::new();
    let sample = path("tests/samples/v1.rfdb");
    let (small, large) = (
        fs::metadata(&sample).expect("a file").len(),
        BUNDLED.len() as u64,
    );
    for (seconds, expected) in [(0, small), (1, small), (1 << 40, small)] {
        let file = files.file("downloaded", &later(&sample, seconds));
        let used = files.used(&file, DatabaseSource::Static(BUNDLED));
        assert_eq!(used, (expected, expected), "{seconds}");
    }
    let app = files.file("app", &later(&path("data/bundled.rfdb"), 1));
    let used = files.used(&sample, DatabaseSource::Path(&app));
    assert_eq!(used, (large, large));
    // More than two are named within each other.
    let (bundled, app) = (DatabaseSource::Static(BUNDLED), DatabaseSource::Path(&app));
    let used = files.used(&sample, DatabaseSource::Newest(&bundled, &app));
    assert_eq!(used, (large, large));
}

#[test]
fn a_file_that_cannot_be_opened_does_not_hinder_the_asset_nor_the_other_way_round() {
    let files = Files::new();
    let newer = later(&path("tests/samples/v1.rfdb"), 1);
    let mut format = newer.clone();
    format[8] += 1;
    let mut header = newer.clone();
    header[100] ^= 1;
    let missing = files.folder.path().join("missing");
    let good = files.file("good", &newer);
    for bad in [
        missing.clone(),
        files.folder.path().to_owned(),
        files.file("empty", b""),
        files.file("format", &format),
        files.file("header", &header),
        files.file("cut", &newer[..newer.len() - 1]),
        files.file("long", &[&newer[..], b"x"].concat()),
        files.file("text", b"no database"),
    ] {
        let used = files.used(&bad, DatabaseSource::Static(BUNDLED));
        assert_eq!(
            used,
            (BUNDLED.len() as u64, BUNDLED.len() as u64),
            "{bad:?}"
        );
        let used = files.used(&good, DatabaseSource::Path(&bad));
        assert_eq!(used, (newer.len() as u64, newer.len() as u64), "{bad:?}");
    }
}

#[test]
fn one_that_is_damaged_deep_inside_is_not_used_for_screening() {
    let files = Files::new();
    let whole = later(&path("data/bundled.rfdb"), 1);
    let sample = fs::read(path("tests/samples/v1.rfdb")).expect("a database");
    let asset = files.file("asset", &sample);
    let (small, large) = (sample.len() as u64, whole.len() as u64);
    let database = Database::from_bytes(whole.clone()).expect("it opens");
    for section in database.sections() {
        for at in [section.offset, section.offset + section.length - 1] {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            let file = files.file("downloaded", &damaged);
            let used = files.used(&file, DatabaseSource::Path(&asset));
            // Opening reads what screening needs, the other all of it.
            let screens = [SectionId::PLAN, SectionId::RANGES].contains(&section.id);
            let opened = if screens { small } else { large };
            assert_eq!(used, (opened, small), "{} {at}", section.id);
            // Without another it is opened, and no more than that.
            let missing = files.folder.path().join("missing");
            let (file, missing) = (DatabaseSource::Path(&file), DatabaseSource::Path(&missing));
            let newest = DatabaseSource::Newest(&file, &missing);
            let engine = Engine::open(files.folder.path(), newest).expect("it opens");
            assert_eq!(engine.database().0.length(), large);
            let error = engine.use_database(newest).expect_err("it is damaged");
            assert!(matches!(error, EngineError::Database(_)), "{error:?}");
        }
    }
}

#[test]
fn if_none_can_be_opened_the_error_is_the_last_ones() {
    let files = Files::new();
    let folder = files.folder.path().join("phone");
    let missing = files.folder.path().join("447700900123");
    let missing = DatabaseSource::Path(&missing);
    let text = DatabaseSource::Static(b"no database");
    let engine = Engine::open(&folder, DatabaseSource::Static(BUNDLED)).expect("it opens");
    let other = files.folder.path().join("other");
    for (first, second, io) in [(missing, text, false), (text, missing, true)] {
        let newest = DatabaseSource::Newest(&first, &second);
        for error in [
            Engine::open(&other, newest).map(|_| 1),
            engine.use_database(newest),
        ] {
            let error = error.expect_err("there is none");
            let EngineError::Database(error) = error else {
                panic!("{error:?}");
            };
            assert_eq!(matches!(error, ringfence::database::Error::Io(_)), io);
            assert!(!error.to_string().contains("900123"), "{error}");
        }
    }
    assert_eq!(engine.database().1, 1);
}
