//! The log of calls: the last verdicts with their explanation, one JSON object
//! a line behind its checksum, so that a damaged line takes no other with it.

use std::fmt;
use std::io::{self, ErrorKind};

use ringfence::screening::{Caller, CallerHash, Direction, Explanation, MemoryKey, Subject};
use serde::{Deserialize, Serialize};

use crate::disk::{Disk, remove_all, replace};
use crate::error::EngineError;
use crate::packed::PackedVerdict;

/// How many calls are kept.
pub const CALLS: usize = 200;

const NAME: &str = "calls.jsonl";
/// After so many more the file is written anew.
const SPARE: usize = 50;
/// Most bytes that are read.
const MOST: u64 = 4 << 20;

/// A call in the log. It does not hold the number, only its keyed hash, and its
/// `Debug` shows nothing but its id.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
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
    /// What tells the memory's key, and the hashes of the number and of its
    /// neighbourhood under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    caller: Option<(u32, u64, u64)>,
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

    /// The caller as the memory with this key knows it; `None` if there was no
    /// number.
    ///
    /// # Errors
    /// [`EngineError::UnknownCall`] if there was one that this key does not
    /// know.
    pub(crate) fn caller(
        &self,
        key: Option<&MemoryKey>,
    ) -> Result<Option<CallerHash>, EngineError> {
        match (self.caller, key) {
            (Some((of, number, block)), Some(key)) if of == fingerprint(key) => {
                Ok(Some(CallerHash {
                    number: Subject::from_value(number),
                    block: Subject::from_value(block),
                }))
            }
            (None, _) if self.kind.is_none() => Ok(None),
            _ => Err(EngineError::UnknownCall),
        }
    }

    pub(crate) fn new(
        explained: &Explanation,
        direction: Direction,
        key: Option<&MemoryKey>,
        generation: u32,
        release: &str,
        at: u64,
    ) -> Self {
        let number = match &explained.caller {
            Caller::Number(number) => Some(number),
            _ => None,
        };
        let caller = number.zip(key).map(|(number, key)| {
            let caller = key.caller(&number.e164);
            let of = fingerprint(key);
            (of, caller.number.value(), caller.block.value())
        });
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
            caller,
            verdict: PackedVerdict::new(&explained.verdict, generation).bits(),
            title: explained.title.clone(),
            advice: explained.advice.clone(),
            steps: steps.collect(),
            release: release.to_owned(),
        }
    }
}

/// Tells a memory's key from others.
fn fingerprint(key: &MemoryKey) -> u32 {
    key.check(b"calls")
}

impl fmt::Debug for LoggedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoggedCall")
            .field("id", &self.id)
            .finish_non_exhaustive()
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
    /// Whether the file's name is known to be on the medium.
    named: bool,
}

impl CallLog {
    /// Reads the file: the calls in their order, damaged lines left out.
    pub fn read(disk: &dyn Disk) -> io::Result<(Self, Vec<LoggedCall>)> {
        let (bytes, too_long) = match disk.read(NAME, MOST) {
            Ok(bytes) => (bytes.unwrap_or_default(), false),
            Err(error) if error.kind() == ErrorKind::FileTooLarge => (Vec::new(), true),
            Err(error) => return Err(error),
        };
        let mut damaged = too_long || !matches!(bytes.last(), None | Some(b'\n'));
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
            named: false,
        };
        calls.drain(..calls.len().saturating_sub(CALLS));
        Ok((log, calls))
    }

    /// The calls in the file that were stored. One that was not may be there
    /// all the same.
    pub fn calls(&self, disk: &dyn Disk) -> io::Result<Vec<LoggedCall>> {
        let (_, mut calls) = Self::read(disk)?;
        calls.retain(|call| call.id <= self.last);
        Ok(calls)
    }

    /// Stores a call under the next id.
    pub fn store(&mut self, disk: &dyn Disk, mut call: LoggedCall) -> io::Result<()> {
        // Not even once the log was emptied is an id given again.
        call.id = self.last.saturating_add(1).max(call.at);
        let line = encode(&call)?;
        let append = !self.damaged && self.lines < CALLS + SPARE;
        // Should this fail half-way, nobody knows what is there: then the next
        // call writes it anew.
        self.damaged = true;
        if append {
            disk.write(NAME, self.end, &line)?;
            disk.sync(NAME)?;
            if !self.named {
                disk.sync_folder()?;
            }
            self.end += line.len() as u64;
            self.lines += 1;
        } else {
            let calls = self.calls(disk)?;
            let kept = &calls[calls.len().saturating_sub(CALLS - 1)..];
            let mut bytes = Vec::new();
            for call in kept {
                bytes.extend_from_slice(&encode(call)?);
            }
            bytes.extend_from_slice(&line);
            replace(disk, NAME, &bytes)?;
            self.end = bytes.len() as u64;
            self.lines = kept.len() + 1;
        }
        self.named = true;
        self.damaged = false;
        self.last = call.id;
        Ok(())
    }

    /// Removes the file.
    pub fn forget(disk: &dyn Disk) -> io::Result<()> {
        remove_all(disk, &[NAME])
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
