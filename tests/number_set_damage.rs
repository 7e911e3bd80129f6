//! Sets of numbers whose bytes are not what was written, under hashes that
//! fit them: nothing panics or runs on for ever, and what passes for sound
//! contradicts itself nowhere.

mod common;

use common::number_set::{SetFile, keys_of_every_kind};
use proptest::prelude::*;
use ringfence::database::FaultKind;
use ringfence::reported::set::{MAX_KEY, Member, NumberSet};

/// Asks a set of unknown soundness everything.
fn ask(file: &SetFile, keys: impl Iterator<Item = u64>) {
    let Ok(set) = file.read() else { return };
    let sound = set.verify().is_ok();
    let most = file.bytes() as u64 * 32;
    let members: Result<Vec<Member>, _> = set.from(0).take(most as usize + 1).collect();
    assert!(members.as_ref().is_ok_and(|all| all.len() as u64 <= most) || !sound);
    let members = members.unwrap_or_default();
    if sound {
        assert_eq!(members.len() as u64, set.len());
        assert!(members.is_sorted_by(|a, b| a.key < b.key));
        assert!(members.iter().map(|member| member.rank).eq(0..set.len()));
        assert!(members.iter().all(|member| member.payload < 16));
    }
    for key in keys {
        let (found, before) = (set.find(key), set.at_or_before(key));
        let (rank, next) = (set.rank(key), set.from(key).next());
        if let Ok(Some(before)) = before {
            assert!(before.key <= key);
        }
        if let Ok(Some(found)) = found {
            assert!(found.key == key && found.payload < 16);
        }
        if sound {
            let below = members.partition_point(|member| member.key < key);
            let up_to = members.partition_point(|member| member.key <= key);
            assert_eq!(rank, Ok(below as u64));
            assert_eq!(next, members.get(below).map(|&member| Ok(member)));
            assert_eq!(before, Ok(up_to.checked_sub(1).map(|last| members[last])));
            assert_eq!(found, Ok((below < up_to).then(|| members[below])));
        }
    }
}

fn asked(set: NumberSet<'_>) -> Vec<u64> {
    let mut keys = vec![0, 1, 447_700_900_123, MAX_KEY, MAX_KEY + 1, u64::MAX];
    let members = set.from(0).step_by(set.len() as usize / 40 + 1);
    for member in members {
        let key = member.expect("a written set is sound").key;
        keys.extend([key.saturating_sub(1), key, key + 1]);
    }
    keys
}

#[test]
fn sections_that_are_no_set() {
    for length in [1, 8, 23, 24, 25, 4095, 4096, 4097, 9000] {
        for byte in [0, 1, 0x7F, 0xFF] {
            let file = SetFile::holding(vec![byte; length]);
            let read = file.read().map(|_| ());
            assert!(read.is_err_and(|fault| fault.kind != FaultKind::PageHash));
        }
    }
}

/// A set that ends too soon or too late has no place for its last page, or
/// one that is not what was written.
#[test]
fn sets_that_end_elsewhere() {
    let set = SetFile::of((0..9000).map(|i| (i * i * 7, (i % 5) as u8)));
    let bytes = set.section();
    for length in [24, 100, 4096, 4100, 8192, bytes.len() - 1] {
        let cut = SetFile::holding(bytes[..length].to_vec());
        assert!(cut.read().is_err() || cut.set().verify().is_err() || length == bytes.len() - 1);
        ask(&cut, asked(set.set()).into_iter());
    }
    for more in [1, 4096] {
        let longer = SetFile::holding([&bytes[..], &vec![1; more]].concat());
        assert!(longer.read().is_err() || longer.set().verify().is_err());
        ask(&longer, asked(set.set()).into_iter());
    }
}

/// The counts of the header are all bound to something. The last key and the
/// heads bound keys: with others, the code of those may have another sense.
#[test]
fn headers_that_say_something_else() {
    let set = SetFile::of((0..20_000).map(|i| (i * i * 7, (i % 5) as u8)));
    let bytes = set.section();
    let pages = u32::from_le_bytes(bytes[16..20].try_into().expect("four bytes"));
    assert!(pages > 3);
    for bit in 0..(24 + 8 * pages as usize) * 8 {
        let mut bytes = bytes.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let file = SetFile::holding(bytes);
        let sound = file.read().and_then(|set| set.verify());
        let bounds = (64..128).contains(&bit) || bit >= 8 * 24;
        assert!(sound.is_err() || bounds, "bit {bit}");
        ask(&file, (0..20).map(|i| i * i * 7_000_000));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damage_is_found_or_does_no_harm(
        map in keys_of_every_kind(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 1..=255_u8), 1..4),
        early in any::<bool>(),
    ) {
        let set = SetFile::of(map.into_iter());
        let mut bytes = set.section();
        let keys = asked(set.set());
        for (place, by) in changes {
            // The starts of the set and of its first page hold the most.
            let from = if early { 4096 % bytes.len() } else { 0 };
            let end = if early { bytes.len().min(from + 64) } else { bytes.len() };
            bytes[from + place.index(end - from)] ^= by;
        }
        ask(&SetFile::holding(bytes), keys.into_iter());
    }

    #[test]
    fn any_bytes_are_asked_without_a_panic(
        keys in 1..5000_u64,
        last in 0..=MAX_KEY,
        heads in prop::collection::vec(0..=MAX_KEY, 1..3),
        header in any::<[u8; 8]>(),
        page in prop::collection::vec(any::<u8>(), 0..600),
        asked in prop::collection::vec(0..=MAX_KEY, 0..20),
    ) {
        let mut bytes = Vec::new();
        bytes.extend(keys.to_le_bytes());
        bytes.extend(last.to_le_bytes());
        bytes.extend((heads.len() as u32).to_le_bytes());
        bytes.extend(1_u32.to_le_bytes());
        for head in &heads {
            bytes.extend(head.to_le_bytes());
        }
        for _ in &heads {
            bytes.resize(bytes.len().next_multiple_of(4096), 0);
            bytes.extend(header);
            bytes.extend(&page);
        }
        ask(&SetFile::holding(bytes), asked.into_iter().chain(heads));
    }
}
