//! Steps that are crashed, and what may be found after it.

use std::collections::BTreeSet;

use ringfence::screening::Event::{self, Called, MarkedFine, MarkedScam, SpokenWith, Unmarked};

use super::disk::{SimulatedDisk, Stop};
use super::on;
use super::world::{NUMBERS, Parts, Step, View, look};

/// Every byte.
pub fn every(length: usize) -> Vec<usize> {
    (0..=length).collect()
}

/// The ends, the middle, and around what may be the end of a sector or record.
pub fn some(length: usize) -> Vec<usize> {
    if length <= 32 {
        return every(length);
    }
    let around = |at: usize| at.saturating_sub(1)..=at + 1;
    let places: BTreeSet<usize> = [0, 32, 64, 512, length / 2, length]
        .into_iter()
        .flat_map(around)
        .chain((0..length).step_by(512))
        .filter(|&at| at <= length)
        .collect();
    places.into_iter().collect()
}

/// Whether each part of the memory is as before a step or as after it, and none
/// is as after it without those that are stored first.
pub fn is_between(found: &Parts, before: &Parts, after: &Parts) -> bool {
    let mut missing = false;
    found
        .iter()
        .zip(before)
        .zip(after)
        .all(|((found, before), after)| {
            missing |= found == before && before != after;
            found == before || found == after && !missing
        })
}

/// Holds what a phone says after a crash in a step against what it said before
/// and would have said after.
pub fn check(step: Step, found: &View, before: &View, after: &View) {
    let what = || format!("{step:?}\nfound {found:?}\nbefore {before:?}\nafter {after:?}");
    if step == Step::Forget {
        let nothing = |part: &String| !part.contains("Some");
        assert!(
            found.parts == before.parts || found.parts.iter().all(nothing),
            "{}",
            what()
        );
    } else {
        assert!(
            is_between(&found.parts, &before.parts, &after.parts),
            "{}",
            what()
        );
    }
    // The log, and the settings, are as one of them.
    assert!(
        found.calls == before.calls || found.calls == after.calls,
        "{}",
        what()
    );
    assert!(
        found.settings == before.settings || found.settings == after.settings,
        "{}",
        what()
    );
}

/// What the phone says once a step is taken.
pub fn taken(disk: &SimulatedDisk, step: Step, now: u64) -> (View, usize) {
    let disk = disk.copy();
    let engine = on(disk.clone());
    disk.stop(Stop::Never);
    step.take(&engine, now).expect("it works");
    let operations = disk.operations();
    (look(&engine, &disk.seen()), operations)
}

/// Every sort of step, in an order in which each changes something.
pub fn all_steps() -> Vec<Step> {
    let says = |i, event: Event| Step::Says(Some(i), event);
    vec![
        Step::Rings(Some(0)),
        Step::Rings(None),
        Step::Calls(1),
        says(2, SpokenWith),
        says(0, MarkedScam),
        says(3, MarkedScam),
        Step::SaysOfLast(MarkedScam),
        says(2, MarkedScam),
        says(2, Unmarked),
        says(1, MarkedFine),
        says(0, MarkedFine),
        Step::Says(None, MarkedScam),
        Step::Says(None, Unmarked),
        Step::Settings(5, true),
        Step::Rings(Some(5)),
        says(5, Called),
        Step::Settings(6, false),
        Step::Rings(Some(6)),
        Step::Settings(4, true),
        Step::Calls(7),
        Step::Forget,
        says(8, MarkedScam),
        Step::Rings(Some(9)),
        Step::Forget,
    ]
}

/// Steps that have nothing to do with the others.
pub fn others() -> [Step; 3] {
    let last = NUMBERS - 1;
    [
        Step::Settings(last, true),
        Step::Says(Some(last), Called),
        Step::Rings(Some(last - 1)),
    ]
}
