//! Regular expressions over digits as nondeterministic machines.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

use crate::Error;

/// One instruction of a machine.
#[derive(Clone, Debug)]
pub enum Instruction {
    /// Reads one of the digits whose bits are set, then goes on.
    Digit(u16, usize),
    /// Goes on at each place, the first preferred.
    Split(Vec<usize>),
    /// Notes the position in a slot, then goes on.
    Save(usize, usize),
    /// Goes on only at the end of the input.
    AtEnd(usize),
    /// A match of the pattern with this label.
    Match(u32),
}

/// A machine that holds one or more patterns.
///
/// Patterns are finite: an unbounded repetition is refused. That holds for
/// all of libphonenumber's metadata, and is what makes one acyclic automaton
/// possible.
#[derive(Clone, Debug, Default)]
pub struct Machine {
    instructions: Vec<Instruction>,
    groups: usize,
}

impl Machine {
    /// Adds a pattern, anchored at the start, and returns where it starts.
    ///
    /// # Errors
    /// [`Error::Metadata`] if it does not parse, reads something else than
    /// ASCII digits, or repeats without bound.
    pub fn add(&mut self, pattern: &str, label: u32) -> Result<usize, Error> {
        let refuse = |reason: String| Error::Metadata(format!("pattern {pattern}: {reason}"));
        let hir = ParserBuilder::new()
            .unicode(false)
            .utf8(false)
            .ignore_whitespace(true)
            .build()
            .parse(pattern)
            .map_err(|error| refuse(error.to_string()))?;
        self.groups = self.groups.max(hir.properties().explicit_captures_len());
        let end = self.push(Instruction::Match(label));
        self.compile(&hir, end)
            .map_err(|reason| refuse(reason.to_owned()))
    }

    /// The most capture groups a pattern has; each takes two slots.
    pub fn groups(&self) -> usize {
        self.groups
    }

    /// The instruction at `at`.
    pub fn at(&self, at: usize) -> &Instruction {
        &self.instructions[at]
    }

    fn push(&mut self, instruction: Instruction) -> usize {
        self.instructions.push(instruction);
        self.instructions.len() - 1
    }

    /// Compiles `hir` so that it goes on at `next`; returns where it starts.
    fn compile(&mut self, hir: &Hir, next: usize) -> Result<usize, &'static str> {
        match hir.kind() {
            HirKind::Empty => Ok(next),
            HirKind::Literal(literal) => literal.0.iter().rev().try_fold(next, |next, &byte| {
                let digits = digits_between(byte, byte).ok_or("it reads a non-digit")?;
                Ok(self.push(Instruction::Digit(digits, next)))
            }),
            HirKind::Class(class) => {
                let mut digits = 0;
                let mut add = |from: u32, to: u32| {
                    let range = u8::try_from(from).ok().zip(u8::try_from(to).ok());
                    digits |= range.and_then(|(from, to)| digits_between(from, to))?;
                    Some(())
                };
                let done = match class {
                    Class::Bytes(class) => class
                        .iter()
                        .try_for_each(|range| add(range.start().into(), range.end().into())),
                    Class::Unicode(class) => class
                        .iter()
                        .try_for_each(|range| add(range.start().into(), range.end().into())),
                };
                done.ok_or("it reads a non-digit")?;
                Ok(self.push(Instruction::Digit(digits, next)))
            }
            HirKind::Look(Look::End) => Ok(self.push(Instruction::AtEnd(next))),
            HirKind::Look(_) => Err("it looks at something else than the end"),
            HirKind::Repetition(repetition) => {
                let max = repetition.max.ok_or("it repeats without bound")?;
                if !repetition.greedy {
                    return Err("it repeats lazily");
                }
                let mut start = next;
                for _ in repetition.min..max {
                    let once = self.compile(&repetition.sub, start)?;
                    start = self.push(Instruction::Split(vec![once, next]));
                }
                for _ in 0..repetition.min {
                    start = self.compile(&repetition.sub, start)?;
                }
                Ok(start)
            }
            HirKind::Capture(capture) => {
                let slot = 2 * (capture.index as usize - 1);
                let end = self.push(Instruction::Save(slot + 1, next));
                let start = self.compile(&capture.sub, end)?;
                Ok(self.push(Instruction::Save(slot, start)))
            }
            HirKind::Concat(parts) => parts
                .iter()
                .rev()
                .try_fold(next, |next, part| self.compile(part, next)),
            HirKind::Alternation(branches) => {
                let starts: Result<Vec<_>, _> = branches
                    .iter()
                    .map(|branch| self.compile(branch, next))
                    .collect();
                Ok(self.push(Instruction::Split(starts?)))
            }
        }
    }
}

/// The bits of the digits between two ASCII bytes; `None` if one of the bytes
/// between is no digit.
fn digits_between(from: u8, to: u8) -> Option<u16> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
    let (from, to) = (digit(from)?, digit(to)?);
    Some((from..=to).fold(0, |bits, digit| bits | 1 << digit))
}
