//! The first answer of a fresh process out of a file that is not in the page
//! cache, and how many of its pages that read.

use std::fs::File;
use std::hint::black_box;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use memmap2::{Advice, Mmap};
use ringfence::database::{Database, SectionId};
use rustix::fs::fadvise;

use super::ours::Ringfence;
use super::{peers, verdict};
use crate::Outcome;
use crate::report::Sample;

/// Bytes of a page.
const PAGE: usize = 4096;
/// Fresh processes for each.
const ROUNDS: usize = 31;

/// What a first answer took.
#[derive(Clone, Default)]
pub struct First {
    pub microseconds: Sample,
    /// Pages of the file in the page cache afterwards.
    pub pages: Sample,
    /// For `ringfence`, those of the header and of the list with its hashes.
    pub of_list: Sample,
}

/// Asks each, a name and its file, about keys in turn.
pub fn first_answers(this: &Path, all: &[(&str, &Path)], keys: &[u64]) -> Outcome<Vec<First>> {
    let files: Vec<File> = all
        .iter()
        .map(|(_, path)| File::open(path))
        .collect::<Result<_, _>>()?;
    files.iter().try_for_each(File::sync_all)?;
    let mut firsts = vec![First::default(); all.len()];
    // Other keys each time, far from those before, that a call can come from.
    let whole = all.iter().find(|(name, _)| *name == "ringfence, whole");
    let database = Database::open(whole.ok_or("no whole database")?.1)?;
    let far = (0..ROUNDS).map(|round| (round * 2 + 1) * keys.len() / (ROUNDS * 2));
    let asked = far.filter_map(|from| {
        let mut keys = keys[from..].iter();
        keys.find(|&&key| verdict::is_listed(&database, key))
    });
    let asked: Vec<u64> = asked.copied().collect();
    drop(database);
    for key in asked {
        let key = key.to_string();
        for (((name, path), file), first) in all.iter().zip(&files).zip(&mut firsts) {
            fadvise(file, 0, None, rustix::fs::Advice::DontNeed)?;
            let mut command = Command::new(this);
            let command = command.args(["--first", name]).arg(path).arg(&key);
            let output = command.stderr(Stdio::inherit()).output()?;
            let nanoseconds: f64 = String::from_utf8(output.stdout)?.trim().parse()?;
            first.microseconds.add(nanoseconds / 1000.0);
            let resident = resident(file)?;
            first.pages.add(count(&resident));
            if name.starts_with("ringfence") {
                let list = of_list(path)?.map(|pages| count(&resident[pages]));
                first.of_list.add(list.iter().sum());
            }
        }
    }
    Ok(firsts)
}

fn count(resident: &[bool]) -> f64 {
    resident.iter().filter(|&&page| page).count() as f64
}

/// Pages of the header, and of the list with its hashes.
fn of_list(path: &Path) -> Outcome<[Range<usize>; 2]> {
    let database = Database::open(path)?;
    let mut starts = database.sections().iter();
    let list = starts.find(|section| section.id == SectionId::NUMBERS);
    let list = list.ok_or("the database has no list")?.offset / PAGE;
    let next = starts.next().map(|section| section.offset as u64);
    let end = next.unwrap_or(database.length()).div_ceil(PAGE as u64);
    Ok([0..1, list..end as usize])
}

/// The fresh process's side of all this.
pub fn be(name: &str, file: &Path, key: u64) -> Outcome<()> {
    let start = Instant::now();
    let found = match name {
        "ringfence, alone" | "ringfence, whole" => Ringfence::open(file)?.find(key)?.is_some(),
        "ringfence, verdict" => verdict::is_listed(&Database::open(file)?, key),
        "sorted" => search(&map(&File::open(file)?, Some(Advice::Random))?, key),
        "sorted, read ahead" => search(&map(&File::open(file)?, None)?, key),
        _ => peers::first(name, file, key)?,
    };
    let taken = start.elapsed().as_nanos();
    if !black_box(found) {
        return Err("a structure has lost a key".into());
    }
    println!("{taken}");
    Ok(())
}

/// Whether a sorted array of little-endian integers holds a key.
fn search(bytes: &[u8], key: u64) -> bool {
    let (mut low, mut high) = (0, bytes.len() / 8);
    while low < high {
        let middle = low + (high - low) / 2;
        let found = bytes[middle * 8..]
            .first_chunk()
            .map(|&bytes| u64::from_le_bytes(bytes));
        match found {
            Some(found) if found == key => return true,
            Some(found) if found < key => low = middle + 1,
            _ => high = middle,
        }
    }
    false
}

/// Maps a file of the benches.
#[allow(unsafe_code)]
pub fn map(file: &File, advice: Option<Advice>) -> Outcome<Mmap> {
    // SAFETY: the benches wrote the file, and nobody writes to it any more.
    let map = unsafe { Mmap::map(file) }?;
    if let Some(advice) = advice {
        map.advise(advice)?;
    }
    Ok(map)
}

/// Which pages of a file are in the page cache.
#[allow(unsafe_code)]
fn resident(file: &File) -> Outcome<Vec<bool>> {
    let map = map(file, None)?;
    let mut pages = vec![0_u8; map.len().div_ceil(PAGE)];
    let start = map.as_ptr().cast_mut().cast();
    // SAFETY: `start` and the length are those of a map that lives until the
    // function returns, and `pages` has a byte for each of its pages.
    let failed = unsafe { libc::mincore(start, map.len(), pages.as_mut_ptr()) };
    match failed {
        0 => Ok(pages.into_iter().map(|page| page & 1 == 1).collect()),
        _ => Err(std::io::Error::last_os_error().into()),
    }
}
