//! One phone's Ringfence: the database in use, the user's settings, what the
//! phone remembers and its log of calls.
//!
//! An [`Engine`] is shared by everything in a process that asks about calls.
//! [`Engine::screen`] takes no lock, allocates nothing and does not fail;
//! whatever changes something ([`Engine::record`], [`Engine::remember`],
//! [`Engine::change_settings`], [`Engine::use_database`]) is done beside it and
//! swapped in when it is on disk.
//!
//! Everything is in one folder: `settings.json`, `memory` and `calls.jsonl`.
//! No number is written but those of the user's own lists in the settings:
//! memory and log hold keyed hashes. Whatever moment the process is killed at,
//! what was written before is there, and what was being written is either
//! there or not.
#![deny(missing_docs)]
#![deny(rustdoc::broken_intra_doc_links)]

mod calls;
mod disk;
mod engine;
mod error;
mod memory;
mod packed;
mod registry;
mod settings;

pub use calls::{CALLS, LoggedCall, LoggedStep};
pub use disk::{Disk, Folder};
pub use engine::{DatabaseSource, Engine, Whom};
pub use error::EngineError;
pub use packed::{FIELDS, Failure, Field, PackedVerdict};
