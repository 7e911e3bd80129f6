//! The library on the JVM, beside what others use there. What runs in the JVM
//! stands in `android/benches`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ringfence::check::Checker;
use ringfence::database::Database;
use serde_json::Value;

use crate::contestants::Input;
use crate::ffi::RINGS;
use crate::notes::{ENGLISH, interview};
use crate::phones::{HOME, Phones};
use crate::report::{Page, Sample, number};
use crate::screeners::LATER;
use crate::worker::{Entrant, Worker};
use crate::{Outcome, ROUND};

/// Rounds of each JMH benchmark, each in a JVM of its own.
pub const ROUNDS: usize = 5;
/// Rounds of the core before and after each of them.
const TURNS: usize = 10;
/// The class that asks once.
const COLD_START: &str = "app.ringfence.benches.ColdStartKt";

/// How to measure on the JVM.
pub struct Jvm {
    library: PathBuf,
    jar: PathBuf,
    /// Where whatever is written goes.
    pub folder: PathBuf,
    /// When calls are, in milliseconds since 1970.
    pub at: String,
}

/// What one JVM measured: nanoseconds for one operation in the fastest
/// iteration, and bytes.
pub struct Measured {
    pub time: f64,
    pub bytes: f64,
}

impl Jvm {
    /// Writes down what is to be measured.
    pub fn prepare(
        library: &Path,
        jar: &Path,
        phones: &Phones,
        database: &Database,
    ) -> Outcome<Self> {
        let jvm = Self {
            library: library.canonicalize()?,
            jar: jar.canonicalize()?,
            folder: phones.all.clone(),
            at: ((database.issued() + LATER) * 1000).to_string(),
        };
        let tables = jvm.folder.join("tables.sqlite");
        jvm.start(&[], &["tables", &tables.to_string_lossy()])?;
        let (_, answers) = interview(&Checker::new(database)?)?;
        let folder = phones.home.parent().ok_or("no folder")?;
        let mut cases = vec![
            format!("at={}", jvm.at),
            format!("region={HOME}"),
            format!("note={ENGLISH}"),
            format!("answers={}", answers.join(" ")),
            format!("tables={}", tables.display()),
            format!("folder={}", folder.display()),
        ];
        for ring in RINGS {
            cases.push(format!("number.{}={}", ring.name, ring.number));
            cases.push(format!("verdict.{}={}", ring.name, ring.verdict(database)?));
        }
        fs::write(jvm.cases(), cases.join("\n"))?;
        Ok(jvm)
    }

    fn cases(&self) -> PathBuf {
        self.folder.join("cases.properties")
    }

    fn java(&self) -> Command {
        let mut java = Command::new("java");
        let property = |name: &str, path: &Path| format!("-D{name}={}", path.display());
        java.arg(property("ringfence.library", &self.library));
        java.arg(property("ringfence.cases", &self.cases()));
        java
    }

    /// Asks once in a fresh JVM: the nanoseconds of each step.
    pub fn start(&self, options: &[&str], arguments: &[&str]) -> Outcome<Vec<f64>> {
        let mut java = self.java();
        java.args(options).arg("-cp").arg(&self.jar);
        let output = java.arg(COLD_START).args(arguments).output()?;
        let steps = said(&output)?;
        let steps = steps.split_whitespace().map(str::parse);
        Ok(steps.collect::<Result<_, _>>()?)
    }

    /// One benchmark in a JVM of its own.
    pub fn measure(&self, name: &str, call: Option<&str>) -> Outcome<Measured> {
        let results = self.folder.join("jmh.json");
        let mut java = self.java();
        java.arg("-jar").arg(&self.jar);
        java.arg(format!("^app\\.ringfence\\.benches\\.{name}$"));
        if let Some(call) = call {
            java.args(["-p", &format!("call={call}")]);
        }
        java.args(["-f", "1", "-foe", "true", "-prof", "gc"]);
        let output = java.args(["-rf", "json", "-rff"]).arg(&results).output()?;
        let shown = said(&output)?;
        let read: Value = serde_json::from_str(&fs::read_to_string(&results)?)?;
        let [result] = read.as_array().map_or(&[][..], Vec::as_slice) else {
            return Err(format!("not one benchmark was run:\n{shown}").into());
        };
        let times = result["primaryMetric"]["rawData"][0].as_array();
        let mut sample = Sample::default();
        for time in times.ok_or("no times")? {
            sample.add(time.as_f64().ok_or("no time")?);
        }
        let bytes = &result["secondaryMetrics"]["gc.alloc.rate.norm"]["score"];
        Ok(Measured {
            time: sample.quantile(0),
            bytes: bytes.as_f64().ok_or("no bytes")?,
        })
    }

    /// Tells who is measured, and how often.
    pub fn report(&self, page: &mut Page) -> Outcome<()> {
        for name in ["jmh-core", "libphonenumber", "sqlite-jdbc", "jna"] {
            page.fill(name, &self.version(name)?);
        }
        let output = Command::new("java").arg("--version").output()?;
        page.fill("java", said(&output)?.lines().nth(1).unwrap_or_default());
        page.fill("jvm-rounds", &number(ROUNDS as f64));
        Ok(())
    }

    /// The version of a library that is in use.
    fn version(&self, name: &str) -> Outcome<String> {
        let folder = self.jar.parent().ok_or("no folder")?.join("lib");
        let mut names = fs::read_dir(folder)?
            .filter_map(|entry| Some(entry.ok()?.file_name().to_str()?.to_owned()));
        let version = names.find_map(|file| {
            let version = file.strip_prefix(name)?.strip_prefix('-')?;
            Some(version.strip_suffix(".jar")?.to_owned())
        });
        Ok(version.ok_or_else(|| format!("{name} is not in use"))?)
    }
}

/// What a program printed.
fn said(output: &Output) -> Outcome<&str> {
    let text = std::str::from_utf8(&output.stdout)?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        return Err(format!("a JVM failed: {text}{errors}").into());
    }
    Ok(text)
}

/// A core that answers one question, beside JVMs that do.
pub struct Beside {
    worker: Worker,
    passes: u64,
}

impl Beside {
    pub fn start(entrant: &Entrant<'_>, asked: Input) -> Outcome<Self> {
        let mut worker = Worker::start(entrant)?;
        worker.give(&[asked])?;
        worker.round(1)?;
        let passes = worker.enough(ROUND)?;
        Ok(Self { worker, passes })
    }

    /// Nanoseconds for one answer, in the fastest of some rounds.
    fn ask(&mut self) -> Outcome<f64> {
        let mut sample = Sample::default();
        for _ in 0..TURNS {
            sample.add(self.worker.round(self.passes)?.0 / self.passes as f64);
        }
        Ok(sample.quantile(0))
    }
}

/// Times of the core, times and bytes of the JVM, and what lies between.
#[derive(Default)]
pub struct Pair {
    pub core: Sample,
    pub time: Sample,
    pub above: Sample,
    pub bytes: Sample,
}

impl Pair {
    /// A round: the core before and after the JVM, since the machine's speed
    /// changes.
    pub fn round(
        &mut self,
        core: &mut Beside,
        mut jvm: impl FnMut() -> Outcome<Measured>,
    ) -> Outcome<()> {
        let before = core.ask()?;
        let measured = jvm()?;
        let after = core.ask()?;
        let beside = f64::midpoint(before, after);
        self.core.add(beside);
        self.time.add(measured.time);
        self.above.add(measured.time - beside);
        self.bytes.add(measured.bytes);
        Ok(())
    }
}
