//! The call path allocates nothing: not for any caller, not on the first
//! touch of a page.
#![allow(unsafe_code)]

mod common;

use common::reported;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use ringfence::screening::{Call, Mode, NoMemory, Presentation, Settings, Verification, screen};

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
fn screening_allocates_nothing() {
    assert!(
        allocations(|| drop(std::hint::black_box(vec![1]))) > 0,
        "the counter counts"
    );
    let settings = Settings {
        mode: Mode::Strict,
        allow: vec!["+442079460000".parse().expect("an entry")],
        block: vec!["region:FR".parse().expect("an entry")],
        ..Settings::default()
    };
    let callers = [
        "07700 900123",
        "+216 20 123 456",
        "tel:+44-20-7946-0018;ext=3",
        "٠٢٠ ٧٩٤٦ ٠٠١٨",
        "1800 FLOWERS",
        "Amazon",
        "sip:bob@example.com",
        "999",
        "",
        "no number at all, but a long text of many words and 12345",
        reported::MANY,
        reported::NEIGHBOUR,
        reported::LISTED_PREFIX,
        reported::STRANGER,
    ];
    for number in callers {
        // A fresh database each time: the first touch of a page counts too.
        let database = reported::database_with(reported::lists());
        let call = Call {
            presentation: Presentation::Allowed,
            verification: Verification::NotVerified,
            ..Call::incoming(number).at_home("GB".parse().expect("a region"))
        };
        let count = allocations(|| {
            std::hint::black_box(screen(
                &call,
                &settings,
                &NoMemory,
                &database,
                reported::NOW,
            ));
        });
        assert_eq!(count, 0, "{number}");
    }
}
