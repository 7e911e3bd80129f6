//! The facts that people edit, `data/numbering/*.toml`: read, checked, and
//! refused with file, line and what to do.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ringfence::number::Region;
use ringfence::screening::{Category, Certainty, Date};
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::Error;
use crate::metadata::{Territory, World};

mod pattern;
mod release;

use crate::source::Source;
pub use pattern::Pattern;
pub use release::{Release, read_release};

/// Longest sentence of a range, in characters.
const MAX_TEXT: usize = 200;
/// Longest title of a category, in characters.
const MAX_TITLE: usize = 32;

/// A range of numbers, checked.
#[derive(Clone, Debug)]
pub struct Range {
    /// Unique id.
    pub id: String,
    /// What a caller from it may be.
    pub category: Category,
    /// How sure that is.
    pub certainty: Certainty,
    /// The region whose plan holds it.
    pub region: Region,
    /// Its numbers.
    pub patterns: Vec<Pattern>,
    /// What to know about it.
    pub text: String,
    /// Where the fact comes from.
    pub source: String,
    /// The source's page; may be empty.
    pub url: String,
    /// The source's date.
    pub date: Date,
    /// How many ranges it lies in.
    pub depth: usize,
}

/// Emergency numbers.
#[derive(Clone, Debug)]
pub struct Emergency {
    /// Emergency numbers everywhere.
    pub always: Vec<String>,
    /// Emergency numbers of each region.
    pub regions: BTreeMap<Region, Vec<String>>,
    /// Where the facts come from.
    pub source: String,
}

/// Everything in `data/numbering`.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The ranges, by file and place.
    pub ranges: Vec<Range>,
    /// Title and advice for each category, in the order of their codes.
    pub words: Vec<(String, String)>,
    /// Emergency numbers.
    pub emergency: Emergency,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RangeFile {
    range: Vec<Spanned<RangeSource>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RangeSource {
    id: String,
    category: Spanned<String>,
    region: Spanned<String>,
    numbers: Vec<Spanned<String>>,
    certainty: Spanned<String>,
    text: Spanned<String>,
    source: Spanned<String>,
    #[serde(default)]
    url: String,
    date: Spanned<String>,
    within: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryFile {
    category: BTreeMap<Spanned<String>, CategorySource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CategorySource {
    title: Spanned<String>,
    advice: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EmergencyFile {
    source: String,
    date: String,
    always: Vec<Spanned<String>>,
    regions: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
}

/// Reads all facts in the folder `numbering`.
///
/// `world` is the metadata that regions are checked against.
///
/// # Errors
/// [`Error::Io`] if a file cannot be read, [`Error::Source`] for the first
/// entry that is wrong.
pub fn read(numbering: &Path, world: &World) -> Result<Facts, Error> {
    let io = |error| Error::Io {
        path: numbering.to_owned(),
        error,
    };
    let mut paths = std::fs::read_dir(numbering)
        .map_err(io)?
        .map(|entry| Ok(entry.map_err(io)?.path()))
        .collect::<Result<Vec<_>, Error>>()?;
    paths.retain(|path| {
        let special = ["categories.toml", "emergency.toml"].map(|name| numbering.join(name));
        path.extension()
            .is_some_and(|extension| extension == "toml")
            && !special.contains(path)
    });
    paths.sort();
    let mut sources = Vec::new();
    for path in paths {
        sources.push(Source::read(path)?);
    }
    Ok(Facts {
        ranges: read_ranges(&sources, world)?,
        words: read_words(&Source::read(numbering.join("categories.toml"))?)?,
        emergency: read_emergency(&Source::read(numbering.join("emergency.toml"))?)?,
    })
}

/// Where an entry stands, for errors that two entries have a part in.
struct Place<'a> {
    source: &'a Source,
    at: usize,
    within: Option<Spanned<String>>,
}

fn read_ranges(sources: &[Source], world: &World) -> Result<Vec<Range>, Error> {
    let mut ranges: Vec<Range> = Vec::new();
    let mut places: Vec<Place<'_>> = Vec::new();
    for source in sources {
        let file: RangeFile = source.parse()?;
        for entry in file.range {
            let at = entry.span().start;
            let mut entry = entry.into_inner();
            if let Some(index) = ranges.iter().position(|range| range.id == entry.id) {
                let other = places[index].source.path.display();
                let message = format!("the id {} is used in {other} too: choose another", entry.id);
                return Err(source.error(at, message));
            }
            let within = entry.within.take();
            ranges.push(range(source, at, entry, world)?);
            places.push(Place { source, at, within });
        }
    }
    nest(&mut ranges, &places)?;
    Ok(ranges)
}

fn range(source: &Source, at: usize, entry: RangeSource, world: &World) -> Result<Range, Error> {
    let refuse = |spanned: &Spanned<String>, message: String| {
        Err(source.error(spanned.span().start, message))
    };
    let category = match entry.category.get_ref().parse::<Category>() {
        Ok(category) if category.is_of_ranges() => category,
        _ => {
            let all = Category::ALL
                .iter()
                .filter(|category| category.is_of_ranges());
            let names: Vec<_> = all.map(|category| category.id()).collect();
            let message = format!("the category of a range is one of {}", names.join(", "));
            return refuse(&entry.category, message);
        }
    };
    let certainty = match entry.certainty.get_ref().as_str() {
        "certain" => Certainty::Certain,
        "likely" => Certainty::Likely,
        _ => {
            return refuse(
                &entry.certainty,
                "certainty is certain or likely".to_owned(),
            );
        }
    };
    let territories = world.groups.iter().flatten();
    let territories: Vec<_> = territories
        .filter(|territory| territory.region == *entry.region.get_ref())
        .collect();
    let codes: Vec<String> = territories
        .iter()
        .map(|territory| territory.calling_code.to_string())
        .collect();
    let region = match entry.region.get_ref().parse::<Region>() {
        Ok(region) if !codes.is_empty() => region,
        _ => {
            return refuse(
                &entry.region,
                "libphonenumber knows no such region".to_owned(),
            );
        }
    };
    let lower = match entry.region.get_ref().as_str() {
        "001" => "world".to_owned(),
        other => other.to_ascii_lowercase(),
    };
    let kebab = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !entry.id.starts_with(&format!("{lower}-")) && !entry.id.starts_with("nanp-")
        || !entry.id.bytes().all(kebab)
    {
        let message = format!("write the id in lower case with dashes, starting with {lower}-");
        return Err(source.error(at, message));
    }
    let mut patterns = Vec::new();
    for number in &entry.numbers {
        match Pattern::parse(number.get_ref()) {
            Ok(pattern) if codes.iter().any(|code| pattern.starts_with(code)) => {
                if !pattern.open && !territories.iter().any(|t| has_length(t, &pattern)) {
                    let message = format!("no number of {region} has so many digits");
                    return refuse(number, message);
                }
                patterns.push(pattern);
            }
            Ok(_) => {
                let message = format!("numbers of {region} start with +{}", codes.join(" or +"));
                return refuse(number, message);
            }
            Err(message) => return refuse(number, message.to_owned()),
        }
    }
    if patterns.is_empty() {
        return Err(source.error(at, "give at least one pattern in numbers"));
    }
    let length = entry.text.get_ref().chars().count();
    if length == 0 || length > MAX_TEXT {
        let message = format!("the text has {length} characters: write 1 to {MAX_TEXT}");
        return refuse(&entry.text, message);
    }
    for text in [&entry.text, &entry.source] {
        if text.get_ref().chars().any(char::is_control) {
            return refuse(
                text,
                "write it on one line, without control characters".to_owned(),
            );
        }
    }
    if entry.source.get_ref().trim().is_empty() {
        return refuse(&entry.source, "name the source".to_owned());
    }
    let Some(date) = date(entry.date.get_ref()) else {
        return refuse(&entry.date, "write the date as 2026-11-22".to_owned());
    };
    Ok(Range {
        id: entry.id,
        category,
        certainty,
        region,
        patterns,
        text: entry.text.into_inner(),
        source: entry.source.into_inner(),
        url: entry.url,
        date,
        depth: 0,
    })
}

/// Whether the territory has numbers as long as the pattern.
fn has_length(territory: &Territory, pattern: &Pattern) -> bool {
    let code = territory.calling_code.to_string();
    let national = pattern.digits.len().saturating_sub(code.len());
    territory.general.lengths >> national & 1 == 1
}

pub(crate) fn date(text: &str) -> Option<Date> {
    let parsed: Datetime = text.parse().ok()?;
    let date = parsed.date.filter(|_| parsed.time.is_none())?;
    Some(Date {
        year: date.year,
        month: date.month,
        day: date.day,
    })
}

/// Checks that ranges do not overlap unless one names the other in `within`,
/// and notes how deep each lies.
fn nest(ranges: &mut [Range], places: &[Place<'_>]) -> Result<(), Error> {
    let mut outer = Vec::new();
    for (index, place) in places.iter().enumerate() {
        let Some(within) = &place.within else {
            outer.push(None);
            continue;
        };
        let at = within.span().start;
        let found = ranges
            .iter()
            .position(|range| range.id == *within.get_ref());
        let Some(found) = found.filter(|&found| found != index) else {
            return Err(place.source.error(at, "no other range has this id"));
        };
        let lies_in = |pattern: &Pattern| {
            let mut wider = ranges[found].patterns.iter();
            wider.any(|wider| pattern.lies_in(wider))
        };
        if !ranges[index].patterns.iter().all(lies_in) {
            let message = "each pattern must lie inside one pattern of the wider range";
            return Err(place.source.error(at, message));
        }
        outer.push(Some(found));
    }
    let ancestors = |index: usize| {
        let mut seen = BTreeSet::new();
        let mut at = outer[index];
        while let Some(next) = at.filter(|&next| seen.insert(next)) {
            at = outer[next];
        }
        seen
    };
    for index in 0..ranges.len() {
        let own = ancestors(index);
        if own.contains(&index) {
            let place = &places[index];
            return Err(place
                .source
                .error(place.at, "within goes round in a circle"));
        }
        for other in 0..index {
            let related = own.contains(&other) || ancestors(other).contains(&index);
            let mut pairs = ranges[index].patterns.iter().flat_map(|pattern| {
                ranges[other]
                    .patterns
                    .iter()
                    .map(move |other| (pattern, other))
            });
            if !related && pairs.any(|(pattern, other)| pattern.meets(other)) {
                let place = &places[index];
                let message = format!(
                    "{} overlaps {} ({}): name the wider one in within, or make the patterns apart",
                    ranges[index].id,
                    ranges[other].id,
                    places[other].source.path.display(),
                );
                return Err(place.source.error(place.at, message));
            }
        }
        ranges[index].depth = own.len();
    }
    Ok(())
}

fn read_words(source: &Source) -> Result<Vec<(String, String)>, Error> {
    let mut file: CategoryFile = source.parse()?;
    for (name, words) in &file.category {
        if name.get_ref().parse::<Category>().is_err() {
            let message = format!("there is no category {}", name.get_ref());
            return Err(source.error(name.span().start, message));
        }
        if words.title.get_ref().chars().count() > MAX_TITLE {
            let message = format!("a title has at most {MAX_TITLE} characters");
            return Err(source.error(words.title.span().start, message));
        }
    }
    let words = Category::ALL.iter().map(|category| {
        let name = Spanned::new(0..0, category.id().to_owned());
        let words = file.category.remove(&name).ok_or_else(|| {
            source.error(
                0,
                format!("the category {category} is missing: give title and advice"),
            )
        })?;
        Ok((words.title.into_inner(), words.advice))
    });
    words.collect()
}

fn read_emergency(source: &Source) -> Result<Emergency, Error> {
    let file: EmergencyFile = source.parse()?;
    let numbers = |numbers: Vec<Spanned<String>>| {
        let checked = numbers.into_iter().map(|number| {
            let digits = number.get_ref();
            let fine =
                (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
            if fine {
                Ok(number.into_inner())
            } else {
                let message = "an emergency number has 1 to 6 digits";
                Err(source.error(number.span().start, message))
            }
        });
        checked.collect::<Result<Vec<_>, _>>()
    };
    let mut regions = BTreeMap::new();
    for (name, list) in file.regions {
        let Ok(region) = name.get_ref().parse::<Region>() else {
            return Err(source.error(name.span().start, "a region has two capital letters"));
        };
        regions.insert(region, numbers(list)?);
    }
    Ok(Emergency {
        always: numbers(file.always)?,
        regions,
        source: format!("{}, {}", file.source, file.date),
    })
}
