//! Reads the three forms of a case — a folder of CSV, a workbook, a JSON document — into [`Sheets`].
//!
//! ```text
//! folder ─ csv ─┐
//! .xlsx  ─ xlsx ┼─▶ builder (header, blank rows, comments, limits) ─▶ Reading { sheets, problems }
//! .json  ─ json ┘
//! ```
//!
//! Readers know names of tables but not the meaning of cells. Nothing here panics, and memory and time are bounded by
//! the size of the input, whatever it claims about itself.
//!
//! Rows whose first cell is `#`, or begins with `#` and a blank, are comments in CSV and workbooks.

mod builder;
mod csv;
mod encoding;
mod faults;
mod folder;
pub(crate) mod formula;
mod json;
mod memory;
pub(crate) mod number;
#[cfg(feature = "spreadsheets")]
pub(super) mod xlsx;

use std::path::Path;

use super::{Intake, Sheets, understand};
use crate::lists::Table;
use crate::problem::{Code, Problem, Problems};

pub(crate) use builder::is_comment;
pub use folder::{from_csv_files, read_folder};
pub use formula::unguard;
pub use json::from_json;
pub(crate) use json::{FORMAT, previous_of};
pub use memory::TablesReader;

use faults::Faults;

/// The most rows of all tables of a case together.
pub const MOST_ROWS: usize = 10_000_000;
/// The most columns of a table.
pub const MOST_COLUMNS: usize = 1_000;
/// The most bytes of UTF-8 in one cell.
pub const LONGEST_CELL: usize = 1 << 20;
/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 2 << 30;
/// The headers of the sheet that holds `previous` in a workbook: the number of a part, and the part of the JSON text.
#[cfg(feature = "spreadsheets")]
pub(crate) const PREVIOUS_HEADER: [&str; 2] = ["part", "json"];
/// Sheets that a workbook may hold beside the tables: the template's own explanations and lists.
#[cfg(feature = "spreadsheets")]
pub(crate) const BESIDE: [&str; 4] = ["说明", "readme", "选项", "lists"];

/// What a reader found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The tables, as far as they could be read.
    pub sheets: Sheets,
    /// Errors and warnings, the first 200 of each, in order of table, row and column.
    pub problems: Vec<Problem>,
    /// How many more there were.
    pub more: usize,
}

impl Reading {
    /// Whether something could not be read.
    pub fn failed(&self) -> bool {
        self.problems.iter().any(Problem::is_error)
    }

    /// The raw tables with the warnings.
    ///
    /// # Errors
    /// All problems, when at least one is an error.
    pub fn into_sheets(self) -> Result<(Sheets, Vec<Problem>), Problems> {
        if self.failed() {
            return Err(Problems { list: self.problems, more: self.more });
        }
        Ok((self.sheets, self.problems))
    }

    /// Understands the tables. Faults of single cells and rows do not hide the faults that [`understand`] finds
    /// elsewhere; where a whole table or file is unreadable, only that is said.
    ///
    /// # Errors
    /// All problems at once, when at least one is an error.
    pub fn understand(self) -> Result<Intake, Problems> {
        if self.problems.iter().any(hides_rows) {
            return Err(Problems { list: self.problems, more: self.more });
        }
        let failed = self.failed();
        let (mut list, mut more) = (self.problems, self.more);
        let read: Vec<_> = list.iter().map(|p| (p.table, p.row, p.column.clone())).collect();
        let said = |p: &Problem| p.row.is_some() && read.contains(&(p.table, p.row, p.column.clone()));
        match understand(&self.sheets) {
            Ok(mut intake) => {
                list.append(&mut intake.warnings);
                list.sort_by(in_order);
                if failed {
                    return Err(Problems { list, more });
                }
                intake.warnings = list;
                Ok(intake)
            }
            Err(problems) => {
                more += problems.more;
                list.extend(problems.list.into_iter().filter(|p| !said(p)));
                list.sort_by(in_order);
                Err(Problems { list, more })
            }
        }
    }
}

/// Reads a case from a folder of CSV files, an .xlsx workbook or a JSON document.
pub fn read_path(path: &Path) -> Reading {
    if path.is_dir() { read_folder(path) } else { read_file(path) }
}

/// Reads a case from an .xlsx workbook or a JSON document; the contents decide which it is, not the name.
pub fn read_file(path: &Path) -> Reading {
    let mut faults = Faults::default();
    match folder::bytes_of(path, &mut faults) {
        Some(bytes) => from_bytes(&folder::name_of(path), &bytes),
        None => faults.into_reading(Sheets::default()),
    }
}

/// Reads a case from the bytes of an .xlsx workbook or a JSON document. `name` is used in messages, and decides where
/// the bytes do not.
pub fn from_bytes(name: &str, bytes: &[u8]) -> Reading {
    let lower = name.to_lowercase();
    let mut faults = Faults::default();
    if bytes.starts_with(b"PK") || bytes.starts_with(OLD_WORKBOOK) || lower.ends_with(".xlsx") {
        return from_xlsx_named(name, bytes);
    }
    match encoding::decode(bytes) {
        Ok(text) if lower.ends_with(".json") || text.trim_start().starts_with('{') => {
            return from_json(&text);
        }
        Err(_) if lower.ends_with(".json") => faults.file(Code::EncodingUnknown, name, &[]),
        _ => faults.file(Code::FormUnknown, name, &[]),
    }
    faults.into_reading(Sheets::default())
}

/// Reads a case from the bytes of an .xlsx workbook.
pub fn from_xlsx(bytes: &[u8]) -> Reading {
    from_xlsx_named("xlsx", bytes)
}

/// The first bytes of an .xls file and of an .xlsx file with a password.
const OLD_WORKBOOK: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

fn from_xlsx_named(name: &str, bytes: &[u8]) -> Reading {
    let mut faults = Faults::default();
    if bytes.starts_with(OLD_WORKBOOK) {
        faults.file(Code::WorkbookLocked, name, &[]);
        return faults.into_reading(Sheets::default());
    }
    #[cfg(feature = "spreadsheets")]
    {
        xlsx::read(name, bytes, faults)
    }
    #[cfg(not(feature = "spreadsheets"))]
    {
        faults.file(Code::NoSpreadsheets, name, &[]);
        faults.into_reading(Sheets::default())
    }
}

/// Puts a plan given beside the lists in the place of `previous`, replacing one that the case held.
///
/// # Errors
/// Where `text` is not a JSON object.
pub fn attach_previous(sheets: &mut Sheets, text: &str) -> Result<(), Problem> {
    sheets.previous = Some(previous_of(text)?);
    Ok(())
}

/// Whether rows were lost to a problem, so that what other rows say of them would be misunderstood.
fn hides_rows(problem: &Problem) -> bool {
    let leaves_rows = matches!(
        problem.code,
        Code::CellError
            | Code::CellOutsideHeader
            | Code::CellsMerged
            | Code::DateImpossible
            | Code::FormulaUnsaved
            | Code::HeaderTwice
            | Code::JsonKeyTwice
            | Code::JsonNested
    );
    problem.is_error() && !(leaves_rows && problem.row.is_some())
}

/// The order in which problems are told.
fn in_order(a: &Problem, b: &Problem) -> std::cmp::Ordering {
    (a.table, a.row, &a.column, a.code).cmp(&(b.table, b.row, &b.column, b.code))
}

/// A problem of a file code.
pub(crate) fn problem(code: Code, table: Option<Table>, value: &str, details: &[&str]) -> Problem {
    Problem {
        table,
        row: None,
        column: None,
        code,
        value: value.to_owned(),
        details: details.iter().map(|d| (*d).to_owned()).collect(),
    }
}
