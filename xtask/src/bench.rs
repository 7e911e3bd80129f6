//! `cargo xtask bench`: measures everything and writes `docs/performance.md`.

use std::path::PathBuf;

use crate::run::{Outcome, run};
use crate::{cargo, jvm, library, root};

/// Without a JDK or Maven it measures all but what needs them.
pub fn run_all() -> Outcome {
    library::build()?;
    // Nothing else compiles the peers of lists of numbers.
    let peers = ["--package", "ringfence-benches", "--features", "peers"];
    run(cargo()
        .args(["clippy", "--release", "--quiet"])
        .args(peers)
        .args(["--", "-D", "warnings"]))?;
    let mut command = cargo();
    command.args(["run", "--release"]).args(peers).arg("--");
    command.arg("docs/performance.md").arg(library::shipped());
    match jvm::missing() {
        Some(missing) => println!("nothing is measured on the JVM: {missing}"),
        None => {
            command.arg(jar()?);
        }
    }
    run(&mut command)
}

/// Builds the benches on the JVM.
fn jar() -> Result<PathBuf, String> {
    let mut maven = jvm::maven();
    maven.args(["--quiet", "--activate-profiles", "benches"]);
    maven.args(["--projects", "benches", "--also-make"]);
    maven.args(["-Dmaven.test.skip=true", "package"]);
    run(&mut maven)?;
    Ok(root().join("android/benches/target/benches.jar"))
}
