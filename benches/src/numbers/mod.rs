//! Lists of numbers: how small, how fast, and what else one would keep them in.

mod cold;
mod ours;
#[cfg_attr(not(feature = "peers"), path = "no_peers.rs")]
mod peers;
mod sets;
mod verdict;
mod worker;

use std::path::{Path, PathBuf};

use ringfence::database::Database;

use crate::report::{Page, Sample, number, table, version};
use crate::{DATABASE, Outcome};
use worker::Worker;

/// Rounds of hot measurements, and questions in each; SQLite gets fewer.
const ROUNDS: usize = 21;
const QUESTIONS: usize = 20_000;
const FEWER: usize = 1_000;
const MILLION: usize = 1_000_000;

/// Budgets: bytes a number over the information limit, keys alone; bytes a
/// number with what is stored; nanoseconds; microseconds and pages of a first
/// answer; seconds; nanoseconds of a verdict.
const OVER_LIMIT: f64 = 1.05;
const CLUSTERED_BYTES: f64 = 1.70;
const HOT: f64 = 300.0;
const COLD: f64 = 250.0;
const PAGES: f64 = 6.0;
const BUILD: f64 = 5.0;
const VERDICT: f64 = 500.0;

/// A set of numbers in a file.
struct List {
    title: &'static str,
    count: usize,
    clustered: bool,
    file: PathBuf,
    /// Bytes a number at best: of sets of that many numbers or, clustered, of
    /// interpolative coding.
    reference: f64,
    /// Bits a number by the distribution of gaps.
    gaps: f64,
}

/// Measures this part and fills it in.
pub fn measure(this: &Path, page: &mut Page) -> Outcome<()> {
    page.fill("numbers", include_str!("numbers.md"));
    let folder = this
        .ancestors()
        .nth(2)
        .ok_or("no target directory")?
        .join("bench-numbers");
    std::fs::create_dir_all(&folder)?;
    let lists = make(&folder)?;
    let mut measured = Vec::new();
    for list in &lists {
        measured.push(race(this, list, &folder, page)?);
    }
    report(&lists, &measured, page);
    first_answers(this, &lists, &folder, page)?;
    verdicts(&lists, &folder, page)?;
    page.fill("numbers-rounds", &ROUNDS.to_string());
    for name in [
        "fst",
        "hashbrown",
        "roaring",
        "sux",
        "vers-vecs",
        "rusqlite",
    ] {
        page.fill(&format!("{name}-version"), version(name));
    }
    page.fill("sqlite-version", peers::sqlite_version());
    Ok(std::fs::remove_dir_all(&folder)?)
}

fn make(folder: &Path) -> Outcome<Vec<List>> {
    let database = Database::open(DATABASE.as_ref())?;
    let plan = database.plan()?;
    let mut lists = Vec::new();
    for (title, count, clustered) in [
        ("uniform, 1 M", MILLION, false),
        ("uniform, 10 M", 10 * MILLION, false),
        ("clustered, 1 M", MILLION, true),
        ("clustered, 10 M", 10 * MILLION, true),
    ] {
        let keys = match clustered {
            true => sets::clustered(count, &plan)?,
            false => sets::uniform(count),
        };
        let bits = match clustered {
            true => sets::interpolative_bits(&keys, 0, keys[count - 1] + 1) / count as f64,
            false => sets::limit_bits(count, sets::UNIVERSE),
        };
        let file = folder.join(format!("{}.keys", lists.len()));
        let bytes: Vec<u8> = keys.iter().flat_map(|key| key.to_le_bytes()).collect();
        std::fs::write(&file, bytes)?;
        lists.push(List {
            title,
            count,
            clustered,
            file,
            reference: bits / 8.0,
            gaps: sets::gap_bits(&keys),
        });
    }
    Ok(lists)
}

/// A structure that holds a list, as measured.
struct Measured {
    name: &'static str,
    built: worker::Built,
    hit: Sample,
    miss: Sample,
}

/// Where a structure keeps a list that it keeps in a file.
fn kept(folder: &Path, list: &List, name: &str) -> PathBuf {
    list.file
        .with_extension(name)
        .file_name()
        .map(|name| folder.join(name))
        .unwrap_or_default()
}

/// Builds all structures in turn and then asks them in turn.
fn race(this: &Path, list: &List, folder: &Path, page: &mut Page) -> Outcome<Vec<Measured>> {
    let mut workers = Vec::new();
    for &name in ["ringfence", "sorted"].iter().chain(peers::NAMES) {
        // Its text takes a minute to build from ten million.
        if name == "spamblocker" && list.count > MILLION {
            continue;
        }
        let worker = Worker::start(this, name, &list.file, &kept(folder, list, name))?;
        let measured = Measured {
            name,
            built: worker.built,
            hit: Sample::default(),
            miss: Sample::default(),
        };
        workers.push((worker, measured));
    }
    for round in 0..ROUNDS {
        for (worker, measured) in &mut workers {
            let slow = ["sqlite", "spamblocker"].contains(&measured.name);
            let questions = if slow { FEWER } else { QUESTIONS };
            measured.hit.add(worker.round("hit", round, questions)?);
            measured.miss.add(worker.round("miss", round, questions)?);
        }
    }
    let measured: Vec<Measured> = workers.into_iter().map(|(_, measured)| measured).collect();
    let ours = &measured[0];
    let each = ours.built.bytes.map(|bytes| bytes / list.count as f64);
    if !list.clustered {
        let what = format!(
            "list of numbers, {}, keys alone, over the information limit",
            list.title
        );
        page.budget(&what, "x", OVER_LIMIT, each[0] / list.reference);
    }
    if list.count > MILLION {
        if list.clustered {
            let what = format!(
                "list of numbers, {}, four bits stored with each",
                list.title
            );
            page.budget(&what, "bytes a number", CLUSTERED_BYTES, each[1]);
        }
        for (sort, sample) in [("hit", &ours.hit), ("miss", &ours.miss)] {
            let what = format!("look-up in a list of numbers, hot, {}, {sort}", list.title);
            page.budget(&what, "ns", HOT, sample.median());
        }
        let what = format!("building a database with a list of numbers, {}", list.title);
        page.budget(&what, "s", BUILD, ours.built.seconds);
    }
    Ok(measured)
}

fn report(lists: &[List], measured: &[Vec<Measured>], page: &mut Page) {
    let mut places = Vec::new();
    for (list, measured) in lists.iter().zip(measured) {
        let count = list.count as f64;
        let row = |peer: &Measured| {
            let [keys, even, uneven] = peer.built.bytes.map(|bytes| bytes / count);
            let ratio = |sample: &Sample, ours: &Sample| match peer.name {
                "ringfence" => sample.cell(),
                _ => format!("{}, {}", sample.cell(), sample.ratio(ours)),
            };
            vec![
                title(peer.name).to_owned(),
                format!("{keys:.3}"),
                format!("{:.3} x", keys / list.reference),
                format!("{even:.3}"),
                format!("{uneven:.3}"),
                format!("{:.2}", peer.built.seconds),
                number((peer.built.peak / 1e6).round()),
                ratio(&peer.hit, &measured[0].hit),
                ratio(&peer.miss, &measured[0].miss),
            ]
        };
        let reference = match list.clustered {
            true => "to interpolative coding",
            false => "to the limit",
        };
        let head = [
            list.title,
            "B, keys",
            reference,
            "B, even",
            "B, uneven",
            "build, s",
            "peak, MB",
            "hit, ns",
            "miss, ns",
        ];
        let rows: Vec<_> = measured.iter().map(row).collect();
        let (bits, gaps) = (list.reference * 8.0, list.gaps);
        let note = match list.clustered {
            true => format!("interpolative coding {bits:.3}, entropy of gaps {gaps:.3}"),
            false => format!("information limit {bits:.3}"),
        };
        places.push(format!("{}\nBits a number: {note}.\n", table(&head, &rows)));
    }
    page.fill("numbers-tables", &places.join("\n"));
}

/// How the page calls a structure.
fn title(name: &'static str) -> &'static str {
    match name {
        "sorted" => "sorted array",
        "hashbrown" => "`hashbrown` map",
        "fst" => "`fst` map",
        "roaring" => "`roaring` treemap",
        "vers-vecs" => "`vers-vecs` Elias-Fano",
        "sux" => "`sux` Elias-Fano",
        "sqlite" => "SQLite, number as row id",
        "spamblocker" => "SQLite, as SpamBlocker",
        "sorted, read ahead" => "sorted array, system reads ahead",
        "ringfence, alone" => "`ringfence`, a file with the list alone",
        "ringfence, whole" => "`ringfence`, a whole database",
        "ringfence, verdict" => "the same, verdict about a call",
        _ => "`ringfence`",
    }
}

fn first_answers(this: &Path, lists: &[List], folder: &Path, page: &mut Page) -> Outcome<()> {
    let mut names = vec![
        "ringfence, alone",
        "ringfence, whole",
        "ringfence, verdict",
        "sorted",
        "sorted, read ahead",
    ];
    names.extend(peers::IN_FILES);
    let mut rows = Vec::new();
    for list in lists.iter().filter(|list| list.count > MILLION) {
        let keys = worker::read(&list.file)?;
        let file = |name: &str| match name.split_once(", ") {
            Some((_, "alone")) => kept(folder, list, "alone"),
            Some((name, _)) => kept(folder, list, name),
            None => kept(folder, list, name),
        };
        let files: Vec<PathBuf> = names.iter().map(|name| file(name)).collect();
        let all: Vec<(&str, &Path)> = names
            .iter()
            .copied()
            .zip(files.iter().map(PathBuf::as_path))
            .collect();
        let firsts = cold::first_answers(this, &all, &keys)?;
        for (name, first) in names.iter().zip(&firsts) {
            let time = &first.microseconds;
            let mut pages = number(first.pages.median());
            if name.starts_with("ringfence") {
                pages = format!(
                    "{} of the list, {pages} in all",
                    number(first.of_list.median())
                );
            }
            rows.push(vec![
                list.title.to_owned(),
                title(name).to_owned(),
                number(time.median()),
                number(time.quantile(0)),
                time.ratio(&firsts[0].microseconds),
                pages,
            ]);
        }
        let what = format!(
            "open a list of numbers and first look-up, file not in the page cache, {}",
            list.title
        );
        page.budget(&what, "us", COLD, firsts[0].microseconds.median());
        let what = format!("pages of header and list read for that, {}", list.title);
        page.budget(&what, "", PAGES, firsts[0].of_list.median());
    }
    let head = [
        "list",
        "structure",
        "median, us",
        "fastest",
        "ratio",
        "pages read",
    ];
    page.fill("numbers-cold", &table(&head, &rows));
    Ok(())
}

/// Verdicts with the longest list that is like the world's.
fn verdicts(lists: &[List], folder: &Path, page: &mut Page) -> Outcome<()> {
    let list = lists.last().ok_or("no lists")?;
    let keys = worker::read(&list.file)?;
    let measured = verdict::measure(&kept(folder, list, "ringfence"), &keys)?;
    let samples = [
        ("a listed number", &measured.listed),
        (
            "another number, within 10,000 after a listed one",
            &measured.others,
        ),
    ];
    let rows = samples.map(|(title, sample)| vec![title.to_owned(), sample.cell()]);
    page.fill("numbers-verdicts", &table(&["call", "ns"], &rows));
    page.fill("numbers-allocated", &measured.allocated.to_string());
    let slower = measured.listed.median().max(measured.others.median());
    let what = format!("verdict, hot, list of numbers, {}", list.title);
    page.budget(&what, "ns", VERDICT, slower);
    Ok(())
}

/// What worker processes of this part are asked to be, if anything.
pub fn be(arguments: &[&str]) -> Option<Outcome<()>> {
    match *arguments {
        ["--numbers", name, keys, file] => Some(worker::be(name, keys.as_ref(), file.as_ref())),
        ["--first", name, file, key] => {
            let key = key.parse().map_err(Into::into);
            Some(key.and_then(|key| cold::be(name, file.as_ref(), key)))
        }
        _ => None,
    }
}
