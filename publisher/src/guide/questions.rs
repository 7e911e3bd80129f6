//! `data/questions.toml`: questions with answers to tap on.

use std::path::PathBuf;

use ringfence::check::guide::EvidenceIndex;
use serde::Deserialize;
use toml::Spanned;

use super::check::{Check, Known};
use crate::Error;
use crate::source::Source;

/// Longest question, in characters.
pub(super) const MAX_QUESTION: usize = 120;
/// Longest answer, in characters.
pub(super) const MAX_OPTION: usize = 100;

/// A question about a call.
#[derive(Clone, Debug)]
pub struct Question {
    /// Unique id.
    pub id: String,
    /// The question.
    pub text: String,
    /// What can be picked.
    pub options: Vec<Choice>,
}

/// An answer to pick.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Unique id in its question.
    pub id: String,
    /// What it says.
    pub text: String,
    /// Picking it says yes to one of these.
    pub evidence: Vec<EvidenceIndex>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionsFile {
    questions: Vec<QuestionFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionFile {
    id: Spanned<String>,
    text: Spanned<String>,
    #[serde(default)]
    options: Vec<ChoiceFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoiceFile {
    id: Spanned<String>,
    text: Spanned<String>,
    evidence: Vec<Spanned<String>>,
}

/// Reads the file, in its order.
pub(super) fn read(path: PathBuf, known: &Known<'_>) -> Result<Vec<Question>, Error> {
    let source = Source::read(path)?;
    let check = Check(&source);
    let file: QuestionsFile = source.parse()?;
    let mut questions: Vec<Question> = Vec::new();
    for entry in file.questions {
        let at = entry.id.span().start;
        let before = questions.iter().map(|question| question.id.as_str());
        let id = check.new_id(entry.id, before)?;
        if !(2..=7).contains(&entry.options.len()) {
            let count = entry.options.len();
            let message = format!("the question {id} has {count} options: give 2 to 7");
            return check.refuse(at, message);
        }
        let mut options: Vec<Choice> = Vec::new();
        for option in entry.options {
            let before = options.iter().map(|option| option.id.as_str());
            let choice = Choice {
                id: check.new_id(option.id, before)?,
                text: check.text(option.text, MAX_OPTION)?,
                evidence: check.all_evidence(known, &option.evidence, |_| true, "")?,
            };
            options.push(choice);
        }
        questions.push(Question {
            id,
            text: check.text(entry.text, MAX_QUESTION)?,
            options,
        });
    }
    Ok(questions)
}
