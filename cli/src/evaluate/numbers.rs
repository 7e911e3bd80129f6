//! `ringfence evaluate numbers`.

mod history;
mod outcome;
mod peers;
mod plot;

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Serialize;

use super::args::NumbersArgs;
use super::measure::{Block, Goal, Measure, Value, all, table};
use crate::{open, plan};
use history::History;
use outcome::{Outcome, outcomes};

/// How many numbers are assignable in North America, by which the goals are
/// measured: 450 area codes of 792 exchanges of 10,000 numbers.
pub const SPACE: u64 = 450 * 792 * 10_000;
/// The budgets of the table, in millionths of the number space.
const BUDGETS: [u64; 6] = [100, 300, 1_000, 3_000, 10_000, 30_000];
/// What is aimed at: a budget and a share of an update's rows.
const GOALS: [(u64, f64); 3] = [(1_000, 0.25), (3_000, 0.35), (10_000, 0.45)];

/// What is printed with `--json`.
#[derive(Serialize)]
struct Summary<'a> {
    /// The release of the database that numbers were read by.
    database: &'a str,
    measures: Vec<&'a Measure>,
    updates: &'a [Outcome],
}

pub fn run(args: &NumbersArgs, database: Option<&Path>) -> Result<()> {
    let database = open(database)?;
    let history = History::read(&args.path, args.cuts.as_deref(), &database)?;
    let outcomes = outcomes(&history, &plan(&database)?)?;
    if let Some(folder) = &args.plots {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        let path = folder.join("coverage.svg");
        std::fs::write(&path, plot::draw(&outcomes)).with_context(|| path.display().to_string())?;
    }
    let blocks = blocks(&history, &outcomes);
    let mut out = anstream::stdout().lock();
    if args.json {
        let summary = Summary {
            database: database.release(),
            measures: all(&blocks).collect(),
            updates: &outcomes,
        };
        serde_json::to_writer(&mut out, &summary)?;
        writeln!(out)?;
        return Ok(());
    }
    writeln!(out, "Numbers read by database {}\n", database.release())?;
    outcome::print(&mut out, &outcomes)?;
    table(&mut out, &blocks)?;
    Ok(())
}

fn blocks(history: &History, outcomes: &[Outcome]) -> Vec<Block> {
    let rows = |rows: usize| Value::Count(rows);
    let list = vec![
        Measure::new("rows", "Rows", rows(history.rows.len())),
        Measure::new(
            "rows_unreadable",
            "Rows that are no number",
            rows(history.rows.iter().filter(|row| row.key == 0).count()),
        ),
        Measure::new("updates", "Updates that are scored", rows(outcomes.len())),
    ];
    let mean = |of: &dyn Fn(&Outcome) -> f64| {
        let sum: f64 = outcomes.iter().map(of).sum();
        Value::Figure(Some(sum / outcomes.len() as f64))
    };
    let coverage = BUDGETS.iter().enumerate().map(|(index, &budget)| {
        let title = format!("Map and list at {} %", percent(budget));
        let value = mean(&|outcome: &Outcome| outcome.map[index].coverage);
        let measure = Measure::new(format!("map_{budget}"), title, value);
        match GOALS.iter().find(|goal| goal.0 == budget) {
            Some(&(_, goal)) => measure.goal(Goal::AtLeast(goal)),
            None => measure,
        }
    });
    let peers = [
        ("list", "Exact list"),
        ("blocks", "List, 10- and 100-blocks as PhoneBlock"),
    ];
    let peers = peers
        .into_iter()
        .enumerate()
        .flat_map(|(index, (id, title))| {
            let of = move |outcome: &Outcome| [outcome.list, outcome.blocks][index];
            [
                Measure::new(id, title, mean(&|outcome| of(outcome).coverage)),
                Measure::new(
                    format!("{id}_space"),
                    "  percent of the number space that takes",
                    mean(&|outcome| of(outcome).space * 100.0),
                ),
            ]
        });
    let mut blocks = vec![
        Block {
            title: "List",
            measures: list,
        },
        Block {
            title: "Rows of the next update that were flagged, mean of the updates",
            measures: coverage.chain(peers).collect(),
        },
    ];
    let ages = outcome::ages(outcomes);
    if !ages.is_empty() {
        blocks.push(Block {
            title: "An older map and list: what they flag of what the newest flag",
            measures: ages,
        });
    }
    blocks
}

/// A share in millionths as a percentage.
fn percent(millionths: u64) -> f64 {
    millionths as f64 / 10_000.0
}

/// Refuses what cannot be scored.
fn none_to_score(path: &Path) -> Result<History> {
    bail!(
        "{}: no cut has both rows before it and rows after it; give a list that goes on after a cut",
        path.display()
    )
}
