//! Where a database is, as Kotlin says it.

use std::path::Path;

use ringfence_engine::{DatabaseSource as Source, EngineError};

/// Where a database is.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum DatabaseSource {
    /// A file of its own.
    Path {
        /// Its path.
        path: String,
    },
    /// Part of an open file, such as an asset that is stored uncompressed in
    /// the APK. It must stay open until the call returns.
    Descriptor {
        /// The file descriptor, as `ParcelFileDescriptor.getFd()` gives it.
        descriptor: i32,
        /// Where the database starts, in bytes.
        offset: i64,
        /// How long it is, in bytes.
        length: i64,
    },
}

/// Hands the source on as the engine takes it.
///
/// # Errors
/// Those of `body`; [`EngineError::Storage`] if there can be no such
/// descriptor or no such part.
pub fn with_source<T>(
    source: &DatabaseSource,
    body: impl FnOnce(Source<'_>) -> Result<T, EngineError>,
) -> Result<T, EngineError> {
    match source {
        DatabaseSource::Path { path } => body(Source::Path(Path::new(path))),
        DatabaseSource::Descriptor {
            descriptor,
            offset,
            length,
        } => {
            let unsigned = |value: i64| u64::try_from(value).ok();
            match (borrow(*descriptor), unsigned(*offset), unsigned(*length)) {
                (Some(descriptor), Some(offset), Some(length)) => body(Source::Descriptor {
                    descriptor,
                    offset,
                    length,
                }),
                _ => Err(std::io::Error::from(std::io::ErrorKind::InvalidInput).into()),
            }
        }
    }
}

/// The descriptor with this number.
#[allow(unsafe_code)]
fn borrow<'a>(descriptor: i32) -> Option<std::os::fd::BorrowedFd<'a>> {
    // SAFETY: the number is not -1. Whoever calls keeps the file open until
    // the call returns, as documented; it is only duplicated and mapped
    // meanwhile. Should it be closed, the system says so, and should it be
    // another file by then, that is not taken for a database unless it is one.
    (descriptor >= 0).then(|| unsafe { std::os::fd::BorrowedFd::borrow_raw(descriptor) })
}
