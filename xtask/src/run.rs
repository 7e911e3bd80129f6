//! Running other programs.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

/// Success, or a message that says what to do.
pub type Outcome = Result<(), String>;

/// Runs a program and shows what it prints.
pub fn run(command: &mut Command) -> Outcome {
    let status = command
        .status()
        .map_err(|error| cannot_start(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{} failed: {status}", name(command)))
    }
}

/// Runs a program, shows what it prints and hands each line on.
pub fn run_and_read(command: &mut Command, mut read: impl FnMut(&str)) -> Outcome {
    command.stdout(Stdio::piped());
    let mut child = command
        .spawn()
        .map_err(|error| cannot_start(command, &error))?;
    if let Some(output) = child.stdout.take() {
        let mut shown = std::io::stdout().lock();
        for line in BufReader::new(output).lines() {
            let line = line.map_err(|error| error.to_string())?;
            // Nobody may be reading; the count goes on all the same.
            let _ = writeln!(shown, "{line}");
            read(&line);
        }
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{} failed: {status}", name(command)))
    }
}

/// Runs a program and gives what it prints.
pub fn output(command: &mut Command) -> Result<String, String> {
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| cannot_start(command, &error))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("{} failed: {}", name(command), output.status))
    }
}

/// Whether a program runs at all.
pub fn answers(command: &mut Command) -> bool {
    let command = command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn name(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let arguments = command
        .get_args()
        .map(|argument| argument.to_string_lossy());
    let program = program.rsplit('/').next().unwrap_or_default().to_owned();
    std::iter::once(program.into())
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!(
        "{} could not be started ({error}): install it first",
        name(command)
    )
}
