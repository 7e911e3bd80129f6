//! An environment of JNI for tests, also under Miri: strings, and nothing
//! else.
#![allow(unsafe_code)]

use std::mem::MaybeUninit;

use jni::sys::{JNIEnv, JNINativeInterface_, jchar, jsize, jstring};

struct FakeString(Vec<u16>);

unsafe extern "system" fn length(_: *mut JNIEnv, string: jstring) -> jsize {
    // SAFETY: only `with_string` makes strings, which live in it.
    unsafe { (*string.cast::<FakeString>()).0.len() as jsize }
}

unsafe extern "system" fn region(
    _: *mut JNIEnv,
    string: jstring,
    start: jsize,
    length: jsize,
    to: *mut jchar,
) {
    // SAFETY: as in `length`; whoever asks has room for what is asked.
    unsafe {
        let units = &(&(*string.cast::<FakeString>()).0)[start as usize..][..length as usize];
        std::ptr::copy_nonoverlapping(units.as_ptr(), to, units.len());
    }
}

/// A table of functions that is empty but for those of strings.
pub struct FakeEnv {
    env: Box<JNIEnv>,
    table: *mut MaybeUninit<JNINativeInterface_>,
}

impl FakeEnv {
    pub fn new() -> Self {
        let table = Box::into_raw(Box::new(MaybeUninit::<JNINativeInterface_>::uninit()));
        let functions = table.cast::<JNINativeInterface_>();
        // SAFETY: the fields lie in the table, which nobody else has.
        unsafe {
            (&raw mut (*functions).v1_2.GetStringLength).write(length);
            (&raw mut (*functions).v1_2.GetStringRegion).write(region);
        }
        Self {
            env: Box::new(functions.cast_const()),
            table,
        }
    }

    pub fn raw(&mut self) -> *mut JNIEnv {
        &raw mut *self.env
    }

    /// Uses a string of these units.
    pub fn with_string<T>(
        &mut self,
        units: &[u16],
        run: impl FnOnce(*mut JNIEnv, jstring) -> T,
    ) -> T {
        let mut string = FakeString(units.to_vec());
        run(self.raw(), (&raw mut string).cast())
    }
}

impl Drop for FakeEnv {
    fn drop(&mut self) {
        // SAFETY: it came from a box in `new`.
        drop(unsafe { Box::from_raw(self.table) });
    }
}
