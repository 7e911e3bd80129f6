//! Steps that a phone takes, and what can be seen of them.

use ringfence::number::E164;
use ringfence::screening::{
    Call, Event, Memory, MemoryKey, PersonalMemory, Presentation, Settings,
};
use ringfence_engine::{Engine, EngineError, Whom};

use super::disk::Image;
use super::{NOW, on, outgoing};

/// Something that the phone does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A number, or nobody, rings.
    Rings(Option<usize>),
    /// The user calls a number.
    Calls(usize),
    /// The user or the phone says something of a number, or of nobody.
    Says(Option<usize>, Event),
    /// The user says something of the last call in the log.
    SaysOfLast(Event),
    /// The user changes the settings: a number is blocked, and calls are
    /// logged or not.
    Settings(usize, bool),
    /// The user forgets everything.
    Forget,
}

/// How many numbers there are; two each are neighbours.
pub const NUMBERS: usize = 12;

pub fn number(i: usize) -> String {
    format!("+44740{:04}1{:02}", i / 2, i % 2)
}

impl Step {
    pub fn take(self, engine: &Engine, now: u64) -> Result<(), EngineError> {
        match self {
            Self::Rings(Some(i)) => engine.record(&Call::incoming(&number(i)), now),
            Self::Rings(None) => {
                let hidden = Call {
                    presentation: Presentation::Restricted,
                    ..Call::incoming("")
                };
                engine.record(&hidden, now)
            }
            Self::Calls(i) => engine.record(&outgoing(&number(i)), now),
            Self::Says(whom, event) => {
                let text = whom.map(number).unwrap_or_default();
                engine.remember(Whom::Number(&text), event, now)
            }
            Self::SaysOfLast(event) => match engine.calls()?.first() {
                Some(call) => engine.remember(Whom::Call(call.id), event, now),
                None => Ok(()),
            },
            Self::Settings(blocked, call_log) => {
                engine.change_settings(settings(blocked, call_log))
            }
            Self::Forget => engine.forget_everything(),
        }
    }
}

pub fn settings(blocked: usize, call_log: bool) -> Settings {
    Settings {
        block: vec![number(blocked).parse().expect("an entry")],
        call_log,
        ..Settings::default()
    }
}

/// What is remembered of each number, of each neighbourhood, of hidden calls
/// and of all scams.
pub type Parts = Vec<String>;
/// A call of the log: its id, its time, its verdict.
pub type Logged = (u64, u64, i64, String);

/// All that can be seen.
#[derive(Clone, PartialEq, Eq)]
pub struct View {
    pub parts: Parts,
    pub calls: Vec<Logged>,
    pub settings: String,
    pub verdicts: Vec<(i64, i64)>,
}

impl std::fmt::Debug for View {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{:?}\n{:?}", self.parts, self.calls.last())?;
        write!(f, "{}", self.settings)
    }
}

/// What the memory in a file says, in the order in which a mark is stored:
/// neighbourhoods, all scams, numbers.
pub fn parts(image: &Image) -> Parts {
    let memory = image.get("memory").map(|file| PersonalMemory::read(file));
    let memory = match memory {
        Some(file) => file.expect("the header is whole").0,
        None => PersonalMemory::new(MemoryKey::new([0; 16])),
    };
    let numbers: Vec<E164> = (0..NUMBERS)
        .map(|i| number(i).parse().expect("a number"))
        .collect();
    let recalled: Vec<_> = numbers.iter().map(|n| memory.recall(n, NOW)).collect();
    let near = recalled
        .iter()
        .step_by(2)
        .map(|r| format!("{:?}", r.near_scam));
    let scam = format!("{:?} {:?}", memory.last_scam(), memory.last_hidden_call());
    let own = recalled
        .iter()
        .map(|r| format!("{:?} {:?} {:?}", r.familiarity, r.last_call, r.marked_scam));
    near.chain([scam]).chain(own).collect()
}

/// What an engine says.
pub fn look(engine: &Engine, image: &Image) -> View {
    let calls = engine.calls().expect("the log can be read");
    let told_apart = calls.windows(2).all(|pair| pair[0].id > pair[1].id);
    assert!(told_apart, "two calls have one id");
    let calls = calls
        .into_iter()
        .rev()
        .map(|call| (call.id, call.at, call.verdict().bits(), call.title.clone()));
    let verdict = |call: &Call<'_>| engine.screen(call, NOW + 100).bits();
    let verdicts = (0..NUMBERS).map(|i| {
        let text = number(i);
        (verdict(&Call::incoming(&text)), verdict(&outgoing(&text)))
    });
    View {
        parts: parts(image),
        calls: calls.collect(),
        settings: engine.export_settings().expect("a text"),
        verdicts: verdicts.collect(),
    }
}

/// What a phone that starts with these files says.
pub fn restart(image: &Image) -> View {
    let disk = super::disk::SimulatedDisk::from_image(image);
    let engine = on(disk);
    assert_eq!(engine.unreadable_settings(), None);
    look(&engine, image)
}
