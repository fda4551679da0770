//! A table while it is being written.

use sandan::intake::{Sheet, SheetRow};
use sandan::lists::Table;

/// A table in the making: rows of text under fixed headers.
#[derive(Clone, Debug)]
pub struct Draft {
    sheet: Sheet,
}

impl Draft {
    /// An empty table with these columns.
    pub fn new(table: Table, columns: &[&str]) -> Self {
        Draft { sheet: Sheet { table, header: columns.iter().map(|c| (*c).to_owned()).collect(), rows: Vec::new() } }
    }

    /// Adds a row; cells that are not named stay blank.
    ///
    /// # Panics
    /// On a column that the table was not made with: a mistake of the generator.
    pub fn row(&mut self, cells: &[(&str, &str)]) {
        let header = &self.sheet.header;
        let mut row = vec![String::new(); header.len()];
        for (column, cell) in cells {
            let position = header.iter().position(|h| h == column).expect("the column is one of the draft's");
            row[position] = (*cell).to_owned();
        }
        let number = u32::try_from(self.sheet.rows.len() + 2).unwrap_or(u32::MAX);
        self.sheet.rows.push(SheetRow { number, cells: row });
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.sheet.rows.len()
    }

    /// The finished table, without columns that stayed blank; nothing where it has no rows.
    pub fn finish(self) -> Option<Sheet> {
        let Sheet { table, header, rows } = self.sheet;
        if rows.is_empty() {
            return None;
        }
        let kept: Vec<usize> = (0..header.len()).filter(|c| rows.iter().any(|r| !r.cells[*c].is_empty())).collect();
        if kept.len() == header.len() {
            return Some(Sheet { table, header, rows });
        }
        let keep = |cells: Vec<String>| -> Vec<String> {
            let mut cells: Vec<Option<String>> = cells.into_iter().map(Some).collect();
            kept.iter().filter_map(|c| cells[*c].take()).collect()
        };
        let rows = rows.into_iter().map(|row| SheetRow { number: row.number, cells: keep(row.cells) }).collect();
        Some(Sheet { table, header: keep(header), rows })
    }
}
