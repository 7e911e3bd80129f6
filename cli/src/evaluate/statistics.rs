//! Figures over made predictions.

/// Bins of the reliability diagram.
pub const BINS: usize = 10;

/// The area under the ROC curve: how often a scam has a higher probability
/// than a legitimate call, ties counting half.
pub fn area(scams: &[f64], legit: &[f64]) -> Option<f64> {
    if scams.is_empty() || legit.is_empty() {
        return None;
    }
    let legit = sorted(legit);
    let wins: f64 = scams
        .iter()
        .map(|&scam| {
            let below = legit.partition_point(|&other| other < scam);
            let not_above = legit.partition_point(|&other| other <= scam);
            (below + not_above) as f64 / 2.0
        })
        .sum();
    Some(wins / (scams.len() * legit.len()) as f64)
}

/// How many scams lie above the lowest threshold of probability that at most
/// this share of the legitimate calls lies above too.
pub fn caught(scams: &[f64], legit: &[f64], false_alarms: f64) -> usize {
    let legit = sorted(legit);
    // A share such as 0.025 of 40 is one, whatever the last bit says.
    let allowed = (false_alarms * legit.len() as f64 + 1e-9) as usize;
    let Some(first_not) = legit.len().checked_sub(allowed + 1) else {
        return scams.len();
    };
    let threshold = legit[first_not];
    scams.iter().filter(|&&scam| scam > threshold).count()
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values
}

/// Predictions of about the same probability.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    pub count: usize,
    /// How many were scams.
    pub scams: usize,
    /// The sum of the probabilities.
    pub sum: f64,
}

impl Bin {
    /// The mean probability and the share of scams.
    pub fn means(&self) -> Option<(f64, f64)> {
        let count = self.count as f64;
        (self.count > 0).then(|| (self.sum / count, self.scams as f64 / count))
    }
}

/// Predictions in bins of equal width; each is a probability and whether it
/// was a scam.
pub fn bins(predictions: &[(f64, bool)]) -> [Bin; BINS] {
    let mut bins = [Bin::default(); BINS];
    for &(probability, scam) in predictions {
        let place = (probability * BINS as f64) as usize;
        let bin = &mut bins[place.min(BINS - 1)];
        bin.count += 1;
        bin.scams += usize::from(scam);
        bin.sum += probability;
    }
    bins
}

/// The expected calibration error: how far probability and share of scams are
/// apart in a bin, on average over the predictions.
pub fn calibration_error(bins: &[Bin]) -> Option<f64> {
    let total: usize = bins.iter().map(|bin| bin.count).sum();
    let apart = bins.iter().filter_map(|bin| {
        let (mean, share) = bin.means()?;
        Some((mean - share).abs() * bin.count as f64)
    });
    (total > 0).then(|| apart.sum::<f64>() / total as f64)
}

/// The Brier score: the mean square of what a probability is off by.
pub fn brier(predictions: &[(f64, bool)]) -> Option<f64> {
    let squares = predictions.iter().map(|&(probability, scam)| {
        let truth = if scam { 1.0 } else { 0.0 };
        (probability - truth) * (probability - truth)
    });
    (!predictions.is_empty()).then(|| squares.sum::<f64>() / predictions.len() as f64)
}

/// Found and labelled items, counted over all rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    both: usize,
    only_found: usize,
    only_labelled: usize,
}

impl Overlap {
    /// Counts the items of a row. Neither list says anything twice.
    pub fn add(&mut self, found: &[String], labelled: &[&str]) {
        let both = found
            .iter()
            .filter(|item| labelled.contains(&item.as_str()));
        let both = both.count();
        self.both += both;
        self.only_found += found.len() - both;
        self.only_labelled += labelled.len() - both;
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(&self) -> Option<f64> {
        let all = 2 * self.both + self.only_found + self.only_labelled;
        (all > 0).then(|| (2 * self.both) as f64 / all as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Option<f64>, expected: f64) {
        let found = found.expect("a figure");
        assert!(
            (found - expected).abs() < 1e-12,
            "{found} is not {expected}"
        );
    }

    #[test]
    fn the_area_counts_pairs() {
        close(area(&[0.9, 0.8], &[0.1, 0.2]), 1.0);
        close(area(&[0.1], &[0.9]), 0.0);
        close(area(&[0.5, 0.9], &[0.5, 0.1]), 0.875);
        assert_eq!(area(&[], &[0.5]), None);
        assert_eq!(area(&[0.5], &[]), None);
    }

    #[test]
    fn what_is_caught_stays_within_the_false_alarms() {
        let legit: Vec<f64> = (0..40).map(|index| f64::from(index) / 100.0).collect();
        // One of forty may lie above the threshold, which is then 0.38.
        assert_eq!(caught(&[0.38, 0.385, 0.9], &legit, 0.025), 2);
        assert_eq!(caught(&[0.385, 0.39, 0.9], &legit, 0.024), 1);
        // Ties with a legitimate call that must not be flagged do not count.
        assert_eq!(caught(&[0.7, 0.7, 0.8], &[0.7, 0.7, 0.7], 0.4), 1);
        assert_eq!(caught(&[0.1, 0.2], &[0.9], 1.0), 2);
        assert_eq!(caught(&[0.1, 0.2], &[], 0.025), 2);
    }

    #[test]
    fn calibration_is_measured_in_ten_bins() {
        let predictions = [(0.05, false), (0.95, true), (1.0, true), (0.91, false)];
        let bins = bins(&predictions);
        assert_eq!(bins[0].count, 1);
        assert_eq!((bins[9].count, bins[9].scams), (3, 2));
        // 0.05 apart once, and 2.86 / 3 from 2 / 3 three times.
        close(calibration_error(&bins), (0.05 + 0.86) / 4.0);
        assert_eq!(calibration_error(&[Bin::default()]), None);
        close(brier(&[(0.5, true), (1.0, true), (0.0, true)]), 1.25 / 3.0);
        assert_eq!(brier(&[]), None);
    }

    #[test]
    fn overlap_is_counted_over_all_rows() {
        let mut overlap = Overlap::default();
        assert_eq!(overlap.f1(), None);
        overlap.add(&["a".to_owned(), "b".to_owned()], &["b", "c"]);
        overlap.add(&[], &[]);
        overlap.add(&["c".to_owned()], &["c"]);
        close(overlap.f1(), 4.0 / 6.0);
    }
}
