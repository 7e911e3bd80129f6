//! What other people reported: the numbers, and the blocks of numbers around
//! them.

mod kind;
pub mod set;

pub use kind::{NotAReportKind, ReportKind};
