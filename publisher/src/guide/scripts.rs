//! `data/scripts/*.toml`: kinds of calls, one a file.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ringfence::check::guide::{EvidenceGroup, EvidenceIndex, ScriptIndex, ScriptKind};
use ringfence::check::note::Language;
use ringfence::number::Region;
use serde::Deserialize;
use toml::Spanned;

use super::check::{Check, CitationFile, Known};
use super::{Citation, Evidence};
use crate::Error;
use crate::source::Source;

/// Longest title, in characters.
pub(super) const MAX_TITLE: usize = 60;
/// Longest summary, and how the genuine call differs, in characters.
pub(super) const MAX_SUMMARY: usize = 300;
/// Longest title of a stage, in characters.
const MAX_STAGE: usize = 90;
/// Longest name, payment, tool, in characters.
const MAX_NAME: usize = 80;
/// Longest thing that the caller says or never does, in characters.
const MAX_SAYS: usize = 200;
/// Longest note, in characters.
const MAX_NOTE: usize = 1_000;
/// Most stages.
const MAX_STAGES: usize = 8;

/// A kind of call.
#[derive(Clone, Debug)]
pub struct Script {
    /// The id: the name of its file.
    pub id: String,
    /// Whether it is a scam.
    pub kind: ScriptKind,
    /// What a person would call it.
    pub title: String,
    /// Other names people use.
    pub names: Vec<String>,
    /// What happens in such a call.
    pub summary: String,
    /// Where it is known; empty for anywhere.
    pub countries: Vec<Region>,
    /// How money leaves.
    pub payment: Vec<String>,
    /// Programs that the callers use.
    pub tools: Vec<String>,
    /// Kinds of calls that are easily mistaken for it.
    pub look_alikes: Vec<ScriptIndex>,
    /// What the genuine organisation never does.
    pub never: Vec<String>,
    /// How the genuine call differs.
    pub genuine: String,
    /// How the call unfolds.
    pub stages: Vec<Stage>,
    /// Where the facts come from.
    pub sources: Vec<Citation>,
    /// Notes as people who had such a call write them. For training: they do
    /// not go into the database.
    pub notes: Vec<(Language, String)>,
}

/// A stage of a call.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Unique id in its script.
    pub id: String,
    /// What happens.
    pub title: String,
    /// The share of calls that get this far.
    pub reached: f32,
    /// What the caller typically says.
    pub says: Vec<String>,
    /// How likely a person whose call got this far reports each of these.
    pub evidence: Vec<(EvidenceIndex, f32)>,
}

impl Script {
    /// What callers typically say, over all stages.
    pub fn says(&self) -> impl Iterator<Item = &str> {
        self.stages
            .iter()
            .flat_map(|stage| &stage.says)
            .map(String::as_str)
    }

    /// How likely a person reports each piece of evidence after such a call:
    /// 1 - product over the stages of (1 - reached x likelihood), or its base
    /// where no stage names it.
    pub fn likelihoods(&self, evidence: &[Evidence]) -> Vec<f64> {
        let mut missed = vec![None; evidence.len()];
        for stage in &self.stages {
            for &(index, likelihood) in &stage.evidence {
                if let Some(missed) = missed.get_mut(index.get()) {
                    let shown = f64::from(stage.reached) * f64::from(likelihood);
                    *missed = Some(missed.unwrap_or(1.0) * (1.0 - shown));
                }
            }
        }
        let all = missed.iter().zip(evidence);
        all.map(|(missed, evidence)| missed.map_or(evidence.base.into(), |missed| 1.0 - missed))
            .collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScriptFile {
    kind: Spanned<String>,
    title: Spanned<String>,
    names: Vec<Spanned<String>>,
    summary: Spanned<String>,
    countries: Vec<Spanned<String>>,
    payment: Vec<Spanned<String>>,
    tools: Vec<Spanned<String>>,
    look_alikes: Vec<Spanned<String>>,
    never: Vec<Spanned<String>>,
    genuine: Spanned<String>,
    #[serde(default)]
    stages: Vec<StageFile>,
    #[serde(default)]
    sources: Vec<CitationFile>,
    #[serde(default)]
    notes: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StageFile {
    id: Spanned<String>,
    title: Spanned<String>,
    reached: Spanned<f32>,
    says: Vec<Spanned<String>>,
    evidence: BTreeMap<Spanned<String>, Spanned<f32>>,
}

/// The ids of the scripts in these files, sorted.
pub(super) fn ids(paths: &[PathBuf]) -> Result<Vec<String>, Error> {
    let ids = paths.iter().map(|path| {
        let name = path.file_stem().unwrap_or_default();
        name.to_string_lossy().into_owned()
    });
    let mut ids: Vec<String> = ids.collect();
    ids.sort();
    match ids.len() {
        0..=65_535 => Ok(ids),
        _ => Err(Error::TooLarge("the table of scripts")),
    }
}

/// Reads the scripts in these files, by id.
pub(super) fn read(paths: Vec<PathBuf>, known: &Known<'_>) -> Result<Vec<Script>, Error> {
    let mut scripts = Vec::new();
    for path in paths {
        let id = path.file_stem().unwrap_or_default();
        let id = id.to_string_lossy().into_owned();
        let source = Source::read(path)?;
        let check = Check(&source);
        if check.id(0, &id).is_err() {
            return check.refuse(
                0,
                "name the file in lower case with _, such as tech_support.toml",
            );
        }
        scripts.push(script(check, id, source.parse()?, known)?);
    }
    scripts.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(scripts)
}

fn script(
    check: Check<'_>,
    id: String,
    file: ScriptFile,
    known: &Known<'_>,
) -> Result<Script, Error> {
    let kind = match file.kind.get_ref().as_str() {
        "scam" => ScriptKind::Scam,
        "genuine" => ScriptKind::Genuine,
        _ => return check.refuse(file.kind.span().start, "the kind is scam or genuine"),
    };
    for other in &file.look_alikes {
        if *other.get_ref() == id {
            let message = "a script does not look like itself: leave it out";
            return check.refuse(other.span().start, message);
        }
    }
    if file.stages.is_empty() || file.stages.len() > MAX_STAGES {
        let message = format!("describe the call in 1 to {MAX_STAGES} tables [[stages]]");
        return check.refuse(0, message);
    }
    if file.sources.is_empty() {
        return check.refuse(0, "name at least one source in a table [[sources]]");
    }
    let mut stages: Vec<Stage> = Vec::new();
    for entry in file.stages {
        stages.push(stage(check, entry, &stages, known)?);
    }
    let sources = file.sources.into_iter();
    let sources = sources.map(|source| check.citation(source));
    Ok(Script {
        kind,
        title: check.text(file.title, MAX_TITLE)?,
        names: check.texts(file.names, MAX_NAME)?,
        summary: check.text(file.summary, MAX_SUMMARY)?,
        countries: check.countries(&file.countries)?,
        payment: check.texts(file.payment, MAX_NAME)?,
        tools: check.texts(file.tools, MAX_NAME)?,
        look_alikes: check.scripts(known, &file.look_alikes)?,
        never: check.texts(file.never, MAX_SAYS)?,
        genuine: check.text(file.genuine, MAX_SUMMARY)?,
        stages,
        sources: sources.collect::<Result<_, _>>()?,
        notes: notes(check, file.notes)?,
        id,
    })
}

fn stage(
    check: Check<'_>,
    entry: StageFile,
    before: &[Stage],
    known: &Known<'_>,
) -> Result<Stage, Error> {
    let reached = *entry.reached.get_ref();
    let at = entry.reached.span().start;
    if before.is_empty() && reached != 1.0 {
        return check.refuse(
            at,
            "every call gets to the first stage: write reached = 1.0",
        );
    }
    if !(reached > 0.0 && reached <= 1.0) {
        return check.refuse(at, "give a share above 0, up to 1");
    }
    let mut pairs: Vec<_> = entry.evidence.into_iter().collect();
    pairs.sort_by_key(|(id, _)| id.span().start);
    let mut evidence = Vec::new();
    for (name, likelihood) in pairs {
        let (index, group) = check.evidence(known, &name)?;
        if group == EvidenceGroup::Action {
            let message = format!(
                "{} is what the person did, which no script tells: leave it out",
                name.get_ref()
            );
            return check.refuse(name.span().start, message);
        }
        if !(0.01..=0.97).contains(likelihood.get_ref()) {
            let message = "give a likelihood from 0.01 to 0.97";
            return check.refuse(likelihood.span().start, message);
        }
        evidence.push((index, likelihood.into_inner()));
    }
    Ok(Stage {
        id: check.new_id(entry.id, before.iter().map(|stage| stage.id.as_str()))?,
        title: check.text(entry.title, MAX_STAGE)?,
        reached,
        says: check.texts(entry.says, MAX_SAYS)?,
        evidence,
    })
}

fn notes(
    check: Check<'_>,
    file: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
) -> Result<Vec<(Language, String)>, Error> {
    let mut notes = Vec::new();
    for (tag, texts) in file {
        let language = match tag.get_ref().parse::<Language>() {
            Ok(language) if language.tag() == tag.get_ref() => language,
            _ => {
                let tags = Language::ALL.map(Language::tag).join(", ");
                let message = format!("notes are in one of {tags}");
                return check.refuse(tag.span().start, message);
            }
        };
        for text in check.texts(texts, MAX_NOTE)? {
            notes.push((language, text));
        }
    }
    Ok(notes)
}
