//! `data/advice/*.toml`: what to do now, everywhere and in one country.

use std::path::Path;

use ringfence::check::guide::{EvidenceGroup, EvidenceIndex, ScriptIndex};
use serde::Deserialize;
use toml::Spanned;

use super::Citation;
use super::check::{Check, Known};
use super::country::{Country, country};
use super::deed::{Deed, DeedFile, deed};
use crate::source::Source;
use crate::{Error, lexicon};

/// The file with the steps for all countries.
pub(super) const STEPS: &str = "steps.toml";
/// Longest text of a step, in characters.
pub(super) const MAX_TEXT: usize = 200;

/// Something to do after a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Unique id.
    pub id: String,
    /// The block of advice it belongs to, 0 to 6.
    pub block: u8,
    /// Smaller comes first.
    pub order: u16,
    /// Whether it is for a scam.
    pub for_scam: bool,
    /// Whether it is for a call that may be one.
    pub for_unsure: bool,
    /// Whether it is for a call that is none.
    pub for_clear: bool,
    /// Shown if the person did one of these.
    pub done: Vec<EvidenceIndex>,
    /// Or if one of these was seen.
    pub asked: Vec<EvidenceIndex>,
    /// Or if the call was of one of these kinds.
    pub scripts: Vec<ScriptIndex>,
    /// What to do.
    pub text: String,
    /// What the phone can do for it.
    pub action: Option<Deed>,
    /// Where the fact comes from; none for what holds everywhere.
    pub source: Option<Citation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepsFile {
    steps: Vec<StepFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepFile {
    pub id: Spanned<String>,
    pub block: Spanned<String>,
    pub order: Spanned<u16>,
    pub when: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    pub done: Vec<Spanned<String>>,
    #[serde(default)]
    pub asked: Vec<Spanned<String>>,
    #[serde(default)]
    pub scripts: Vec<Spanned<String>>,
    pub text: Spanned<String>,
    #[serde(rename = "do")]
    pub action: Option<Spanned<DeedFile>>,
}

/// Reads the folder: the steps for all countries, and the countries by code.
pub(super) fn read(folder: &Path, known: &Known<'_>) -> Result<(Vec<Step>, Vec<Country>), Error> {
    let source = Source::read(folder.join(STEPS))?;
    let check = Check(&source);
    let file: StepsFile = source.parse()?;
    let mut steps: Vec<Step> = Vec::new();
    for entry in file.steps {
        let before = steps.iter().map(|step| step.id.as_str());
        let id = check.new_id(entry.id.clone(), before)?;
        steps.push(step(check, known, id, entry)?);
    }
    steps.sort_by_key(|step| step.order);
    let mut countries = Vec::new();
    for path in lexicon::files(folder)? {
        if path != folder.join(STEPS) {
            countries.push(country(&Source::read(path)?, known, &steps)?);
        }
    }
    countries.sort_by_key(|country: &Country| country.region);
    Ok((steps, countries))
}

/// Checks a step.
pub(super) fn step(
    check: Check<'_>,
    known: &Known<'_>,
    id: String,
    file: StepFile,
) -> Result<Step, Error> {
    let block = match file.block.get_ref().as_bytes() {
        &[b'R', digit @ b'0'..=b'6'] => digit - b'0',
        _ => return check.refuse(file.block.span().start, "the block is one of R0 to R6"),
    };
    let mut verdicts = [false; 3];
    for verdict in file.when.get_ref() {
        let names = ["scam", "unsure", "clear"];
        let Some(place) = names.iter().position(|name| name == verdict.get_ref()) else {
            return check.refuse(verdict.span().start, "a verdict is scam, unsure or clear");
        };
        verdicts[place] = true;
    }
    if verdicts == [false; 3] {
        let message = "name at least one verdict: scam, unsure or clear";
        return check.refuse(file.when.span().start, message);
    }
    let acts = |group| group == EvidenceGroup::Action;
    let remedy = "done takes only what the person did";
    let done = check.all_evidence(known, &file.done, acts, remedy)?;
    let remedy = "asked takes only what was seen in the call, put it into done";
    let asked = check.all_evidence(known, &file.asked, |group| !acts(group), remedy)?;
    let [for_scam, for_unsure, for_clear] = verdicts;
    Ok(Step {
        id,
        block,
        order: file.order.into_inner(),
        for_scam,
        for_unsure,
        for_clear,
        done,
        asked,
        scripts: check.scripts(known, &file.scripts)?,
        text: check.text(file.text, MAX_TEXT)?,
        action: file.action.map(|file| deed(check, file)).transpose()?,
        source: None,
    })
}
