//! Sets of numbers in databases of their own.

use std::collections::BTreeMap;

use proptest::prelude::*;
use ringfence::database::{Database, Fault, SectionId};
use ringfence::reported::set::{MAX_KEY, NumberSet, SetWriter};
use ringfence_publisher::facts::Release;
use ringfence_publisher::file;

/// The section that holds the set. Its name makes no difference.
const SECTION: SectionId = SectionId(*b"set\0\0\0\0\0");

/// A database with nothing but a set in it.
pub struct SetFile {
    database: Database,
    start: usize,
}

impl SetFile {
    /// With these keys and payloads, ascending.
    pub fn of(members: impl Iterator<Item = (u64, u8)>) -> Self {
        Self::at(0, members)
    }

    /// The same, behind `start` other bytes of the section.
    pub fn at(start: usize, members: impl Iterator<Item = (u64, u8)>) -> Self {
        let mut writer = SetWriter::new();
        for (key, payload) in members {
            writer.push(key, payload).expect("they ascend");
        }
        let mut bytes = vec![0xA5; start];
        bytes.extend(writer.finish_at(start));
        let database = Self::holding(bytes).database;
        Self { database, start }
    }

    /// With these bytes as its section.
    pub fn holding(bytes: Vec<u8>) -> Self {
        let release = Release {
            name: "test".to_owned(),
            issued: 0,
        };
        let file = file::write(&release, &[(SECTION, bytes)]).expect("it fits");
        let database = Database::from_bytes(file).expect("the header is sound");
        Self { database, start: 0 }
    }

    /// How many bytes the section has.
    pub fn bytes(&self) -> usize {
        self.database.section(SECTION).expect("it is there").len()
    }

    /// The bytes of the section.
    pub fn section(&self) -> Vec<u8> {
        let section = self.database.section(SECTION).expect("it is there");
        section
            .bytes(0, section.len())
            .expect("it is whole")
            .to_vec()
    }

    pub fn read(&self) -> Result<NumberSet<'_>, Fault> {
        let section = self.database.section(SECTION).expect("it is there");
        NumberSet::read(section, self.start)
    }

    pub fn set(&self) -> NumberSet<'_> {
        self.read().expect("the header of the set is sound")
    }
}

/// Mixes of lone keys, crowds, dense crowds, runs and round numbers, with few
/// or many different payloads.
pub fn keys_of_every_kind() -> impl Strategy<Value = BTreeMap<u64, u8>> {
    let part = (0..=MAX_KEY, 0..5_u8, 1..600_u64, any::<u64>());
    let parts = prop::collection::vec(part, 0..12);
    let payloads = prop_oneof![Just(1_u64), Just(2), Just(4), Just(16), Just(60)];
    (parts, payloads).prop_map(|(parts, payloads)| {
        let mut map = BTreeMap::new();
        for (from, kind, count, seed) in parts {
            let spread = [1, 2, 7, 10_000, 1 << 36][usize::from(kind)];
            let mut state = seed | 1;
            let mut key = from;
            for _ in 0..count {
                state = state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(1);
                // Of sixty payloads most are the same.
                let payload = (state >> 33) % payloads;
                map.insert(key, if payload < 16 { payload as u8 } else { 9 });
                key += 1 + (state >> 40) % spread;
                if key > MAX_KEY {
                    break;
                }
            }
        }
        map
    })
}
