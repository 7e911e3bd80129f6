//! One phone's Ringfence: the database in use, the user's settings, what the
//! phone remembers and its log of calls.
//!
//! An [`Engine`] is shared by everything in a process that asks about calls; no
//! other process may have the same folder open.
//! [`Engine::screen`] takes no lock, allocates nothing and does not fail;
//! whatever changes something ([`Engine::record`], [`Engine::remember`],
//! [`Engine::change_settings`], [`Engine::use_database`]) is done beside it and
//! swapped in when it is on disk.
//!
//! Everything is in one folder: `settings.json`, `memory` and `calls.jsonl`.
//! No number is written but those of the user's own lists in the settings:
//! memory and log hold keyed hashes.
//!
//! What a function has returned `Ok` for stays, whatever moment the process is
//! killed or the power fails at. Of what was being written then, each record of
//! the memory, the line of the log and the settings are wholly there or not at
//! all. An event that changes several records (a mark concerns a number, its
//! neighbourhood and the days after) stores the number's own last, so that it
//! can be repeated.
//!
//! A function that returns an error has changed nothing that the engine goes by;
//! after a restart what it tried may be there, in the same whole pieces. Two do
//! part of it where they cannot do all: [`Engine::record`] stores a call in the
//! memory or the log alone, and what is to be forgotten is, as far as it goes.
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
pub use memory::MemoryFile;
pub use packed::{FIELDS, Failure, Field, PackedVerdict};
