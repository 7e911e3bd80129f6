//! The tests on the JVM.

use std::process::Command;

use crate::library;
use crate::root;
use crate::run::{Outcome, answers, output, run, run_and_read};

/// The oldest JDK that runs the tests.
const JDK: u32 = 17;

/// What is missing to run them, in words.
pub fn missing() -> Option<String> {
    let version = output(Command::new("javac").arg("-version")).unwrap_or_default();
    let number = version.trim().strip_prefix("javac ").unwrap_or_default();
    let major = number
        .split('.')
        .next()
        .and_then(|major| major.parse().ok());
    if major.is_none_or(|major: u32| major < JDK) {
        return Some(format!(
            "a JDK of version {JDK} or later is missing; on Debian: apt-get install \
             openjdk-17-jdk-headless"
        ));
    }
    if !answers(Command::new("mvn").arg("-version")) {
        return Some("Maven is missing; on Debian: apt-get install maven".to_owned());
    }
    (!has_aapt2()).then(|| {
        "aapt2, which compiles the app's resources, is missing and could not be installed; on \
         Debian: apt-get install aapt"
            .to_owned()
    })
}

/// Whether there is an aapt2, installed by Debian's package client if there
/// was none.
fn has_aapt2() -> bool {
    let there = || answers(Command::new("aapt2").arg("version"));
    if there() {
        return true;
    }
    println!("installing aapt2, which compiles the app's resources");
    let root = output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let apt = |arguments: &[&str]| {
        let mut command = Command::new(if root { "apt-get" } else { "sudo" });
        if !root {
            // Asks nobody: where a password is needed it fails.
            command.args(["--non-interactive", "apt-get"]);
        }
        let command = command.args(["--quiet", "--yes", "--no-install-recommends"]);
        run(command
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive"))
    };
    let install = ["install", "aapt"];
    // A new machine may have no lists of packages yet.
    let installed = apt(&install).or_else(|_| apt(&["update"]).and_then(|()| apt(&install)));
    installed.is_ok() && there()
}

/// Maven on the modules for the JVM.
pub fn maven() -> Command {
    let mut maven = Command::new("mvn");
    maven.args(["--batch-mode", "--no-transfer-progress", "--file"]);
    maven.arg(root().join("android/pom.xml"));
    maven
}

/// Maven's tests, against the library as it is shipped.
fn tests() -> Command {
    let mut maven = maven();
    maven.arg("test");
    maven.arg(format!(
        "-Dringfence.library={}",
        library::shipped().display()
    ));
    maven.arg(format!("-Dringfence.root={}", root().display()));
    maven
}

/// Writes the pictures of the app's screens anew.
pub fn pictures() -> Outcome {
    library::build()?;
    if let Some(missing) = missing() {
        return Err(missing);
    }
    let mut maven = tests();
    maven.args(["--projects", "core,fakes,app", "--quiet"]);
    maven.args([
        "-Dringfence.pictures=write",
        "-Dtest=*PicturesTest,*Test#pictures",
    ]);
    run(maven.arg("-Dsurefire.failIfNoSpecifiedTests=false"))
}

/// Runs the tests; counts passed and failed ones by module.
pub fn test(mut counted: impl FnMut(u64, u64)) -> Outcome {
    run_and_read(&mut tests(), |line| {
        if let Some((run, bad)) = summary(line) {
            counted(run - bad.min(run), bad);
        }
    })
}

/// Tests run and failed of a module's closing line,
/// `[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0`. Those of single
/// classes go on after that.
fn summary(line: &str) -> Option<(u64, u64)> {
    let counts = line.split_once("] Tests run: ")?.1;
    let mut fields = counts.split(", ").map(|field| {
        let number = field.rsplit(": ").next()?;
        number.trim().parse::<u64>().ok()
    });
    let run = fields.next()??;
    let failures = fields.next()??;
    let errors = fields.next()??;
    let skipped = fields.next()??;
    // A test that was skipped did not pass.
    fields
        .next()
        .is_none()
        .then_some((run, failures + errors + skipped))
}

#[cfg(test)]
mod tests {
    use super::summary;

    #[test]
    fn only_closing_lines_count() {
        let line = "[INFO] Tests run: 31, Failures: 0, Errors: 0, Skipped: 0";
        assert_eq!(summary(line), Some((31, 0)));
        let line = "[ERROR] Tests run: 31, Failures: 2, Errors: 1, Skipped: 1";
        assert_eq!(summary(line), Some((31, 4)));
        let one =
            "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s -- in A";
        assert_eq!(summary(one), None);
        assert_eq!(summary("[INFO] Tests are skipped."), None);
    }
}
