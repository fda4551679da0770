//! Edits of raw tables, by table, row as seen in Excel and column.

use crate::intake::{Sheet, SheetRow, Sheets, columns};
use crate::lists::Table;

/// The table, made where it is not there.
pub(in crate::answers) fn table(sheets: &mut Sheets, table: Table) -> &mut Sheet {
    let at = sheets.sheets.iter().position(|sheet| sheet.table == table).unwrap_or_else(|| {
        sheets.sheets.push(Sheet { table, header: Vec::new(), rows: Vec::new() });
        sheets.sheets.len() - 1
    });
    &mut sheets.sheets[at]
}

/// The position of a column, which is added where it is not there.
pub(in crate::answers) fn column(sheet: &mut Sheet, name: &str) -> usize {
    let of = |header: &str| columns::find(sheet.table, header).map_or(header == name, |column| column.name == name);
    match sheet.header.iter().position(|header| of(header)) {
        Some(at) => at,
        None => {
            sheet.header.push(name.to_owned());
            sheet.header.len() - 1
        }
    }
}

/// What a cell holds; blank where it is not there.
pub(in crate::answers) fn cell(sheet: &mut Sheet, row: u32, name: &str) -> String {
    let at = column(sheet, name);
    let found = sheet.rows.iter().find(|r| r.number == row);
    found.and_then(|r| r.cells.get(at)).cloned().unwrap_or_default()
}

/// Writes a cell of a row that is there.
pub(in crate::answers) fn set(sheet: &mut Sheet, row: u32, name: &str, value: String) {
    let at = column(sheet, name);
    if let Some(found) = sheet.rows.iter_mut().find(|r| r.number == row) {
        put(&mut found.cells, at, value);
    }
}

fn put(cells: &mut Vec<String>, at: usize, value: String) {
    if cells.len() <= at {
        cells.resize(at + 1, String::new());
    }
    cells[at] = value;
}

/// Adds a row with these cells.
pub(in crate::answers) fn append(sheet: &mut Sheet, cells: &[(&str, String)]) {
    let number = sheet.rows.iter().map(|row| row.number).max().unwrap_or(1) + 1;
    let mut row = SheetRow { number, cells: Vec::new() };
    for (name, value) in cells {
        let at = column(sheet, name);
        put(&mut row.cells, at, value.clone());
    }
    sheet.rows.push(row);
}

/// Takes rows out.
pub(in crate::answers) fn remove(sheet: &mut Sheet, rows: &[u32]) {
    sheet.rows.retain(|row| !rows.contains(&row.number));
}
