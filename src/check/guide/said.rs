//! What the guide says in other languages than English.
//!
//! Texts are numbered, so that a language is nothing but its texts in a row.
//! A text that a language does not have is said in English.

use super::tables::{Tables, layout};
use crate::database::{Database, Fault, FaultKind, Section, SectionId};

/// The layout of the section `texts`.
///
/// All integers are little-endian.
///
/// | offset | content |
/// |---|---|
/// | 0 | u32: number of languages, at most [`MAX_LANGUAGES`](texts_layout::MAX_LANGUAGES) |
/// | 4 | languages, 20 bytes each: their tag such as `de` in 8 bytes, padded with zeros; u32 offset of the stream from the start of the section, u32 its length, u32 its inflated length |
/// | then | a raw DEFLATE stream for each language |
///
/// Inflated, a language is UTF-8: one text after the other, each ended by a
/// line feed, and none for "as in English". They stand in the order of
/// [`Kind::ALL`], within a kind in the order of the rows of its
/// [table](super::layout). A row has a text of each of its table's kinds.
pub mod texts_layout {
    /// Offset of the languages.
    pub const LANGUAGES: usize = 4;
    /// Length in bytes of a language's entry.
    pub const ENTRY_LENGTH: usize = 20;
    /// Length in bytes of a tag.
    pub const TAG_LENGTH: usize = 8;
    /// Most languages.
    pub const MAX_LANGUAGES: usize = 32;
}

use texts_layout::{ENTRY_LENGTH, LANGUAGES, MAX_LANGUAGES, TAG_LENGTH};

/// The language of the guide itself.
pub const ENGLISH: &str = "en";
/// Where among what is inflated the first language is; the guide is before it.
const PLACE: usize = 1;

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// The title of a piece of evidence.
    EvidenceTitle = 0,
    /// Why a piece of evidence matters.
    EvidenceWhy = 1,
    /// The title of a script.
    ScriptTitle = 2,
    /// What happens in such a call.
    ScriptSummary = 3,
    /// A question.
    Question = 4,
    /// What can be picked.
    Choice = 5,
    /// What to do.
    Step = 6,
}

impl Kind {
    /// All of them, in the order in which they are stored.
    pub const ALL: [Self; 7] = [
        Self::EvidenceTitle,
        Self::EvidenceWhy,
        Self::ScriptTitle,
        Self::ScriptSummary,
        Self::Question,
        Self::Choice,
        Self::Step,
    ];

    /// The table of which each row has one.
    fn table(self) -> usize {
        match self {
            Self::EvidenceTitle | Self::EvidenceWhy => layout::EVIDENCE,
            Self::ScriptTitle | Self::ScriptSummary => layout::SCRIPTS,
            Self::Question => layout::QUESTIONS,
            Self::Choice => layout::OPTIONS,
            Self::Step => layout::STEPS,
        }
    }
}

/// The texts of one language.
#[derive(Clone, Copy)]
pub struct Said<'a> {
    /// Its tag.
    pub tag: &'a str,
    /// Where each text ends, u32 each, then the texts.
    bytes: &'a [u8],
    /// The number of the first text of each kind, then of all texts.
    firsts: [u32; Kind::ALL.len() + 1],
}

impl<'a> Said<'a> {
    /// The text of a row; `None` if the language has none.
    pub fn get(&self, kind: Kind, row: u32) -> Option<&'a str> {
        let number = self.firsts[kind as usize].checked_add(row)? as usize;
        let [.., all] = self.firsts;
        let (ends, texts) = self.bytes.split_at_checked(all as usize * 4)?;
        let ends = ends.as_chunks::<4>().0;
        let end = |number: usize| Some(u32::from_le_bytes(*ends.get(number)?) as usize);
        let start = match number.checked_sub(1) {
            Some(before) => end(before)? + 1,
            None => 0,
        };
        let text = std::str::from_utf8(texts.get(start..end(number)?)?).ok()?;
        (!text.is_empty()).then_some(text)
    }
}

/// The languages of a database.
#[derive(Clone, Copy)]
struct Languages<'a> {
    section: Section<'a>,
    count: usize,
}

impl<'a> Languages<'a> {
    fn new(section: Section<'a>) -> Result<Self, Fault> {
        let count = section.u32(0)? as usize;
        let fine = count <= MAX_LANGUAGES;
        let languages = fine.then_some(Self { section, count });
        languages.ok_or_else(|| section.fault(FaultKind::Content))
    }

    fn tag(&self, number: usize) -> Result<&'a str, Fault> {
        let tag = self
            .section
            .text(LANGUAGES + number * ENTRY_LENGTH, TAG_LENGTH)?;
        Ok(tag.trim_end_matches('\0'))
    }

    /// Inflates a language and finds the ends of its texts, which are to be
    /// so many.
    fn inflate(&self, number: usize, texts: u32) -> Result<Box<[u8]>, Fault> {
        let at = LANGUAGES + number * ENTRY_LENGTH + TAG_LENGTH;
        let field = |place: usize| Ok(self.section.u32(at + place * 4)? as usize);
        let text = self.section.inflate(field(0)?, field(1)?, field(2)?)?;
        let content = || self.section.fault(FaultKind::Content);
        let lines = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let whole = text.last().is_none_or(|&last| last == b'\n');
        if !whole || std::str::from_utf8(&text).is_err() || lines.clone().count() != texts as usize
        {
            return Err(content());
        }
        // Not even all that may be inflated has more than u32 bytes.
        let mut bytes = Vec::with_capacity(texts as usize * 4 + text.len());
        bytes.extend(lines.flat_map(|(end, _)| (end as u32).to_le_bytes()));
        bytes.extend_from_slice(&text);
        Ok(bytes.into_boxed_slice())
    }
}

/// The number of the first text of each kind, then of all texts.
fn firsts(tables: &Tables<'_>) -> Result<[u32; Kind::ALL.len() + 1], Fault> {
    let mut firsts = [0; Kind::ALL.len() + 1];
    let mut all = 0_u32;
    for kind in Kind::ALL {
        firsts[kind as usize] = all;
        // Tables have at most 65,535 rows.
        all = all.saturating_add(tables.rows(kind.table())?);
    }
    firsts[Kind::ALL.len()] = all;
    Ok(firsts)
}

/// What a database says in a language, by the tag's first part and without
/// regard to case; `None` if it is English or not there.
pub(super) fn said<'a>(
    database: &'a Database,
    tables: &Tables<'_>,
    tag: &str,
) -> Result<Option<Said<'a>>, Fault> {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    if primary.eq_ignore_ascii_case(ENGLISH) {
        return Ok(None);
    }
    let languages = Languages::new(database.section(SectionId::TEXTS)?)?;
    for number in 0..languages.count {
        let tag = languages.tag(number)?;
        if tag.eq_ignore_ascii_case(primary) {
            let firsts = firsts(tables)?;
            let [.., all] = firsts;
            let inflate = || languages.inflate(number, all);
            return Ok(Some(Said {
                tag,
                bytes: database.inflated(PLACE + number, inflate)?,
                firsts,
            }));
        }
    }
    Ok(None)
}

impl Database {
    /// The tags of the languages in which the check can say what it says, such
    /// as `en`, which is the first and always there.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged.
    pub fn text_languages(&self) -> Result<Vec<&str>, Fault> {
        let mut tags = vec![ENGLISH];
        if let Ok(section) = self.section(SectionId::TEXTS) {
            let languages = Languages::new(section)?;
            for number in 0..languages.count {
                tags.push(languages.tag(number)?);
            }
        }
        Ok(tags)
    }
}

/// Checks that every language can be inflated and fits the guide. Nothing of
/// it is kept.
pub(super) fn verify(database: &Database, tables: &Tables<'_>) -> Result<(), Fault> {
    let Ok(section) = database.section(SectionId::TEXTS) else {
        return Ok(());
    };
    let languages = Languages::new(section)?;
    let [.., all] = firsts(tables)?;
    for number in 0..languages.count {
        languages.tag(number)?;
        languages.inflate(number, all)?;
    }
    Ok(())
}
