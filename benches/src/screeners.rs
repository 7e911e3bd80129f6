//! Who decides about calls: the core, and an engine with a phone's files.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use ringfence::database::Database;
use ringfence::number::Region;
use ringfence::screening::{Call, NoMemory, Presentation, Settings, explain, screen};
use ringfence_engine::Engine;

use crate::Outcome;
use crate::contestants::Contestant;
use crate::phones;

/// How long after its database was issued a call comes, in seconds.
pub const LATER: u64 = 86_400;

/// The call that an input stands for: one without a number is hidden.
pub fn call(number: &str, home: Option<Region>) -> Call<'_> {
    let presentation = if number.is_empty() {
        Presentation::Restricted
    } else {
        Presentation::Allowed
    };
    Call {
        presentation,
        home,
        ..Call::incoming(number)
    }
}

/// The core's `screen`, with settings as they come and no memory.
pub struct Core {
    database: &'static Database,
    settings: Settings,
    now: u64,
}

impl Contestant for Core {
    type Home = Region;

    fn open(database: &Path) -> Outcome<Self> {
        // In use until the process ends.
        let database: &Database = Box::leak(Box::new(Database::open(database)?));
        Ok(Self {
            database,
            settings: Settings::default(),
            now: database.issued() + LATER,
        })
    }

    fn home(code: &str) -> Option<Region> {
        code.parse().ok()
    }

    #[inline]
    fn answer(&self, text: &str, home: Option<Region>) -> bool {
        let call = call(text, home);
        let verdict = screen(&call, &self.settings, &NoMemory, self.database, self.now);
        black_box(verdict);
        true
    }
}

/// The same, explained.
pub struct Explained(Core);

impl Contestant for Explained {
    type Home = Region;

    fn open(database: &Path) -> Outcome<Self> {
        Core::open(database).map(Self)
    }

    fn home(code: &str) -> Option<Region> {
        Core::home(code)
    }

    #[inline]
    fn answer(&self, text: &str, home: Option<Region>) -> bool {
        let Core {
            database,
            settings,
            now,
        } = &self.0;
        let explained = explain(&call(text, home), settings, &NoMemory, database, *now);
        black_box(explained);
        true
    }
}

/// An engine on the phone that the database is on, asked as the library asks.
pub struct Phone {
    engine: Arc<Engine>,
    now: u64,
}

impl Contestant for Phone {
    type Home = Region;

    fn open(database: &Path) -> Outcome<Self> {
        let engine = phones::open(database)?;
        let now = engine.database().0.issued() + LATER;
        Ok(Self { engine, now })
    }

    fn home(_: &str) -> Option<Region> {
        // That of its settings holds.
        None
    }

    #[inline]
    fn answer(&self, text: &str, home: Option<Region>) -> bool {
        let verdict = self.engine.screen(&call(text, home), self.now);
        black_box(verdict.bits());
        true
    }
}
