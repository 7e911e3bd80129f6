//! What a person answered.

use std::collections::BTreeMap;
use std::fmt;

use super::guide::{EvidenceIndex, Guide};
use crate::database::Fault;

/// The answer to "was it so?".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reply {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not sure.
    Unsure,
}

/// What is asked: a question of the guide, or one piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Asked {
    /// A question, by its place in the guide.
    Question(u16),
    /// Evidence.
    Evidence(EvidenceIndex),
}

/// What was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// An option of a question, by its place.
    Option(u16),
    /// Yes or no to evidence.
    Reply(Reply),
}

/// Answers to questions and about single pieces of evidence. Their order does
/// not matter; a later answer to the same question replaces the earlier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    given: BTreeMap<Asked, Given>,
}

/// Why an answer could not be taken. It does not repeat what was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnswerError {
    /// The guide has no such question and no such evidence.
    UnknownQuestion,
    /// The question has no such option.
    UnknownOption,
    /// Evidence is answered with yes, no or unsure.
    UnknownReply,
    /// The guide cannot be read.
    Fault(Fault),
}

impl fmt::Display for AnswerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownQuestion => f.write_str("there is no such question or flag"),
            Self::UnknownOption => f.write_str("the question has no such answer"),
            Self::UnknownReply => f.write_str("a flag is answered with yes, no or unsure"),
            Self::Fault(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for AnswerError {}

impl From<Fault> for AnswerError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Answers {
    /// No answers yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many there are, "not sure" included.
    pub fn len(&self) -> usize {
        self.given.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty()
    }

    /// Takes an answer by ids: a question with one of its options or `unsure`,
    /// or evidence such as `remote_access_request` with `yes`, `no` or
    /// `unsure`.
    ///
    /// # Errors
    /// [`AnswerError`].
    pub fn set(&mut self, guide: &Guide<'_>, asked: &str, given: &str) -> Result<(), AnswerError> {
        let reply = match given {
            "yes" => Some(Reply::Yes),
            "no" => Some(Reply::No),
            "unsure" => Some(Reply::Unsure),
            _ => None,
        };
        for (place, question) in guide.questions().enumerate() {
            let question = question?;
            if question.id != asked {
                continue;
            }
            let given = match reply {
                Some(Reply::Unsure) => Given::Reply(Reply::Unsure),
                _ => {
                    let mut options = question.options.iter();
                    let option = options.position(|option| option.id == given);
                    Given::Option(option.ok_or(AnswerError::UnknownOption)? as u16)
                }
            };
            self.given.insert(Asked::Question(place as u16), given);
            return Ok(());
        }
        let evidence = guide.evidence_by_id(asked)?;
        let evidence = evidence.ok_or(AnswerError::UnknownQuestion)?;
        let reply = reply.ok_or(AnswerError::UnknownReply)?;
        self.reply(evidence.index, reply);
        Ok(())
    }

    /// Takes an answer about evidence.
    pub fn reply(&mut self, evidence: EvidenceIndex, reply: Reply) {
        self.given
            .insert(Asked::Evidence(evidence), Given::Reply(reply));
    }

    /// Takes an option of a question by their places in the guide; `None` is
    /// "not sure".
    pub fn pick(&mut self, question: u16, option: Option<u16>) {
        let given = option.map_or(Given::Reply(Reply::Unsure), Given::Option);
        self.given.insert(Asked::Question(question), given);
    }

    /// How many questions were answered, "not sure" included.
    pub fn questions(&self) -> usize {
        let asked = self.given.keys();
        asked
            .filter(|asked| matches!(asked, Asked::Question(_)))
            .count()
    }

    /// Whether the question at this place was answered.
    pub fn has(&self, question: u16) -> bool {
        self.given.contains_key(&Asked::Question(question))
    }

    /// All answers in a fixed order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Asked, Given)> + '_ {
        self.given.iter().map(|(&asked, &given)| (asked, given))
    }
}
