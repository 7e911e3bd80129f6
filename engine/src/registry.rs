//! The engines of this process, so that everything that opens a folder shares
//! one: a change made through one of them shows at once in all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use crate::EngineError;

/// What has one folder open. Held while the folder's files are read, so that
/// nobody else opens it, writes and closes meanwhile.
struct Place<T>(Mutex<Weak<T>>);

/// What is open, by folder.
pub(crate) struct Registry<T> {
    places: Mutex<BTreeMap<PathBuf, Arc<Place<T>>>>,
}

impl<T> Registry<T> {
    pub const fn new() -> Self {
        Self {
            places: Mutex::new(BTreeMap::new()),
        }
    }

    /// What has the folder open, or what `open` makes if nothing has.
    pub fn get(
        &self,
        folder: &Path,
        open: impl FnOnce() -> Result<T, EngineError>,
    ) -> Result<Arc<T>, EngineError> {
        let place = {
            let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
            // One that somebody is about to use is held by them too.
            places.retain(|_, place| Arc::strong_count(place) > 1 || place.is_open());
            let new = || Arc::new(Place(Mutex::new(Weak::new())));
            Arc::clone(places.entry(folder.to_owned()).or_insert_with(new))
        };
        let mut value = place.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = value.upgrade() {
            return Ok(open);
        }
        let opened = Arc::new(open()?);
        *value = Arc::downgrade(&opened);
        Ok(opened)
    }
}

impl<T> Place<T> {
    fn is_open(&self) -> bool {
        let value = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        value.strong_count() > 0
    }
}
