//! Reads a workbook.
//!
//! Cells are streamed from the archive straight into the rows of the table; no part is held whole, nothing that a file
//! claims about its own size is believed, and what it unpacks to is bounded by its real size. Parts that hold no cells
//! — drawings, themes, macros, links — are never opened. Written on `quick-xml` and `zip` alone: general readers
//! reserve what a file claims (a `uniqueCount`, a far cell) and keep a style a hundred times as large as its XML.

mod dates;
mod named;
mod package;
mod sheet;
mod strings;
mod styles;
mod workbook;

use std::collections::BTreeMap;

use super::builder::{Budget, TableBuilder};
use super::faults::Faults;
use super::{BESIDE, PREVIOUS_HEADER, Reading, json, problem};
use crate::intake::{Sheet, Sheets, columns};
use crate::lists::Table;
use crate::problem::{Code, Problem};
pub(crate) use named::read_named;
use package::{Damage, Package};
use workbook::SheetEntry;

/// Reads the tables of a workbook.
pub(super) fn read(name: &str, bytes: &[u8], faults: Faults) -> Reading {
    let mut reader = WorkbookReader { faults, sheets: Sheets::default() };
    if let Err(damage) = reader.read(bytes) {
        reader.faults.push(damage_problem(damage, None, name));
    }
    reader.faults.into_reading(reader.sheets)
}

/// What is said of a damaged workbook.
fn damage_problem(damage: Damage, table: Option<Table>, name: &str) -> Problem {
    match damage {
        Damage::Expands => problem(Code::FileExpands, table, name, &[]),
        Damage::Locked => problem(Code::WorkbookLocked, table, name, &[]),
        Damage::Part(part) => problem(Code::WorkbookDamaged, table, name, &[part]),
    }
}

struct WorkbookReader {
    faults: Faults,
    sheets: Sheets,
}

impl WorkbookReader {
    fn read(&mut self, bytes: &[u8]) -> Result<(), Damage> {
        let mut package = Package::open(bytes)?;
        let workbook = workbook::read(&mut package)?;
        let chosen = self.choose(&workbook.sheets);
        if chosen.is_empty() {
            return Ok(());
        }
        let strings = strings::read(&mut package, &workbook.strings_path)?;
        let styles = styles::read(&mut package, &workbook.styles_path)?;
        let shared = sheet::Shared { strings, styles, epoch_1904: workbook.epoch_1904 };
        let mut budget = Budget::new(bytes.len().saturating_mul(2));
        for (table, entry) in chosen {
            let mut builder = TableBuilder::new(table);
            match sheet::read(&mut package, &entry.path, &shared, &mut builder, &mut budget, &mut self.faults) {
                Ok(()) if table == Table::Previous => self.join_previous(builder.finish()),
                Ok(()) => self.sheets.sheets.extend(builder.finish()),
                // What one sheet used up of the budget is gone for all.
                Err(Damage::Expands) => return Err(Damage::Expands),
                Err(damage) => self.faults.push(damage_problem(damage, Some(table), &entry.name)),
            }
        }
        Ok(())
    }

    /// The sheets that are tables; says which are left out, hidden or double.
    fn choose<'w>(&mut self, entries: &'w [SheetEntry]) -> Vec<(Table, &'w SheetEntry)> {
        let mut names: BTreeMap<Table, &str> = BTreeMap::new();
        let mut chosen = Vec::new();
        for entry in entries {
            let Some(table) = columns::find_table(&entry.name) else {
                let own = BESIDE.contains(&entry.name.trim().to_lowercase().as_str());
                if !own && !entry.hidden && entry.is_worksheet {
                    self.faults.file(Code::SheetIgnored, &entry.name, &[]);
                }
                continue;
            };
            if let Some(other) = names.get(&table) {
                self.faults.table(Code::FileTwice, table, "", &[other, &entry.name]);
                continue;
            }
            names.insert(table, &entry.name);
            if !entry.is_worksheet {
                self.faults.push(damage_problem(Damage::Part("contents"), Some(table), &entry.name));
                continue;
            }
            if entry.hidden {
                self.faults.table(Code::SheetHidden, table, &entry.name, &[]);
            }
            chosen.push((table, entry));
        }
        chosen
    }

    /// The document of `previous` from the parts that the writer of workbooks cut it into.
    fn join_previous(&mut self, sheet: Option<Sheet>) {
        let Some(sheet) = sheet else { return };
        if sheet.header != PREVIOUS_HEADER {
            return self.faults.table(Code::JsonShape, Table::Previous, "", &["plan"]);
        }
        let text: String = sheet.rows.iter().filter_map(|row| row.cells.get(1)).map(String::as_str).collect();
        match json::previous_of(&text) {
            Ok(text) => self.sheets.previous = Some(text),
            Err(problem) => self.faults.push(problem),
        }
    }
}
