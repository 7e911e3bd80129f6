//! The check after a call.

use ringfence::check::guide::{self, Do, Guide};
use ringfence::check::note::Language;
use ringfence::check::{self, Answers, Candidate, Checker, Recipient, Report, report_text};
use ringfence::database::Database;
use ringfence::number::Region;

use crate::{RingfenceError, Span, seconds};

/// What the person tells about a call.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct CallReport {
    /// In the person's own words; empty if there are none. Of more than 16,384
    /// bytes only the first are read.
    pub note: String,
    /// What was answered so far.
    pub answers: Vec<Answer>,
    /// The note's language as a tag such as `en`, if it is known.
    pub language: Option<String>,
    /// The language to answer in, as a tag such as `de` or `de-AT`; English if
    /// there is none, or the database does not have it.
    pub text_language: Option<String>,
    /// Where the person is, such as `GB`: for the advice.
    pub region: Option<String>,
    /// The number that rang, for the texts that can be sent. Nothing else is
    /// done with it.
    pub caller: Option<String>,
    /// When the call was, as a person would write it, for the same.
    pub when: Option<String>,
}

/// An answer: to a question with one of its options, or about one flag with
/// `yes`, `no` or `unsure`.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Answer {
    /// The id of the question or flag.
    pub asked: String,
    /// The id of the option, or `unsure`.
    pub given: String,
}

/// Was it a scam?
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum CallVerdict {
    /// It was one.
    Scam,
    /// It may have been one: a safe next step is due.
    Unsure,
    /// Nothing speaks for one.
    Clear,
}

/// A kind of call.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct KindOfCall {
    /// Its id, such as `amazon_prime_renewal`.
    pub id: String,
    /// Its name.
    pub title: String,
    /// How such a call goes.
    pub summary: String,
    /// Its probability among all kinds, 0 to 1.
    pub probability: f64,
}

/// Something that was found in the call.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Finding {
    /// Its id, such as `remote_access_request`.
    pub id: String,
    /// What it is, said to the person.
    pub title: String,
    /// What it means.
    pub why: String,
    /// The words of the note that show it; none if an answer did.
    pub span: Option<Span>,
    /// How much it speaks for a scam: the natural logarithm of how much
    /// likelier it is in scams. 0 for what the person did.
    pub weight: f64,
}

/// A question to be answered by tapping. "Not sure" is always possible: the
/// answer `unsure`.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// The question.
    pub text: String,
    /// What can be tapped, 2 to 7.
    pub options: Vec<AnswerOption>,
}

/// Something to tap.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct AnswerOption {
    /// Its id.
    pub id: String,
    /// What it says.
    pub text: String,
}

/// Something to do now.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct AdviceStep {
    /// Its id, such as `ring_bank`.
    pub id: String,
    /// What to do.
    pub text: String,
    /// Whether it is for right now.
    pub urgent: bool,
    /// What the phone can do for it.
    pub action: Option<PhoneAction>,
}

/// What the phone can do for a step.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum PhoneAction {
    /// Ring a number.
    Dial {
        /// As dialled in the country.
        number: String,
    },
    /// Open settings: `wifi`, `apps`, `airplane_mode` or `call_blocking`.
    OpenSettings {
        /// Which.
        page: String,
    },
    /// Find programs for remote access and offer to remove them.
    RemoveRemoteTools,
    /// Send the short text to a short number.
    SendText {
        /// The number, such as `7726`.
        number: String,
    },
    /// Share the text for those who take reports in the country.
    Report {
        /// Who they are.
        name: String,
        /// Their number, as dialled in the country.
        phone: Option<String>,
        /// Their page.
        url: Option<String>,
    },
    /// Open a page.
    OpenPage {
        /// Its address.
        url: String,
    },
}

/// Texts about the call, ready to be sent. They hold nothing but what the
/// person told and what was found.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct ReportTexts {
    /// One line for the phone company's short number, such as 7726.
    pub short_code: String,
    /// For those who take reports, with the person's own words.
    pub authority: String,
    /// For the bank: what was done and what it should do, without the person's
    /// own words.
    pub bank: String,
}

/// What a check found.
#[derive(Clone, PartialEq, uniffi::Record)]
pub struct Assessment {
    /// Was it a scam?
    pub verdict: CallVerdict,
    /// The probability that it was one, 0 to 1.
    pub probability: f64,
    /// The likeliest scam; none if the verdict is clear.
    pub script: Option<KindOfCall>,
    /// The next scams, the likeliest first.
    pub alternatives: Vec<KindOfCall>,
    /// The likeliest kind of genuine call.
    pub genuine: Option<KindOfCall>,
    /// How far the call got in the scam.
    pub stage: Option<String>,
    /// What gives it away, the weightiest first.
    pub red_flags: Vec<Finding>,
    /// What the person did.
    pub actions: Vec<Finding>,
    /// The question most worth asking now; none if nothing is.
    pub next_question: Option<Question>,
    /// What to do now, the most urgent first.
    pub advice: Vec<AdviceStep>,
    /// The language the note was read in, such as `en`.
    pub language: String,
    /// The language of titles, reasons, summaries, questions and advice, such
    /// as `en`. A single text that the database does not have in it is in
    /// English, as are `stage` and `texts` always.
    pub text_language: String,
    /// The asked ids of answers that this database does not know, and that
    /// were passed over: it may have been renewed since the question was put.
    pub unknown_answers: Vec<String>,
    /// Texts ready to be sent.
    pub texts: ReportTexts,
}

impl CallReport {
    pub(crate) fn assess(&self, database: &Database) -> Result<Assessment, RingfenceError> {
        let checker = Checker::new(database)?;
        let input = |error: &dyn std::fmt::Display| RingfenceError::Input(error.to_string());
        let language: Option<Language> = match &self.language {
            Some(tag) => Some(tag.parse().map_err(|error| input(&error))?),
            None => None,
        };
        let region: Option<Region> = match &self.region {
            Some(region) => Some(region.parse().map_err(|error| input(&error))?),
            None => None,
        };
        let (answers, unknown_answers) = self.answers(checker.guide())?;
        let report = Report {
            note: &self.note,
            language,
            text_language: self.text_language.as_deref(),
            region,
            answers: &answers,
        };
        let assessment = checker.check(&report)?;
        let text = |to| {
            let (caller, when) = (self.caller.as_deref(), self.when.as_deref());
            report_text(&report, &assessment, to, caller, when)
        };
        let texts = ReportTexts {
            short_code: text(Recipient::ShortCode),
            authority: text(Recipient::Authority),
            bank: text(Recipient::Bank),
        };
        let span = |span: &Option<std::ops::Range<usize>>| {
            span.clone().map(|span| Span::new(&self.note, span))
        };
        let place = checker.guide().report_place(region)?;
        Ok(Assessment {
            verdict: match assessment.verdict {
                check::Verdict::Scam => CallVerdict::Scam,
                check::Verdict::Unsure => CallVerdict::Unsure,
                check::Verdict::Clear => CallVerdict::Clear,
            },
            probability: assessment.probability.into(),
            script: assessment.script.as_ref().map(KindOfCall::new),
            alternatives: assessment
                .alternatives
                .iter()
                .map(KindOfCall::new)
                .collect(),
            genuine: assessment.genuine.as_ref().map(KindOfCall::new),
            stage: assessment.stage.map(|stage| stage.title.to_owned()),
            red_flags: assessment
                .red_flags
                .iter()
                .map(|flag| Finding::new(&flag.evidence, span(&flag.span), flag.weight))
                .collect(),
            actions: assessment
                .actions
                .iter()
                .map(|action| Finding::new(&action.evidence, span(&action.span), 0.0))
                .collect(),
            next_question: assessment.next_question.as_ref().map(Question::new),
            advice: assessment
                .advice
                .iter()
                .map(|step| AdviceStep::new(step, place.as_ref()))
                .collect(),
            language: assessment.language.tag().to_owned(),
            text_language: assessment.text_language.to_owned(),
            unknown_answers,
            texts,
        })
    }

    /// The answers that the guide knows, and the others' ids.
    fn answers(&self, guide: &Guide<'_>) -> Result<(Answers, Vec<String>), RingfenceError> {
        let mut answers = Answers::new();
        let mut unknown = Vec::new();
        for answer in &self.answers {
            match answers.set(guide, &answer.asked, &answer.given) {
                Ok(()) => {}
                Err(check::AnswerError::Fault(fault)) => return Err(fault.into()),
                Err(_) => unknown.push(answer.asked.clone()),
            }
        }
        Ok((answers, unknown))
    }
}

impl KindOfCall {
    fn new(candidate: &Candidate<'_>) -> Self {
        Self {
            id: candidate.script.id.to_owned(),
            title: candidate.script.title.to_owned(),
            summary: candidate.script.summary.to_owned(),
            probability: candidate.probability.into(),
        }
    }
}

impl Finding {
    fn new(evidence: &guide::Evidence<'_>, span: Option<Span>, weight: f32) -> Self {
        Self {
            id: evidence.id.to_owned(),
            title: evidence.title.to_owned(),
            why: evidence.why.to_owned(),
            span,
            weight: weight.into(),
        }
    }
}

impl Question {
    fn new(question: &guide::Question<'_>) -> Self {
        let options = question.options.iter().map(|option| AnswerOption {
            id: option.id.to_owned(),
            text: option.text.to_owned(),
        });
        Self {
            id: question.id.to_owned(),
            text: question.text.to_owned(),
            options: options.collect(),
        }
    }
}

impl AdviceStep {
    fn new(step: &guide::AdviceStep<'_>, place: Option<&guide::ReportPlace<'_>>) -> Self {
        Self {
            id: step.id.to_owned(),
            text: step.text.to_owned(),
            urgent: step.is_urgent(),
            action: step
                .action
                .and_then(|action| PhoneAction::new(action, place)),
        }
    }
}

impl PhoneAction {
    fn new(action: Do<'_>, place: Option<&guide::ReportPlace<'_>>) -> Option<Self> {
        Some(match action {
            Do::Dial(number) => Self::Dial {
                number: number.to_owned(),
            },
            Do::OpenSettings(page) => Self::OpenSettings {
                page: page.to_owned(),
            },
            Do::Uninstall => Self::RemoveRemoteTools,
            Do::ShareReport("report") => {
                let place = place?;
                Self::Report {
                    name: place.name.to_owned(),
                    phone: place.phone.map(str::to_owned),
                    url: (!place.url.is_empty()).then(|| place.url.to_owned()),
                }
            }
            Do::ShareReport(number) => Self::SendText {
                number: number.to_owned(),
            },
            Do::OpenPage(url) => Self::OpenPage {
                url: url.to_owned(),
            },
        })
    }
}

/// An app on the phone, as Android's `PackageInfo` tells of it. Times may be 0
/// for unknown.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct InstalledApp {
    /// The package, such as `com.example.app`.
    pub package_name: String,
    /// When it was first installed.
    pub installed_at: i64,
    /// When it was last updated.
    pub updated_at: i64,
}

/// When a call was. Times may be 0 for unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CallWindow {
    /// When it started.
    pub started: i64,
    /// When it ended; now, if it goes on.
    pub ended: i64,
}

/// When an app came, seen from a call; the most worrying first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Timing {
    /// During the call, give or take a minute.
    DuringCall,
    /// Within 24 hours after it.
    AfterCall,
    /// It is not known when.
    Unknown,
    /// Within 7 days before the call, or later than 24 hours after it.
    Recently,
    /// Longer ago.
    LongAgo,
}

/// A program for remote access that is on the phone.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct RemoteTool {
    /// Its id, such as `anydesk`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The package that is there.
    pub package_name: String,
    /// When it came.
    pub timing: Timing,
    /// Whether that is the time of an update, and it may have been there
    /// before.
    pub by_update: bool,
}

impl RemoteTool {
    pub(crate) fn find(
        database: &Database,
        apps: &[InstalledApp],
        call: CallWindow,
    ) -> Result<Vec<Self>, RingfenceError> {
        let apps: Vec<check::InstalledApp<'_>> = apps
            .iter()
            .map(|app| check::InstalledApp {
                package: &app.package_name,
                installed_at: seconds(app.installed_at),
                updated_at: seconds(app.updated_at),
            })
            .collect();
        let call = check::CallWindow {
            started: seconds(call.started),
            ended: seconds(call.ended),
        };
        let found = check::remote_tool_findings(&database.guide()?, &apps, call)?;
        let tools = found.into_iter().map(|found| Self {
            id: found.tool.id.to_owned(),
            name: found.tool.name.to_owned(),
            package_name: found.package.to_owned(),
            timing: match found.timing {
                check::Timing::DuringCall => Timing::DuringCall,
                check::Timing::AfterCall => Timing::AfterCall,
                check::Timing::Unknown => Timing::Unknown,
                check::Timing::Recently => Timing::Recently,
                check::Timing::LongAgo => Timing::LongAgo,
            },
            by_update: found.by_update,
        });
        Ok(tools.collect())
    }
}
