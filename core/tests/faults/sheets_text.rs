//! Tables as text, for tests: a line `# table`, a header line, rows; cells separated by `,`, blanks around them left out.

use sandan::intake::columns::find_table;
use sandan::intake::{Sheet, SheetRow, Sheets};

/// Reads tables as text.
pub fn sheets(text: &str) -> Sheets {
    let mut sheets = Sheets::default();
    let mut header_next = false;
    let mut number = 1;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(name) = line.strip_prefix("# ") {
            let table = find_table(name).unwrap_or_else(|| panic!("no table {name}"));
            sheets.sheets.push(Sheet { table, header: Vec::new(), rows: Vec::new() });
            header_next = true;
            number = 1;
            continue;
        }
        let cells: Vec<String> = line.split(',').map(|cell| cell.trim().to_owned()).collect();
        let sheet = sheets.sheets.last_mut().expect("a table line comes first");
        if header_next {
            sheet.header = cells;
            header_next = false;
        } else {
            number += 1;
            sheet.rows.push(SheetRow { number, cells });
        }
    }
    sheets
}
