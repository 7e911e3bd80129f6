//! What the tests of the memory share.

use ringfence::number::E164;
use ringfence::screening::{Event, Memory, MemoryKey, PersonalMemory, Recollection};

pub const NUMBER: &str = "+447400123456";
pub const NEIGHBOUR: &str = "+447400123999";
pub const STRANGER: &str = "+447400124456";

pub fn number(text: &str) -> E164 {
    text.parse().expect("a number")
}

pub fn nobody() -> PersonalMemory {
    PersonalMemory::new(MemoryKey::new([7; 16]))
}

/// Hands an event to a memory as its owner does.
pub fn happen(memory: &mut PersonalMemory, event: Event, whom: Option<&str>, at: u64) -> usize {
    let caller = whom.map(|text| memory.key().caller(&number(text)));
    let records = memory.records_of(event, caller, at);
    memory.take(&records);
    records.len()
}

pub fn after(events: &[(Event, Option<&str>, u64)]) -> PersonalMemory {
    let mut memory = nobody();
    for &(event, whom, at) in events {
        happen(&mut memory, event, whom, at);
    }
    memory
}

/// The memory as it is after being written and read.
pub fn rewritten(memory: &PersonalMemory, now: u64) -> PersonalMemory {
    let (read, stored) = PersonalMemory::read(&memory.write(now)).expect("a memory");
    assert!(!stored.damaged && stored.appended == 0 && stored.records == read.len());
    read
}

/// All that a memory says of some numbers and of all calls.
pub fn everything(memory: &PersonalMemory, now: u64) -> (Vec<Recollection>, [Option<u64>; 2]) {
    let numbers = [NUMBER, NEIGHBOUR, STRANGER];
    let recalled = numbers.map(|text| memory.recall(&number(text), now));
    let others = [memory.last_hidden_call(), memory.last_scam()];
    (recalled.to_vec(), others)
}
