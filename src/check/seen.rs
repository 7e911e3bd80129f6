//! Red flags and actions: in the words of a note, and in answers.

use std::ops::Range;

use super::answers::{Answers, Asked, Given, Reply};
use super::assessment::{Action, RedFlag};
use super::belief::{Scripts, is_found};
use super::guide::{EvidenceGroup, EvidenceIndex, Guide};
use super::note::{Features, Lexicon, Model, Reading, Target, Words};
use crate::database::Fault;

/// A denial counts for what follows it within so many words.
const DENIED: usize = 3;
/// A refusal counts for what stands so many words from it.
const NEAR: usize = 6;

/// A note that was read.
pub(super) struct Note {
    pub words: Words,
    pub features: Features,
    pub reading: Reading,
}

/// What was seen in note and answers.
#[derive(Default)]
pub(super) struct Seen<'a> {
    pub flags: Vec<RedFlag<'a>>,
    pub actions: Vec<Action<'a>>,
    /// Evidence of options that stand for several things: one of them is so,
    /// but which is not known.
    pub perhaps: Vec<EvidenceIndex>,
}

impl Seen<'_> {
    /// Whether it was seen, or may have been.
    pub fn has(&self, index: EvidenceIndex) -> bool {
        self.flags.iter().any(|flag| flag.evidence.index == index)
            || self
                .actions
                .iter()
                .any(|action| action.evidence.index == index)
            || self.perhaps.contains(&index)
    }
}

/// What is needed to see them.
pub(super) struct Sight<'s, 'a> {
    pub guide: &'s Guide<'a>,
    pub lexicon: &'s Lexicon<'a>,
    pub model: &'s Model<'a>,
    pub scripts: &'s Scripts,
}

impl<'a> Sight<'_, 'a> {
    /// Red flags and actions in note and answers. An answer overrules the note.
    pub fn seen(&self, note: &Option<Note>, answers: &Answers) -> Result<Seen<'a>, Fault> {
        let mut found: Vec<(EvidenceIndex, Option<Range<usize>>)> = Vec::new();
        let mut seen = Seen::default();
        let mut denied = Vec::new();
        for (asked, given) in answers.iter() {
            match (asked, given) {
                (Asked::Evidence(evidence), Given::Reply(Reply::Yes)) => {
                    found.push((evidence, None))
                }
                (Asked::Evidence(evidence), Given::Reply(Reply::No)) => denied.push(evidence),
                (Asked::Question(place), Given::Option(option)) => {
                    let asking = self.scripts.questions.get(usize::from(place));
                    let options = asking.map(|asking| &asking.options);
                    match options.and_then(|options| options.get(usize::from(option))) {
                        // Other words for much the same: the first is so.
                        Some(said) if said.len() <= 2 => {
                            found.extend(said.first().map(|&first| (first, None)));
                        }
                        Some(said) => seen.perhaps.extend(said),
                        None => {}
                    }
                }
                _ => {}
            }
        }
        if let Some(note) = note {
            for &(target, logit) in &note.reading.heads {
                if let Target::Evidence(index) = target
                    && is_found(logit)
                    && let Some(run) = self.shown(note, EvidenceIndex(index))?
                {
                    let span = note.words.span(run.start, run.len());
                    found.push((EvidenceIndex(index), Some(span)));
                }
            }
        }
        for (index, span) in found {
            if denied.contains(&index)
                || seen.has(index)
                || index.get() >= self.guide.evidence_count()
            {
                continue;
            }
            let evidence = self.guide.evidence(index)?;
            match evidence.group {
                EvidenceGroup::Flag => seen.flags.push(RedFlag {
                    evidence,
                    span,
                    weight: self.weight(index),
                }),
                EvidenceGroup::Action => seen.actions.push(Action { evidence, span }),
                _ => {}
            }
        }
        seen.perhaps.retain(|index| !denied.contains(index));
        seen.flags.sort_by(|a, b| {
            let by_weight = b.weight.total_cmp(&a.weight);
            by_weight.then(a.evidence.index.0.cmp(&b.evidence.index.0))
        });
        seen.actions.sort_by_key(|action| action.evidence.index.0);
        Ok(seen)
    }

    /// The words of the note that show this evidence; `None` if no word worth
    /// naming does, or if it is an action that was denied or refused.
    fn shown(&self, note: &Note, evidence: EvidenceIndex) -> Result<Option<Range<usize>>, Fault> {
        let length = note.words.len();
        let parts = self
            .model
            .evidence_parts(&note.features, length, evidence.0)?;
        let clauses = (0..length).map(|word| note.words.clause(word));
        let run = best_run(&parts, &clauses.collect::<Vec<_>>());
        let telling = |run: &Range<usize>| {
            let mut matches = note.features.matches.iter();
            matches.any(|at| run.contains(&usize::from(at.first)))
                || run.clone().any(|word| note.words.text(word).len() >= 4)
        };
        let Some(run) = run.filter(telling) else {
            return Ok(None);
        };
        let is_action = self.guide.evidence(evidence)?.group == EvidenceGroup::Action;
        let undone = is_action && (self.refused(note, &run) || self.denied(note, &run));
        Ok((!undone).then_some(run))
    }

    /// Whether a "not" stands in these words or just before them.
    fn denied(&self, note: &Note, run: &Range<usize>) -> bool {
        let not = self.lexicon.concept("not");
        let clause = note.words.clause(run.start);
        note.features.matches.iter().any(|at| {
            let place = usize::from(at.first);
            Some(at.concept) == not
                && note.words.clause(place) == clause
                && place + DENIED >= run.start
                && place < run.end
        })
    }

    /// Whether the note says after these words, or just before them, that it
    /// was refused or nearly done, and not later that it was done.
    fn refused(&self, note: &Note, run: &Range<usize>) -> bool {
        let concept = |name: &str| self.lexicon.concept(name);
        let places = |concept: Option<u8>| {
            let matches = note.features.matches.iter();
            matches
                .filter(move |at| Some(at.concept) == concept)
                .map(|at| usize::from(at.first))
        };
        let near = run.start.saturating_sub(NEAR)..run.end + NEAR;
        // "I never", "I didn't".
        let own: Vec<usize> = places(concept("i")).collect();
        let nots = places(concept("not")).filter(|place| own.contains(&place.saturating_sub(1)));
        let refusals = places(concept("refused")).chain(places(concept("nearly")));
        let refusals = refusals.chain(nots);
        let last = refusals.filter(|place| near.contains(place)).max();
        last.is_some_and(|last| !places(concept("i_did")).any(|place| place > last))
    }

    /// How much likelier evidence is in scam calls than in genuine ones.
    fn weight(&self, evidence: EvidenceIndex) -> f32 {
        let mean = |of_scams: bool| {
            let scripts = self.scripts.scam.iter().enumerate();
            let own = scripts.filter(|(_, scam)| **scam == of_scams);
            let shown: Vec<f32> = own
                .map(|(index, _)| self.scripts.likelihood(index, evidence))
                .collect();
            shown.iter().sum::<f32>() / shown.len().max(1) as f32
        };
        (mean(true) / mean(false).max(1e-4)).ln().max(0.0)
    }
}

/// The run of words that gives most, within one clause.
fn best_run(parts: &[f32], clauses: &[u16]) -> Option<Range<usize>> {
    let most = parts.iter().copied().fold(0.0, f32::max);
    if most <= 0.0 {
        return None;
    }
    // A word must give a fifth of the best one to be worth keeping.
    let cost = most / 5.0;
    let (mut best, mut best_sum) = (0..0, 0.0);
    let (mut start, mut sum) = (0, 0.0);
    for (index, part) in parts.iter().enumerate() {
        if index > 0 && clauses.get(index) != clauses.get(index - 1) {
            (start, sum) = (index, 0.0);
        }
        sum += part - cost;
        if sum <= 0.0 {
            (start, sum) = (index + 1, 0.0);
        } else if sum > best_sum {
            (best, best_sum) = (start..index + 1, sum);
        }
    }
    (!best.is_empty()).then_some(best)
}
