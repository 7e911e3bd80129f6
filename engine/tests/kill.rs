//! A process that is killed while it records.

mod common;

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{NOW, open};
use ringfence::screening::{Call, Event, Rule, Settings};
use ringfence_engine::Whom;

const FOLDER: &str = "RINGFENCE_TEST_FOLDER";
const START: &str = "RINGFENCE_TEST_START";
const ROUNDS: u64 = 50;
const NUMBERS: u64 = 300;

fn number(i: u64) -> String {
    format!("+447400{:06}", i % NUMBERS * 1_000)
}

/// The child: not a test, but what [`nothing_acknowledged_is_lost`] starts.
#[test]
fn child() {
    let Ok(folder) = std::env::var(FOLDER) else {
        return;
    };
    let start = std::env::var(START).expect("a start");
    let start: u64 = start.parse().expect("a number");
    let engine = open(Path::new(&folder));
    for i in start.. {
        let (number, now) = (number(i), NOW + i);
        let remember = |event| engine.remember(Whom::Number(&number), event, now);
        match i % 4 {
            0 => remember(Event::Called),
            1 => remember(Event::MarkedScam),
            2 => engine.record(&Call::incoming(&number), now),
            _ => engine.change_settings(Settings {
                block: vec![number.parse().expect("an entry")],
                ..Settings::default()
            }),
        }
        .expect("stored");
        let mut out = std::io::stdout().lock();
        writeln!(out, "done {i}")
            .and_then(|()| out.flush())
            .expect("the parent reads");
    }
}

#[test]
fn nothing_acknowledged_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut done: HashMap<u64, u64> = HashMap::new();
    let (mut next, mut logged, mut blocked) = (0, None, None);
    for round in 0..ROUNDS {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "child", "--nocapture", "--test-threads=1"])
            .env(FOLDER, folder.path())
            .env(START, next.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let mut acknowledged = Vec::new();
        let mut take = |line: &str| {
            // The first may stand behind what the test's harness prints.
            if let Some((_, i)) = line.split_once("done ") {
                acknowledged.push(i.parse::<u64>().expect("a number"));
            }
        };
        // It runs; then it is killed after a while that differs each time.
        while let Some(Ok(line)) = lines.next() {
            take(&line);
            if line.contains("done") {
                break;
            }
        }
        let reader = std::thread::scope(|scope| {
            let reader = scope.spawn(|| lines.map_while(Result::ok).for_each(|line| take(&line)));
            std::thread::sleep(Duration::from_micros(round * 7_919 % 20_000));
            child.kill().expect("it can be killed");
            reader.join()
        });
        reader.expect("it was read");
        child.wait().expect("it ended");
        assert!(!acknowledged.is_empty(), "it did something");
        for i in acknowledged {
            match i % 4 {
                2 => logged = Some(i),
                3 => blocked = Some(i),
                _ => drop(done.insert(i % NUMBERS, i)),
            }
            next = i + 1;
        }
        // What was being done, and what was done but not said, may be there.
        let engine = open(folder.path());
        assert_eq!(engine.unreadable_settings(), None);
        let clean = Settings::default();
        let block = engine.settings().block.clone();
        engine.change_settings(clean).expect("stored");
        for &i in done.values() {
            let verdict = engine.screen(&Call::incoming(&number(i)), NOW + next);
            let rule = if i % 4 == 0 {
                Rule::Known
            } else {
                Rule::ListedNumber
            };
            assert_eq!(verdict.rule(), Some(rule), "{i} of {next}");
        }
        let calls = engine.calls().expect("a log");
        let last = calls.first().map(|call| call.at - NOW);
        assert!(last >= logged, "{last:?} {logged:?}");
        assert!(calls.windows(2).all(|pair| pair[0].id > pair[1].id));
        if let Some(i) = blocked.take() {
            let possible = [i, i + 4].map(|i| vec![number(i).parse().expect("an entry")]);
            assert!(possible.contains(&block), "{i} of {next}");
        }
        next += 2;
    }
    // Each round at least one was said to be done, and two may have been begun.
    assert!(next >= 3 * ROUNDS, "{next}");
    assert_eq!(
        common::names(folder.path())
            .into_iter()
            .filter(|name| !name.ends_with(".new"))
            .count(),
        3
    );
}
