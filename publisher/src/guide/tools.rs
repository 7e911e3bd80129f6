//! `data/remote-tools.toml`: programs that let others see or control a device.

use std::path::PathBuf;

use serde::Deserialize;
use toml::Spanned;

use super::Citation;
use super::check::{Check, CitationFile};
use crate::Error;
use crate::source::Source;

/// Longest name of a program, in characters.
const MAX_NAME: usize = 60;

/// A program for remote access.
#[derive(Clone, Debug)]
pub struct Tool {
    /// Unique id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its Android packages.
    pub packages: Vec<String>,
    /// Other names and spellings people use.
    pub names: Vec<String>,
    /// Where the fact comes from.
    pub source: Citation,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ToolsFile {
    source: Spanned<String>,
    url: Spanned<String>,
    date: Spanned<String>,
    tools: Vec<ToolFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ToolFile {
    id: Spanned<String>,
    name: Spanned<String>,
    packages: Vec<Spanned<String>>,
    names: Vec<Spanned<String>>,
}

/// Reads the file, in its order.
pub(super) fn read(path: PathBuf) -> Result<Vec<Tool>, Error> {
    let source = Source::read(path)?;
    let check = Check(&source);
    let file: ToolsFile = source.parse()?;
    let citation = check.citation(CitationFile {
        name: file.source,
        url: file.url,
        date: file.date,
    })?;
    let mut tools: Vec<Tool> = Vec::new();
    for entry in file.tools {
        for package in &entry.packages {
            let name = package.get_ref();
            if !is_package(name) {
                let message = format!("{name} is no Android package: write it as com.example.app");
                return check.refuse(package.span().start, message);
            }
            if let Some(other) = tools.iter().find(|tool| tool.packages.contains(name)) {
                let message = format!("{name} is listed for {} too: leave one out", other.id);
                return check.refuse(package.span().start, message);
            }
        }
        let before = tools.iter().map(|tool| tool.id.as_str());
        let tool = Tool {
            id: check.new_id(entry.id, before)?,
            name: check.text(entry.name, MAX_NAME)?,
            packages: check.texts(entry.packages, 200)?,
            names: check.texts(entry.names, MAX_NAME)?,
            source: citation.clone(),
        };
        tools.push(tool);
    }
    Ok(tools)
}

/// Whether Android would take it as a package's name: two or more parts of
/// letters, digits and underscores, each starting with a letter.
fn is_package(name: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_alphabetic())
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    name.contains('.') && name.split('.').all(part)
}
