//! What other people reported: the numbers, and the blocks of numbers around
//! them.

mod kind;

pub use kind::{NotAReportKind, ReportKind};
