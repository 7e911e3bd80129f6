//! Tables of cells, read in place: how the section `guide` is stored.

use super::bytes::Bytes;
use super::cell::{Cell, Record};
use super::said::{ENGLISH, Kind, Said};
use crate::database::{Fault, FaultKind};

/// The layout of the section `guide`, and of `guide.z` once inflated.
///
/// The section `guide.z` is a u32, the inflated length, and a raw DEFLATE
/// stream. Publishers write that one; `guide` is as it was stored before.
///
/// All integers are little-endian. The section is a directory of tables,
/// their cells, and a *heap* of what does not fit into a cell:
///
/// | offset | content |
/// |---|---|
/// | 0 | u32: number of tables |
/// | 4 | u32: offset of the heap from the start of the section |
/// | 8 | tables, 12 bytes each: u32 offset of the cells from the start of the section, u32 number of rows, u32 number of columns |
/// | then | the cells of each table, u32 each, row after row |
/// | then | the heap, to the end of the section |
///
/// A cell is
///
/// * *int*: an integer, or a bit set;
/// * *float*: the bits of an f32, 0 to 1;
/// * *date*: an integer such as 20261122;
/// * *region*: three bytes as in the section `ranges`, then 0;
/// * *row of T*: the number of a row of the table T, from 0;
/// * *text*: the offset in the heap of a u16 length in bytes and the UTF-8;
/// * *list of X*: the offset in the heap of a u16 count, at most
///   [`MAX_LIST`](layout::MAX_LIST), and so many cells X;
/// * *row of u16*: the offset in the heap of a u16 count and so many u16;
/// * *X or none*: X, where [`NONE`](layout::NONE) stands for none.
///
/// Equal texts and equal lists stand in the heap once. The tables, in their
/// order:
///
/// | table | columns |
/// |---|---|
/// | evidence | text id, int group (0 claim, 1 topic, 2 sign, 3 flag, 4 action), float base, int strong (0 or 1), text title, text question, text why (may be empty) |
/// | scripts, by id | text id, int kind (0 scam, 1 genuine), text title, list of text names, text summary, list of region countries, list of text payment, list of text tools, list of row of scripts look-alikes, list of text never, text genuine, list of row of stages, list of row of sources, row of u16 likelihoods |
/// | stages | text id, text title, float reached, list of text says, list of *weights* evidence |
/// | sources | text name, text url, date |
/// | questions | text id, text, list of row of options |
/// | options | text id, text, list of row of evidence |
/// | steps | text id, int block, int order, int verdicts (1 scam, 2 unsure, 4 clear), list of row of evidence done, list of row of evidence asked, list of row of scripts, text, int deed (0 none, 1 dial, 2 open settings, 3 uninstall, 4 share report, 5 open page), text of the deed, row of sources or none |
/// | places | region or none (the first row, for all countries that have none), text name, list of row of steps in their order, text name of the report place, text number for texts, text phone, text url, text source (all five empty if there is no such place) |
/// | tools | text id, text name, list of text packages, list of text names, row of sources |
///
/// A *weight* is one cell: in the low half a row of evidence, in the high half
/// a likelihood in ten-thousandths. The likelihoods of a script have one u16
/// for each row of evidence, in 65,535ths.
///
/// Later publishers can add tables, and columns to a table, at the end: a
/// reader passes over what it does not know.
pub mod layout {
    /// Offset of the tables' entries.
    pub const DIRECTORY: usize = 8;
    /// Length in bytes of a table's entry.
    pub const ENTRY_LENGTH: usize = 12;
    /// The cell that stands for none.
    pub const NONE: u32 = u32::MAX;
    /// Most items of a list.
    pub const MAX_LIST: usize = 1_000;
    /// A likelihood of 1 in a weight.
    pub const WEIGHT_ONE: u16 = 10_000;

    /// Number of the table of evidence.
    pub const EVIDENCE: usize = 0;
    /// Number of the table of scripts.
    pub const SCRIPTS: usize = 1;
    /// Number of the table of stages.
    pub const STAGES: usize = 2;
    /// Number of the table of sources.
    pub const SOURCES: usize = 3;
    /// Number of the table of questions.
    pub const QUESTIONS: usize = 4;
    /// Number of the table of options.
    pub const OPTIONS: usize = 5;
    /// Number of the table of steps.
    pub const STEPS: usize = 6;
    /// Number of the table of places.
    pub const PLACES: usize = 7;
    /// Number of the table of remote-access tools.
    pub const TOOLS: usize = 8;
    /// How many columns each table has.
    pub const COLUMNS: [u32; 9] = [7, 14, 5, 3, 3, 3, 11, 8, 5];
}

use layout::{COLUMNS, DIRECTORY, ENTRY_LENGTH, MAX_LIST};

/// A table's entry in the directory.
#[derive(Clone, Copy)]
struct Entry {
    cells: usize,
    rows: u32,
    columns: usize,
}

/// The tables of a section.
#[derive(Clone, Copy)]
pub struct Tables<'a> {
    bytes: Bytes<'a>,
    heap: usize,
    said: Option<Said<'a>>,
}

impl<'a> Tables<'a> {
    /// Checks that the directory fits the section.
    pub(super) fn new(bytes: Bytes<'a>) -> Result<Self, Fault> {
        let content = bytes.fault(FaultKind::Content);
        let tables = Self {
            bytes,
            heap: bytes.u32(4)? as usize,
            said: None,
        };
        let directory = (bytes.u32(0)? as usize)
            .checked_mul(ENTRY_LENGTH)
            .and_then(|length| length.checked_add(DIRECTORY))
            .ok_or(content)?;
        if directory > tables.heap || tables.heap > bytes.len() {
            return Err(content);
        }
        for (table, &columns) in COLUMNS.iter().enumerate() {
            if DIRECTORY + (table + 1) * ENTRY_LENGTH > directory {
                return Err(content);
            }
            let entry = tables.entry(table)?;
            let end = (entry.rows as usize)
                .checked_mul(entry.columns)
                .and_then(|cells| cells.checked_mul(4))
                .and_then(|length| length.checked_add(entry.cells));
            let fits = entry.cells >= directory && end.is_some_and(|end| end <= tables.heap);
            if !fits || entry.columns < columns as usize || entry.rows > u16::MAX.into() {
                return Err(content);
            }
        }
        Ok(tables)
    }

    /// The same tables, saying what they say in another language.
    pub(super) fn said_in(self, said: Said<'a>) -> Self {
        Self {
            said: Some(said),
            ..self
        }
    }

    /// The tag of the language in which they say what they say.
    pub(super) fn language(&self) -> &'a str {
        self.said.map_or(ENGLISH, |said| said.tag)
    }

    fn entry(&self, table: usize) -> Result<Entry, Fault> {
        let at = DIRECTORY + table * ENTRY_LENGTH;
        Ok(Entry {
            cells: self.bytes.u32(at)? as usize,
            rows: self.bytes.u32(at + 4)?,
            columns: self.bytes.u32(at + 8)? as usize,
        })
    }

    /// How many rows a table has.
    pub(super) fn rows(&self, table: usize) -> Result<u32, Fault> {
        Ok(self.entry(table)?.rows)
    }

    /// A fault of this section.
    #[cold]
    pub(super) fn fault(&self, kind: FaultKind) -> Fault {
        self.bytes.fault(kind)
    }

    /// The fault of a cell that has no meaning.
    #[cold]
    pub(super) fn content(&self) -> Fault {
        self.fault(FaultKind::Content)
    }

    /// A row of a table.
    pub(super) fn row(&self, table: usize, number: u32) -> Result<Row<'a>, Fault> {
        let entry = self.entry(table)?;
        if number >= entry.rows {
            return Err(self.content());
        }
        let cells = (number as usize).saturating_mul(entry.columns);
        Ok(Row {
            tables: *self,
            number,
            at: cells.saturating_mul(4).saturating_add(entry.cells),
        })
    }

    /// A row as what it stands for.
    pub(super) fn record<T: Record<'a>>(&self, number: u32) -> Result<T, Fault> {
        T::read_row(&self.row(T::TABLE, number)?)
    }

    /// All rows of a table as what they stand for.
    pub(super) fn records<T: Record<'a>>(
        &self,
    ) -> impl Iterator<Item = Result<T, Fault>> + use<'a, T> {
        let tables = *self;
        let (rows, fault) = match tables.rows(T::TABLE) {
            Ok(rows) => (rows, None),
            Err(fault) => (0, Some(Err(fault))),
        };
        let records = (0..rows).map(move |number| tables.record(number));
        fault.into_iter().chain(records)
    }

    /// The row whose first cell is the text `id`.
    pub(super) fn find<T: Record<'a>>(&self, id: &str) -> Result<Option<T>, Fault> {
        for number in 0..self.rows(T::TABLE)? {
            let row = self.row(T::TABLE, number)?;
            if row.cell::<&str>(0)? == id {
                return T::read_row(&row).map(Some);
            }
        }
        Ok(None)
    }

    /// The text at `offset` in the heap.
    pub(super) fn text(&self, offset: u32) -> Result<&'a str, Fault> {
        let (length, at) = self.counted(offset)?;
        self.bytes.text(at, length)
    }

    /// The cells of the list at `offset` in the heap.
    pub(super) fn list(&self, offset: u32) -> Result<&'a [[u8; 4]], Fault> {
        let (count, at) = self.counted(offset)?;
        if count > MAX_LIST {
            return Err(self.content());
        }
        Ok(self.bytes.bytes(at, count * 4)?.as_chunks().0)
    }

    /// The count that stands at `offset` in the heap, and where it ends.
    fn counted(&self, offset: u32) -> Result<(usize, usize), Fault> {
        let at = self.heap.saturating_add(offset as usize);
        let count = self.bytes.u16(at)?;
        Ok((count.into(), at.saturating_add(2)))
    }

    /// The row of u16 at `offset` in the heap.
    pub(super) fn shorts(&self, offset: u32) -> Result<&'a [[u8; 2]], Fault> {
        let (count, at) = self.counted(offset)?;
        Ok(self.bytes.bytes(at, count * 2)?.as_chunks().0)
    }
}

/// A row of a table.
pub struct Row<'a> {
    /// The tables it stands in.
    pub(super) tables: Tables<'a>,
    /// Its number in its table.
    pub(super) number: u32,
    at: usize,
}

impl<'a> Row<'a> {
    /// The cell of a column.
    pub(super) fn cell<T: Cell<'a>>(&self, column: usize) -> Result<T, Fault> {
        let cell = self.tables.bytes.u32(self.at.saturating_add(column * 4))?;
        T::read(&self.tables, cell)
    }

    /// What the row says in the language of the tables, if it is said there,
    /// or else in English.
    pub(super) fn said(&self, kind: Kind, english: &'a str) -> &'a str {
        let said = self
            .tables
            .said
            .and_then(|said| said.get(kind, self.number));
        said.unwrap_or(english)
    }
}
