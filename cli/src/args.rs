//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::db::args::ImportArgs;
use crate::evaluate::EvaluateCommand;

/// Offline call screening: says whether an unknown number should ring, and why
#[derive(Parser)]
#[command(name = "ringfence", version, arg_required_else_help = true, after_help = EXAMPLES)]
pub struct Cli {
    /// Read this database instead of the bundled one
    #[arg(long, global = true, value_name = "FILE")]
    pub database: Option<PathBuf>,

    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  ringfence screen \"07700 900123\" --region GB      should this call ring?
  ringfence screen --hidden                        ... and one without a number?
  ringfence number \"+44 20 7946 0018\" --json       what is this number?
  ringfence screen --region GB --batch calls.txt   one number a line, JSON out
  ringfence check \"They had me download AnyDesk\"   was that call a scam?
  ringfence db info                                what the database holds";

#[derive(Subcommand)]
pub enum Command {
    Number(NumberArgs),
    Screen(ScreenArgs),
    Remember(RememberArgs),
    Check(CheckArgs),
    /// Look at, check and build databases
    #[command(subcommand)]
    Db(DbCommand),
    /// Measure how good the check after a call and the risk map are
    #[command(subcommand)]
    Evaluate(EvaluateCommand),
    /// Print a completion script for a shell
    #[command(
        after_help = "Example:\n  ringfence completions bash > ~/.local/share/bash-completion/completions/ringfence"
    )]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    #[command(after_help = "Example:\n  ringfence man > ringfence.1 && man ./ringfence.1")]
    Man {
        /// A command, for its own page
        command: Option<String>,
    },
}

/// Say what a number is: valid, its E.164 form, region and kind
///
/// Understands E.164, national form with --region, international prefixes,
/// tel: URIs, extensions, letters for digits and digits of any script.
#[derive(Args)]
#[command(after_help = "\
Examples:
  ringfence number \"020 7946 0018\" --region GB
  ringfence number \"tel:+39-06-698-12345\" --json
  ringfence number --region FR --batch numbers.txt > answers.jsonl

A line of a batch is a number, or a JSON object {\"number\": ..., \"region\": ...}.")]
pub struct NumberArgs {
    /// The number; in quotes if it has spaces
    #[arg(
        value_name = "TEXT",
        required_unless_present = "batch",
        conflicts_with = "batch",
        allow_hyphen_values = true
    )]
    pub text: Option<String>,
    #[command(flatten)]
    pub common: Common,
}

/// Decide about a call: allow, warn, silence or reject, and why
#[derive(Args)]
#[command(after_help = "\
Examples:
  ringfence screen \"07700 900123\" --region GB
  ringfence screen --hidden --mode strict
  ringfence screen \"+216 20 123 456\" --region GB --explain
  ringfence screen +12025550123 --verification failed --json
  ringfence screen \"07400 123456\" --region GB --memory memory
  ringfence screen --region GB --batch calls.txt > verdicts.jsonl

A line of a batch is a number, or a JSON object {\"number\": ..., \"region\": ...,
\"hidden\": true, \"verification\": \"failed\", \"outgoing\": true}; all but the number
may be left out.")]
pub struct ScreenArgs {
    /// The caller's number, or whatever the phone shows; in quotes if it has spaces
    #[arg(value_name = "NUMBER", required_unless_present_any = ["batch", "hidden"], conflicts_with = "batch", allow_hyphen_values = true)]
    pub number: Option<String>,
    #[command(flatten)]
    pub common: Common,
    /// The caller hides the number
    #[arg(long)]
    pub hidden: bool,
    /// What the network says of the caller ID (STIR/SHAKEN)
    #[arg(long, value_enum, default_value_t = Verification::None, value_name = "STATUS")]
    pub verification: Verification,
    /// You are calling this number
    #[arg(long)]
    pub outgoing: bool,
    /// How much screening may do [default: standard, or as the settings say]
    #[arg(long, value_enum)]
    pub mode: Option<Mode>,
    /// Settings as a JSON file: mode, home, switches, allow and block lists
    #[arg(long, value_name = "FILE")]
    pub settings: Option<PathBuf>,
    /// What the phone remembers: its memory file, which is only read
    #[arg(long, value_name = "FILE")]
    pub memory: Option<PathBuf>,
    /// Decide as at this time, such as 2026-12-24T18:00:00Z [default: now]
    #[arg(long, value_name = "RFC3339")]
    pub at: Option<String>,
    /// Show every rule that was looked at
    #[arg(long)]
    pub explain: bool,
}

/// Note down a call in a memory file, as the phone does
///
/// The file holds keyed hashes, no numbers. It is made if there is none, and
/// whatever moment the program is stopped at, what was noted before is there.
/// Not for a file that a phone or another program has open.
#[derive(Args)]
#[command(
    allow_missing_positional = true,
    after_help = "\
Examples:
  ringfence remember \"07400 123456\" scam --region GB --memory memory
  ringfence screen \"07400 123456\" --region GB --memory memory
  ringfence remember +447400123456 unmark --memory memory
  ringfence remember --hidden scam --memory memory

A number that was called or spoken with is known for two years, one marked as
fine until it is unmarked. A scam stays one for a year; its neighbours are warned
of for two weeks, and strangers for as long as the settings say."
)]
pub struct RememberArgs {
    /// The number; in quotes if it has spaces
    #[arg(
        value_name = "NUMBER",
        required_unless_present = "hidden",
        conflicts_with = "hidden"
    )]
    pub number: Option<String>,
    /// What there is to remember
    #[arg(value_enum, value_name = "EVENT")]
    pub event: Happened,
    /// The memory file
    #[arg(long, value_name = "FILE")]
    pub memory: PathBuf,
    /// The call showed no number; it can be marked as a scam and unmarked
    #[arg(long)]
    pub hidden: bool,
    /// Home region: whose national numbers to understand, such as GB
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
    /// Remember it as of this time, such as 2026-12-24T18:00:00Z [default: now]
    #[arg(long, value_name = "RFC3339")]
    pub at: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Happened {
    /// You called it
    Called,
    /// You spoke with it for a minute or more
    Spoken,
    /// You say that it is fine
    Fine,
    /// You say that it was a scam
    Scam,
    /// You take back either
    Unmark,
}

/// Say whether a call was a scam, what gives it away and what to do now
///
/// Reads what a person says of the call, in English, French, German, Spanish,
/// Italian, Portuguese, Dutch, Polish or Hindi in Latin letters, and answers
/// to questions. Without a note and answers it asks for them, question by
/// question. With --lang, questions, red flags and advice are in that language
/// (Hindi in Devanagari); headings and reports stay in English. Nothing that is
/// said leaves this computer.
#[derive(Args)]
#[command(after_help = "\
Examples:
  ringfence check \"He said my Prime was renewing and had me get AnyDesk\" --region GB
  ringfence check \"A man from the bank rang\" --answer wanted=send --json
  ringfence check \"Microsoft wollte, dass ich AnyDesk installiere\" --lang de
  ringfence check                                  asks, one question at a time
  ringfence check --batch notes.jsonl > verdicts.jsonl

With --json, next_question holds the question that would help most; answer it
with --answer. The span of a red flag is where the note shows it: from and to, in
bytes of the note as UTF-8, or null if an answer showed it. Without a note the
questions go to standard error and the result to standard output.

A line of a batch is a JSON object {\"id\": ..., \"note\": ..., \"lang\": ...,
\"region\": ..., \"answers\": {\"who\": \"shop\"}}, where lang is as --lang; all but a
note or answers may be left out, other keys and blank lines are passed over, and
the answer carries the id.")]
pub struct CheckArgs {
    /// What happened, in the person's own words; in quotes
    #[arg(value_name = "NOTE", conflicts_with = "batch")]
    pub note: Option<String>,
    /// The language of the note and of what is answered, such as de [default:
    /// found out, and answered in English]
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Option<String>,
    /// Where the person is, such as GB: whom to ring and where to report
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
    /// An answer: a flag with yes, no or unsure, or a question with one of its
    /// options, such as who=shop; may be repeated
    #[arg(long = "answer", value_name = "ID=ANSWER", conflicts_with = "batch")]
    pub answers: Vec<String>,
    /// Print a text to send instead: to the phone company's short number, to
    /// who takes reports, or to the bank
    #[arg(long, value_name = "TO", conflicts_with_all = ["batch", "json"])]
    pub report: Option<Recipient>,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
    /// Read one JSON object a line from a file, or - for standard input;
    /// prints a JSON object a line
    #[arg(long, value_name = "FILE|-")]
    pub batch: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Recipient {
    /// The phone company's short number, such as 7726
    ShortCode,
    /// Who takes reports, such as Report Fraud
    Authority,
    /// The person's bank
    Bank,
}

#[derive(Args)]
pub struct Common {
    /// Home region: whose national numbers to understand, such as GB
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
    /// Read one item a line from a file, or - for standard input; prints a
    /// JSON object a line
    #[arg(long, value_name = "FILE|-")]
    pub batch: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Verification {
    Passed,
    Failed,
    None,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Mode {
    /// Never rejects
    Gentle,
    /// Rejects what nobody honest can show
    Standard,
    /// One step harder
    Strict,
}

#[derive(Subcommand)]
pub enum DbCommand {
    /// Say what a database holds
    #[command(
        after_help = "Examples:\n  ringfence db info\n  ringfence db info ringfence.rfdb --json"
    )]
    Info {
        /// The database [default: the bundled one]
        file: Option<PathBuf>,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Check every byte of a database
    #[command(after_help = "Example:\n  ringfence db verify ringfence.rfdb")]
    Verify {
        /// The database [default: the bundled one]
        file: Option<PathBuf>,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Take in lists of numbers that people reported
    ///
    /// Reads lists of many formats into a store, where each file is one sorted
    /// run: what is there is not read again, so an import that was broken off
    /// goes on where it was. Rows that are not used are counted by reason. What
    /// a format's columns mean is in docs/importing.md.
    #[command(after_help = "\
Examples:
  ringfence db import ftc DNC_Complaint_Numbers_2026-11-20.csv --out new.rfdb
  ringfence db import ftc complaints/ --store lists
  ringfence db import csv spam.csv --number phone --date-column seen --region GB --source \"My list\" --store lists
  zcat numbers.txt.gz | ringfence db import text - --region DE --store lists --json")]
    Import(Box<ImportArgs>),
    /// Build a database from the files people edit
    #[command(after_help = "\
Examples:
  ringfence db build --data data --out ringfence.rfdb
  ringfence db build --data data --metadata PhoneNumberMetadata.xml --metadata-version 9.0.43 --out new.rfdb")]
    Build {
        /// The folder with release.toml and numbering/
        #[arg(long, value_name = "FOLDER", default_value = "data")]
        data: PathBuf,
        /// Where to write the database; an existing file is replaced at once
        /// and only when the new one is whole
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// libphonenumber's PhoneNumberMetadata.xml, instead of the built-in
        /// metadata
        #[arg(long, value_name = "XML", requires = "metadata_version")]
        metadata: Option<PathBuf>,
        /// The version of that metadata
        #[arg(long, value_name = "VERSION", requires = "metadata")]
        metadata_version: Option<String>,
        /// Only these regions and those that share their calling codes
        #[arg(long = "only", value_name = "REGION")]
        regions: Vec<String>,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
}
