//! From rows of cells to a [`Sheet`]: finds the header, drops blank rows and comments, keeps the limits.

use super::faults::Faults;
use super::{LONGEST_CELL, MOST_COLUMNS, MOST_ROWS};
use crate::intake::{Sheet, SheetRow, columns};
use crate::lists::Table;
use crate::problem::Code;

/// How much one reading may hold, so that a small file cannot ask for much memory.
#[derive(Debug)]
pub(super) struct Budget {
    rows: usize,
    /// Cells, the blank ones before the last filled cell of a row included.
    cells: usize,
}

impl Budget {
    /// The budget of an input of so many bytes; a row seldom takes fewer bytes than cells.
    pub(super) fn new(bytes: usize) -> Budget {
        Budget { rows: MOST_ROWS, cells: 3_000_000_usize.saturating_add(bytes) }
    }

    /// Allows for a further input of so many bytes.
    pub(super) fn grow(&mut self, bytes: usize) {
        self.cells = self.cells.saturating_add(bytes);
    }

    /// Takes a row from the budget; `None` when there is none left.
    pub(super) fn take_row(&mut self) -> Option<()> {
        self.rows = self.rows.checked_sub(1)?;
        Some(())
    }

    /// Takes cells from the budget; `None` when there are not so many left.
    pub(super) fn take_cells(&mut self, cells: usize) -> Option<()> {
        self.cells = self.cells.checked_sub(cells)?;
        Some(())
    }
}

/// That reading of a table must end; the reason stands in the faults.
#[derive(Debug)]
pub(super) struct Ended;

/// A row as the form gives it.
#[derive(Debug, Default)]
pub(super) struct RawRow {
    /// The row as seen in Excel.
    pub(super) number: u32,
    /// The cells from column A, at most [`TableBuilder::width`] of them.
    pub(super) cells: Vec<String>,
    /// The first filled column, from 0, that `cells` has no room for.
    pub(super) beyond: Option<usize>,
}

/// A table while it is read.
#[derive(Debug)]
pub(super) struct TableBuilder {
    table: Table,
    header: Vec<String>,
    /// For each column of the form its position in `header`; `None` where the header is blank.
    positions: Vec<Option<usize>>,
    rows: Vec<SheetRow>,
}

impl TableBuilder {
    pub(super) fn new(table: Table) -> TableBuilder {
        TableBuilder { table, header: Vec::new(), positions: Vec::new(), rows: Vec::new() }
    }

    #[cfg(feature = "spreadsheets")]
    pub(super) fn table(&self) -> Table {
        self.table
    }

    /// How many columns are kept: those of the header once it is known.
    pub(super) fn width(&self) -> usize {
        if self.header.is_empty() { MOST_COLUMNS } else { self.positions.len() }
    }

    /// The header over a column of the form, from 0; blank where there is none.
    pub(super) fn header_over(&self, column: usize) -> &str {
        self.positions.get(column).copied().flatten().map_or("", |p| self.header[p].as_str())
    }

    #[cfg(feature = "spreadsheets")]
    /// The cell of a column of the form in a data row; blank where there is none.
    pub(super) fn cell(&self, row: u32, column: usize) -> &str {
        let Some(position) = self.positions.get(column).copied().flatten() else {
            return "";
        };
        match self.rows.binary_search_by_key(&row, |r| r.number) {
            Ok(found) => self.rows[found].cells.get(position).map_or("", String::as_str),
            Err(_) => "",
        }
    }

    /// Takes the next row.
    pub(super) fn push(&mut self, mut row: RawRow, budget: &mut Budget, faults: &mut Faults) -> Result<(), Ended> {
        while row.cells.last().is_some_and(String::is_empty) {
            row.cells.pop();
        }
        let filled = row.cells.iter().any(|c| !is_blank(c));
        if !filled && row.beyond.is_none() {
            return Ok(());
        }
        if self.header.is_empty() {
            return self.take_header(row, faults);
        }
        let first = self.positions.iter().position(Option::is_some).and_then(|c| row.cells.get(c));
        if first.is_some_and(|c| is_comment(c)) {
            return Ok(());
        }
        self.take_row(row, budget, faults)
    }

    fn take_header(&mut self, row: RawRow, faults: &mut Faults) -> Result<(), Ended> {
        if row.beyond.is_some() {
            faults.table(Code::TooManyColumns, self.table, "", &[&MOST_COLUMNS.to_string()]);
            return Err(Ended);
        }
        if row.cells.iter().find(|c| !is_blank(c)).is_some_and(|c| is_comment(c)) {
            return Ok(());
        }
        for cell in &row.cells {
            let name = cell.trim();
            if name.is_empty() {
                self.positions.push(None);
                continue;
            }
            if name.len() > LONGEST_CELL {
                faults.row(Code::CellTooLong, self.table, row.number, "", &[&LONGEST_CELL.to_string()]);
                return Err(Ended);
            }
            // Of known columns intake itself says so, in whichever language they are named.
            if self.header.iter().any(|h| h == name) && columns::find(self.table, name).is_none() {
                faults.cell(Code::HeaderTwice, (self.table, row.number, name), name, &[]);
            }
            self.positions.push(Some(self.header.len()));
            self.header.push(name.to_owned());
        }
        Ok(())
    }

    fn take_row(&mut self, mut row: RawRow, budget: &mut Budget, faults: &mut Faults) -> Result<(), Ended> {
        let number = row.number;
        if budget.take_row().is_none() {
            faults.table(Code::TooManyRows, self.table, "", &[&format!("> {MOST_ROWS}"), &MOST_ROWS.to_string()]);
            return Err(Ended);
        }
        if budget.take_cells(row.cells.len()).is_none() {
            faults.table(Code::FileExpands, self.table, self.table.name(), &[]);
            return Err(Ended);
        }
        let unnamed = row
            .cells
            .iter()
            .enumerate()
            .find(|(column, cell)| !is_blank(cell) && self.positions.get(*column).copied().flatten().is_none());
        if let Some(column) = unnamed.map(|(column, _)| column).or(row.beyond) {
            // The value may be anything, a person's number too: it is not repeated.
            faults.row(Code::CellOutsideHeader, self.table, number, "", &[&column_letters(column)]);
        }
        for (column, cell) in row.cells.iter().enumerate() {
            if cell.len() > LONGEST_CELL {
                let header = self.header_over(column).to_owned();
                faults.cell(Code::CellTooLong, (self.table, number, &header), "", &[&LONGEST_CELL.to_string()]);
                return Err(Ended);
            }
        }
        if self.header.len() < self.positions.len() {
            let named = self.positions.iter().zip(row.cells).filter_map(|(p, cell)| p.map(|_| cell));
            row.cells = named.collect();
        }
        row.cells.shrink_to_fit();
        self.rows.push(SheetRow { number, cells: row.cells });
        Ok(())
    }

    /// The table; `None` for a sheet without any header.
    pub(super) fn finish(self) -> Option<Sheet> {
        (!self.header.is_empty()).then_some(Sheet { table: self.table, header: self.header, rows: self.rows })
    }
}

/// Whether a row that begins with this cell is a comment: `#` alone, or `#` and a blank. `#12` is an id.
pub(crate) fn is_comment(first: &str) -> bool {
    let mut chars = first.trim_start().chars();
    matches!(chars.next(), Some('#' | '＃')) && chars.next().is_none_or(char::is_whitespace)
}

/// Whether a cell holds nothing but blanks.
pub(super) fn is_blank(cell: &str) -> bool {
    cell.trim().is_empty()
}

/// The letters over a column, from 0: A, B, …, Z, AA, ….
pub(super) fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
