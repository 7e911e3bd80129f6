//! The library for the phone: built, looked at, and its Kotlin side written.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Outcome, output, run};
use crate::{cargo, root};

/// The profile it is built with.
const PROFILE: &str = "phone";
/// Most bytes of the stripped library.
const MOST: u64 = 1_000_000;
/// Pages of newer phones, in bytes.
const PAGE: u64 = 16_384;
/// Crates that must not get into it: too large and too slow to start.
const KEPT_OUT: [&str; 6] = [
    "phonenumber",
    "regex",
    "regex-automata",
    "uniffi_bindgen",
    "clap",
    "tokio",
];
/// The Kotlin sources that are written.
const KOTLIN: &str = "android/core/src/main/kotlin";
const WRITTEN: [&str; 2] = ["app/ringfence/ffi/ringfence.kt", "app/ringfence/Verdict.kt"];

/// The library as it is built, with its symbols.
fn whole() -> PathBuf {
    root().join("target").join(PROFILE).join("libringfence.so")
}

/// The library as it is shipped.
pub fn shipped() -> PathBuf {
    root()
        .join("target")
        .join(PROFILE)
        .join("shipped/libringfence.so")
}

/// Builds the library and a stripped copy.
pub fn build() -> Outcome {
    // On its own, so that no other package's features get into it.
    run(cargo().args([
        "build",
        "--quiet",
        "--profile",
        PROFILE,
        "--package",
        "ringfence-android",
    ]))?;
    let shipped = shipped();
    let folder = shipped.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let mut strip = Command::new("strip");
    run(strip
        .arg("--strip-all")
        .arg("-o")
        .arg(&shipped)
        .arg(whole()))
}

/// What is exported: the data plane's entry and the control plane's functions.
pub fn symbols() -> Outcome {
    let mut nm = Command::new("nm");
    let listed = output(
        nm.args(["--dynamic", "--defined-only", "--format=posix"])
            .arg(shipped()),
    )?;
    let ours = |name: &str| {
        let starts = [
            "Java_",
            "uniffi_ringfence_",
            "ffi_ringfence_",
            "UNIFFI_META_",
        ];
        name == "JNI_OnLoad" || starts.iter().any(|start| name.starts_with(start))
    };
    let names = listed.lines().filter_map(|line| line.split(' ').next());
    let others: Vec<&str> = names.clone().filter(|name| !ours(name)).collect();
    if names.count() == 0 {
        Err("the library exports nothing".to_owned())
    } else if others.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "the library exports what is nobody's business: {}",
            others.join(", ")
        ))
    }
}

/// How large it is.
pub fn size() -> Outcome {
    let length = fs::metadata(shipped())
        .map_err(|error| error.to_string())?
        .len();
    println!("the stripped library has {length} bytes of at most {MOST}");
    if length <= MOST {
        Ok(())
    } else {
        Err(format!(
            "the stripped library has {length} bytes, more than {MOST}"
        ))
    }
}

/// Whether phones with large pages can load it.
pub fn alignment() -> Outcome {
    let mut readelf = Command::new("readelf");
    let headers = output(readelf.args(["--program-headers", "--wide"]).arg(shipped()))?;
    let mut loads = headers
        .lines()
        .filter(|line| line.trim_start().starts_with("LOAD"));
    let aligned = |line: &str| {
        let last = line.rsplit(' ').next().unwrap_or_default();
        let align = u64::from_str_radix(last.trim_start_matches("0x"), 16).unwrap_or(0);
        align >= PAGE
    };
    let config = fs::read_to_string(root().join(".cargo/config.toml")).unwrap_or_default();
    if !config.contains("cfg(target_os = \"android\")") || !config.contains("max-page-size=16384") {
        return Err(".cargo/config.toml does not align the library for Android".to_owned());
    }
    match (loads.clone().next(), loads.all(aligned)) {
        (Some(_), true) => Ok(()),
        _ => Err("a part of the library is not aligned to pages of 16 KiB".to_owned()),
    }
}

/// What it is linked from.
pub fn dependencies() -> Outcome {
    let tree = output(cargo().args([
        "tree",
        "--package",
        "ringfence-android",
        "--edges",
        "normal,no-proc-macro",
        "--prefix",
        "none",
        "--format",
        "{lib}",
    ]))?;
    let found: Vec<&str> = tree
        .lines()
        .filter(|name| {
            let name = name.replace('_', "-");
            KEPT_OUT.iter().any(|kept| kept.replace('_', "-") == name)
        })
        .collect();
    if !tree.contains("siphasher") {
        Err("the library's dependencies could not be listed".to_owned())
    } else if found.is_empty() {
        Ok(())
    } else {
        Err(format!("the library links {}", found.join(", ")))
    }
}

/// Writes the Kotlin sources into a folder.
fn generate(folder: &Path) -> Outcome {
    fs::create_dir_all(folder.join("app/ringfence")).map_err(|error| error.to_string())?;
    run(cargo()
        .args(["run", "--quiet", "--package", "ringfence-bindgen", "--"])
        .args([whole(), folder.to_owned()]))
}

/// Writes the Kotlin side of both planes.
pub fn bindings() -> Outcome {
    build()?;
    generate(&root().join(KOTLIN))
}

/// Whether the committed Kotlin side is what would be written.
pub fn bindings_are_current() -> Outcome {
    let folder = root().join("target").join(PROFILE).join("kotlin");
    generate(&folder)?;
    for name in WRITTEN {
        let read = |folder: &Path| fs::read(folder.join(name)).unwrap_or_default();
        let (new, committed) = (read(&folder), read(&root().join(KOTLIN)));
        if new.is_empty() || new != committed {
            return Err(format!("{name} is not current: run `cargo xtask bindings`"));
        }
    }
    Ok(())
}
