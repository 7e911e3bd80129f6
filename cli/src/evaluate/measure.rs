//! A measure beside its goal, and tables of them.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use serde::ser::SerializeStruct;

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// So many.
    Count(usize),
    /// So many of so many.
    Share(usize, usize),
    /// A figure; `None` if there was nothing to measure.
    Figure(Option<f64>),
}

/// What is aimed at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Goal {
    AtLeast(f64),
    AtMost(f64),
}

/// A measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// A name for programs.
    pub id: String,
    /// A name for people.
    pub title: String,
    pub value: Value,
    pub goal: Option<Goal>,
}

impl Measure {
    pub fn new(id: impl Into<String>, title: impl Into<String>, value: Value) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            value,
            goal: None,
        }
    }

    /// With what is aimed at.
    pub fn goal(mut self, goal: Goal) -> Self {
        self.goal = Some(goal);
        self
    }

    /// The figure; `None` if there was nothing to measure.
    pub fn figure(&self) -> Option<f64> {
        match self.value {
            Value::Count(count) => Some(count as f64),
            Value::Share(_, 0) => None,
            Value::Share(part, of) => Some(part as f64 / of as f64),
            Value::Figure(figure) => figure,
        }
    }

    /// Whether the goal is met; `None` without a goal or a figure.
    pub fn met(&self) -> Option<bool> {
        let figure = self.figure()?;
        Some(match self.goal? {
            Goal::AtLeast(goal) => figure >= goal,
            Goal::AtMost(goal) => figure <= goal,
        })
    }
}

impl Serialize for Measure {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Measure", 7)?;
        object.serialize_field("id", &self.id)?;
        object.serialize_field("title", self.title.trim())?;
        object.serialize_field("value", &self.figure())?;
        if let Value::Share(part, of) = self.value {
            object.serialize_field("part", &part)?;
            object.serialize_field("of", &of)?;
        }
        match self.goal {
            Some(Goal::AtLeast(goal)) => object.serialize_field("at_least", &goal)?,
            Some(Goal::AtMost(goal)) => object.serialize_field("at_most", &goal)?,
            None => {}
        }
        if self.goal.is_some() {
            object.serialize_field("met", &self.met())?;
        }
        object.end()
    }
}

/// Measures that belong together.
pub struct Block {
    pub title: &'static str,
    pub measures: Vec<Measure>,
}

/// How wide the names are.
const NAME: usize = 44;

/// Prints blocks as a table, and how many goals are met.
pub fn table(out: &mut impl Write, blocks: &[Block]) -> io::Result<()> {
    let bold = Style::new().bold();
    for block in blocks {
        writeln!(out, "{bold}{}{bold:#}", block.title)?;
        for measure in &block.measures {
            line(out, measure)?;
        }
        writeln!(out)?;
    }
    let met: Vec<bool> = all(blocks).filter_map(Measure::met).collect();
    let fine = met.iter().filter(|met| **met).count();
    writeln!(out, "{fine} of {} goals are met.", met.len())
}

/// The measures of all blocks.
pub fn all(blocks: &[Block]) -> impl Iterator<Item = &Measure> {
    blocks.iter().flat_map(|block| &block.measures)
}

fn line(out: &mut impl Write, measure: &Measure) -> io::Result<()> {
    let value = match (measure.value, measure.figure()) {
        (_, None) => "-".to_owned(),
        (Value::Count(count), _) => count.to_string(),
        (Value::Share(..) | Value::Figure(_), Some(figure)) => format!("{figure:.4}"),
    };
    let of = match measure.value {
        Value::Share(part, of) => format!("{part} of {of}"),
        _ => String::new(),
    };
    let goal = match measure.goal {
        None => String::new(),
        Some(Goal::AtLeast(goal)) => format!("at least {goal}"),
        Some(Goal::AtMost(goal)) => format!("at most {goal}"),
    };
    let (met, colour) = match measure.met() {
        Some(true) => ("met", Some(AnsiColor::Green.into())),
        Some(false) => ("NOT MET", Some(AnsiColor::Red.into())),
        None => ("", None),
    };
    let style = Style::new().fg_color(colour);
    let name = &measure.title;
    let row = format!("  {name:NAME$} {value:>7}  {of:16} {goal:15}");
    if met.is_empty() {
        return writeln!(out, "{}", row.trim_end());
    }
    writeln!(out, "{row} {style}{met}{style:#}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(value: Value, goal: Goal) -> Measure {
        Measure::new("recall", "Recall", value).goal(goal)
    }

    #[test]
    fn goals_are_met_at_their_edge_and_not_without_a_figure() {
        let met = |value, goal| measure(value, goal).met();
        assert_eq!(met(Value::Share(96, 100), Goal::AtLeast(0.96)), Some(true));
        assert_eq!(met(Value::Share(95, 100), Goal::AtLeast(0.96)), Some(false));
        assert_eq!(met(Value::Share(1, 40), Goal::AtMost(0.025)), Some(true));
        assert_eq!(met(Value::Share(0, 0), Goal::AtMost(0.025)), None);
        assert_eq!(met(Value::Figure(None), Goal::AtLeast(0.9)), None);
        assert_eq!(Measure::new("n", "N", Value::Count(3)).met(), None);
    }

    #[test]
    fn a_table_counts_the_goals_that_are_met() {
        let measures = vec![
            measure(Value::Share(1, 2), Goal::AtLeast(0.9)),
            measure(Value::Figure(Some(0.01)), Goal::AtMost(0.04)),
            Measure::new("n", "Notes", Value::Count(7)),
        ];
        let title = "Block";
        let mut out = Vec::new();
        table(&mut out, &[Block { title, measures }]).expect("written");
        let text = String::from_utf8(out).expect("UTF-8");
        assert!(
            text.contains("0.5000  1 of 2") && text.contains("NOT MET"),
            "{text}"
        );
        assert!(text.ends_with("1 of 2 goals are met.\n"), "{text}");
    }

    #[test]
    fn json_has_the_parts_and_the_goal() {
        let share = measure(Value::Share(3, 4), Goal::AtLeast(0.9));
        let expected = serde_json::json!({
            "id": "recall", "title": "Recall", "value": 0.75, "part": 3, "of": 4,
            "at_least": 0.9, "met": false,
        });
        assert_eq!(serde_json::to_value(&share).expect("an object"), expected);
    }
}
