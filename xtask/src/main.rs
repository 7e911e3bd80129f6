//! Chores of the project, run with `cargo xtask CHORE`.

mod bench;
mod jvm;
mod library;
mod oracle;
mod run;
mod test;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use run::Outcome;

const HELP: &str = "\
Chores of the project:

  cargo xtask test                    all checks and tests; installs what is missing
  cargo xtask library                 build target/phone/shipped/libringfence.so
  cargo xtask bindings                write the Kotlin side of both planes anew
  cargo xtask pictures                draw the app's screens anew
  cargo xtask bundle                  build data/bundled.rfdb anew from data/
  cargo xtask oracle [ROWS [SEED]]    ask libphonenumber about ROWS fresh numbers
                                      (200000) and compare; SEED makes others (2)
  cargo xtask oracle-sample           make tests/oracle/sample.tsv anew
  cargo xtask emergency               make data/numbering/emergency.toml anew
  cargo xtask bench                   run the benches, write docs/performance.md";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        ["test"] => test::run_all(),
        ["library"] => library::build().and_then(|()| library::size()),
        ["bindings"] => library::bindings(),
        ["pictures"] => jvm::pictures(),
        ["bundle"] => bundle(),
        ["oracle", ref rest @ ..] => oracle::fresh(rest),
        ["oracle-sample"] => oracle::sample(),
        ["emergency"] => oracle::emergency(),
        ["bench"] => bench::run_all(),
        ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(HELP.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// The workspace's root folder.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// The same cargo that runs this chore.
fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    command.current_dir(root());
    command
}

fn bundle() -> Outcome {
    let command = &mut cargo();
    command.args(["run", "--release", "--package", "ringfence-cli", "--"]);
    command.args([
        "db",
        "build",
        "--data",
        "data",
        "--out",
        "data/bundled.rfdb",
    ]);
    run::run(command)
}
