//! What else one would keep ten million numbers in.
//!
//! Each holds four bits for a number and says what they are. Structures that
//! are only sets keep them in an array beside, in the order of the numbers.

use std::cell::RefCell;
use std::error::Error;
use std::fs::File;
use std::path::Path;

use fst::MapBuilder;
use hashbrown::{HashMap, HashSet};
use mem_dbg::{MemSize, SizeFlags};
use memmap2::Advice;
use roaring::RoaringTreemap;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, Statement};
use sux::dict::elias_fano::{EfDict, EliasFanoBuilder};
use sux::traits::IndexedDict;
use vers_vecs::EliasFanoVec;

use super::cold::map;
use super::ours::{Nibbles, Peer};
use super::sets::Payload;
use super::worker::serve;
use crate::Outcome;

/// Bytes of a key in `fst`.
const FST_KEY: usize = 6;

/// Their names.
pub const NAMES: &[&str] = &[
    "hashbrown",
    "fst",
    "roaring",
    "vers-vecs",
    "sux",
    "sqlite",
    "spamblocker",
];
/// Those that keep their list in a file.
pub const IN_FILES: &[&str] = &["fst", "sqlite"];

/// The version of SQLite that comes with `rusqlite`.
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

/// Builds the one of that name and answers about it.
pub fn be(name: &str, keys: Vec<u64>, file: &Path) -> Outcome<()> {
    match name {
        "hashbrown" => serve::<Hashed>(keys, file),
        "fst" => serve::<Fst>(keys, file),
        "roaring" => serve::<Roaring>(keys, file),
        "vers-vecs" => serve::<Vers>(keys, file),
        "sux" => serve::<Sux>(keys, file),
        "sqlite" => serve::<Sqlite<false>>(keys, file),
        "spamblocker" => serve::<Sqlite<true>>(keys, file),
        _ => Err("no such structure".into()),
    }
}

/// Opens the file of the one of that name and looks for a key.
pub fn first(name: &str, file: &Path, key: u64) -> Outcome<bool> {
    match name {
        "fst" => Fst::holds(&map(&File::open(file)?, Some(Advice::Random))?, key),
        "sqlite" => Ok(Sqlite::<false>::open(file)?.find(key) > 0),
        _ => Err("no such structure".into()),
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
    fn holds(bytes: &[u8], key: u64) -> Outcome<bool> {
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
    fn open(file: &Path) -> Outcome<Self> {
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
