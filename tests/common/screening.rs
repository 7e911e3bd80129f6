//! What the tests of the policy share.

use ringfence::database::Database;
use ringfence::number::{E164, Region};
use ringfence::screening::{
    Call, Direction, Familiarity, Memory, Mode, Recollection, Rule, Settings, Verdict, explain,
    screen,
};

/// Two days after the bundled database was issued.
pub const NOW: u64 = 1_795_305_600 + 2 * DAY;
pub const DAY: u64 = 86_400;

pub fn region(text: &str) -> Region {
    text.parse().expect("a region")
}

pub fn in_mode(mode: Mode) -> Settings {
    Settings {
        mode,
        ..Settings::default()
    }
}

pub fn settings(json: &str) -> Settings {
    serde_json::from_str(json).expect("settings")
}

/// Screens a call on the bundled database, and holds `explain` against it.
pub fn decide(call: &Call<'_>, settings: &Settings, memory: &impl Memory, now: u64) -> Verdict {
    let database = super::bundled();
    let verdict = screen(call, settings, memory, &database, now);
    assert_same_explained(&verdict, call, settings, memory, &database, now);
    verdict
}

pub fn assert_same_explained(
    verdict: &Verdict,
    call: &Call<'_>,
    settings: &Settings,
    memory: &impl Memory,
    database: &Database,
    now: u64,
) {
    let explained = explain(call, settings, memory, database, now);
    assert_eq!(explained.verdict, *verdict);
    let (last, before) = explained.steps.split_last().expect("a rule decided");
    assert!(last.matched && last.rule == verdict.rule);
    assert!(before.iter().all(|step| !step.matched));
    let looked: Vec<_> = explained.steps.iter().map(|step| step.rule).collect();
    assert_eq!(looked, Rule::ORDER[..looked.len()]);
    assert!(
        explained
            .steps
            .iter()
            .all(|step| !step.text.is_empty() && !step.source.is_empty())
    );
    let outgoing = call.direction == Direction::Outgoing;
    assert!(!explained.title.is_empty() && (outgoing || !explained.advice.is_empty()));
}

pub fn at_home<'a>(number: &'a str, home: &str) -> Call<'a> {
    Call::incoming(number).at_home(region(home))
}

/// A phone that remembers one number in one way.
#[derive(Debug, Default)]
pub struct Remembered {
    pub familiarity: Option<Familiarity>,
    pub last_call: Option<u64>,
    pub last_scam: Option<u64>,
}

impl Memory for Remembered {
    fn recall(&self, _: &E164, _: u64) -> Recollection {
        Recollection {
            familiarity: self.familiarity,
            last_call: self.last_call,
            ..Recollection::default()
        }
    }

    fn last_hidden_call(&self) -> Option<u64> {
        self.last_call
    }

    fn last_scam(&self) -> Option<u64> {
        self.last_scam
    }
}
