//! An assessment as `--json` prints it.

use ringfence::check::guide::{AdviceStep, Do, Question};
use ringfence::check::{Assessment, Candidate, RedFlag};
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
pub struct Answer<'a> {
    /// The id of a batch's line.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    verdict: &'static str,
    probability: f64,
    script: Option<&'a str>,
    alternatives: Vec<Kind<'a>>,
    genuine: Option<Kind<'a>>,
    stage: Option<&'a str>,
    red_flags: Vec<Flag<'a>>,
    actions: Vec<&'a str>,
    next_question: Option<Asked<'a>>,
    advice: Vec<Step<'a>>,
    lang: &'static str,
}

/// A kind of call and its share.
#[derive(Serialize)]
struct Kind<'a> {
    script: &'a str,
    probability: f64,
}

#[derive(Serialize)]
struct Flag<'a> {
    flag: &'a str,
    /// From and to, in bytes of the note.
    span: Option<[usize; 2]>,
    weight: f64,
}

#[derive(Serialize)]
struct Asked<'a> {
    id: &'a str,
    text: &'a str,
    options: Vec<Choice<'a>>,
}

#[derive(Serialize)]
struct Choice<'a> {
    id: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct Step<'a> {
    id: &'a str,
    text: &'a str,
    #[serde(rename = "do")]
    action: Option<Deed<'a>>,
}

/// What the phone can do.
#[derive(Serialize)]
struct Deed<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    value: &'a str,
}

impl<'a> Answer<'a> {
    pub fn new(id: Option<&'a Value>, assessment: &Assessment<'a>) -> Self {
        let actions = assessment.actions.iter();
        Self {
            id,
            verdict: assessment.verdict.name(),
            probability: rounded(assessment.probability),
            script: assessment.script.map(|best| best.script.id),
            alternatives: assessment.alternatives.iter().map(Kind::new).collect(),
            genuine: assessment.genuine.as_ref().map(Kind::new),
            stage: assessment.stage.map(|stage| stage.id),
            red_flags: assessment.red_flags.iter().map(Flag::new).collect(),
            actions: actions.map(|action| action.evidence.id).collect(),
            next_question: assessment.next_question.as_ref().map(Asked::new),
            advice: assessment.advice.iter().map(Step::new).collect(),
            lang: assessment.language.tag(),
        }
    }
}

impl<'a> Kind<'a> {
    fn new(candidate: &Candidate<'a>) -> Self {
        Self {
            script: candidate.script.id,
            probability: rounded(candidate.probability),
        }
    }
}

impl<'a> Flag<'a> {
    fn new(flag: &RedFlag<'a>) -> Self {
        Self {
            flag: flag.evidence.id,
            span: flag.span.as_ref().map(|span| [span.start, span.end]),
            weight: rounded(flag.weight),
        }
    }
}

impl<'a> Asked<'a> {
    fn new(question: &Question<'a>) -> Self {
        let choice = |option: ringfence::check::guide::Choice<'a>| Choice {
            id: option.id,
            text: option.text,
        };
        Self {
            id: question.id,
            text: question.text,
            options: question.options.iter().map(choice).collect(),
        }
    }
}

impl<'a> Step<'a> {
    fn new(step: &AdviceStep<'a>) -> Self {
        let deed = |(kind, value)| Deed { kind, value };
        Self {
            id: step.id,
            text: step.text,
            action: step.action.map(|action| {
                deed(match action {
                    Do::Dial(number) => ("dial", number),
                    Do::OpenSettings(page) => ("open_settings", page),
                    Do::Uninstall => ("uninstall", "remote_tool"),
                    Do::ShareReport(to) => ("share_report", to),
                    Do::OpenPage(address) => ("open_page", address),
                })
            }),
        }
    }
}

/// Four places, so that the last bits of a machine's arithmetic do not show.
fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4
}
