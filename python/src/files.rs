//! What is written to the disk: whole, or not at all.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use sandan::export::{self, case};
use sandan::intake::plan_sheets::{self, PlanProblem};
use sandan::intake::sheets;
use sandan::lists::{Case, Lang};
use sandan::problem::{Problem, Problems};

use crate::error;
use crate::plan::Plan;

/// Runs the command `sandan`; the exit code comes back.
#[pyfunction]
pub(crate) fn command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| sandan::cli::command(arguments))
}

/// Writes an empty workbook with headers, explanations, drop-down lists and worked example rows.
#[pyfunction]
pub(crate) fn template(py: Python<'_>, path: PathBuf, lang: &str) -> PyResult<()> {
    let lang = error::lang(lang)?;
    let bytes = case::template(lang).map_err(|problems| error::case_error(py, &problems, lang))?;
    write(&path, &bytes, lang)
}

/// Moves a case between a folder of CSV, a workbook and a JSON document; raises `CaseError` where it cannot be read.
#[pyfunction]
pub(crate) fn convert(py: Python<'_>, source: PathBuf, target: PathBuf, lang: &str) -> PyResult<()> {
    let lang = error::lang(lang)?;
    let refuse = |problems: Problems| error::case_error(py, &problems, lang);
    let (sheets, _) = py.detach(|| sheets::read_path(&source)).into_sheets().map_err(refuse)?;
    py.detach(|| case::write_path(&target, &sheets, lang)).map_err(refuse)
}

/// Reads a plan from the bytes of a workbook (by its contents) or a JSON document.
pub(crate) fn read_plan(path: &Path, case: &Case, lang: Lang) -> PyResult<Plan> {
    let bytes = std::fs::read(path)?;
    if bytes.starts_with(b"PK") {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let inner = plan_sheets::from_xlsx(&name, &bytes, case).map_err(|problems| {
            let line = |problem: &PlanProblem| {
                let record = problem.record(lang);
                let place = [record.table, record.row.map(|row| row.to_string()), record.column];
                let place: Vec<String> = place.into_iter().flatten().collect();
                format!("{}: {} ({})", place.join(" "), record.message, record.hint)
            };
            PyValueError::new_err(problems.iter().map(line).collect::<Vec<_>>().join("\n"))
        })?;
        return Ok(Plan::new(inner));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Plan::of_text(text.strip_prefix('\u{feff}').unwrap_or(&text)),
        Err(_) => Err(PyValueError::new_err("this is neither a workbook nor a `sandan-plan/1` document")),
    }
}

/// Writes a file whole or raises `OSError`.
pub(crate) fn write(path: &Path, bytes: &[u8], lang: Lang) -> PyResult<()> {
    let refuse = |problem: Problem| PyOSError::new_err(problem.record(lang).message);
    export::write_file(path, bytes).map_err(refuse)
}
