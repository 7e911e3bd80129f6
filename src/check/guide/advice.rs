//! What to do now, where to report, and programs for remote access.

use std::fmt;

use super::cell::{List, Record};
use super::evidence::EvidenceIndex;
use super::said::Kind;
use super::script::{ScriptIndex, Source};
use super::tables::{Row, layout};
use crate::database::Fault;
use crate::number::Region;

/// Something to do after a call.
///
/// It is shown for its verdicts if the person did something in `done`, or
/// something in `asked` was seen, or the best script is in `scripts`; with
/// all three empty it is always shown for those verdicts. A step whose id is
/// another's with `_if` at the end is shown only when that one is not.
#[derive(Clone, Copy)]
pub struct AdviceStep<'a> {
    /// The id, such as `ring_bank`.
    pub id: &'a str,
    /// The block of advice it belongs to, 0 to 6.
    pub block: u8,
    /// Smaller comes first.
    pub order: u16,
    /// Whether it is for a scam.
    pub for_scam: bool,
    /// Whether it is for a call that may be one.
    pub for_unsure: bool,
    /// Whether it is for a call that is none.
    pub for_clear: bool,
    /// What the person did.
    pub done: List<'a, EvidenceIndex>,
    /// What was seen in the call.
    pub asked: List<'a, EvidenceIndex>,
    /// Kinds of calls.
    pub scripts: List<'a, ScriptIndex>,
    /// What to do.
    pub text: &'a str,
    /// What the phone can do for it.
    pub action: Option<Do<'a>>,
    /// Where the fact comes from; none for what holds everywhere.
    pub source: Option<Source<'a>>,
}

/// Steps before this order are for right now.
const URGENT: u16 = 30;

impl AdviceStep<'_> {
    /// Whether it is for right now: it stops what is happening, or saves
    /// money that is on its way.
    pub fn is_urgent(&self) -> bool {
        self.order < URGENT
    }
}

impl<'a> Record<'a> for AdviceStep<'a> {
    const TABLE: usize = layout::STEPS;

    fn read_row(row: &Row<'a>) -> Result<Self, Fault> {
        let small = |value: u32| u16::try_from(value).map_err(|_| row.tables.content());
        let block = u8::try_from(row.cell::<u32>(1)?).ok();
        let block = block.filter(|&block| block <= 6);
        let verdicts: u32 = row.cell(3)?;
        let target = row.cell(9)?;
        Ok(Self {
            id: row.cell(0)?,
            block: block.ok_or_else(|| row.tables.content())?,
            order: small(row.cell(2)?)?,
            for_scam: verdicts & 1 != 0,
            for_unsure: verdicts & 2 != 0,
            for_clear: verdicts & 4 != 0,
            done: row.cell(4)?,
            asked: row.cell(5)?,
            scripts: row.cell(6)?,
            text: row.said(Kind::Step, row.cell(7)?),
            action: match row.cell::<u32>(8)? {
                0 => None,
                1 => Some(Do::Dial(target)),
                2 => Some(Do::OpenSettings(target)),
                3 => Some(Do::Uninstall),
                4 => Some(Do::ShareReport(target)),
                5 => Some(Do::OpenPage(target)),
                _ => return Err(row.tables.content()),
            },
            source: row.cell(10)?,
        })
    }
}

impl fmt::Debug for AdviceStep<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AdviceStep({})", self.id)
    }
}

/// What the phone can do for a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Do<'a> {
    /// Ring this number, as dialled in the country.
    Dial(&'a str),
    /// Open settings: `wifi`, `apps`, `airplane_mode` or `call_blocking`.
    OpenSettings(&'a str),
    /// Find programs for remote access and offer to remove them.
    Uninstall,
    /// Write a report: for a short number such as `7726`, or `report` for the
    /// country's [`ReportPlace`].
    ShareReport(&'a str),
    /// Open this page.
    OpenPage(&'a str),
}

/// A country's steps, or those for all countries that have none.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// The country; none for all that have no steps of their own.
    pub region: Option<Region>,
    /// The steps in their order.
    pub steps: List<'a, AdviceStep<'a>>,
    /// Where people report.
    pub report: Option<ReportPlace<'a>>,
}

impl<'a> Record<'a> for Place<'a> {
    const TABLE: usize = layout::PLACES;

    fn read_row(row: &Row<'a>) -> Result<Self, Fault> {
        let some = |text: &'a str| (!text.is_empty()).then_some(text);
        let report = ReportPlace {
            name: row.cell(3)?,
            text_number: some(row.cell(4)?),
            phone: some(row.cell(5)?),
            url: row.cell(6)?,
            source: row.cell(7)?,
        };
        row.cell::<&str>(1)?;
        Ok(Self {
            region: row.cell(0)?,
            steps: row.cell(2)?,
            report: (!report.name.is_empty()).then_some(report),
        })
    }
}

/// Where people of a country report a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportPlace<'a> {
    /// Who takes reports.
    pub name: &'a str,
    /// The short number that suspicious texts and calls are sent to.
    pub text_number: Option<&'a str>,
    /// The number to ring, as dialled in the country.
    pub phone: Option<&'a str>,
    /// The page for reports.
    pub url: &'a str,
    /// Where the fact comes from.
    pub source: &'a str,
}

/// A program that lets others see or control a device.
#[derive(Clone, Copy)]
pub struct RemoteTool<'a> {
    /// The id, such as `anydesk`.
    pub id: &'a str,
    /// What it is called.
    pub name: &'a str,
    /// Its Android packages.
    pub packages: List<'a, &'a str>,
    /// Other names and spellings people use.
    pub names: List<'a, &'a str>,
    /// Where the fact comes from.
    pub source: Source<'a>,
}

impl<'a> Record<'a> for RemoteTool<'a> {
    const TABLE: usize = layout::TOOLS;

    fn read_row(row: &Row<'a>) -> Result<Self, Fault> {
        Ok(Self {
            id: row.cell(0)?,
            name: row.cell(1)?,
            packages: row.cell(2)?,
            names: row.cell(3)?,
            source: row.cell(4)?,
        })
    }
}

impl fmt::Debug for RemoteTool<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RemoteTool({})", self.id)
    }
}
