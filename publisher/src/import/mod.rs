//! Lists that people already have, brought to one sorted stream of reports.
//!
//! ```text
//! files --input--> bytes --formats--> entries --normalise--> records --store--> runs
//! runs --Store::reports--> Report, Report, ...      (sorted, each once)
//!      --Store::prefixes--> prefixes::steps         (a step function)
//!      --Store::sources--> lines for section "sources"
//! ```
//!
//! Nothing is held that grows with a list, but for its prefixes. Whatever order
//! files and rows come in, the same comes out. No number is in any message.

pub mod counting;
pub mod cuts;
pub mod day;
pub mod entry;
pub mod prefixes;
pub mod store;

mod formats;
mod input;
mod normalise;
mod rows;
mod take;

pub use counting::Counting;
pub use cuts::Cuts;
pub use day::DateForm;
pub use entry::{Entry, Note, Reason, Said, Tally};
pub use formats::{Column, Columns, Format};
pub use prefixes::Prefix;
pub use store::{Manifest, Origin, Provenance, Store};
pub use take::{Import, Options, Outcome, Source, files};
