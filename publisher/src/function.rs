//! Functions from digit strings to small numbers, compiled into one minimal
//! automaton.
//!
//! The form read at run time is documented in [`ringfence::automaton`]. The
//! builder walks a function's states from the start, turns each into a node
//! after its successors and keeps one node for all that say the same, so the
//! result is minimal and its order depends on nothing but the functions.

use std::collections::HashMap;
use std::hash::Hash;

use ringfence::automaton::{ANY_COUNT, ENDS, LEAF, MAX_COUNT};

use crate::Error;

/// A function to compile, as a machine with finitely many states and no
/// loops.
pub trait Function {
    /// A state: what is known after some digits.
    type State: Clone + Eq + Hash;

    /// The state before any digit.
    fn start(&self) -> Self::State;

    /// The output for every string that goes on from here, if that is the
    /// same for all.
    fn constant(&self, state: &Self::State) -> Option<u16>;

    /// The output for the string that ends here; 0 for none.
    fn end(&self, state: &Self::State) -> u16;

    /// The state after a digit, 0 to 9.
    fn next(&self, state: &Self::State, digit: u8) -> Self::State;

    /// How the reader takes the output of a leaf when the count of digits
    /// that are left does not fit.
    fn miss(&self, _output: u16) -> u16 {
        0
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Node {
    Leaf { any: bool, counts: u16, output: u16 },
    Branch { end: u16, next: [u32; 10] },
}

const NOTHING: Node = Node::Leaf {
    any: false,
    counts: 0,
    output: 0,
};

/// Collects functions and writes the automaton.
pub struct Builder {
    /// Successors come before the nodes that lead to them.
    nodes: Vec<Node>,
    numbers: HashMap<Node, u32>,
    roots: Vec<u32>,
}

/// A function in a [`Builder`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Root(u32);

impl Root {
    /// The function that is 0 everywhere.
    pub const NOTHING: Self = Self(0);
}

/// A written automaton.
pub struct Written {
    /// The words.
    pub words: Vec<u16>,
    addresses: Vec<u16>,
}

impl Written {
    /// The address of a function's start state.
    pub fn address(&self, root: Root) -> u16 {
        self.addresses[root.0 as usize]
    }
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            nodes: vec![NOTHING],
            numbers: HashMap::from([(NOTHING, 0)]),
            roots: vec![0],
        }
    }
}

impl Builder {
    /// Adds a function.
    pub fn add<F: Function>(&mut self, function: &F) -> Root {
        let mut seen = HashMap::new();
        let root = self.visit(function, function.start(), &mut seen);
        self.roots.push(root);
        Root(root)
    }

    fn visit<F: Function>(
        &mut self,
        function: &F,
        state: F::State,
        seen: &mut HashMap<F::State, u32>,
    ) -> u32 {
        if let Some(output) = function.constant(&state) {
            return self.number(match output {
                0 => NOTHING,
                _ => Node::Leaf {
                    any: true,
                    counts: 0,
                    output,
                },
            });
        }
        if let Some(&number) = seen.get(&state) {
            return number;
        }
        let mut next = [0; 10];
        for (digit, number) in next.iter_mut().enumerate() {
            *number = self.visit(function, function.next(&state, digit as u8), seen);
        }
        let end = function.end(&state);
        let node = self
            .leaf(function, end, &next)
            .unwrap_or(Node::Branch { end, next });
        let number = self.number(node);
        seen.insert(state, number);
        number
    }

    /// The leaf that says the same as a branch, if only the count of the
    /// digits that follow matters.
    fn leaf<F: Function>(&self, function: &F, end: u16, next: &[u32; 10]) -> Option<Node> {
        let child = next[0];
        if next.iter().any(|&other| other != child) {
            return None;
        }
        let ends_here = Node::Leaf {
            any: false,
            counts: 1,
            output: end,
        };
        match self.nodes[child as usize] {
            NOTHING if end == 0 => Some(NOTHING),
            NOTHING => (function.miss(end) == 0).then_some(ends_here),
            leaf @ Node::Leaf {
                any: true, output, ..
            } => {
                if end == output {
                    Some(leaf)
                } else {
                    (end != 0 && function.miss(end) == output).then_some(ends_here)
                }
            }
            Node::Leaf { counts, output, .. } => {
                let fits = counts >> (MAX_COUNT - 1) == 0;
                let counts = counts << 1 | u16::from(end == output);
                let same = end == output || end == function.miss(output);
                (fits && same).then_some(Node::Leaf {
                    any: false,
                    counts,
                    output,
                })
            }
            Node::Branch { .. } => None,
        }
    }

    fn number(&mut self, node: Node) -> u32 {
        *self.numbers.entry(node).or_insert_with(|| {
            self.nodes.push(node);
            self.nodes.len() as u32 - 1
        })
    }

    /// The digits, as bits, with which a string can start that the function
    /// does not map to 0.
    pub fn first_digits(&self, root: Root) -> u16 {
        match self.nodes[root.0 as usize] {
            NOTHING => 0,
            Node::Leaf { .. } => 0x3FF,
            Node::Branch { next, .. } => (0..10)
                .filter(|&digit| next[digit] != Root::NOTHING.0)
                .fold(0, |bits, digit| bits | 1 << digit),
        }
    }

    /// Which nodes a walk can come to; leaves that went into wider leaves are
    /// none of them.
    fn reached(&self) -> Vec<bool> {
        let mut reached = vec![false; self.nodes.len()];
        for &root in &self.roots {
            reached[root as usize] = true;
        }
        for (number, node) in self.nodes.iter().enumerate().rev() {
            if let (true, Node::Branch { next, .. }) = (reached[number], node) {
                for &number in next {
                    reached[number as usize] = true;
                }
            }
        }
        reached
    }

    /// Writes the automaton.
    ///
    /// # Errors
    /// [`Error::TooLarge`] if it has more words than 16 bits can address.
    pub fn write(&self) -> Result<Written, Error> {
        let mut words: Vec<u16> = Vec::new();
        let mut addresses = Vec::with_capacity(self.nodes.len());
        let too_large = Error::TooLarge("an automaton");
        for (node, reached) in self.nodes.iter().zip(self.reached()) {
            let Ok(address) = u16::try_from(words.len()) else {
                return Err(too_large);
            };
            addresses.push(address);
            if !reached {
                continue;
            }
            match *node {
                Node::Leaf {
                    any,
                    counts,
                    output,
                } => {
                    let any = if any { ANY_COUNT } else { 0 };
                    words.extend([LEAF | any | counts, output]);
                }
                Node::Branch { end, next } => {
                    let changes = (1..10)
                        .filter(|&digit| next[digit] != next[digit - 1])
                        .fold(0, |bits, digit| bits | 1 << digit);
                    let ends = if end == 0 { 0 } else { ENDS };
                    words.push(changes | ends);
                    words.extend((end != 0).then_some(end));
                    // Successors were numbered before this state.
                    let mut targets = next.map(|number| addresses[number as usize]).to_vec();
                    targets.dedup();
                    words.extend(targets);
                }
            }
        }
        if words.len() > 1 << 16 {
            return Err(too_large);
        }
        Ok(Written { words, addresses })
    }
}
