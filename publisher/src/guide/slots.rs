//! What can be said in other languages, in the order in which it is stored.

use ringfence::check::guide::Kind;
use ringfence::number::Region;

use super::{GuideSource, Step};

/// A text of the guide: what [`texts_layout`](ringfence::check::guide::texts_layout)
/// numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot<'g> {
    /// What it is.
    pub kind: Kind,
    /// The country that has it; none for what holds everywhere.
    pub region: Option<Region>,
    /// The id of what it belongs to; for an option, its question's.
    pub id: &'g str,
    /// The option's id.
    pub option: &'g str,
    /// It in English; empty if there is nothing to be said.
    pub english: &'g str,
}

impl GuideSource {
    /// The steps as they are stored: those for all countries, then of each
    /// country those that differ from them.
    pub fn stored_steps(&self) -> impl Iterator<Item = (Option<Region>, &Step)> {
        let countries = self.countries.iter().flat_map(|country| {
            let own = country.steps.iter();
            let own = own.filter(|step| !self.steps.contains(step));
            own.map(|step| (Some(country.region), step))
        });
        self.steps.iter().map(|step| (None, step)).chain(countries)
    }

    /// All that can be said in other languages, in the order in which it is
    /// stored.
    pub fn slots(&self) -> Vec<Slot<'_>> {
        let slot = |kind, id, english| Slot {
            kind,
            region: None,
            id,
            option: "",
            english,
        };
        let mut slots = Vec::new();
        for kind in Kind::ALL {
            let (evidence, scripts) = (self.evidence.iter(), self.scripts.iter());
            let questions = self.questions.iter();
            match kind {
                Kind::EvidenceTitle => {
                    slots.extend(evidence.map(|one| slot(kind, &one.id, &one.title)));
                }
                Kind::EvidenceWhy => {
                    slots.extend(evidence.map(|one| slot(kind, &one.id, &one.why)));
                }
                Kind::ScriptTitle => {
                    slots.extend(scripts.map(|one| slot(kind, &one.id, &one.title)));
                }
                Kind::ScriptSummary => {
                    slots.extend(scripts.map(|one| slot(kind, &one.id, &one.summary)));
                }
                Kind::Question => {
                    slots.extend(questions.map(|one| slot(kind, &one.id, &one.text)));
                }
                Kind::Choice => slots.extend(questions.flat_map(|one| {
                    one.options.iter().map(move |option| Slot {
                        option: &option.id,
                        ..slot(kind, &one.id, &option.text)
                    })
                })),
                Kind::Step => slots.extend(self.stored_steps().map(|(region, one)| Slot {
                    region,
                    ..slot(kind, &one.id, &one.text)
                })),
            }
        }
        slots
    }
}
