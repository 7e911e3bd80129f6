//! Statistics, and the page they are written on.

use std::process::Command;

use crate::Outcome;

/// Measurements of one thing, in rising order.
#[derive(Clone, Default)]
pub struct Sample(Vec<f64>);

impl Sample {
    pub fn add(&mut self, value: f64) {
        let place = self.0.partition_point(|&other| other < value);
        self.0.insert(place, value);
    }

    /// The value that `percent` of the measurements do not exceed.
    pub fn quantile(&self, percent: usize) -> f64 {
        let last = self.0.len().saturating_sub(1);
        self.0.get(last * percent / 100).copied().unwrap_or(0.0)
    }

    pub fn median(&self) -> f64 {
        self.quantile(50)
    }

    /// Median and tenth percentile.
    pub fn cell(&self) -> String {
        format!("{} ({})", number(self.median()), number(self.quantile(10)))
    }

    /// How many times as long as `other` this took.
    pub fn ratio(&self, other: &Self) -> String {
        format!("{} x", number(self.median() / other.median()))
    }
}

/// A number with no more decimals than mean something.
pub fn number(value: f64) -> String {
    if value < 0.0 {
        return format!("-{}", number(-value));
    }
    let decimals = match value {
        _ if value.fract() == 0.0 || value >= 100.0 => 0,
        _ if value >= 10.0 => 1,
        _ if value >= 0.1 => 2,
        _ => 3,
    };
    let digits = format!("{value:.decimals$}");
    let whole = digits.find('.').unwrap_or(digits.len());
    let mut text = String::new();
    for (index, digit) in digits.char_indices() {
        if index > 0 && index < whole && (whole - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A Markdown table.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let rows = rows.iter().map(|row| row.join(" | "));
    let rule = vec!["---"; head.len()].join(" | ");
    let lines = [head.join(" | "), rule].into_iter().chain(rows);
    lines.map(|line| format!("| {line} |\n")).collect()
}

/// The page as far as it is filled in.
pub struct Page {
    text: String,
    budgets: Vec<Vec<String>>,
}

impl Page {
    /// With date and machine, without anything that names the machine.
    pub fn new(text: &str) -> Outcome<Self> {
        let mut page = Self {
            text: text.to_owned(),
            budgets: Vec::new(),
        };
        let read = std::fs::read_to_string;
        let processor = field(&read("/proc/cpuinfo")?, "model name");
        let system = field(&read("/etc/os-release")?, "PRETTY_NAME");
        let kernel = read("/proc/version")?;
        let kernel = kernel.split([' ', '-']).nth(2).unwrap_or_default();
        let cores = std::thread::available_parallelism()?;
        let rustc = said(Command::new("rustc").arg("--version"))?;
        page.fill("date", &said(Command::new("date").args(["-u", "+%F"]))?);
        page.fill(
            "machine",
            &format!("{processor}, {cores} cores, {system}, Linux {kernel}, {rustc}"),
        );
        Ok(page)
    }

    /// Puts `text` where the page says `{place}`.
    pub fn fill(&mut self, place: &str, text: &str) {
        self.text = self.text.replace(&format!("{{{place}}}"), text);
    }

    /// Adds a budget: at most `limit`.
    pub fn budget(&mut self, what: &str, unit: &str, limit: f64, measured: f64) {
        let met = if measured <= limit { "met" } else { "NOT met" };
        let value = |value| format!("{} {unit}", number(value)).trim().to_owned();
        let row = vec![
            what.to_owned(),
            value(limit),
            value(measured),
            met.to_owned(),
        ];
        self.budgets.push(row);
    }

    /// The finished page.
    pub fn finish(mut self) -> String {
        let head = ["what", "budget, at most", "measured", ""];
        self.fill("budgets", &table(&head, &self.budgets));
        self.text
    }
}

/// The version of a crate that this program was built with, the newest if
/// dependencies have others.
pub fn version(name: &str) -> &'static str {
    let lock = include_str!("../../Cargo.lock").split("[[package]]");
    let packages = lock.filter_map(|package| {
        let rest = package.trim_start().strip_prefix("name = \"")?;
        let (other, rest) = rest.split_once("\"\nversion = \"")?;
        let (version, _) = rest.split_once('"')?;
        (other == name).then_some(version)
    });
    packages.last().unwrap_or("?")
}

/// The value of the first line of `text` that starts with `name`.
fn field(text: &str, name: &str) -> String {
    let line = text.lines().find(|line| line.starts_with(name));
    let value = line.and_then(|line| line.split([':', '=']).nth(1));
    value
        .unwrap_or("unknown")
        .trim()
        .trim_matches('"')
        .to_owned()
}

fn said(command: &mut Command) -> Outcome<String> {
    let said = String::from_utf8(command.output()?.stdout)?;
    Ok(said.trim().to_owned())
}
