//! Contestants in processes of their own: none shares memory, caches or an
//! allocator with another, and both modes of `rlibphonenumber` can take part.
//!
//! A worker reads lines from its input: `clear`; `add`, a tab, a number or a
//! note, a tab and perhaps a home region; `round`, a tab and how many times to go through
//! the numbers. It answers a round with the nanoseconds it took and how many
//! of the numbers are valid. Only one worker has something to do at a time.

use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::mem::ManuallyDrop;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::LazyLock;
use std::time::Instant;

use ringfence::database::Database;
use ringfence::screening::{Call, NoMemory, Settings, screen};

use crate::contestants::{Contestant, Input, Phonenumber, Ringfence, Rlibphonenumber};
use crate::notes::{Automaton, Check, ENGLISH, PHRASES, Patterns, Whole};
use crate::report::Sample;
use crate::screeners::{Core, Explained, Phone};
use crate::{DATABASE, Outcome, ROUND, ROUNDS};

/// What a contestant is asked in a fresh process.
pub const FIRST: &str = "+447911123456";

/// A contestant: the program that holds it, and its name there.
#[derive(Clone, Copy)]
pub struct Entrant<'a> {
    /// How the document calls it.
    pub title: &'a str,
    /// The program.
    pub program: &'a Path,
    /// The name.
    pub name: &'a str,
    /// The database it opens; to some it says which phone it is on.
    pub database: &'a Path,
}

impl<'a> Entrant<'a> {
    pub fn new(title: &'a str, program: &'a Path, name: &'a str) -> Self {
        Self {
            title,
            program,
            name,
            database: Path::new(DATABASE),
        }
    }

    /// The same with another database.
    pub fn with(self, database: &'a Path) -> Self {
        Self { database, ..self }
    }
}

/// What a fresh process measures: nanoseconds to the first answer, and how
/// much resident memory, in KiB, that took.
pub fn cold(entrant: &Entrant<'_>) -> Outcome<(f64, f64)> {
    let mut command = Command::new(entrant.program);
    let output = command.args(["--cold", entrant.name]).arg(entrant.database);
    let output = output.stderr(Stdio::inherit()).output()?;
    pair(std::str::from_utf8(&output.stdout)?)
}

/// A process that answers rounds.
pub struct Worker {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Worker {
    /// Starts it.
    pub fn start(entrant: &Entrant<'_>) -> Outcome<Self> {
        let mut command = Command::new(entrant.program);
        command
            .args(["--worker", entrant.name])
            .arg(entrant.database);
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let pipes = process.stdin.take().zip(process.stdout.take());
        let (input, output) = pipes.ok_or("the worker has no pipes")?;
        let output = BufReader::new(output);
        Ok(Self {
            process,
            input,
            output,
        })
    }

    /// Replaces the numbers it goes through.
    pub fn give(&mut self, numbers: &[Input]) -> Outcome<()> {
        let mut lines = "clear\n".to_owned();
        for (text, home) in numbers {
            lines.extend(["add\t", text, "\t", home, "\n"]);
        }
        Ok(self.input.write_all(lines.as_bytes())?)
    }

    /// Goes through the numbers `passes` times: the nanoseconds, and how many
    /// numbers were valid.
    pub fn round(&mut self, passes: u64) -> Outcome<(f64, f64)> {
        writeln!(self.input, "round\t{passes}")?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        pair(&line)
    }

    /// How often it must go through its numbers to take so many nanoseconds.
    /// It has done so once: what had to be compiled is.
    pub fn enough(&mut self, nanoseconds: f64) -> Outcome<u64> {
        let mut passes = 1;
        while self.round(passes)?.0 < nanoseconds {
            passes *= 2;
        }
        Ok(passes)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It has nothing to lose.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Lets all answer about one number in turn, again and again: the nanoseconds
/// of each.
pub fn race(workers: &mut [Worker], asked: &Input) -> Outcome<Vec<Sample>> {
    let mut passes = Vec::new();
    for worker in workers.iter_mut() {
        worker.give(std::slice::from_ref(asked))?;
        if worker.round(1)?.1 < 1.0 {
            return Err(format!("somebody says that {} is not valid", asked.0).into());
        }
        passes.push(worker.enough(ROUND)?);
    }
    let mut samples = vec![Sample::default(); workers.len()];
    for _ in 0..ROUNDS {
        for ((worker, &count), sample) in workers.iter_mut().zip(&passes).zip(&mut samples) {
            sample.add(worker.round(count)?.0 / count as f64);
        }
    }
    Ok(samples)
}

fn pair(line: &str) -> Outcome<(f64, f64)> {
    let pair = line.trim().split_once(' ').ok_or("a worker failed")?;
    Ok((pair.0.parse()?, pair.1.parse()?))
}

/// The worker's side of all this.
pub fn be(arguments: &[&str]) -> Outcome<()> {
    if let Some(done) = crate::numbers::be(arguments) {
        return done;
    }
    match *arguments {
        ["--worker", name, database] => be_worker(name, database.as_ref()),
        ["--cold", name, database] => be_cold(name, database.as_ref()),
        _ => Err("usage: ringfence-benches [[numbers] [OUT.md [LIBRARY.so [BENCHES.jar]]]]".into()),
    }
}

fn be_worker(name: &str, database: &Path) -> Outcome<()> {
    match name {
        "ringfence" => serve::<Ringfence>(database),
        "phonenumber" => serve::<Phonenumber>(database),
        "rlibphonenumber" => serve::<Rlibphonenumber>(database),
        "check" => serve::<Check<false>>(database),
        "check answers" => serve::<Check<true>>(database),
        "whole check" => serve::<Whole<false>>(database),
        "whole check answers" => serve::<Whole<true>>(database),
        "aho-corasick" => serve::<Automaton>(database),
        "regex" => serve::<Patterns>(database),
        "core" => serve::<Core>(database),
        "phone" => serve::<Phone>(database),
        "explain" => serve::<Explained>(database),
        _ => Err("no such contestant".into()),
    }
}

fn serve<C: Contestant>(database: &Path) -> Outcome<()> {
    let contestant = C::open(database)?;
    let mut numbers: Vec<(String, Option<C::Home>)> = Vec::new();
    for line in std::io::stdin().lines() {
        let line = line?;
        match *line.split('\t').collect::<Vec<_>>() {
            ["clear"] => numbers.clear(),
            ["add", text, home] => numbers.push((text.to_owned(), C::home(home))),
            ["round", passes] => {
                let passes: u64 = passes.parse()?;
                let mut valid = 0_u64;
                let start = Instant::now();
                for _ in 0..passes {
                    for (text, home) in &numbers {
                        let (text, home) = (black_box(text.as_str()), black_box(*home));
                        valid += u64::from(black_box(contestant.answer(text, home)));
                    }
                }
                let taken = start.elapsed().as_nanos();
                println!("{taken} {}", valid / passes.max(1));
            }
            _ => return Err("a worker was asked nonsense".into()),
        }
    }
    Ok(())
}

fn be_cold(name: &str, database: &Path) -> Outcome<()> {
    // Phrases would be compiled in; reading them does not count.
    if name == "aho-corasick" {
        LazyLock::force(&PHRASES);
    }
    // Once to no purpose, so that reading it does not count.
    resident()?;
    let before = resident()?;
    let start = Instant::now();
    let valid = match name {
        "ringfence" => first::<Ringfence>(database, FIRST),
        "phonenumber" => first::<Phonenumber>(database, FIRST),
        "rlibphonenumber" => first::<Rlibphonenumber>(database, FIRST),
        "check" => first::<Check<false>>(database, ENGLISH),
        "aho-corasick" => first::<Automaton>(database, ENGLISH),
        "verdict" => first_verdict(database),
        "phone" => first::<Phone>(database, FIRST),
        _ => Err("no such contestant".into()),
    }?;
    let taken = start.elapsed().as_nanos();
    let after = resident()?;
    assert!(valid, "the number is valid, the note was read");
    println!("{taken} {}", after.saturating_sub(before));
    Ok(())
}

fn first<C: Contestant>(database: &Path, asked: &str) -> Outcome<bool> {
    // Never closed, so that closing does not count.
    let contestant = ManuallyDrop::new(C::open(database)?);
    Ok(black_box(contestant.answer(black_box(asked), None)))
}

fn first_verdict(database: &Path) -> Outcome<bool> {
    // Never closed, like those of the others.
    let database = Box::leak(Box::new(Database::open(database)?));
    let call = Call::incoming(black_box(FIRST));
    let now = database.issued();
    let verdict = screen(&call, &Settings::default(), &NoMemory, database, now);
    black_box(verdict);
    Ok(true)
}

/// Resident memory of this process in KiB. Not `VmRSS` of `status`, which
/// Linux keeps in steps of many pages.
fn resident() -> Outcome<u64> {
    let sums = std::fs::read_to_string("/proc/self/smaps_rollup")?;
    let line = sums.lines().find_map(|line| line.strip_prefix("Rss:"));
    let line = line.ok_or("no resident memory in smaps_rollup")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
