//! Many threads at once: databases that are swapped under calls, disks that
//! hang, threads that die.

mod common;

use std::fs;
use std::io::Result;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use common::disk::SimulatedDisk;
use common::{BUNDLED, NOW, NUMBER, STRANGER, on, open, path};
use ringfence::screening::{Call, Category, Event, Rule, Settings};
use ringfence_engine::{DatabaseSource, Disk, EngineError, Whom};

const ABROAD: &str = "+21620123456";

#[test]
fn databases_are_swapped_under_calls() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = open(folder.path());
    let small = path("tests/samples/v1.rfdb");
    let (stop, calls) = (AtomicBool::new(false), AtomicU64::new(0));
    let first = engine.screen(&Call::incoming(ABROAD), NOW);
    assert_eq!(first.category(), Category::OneRing);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let mut last = 0;
                while !stop.load(Ordering::Relaxed) {
                    let verdict = engine.screen(&Call::incoming(ABROAD), NOW);
                    // The verdict is all of one database, and never of an
                    // earlier one.
                    let bundled = verdict.generation() % 2 == 1;
                    assert_eq!(verdict.category() == Category::OneRing, bundled);
                    assert!(verdict.generation() >= last);
                    last = verdict.generation();
                    calls.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for generation in 2..=101 {
            let source = match generation % 2 {
                0 => DatabaseSource::Path(&small),
                _ => DatabaseSource::Static(BUNDLED),
            };
            assert_eq!(
                engine.use_database(source).expect("it is sound"),
                generation
            );
            let whom = Whom::Number(NUMBER);
            let event = [Event::MarkedScam, Event::Unmarked][generation as usize % 2];
            engine.remember(whom, event, NOW).expect("stored");
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert!(calls.load(Ordering::Relaxed) > 1_000);
    assert_eq!(engine.database().1, 101);
}

#[test]
fn a_database_that_is_damaged_anywhere_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = open(folder.path());
    let before = engine.screen(&Call::incoming(ABROAD), NOW);
    let file = folder.path().join("new.rfdb");
    for at in [0, 40, BUNDLED.len() / 2, BUNDLED.len() - 1] {
        let mut damaged = BUNDLED.to_vec();
        damaged[at] ^= 1;
        fs::write(&file, damaged).expect("written");
        let error = engine.use_database(DatabaseSource::Path(&file));
        let error = error.expect_err("it is damaged");
        assert!(
            matches!(error, EngineError::Database(_) | EngineError::Fault(_)),
            "{at}"
        );
    }
    let none = folder.path().join("none.rfdb");
    engine
        .use_database(DatabaseSource::Path(&none))
        .expect_err("there is none");
    assert_eq!(engine.screen(&Call::incoming(ABROAD), NOW), before);
    assert_eq!(engine.database().1, 1);
    // Part of another file, as in an APK; the descriptor is closed at once.
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        let apk = [&[7_u8; 4096][..], BUNDLED, b"end"].concat();
        fs::write(&file, apk).expect("written");
        let open = fs::File::open(&file).expect("a file");
        let source = DatabaseSource::Descriptor {
            descriptor: open.as_fd(),
            offset: 4096,
            length: BUNDLED.len() as u64,
        };
        assert_eq!(engine.use_database(source).expect("it is sound"), 2);
        drop(open);
        let after = engine.screen(&Call::incoming(ABROAD), NOW);
        assert_eq!((after.rule(), after.generation()), (before.rule(), 2));
    }
}

/// A disk that hangs when it is told to.
struct Hanging {
    disk: SimulatedDisk,
    hangs: Arc<AtomicBool>,
    reached: Mutex<Sender<()>>,
    go_on: Mutex<Receiver<()>>,
}

impl Disk for Hanging {
    fn read(&self, name: &str, most: u64) -> Result<Option<Vec<u8>>> {
        self.disk.read(name, most)
    }
    fn write(&self, name: &str, offset: u64, bytes: &[u8]) -> Result<()> {
        self.disk.write(name, offset, bytes)
    }
    fn sync(&self, name: &str) -> Result<()> {
        if self.hangs.swap(false, Ordering::SeqCst) {
            self.reached
                .lock()
                .expect("a sender")
                .send(())
                .expect("somebody waits");
            self.go_on
                .lock()
                .expect("a receiver")
                .recv()
                .expect("somebody sends");
        }
        self.disk.sync(name)
    }
    fn rename(&self, from: &str, to: &str) -> Result<()> {
        self.disk.rename(from, to)
    }
    fn remove(&self, name: &str) -> Result<()> {
        self.disk.remove(name)
    }
    fn sync_folder(&self) -> Result<()> {
        self.disk.sync_folder()
    }
}

#[test]
fn calls_are_screened_while_the_disk_hangs() {
    let (reached, is_reached) = channel();
    let (goes_on, go_on) = channel();
    let hangs = Arc::new(AtomicBool::new(true));
    let engine = on(Hanging {
        disk: SimulatedDisk::default(),
        hangs,
        reached: Mutex::new(reached),
        go_on: Mutex::new(go_on),
    });
    std::thread::scope(|scope| {
        let remembering =
            scope.spawn(|| engine.remember(Whom::Number(NUMBER), Event::MarkedScam, NOW));
        is_reached.recv().expect("it hangs");
        // Nobody waits; and what is not on disk yet is not known yet.
        let verdict = engine.screen(&Call::incoming(NUMBER), NOW);
        assert_eq!(verdict.rule(), Some(Rule::NothingKnown));
        assert_eq!(
            engine.explain(&Call::incoming(NUMBER), NOW).verdict.rule,
            Rule::NothingKnown
        );
        assert_eq!(*engine.settings(), Settings::default());
        assert_eq!(engine.remembered(), 0);
        assert_eq!(engine.database().1, 1);
        goes_on.send(()).expect("it waits");
        remembering.join().expect("it ended").expect("stored");
    });
    let verdict = engine.screen(&Call::incoming(NUMBER), NOW);
    assert_eq!(verdict.rule(), Some(Rule::ListedNumber));
}

#[test]
fn a_thread_that_dies_half_way_leaves_an_engine_that_works() {
    let (reached, is_reached) = channel();
    // Nobody sends: the thread that waits panics.
    let (_, go_on) = channel();
    let disk = SimulatedDisk::default();
    let hangs = Arc::new(AtomicBool::new(false));
    let engine = on(Hanging {
        disk: disk.clone(),
        hangs: Arc::clone(&hangs),
        reached: Mutex::new(reached),
        go_on: Mutex::new(go_on),
    });
    engine
        .remember(Whom::Number(STRANGER), Event::Called, NOW)
        .expect("stored");
    hangs.store(true, Ordering::SeqCst);
    std::thread::scope(|scope| {
        let dying = scope.spawn(|| engine.remember(Whom::Number(NUMBER), Event::MarkedScam, NOW));
        dying.join().expect_err("it died");
    });
    is_reached.recv().expect("it was in the midst of it");
    let rules = |engine: &ringfence_engine::Engine| {
        [STRANGER, NUMBER].map(|number| engine.screen(&Call::incoming(number), NOW).rule())
    };
    assert_eq!(
        rules(&engine),
        [Some(Rule::Known), Some(Rule::NothingKnown)]
    );
    engine
        .remember(Whom::Number("+447911000000"), Event::Called, NOW)
        .expect("stored");
    assert_eq!(
        rules(&engine),
        [Some(Rule::Known), Some(Rule::NothingKnown)]
    );
    engine
        .remember(Whom::Number(NUMBER), Event::MarkedScam, NOW)
        .expect("stored");
    for engine in [&engine, &on(disk.copy())] {
        assert_eq!(rules(engine), [Some(Rule::Known), Some(Rule::ListedNumber)]);
    }
}
