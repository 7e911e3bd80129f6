//! Any bytes as a set of numbers, under hashes that fit them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ringfence::database::{Database, SectionId};
use ringfence::reported::set::{NumberSet, SetWriter};
use ringfence_publisher::facts::Release;
use ringfence_publisher::file;

fn ask(bytes: Vec<u8>, start: usize, keys: &[u64]) {
    let release = Release {
        name: "fuzz".to_owned(),
        issued: 0,
    };
    let id = SectionId(*b"set\0\0\0\0\0");
    let length = bytes.len();
    let file = file::write(&release, &[(id, bytes)]).expect("it fits");
    let database = Database::from_bytes(file).expect("the header is sound");
    let section = database.section(id).expect("it is there");
    let Ok(set) = NumberSet::read(section, start) else {
        return;
    };
    let sound = set.verify().is_ok();
    let count = set
        .from(0)
        .take(32 * length)
        .filter(|member| member.is_ok())
        .count();
    assert!(!sound || count as u64 == set.len());
    for &key in keys {
        let (found, before) = (set.find(key), set.at_or_before(key));
        let (rank, next) = (set.rank(key), set.from(key).next());
        if sound {
            let found = found.expect("it is sound");
            let before = before.expect("it is sound");
            assert!(before.is_none_or(|before| before.key <= key));
            assert_eq!(found, before.filter(|before| before.key == key));
            let rank_of_next = next.map_or(set.len(), |next| next.expect("it is sound").rank);
            assert_eq!(rank, Ok(rank_of_next));
        }
    }
}

// Bytes behind a header that fits them, and those of a set that was written
// from keys, changed in places.
fuzz_target!(|input: (Vec<u8>, Vec<u64>, Vec<(u32, u8)>, Vec<u64>, u8)| {
    let (page, gaps, changes, keys, start) = input;
    let mut bytes = Vec::new();
    let head = gaps.first().map_or(0, |gap| gap >> 16);
    for field in [
        1 + page.len() as u64 * 3,
        head + (1 << 40),
        1 | 1 << 32,
        head,
    ] {
        bytes.extend(field.to_le_bytes());
    }
    bytes.resize(4096, 0);
    bytes.extend(&page);
    ask(bytes, 0, &keys);

    let mut writer = SetWriter::new();
    let mut key = 0;
    for gap in gaps {
        for step in 0..1 + gap % 200 {
            key = (key + 1 + (gap >> (8 + gap % 56)) * (step % 3)) & ((1 << 51) - 1);
            let _ = writer.push(key, (gap >> step % 50 & 15) as u8);
        }
    }
    let start = usize::from(start);
    let mut bytes = vec![0; start];
    bytes.extend(writer.finish_at(start));
    ask(bytes.clone(), start, &keys);
    let length = bytes.len();
    for (at, by) in changes {
        bytes[at as usize % length] ^= by;
    }
    ask(bytes, start, &keys);
});
