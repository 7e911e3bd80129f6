//! The command line of `ringfence db import`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use ringfence_publisher::import::{Column, DateForm, Format};

/// Told by the first bytes of each file.
pub const AUTO: &str = "auto";

fn formats() -> PossibleValuesParser {
    let all = Format::ALL.iter().map(|format| format.id());
    PossibleValuesParser::new(all.chain([AUTO]))
}

fn dates() -> PossibleValuesParser {
    PossibleValuesParser::new(DateForm::ALL.map(|(_, id)| id))
}

fn separator(text: &str) -> Result<char, String> {
    let mut chars = text.chars();
    match (text, chars.next(), chars.next()) {
        ("tab", ..) => Ok('\t'),
        (_, Some(one), None) if one != '"' => Ok(one),
        _ => Err("a separator is one character, or the word tab".to_owned()),
    }
}

#[derive(Args)]
pub struct ImportArgs {
    /// What the lists are: ftc, csv, text, phoneblock, yacb, integers,
    /// saracroche, begone, spamblocker; or auto, to tell it by their content
    #[arg(value_name = "FORMAT", value_parser = formats(), hide_possible_values = true)]
    pub format: String,
    /// Lists, folders of them, or - for standard input; packed with gzip or
    /// zstd or not
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,
    /// Write a database: the bundled one, or that of --database, with all
    /// reported numbers of the store; an existing file is replaced at once and
    /// only when the new one is whole
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Where everything that was ever imported is kept [default: OUT.lists]
    #[arg(long, value_name = "FOLDER", required_unless_present = "out")]
    pub store: Option<PathBuf>,
    /// The region whose national numbers are in the lists [default for ftc: US]
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
    /// The dates of rows in a list without dates that is in the order of time:
    /// a CSV with the columns date and rows [default: the one beside the list]
    #[arg(long, value_name = "FILE")]
    pub cuts: Option<PathBuf>,
    /// The date of rows that have none, such as 2026-11-22 [default: today]
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// What the lists are called
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Under which licence or terms they are
    #[arg(long, value_name = "TEXT")]
    pub licence: Option<String>,
    /// Where they come from
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// csv: the column with the number, by its name or its number from 1
    #[arg(long, value_name = "COLUMN")]
    pub number: Option<Column>,
    /// csv: the column with the date
    #[arg(long, value_name = "COLUMN")]
    pub date_column: Option<Column>,
    /// csv: how dates are written: iso (2026-11-22, with a time or not), us
    /// (11/22/2026), eu (22.11.2026), unix (seconds)
    #[arg(long, value_name = "FORM", default_value = "iso", value_parser = dates(), hide_possible_values = true)]
    pub dates: String,
    /// csv: the column that says what the calls were
    #[arg(long, value_name = "COLUMN")]
    pub kind: Option<Column>,
    /// csv: the column that says how many people reported it
    #[arg(long, value_name = "COLUMN")]
    pub count: Option<Column>,
    /// csv: what separates columns: one character, or tab [default: found out]
    #[arg(long, value_name = "CHARACTER", value_parser = separator)]
    pub separator: Option<char>,
    /// The name of the database [default: the day of issue, such as
    /// 2026.11.22-lists]
    #[arg(long, value_name = "NAME", requires = "out")]
    pub release: Option<String>,
    /// When the database is issued, such as 2026-11-22T00:00:00Z [default: after
    /// the last report, but not before the database it is based on]
    #[arg(long, value_name = "RFC3339", requires = "out")]
    pub issued: Option<String>,
    /// Which share of each country's numbers the risk map may warn of, in
    /// percent, 1 at most; 0 leaves the map out
    #[arg(long, value_name = "PERCENT", default_value = "1", value_parser = budget)]
    pub budget: u64,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// Percent as millionths.
fn budget(text: &str) -> Result<u64, &'static str> {
    let percent: Option<f64> = text.parse().ok();
    let percent = percent.filter(|percent| (0.0..=1.0).contains(percent));
    let millionths = percent.map(|percent| (percent * 10_000.0).round() as u64);
    millionths.ok_or("give a percentage from 0 to 1, such as 0.3")
}
