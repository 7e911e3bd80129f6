//! `data/flags.toml`: what a person can say about a call.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ringfence::check::guide::EvidenceGroup;
use serde::Deserialize;
use toml::Spanned;

use super::check::Check;
use crate::Error;
use crate::source::Source;

/// Longest title, in characters.
pub(super) const MAX_TITLE: usize = 70;
/// Longest question, in characters.
const MAX_ASK: usize = 90;
/// Longest reason, in characters.
pub(super) const MAX_WHY: usize = 160;

/// A piece of evidence.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Unique id.
    pub id: String,
    /// What it tells about.
    pub group: EvidenceGroup,
    /// How likely a call of a kind that does not name it still shows it.
    pub base: f32,
    /// Whether it alone is enough alarm.
    pub strong: bool,
    /// What to call it.
    pub title: String,
    /// The question for it.
    pub ask: String,
    /// Why it matters; empty for claims, topics and actions.
    pub why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EvidenceFile {
    group: Spanned<String>,
    base: Spanned<f32>,
    #[serde(default)]
    strong: Option<Spanned<bool>>,
    title: Spanned<String>,
    ask: Spanned<String>,
    why: Option<Spanned<String>>,
}

/// Reads the file, in its order.
pub(super) fn read(path: PathBuf) -> Result<Vec<Evidence>, Error> {
    let source = Source::read(path)?;
    let check = Check(&source);
    let file: BTreeMap<Spanned<String>, EvidenceFile> = source.parse()?;
    if file.is_empty() || file.len() > u16::MAX.into() {
        return check.refuse(0, "describe 1 to 65,535 pieces of evidence");
    }
    let mut entries: Vec<_> = file.into_iter().collect();
    entries.sort_by_key(|(id, _)| id.span().start);
    let entries = entries.into_iter().map(|(id, entry)| {
        check.id(id.span().start, id.get_ref())?;
        evidence(check, id, entry)
    });
    entries.collect()
}

fn evidence(check: Check<'_>, id: Spanned<String>, entry: EvidenceFile) -> Result<Evidence, Error> {
    let name = entry.group.get_ref();
    let mut groups = EvidenceGroup::ALL.into_iter();
    let Some(group) = groups.find(|group| group.name() == name) else {
        let message = "the group is claim, topic, sign, flag or action";
        return check.refuse(entry.group.span().start, message);
    };
    let base = *entry.base.get_ref();
    if !(0.001..=0.05).contains(&base) {
        return check.refuse(entry.base.span().start, "give a base from 0.001 to 0.05");
    }
    let strong = entry
        .strong
        .as_ref()
        .is_some_and(|strong| *strong.get_ref());
    if let Some(place) = entry.strong.filter(|_| group != EvidenceGroup::Flag) {
        let message = "only flags can be strong: leave it out";
        return check.refuse(place.span().start, message);
    }
    let needs_why = matches!(group, EvidenceGroup::Sign | EvidenceGroup::Flag);
    let why = match entry.why {
        Some(why) if needs_why => check.text(why, MAX_WHY)?,
        Some(why) => {
            let message = "only signs and flags have a why: leave it out";
            return check.refuse(why.span().start, message);
        }
        None if needs_why => {
            let message = format!("say in why what this {group} tells");
            return check.refuse(id.span().start, message);
        }
        None => String::new(),
    };
    Ok(Evidence {
        id: id.into_inner(),
        group,
        base,
        strong,
        title: check.text(entry.title, MAX_TITLE)?,
        ask: check.text(entry.ask, MAX_ASK)?,
        why,
    })
}
