//! `ringfence evaluate`: how good the check after a call and the risk map are.

mod args;
mod cases;
mod confusion;
mod measure;
mod measures;
mod notes;
mod numbers;
mod person;
mod plot;
mod random;
mod reliability;
mod rows;
mod statistics;
mod taps;

use std::path::Path;

use anyhow::{Result, bail};
use ringfence::check::Checker;
use ringfence::database::{Database, Error, FaultKind};

use crate::open;

pub use args::EvaluateCommand;

pub fn run(command: &EvaluateCommand, database: Option<&Path>) -> Result<()> {
    match command {
        EvaluateCommand::Notes(args) => notes::run(args, database),
        EvaluateCommand::Numbers(args) => numbers::run(args, database),
        EvaluateCommand::Taps(args) => taps::run(args, &open(database)?),
    }
}

/// Opens the check of a database; an error says what to do.
fn checker(database: &Database) -> Result<Checker<'_>> {
    match Checker::new(database) {
        Ok(checker) => Ok(checker),
        Err(fault) if fault.kind == FaultKind::Missing => bail!(
            "{fault}: give one that has it with --database, made by `db build` from a folder with flags.toml"
        ),
        Err(fault) => Err(Error::from(fault).into()),
    }
}
