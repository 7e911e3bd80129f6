//! What the phone remembers: recall, expiry, undoing, capacity, and what the
//! rules make of it.

mod common;

use common::memory::{
    NEIGHBOUR, NUMBER, STRANGER, after, everything, happen, nobody, number, rewritten,
};
use common::screening::{DAY, NOW, at_home, decide, in_mode, region, settings};
use ringfence::screening::{
    Action, CAPACITY, Call, Category, Direction, Event, Familiarity, HEADER_LENGTH, Memory,
    MemoryKey, Mode, PersonalMemory, RECORD_LENGTH, Recollection, Rule, Settings,
};

const HOUR: u64 = 3600;

fn known(memory: &PersonalMemory, now: u64) -> Option<Familiarity> {
    memory.recall(&number(NUMBER), now).familiarity
}

#[test]
fn every_event_is_recalled_until_it_expires() {
    use Event::{Called, MarkedFine, SpokenWith};
    for (event, familiarity, lasts) in [
        (Called, Familiarity::Called, 730 * DAY),
        (SpokenWith, Familiarity::SpokenWith, 730 * DAY),
        (MarkedFine, Familiarity::MarkedFine, 100 * 365 * DAY),
    ] {
        let memory = after(&[(event, Some(NUMBER), NOW)]);
        for now in [NOW, NOW + lasts] {
            let expected = Recollection {
                familiarity: Some(familiarity),
                ..Recollection::default()
            };
            for memory in [&memory, &rewritten(&memory, now)] {
                assert_eq!(memory.recall(&number(NUMBER), now), expected, "{event:?}");
                let other = memory.recall(&number(NEIGHBOUR), now);
                assert_eq!(other, Recollection::default(), "{event:?}");
            }
        }
        if event != MarkedFine {
            assert_eq!(known(&memory, NOW + lasts + 1), None, "{event:?}");
            assert!(rewritten(&memory, NOW + lasts + 1).is_empty(), "{event:?}");
        }
    }
    let memory = after(&[(Event::Rang, Some(NUMBER), NOW)]);
    let last_call = |now| memory.recall(&number(NUMBER), now).last_call;
    assert_eq!(last_call(NOW + HOUR), Some(NOW));
    assert_eq!(last_call(NOW + HOUR + 1), None);
    assert_eq!(known(&memory, NOW), None);
    let memory = after(&[(Event::Rang, None, NOW)]);
    assert_eq!(memory.last_hidden_call(), Some(NOW));
    assert_eq!(rewritten(&memory, NOW + HOUR).last_hidden_call(), Some(NOW));
    assert!(rewritten(&memory, NOW + HOUR + 1).is_empty());
}

#[test]
fn the_best_of_what_is_known_counts() {
    let called = (Event::Called, Some(NUMBER), NOW);
    let spoken = (Event::SpokenWith, Some(NUMBER), NOW + 1);
    let fine = (Event::MarkedFine, Some(NUMBER), NOW + 2);
    let now = NOW + 3;
    assert_eq!(
        known(&after(&[spoken, called]), now),
        Some(Familiarity::SpokenWith)
    );
    assert_eq!(
        known(&after(&[fine, spoken, called]), now),
        Some(Familiarity::MarkedFine)
    );
    // A later call makes it known for longer.
    let memory = after(&[called, (Event::Called, Some(NUMBER), NOW + DAY)]);
    assert_eq!(
        known(&memory, NOW + 731 * DAY),
        Some(Familiarity::Called),
        "two years from the last call"
    );
}

#[test]
fn a_mark_of_scam_concerns_the_number_its_neighbours_and_the_days_after() {
    let memory = after(&[(Event::MarkedScam, Some(NUMBER), NOW)]);
    let at = |text: &str, now| memory.recall(&number(text), now);
    assert_eq!(at(NUMBER, NOW).marked_scam, Some(NOW));
    assert_eq!(at(NEIGHBOUR, NOW).marked_scam, None);
    for near in [NUMBER, NEIGHBOUR] {
        assert_eq!(at(near, NOW + 14 * DAY).near_scam, Some(NOW), "{near}");
        assert_eq!(at(near, NOW + 14 * DAY + 1).near_scam, None, "{near}");
    }
    for far in [STRANGER, "+44740012345", "+4474001234567", "+337400123456"] {
        assert_eq!(at(far, NOW), Recollection::default(), "{far}");
    }
    assert_eq!(memory.last_scam(), Some(NOW));
    assert_eq!(at(NUMBER, NOW + 365 * DAY).marked_scam, Some(NOW));
    assert_eq!(at(NUMBER, NOW + 365 * DAY + 1).marked_scam, None);
    assert!(rewritten(&memory, NOW + 365 * DAY + 1).is_empty());
    // A call without a number: only the days after.
    let memory = after(&[(Event::MarkedScam, None, NOW)]);
    assert_eq!(memory.last_scam(), Some(NOW));
    assert_eq!(memory.recall(&number(NUMBER), NOW), Recollection::default());
}

#[test]
fn a_mark_of_scam_wins_over_calls_for_good() {
    let marked = (Event::MarkedScam, Some(NUMBER), NOW + 10);
    let memory = after(&[
        (Event::Called, Some(NUMBER), NOW),
        (Event::SpokenWith, Some(NUMBER), NOW + 5),
        (Event::MarkedFine, Some(NUMBER), NOW + 6),
        marked,
    ]);
    assert_eq!(known(&memory, NOW + 10), None);
    // Nor does it become known by calls while the mark holds.
    let mut talked = memory.clone();
    for event in [Event::Called, Event::SpokenWith] {
        assert_eq!(happen(&mut talked, event, Some(NUMBER), NOW + DAY), 0);
    }
    // Nor when the mark has expired, while the calls have not.
    let later = NOW + 366 * DAY;
    for memory in [&memory, &rewritten(&memory, later)] {
        assert_eq!(
            memory.recall(&number(NUMBER), later),
            Recollection::default()
        );
    }
    // Only the user's own word brings it back.
    let mut fine = memory.clone();
    happen(&mut fine, Event::MarkedFine, Some(NUMBER), NOW + 20);
    let recalled = fine.recall(&number(NUMBER), NOW + 20);
    assert_eq!(recalled.familiarity, Some(Familiarity::MarkedFine));
    assert_eq!((recalled.marked_scam, recalled.near_scam), (None, None));
    assert_eq!(fine.last_scam(), None);
}

#[test]
fn a_mark_taken_back_leaves_what_was_before() {
    let before: [&[_]; 5] = [
        &[],
        &[(Event::Called, Some(NUMBER), NOW)],
        &[
            (Event::SpokenWith, Some(NUMBER), NOW),
            (Event::Rang, Some(NUMBER), NOW + 9),
        ],
        // Another scam stays one, nearby or not, shown or hidden.
        &[(Event::MarkedScam, Some(NEIGHBOUR), NOW)],
        &[(Event::MarkedScam, None, NOW)],
    ];
    for events in before {
        for whom in [Some(NUMBER), Some(STRANGER), None] {
            for marks in [
                &[Event::MarkedScam][..],
                &[Event::MarkedScam; 3],
                &[Event::MarkedFine],
                &[Event::MarkedFine, Event::MarkedScam],
                &[Event::MarkedScam, Event::MarkedFine],
            ] {
                if whom.is_none() && (marks.contains(&Event::MarkedFine) || !events.is_empty()) {
                    continue;
                }
                let mut memory = after(events);
                let expected = everything(&memory, NOW + 100);
                for (second, mark) in (10..).zip(marks) {
                    happen(&mut memory, *mark, whom, NOW + second);
                }
                happen(&mut memory, Event::Unmarked, whom, NOW + 50);
                assert_eq!(everything(&memory, NOW + 100), expected, "{marks:?}");
                assert_eq!(happen(&mut memory, Event::Unmarked, whom, NOW + 60), 0);
            }
        }
    }
    // The earlier of two marks can be taken back too, even of one second.
    for second in [NOW, NOW + 5] {
        for first in [NUMBER, NEIGHBOUR] {
            let mut memory = after(&[
                (Event::MarkedScam, Some(NUMBER), NOW),
                (Event::MarkedScam, Some(NEIGHBOUR), second),
            ]);
            happen(&mut memory, Event::Unmarked, Some(first), NOW + 10);
            let left = memory.recall(&number(STRANGER), NOW + 10);
            assert_eq!(left.near_scam, None);
            assert!(memory.last_scam().is_some(), "the other mark stands");
            let near = memory.recall(&number(NUMBER), NOW + 10).near_scam;
            assert_eq!(near, memory.last_scam());
            let other = if first == NUMBER { NEIGHBOUR } else { NUMBER };
            happen(&mut memory, Event::Unmarked, Some(other), NOW + 10);
            assert_eq!(everything(&memory, NOW + 10), everything(&nobody(), NOW));
        }
    }
}

#[test]
fn what_changes_nothing_makes_no_record() {
    let mut memory = nobody();
    for event in [Event::Called, Event::SpokenWith, Event::MarkedFine] {
        assert_eq!(happen(&mut memory, event, None, NOW), 0, "{event:?}");
    }
    for whom in [None, Some(NUMBER)] {
        assert_eq!(happen(&mut memory, Event::Unmarked, whom, NOW), 0);
    }
    for (event, records) in [
        (Event::Rang, 1),
        (Event::Called, 1),
        (Event::SpokenWith, 1),
        (Event::MarkedFine, 1),
        (Event::MarkedScam, 3),
        (Event::Unmarked, 3),
    ] {
        let made = happen(&mut memory, event, Some(NUMBER), NOW);
        assert_eq!(made, records, "{event:?}");
        let again = happen(&mut memory, event, Some(NUMBER), NOW);
        assert_eq!(again, 0, "{event:?}");
    }
}

#[test]
fn at_most_so_many_subjects_are_written_and_the_users_marks_last_longest() {
    let mut memory = nobody();
    let text = |i: usize| format!("+4474{i:08}");
    let half = CAPACITY / 2;
    for i in 0..CAPACITY {
        let event = if i < half {
            Event::MarkedFine
        } else {
            Event::Called
        };
        happen(&mut memory, event, Some(&text(i * 1000)), NOW + i as u64);
    }
    for i in 0..CAPACITY {
        let text = text(i * 1000 + 1);
        happen(&mut memory, Event::Rang, Some(&text), NOW + 3000);
    }
    assert_eq!(memory.len(), 2 * CAPACITY);
    let now = NOW + 3001;
    let written = rewritten(&memory, now);
    assert_eq!(written.len(), CAPACITY);
    assert_eq!(
        memory.write(now).len(),
        HEADER_LENGTH + CAPACITY * RECORD_LENGTH
    );
    let known = |memory: &PersonalMemory, i: usize| {
        let recalled = memory.recall(&number(&text(i * 1000)), now);
        recalled.familiarity.is_some()
    };
    assert!((0..CAPACITY).all(|i| known(&written, i)));
    // The calls of strangers are gone; next go the numbers called longest ago.
    for i in 0..10 {
        let text = text(i * 1000 + 50_000_000);
        happen(&mut memory, Event::MarkedFine, Some(&text), now);
    }
    let written = rewritten(&memory, now);
    assert_eq!(written.len(), CAPACITY);
    for i in 0..CAPACITY {
        let gone = (half..half + 10).contains(&i);
        assert_eq!(known(&written, i), !gone, "{i}");
    }
}

#[test]
fn clocks_go_wrong() {
    // Set back: what lies ahead is still known, but no second call and no day
    // after.
    let memory = after(&[
        (Event::Rang, Some(NUMBER), NOW),
        (Event::Called, Some(NEIGHBOUR), NOW),
        (Event::MarkedScam, Some(STRANGER), NOW),
    ]);
    for now in [0, 1, NOW - DAY] {
        let memory = rewritten(&memory, now);
        let mut expected = everything(&memory, NOW);
        if NOW - now > 14 * DAY {
            // Neighbours are warned of for two weeks, whichever way the clock is wrong.
            expected.0[2].near_scam = None;
        }
        assert_eq!(everything(&memory, now), expected, "{now}");
        let spoken = memory.recall(&number(NEIGHBOUR), now).familiarity;
        assert_eq!(spoken, Some(Familiarity::Called));
        let call = at_home("+447911123456", "GB");
        assert_eq!(
            decide(&call, &Settings::default(), &memory, now).rule,
            Rule::NothingKnown
        );
    }
    // A call at the right time mends a time that lay ahead.
    let mut memory = after(&[(Event::Called, Some(NUMBER), NOW + 9999 * DAY)]);
    happen(&mut memory, Event::Called, Some(NUMBER), NOW);
    assert_eq!(known(&memory, NOW + 731 * DAY), None);
    // No time is too early or too late to be stored.
    for at in [0, 1, u64::from(u32::MAX), u64::from(u32::MAX) + 1, u64::MAX] {
        let memory = after(&[
            (Event::Called, Some(NUMBER), at),
            (Event::MarkedScam, Some(STRANGER), at),
        ]);
        let now = at.min(u64::from(u32::MAX));
        let memory = rewritten(&memory, now);
        assert_eq!(known(&memory, now), Some(Familiarity::Called), "{at}");
        assert_eq!(memory.last_scam(), Some(now.max(1)), "{at}");
        assert_eq!(known(&memory, u64::MAX), None, "{at}");
        assert!(rewritten(&memory, u64::MAX).is_empty());
    }
}

#[test]
fn another_key_sees_nothing() {
    let memory = after(&[
        (Event::MarkedScam, Some(NUMBER), NOW),
        (Event::Called, Some(NEIGHBOUR), NOW),
        (Event::Rang, None, NOW),
    ]);
    let other = MemoryKey::new([8; 16]);
    let (ours, theirs) = (
        memory.key().caller(&number(NUMBER)),
        other.caller(&number(NUMBER)),
    );
    assert!(ours.number != theirs.number && ours.block != theirs.block);
    assert!(ours.number != ours.block, "a number is no neighbourhood");
    // Our records behind another key's header.
    let mut file = PersonalMemory::new(other).write(NOW);
    file.extend_from_slice(&memory.write(NOW)[HEADER_LENGTH..]);
    let (read, stored) = PersonalMemory::read(&file).expect("the header is sound");
    assert!(read.is_empty() && stored.damaged);
    assert_eq!(everything(&read, NOW), everything(&nobody(), NOW));
    // Their records, taken as ours.
    let mut read = read;
    read.take(&memory.records_of(Event::Called, Some(ours), NOW));
    assert_eq!(known(&read, NOW), None);
}

#[test]
fn debug_shows_nothing() {
    let memory = after(&[(Event::MarkedScam, Some(NUMBER), NOW)]);
    let caller = memory.key().caller(&number(NUMBER));
    let records = memory.records_of(Event::Unmarked, Some(caller), NOW);
    assert!(!records.is_empty());
    let shown = format!("{memory:?} {records:?} {:?} {caller:?}", memory.key());
    assert!(!shown.contains(|c: char| c.is_ascii_digit()), "{shown}");
}

fn outgoing(text: &str) -> Call<'_> {
    Call {
        direction: Direction::Outgoing,
        ..at_home(text, "GB")
    }
}

#[test]
fn the_rules_go_by_it() {
    let memory = after(&[
        (Event::Called, Some(NUMBER), NOW - 10),
        (Event::SpokenWith, Some(NUMBER), NOW - 9),
        (Event::MarkedScam, Some(NUMBER), NOW - 8),
    ]);
    let act = |call: &Call<'_>, mode| decide(call, &in_mode(mode), &memory, NOW);
    let marked = at_home("07400 123456", "GB");
    for (mode, action) in [
        (Mode::Gentle, Action::Warn),
        (Mode::Standard, Action::Silence),
        (Mode::Strict, Action::Reject),
    ] {
        let verdict = act(&marked, mode);
        assert_eq!(
            (verdict.action, verdict.rule, verdict.category),
            (action, Rule::ListedNumber, Category::MarkedScam)
        );
        let verdict = act(&outgoing("07400 123456"), mode);
        assert_eq!(
            (verdict.action, verdict.category),
            (Action::Warn, Category::MarkedScam)
        );
        // Neighbours and strangers are only warned of, in every mode.
        let neighbour = act(&at_home("+44 7400 123999", "GB"), mode);
        assert_eq!(
            (neighbour.action, neighbour.rule, neighbour.category),
            (Action::Warn, Rule::RiskMap, Category::HotBlock)
        );
        let stranger = act(&at_home("07911 123456", "GB"), mode);
        assert_eq!(
            (stranger.action, stranger.rule),
            (Action::Warn, Rule::AfterScam)
        );
        let calling = act(&outgoing("07911 123456"), mode);
        assert_eq!(calling.action, Action::Allow);
    }
    // The allow list and the block list come first.
    for (json, action) in [
        (r#"{"allow": ["+447400123456"]}"#, Action::Allow),
        (r#"{"block": ["+447400123456"]}"#, Action::Reject),
    ] {
        assert_eq!(
            decide(&marked, &settings(json), &memory, NOW).action,
            action
        );
    }
}

#[test]
fn a_known_number_rings_whatever_it_is() {
    let premium = "+449012345678";
    let call = at_home("0901 234 5678", "GB");
    let strict = in_mode(Mode::Strict);
    let stranger = decide(&call, &strict, &nobody(), NOW);
    assert_eq!(
        (stranger.action, stranger.rule),
        (Action::Silence, Rule::Range)
    );
    for event in [Event::Called, Event::SpokenWith, Event::MarkedFine] {
        let memory = after(&[
            (event, Some(premium), NOW - DAY),
            (Event::MarkedScam, Some(NUMBER), NOW - 5),
        ]);
        let verdict = decide(&call, &strict, &memory, NOW);
        assert_eq!((verdict.action, verdict.rule), (Action::Allow, Rule::Known));
    }
    // Rung only once, it is a stranger.
    let memory = after(&[(Event::Rang, Some(premium), NOW - DAY)]);
    assert_eq!(decide(&call, &strict, &memory, NOW), stranger);
}

#[test]
fn a_second_call_within_three_minutes_rings() {
    let strict = in_mode(Mode::Strict);
    let memory = after(&[
        (Event::Rang, Some("+447012345678"), NOW),
        (Event::Rang, None, NOW),
    ]);
    for call in [at_home("070 1234 5678", "GB"), at_home("", "GB")] {
        let act = |memory: &PersonalMemory, now| decide(&call, &strict, memory, now).action;
        assert_eq!(act(&nobody(), NOW), Action::Silence);
        assert_eq!(act(&memory, NOW + 180), Action::Warn);
        assert_eq!(act(&memory, NOW + 181), Action::Silence);
        assert_eq!(
            act(&memory, NOW - 1),
            Action::Silence,
            "the clock went back"
        );
    }
    let other = at_home("070 1234 5679", "GB").at_home(region("GB"));
    assert_eq!(
        decide(&other, &strict, &memory, NOW + 60).action,
        Action::Silence
    );
}
