//! The features of a note: what the model has weights for.

use super::hash::Hash;
use super::language::Language;
use super::lexicon::{Lexicon, Match};
use super::words::Words;

/// A kind of feature. Each is normalised by itself, so that none drowns
/// another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Block {
    /// Words and pairs of neighbouring words.
    Words = 0,
    /// Three to five letters in a row within a word.
    Letters = 1,
    /// Concepts, and pairs of them: in one clause, in order, in the note.
    Concepts = 2,
}

impl Block {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Words, Self::Letters, Self::Concepts];

    /// How many buckets its features are hashed into.
    pub const fn buckets(self) -> usize {
        match self {
            Self::Words | Self::Letters => 1 << 15,
            Self::Concepts => 1 << 14,
        }
    }

    /// The first bucket of the block among all.
    pub const fn start(self) -> usize {
        match self {
            Self::Words => 0,
            Self::Letters => 1 << 15,
            Self::Concepts => 1 << 16,
        }
    }
}

/// The number of buckets of all blocks.
pub const BUCKETS: usize = Block::Concepts.start() + Block::Concepts.buckets();

/// Two concepts of one clause make a pair if they are at most this many words
/// apart.
const REACH: u16 = 8;
/// At most this many matches are paired, which bounds the work.
const MAX_MATCHES: usize = 256;

/// A feature that a note has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its bucket among all of all blocks.
    pub bucket: u32,
    /// The words that show it: the first, and the last.
    pub words: (u16, u16),
}

/// The features of a note, each once, in the order of their blocks.
#[derive(Clone, Debug)]
pub struct Features {
    features: Vec<Feature>,
    counts: [usize; 3],
    /// The concepts in the note, in their order.
    pub matches: Vec<Match>,
    /// Whether each word is one that the lexicon knows.
    pub known: Vec<bool>,
    /// The language the note was read in.
    pub language: Language,
}

impl Features {
    /// The features of a note.
    pub fn new(
        words: &Words,
        lexicon: &Lexicon<'_>,
        language: Option<Language>,
        home: Language,
    ) -> Self {
        let (language, mut matches) = lexicon.read(words, language, home);
        let mut known = vec![false; words.len()];
        for at in &matches {
            let first = usize::from(at.first);
            let covered = known.get_mut(first..first + usize::from(at.count));
            covered.unwrap_or_default().fill(true);
        }
        // Words that only tell the language.
        let common = lexicon.concept("common");
        matches.retain(|at| Some(at.concept) != common);
        let mut collector = Collector::new();
        collector.words(words);
        let words_end = collector.features.len();
        collector.letters(words);
        let letters_end = collector.features.len();
        collector.concepts(words, &matches, lexicon.concept("clause"));
        let end = collector.features.len();
        Self {
            features: collector.features,
            counts: [words_end, letters_end - words_end, end - letters_end],
            matches,
            known,
            language,
        }
    }

    /// All features with the block each belongs to.
    pub fn iter(&self) -> impl Iterator<Item = (Block, Feature)> + '_ {
        let mut rest = self.features.as_slice();
        Block::ALL.into_iter().flat_map(move |block| {
            let (these, others) = rest.split_at(self.counts[block as usize]);
            rest = others;
            these.iter().map(move |&feature| (block, feature))
        })
    }

    /// The value that every feature of a block has: one over the square root
    /// of their number, so that the block's length is 1.
    pub fn value(&self, block: Block) -> f32 {
        match self.counts[block as usize] {
            0 => 0.0,
            count => 1.0 / (count as f32).sqrt(),
        }
    }
}

/// Gathers features, each once.
struct Collector {
    features: Vec<Feature>,
    seen: Vec<u64>,
}

impl Collector {
    fn new() -> Self {
        Self {
            features: Vec::with_capacity(1024),
            seen: vec![0; BUCKETS.div_ceil(64)],
        }
    }

    fn add(&mut self, block: Block, hash: Hash, first: usize, last: usize) {
        let bucket = block.start() + hash.finish() as usize % block.buckets();
        let (place, bit) = (bucket / 64, 1 << (bucket % 64));
        if self.seen[place] & bit == 0 {
            self.seen[place] |= bit;
            self.features.push(Feature {
                bucket: bucket as u32,
                words: (first as u16, last as u16),
            });
        }
    }

    /// Words and pairs of neighbours, all digits alike.
    fn words(&mut self, words: &Words) {
        let mut before: Option<Hash> = None;
        for index in 0..words.len() {
            let digits_alike = |hash: Hash| {
                words.text(index).iter().fold(hash, |hash, &byte| {
                    hash.byte(if byte.is_ascii_digit() { b'0' } else { byte })
                })
            };
            let word = digits_alike(Hash::new(3));
            self.add(Block::Words, word, index, index);
            if let Some(before) = before {
                self.add(
                    Block::Words,
                    digits_alike(before.byte(b' ')),
                    index - 1,
                    index,
                );
            }
            before = Some(word);
        }
    }

    /// Runs of three to five letters, with the word's ends marked.
    fn letters(&mut self, words: &Words) {
        let mut text = Vec::with_capacity(40);
        for index in 0..words.len() {
            text.clear();
            text.push(b'<');
            text.extend(
                words.text(index).iter().map(
                    |&byte| {
                        if byte.is_ascii_digit() { b'0' } else { byte }
                    },
                ),
            );
            text.push(b'>');
            for length in 3..=5 {
                for run in text.windows(length) {
                    self.add(Block::Letters, Hash::new(4).bytes(run), index, index);
                }
            }
        }
    }

    /// Concepts, concepts in order within a clause, concepts one after the
    /// other, and concepts anywhere in the note.
    fn concepts(&mut self, words: &Words, matches: &[Match], clause: Option<u8>) {
        let matches = &matches[..matches.len().min(MAX_MATCHES)];
        let ends = |at: &Match| (at.first.into(), usize::from(at.first + at.count) - 1);
        for at in matches {
            let (first, last) = ends(at);
            self.add(Block::Concepts, Hash::new(5).byte(at.concept), first, last);
        }
        for (index, a) in matches.iter().enumerate() {
            for b in &matches[index + 1..] {
                if b.first - a.first > REACH || Some(b.concept) == clause {
                    break;
                }
                if b.first > a.first && words.clause(a.first.into()) == words.clause(b.first.into())
                {
                    let pair = Hash::new(6).byte(a.concept).byte(b.concept);
                    self.add(Block::Concepts, pair, ends(a).0, ends(b).1);
                }
            }
        }
        for pair in matches.windows(2) {
            let next = Hash::new(7).byte(pair[0].concept).byte(pair[1].concept);
            self.add(Block::Concepts, next, ends(&pair[0]).0, ends(&pair[1]).1);
        }
        let mut kinds: Vec<Match> = matches.to_vec();
        kinds.sort_by_key(|at| (at.concept, at.first));
        kinds.dedup_by_key(|at| at.concept);
        for (index, a) in kinds.iter().enumerate() {
            for b in &kinds[index + 1..] {
                let both = Hash::new(8).byte(a.concept).byte(b.concept);
                // Two places may lie far apart: the later one shows the pair.
                let (first, last) = ends(if a.first > b.first { a } else { b });
                self.add(Block::Concepts, both, first, last);
            }
        }
        if let (Some(first), Some(last)) = (matches.first(), matches.last()) {
            let (from, to) = ends(first);
            self.add(Block::Concepts, Hash::new(9).byte(first.concept), from, to);
            let (from, to) = ends(last);
            self.add(Block::Concepts, Hash::new(10).byte(last.concept), from, to);
        }
    }
}
