//! A case, wrapped.

use std::path::PathBuf;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyAny;
use sandan::intake::sheets::{self, Reading};
use sandan::intake::{Intake, SheetRow, Sheets};
use sandan::lists::Lang;

use crate::plan::Plan;
use crate::run;
use crate::{error, files};

/// A case as the library holds it.
#[pyclass(frozen, module = "sandan._native")]
pub(crate) struct Case {
    intake: Intake,
    sheets: Sheets,
    lang: Lang,
}

/// One table to Python: its English name, its header and its rows.
type Rows = (&'static str, Vec<String>, Vec<Vec<String>>);

#[pymethods]
impl Case {
    /// Understands CSV files given by name and text; raises `CaseError` with every problem.
    #[new]
    fn new(py: Python<'_>, files: Vec<(String, String)>, lang: &str) -> PyResult<Self> {
        let lang = error::lang(lang)?;
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        let reading = py.detach(|| sheets::from_csv_files(&files));
        Case::understand(py, reading, lang)
    }

    /// Reads a folder of CSV files, an .xlsx workbook or a JSON document; raises `CaseError` with every problem.
    #[staticmethod]
    fn read(py: Python<'_>, path: PathBuf, lang: &str) -> PyResult<Self> {
        let lang = error::lang(lang)?;
        let reading = py.detach(|| sheets::read_path(&path));
        Case::understand(py, reading, lang)
    }

    /// SHA-256 of the normalised case, lower-case hex.
    #[getter]
    fn hash(&self) -> &str {
        &self.intake.case.hash
    }

    /// What deserves a second look, as a list of dicts.
    #[pyo3(signature = () -> "list[dict[str, Any]]")]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        error::records(py, &self.intake.warnings, self.lang)
    }

    /// The tables as written: name, header, rows of text.
    fn tables(&self) -> Vec<Rows> {
        self.sheets
            .sheets
            .iter()
            .map(|sheet| {
                let width = sheet.header.len();
                let fill = |row: &SheetRow| {
                    let mut cells = row.cells.clone();
                    cells.resize(width, String::new());
                    cells
                };
                (sheet.table.name(), sheet.header.clone(), sheet.rows.iter().map(fill).collect())
            })
            .collect()
    }

    /// Solves the case; an option that is `None` is the case's own setting.
    #[expect(clippy::too_many_arguments, reason = "one argument an option, named in Python")]
    fn solve(
        &self,
        py: Python<'_>,
        gap_ppm: Option<i64>,
        max_steps: Option<u64>,
        time_limit_ms: Option<u64>,
        threads: Option<u32>,
        seed: Option<u64>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Plan> {
        let mut case = self.intake.case.clone();
        let settings = &mut case.settings;
        settings.gap_ppm = gap_ppm.unwrap_or(settings.gap_ppm);
        settings.max_steps = max_steps.or(settings.max_steps);
        settings.time_limit_ms = time_limit_ms.or(settings.time_limit_ms);
        settings.threads = threads.or(settings.threads);
        settings.seed = seed.unwrap_or(settings.seed);
        run::run(py, &case, self.lang, progress.as_ref())
    }

    /// Judges a plan by the lists alone; the report as a dict.
    #[pyo3(signature = (plan) -> "dict[str, Any]")]
    fn check<'py>(&self, py: Python<'py>, plan: &Plan) -> PyResult<Bound<'py, PyAny>> {
        let report = py.detach(|| sandan::check::check(&self.intake.case, &plan.inner));
        error::to_python(py, &report.record(self.lang))
    }

    /// Writes a plan as the workbook that a planner hands out.
    fn write_workbook(&self, py: Python<'_>, plan: &Plan, path: PathBuf, lang: &str) -> PyResult<()> {
        let lang = error::lang(lang)?;
        let bytes = py
            .detach(|| sandan::export::workbook::workbook(&self.intake.case, &plan.inner, lang))
            .map_err(|error| PyValueError::new_err(error.message(lang)))?;
        files::write(&path, &bytes, lang)
    }
}

impl Case {
    pub(crate) fn lists(&self) -> &sandan::lists::Case {
        &self.intake.case
    }

    pub(crate) fn sheets(&self) -> &Sheets {
        &self.sheets
    }

    pub(crate) fn language(&self) -> Lang {
        self.lang
    }

    fn understand(py: Python<'_>, reading: Reading, lang: Lang) -> PyResult<Self> {
        let sheets = reading.sheets.clone();
        match py.detach(|| reading.understand()) {
            Ok(intake) => Ok(Case { intake, sheets, lang }),
            Err(problems) => Err(error::case_error(py, &problems, lang)),
        }
    }
}
