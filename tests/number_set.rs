//! Sets of numbers say what an ordered map says.

mod common;

use std::collections::BTreeMap;

use common::number_set::{SetFile, keys_of_every_kind};
use proptest::prelude::*;
use ringfence::reported::set::{MAX_KEY, Member, SetError, SetWriter};

/// Checks a set's every answer about some keys against the map it was made
/// from.
fn answers(set: &SetFile, map: &BTreeMap<u64, u8>, asked: impl Iterator<Item = u64>) {
    let set = set.set();
    set.verify().expect("a written set is sound");
    assert_eq!(set.len(), map.len() as u64);
    let all: Vec<Member> = map
        .iter()
        .enumerate()
        .map(|(rank, (&key, &payload))| Member {
            key,
            rank: rank as u64,
            payload,
        })
        .collect();
    for key in asked {
        let below = all.partition_point(|member| member.key < key);
        let up_to = all.partition_point(|member| member.key <= key);
        let member = (below < up_to).then(|| all[below]);
        assert_eq!(set.find(key), Ok(member));
        let before = up_to.checked_sub(1).map(|index| all[index]);
        assert_eq!(set.at_or_before(key), Ok(before));
        assert_eq!(set.rank(key), Ok(below as u64));
        let next: Vec<_> = set.from(key).take(3).collect();
        let expected: Vec<_> = all[below..]
            .iter()
            .take(3)
            .map(|&member| Ok(member))
            .collect();
        assert_eq!(next, expected);
    }
    let read: Result<Vec<Member>, _> = set.from(0).collect();
    assert_eq!(read.as_deref(), Ok(&all[..]));
}

/// A key and what lies around it.
fn around(key: u64) -> [u64; 5] {
    [
        key.saturating_sub(2),
        key.saturating_sub(1),
        key,
        key + 1,
        key + 2,
    ]
}

fn check(map: &BTreeMap<u64, u8>) {
    let set = SetFile::of(map.iter().map(|(&key, &payload)| (key, payload)));
    let ends = [0, 1, MAX_KEY, MAX_KEY + 1, u64::MAX];
    answers(
        &set,
        map,
        map.keys().flat_map(|&key| around(key)).chain(ends),
    );
}

#[test]
fn sets_of_few_keys() {
    check(&BTreeMap::new());
    for key in [0, 1, 447_700_900_123, 999_999_999_999_999, MAX_KEY] {
        check(&BTreeMap::from([(key, 7)]));
    }
    check(&BTreeMap::from([(0, 1), (MAX_KEY, 15)]));
    check(&BTreeMap::from([
        (0, 0),
        (1, 15),
        (MAX_KEY - 1, 3),
        (MAX_KEY, 3),
    ]));
}

/// Every count of keys around the ends of chunks and the lengths in trees.
#[test]
fn sets_of_every_small_count() {
    for step in [1, 2, 10, 1000, 1 << 40] {
        for count in (1..10)
            .chain(45..51)
            .chain(94..100)
            .chain(125..132)
            .chain(254..260)
        {
            let keys = (0..count).map(|i| i * step);
            check(&keys.map(|key| (key, (key % 5) as u8)).collect());
        }
    }
}

/// Runs so long that a page has all the chunks it may have.
#[test]
fn runs_that_cost_nothing() {
    let keys = (0..200_000).map(|i| (5_000_000 + i + i / 70_000 * 9, 4));
    let set = SetFile::of(keys.clone());
    assert!(set.bytes() < 8 * 4096, "one page for 32,640 keys");
    let borders = [0, 128, 32_640, 65_280, 70_000, 140_000, 199_999];
    let asked = borders
        .iter()
        .flat_map(|&border| around(5_000_000 + border));
    answers(&set, &keys.collect(), asked);
}

/// So many pages that heads have pages of their own.
#[test]
fn sets_with_pages_of_heads() {
    let keys: BTreeMap<u64, u8> = (0..1_400_000_u64)
        .map(|i| (i * 700_000_000 + i * i % 699_999_999, (i * i % 16) as u8))
        .collect();
    let set = SetFile::of(keys.iter().map(|(&key, &payload)| (key, payload)));
    assert!(set.bytes() > 1025 * 4096);
    answers(
        &set,
        &keys,
        keys.keys().step_by(997).flat_map(|&key| around(key)),
    );
    // The set behind something else in its section.
    for start in [8, 13, 4000, 4096, 5000] {
        let few = keys
            .iter()
            .take(3000)
            .map(|(&key, &payload)| (key, payload));
        let set = SetFile::at(start, few.clone());
        let few: BTreeMap<u64, u8> = few.collect();
        answers(&set, &few, few.keys().flat_map(|&key| around(key)));
    }
}

#[test]
fn keys_that_cannot_be_added() {
    let mut writer = SetWriter::new();
    assert_eq!(writer.push(MAX_KEY + 1, 0), Err(SetError::Key));
    assert_eq!(writer.push(5, 16), Err(SetError::Payload));
    assert!(writer.is_empty());
    assert_eq!(writer.push(5, 15), Ok(()));
    assert_eq!(writer.push(5, 15), Err(SetError::Order));
    assert_eq!(writer.push(4, 15), Err(SetError::Order));
    assert_eq!(writer.push(6, 0), Ok(()));
    assert_eq!(writer.len(), 2);
    let map = BTreeMap::from([(5, 15), (6, 0)]);
    answers(&SetFile::holding(writer.finish()), &map, 0..9);
}

/// The bytes of a set never change: a phone writes sets of its own, and they
/// must be those that its publisher means.
#[test]
fn the_sample_is_written_and_read_as_ever() {
    let sample = std::fs::read(common::path("tests/samples/number_set_v1.bin"));
    let sample = sample.expect("the sample can be read");
    let (mut key, mut map) = (44_770_090_000_u64, BTreeMap::new());
    for i in 0..900_u64 {
        key += match i / 100 {
            0 | 5 => 1,
            1 => 1 + i % 2,
            2 => 1 + i * i % 40,
            3 | 6 => 1 + i * i * i % 9973,
            4 => 1 << (i % 37),
            _ => 1 + i * 7919 % 1009,
        };
        let payload = match i / 180 {
            0 => 3,
            1 => {
                if i % 17 == 0 {
                    i % 13
                } else {
                    2
                }
            }
            2 => i % 2 * 9,
            3 => i * i % 4,
            _ => i * 7 % 16,
        };
        map.insert(key, payload as u8);
    }
    let set = SetFile::of(map.iter().map(|(&key, &payload)| (key, payload)));
    assert_eq!(set.section(), sample);
    answers(
        &SetFile::holding(sample),
        &map,
        map.keys().flat_map(|&key| around(key)),
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn sets_answer_as_maps_do(map in keys_of_every_kind(), other in 0..=MAX_KEY) {
        let set = SetFile::of(map.iter().map(|(&key, &payload)| (key, payload)));
        let step = map.len() / 500 + 1;
        let asked = map.keys().step_by(step).flat_map(|&key| around(key));
        answers(&set, &map, asked.chain(around(other)));
    }
}
