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
    /// A file or part of an open one, whichever was issued later; the file if
    /// both were at the same time. If one cannot be opened it is the other.
    Newest {
        /// The path of the file.
        path: String,
        /// The descriptor of the open file, as above.
        descriptor: i32,
        /// Where the database starts in it, in bytes.
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
        } => match part(*descriptor, *offset, *length) {
            Some(part) => body(part),
            None => Err(std::io::Error::from(std::io::ErrorKind::InvalidInput).into()),
        },
        DatabaseSource::Newest {
            path,
            descriptor,
            offset,
            length,
        } => {
            let file = Source::Path(Path::new(path));
            match part(*descriptor, *offset, *length) {
                Some(part) => body(Source::Newest(&file, &part)),
                None => body(file),
            }
        }
    }
}

/// Part of an open file, if there can be such a descriptor and such a part.
fn part<'a>(descriptor: i32, offset: i64, length: i64) -> Option<Source<'a>> {
    Some(Source::Descriptor {
        descriptor: borrow(descriptor)?,
        offset: u64::try_from(offset).ok()?,
        length: u64::try_from(length).ok()?,
    })
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
