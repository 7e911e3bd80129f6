//! Measures Ringfence against what one would use instead and writes the
//! tables of `docs/performance.md`, all in one run:
//! `cargo xtask bench`, or `cargo run --release -p ringfence-benches [OUT.md]`.
//!
//! What is measured in a run is measured in interleaved rounds, A B C A B C,
//! so that a busy machine slows all alike, and published as ratios.

mod allocations;
mod contestants;
mod report;
mod worker;

use std::fmt::Write;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use ringfence::database::{Database, SectionId};
use ringfence::number::Region;
use ringfence::screening::{Call, NoMemory, Settings, screen};

use contestants::{Input, SINGLE, mixed};
use report::{Sample, number, table};
use worker::{Entrant, Worker, cold};

/// A result, or what went wrong.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The database that comes with Ringfence.
pub const DATABASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/bundled.rfdb");

/// Rounds of hot measurements.
const ROUNDS: usize = 31;
/// How long a round should take, in nanoseconds.
const ROUND: f64 = 4e6;
/// Rounds of mixed numbers, each in fresh processes.
const MIXED_ROUNDS: usize = 15;
/// Mixed numbers, and how many of them `phonenumber` is asked.
const MIXED: (usize, usize) = (20_000, 400);
/// Fresh processes for each first answer.
const COLD_ROUNDS: usize = 41;
/// How much longer a first verdict must take for us to believe that its file
/// was not in the page cache.
const BELIEVABLE: f64 = 2.0;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match *arguments {
        [] => measure(None),
        [path] if !path.starts_with('-') => measure(Some(path.as_ref())),
        _ => worker::be(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ringfence-benches: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(path: Option<&Path>) -> Outcome<()> {
    let this = std::env::current_exe()?;
    let lite = build_lite(&this)?;
    let entrant = |title, program, name| Entrant {
        title,
        program,
        name,
    };
    let entrants = [
        entrant("ringfence", this.as_path(), "ringfence"),
        entrant("phonenumber", &this, "phonenumber"),
        entrant("rlibphonenumber", &this, "rlibphonenumber"),
        entrant("rlibphonenumber lite", &lite, "rlibphonenumber"),
    ];
    let mut budgets = Vec::new();
    let mut text = introduction()?;
    text += &single_table(&entrants, &mut budgets)?;
    text += &mixed_table(&entrants, &mut budgets)?;
    text += &cold_table(&entrants, &mut budgets)?;
    text += &verdict_table(&mut budgets)?;
    text += &size_table(&mut budgets)?;
    text += &budget_table(&budgets);
    print!("{text}");
    Ok(path.map_or(Ok(()), |path| std::fs::write(path, &text))?)
}

/// This program with the other mode of `rlibphonenumber`.
fn build_lite(this: &Path) -> Outcome<PathBuf> {
    let target = this.ancestors().nth(2).ok_or("no target directory")?;
    let target = target.join("bench-lite");
    let cargo = std::env::var_os("CARGO").unwrap_or("cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--release", "--quiet", "--no-default-features"])
        .args(["--features", "lite", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .status()?;
    if !status.success() {
        return Err("the second build, with rlibphonenumber's lite mode, failed".into());
    }
    Ok(target.join("release/ringfence-benches"))
}

fn introduction() -> Outcome<String> {
    Ok(format!(
        "# Performance\n\n\
         Everything on this page was measured and written by `cargo xtask bench` in one run on \
         {}, on this machine: {}. The machine is shared with other work.\n\n\
         The ratios are the claims, not the times: contestants are measured in interleaved \
         rounds, A B C A B C, each in a process of its own that has nothing else to do, and a \
         table's times come from the same minutes. Times are medians over the rounds; in \
         brackets, the time that a tenth of the rounds did not exceed. All are built alike: \
         release, optimised as one unit. Nothing was measured on a phone.\n\n\
         The contestants: `phonenumber` 0.3.10; `rlibphonenumber` 2.2.15 with its shared \
         instance, by default and in its `lite` mode, which trades speed for size.\n\n",
        report::today()?,
        report::machine()?
    ))
}

/// One line of the last table: what, the budget, what was measured, whether
/// the budget is met.
type Budget = (&'static str, &'static str, String, bool);

fn single_table(entrants: &[Entrant<'_>], budgets: &mut Vec<Budget>) -> Outcome<String> {
    let mut workers: Vec<Worker> = entrants.iter().map(Worker::start).collect::<Outcome<_>>()?;
    let mut rows = Vec::new();
    let mut worst = 0.0_f64;
    for (title, number, home) in SINGLE {
        let input = [(number.to_owned(), home.map(str::to_owned))];
        let mut passes = Vec::new();
        for (worker, entrant) in workers.iter_mut().zip(entrants) {
            worker.give(&input)?;
            let mut count = 1_u64;
            while worker.round(count)?.0 < ROUND {
                count *= 2;
            }
            if worker.round(1)?.1 < 1.0 {
                eprintln!("{} says that {title} is not valid", entrant.title);
            }
            passes.push(count);
        }
        let mut samples = vec![Sample::default(); workers.len()];
        for _ in 0..ROUNDS {
            for ((worker, &count), sample) in workers.iter_mut().zip(&passes).zip(&mut samples) {
                sample.add(worker.round(count)?.0 / count as f64);
            }
        }
        worst = worst.max(samples[0].median());
        rows.push(compared(title, &samples));
    }
    budgets.push((
        "parse and classify, hot, slowest of table 1",
        "100 ns",
        format!("{} ns", number(worst)),
        worst <= 100.0,
    ));
    Ok(format!(
        "## 1. One number again and again\n\n\
         Nanoseconds to parse a number and to tell whether it is valid, its kind and its E.164 \
         form; median of {ROUNDS} rounds.\n\n{}\
         The E.164 form is an integer for `ringfence` and a string, which is what they offer, \
         for the others. One number again and again is the best case for caches and branch \
         prediction; the next table is nearer to use.\n\n",
        table(&compared_head(entrants, "number"), &rows)
    ))
}

/// The head of a table of comparisons.
fn compared_head<'a>(entrants: &[Entrant<'a>], first: &'a str) -> Vec<&'a str> {
    let titles = entrants.iter().map(|entrant| entrant.title);
    let titles = titles.enumerate().flat_map(|(index, title)| match index {
        0 => vec![title],
        _ => vec![title, "ratio"],
    });
    [first].into_iter().chain(titles).collect()
}

/// A line of such a table; ratios are to the first sample.
fn compared(title: &str, samples: &[Sample]) -> Vec<String> {
    let mut row = vec![title.to_owned(), samples[0].cell()];
    for sample in samples.iter().skip(1) {
        row.extend([sample.cell(), sample.ratio(&samples[0])]);
    }
    row
}

fn mixed_table(entrants: &[Entrant<'_>], budgets: &mut Vec<Budget>) -> Outcome<String> {
    let numbers = mixed(MIXED.0);
    let warm_up: [Input; 1] = [(SINGLE[0].1.to_owned(), None)];
    let mut passes = vec![vec![Sample::default(); entrants.len()]; 3];
    let mut valid = vec![0.0; entrants.len()];
    for _ in 0..MIXED_ROUNDS {
        for (index, entrant) in entrants.iter().enumerate() {
            let asked = match entrant.name {
                "phonenumber" => &numbers[..MIXED.1],
                _ => &numbers[..],
            };
            let mut worker = Worker::start(entrant)?;
            worker.give(&warm_up)?;
            worker.round(1)?;
            worker.give(asked)?;
            for samples in &mut passes {
                let (time, count) = worker.round(1)?;
                samples[index].add(time / asked.len() as f64);
                valid[index] = 100.0 * count / asked.len() as f64;
            }
        }
    }
    let hot = passes[2][0].median();
    budgets.push((
        "parse and classify, hot, mixed numbers",
        "100 ns",
        format!("{} ns", number(hot)),
        hot <= 100.0,
    ));
    let rows = [
        compared("first pass", &passes[0]),
        compared("third pass", &passes[2]),
    ];
    let valid: Vec<String> = entrants
        .iter()
        .zip(&valid)
        .map(|(entrant, share)| format!("{share:.2} % for {}", entrant.title))
        .collect();
    Ok(format!(
        "## 2. Numbers of the whole world\n\n\
         Nanoseconds a number, the same question; median of {MIXED_ROUNDS} rounds, each in fresh \
         processes that have answered one other number before.\n\n{}\
         {} numbers: the examples that the metadata has for each region and kind, picked at \
         random from a fixed seed, the last four digits replaced by random ones; every other \
         number is in E.164, the rest are national with their region as home. `phonenumber` is \
         asked only the first {} of them, as it compiles regular expressions anew for most \
         numbers: it keeps 100. `rlibphonenumber` keeps all that it has compiled, hence its \
         slow first pass. Valid numbers: {}; the versions of the metadata differ a little.\n\n",
        table(&compared_head(entrants, "pass"), &rows),
        number(MIXED.0 as f64),
        MIXED.1,
        valid.join(", ")
    ))
}

fn cold_table(entrants: &[Entrant<'_>], budgets: &mut Vec<Budget>) -> Outcome<String> {
    let database = Path::new(DATABASE);
    let verdict = Entrant {
        title: "ringfence, verdict",
        name: "verdict",
        ..entrants[0]
    };
    // A copy, so that its pages can be dropped: nobody else maps it.
    let copy = std::env::current_exe()?.with_file_name("cold.rfdb");
    std::fs::copy(database, &copy)?;
    let file = std::fs::File::open(&copy)?;
    file.sync_all()?;
    let mut times = vec![Sample::default(); entrants.len() + 2];
    let mut memory = times.clone();
    for _ in 0..COLD_ROUNDS {
        for index in 0..times.len() {
            let entrant = entrants.get(index).unwrap_or(&verdict);
            let dropped = index > entrants.len();
            if dropped {
                rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed)?;
            }
            let (time, kib) = cold(entrant, if dropped { &copy } else { database })?;
            times[index].add(time / 1000.0);
            memory[index].add(kib);
        }
    }
    std::fs::remove_file(&copy)?;
    let row = |title: &str, index: usize| {
        vec![
            title.to_owned(),
            number(times[index].median()),
            number(times[index].min()),
            times[index].ratio(&times[0]),
            number(memory[index].median()),
        ]
    };
    let titles = entrants.iter().enumerate();
    let mut rows: Vec<_> = titles.map(|(index, e)| row(e.title, index)).collect();
    rows[0][0] += ", number";
    let (warm, dropped) = (entrants.len(), entrants.len() + 1);
    rows.push(row("ringfence, verdict", warm));
    let measured = times[dropped].median() >= BELIEVABLE * times[warm].median();
    let note = if measured {
        rows.push(row(
            "ringfence, verdict, file not in the page cache",
            dropped,
        ));
        "For the last line the file was dropped from the page cache before each start, not so \
         the program. This machine's disk is that of a server; a phone's is another."
    } else {
        "A first verdict with the file not in the page cache could not be measured: asking the \
         system to drop the file made no difference."
    };
    let mut budget = |what, limit, budget: f64, index: usize| {
        let time = times[index].median();
        let good = time <= budget;
        budgets.push((what, limit, format!("{} us", number(time)), good));
    };
    budget(
        "open and first verdict, file in the page cache",
        "250 us",
        250.0,
        warm,
    );
    if measured {
        budget(
            "open and first verdict, file not in the page cache",
            "1,000 us",
            1000.0,
            dropped,
        );
    }
    let kib = memory[warm].median();
    budgets.push((
        "memory after the first verdict, above the empty process",
        "3,072 KiB",
        format!("{} KiB", number(kib)),
        kib <= 3072.0,
    ));
    Ok(format!(
        "## 3. The first answer of a fresh process\n\n\
         From just before the library is first used to its answer about one British mobile \
         number, and the resident memory that this added, the program's own pages that it \
         touched included; {COLD_ROUNDS} processes each, started in turn, everything in the page \
         cache. `ringfence` opens and maps its database in that time.\n\n{}{note}\n\n",
        table(
            &[
                "contestant",
                "median, us",
                "fastest, us",
                "ratio",
                "memory, KiB"
            ],
            &rows
        )
    ))
}

fn verdict_table(budgets: &mut Vec<Budget>) -> Outcome<String> {
    let database = Database::open(DATABASE.as_ref())?;
    let settings = Settings::default();
    let now = database.issued() + 86_400;
    let home: Region = "GB".parse()?;
    let cases = [
        ("mobile of the same country", "+447400123456"),
        ("the same in national form", "07400 123456"),
        ("number kept for fiction", "+447700900123"),
        ("one-ring country", "+21620123456"),
        ("hidden", ""),
    ]
    .map(|(title, text)| (title, Call::incoming(text).at_home(home)));
    let verdict = |call| screen(call, &settings, &NoMemory, &database, now);
    let mut times = vec![Sample::default(); cases.len()];
    let mut allocated = 0;
    for _ in 0..ROUNDS {
        for ((_, call), sample) in cases.iter().zip(&mut times) {
            const BATCH: u32 = 20_000;
            let before = allocations::count();
            let start = Instant::now();
            for _ in 0..BATCH {
                black_box(verdict(black_box(call)));
            }
            let taken = start.elapsed().as_nanos() as f64;
            allocated += allocations::count() - before;
            sample.add(taken / f64::from(BATCH));
        }
    }
    let rows: Vec<_> = cases
        .iter()
        .zip(&times)
        .map(|((title, call), sample)| {
            let said = verdict(call);
            let said = format!("{}, `{}`", said.action, said.rule);
            vec![(*title).to_owned(), said, sample.cell()]
        })
        .collect();
    let slowest = times.iter().map(Sample::median).fold(0.0, f64::max);
    budgets.push((
        "verdict, hot, slowest of table 4",
        "500 ns",
        format!("{} ns", number(slowest)),
        slowest <= 500.0,
    ));
    budgets.push((
        "heap allocations in all verdicts of table 4",
        "0",
        allocated.to_string(),
        allocated == 0,
    ));
    Ok(format!(
        "## 4. Verdicts\n\n\
         Nanoseconds from a call to a verdict, everything warm, with a phone at home in GB that \
         remembers nobody; median of {ROUNDS} rounds.\n\n{}\
         Heap allocations in all these verdicts together: {allocated}. The database holds \
         numbering plan and number ranges, not yet a list of reported numbers, so no verdict \
         has had to search one.\n\n",
        table(&["call", "verdict", "ns"], &rows)
    ))
}

fn size_table(budgets: &mut Vec<Budget>) -> Outcome<String> {
    let database = Database::open(DATABASE.as_ref())?;
    let sections = database.sections().iter();
    let mut rest = database.length();
    let mut rows = Vec::new();
    for section in sections {
        rest -= section.length as u64;
        rows.push(vec![
            format!("section `{}`", section.id).replace('"', ""),
            number(section.length as f64),
        ]);
    }
    rows.push(vec![
        "header, hash trees, padding".to_owned(),
        number(rest as f64),
    ]);
    rows.push(vec![
        "the whole file".to_owned(),
        number(database.length() as f64),
    ]);
    let plan = database.section(SectionId::PLAN)?.len() as u64;
    let sizes = [
        ("numbering plan", "200,000 bytes", plan, 200_000),
        (
            "bundled database",
            "1,000,000 bytes",
            database.length(),
            1_000_000,
        ),
    ];
    for (what, limit, size, budget) in sizes {
        budgets.push((
            what,
            limit,
            format!("{} bytes", number(size as f64)),
            size <= budget,
        ));
    }
    Ok(format!(
        "## 5. Sizes\n\n{}The file is read in place, so it is also what it takes in memory at most.\n\n",
        table(&["part of the bundled database", "bytes"], &rows)
    ))
}

fn budget_table(budgets: &[Budget]) -> String {
    let mut text = "## 6. Budgets\n\n".to_owned();
    let rows: Vec<_> = budgets
        .iter()
        .map(|(what, limit, measured, good)| {
            let good = if *good { "met" } else { "NOT met" };
            [*what, limit, measured, good].map(str::to_owned).to_vec()
        })
        .collect();
    text += &table(&["what", "budget, at most", "measured", ""], &rows);
    let _ = writeln!(
        text,
        "Budgets for what does not exist yet (lists of numbers, updates, the note after a call, \
         the app) are not measured here. That parsing agrees with libphonenumber is a matter of \
         the tests."
    );
    text
}
