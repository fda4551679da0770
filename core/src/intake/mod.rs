//! From what a planner wrote — a folder of CSV, a workbook, a JSON document — to a [`Case`], with every fault at once.
//!
//! ```text
//! bytes ──sheets (csv, xlsx, json)──▶ Sheets (raw cells, with places) ──meaning──▶ Case + warnings, or Problems
//! ```

pub mod columns;
mod meaning;
#[cfg(feature = "spreadsheets")]
pub mod plan_sheets;
pub mod sheets;
mod written;

use crate::lists::{Case, Table};
use crate::plan::Plan;
use crate::problem::{Problem, Problems};

pub use written::settings_as_written;

/// A case as read, with what deserves a second look.
#[derive(Clone, Debug)]
pub struct Intake {
    /// The case.
    pub case: Case,
    /// Warnings; they never change the meaning.
    pub warnings: Vec<Problem>,
    /// How many more warnings there were than the first 200.
    pub more: usize,
}

/// The raw tables of a case, before anything is understood: the one form that all readers give and all writers take.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheets {
    /// The tables found, each at most once.
    pub sheets: Vec<Sheet>,
    /// The document of `previous`, if one was found, as JSON text.
    pub previous: Option<String>,
}

/// One raw table.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Which table it is.
    pub table: Table,
    /// Header cells as written, trimmed.
    pub header: Vec<String>,
    /// Data rows; blank rows are left out.
    pub rows: Vec<SheetRow>,
}

/// One raw row.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetRow {
    /// The row as seen in Excel: the header is 1.
    pub number: u32,
    /// Cells under the header cells; may be shorter than the header. Numbers, dates and booleans as canonical text
    /// (`12`, `0.5`, `2025-07-01`, `true`); lists of JSON joined with `;`.
    pub cells: Vec<String>,
}

/// Understands raw tables: binds headers, reads every cell, resolves every name, fills in defaults and checks the whole.
///
/// # Errors
/// All problems at once, when at least one is an error.
pub fn understand(sheets: &Sheets) -> Result<Intake, Problems> {
    meaning::understand(sheets)
}

/// The same with a plan before that has been read already, in the place of the document of `previous`.
pub(crate) fn understand_after(sheets: &Sheets, previous: Plan) -> Result<Intake, Problems> {
    meaning::understand_after(sheets, previous)
}
