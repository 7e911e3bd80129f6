//! `data/lexicon/*.toml`: words and phrases that show a concept, compiled into
//! the section `lexicon2`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ringfence::check::note::lexicon_layout::{
    MAX_SETS, MIN_SLIP, MIN_STEM, SEED, SLIP_SEED, STARTS,
};
use ringfence::check::note::{Hash, Language, Words, slip_hash};
use toml::Spanned;

use crate::Error;
use crate::source::Source;

/// The file with names that are the same in every language.
const NAMES: &str = "names";
/// Longest phrase, in words.
const MAX_WORDS: usize = 8;
/// The concept whose names are also known with a letter wrong: people hear
/// them for the first time on such a call.
const SLIPS: &str = "remote_tool";

/// A phrase as it stands in the section: the hash, then what it shows and the
/// languages.
type Entries = BTreeMap<(u32, u8), u16>;

/// Reads the folder `data/lexicon` and returns the section's bytes.
///
/// # Errors
/// [`Error::Io`] or [`Error::Source`].
pub fn build(folder: &Path) -> Result<Vec<u8>, Error> {
    let english = Source::read(folder.join("en.toml"))?;
    let master: BTreeMap<String, Vec<Spanned<String>>> = english.parse()?;
    let concepts: Vec<String> = master.into_keys().collect();
    if concepts.len() > 255 {
        return Err(Error::TooLarge("the list of concepts"));
    }
    let mut phrases = Entries::new();
    let mut slips = Entries::new();
    let mut seen = BTreeSet::new();
    for path in files(folder)? {
        let tag = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let source = Source::read(path)?;
        let languages = match tag.parse::<Language>() {
            _ if tag == NAMES => (1 << Language::ALL.len()) - 1,
            Ok(language) if language.tag() == tag => 1 << language as u16,
            _ => {
                let message =
                    format!("name the file {NAMES}.toml or after a language, such as fr.toml");
                return Err(source.error(0, message));
            }
        };
        seen.insert(tag.clone());
        let entries: BTreeMap<Spanned<String>, Vec<Spanned<String>>> = source.parse()?;
        for (name, list) in &entries {
            let Ok(concept) = concepts.binary_search(name.get_ref()) else {
                let message = format!(
                    "en.toml has no concept {}: add it there first",
                    name.get_ref()
                );
                return Err(source.error(name.span().start, message));
            };
            let with_slips = name.get_ref() == SLIPS;
            for phrase in list {
                let phrase_error = |message: &str| source.error(phrase.span().start, message);
                let read = read_phrase(phrase.get_ref()).map_err(phrase_error)?;
                *phrases.entry((read.hash, concept as u8)).or_default() |= languages;
                if with_slips {
                    for hash in read.slips {
                        *slips.entry((hash, concept as u8)).or_default() |= languages;
                    }
                }
            }
        }
    }
    for language in Language::ALL {
        if !seen.contains(language.tag()) {
            let path = folder.join(format!("{language}.toml"));
            let error = std::io::Error::from(std::io::ErrorKind::NotFound);
            return Err(Error::Io { path, error });
        }
    }
    write(&concepts, &phrases, &slips)
}

/// The TOML files of a folder, sorted by name.
pub(crate) fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>, Error> {
    let io = |error| Error::Io {
        path: folder.to_owned(),
        error,
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// A phrase's hash and its slips.
struct Phrase {
    hash: u32,
    slips: Vec<u32>,
}

fn read_phrase(text: &str) -> Result<Phrase, &'static str> {
    let (body, stem) = match text.strip_suffix('*') {
        Some(body) => (body, true),
        None => (text, false),
    };
    if body.contains('*') {
        return Err("put the star at the very end");
    }
    if body.chars().any(char::is_uppercase) {
        return Err("write phrases in lower case");
    }
    let words = Words::new(body);
    if words.is_empty() || words.len() > MAX_WORDS {
        return Err("a phrase has 1 to 8 words");
    }
    let last = words.text(words.len() - 1);
    if stem && last.len() < MIN_STEM {
        return Err("a stem has at least 3 letters before the star");
    }
    let mut hash = Hash::new(SEED);
    for index in 0..words.len() {
        if index > 0 {
            hash = hash.byte(b' ');
        }
        hash = hash.bytes(words.text(index));
    }
    if stem {
        hash = hash.byte(b'*');
    }
    let mut slips = Vec::new();
    if words.len() == 1 && !stem && last.len() >= MIN_SLIP && last.is_ascii() {
        slips.push(Hash::new(SLIP_SEED).bytes(last).finish());
        slips.extend((0..last.len()).map(|skip| slip_hash(last, skip)));
    }
    Ok(Phrase {
        hash: hash.finish(),
        slips,
    })
}

/// The section, in the layout of
/// [`lexicon_layout`](ringfence::check::note::lexicon_layout).
fn write(concepts: &[String], phrases: &Entries, slips: &Entries) -> Result<Vec<u8>, Error> {
    let names: String = concepts.iter().map(|name| format!("{name}\n")).collect();
    let sets: BTreeSet<u16> = phrases.values().chain(slips.values()).copied().collect();
    let sets: Vec<u16> = sets.into_iter().collect();
    if sets.len() > MAX_SETS {
        return Err(Error::TooLarge("the list of sets of languages"));
    }
    let mut section = Vec::new();
    section.extend((concepts.len() as u16).to_le_bytes());
    section.extend((MAX_WORDS as u16).to_le_bytes());
    for length in [phrases.len(), slips.len(), names.len()] {
        section.extend((length as u32).to_le_bytes());
    }
    for place in 0..MAX_SETS {
        let set = sets.get(place).copied().unwrap_or_default();
        section.extend(set.to_le_bytes());
    }
    for table in [phrases, slips] {
        for first in 0..STARTS {
            let smaller = table
                .keys()
                .filter(|(hash, _)| ((hash >> 24) as usize) < first);
            section.extend((smaller.count() as u32).to_le_bytes());
        }
    }
    for table in [phrases, slips] {
        let rest = table.keys().map(|(hash, _)| hash.to_le_bytes());
        section.extend(rest.flat_map(|[a, b, c, _]| [a, b, c]));
    }
    for table in [phrases, slips] {
        for ((_, concept), languages) in table {
            let set = sets.partition_point(|other| other < languages);
            section.extend([*concept, set as u8]);
        }
    }
    section.extend(names.as_bytes());
    Ok(section)
}
