//! The first answer of a fresh process out of a file that is not in the page
//! cache, and how many of its pages that read.

use std::fs::File;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use memmap2::{Advice, Mmap};
use ringfence::database::Database;
use rustix::fs::fadvise;

use super::peers::{Fst, NUMBERS, Peer, Ringfence, Sqlite};
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
    /// Those of the list alone, for `ringfence`: header, list, its hashes.
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
    for round in 0..ROUNDS {
        // Another key each time, far from the one before.
        let key = keys[(round * 2 + 1) * keys.len() / (ROUNDS * 2)].to_string();
        for (((name, path), file), first) in all.iter().zip(&files).zip(&mut firsts) {
            fadvise(file, 0, None, rustix::fs::Advice::DontNeed)?;
            let mut command = Command::new(this);
            let command = command.args(["--first", name]).arg(path).arg(&key);
            let output = command.stderr(Stdio::inherit()).output()?;
            let nanoseconds: f64 = String::from_utf8(output.stdout)?.trim().parse()?;
            first.microseconds.add(nanoseconds / 1000.0);
            let resident = resident(file)?;
            first.pages.add(count(&resident));
            if *name == "ringfence" {
                let list = end_of_list(path)?.div_ceil(PAGE).min(resident.len());
                first.of_list.add(count(&resident[..list]));
            }
        }
    }
    Ok(firsts)
}

fn count(resident: &[bool]) -> f64 {
    resident.iter().filter(|&&page| page).count() as f64
}

/// Where the section after the list, which is the first, starts.
fn end_of_list(path: &Path) -> Outcome<usize> {
    let database = Database::open(path)?;
    let others = database
        .sections()
        .iter()
        .filter(|section| section.id != NUMBERS);
    let end = others.map(|section| section.offset).min();
    Ok(end.unwrap_or(database.length() as usize))
}

/// The fresh process's side of all this.
pub fn be(name: &str, file: &Path, key: u64) -> Outcome<()> {
    let start = Instant::now();
    let found = match name {
        "ringfence" => Ringfence::open(file)?.find(key)?.is_some(),
        "sorted" => search(&map(&File::open(file)?, Some(Advice::Random))?, key),
        "sorted, read ahead" => search(&map(&File::open(file)?, None)?, key),
        "fst" => Fst::holds(&map(&File::open(file)?, Some(Advice::Random))?, key)?,
        "sqlite" => Sqlite::<false>::open(file)?.find(key) > 0,
        _ => return Err("no such structure".into()),
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

#[allow(unsafe_code)]
fn map(file: &File, advice: Option<Advice>) -> Outcome<Mmap> {
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
