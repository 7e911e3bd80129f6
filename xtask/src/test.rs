//! `cargo xtask test`: everything that must hold before a change lands.

use std::path::PathBuf;
use std::process::Command;

use crate::run::{Outcome, answers, run, run_and_read};
use crate::{cargo, jvm, library, root};

/// The version of cargo-deny that is installed where there is none.
const CARGO_DENY: &str = "0.20.2";

/// What was counted so far.
#[derive(Default)]
struct Count {
    passed: u64,
    failed: u64,
    failures: Vec<String>,
}

impl Count {
    fn check(&mut self, name: &str, outcome: Outcome) {
        match outcome {
            Ok(()) => {
                println!("check {name} ... ok");
                self.passed += 1;
            }
            Err(message) => {
                println!("check {name} ... FAILED: {message}");
                self.failed += 1;
                self.failures.push(name.to_owned());
            }
        }
    }

    /// Runs tests and counts them from their closing lines.
    fn tests(&mut self, name: &str, command: &mut Command) {
        let (mut passed, mut failed) = (0, 0);
        let outcome = run_and_read(command, |line| {
            if let Some(result) = line.strip_prefix("test result:") {
                passed += before(result, " passed");
                failed += before(result, " failed");
            }
        });
        self.passed += passed;
        self.failed += failed;
        if failed > 0 {
            self.failures.push(name.to_owned());
        } else if let Err(message) = outcome {
            self.check(name, Err(message));
        } else if passed == 0 {
            self.check(name, Err("no test was run".to_owned()));
        }
    }

    /// The library for the phone, and the tests on the JVM against it.
    fn phone(&mut self) {
        let built = library::build();
        if built.is_err() {
            return self.check("the library for the phone", built);
        }
        self.check("its symbols", library::symbols());
        self.check("its size", library::size());
        self.check("its alignment", library::alignment());
        self.check("its dependencies", library::dependencies());
        self.check("its Kotlin side", library::bindings_are_current());
        if let Some(missing) = jvm::missing() {
            return self.check("JVM tests", Err(missing));
        }
        let (mut passed, mut failed) = (0, 0);
        let outcome = jvm::test(|more_passed, more_failed| {
            passed += more_passed;
            failed += more_failed;
        });
        self.passed += passed;
        self.failed += failed;
        if failed > 0 {
            self.failures.push("JVM tests".to_owned());
        } else if outcome.is_err() {
            self.check("JVM tests", outcome);
        } else if passed == 0 {
            self.check("JVM tests", Err("no test was run".to_owned()));
        }
    }
}

/// The whole number before a word.
fn before(text: &str, word: &str) -> u64 {
    let number = text
        .split(word)
        .next()
        .and_then(|text| text.rsplit([' ', ';']).next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Runs all checks and tests, and closes with `N passed, N failed`.
pub fn run_all() -> Outcome {
    let mut count = Count::default();
    count.check("rustfmt", run(cargo().args(["fmt", "--all", "--check"])));
    count.check(
        "clippy",
        run(cargo().args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--quiet",
            "--",
            "-D",
            "warnings",
        ])),
    );
    count.check(
        "docs",
        run(cargo()
            .args(["doc", "--workspace", "--no-deps", "--quiet"])
            .env("RUSTDOCFLAGS", "-D warnings")),
    );
    count.check(
        "the core without default features",
        run(cargo().args([
            "clippy",
            "--package",
            "ringfence",
            "--lib",
            "--no-default-features",
            "--quiet",
            "--",
            "-D",
            "warnings",
        ])),
    );
    deny(&mut count);
    count.tests(
        "Rust tests",
        cargo().args([
            "test",
            "--workspace",
            "--exclude",
            "ringfence-benches",
            "--no-fail-fast",
        ]),
    );
    // DataFusion takes minutes to build, so nothing else builds it, and its
    // profile does not optimise it.
    count.tests(
        "SQL over Parquet",
        cargo().args([
            "test",
            "--profile",
            "scale",
            "--package",
            "ringfence-publisher",
            "--features",
            "datafusion",
            "--test",
            "scale",
        ]),
    );
    // That the workspace has one program to run, and that it is this one.
    count.check(
        "the README's first command",
        run(cargo().args([
            "run",
            "--quiet",
            "--",
            "screen",
            "07700 900123",
            "--region",
            "GB",
        ])),
    );
    count.phone();
    if !count.failures.is_empty() {
        println!("failed: {}", count.failures.join(", "));
    }
    println!("{} passed, {} failed", count.passed, count.failed);
    if count.failed == 0 {
        Ok(())
    } else {
        Err("some checks failed; their messages stand above".to_owned())
    }
}

/// Licences, bans and sources of all dependencies; known vulnerabilities if
/// an advisory database is on this machine.
fn deny(count: &mut Count) {
    let Some(program) = cargo_deny() else {
        println!(
            "check dependencies ... skipped: cargo-deny is missing and could not be installed; \
             try `cargo install --locked cargo-deny@{CARGO_DENY}`"
        );
        return;
    };
    let deny = |checks: &[&str]| {
        let mut command = Command::new(&program);
        command.current_dir(root());
        command.args([
            "--log-level",
            "error",
            "--offline",
            "check",
            "--hide-inclusion-graph",
        ]);
        command.args(checks);
        command
    };
    // It looks at all crates, those of other systems and features too.
    let fetched = run(cargo().args(["fetch", "--locked", "--quiet"]));
    if fetched.is_err() {
        println!("not all crates could be fetched; some may be missing below");
    }
    count.check(
        "dependencies",
        run(&mut deny(&["licenses", "bans", "sources"])),
    );
    if has_advisories() {
        count.check("advisories", run(&mut deny(&["advisories"])));
    } else {
        println!(
            "check advisories ... skipped: no advisory database on this machine; \
             `cargo deny fetch db` gets one"
        );
    }
}

fn has_advisories() -> bool {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let databases = home.map(|home| home.join("advisory-dbs"));
    let entries = databases.and_then(|path| std::fs::read_dir(path).ok());
    entries.is_some_and(|mut entries| entries.next().is_some())
}

/// The program, installed into the target folder if it is not there.
fn cargo_deny() -> Option<PathBuf> {
    let own = root().join("target/tools/bin/cargo-deny");
    let found = |program: &PathBuf| answers(Command::new(program).arg("--version"));
    let mut known = [PathBuf::from("cargo-deny"), own.clone()].into_iter();
    if let Some(program) = known.find(&found) {
        return Some(program);
    }
    println!("installing cargo-deny {CARGO_DENY}, which takes some minutes");
    let version = format!("cargo-deny@{CARGO_DENY}");
    let installed = run(cargo().args([
        "install",
        "--locked",
        "--quiet",
        &version,
        "--root",
        "target/tools",
    ]));
    (installed.is_ok() && found(&own)).then_some(own)
}
