//! The aggregation for more reports than one stream should go through: the
//! same counts as [`risk::counts`](crate::risk::counts), by SQL over Parquet.
//!
//! ```text
//! reports --write--> Parquet files --block_counts--> counts per block
//! ```
//!
//! [`SQL`] is the definition for other engines. Here DataFusion runs it on as
//! many threads as there are, within a limit of memory: what does not fit is
//! sorted and added up on disk.

mod parquet;
mod query;

pub use parquet::write;
pub use query::{BlockCounts, Limits, block_counts};

use std::path::Path;

use datafusion::error::DataFusionError;

use crate::Error;

/// The counts of all blocks, in SQL that any engine runs unchanged; it says
/// itself which tables it needs.
pub const SQL: &str = include_str!("../../sql/block_counts.sql");

/// What DataFusion says, about a file or a folder.
fn failed(path: &Path, error: impl Into<DataFusionError>) -> Error {
    Error::Io {
        path: path.to_owned(),
        error: std::io::Error::other(error.into()),
    }
}
