//! The one object.

use std::path::Path;
use std::sync::Arc;

use ringfence::database::Database;
use ringfence_engine::Engine;

use crate::error::{RingfenceError, guarded, internal_failures};
use crate::source::{DatabaseSource, with_source};
use crate::{
    Assessment, Call, CallReport, CallWindow, Event, Explanation, InstalledApp, LoggedCall,
    RemoteTool, Settings, Whom, millis, seconds,
};

/// What is in use.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Status {
    /// The release of the database, such as `2026.11.22`.
    pub release: String,
    /// When it was issued.
    pub issued: i64,
    /// Its length in bytes.
    pub length: i64,
    /// The version of its format.
    pub format_version: i32,
    /// What identifies it: SHA-256 of its header, in hexadecimal digits.
    pub fingerprint: String,
    /// What it was made from, one line a source.
    pub sources: Vec<String>,
    /// Which of the databases used since the folder was opened it is, from 1
    /// on.
    pub generation: i32,
    /// How many numbers, neighbourhoods and the like the phone remembers.
    pub remembered: i32,
    /// Why the stored settings could not be read, if so: the defaults hold.
    pub unreadable_settings: Option<String>,
    /// Faults of the program since it was started. The phone rang each time.
    pub internal_failures: i64,
}

/// Everything but the verdict on a ringing call.
///
/// It may be used from several threads at once. Its functions may read and
/// write files: call them off the main thread.
#[derive(Debug, uniffi::Object)]
pub struct Control {
    engine: Arc<Engine>,
}

#[uniffi::export]
impl Control {
    /// Opens a folder, which is made if there is none. If this process has it
    /// open already, in either plane, everything is shared with that, and
    /// `database` is not looked at.
    #[uniffi::constructor]
    pub fn open(folder: String, database: DatabaseSource) -> Result<Arc<Self>, RingfenceError> {
        guarded(|| {
            let folder = Path::new(&folder);
            let engine = with_source(&database, |source| Engine::open(folder, source))?;
            Ok(Arc::new(Self { engine }))
        })
    }

    /// Shares what this process has open in a folder, in either plane. No
    /// database is named, so none can be the wrong one.
    #[uniffi::constructor]
    pub fn shared(folder: String) -> Result<Arc<Self>, RingfenceError> {
        guarded(|| {
            let engine = Engine::shared(Path::new(&folder))?;
            Ok(Arc::new(Self { engine }))
        })
    }

    /// Was this call a scam? Takes what the person wrote and answered, and
    /// gives what it looks like, what gives that away, what to do now, and the
    /// next question. Order and repetition of the answers do not matter.
    pub fn check(&self, report: CallReport) -> Result<Assessment, RingfenceError> {
        guarded(|| report.assess(&self.database()))
    }

    /// Programs for remote access among the installed apps, the most worrying
    /// first. Having one means nothing by itself; getting one during a strange
    /// call means much.
    pub fn remote_tools(
        &self,
        apps: Vec<InstalledApp>,
        call: CallWindow,
    ) -> Result<Vec<RemoteTool>, RingfenceError> {
        guarded(|| RemoteTool::find(&self.database(), &apps, call))
    }

    /// What screening would say to a call at this time, and why: for a number
    /// that the user wants to test. Changes nothing.
    pub fn explain(&self, call: Call, at: i64) -> Result<Explanation, RingfenceError> {
        guarded(|| {
            let explained = self.engine.explain(&call.read(), seconds(at));
            Ok(Explanation::new(&explained, self.engine.database().1))
        })
    }

    /// The settings in force.
    pub fn settings(&self) -> Result<Settings, RingfenceError> {
        guarded(|| Ok(Settings::from(&*self.engine.settings())))
    }

    /// Puts settings in force, on disk as well when this returns. Switching
    /// the log of calls off empties it. If they are refused, the ones before
    /// stay in force.
    pub fn change_settings(&self, settings: Settings) -> Result<(), RingfenceError> {
        guarded(|| {
            let settings = settings.read(&self.database())?;
            Ok(self.engine.change_settings(settings)?)
        })
    }

    /// The settings as a text, to be kept in a file elsewhere. It holds the
    /// numbers of the user's lists.
    pub fn export_settings(&self) -> Result<String, RingfenceError> {
        guarded(|| Ok(self.engine.export_settings()?))
    }

    /// Puts the settings of an exported text in force, of this or an earlier
    /// version, and gives them.
    pub fn import_settings(&self, text: String) -> Result<Settings, RingfenceError> {
        guarded(|| {
            self.engine.import_settings(&text)?;
            Ok(Settings::from(&*self.engine.settings()))
        })
    }

    /// Remembers something of a number or of a call in the log; it is on disk
    /// when this returns.
    pub fn remember(&self, whom: Whom, event: Event, at: i64) -> Result<(), RingfenceError> {
        guarded(|| {
            Ok(self
                .engine
                .remember(whom.read()?, event.into(), seconds(at))?)
        })
    }

    /// The last calls with their verdicts, at most 200, the latest first.
    pub fn calls(&self) -> Result<Vec<LoggedCall>, RingfenceError> {
        guarded(|| Ok(self.engine.calls()?.into_iter().map(Into::into).collect()))
    }

    /// Forgets everything: what is remembered, the log of calls and the
    /// settings. Nothing is left on disk, and the default settings hold.
    pub fn forget_everything(&self) -> Result<(), RingfenceError> {
        guarded(|| Ok(self.engine.forget_everything()?))
    }

    /// What is in use.
    pub fn status(&self) -> Result<Status, RingfenceError> {
        guarded(|| {
            let (database, generation) = self.engine.database();
            let number = |value: usize| i32::try_from(value).unwrap_or(i32::MAX);
            let fingerprint = database.fingerprint();
            Ok(Status {
                release: database.release().to_owned(),
                issued: millis(database.issued()),
                length: i64::try_from(database.length()).unwrap_or(i64::MAX),
                format_version: number(database.format_version() as usize),
                fingerprint: fingerprint
                    .iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect(),
                sources: database.sources()?.map(str::to_owned).collect(),
                generation: number(generation as usize),
                remembered: number(self.engine.remembered()),
                unreadable_settings: self.engine.unreadable_settings(),
                internal_failures: internal_failures(),
            })
        })
    }

    /// Uses another database from now on, in both planes, once all of it has
    /// been checked. Calls that are being screened end with the one before;
    /// it stays in use if the new one is refused.
    pub fn use_database(&self, database: DatabaseSource) -> Result<(), RingfenceError> {
        guarded(|| {
            with_source(&database, |source| self.engine.use_database(source))?;
            Ok(())
        })
    }
}

impl Control {
    fn database(&self) -> Arc<Database> {
        self.engine.database().0
    }
}
