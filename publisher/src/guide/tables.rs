//! Writes tables of cells.

use std::collections::HashMap;

use ringfence::check::guide::layout::{COLUMNS, DIRECTORY, ENTRY_LENGTH, MAX_LIST};

use crate::Error;

/// A table: its rows, and where each stands.
#[derive(Default)]
struct Table {
    cells: Vec<u32>,
    count: usize,
    rows: HashMap<Vec<u32>, u32>,
}

/// The tables of a section and what does not fit into their cells.
#[derive(Default)]
pub(super) struct Tables {
    tables: [Table; COLUMNS.len()],
    heap: Vec<u8>,
    /// Where each text, list and row of u16 stands in the heap.
    places: HashMap<Vec<u8>, u32>,
}

impl Tables {
    /// Adds a row to a table, or finds an equal one, and returns its number.
    pub fn row(&mut self, table: usize, cells: Vec<u32>) -> Result<u32, Error> {
        match self.tables[table].rows.get(&cells) {
            Some(&row) => Ok(row),
            None => self.own_row(table, cells),
        }
    }

    /// Adds a row to a table, though there may be an equal one that is said
    /// otherwise in another language, and returns its number.
    pub fn own_row(&mut self, table: usize, cells: Vec<u32>) -> Result<u32, Error> {
        debug_assert_eq!(cells.len(), COLUMNS[table] as usize);
        let table = &mut self.tables[table];
        let row = u16::try_from(table.count);
        let row = u32::from(row.map_err(|_| Error::TooLarge("a table of the guide"))?);
        table.count += 1;
        table.cells.extend(&cells);
        table.rows.insert(cells, row);
        Ok(row)
    }

    /// The cell of a text.
    pub fn text(&mut self, text: &str) -> Result<u32, Error> {
        self.put(text.len(), text.bytes())
    }

    /// The cell of a list of texts.
    pub fn texts(&mut self, texts: &[String]) -> Result<u32, Error> {
        let cells = texts.iter().map(|text| self.text(text));
        let cells = cells.collect::<Result<Vec<_>, _>>()?;
        self.list(cells)
    }

    /// The cell of a list.
    pub fn list(&mut self, cells: Vec<u32>) -> Result<u32, Error> {
        if cells.len() > MAX_LIST {
            return Err(Error::TooLarge("a list of the guide"));
        }
        self.put(
            cells.len(),
            cells.iter().flat_map(|cell| cell.to_le_bytes()),
        )
    }

    /// The cell of a row of u16.
    pub fn shorts(&mut self, values: &[u16]) -> Result<u32, Error> {
        self.put(
            values.len(),
            values.iter().flat_map(|value| value.to_le_bytes()),
        )
    }

    fn put(&mut self, count: usize, bytes: impl Iterator<Item = u8>) -> Result<u32, Error> {
        let too_large = Error::TooLarge("a text or a list of the guide");
        let Ok(count) = u16::try_from(count) else {
            return Err(too_large);
        };
        let bytes: Vec<u8> = count.to_le_bytes().into_iter().chain(bytes).collect();
        if let Some(&place) = self.places.get(&bytes) {
            return Ok(place);
        }
        let place = u32::try_from(self.heap.len()).map_err(|_| too_large)?;
        self.heap.extend(&bytes);
        self.places.insert(bytes, place);
        Ok(place)
    }

    /// The bytes of the section.
    pub fn write(self) -> Result<Vec<u8>, Error> {
        let too_large = |_| Error::TooLarge("the guide");
        let directory = DIRECTORY + COLUMNS.len() * ENTRY_LENGTH;
        let cells: usize = self.tables.iter().map(|table| table.cells.len()).sum();
        let heap = directory + 4 * cells;
        let mut section = Vec::new();
        let mut add = |field: usize| -> Result<(), Error> {
            let field = u32::try_from(field).map_err(too_large)?;
            section.extend(field.to_le_bytes());
            Ok(())
        };
        add(COLUMNS.len())?;
        add(heap)?;
        let mut at = directory;
        for (table, columns) in self.tables.iter().zip(COLUMNS) {
            add(at)?;
            add(table.count)?;
            add(columns as usize)?;
            at += 4 * table.cells.len();
        }
        let cells = self.tables.iter().flat_map(|table| &table.cells);
        section.extend(cells.flat_map(|cell| cell.to_le_bytes()));
        section.extend(self.heap);
        Ok(section)
    }
}
