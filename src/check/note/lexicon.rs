//! Words and phrases that show a concept, found in a note.

use std::ops::Range;

use super::hash::Hash;
use super::language::Language;
use super::words::Words;
use crate::database::{Database, Fault, FaultKind, Section, SectionId};

/// The layout of the section `lexicon2`.
///
/// All integers are little-endian. A phrase is known by the [`struct@Hash`] of its
/// folded words with a space between them; a phrase that ends in any letters
/// has a `*` at its end. A *slip* is a name without one of its letters, which
/// a name with one letter wrong shares.
///
/// | offset | content |
/// |---|---|
/// | 0 | u16: number of concepts |
/// | 2 | u16: longest phrase in words |
/// | 4 | u32: number of phrases |
/// | 8 | u32: number of slips |
/// | 12 | u32: length of the concepts' names in bytes |
/// | 16 | sets of languages, u16 each, one bit a language: 256 |
/// | then | for each first byte of a hash and for 256, u32: how many phrases have a smaller one |
/// | then | the same of the slips |
/// | then | the other three bytes of the phrases' hashes, as integers of 24 bits, in the order of the hashes |
/// | then | the same of the slips |
/// | then | meanings of the phrases, then of the slips, 2 bytes each: u8 concept, u8 set of languages |
/// | then | names of the concepts, each ended by a line feed |
///
/// The section `lexicon`, as publishers wrote it before, has the hashes of the
/// phrases and then those of the slips in place of the four after the sets,
/// u32 each, sorted.
pub mod layout {
    /// Offset of the sets of languages.
    pub const SETS: usize = 16;
    /// Number of the sets of languages.
    pub const MAX_SETS: usize = 256;
    /// Offset of what follows the sets.
    pub const PHRASES: usize = SETS + MAX_SETS * 2;
    /// How many first bytes a hash can have, and one more.
    pub const STARTS: usize = 257;
    /// Seed of a phrase's hash.
    pub const SEED: u8 = 1;
    /// Seed of a slip's hash.
    pub const SLIP_SEED: u8 = 2;
    /// Shortest stem, in letters.
    pub const MIN_STEM: usize = 3;
    /// Shortest name for which slips are known, in letters.
    pub const MIN_SLIP: usize = 6;
}

use layout::{MAX_SETS, MIN_SLIP, MIN_STEM, PHRASES, SEED, SETS, SLIP_SEED, STARTS};

/// A concept found in a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// The first word.
    pub first: u16,
    /// How many words.
    pub count: u16,
    /// The concept's number.
    pub concept: u8,
}

/// The hash of a phrase's single word with the letter `skip` left out.
pub fn slip_hash(word: &[u8], skip: usize) -> u32 {
    let letters = word.iter().enumerate().filter(|&(at, _)| at != skip);
    let hash = letters.fold(Hash::new(SLIP_SEED), |hash, (_, &byte)| hash.byte(byte));
    hash.finish()
}

/// Most concepts that one phrase shows.
const MAX_MEANINGS: usize = 8;
/// Longest word that is compared with names letter by letter.
const MAX_SLIP: usize = 24;

/// Sorted hashes, in place.
#[derive(Clone, Copy)]
enum Hashes<'a> {
    Whole(&'a [[u8; 4]]),
    /// Where those with each first byte start, and the rest of each.
    Split {
        starts: &'a [[u8; 4]],
        rest: &'a [[u8; 3]],
    },
}

impl Hashes<'_> {
    /// The places that have this hash.
    #[inline]
    fn places(self, hash: u32) -> Range<usize> {
        match self {
            Self::Whole(all) => equal(all, |bytes| u32::from_le_bytes(*bytes), hash),
            Self::Split { starts, rest } => {
                let first = (hash >> 24) as usize;
                let start = |first: usize| {
                    let start = starts.get(first);
                    start.map_or(0, |start| u32::from_le_bytes(*start) as usize)
                };
                let from = start(first);
                let own = rest.get(from..start(first + 1)).unwrap_or_default();
                let value = |&[a, b, c]: &[u8; 3]| u32::from_le_bytes([a, b, c, 0]);
                let places = equal(own, value, hash & 0xff_ffff);
                from + places.start..from + places.end
            }
        }
    }
}

/// Where sorted items have a value, [`MAX_MEANINGS`] of them at most.
#[inline]
fn equal<T>(all: &[T], value: impl Fn(&T) -> u32, wanted: u32) -> Range<usize> {
    let start = all.partition_point(|item| value(item) < wanted);
    let rest = all.get(start..).unwrap_or_default().iter();
    let same = rest.take_while(|item| value(item) == wanted);
    start..start + same.take(MAX_MEANINGS).count()
}

/// Hashes with their meanings, in place.
#[derive(Clone, Copy)]
struct Table<'a> {
    hashes: Hashes<'a>,
    meanings: &'a [[u8; 2]],
    sets: &'a [[u8; 2]],
}

impl<'a> Table<'a> {
    /// The meanings of a hash.
    #[inline]
    fn get(self, hash: u32) -> impl Iterator<Item = Meaning> + 'a {
        let meanings = self.meanings.get(self.hashes.places(hash));
        let meanings = meanings.unwrap_or_default().iter();
        meanings.map(move |&[concept, set]| Meaning {
            concept,
            languages: self
                .sets
                .get(usize::from(set))
                .map_or(0, |&set| u16::from_le_bytes(set)),
        })
    }
}

/// What a phrase shows, and in which languages.
#[derive(Clone, Copy)]
struct Meaning {
    concept: u8,
    languages: u16,
}

/// The lexicon of a database.
#[derive(Clone, Copy)]
pub struct Lexicon<'a> {
    concepts: u16,
    longest: usize,
    phrases: Table<'a>,
    slips: Table<'a>,
    names: &'a str,
}

impl Database {
    /// The lexicon.
    ///
    /// # Errors
    /// A [`Fault`] if the section is missing, damaged or contradicts itself.
    pub fn lexicon(&self) -> Result<Lexicon<'_>, Fault> {
        match self.section(SectionId::SPLIT_LEXICON) {
            Ok(section) => Lexicon::new(&section, true),
            Err(_) => Lexicon::new(&self.section(SectionId::LEXICON)?, false),
        }
    }
}

/// Matches before they are narrowed to one language.
#[derive(Clone, Copy)]
struct Candidate {
    found: Match,
    languages: u16,
}

impl<'a> Lexicon<'a> {
    fn new(section: &Section<'a>, split: bool) -> Result<Self, Fault> {
        let phrases = section.u32(4)? as usize;
        let slips = section.u32(8)? as usize;
        let names = section.u32(12)? as usize;
        // In bytes: of a hash, and of the starts of a table.
        let (each, starts) = if split { (3, STARTS * 4) } else { (4, 0) };
        let length = phrases
            .checked_add(slips)
            .and_then(|all| all.checked_mul(each + 2));
        let length =
            length.and_then(|arrays| arrays.checked_add(PHRASES + starts * 2)?.checked_add(names));
        if length != Some(section.len()) {
            return Err(section.fault(FaultKind::Content));
        }
        let sets = section.bytes(SETS, MAX_SETS * 2)?.as_chunks().0;
        let hashes = PHRASES + starts * 2;
        let meanings = hashes + (phrases + slips) * each;
        let table = |number: usize, before: usize, count: usize| -> Result<_, Fault> {
            let bytes = section.bytes(hashes + before * each, count * each)?;
            let own = meanings + before * 2;
            Ok(Table {
                hashes: match split {
                    true => Hashes::Split {
                        starts: section
                            .bytes(PHRASES + number * starts, starts)?
                            .as_chunks()
                            .0,
                        rest: bytes.as_chunks().0,
                    },
                    false => Hashes::Whole(bytes.as_chunks().0),
                },
                meanings: section.bytes(own, count * 2)?.as_chunks().0,
                sets,
            })
        };
        Ok(Self {
            concepts: section.u16(0)?,
            longest: usize::from(section.u16(2)?).clamp(1, 8),
            phrases: table(0, 0, phrases)?,
            slips: table(1, phrases, slips)?,
            names: section.text(meanings + (phrases + slips) * 2, names)?,
        })
    }

    /// How many concepts there are.
    pub fn concepts(&self) -> usize {
        self.concepts.into()
    }

    /// A concept's name, empty if there is no such concept.
    pub fn name(&self, concept: u8) -> &'a str {
        self.names.lines().nth(concept.into()).unwrap_or_default()
    }

    /// The number of the concept of that name.
    pub fn concept(&self, name: &str) -> Option<u8> {
        let place = self.names.lines().position(|other| other == name)?;
        u8::try_from(place).ok()
    }

    /// Finds the concepts of a note in the language given or found; `home`
    /// breaks ties. English always counts too, for its words are used in all.
    pub fn read(
        &self,
        words: &Words,
        language: Option<Language>,
        home: Language,
    ) -> (Language, Vec<Match>) {
        let candidates = self.candidates(words);
        let language = language.unwrap_or_else(|| detect(words, &candidates, home));
        // Short English words mean something else elsewhere: Polish "i",
        // Portuguese "no".
        let english = |at: &Match| at.count > 1 || words.text(at.first.into()).len() > 3;
        let mut found: Vec<Match> = candidates
            .into_iter()
            .filter(|candidate| {
                candidate.languages & 1 << language as u16 != 0
                    || candidate.languages & 1 != 0 && english(&candidate.found)
            })
            .map(|candidate| candidate.found)
            .collect();
        // A word inside a longer phrase of its own adds nothing: "card" in
        // "gift card".
        found.sort_by_key(|at| (at.first, u16::MAX - at.count, at.concept));
        found.dedup();
        let mut inner = vec![false; words.len()];
        for at in found.iter().filter(|at| at.count > 1) {
            let first = usize::from(at.first);
            let covered = inner.get_mut(first..first + usize::from(at.count));
            covered.unwrap_or_default().fill(true);
        }
        found.retain(|at| at.count > 1 || inner.get(usize::from(at.first)) == Some(&false));
        (language, found)
    }

    /// Every phrase of the lexicon that stands in the note, in any language.
    fn candidates(&self, words: &Words) -> Vec<Candidate> {
        let mut found = Vec::new();
        for first in 0..words.len() {
            let mut hash = Hash::new(SEED);
            let mut joined = Hash::new(SEED);
            for count in 1..=self.longest.min(words.len() - first) {
                let text = words.text(first + count - 1);
                if count > 1 {
                    hash = hash.byte(b' ');
                }
                let mut keep = |meaning: Meaning| {
                    found.push(Candidate {
                        found: Match {
                            first: first as u16,
                            count: count as u16,
                            concept: meaning.concept,
                        },
                        languages: meaning.languages,
                    });
                };
                for (at, &byte) in text.iter().enumerate() {
                    if at >= MIN_STEM {
                        self.phrases
                            .get(hash.byte(b'*').finish())
                            .for_each(&mut keep);
                    }
                    hash = hash.byte(byte);
                }
                if text.len() >= MIN_STEM {
                    self.phrases
                        .get(hash.byte(b'*').finish())
                        .for_each(&mut keep);
                }
                self.phrases.get(hash.finish()).for_each(&mut keep);
                // "team viewer" for "teamviewer".
                joined = joined.bytes(text);
                if count == 2 {
                    self.phrases.get(joined.finish()).for_each(&mut keep);
                }
                if count == 1 && (MIN_SLIP - 1..=MAX_SLIP).contains(&text.len()) {
                    self.slips(text, &mut keep);
                }
            }
        }
        found
    }

    /// Names that differ from the word in one letter, or by a digit that
    /// stands for a letter.
    fn slips(&self, word: &[u8], keep: &mut impl FnMut(Meaning)) {
        let whole = slip_hash(word, usize::MAX);
        self.slips.get(whole).for_each(&mut *keep);
        for skip in 0..word.len() {
            self.slips.get(slip_hash(word, skip)).for_each(&mut *keep);
        }
    }
}

/// The language whose words the note has most of.
fn detect(words: &Words, candidates: &[Candidate], home: Language) -> Language {
    let mut score = [0.0_f32; Language::ALL.len()];
    for candidate in candidates {
        let number = candidate.languages.count_ones();
        if number as usize >= Language::ALL.len() {
            continue;
        }
        let first = candidate.found.first.into();
        let letters: usize = (first..first + usize::from(candidate.found.count))
            .map(|index| words.text(index).len())
            .sum();
        let weight = (letters as f32).sqrt() / number as f32;
        for (index, score) in score.iter_mut().enumerate() {
            if candidate.languages & 1 << index != 0 {
                *score += weight;
            }
        }
    }
    score[home as usize] += 0.5;
    let mut best = home;
    for language in Language::ALL {
        if score[language as usize] > score[best as usize] {
            best = language;
        }
    }
    best
}
