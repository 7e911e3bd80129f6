//! Which of several patterns a string matches as a whole: the base of all
//! functions that need no captures.

use std::collections::BTreeSet;

use crate::Error;
use crate::function::Function;
use crate::pattern::{Instruction, Machine};

/// A set of places in a machine that read digits or match, sorted.
pub type Places = Vec<usize>;

/// Several patterns in one machine.
pub struct Languages {
    machine: Machine,
    starts: Vec<usize>,
}

impl Languages {
    /// Patterns, labelled by their place in the list.
    ///
    /// # Errors
    /// As [`Machine::add`].
    pub fn new(patterns: &[&str]) -> Result<Self, Error> {
        let mut machine = Machine::default();
        let starts = patterns.iter().enumerate();
        let starts = starts.map(|(label, pattern)| machine.add(pattern, label as u32));
        Ok(Self {
            starts: starts.collect::<Result<_, _>>()?,
            machine,
        })
    }

    /// The places before any digit.
    pub fn first(&self) -> Places {
        self.close(self.starts.clone())
    }

    /// The places after a digit.
    pub fn step(&self, places: &[usize], digit: u8) -> Places {
        let next = places.iter().filter_map(|&at| match *self.machine.at(at) {
            Instruction::Digit(digits, next) if digits >> digit & 1 == 1 => Some(next),
            _ => None,
        });
        self.close(next.collect())
    }

    /// The labels of the patterns that match what was read.
    pub fn matched(&self, places: &[usize]) -> impl Iterator<Item = u32> {
        places.iter().filter_map(|&at| match *self.machine.at(at) {
            Instruction::Match(label) => Some(label),
            _ => None,
        })
    }

    fn close(&self, mut open: Vec<usize>) -> Places {
        let mut closed = BTreeSet::new();
        let mut seen = BTreeSet::new();
        while let Some(at) = open.pop() {
            if !seen.insert(at) {
                continue;
            }
            match self.machine.at(at) {
                Instruction::Split(places) => open.extend(places),
                Instruction::Save(_, next) => open.push(*next),
                // Only whole strings are matched here, so where an end is
                // asked for, a match follows or nothing does.
                Instruction::AtEnd(next) => open.push(*next),
                Instruction::Digit(..) | Instruction::Match(_) => {
                    closed.insert(at);
                }
            }
        }
        closed.into_iter().collect()
    }
}

/// Whether a number matches the one pattern.
impl Function for Languages {
    type State = Places;

    fn start(&self) -> Places {
        self.first()
    }

    fn constant(&self, places: &Places) -> Option<u16> {
        places.is_empty().then_some(0)
    }

    fn end(&self, places: &Places) -> u16 {
        u16::from(self.matched(places).next().is_some())
    }

    fn next(&self, places: &Places, digit: u8) -> Places {
        self.step(places, digit)
    }
}
