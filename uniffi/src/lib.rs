//! The control plane: everything Kotlin asks of the core but the verdict on a
//! ringing call, which is the data plane's business (`android/native`).
//!
//! One object, [`Control`], over the [`Engine`] that both planes share. Its
//! functions may read and write files: call them off the main thread. None
//! computes for longer than some hundredths of a second on any input, so none
//! can be cancelled.
//! Errors say what to do and hold no personal data.
//!
//! All times are milliseconds since 1970-01-01T00:00:00Z, as
//! `System.currentTimeMillis()` gives them.
//!
//! Everything exported is public and none of the records owns anything, so
//! that the crate can move to UniFFI's JNI bindings as it is.
#![deny(missing_docs)]
#![deny(rustdoc::broken_intra_doc_links)]

mod check;
mod control;
mod error;
mod screening;
mod settings;
mod source;
mod span;

pub use check::{
    AdviceStep, Answer, AnswerOption, Assessment, CallReport, CallVerdict, CallWindow, Finding,
    InstalledApp, KindOfCall, PhoneAction, Question, RemoteTool, ReportTexts, Timing,
};
pub use control::{Control, Status};
pub use error::{RingfenceError, count_internal_failure};
pub use screening::{
    Call, Direction, Event, Explanation, LoggedCall, Presentation, RuleLooked, Verification, Whom,
};
pub use settings::{Mode, Settings, Switch};
pub use source::{DatabaseSource, with_source};
pub use span::Span;

#[cfg(doc)]
use ringfence_engine::Engine;

uniffi::setup_scaffolding!("ringfence");

/// A time of Kotlin's in seconds.
pub(crate) fn seconds(millis: i64) -> u64 {
    u64::try_from(millis).unwrap_or(0) / 1_000
}

/// A time in seconds as Kotlin has it.
pub(crate) fn millis(seconds: u64) -> i64 {
    i64::try_from(seconds.saturating_mul(1_000)).unwrap_or(i64::MAX)
}
