//! SQL over Parquet counts what the stream counts.

#[path = "import/common.rs"]
#[allow(dead_code)]
mod lists;

use std::path::{Path, PathBuf};

use lists::{folder, options, reports, take};
use ringfence::reported::ReportKind;
use ringfence_publisher::import::Store;
use ringfence_publisher::risk::counts::WINDOW;
use ringfence_publisher::risk::{self, BlockCount, counts, map};
use ringfence_publisher::scale::{Limits, block_counts, write};
use ringfence_publisher::{Error, Report};

const AS_OF: u32 = 20_700;

/// A linear congruential generator: the high bits of its state.
fn random(state: &mut u64, below: u64) -> u64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1);
    (*state >> 33) % below
}

/// Reports of crowded and of lonely numbers, some after the day of counting,
/// some before the window; sorted, each number, day and kind once.
fn made_up(count: usize) -> Vec<Report> {
    let mut state = 7;
    let mut reports: Vec<Report> = std::iter::repeat_with(|| Report {
        key: match random(&mut state, 4) {
            0 => 12_025_550_000 + random(&mut state, 900),
            1 => 12_120_000_000 + random(&mut state, 10_000_000),
            2 => 49_300_000_000 + random(&mut state, 1_000_000_000),
            _ => 4_930_000 + random(&mut state, 9_000_000),
        },
        day: AS_OF + 3 - random(&mut state, u64::from(WINDOW) + 20) as u32,
        kind: ReportKind::ALL[random(&mut state, ReportKind::ALL.len() as u64) as usize],
        count: 1 + random(&mut state, 300) as u32,
    })
    .take(count)
    .collect();
    reports.sort_unstable();
    reports.dedup_by_key(|report| (report.key, report.day, report.kind));
    reports
}

fn streamed(reports: &[Report], as_of: u32) -> Vec<BlockCount> {
    let counts = counts(reports.iter().copied().map(Ok), as_of);
    counts.collect::<Result<_, Error>>().expect("counts")
}

fn by_sql(files: &[PathBuf], as_of: u32, memory: usize, threads: usize) -> Vec<BlockCount> {
    let spill = folder();
    let limits = Limits {
        memory,
        threads,
        spill: spill.path().to_owned(),
    };
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let counts = block_counts(&files, as_of, &limits).expect("files");
    counts.collect::<Result<_, _>>().expect("counts")
}

fn risk_map(counts: &[BlockCount], as_of: u32) -> risk::RiskMap {
    let plan = lists::database().plan().expect("whole");
    let counts = || counts.iter().copied().map(Ok);
    map(&plan, as_of, &risk::Options::default(), counts).expect("a map")
}

/// Deals reports out to files, as many machines would have written them.
fn files(folder: &Path, reports: &[Report], count: usize) -> Vec<PathBuf> {
    let deal = |index: usize| {
        let path = folder.join(format!("{index}.parquet"));
        let dealt = reports.iter().rev().skip(index).step_by(count);
        write(dealt.copied().map(Ok), &path).expect("a file");
        path
    };
    (0..count).map(deal).collect()
}

#[test]
fn sql_counts_what_the_stream_counts() {
    let folder = folder();
    let reports = made_up(60_000);
    let streamed = streamed(&reports, AS_OF);
    assert!(streamed.len() > 60_000 && streamed.iter().any(|count| count.level == 4));
    let one = files(folder.path(), &reports, 1);
    assert!(
        by_sql(&one, AS_OF, 1 << 30, 1) == streamed,
        "one file, one thread"
    );
    let many = files(folder.path(), &reports, 5);
    assert!(
        by_sql(&many, AS_OF, 1 << 30, 4) == streamed,
        "five files, four threads"
    );
}

#[test]
fn little_memory_changes_nothing() {
    let folder = folder();
    let reports = made_up(300_000);
    let files = files(folder.path(), &reports, 2);
    assert!(by_sql(&files, AS_OF, 32 << 20, 2) == streamed(&reports, AS_OF));
}

#[test]
fn a_count_that_is_split_over_files_is_added_up() {
    let folder = folder();
    let report = |count| Report {
        key: 12_025_550_100,
        day: AS_OF,
        kind: ReportKind::Fraud,
        count,
    };
    let files = ["a", "b"].map(|name| folder.path().join(name).with_extension("parquet"));
    write([Ok(report(2))], &files[0]).expect("a file");
    write([Ok(report(3))], &files[1]).expect("a file");
    assert_eq!(
        by_sql(&files, AS_OF, 1 << 30, 2),
        streamed(&[report(5)], AS_OF)
    );
}

#[test]
fn an_error_of_the_reports_is_handed_on_and_a_file_that_is_none_is_told() {
    let folder = folder();
    let path = folder.path().join("a.parquet");
    assert!(write([Err(Error::TooLarge("a list"))], &path).is_err());
    std::fs::write(&path, "number,date").expect("a file");
    let limits = Limits {
        memory: 1 << 30,
        threads: 1,
        spill: folder.path().to_owned(),
    };
    let found = block_counts(&[&path], AS_OF, &limits)
        .and_then(|counts| counts.collect::<Result<Vec<_>, _>>());
    assert!(found.is_err_and(|error| error.to_string().contains("a.parquet")));
}

#[test]
fn the_rows_of_the_ftc_give_the_same_counts() {
    let rows = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/data/ftc/complaints.csv"
    );
    let rows = Path::new(rows);
    if !rows.is_file() {
        println!("passed over: ../shared/data/ftc is not there");
        return;
    }
    let folder = folder();
    let mut store = Store::open(&folder.path().join("store")).expect("a store");
    let taken = take(&mut store, rows, &options()).expect("a list");
    let (_, today) = taken.manifest.days.expect("days");
    let reports = reports(&store);
    assert!(reports.len() > 100_000);
    let files = files(folder.path(), &reports, 3);
    let by_sql = by_sql(&files, today, 1 << 30, 2);
    let streamed = streamed(&reports, today);
    assert!(by_sql == streamed);
    let [by_sql, streamed] = [&by_sql, &streamed].map(|counts| risk_map(counts, today));
    assert!(streamed.steps.len() > 100);
    assert_eq!(by_sql.steps, streamed.steps);
}
