//! "Was this a scam?": the check after a call.
//!
//! ```text
//! note ──▶ words ─▶ concepts ─▶ features ─▶ reading ─┐
//!                                                    ├─▶ belief ─▶ assessment
//! answers ───────────────────────────────────────────┘      └─▶ next question
//! ```
//!
//! * [`guide`] reads what people edit about calls: scripts, evidence,
//!   questions, advice and remote-access tools.
//! * [`note`] turns what a person wrote into features and scores them.
//! * [`Checker`] puts note and [`Answers`] together and gives an
//!   [`Assessment`].

pub mod guide;
pub mod note;

mod answers;
mod assessment;
mod belief;
mod checker;
mod next;
mod remote_tools;
mod report_text;
mod seen;

pub use answers::{AnswerError, Answers, Reply};
pub use assessment::{Action, Assessment, Candidate, Part, PartOf, RedFlag, Verdict};
pub use checker::{Checker, Report};
pub use next::MAX_QUESTIONS;
pub use remote_tools::{CallWindow, InstalledApp, Timing, ToolFinding, remote_tool_findings};
pub use report_text::{Recipient, report_text};
