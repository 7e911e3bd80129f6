//! The disk is full, or fails otherwise, at every operation.

mod common;

use common::disk::{Image, SimulatedDisk, Stop};
use common::steps::{all_steps, check, others, some, taken};
use common::world::{NUMBERS, Step, View, look, restart};
use common::{NOW, on};

/// Holds what a phone goes by after a step has failed against what it went by
/// before.
fn as_before(step: Step, found: &View, before: &View, after: &View) {
    // A call that could not be recorded in the memory is in the log, and the
    // other way round; and what is to be forgotten is, as far as it goes.
    let recorded = matches!(step, Step::Rings(_) | Step::Calls(_));
    let partly = recorded || step == Step::Forget;
    let forgotten = matches!(step, Step::Settings(..) | Step::Forget);
    let verdicts = [&before.verdicts, &after.verdicts];
    assert!(
        verdicts[..1 + usize::from(partly)].contains(&&found.verdicts),
        "{step:?}"
    );
    assert!(
        found.calls == before.calls
            || forgotten && found.calls.is_empty()
            || recorded && found.calls == after.calls,
        "{step:?}"
    );
    assert!(
        found.settings == before.settings || step == Step::Forget,
        "{step:?}"
    );
}

#[test]
fn a_disk_that_fails_at_any_operation_changes_nothing() {
    let disk = SimulatedDisk::default();
    for (second, step) in (0..).zip(all_steps()) {
        let now = NOW + second;
        let (_, operations) = taken(&disk, step, now);
        for (stop, again) in (0..operations).flat_map(|stop| [(stop, false), (stop, true)]) {
            let disk = disk.copy();
            let engine = on(disk.clone());
            let before = look(&engine, &disk.seen());
            let (after, _) = taken(&disk, step, now);
            disk.stop(Stop::Fail(stop));
            let result = step.take(&engine, now);
            disk.stop(Stop::Never);
            let error = result.expect_err("it failed").to_string();
            assert!(error.contains("storage"), "{error}");
            as_before(step, &look(&engine, &Image::new()), &before, &after);
            // After a restart, what was tried is there in whole pieces or not.
            for image in disk.after_crash(some) {
                check(step, &restart(&image), &before, &after);
            }
            // Once there is room again, others work, and stay as they are.
            if !again {
                for other in others() {
                    other.take(&engine, now + 1).expect("it works again");
                }
                let seen = look(&engine, &disk.seen());
                for image in disk.after_crash(some) {
                    assert_eq!(restart(&image), seen, "{step:?} at {stop}");
                }
                continue;
            }
            // So does the step itself.
            step.take(&engine, now).expect("it works again");
            let again = look(&engine, &disk.seen());
            if !matches!(step, Step::SaysOfLast(_)) {
                let all = (&again.parts, &again.settings);
                assert_eq!(all, (&after.parts, &after.settings));
            }
            let recorded = matches!(step, Step::Rings(_) | Step::Calls(_));
            let twice = again.calls.len() - after.calls.len();
            assert!(twice <= usize::from(recorded), "{step:?} at {stop}");
            for image in disk.after_crash(some) {
                assert_eq!(restart(&image), again, "{step:?} at {stop}");
            }
        }
        step.take(&on(disk.clone()), now).expect("it works");
    }
}

/// Lets a call fail at every operation; the next ones are in the log.
fn fail_everywhere(disk: &SimulatedDisk, step: Step, now: u64) {
    let (_, operations) = taken(disk, step, now);
    for stop in 0..operations {
        let disk = disk.copy();
        let engine = on(disk.clone());
        disk.stop(Stop::Fail(stop));
        step.take(&engine, now).expect_err("it failed");
        disk.stop(Stop::Never);
        for _ in 0..2 {
            step.take(&engine, now + 1).expect("it works again");
        }
        let seen = look(&engine, &disk.seen());
        assert!(seen.calls.len() == 200 && seen.calls[198..].iter().all(|call| call.1 == now + 1));
        for image in disk.after_crash(|length| vec![0, length]) {
            assert_eq!(restart(&image), seen, "{step:?} at {stop}");
        }
    }
}

#[test]
fn the_log_survives_failures_while_it_is_written_anew() {
    let disk = SimulatedDisk::default();
    let engine = on(disk.clone());
    for i in 0..253 {
        let step = Step::Rings(Some(i as usize % NUMBERS));
        if i >= 249 {
            fail_everywhere(&disk, step, NOW + i);
        }
        step.take(&engine, NOW + i).expect("it works");
    }
}
