//! The memory's file: a log of records, written anew when it has grown long.

use std::io;

use ringfence::screening::{
    CAPACITY, CallerHash, Event, HEADER_LENGTH, MemoryError, MemoryKey, PersonalMemory,
    RECORD_LENGTH, Stored,
};

use crate::EngineError;
use crate::disk::{Disk, new_name, replace};

const NAME: &str = "memory";
/// After so many records the file is written anew, without what has expired.
const SPARE: usize = 128;
/// Most bytes that are read.
const MOST: u64 = (HEADER_LENGTH + 4 * CAPACITY * RECORD_LENGTH) as u64;

/// The file, and how far it is written.
pub(crate) struct MemoryFile {
    stored: Stored,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// There is no file.
    Missing,
    /// What is there is whole.
    Sound,
    /// Parts of it are damaged: the next change writes it anew.
    Damaged,
    /// A later program wrote it: it is left alone.
    Newer,
    /// It could not be read: it is left alone.
    Unreadable,
}

impl MemoryFile {
    /// Reads the file. A memory that cannot be read does not keep the phone
    /// from screening: there is just none.
    pub fn read(disk: &dyn Disk) -> (Self, Option<PersonalMemory>) {
        let (state, memory) = match disk.read(NAME, MOST) {
            Err(_) => (State::Unreadable, None),
            Ok(None) => (State::Missing, None),
            Ok(Some(bytes)) => match PersonalMemory::read(&bytes) {
                Ok((memory, stored)) => {
                    let state = if stored.damaged {
                        State::Damaged
                    } else {
                        State::Sound
                    };
                    return (Self { stored, state }, Some(memory));
                }
                Err(MemoryError::Newer) => (State::Newer, None),
                // Without its key a memory is lost.
                Err(_) => (State::Damaged, None),
            },
        };
        let stored = Stored {
            records: 0,
            appended: 0,
            damaged: false,
        };
        (Self { stored, state }, memory)
    }

    /// Stores what an event changes; `None` if it changes nothing. What is
    /// returned is on disk.
    pub fn store(
        &mut self,
        disk: &dyn Disk,
        memory: Option<&PersonalMemory>,
        event: Event,
        caller: impl FnOnce(&MemoryKey) -> Option<CallerHash>,
        now: u64,
    ) -> Result<Option<PersonalMemory>, EngineError> {
        match self.state {
            State::Newer => return Err(EngineError::Memory(MemoryError::Newer)),
            State::Unreadable => {
                return Err(io::Error::from(io::ErrorKind::PermissionDenied).into());
            }
            State::Missing | State::Sound | State::Damaged => {}
        }
        let mut memory = match memory {
            Some(memory) => memory.clone(),
            None => PersonalMemory::new(new_key()?),
        };
        let records = memory.records_of(event, caller(memory.key()), now);
        if records.is_empty() {
            return Ok(None);
        }
        if self.state != State::Sound || self.stored.appended + records.len() > SPARE {
            memory.take(&records);
            let bytes = memory.write(now);
            // Should this fail half-way, either file may be there.
            self.state = State::Damaged;
            replace(disk, NAME, &bytes)?;
            // What was left out is out of the memory as well.
            let (written, stored) = PersonalMemory::read(&bytes).map_err(EngineError::Memory)?;
            self.state = State::Sound;
            self.stored = stored;
            return Ok(Some(written));
        }
        let bytes: Vec<u8> = records
            .iter()
            .flat_map(|record| record.encode(memory.key()))
            .collect();
        let end = HEADER_LENGTH + self.stored.records * RECORD_LENGTH;
        disk.write(NAME, end as u64, &bytes)?;
        disk.sync(NAME)?;
        self.stored.records += records.len();
        self.stored.appended += records.len();
        memory.take(&records);
        Ok(Some(memory))
    }

    /// Forgets everything, the key included.
    pub fn forget(&mut self, disk: &dyn Disk) -> io::Result<()> {
        disk.remove(NAME)?;
        disk.remove(&new_name(NAME))?;
        disk.sync_folder()?;
        self.state = State::Missing;
        Ok(())
    }
}

fn new_key() -> Result<MemoryKey, EngineError> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|_| io::Error::from(io::ErrorKind::Other))?;
    Ok(MemoryKey::new(random))
}
