//! Edits of the raw tables, as a planner makes them in a page. What comes out is understood like any other lists, so
//! an edit that makes no sense is a problem with its place.

use std::collections::BTreeMap;

use sandan::intake::{Sheet, SheetRow, Sheets, columns};
use sandan::lists::Table;
use serde::Deserialize;

/// One edit.
#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
enum Edit {
    /// A setting is given a value; a blank one is the default again.
    Setting { key: String, value: String },
    /// A table gets a row more.
    Append { table: String, cells: BTreeMap<String, String> },
    /// A cell, by the row as seen in Excel, is given a value.
    Cell { table: String, row: u32, column: String, value: String },
    /// Rows, as seen in Excel, are taken out.
    Remove { table: String, rows: Vec<u32> },
}

/// Makes edits, JSON of a list, in order.
pub(crate) fn edited(sheets: &mut Sheets, edits: &str) -> Result<(), String> {
    let edits: Vec<Edit> = serde_json::from_str(edits).map_err(|error| format!("these are no edits: {error}"))?;
    for edit in edits {
        match edit {
            Edit::Setting { key, value } => set(sheets, &key, value),
            Edit::Append { table, cells } => append(sheet_of(sheets, named(&table)?), cells),
            Edit::Cell { table, row, column, value } => {
                let sheet = sheet_of(sheets, named(&table)?);
                let at = position(sheet, &column);
                let found = sheet.rows.iter_mut().find(|known| known.number == row);
                put(&mut found.ok_or_else(|| format!("`{table}` has no row {row}"))?.cells, at, value);
            }
            Edit::Remove { table, rows } => {
                sheet_of(sheets, named(&table)?).rows.retain(|row| !rows.contains(&row.number));
            }
        }
    }
    Ok(())
}

/// Gives a setting a value, in its row if it has one.
fn set(sheets: &mut Sheets, key: &str, value: String) {
    let sheet = sheet_of(sheets, Table::Settings);
    let (keys, values) = (position(sheet, "key"), position(sheet, "value"));
    let name = columns::setting(key).map_or(key, |setting| setting.name);
    let is_it = |row: &&mut SheetRow| {
        let written = row.cells.get(keys).map_or("", String::as_str);
        columns::setting(written).map_or(written, |setting| setting.name) == name
    };
    match sheet.rows.iter_mut().find(is_it) {
        Some(row) => put(&mut row.cells, values, value),
        None if value.is_empty() => {}
        None => append(sheet, [("key".to_owned(), name.to_owned()), ("value".to_owned(), value)].into()),
    }
}

fn named(table: &str) -> Result<Table, String> {
    columns::find_table(table).ok_or_else(|| format!("there is no table `{table}`"))
}

/// The table, made where it is not there.
fn sheet_of(sheets: &mut Sheets, table: Table) -> &mut Sheet {
    let at = sheets.sheets.iter().position(|sheet| sheet.table == table).unwrap_or_else(|| {
        sheets.sheets.push(Sheet { table, header: Vec::new(), rows: Vec::new() });
        sheets.sheets.len() - 1
    });
    &mut sheets.sheets[at]
}

/// The position of a column, by its name in either language; it is added where it is not there.
fn position(sheet: &mut Sheet, name: &str) -> usize {
    fn same(table: Table, header: &str) -> &str {
        columns::find(table, header).map_or(header, |column| column.name)
    }
    let wanted = same(sheet.table, name);
    sheet.header.iter().position(|header| same(sheet.table, header) == wanted).unwrap_or_else(|| {
        sheet.header.push(wanted.to_owned());
        sheet.header.len() - 1
    })
}

fn append(sheet: &mut Sheet, cells: BTreeMap<String, String>) {
    let number = sheet.rows.iter().map(|row| row.number).max().unwrap_or(1) + 1;
    let mut row = SheetRow { number, cells: Vec::new() };
    for (name, value) in cells {
        let at = position(sheet, &name);
        put(&mut row.cells, at, value);
    }
    sheet.rows.push(row);
}

fn put(cells: &mut Vec<String>, at: usize, value: String) {
    if cells.len() <= at {
        cells.resize(at + 1, String::new());
    }
    cells[at] = value;
}
