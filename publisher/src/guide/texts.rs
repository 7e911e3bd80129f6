//! `data/texts/*.toml`: what the guide says, in other languages.

use std::collections::BTreeMap;
use std::path::Path;

use ringfence::check::guide::texts_layout::{ENTRY_LENGTH, LANGUAGES, MAX_LANGUAGES, TAG_LENGTH};
use ringfence::check::guide::{ENGLISH, Kind};
use ringfence::database::format::MAX_INFLATED;
use ringfence::number::Region;
use serde::Deserialize;
use toml::Spanned;

use super::check::Check;
use super::slots::Slot;
use super::{GuideSource, advice, evidence, questions, scripts};
use crate::deflate::deflate;
use crate::source::Source;
use crate::{Error, lexicon};

/// What the guide says in one language.
#[derive(Clone, Debug)]
pub struct Texts {
    /// The language's tag, such as `de`.
    pub language: String,
    /// A text for each slot of the guide; empty if it is said in English.
    pub said: Vec<String>,
    /// How many texts are missing.
    pub missing: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextsFile {
    language: Spanned<String>,
    #[serde(default)]
    flags: BTreeMap<Spanned<String>, FlagTexts>,
    #[serde(default)]
    questions: BTreeMap<Spanned<String>, QuestionTexts>,
    #[serde(default)]
    steps: Entries,
    #[serde(default)]
    countries: BTreeMap<Spanned<String>, Entries>,
    #[serde(default)]
    scripts: BTreeMap<Spanned<String>, ScriptTexts>,
}

/// Texts by id.
type Entries = BTreeMap<Spanned<String>, Spanned<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FlagTexts {
    title: Option<Spanned<String>>,
    why: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionTexts {
    text: Option<Spanned<String>>,
    #[serde(default)]
    options: Entries,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScriptTexts {
    title: Option<Spanned<String>>,
    summary: Option<Spanned<String>>,
}

/// Reads the folder, by language; there need not be one.
///
/// # Errors
/// [`Error::Io`] if a file cannot be read, [`Error::Source`] for the first
/// entry that is wrong.
pub fn read(folder: &Path, guide: &GuideSource) -> Result<Vec<Texts>, Error> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let slots = guide.slots();
    let files = lexicon::files(folder)?.into_iter();
    let all = files.map(|path| texts(&Source::read(path)?, guide, &slots));
    let all = all.collect::<Result<Vec<_>, _>>()?;
    match all.len() {
        0..=MAX_LANGUAGES => Ok(all),
        _ => Err(Error::TooLarge("the table of languages")),
    }
}

fn texts(source: &Source, guide: &GuideSource, slots: &[Slot<'_>]) -> Result<Texts, Error> {
    let check = Check(source);
    let file: TextsFile = source.parse()?;
    let (at, language) = (file.language.span().start, file.language.into_inner());
    let letters = language.bytes().all(|byte| byte.is_ascii_lowercase());
    if !letters || !(2..=3).contains(&language.len()) || language == ENGLISH {
        let message = "the language is a code of two or three letters such as de, and not en, \
                       whose texts stand in the guide itself";
        return check.refuse(at, message);
    }
    if source.path.file_stem() != Some(language.as_ref()) {
        return check.refuse(
            at,
            format!("name the file {language}.toml after its language"),
        );
    }
    let mut reader = Reader {
        check,
        slots,
        said: vec![String::new(); slots.len()],
    };
    for (id, flag) in file.flags {
        reader.take(Kind::EvidenceTitle, None, &id, None, flag.title)?;
        reader.take(Kind::EvidenceWhy, None, &id, None, flag.why)?;
    }
    for (id, question) in file.questions {
        reader.take(Kind::Question, None, &id, None, question.text)?;
        for (option, text) in question.options {
            reader.take(Kind::Choice, None, &id, Some(&option), Some(text))?;
        }
    }
    for (id, text) in file.steps {
        reader.take(Kind::Step, None, &id, None, Some(text))?;
    }
    for (code, steps) in file.countries {
        let region = check.country(&code)?;
        let mut countries = guide.countries.iter();
        if !countries.any(|country| country.region == region) {
            let message = format!("there is no advice/{region}.toml: correct the code or add it");
            return check.refuse(code.span().start, message);
        }
        for (id, text) in steps {
            reader.take(Kind::Step, Some(region), &id, None, Some(text))?;
        }
    }
    for (id, script) in file.scripts {
        reader.take(Kind::ScriptTitle, None, &id, None, script.title)?;
        reader.take(Kind::ScriptSummary, None, &id, None, script.summary)?;
    }
    Ok(reader.finish(language))
}

/// A file that is being read.
struct Reader<'r> {
    check: Check<'r>,
    slots: &'r [Slot<'r>],
    said: Vec<String>,
}

impl Reader<'_> {
    /// Takes a text, if there is one, once it is clear that the guide has what
    /// it is for.
    fn take(
        &mut self,
        kind: Kind,
        region: Option<Region>,
        id: &Spanned<String>,
        option: Option<&Spanned<String>>,
        text: Option<Spanned<String>>,
    ) -> Result<(), Error> {
        let name = id.get_ref();
        let choice = option.map_or("", |option| option.get_ref());
        let found = self.slots.iter().position(|slot| {
            (slot.kind, slot.region, slot.id, slot.option) == (kind, region, name, choice)
        });
        let Some(place) = found else {
            let message = match (kind, region) {
                (Kind::Step, Some(region)) => {
                    format!("advice/{region}.toml has no step {name} of its own")
                }
                (Kind::Step, None) => format!("advice/steps.toml has no step {name}"),
                (Kind::Question, _) => format!("questions.toml has no question {name}"),
                (Kind::Choice, _) => format!("the question {name} has no option {choice}"),
                (Kind::EvidenceTitle | Kind::EvidenceWhy, _) => {
                    format!("flags.toml has no evidence {name}")
                }
                _ => format!("there is no scripts/{name}.toml"),
            };
            let at = option.unwrap_or(id).span().start;
            let message = format!("{message}: correct the id or leave it out");
            return self.check.refuse(at, message);
        };
        let Some(text) = text else {
            return Ok(());
        };
        if self.slots[place].english.is_empty() {
            let message = format!("{name} has no why in flags.toml: leave it out");
            return self.check.refuse(text.span().start, message);
        }
        let at = text.span().start;
        let text = self.check.text(text, most(kind))?;
        let wanted = numbers(self.slots[place].english);
        if numbers(&text) != wanted {
            let message = match wanted.join(", ") {
                none if none.is_empty() => "the English text has no such number".to_owned(),
                all => format!("the numbers of the English text are {all}"),
            };
            let message = format!("{message}: nobody may be led to another one");
            return self.check.refuse(at, message);
        }
        self.said[place] = text;
        Ok(())
    }

    fn finish(mut self, language: String) -> Texts {
        for (place, slot) in self.slots.iter().enumerate() {
            // A country's step that only does something else.
            if slot.region.is_some() && self.said[place].is_empty() {
                let usual = self.slots.iter().position(|usual| {
                    let same = (usual.kind, usual.id, usual.english);
                    usual.region.is_none() && same == (slot.kind, slot.id, slot.english)
                });
                if let Some(usual) = usual {
                    self.said[place] = self.said[usual].clone();
                }
            }
        }
        let pairs = self.slots.iter().zip(&self.said);
        let missing = pairs.filter(|(slot, said)| said.is_empty() && !slot.english.is_empty());
        Texts {
            language,
            missing: missing.count(),
            said: self.said,
        }
    }
}

/// The numbers of three or more digits that a text has, sorted: those that
/// could be dialled. What groups digits is left out.
fn numbers(text: &str) -> Vec<String> {
    let groups = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '-' | '.' | ',');
    let mut all = vec![String::new()];
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let goes_on = chars.peek().is_some_and(char::is_ascii_digit);
        match all.last_mut() {
            Some(number) if c.is_ascii_digit() => number.push(c),
            Some(number) if number.is_empty() || (groups(c) && goes_on) => {}
            _ => all.push(String::new()),
        }
    }
    all.retain(|number| number.len() >= 3);
    all.sort();
    all
}

/// Longest text, in characters: a quarter more than in English.
fn most(kind: Kind) -> usize {
    let english = match kind {
        Kind::EvidenceTitle => evidence::MAX_TITLE,
        Kind::EvidenceWhy => evidence::MAX_WHY,
        Kind::ScriptTitle => scripts::MAX_TITLE,
        Kind::ScriptSummary => scripts::MAX_SUMMARY,
        Kind::Question => questions::MAX_QUESTION,
        Kind::Choice => questions::MAX_OPTION,
        Kind::Step => advice::MAX_TEXT,
    };
    english * 5 / 4
}

/// Writes the section `texts`: the same for the same texts.
///
/// # Errors
/// [`Error::TooLarge`] if they outgrow the format.
pub fn write(all: &[Texts]) -> Result<Vec<u8>, Error> {
    let too_large = || Error::TooLarge("the texts of a language");
    let field = |value: usize| Ok(u32::try_from(value).map_err(|_| too_large())?.to_le_bytes());
    let mut section = field(all.len())?.to_vec();
    let mut streams = Vec::new();
    for texts in all {
        let lines: String = texts.said.iter().map(|text| format!("{text}\n")).collect();
        if lines.len() > MAX_INFLATED {
            return Err(too_large());
        }
        let stream = deflate(lines.as_bytes())?;
        let mut tag = [0; TAG_LENGTH];
        let name = texts.language.as_bytes();
        tag.get_mut(..name.len())
            .ok_or_else(too_large)?
            .copy_from_slice(name);
        section.extend(tag);
        let at = LANGUAGES + all.len() * ENTRY_LENGTH + streams.len();
        for value in [at, stream.len(), lines.len()] {
            section.extend(field(value)?);
        }
        streams.extend(stream);
    }
    section.extend(streams);
    Ok(section)
}
