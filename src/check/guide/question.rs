//! Questions with answers to tap on.

use std::fmt;

use super::cell::{List, Record};
use super::evidence::EvidenceIndex;
use super::said::Kind;
use super::tables::{Row, layout};
use crate::database::Fault;

/// A question about a call.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The id, such as `who`.
    pub id: &'a str,
    /// The question.
    pub text: &'a str,
    /// What can be picked: 2 to 7.
    pub options: List<'a, Choice<'a>>,
}

impl<'a> Record<'a> for Question<'a> {
    const TABLE: usize = layout::QUESTIONS;

    fn read_row(row: &Row<'a>) -> Result<Self, Fault> {
        Ok(Self {
            id: row.cell(0)?,
            text: row.said(Kind::Question, row.cell(1)?),
            options: row.cell(2)?,
        })
    }
}

impl fmt::Debug for Question<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Question({})", self.id)
    }
}

/// An answer to pick.
#[derive(Clone, Copy)]
pub struct Choice<'a> {
    /// The id, such as `shop`: unique in its question.
    pub id: &'a str,
    /// What it says.
    pub text: &'a str,
    /// Picking it says yes to one of these; empty for "none of these".
    pub evidence: List<'a, EvidenceIndex>,
}

impl<'a> Record<'a> for Choice<'a> {
    const TABLE: usize = layout::OPTIONS;

    fn read_row(row: &Row<'a>) -> Result<Self, Fault> {
        Ok(Self {
            id: row.cell(0)?,
            text: row.said(Kind::Choice, row.cell(1)?),
            evidence: row.cell(2)?,
        })
    }
}

impl fmt::Debug for Choice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Choice({})", self.id)
    }
}
