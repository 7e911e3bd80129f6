//! Measures Ringfence against what one would use instead and writes
//! `docs/performance.md`, all in one run: `cargo xtask bench`, or
//! `cargo run --release -p ringfence-benches -- [OUT.md]`. With `numbers [OUT.md]`
//! it measures lists of numbers alone; with `--features peers` it measures what
//! else one would keep them in too.
//!
//! What is compared is measured in interleaved rounds, A B C A B C, so that a
//! busy machine slows all alike, and published as ratios.

mod allocations;
mod check;
mod cold;
mod contestants;
mod ffi;
mod jvm;
mod jvm_cold;
mod jvm_hot;
mod notes;
mod numbers;
mod phones;
mod report;
mod screeners;
mod worker;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use ringfence::database::{Database, SectionId};
use ringfence::screening::{Call, NoMemory, Settings, screen};

use contestants::{SINGLE, mixed};
use phones::Phones;
use report::{Page, Sample, number, table};
use worker::{Entrant, Worker, race};

/// A result, or what went wrong.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The database that comes with Ringfence.
const DATABASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/bundled.rfdb");
/// Rounds of hot measurements, and how long each should take in nanoseconds.
const ROUNDS: usize = 31;
const ROUND: f64 = 4e6;
/// Rounds of mixed numbers, each in fresh processes.
const MIXED_ROUNDS: usize = 15;
/// Mixed numbers, and how many of them `phonenumber` is asked.
const MIXED: usize = 20_000;
const FEWER: usize = 400;
/// The page of lists of numbers alone.
const NUMBERS_ALONE: &str = "# Lists of numbers\n\n{date}, {machine}\n\n{numbers}\n{budgets}";
/// Verdicts in a round.
const VERDICTS: u32 = 20_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match *arguments {
        [] => measure(None, None, None),
        ["numbers"] => measure_numbers(None),
        ["numbers", path] => measure_numbers(Some(path)),
        [path, ref rest @ ..] if !path.starts_with('-') && rest.len() < 3 => {
            let library = rest.first().map(Path::new);
            measure(Some(path), library, rest.get(1).map(Path::new))
        }
        _ => worker::be(&arguments),
    };
    if let Err(error) = done {
        eprintln!("ringfence-benches: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Writes the page to a path; `library` is the one for phones, `jar` measures
/// it on the JVM.
fn measure(path: Option<&str>, library: Option<&Path>, jar: Option<&Path>) -> Outcome<()> {
    let this = std::env::current_exe()?;
    let lite = ["--release", "--no-default-features", "--features", "lite"];
    let lite = build(&this, "lite", &lite)?.join("release/ringfence-benches");
    let phone = [
        "--profile",
        "phone",
        "--no-default-features",
        "--features",
        "regex",
    ];
    let phone = build(&this, "phone", &phone)?.join("phone/ringfence-benches");
    let entrants = [
        Entrant::new("ringfence", &this, "ringfence"),
        Entrant::new("phonenumber", &this, "phonenumber"),
        Entrant::new("rlibphonenumber", &this, "rlibphonenumber"),
        Entrant::new("rlibphonenumber lite", &lite, "rlibphonenumber"),
    ];
    let phones = Phones::make(&this)?;
    let mut page = Page::new(include_str!("page.md"))?;
    single(&entrants, &mut page)?;
    world(&entrants, &mut page)?;
    cold::first_answer(&entrants, &phones, &mut page)?;
    verdicts(&mut page)?;
    check::check(&this, &phones, &mut page)?;
    ffi::ffi(&phone, &phones, [library, jar], &mut page)?;
    numbers::measure(&this, &mut page)?;
    sizes(&mut page)?;
    print_and_write(page, path)
}

/// Measures lists of numbers alone.
fn measure_numbers(path: Option<&str>) -> Outcome<()> {
    let mut page = Page::new(NUMBERS_ALONE)?;
    numbers::measure(&std::env::current_exe()?, &mut page)?;
    print_and_write(page, path)
}

fn print_and_write(page: Page, path: Option<&str>) -> Outcome<()> {
    let text = page.finish();
    print!("{text}");
    Ok(path.map_or(Ok(()), |path| std::fs::write(path, &text))?)
}

/// Builds this program in another way, in a target directory of its own.
fn build(this: &Path, name: &str, how: &[&str]) -> Outcome<PathBuf> {
    let target = this.ancestors().nth(2).ok_or("no target directory")?;
    let target = target.join(format!("bench-{name}"));
    let cargo = std::env::var_os("CARGO").unwrap_or("cargo".into());
    let status = Command::new(cargo)
        .arg("build")
        .args(how)
        .args(["--quiet", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .args(["--target-dir".as_ref(), target.as_os_str()])
        .status()?;
    if !status.success() {
        return Err(format!("building the benches again, {name}, failed").into());
    }
    Ok(target)
}

/// The table of comparisons: ratios are to the first contestant.
fn compared(first: &str, entrants: &[Entrant<'_>], rows: &[(&str, Vec<Sample>)]) -> String {
    let mut head = vec![first, entrants[0].title];
    head.extend(
        entrants[1..]
            .iter()
            .flat_map(|other| [other.title, "ratio"]),
    );
    let row = |(title, samples): &(&str, Vec<Sample>)| {
        let mut row = vec![(*title).to_owned(), samples[0].cell()];
        let others = samples[1..].iter();
        row.extend(others.flat_map(|sample| [sample.cell(), sample.ratio(&samples[0])]));
        row
    };
    table(&head, &rows.iter().map(row).collect::<Vec<_>>())
}

fn single(entrants: &[Entrant<'_>], page: &mut Page) -> Outcome<()> {
    let mut workers: Vec<Worker> = entrants.iter().map(Worker::start).collect::<Outcome<_>>()?;
    let mut rows = Vec::new();
    for (title, number, home) in SINGLE {
        let asked = (number.to_owned(), home.unwrap_or_default().to_owned());
        let samples = race(&mut workers, &asked)?;
        rows.push((title, samples));
    }
    let times = rows.iter().map(|(_, samples)| samples[0].median());
    let slowest = times.fold(0.0, f64::max);
    page.budget(
        "parse and classify, hot, slowest of table 1",
        "ns",
        100.0,
        slowest,
    );
    page.fill("single", &compared("number", entrants, &rows));
    page.fill("rounds", &ROUNDS.to_string());
    Ok(())
}

fn world(entrants: &[Entrant<'_>], page: &mut Page) -> Outcome<()> {
    let numbers = mixed(MIXED);
    let mut passes = vec![vec![Sample::default(); entrants.len()]; 3];
    let mut valid = vec![String::new(); entrants.len()];
    for _ in 0..MIXED_ROUNDS {
        for (index, entrant) in entrants.iter().enumerate() {
            let asked = match entrant.name {
                "phonenumber" => &numbers[..FEWER],
                _ => &numbers[..],
            };
            let mut worker = Worker::start(entrant)?;
            worker.give(&[(SINGLE[0].1.to_owned(), String::new())])?;
            worker.round(1)?;
            worker.give(asked)?;
            for samples in &mut passes {
                let (time, count) = worker.round(1)?;
                samples[index].add(time / asked.len() as f64);
                let (count, all) = (number(count), number(asked.len() as f64));
                valid[index] = format!("{count} of {all} for {}", entrant.title);
            }
        }
    }
    let [first, _, third] = <[_; 3]>::try_from(passes).unwrap_or_default();
    page.budget(
        "parse and classify, hot, third pass of table 2",
        "ns",
        100.0,
        third[0].median(),
    );
    let rows = [("first", first), ("third", third)];
    page.fill("mixed", &compared("pass", entrants, &rows));
    page.fill("mixed-rounds", &MIXED_ROUNDS.to_string());
    page.fill("count", &number(MIXED as f64));
    page.fill("fewer", &FEWER.to_string());
    page.fill("valid", &valid.join(", "));
    Ok(())
}

fn verdicts(page: &mut Page) -> Outcome<()> {
    let database = Database::open(DATABASE.as_ref())?;
    let (settings, now) = (Settings::default(), database.issued() + 86_400);
    let verdict = |call: &Call<'_>| screen(call, &settings, &NoMemory, &database, now);
    let cases = [
        ("a mobile", "+447400123456"),
        ("the same in national form", "07400 123456"),
        ("a number kept for fiction", "+447700900123"),
        ("a one-ring country", "+21620123456"),
        ("a hidden number", ""),
    ];
    let home = "GB".parse()?;
    let calls = cases.map(|(_, text)| Call::incoming(text).at_home(home));
    let mut samples = vec![Sample::default(); calls.len()];
    let mut allocated = 0;
    for _ in 0..ROUNDS {
        for (call, sample) in calls.iter().zip(&mut samples) {
            let before = allocations::count();
            let start = Instant::now();
            for _ in 0..VERDICTS {
                black_box(verdict(black_box(call)));
            }
            let taken = start.elapsed().as_nanos() as f64;
            allocated += allocations::count() - before;
            sample.add(taken / f64::from(VERDICTS));
        }
    }
    let mut rows = Vec::new();
    for (((title, _), call), sample) in cases.iter().zip(&calls).zip(&samples) {
        let said = verdict(call);
        let said = format!("{}, `{}`", said.action, said.rule);
        rows.push(vec![(*title).to_owned(), said, sample.cell()]);
    }
    let slowest = samples.iter().map(Sample::median).fold(0.0, f64::max);
    page.budget("verdict, hot, slowest of table 4", "ns", 500.0, slowest);
    page.budget(
        "heap allocations in all verdicts of table 4",
        "",
        0.0,
        allocated as f64,
    );
    page.fill("verdicts", &table(&["call", "verdict", "ns"], &rows));
    page.fill("allocated", &allocated.to_string());
    Ok(())
}

fn sizes(page: &mut Page) -> Outcome<()> {
    let database = Database::open(DATABASE.as_ref())?;
    let whole = database.length() as f64;
    let mut rest = whole;
    let mut rows = Vec::new();
    for section in database.sections() {
        let name = section.id.to_string();
        let length = section.length as f64;
        rest -= length;
        rows.push(vec![
            format!("section `{}`", name.trim_matches('"')),
            number(length),
        ]);
    }
    rows.push(vec!["header, hash trees, padding".to_owned(), number(rest)]);
    rows.push(vec!["the whole file".to_owned(), number(whole)]);
    let plan = database.section(SectionId::PLAN)?.len() as f64;
    page.budget("numbering plan", "bytes", 200e3, plan);
    page.budget("bundled database", "bytes", 1e6, whole);
    page.fill(
        "sizes",
        &table(&["part of the bundled database", "bytes"], &rows),
    );
    Ok(())
}
