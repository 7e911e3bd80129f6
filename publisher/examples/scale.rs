//! How long counting reports takes, by the stream and by SQL over Parquet, and
//! how much memory: what `docs/scale.md` was measured with.
//!
//! ```text
//! cargo run --release --config profile.release.lto=false \
//!     --config profile.release.codegen-units=16 -p ringfence-publisher \
//!     --features datafusion --example scale -- FOLDER MILLIONS [MEMORY_MIB]
//! ```
//!
//! writes so many millions of made-up reports to the folder and counts them,
//! each step in a process of its own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use ringfence::reported::ReportKind;
use ringfence_publisher::risk::{BlockCount, counts};
use ringfence_publisher::scale::{Limits, block_counts, write};
use ringfence_publisher::{Error, Report};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const AS_OF: u32 = 20_700;
/// Parquet files that reports are dealt out to.
const FILES: u64 = 8;
const MEMORY: usize = 2048;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        [folder, millions] => all(folder, millions, &MEMORY.to_string()),
        [folder, millions, memory] if !folder.starts_with('-') => all(folder, millions, memory),
        ["--write", folder, millions] => step(|| make(folder.as_ref(), millions)),
        ["--stream", _, millions] => step(|| stream(millions)),
        ["--sql", folder, millions, memory] => step(|| sql(folder.as_ref(), millions, memory)),
        _ => Err("usage: scale FOLDER MILLIONS [MEMORY_MIB]".into()),
    };
    if let Err(error) = done {
        eprintln!("scale: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn all(folder: &str, millions: &str, memory: &str) -> Outcome<()> {
    std::fs::create_dir_all(folder)?;
    for step in [&["--write"][..], &["--stream"], &["--sql", memory]] {
        print!("{}: ", step[0]);
        std::io::stdout().flush()?;
        let mut command = Command::new(std::env::current_exe()?);
        command.args([step[0], folder, millions]).args(&step[1..]);
        if !command.status()?.success() {
            return Err("a step failed".into());
        }
    }
    Ok(())
}

/// Says what a step took. Its outcome is how many reports it went through and
/// a text.
fn step(work: impl FnOnce() -> Outcome<(u64, String)>) -> Outcome<()> {
    let start = Instant::now();
    let (reports, text) = work()?;
    let seconds = start.elapsed().as_secs_f64();
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.unwrap_or("unknown").trim();
    let speed = reports as f64 / seconds / 1e6;
    println!("{seconds:.1} s, {speed:.2} M reports/s, peak {peak}; {text}");
    Ok(())
}

/// Made-up reports in rising order: crowded blocks of ten thousand numbers,
/// one number in eight reported more than once.
fn reports(millions: &str) -> Outcome<impl Iterator<Item = Report>> {
    let wanted = millions.parse::<u64>()? * 1_000_000;
    let mut state = 7_u64;
    let mut random = move |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % below
    };
    let mut block = 1_200_000_u64;
    let mut line = 10_000;
    let mut gap = 1;
    let mut last = None::<Report>;
    let one = move || {
        if let Some(report) = last
            .filter(|report| report.day < AS_OF)
            .filter(|_| random(8) == 0)
        {
            let report = Report {
                day: report.day + 1,
                ..report
            };
            last = Some(report);
            return report;
        }
        line += 1 + random(gap);
        while line >= 10_000 {
            block += 1 + random(20);
            // Thirteen numbers a block in the mean, in some a thousand.
            gap = [20, 400, 2_000, 8_000, 8_000][random(5) as usize];
            line = random(gap);
        }
        let report = Report {
            key: block * 10_000 + line,
            day: AS_OF - random(400) as u32,
            kind: ReportKind::ALL[random(3) as usize],
            count: 1 + random(3) as u32,
        };
        last = Some(report);
        report
    };
    Ok(std::iter::repeat_with(one).take(wanted as usize))
}

fn file(folder: &Path, index: u64) -> PathBuf {
    folder.join(format!("{index}.parquet"))
}

/// Deals the reports out to files, so that none has what is near together.
fn make(folder: &Path, millions: &str) -> Outcome<(u64, String)> {
    let (mut written, mut bytes) = (0, 0);
    for index in 0..FILES {
        let dealt = reports(millions)?.filter(|report| report.key % 1_009 % FILES == index);
        written += write(dealt.map(Ok), &file(folder, index))?;
        bytes += std::fs::metadata(file(folder, index))?.len();
    }
    Ok((
        written,
        format!("{:.2} bytes a report", bytes as f64 / written as f64),
    ))
}

fn stream(millions: &str) -> Outcome<(u64, String)> {
    let mut read = 0;
    let reports = reports(millions)?.inspect(|_| read += 1);
    let text = sum(counts(reports.map(Ok), AS_OF))?;
    Ok((read, text))
}

fn sql(folder: &Path, millions: &str, memory: &str) -> Outcome<(u64, String)> {
    let limits = Limits {
        memory: memory.parse::<usize>()? << 20,
        threads: std::thread::available_parallelism()?.get(),
        spill: folder.to_owned(),
    };
    let files: Vec<PathBuf> = (0..FILES).map(|index| file(folder, index)).collect();
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let text = sum(block_counts(&files, AS_OF, &limits)?)?;
    Ok((millions.parse::<u64>()? * 1_000_000, text))
}

/// Blocks, and a number that depends on all there is in their order.
fn sum(counts: impl Iterator<Item = Result<BlockCount, Error>>) -> Outcome<String> {
    let (mut blocks, mut sum) = (0_u64, 0_u64);
    for count in counts {
        let count = count?;
        blocks += 1;
        let fields = [
            count.level.into(),
            count.block,
            count.heat[0],
            count.heat[1],
            count.numbers,
            count.last.into(),
        ];
        for field in fields {
            sum = (sum ^ field)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .rotate_left(23);
        }
    }
    Ok(format!("{blocks} blocks, checksum {sum:016x}"))
}
