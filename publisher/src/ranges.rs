//! The section `ranges`: number ranges, words for categories and emergency
//! numbers.
//!
//! Written in the layout of [`ringfence::screening::layout`].

use ringfence::screening::{Certainty, layout};

use crate::Error;
use crate::facts::{Facts, Range};
use crate::function::{Builder, Function};
use crate::languages::Languages;

/// Writes the section.
///
/// # Errors
/// [`Error::TooLarge`] if the facts outgrow the format.
pub fn write(facts: &Facts) -> Result<Vec<u8>, Error> {
    let mut builder = Builder::default();
    let root = builder.add(&Narrowest::new(&facts.ranges)?);
    let emergency = &facts.emergency;
    let always = builder.add(&one_of(&emergency.always)?);
    let mut regions = Vec::new();
    for (region, numbers) in &emergency.regions {
        regions.push((region, builder.add(&one_of(numbers)?)));
    }
    let automaton = builder.write()?;

    let mut strings = Strings::default();
    let count = u16::try_from(facts.ranges.len());
    let count = count.map_err(|_| Error::TooLarge("the table of ranges"))?;
    let mut bytes = Vec::new();
    for field in [
        count,
        regions.len() as u16,
        automaton.address(root),
        automaton.address(always),
    ] {
        bytes.extend(field.to_le_bytes());
    }
    bytes.extend((automaton.words.len() as u32).to_le_bytes());
    let strings_length = bytes.len();
    bytes.extend([0; 4]);
    bytes.extend((facts.words.len() as u16).to_le_bytes());
    bytes.extend([0; 2]);
    debug_assert_eq!(bytes.len(), layout::RANGES);
    for range in &facts.ranges {
        let certainty = match range.certainty {
            Certainty::Likely => 0,
            Certainty::Certain => 1,
        };
        bytes.extend([range.category as u8, certainty]);
        bytes.extend(padded::<6>(range.region.as_str()));
        let date = range.date;
        let packed =
            u32::from(date.year) * 10_000 + u32::from(date.month) * 100 + u32::from(date.day);
        bytes.extend(packed.to_le_bytes());
        for text in [&range.id, &range.text, &range.source, &range.url] {
            bytes.extend(strings.add(text)?);
        }
    }
    for (title, advice) in &facts.words {
        bytes.extend(strings.add(title)?);
        bytes.extend(strings.add(advice)?);
    }
    for (region, root) in regions {
        bytes.extend(padded::<4>(region.as_str()));
        bytes.extend(automaton.address(root).to_le_bytes());
        bytes.extend([0; 2]);
    }
    bytes.extend(automaton.words.iter().flat_map(|word| word.to_le_bytes()));
    bytes[strings_length..][..4].copy_from_slice(&(strings.0.len() as u32).to_le_bytes());
    bytes.extend(strings.0.into_bytes());
    Ok(bytes)
}

/// Bytes of a short text, padded with zeros.
fn padded<const N: usize>(text: &str) -> [u8; N] {
    let mut bytes = [0; N];
    bytes[..text.len()].copy_from_slice(text.as_bytes());
    bytes
}

/// All texts, each once.
#[derive(Default)]
struct Strings(String);

impl Strings {
    /// The offset and length of a text.
    fn add(&mut self, text: &str) -> Result<[u8; 6], Error> {
        let length = u16::try_from(text.len()).map_err(|_| Error::TooLarge("a text"))?;
        let offset = self.0.find(text).unwrap_or_else(|| {
            self.0.push_str(text);
            self.0.len() - text.len()
        });
        let mut bytes = [0; 6];
        bytes[..4].copy_from_slice(&(offset as u32).to_le_bytes());
        bytes[4..].copy_from_slice(&length.to_le_bytes());
        Ok(bytes)
    }
}

/// Whether a string is one of a list of numbers.
fn one_of(numbers: &[String]) -> Result<Languages, Error> {
    let patterns: Vec<&str> = numbers.iter().map(String::as_str).collect();
    Languages::new(&patterns)
}

/// From E.164 digits to the narrowest range that holds the number.
struct Narrowest<'a> {
    ranges: &'a [Range],
    languages: Languages,
    /// For each pattern its range, and whether any digits may follow.
    labels: Vec<(usize, bool)>,
}

impl<'a> Narrowest<'a> {
    fn new(ranges: &'a [Range]) -> Result<Self, Error> {
        let mut labels = Vec::new();
        let mut patterns = Vec::new();
        for (index, range) in ranges.iter().enumerate() {
            for pattern in &range.patterns {
                labels.push((index, pattern.open));
                patterns.push(pattern.regex());
            }
        }
        let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
        Ok(Self {
            languages: Languages::new(&patterns)?,
            ranges,
            labels,
        })
    }

    /// The deepest of some ranges, by their numbers from 1; 0 for none.
    fn deepest(&self, numbers: impl Iterator<Item = u16>) -> u16 {
        let depth = |&number: &u16| match number {
            0 => 0,
            _ => 1 + self.ranges[usize::from(number) - 1].depth,
        };
        numbers.max_by_key(depth).unwrap_or(0)
    }

    fn state(&self, places: Vec<usize>, open: u16) -> Matched {
        let begun = self.languages.matched(&places).filter_map(|label| {
            let (range, open) = self.labels[label as usize];
            open.then_some(range as u16 + 1)
        });
        Matched {
            open: self.deepest(begun.chain([open])),
            places,
        }
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Matched {
    places: Vec<usize>,
    /// The deepest range with an open pattern that was read; 0 for none.
    open: u16,
}

impl Function for Narrowest<'_> {
    type State = Matched;

    fn start(&self) -> Matched {
        self.state(self.languages.first(), 0)
    }

    fn constant(&self, state: &Matched) -> Option<u16> {
        state.places.is_empty().then_some(state.open)
    }

    fn end(&self, state: &Matched) -> u16 {
        let labels = self.languages.matched(&state.places);
        let whole = labels.map(|label| self.labels[label as usize].0 as u16 + 1);
        self.deepest(whole.chain([state.open]))
    }

    fn next(&self, state: &Matched, digit: u8) -> Matched {
        self.state(self.languages.step(&state.places, digit), state.open)
    }
}
