//! Batches: one item a line in, one JSON object a line out, in constant
//! memory.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Read, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use ringfence::number::Region;
use serde::{Deserialize, Serialize};

/// Longest line in bytes. No number is that long; a longer line is answered
/// with an error and left behind.
const MAX_LINE: u64 = 64 * 1024;
/// How often the progress bar moves, in lines.
const TICK: u64 = 4096;

/// One item of a batch.
#[derive(Default, Deserialize)]
pub struct Item {
    /// The number; `null` if there is none.
    pub number: Option<String>,
    /// The home region instead of the command line's.
    pub region: Option<String>,
    /// As `--hidden`.
    pub hidden: Option<bool>,
    /// As `--verification`.
    pub verification: Option<String>,
    /// As `--outgoing`.
    pub outgoing: Option<bool>,
}

impl Item {
    /// The item's home region, or else `default`.
    pub fn home(&self, default: Option<Region>) -> Result<Option<Region>, String> {
        home(self.region.as_deref(), default)
    }
}

/// The home region that an item names, or else `default`. A region that is
/// not in the numbering plan counts as none, as libphonenumber has it.
pub fn home(region: Option<&str>, default: Option<Region>) -> Result<Option<Region>, String> {
    match region {
        None => Ok(default),
        Some("") => Ok(None),
        Some(text) => text
            .parse()
            .map(Some)
            .map_err(|_| "region must be a two-letter country code such as GB".to_owned()),
    }
}

/// Why a line has no answer. It repeats nothing of the line but its id.
#[derive(Default)]
pub struct Refusal {
    /// The line's own id, if it has one.
    pub id: Option<serde_json::Value>,
    /// What is wrong, and what to do.
    pub error: String,
}

impl From<String> for Refusal {
    fn from(error: String) -> Self {
        Self { id: None, error }
    }
}

/// What stands in place of an answer to a line that cannot be read.
#[derive(Serialize)]
struct Unreadable<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a serde_json::Value>,
    line: u64,
    error: &'a str,
}

/// Answers each line of a file, or of standard input for `-`, with the JSON
/// object that `answer` gives for it.
///
/// # Errors
/// If the file cannot be read, and at the end if lines could not be.
pub fn run(path: &Path, mut answer: impl FnMut(Item) -> Result<String, String>) -> Result<()> {
    lines(path, |text| {
        let answer = item(text).and_then(&mut answer)?;
        Ok(Some(answer))
    })?;
    Ok(())
}

/// Answers each line of a file, or of standard input for `-`, with what
/// `answer` gives for it; nothing for a line that it passes over. Returns how
/// many lines were answered.
///
/// # Errors
/// As [`run`].
pub fn lines(
    path: &Path,
    mut answer: impl FnMut(&str) -> Result<Option<String>, Refusal>,
) -> Result<u64> {
    let (mut input, length): (Box<dyn BufRead>, u64) = if path == Path::new("-") {
        (Box::new(io::stdin().lock()), 0)
    } else {
        let name = || path.display().to_string();
        let file = File::open(path).with_context(name)?;
        let metadata = file.metadata().with_context(name)?;
        if metadata.is_dir() {
            bail!(
                "{}: this is a folder; give a file with one item a line",
                name()
            );
        }
        (
            Box::new(BufReader::with_capacity(1 << 16, file)),
            metadata.len(),
        )
    };
    let mut output = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let progress = progress(length);
    let (mut line, mut answers) = (0_u64, 0_u64);
    let (mut unreadable, mut first) = (0_u64, 0_u64);
    let mut bytes = Vec::new();
    while let Some(whole) = read_line(&mut input, &mut bytes)? {
        line += 1;
        progress.inc(bytes.len() as u64);
        if line % TICK == 0 {
            progress.set_message(format!("{line} lines"));
        }
        let answered = if whole {
            // Some editors start a file with a byte order mark.
            let bytes = bytes
                .strip_prefix(b"\xEF\xBB\xBF")
                .filter(|_| line == 1)
                .unwrap_or(&bytes);
            let text = String::from_utf8_lossy(bytes);
            answer(text.trim_end_matches(['\n', '\r']))
        } else {
            Err("the line is longer than 64 KiB".to_owned().into())
        };
        match answered {
            Ok(None) => continue,
            Ok(Some(answer)) => output.write_all(answer.as_bytes())?,
            Err(refusal) => {
                unreadable += 1;
                first = if first == 0 { line } else { first };
                let instead = Unreadable {
                    id: refusal.id.as_ref(),
                    line,
                    error: &refusal.error,
                };
                serde_json::to_writer(&mut output, &instead)?;
            }
        }
        answers += 1;
        output.write_all(b"\n")?;
    }
    output.flush()?;
    progress.finish_and_clear();
    if unreadable > 0 {
        bail!(
            "{unreadable} of {line} lines could not be read, the first is line {first}: \
             the output says why in their place"
        );
    }
    Ok(answers)
}

/// Reads a line with its end; `None` if there is no more. Of a line longer
/// than [`MAX_LINE`] only the start is kept, and the answer is `false`.
pub fn read_line(input: &mut dyn BufRead, bytes: &mut Vec<u8>) -> io::Result<Option<bool>> {
    bytes.clear();
    let read = (&mut *input).take(MAX_LINE).read_until(b'\n', bytes)?;
    if read == 0 {
        return Ok(None);
    }
    let whole = bytes.last() == Some(&b'\n') || (read as u64) < MAX_LINE;
    if !whole {
        skip_line(input)?;
    }
    Ok(Some(whole))
}

fn item(text: &str) -> Result<Item, String> {
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text).map_err(|error| {
            // Only where it stands: the message itself may repeat a number.
            format!(
                "this is not a JSON object with number and region as texts (column {})",
                error.column()
            )
        });
    }
    Ok(Item {
        number: Some(text.to_owned()),
        ..Item::default()
    })
}

fn skip_line(input: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let end = buffer.iter().position(|&byte| byte == b'\n');
        let used = end.map_or(buffer.len(), |end| end + 1);
        let done = end.is_some() || buffer.is_empty();
        input.consume(used);
        if done {
            return Ok(());
        }
    }
}

/// A progress bar on standard error, if that is a terminal and the output is
/// not on it.
fn progress(length: u64) -> ProgressBar {
    if !io::stderr().is_terminal() || io::stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = match length {
        0 => "{spinner} {msg}, {bytes} read",
        _ => "{wide_bar} {percent}% {msg}, {eta} left",
    };
    let style = ProgressStyle::with_template(template);
    let bar = ProgressBar::new(length);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
