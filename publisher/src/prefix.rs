//! International and national prefixes, matched as a backtracking regular
//! expression matches them, without one at run time.

use std::cell::RefCell;
use std::collections::BTreeSet;

use ringfence::number::layout;

use crate::Error;
use crate::function::Function;
use crate::pattern::{Instruction, Machine};

/// How a national prefix is taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Where the rest of the number starts.
    pub end: u8,
    /// Where the digits that are kept start.
    pub from: u8,
    /// Where they end.
    pub to: u8,
    /// Digits to put first.
    pub literal: Vec<u8>,
}

/// The actions of all territories, each once.
#[derive(Default)]
pub struct Actions(RefCell<Vec<Action>>);

impl Actions {
    /// The actions, in the order of their numbers.
    pub fn into_inner(self) -> Vec<Action> {
        self.0.into_inner()
    }

    /// The action's number, from 1; 0 for one that does nothing.
    fn number(&self, action: Action) -> u16 {
        if action.end == 0 && action.literal.is_empty() {
            return 0;
        }
        let mut actions = self.0.borrow_mut();
        let found = actions.iter().position(|other| *other == action);
        let index = found.unwrap_or_else(|| {
            actions.push(action);
            actions.len() - 1
        });
        index as u16 + 1
    }
}

/// The rule that a national prefix is replaced by: digits, then a group.
struct Rule {
    literal: Vec<u8>,
    group: usize,
}

impl Rule {
    fn parse(rule: &str) -> Result<Self, Error> {
        let unknown = || {
            Error::Metadata(format!(
                "the national prefix is replaced by {rule}; only digits and then one group are known"
            ))
        };
        let (literal, group) = rule.split_once('$').ok_or_else(unknown)?;
        let literal: Option<Vec<u8>> = literal
            .chars()
            .map(|digit| Some(digit.to_digit(10)? as u8))
            .collect();
        let literal = literal.filter(|literal| literal.len() <= layout::MAX_LITERAL);
        Ok(Self {
            literal: literal.ok_or_else(unknown)?,
            group: group
                .parse()
                .ok()
                .filter(|&group| group > 0)
                .ok_or_else(unknown)?,
        })
    }
}

/// From the end of a match and the positions its groups noted to an output.
type Output<'a> = Box<dyn Fn(u8, &[Option<u8>]) -> u16 + 'a>;

/// From what was dialled to what a prefix pattern makes of its start.
///
/// Matches as a backtracking engine does (the first alternative that matches
/// wins), by running all threads side by side in their order of preference.
pub struct Prefix<'a> {
    machine: Machine,
    start: usize,
    /// From the end of the match and the groups to the output.
    output: Output<'a>,
}

/// Where a thread stands, and the positions it noted.
type Thread = (usize, Vec<Option<u8>>);

/// What is known after some digits.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Running {
    threads: Vec<Thread>,
    /// The output of the best match so far.
    best: u16,
    read: u8,
}

impl<'a> Prefix<'a> {
    fn new(pattern: &str, output: impl Fn(u8, &[Option<u8>]) -> u16 + 'a) -> Result<Self, Error> {
        let mut machine = Machine::default();
        let start = machine.add(pattern, 0)?;
        Ok(Self {
            start,
            machine,
            output: Box::new(output),
        })
    }

    /// The output is the length of the prefix.
    ///
    /// # Errors
    /// [`Error::Metadata`] if the pattern cannot be compiled.
    pub fn international(pattern: &str) -> Result<Self, Error> {
        Self::new(pattern, |end, _| end.into())
    }

    /// The output is the number of the action to take.
    ///
    /// # Errors
    /// [`Error::Metadata`] if the pattern or the rule cannot be compiled.
    pub fn national(
        pattern: &str,
        rule: Option<&str>,
        actions: &'a Actions,
    ) -> Result<Self, Error> {
        let rule = rule.map(Rule::parse).transpose()?;
        Self::new(pattern, move |end, slots| {
            let group = |group: usize| {
                let from = slots.get(2 * group - 2).copied().flatten();
                from.zip(slots.get(2 * group - 1).copied().flatten())
            };
            let last = slots.len() / 2;
            let action = match &rule {
                // Only if the last group took part is anything replaced.
                Some(rule) if last > 0 && group(last).is_some() => {
                    let (from, to) = group(rule.group).unwrap_or((0, 0));
                    Action {
                        end,
                        from,
                        to,
                        literal: rule.literal.clone(),
                    }
                }
                _ => Action {
                    end,
                    from: 0,
                    to: 0,
                    literal: Vec::new(),
                },
            };
            actions.number(action)
        })
    }

    /// The threads that read a digit or match next, in order of preference.
    fn close(&self, running: &Running, at_end: bool) -> Vec<Thread> {
        let mut closed = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open: Vec<Thread> = running.threads.iter().rev().cloned().collect();
        while let Some((at, slots)) = open.pop() {
            if !seen.insert(at) {
                continue;
            }
            match self.machine.at(at) {
                Instruction::Split(places) => {
                    open.extend(places.iter().rev().map(|&place| (place, slots.clone())));
                }
                Instruction::Save(slot, next) => {
                    let mut slots = slots;
                    slots[*slot] = Some(running.read);
                    open.push((*next, slots));
                }
                Instruction::AtEnd(next) if at_end => open.push((*next, slots)),
                Instruction::AtEnd(_) => {}
                Instruction::Digit(..) | Instruction::Match(_) => closed.push((at, slots)),
            }
        }
        closed
    }
}

impl Function for Prefix<'_> {
    type State = Running;

    fn start(&self) -> Running {
        Running {
            threads: vec![(self.start, vec![None; 2 * self.machine.groups()])],
            best: 0,
            read: 0,
        }
    }

    fn constant(&self, running: &Running) -> Option<u16> {
        running.threads.is_empty().then_some(running.best)
    }

    fn end(&self, running: &Running) -> u16 {
        let matched = self.close(running, true).into_iter();
        let mut matched =
            matched.filter(|(at, _)| matches!(self.machine.at(*at), Instruction::Match(_)));
        match matched.next() {
            Some((_, slots)) => (self.output)(running.read, &slots),
            None => running.best,
        }
    }

    fn next(&self, running: &Running, digit: u8) -> Running {
        let mut next = Running {
            threads: Vec::new(),
            best: running.best,
            read: running.read + 1,
        };
        for (at, slots) in self.close(running, false) {
            match *self.machine.at(at) {
                // What is preferred less than a match does not run on.
                Instruction::Match(_) => {
                    next.best = (self.output)(running.read, &slots);
                    break;
                }
                Instruction::Digit(digits, to) if digits >> digit & 1 == 1 => {
                    next.threads.push((to, slots));
                }
                _ => {}
            }
        }
        next
    }
}
