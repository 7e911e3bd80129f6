//! `ringfence evaluate taps`: people who only answer questions.

use std::io::{self, Write};

use anyhow::Result;
use ringfence::check::guide::{Script, ScriptKind};
use ringfence::check::{Checker, Verdict};
use ringfence::database::{Database, Error, Fault};
use serde::Serialize;

use super::args::TapsArgs;
use super::checker;
use super::measure::{Block, Goal, Measure, Value, all, table};
use super::person::{self, Asked, Run, Slips};
use super::random::Random;

/// How many scripts are listed.
const WORST: usize = 10;

/// All runs after one kind of call.
struct Kind<'a> {
    script: Script<'a>,
    runs: Vec<Run>,
}

/// A line of the list of scripts.
#[derive(Serialize)]
struct Line<'a> {
    script: &'a str,
    scam: bool,
    script_right: f64,
    verdict_right: f64,
    unsure: f64,
    mean_taps: f64,
}

#[derive(Serialize)]
struct Summary<'a> {
    database: &'a str,
    runs: u32,
    seed: u64,
    wrong: f64,
    unsure: f64,
    measures: Vec<&'a Measure>,
    worst: &'a [Line<'a>],
}

pub fn run(args: &TapsArgs, database: &Database) -> Result<()> {
    let checker = checker(database)?;
    let kinds = simulate(&checker, args).map_err(Error::from)?;
    let blocks = blocks(&kinds);
    let mut lines: Vec<Line<'_>> = kinds.iter().map(Kind::line).collect();
    lines.sort_by(|a, b| {
        let by_script = a.script_right.total_cmp(&b.script_right);
        by_script.then(a.verdict_right.total_cmp(&b.verdict_right))
    });
    lines.truncate(WORST);
    let mut out = anstream::stdout().lock();
    if args.json {
        let summary = Summary {
            database: database.release(),
            runs: args.runs,
            seed: args.seed,
            wrong: args.wrong,
            unsure: args.unsure,
            measures: all(&blocks).collect(),
            worst: &lines,
        };
        serde_json::to_writer(&mut out, &summary)?;
        writeln!(out)?;
        return Ok(());
    }
    writeln!(
        out,
        "Database {}, {} people for each of {} kinds of calls, seed {}\n",
        database.release(),
        args.runs,
        kinds.len(),
        args.seed
    )?;
    table(&mut out, &blocks)?;
    worst(&mut out, &lines)?;
    Ok(())
}

fn simulate<'a>(checker: &Checker<'a>, args: &TapsArgs) -> Result<Vec<Kind<'a>>, Fault> {
    let guide = checker.guide();
    let slips = Slips {
        wrong: args.wrong,
        unsure: args.unsure,
        vary: args.vary,
    };
    let asked: Vec<Asked> = guide
        .questions()
        .map(|question| Asked::new(guide, &question?))
        .collect::<Result<_, Fault>>()?;
    let kinds = guide.scripts().enumerate().map(|(place, script)| {
        let script = script?;
        let runs = (0..args.runs).map(|run| {
            let seeds = [args.seed, place as u64, run.into()];
            person::run(checker, &asked, &script, slips, Random::new(&seeds))
        });
        let runs = runs.collect::<Result<_, Fault>>()?;
        Ok(Kind { script, runs })
    });
    kinds.collect()
}

impl Kind<'_> {
    fn scam(&self) -> bool {
        self.script.kind == ScriptKind::Scam
    }

    /// A scam must be called one, anything else must not.
    fn right(&self, run: &Run) -> bool {
        (run.verdict == Verdict::Scam) == self.scam()
    }

    /// "Unsure" is not enough.
    fn strictly_right(&self, run: &Run) -> bool {
        self.right(run) && run.verdict != Verdict::Unsure
    }

    fn line(&self) -> Line<'_> {
        let of = |part: &dyn Fn(&Run) -> bool| {
            let count = self.runs.iter().filter(|run| part(run)).count();
            count as f64 / self.runs.len().max(1) as f64
        };
        let taps: usize = self.runs.iter().map(|run| run.taps).sum();
        Line {
            script: self.script.id,
            scam: self.scam(),
            script_right: of(&|run| run.script),
            verdict_right: of(&|run| self.right(run)),
            unsure: of(&|run| run.verdict == Verdict::Unsure),
            mean_taps: taps as f64 / self.runs.len().max(1) as f64,
        }
    }
}

fn blocks(kinds: &[Kind<'_>]) -> Vec<Block> {
    let runs = || {
        kinds
            .iter()
            .flat_map(|kind| kind.runs.iter().map(move |run| (kind, run)))
    };
    let share = |of: Option<bool>, part: &dyn Fn(&Kind<'_>, &Run) -> bool| {
        let own = runs().filter(|(kind, _)| of.is_none_or(|scam| scam == kind.scam()));
        let (part, all) = own.fold((0, 0), |(parts, all), (kind, run)| {
            (parts + usize::from(part(kind, run)), all + 1)
        });
        Value::Share(part, all)
    };
    let mut taps: Vec<usize> = runs().map(|(_, run)| run.taps).collect();
    taps.sort_unstable();
    let mean = taps.iter().sum::<usize>() as f64 / taps.len().max(1) as f64;
    let most = taps.last().copied().unwrap_or(0);
    let verdict = |is| move |_: &Kind<'_>, run: &Run| run.verdict == is;
    let measure = |id: &str, title: &str, value| Measure::new(id, title, value);
    let taps = vec![
        measure("median_taps", "Median", Value::Figure(median(&taps))).goal(Goal::AtMost(4.0)),
        measure("mean_taps", "Mean", Value::Figure(Some(mean))),
        measure("most_taps", "Most", Value::Count(most)).goal(Goal::AtMost(6.0)),
    ];
    let verdicts = vec![
        measure(
            "verdict",
            "Right: scam, or not scam",
            share(None, &|kind, run| kind.right(run)),
        )
        .goal(Goal::AtLeast(0.95)),
        measure(
            "verdict_scams",
            "  after a scam",
            share(Some(true), &|kind, run| kind.right(run)),
        ),
        measure(
            "verdict_genuine",
            "  after a genuine call",
            share(Some(false), &|kind, run| kind.right(run)),
        ),
        measure(
            "strict",
            "Strictly right: scam, or clear",
            share(None, &|kind, run| kind.strictly_right(run)),
        ),
        measure(
            "scams_clear",
            "Scams called clear",
            share(Some(true), &verdict(Verdict::Clear)),
        ),
        measure(
            "scams_unsure",
            "Scams called unsure",
            share(Some(true), &verdict(Verdict::Unsure)),
        ),
        measure(
            "genuine_unsure",
            "Genuine calls called unsure",
            share(Some(false), &verdict(Verdict::Unsure)),
        ),
        measure(
            "unsure",
            "All called unsure",
            share(None, &verdict(Verdict::Unsure)),
        ),
    ];
    let script = |of| share(of, &|_, run| run.script);
    let scripts = vec![
        measure("script_scams", "Script right, of scams", script(Some(true)))
            .goal(Goal::AtLeast(0.85)),
        measure("script", "Kind of call right, of all", script(None)).goal(Goal::AtLeast(0.85)),
    ];
    let block = |title, measures| Block { title, measures };
    vec![
        block("Taps", taps),
        block("Verdict", verdicts),
        block("Script", scripts),
    ]
}

/// The middle of sorted counts.
fn median(sorted: &[usize]) -> Option<f64> {
    let (low, high) = (sorted.len().checked_sub(1)? / 2, sorted.len() / 2);
    Some((sorted[low] + sorted[high]) as f64 / 2.0)
}

fn worst(out: &mut impl Write, lines: &[Line<'_>]) -> io::Result<()> {
    writeln!(out)?;
    writeln!(
        out,
        "{:32} {:8} {:>8} {:>8} {:>8} {:>6}",
        "Hardest to tell", "", "script", "verdict", "unsure", "taps"
    )?;
    for line in lines {
        writeln!(
            out,
            "  {:30} {:8} {:>8.3} {:>8.3} {:>8.3} {:>6.1}",
            line.script,
            if line.scam { "scam" } else { "genuine" },
            line.script_right,
            line.verdict_right,
            line.unsure,
            line.mean_taps
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3]), Some(3.0));
        assert_eq!(median(&[1, 2, 5]), Some(2.0));
        assert_eq!(median(&[1, 2, 5, 6]), Some(3.5));
    }
}
