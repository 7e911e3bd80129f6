//! Coverage against the share of the number space that is flagged.

use super::super::plot::{Anchor, FAINT, Svg};
use super::GOALS;
use super::outcome::{Outcome, curve};

const WIDE: f64 = 520.0;
const HIGH: f64 = 360.0;
const LEFT: f64 = 70.0;
const TOP: f64 = 60.0;
const BLUE: &str = "#1f5fa8";
const PALE: &str = "#b9cfe8";
const RED: &str = "#b3361b";
/// The ends of the axes: shares of the number space, and of rows.
const SPACE: (f64, f64) = (1e-5, 1e-1);
const MOST: f64 = 0.6;

/// Draws it.
pub fn draw(outcomes: &[Outcome]) -> String {
    let title = "Rows of the next update that are flagged, by share of the number space";
    let mut svg = Svg::new(LEFT + WIDE + 30.0, TOP + HIGH + 60.0, title);
    let decades = (SPACE.1 / SPACE.0).log10();
    let x = |share: f64| {
        let share = share.clamp(SPACE.0, SPACE.1);
        LEFT + (share / SPACE.0).log10() / decades * WIDE
    };
    let y = |share: f64| TOP + (1.0 - share.min(MOST) / MOST) * HIGH;
    svg.text((LEFT, 24.0), 0.0, 15.0, Anchor::Start, title);
    let notes = format!(
        "dark: mean of {} updates; pale: each; ring: goal",
        outcomes.len()
    );
    svg.text((LEFT, 44.0), 0.0, 12.0, Anchor::Start, &notes);
    for step in 0..=6 {
        let value = f64::from(step) / 10.0;
        svg.line((LEFT, y(value)), (LEFT + WIDE, y(value)), FAINT);
        let label = format!("{} %", step * 10);
        svg.text((LEFT - 8.0, y(value) + 4.0), 0.0, 12.0, Anchor::End, &label);
    }
    for (share, label) in [
        (1e-5, "0.001 %"),
        (1e-4, "0.01 %"),
        (1e-3, "0.1 %"),
        (1e-2, "1 %"),
        (1e-1, "10 %"),
    ] {
        svg.line((x(share), TOP), (x(share), TOP + HIGH), FAINT);
        svg.text(
            (x(share), TOP + HIGH + 18.0),
            0.0,
            12.0,
            Anchor::Middle,
            label,
        );
    }
    let mut line = |points: &[(f64, f64)], colour: &str| {
        for pair in points.windows(2) {
            svg.line(pair[0], pair[1], colour);
        }
    };
    for outcome in outcomes {
        let shares = curve().zip(&outcome.curve);
        let points: Vec<_> = shares.map(|(at, own)| (x(at), y(own.coverage))).collect();
        line(&points, PALE);
    }
    let mean = |of: &dyn Fn(&Outcome) -> f64| {
        outcomes.iter().map(of).sum::<f64>() / outcomes.len().max(1) as f64
    };
    let points: Vec<_> = curve()
        .enumerate()
        .map(|(index, at)| (x(at), y(mean(&|outcome| outcome.curve[index].coverage))))
        .collect();
    line(&points, BLUE);
    for &(x, y) in &points {
        svg.circle(x, y, 3.0, BLUE);
    }
    for (budget, goal) in GOALS {
        let at = (x(budget as f64 / 1e6), y(goal));
        svg.circle(at.0, at.1, 6.0, RED);
        svg.circle(at.0, at.1, 4.5, "#fff");
    }
    let peers = ["exact list", "10- and 100-blocks"];
    for (index, name) in peers.into_iter().enumerate() {
        let of = |outcome: &Outcome| [outcome.list, outcome.blocks][index];
        let at = (
            x(mean(&|outcome| of(outcome).space)),
            y(mean(&|outcome| of(outcome).coverage)),
        );
        svg.circle(at.0, at.1, 5.0, RED);
        svg.coloured(
            (at.0 + 9.0, at.1 + 14.0),
            0.0,
            12.0,
            Anchor::Start,
            name,
            RED,
        );
    }
    svg.text(
        (LEFT + WIDE / 2.0, TOP + HIGH + 42.0),
        0.0,
        13.0,
        Anchor::Middle,
        "Share of the assignable North American numbers that is flagged",
    );
    svg.text(
        (18.0, TOP + HIGH / 2.0),
        -90.0,
        13.0,
        Anchor::Middle,
        "Share of rows",
    );
    svg.finish()
}
