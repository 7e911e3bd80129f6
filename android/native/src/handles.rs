//! Handles: numbers that Kotlin holds instead of pointers. A handle is the
//! place in a table and a generation that no other handle of that place has,
//! so one that is stale, closed or made up finds nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use arc_swap::ArcSwapOption;

/// How many can be open at once.
pub const PLACES: usize = 64;

struct Open<T> {
    generation: u32,
    value: T,
}

/// A table of what is open. Nobody waits for anybody: a value lives on until
/// whoever uses it is done.
pub struct Handles<T> {
    places: [ArcSwapOption<Open<T>>; PLACES],
    generations: AtomicU32,
}

impl<T> Handles<T> {
    /// An empty table.
    pub const fn new() -> Self {
        Self {
            places: [const { ArcSwapOption::const_empty() }; PLACES],
            generations: AtomicU32::new(0),
        }
    }

    /// Adds a value and gives its handle, which is positive; `None` if the
    /// table is full.
    pub fn insert(&self, value: T) -> Option<i64> {
        // 31 bits, so that handles are positive. 0 comes again after 2 billion.
        let generation = self.generations.fetch_add(1, Ordering::Relaxed) & (u32::MAX >> 1);
        let open = Arc::new(Open { generation, value });
        for (place, slot) in self.places.iter().enumerate() {
            if slot.load().is_none()
                && slot
                    .compare_and_swap(&None::<Arc<Open<T>>>, Some(Arc::clone(&open)))
                    .is_none()
            {
                return Some(i64::from(generation) << 32 | (place as i64 + 1));
            }
        }
        None
    }

    /// Uses the value of a handle; `None` if it has none.
    #[inline]
    pub fn with<R>(&self, handle: i64, run: impl FnOnce(&T) -> R) -> Option<R> {
        let (slot, generation) = self.slot(handle)?;
        let open = slot.load();
        let open = open.as_ref().filter(|open| open.generation == generation)?;
        Some(run(&open.value))
    }

    /// Removes the value of a handle; says whether there was one.
    pub fn remove(&self, handle: i64) -> bool {
        let Some((slot, generation)) = self.slot(handle) else {
            return false;
        };
        let open = slot.load_full();
        let Some(open) = open.filter(|open| open.generation == generation) else {
            return false;
        };
        let open = Some(open);
        let before = slot.compare_and_swap(&open, None);
        before.as_ref().map(Arc::as_ptr) == open.as_ref().map(Arc::as_ptr)
    }

    fn slot(&self, handle: i64) -> Option<(&ArcSwapOption<Open<T>>, u32)> {
        let handle = u64::try_from(handle).ok()?;
        let place = usize::try_from(handle & u64::from(u32::MAX))
            .ok()?
            .checked_sub(1)?;
        Some((self.places.get(place)?, (handle >> 32) as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn a_handle_finds_its_own_value_and_none_after_it_was_closed() {
        let handles = Handles::new();
        let a = handles.insert("a").expect("there is room");
        let b = handles.insert("b").expect("there is room");
        assert!(a > 0 && b > 0 && a != b);
        assert_eq!(handles.with(a, |value| *value), Some("a"));
        assert_eq!(handles.with(b, |value| *value), Some("b"));
        assert!(handles.remove(a));
        assert!(!handles.remove(a));
        assert_eq!(handles.with(a, |value| *value), None);
        // Its place is given out again, and still it finds nothing.
        let c = handles.insert("c").expect("there is room");
        assert_eq!(c & 0xFFFF_FFFF, a & 0xFFFF_FFFF);
        assert_eq!(handles.with(a, |value| *value), None);
        assert_eq!(handles.with(c, |value| *value), Some("c"));
    }

    #[test]
    fn what_is_no_handle_finds_nothing() {
        let handles = Handles::new();
        let open = handles.insert(()).expect("there is room");
        for handle in [
            0,
            -1,
            i64::MIN,
            i64::MAX,
            open + 1,
            open - 1,
            open + (1 << 32),
            open | 1 << 31,
        ] {
            assert_eq!(handles.with(handle, |()| ()), None, "{handle:#x}");
            assert!(!handles.remove(handle));
        }
    }

    #[test]
    fn a_full_table_takes_no_more() {
        let handles = Handles::new();
        let open: Vec<_> = (0..PLACES).map(|value| handles.insert(value)).collect();
        assert!(open.iter().all(Option::is_some));
        assert_eq!(handles.insert(0), None);
        assert!(handles.remove(open[7].expect("it is open")));
        assert!(handles.insert(0).is_some());
    }

    #[test]
    fn values_outlive_those_who_close_under_those_who_use() {
        let rounds = if cfg!(miri) { 50 } else { 20_000 };
        let handles: Handles<Box<u64>> = Handles::new();
        let done = AtomicBool::new(false);
        let current = std::sync::atomic::AtomicI64::new(0);
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    while !done.load(Ordering::Relaxed) {
                        let handle = current.load(Ordering::Relaxed);
                        let found = handles.with(handle, |value| **value);
                        assert!(found.is_none_or(|value| value == 7));
                    }
                });
            }
            for _ in 0..rounds {
                let handle = handles.insert(Box::new(7)).expect("there is room");
                current.store(handle, Ordering::Relaxed);
                assert!(handles.remove(handle));
            }
            done.store(true, Ordering::Relaxed);
        });
    }
}
