//! The errors Kotlin sees: few, and each message says what to do.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicI64, Ordering};

use ringfence_engine::EngineError;

/// Why something could not be done. The message says what to do and holds no
/// number, note or path.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Error)]
#[uniffi(flat_error)]
#[non_exhaustive]
pub enum RingfenceError {
    /// The database is missing, damaged or of a later format.
    Database(String),
    /// The settings were refused; the ones before stay in force.
    Settings(String),
    /// The phone's storage could not be read or written.
    Storage(String),
    /// What was passed in makes no sense.
    Input(String),
    /// This process does not have the folder open.
    Closed(String),
    /// A fault of the program; it goes on.
    Internal(String),
}

impl fmt::Display for RingfenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(message)
            | Self::Settings(message)
            | Self::Storage(message)
            | Self::Input(message)
            | Self::Closed(message)
            | Self::Internal(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for RingfenceError {}

impl From<EngineError> for RingfenceError {
    fn from(error: EngineError) -> Self {
        let message = error.to_string();
        match error {
            EngineError::Database(_) | EngineError::Fault(_) => Self::Database(message),
            EngineError::Settings(_) => Self::Settings(message),
            EngineError::Storage(_) | EngineError::Memory(_) => Self::Storage(message),
            EngineError::UnknownCall | EngineError::NotANumber => Self::Input(message),
            EngineError::Closed => Self::Closed(message),
            // Whatever the engine comes to know.
            _ => Self::Internal(message),
        }
    }
}

impl From<ringfence::database::Fault> for RingfenceError {
    fn from(fault: ringfence::database::Fault) -> Self {
        EngineError::from(fault).into()
    }
}

/// Faults of the program since it was started, in both planes.
static INTERNAL_FAILURES: AtomicI64 = AtomicI64::new(0);

/// Counts a fault of the program, for
/// [`Status::internal_failures`](crate::Status::internal_failures).
pub fn count_internal_failure() {
    INTERNAL_FAILURES.fetch_add(1, Ordering::Relaxed);
}

/// How many have been counted.
pub(crate) fn internal_failures() -> i64 {
    INTERNAL_FAILURES.load(Ordering::Relaxed)
}

/// Runs the body of an exported function. UniFFI would pass on the text of a
/// panic, which could hold anything.
pub(crate) fn guarded<T>(
    body: impl FnOnce() -> Result<T, RingfenceError>,
) -> Result<T, RingfenceError> {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|payload| {
        // Dropping it could panic again.
        std::mem::forget(payload);
        count_internal_failure();
        let message = "Ringfence made a mistake: try again, and report it if it comes back";
        Err(RingfenceError::Internal(message.to_owned()))
    })
}
