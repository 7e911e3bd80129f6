//! The publisher: compiles what people edit into one Ringfence database.
//!
//! Runs on the host only. Data flows one way:
//!
//! ```text
//! libphonenumber's metadata --metadata--> territories --plan------> section "plan"
//! data/numbering/*.toml     --facts----> ranges      --ranges----> section "ranges"
//! data/release.toml, versions ----------------------------------> section "sources"
//!                                   sections --file--> the database
//! ```
//!
//! [`pattern`] turns regular expressions over digits into machines,
//! [`function`] turns those into one minimal automaton. Building is
//! deterministic: the same sources give the same bytes on any machine.
#![deny(missing_docs)]

pub mod build;
pub mod classification;
pub mod compile;
pub mod facts;
pub mod file;
pub mod function;
pub mod guide;
pub mod import;
pub mod languages;
pub mod lexicon;
pub mod metadata;
pub mod model;
pub mod pattern;
pub mod plan;
pub mod prefix;
pub mod ranges;
pub mod report;
pub mod reported;
pub mod risk;
#[cfg(feature = "datafusion")]
pub mod scale;

mod deflate;
mod error;
mod source;

pub use build::{Check, Options, build};
pub use error::Error;
pub use guide::GuideSource;
pub use report::Report;
