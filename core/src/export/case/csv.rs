//! A case as CSV files.

use super::{name, refuse_comments, titles};
use crate::intake::Sheets;
use crate::intake::sheets::formula::guard;
use crate::lists::{Lang, Table};
use crate::problem::Problems;

/// A case as the names and bytes of CSV files, one a table, and the document of `previous` where there is one.
///
/// UTF-8 with a byte order mark and CRLF, which spreadsheet programs open rightly. Text that they would run as a
/// formula has an apostrophe before it, which the reader takes away again.
///
/// # Errors
/// Where a row would read back as a comment, or two columns would have one header.
pub fn csv_files(sheets: &Sheets, lang: Lang) -> Result<Vec<(String, Vec<u8>)>, Problems> {
    let mut files = Vec::new();
    for sheet in &sheets.sheets {
        refuse_comments(sheet)?;
        let titles = titles(sheet, lang)?;
        let mut text = String::from("\u{feff}");
        push_record(&mut text, titles.iter().copied());
        for row in &sheet.rows {
            push_record(&mut text, (0..titles.len()).map(|c| row.cells.get(c).map_or("", String::as_str)));
        }
        files.push((format!("{}.csv", name(sheet.table, lang)), text.into_bytes()));
    }
    if let Some(previous) = &sheets.previous {
        files.push((format!("{}.json", name(Table::Previous, lang)), previous.clone().into_bytes()));
    }
    Ok(files)
}

fn push_record<'c>(text: &mut String, cells: impl Iterator<Item = &'c str>) {
    for (position, cell) in cells.enumerate() {
        if position > 0 {
            text.push(',');
        }
        let cell = guard(cell);
        // `;` and tabs are quoted too, so that a header alone never looks like another separator.
        let quoted = cell.contains(['"', ',', ';', '\t', '\r', '\n'])
            || cell.starts_with(char::is_whitespace)
            || cell.ends_with(char::is_whitespace)
            || cell.starts_with("sep=");
        if quoted {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}
