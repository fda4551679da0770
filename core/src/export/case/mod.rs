//! Writes a case in its three forms, with headers in Chinese or English, so that it reads back as it was.
//!
//! ```text
//!                 ┌─ csv_files   (folder)
//! Sheets ─ titled ┼─ workbook    (.xlsx)      template · schema: from the column catalogue alone
//!                 └─ document    (.json)
//! ```
//!
//! Known columns are renamed to the language asked for; the text of cells, unknown columns, notes, sources and
//! `previous` go through unchanged. Comment rows and blank rows of the original are not part of a case.

mod csv;
mod json;
mod schema;
#[cfg(feature = "spreadsheets")]
mod template;
#[cfg(feature = "spreadsheets")]
mod workbook;

use std::path::Path;

use super::{write_file, write_folder};
use crate::intake::sheets::{is_comment, problem};
use crate::intake::{Sheet, Sheets, columns};
use crate::lists::Lang;
use crate::problem::{Code, Problem, Problems};

pub use csv::csv_files;
pub use json::document;
pub use schema::schema;
#[cfg(feature = "spreadsheets")]
pub use template::template;
#[cfg(feature = "spreadsheets")]
pub use workbook::workbook;

/// Writes a case: to a workbook where the path ends in `.xlsx`, to a document where it ends in `.json`, else to a
/// folder of CSV files that must not exist yet or be empty. Whole or not at all.
///
/// # Errors
/// What cannot be written, and why.
pub fn write_path(path: &Path, sheets: &Sheets, lang: Lang) -> Result<(), Problems> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let written = match ending.as_str() {
        "json" => write_file(path, document(sheets, lang)?.as_bytes()),
        #[cfg(feature = "spreadsheets")]
        "xlsx" => write_file(path, &workbook(sheets, lang)?),
        #[cfg(not(feature = "spreadsheets"))]
        "xlsx" => Err(problem(Code::NoSpreadsheets, None, "", &[])),
        _ => write_folder(path, &csv_files(sheets, lang)?),
    };
    written.map_err(one)
}

/// A problem alone.
fn one(problem: Problem) -> Problems {
    Problems { list: vec![problem], more: 0 }
}

/// The headers of a table in a language: known columns by their names, others as written.
///
/// # Errors
/// Where two columns would have one header.
fn titles(sheet: &Sheet, lang: Lang) -> Result<Vec<&str>, Problems> {
    let mut titles: Vec<&str> = Vec::with_capacity(sheet.header.len());
    for header in &sheet.header {
        let title = columns::find(sheet.table, header).map_or(header.as_str(), |column| column.header(lang));
        if titles.contains(&title) {
            let mut fault = problem(Code::ColumnTwice, Some(sheet.table), header, &[title]);
            fault.row = Some(1);
            fault.column = Some(header.clone());
            return Err(one(fault));
        }
        titles.push(title);
    }
    Ok(titles)
}

/// Makes sure that no row of a table would be read back as a comment.
fn refuse_comments(sheet: &Sheet) -> Result<(), Problems> {
    let header = sheet.header.first().map(|h| (1, h));
    let rows = sheet.rows.iter().filter_map(|row| row.cells.first().map(|cell| (row.number, cell)));
    let faults = header
        .into_iter()
        .chain(rows)
        .filter(|(_, cell)| is_comment(cell))
        .map(|(row, _)| Problem { row: Some(row), ..problem(Code::ReadsAsComment, Some(sheet.table), "", &[]) });
    let mut problems = Problems::default();
    for fault in faults {
        if problems.list.len() < 200 {
            problems.list.push(fault);
        } else {
            problems.more += 1;
        }
    }
    if problems.list.is_empty() { Ok(()) } else { Err(problems) }
}

/// The file or sheet or key name of a table.
fn name(table: crate::lists::Table, lang: Lang) -> &'static str {
    if lang == Lang::Zh { table.chinese() } else { table.name() }
}
