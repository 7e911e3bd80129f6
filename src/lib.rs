//! Ringfence: offline call screening.
//!
//! A number goes in, a [`Verdict`](screening::Verdict) comes out: should an
//! unknown number ring, and why. Everything that can go stale (the numbering
//! plan, number ranges, lists) lives in one [`Database`](database::Database)
//! file that is mapped and read in place, never parsed.
//!
//! * [`number`] turns whatever a phone or a person gives into an E.164 number
//!   with validity, region and kind, exactly as libphonenumber does.
//! * [`database`] opens, checks and reads the file.
//! * [`reported`] reads what other people reported.
//! * [`screening`] applies the user's settings and the database to one call.
//!
//! The core does no input or output but the memory map, starts no threads,
//! reads no clock (time is an argument) and does not panic on any input. On
//! the call path nothing is allocated and nothing fails: where something is
//! wrong the phone rings and the reason says so.
//!
//! ```no_run
//! use ringfence::database::Database;
//! use ringfence::number::Region;
//! use ringfence::screening::{Call, NoMemory, Settings, screen};
//!
//! let database = Database::open("ringfence.db".as_ref())?;
//! let call = Call::incoming("07700 900123").at_home("GB".parse::<Region>()?);
//! let verdict = screen(&call, &Settings::default(), &NoMemory, &database, 1_795_305_600);
//! println!("{} ({})", verdict.action, verdict.rule);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![deny(missing_docs)]
#![deny(rustdoc::broken_intra_doc_links)]

pub mod automaton;
pub mod check;
pub mod database;
pub mod number;
pub mod reported;
pub mod screening;
mod verify;
