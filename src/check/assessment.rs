//! What a check found.

use std::fmt;
use std::ops::Range;

use super::guide::{AdviceStep, Evidence, Question, Script, Stage};
use super::note::Language;

/// Was it a scam?
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It was one.
    Scam,
    /// It may have been one: a safe next step is due.
    Unsure,
    /// Nothing speaks for one.
    Clear,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Scam, Self::Unsure, Self::Clear];

    /// The verdict's name: `scam`, `unsure` or `clear`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scam => "scam",
            Self::Unsure => "unsure",
            Self::Clear => "clear",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A script and how likely it is.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The script.
    pub script: Script<'a>,
    /// Its probability among all scripts, scams and genuine calls, 0 to 1.
    pub probability: f32,
}

/// A red flag that was seen.
#[derive(Clone, Debug)]
pub struct RedFlag<'a> {
    /// The flag.
    pub evidence: Evidence<'a>,
    /// The words of the note that show it, in bytes; `None` if an answer gave
    /// it.
    pub span: Option<Range<usize>>,
    /// How much it speaks for a scam: the natural logarithm of how much likelier
    /// it is in scam calls than in genuine ones. Never negative.
    pub weight: f32,
}

/// Something the person did.
#[derive(Clone, Debug)]
pub struct Action<'a> {
    /// What.
    pub evidence: Evidence<'a>,
    /// The words of the note that show it, in bytes; `None` if an answer gave
    /// it.
    pub span: Option<Range<usize>>,
}

/// What a part of the score comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartOf {
    /// What is assumed before anything is known, and what the note gives as a
    /// whole.
    Start,
    /// Words of the note, in bytes.
    Words(Range<usize>),
    /// An answer: the id of the question or evidence.
    Answer(String),
}

/// A part of the score.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Where it comes from.
    pub of: PartOf,
    /// What it adds to the natural logarithm of the odds of a scam.
    pub log_odds: f32,
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct Assessment<'a> {
    /// Was it a scam?
    pub verdict: Verdict,
    /// The probability that it was one, 0 to 1.
    pub probability: f32,
    /// The likeliest scam script; none if the verdict is clear.
    pub script: Option<Candidate<'a>>,
    /// The next scam scripts, the likeliest first.
    pub alternatives: Vec<Candidate<'a>>,
    /// The likeliest kind of genuine call.
    pub genuine: Option<Candidate<'a>>,
    /// How far the call got in the script.
    pub stage: Option<Stage<'a>>,
    /// Red flags, the weightiest first.
    pub red_flags: Vec<RedFlag<'a>>,
    /// What the person did.
    pub actions: Vec<Action<'a>>,
    /// The question most worth asking now.
    pub next_question: Option<Question<'a>>,
    /// What to do now, the most urgent first.
    pub advice: Vec<AdviceStep<'a>>,
    /// The language the note was read in.
    pub language: Language,
    /// The language of the texts, such as `en`: the one that was asked for if
    /// the database has it. A text that it does not have in this language is
    /// in English, as are the titles of stages.
    pub text_language: &'a str,
    /// Every part of the score. They add up to the logit of the probability,
    /// which itself ends at one in ten thousand.
    pub parts: Vec<Part>,
}
