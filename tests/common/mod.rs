//! Databases that several tests read.

use std::path::PathBuf;

use ringfence::database::Database;

/// The bundled database.
pub fn bundled() -> Database {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/bundled.rfdb");
    Database::open(&path).expect("the bundled database opens")
}
