//! From scores to a probability that means what it says.
//!
//! `libm` computes exponentials and logarithms, so that the fit is the same on
//! every machine.

/// What a note scored with a model that did not see it.
#[derive(Clone, Copy, Debug)]
pub struct Scored {
    /// Whether it was a scam.
    pub scam: bool,
    /// The score of the scam head.
    pub own: f64,
    /// How much more the scam scripts score than the genuine kinds.
    pub scripts: f64,
}

/// The scam logit is `own` times the head's score, plus `scripts` times how
/// much more the scam scripts score than the genuine kinds, plus `bias`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Calibration {
    /// Factor of the scam head.
    pub own: f64,
    /// Factor of the scripts.
    pub scripts: f64,
    /// Bias.
    pub bias: f64,
}

impl Calibration {
    /// The same with its logits multiplied, then shifted.
    pub fn sharpened(self, factor: f64, shift: f64) -> Self {
        Self {
            own: self.own * factor,
            scripts: self.scripts * factor,
            bias: self.bias * factor + shift,
        }
    }
}

/// The logarithm of the sum of the exponentials.
pub fn log_sum(values: &[f32]) -> f64 {
    let most = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if !most.is_finite() {
        return 0.0;
    }
    let most = f64::from(most);
    let sum: f64 = values
        .iter()
        .map(|&value| libm::exp(f64::from(value) - most))
        .sum();
    most + libm::log(sum)
}

/// Fits a logistic regression by Newton's method (Platt scaling with two
/// scores), with scams and genuine calls weighing the same.
pub fn fit(scored: &[Scored]) -> Calibration {
    let scams = scored.iter().filter(|note| note.scam).count().max(1) as f64;
    let genuine = (scored.len() as f64 - scams).max(1.0);
    let mut at = [1.0, 0.5, 0.0];
    for _ in 0..30 {
        let mut gradient = [0.0; 3];
        let mut curvature = [[0.0; 3]; 3];
        for note in scored {
            let input = [note.own, note.scripts, 1.0];
            let logit: f64 = (0..3).map(|i| at[i] * input[i]).sum();
            let probability = 1.0 / (1.0 + libm::exp(-logit));
            let (target, weight) = match note.scam {
                true => (1.0, 0.5 / scams),
                false => (0.0, 0.5 / genuine),
            };
            for i in 0..3 {
                gradient[i] += weight * (probability - target) * input[i];
                for j in 0..3 {
                    let spread = probability * (1.0 - probability);
                    curvature[i][j] += weight * spread * input[i] * input[j];
                }
            }
        }
        for (i, row) in curvature.iter_mut().enumerate() {
            row[i] += 1e-9;
        }
        let step = solve(curvature, gradient);
        for i in 0..3 {
            at[i] -= step[i];
        }
    }
    Calibration {
        own: at[0],
        scripts: at[1],
        bias: at[2],
    }
}

/// Solves three linear equations by Gauss's elimination; the matrix is
/// positive definite.
fn solve(mut matrix: [[f64; 3]; 3], mut right: [f64; 3]) -> [f64; 3] {
    for pivot in 0..3 {
        for row in pivot + 1..3 {
            let factor = matrix[row][pivot] / matrix[pivot][pivot];
            let upper = matrix[pivot];
            for (value, above) in matrix[row].iter_mut().zip(upper).skip(pivot) {
                *value -= factor * above;
            }
            right[row] -= factor * right[pivot];
        }
    }
    for pivot in (0..3).rev() {
        for column in pivot + 1..3 {
            right[pivot] -= matrix[pivot][column] * right[column];
        }
        right[pivot] /= matrix[pivot][pivot];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fit_finds_the_odds() {
        // Of the notes with score 1 four fifths are scams, of those with
        // score -1 one fifth.
        let note = |own: f64, scam| Scored {
            scam,
            own,
            scripts: 0.0,
        };
        let mut scored = Vec::new();
        for _ in 0..4 {
            scored.extend([note(1.0, true), note(-1.0, false)]);
        }
        scored.extend([note(1.0, false), note(-1.0, true)]);
        let fitted = fit(&scored);
        assert!((fitted.own - 4.0_f64.ln()).abs() < 1e-3, "{fitted:?}");
        assert!(fitted.bias.abs() < 1e-6, "{fitted:?}");
    }
}
