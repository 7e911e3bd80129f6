//! An allocator that counts, to show that verdicts allocate nothing.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

#[global_allocator]
static ALLOCATOR: Counting = Counting;
static COUNT: AtomicU64 = AtomicU64::new(0);

/// How many times this process has asked for memory. Frees do not count,
/// growing does.
pub fn count() -> u64 {
    COUNT.load(Relaxed)
}

struct Counting;

impl Counting {
    /// A plain addition, so that libraries that allocate are not slowed down
    /// by a locked one. The program has a single thread.
    fn note() {
        COUNT.store(COUNT.load(Relaxed) + 1, Relaxed);
    }
}

// SAFETY: every call is handed on to the system's allocator as it came, so its
// guarantees hold; counting touches no memory that is handed out.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Self::note();
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        Self::note();
        // SAFETY: the caller keeps the contract of `realloc`, and all memory
        // comes from `System`.
        unsafe { System.realloc(memory, layout, size) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`, and all memory
        // comes from `System`.
        unsafe { System.dealloc(memory, layout) }
    }
}
