//! What can be wrong with the sources of a database.

use std::fmt;
use std::path::PathBuf;

/// Why a database could not be built. The text says where and what to do.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read or written.
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        error: std::io::Error,
    },
    /// A source file has an entry that does not follow its schema, or that
    /// contradicts another.
    Source {
        /// The file.
        path: PathBuf,
        /// The line, from 1; 0 if it is the whole file.
        line: usize,
        /// What is wrong and what to do.
        message: String,
    },
    /// libphonenumber's metadata cannot be read or has something this
    /// publisher cannot compile.
    Metadata(String),
    /// The database that numbers are understood by is damaged.
    Database(ringfence::database::Error),
    /// The automaton, a table or the file outgrew the format's limits.
    TooLarge(&'static str),
    /// No region of the requested ones is in the metadata.
    NoSuchRegion(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, error } => write!(f, "{}: {error}", path.display()),
            Self::Source {
                path,
                line: 0,
                message,
            } => write!(f, "{}: {message}", path.display()),
            Self::Source {
                path,
                line,
                message,
            } => write!(f, "{}:{line}: {message}", path.display()),
            Self::Metadata(message) => write!(f, "libphonenumber's metadata: {message}"),
            Self::Database(error) => write!(f, "the database: {error}"),
            Self::TooLarge(what) => write!(
                f,
                "{what} is larger than format version 1 allows: a new format version is needed"
            ),
            Self::NoSuchRegion(region) => {
                write!(
                    f,
                    "the metadata has no region {region}: use a code such as GB"
                )
            }
        }
    }
}

impl std::error::Error for Error {}
