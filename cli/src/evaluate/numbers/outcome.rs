//! What a map and what others would have flagged of each update.

use std::io::{self, Write};

use anstyle::Style;
use anyhow::Result;
use jiff::civil::Date;
use ringfence::number::Plan;
use ringfence_publisher::risk::{Options, RiskMap, UNIT, counts, map};
use serde::Serialize;

use super::super::measure::{Measure, Value};
use super::history::{History, Row, Update};
use super::peers::{Flagged, List};
use super::{BUDGETS, SPACE, percent};

/// The budgets of the curve, in millionths of the number space, falling; those
/// of the table are among them.
const CURVE: [u64; 22] = [
    50_000, 30_000, 20_000, 15_000, 10_000, 7_000, 5_000, 3_000, 2_000, 1_500, 1_000, 700, 500,
    300, 200, 150, 100, 70, 50, 30, 20, 10,
];

/// What was flagged of one update.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    /// The day of the map.
    pub as_of: String,
    /// Rows that it was trained on.
    pub trained: usize,
    /// Rows of the update.
    pub rows: usize,
    /// The map, the exact list in it, for each budget of the table.
    pub map: Vec<Flagged>,
    /// The same for the budgets of the curve.
    pub curve: Vec<Flagged>,
    /// The exact list alone.
    pub list: Flagged,
    /// The list with blocks of ten and a hundred.
    pub blocks: Flagged,
    /// The later updates, as far as there are any: a map is not made anew.
    pub later: Vec<Later>,
}

impl Outcome {
    /// At 0.1 %, at 1 %, the exact list.
    fn newest(&self) -> [f64; 3] {
        let at = |budget| self.curve[place(budget)].coverage;
        [at(1_000), at(10_000), self.list.coverage]
    }
}

/// What the same map flagged of a later update.
#[derive(Clone, Debug, Serialize)]
pub struct Later {
    /// How many updates lie between.
    pub updates: usize,
    /// How many days the map is older than it could be.
    pub days: u32,
    /// At 0.1 %.
    pub tenth: f64,
    /// At 1 %.
    pub one: f64,
    /// The exact list.
    pub list: f64,
    /// What the newest map and list flag of it: at 0.1 %, at 1 %, the list.
    pub newest: [f64; 3],
}

/// Trains before each update and scores on it.
pub fn outcomes(history: &History, plan: &Plan<'_>) -> Result<Vec<Outcome>> {
    let updates = &history.updates;
    let outcomes = updates.iter().enumerate().map(|(index, update)| {
        let reports = history.reports(update.start);
        let options = Options {
            shares: &CURVE,
            numbers: true,
            space: &[(1, SPACE)],
        };
        let stream = || counts(reports.iter().copied().map(Ok), update.as_of);
        let map = map(plan, update.as_of, &options, stream)?;
        let list = List::new(&reports);
        let rows = |update: &Update| &history.rows[update.start..update.end];
        let own = rows(update);
        let shares = coverage(&map, own);
        let at = |budget: u64| Flagged {
            coverage: shares[place(budget)],
            space: space(&map, budget),
        };
        let later = updates.iter().enumerate().skip(index + 1);
        let later = later.map(|(other, later)| {
            let shares = coverage(&map, rows(later));
            Later {
                updates: other - index,
                days: later.as_of - update.as_of,
                tenth: shares[place(1_000)],
                one: shares[place(10_000)],
                list: list.exact(rows(later)).coverage,
                newest: [0.0; 3],
            }
        });
        Ok(Outcome {
            as_of: day(update.as_of),
            trained: update.start,
            rows: own.len(),
            map: BUDGETS.into_iter().map(at).collect(),
            curve: CURVE.into_iter().map(at).collect(),
            list: list.exact(own),
            blocks: list.blocks(own),
            later: later.collect(),
        })
    });
    let mut outcomes = outcomes.collect::<Result<Vec<Outcome>>>()?;
    let newest: Vec<[f64; 3]> = outcomes.iter().map(Outcome::newest).collect();
    for (index, outcome) in outcomes.iter_mut().enumerate() {
        for later in &mut outcome.later {
            later.newest = newest[index + later.updates];
        }
    }
    Ok(outcomes)
}

/// Where the curve has a budget.
fn place(budget: u64) -> usize {
    CURVE.iter().position(|&own| own == budget).unwrap_or(0)
}

/// The share of the rows that the map flags within each budget of the curve.
fn coverage(map: &RiskMap, rows: &[Row]) -> [f64; CURVE.len()] {
    let mut levels = [0_usize; CURVE.len() + 1];
    for row in rows.iter().filter(|row| row.key != 0) {
        levels[usize::from(map.level(row.key))] += 1;
    }
    let mut caught = 0;
    let mut shares = [0.0; CURVE.len()];
    for (index, share) in shares.iter_mut().enumerate().rev() {
        caught += levels[index + 1];
        *share = caught as f64 / rows.len().max(1) as f64;
    }
    shares
}

fn space(map: &RiskMap, budget: u64) -> f64 {
    let used = map.used.get(&1).and_then(|used| used.get(place(budget)));
    used.map_or(0.0, |&numbers| numbers as f64 / SPACE as f64)
}

fn day(days: u32) -> String {
    let day = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().days(days));
    day.map_or(String::new(), |day| day.to_string())
}

/// Prints a table with a line for each update.
pub fn print(out: &mut impl Write, outcomes: &[Outcome]) -> io::Result<()> {
    let bold = Style::new().bold();
    writeln!(
        out,
        "{bold}Percent of each update's rows that were flagged, by share of the number space{bold:#}"
    )?;
    let budgets = BUDGETS.map(|budget| format!("{:>7}", format!("{}%", percent(budget))));
    let head = format!("  Trained to    rows {}    list  10/100", budgets.concat());
    writeln!(out, "{head}")?;
    for outcome in outcomes {
        let map = outcome.map.iter().map(|flagged| flagged.coverage);
        let figures = map.chain([outcome.list.coverage, outcome.blocks.coverage]);
        let figures: String = figures
            .map(|share| format!("{:7.1}", share * 100.0))
            .collect();
        let (head, tail) = figures.split_at(7 * BUDGETS.len());
        writeln!(
            out,
            "  {:10} {:7} {head} {tail}",
            outcome.as_of, outcome.rows
        )?;
    }
    writeln!(out)
}

/// How much a map that is not made anew flags of what the newest one does, by
/// its age, and the half-life *h* in days for which `h / (h + age)` fits best.
pub fn ages(outcomes: &[Outcome]) -> Vec<Measure> {
    let later: Vec<&Later> = outcomes.iter().flat_map(|outcome| &outcome.later).collect();
    let of: [(&str, &str, usize); 3] = [
        ("map_1000", "map at 0.1 %", 0),
        ("map_10000", "map at 1 %", 1),
        ("list", "exact list", 2),
    ];
    let figure = |id: String, title: String, value: f64| {
        Measure::new(id, title, Value::Figure(value.is_finite().then_some(value)))
    };
    let mut measures = Vec::new();
    for (id, title, index) in of {
        let kept: Vec<(f64, f64)> = later
            .iter()
            .map(|later| (f64::from(later.days), later.kept(index)))
            .collect();
        for weeks in 0..26 {
            let week = 7 * weeks + 1..7 * weeks + 8;
            let own = later.iter().filter(|later| week.contains(&later.days));
            let own: Vec<f64> = own.map(|later| later.kept(index)).collect();
            if !own.is_empty() {
                measures.push(figure(
                    format!("kept_{id}_{}", week.start),
                    format!("{title}, {} to {} days older", week.start, week.end - 1),
                    own.iter().sum::<f64>() / own.len() as f64,
                ));
            }
        }
        // 1 / kept - 1 = age / h, by least squares.
        let squares: f64 = kept.iter().map(|(age, _)| age * age).sum();
        let products: f64 = kept
            .iter()
            .map(|(age, kept)| age * (1.0 / kept - 1.0))
            .sum();
        measures.push(figure(
            format!("half_life_{id}"),
            format!("{title}, half-life in days"),
            squares / products,
        ));
    }
    if later.is_empty() {
        Vec::new()
    } else {
        measures
    }
}

impl Later {
    fn kept(&self, index: usize) -> f64 {
        [self.tenth, self.one, self.list][index] / self.newest[index]
    }
}

/// A share of [`UNIT`]s.
pub fn curve() -> impl Iterator<Item = f64> {
    CURVE.iter().map(|&budget| budget as f64 / UNIT as f64)
}
