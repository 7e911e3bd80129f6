//! The command line of `ringfence evaluate`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub enum EvaluateCommand {
    Notes(NotesArgs),
    Taps(TapsArgs),
    Numbers(NumbersArgs),
}

/// Check labelled notes and say how often the check is right
#[derive(Args)]
#[command(after_help = "\
Examples:
  ringfence evaluate notes notes.jsonl
  ringfence evaluate notes notes.jsonl --errors
  ringfence evaluate notes notes.jsonl --plots figures
  ringfence evaluate notes --cross-validate data --json

A line of the file is a JSON object: {\"id\", \"note\" or \"text\", \"label\": \"scam\",
\"legit\", \"ambiguous\" or \"illegal_robocall\"}, and as far as known {\"lang\",
\"region\", \"script\", \"alt_scripts\", \"kind\", \"red_flags\", \"actions\", \"source\"}.")]
pub struct NotesArgs {
    /// Labelled notes, one JSON object a line
    #[arg(
        value_name = "FILE",
        required_unless_present = "cross_validate",
        conflicts_with = "cross_validate"
    )]
    pub file: Option<PathBuf>,
    /// Check the notes of this folder of sources instead, each with a model
    /// that was trained without it; takes minutes
    #[arg(long, value_name = "DATA", num_args = 0..=1, default_missing_value = "data")]
    pub cross_validate: Option<PathBuf>,
    /// Tell the check the language of each note
    #[arg(long)]
    pub lang_given: bool,
    /// List the notes that are judged wrongly, with their text
    #[arg(long)]
    pub errors: bool,
    /// Write reliability.svg and confusion.svg into this folder
    #[arg(long, value_name = "DIR")]
    pub plots: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// Simulate people who only answer questions and say how often the check is right
#[derive(Args)]
#[command(after_help = "\
Examples:
  ringfence evaluate taps
  ringfence evaluate taps --runs 200 --seed 7 --json
  ringfence evaluate taps --wrong 0 --unsure 0")]
pub struct TapsArgs {
    /// People for each kind of call
    #[arg(long, default_value_t = 40, value_parser = people)]
    pub runs: u32,
    /// Where chance starts; the same seed gives the same people
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Share of answers that are wrong, 0 to 1
    #[arg(long, value_name = "SHARE", default_value = "0.10", value_parser = share)]
    pub wrong: f64,
    /// Share of answers that are "not sure", 0 to 1
    #[arg(long, value_name = "SHARE", default_value = "0.15", value_parser = share)]
    pub unsure: f64,
    /// Let calls of one kind differ as their scripts say, instead of all being
    /// typical
    #[arg(long)]
    pub vary: bool,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// Train the risk map before each update of a list and say how much of the update it flags
#[derive(Args)]
#[command(after_help = "\
Examples:
  ringfence evaluate numbers ftc
  ringfence evaluate numbers ftc/complaints.csv --plots figures
  ringfence evaluate numbers complaints.csv --cuts cuts.csv --json

The file of complaints has the first line \"pattern\", then a United States number a
line, the oldest first. The file of cuts has the first line \"date,rows\", then for each
update its date and how many rows there were after it.")]
pub struct NumbersArgs {
    /// File of complaints, or a folder that has complaints.csv and cuts.csv
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// File of cuts instead of cuts.csv beside the complaints
    #[arg(long, value_name = "FILE")]
    pub cuts: Option<PathBuf>,
    /// Write coverage.svg into this folder
    #[arg(long, value_name = "DIR")]
    pub plots: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

fn people(text: &str) -> Result<u32, &'static str> {
    let people = text.parse().ok().filter(|people| *people > 0);
    people.ok_or("give how many people, such as 40")
}

fn share(text: &str) -> Result<f64, &'static str> {
    let share = text.parse().ok();
    let share = share.filter(|share| (0.0..=1.0).contains(share));
    share.ok_or("give a share from 0 to 1, such as 0.1")
}
