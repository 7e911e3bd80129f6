//! Contradicting prefixes, against a model that looks at one key at a time.

use proptest::prelude::*;
use ringfence::reported::ReportKind;
use ringfence_publisher::import::Prefix;
use ringfence_publisher::import::prefixes::steps;

/// The level of a key by the rules as they are stated.
fn level(prefixes: &[Prefix], key: u64) -> u8 {
    let covers = |prefix: &&Prefix| {
        let size = 10_u64.pow(u32::from(prefix.total - prefix.length));
        key / size == prefix.digits
    };
    let mild = |kind: ReportKind| match kind {
        ReportKind::Unspecified => 2,
        ReportKind::Unwanted => 1,
        ReportKind::Fraud => 0,
    };
    let strength = |prefix: &&Prefix| (prefix.length, prefix.day, prefix.allow, mild(prefix.kind));
    let winner = prefixes.iter().filter(covers).max_by_key(strength);
    winner.map_or(0, |prefix| {
        if prefix.allow {
            0
        } else {
            1 + prefix.kind as u8
        }
    })
}

fn prefix() -> impl Strategy<Value = Prefix> {
    let kinds = prop::sample::select(ReportKind::ALL);
    (
        1_u8..5,
        0_u8..3,
        1000_u64..2300,
        any::<bool>(),
        kinds,
        0_u32..3,
    )
        .prop_map(|(length, more, digits, allow, kind, day)| Prefix {
            digits: digits / 10_u64.pow(u32::from(4 - length)),
            length,
            total: length + more,
            allow,
            kind,
            day,
        })
}

proptest! {
    #[test]
    fn the_steps_are_what_the_rules_say(
        prefixes in prop::collection::vec(prefix(), 0..30),
        turn in any::<prop::sample::Index>(),
    ) {
        let found = steps(&prefixes);
        let rises = found.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 != pair[1].1);
        prop_assert!(rises);
        let mut next = found.iter().peekable();
        let mut now = 0;
        for key in 0..30_000 {
            while let Some(step) = next.next_if(|step| step.0 <= key) {
                now = step.1;
            }
            prop_assert_eq!(now, level(&prefixes, key), "key {}", key);
        }
        let mut turned = prefixes.clone();
        if !turned.is_empty() {
            turned.rotate_left(turn.index(prefixes.len()));
            prop_assert_eq!(steps(&turned), found);
        }
    }
}

#[test]
fn prefixes_that_make_no_sense_say_nothing() {
    let sound = Prefix {
        digits: 33_162,
        length: 5,
        total: 11,
        allow: false,
        kind: ReportKind::Unwanted,
        day: 0,
    };
    let level = 1 + ReportKind::Unwanted as u8;
    assert_eq!(
        steps(&[sound]),
        [(33_162_000_000, level), (33_163_000_000, 0)]
    );
    for broken in [
        Prefix { length: 0, ..sound },
        Prefix { length: 4, ..sound },
        Prefix { length: 6, ..sound },
        Prefix { total: 4, ..sound },
        Prefix { total: 16, ..sound },
        Prefix {
            length: 255,
            total: 255,
            ..sound
        },
    ] {
        assert_eq!(steps(&[broken]), []);
    }
}
