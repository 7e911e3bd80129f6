//! What a person can say about a call.

use std::fmt;

use super::cell::{Cell, Record};
use super::said::Kind;
use super::tables::{Row, Tables, layout};
use crate::database::Fault;

/// The number of a piece of evidence in its database, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EvidenceIndex(pub u16);

impl EvidenceIndex {
    /// The number, to index an array with.
    pub fn get(self) -> usize {
        self.0.into()
    }
}

impl<'a> Cell<'a> for EvidenceIndex {
    fn read(tables: &Tables<'a>, cell: u32) -> Result<Self, Fault> {
        index(tables, layout::EVIDENCE, cell).map(Self)
    }
}

/// The number of a row of a table that has such a row.
pub(super) fn index(tables: &Tables<'_>, table: usize, cell: u32) -> Result<u16, Fault> {
    let number = u16::try_from(cell).ok();
    match number {
        Some(number) if cell < tables.rows(table)? => Ok(number),
        _ => Err(tables.content()),
    }
}

/// What a piece of evidence tells about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum EvidenceGroup {
    /// Who they said they were.
    Claim = 0,
    /// What it was about.
    Topic = 1,
    /// A mark of a genuine call.
    Sign = 2,
    /// A red flag.
    Flag = 3,
    /// What the person did.
    Action = 4,
}

impl EvidenceGroup {
    /// All of them, in the order of their codes in a database.
    pub const ALL: [Self; 5] = [
        Self::Claim,
        Self::Topic,
        Self::Sign,
        Self::Flag,
        Self::Action,
    ];

    /// Its name in `data/flags.toml`, such as `claim`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Topic => "topic",
            Self::Sign => "sign",
            Self::Flag => "flag",
            Self::Action => "action",
        }
    }
}

impl fmt::Display for EvidenceGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A piece of evidence: something that was so in a call, or was not.
#[derive(Clone, Copy, PartialEq)]
pub struct Evidence<'a> {
    /// Its number.
    pub index: EvidenceIndex,
    /// The id, such as `asks_otp`.
    pub id: &'a str,
    /// What it tells about.
    pub group: EvidenceGroup,
    /// How likely a call of a kind that does not name it still shows it.
    pub base: f32,
    /// Whether it alone is enough alarm on a call that was not expected.
    pub strong: bool,
    /// What to call it.
    pub title: &'a str,
    /// What to call it in English, in whatever language the rest is: for those
    /// who take reports.
    pub english: &'a str,
    /// The question for it in English, to be answered with yes or no.
    pub ask: &'a str,
    /// Why it matters; empty for claims, topics and actions.
    pub why: &'a str,
}

impl<'a> Record<'a> for Evidence<'a> {
    const TABLE: usize = layout::EVIDENCE;

    fn read_row(row: &Row<'a>) -> Result<Self, Fault> {
        let group = row.cell::<u32>(1)? as usize;
        let group = EvidenceGroup::ALL.get(group);
        Ok(Self {
            index: EvidenceIndex::read(&row.tables, row.number)?,
            id: row.cell(0)?,
            group: *group.ok_or_else(|| row.tables.content())?,
            base: row.cell(2)?,
            strong: row.cell(3)?,
            title: row.said(Kind::EvidenceTitle, row.cell(4)?),
            english: row.cell(4)?,
            ask: row.cell(5)?,
            why: row.said(Kind::EvidenceWhy, row.cell(6)?),
        })
    }
}

impl fmt::Debug for Evidence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Evidence({})", self.id)
    }
}
