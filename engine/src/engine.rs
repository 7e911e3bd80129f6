//! The engine.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::ArcSwap;
use ringfence::database::{Database, SectionId};
use ringfence::screening::{
    Action, Call, Caller, CallerHash, Direction, Event, Explanation, Memory, MemoryKey, NoMemory,
    PersonalMemory, Settings, explain, screen,
};

use crate::calls::{CallLog, LoggedCall};
use crate::disk::{Disk, Folder};
use crate::error::EngineError;
use crate::memory::{self, MemoryLog, number_for};
use crate::packed::PackedVerdict;
use crate::registry::Registry;
use crate::settings::{self, SettingsFile};

/// Where a database is.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum DatabaseSource<'a> {
    /// A file of its own.
    Path(&'a Path),
    /// Part of an open file, such as an asset of an APK that is stored
    /// uncompressed. The descriptor may be closed afterwards.
    #[cfg(unix)]
    Descriptor {
        /// The open file.
        descriptor: std::os::fd::BorrowedFd<'a>,
        /// Where the database starts, in bytes.
        offset: u64,
        /// How long it is, in bytes.
        length: u64,
    },
    /// Bytes of the program.
    Static(&'static [u8]),
    /// The one of two that was issued later, the first if both were at the
    /// same time. One that cannot be opened, or is damaged where screening
    /// reads it, does not hinder the other. If neither can be opened, the
    /// error is that of the second.
    Newest(&'a DatabaseSource<'a>, &'a DatabaseSource<'a>),
}

/// What the newer of two databases has to pass.
type Check = fn(&Database) -> Result<(), ringfence::database::Error>;

/// Reads all pages that a verdict can need: so few that a call can wait for
/// it, and they are not checked again when it comes.
fn screens(database: &Database) -> Result<(), ringfence::database::Error> {
    for id in [SectionId::PLAN, SectionId::RANGES] {
        let section = database.section(id)?;
        section.bytes(0, section.len())?;
    }
    Ok(())
}

impl DatabaseSource<'_> {
    fn open(self, check: Check) -> Result<Database, EngineError> {
        Ok(match self {
            Self::Path(path) => Database::open(path)?,
            #[cfg(unix)]
            Self::Descriptor {
                descriptor,
                offset,
                length,
            } => Database::from_descriptor(descriptor, offset, length)?,
            Self::Static(bytes) => Database::from_static(bytes)?,
            Self::Newest(first, second) => match (first.open(check), second.open(check)) {
                (Ok(first), Ok(second)) => {
                    let (newer, other) = if second.issued() > first.issued() {
                        (second, first)
                    } else {
                        (first, second)
                    };
                    if check(&newer).is_ok() { newer } else { other }
                }
                (Ok(one), Err(_)) | (Err(_), Ok(one)) => one,
                (Err(_), Err(error)) => return Err(error),
            },
        })
    }
}

/// Whom something is remembered of. Its `Debug` does not show the number.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Whom<'a> {
    /// The number as the phone or the user gives it; empty for a call that
    /// showed none, which can be marked as a scam and unmarked.
    Number(&'a str),
    /// A call of the log, by its id.
    Call(u64),
}

impl fmt::Debug for Whom<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number(_) => "Number",
            Self::Call(_) => "Call",
        })
    }
}

/// What a verdict is made from. Replaced as a whole, never changed.
#[derive(Clone)]
struct State {
    database: Arc<Database>,
    /// Counts the databases since the folder was opened, from 1 on.
    generation: u32,
    settings: Arc<Settings>,
    memory: Option<Arc<PersonalMemory>>,
}

impl State {
    /// The call as a phone at home where the settings say.
    fn at_home<'a>(&self, call: &Call<'a>) -> Call<'a> {
        Call {
            home: call.home.or(self.settings.home),
            ..*call
        }
    }

    fn memory(&self) -> &dyn Memory {
        match &self.memory {
            Some(memory) => &**memory,
            None => &NoMemory,
        }
    }

    fn explain(&self, call: &Call<'_>, now: u64) -> Explanation {
        explain(call, &self.settings, self.memory(), &self.database, now)
    }
}

/// What only one at a time may change.
struct Files {
    disk: Box<dyn Disk>,
    memory: MemoryLog,
    settings: SettingsFile,
    /// Read when it is first needed, which is never before a call is answered.
    calls: Option<CallLog>,
}

impl Files {
    /// The calls of the log, the first first.
    fn calls(&self) -> Result<Vec<LoggedCall>, EngineError> {
        Ok(match &self.calls {
            Some(log) => log.calls(&*self.disk)?,
            None => CallLog::read(&*self.disk)?.1,
        })
    }
}

/// All that are open in this process.
static ENGINES: Registry<Engine> = Registry::new();

/// One phone's Ringfence; see the crate.
pub struct Engine {
    state: ArcSwap<State>,
    files: Mutex<Files>,
}

impl Engine {
    /// Opens a folder, which is made if there is none. If this process has it
    /// open already, that engine is shared and `database` is not looked at.
    ///
    /// Settings or a memory that cannot be read do not keep it from opening:
    /// the defaults hold, nothing is remembered, and what is there stays there.
    ///
    /// # Errors
    /// [`EngineError::Database`] if there is no database to be opened,
    /// [`EngineError::Storage`] if there is no such folder and none can be made.
    pub fn open(folder: &Path, database: DatabaseSource<'_>) -> Result<Arc<Self>, EngineError> {
        let disk = Folder::open(folder)?;
        let folder = folder.canonicalize()?;
        ENGINES.get(&folder, || Self::with_disk(Box::new(disk), database))
    }

    /// The engine with which this process has a folder open.
    ///
    /// # Errors
    /// [`EngineError::Closed`] if it has not, [`EngineError::Storage`] if
    /// there is no such folder.
    pub fn shared(folder: &Path) -> Result<Arc<Self>, EngineError> {
        let folder = folder.canonicalize()?;
        ENGINES.get(&folder, || Err(EngineError::Closed))
    }

    /// Opens files wherever they are, for this engine alone.
    ///
    /// # Errors
    /// [`EngineError::Database`] if there is no database to be opened.
    pub fn with_disk(
        disk: Box<dyn Disk>,
        database: DatabaseSource<'_>,
    ) -> Result<Self, EngineError> {
        let database = Arc::new(database.open(screens)?);
        let (memory_log, memory) = MemoryLog::read(&*disk, memory::NAME);
        let (settings_file, settings) = SettingsFile::read(&*disk);
        Ok(Self {
            state: ArcSwap::from_pointee(State {
                database,
                generation: 1,
                settings: Arc::new(settings),
                memory: memory.map(Arc::new),
            }),
            files: Mutex::new(Files {
                disk,
                memory: memory_log,
                settings: settings_file,
                calls: None,
            }),
        })
    }

    /// Decides about a call at the time `now`, in seconds since
    /// 1970-01-01T00:00:00Z. Takes no lock, allocates nothing (but some bytes
    /// for the first call of a thread) and does not fail. Without a
    /// [`Call::home`] the one of the settings holds.
    pub fn screen(&self, call: &Call<'_>, now: u64) -> PackedVerdict {
        let state = self.state.load();
        let call = state.at_home(call);
        let verdict = match &state.memory {
            Some(memory) => screen(&call, &state.settings, &**memory, &state.database, now),
            None => screen(&call, &state.settings, &NoMemory, &state.database, now),
        };
        PackedVerdict::new(&verdict, state.generation)
    }

    /// Decides as [`Engine::screen`] does and says why.
    pub fn explain(&self, call: &Call<'_>, now: u64) -> Explanation {
        let state = self.state.load();
        state.explain(&state.at_home(call), now)
    }

    /// Takes note of a call that was screened: that it rang, or that the user
    /// called, and the verdict in the log. To be called once the phone has its
    /// answer, since it writes to the disk.
    ///
    /// A number that the user calls in spite of a warning does not become
    /// known by that alone.
    ///
    /// # Errors
    /// [`EngineError::Storage`] or [`EngineError::Memory`] if it could not be
    /// written to the memory or to the log; the other of them may have it.
    pub fn record(&self, call: &Call<'_>, now: u64) -> Result<(), EngineError> {
        let mut files = self.files();
        let state = self.state.load_full();
        let explained = state.explain(&state.at_home(call), now);
        let event = match (call.direction, &explained.caller) {
            (Direction::Incoming, Caller::Number(_) | Caller::Hidden) => Some(Event::Rang),
            (Direction::Outgoing, Caller::Number(_))
                if explained.verdict.action == Action::Allow =>
            {
                Some(Event::Called)
            }
            _ => None,
        };
        let number = explained.caller.e164();
        let hash = |key: &MemoryKey| number.map(|number| key.caller(number));
        let remembered = match event {
            Some(event) => self.store(&mut files, Some(event), hash, now),
            // So that the log can tell whose call it was, there is a key.
            None if number.is_some() => self.store(&mut files, None, hash, now),
            None => Ok(()),
        };
        if state.settings.call_log {
            let memory = self.state.load().memory.clone();
            let logged = LoggedCall::new(
                &explained,
                call.direction,
                memory.as_deref().map(PersonalMemory::key),
                state.generation,
                state.database.release(),
                now,
            );
            let Files { disk, calls, .. } = &mut *files;
            let log = match calls {
                Some(log) => log,
                None => calls.insert(CallLog::read(&**disk)?.0),
            };
            log.store(&**disk, logged)?;
        }
        remembered
    }

    /// Remembers something at the time `now`; it is on disk when this returns.
    ///
    /// # Errors
    /// [`EngineError::NotANumber`] if that is what it needs and not what it
    /// got, [`EngineError::UnknownCall`], or that it could not be written.
    pub fn remember(&self, whom: Whom<'_>, event: Event, now: u64) -> Result<(), EngineError> {
        let mut files = self.files();
        let state = self.state.load_full();
        match whom {
            Whom::Number(text) => {
                let call = state.at_home(&Call::incoming(text));
                let caller = Caller::of(&call, &state.database);
                let number = number_for(event, &caller)?;
                let hash = |key: &MemoryKey| number.map(|number| key.caller(number));
                self.store(&mut files, Some(event), hash, now)
            }
            Whom::Call(id) => {
                let calls = files.calls()?;
                let call = calls.iter().find(|call| call.id == id);
                let key = state.memory.as_deref().map(PersonalMemory::key);
                let hash = call.ok_or(EngineError::UnknownCall)?.caller(key)?;
                if hash.is_none() {
                    number_for(event, &Caller::Hidden)?;
                }
                self.store(&mut files, Some(event), |_| hash, now)
            }
        }
    }

    /// The calls of the log, the latest first, at most [`CALLS`](crate::CALLS).
    ///
    /// # Errors
    /// [`EngineError::Storage`].
    pub fn calls(&self) -> Result<Vec<LoggedCall>, EngineError> {
        let mut calls = self.files().calls()?;
        calls.reverse();
        Ok(calls)
    }

    /// The settings in force.
    pub fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.state.load().settings)
    }

    /// Why the settings' file could not be read, if so; the defaults hold.
    pub fn unreadable_settings(&self) -> Option<String> {
        self.files().settings.unreadable.clone()
    }

    /// Puts settings in force; they are on disk when this returns. Switching
    /// the log of calls off empties it, before anything else is done.
    ///
    /// # Errors
    /// [`EngineError::Settings`] if they would not be read again,
    /// [`EngineError::Storage`] if they could not be written. The ones before
    /// stay in force.
    pub fn change_settings(&self, settings: Settings) -> Result<(), EngineError> {
        let text = settings::to_text(&settings)?;
        let mut files = self.files();
        let Files {
            disk,
            settings: file,
            calls,
            ..
        } = &mut *files;
        if !settings.call_log {
            // First, so that no log outlives its being switched off.
            *calls = None;
            CallLog::forget(&**disk)?;
        }
        file.write(&**disk, &text)?;
        self.swap(|state| State {
            settings: Arc::new(settings),
            ..state
        });
        Ok(())
    }

    /// The settings as a text to be kept elsewhere. It holds the numbers of
    /// the user's lists.
    ///
    /// # Errors
    /// [`EngineError::Settings`] if they cannot be written.
    pub fn export_settings(&self) -> Result<String, EngineError> {
        settings::to_text(&self.settings())
    }

    /// Puts the settings of an exported text in force, of any version up to
    /// this program's.
    ///
    /// # Errors
    /// As [`Engine::change_settings`]; [`EngineError::Settings`] also if the
    /// text is not understood.
    pub fn import_settings(&self, text: &str) -> Result<(), EngineError> {
        self.change_settings(settings::parse(text)?)
    }

    /// Forgets everything: the memory with its key, the log and the settings.
    ///
    /// # Errors
    /// [`EngineError::Storage`] if a file could not be removed; what could be
    /// forgotten is.
    pub fn forget_everything(&self) -> Result<(), EngineError> {
        let mut files = self.files();
        self.swap(|state| State {
            settings: Arc::default(),
            memory: None,
            ..state
        });
        files.calls = None;
        let Files {
            disk,
            memory,
            settings,
            ..
        } = &mut *files;
        let memory = memory.forget(&**disk).map_err(EngineError::from);
        let calls = CallLog::forget(&**disk).map_err(EngineError::from);
        let settings = settings.forget(&**disk);
        memory.and(calls).and(settings)
    }

    /// How many numbers, neighbourhoods and the like are remembered.
    pub fn remembered(&self) -> usize {
        let state = self.state.load();
        state.memory.as_ref().map_or(0, |memory| memory.len())
    }

    /// The database in use, and which it is since the folder was opened, from
    /// 1 on.
    pub fn database(&self) -> (Arc<Database>, u32) {
        let state = self.state.load();
        (Arc::clone(&state.database), state.generation)
    }

    /// Uses another database from now on, once all of it has been checked.
    /// Calls that are being screened end with the one before. Of
    /// [`DatabaseSource::Newest`] one that is damaged anywhere does not hinder
    /// the other.
    ///
    /// # Errors
    /// [`EngineError::Database`] if it cannot be opened or is damaged
    /// anywhere. The one before stays in use.
    pub fn use_database(&self, database: DatabaseSource<'_>) -> Result<u32, EngineError> {
        let database = database.open(Database::verify)?;
        database.verify()?;
        let database = Arc::new(database);
        let _files = self.files();
        let generation = self.state.load().generation.wrapping_add(1).max(1);
        self.swap(|state| State {
            database,
            generation,
            ..state
        });
        Ok(generation)
    }

    fn files(&self) -> MutexGuard<'_, Files> {
        // Whatever broke off half-way left the files as a crash does.
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Replaces the state. Whoever does so holds the files.
    fn swap(&self, change: impl FnOnce(State) -> State) {
        let state = State::clone(&self.state.load());
        self.state.store(Arc::new(change(state)));
    }

    fn store(
        &self,
        files: &mut Files,
        event: Option<Event>,
        caller: impl FnOnce(&MemoryKey) -> Option<CallerHash>,
        now: u64,
    ) -> Result<(), EngineError> {
        let memory = self.state.load().memory.clone();
        let Files {
            disk, memory: log, ..
        } = files;
        let stored = log.store(&**disk, memory.as_deref(), event, caller, now)?;
        if let Some(memory) = stored {
            self.swap(|state| State {
                memory: Some(Arc::new(memory)),
                ..state
            });
        }
        Ok(())
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine")
            .field("database", &self.state.load().database)
            .finish_non_exhaustive()
    }
}
