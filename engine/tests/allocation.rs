//! The call path allocates nothing, however much is remembered.
#![allow(unsafe_code)]

mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use common::{NEIGHBOUR, NOW, NUMBER, STRANGER, open, outgoing};
use ringfence::number::E164;
use ringfence::screening::{Call, Event, Memory, MemoryKey, PersonalMemory};
use ringfence_engine::Whom;

struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

// SAFETY: every call is handed to the system's allocator as it came; the
// counter is a plain cell of this thread and allocates nothing itself.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + 1));
        // SAFETY: the caller keeps `alloc`'s contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps `dealloc`'s contract.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations(work: impl FnOnce()) -> u64 {
    let before = ALLOCATIONS.with(Cell::get);
    work();
    ALLOCATIONS.with(Cell::get) - before
}

#[test]
fn screening_and_recalling_allocate_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = open(folder.path());
    let mut memory = PersonalMemory::new(MemoryKey::new([1; 16]));
    for i in 0..500 {
        let number = format!("+4474001{i:05}");
        let event = [Event::Called, Event::MarkedScam, Event::Rang][i % 3];
        engine
            .remember(Whom::Number(&number), event, NOW)
            .expect("stored");
        let caller = memory
            .key()
            .caller(&number.parse::<E164>().expect("a number"));
        memory.take(&memory.records_of(event, Some(caller), NOW));
    }
    engine
        .remember(Whom::Number(NUMBER), Event::MarkedScam, NOW)
        .expect("stored");
    let numbers = [
        NUMBER,
        NEIGHBOUR,
        STRANGER,
        "+447400100000",
        "+447400100001",
        "",
        "999",
    ];
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // The first call of a thread may set up where the state's readers
            // are counted.
            let first = allocations(|| {
                std::hint::black_box(engine.screen(&Call::incoming(NUMBER), NOW));
            });
            assert!(first <= 1, "{first}");
            for number in numbers {
                let count = allocations(|| {
                    std::hint::black_box(engine.screen(&Call::incoming(number), NOW));
                    std::hint::black_box(engine.screen(&outgoing(number), NOW));
                });
                assert_eq!(count, 0, "{number}");
            }
        });
    });
    for number in &numbers[..5] {
        let number: E164 = number.parse().expect("a number");
        let count = allocations(|| {
            std::hint::black_box(memory.recall(&number, NOW));
            std::hint::black_box((memory.last_scam(), memory.last_hidden_call()));
        });
        assert_eq!(count, 0);
    }
}
