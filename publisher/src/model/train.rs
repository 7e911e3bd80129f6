//! From labelled notes to weights.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use ringfence::check::note::{BUCKETS, Target};

use super::corpus::Label;
use super::matrix::{Matrix, Weights};
use super::solver::{Sample, train};

/// What training needs to know of one note.
#[derive(Clone, Debug)]
pub struct Labels {
    /// What the call was.
    pub label: Label,
    /// The script or kind of genuine call, by its index in the guide.
    pub script: Option<u16>,
    /// Other scripts that fit as well.
    pub alternatives: Vec<u16>,
    /// Red flags and actions, by their index in the guide.
    pub evidence: Vec<u16>,
    /// Whether red flags and actions are labelled at all.
    pub has_evidence: bool,
}

/// How much an error on a note costs the scam head.
const SCAM_COST: f32 = 0.5;
/// How much an error costs the other heads.
const HEAD_COST: f32 = 0.5;

/// The training set of "was it a scam": an ambiguous note counts a little for
/// both answers.
pub fn scam_samples(labels: &[Labels], rows: &[usize]) -> Vec<Sample> {
    let mut samples = Vec::with_capacity(rows.len());
    for &row in rows {
        let sides: &[(bool, f32)] = match labels[row].label {
            Label::Scam => &[(true, 1.0)],
            Label::Legit => &[(false, 1.0)],
            Label::Ambiguous => &[(true, 0.2), (false, 0.2)],
        };
        samples.extend(sides.iter().map(|&(positive, share)| Sample {
            row,
            positive,
            cost: share * SCAM_COST,
        }));
    }
    samples
}

/// The training set of one head: a script is told from all other scripts and
/// kinds of genuine calls, evidence from its absence.
pub fn head_samples(target: Target, labels: &[Labels], rows: &[usize]) -> Vec<Sample> {
    let mut samples = Vec::new();
    for &row in rows {
        let note = &labels[row];
        let positive = match target {
            Target::Scam(script) | Target::Genuine(script) => {
                let known = note.script.is_some() && note.label != Label::Ambiguous;
                if !known || note.alternatives.contains(&script) {
                    continue;
                }
                note.script == Some(script)
            }
            Target::Evidence(evidence) => {
                if !note.has_evidence {
                    continue;
                }
                note.evidence.contains(&evidence)
            }
        };
        samples.push(Sample {
            row,
            positive,
            cost: if positive { 2.0 * HEAD_COST } else { HEAD_COST },
        });
    }
    samples
}

/// Trains a head with at most `most` weights: first with all buckets, then
/// again with those whose weights were largest.
pub fn train_sparse(matrix: &Matrix, samples: &[Sample], most: usize) -> Weights {
    let all = vec![1.0; BUCKETS];
    let weights = train(matrix, samples, &all);
    if most >= BUCKETS {
        return weights;
    }
    let mut order: Vec<usize> = (0..BUCKETS).filter(|&at| weights[at] != 0.0).collect();
    order.sort_by(|&a, &b| {
        weights[b]
            .abs()
            .total_cmp(&weights[a].abs())
            .then(a.cmp(&b))
    });
    order.truncate(most);
    let mut kept = vec![0.0; BUCKETS];
    order.iter().for_each(|&at| kept[at] = 1.0);
    train(matrix, samples, &kept)
}

/// Trains a list of heads, each with at most so many weights, several at a
/// time; the result does not depend on how many at a time.
pub fn train_all(matrix: &Matrix, sets: &[(Vec<Sample>, usize)]) -> Vec<Weights> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(vec![None; sets.len()]);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads.min(sets.len()) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some((set, most)) = sets.get(index) else {
                        break;
                    };
                    let weights = train_sparse(matrix, set, *most);
                    if let Ok(mut done) = done.lock() {
                        done[index] = Some(weights);
                    }
                }
            });
        }
    });
    let done = done
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    done.into_iter().flatten().collect()
}
