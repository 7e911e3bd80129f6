//! What people edit about calls, compiled into the sections `guide.z` and
//! `texts`.
//!
//! ```text
//! data/flags.toml          ──evidence──▶ evidence  ┐
//! data/scripts/*.toml      ──scripts───▶ scripts   │
//! data/questions.toml      ──questions─▶ questions ├─write─▶ section "guide.z"
//! data/advice/*.toml       ──advice────▶ countries │
//! data/remote-tools.toml   ──tools─────▶ tools     ┘
//! data/texts/*.toml        ──texts─────▶ the slots of all that ─▶ section "texts"
//! ```
//!
//! [`read`] refuses what is wrong with file, line and what to do; [`write()`]
//! writes the layout of [`ringfence::check::guide::layout`].

mod advice;
mod check;
mod country;
mod deed;
mod evidence;
mod questions;
mod scripts;
mod slots;
mod tables;
pub mod texts;
mod tools;
mod write;

use std::path::Path;

use ringfence::screening::Date;

use crate::{Error, lexicon};

pub use advice::Step;
pub use country::{Country, ReportPlace};
pub use deed::Deed;
pub use evidence::Evidence;
pub use questions::{Choice, Question};
pub use scripts::{Script, Stage};
pub use slots::Slot;
pub use tools::Tool;
pub use write::{pack, write};

use check::Known;

/// Where a fact comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Who says it.
    pub name: String,
    /// The page.
    pub url: String,
    /// When it was consulted.
    pub date: Date,
}

/// All that people edit about calls, checked.
#[derive(Clone, Debug)]
pub struct GuideSource {
    /// The evidence, in the order of `flags.toml`: a piece's place is its
    /// number.
    pub evidence: Vec<Evidence>,
    /// The scripts, by id: a script's place is its number.
    pub scripts: Vec<Script>,
    /// The questions, in the order of their file.
    pub questions: Vec<Question>,
    /// The steps for countries that have none of their own, in the order in
    /// which they are shown.
    pub steps: Vec<Step>,
    /// Countries with steps of their own.
    pub countries: Vec<Country>,
    /// Programs for remote access.
    pub tools: Vec<Tool>,
}

/// Reads the files about calls in the folder `data`.
///
/// # Errors
/// [`Error::Io`] if a file cannot be read, [`Error::Source`] for the first
/// entry that is wrong.
pub fn read(data: &Path) -> Result<GuideSource, Error> {
    let evidence = evidence::read(data.join("flags.toml"))?;
    let paths = lexicon::files(&data.join("scripts"))?;
    let ids = scripts::ids(&paths)?;
    let known = Known {
        evidence: &evidence,
        scripts: &ids,
    };
    let scripts = scripts::read(paths, &known)?;
    let questions = questions::read(data.join("questions.toml"), &known)?;
    let (steps, countries) = advice::read(&data.join("advice"), &known)?;
    Ok(GuideSource {
        tools: tools::read(data.join("remote-tools.toml"))?,
        evidence,
        scripts,
        questions,
        steps,
        countries,
    })
}
