//! Folders as phones have them, each with a database of its own.

use std::fs;
use std::path::{Path, PathBuf};

use ringfence::database::Database;
use ringfence::screening::{CAPACITY, Event, MemoryKey, PersonalMemory};
use ringfence_engine::{DatabaseSource, Engine};

use crate::{DATABASE, Outcome};

/// The home region of phones that have one.
pub const HOME: &str = "GB";

/// The databases; the phone is the folder that one is in.
pub struct Phones {
    /// The folder they are all in.
    pub all: PathBuf,
    /// Nothing but the database.
    pub new: PathBuf,
    /// At home, remembers nobody.
    pub home: PathBuf,
    /// At home, remembers as many numbers as it can.
    pub full: PathBuf,
    /// The same, for who drops it from the page cache.
    pub cold: PathBuf,
}

impl Phones {
    /// Makes them anew.
    pub fn make(this: &Path) -> Outcome<Self> {
        let target = this.ancestors().nth(2).ok_or("no target directory")?;
        let all = target.join("bench-phones");
        if all.exists() {
            fs::remove_dir_all(&all)?;
        }
        let phone = |name: &str| {
            let database = all.join(name).join("bundled.rfdb");
            fs::create_dir_all(all.join(name))?;
            fs::copy(DATABASE, &database).map(|_| database)
        };
        let phones = Self {
            new: phone("new")?,
            home: phone("home")?,
            full: phone("full")?,
            cold: phone("cold")?,
            all,
        };
        for database in [&phones.full, &phones.cold] {
            let folder = database.parent().ok_or("no folder")?;
            fs::write(folder.join("memory"), full_memory(database)?)?;
        }
        for database in [&phones.home, &phones.full, &phones.cold] {
            let engine = open(database)?;
            let mut settings = engine.settings().as_ref().clone();
            settings.home = Some(HOME.parse()?);
            engine.change_settings(settings)?;
            let expected = if *database == phones.home {
                0
            } else {
                CAPACITY
            };
            if engine.remembered() != expected {
                return Err("a phone remembers not what it should".into());
            }
        }
        Ok(phones)
    }
}

/// Opens the phone that a database is on.
pub fn open(database: &Path) -> Outcome<std::sync::Arc<Engine>> {
    let folder = database.parent().ok_or("no folder")?;
    Ok(Engine::open(folder, DatabaseSource::Path(database))?)
}

/// A memory's file: as many numbers as it holds, of people spoken with. None of
/// them is measured.
fn full_memory(database: &Path) -> Outcome<Vec<u8>> {
    let database = Database::open(database)?;
    let (plan, now) = (database.plan()?, database.issued());
    let mut memory = PersonalMemory::new(MemoryKey::new([7; 16]));
    for index in 0..CAPACITY {
        let number = plan.parse(&format!("+44{}", 7_500_000_000 + 9_973 * index), None)?;
        let caller = memory.key().caller(&number.e164);
        let records = memory.records_of(Event::SpokenWith, Some(caller), now);
        memory.take(&records);
    }
    Ok(memory.write(now))
}
