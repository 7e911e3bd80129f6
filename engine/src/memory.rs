//! The memory's file: a log of records, written anew when it has grown long.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::Path;

use ringfence::screening::{
    CAPACITY, Caller, CallerHash, Event, HEADER_LENGTH, MemoryError, MemoryKey, PersonalMemory,
    RECORD_LENGTH, Stored,
};

use crate::EngineError;
use crate::disk::{Disk, Folder, remove_all, replace};

/// The memory's file in an engine's folder.
pub(crate) const NAME: &str = "memory";
/// After so many records the file is written anew, without what has expired.
const SPARE: usize = 128;
/// What a medium writes as one piece, in bytes; of a longer write the end may
/// be there without the start.
const SECTOR: usize = 512;
/// Most bytes that are read.
const MOST: u64 = (HEADER_LENGTH + 4 * CAPACITY * RECORD_LENGTH) as u64;

/// A file, and how far it is written.
pub(crate) struct MemoryLog {
    name: String,
    stored: Stored,
    state: State,
    /// Whether the file's name is known to be on the medium: whoever wrote it
    /// may have been stopped just before.
    named: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// There is no file.
    Missing,
    /// What is there is whole.
    Sound,
    /// Parts of it are damaged: the next change writes it anew.
    Damaged,
    /// Its header is damaged: the next change starts a new one.
    Lost,
    /// A later program wrote it: it is left alone.
    Newer,
    /// It could not be read: it is left alone until it can.
    Unreadable(ErrorKind),
}

impl MemoryLog {
    /// Reads the file. A memory that cannot be read does not keep the phone
    /// from screening: there is just none.
    pub fn read(disk: &dyn Disk, name: &str) -> (Self, Option<PersonalMemory>) {
        let mut log = Self {
            name: name.to_owned(),
            stored: Stored {
                records: 0,
                appended: 0,
                damaged: false,
            },
            state: State::Missing,
            named: false,
        };
        let bytes = match disk.read(name, MOST) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return (log, None),
            // It is none of ours.
            Err(error) if error.kind() == ErrorKind::FileTooLarge => {
                log.state = State::Lost;
                return (log, None);
            }
            Err(error) => {
                log.state = State::Unreadable(error.kind());
                return (log, None);
            }
        };
        let memory = match PersonalMemory::read(&bytes) {
            Ok((memory, stored)) => {
                log.stored = stored;
                log.state = if stored.damaged {
                    State::Damaged
                } else {
                    State::Sound
                };
                Some(memory)
            }
            Err(MemoryError::Newer) => {
                log.state = State::Newer;
                None
            }
            // Without its key a memory is lost.
            Err(_) => {
                log.state = State::Lost;
                None
            }
        };
        (log, memory)
    }

    /// Stores what an event changes in `memory`, which is what this file gave;
    /// `None` if it changes nothing. What is returned is on disk. Without an
    /// event there is a memory with a key afterwards, no more.
    pub fn store(
        &mut self,
        disk: &dyn Disk,
        memory: Option<&PersonalMemory>,
        event: Option<Event>,
        caller: impl FnOnce(&MemoryKey) -> Option<CallerHash>,
        now: u64,
    ) -> Result<Option<PersonalMemory>, EngineError> {
        let mut read_again = None;
        if matches!(self.state, State::Unreadable(_)) {
            (*self, read_again) = Self::read(disk, &self.name);
        }
        match self.state {
            State::Newer => return Err(MemoryError::Newer.into()),
            State::Unreadable(kind) => return Err(io::Error::from(kind).into()),
            State::Missing | State::Sound | State::Damaged | State::Lost => {}
        }
        let known = memory.or(read_again.as_ref());
        let is_new = known.is_none();
        let mut memory = match known {
            Some(memory) => memory.clone(),
            None => PersonalMemory::new(new_key()?),
        };
        let records = match event {
            Some(event) => memory.records_of(event, caller(memory.key()), now),
            None => Vec::new(),
        };
        if records.is_empty() && !(is_new && event.is_none()) {
            return Ok(read_again);
        }
        let bytes: Vec<u8> = records
            .iter()
            .flat_map(|record| record.encode(memory.key()))
            .collect();
        let end = HEADER_LENGTH + self.stored.records * RECORD_LENGTH;
        let append = self.state == State::Sound
            && self.stored.appended + records.len() <= SPARE
            && end / SECTOR == (end + bytes.len()).saturating_sub(1) / SECTOR;
        // Should this fail half-way, nobody knows what is there: then the next
        // change writes it anew.
        self.state = State::Damaged;
        if append {
            disk.write(&self.name, end as u64, &bytes)?;
            disk.sync(&self.name)?;
            if !self.named {
                disk.sync_folder()?;
            }
            memory.take(&records);
            self.stored.records += records.len();
            self.stored.appended += records.len();
        } else {
            // What is new comes after what is kept, however full it is.
            let bytes = [memory.write(now), bytes].concat();
            replace(disk, &self.name, &bytes)?;
            // What was left out is out of the memory as well.
            (memory, self.stored) = PersonalMemory::read(&bytes)?;
        }
        self.named = true;
        self.state = State::Sound;
        Ok(Some(memory))
    }

    /// Forgets everything, the key included.
    pub fn forget(&mut self, disk: &dyn Disk) -> io::Result<()> {
        // Should this fail, the next change starts a new file.
        self.state = State::Lost;
        remove_all(disk, &[&self.name])?;
        self.state = State::Missing;
        Ok(())
    }
}

/// Whose number an event is of; `None` if it needs none.
///
/// # Errors
/// [`EngineError::NotANumber`] if the event needs one; without one only a call
/// that showed none can be marked, not a name or a short number.
pub(crate) fn number_for(
    event: Event,
    caller: &Caller,
) -> Result<Option<&ringfence::number::E164>, EngineError> {
    let number = caller.e164();
    let without_number = matches!(event, Event::Rang | Event::MarkedScam | Event::Unmarked);
    if number.is_none() && !(without_number && *caller == Caller::Hidden) {
        return Err(EngineError::NotANumber);
    }
    Ok(number)
}

fn new_key() -> Result<MemoryKey, EngineError> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|_| io::Error::from(ErrorKind::Other))?;
    Ok(MemoryKey::new(random))
}

/// A memory's file by itself, for tools; not to be used on one that an engine
/// has open. Its `Debug` shows nothing.
pub struct MemoryFile {
    folder: Folder,
    log: MemoryLog,
    memory: Option<PersonalMemory>,
}

impl MemoryFile {
    /// Opens a file. If there is none, the first event makes it.
    ///
    /// # Errors
    /// [`EngineError::Storage`] or [`EngineError::Memory`] if it cannot be
    /// read.
    pub fn open(path: &Path) -> Result<Self, EngineError> {
        // A link stays a link.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.ok_or(io::Error::from(ErrorKind::InvalidFilename))?;
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let folder = Folder::existing(folder);
        let (log, memory) = MemoryLog::read(&folder, name);
        match log.state {
            State::Unreadable(kind) => Err(io::Error::from(kind).into()),
            State::Newer => Err(MemoryError::Newer.into()),
            State::Lost => Err(MemoryError::Damaged.into()),
            State::Missing | State::Sound | State::Damaged => Ok(Self {
                folder,
                log,
                memory,
            }),
        }
    }

    /// What it holds; `None` if there is no such file.
    pub fn memory(&self) -> Option<&PersonalMemory> {
        self.memory.as_ref()
    }

    /// Remembers something at the time `now`; it is on disk when this returns.
    ///
    /// # Errors
    /// [`EngineError::NotANumber`] if that is what it needs and not what it
    /// got, or that it could not be written.
    pub fn remember(&mut self, caller: &Caller, event: Event, now: u64) -> Result<(), EngineError> {
        let number = number_for(event, caller)?;
        let memory = self.memory.as_ref();
        let hash = |key: &MemoryKey| number.map(|number| key.caller(number));
        let stored = self
            .log
            .store(&self.folder, memory, Some(event), hash, now)?;
        self.memory = stored.or(self.memory.take());
        Ok(())
    }
}

impl fmt::Debug for MemoryFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemoryFile")
    }
}
