//! The reliability diagram: does 80 in 100 mean 80 in 100?

use super::plot::{Anchor, FAINT, INK, Svg};
use super::statistics::{Bin, calibration_error};

/// The square of the diagram and the strip of counts under it.
const SIDE: f64 = 400.0;
const LEFT: f64 = 70.0;
const TOP: f64 = 60.0;
const STRIP: f64 = 90.0;
const BLUE: &str = "#1f5fa8";
const PALE: &str = "#b9cfe8";

/// Draws it.
pub fn draw(bins: &[Bin]) -> String {
    let (width, height) = (LEFT + SIDE + 30.0, TOP + SIDE + 60.0 + STRIP + 60.0);
    let title = "Reliability: share of scams by the probability that was given";
    let mut svg = Svg::new(width, height, title);
    let x = |value: f64| LEFT + value * SIDE;
    let y = |value: f64| TOP + (1.0 - value) * SIDE;
    let total: usize = bins.iter().map(|bin| bin.count).sum();
    svg.text((LEFT, 24.0), 0.0, 15.0, Anchor::Start, "Reliability");
    let error = calibration_error(bins).map_or("-".to_owned(), |error| format!("{error:.3}"));
    let notes = format!("{total} scams and legitimate calls, calibration error {error}");
    svg.text((LEFT, 44.0), 0.0, 12.0, Anchor::Start, &notes);
    for step in 0..=5 {
        let value = f64::from(step) / 5.0;
        svg.line((x(value), y(0.0)), (x(value), y(1.0)), FAINT);
        svg.line((x(0.0), y(value)), (x(1.0), y(value)), FAINT);
        let label = format!("{value:.1}");
        svg.text((x(value), y(0.0) + 18.0), 0.0, 12.0, Anchor::Middle, &label);
        svg.text(
            (x(0.0) - 8.0, y(value) + 4.0),
            0.0,
            12.0,
            Anchor::End,
            &label,
        );
    }
    svg.line((x(0.0), y(0.0)), (x(1.0), y(1.0)), "#888");
    let points: Vec<(f64, f64)> = bins
        .iter()
        .filter_map(|bin| bin.means())
        .map(|(mean, share)| (x(mean), y(share)))
        .collect();
    for pair in points.windows(2) {
        svg.line(pair[0], pair[1], BLUE);
    }
    for &(x, y) in &points {
        svg.circle(x, y, 4.0, BLUE);
    }
    let middle = x(0.5);
    let below = y(0.0) + 38.0;
    svg.text(
        (middle, below),
        0.0,
        13.0,
        Anchor::Middle,
        "Probability of a scam, mean of the bin",
    );
    svg.text(
        (20.0, y(0.5)),
        -90.0,
        13.0,
        Anchor::Middle,
        "Share of scams",
    );
    counts(&mut svg, bins, y(0.0) + 60.0);
    svg.finish()
}

/// How many notes are in each bin, as bars with numbers.
fn counts(svg: &mut Svg, bins: &[Bin], top: f64) {
    let most = bins.iter().map(|bin| bin.count).max().unwrap_or(0).max(1) as f64;
    let (wide, floor) = (SIDE / bins.len() as f64, top + STRIP);
    for (index, bin) in bins.iter().enumerate() {
        let left = LEFT + index as f64 * wide;
        let high = bin.count as f64 / most * (STRIP - 16.0);
        svg.rect(left + 2.0, floor - high, wide - 4.0, high, PALE);
        let scams = bin.scams as f64 / most * (STRIP - 16.0);
        svg.rect(left + 2.0, floor - scams, wide - 4.0, scams, BLUE);
        let at = (left + wide / 2.0, floor - high - 4.0);
        svg.text(at, 0.0, 11.0, Anchor::Middle, &bin.count.to_string());
    }
    svg.line((LEFT, floor), (LEFT + SIDE, floor), INK);
    let at = (LEFT + SIDE / 2.0, floor + 22.0);
    svg.text(
        at,
        0.0,
        13.0,
        Anchor::Middle,
        "Notes in each bin; dark: scams",
    );
    svg.text(
        (20.0, top + STRIP / 2.0),
        -90.0,
        13.0,
        Anchor::Middle,
        "Notes",
    );
}
