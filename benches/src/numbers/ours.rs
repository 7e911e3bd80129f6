//! The list as this project keeps it, and the simplest thing one could do.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use ringfence::database::{Database, SectionId};
use ringfence::reported::{Listed, ReportKind, SetWriter};
use ringfence_publisher::Report;
use ringfence_publisher::facts::Release;
use ringfence_publisher::reported::{Listing, Tally, risk_map, with_sections};
use ringfence_publisher::risk::SHARES;

use super::sets::{Payload, Random};
use crate::{DATABASE, Outcome};

/// Hot blocks of ten thousand numbers in the risk map.
const HOT_BLOCKS: usize = 20_000;

/// A structure that holds keys.
pub trait Peer: Sized {
    /// Builds it from ascending keys. What is kept in a file goes to `file`.
    fn build(keys: &[u64], file: &Path) -> Outcome<Self>;

    /// How many bytes it takes: with nothing stored with its keys, which it
    /// was built from, then with [`Payload::Even`] and [`Payload::Uneven`].
    fn bytes(&self, keys: &[u64]) -> Outcome<[u64; 3]>;

    /// What is stored with `key`, plus one; 0 if it is not in the list.
    fn find(&self, key: u64) -> u64;
}

/// Four bits a key in an array.
pub struct Nibbles(Vec<u8>);

impl Nibbles {
    pub fn new(keys: &[u64]) -> Self {
        let payload = |key: &u64| Payload::Even.of(*key);
        let pairs = keys.chunks(2);
        Self(
            pairs
                .map(|pair| payload(&pair[0]) | pair.get(1).map_or(0, payload) << 4)
                .collect(),
        )
    }

    /// That of the key with so many before it, plus one.
    pub fn get(&self, rank: usize) -> u64 {
        u64::from(self.0[rank / 2] >> (rank % 2 * 4) & 15) + 1
    }

    /// The bytes of a set with this array beside it.
    pub fn beside(&self, set: usize) -> [u64; 3] {
        let both = (set + self.0.len()) as u64;
        [set as u64, both, both]
    }
}

/// This project: a database file with the list in it, mapped.
pub struct Ringfence(Listed<'static>);

impl Ringfence {
    /// Opens a database and its list, for the rest of the process.
    pub fn open(file: &Path) -> Outcome<Listed<'static>> {
        let database = Box::leak(Box::new(Database::open(file)?));
        Ok(database.listed()?.ok_or("the database has no list")?)
    }

    /// The list alone.
    fn set(keys: &[u64], payload: Payload) -> Outcome<u64> {
        let mut writer = SetWriter::new();
        for &key in keys {
            writer.push(key, payload.of(key))?;
        }
        Ok(writer.finish().len() as u64)
    }

    /// Sections as the publisher makes them from reports: one a number, and a
    /// second for seven in a hundred; and a risk map of as many steps as the
    /// real one has.
    fn sections(keys: &[u64], day: u32) -> Outcome<Vec<(SectionId, Vec<u8>)>> {
        let mut listing = Listing::new(day);
        for &key in keys {
            let random = Random(key).next();
            let kinds = ReportKind::ALL;
            let mut report = Report {
                key,
                day: day - (random >> 8) as u32 % 60,
                kind: kinds[(random >> 16) as usize % kinds.len()],
                count: 1,
            };
            let mut tally = Tally::new(key);
            tally.add(&report, day);
            if random % 100 < 7 {
                report.day = day;
                tally.add(&report, day);
            }
            listing.push(&tally)?;
        }
        let mut sections = listing.sections();
        let every = (keys.len() / HOT_BLOCKS).max(1);
        let mut blocks: Vec<u64> = keys.iter().step_by(every).map(|key| key / 10_000).collect();
        blocks.dedup();
        let mut steps = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            steps.push((block * 10_000, 1 + (index % SHARES.len()) as u8));
            if blocks.get(index + 1) != Some(&(block + 1)) {
                steps.push(((block + 1) * 10_000, 0));
            }
        }
        sections.extend(risk_map(day, &SHARES, &steps)?);
        Ok(sections)
    }
}

impl Peer for Ringfence {
    fn build(keys: &[u64], file: &Path) -> Outcome<Self> {
        let base = Database::open(DATABASE.as_ref())?;
        let issued = base.issued();
        let release = Release {
            name: "bench".to_owned(),
            issued,
        };
        let sections = Self::sections(keys, (issued / 86_400) as u32)?;
        // The others' files have nothing but their list either.
        let alone = sections.iter().filter(|(id, _)| *id == SectionId::NUMBERS);
        let alone: Vec<_> = alone.cloned().collect();
        std::fs::write(
            file.with_extension("alone"),
            ringfence_publisher::file::write(&release, &alone)?,
        )?;
        std::fs::write(file, with_sections(&base, &release, sections, &[])?)?;
        Ok(Self(Self::open(file)?))
    }

    fn bytes(&self, keys: &[u64]) -> Outcome<[u64; 3]> {
        let [without, even, uneven] = [Payload::Constant, Payload::Even, Payload::Uneven]
            .map(|payload| Self::set(keys, payload));
        Ok([without?, even?, uneven?])
    }

    fn find(&self, key: u64) -> u64 {
        match self.0.find(key) {
            Ok(Some(listing)) => u64::from(listing.class.code()) + 1,
            Ok(None) => 0,
            Err(_) => u64::MAX,
        }
    }
}

/// A sorted array and a binary search.
pub struct Sorted(Vec<u64>, Nibbles);

impl Peer for Sorted {
    fn build(keys: &[u64], file: &Path) -> Outcome<Self> {
        let mut out = std::io::BufWriter::new(File::create(file)?);
        for key in keys {
            out.write_all(&key.to_le_bytes())?;
        }
        out.flush()?;
        Ok(Self(keys.to_vec(), Nibbles::new(keys)))
    }

    fn bytes(&self, _: &[u64]) -> Outcome<[u64; 3]> {
        Ok(self.1.beside(self.0.len() * 8))
    }

    fn find(&self, key: u64) -> u64 {
        self.0
            .binary_search(&key)
            .map_or(0, |rank| self.1.get(rank))
    }
}
