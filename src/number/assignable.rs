//! How many numbers the plan has under a prefix.

use std::collections::HashMap;

use super::plan::layout::KIND_MASK;
use super::{Kind, Plan};
use crate::automaton::Step;
use crate::database::Fault;

/// Most digits of a key.
const MAX_KEY_DIGITS: usize = 15;

/// A block of numbers as the plan sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assignable {
    /// The calling code that the numbers begin with.
    pub calling_code: u16,
    /// How many of them are valid.
    pub numbers: u64,
}

impl Plan<'_> {
    /// How many valid numbers begin with the digits of `prefix` and have
    /// `open` digits more, 0 to 14. `None` if `prefix` does not begin with a
    /// calling code, or the numbers would be longer than a key (15 digits).
    ///
    /// Not for the path of a call: it allocates.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged.
    pub fn assignable(&self, prefix: u64, open: usize) -> Result<Option<Assignable>, Fault> {
        let mut digits = [0; 20];
        let mut start = digits.len();
        let mut rest = prefix;
        while rest > 0 {
            start -= 1;
            digits[start] = (rest % 10) as u8;
            rest /= 10;
        }
        let digits = &digits[start..];
        if digits.len() + open > MAX_KEY_DIGITS {
            return Ok(None);
        }
        // No calling code begins with another.
        let mut calling_code = 0;
        for (index, &digit) in digits.iter().take(3).enumerate() {
            calling_code = calling_code * 10 + u16::from(digit);
            if let Some(code) = self.calling_code(calling_code)? {
                let national = digits.get(index + 1..).unwrap_or_default();
                let start = code.classification();
                let numbers = self.valid(start, national, open)?;
                return Ok(Some(Assignable {
                    calling_code,
                    numbers,
                }));
            }
        }
        Ok(None)
    }

    /// How many valid numbers of at most 15 digits have the calling code; 0 if
    /// nobody has it.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged.
    pub fn assignable_in(&self, calling_code: u16) -> Result<u64, Fault> {
        let mut sum = 0_u64;
        for open in 1..MAX_KEY_DIGITS {
            let found = self.assignable(calling_code.into(), open)?;
            sum = sum.saturating_add(found.map_or(0, |found| found.numbers));
        }
        Ok(sum)
    }

    fn valid(&self, start: u16, national: &[u8], open: usize) -> Result<u64, Fault> {
        let automaton = self.automaton();
        let valid = |output: u16| output & KIND_MASK != Kind::Unknown as u16;
        let leaf = |head, output, left| {
            u64::from(Step::fits(head, left) && valid(output)) * 10_u64.pow(open as u32)
        };
        let mut state = start;
        for (index, &digit) in national.iter().enumerate() {
            match automaton.step(state)? {
                Step::Leaf { head, output } => {
                    return Ok(leaf(head, output, national.len() - index + open));
                }
                Step::Branch { targets, .. } => state = targets[usize::from(digit.min(9))],
            }
        }
        // How many strings lead from a state to each state, digit by digit.
        let mut states = HashMap::from([(state, 1_u64)]);
        let mut sum = 0_u64;
        for left in (0..=open).rev() {
            let mut next: HashMap<u16, u64> = HashMap::new();
            for (&state, &strings) in &states {
                let found = match automaton.step(state)? {
                    Step::Leaf { head, output } => {
                        u64::from(Step::fits(head, left) && valid(output))
                            .saturating_mul(10_u64.pow(left as u32))
                    }
                    Step::Branch { output, .. } if left == 0 => {
                        u64::from(output.is_some_and(valid))
                    }
                    Step::Branch { targets, .. } => {
                        for target in targets {
                            let count = next.entry(target).or_default();
                            *count = count.saturating_add(strings);
                        }
                        0
                    }
                };
                sum = sum.saturating_add(strings.saturating_mul(found));
            }
            states = next;
        }
        Ok(sum)
    }
}
