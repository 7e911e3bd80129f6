//! Who is known, whatever else happens on the folder.

mod common;

use common::{NOW, open, outgoing};
use ringfence::screening::{Action, Call, Event, Rule};
use ringfence_engine::{Engine, PackedVerdict, Whom};

fn verdict(engine: &Engine, number: &str) -> PackedVerdict {
    engine.screen(&Call::incoming(number), NOW)
}

#[test]
fn nothing_acknowledged_is_lost_to_others_who_open_and_close() {
    let folder = tempfile::tempdir().expect("a folder");
    let threads = 4;
    let rounds = 500;
    let number = |thread: usize, round: usize| format!("+4474{thread:02}{round:06}");
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let folder = folder.path();
            scope.spawn(move || {
                for round in 0..rounds {
                    let engine = open(folder);
                    engine
                        .remember(Whom::Number(&number(thread, round)), Event::MarkedFine, NOW)
                        .expect("stored");
                }
            });
        }
    });
    let engine = open(folder.path());
    for thread in 0..threads {
        for round in 0..rounds {
            let known = verdict(&engine, &number(thread, round)).rule();
            assert_eq!(known, Some(Rule::Known), "{thread} {round}");
        }
    }
}

#[test]
fn whoever_never_rings_does_not_become_known_by_being_called() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = open(folder.path());
    let hmrc = "+443002003300";
    for number in [hmrc, "+447700900123"] {
        let before = verdict(&engine, number);
        assert_ne!(before.action(), Action::Allow);
        engine.record(&outgoing(number), NOW).expect("recorded");
        engine
            .remember(Whom::Number(number), Event::SpokenWith, NOW)
            .expect("stored");
        assert_eq!(verdict(&engine, number), before);
        // The user's own word counts.
        engine
            .remember(Whom::Number(number), Event::MarkedFine, NOW)
            .expect("stored");
        assert_eq!(verdict(&engine, number).rule(), Some(Rule::Known));
    }
}
