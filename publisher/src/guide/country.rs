//! `data/advice/<CC>.toml`: what to do now in one country.

use std::collections::BTreeMap;

use ringfence::number::Region;
use serde::Deserialize;
use toml::Spanned;

use super::advice::{MAX_TEXT, STEPS, Step, StepFile, step};
use super::check::{Check, CitationFile, Known};
use super::deed::{DeedFile, deed, is_phone};
use crate::Error;
use crate::source::Source;

/// Longest name of a country or a place to report to, in characters.
const MAX_NAME: usize = 80;

/// A country with steps of its own.
#[derive(Clone, Debug)]
pub struct Country {
    /// Its code.
    pub region: Region,
    /// Its name.
    pub name: String,
    /// All its steps, in the order in which they are shown.
    pub steps: Vec<Step>,
    /// Where people report.
    pub report: Option<ReportPlace>,
}

/// Where people of a country report a call.
#[derive(Clone, Debug)]
pub struct ReportPlace {
    /// Who takes reports.
    pub name: String,
    /// The short number for suspicious texts and calls; may be empty.
    pub text_number: String,
    /// The number to ring; may be empty.
    pub phone: String,
    /// The page for reports.
    pub url: String,
    /// Where the fact comes from.
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountryFile {
    country: Spanned<String>,
    name: Spanned<String>,
    #[serde(default)]
    steps: BTreeMap<Spanned<String>, CountryStepFile>,
    report: Option<ReportFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountryStepFile {
    #[serde(default)]
    add: bool,
    block: Option<Spanned<String>>,
    order: Option<Spanned<u16>>,
    when: Option<Spanned<Vec<Spanned<String>>>>,
    done: Option<Vec<Spanned<String>>>,
    asked: Option<Vec<Spanned<String>>>,
    scripts: Option<Vec<Spanned<String>>>,
    text: Option<Spanned<String>>,
    #[serde(rename = "do")]
    action: Option<Spanned<DeedFile>>,
    source: Spanned<String>,
    url: Spanned<String>,
    date: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportFile {
    name: Spanned<String>,
    text_number: Option<Spanned<String>>,
    phone: Option<Spanned<String>>,
    url: Spanned<String>,
    source: Spanned<String>,
}

/// Reads the file of a country; `defaults` are the steps for all.
pub(super) fn country(
    source: &Source,
    known: &Known<'_>,
    defaults: &[Step],
) -> Result<Country, Error> {
    let check = Check(source);
    let file: CountryFile = source.parse()?;
    let region = check.country(&file.country)?;
    if source.path.file_stem() != Some(region.as_str().as_ref()) {
        let message = format!("name the file {region}.toml after its country");
        return check.refuse(file.country.span().start, message);
    }
    let mut steps = defaults.to_vec();
    let mut entries: Vec<_> = file.steps.into_iter().collect();
    entries.sort_by_key(|(id, _)| id.span().start);
    for (id, entry) in entries {
        let at = id.span().start;
        let id = id.into_inner();
        match steps.iter_mut().find(|step| step.id == id) {
            Some(_) if entry.add => {
                let message = format!("{STEPS} has a step {id} too: leave out add, or rename it");
                return check.refuse(at, message);
            }
            Some(step) => replace(check, at, step, entry)?,
            None if entry.add => steps.push(added(check, known, at, id, entry)?),
            None => {
                let message =
                    format!("{STEPS} has no step {id}: correct the id, or write add = true");
                return check.refuse(at, message);
            }
        }
    }
    steps.sort_by_key(|step| step.order);
    Ok(Country {
        region,
        name: check.text(file.name, MAX_NAME)?,
        steps,
        report: file.report.map(|file| report(check, file)).transpose()?,
    })
}

/// Replaces the text and the deed of a step.
fn replace(
    check: Check<'_>,
    at: usize,
    step: &mut Step,
    entry: CountryStepFile,
) -> Result<(), Error> {
    let fixed = entry.block.is_some() || entry.order.is_some() || entry.when.is_some();
    if fixed || entry.done.is_some() || entry.asked.is_some() || entry.scripts.is_some() {
        let message = "a country replaces only text and do of a step: leave out the rest";
        return check.refuse(at, message);
    }
    if entry.text.is_none() && entry.action.is_none() {
        return check.refuse(at, "give a text or a do that replaces the usual one");
    }
    if let Some(text) = entry.text {
        step.text = check.text(text, MAX_TEXT)?;
    }
    if let Some(action) = entry.action {
        step.action = Some(deed(check, action)?);
    }
    step.source = Some(check.citation(CitationFile {
        name: entry.source,
        url: entry.url,
        date: entry.date,
    })?);
    Ok(())
}

/// A step that only one country has.
fn added(
    check: Check<'_>,
    known: &Known<'_>,
    at: usize,
    id: String,
    entry: CountryStepFile,
) -> Result<Step, Error> {
    check.id(at, &id)?;
    let needed = (entry.block, entry.order, entry.when, entry.text);
    let (Some(block), Some(order), Some(when), Some(text)) = needed else {
        return check.refuse(at, "a step that is added has block, order, when and text");
    };
    let file = StepFile {
        id: Spanned::new(at..at, id.clone()),
        block,
        order,
        when,
        done: entry.done.unwrap_or_default(),
        asked: entry.asked.unwrap_or_default(),
        scripts: entry.scripts.unwrap_or_default(),
        text,
        action: entry.action,
    };
    let mut step = step(check, known, id, file)?;
    step.source = Some(check.citation(CitationFile {
        name: entry.source,
        url: entry.url,
        date: entry.date,
    })?);
    Ok(step)
}

fn report(check: Check<'_>, file: ReportFile) -> Result<ReportPlace, Error> {
    let number = |number: Option<Spanned<String>>| match number {
        Some(number) if is_phone(number.get_ref()) => Ok(number.into_inner()),
        Some(number) => check.refuse(
            number.span().start,
            "write the number as it is dialled, with digits and spaces",
        ),
        None => Ok(String::new()),
    };
    Ok(ReportPlace {
        name: check.text(file.name, MAX_NAME)?,
        text_number: number(file.text_number)?,
        phone: number(file.phone)?,
        url: check.url(file.url)?,
        source: check.source(file.source)?,
    })
}
