//! The log of calls: the last verdicts with their explanation, one JSON object
//! a line behind its checksum, so that a damaged line takes no other with it.

use std::io;

use ringfence::screening::{CallerHash, Direction, Explanation, MemoryKey, Subject};
use serde::{Deserialize, Serialize};

use crate::disk::{Disk, new_name, replace};
use crate::packed::PackedVerdict;

/// How many calls are kept.
pub const CALLS: usize = 200;

const NAME: &str = "calls.jsonl";
/// After so many more the file is written anew.
const SPARE: usize = 50;
/// Most bytes that are read.
const MOST: u64 = 4 << 20;

/// A call in the log. It does not hold the number, only its keyed hash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LoggedCall {
    /// Tells it from the others; later calls have greater ones.
    pub id: u64,
    /// When it was, in seconds since 1970-01-01T00:00:00Z.
    pub at: u64,
    /// Whether the user called.
    pub outgoing: bool,
    /// The region of the number, such as `GB`, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The kind of number in libphonenumber's words, such as `mobile`; none if
    /// there was no number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The keyed hashes of the number and of its neighbourhood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    caller: Option<(u64, u64)>,
    /// The packed verdict.
    verdict: i64,
    /// A headline for it.
    pub title: String,
    /// What to do.
    pub advice: String,
    /// The rules that were looked at.
    pub steps: Vec<LoggedStep>,
    /// The release of the database that gave it.
    pub release: String,
}

/// A rule that was looked at for a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LoggedStep {
    /// The rule's id, such as `range`.
    pub rule: String,
    /// Whether it matched.
    pub matched: bool,
    /// What was found.
    pub text: String,
    /// Where that comes from.
    pub source: String,
    /// The source's date as 2026-11-22, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

impl LoggedCall {
    /// What was decided.
    pub fn verdict(&self) -> PackedVerdict {
        PackedVerdict::from_bits(self.verdict)
    }

    /// The caller as the memory knows it; none if there was no number.
    pub fn caller(&self) -> Option<CallerHash> {
        self.caller.map(|(number, block)| CallerHash {
            number: Subject::from_value(number),
            block: Subject::from_value(block),
        })
    }

    pub(crate) fn new(
        explained: &Explanation,
        direction: Direction,
        caller: Option<CallerHash>,
        generation: u32,
        release: &str,
        at: u64,
    ) -> Self {
        let number = match &explained.caller {
            ringfence::screening::Caller::Number(number) => Some(number),
            _ => None,
        };
        let steps = explained.steps.iter().map(|step| LoggedStep {
            rule: step.rule.id().to_owned(),
            matched: step.matched,
            text: step.text.clone(),
            source: step.source.clone(),
            date: step.date.map(|date| date.to_string()),
        });
        Self {
            id: 0,
            at,
            outgoing: direction == Direction::Outgoing,
            region: number.and_then(|number| number.region.map(|region| region.to_string())),
            kind: number.map(|number| number.kind.to_string()),
            caller: caller.map(|caller| (caller.number.value(), caller.block.value())),
            verdict: PackedVerdict::new(&explained.verdict, generation).bits(),
            title: explained.title.clone(),
            advice: explained.advice.clone(),
            steps: steps.collect(),
            release: release.to_owned(),
        }
    }
}

/// The file, and how far it is written.
pub(crate) struct CallLog {
    /// Where the next line starts.
    end: u64,
    /// How many lines there are.
    lines: usize,
    /// The id of the last call.
    last: u64,
    /// Whether anything in it is damaged: the next call writes it anew.
    damaged: bool,
}

impl CallLog {
    /// Reads the file: the calls in their order, damaged lines left out.
    pub fn read(disk: &dyn Disk) -> io::Result<(Self, Vec<LoggedCall>)> {
        let bytes = disk.read(NAME, MOST)?.unwrap_or_default();
        let mut damaged = !matches!(bytes.last(), None | Some(b'\n'));
        let mut calls: Vec<LoggedCall> = Vec::new();
        let lines = bytes.split(|&byte| byte == b'\n');
        for line in lines.filter(|line| !line.is_empty()) {
            match decode(line) {
                Some(call) => calls.push(call),
                None => damaged = true,
            }
        }
        let log = Self {
            end: bytes.len() as u64,
            lines: calls.len(),
            last: calls.iter().map(|call| call.id).max().unwrap_or(0),
            damaged,
        };
        calls.drain(..calls.len().saturating_sub(CALLS));
        Ok((log, calls))
    }

    /// Stores a call under the next id.
    pub fn store(&mut self, disk: &dyn Disk, mut call: LoggedCall) -> io::Result<()> {
        call.id = self.last + 1;
        let line = encode(&call)?;
        if self.damaged || self.lines >= CALLS + SPARE {
            let (_, mut calls) = Self::read(disk)?;
            calls.push(call);
            calls.drain(..calls.len().saturating_sub(CALLS));
            let mut bytes = Vec::new();
            for call in &calls {
                bytes.extend_from_slice(&encode(call)?);
            }
            // Should this fail half-way, either file may be there.
            self.damaged = true;
            replace(disk, NAME, &bytes)?;
            self.end = bytes.len() as u64;
            self.lines = calls.len();
            self.damaged = false;
        } else {
            // Should this fail half-way, part of the line may be there.
            self.damaged = true;
            disk.write(NAME, self.end, &line)?;
            disk.sync(NAME)?;
            self.end += line.len() as u64;
            self.lines += 1;
            self.damaged = false;
        }
        self.last += 1;
        Ok(())
    }

    /// Removes the file.
    pub fn forget(disk: &dyn Disk) -> io::Result<()> {
        disk.remove(NAME)?;
        disk.remove(&new_name(NAME))?;
        disk.sync_folder()
    }
}

fn encode(call: &LoggedCall) -> io::Result<Vec<u8>> {
    let json = serde_json::to_string(call)?;
    Ok(format!("{:08x} {json}\n", check(json.as_bytes())).into_bytes())
}

fn decode(line: &[u8]) -> Option<LoggedCall> {
    let (sum, json) = line.split_at_checked(8)?;
    let json = json.strip_prefix(b" ")?;
    let sum = u32::from_str_radix(std::str::from_utf8(sum).ok()?, 16).ok()?;
    (sum == check(json)).then(|| serde_json::from_slice(json).ok())?
}

/// A checksum against damage; it need not be secret.
fn check(bytes: &[u8]) -> u32 {
    MemoryKey::new([0; 16]).check(bytes)
}
