//! What one would keep ten million numbers in.
//!
//! Each holds four bits for a number and says what they are. Structures that
//! are only sets keep them in an array beside, in the order of the numbers.

use std::cell::RefCell;
use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::path::Path;

use fst::MapBuilder;
use hashbrown::{HashMap, HashSet};
use mem_dbg::{MemSize, SizeFlags};
use ringfence::database::{Database, SectionId};
use ringfence::reported::{Listed, ReportKind, SetWriter};
use ringfence_publisher::Report;
use ringfence_publisher::facts::Release;
use ringfence_publisher::reported::{Listing, Tally, risk_map, with_sections};
use ringfence_publisher::risk::SHARES;
use roaring::RoaringTreemap;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, Statement};
use sux::dict::elias_fano::{EfDict, EliasFanoBuilder};
use sux::traits::IndexedDict;
use vers_vecs::EliasFanoVec;

use super::sets::{Payload, Random};
use crate::{DATABASE, Outcome};

/// Hot blocks of ten thousand numbers in the risk map.
const HOT_BLOCKS: usize = 20_000;
/// Bytes of a key in `fst`.
const FST_KEY: usize = 6;

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
struct Nibbles(Vec<u8>);

impl Nibbles {
    fn new(keys: &[u64]) -> Self {
        let payload = |key: &u64| Payload::Even.of(*key);
        let pairs = keys.chunks(2);
        Self(
            pairs
                .map(|pair| payload(&pair[0]) | pair.get(1).map_or(0, payload) << 4)
                .collect(),
        )
    }

    fn get(&self, rank: usize) -> u64 {
        u64::from(self.0[rank / 2] >> (rank % 2 * 4) & 15) + 1
    }

    /// The bytes of a set with this array beside it.
    fn beside(&self, set: usize) -> [u64; 3] {
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
            let mut tally = Tally::new(&report);
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

/// The hash map of the standard library with its usual fast hash.
pub struct Hashed(HashMap<u64, u8>);

impl Peer for Hashed {
    fn build(keys: &[u64], _: &Path) -> Outcome<Self> {
        Ok(Self(
            keys.iter()
                .map(|&key| (key, Payload::Even.of(key)))
                .collect(),
        ))
    }

    fn bytes(&self, keys: &[u64]) -> Outcome<[u64; 3]> {
        let without: HashSet<u64> = keys.iter().copied().collect();
        let with = self.0.allocation_size() as u64;
        Ok([without.allocation_size() as u64, with, with])
    }

    fn find(&self, key: u64) -> u64 {
        self.0
            .get(&key)
            .map_or(0, |&payload| u64::from(payload) + 1)
    }
}

/// A finite-state transducer over the key's bytes, greatest first.
pub struct Fst(fst::Map<Vec<u8>>);

impl Fst {
    fn key(key: u64) -> [u8; FST_KEY] {
        let [_, _, bytes @ ..] = key.to_be_bytes();
        bytes
    }

    fn map(keys: &[u64], payload: Payload) -> Outcome<Vec<u8>> {
        let mut builder = MapBuilder::memory();
        for &key in keys {
            builder.insert(Self::key(key), u64::from(payload.of(key)))?;
        }
        Ok(builder.into_inner()?)
    }

    /// Whether the map in these bytes holds a key.
    pub fn holds(bytes: &[u8], key: u64) -> Outcome<bool> {
        Ok(fst::Map::new(bytes)?.get(Self::key(key)).is_some())
    }
}

impl Peer for Fst {
    fn build(keys: &[u64], file: &Path) -> Outcome<Self> {
        let bytes = Self::map(keys, Payload::Even)?;
        std::fs::write(file, &bytes)?;
        Ok(Self(fst::Map::new(bytes)?))
    }

    fn bytes(&self, keys: &[u64]) -> Outcome<[u64; 3]> {
        let bytes = |payload| Ok::<_, Box<dyn Error>>(Self::map(keys, payload)?.len() as u64);
        let even = self.0.as_fst().as_bytes().len() as u64;
        Ok([bytes(Payload::Constant)?, even, bytes(Payload::Uneven)?])
    }

    fn find(&self, key: u64) -> u64 {
        self.0.get(Self::key(key)).map_or(0, |payload| payload + 1)
    }
}

/// Roaring bitmaps. To find a number's place among all takes them long, so
/// what is stored with it is not looked up.
pub struct Roaring(RoaringTreemap);

impl Peer for Roaring {
    fn build(keys: &[u64], _: &Path) -> Outcome<Self> {
        Ok(Self(RoaringTreemap::from_sorted_iter(
            keys.iter().copied(),
        )?))
    }

    fn bytes(&self, keys: &[u64]) -> Outcome<[u64; 3]> {
        Ok(Nibbles::new(keys).beside(self.0.serialized_size()))
    }

    fn find(&self, key: u64) -> u64 {
        u64::from(self.0.contains(key))
    }
}

/// Elias-Fano as `vers-vecs` has it.
pub struct Vers(EliasFanoVec, Nibbles);

impl Peer for Vers {
    fn build(keys: &[u64], _: &Path) -> Outcome<Self> {
        Ok(Self(EliasFanoVec::from_slice(keys), Nibbles::new(keys)))
    }

    fn bytes(&self, _: &[u64]) -> Outcome<[u64; 3]> {
        Ok(self.1.beside(self.0.heap_size()))
    }

    fn find(&self, key: u64) -> u64 {
        let rank = self.0.rank(key) as usize;
        match self.0.get(rank) {
            Some(found) if found == key => self.1.get(rank),
            _ => 0,
        }
    }
}

/// Elias-Fano as `sux` has it.
pub struct Sux(EfDict, Nibbles);

impl Peer for Sux {
    fn build(keys: &[u64], _: &Path) -> Outcome<Self> {
        let last = keys.last().copied().unwrap_or(0) as usize;
        let mut builder = EliasFanoBuilder::new(keys.len(), last);
        keys.iter().for_each(|&key| builder.push(key as usize));
        Ok(Self(builder.build_with_dict(), Nibbles::new(keys)))
    }

    fn bytes(&self, _: &[u64]) -> Outcome<[u64; 3]> {
        Ok(self.1.beside(self.0.mem_size(SizeFlags::default())))
    }

    fn find(&self, key: u64) -> u64 {
        let rank = self.0.index_of(key as usize);
        rank.map_or(0, |rank| self.1.get(rank))
    }
}

/// A table in SQLite, asked by a prepared statement. With `TEXT` it is the one
/// that SpamBlocker keeps, numbers as text and two indexes; else as small as
/// SQLite can have it, the number being the row's own.
pub struct Sqlite<const TEXT: bool> {
    statement: RefCell<Statement<'static>>,
    bytes: u64,
}

impl<const TEXT: bool> Sqlite<TEXT> {
    const SCHEMA: &'static str = match TEXT {
        true => {
            "CREATE TABLE numbers (id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT UNIQUE, \
             kind INTEGER, extra TEXT, time INTEGER); CREATE INDEX again ON numbers (number)"
        }
        false => "CREATE TABLE numbers (number INTEGER PRIMARY KEY, kind INTEGER)",
    };

    /// Opens a file that was built, ready to be asked.
    pub fn open(file: &Path) -> Outcome<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        // In use until the process ends.
        let connection = Box::leak(Box::new(Connection::open_with_flags(file, flags)?));
        let statement = connection.prepare("SELECT kind FROM numbers WHERE number = ?")?;
        Ok(Self {
            statement: RefCell::new(statement),
            bytes: std::fs::metadata(file)?.len(),
        })
    }

    fn number(key: u64) -> Value {
        match TEXT {
            true => Value::Text(key.to_string()),
            false => Value::Integer(key as i64),
        }
    }
}

impl<const TEXT: bool> Peer for Sqlite<TEXT> {
    fn build(keys: &[u64], file: &Path) -> Outcome<Self> {
        if file.exists() {
            std::fs::remove_file(file)?;
        }
        let mut connection = Connection::open(file)?;
        connection.execute_batch(Self::SCHEMA)?;
        let transaction = connection.transaction()?;
        let insert = match TEXT {
            true => "INSERT INTO numbers (number, kind, extra, time) VALUES (?, ?, '', 1795305600)",
            false => "INSERT INTO numbers VALUES (?, ?)",
        };
        let mut insert = transaction.prepare(insert)?;
        for &key in keys {
            insert.execute((Self::number(key), Payload::Even.of(key)))?;
        }
        drop(insert);
        transaction.commit()?;
        drop(connection);
        Self::open(file)
    }

    fn bytes(&self, _: &[u64]) -> Outcome<[u64; 3]> {
        Ok([self.bytes; 3])
    }

    fn find(&self, key: u64) -> u64 {
        let mut statement = self.statement.borrow_mut();
        let found = statement.query_row([Self::number(key)], |row| row.get(0));
        found.map_or(0, |kind: u8| u64::from(kind) + 1)
    }
}
