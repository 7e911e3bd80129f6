//! How right the check was about labelled notes.

use std::collections::BTreeSet;

use ringfence::check::Verdict;
use ringfence::check::note::Language;

use super::cases::{Case, predictions};
use super::measure::{Block, Goal, Measure, Value};
use super::rows::Label;
use super::statistics::{Overlap, area, bins, brier, calibration_error, caught};

/// The share of false alarms that recall is compared at.
const FALSE_ALARMS: f64 = 0.025;
/// The two scripts that Ringfence began with.
const AMAZON: [&str; 2] = ["amazon_prime_renewal", "amazon_unauthorised_purchase"];

/// Everything that is measured.
pub fn blocks(cases: &[Case]) -> Vec<Block> {
    let block = |title, measures| Block { title, measures };
    let mut blocks = vec![
        block("Notes", notes(cases)),
        block("Verdict", verdict(cases)),
        block("Probability", probability(cases)),
        block("Script, of the scams", script(cases)),
        block("Language", language(cases)),
        block("Red flags and actions", evidence(cases)),
        block(
            "Ambiguous notes",
            verdicts(cases, Label::Ambiguous, "ambiguous"),
        ),
        block("Transcripts of robocalls", robocalls(cases)),
    ];
    let measured = |measure: &Measure| measure.figure().is_some();
    blocks.retain(|block| block.measures.iter().any(measured));
    blocks
}

/// How many of the cases that `all` picks `part` picks too.
fn share(cases: &[Case], all: impl Fn(&Case) -> bool, part: impl Fn(&Case) -> bool) -> Value {
    let all: Vec<&Case> = cases.iter().filter(|case| all(case)).collect();
    Value::Share(all.iter().filter(|case| part(case)).count(), all.len())
}

fn notes(cases: &[Case]) -> Vec<Measure> {
    let labels = [
        (Label::Scam, "scam"),
        (Label::Legit, "legit"),
        (Label::Ambiguous, "ambiguous"),
        (Label::IllegalRobocall, "illegal_robocall"),
    ];
    let counts = labels.into_iter().filter_map(|(label, name)| {
        let count = cases.iter().filter(|case| case.is(label)).count();
        let title = format!("Labelled {}", name.replace('_', " "));
        (count > 0).then(|| Measure::new(format!("notes_{name}"), title, Value::Count(count)))
    });
    let all = Measure::new("notes", "All", Value::Count(cases.len()));
    std::iter::once(all).chain(counts).collect()
}

fn verdict(cases: &[Case]) -> Vec<Measure> {
    let of = |label, verdict| share(cases, |case| case.is(label), |case| case.says(verdict));
    vec![
        Measure::new(
            "recall",
            "Scams called scam",
            of(Label::Scam, Verdict::Scam),
        )
        .goal(Goal::AtLeast(0.96)),
        Measure::new(
            "false_alarms",
            "Legit called scam",
            of(Label::Legit, Verdict::Scam),
        )
        .goal(Goal::AtMost(FALSE_ALARMS)),
        Measure::new(
            "scams_clear",
            "Scams called clear",
            of(Label::Scam, Verdict::Clear),
        )
        .goal(Goal::AtMost(0.01)),
        Measure::new(
            "scams_unsure",
            "Scams called unsure",
            of(Label::Scam, Verdict::Unsure),
        ),
        Measure::new(
            "legit_clear",
            "Legit called clear",
            of(Label::Legit, Verdict::Clear),
        ),
        Measure::new(
            "legit_unsure",
            "Legit called unsure",
            of(Label::Legit, Verdict::Unsure),
        ),
    ]
}

fn probability(cases: &[Case]) -> Vec<Measure> {
    let predictions = predictions(cases);
    let of = |side: bool| -> Vec<f64> {
        let own = predictions.iter().filter(|(_, scam)| *scam == side);
        own.map(|&(probability, _)| probability).collect()
    };
    let (scams, legit) = (of(true), of(false));
    // Without legitimate calls every threshold would do.
    let comparable = if legit.is_empty() { 0 } else { scams.len() };
    let recall = Value::Share(
        caught(&scams, &legit, FALSE_ALARMS).min(comparable),
        comparable,
    );
    let error = calibration_error(&bins(&predictions));
    vec![
        Measure::new(
            "recall_at_false_alarms",
            "Scams caught at 2.5 % false alarms",
            recall,
        )
        .goal(Goal::AtLeast(0.96)),
        Measure::new(
            "auc",
            "Area under the ROC curve",
            Value::Figure(area(&scams, &legit)),
        ),
        Measure::new(
            "ece",
            "Expected calibration error, 10 bins",
            Value::Figure(error),
        )
        .goal(Goal::AtMost(0.04)),
        Measure::new("brier", "Brier score", Value::Figure(brier(&predictions))),
    ]
}

fn script(cases: &[Case]) -> Vec<Measure> {
    let scripted = |case: &Case| case.is(Label::Scam) && case.row.script.is_some();
    let mut measures = vec![
        Measure::new("top_1", "Script right", share(cases, scripted, Case::named))
            .goal(Goal::AtLeast(0.90)),
        Measure::new(
            "top_3",
            "Script right among the first three",
            share(cases, scripted, Case::named_of_three),
        )
        .goal(Goal::AtLeast(0.97)),
    ];
    for id in AMAZON {
        let own = |case: &Case| case.is(Label::Scam) && case.row.script.as_deref() == Some(id);
        let value = share(cases, own, |case| case.says(Verdict::Scam));
        let title = format!("{id} called scam");
        measures.push(Measure::new(format!("recall_{id}"), title, value).goal(Goal::AtLeast(0.98)));
    }
    measures
}

fn language(cases: &[Case]) -> Vec<Measure> {
    let recall = |of: &dyn Fn(Language) -> bool| {
        let own = |case: &Case| case.is(Label::Scam) && case.row.language().is_some_and(of);
        share(cases, own, |case| case.says(Verdict::Scam))
    };
    let english = recall(&|language| language == Language::English);
    let others = recall(&|language| language != Language::English);
    let detected = share(
        cases,
        |case| case.row.language().is_some() && case.found.language.is_some(),
        |case| case.found.language == case.row.language(),
    );
    let mut measures = vec![
        Measure::new("recall_english", "Scams called scam, English", english),
        Measure::new(
            "recall_other_languages",
            "Scams called scam, other languages",
            others,
        )
        .goal(Goal::AtLeast(0.92)),
    ];
    for language in Language::ALL.into_iter().skip(1) {
        let value = recall(&|own| own == language);
        if !matches!(value, Value::Share(_, 0)) {
            let title = format!("  {language}");
            measures.push(Measure::new(format!("recall_{language}"), title, value));
        }
    }
    measures.push(Measure::new("language", "Language detected", detected));
    measures
}

/// What was found in a case and what is labelled, if it is.
type Items<'a> = (&'a [String], Option<&'a [String]>);

fn evidence(cases: &[Case]) -> Vec<Measure> {
    let rows = cases.iter().map(|case| (&case.row, &case.found));
    let flags = f1(rows
        .clone()
        .map(|(row, found)| (&found.red_flags[..], row.red_flags.as_deref())));
    let actions = f1(rows.map(|(row, found)| (&found.actions[..], row.actions.as_deref())));
    let flags = flags.map(|f1| Measure::new("red_flag_f1", "Red flags, micro-F1", f1));
    let actions = actions.map(|f1| Measure::new("action_f1", "Actions, micro-F1", f1));
    let actions = actions.map(|measure| measure.goal(Goal::AtLeast(0.85)));
    flags.into_iter().chain(actions).collect()
}

/// The micro-F1 over the rows with labels; `None` if no row has any.
fn f1<'a>(rows: impl Iterator<Item = Items<'a>>) -> Option<Value> {
    let mut overlap = None::<Overlap>;
    for (found, labelled) in rows {
        let Some(labelled) = labelled else { continue };
        let labelled = labelled.iter().map(String::as_str);
        let labelled: BTreeSet<&str> = labelled.filter(|id| *id != "none").collect();
        let labelled: Vec<&str> = labelled.into_iter().collect();
        overlap.get_or_insert_default().add(found, &labelled);
    }
    overlap.map(|overlap| Value::Figure(overlap.f1()))
}

/// The verdicts on notes with a label.
fn verdicts(cases: &[Case], label: Label, id: &str) -> Vec<Measure> {
    let of = |verdict: Verdict| {
        let value = share(cases, |case| case.is(label), |case| case.says(verdict));
        Measure::new(
            format!("{id}_{verdict}"),
            format!("Called {verdict}"),
            value,
        )
    };
    Verdict::ALL.into_iter().map(of).collect()
}

fn robocalls(cases: &[Case]) -> Vec<Measure> {
    let called = |verdict| {
        share(
            cases,
            |case| case.row.is_robocall(),
            |case| case.says(verdict),
        )
    };
    vec![
        Measure::new("robocalls_flagged", "Called scam", called(Verdict::Scam))
            .goal(Goal::AtLeast(0.97)),
        Measure::new("robocalls_unsure", "Called unsure", called(Verdict::Unsure)),
        Measure::new("robocalls_clear", "Called clear", called(Verdict::Clear)),
    ]
}

#[cfg(test)]
mod tests;
