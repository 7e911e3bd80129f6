//! A verdict for a person: what, why, what to do. In colour on a terminal,
//! plain when piped.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use ringfence::database::Database;
use ringfence::screening::{Action, Call, Caller, Direction, Explanation, Rule, Step};

const LABEL: usize = 12;

/// Prints a verdict.
pub fn verdict(
    out: &mut impl Write,
    call: &Call<'_>,
    explained: &Explanation,
    database: &Database,
    trail: bool,
) -> io::Result<()> {
    let verdict = &explained.verdict;
    let outgoing = call.direction == Direction::Outgoing;
    let (what, colour) = match (verdict.action, outgoing) {
        (Action::Allow, false) => ("The phone rings.", AnsiColor::Green),
        (Action::Allow, true) => ("The call goes out.", AnsiColor::Green),
        (Action::Warn, false) => ("The phone rings, with a warning.", AnsiColor::Yellow),
        (Action::Warn, true) => ("The call goes out, with a warning.", AnsiColor::Yellow),
        (Action::Silence, _) => ("The phone stays silent.", AnsiColor::Magenta),
        (Action::Reject, _) => ("The call is rejected.", AnsiColor::Red),
    };
    let style = Style::new().bold().fg_color(Some(colour.into()));
    writeln!(out, "{style}{}. {what}{style:#}", explained.title)?;
    writeln!(out)?;
    if let Caller::Number(number) = explained.caller {
        let region = number
            .region
            .map_or(String::new(), |region| format!(" ({region})"));
        row(out, "Number", &format!("{}{region}", number.e164))?;
    }
    for reason in explained.reasons() {
        row(out, "Why", &reason.text)?;
    }
    row(out, "What to do", &explained.advice)?;
    for reason in explained.reasons() {
        row(out, "Source", &source(reason))?;
    }
    let from_database = matches!(
        verdict.rule,
        Rule::ImpossibleCallerId | Rule::ListedNumber | Rule::RiskMap | Rule::Range
    );
    if from_database {
        row(out, "How sure", &format!("{} in 100", verdict.confidence))?;
    }
    row(out, "Database", database.release())?;
    if trail {
        writeln!(out)?;
        writeln!(out, "Looked at, in this order:")?;
        for step in &explained.steps {
            let mark = if step.matched { "yes" } else { "no" };
            let text = format!("{} ({})", step.text, source(step));
            row(
                out,
                &format!("  {mark:3}"),
                &format!("{}: {text}", step.rule),
            )?;
        }
    }
    Ok(())
}

fn source(step: &Step) -> String {
    match step.date {
        Some(date) => format!("{}, {date}", step.source),
        None => step.source.clone(),
    }
}

/// A label and a text, wrapped to the terminal.
fn row(out: &mut impl Write, label: &str, text: &str) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    let lines = textwrap::wrap(text, columns(width.clamp(40, 100) - LABEL));
    let bold = Style::new().bold();
    for (index, line) in lines.iter().enumerate() {
        let label = if index == 0 { label } else { "" };
        writeln!(out, "{bold}{label:LABEL$}{bold:#}{line}")?;
    }
    Ok(())
}

/// Lines of so many columns, filled one after the other. What else textwrap can
/// do depends on what other packages ask of it.
pub fn columns<'o>(width: usize) -> textwrap::Options<'o> {
    textwrap::Options::new(width).wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
}
