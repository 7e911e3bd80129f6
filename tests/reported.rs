//! What other people reported, as screening sees it.

mod common;

use common::reported::{
    DAY, FAR_NEIGHBOUR, FEW, FORGOTTEN, LISTED_PREFIX, MANY, NEIGHBOUR, NOW, OLD, ONCE,
    SPARED_PREFIX, STRANGER, TODAY, database_with, key, lists,
};
use common::screening::{at_home, in_mode};
use proptest::prelude::*;
use ringfence::database::{Database, SectionId};
use ringfence::reported::{ReportKind, Strength};
use ringfence::screening::{
    Action, Call, Category, Direction, Explanation, Mode, NoMemory, Rule, Settings, explain, screen,
};
use ringfence_publisher::facts::Release;
use ringfence_publisher::reported::{prefixes, risk_map, with_sections};

fn database() -> Database {
    let database = database_with(lists());
    database.verify().expect("it is whole");
    database
}

fn told(number: &str, settings: &Settings, now: u64, database: &Database) -> Explanation {
    let call = at_home(number, "US");
    let explained = explain(&call, settings, &NoMemory, database, now);
    let verdict = screen(&call, settings, &NoMemory, database, now);
    assert_eq!(verdict, explained.verdict);
    explained
}

#[test]
fn a_reported_number_is_told_with_its_reports() {
    let database = database();
    let cases = [
        (
            ONCE,
            Action::Warn,
            45,
            "Reported once, in the week before 2026-11-20.",
        ),
        (
            FEW,
            Action::Warn,
            65,
            "Reported 3 times in the last 20 days as fraud.",
        ),
        (
            MANY,
            Action::Silence,
            85,
            "Reported 14 times in the last 5 days as fraud.",
        ),
        (
            OLD,
            Action::Warn,
            35,
            "Reported twice as unwanted, most recently 60 days ago.",
        ),
    ];
    for (number, action, confidence, text) in cases {
        let explained = told(number, &Settings::default(), NOW, &database);
        let verdict = explained.verdict;
        assert_eq!(verdict.rule, Rule::ListedNumber, "{number}");
        assert_eq!(verdict.category, Category::Listed, "{number}");
        assert_eq!(
            (verdict.action, verdict.confidence),
            (action, confidence),
            "{number}"
        );
        let reason = explained.reasons().next().expect("a reason");
        assert_eq!(reason.text, text);
        assert_eq!(reason.source, "Complaints for tests");
        assert_eq!(reason.date.expect("a date").to_string(), "2026-11-20");
    }
}

#[test]
fn reports_fade_and_then_only_warn() {
    let database = database();
    let later = NOW + 40 * DAY;
    let explained = told(MANY, &Settings::default(), later, &database);
    assert_eq!(explained.verdict.action, Action::Warn);
    assert!(explained.verdict.confidence < 50);
    let reason = explained.reasons().next().expect("a reason");
    assert_eq!(
        reason.text,
        "Reported 14 times in the last 45 days as fraud, most recently 40 days ago."
    );
    let earlier = told(MANY, &Settings::default(), NOW - 10 * DAY, &database);
    assert_eq!(
        earlier.verdict.action,
        Action::Silence,
        "a clock that is behind"
    );
}

#[test]
fn the_mode_decides_how_hard() {
    let database = database();
    let action = |number, mode| told(number, &in_mode(mode), NOW, &database).verdict.action;
    let by_mode =
        |number| [Mode::Gentle, Mode::Standard, Mode::Strict].map(|mode| action(number, mode));
    assert_eq!(
        by_mode(ONCE),
        [Action::Warn; 3],
        "a single report never stops a call"
    );
    assert_eq!(by_mode(FEW), [Action::Warn, Action::Warn, Action::Silence]);
    assert_eq!(
        by_mode(MANY),
        [Action::Warn, Action::Silence, Action::Reject]
    );
    assert_eq!(
        by_mode(NEIGHBOUR),
        [Action::Warn; 3],
        "neighbours only warn"
    );
}

#[test]
fn neighbours_of_reported_numbers_are_warned_of() {
    let database = database();
    let cases = [
        (
            NEIGHBOUR,
            55,
            "Of the 10 numbers that are alike but for the last digit, 4 were reported, 3 of \
             them in the week before 2026-11-20. Only about 1 in 1,000 numbers has neighbours that are reported as much.",
        ),
        (
            FAR_NEIGHBOUR,
            35,
            "Of the 1,000 numbers that are alike but for the last three digits, 5 were \
             reported, 4 of them in the week before 2026-11-20. Only about 1 in 100 numbers has neighbours that are reported as much.",
        ),
    ];
    for (number, confidence, text) in cases {
        let explained = told(number, &Settings::default(), NOW, &database);
        let verdict = explained.verdict;
        assert_eq!(verdict.rule, Rule::RiskMap, "{number}");
        assert_eq!(
            (verdict.action, verdict.category),
            (Action::Warn, Category::HotBlock)
        );
        assert_eq!(verdict.confidence, confidence);
        assert_eq!(explained.reasons().next().expect("a reason").text, text);
    }
    let stranger = told(STRANGER, &Settings::default(), NOW, &database);
    assert_eq!(stranger.verdict.rule, Rule::NothingKnown);
    let texts: Vec<&str> = stranger
        .steps
        .iter()
        .map(|step| step.text.as_str())
        .collect();
    assert!(
        texts
            .iter()
            .any(|text| text.contains("on no list of numbers")),
        "{texts:?}"
    );
    assert!(
        texts.iter().any(|text| text.contains("no more than any")),
        "{texts:?}"
    );
}

#[test]
fn the_map_tells_its_neighbours_without_a_list() {
    let mut sections = lists();
    sections.retain(|(id, _)| *id == SectionId::RISK_MAP);
    let database = database_with(sections);
    let explained = told(NEIGHBOUR, &Settings::default(), NOW, &database);
    let reason = explained.reasons().next().expect("a reason");
    assert_eq!(
        reason.text,
        "Only about 1 in 1,000 numbers has neighbours that are reported as much."
    );
}

#[test]
fn a_listed_beginning_warns() {
    let database = database();
    let explained = told(LISTED_PREFIX, &Settings::default(), NOW, &database);
    let verdict = explained.verdict;
    assert_eq!(
        (verdict.rule, verdict.action),
        (Rule::ListedNumber, Action::Warn)
    );
    let reason = explained.reasons().next().expect("a reason");
    assert_eq!(
        reason.text,
        "Numbers that begin like this are on a list of callers as unwanted."
    );
    assert_eq!(reason.source, "Complaints for tests");
    assert_eq!(reason.date.expect("a date").to_string(), "2026-11-10");
    let spared = told(SPARED_PREFIX, &Settings::default(), NOW, &database);
    assert_eq!(spared.verdict.rule, Rule::NothingKnown);
}

#[test]
fn switches_calls_out_and_clocks_that_are_behind() {
    let database = database();
    let switched_off = |json: &str| {
        let settings = common::screening::settings(json);
        told(MANY, &settings, NOW, &database).verdict.rule
    };
    assert_eq!(
        switched_off(r#"{"switches": {"listed": "off"}}"#),
        Rule::RiskMap
    );
    assert_eq!(
        switched_off(r#"{"switches": {"listed": "off", "hot_block": "off"}}"#),
        Rule::NothingKnown
    );
    let outgoing = Call {
        direction: Direction::Outgoing,
        ..at_home(MANY, "US")
    };
    let settings = Settings::default();
    let verdict = screen(&outgoing, &settings, &NoMemory, &database, NOW);
    assert_eq!(
        (verdict.rule, verdict.action),
        (Rule::ListedNumber, Action::Warn)
    );
}

#[test]
fn what_is_known_of_a_range_is_not_hidden_by_weak_reports() {
    // All of these have warnings of their own in the bundled database.
    let premium = "+19002551290";
    let sales = "+33162001255";
    let steps = [
        (key("+19002551000"), 1),
        (key("+19002552000"), 0),
        (key("+33162001000"), 1),
        (key("+33162002000"), 0),
    ];
    let map = risk_map(TODAY, &[1_000], &steps).expect("it fits");
    let mut sections = lists();
    sections.retain(|(id, _)| *id == SectionId::NUMBERS);
    sections.extend(map);
    let database = database_with(sections);
    let strict = told(sales, &in_mode(Mode::Strict), NOW, &database).verdict;
    assert_eq!((strict.rule, strict.action), (Rule::Range, Action::Silence));
    let verdict = told(premium, &Settings::default(), NOW, &database).verdict;
    assert_eq!((verdict.rule, verdict.action), (Rule::Range, Action::Warn));
    let dialled = Call {
        direction: Direction::Outgoing,
        ..at_home(premium, "US")
    };
    let verdict = screen(&dialled, &Settings::default(), &NoMemory, &database, NOW);
    assert_eq!((verdict.rule, verdict.action), (Rule::Range, Action::Warn));
    let told = explain(&dialled, &Settings::default(), &NoMemory, &database, NOW);
    assert_eq!(told.verdict, verdict);
}

#[test]
fn reports_that_are_too_old_do_not_warn() {
    let database = database();
    let years = NOW + 12 * 365 * DAY;
    for number in [ONCE, MANY, NEIGHBOUR] {
        let explained = told(number, &Settings::default(), years, &database);
        assert_eq!(explained.verdict.rule, Rule::NothingKnown, "{number}");
        let mut texts = explained.steps.iter().map(|step| &step.text);
        assert!(texts.any(|text| text.contains("too long ago")), "{number}");
    }
}

#[test]
fn a_clock_that_is_behind_is_told_no_nonsense() {
    let database = database();
    let explained = told(MANY, &Settings::default(), NOW - 400 * DAY, &database);
    let reason = explained.reasons().next().expect("a reason");
    assert_eq!(
        reason.text,
        "Reported 14 times in the last 5 days as fraud."
    );
}

#[test]
fn what_is_listed_can_be_read() {
    let database = database();
    let listed = database.listed().expect("whole").expect("there");
    assert_eq!((listed.as_of(), listed.set().len()), (TODAY, 5));
    let many = listed.find(key(MANY)).expect("whole").expect("listed");
    assert_eq!(
        (many.class.kind, many.class.strength),
        (ReportKind::Fraud, Strength::Many)
    );
    let reports = database.reports(&many).expect("whole").expect("counted");
    assert_eq!(
        (reports.count, reports.first, reports.last),
        (14, TODAY - 5, TODAY)
    );
    assert_eq!(listed.find(key(FORGOTTEN)).expect("whole"), None);
    let map = database.risk_map().expect("whole").expect("there");
    assert_eq!(map.as_of(), TODAY);
}

#[test]
fn damage_lets_the_phone_ring_and_is_told() {
    for damaged in [SectionId::NUMBERS, SectionId::RISK_MAP, SectionId::PREFIXES] {
        let mut sections = lists();
        for (id, bytes) in &mut sections {
            if *id == damaged {
                bytes.truncate(3);
            }
        }
        let database = database_with(sections);
        database.verify().expect_err("damage is found");
        if damaged != SectionId::NUMBERS {
            let verdict = told(MANY, &Settings::default(), NOW, &database).verdict;
            assert_eq!(verdict.rule, Rule::ListedNumber, "the list is whole");
        }
        let explained = told(STRANGER, &Settings::default(), NOW, &database);
        assert_eq!(explained.verdict.action, Action::Allow);
        assert_eq!(
            explained.verdict.category,
            Category::DamagedDatabase,
            "{damaged}"
        );
        let texts: Vec<&str> = explained
            .steps
            .iter()
            .map(|step| step.text.as_str())
            .collect();
        assert!(
            texts.iter().any(|text| text.contains("damaged")),
            "{texts:?}"
        );
    }
}

#[test]
fn tables_that_have_no_meaning_are_refused() {
    let spoil = |id: SectionId, change: fn(&mut Vec<u8>)| {
        let mut sections = lists();
        let found = sections.iter_mut().find(|section| section.0 == id);
        change(&mut found.expect("the section").1);
        database_with(sections)
            .verify()
            .expect_err("it has no meaning");
    };
    spoil(SectionId::REPORTS, |bytes| bytes[0] = 200);
    spoil(SectionId::REPORTS, |bytes| bytes.truncate(7));
    spoil(SectionId::REPORTS, |bytes| bytes[4..6].fill(0));
    spoil(SectionId::RISK_MAP, |bytes| bytes[8 + 4..8 + 8].fill(0));
    // The last step of each must lead out, and mean something.
    for id in [SectionId::RISK_MAP, SectionId::PREFIXES] {
        let mut sections = lists();
        sections.retain(|(other, _)| *other != id);
        let steps = [(key(STRANGER), 1), (key(NEIGHBOUR), 5)];
        let section = match id {
            SectionId::PREFIXES => prefixes(TODAY, &steps),
            _ => risk_map(TODAY, &[10_000], &steps[..1]),
        };
        sections.extend(section.expect("it fits"));
        let database = database_with(sections);
        database.verify().expect_err("it has no meaning");
    }
}

#[test]
fn lists_that_are_replaced_leave_nothing() {
    let release = Release {
        name: "again".to_owned(),
        issued: NOW,
    };
    let again = with_sections(&database(), &release, Vec::new(), &[]).expect("it builds");
    let bundled = common::bundled();
    let bare = with_sections(&bundled, &release, Vec::new(), &[]).expect("it builds");
    assert_eq!(again, bare);
    let again = Database::from_bytes(again).expect("it opens");
    again.verify().expect("it is whole");
    assert!(again.listed().expect("whole").is_none());
}

/// A database with nothing but reported numbers is small enough to be made
/// anew for each case.
fn bare(sections: Vec<(SectionId, Vec<u8>)>) -> Database {
    let release = Release {
        name: "bare".to_owned(),
        issued: NOW,
    };
    let bundled = common::bundled();
    let mut all: Vec<_> = [SectionId::PLAN, SectionId::RANGES]
        .into_iter()
        .map(|id| {
            let section = bundled.section(id).expect("there");
            let bytes = section.bytes(0, section.len()).expect("whole");
            (id, bytes.to_vec())
        })
        .collect();
    all.extend(sections);
    all.push((SectionId::SOURCES, b"Reported numbers: x\n".to_vec()));
    let bytes = ringfence_publisher::file::write(&release, &all).expect("it builds");
    Database::from_bytes(bytes).expect("it opens")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Bytes that a publisher wrote wrongly are hashed rightly.
    #[test]
    fn no_bytes_make_it_panic(
        changes in prop::collection::vec((0..4_usize, any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in prop::option::of((0..4_usize, any::<prop::sample::Index>())),
    ) {
        let mut sections = lists();
        for (section, place, byte) in changes {
            let bytes = &mut sections[section].1;
            // The first bytes say the most.
            let near = place.index(bytes.len().min(128));
            bytes[near] = byte;
            let anywhere = place.index(bytes.len());
            bytes[anywhere] ^= byte;
        }
        if let Some((section, place)) = cut {
            let bytes = &mut sections[section].1;
            bytes.truncate(1 + place.index(bytes.len()));
        }
        let database = bare(sections);
        let _ = database.verify();
        for number in [ONCE, MANY, NEIGHBOUR, LISTED_PREFIX, STRANGER] {
            for now in [0, NOW, u64::MAX] {
                told(number, &Settings::default(), now, &database);
            }
        }
    }
}
