//! The model that reads a note: trained from `data/notes` and `data/scripts`.
//!
//! ```text
//! notes, scripts ─▶ matrix (features as the phone sees them)
//!                     ├─ train ─▶ one head each: scam, scripts, flags, actions
//!                     └─ train on four fifths, score the rest ─▶ calibrate
//!                                                    write ─▶ section "model"
//! ```

mod calibrate;
pub mod corpus;
mod matrix;
mod solver;
mod train;
mod write;

use std::path::Path;

use ringfence::check::guide::{EvidenceGroup, ScriptKind};
use ringfence::check::note::{BUCKETS, Language, Lexicon, Target};
use ringfence::database::{Database, SectionId};

use crate::facts::Release;
use crate::guide::GuideSource;
use crate::{Error, file};
use calibrate::{Calibration, Scored};
use corpus::{Label, Note};
use matrix::{Matrix, Weights};
use train::{Labels, head_samples, scam_samples, train_all, train_sparse};

/// Evidence is learned only with this many notes that show it.
const MIN_NOTES: usize = 12;
/// Weights of a script's head.
const SCRIPT_WEIGHTS: usize = 1_000;
/// Weights of a red flag's head.
const FLAG_WEIGHTS: usize = 300;
/// Weights of an action's head.
const ACTION_WEIGHTS: usize = 700;
/// Many training notes are contrast pairs, written to be hard, so a model
/// calibrated on them is less sure than it may be of notes as people write
/// them. Its logits are multiplied by this, and shifted: both were chosen by
/// the reliability on the dev notes, which never train.
const SHARPER: f64 = 1.3;
/// See [`SHARPER`].
const SHIFT: f64 = 0.5;
/// In how many parts the notes are scored by a model that did not see them.
pub const FOLDS: usize = 5;
/// The same for calibration, where fewer suffice.
const CALIBRATION_FOLDS: usize = 3;
/// A head's value times this is a script's logit. (4 was best of 2, 4 and 6
/// in cross-validation.)
const SCRIPT_SCALE: f32 = 4.0;
/// The same for evidence.
const EVIDENCE_SCALE: f32 = 3.0;
/// Evidence counts as shown from this value of its head on: below zero, for
/// its notes are few. (-0.3 had the best F1 of -0.5 to 0.15 in
/// cross-validation, for actions.)
const EVIDENCE_FROM: f32 = -0.25;

/// Which part of the notes, 0 to [`FOLDS`] - 1, a note is scored in: it
/// depends on its id alone.
pub fn fold(id: &str) -> usize {
    part(id, FOLDS)
}

fn part(id: &str, parts: usize) -> usize {
    let hash = ringfence::check::note::Hash::new(20).bytes(id.as_bytes());
    hash.finish() as usize % parts
}

/// Trains the model.
///
/// # Errors
/// [`Error::Source`] if a note names a script or evidence that does not exist.
pub fn build(notes: &[Note], guide: &GuideSource, lexicon: &[u8]) -> Result<Vec<u8>, Error> {
    // Features are made by the reader that the phone has.
    let release = Release {
        name: "lexicon".to_owned(),
        issued: 0,
    };
    let file = file::write(&release, &[(SectionId::SPLIT_LEXICON, lexicon.to_vec())])?;
    let broken = |_| Error::TooLarge("the lexicon");
    let database = Database::from_bytes(file).map_err(|_| Error::TooLarge("the lexicon"))?;
    let lexicon = database.lexicon().map_err(broken)?;
    let corpus = Corpus::new(notes, guide, &lexicon)?;
    let rows: Vec<usize> = (0..corpus.labels.len()).collect();
    let targets = corpus.targets(guide);
    let weights = corpus.train(&targets, &rows);
    let calibration = corpus.calibrate(&targets).sharpened(SHARPER, SHIFT);
    write::write(&targets, &weights, &calibration)
}

/// Notes as samples.
struct Corpus {
    matrix: Matrix,
    labels: Vec<Labels>,
    /// The fold of each note; texts of the scripts have none.
    folds: Vec<Option<usize>>,
    /// The evidence that is an action.
    actions: Vec<u16>,
}

/// Trained weights.
struct Trained {
    scam: Weights,
    heads: Vec<Weights>,
}

impl Corpus {
    fn new(notes: &[Note], guide: &GuideSource, lexicon: &Lexicon<'_>) -> Result<Self, Error> {
        let actions = guide.evidence.iter().enumerate();
        let actions = actions.filter(|(_, evidence)| evidence.group == EvidenceGroup::Action);
        let mut corpus = Self {
            matrix: Matrix::default(),
            labels: Vec::new(),
            folds: Vec::new(),
            actions: actions.map(|(index, _)| index as u16).collect(),
        };
        for note in notes {
            let labels = labels(note, guide)?;
            let language = note.lang.parse().ok();
            corpus.add(
                &note.note,
                language,
                labels,
                Some(part(&note.id, CALIBRATION_FOLDS)),
                lexicon,
            );
        }
        for (index, script) in guide.scripts.iter().enumerate() {
            let labels = Labels {
                label: match script.kind {
                    ScriptKind::Scam => Label::Scam,
                    ScriptKind::Genuine => Label::Legit,
                },
                script: Some(index as u16),
                alternatives: Vec::new(),
                evidence: Vec::new(),
                has_evidence: false,
            };
            let english = script
                .says()
                .chain([script.summary.as_str(), &script.title]);
            let texts = english.map(|text| (Language::English, text));
            let own = script
                .notes
                .iter()
                .map(|(language, text)| (*language, text.as_str()));
            for (language, text) in texts.chain(own) {
                corpus.add(text, Some(language), labels.clone(), None, lexicon);
            }
        }
        Ok(corpus)
    }

    fn add(
        &mut self,
        text: &str,
        language: Option<Language>,
        labels: Labels,
        fold: Option<usize>,
        lexicon: &Lexicon<'_>,
    ) {
        self.matrix.push(text, lexicon, language);
        self.labels.push(labels);
        self.folds.push(fold);
    }

    /// What is learned: every script, and evidence that enough notes show.
    fn targets(&self, guide: &GuideSource) -> Vec<Target> {
        let scripts = guide.scripts.iter().enumerate();
        let mut targets: Vec<Target> = scripts
            .map(|(index, script)| match script.kind {
                ScriptKind::Scam => Target::Scam(index as u16),
                ScriptKind::Genuine => Target::Genuine(index as u16),
            })
            .collect();
        for index in 0..guide.evidence.len() as u16 {
            let shown = self
                .labels
                .iter()
                .filter(|note| note.evidence.contains(&index));
            if shown.count() >= MIN_NOTES {
                targets.push(Target::Evidence(index));
            }
        }
        targets
    }

    fn train(&self, targets: &[Target], rows: &[usize]) -> Trained {
        let is_action = |index: u16| self.actions.contains(&index);
        let scam = scam_samples(&self.labels, rows);
        let sets = targets.iter().map(|&target| {
            let most = match target {
                Target::Evidence(index) if is_action(index) => ACTION_WEIGHTS,
                Target::Evidence(_) => FLAG_WEIGHTS,
                _ => SCRIPT_WEIGHTS,
            };
            (head_samples(target, &self.labels, rows), most)
        });
        Trained {
            scam: train_sparse(&self.matrix, &scam, BUCKETS),
            heads: train_all(&self.matrix, &sets.collect::<Vec<_>>()),
        }
    }

    /// Scores every note with a model that did not see it and fits the rest
    /// of the model to those scores.
    fn calibrate(&self, targets: &[Target]) -> Calibration {
        let scripts: Vec<Target> = targets
            .iter()
            .copied()
            .filter(|target| !matches!(target, Target::Evidence(_)))
            .collect();
        let mut scored = Vec::new();
        for fold in 0..CALIBRATION_FOLDS {
            let rows = 0..self.labels.len();
            let (held, rest): (Vec<usize>, Vec<usize>) =
                rows.partition(|&row| self.folds[row] == Some(fold));
            let trained = self.train(&scripts, &rest);
            scored.extend(held.into_iter().filter_map(|row| {
                let scam = match self.labels[row].label {
                    Label::Scam => true,
                    Label::Legit => false,
                    Label::Ambiguous => return None,
                };
                let side = |of_scams: bool| {
                    let heads = scripts.iter().zip(&trained.heads);
                    let values = heads
                        .filter(|(target, _)| matches!(target, Target::Scam(_)) == of_scams)
                        .map(|(_, weights)| SCRIPT_SCALE * self.matrix.score(row, weights));
                    calibrate::log_sum(&values.collect::<Vec<_>>())
                };
                Some(Scored {
                    scam,
                    own: self.matrix.score(row, &trained.scam).into(),
                    scripts: side(true) - side(false),
                })
            }));
        }
        calibrate::fit(&scored)
    }
}

/// A note's labels by number.
fn labels(note: &Note, guide: &GuideSource) -> Result<Labels, Error> {
    let unknown = |what: &str, id: &str| Error::Source {
        path: Path::new("data/notes").to_owned(),
        line: 0,
        message: format!(
            "the note {} names the {what} {id}, which does not exist",
            note.id
        ),
    };
    let script = |id: &str| {
        let place = guide.scripts.iter().position(|script| script.id == id);
        place
            .map(|place| place as u16)
            .ok_or_else(|| unknown("script", id))
    };
    let evidence = |id: &String| {
        let place = guide
            .evidence
            .iter()
            .position(|evidence| evidence.id == *id);
        place
            .map(|place| place as u16)
            .ok_or_else(|| unknown("evidence", id))
    };
    let actions = note.actions.iter().flatten().filter(|id| *id != "none");
    let shown = note.red_flags.iter().chain(actions).map(evidence);
    Ok(Labels {
        label: note.label,
        script: note.class().map(script).transpose()?,
        alternatives: note
            .alt_scripts
            .iter()
            .map(|id| script(id))
            .collect::<Result<_, _>>()?,
        evidence: shown.collect::<Result<_, _>>()?,
        has_evidence: note.actions.is_some(),
    })
}
