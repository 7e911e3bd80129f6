//! Writes the Kotlin side of both planes:
//!
//! * the control plane, by UniFFI from the metadata in the library;
//! * the packed verdict of the data plane, from the core's own definitions.

mod codes;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use uniffi::{GenerateOptions, TargetLanguage, generate};

/// The control plane's package, as uniffi.toml names it, as a path.
const CONTROL: &str = "app/ringfence/ffi/ringfence.kt";
/// The packed verdict.
const VERDICT: &str = "app/ringfence/Verdict.kt";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [library, folder] = &arguments[..] else {
        eprintln!("give the library with its symbols, and the folder of the Kotlin sources");
        return ExitCode::from(2);
    };
    match write(library, Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn write(library: &str, folder: &Path) -> Result<(), String> {
    generate(GenerateOptions {
        languages: vec![TargetLanguage::Kotlin],
        source: library.into(),
        out_dir: folder
            .to_str()
            .ok_or("the folder's name is no text")?
            .into(),
        ..GenerateOptions::default()
    })
    .map_err(|error| format!("the bindings could not be generated: {error:#}"))?;
    let control = folder.join(CONTROL);
    let generated = fs::read_to_string(&control).map_err(|error| error.to_string())?;
    fs::write(&control, internal(&generated)).map_err(|error| error.to_string())?;
    fs::write(folder.join(VERDICT), codes::kotlin()).map_err(|error| error.to_string())
}

/// The generated file with all its declarations `internal`: UniFFI has no
/// setting for that, and without it the app would see them. The explicit API
/// mode of Kotlin fails the build over any that is missed.
fn internal(generated: &str) -> String {
    const DECLARATIONS: [&str; 11] = [
        "class ",
        "open class ",
        "abstract class ",
        "data class ",
        "sealed class ",
        "enum class ",
        "interface ",
        "object ",
        "typealias ",
        "fun ",
        "inline fun ",
    ];
    let mut text = String::from("// Written by `cargo xtask bindings`. Do not edit.\n");
    for line in generated.lines() {
        let bare = line.strip_prefix("public ").unwrap_or(line);
        if DECLARATIONS.iter().any(|start| bare.starts_with(start)) {
            text.push_str("internal ");
        }
        text.push_str(bare.trim_end());
        text.push('\n');
    }
    text
}
