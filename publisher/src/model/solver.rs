//! A linear classifier by dual coordinate descent (Hsieh et al., 2008: "A Dual
//! Coordinate Descent Method for Large-scale Linear SVM", squared hinge).
//!
//! Only additions, multiplications and divisions in a fixed order, so the
//! weights are the same on every machine.

use super::matrix::{Matrix, Weights, zero};

/// One sample of a head's training set.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// Its row.
    pub row: usize,
    /// Whether the head should say yes.
    pub positive: bool,
    /// How much an error on it costs.
    pub cost: f32,
}

/// Most rounds over the samples.
const ROUNDS: usize = 40;
/// The gradient at which a round was good enough.
const GOOD: f32 = 0.05;

/// Trains one head with the buckets that are `kept` (1, the others 0).
pub fn train(matrix: &Matrix, samples: &[Sample], kept: &[f32]) -> Weights {
    let mut weights = zero();
    let mut alpha = vec![0.0_f32; samples.len()];
    let squared: Vec<f32> = samples
        .iter()
        .map(|sample| matrix.squared(sample.row, kept))
        .collect();
    let mut order: Vec<u32> = (0..samples.len() as u32).collect();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for _ in 0..ROUNDS {
        random.shuffle(&mut order);
        let mut worst = 0.0_f32;
        let mut busy = Vec::with_capacity(order.len());
        for &index in &order {
            let at = index as usize;
            let sample = samples[at];
            let sign = if sample.positive { 1.0 } else { -1.0 };
            let slack = 0.5 / sample.cost;
            let gradient = sign * matrix.score(sample.row, &weights) - 1.0 + alpha[at] * slack;
            // A sample that is far on the right side of the margin rests.
            if alpha[at] == 0.0 && gradient > 0.3 {
                continue;
            }
            busy.push(index);
            let projected = if alpha[at] == 0.0 {
                gradient.min(0.0)
            } else {
                gradient
            };
            worst = worst.max(projected.abs());
            if projected.abs() > 1e-6 {
                let old = alpha[at];
                alpha[at] = (old - gradient / (squared[at] + slack)).max(0.0);
                matrix.add(sample.row, sign * (alpha[at] - old), kept, &mut weights);
            }
        }
        if worst < GOOD {
            if busy.len() == samples.len() {
                break;
            }
            // Those that rested are looked at once more.
            if order.len() == samples.len() {
                break;
            }
            order = (0..samples.len() as u32).collect();
        } else {
            order = busy;
        }
    }
    weights
}

/// A small generator of pseudo-random numbers (xorshift64*).
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// Puts a list in another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            let other = (self.next() >> 33) as usize % (end + 1);
            list.swap(end, other);
        }
    }
}
