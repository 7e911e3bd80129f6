//! Number ranges, words for categories and emergency numbers, read in place.

use std::fmt;

use super::Category;
use crate::automaton::Automaton;
use crate::database::{Database, Fault, FaultKind, Section, SectionId};
use crate::number::{E164, Region};

/// The layout of the section `ranges`.
///
/// All integers are little-endian. A *text* is a u32 offset from the start of
/// the strings and a u16 length in bytes, UTF-8.
///
/// | offset | content |
/// |---|---|
/// | 0 | u16: number of ranges |
/// | 2 | u16: number of emergency regions |
/// | 4 | u16: address of the function from E.164 digits to ranges |
/// | 6 | u16: address of the emergency numbers of all regions |
/// | 8 | u32: number of words of the automaton |
/// | 12 | u32: length of the strings in bytes |
/// | 16 | u16: number of categories with words |
/// | 18 | u16: zero |
/// | 20 | ranges, 36 bytes each: u8 category, u8 certainty, `[u8; 3]` region, `[u8; 3]` zero, u32 date as 20261122, then texts: id, sentence, source, url (may be empty) |
/// | then | for each category code from 0, 12 bytes: texts: title, advice |
/// | then | emergency regions, sorted, 8 bytes each: `[u8; 3]` region, u8 zero, u16 address of its emergency numbers, u16 zero |
/// | then | the words of the automaton |
/// | then | the strings |
///
/// Ranges are numbered from 1, so that 0 stands for none. A number that lies
/// in a range and in a narrower one inside it belongs to the narrower. A range
/// of a category that the reader does not know is passed over, so later
/// publishers can add categories at the end.
pub mod layout {
    /// Offset of the ranges.
    pub const RANGES: usize = 20;
    /// Length in bytes of a range's entry.
    pub const RANGE_LENGTH: usize = 36;
    /// Length in bytes of a category's words.
    pub const WORDS_LENGTH: usize = 12;
    /// Length in bytes of an emergency region's entry.
    pub const EMERGENCY_LENGTH: usize = 8;
}

use layout::{EMERGENCY_LENGTH, RANGE_LENGTH, RANGES, WORDS_LENGTH};

/// How many of everything the section holds, which tells where its parts lie.
#[derive(Clone, Copy, Debug)]
struct Counts {
    ranges: u16,
    emergency_regions: u16,
    root: u16,
    emergency_root: u16,
    words: u32,
    strings: u32,
    categories: u16,
}

impl Counts {
    #[inline]
    fn read(section: &Section<'_>) -> Result<Self, Fault> {
        let start: [u8; RANGES] = section.array(0)?;
        let u16_at = |at: usize| u16::from_le_bytes([start[at], start[at + 1]]);
        let u32_at = |at: usize| u32::from(u16_at(at)) | u32::from(u16_at(at + 2)) << 16;
        let counts = Self {
            ranges: u16_at(0),
            emergency_regions: u16_at(2),
            root: u16_at(4),
            emergency_root: u16_at(6),
            words: u32_at(8),
            strings: u32_at(12),
            categories: u16_at(16),
        };
        let end = counts.strings_start().checked_add(counts.strings as usize);
        if (2..=1 << 16).contains(&counts.words) && end == Some(section.len()) {
            Ok(counts)
        } else {
            Err(section.fault(FaultKind::Content))
        }
    }

    fn categories_start(&self) -> usize {
        RANGES + usize::from(self.ranges) * RANGE_LENGTH
    }

    fn emergency_start(&self) -> usize {
        self.categories_start() + usize::from(self.categories) * WORDS_LENGTH
    }

    fn words_start(&self) -> usize {
        self.emergency_start() + usize::from(self.emergency_regions) * EMERGENCY_LENGTH
    }

    fn strings_start(&self) -> usize {
        self.words_start() + 2 * self.words as usize
    }
}

/// How sure a range is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// A hint.
    Likely,
    /// A regulator's rule, or a number that nobody honest can show.
    Certain,
}

/// A calendar date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year, such as 2026.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
}

impl Date {
    pub(crate) fn from_packed(packed: u32) -> Option<Self> {
        let (month, day) = (packed / 100 % 100, packed % 100);
        let fine = (1..=12).contains(&month) && (1..=31).contains(&day);
        let year = u16::try_from(packed / 10_000).ok()?;
        fine.then_some(Self {
            year,
            month: month as u8,
            day: day as u8,
        })
    }
}

impl fmt::Display for Date {
    /// ISO 8601, such as `2026-11-22`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The number of a range in its database, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RangeId(pub(crate) u16);

impl RangeId {
    /// The number of the range, from 1: what a packed verdict carries.
    pub fn get(self) -> u16 {
        self.0
    }
}

/// What the call path needs of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RangeHead {
    pub id: RangeId,
    pub category: Category,
    pub certainty: Certainty,
    pub region: Region,
}

/// All that the database says of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RangeEntry<'a> {
    /// The id, such as `gb-fiction-mobile`.
    pub id: &'a str,
    /// What a caller from the range may be.
    pub category: Category,
    /// How sure that is.
    pub certainty: Certainty,
    /// The region whose plan holds the range.
    pub region: Region,
    /// What to know about the range, for a person who just had the call.
    pub text: &'a str,
    /// Where the fact comes from.
    pub source: &'a str,
    /// The source's page, if it has one.
    pub url: Option<&'a str>,
    /// The source's date.
    pub date: Date,
}

/// Headline and advice of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words<'a> {
    /// A headline of at most 32 characters.
    pub title: &'a str,
    /// One sentence: what to do now.
    pub advice: &'a str,
}

/// The number ranges of a database, read in place.
#[derive(Clone, Copy, Debug)]
pub struct Ranges<'a> {
    counts: Counts,
    section: Section<'a>,
}

impl Database {
    /// The number ranges with their categories, sentences and sources, and
    /// the emergency numbers.
    ///
    /// # Errors
    /// A [`Fault`] if the section is missing or damaged.
    #[inline]
    pub fn ranges(&self) -> Result<Ranges<'_>, Fault> {
        let section = self.section(SectionId::RANGES)?;
        Ok(Ranges {
            counts: Counts::read(&section)?,
            section,
        })
    }
}

impl<'a> Ranges<'a> {
    /// How many ranges there are.
    pub fn count(&self) -> usize {
        self.counts.ranges.into()
    }

    /// How many regions have emergency numbers of their own.
    pub fn emergency_regions(&self) -> usize {
        self.counts.emergency_regions.into()
    }

    /// All that the database says of a range.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged or has no such range.
    pub fn entry(&self, id: RangeId) -> Result<RangeEntry<'a>, Fault> {
        let head = self.head(id)?;
        let head = head.ok_or(self.section.fault(FaultKind::Missing))?;
        let at = self.at(id);
        let date = Date::from_packed(self.section.u32(at + 8)?);
        let url = self.text(at + 30)?;
        Ok(RangeEntry {
            id: self.text(at + 12)?,
            category: head.category,
            certainty: head.certainty,
            region: head.region,
            text: self.text(at + 18)?,
            source: self.text(at + 24)?,
            url: (!url.is_empty()).then_some(url),
            date: date.ok_or(self.section.fault(FaultKind::Content))?,
        })
    }

    /// All ranges.
    ///
    /// # Errors
    /// Each item as [`Ranges::entry`]. Ranges of categories that this version
    /// does not know are passed over.
    pub fn entries(&self) -> impl Iterator<Item = Result<RangeEntry<'a>, Fault>> {
        (1..=self.counts.ranges).filter_map(|number| {
            let id = RangeId(number);
            match self.head(id) {
                Ok(None) => None,
                Ok(Some(_)) => Some(self.entry(id)),
                Err(fault) => Some(Err(fault)),
            }
        })
    }

    /// The narrowest range that holds a number, if it lies in one.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged.
    pub fn holding(&self, number: &E164) -> Result<Option<RangeEntry<'a>>, Fault> {
        match self.find(number.digits())? {
            None => Ok(None),
            Some(head) => self.entry(head.id).map(Some),
        }
    }

    /// Headline and advice of a category.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged, or older than the category.
    pub fn words(&self, category: Category) -> Result<Words<'a>, Fault> {
        if category as usize >= usize::from(self.counts.categories) {
            return Err(self.section.fault(FaultKind::Missing));
        }
        let at = self.counts.categories_start() + category as usize * WORDS_LENGTH;
        Ok(Words {
            title: self.text(at)?,
            advice: self.text(at + 6)?,
        })
    }

    /// The narrowest range that holds the number of these E.164 digits.
    #[inline]
    pub(crate) fn find(&self, digits: &[u8]) -> Result<Option<RangeHead>, Fault> {
        match self.automaton().run(self.counts.root, digits)?.value() {
            0 => Ok(None),
            number => self.head(RangeId(number)),
        }
    }

    /// Whether the digits are an emergency number: everywhere, or in the home
    /// region.
    #[inline]
    pub(crate) fn is_emergency(&self, digits: &[u8], home: Option<Region>) -> Result<bool, Fault> {
        let automaton = self.automaton();
        if automaton.run(self.counts.emergency_root, digits)?.value() != 0 {
            return Ok(true);
        }
        let Some(home) = home else { return Ok(false) };
        let (mut low, mut high) = (0, usize::from(self.counts.emergency_regions));
        while low < high {
            let middle = low + (high - low) / 2;
            let at = self.counts.emergency_start() + middle * EMERGENCY_LENGTH;
            match self.section.array::<3>(at)?.cmp(&home.bytes()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    let root = self.section.u16(at + 4)?;
                    return Ok(automaton.run(root, digits)?.value() != 0);
                }
            }
        }
        Ok(false)
    }

    #[inline]
    fn automaton(&self) -> Automaton<'a> {
        Automaton::new(self.section, self.counts.words_start())
    }

    fn at(&self, id: RangeId) -> usize {
        RANGES + (usize::from(id.0).saturating_sub(1)) * RANGE_LENGTH
    }

    #[inline]
    fn head(&self, id: RangeId) -> Result<Option<RangeHead>, Fault> {
        let content = self.section.fault(FaultKind::Content);
        if id.0 == 0 || id.0 > self.counts.ranges {
            return Err(content);
        }
        let [category, certainty, region @ ..] = self.section.array::<5>(self.at(id))?;
        if u16::from(category) >= self.counts.categories {
            return Err(content);
        }
        let Some(category) = Category::from_code(category) else {
            return Ok(None);
        };
        Ok(Some(RangeHead {
            id,
            category,
            certainty: match certainty {
                0 => Certainty::Likely,
                1 => Certainty::Certain,
                _ => return Err(content),
            },
            region: Region::from_bytes(region).ok_or(content)?,
        }))
    }

    fn text(&self, at: usize) -> Result<&'a str, Fault> {
        let offset = self.section.u32(at)? as usize;
        let length = usize::from(self.section.u16(at + 4)?);
        let start = self.counts.strings_start().saturating_add(offset);
        self.section.text(start, length)
    }

    /// Checks that every number, address and text in the section has a
    /// meaning.
    pub(crate) fn verify(&self) -> Result<(), Fault> {
        let content = self.section.fault(FaultKind::Content);
        let good = |fine: bool| fine.then_some(()).ok_or(content);
        let counts = &self.counts;
        let states = self.automaton().verify(counts.words as usize, |output| {
            output <= counts.ranges.max(1)
        })?;
        good(states.contains(counts.root) && states.contains(counts.emergency_root))?;
        for entry in self.entries() {
            good(entry?.category.is_of_ranges())?;
        }
        for index in 0..usize::from(counts.categories) {
            let at = counts.categories_start() + index * WORDS_LENGTH;
            self.text(at)?;
            self.text(at + 6)?;
        }
        for index in 0..usize::from(counts.emergency_regions) {
            let at = counts.emergency_start() + index * EMERGENCY_LENGTH;
            good(Region::from_bytes(self.section.array(at)?).is_some())?;
            good(states.contains(self.section.u16(at + 4)?))?;
        }
        Ok(())
    }
}
