//! What cells and rows stand for, and lists of them.

use std::fmt;
use std::marker::PhantomData;

use super::evidence::EvidenceIndex;
use super::tables::layout::{NONE, WEIGHT_ONE};
use super::tables::{Row, Tables};
use crate::database::Fault;
use crate::number::Region;
use crate::screening::Date;

/// What a row of one table stands for.
pub trait Record<'a>: Sized {
    /// The table.
    const TABLE: usize;
    /// Reads a row of it.
    fn read_row(row: &Row<'a>) -> Result<Self, Fault>;
}

/// What a cell can stand for. Reading checks all that can be reached from it,
/// so that items of a [`List`] need no further check.
pub trait Cell<'a>: Sized {
    /// Reads a cell.
    fn read(tables: &Tables<'a>, cell: u32) -> Result<Self, Fault>;
}

impl<'a, T: Record<'a>> Cell<'a> for T {
    fn read(tables: &Tables<'a>, cell: u32) -> Result<Self, Fault> {
        tables.record(cell)
    }
}

impl<'a> Cell<'a> for u32 {
    fn read(_: &Tables<'a>, cell: u32) -> Result<Self, Fault> {
        Ok(cell)
    }
}

impl<'a> Cell<'a> for f32 {
    fn read(tables: &Tables<'a>, cell: u32) -> Result<Self, Fault> {
        let value = f32::from_bits(cell);
        let fine = (0.0..=1.0).contains(&value);
        fine.then_some(value).ok_or_else(|| tables.content())
    }
}

impl<'a> Cell<'a> for bool {
    fn read(tables: &Tables<'a>, cell: u32) -> Result<Self, Fault> {
        match cell {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(tables.content()),
        }
    }
}

impl<'a> Cell<'a> for Date {
    fn read(tables: &Tables<'a>, cell: u32) -> Result<Self, Fault> {
        Self::from_packed(cell).ok_or_else(|| tables.content())
    }
}

impl<'a> Cell<'a> for Region {
    fn read(tables: &Tables<'a>, cell: u32) -> Result<Self, Fault> {
        let [a, b, c, zero] = cell.to_le_bytes();
        let region = Self::from_bytes([a, b, c]).filter(|_| zero == 0);
        region.ok_or_else(|| tables.content())
    }
}

impl<'a> Cell<'a> for &'a str {
    fn read(tables: &Tables<'a>, cell: u32) -> Result<Self, Fault> {
        tables.text(cell)
    }
}

impl<'a, T: Cell<'a>> Cell<'a> for Option<T> {
    fn read(tables: &Tables<'a>, cell: u32) -> Result<Self, Fault> {
        match cell {
            NONE => Ok(None),
            _ => T::read(tables, cell).map(Some),
        }
    }
}

/// A weight: a piece of evidence and its likelihood.
impl<'a> Cell<'a> for (EvidenceIndex, f32) {
    fn read(tables: &Tables<'a>, cell: u32) -> Result<Self, Fault> {
        let (evidence, weight) = (cell & 0xffff, cell >> 16);
        let likelihood = weight as f32 / f32::from(WEIGHT_ONE);
        Ok((
            EvidenceIndex::read(tables, evidence)?,
            f32::read(tables, likelihood.to_bits())?,
        ))
    }
}

impl<'a, T: Cell<'a>> Cell<'a> for List<'a, T> {
    fn read(tables: &Tables<'a>, cell: u32) -> Result<Self, Fault> {
        let cells = tables.list(cell)?;
        for cell in cells {
            T::read(tables, u32::from_le_bytes(*cell))?;
        }
        Ok(Self {
            tables: *tables,
            cells,
            items: PhantomData,
        })
    }
}

/// A list in place. Every item was checked when the list was read.
pub struct List<'a, T> {
    tables: Tables<'a>,
    cells: &'a [[u8; 4]],
    items: PhantomData<fn() -> T>,
}

impl<T> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<'_, T> {}

impl<'a, T: Cell<'a>> List<'a, T> {
    /// How many items there are.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The item at `index`, from 0.
    pub fn get(&self, index: usize) -> Option<T> {
        let cell = self.cells.get(index)?;
        T::read(&self.tables, u32::from_le_bytes(*cell)).ok()
    }

    /// The items in their order.
    pub fn iter(&self) -> Items<'a, T> {
        Items {
            list: *self,
            next: 0,
        }
    }
}

impl<'a, T: Cell<'a>> IntoIterator for List<'a, T> {
    type Item = T;
    type IntoIter = Items<'a, T>;

    fn into_iter(self) -> Items<'a, T> {
        self.iter()
    }
}

impl<'a, T: Cell<'a> + fmt::Debug> fmt::Debug for List<'a, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// The items of a [`List`].
pub struct Items<'a, T> {
    list: List<'a, T>,
    next: usize,
}

impl<'a, T: Cell<'a>> Iterator for Items<'a, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let item = self.list.get(self.next)?;
        self.next += 1;
        Some(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.list.len().saturating_sub(self.next)))
    }
}
