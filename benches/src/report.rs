//! Statistics, tables and the machine.

use std::process::Command;

use crate::Outcome;

/// Measurements of one thing.
#[derive(Clone, Default)]
pub struct Sample(Vec<f64>);

impl Sample {
    /// Adds a measurement.
    pub fn add(&mut self, value: f64) {
        let place = self.0.partition_point(|&other| other < value);
        self.0.insert(place, value);
    }

    /// The value that `percent` of the measurements do not exceed.
    fn quantile(&self, percent: usize) -> f64 {
        let last = self.0.len().saturating_sub(1);
        self.0.get(last * percent / 100).copied().unwrap_or(0.0)
    }

    pub fn median(&self) -> f64 {
        self.quantile(50)
    }

    pub fn p10(&self) -> f64 {
        self.quantile(10)
    }

    pub fn min(&self) -> f64 {
        self.quantile(0)
    }

    /// Median and tenth percentile as they stand in the tables.
    pub fn cell(&self) -> String {
        format!("{} ({})", number(self.median()), number(self.p10()))
    }

    /// How many times as long as `other` this took.
    pub fn ratio(&self, other: &Self) -> String {
        format!("{} x", number(self.median() / other.median()))
    }
}

/// A number with about three digits that mean something.
pub fn number(value: f64) -> String {
    let decimals = match value {
        0.0 => 0,
        _ if value < 1.0 => 3,
        _ if value < 10.0 => 2,
        _ if value < 100.0 => 1,
        _ => 0,
    };
    let digits = format!("{value:.decimals$}");
    let whole = digits.split('.').next().map_or(0, str::len);
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index < whole && (whole - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A Markdown table.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head: Vec<String> = head.iter().map(|&cell| cell.to_owned()).collect();
    let rule = "|---".repeat(head.len());
    let rows: String = rows.iter().map(|row| line(row)).collect();
    format!("{}{rule}|\n{rows}\n", line(&head))
}

/// Processor, system and compiler, without anything that names the machine.
pub fn machine() -> Outcome<String> {
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name));
        let value = line.and_then(|line| line.split([':', '=']).nth(1));
        value
            .unwrap_or("unknown")
            .trim()
            .trim_matches('"')
            .to_owned()
    };
    let processor = field(&std::fs::read_to_string("/proc/cpuinfo")?, "model name");
    let system = field(&std::fs::read_to_string("/etc/os-release")?, "PRETTY_NAME");
    let kernel = std::fs::read_to_string("/proc/version")?;
    let kernel = kernel.split_whitespace().nth(2).unwrap_or_default();
    let kernel = kernel.split('-').next().unwrap_or_default();
    let cores = std::thread::available_parallelism()?;
    Ok(format!(
        "{processor}, {cores} cores, {system}, Linux {kernel}, {}",
        said(Command::new("rustc").arg("--version"))?
    ))
}

/// Today in UTC.
pub fn today() -> Outcome<String> {
    said(Command::new("date").args(["-u", "+%Y-%m-%d"]))
}

fn said(command: &mut Command) -> Outcome<String> {
    Ok(String::from_utf8(command.output()?.stdout)?
        .trim()
        .to_owned())
}
