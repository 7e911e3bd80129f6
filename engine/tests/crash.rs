//! The power fails, or the process is killed, at every operation of the disk.

mod common;

use std::collections::BTreeSet;

use common::disk::{Image, SimulatedDisk, Stop};
use common::steps::{all_steps, check, every, others, some, taken};
use common::world::{NUMBERS, Step, View, look, restart};
use common::{NOW, on};
use ringfence::screening::Event::{Called, MarkedFine, MarkedScam, SpokenWith, Unmarked};

/// Checks that what is stored later is not there without what is stored before.
fn check_order(step: Step, found: &View, before: &View, after: &View) {
    if found.calls.len() > before.calls.len() {
        assert_eq!(found.parts, after.parts, "{step:?}");
    }
    if matches!(step, Step::Settings(..)) && found.settings != before.settings {
        assert_eq!(found.calls, after.calls, "{step:?}");
    }
}

/// Crashes a step of a phone at every operation, with every outcome, and goes
/// on from each. Returns how many outcomes there were.
fn crash_everywhere(
    disk: &SimulatedDisk,
    warm: Option<Step>,
    step: Step,
    now: u64,
    cuts: impl Fn(usize) -> Vec<usize> + Copy,
) -> usize {
    let disk = disk.copy();
    if let Some(warm) = warm {
        warm.take(&on(disk.clone()), now).expect("it works");
    }
    let before = look(&on(disk.copy()), &disk.seen());
    let mut outcomes = 0;
    for stop in 0.. {
        let disk = disk.copy();
        let engine = on(disk.clone());
        // An engine that has written before leaves operations out.
        if warm.is_some() {
            let again = Step::Rings(Some(NUMBERS - 1));
            again.take(&engine, now).expect("it works");
        }
        let before = if warm.is_some() {
            look(&on(disk.copy()), &disk.seen())
        } else {
            before.clone()
        };
        let (after, _) = taken(&disk, step, now);
        disk.stop(Stop::Crash(stop));
        let result = step.take(&engine, now);
        if disk.operations() <= stop {
            result.expect("it was not stopped");
            // Acknowledged, it is there whatever happens.
            for image in disk.after_crash(cuts) {
                assert_eq!(restart(&image), after, "{step:?}");
            }
            return outcomes;
        }
        result.expect_err("it was stopped");
        let seen: BTreeSet<Image> = disk
            .after_crash(cuts)
            .into_iter()
            .chain([disk.seen()])
            .collect();
        for image in seen {
            outcomes += 1;
            let found = restart(&image);
            check(step, &found, &before, &after);
            check_order(step, &found, &before, &after);
            // It goes on, and the step can be taken again.
            let disk = SimulatedDisk::from_image(&image);
            let engine = on(disk.clone());
            step.take(&engine, now).expect("it goes on");
            let again = look(&engine, &disk.seen());
            if !matches!(step, Step::SaysOfLast(_)) {
                assert_eq!(again.parts, after.parts, "{step:?}");
            }
            assert_eq!(again.settings, after.settings);
            for image in disk.after_crash(|length| vec![0, length]) {
                assert_eq!(restart(&image), again);
            }
        }
    }
    unreachable!()
}

#[test]
fn every_sort_of_step_survives_a_crash_at_every_operation_and_byte() {
    let disk = SimulatedDisk::default();
    let engine = on(disk.clone());
    let mut outcomes = 0;
    for (second, step) in (0..).zip(all_steps()) {
        let now = NOW + second;
        outcomes += crash_everywhere(&disk, None, step, now, some);
        outcomes += crash_everywhere(&disk, Some(Step::Rings(Some(10))), step, now, some);
        if matches!(step, Step::Says(..)) {
            outcomes += crash_everywhere(&disk, None, step, now, every);
        }
        step.take(&engine, now).expect("it works");
    }
    assert!(disk.seen().is_empty(), "everything was forgotten");
    assert!(outcomes > 5_000, "{outcomes}");
}

#[test]
fn a_line_of_the_log_survives_a_crash_at_every_byte() {
    let disk = SimulatedDisk::default();
    let engine = on(disk.clone());
    for i in 0..2 {
        Step::Calls(i).take(&engine, NOW).expect("it works");
    }
    let outcomes = crash_everywhere(&disk, None, Step::Calls(1), NOW, every);
    assert!(outcomes > 2_000, "{outcomes}");
}

/// The sizes of the files.
fn sizes(disk: &SimulatedDisk) -> Vec<(String, usize)> {
    let seen = disk.seen();
    seen.into_iter()
        .map(|(name, bytes)| (name, bytes.len()))
        .collect()
}

#[test]
fn the_memory_survives_crashes_while_it_is_written_anew() {
    let disk = SimulatedDisk::default();
    let engine = on(disk.clone());
    Step::Settings(0, false)
        .take(&engine, NOW)
        .expect("it works");
    let (mut anew, mut longest) = (0, 0);
    for i in 0..300_u64 {
        let now = NOW + i;
        let whom = Some(i as usize % (NUMBERS - 2));
        let event = [MarkedScam, Unmarked, SpokenWith, MarkedFine][i as usize / 10 % 4];
        let step = Step::Says(whom, event);
        let before = sizes(&disk)[0].1;
        let (_, operations) = taken(&disk, step, now);
        // A file written anew takes more operations than an append.
        if operations > 4 {
            anew += 1;
            crash_everywhere(&disk, None, step, now, some);
            crash_everywhere(&disk, Some(Step::Rings(Some(10))), step, now, some);
        }
        step.take(&engine, now).expect("it works");
        longest = longest.max(before);
    }
    assert!(anew > 5, "{anew}");
    assert!(longest < 32 * (1 + 128 + 40), "{longest}");
}

#[test]
fn the_log_survives_crashes_while_it_is_written_anew() {
    let disk = SimulatedDisk::default();
    let engine = on(disk.clone());
    for i in 0..260 {
        let now = NOW + i;
        let step = Step::Rings(Some(i as usize % NUMBERS));
        if matches!(i, 249..=251) {
            crash_everywhere(&disk, None, step, now, |length| vec![0, length / 2, length]);
        }
        step.take(&engine, now).expect("it works");
    }
    let calls = look(&engine, &disk.seen()).calls;
    assert_eq!(calls.len(), 200);
    assert!(calls.iter().map(|call| call.0).eq(NOW + 60..NOW + 260));
}

/// Numbers that look random and are the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }

    fn step(&mut self) -> Step {
        let whom = Some(self.below(NUMBERS));
        let event = [Called, SpokenWith, MarkedFine, MarkedScam, Unmarked][self.below(5)];
        match self.below(40) {
            0..=9 => Step::Rings(whom),
            10 => Step::Rings(None),
            11..=15 => Step::Calls(self.below(NUMBERS)),
            16 => Step::Says(None, MarkedScam),
            17 => Step::Says(None, Unmarked),
            18..=20 => Step::SaysOfLast(MarkedScam),
            21 => Step::Settings(self.below(NUMBERS), false),
            22..=24 => Step::Settings(self.below(NUMBERS), true),
            25 if self.below(8) == 0 => Step::Forget,
            _ => Step::Says(whom, event),
        }
    }
}

#[test]
fn a_phone_that_crashes_again_and_again_loses_nothing() {
    let mut random = Random(0x5EED_0000_0005);
    let mut disk = SimulatedDisk::default();
    let mut engine = on(disk.clone());
    let (mut crashes, mut kills) = (0, 0);
    for now in NOW..NOW + 3_000 {
        let step = random.step();
        let before = look(&engine, &disk.seen());
        let (after, operations) = taken(&disk, step, now);
        if operations == 0 || random.below(3) > 0 {
            step.take(&engine, now).expect("it works");
            assert_eq!(look(&engine, &disk.seen()), after, "{step:?}");
            if random.below(10) == 0 {
                // The power fails between steps.
                let images = disk.after_crash(some);
                let image = &images[random.below(images.len())];
                assert_eq!(restart(image), after, "{step:?}");
                disk = SimulatedDisk::from_image(image);
                engine = on(disk.clone());
            }
            continue;
        }
        disk.stop(Stop::Crash(random.below(operations)));
        if step.take(&engine, now).is_ok() {
            // This engine had written before, and needed fewer operations.
            disk.stop(Stop::Never);
            continue;
        }
        if random.below(2) == 0 {
            // Only the process is gone; the system writes the rest.
            kills += 1;
            disk = SimulatedDisk::from_image(&disk.seen());
        } else {
            crashes += 1;
            let images = disk.after_crash(some);
            disk = SimulatedDisk::from_image(&images[random.below(images.len())]);
        }
        engine = on(disk.clone());
        check(step, &look(&engine, &disk.seen()), &before, &after);
    }
    assert!(crashes > 200 && kills > 200, "{crashes} {kills}");
}

#[test]
fn what_is_acknowledged_after_a_kill_survives_the_power_failing() {
    let disk = SimulatedDisk::default();
    for (second, step) in (0..).zip(all_steps()) {
        let now = NOW + second;
        let (_, operations) = taken(&disk, step, now);
        for stop in 0..operations {
            let disk = disk.copy();
            let engine = on(disk.clone());
            disk.stop(Stop::Crash(stop));
            step.take(&engine, now).expect_err("the process is killed");
            // Another process finds what that one wrote, synced or not.
            for acknowledged in others() {
                let disk = disk.copy();
                let engine = on(disk.clone());
                acknowledged.take(&engine, now + 1).expect("it goes on");
                let seen = look(&engine, &disk.seen());
                for image in disk.after_crash(some) {
                    let found = restart(&image);
                    let all = format!("{step:?} at {stop}, then {acknowledged:?}");
                    match acknowledged {
                        Step::Settings(..) => assert_eq!(found.settings, seen.settings, "{all}"),
                        Step::Says(..) => assert_eq!(found.parts, seen.parts, "{all}"),
                        _ => assert_eq!(found.calls.last(), seen.calls.last(), "{all}"),
                    }
                }
            }
        }
        step.take(&on(disk.clone()), now).expect("it works");
    }
}

#[test]
fn settings_that_could_not_be_read_survive_crashes_and_failures() {
    let bad = b"{\"version\": 99}".to_vec();
    let disk = SimulatedDisk::from_image(&Image::from([("settings.json".to_owned(), bad.clone())]));
    let step = Step::Settings(1, true);
    let (after, operations) = taken(&disk, step, NOW);
    assert!(operations > 6, "{operations}");
    let is_kept = |image: &Image| image.values().any(|bytes| *bytes == bad);
    for stop in 0..operations {
        for stop in [Stop::Crash(stop), Stop::Fail(stop)] {
            let disk = disk.copy();
            let engine = on(disk.clone());
            disk.stop(stop);
            step.take(&engine, NOW).expect_err("it was stopped");
            assert!(engine.settings().block.is_empty(), "the defaults hold");
            for image in disk.after_crash(every) {
                assert!(is_kept(&image), "{stop:?}");
                let engine = on(SimulatedDisk::from_image(&image));
                step.take(&engine, NOW).expect("it goes on");
            }
            if let Stop::Fail(_) = stop {
                disk.stop(Stop::Never);
                step.take(&engine, NOW).expect("it works again");
                for image in disk.after_crash(every) {
                    assert!(is_kept(&image), "{stop:?}");
                    assert_eq!(restart(&image), after);
                }
            }
        }
    }
}
