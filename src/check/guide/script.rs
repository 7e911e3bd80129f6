//! Kinds of calls.

use std::fmt;

use super::cell::{Cell, List, Record};
use super::evidence::{EvidenceIndex, index};
use super::said::Kind;
use super::tables::{Row, Tables, layout};
use crate::database::Fault;
use crate::number::Region;
use crate::screening::Date;

/// The number of a script in its database, from 0, by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScriptIndex(pub u16);

impl ScriptIndex {
    /// The number, to index an array with.
    pub fn get(self) -> usize {
        self.0.into()
    }
}

impl<'a> Cell<'a> for ScriptIndex {
    fn read(tables: &Tables<'a>, cell: u32) -> Result<Self, Fault> {
        index(tables, layout::SCRIPTS, cell).map(Self)
    }
}

/// Whether calls of a kind are scams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum ScriptKind {
    /// A scam as criminals run it.
    Scam = 0,
    /// A genuine kind of call that is like one.
    Genuine = 1,
}

impl ScriptKind {
    /// Its name in a script's file: `scam` or `genuine`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scam => "scam",
            Self::Genuine => "genuine",
        }
    }
}

impl fmt::Display for ScriptKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A kind of call: a scam, or a genuine kind that is like one.
#[derive(Clone, Copy)]
pub struct Script<'a> {
    /// Its number.
    pub index: ScriptIndex,
    /// The id, such as `bank_safe_account`.
    pub id: &'a str,
    /// Whether it is a scam.
    pub kind: ScriptKind,
    /// What a person would call it.
    pub title: &'a str,
    /// The same in English, in whatever language title and summary are: for
    /// those who take reports.
    pub english: &'a str,
    /// Other names people use.
    pub names: List<'a, &'a str>,
    /// What happens in such a call.
    pub summary: &'a str,
    /// Where it is known; empty for anywhere.
    pub countries: List<'a, Region>,
    /// How money leaves.
    pub payment: List<'a, &'a str>,
    /// Programs that the callers use.
    pub tools: List<'a, &'a str>,
    /// Kinds of calls that are easily mistaken for it.
    pub look_alikes: List<'a, ScriptIndex>,
    /// What the genuine organisation never does.
    pub never: List<'a, &'a str>,
    /// How the genuine call differs, or how to tell that it is real.
    pub genuine: &'a str,
    /// How the call unfolds.
    pub stages: List<'a, Stage<'a>>,
    /// Where the facts come from.
    pub sources: List<'a, Source<'a>>,
}

impl<'a> Record<'a> for Script<'a> {
    const TABLE: usize = layout::SCRIPTS;

    fn read_row(row: &Row<'a>) -> Result<Self, Fault> {
        Ok(Self {
            index: ScriptIndex::read(&row.tables, row.number)?,
            id: row.cell(0)?,
            kind: match row.cell::<bool>(1)? {
                false => ScriptKind::Scam,
                true => ScriptKind::Genuine,
            },
            title: row.said(Kind::ScriptTitle, row.cell(2)?),
            english: row.cell(2)?,
            names: row.cell(3)?,
            summary: row.said(Kind::ScriptSummary, row.cell(4)?),
            countries: row.cell(5)?,
            payment: row.cell(6)?,
            tools: row.cell(7)?,
            look_alikes: row.cell(8)?,
            never: row.cell(9)?,
            genuine: row.cell(10)?,
            stages: row.cell(11)?,
            sources: row.cell(12)?,
        })
    }
}

impl fmt::Debug for Script<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Script({})", self.id)
    }
}

/// A stage of a call.
#[derive(Clone, Copy)]
pub struct Stage<'a> {
    /// The id, such as `recording`: unique in its script.
    pub id: &'a str,
    /// What happens.
    pub title: &'a str,
    /// The share of calls that get this far.
    pub reached: f32,
    /// What the caller typically says.
    pub says: List<'a, &'a str>,
    /// How likely a person whose call got this far reports each of these.
    pub evidence: List<'a, (EvidenceIndex, f32)>,
}

impl<'a> Record<'a> for Stage<'a> {
    const TABLE: usize = layout::STAGES;

    fn read_row(row: &Row<'a>) -> Result<Self, Fault> {
        Ok(Self {
            id: row.cell(0)?,
            title: row.cell(1)?,
            reached: row.cell(2)?,
            says: row.cell(3)?,
            evidence: row.cell(4)?,
        })
    }
}

impl fmt::Debug for Stage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Stage({})", self.id)
    }
}

/// Where a fact comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source<'a> {
    /// Who says it.
    pub name: &'a str,
    /// The page.
    pub url: &'a str,
    /// When it was consulted.
    pub date: Date,
}

impl<'a> Record<'a> for Source<'a> {
    const TABLE: usize = layout::SOURCES;

    fn read_row(row: &Row<'a>) -> Result<Self, Fault> {
        Ok(Self {
            name: row.cell(0)?,
            url: row.cell(1)?,
            date: row.cell(2)?,
        })
    }
}

impl fmt::Display for Source<'_> {
    /// Name and date, such as `Which?, 2026-11-22`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.name, self.date)
    }
}

/// How likely a person reports each piece of evidence after one kind of call.
#[derive(Clone, Copy)]
pub struct Likelihoods<'a>(&'a [[u8; 2]]);

impl<'a> Likelihoods<'a> {
    pub(super) fn read(row: &Row<'a>) -> Result<Self, Fault> {
        let values = row.tables.shorts(row.cell(13)?)?;
        let whole = values.len() == row.tables.rows(layout::EVIDENCE)? as usize;
        let fine = whole.then_some(Self(values));
        fine.ok_or_else(|| row.tables.content())
    }

    /// The likelihood of a piece of evidence; `None` if there is none such.
    #[inline]
    pub fn get(&self, evidence: EvidenceIndex) -> Option<f32> {
        self.0.get(evidence.get()).map(likelihood)
    }

    /// All of them, in the order of the evidence.
    pub fn iter(&self) -> impl Iterator<Item = f32> + use<'a> {
        self.0.iter().map(likelihood)
    }
}

fn likelihood(stored: &[u8; 2]) -> f32 {
    f32::from(u16::from_le_bytes(*stored)) / f32::from(u16::MAX)
}

impl fmt::Debug for Likelihoods<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
