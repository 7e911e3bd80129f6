//! Labelled notes and what the check found.

use std::collections::BTreeMap;

use ringfence::check::note::Language;
use ringfence::check::{Assessment, Verdict};

use super::rows::{Label, Row};

/// What the check found.
#[derive(Clone, Debug)]
pub struct Found {
    pub verdict: Verdict,
    pub probability: f64,
    /// The script that is named; none if the verdict is clear.
    pub script: Option<String>,
    /// The scripts that are named next.
    pub alternatives: Vec<String>,
    /// The language that was detected; none if it was given.
    pub language: Option<Language>,
    pub red_flags: Vec<String>,
    pub actions: Vec<String>,
}

impl Found {
    pub fn new(assessment: &Assessment<'_>, language_given: bool) -> Self {
        let flags = assessment.red_flags.iter().map(|flag| flag.evidence.id);
        let actions = assessment.actions.iter().map(|action| action.evidence.id);
        let others = assessment.alternatives.iter();
        Self {
            verdict: assessment.verdict,
            probability: assessment.probability.into(),
            script: assessment.script.map(|best| best.script.id.to_owned()),
            alternatives: others.map(|other| other.script.id.to_owned()).collect(),
            language: (!language_given).then_some(assessment.language),
            red_flags: flags.map(str::to_owned).collect(),
            actions: actions.map(str::to_owned).collect(),
        }
    }
}

/// A labelled note and what was found.
#[derive(Clone, Debug)]
pub struct Case {
    pub row: Row,
    pub found: Found,
}

impl Case {
    /// Whether it is labelled so.
    pub fn is(&self, label: Label) -> bool {
        self.row.label == label
    }

    /// Whether the verdict is this.
    pub fn says(&self, verdict: Verdict) -> bool {
        self.found.verdict == verdict
    }

    /// Whether the script that is named is right.
    pub fn named(&self) -> bool {
        let script = self.found.script.as_deref();
        script.is_some_and(|script| self.row.fits(script))
    }

    /// Whether it or one of the next two is.
    pub fn named_of_three(&self) -> bool {
        let mut next = self.found.alternatives.iter().take(2);
        self.named() || next.any(|script| self.row.fits(script))
    }

    /// What is wrong, if anything.
    pub fn fault(&self) -> Option<&'static str> {
        let flagged = self.says(Verdict::Scam);
        match self.row.label {
            Label::Scam | Label::IllegalRobocall if !flagged => Some("missed"),
            Label::Scam if self.row.script.is_some() && !self.named() => Some("other script"),
            Label::Legit if flagged => Some("false alarm"),
            _ => None,
        }
    }

    /// Its probability and whether it was a scam, where that is known.
    fn prediction(&self) -> Option<(f64, bool)> {
        let known = matches!(self.row.label, Label::Scam | Label::Legit);
        known.then(|| (self.found.probability, self.is(Label::Scam)))
    }
}

/// The predictions for scams and legitimate calls.
pub fn predictions(cases: &[Case]) -> Vec<(f64, bool)> {
    cases.iter().filter_map(Case::prediction).collect()
}

/// Rows and columns of a confusion.
pub const GENUINE: &str = "genuine, clear";
pub const UNSURE: &str = "unsure";

/// How often each script (or a genuine call) was taken for each. What is found
/// is the script that is named if the verdict is scam.
pub fn confusion(cases: &[Case]) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for case in cases {
        let truth = match (case.row.label, &case.row.script) {
            (Label::Scam, Some(script)) => script.as_str(),
            (Label::Legit, _) => GENUINE,
            _ => continue,
        };
        let found = match (case.found.verdict, &case.found.script) {
            (Verdict::Scam, Some(script)) if case.row.fits(script) => truth,
            (Verdict::Scam, Some(script)) => script,
            (Verdict::Clear, _) => GENUINE,
            _ => UNSURE,
        };
        *counts
            .entry((truth.to_owned(), found.to_owned()))
            .or_default() += 1;
    }
    counts
}
