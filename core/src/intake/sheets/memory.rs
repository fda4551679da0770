//! Reads tables that stand in memory already — frames of a notebook — row by row, without a text in between.

use super::builder::{Budget, Ended, RawRow, TableBuilder, is_blank};
use super::faults::Faults;
use super::{Reading, json};
use crate::intake::Sheets;
use crate::lists::Table;

/// Gathers tables row by row, as a reader of files does: the same limits, the same problems.
#[derive(Debug)]
pub struct TablesReader {
    sheets: Sheets,
    budget: Budget,
    faults: Faults,
}

impl Default for TablesReader {
    fn default() -> Self {
        TablesReader { sheets: Sheets::default(), budget: Budget::new(0), faults: Faults::default() }
    }
}

impl TablesReader {
    /// Takes a table: its header and its rows, cell by cell, the n-th being row n + 1 in messages.
    pub fn add(&mut self, table: Table, header: Vec<String>, rows: &mut dyn Iterator<Item = Vec<String>>) {
        let header: Vec<String> = header.into_iter().map(|name| name.trim().to_owned()).collect();
        if header.iter().all(|name| is_blank(name)) {
            return;
        }
        let mut builder = TableBuilder::new(table);
        let head = RawRow { number: 1, cells: header, beyond: None };
        if builder.push(head, &mut self.budget, &mut self.faults).is_err() {
            return;
        }
        let width = builder.width();
        for (position, mut cells) in rows.enumerate() {
            self.budget.grow(cells.len());
            let number = u32::try_from(position).unwrap_or(u32::MAX).saturating_add(2);
            let beyond = (width..cells.len()).find(|at| !is_blank(&cells[*at]));
            cells.truncate(width);
            let row = RawRow { number, cells, beyond };
            if let Err(Ended) = builder.push(row, &mut self.budget, &mut self.faults) {
                return;
            }
        }
        self.sheets.sheets.extend(builder.finish());
    }

    /// Takes the plan before, as JSON text.
    pub fn previous(&mut self, text: &str) {
        match json::previous_of(text) {
            Ok(previous) => self.sheets.previous = Some(previous),
            Err(problem) => self.faults.push(problem),
        }
    }

    /// What was read.
    pub fn finish(self) -> Reading {
        self.faults.into_reading(self.sheets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::sheets::from_csv_files;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn tables_in_memory_read_as_files_do() {
        let text = "id,备注,place\nN1,x,C1\n,,\n# note,x,y\nN2,,C2\n";
        let mut reader = TablesReader::default();
        let rows = [&["N1", "x", "C1"][..], &["", "", ""], &["# note", "x", "y"], &["N2", "", "C2"]];
        reader.add(Table::Needs, row(&["id", "备注", "place"]), &mut rows.into_iter().map(row));
        assert_eq!(reader.finish(), from_csv_files(&[("needs.csv", text.as_bytes())]));
    }

    #[test]
    fn a_cell_outside_the_header_is_a_problem() {
        let mut reader = TablesReader::default();
        reader.add(Table::Needs, row(&["id", ""]), &mut [row(&["N1", "x"]), row(&["N2"])].into_iter());
        let reading = reader.finish();
        assert_eq!((reading.problems.len(), reading.problems[0].row), (1, Some(2)));
    }

    #[test]
    fn a_previous_that_is_no_plan_is_a_problem() {
        let mut reader = TablesReader::default();
        reader.previous("[]");
        assert!(reader.finish().failed());
    }
}
