//! Programs for remote access on the phone, and when they came.

use super::guide::{Guide, RemoteTool};
use crate::database::Fault;

/// Clocks may differ by so much, in seconds.
const SKEW: u64 = 60;
/// A day, in seconds.
const DAY: u64 = 24 * 60 * 60;

/// An app on the phone. Times are Unix times in seconds; 0 is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstalledApp<'p> {
    /// The package, such as `com.example.app`.
    pub package: &'p str,
    /// When it was first installed.
    pub installed_at: u64,
    /// When it was last updated; the time of installation if it never was.
    pub updated_at: u64,
}

/// When a call was, as Unix times in seconds; 0 is unknown. With one of them
/// unknown, the call is taken to be the other moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallWindow {
    /// When it started.
    pub started: u64,
    /// When it ended; now, if it goes on.
    pub ended: u64,
}

/// When an app came, seen from a call; the most worrying first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timing {
    /// During the call, give or take a minute.
    DuringCall,
    /// Within 24 hours after it.
    AfterCall,
    /// It is not known when.
    Unknown,
    /// Within 7 days before the call, or later than 24 hours after it.
    Recently,
    /// Longer ago.
    LongAgo,
}

impl CallWindow {
    /// How a time lies to the call.
    ///
    /// ```
    /// use ringfence::check::{CallWindow, Timing};
    ///
    /// let call = CallWindow { started: 1_795_305_600, ended: 1_795_306_800 };
    /// assert_eq!(call.timing(1_795_306_000), Timing::DuringCall);
    /// assert_eq!(call.timing(1_795_310_400), Timing::AfterCall);
    /// assert_eq!(call.timing(1_600_000_000), Timing::LongAgo);
    /// assert_eq!(call.timing(0), Timing::Unknown);
    /// ```
    pub fn timing(self, time: u64) -> Timing {
        let (mut started, mut ended) = (self.started, self.ended);
        if started == 0 {
            started = ended;
        }
        if ended == 0 {
            ended = started;
        }
        if time == 0 || started == 0 {
            return Timing::Unknown;
        }
        let first = started.min(ended).saturating_sub(SKEW);
        let last = started.max(ended).saturating_add(SKEW);
        if (first..=last).contains(&time) {
            Timing::DuringCall
        } else if time > last && time <= last.saturating_add(DAY) {
            Timing::AfterCall
        } else if time >= first.saturating_sub(7 * DAY) {
            Timing::Recently
        } else {
            Timing::LongAgo
        }
    }
}

/// A program for remote access that is on the phone.
#[derive(Clone, Copy, Debug)]
pub struct ToolFinding<'a> {
    /// The program.
    pub tool: RemoteTool<'a>,
    /// The package that is there.
    pub package: &'a str,
    /// When it came.
    pub timing: Timing,
    /// Whether the timing is that of an update and the app may have been
    /// there before: "installed or updated during the call".
    pub by_update: bool,
}

/// Programs for remote access among the installed apps, the most worrying
/// first: by timing, then the one that came last.
///
/// Having one means nothing by itself; getting one during a strange call
/// means much. An update during the call counts as well, since that is how a
/// program that had been put away comes back; updates at other times come by
/// themselves and count for nothing.
///
/// ```no_run
/// use ringfence::check::{CallWindow, InstalledApp, Timing, remote_tool_findings};
/// use ringfence::database::Database;
///
/// let database = Database::open("ringfence.db".as_ref())?;
/// let app = InstalledApp {
///     package: "com.anydesk.anydeskandroid",
///     installed_at: 1_795_306_000,
///     updated_at: 1_795_306_000,
/// };
/// let call = CallWindow { started: 1_795_305_600, ended: 1_795_306_800 };
/// for found in remote_tool_findings(&database.guide()?, &[app], call)? {
///     if found.timing == Timing::DuringCall {
///         println!("{} came during the call", found.tool.name);
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// A [`Fault`] if the guide is damaged.
pub fn remote_tool_findings<'a>(
    guide: &Guide<'a>,
    installed: &[InstalledApp<'_>],
    call: CallWindow,
) -> Result<Vec<ToolFinding<'a>>, Fault> {
    let mut found = Vec::new();
    for tool in guide.remote_tools() {
        let tool = tool?;
        for package in tool.packages {
            for app in installed.iter().filter(|app| app.package == package) {
                let (timing, by_update) = timing(app, call);
                let finding = ToolFinding {
                    tool,
                    package,
                    timing,
                    by_update,
                };
                found.push((app.installed_at, finding));
            }
        }
    }
    // The order of the guide decides what is left.
    found.sort_by(|(a_time, a), (b_time, b)| {
        let by_timing = (a.timing, a.by_update).cmp(&(b.timing, b.by_update));
        by_timing.then(b_time.cmp(a_time))
    });
    // A phone with two profiles has an app twice: the more worrying one counts.
    let mut findings: Vec<ToolFinding<'a>> = Vec::with_capacity(found.len());
    for (_, finding) in found {
        if findings
            .iter()
            .all(|other| other.package != finding.package)
        {
            findings.push(finding);
        }
    }
    Ok(findings)
}

/// When an app came, and whether that is the time of an update.
fn timing(app: &InstalledApp<'_>, call: CallWindow) -> (Timing, bool) {
    let installed = call.timing(app.installed_at);
    match (installed, call.timing(app.updated_at)) {
        (Timing::DuringCall | Timing::AfterCall, _) => (installed, false),
        (_, Timing::DuringCall) => (Timing::DuringCall, true),
        // It was installed even before that.
        (Timing::Unknown, Timing::LongAgo) => (Timing::LongAgo, false),
        _ => (installed, false),
    }
}
