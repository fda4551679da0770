//! What is written to the disk: whole, or not at all.

use std::ffi::OsString;
use std::path::PathBuf;

use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use sandan::export::{self, case};
use sandan::intake::sheets;
use sandan::lists::Lang;
use sandan::problem::{Problem, Problems};

use crate::error;

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

/// Writes a file whole or raises `OSError`.
pub(crate) fn write(path: &std::path::Path, bytes: &[u8], lang: Lang) -> PyResult<()> {
    let refuse = |problem: Problem| PyOSError::new_err(problem.record(lang).message);
    export::write_file(path, bytes).map_err(refuse)
}
