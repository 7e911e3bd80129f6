//! A structure in a process of its own: it builds it, says what that took, and
//! then answers rounds of questions.
//!
//! The worker's first line has the nanoseconds of building, the memory in KiB
//! that this took at most, and three sizes in bytes. Then it reads lines:
//! `hit` or `miss`, a tab, the number of the round, a tab and how many
//! questions a round has. It answers with nanoseconds a question.

use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{Ordering, fence};
use std::time::Instant;

use super::ours::{Peer, Ringfence, Sorted};
use super::peers;
use super::sets::Random;
use crate::Outcome;

/// Different questions of each sort.
const QUESTIONS: usize = 1 << 20;
/// How far a number that is asked for in vain is from one in the list, at most.
const NEAR: u64 = 9_999;

/// What building took, and how large the structure is.
#[derive(Clone, Copy)]
pub struct Built {
    pub seconds: f64,
    /// Greatest memory of the process, less what it had before, in bytes.
    pub peak: f64,
    /// Bytes without what is stored with the keys, with it evenly and with it
    /// unevenly distributed.
    pub bytes: [f64; 3],
}

pub struct Worker {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    pub built: Built,
}

impl Worker {
    /// Builds the structure of that name from the keys in a file.
    pub fn start(this: &Path, name: &str, keys: &Path, file: &Path) -> Outcome<Self> {
        let mut command = Command::new(this);
        command.args(["--numbers", name]).args([keys, file]);
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let pipes = process.stdin.take().zip(process.stdout.take());
        let (input, output) = pipes.ok_or("the worker has no pipes")?;
        let mut output = BufReader::new(output);
        let mut line = String::new();
        output.read_line(&mut line)?;
        let said: Vec<f64> = line
            .split_whitespace()
            .map(str::parse)
            .collect::<Result<_, _>>()?;
        let [nanoseconds, peak, ref bytes @ ..] = said[..] else {
            return Err(format!("{name} could not be built").into());
        };
        let built = Built {
            seconds: nanoseconds / 1e9,
            peak: peak * 1024.0,
            bytes: *bytes.first_chunk().ok_or("the worker was short")?,
        };
        Ok(Self {
            process,
            input,
            output,
            built,
        })
    }

    /// Nanoseconds a question.
    pub fn round(&mut self, sort: &str, round: usize, questions: usize) -> Outcome<f64> {
        writeln!(self.input, "{sort}\t{round}\t{questions}")?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        Ok(line.trim().parse()?)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It has nothing to lose.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The keys in a file.
pub fn read(path: &Path) -> Outcome<Vec<u64>> {
    let bytes = std::fs::read(path)?;
    let keys = bytes.chunks_exact(8).filter_map(<[u8]>::first_chunk);
    Ok(keys.map(|bytes| u64::from_le_bytes(*bytes)).collect())
}

/// The worker's side of all this.
pub fn be(name: &str, keys: &Path, file: &Path) -> Outcome<()> {
    let keys = read(keys)?;
    match name {
        "ringfence" => serve::<Ringfence>(keys, file),
        "sorted" => serve::<Sorted>(keys, file),
        _ => peers::be(name, keys, file),
    }
}

/// Builds a structure and answers about it.
pub fn serve<P: Peer>(keys: Vec<u64>, file: &Path) -> Outcome<()> {
    let (hits, misses) = questions(&keys);
    // The peak starts anew.
    std::fs::write("/proc/self/clear_refs", "5")?;
    let before = memory("VmRSS:")?;
    let start = Instant::now();
    let peer = P::build(&keys, file)?;
    let taken = start.elapsed().as_nanos();
    let peak = memory("VmHWM:")?.saturating_sub(before);
    let [without, even, uneven] = peer.bytes(&keys)?;
    drop(keys);
    println!("{taken} {peak} {without} {even} {uneven}");
    // Zero, but nobody knows: so a question waits for the answer before.
    let zero = black_box(0_u64);
    for line in std::io::stdin().lines() {
        let line = line?;
        let (sort, rest) = line.split_once('\t').ok_or("a worker was asked nonsense")?;
        let (round, questions) = rest.split_once('\t').ok_or("a worker was asked nonsense")?;
        let (round, count): (usize, usize) = (round.parse()?, questions.parse()?);
        let asked = if sort == "hit" { &hits } else { &misses };
        let warm = count / 4;
        let from = round * (warm + count) % (asked.len() - warm - count);
        let (warm, measured) = asked[from..from + warm + count].split_at(warm);
        let mut answer = 0;
        let mut found = 0;
        let mut ask = |key: &u64| {
            answer = peer.find(key ^ (answer & zero));
            fence(Ordering::SeqCst);
            found += usize::from(answer > 0);
        };
        warm.iter().for_each(&mut ask);
        let start = Instant::now();
        measured.iter().for_each(&mut ask);
        let taken = start.elapsed().as_nanos() as f64;
        let right = if sort == "hit" { warm.len() + count } else { 0 };
        if found != right {
            return Err("a structure has lost keys, or has some of its own".into());
        }
        println!("{}", taken / count as f64);
    }
    Ok(())
}

/// Keys that are in the list, and keys near them that are not.
fn questions(keys: &[u64]) -> (Vec<u64>, Vec<u64>) {
    let mut random = Random(3);
    let some = |random: &mut Random| keys[random.below(keys.len() as u64) as usize];
    let hits = (0..QUESTIONS).map(|_| some(&mut random)).collect();
    // Near others than the hits, which would have been warmed up for them.
    let mut misses = Vec::with_capacity(QUESTIONS);
    while misses.len() < QUESTIONS {
        let near = some(&mut random) + 1 + random.below(NEAR);
        if keys.binary_search(&near).is_err() {
            misses.push(near);
        }
    }
    (hits, misses)
}

/// A line of `status` in KiB.
fn memory(name: &str) -> Outcome<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let line = line.ok_or("no such line in status")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
