//! The natives of `app.ringfence.internal.NativeScreener`. What its arguments
//! mean stands there.
//!
//! They use the table of JNI functions as it is: the safe layer of the crate
//! `jni` costs 147 KB and 48 ns a call, and all that is needed of it is the
//! length and the units of a string.
#![allow(unsafe_code)]

use std::ffi::{CStr, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::ptr::null_mut;
use std::sync::Arc;

use jni::sys::{
    JNI_ERR, JNI_OK, JNI_VERSION_1_6, JNIEnv, JNINativeMethod, JavaVM, jclass, jint, jlong, jstring,
};
use ringfence_core::screening::{Call, Direction, Presentation, Verification};
use ringfence_engine::{Engine, EngineError, Failure, PackedVerdict};
use ringfence_uniffi::{DatabaseSource, count_internal_failure, with_source};

use crate::handles::Handles;
use crate::text::{Text, path};

/// The class whose natives these are.
const CLASS: &CStr = c"app/ringfence/internal/NativeScreener";

static OPEN: Handles<Arc<Engine>> = Handles::new();

/// Runs the body of a native; a panic is counted and ends here.
fn guarded<T>(otherwise: T, body: impl FnOnce() -> T) -> T {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(value) => value,
        Err(payload) => {
            // Dropping it could panic again.
            std::mem::forget(payload);
            count_internal_failure();
            otherwise
        }
    }
}

/// Opens a folder with a database, the newest if both a path and a descriptor
/// are given, and gives a handle, or a [`Failure`]'s code, negated.
extern "system" fn open(
    env: *mut JNIEnv,
    _class: jclass,
    folder: jstring,
    database: jstring,
    descriptor: jint,
    offset: jlong,
    length: jlong,
) -> jlong {
    let failed = |failure: Failure| -jlong::from(failure as u8);
    guarded(failed(Failure::Internal), || {
        // SAFETY: the virtual machine passes its own environment and strings.
        let (folder, file) = unsafe { (path(env, folder), path(env, database)) };
        let Some(folder) = folder.filter(|folder| !folder.is_empty()) else {
            return failed(Failure::Argument);
        };
        let source = match file {
            Some(path) if descriptor >= 0 => DatabaseSource::Newest {
                path,
                descriptor,
                offset,
                length,
            },
            Some(path) => DatabaseSource::Path { path },
            // A path that can be none does not hinder the asset either.
            None if !database.is_null() && descriptor < 0 => return failed(Failure::Database),
            None => DatabaseSource::Descriptor {
                descriptor,
                offset,
                length,
            },
        };
        match with_source(&source, |source| Engine::open(Path::new(&folder), source)) {
            Ok(engine) => OPEN.insert(engine).unwrap_or(failed(Failure::TooMany)),
            Err(EngineError::Storage(_)) => failed(Failure::Storage),
            Err(_) => failed(Failure::Database),
        }
    })
}

/// Decides about a call and gives the packed verdict.
extern "system" fn screen(
    env: *mut JNIEnv,
    _class: jclass,
    handle: jlong,
    number: jstring,
    presentation: jint,
    verification: jint,
    direction: jint,
    now: jlong,
) -> jlong {
    let failed = |failure| PackedVerdict::failed(failure).bits();
    guarded(failed(Failure::Internal), || {
        let mut text = Text::new();
        // SAFETY: the virtual machine passes its own environment and string.
        unsafe { text.read(env, number) };
        let call = call(&text, presentation, verification, direction);
        let verdict = OPEN.with(handle, |engine| engine.screen(&call, seconds(now)));
        verdict.map_or(failed(Failure::Closed), PackedVerdict::bits)
    })
}

/// Takes note of a call that was screened and answered; gives a [`Failure`]'s
/// code, 0 if there is none. Writes to the disk.
extern "system" fn record(
    env: *mut JNIEnv,
    _class: jclass,
    handle: jlong,
    number: jstring,
    presentation: jint,
    verification: jint,
    direction: jint,
    now: jlong,
) -> jint {
    let failure = guarded(Failure::Internal, || {
        let mut text = Text::new();
        // SAFETY: the virtual machine passes its own environment and string.
        unsafe { text.read(env, number) };
        let call = call(&text, presentation, verification, direction);
        // It may wait for the disk: the handle must not be held meanwhile.
        let Some(engine) = OPEN.with(handle, Arc::clone) else {
            return Failure::Closed;
        };
        match engine.record(&call, seconds(now)) {
            Ok(()) => Failure::None,
            Err(EngineError::Storage(_) | EngineError::Memory(_)) => Failure::Storage,
            Err(_) => Failure::Internal,
        }
    });
    (failure as u8).into()
}

/// Closes a handle; one that is closed already stays so.
extern "system" fn close(_env: *mut JNIEnv, _class: jclass, handle: jlong) {
    guarded((), || {
        OPEN.remove(handle);
    });
}

/// A call, with Android's values for what the phone knows of it.
fn call(text: &Text, presentation: jint, verification: jint, direction: jint) -> Call<'_> {
    Call {
        number: text.as_str(),
        presentation: Presentation::from_android(presentation),
        verification: Verification::from_android(verification),
        direction: Direction::from_android(direction),
        home: None,
    }
}

/// Java's milliseconds since 1970 in seconds.
fn seconds(millis: jlong) -> u64 {
    u64::try_from(millis).unwrap_or(0) / 1_000
}

/// Registers the natives when the virtual machine loads the library. A class
/// that does not fit is told there and then.
#[unsafe(no_mangle)]
pub extern "system" fn JNI_OnLoad(vm: *mut JavaVM, _reserved: *mut c_void) -> jint {
    guarded(JNI_ERR, || {
        // The text of a panic could hold anything.
        std::panic::set_hook(Box::new(|_| {}));
        let mut env: *mut c_void = null_mut();
        // SAFETY: the virtual machine passes itself; the environment is this
        // thread's if it says so.
        let got = unsafe { ((**vm).v1_2.GetEnv)(vm, &mut env, JNI_VERSION_1_6) };
        if got != JNI_OK {
            return JNI_ERR;
        }
        // SAFETY: the environment was just given.
        match unsafe { register(env.cast()) } {
            JNI_OK => JNI_VERSION_1_6,
            _ => JNI_ERR,
        }
    })
}

/// # Safety
/// `env` belongs to this thread.
unsafe fn register(env: *mut JNIEnv) -> jint {
    let method =
        |name: &'static CStr, signature: &'static CStr, function: *mut c_void| JNINativeMethod {
            name: name.as_ptr().cast_mut(),
            signature: signature.as_ptr().cast_mut(),
            fnPtr: function,
        };
    let string = c"(JLjava/lang/String;IIIJ)J";
    let methods = [
        method(
            c"open",
            c"(Ljava/lang/String;Ljava/lang/String;IJJ)J",
            open as *mut c_void,
        ),
        method(c"screen", string, screen as *mut c_void),
        method(
            c"record",
            c"(JLjava/lang/String;IIIJ)I",
            record as *mut c_void,
        ),
        method(c"close", c"(J)V", close as *mut c_void),
    ];
    // SAFETY: as the caller promises; the class's name ends with a zero.
    let class = unsafe { ((**env).v1_2.FindClass)(env, CLASS.as_ptr()) };
    if class.is_null() {
        return JNI_ERR;
    }
    // SAFETY: the class was just found, and the functions have the signatures
    // that stand beside them; the names live as long as the program.
    unsafe { ((**env).v1_2.RegisterNatives)(env, class, methods.as_ptr(), methods.len() as jint) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake_env::FakeEnv;
    use ringfence_core::screening::{Action, Rule};

    /// Two days after the bundled database was issued, in milliseconds.
    const NOW: jlong = (1_795_305_600 + 2 * 86_400) * 1_000;

    fn open_in(folder: &Path, database: &str) -> jlong {
        open_newest_in(folder, database, -1, 0)
    }

    fn open_newest_in(folder: &Path, database: &str, descriptor: jint, length: jlong) -> jlong {
        let units = |text: &str| -> Vec<u16> { text.encode_utf16().collect() };
        let folder = units(folder.to_str().expect("the path is text"));
        let mut first = FakeEnv::new();
        first.with_string(&folder, |env, folder| {
            FakeEnv::new().with_string(&units(database), |_, database| {
                open(env, null_mut(), folder, database, descriptor, 0, length)
            })
        })
    }

    fn verdict(handle: jlong, number: &str) -> PackedVerdict {
        let units: Vec<u16> = number.encode_utf16().collect();
        FakeEnv::new().with_string(&units, |env, string| {
            PackedVerdict::from_bits(screen(env, null_mut(), handle, string, 1, 0, 0, NOW))
        })
    }

    fn bundled() -> String {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/bundled.rfdb").to_owned()
    }

    #[test]
    #[cfg_attr(miri, ignore = "Miri maps no files")]
    fn a_call_is_screened_recorded_and_remembered() {
        let folder = tempfile::tempdir().expect("a folder");
        let handle = open_in(folder.path(), &bundled());
        assert!(handle > 0, "{handle}");
        let faked = verdict(handle, "+447700900123");
        assert_eq!((faked.action(), faked.generation()), (Action::Reject, 1));
        let units: Vec<u16> = "+447400123456".encode_utf16().collect();
        let recorded = FakeEnv::new().with_string(&units, |env, string| {
            record(env, null_mut(), handle, string, 1, 0, 1, NOW)
        });
        assert_eq!(recorded, 0);
        assert_eq!(verdict(handle, "+447400123456").rule(), Some(Rule::Known));
        close(null_mut(), null_mut(), handle);
        close(null_mut(), null_mut(), handle);
        let closed = verdict(handle, "+447700900123");
        assert_eq!(
            (closed.action(), closed.failure()),
            (Action::Allow, Failure::Closed)
        );
        let recorded = FakeEnv::new().with_string(&units, |env, string| {
            record(env, null_mut(), handle, string, 1, 0, 1, NOW)
        });
        assert_eq!(recorded, Failure::Closed as i32);
    }

    #[test]
    #[cfg_attr(miri, ignore = "Miri maps no files")]
    fn what_cannot_be_opened_says_why() {
        let folder = tempfile::tempdir().expect("a folder");
        let none = open_in(folder.path(), "/nowhere/at/all");
        assert_eq!(none, -(Failure::Database as jlong));
        let file = folder.path().join("file");
        std::fs::write(&file, "x").expect("it is written");
        assert_eq!(open_in(&file, &bundled()), -(Failure::Storage as jlong));
        assert_eq!(
            open_in(Path::new(""), &bundled()),
            -(Failure::Argument as jlong)
        );
    }

    #[test]
    #[cfg_attr(miri, ignore = "Miri maps no files")]
    fn of_a_file_and_an_asset_each_does_for_the_other() {
        use std::os::fd::AsRawFd;
        let folder = tempfile::tempdir().expect("a folder");
        let asset = std::fs::File::open(bundled()).expect("a file");
        let length = asset.metadata().expect("its length").len() as jlong;
        let too_long = "/".repeat(5_000);
        for (file, length, opens) in [
            (bundled().as_str(), length, true),
            (bundled().as_str(), -1, true),
            (bundled().as_str(), length - 1, true),
            ("/nowhere/at/all", length, true),
            ("", length, true),
            (too_long.as_str(), length, true),
            ("/nowhere/at/all", length - 1, false),
            (too_long.as_str(), length - 1, false),
        ] {
            let handle = open_newest_in(folder.path(), file, asset.as_raw_fd(), length);
            if opens {
                let verdict = verdict(handle, "+447700900123");
                assert_eq!(verdict.action(), Action::Reject, "{length}");
                close(null_mut(), null_mut(), handle);
            } else {
                assert_eq!(handle, -(Failure::Database as jlong), "{length}");
            }
        }
    }

    #[test]
    fn a_panic_ends_here_even_one_whose_text_panics() {
        struct Bomb;
        impl Drop for Bomb {
            fn drop(&mut self) {
                panic!("again");
            }
        }
        assert_eq!(guarded(7, || std::panic::panic_any(Bomb)), 7);
        assert_eq!(guarded(7, || 8), 8);
    }

    #[test]
    fn whoever_was_never_open_lets_the_phone_ring() {
        for handle in [0, -1, 1, jlong::MAX, jlong::MIN] {
            let verdict = verdict(handle, "+447700900123");
            assert_eq!(
                (verdict.action(), verdict.failure()),
                (Action::Allow, Failure::Closed)
            );
        }
    }
}
