//! `ringfence check`.

mod dialogue;
mod json;
mod text;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use ringfence::check::guide::Guide;
use ringfence::check::note::Language;
use ringfence::check::{AnswerError, Answers, Assessment, Checker, Recipient, Report, report_text};
use ringfence::database::{Database, Error, Fault, FaultKind};
use ringfence::number::Region;
use serde::Deserialize;
use serde_json::Value;

use crate::args::{self, CheckArgs};
use crate::batch::{self, Refusal};
use crate::{plan, region};

/// One line of a batch. Labelled notes carry more, which is passed over.
#[derive(Deserialize)]
struct Item {
    id: Option<Value>,
    note: Option<String>,
    /// Another name for the note.
    text: Option<String>,
    lang: Option<String>,
    region: Option<String>,
    answers: Option<BTreeMap<String, String>>,
}

/// What is known of every call that is checked.
#[derive(Clone, Copy)]
struct Setting {
    /// Of the note, and of what is answered where the database has it.
    language: Option<Language>,
    region: Option<Region>,
}

pub fn run(args: &CheckArgs, database: &Database) -> Result<()> {
    let home = args.region.as_deref();
    let setting = Setting {
        language: args.lang.as_deref().map(language).transpose()?,
        region: match home {
            Some(text) => Some(region(text, &plan(database)?)?),
            None => None,
        },
    };
    let checker = Checker::new(database).map_err(unusable)?;
    if let Some(path) = &args.batch {
        return run_batch(path, setting, &checker);
    }
    let mut answers = Answers::new();
    for answer in &args.answers {
        let (asked, given) = answer
            .split_once('=')
            .context("--answer: write ID=ANSWER, such as who=shop or remote_access_request=yes")?;
        let taken = take(&mut answers, checker.guide(), asked.trim(), given.trim());
        taken.map_err(|error| anyhow!("--answer: {error}"))?;
    }
    let mut note = args.note.clone().unwrap_or_default();
    let asks = args.note.is_none() && answers.is_empty();
    if asks {
        (note, answers) = dialogue::run(&checker, setting)?;
    }
    let assessment = setting.check(&checker, &note, &answers)?;
    let mut out = anstream::stdout().lock();
    if let Some(to) = args.report {
        let report = setting.report(&note, &answers);
        let to = match to {
            args::Recipient::ShortCode => Recipient::ShortCode,
            args::Recipient::Authority => Recipient::Authority,
            args::Recipient::Bank => Recipient::Bank,
        };
        let text = report_text(&report, &assessment, to, None, None);
        writeln!(out, "{}", text.trim_end())?;
    } else if args.json {
        serde_json::to_writer(&mut out, &json::Answer::new(None, &assessment))?;
        writeln!(out)?;
    } else {
        let result = text::Result {
            guide: checker.guide(),
            region: setting.region,
            note: &note,
            assessment: &assessment,
        };
        result.print(&mut out)?;
        if !asks {
            result.print_question(&mut out)?;
        }
    }
    Ok(())
}

impl Setting {
    fn check<'a>(
        self,
        checker: &Checker<'a>,
        note: &str,
        answers: &Answers,
    ) -> Result<Assessment<'a>, Error> {
        Ok(checker.check(&self.report(note, answers))?)
    }

    fn report<'n>(self, note: &'n str, answers: &'n Answers) -> Report<'n> {
        Report {
            note,
            language: self.language,
            text_language: self.language.map(Language::tag),
            region: self.region,
            answers,
        }
    }
}

fn run_batch(path: &Path, setting: Setting, checker: &Checker<'_>) -> Result<()> {
    let answered = batch::lines(path, |line| {
        if line.trim().is_empty() {
            return Ok(None);
        }
        let item: Item = serde_json::from_str(line).map_err(|error| {
            // Only where it stands: the message itself may repeat the note.
            let keys = "id, note, lang and region, and answers as texts";
            format!(
                "this is not a JSON object with {keys} (column {})",
                error.column()
            )
        })?;
        let id = item.id.clone();
        let answer = answer(item, setting, checker);
        answer.map(Some).map_err(|error| Refusal { id, error })
    })?;
    if answered == 0 {
        bail!("--batch: there is nothing to check; give one JSON object with a note a line");
    }
    Ok(())
}

fn answer(item: Item, setting: Setting, checker: &Checker<'_>) -> Result<String, String> {
    let setting = Setting {
        region: batch::home(item.region.as_deref(), setting.region)?,
        language: match item.lang.as_deref() {
            None => setting.language,
            Some("") => None,
            Some(tag) => Some(tag.parse().map_err(|error| format!("lang: {error}"))?),
        },
    };
    let note = item.note.or(item.text);
    if note.is_none() && item.answers.is_none() {
        return Err("there is neither a note nor answers".to_owned());
    }
    let mut answers = Answers::new();
    for (asked, given) in item.answers.iter().flatten() {
        let taken = take(&mut answers, checker.guide(), asked, given);
        taken.map_err(|error| format!("answers: {error}"))?;
    }
    let note = note.unwrap_or_default();
    let assessment = setting.check(checker, &note, &answers);
    let assessment = assessment.map_err(|error| error.to_string())?;
    let id = item.id.unwrap_or(Value::Null);
    let answer = json::Answer::new(Some(&id), &assessment);
    serde_json::to_string(&answer).map_err(|error| error.to_string())
}

/// Takes an answer; an error says what can be answered, and repeats only ids
/// that exist.
fn take(answers: &mut Answers, guide: &Guide<'_>, asked: &str, given: &str) -> Result<(), String> {
    let Err(error) = answers.set(guide, asked, given) else {
        return Ok(());
    };
    let damaged = |fault: Fault| Error::from(fault).to_string();
    Err(match error {
        AnswerError::Fault(fault) => damaged(fault),
        AnswerError::UnknownReply => format!("{asked} is answered with yes, no or unsure"),
        AnswerError::UnknownOption => {
            let question = guide.question_by_id(asked).map_err(damaged)?;
            let options = question.iter().flat_map(|question| question.options.iter());
            let options: Vec<&str> = options.map(|option| option.id).collect();
            format!("{asked} is answered with {} or unsure", options.join(", "))
        }
        AnswerError::UnknownQuestion => {
            let questions = guide.questions().map(|question| Ok(question?.id));
            let questions: Vec<&str> = questions.collect::<Result<_, _>>().map_err(damaged)?;
            format!(
                "there is no such question or flag; the questions are {}, and a flag is written \
                 as --json prints it",
                questions.join(", ")
            )
        }
        other => other.to_string(),
    })
}

fn language(tag: &str) -> Result<Language> {
    tag.parse().map_err(|error| anyhow!("--lang: {error}"))
}

fn unusable(fault: Fault) -> anyhow::Error {
    match fault.kind {
        FaultKind::Missing => anyhow!(
            "this database cannot check calls: {fault}; use the bundled one, or make one with \
             `ringfence db build`"
        ),
        _ => Error::from(fault).into(),
    }
}
