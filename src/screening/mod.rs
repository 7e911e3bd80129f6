//! Screening: should this call ring?
//!
//! [`screen`] applies the rules in the order of [`Rule::ORDER`] to one call;
//! the first that matches decides. It is pure, allocates nothing and does not
//! fail: where something cannot be read, the phone rings and the category
//! says so. [`explain`] runs the same code and keeps the trail.

mod call;
mod category;
mod explain;
mod memory;
mod policy;
mod ranges;
mod reported;
mod rules;
mod settings;
mod trail;
mod verdict;
mod words;

pub use call::{Call, Caller, Direction, MAX_CALLER, Presentation, Verification};
pub use category::{Category, NotACategory};
pub use explain::{Explanation, Step, explain};
pub use memory::{
    CAPACITY, CallerHash, Event, Familiarity, HEADER_LENGTH, MEMORY_VERSION, Memory, MemoryError,
    MemoryKey, NoMemory, PersonalMemory, RECORD_LENGTH, Recollection, Record, Stored, Subject,
};
pub use ranges::{Certainty, Date, RangeEntry, RangeId, Ranges, Words, layout};
pub use settings::{
    AFTER_SCAM_HOURS, ListEntry, Mode, NotAListEntry, NotAMode, NotSwitchable, SETTINGS_VERSION,
    Settings, Switch, Switches,
};
pub use verdict::{Action, Rule, Verdict};

use crate::database::Database;

/// Decides what the phone does with a call.
///
/// `now` is the time in seconds since 1970-01-01T00:00:00Z; evidence fades
/// with the time since the database was issued.
pub fn screen<M: Memory + ?Sized>(
    call: &Call<'_>,
    settings: &Settings,
    memory: &M,
    database: &Database,
    now: u64,
) -> Verdict {
    let caller = Caller::of(call, database);
    policy::decide(call, caller, settings, memory, database, now, &mut ())
}
