//! How likely each kind of call is: one log-linear model for a note and for
//! answers.
//!
//! Every script, scam or genuine, has a score: the natural logarithm of its
//! prior, plus what the note gives it, plus the logarithm of each answer's
//! likelihood. Scores add up in any order. The probability of a scam is the
//! share of the scam scripts.

use super::answers::{Answers, Asked, Given, Reply};
use super::guide::{EvidenceGroup, EvidenceIndex, Guide, Question, ScriptIndex, ScriptKind};
use super::note::{Reading, Target};
use crate::database::Fault;

/// The probability of a scam before anything is known.
const PRIOR: f32 = 0.45;
/// How often people tap the wrong answer: no single answer rules out a script.
const WRONG: f32 = 0.1;
/// How often people are not sure though an option fits.
const UNSURE: f32 = 0.15;
/// Share of a piece of evidence that is found in the note below which it is
/// not counted as found.
const FOUND: f32 = 0.5;

/// Everything about scripts that the arithmetic needs, read once.
pub(super) struct Scripts {
    /// Whether each script is a scam.
    pub scam: Vec<bool>,
    /// Likelihoods, one row a script.
    likelihoods: Vec<Vec<f32>>,
    /// The questions with the evidence of each option.
    pub questions: Vec<Asking>,
}

/// A question as the arithmetic needs it.
pub(super) struct Asking {
    /// The evidence of each option.
    pub options: Vec<Vec<EvidenceIndex>>,
    /// Whether it asks what the person did, which tells nothing about the call.
    pub of_actions: bool,
    /// For each script how likely each option is picked after such a call, and
    /// last "not sure".
    pub likelihoods: Vec<Vec<f32>>,
}

impl Scripts {
    /// Reads the guide.
    pub fn new(guide: &Guide<'_>) -> Result<Self, Fault> {
        let mut scam = Vec::with_capacity(guide.script_count());
        let mut likelihoods: Vec<Vec<f32>> = Vec::with_capacity(guide.script_count());
        for index in 0..guide.script_count() as u16 {
            let script = guide.script(ScriptIndex(index))?;
            scam.push(script.kind == ScriptKind::Scam);
            // Nothing is certain, whatever the data says.
            let row = guide.likelihoods(script.index)?;
            likelihoods.push(row.iter().map(|value| value.clamp(0.001, 0.999)).collect());
        }
        let mut scripts = Self {
            scam,
            likelihoods,
            questions: Vec::new(),
        };
        for question in guide.questions() {
            let asking = scripts.asking(guide, &question?)?;
            scripts.questions.push(asking);
        }
        Ok(scripts)
    }

    fn asking(&self, guide: &Guide<'_>, question: &Question<'_>) -> Result<Asking, Fault> {
        let options: Vec<Vec<EvidenceIndex>> = question
            .options
            .iter()
            .map(|option| option.evidence.iter().collect())
            .collect();
        let mut of_actions = false;
        for &evidence in options.iter().flatten() {
            of_actions |= guide.evidence(evidence)?.group == EvidenceGroup::Action;
        }
        let scripts = 0..self.scam.len();
        Ok(Asking {
            likelihoods: scripts
                .map(|script| self.picked(script, &options))
                .collect(),
            options,
            of_actions,
        })
    }

    /// How likely a person reports this evidence after such a call.
    pub fn likelihood(&self, script: usize, evidence: EvidenceIndex) -> f32 {
        let row = self.likelihoods.get(script);
        let value = row.and_then(|row| row.get(evidence.get()));
        value.copied().unwrap_or(0.01)
    }

    /// How likely each option of a question is picked after such a call, and
    /// last "not sure"; wrong taps included.
    fn picked(&self, script: usize, options: &[Vec<EvidenceIndex>]) -> Vec<f32> {
        let mut missed = 1.0;
        let mut weights: Vec<f32> = Vec::with_capacity(options.len());
        for option in options {
            let none: f32 = option
                .iter()
                .map(|&evidence| 1.0 - self.likelihood(script, evidence))
                .product();
            missed *= none;
            weights.push(1.0 - none);
        }
        for (weight, option) in weights.iter_mut().zip(options) {
            if option.is_empty() {
                *weight = missed;
            }
        }
        // If no option fits, people say that they are not sure.
        let total: f32 = weights.iter().sum();
        let fits = total.min(1.0);
        let floor = WRONG / weights.len().max(1) as f32;
        for weight in &mut weights {
            let share = *weight / total.max(1.0);
            *weight = (1.0 - UNSURE) * (share * (1.0 - WRONG) + fits * floor);
        }
        weights.push(1.0 - (1.0 - UNSURE) * fits);
        weights
    }
}

/// How likely each kind of call is.
#[derive(Clone, Debug)]
pub(super) struct Belief {
    /// The logarithm of each script's share; the shares add up to 1.
    pub scores: Vec<f32>,
}

impl Belief {
    /// Before anything is known: somewhat more likely no scam; on each side
    /// every script alike.
    pub fn prior(scripts: &Scripts) -> Self {
        let scams = scripts.scam.iter().filter(|&&scam| scam).count();
        let genuine = scripts.scam.len() - scams;
        let share = |scam: bool| match scam {
            true => PRIOR / scams.max(1) as f32,
            false => (1.0 - PRIOR) / genuine.max(1) as f32,
        };
        let scores = scripts.scam.iter().map(|&scam| share(scam).ln());
        Self {
            scores: scores.collect(),
        }
    }

    /// What a note says.
    pub fn of_note(scripts: &Scripts, reading: &Reading) -> Self {
        let mut belief = Self::prior(scripts);
        let scam = log_probability(reading.scam);
        let genuine = log_probability(-reading.scam);
        for &(target, share) in &reading.heads {
            let (index, side) = match target {
                Target::Scam(index) => (index, scam),
                Target::Genuine(index) => (index, genuine),
                Target::Evidence(_) => continue,
            };
            if let Some(score) = belief.scores.get_mut(usize::from(index)) {
                *score = side + share;
            }
        }
        belief.normalise();
        belief
    }

    /// Takes answers into account. `found` tells how surely the note already
    /// said what an answer says: that part is not counted twice.
    pub fn take(
        &mut self,
        scripts: &Scripts,
        answers: &Answers,
        found: &impl Fn(EvidenceIndex) -> f32,
    ) {
        for (asked, given) in answers.iter() {
            self.take_one(scripts, asked, given, found);
        }
    }

    /// Takes one answer into account.
    pub fn take_one(
        &mut self,
        scripts: &Scripts,
        asked: Asked,
        given: Given,
        found: &impl Fn(EvidenceIndex) -> f32,
    ) {
        match (asked, given) {
            (Asked::Evidence(evidence), Given::Reply(reply)) => {
                if reply == Reply::Unsure {
                    return;
                }
                let yes = reply == Reply::Yes;
                let fresh = if yes { 1.0 - found(evidence) } else { 1.0 };
                for (index, score) in self.scores.iter_mut().enumerate() {
                    let shown = scripts.likelihood(index, evidence);
                    let agrees = if yes { shown } else { 1.0 - shown };
                    let likelihood = agrees * (1.0 - WRONG) + WRONG / 2.0;
                    *score += fresh * likelihood.ln();
                }
            }
            (Asked::Question(place), given) => {
                let Some(asking) = scripts.questions.get(usize::from(place)) else {
                    return;
                };
                if asking.of_actions {
                    return;
                }
                let option = match given {
                    Given::Option(option) => usize::from(option),
                    Given::Reply(_) => asking.options.len(),
                };
                let said = asking.options.get(option).into_iter().flatten();
                let known = said.map(|&evidence| found(evidence)).fold(0.0, f32::max);
                for (score, likelihoods) in self.scores.iter_mut().zip(&asking.likelihoods) {
                    if let Some(likelihood) = likelihoods.get(option) {
                        *score += (1.0 - known) * likelihood.ln();
                    }
                }
            }
            (Asked::Evidence(_), Given::Option(_)) => {}
        }
        self.normalise();
    }

    /// The probability of a scam, 0 to 1.
    pub fn scam(&self, scripts: &Scripts) -> f32 {
        let shares = self.scores.iter().zip(&scripts.scam);
        let scams = shares.filter(|(_, scam)| **scam);
        scams
            .map(|(score, _)| score.exp())
            .sum::<f32>()
            .clamp(0.0, 1.0)
    }

    /// The logit of the probability of a scam.
    pub fn scam_logit(&self, scripts: &Scripts) -> f32 {
        let side = |of_scams: bool| {
            let scores = self.scores.iter().zip(&scripts.scam);
            let own = scores.filter(|(_, scam)| **scam == of_scams);
            log_sum(own.map(|(&score, _)| score))
        };
        side(true) - side(false)
    }

    /// Scripts of one side with their shares of all, the likeliest first.
    pub fn ranked(&self, scripts: &Scripts, of_scams: bool) -> Vec<(ScriptIndex, f32)> {
        let mut ranked: Vec<(ScriptIndex, f32)> = self
            .scores
            .iter()
            .enumerate()
            .filter(|(index, _)| scripts.scam.get(*index) == Some(&of_scams))
            .map(|(index, score)| (ScriptIndex(index as u16), score.exp()))
            .collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.0.cmp(&b.0.0)));
        ranked
    }

    fn normalise(&mut self) {
        let total = log_sum(self.scores.iter().copied());
        if total.is_finite() {
            self.scores.iter_mut().for_each(|score| *score -= total);
        }
    }
}

/// Whether the note shows evidence whose logit is given.
pub(super) fn is_found(logit: f32) -> bool {
    probability(logit) >= FOUND
}

/// The probability of a logit.
pub(super) fn probability(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

/// The logarithm of the probability of a logit, exact far out too.
fn log_probability(logit: f32) -> f32 {
    if logit > 0.0 {
        -(-logit).exp().ln_1p()
    } else {
        logit - logit.exp().ln_1p()
    }
}

/// The logarithm of the sum of the exponentials.
fn log_sum(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let most = values.clone().fold(f32::NEG_INFINITY, f32::max);
    if !most.is_finite() {
        return most;
    }
    most + values.map(|value| (value - most).exp()).sum::<f32>().ln()
}
