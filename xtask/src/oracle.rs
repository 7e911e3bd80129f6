//! Asking libphonenumber: PyPI's `phonenumbers` at the version of the
//! metadata that the database is built from.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Outcome, answers, run};
use crate::{cargo, root};

/// The version of the metadata; the test compares it with the publisher's.
const VERSION: &str = "9.0.33";

/// When that version was released.
const RELEASED: &str = "2026-06-17";

/// Makes fresh rows and checks them.
pub fn fresh(arguments: &[&str]) -> Outcome {
    let number = |index: usize, default: u64| match arguments.get(index) {
        None => Ok(default),
        Some(text) => text
            .parse()
            .map_err(|_| "ROWS and SEED are whole numbers".to_owned()),
    };
    let (rows, seed) = (number(0, 200_000)?, number(1, 2)?);
    let out = root().join("target/oracle.tsv");
    generate(rows, seed, &out)?;
    run(cargo()
        .args([
            "test",
            "--quiet",
            "--release",
            "--test",
            "oracle",
            "--",
            "--nocapture",
        ])
        .env("RINGFENCE_ORACLE", &out))
}

/// Makes the committed sample anew.
pub fn sample() -> Outcome {
    generate(20_000, 1, &root().join("tests/oracle/sample.tsv"))
}

/// Makes the facts about emergency numbers anew.
pub fn emergency() -> Outcome {
    run(Command::new(python()?)
        .arg(root().join("xtask/oracle/emergency.py"))
        .arg(root().join("data/numbering/emergency.toml"))
        .arg(RELEASED))
}

fn generate(rows: u64, seed: u64, out: &Path) -> Outcome {
    let script = root().join("xtask/oracle/generate.py");
    run(Command::new(python()?)
        .arg(script)
        .args([
            "--rows",
            &rows.to_string(),
            "--seed",
            &seed.to_string(),
            "--out",
        ])
        .arg(out))
}

/// A Python that has the right `phonenumbers`, in a folder of its own.
fn python() -> Result<PathBuf, String> {
    let folder = root().join(format!("target/oracle-{VERSION}"));
    let python = folder.join("bin/python");
    let import = format!("import phonenumbers as p; assert p.__version__ == '{VERSION}'");
    let ready = || answers(Command::new(&python).args(["-c", &import]));
    if !ready() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let package = format!("phonenumbers=={VERSION}");
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", &package]))?;
    }
    if ready() {
        Ok(python)
    } else {
        Err(format!(
            "phonenumbers {VERSION} could not be installed; Python 3.11 or later is needed"
        ))
    }
}
