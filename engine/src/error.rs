//! What can go wrong beside the call path.

use std::fmt;
use std::io;

use ringfence::database::Fault;
use ringfence::screening::MemoryError;

/// Why something could not be done. No message holds a number, a note or a
/// path.
#[derive(Debug)]
#[non_exhaustive]
pub enum EngineError {
    /// The database could not be opened.
    Database(ringfence::database::Error),
    /// The database is damaged in one place.
    Fault(Fault),
    /// The settings could not be read, or were refused.
    Settings(String),
    /// The memory cannot be read.
    Memory(MemoryError),
    /// Something could not be read from the phone's storage or written to it.
    Storage(io::Error),
    /// The call is not in the log any more, or its number was forgotten.
    UnknownCall,
    /// It is no telephone number.
    NotANumber,
    /// This process does not have the folder open.
    Closed,
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => error.fmt(f),
            Self::Fault(fault) => fault.fmt(f),
            Self::Settings(message) => f.write_str(message),
            Self::Memory(error) => error.fmt(f),
            Self::Storage(error) if error.kind() == io::ErrorKind::StorageFull => {
                f.write_str("the storage is full: make room and try again")
            }
            Self::Storage(error) => write!(
                f,
                "the storage could not be used ({}): try again, and look whether Ringfence may \
                 write to its own folder",
                error.kind()
            ),
            Self::UnknownCall => f.write_str(
                "this call is not in the log any more, or its number was forgotten: give the \
                 number itself",
            ),
            Self::NotANumber => {
                f.write_str("this is no telephone number: give all its digits, area code included")
            }
            Self::Closed => f.write_str("the folder is closed: open it again"),
        }
    }
}

impl std::error::Error for EngineError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Database(error) => Some(error),
            Self::Fault(fault) => Some(fault),
            Self::Memory(error) => Some(error),
            Self::Storage(error) => Some(error),
            _ => None,
        }
    }
}

impl From<io::Error> for EngineError {
    fn from(error: io::Error) -> Self {
        Self::Storage(error)
    }
}

impl From<MemoryError> for EngineError {
    fn from(error: MemoryError) -> Self {
        Self::Memory(error)
    }
}

impl From<Fault> for EngineError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<ringfence::database::Error> for EngineError {
    fn from(error: ringfence::database::Error) -> Self {
        Self::Database(error)
    }
}
