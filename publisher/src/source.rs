//! Source files, and errors that say where in them.

use std::path::PathBuf;

use serde::Deserialize;

use crate::Error;

/// A source file that says where an error is.
pub struct Source {
    /// Where it lies.
    pub path: PathBuf,
    text: String,
}

impl Source {
    /// Reads a file.
    pub fn read(path: PathBuf) -> Result<Self, Error> {
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Self { path, text }),
            Err(error) => Err(Error::Io { path, error }),
        }
    }

    /// Reads its TOML.
    pub fn parse<'a, T: Deserialize<'a>>(&'a self) -> Result<T, Error> {
        toml::from_str(&self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            self.error(at, error.message())
        })
    }

    /// An error at a byte of the file.
    pub fn error(&self, at: usize, message: impl Into<String>) -> Error {
        let before = self.text.get(..at).unwrap_or_default();
        Error::Source {
            path: self.path.clone(),
            line: 1 + before.matches('\n').count(),
            message: message.into(),
        }
    }
}
