//! The table of faults: a sound case, one change to it a line, and the problem that must be found. Each fault is a set
//! of raw tables, so that it can be written and read in every form that a case takes.

#![allow(dead_code, reason = "each test takes the parts it needs")]

pub mod sheets_text;

use sandan::intake::columns;
use sandan::intake::{Intake, Sheet, SheetRow, Sheets};
use sandan::lists::Table;
use sandan::problem::{Problem, Problems};

/// A faulty case and what must be said about it.
pub struct Fault {
    /// The line of `faults.tsv`.
    pub line: usize,
    /// What is changed: `cell`, `header`, `column`, `row`, `drop-column`, `drop-table`, `twice`, `setting`, `previous`.
    pub change: String,
    /// The faulty case.
    pub sheets: Sheets,
    /// The code that must be given.
    pub code: String,
    /// Where: table, row, column.
    pub at: (String, Option<u32>, Option<String>),
    /// Whether other errors follow from the same change.
    pub more: bool,
}

/// The sound case.
pub fn base() -> Sheets {
    sheets_text::sheets(include_str!("base.txt"))
}

/// Every fault of `faults.tsv`.
pub fn faults() -> Vec<Fault> {
    let lines = include_str!("faults.tsv").lines().enumerate();
    lines.filter(|(_, line)| !line.starts_with('#') && !line.is_empty()).map(|(i, line)| fault(i + 1, line)).collect()
}

fn fault(line: usize, text: &str) -> Fault {
    let cells: Vec<&str> = text.split('\t').collect();
    let cell = |position: usize| cells.get(position).copied().unwrap_or("").trim();
    let (change, table, row, column) = (cell(0), cell(1), cell(2), cell(3));
    let value = cells.get(4).map_or(String::new(), |value| unescape(value));
    let mut sheets = base();
    apply(&mut sheets, change, table, row.parse().unwrap_or(0), column, &value);
    let some = |text: &str| (text != "-" && !text.is_empty()).then(|| text.to_owned());
    let at: Vec<&str> = if cell(6).is_empty() { vec![table, row, column] } else { cell(6).splitn(3, ' ').collect() };
    Fault {
        line,
        change: change.to_owned(),
        sheets,
        code: cell(5).trim_end_matches('+').to_owned(),
        at: (at[0].to_owned(), some(at[1]).map(|row| row.parse().expect("a row")), some(at[2])),
        more: cell(5).ends_with('+'),
    }
}

fn apply(sheets: &mut Sheets, change: &str, table: &str, row: u32, column: &str, text: &str) {
    if change == "previous" {
        sheets.previous = Some(text.to_owned());
        return;
    }
    let table = columns::find_table(if change == "setting" { "settings" } else { table }).expect("a table");
    let position = sheets.sheets.iter().position(|sheet| sheet.table == table).expect("a table of the base");
    if change == "drop-table" {
        sheets.sheets.remove(position);
        return;
    }
    if change == "twice" {
        let again = sheets.sheets[position].clone();
        sheets.sheets.push(again);
        return;
    }
    let sheet = &mut sheets.sheets[position];
    let cell_of = |sheet: &Sheet, name: &str| {
        sheet.header.iter().position(|header| header == name).unwrap_or_else(|| panic!("no column {name}"))
    };
    match change {
        "cell" => {
            let cell = cell_of(sheet, column);
            set(sheet, row, cell, text);
        }
        "header" => {
            let cell = cell_of(sheet, column);
            sheet.header[cell] = text.to_owned();
        }
        "column" => {
            sheet.header.push(column.to_owned());
            let cell = sheet.header.len() - 1;
            set(sheet, row, cell, text);
        }
        "row" => {
            let mut cells = vec![String::new(); sheet.header.len()];
            for part in text.split('~') {
                let (name, value) = part.split_once('=').expect("column=text");
                cells[cell_of(sheet, name.trim())] = value.trim().to_owned();
            }
            push(sheet, cells);
        }
        "setting" => push(sheet, vec![column.to_owned(), text.to_owned()]),
        "drop-column" => {
            let cell = cell_of(sheet, column);
            sheet.header.remove(cell);
            for row in &mut sheet.rows {
                if cell < row.cells.len() {
                    row.cells.remove(cell);
                }
            }
        }
        other => panic!("unknown change {other}"),
    }
}

fn set(sheet: &mut Sheet, number: u32, cell: usize, text: &str) {
    let row = sheet.rows.iter_mut().find(|row| row.number == number).expect("a row of the base");
    row.cells.resize(row.cells.len().max(cell + 1), String::new());
    row.cells[cell] = text.to_owned();
}

fn push(sheet: &mut Sheet, cells: Vec<String>) {
    let number = sheet.rows.last().map_or(2, |row| row.number + 1);
    sheet.rows.push(SheetRow { number, cells });
}

/// `\n` and `\u{…}` as the characters they stand for.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix("u{") {
            let (code, after) = after.split_once('}').expect("a closing brace");
            out.push(char::from_u32(u32::from_str_radix(code, 16).expect("a code")).expect("a character"));
            rest = after;
        } else if let Some(after) = rest.strip_prefix('n') {
            out.push('\n');
            rest = after;
        } else {
            out.push('\\');
        }
    }
    out + rest
}

impl Fault {
    /// Compares what was found with what must be found.
    ///
    /// # Errors
    /// A text that says how they differ.
    pub fn judge(&self, found: &Result<Intake, Problems>) -> Result<(), String> {
        let is_warning = self.code.starts_with('W');
        let list: &[Problem] = match found {
            Ok(intake) => &intake.warnings,
            Err(problems) => &problems.list,
        };
        let place = |p: &Problem| (p.table.map_or("", Table::name).to_owned(), p.row, p.column.clone());
        let wanted = (self.code.clone(), self.at.clone());
        let shown =
            || list.iter().map(|p| format!("{} {:?}", p.code.name(), place(p))).collect::<Vec<_>>().join("\n    ");
        if !list.iter().any(|p| (p.code.name().to_owned(), place(p)) == wanted) {
            return Err(format!("line {}: expected {wanted:?}, found\n    {}", self.line, shown()));
        }
        let errors = list.iter().filter(|p| p.is_error()).count();
        let expected = usize::from(!is_warning);
        if !self.more && errors != expected {
            return Err(format!("line {}: {errors} errors, not {expected}:\n    {}", self.line, shown()));
        }
        if found.is_ok() != (errors == 0) {
            return Err(format!("line {}: errors and result disagree", self.line));
        }
        Ok(())
    }
}
