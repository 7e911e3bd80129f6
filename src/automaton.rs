//! Functions from digit strings to small numbers, as one minimal automaton
//! read in place.
//!
//! A function is named by the address of its start state; many functions
//! share one array of 16-bit words, and equal states are stored once. A state
//! is addressed by the index of its first word. There are two kinds:
//!
//! * a **leaf** ends the walk: whatever digits follow, only their count
//!   matters. First word: bit 15 set; bit 14 set if any count fits; bits 0 to
//!   13: bit *k* set if a count of *k* fits. Second word: the output.
//! * a **branch** reads a digit. First word: bit 15 clear; bit 0 set if the
//!   function has an output for a string that ends here; bit *d* (1 to 9) set
//!   if digit *d* leads to another state than digit *d* - 1. Then the output,
//!   if there is one, then the address of the state for each run of digits.
//!
//! Word 0 and 1 are a leaf that no count fits, with output 0: the function
//! that is 0 everywhere.
//!
//! Leaves make the walk short: most numbers are told by their first five or
//! six digits, of the rest only the count is looked at.

use crate::database::format::PAGE;
use crate::database::{Fault, FaultKind, Section};

/// Bit of a state's first word that marks a leaf.
pub const LEAF: u16 = 1 << 15;
/// Bit of a leaf's first word: any count of digits fits.
pub const ANY_COUNT: u16 = 1 << 14;
/// How many digits a leaf can count at most, plus one.
pub const MAX_COUNT: usize = 14;
/// Bit of a branch's first word: a string may end here.
pub const ENDS: u16 = 1;
/// Address of the function that is 0 everywhere.
pub const NOTHING: u16 = 0;

/// What a function says of a string of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The output; 0 stands for none.
    pub output: u16,
    /// False if the walk ended in a leaf with a count of digits that does not
    /// fit: the output then is that of the strings that would have.
    pub fits: bool,
}

impl Outcome {
    /// The output if it fits, otherwise 0.
    #[inline]
    pub fn value(self) -> u16 {
        if self.fits { self.output } else { 0 }
    }
}

/// The words of an automaton inside a section.
#[derive(Clone, Copy, Debug)]
pub struct Automaton<'a> {
    section: Section<'a>,
    /// Where the words start in the section, in bytes.
    start: usize,
}

impl<'a> Automaton<'a> {
    /// The automaton whose words start at byte `start`, which is even, of
    /// `section`.
    #[inline]
    pub fn new(section: Section<'a>, start: usize) -> Self {
        debug_assert!(start.is_multiple_of(2));
        Self { section, start }
    }

    fn word(&self, index: usize) -> Result<u16, Fault> {
        self.section.u16(self.start + 2 * index)
    }

    /// Applies the function at `state` to `digits`, each 0 to 9.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged. Takes at most one step a digit,
    /// whatever the section holds.
    pub fn run(&self, state: u16, digits: &[u8]) -> Result<Outcome, Fault> {
        let mut words = Words {
            automaton: self,
            bytes: self.section.unchecked(),
            page: usize::MAX,
        };
        let mut state = usize::from(state);
        let mut left = digits.len();
        for &digit in digits {
            let head = words.get(state)?;
            if head & LEAF != 0 {
                return words.leaf(state, head, left);
            }
            // Which run of equal targets holds the digit.
            let changes = usize::from(head) & ((2 << (digit & 15)) - 2) & CHANGES;
            let run = usize::from(ONES[changes >> 1]);
            let skip = 1 + usize::from(head & ENDS);
            state = usize::from(words.get(state + skip + run)?);
            left -= 1;
        }
        let head = words.get(state)?;
        if head & LEAF != 0 {
            return words.leaf(state, head, 0);
        }
        let output = match head & ENDS {
            0 => 0,
            _ => words.get(state + 1)?,
        };
        Ok(Outcome { output, fits: true })
    }

    /// The state at an address.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged.
    pub fn step(&self, state: u16) -> Result<Step, Fault> {
        let state = usize::from(state);
        let head = self.word(state)?;
        if head & LEAF != 0 {
            let output = self.word(state + 1)?;
            return Ok(Step::Leaf { head, output });
        }
        let mut at = state + 1;
        let mut output = None;
        if head & ENDS != 0 {
            output = Some(self.word(at)?);
            at += 1;
        }
        let mut targets = [0; 10];
        for (digit, target) in targets.iter_mut().enumerate() {
            if digit > 0 && head >> digit & 1 == 1 {
                at += 1;
            }
            *target = self.word(at)?;
        }
        Ok(Step::Branch { output, targets })
    }

    /// Checks that the array of `words` words is a run of whole states whose
    /// targets are states that stand earlier in it, which rules out loops.
    /// `outputs` says whether an output has a meaning.
    ///
    /// # Errors
    /// A [`Fault`] of kind [`FaultKind::Content`] if not.
    pub(crate) fn verify(
        &self,
        words: usize,
        outputs: impl Fn(u16) -> bool,
    ) -> Result<States, Fault> {
        let content = self.section.fault(FaultKind::Content);
        let mut states = States(vec![0; words.div_ceil(64)]);
        let mut index = 0;
        while index < words {
            let head = self.word(index)?;
            let state = index;
            index += 1;
            if head & (LEAF | ENDS) != 0 {
                if !outputs(self.word(index)?) {
                    return Err(content);
                }
                index += 1;
            }
            if head & LEAF == 0 {
                if head >> 10 != 0 {
                    return Err(content);
                }
                for _ in 0..=(head & !ENDS).count_ones() {
                    if !states.contains(self.word(index)?) {
                        return Err(content);
                    }
                    index += 1;
                }
            }
            states.insert(state);
        }
        if index != words {
            return Err(content);
        }
        Ok(states)
    }
}

/// A state, for those who walk on their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A leaf: its first word and its output.
    Leaf {
        /// The first word.
        head: u16,
        /// The output.
        output: u16,
    },
    /// A branch: the output for a string that ends here, if there is one, and
    /// the state for each digit.
    Branch {
        /// The output.
        output: Option<u16>,
        /// The states.
        targets: [u16; 10],
    },
}

impl Step {
    /// Whether a leaf with this first word fits `left` digits more.
    pub fn fits(head: u16, left: usize) -> bool {
        head & ANY_COUNT != 0 || left < MAX_COUNT && head >> left & 1 == 1
    }
}

/// The bits of a branch's first word that mark changes.
const CHANGES: usize = 0x3FE;

/// How many bits are set, for each combination of a branch's nine: not every
/// processor counts bits as fast as it looks them up.
static ONES: [u8; 512] = {
    let mut ones = [0; 512];
    let mut bits = 1;
    while bits < 512 {
        ones[bits] = ones[bits >> 1] + (bits & 1) as u8;
        bits += 1;
    }
    ones
};

/// The words during one walk, most of which stays on one page.
struct Words<'w, 'a> {
    automaton: &'w Automaton<'a>,
    bytes: &'a [u8],
    /// The page of the section that was checked last.
    page: usize,
}

impl Words<'_, '_> {
    #[inline(always)]
    fn get(&mut self, index: usize) -> Result<u16, Fault> {
        let at = self.automaton.start + 2 * index;
        // Words start at even offsets, so none lies on two pages.
        if at / PAGE != self.page {
            self.automaton.section.ensure(at / PAGE)?;
            self.page = at / PAGE;
        }
        match self.bytes.get(at..).and_then(<[u8]>::first_chunk) {
            Some(bytes) => Ok(u16::from_le_bytes(*bytes)),
            None => Err(self.automaton.section.fault(FaultKind::Bounds)),
        }
    }

    #[inline(always)]
    fn leaf(&mut self, state: usize, head: u16, left: usize) -> Result<Outcome, Fault> {
        Ok(Outcome {
            output: self.get(state + 1)?,
            fits: Step::fits(head, left),
        })
    }
}

/// The set of addresses at which a state starts.
pub(crate) struct States(Vec<u64>);

impl States {
    fn insert(&mut self, state: usize) {
        if let Some(word) = self.0.get_mut(state / 64) {
            *word |= 1 << (state % 64);
        }
    }

    /// Whether a state starts at `address`.
    pub fn contains(&self, address: u16) -> bool {
        let state = usize::from(address);
        self.0
            .get(state / 64)
            .is_some_and(|word| word >> (state % 64) & 1 == 1)
    }
}
