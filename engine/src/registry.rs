//! The engines of this process, so that everything that opens a folder shares
//! one: a change made through one of them shows at once in all.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Weak};

use arc_swap::ArcSwap;

use crate::engine::Engine;

struct Open {
    folder: PathBuf,
    engine: Weak<Engine>,
}

/// Read and replaced as a whole, so nobody waits for anybody.
static ENGINES: LazyLock<ArcSwap<Vec<Arc<Open>>>> = LazyLock::new(ArcSwap::default);

/// The engine that has this folder open.
pub(crate) fn find(folder: &Path) -> Option<Arc<Engine>> {
    find_in(&ENGINES.load(), folder)
}

fn find_in(engines: &[Arc<Open>], folder: &Path) -> Option<Arc<Engine>> {
    let mut engines = engines.iter().filter(|open| open.folder == folder);
    engines.find_map(|open| open.engine.upgrade())
}

/// Adds an engine, or gives the one that somebody else added meanwhile.
pub(crate) fn add(folder: &Path, engine: Arc<Engine>) -> Arc<Engine> {
    let new = Arc::new(Open {
        folder: folder.to_owned(),
        engine: Arc::downgrade(&engine),
    });
    let mut other = None;
    ENGINES.rcu(|engines| {
        other = find_in(engines, folder);
        let mut engines = Vec::clone(engines);
        if other.is_none() {
            engines.retain(|open| open.engine.strong_count() > 0);
            engines.push(Arc::clone(&new));
        }
        engines
    });
    other.unwrap_or(engine)
}
