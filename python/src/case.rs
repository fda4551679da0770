//! A case, wrapped.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyAny, PyIterator, PyList};
use sandan::Flow;
use sandan::answers::{NotPrepared, explain_all, prepare};
use sandan::export;
use sandan::intake::sheets::{self, Reading, TablesReader};
use sandan::intake::{Intake, Sheet, Sheets, columns};
use sandan::lists::Lang;
use sandan::problem::Problems;

use crate::answers::{self, Answered, Prepared};
use crate::kept::{self, Kept, Texts};
use crate::plan::Plan;
use crate::run::{self, Moment};
use crate::{error, files, lists};

/// A case as the library holds it, understood or refused.
#[pyclass(frozen, module = "sandan._native")]
pub(crate) struct Case {
    outcome: Result<Arc<Intake>, Problems>,
    kept: Vec<Kept>,
    previous: Option<String>,
    lang: Lang,
}

/// One table to Python: its English name, its header and its columns of text.
type Columns<'py> = (&'static str, Vec<String>, Vec<Bound<'py, PyList>>);

#[pymethods]
impl Case {
    /// Understands tables given as (English name, header, iterable of columns as lists); `text_of` gives the text of
    /// values that are neither text, whole number nor truth. What is at fault is said by `problems`.
    #[new]
    #[pyo3(signature = (tables, previous, lang, text_of, guarded))]
    fn new(
        py: Python<'_>,
        tables: Vec<(String, Vec<String>, Bound<'_, PyAny>)>,
        previous: Option<String>,
        lang: &str,
        text_of: &Bound<'_, PyAny>,
        guarded: bool,
    ) -> PyResult<Self> {
        let lang = error::lang(lang)?;
        let mut kept = Vec::with_capacity(tables.len());
        for (name, header, columns) in tables {
            let table = columns::find_table(&name)
                .ok_or_else(|| PyValueError::new_err(format!("no table is called `{name}`")))?;
            kept.push(Kept::of_columns(table, header, read_columns(&columns, text_of, guarded)?));
        }
        Ok(py.detach(move || {
            let mut reader = TablesReader::default();
            for table in &kept {
                let mut rows = (0..table.rows()).map(|row| table.cells(row));
                reader.add(table.table, table.header.clone(), &mut rows);
            }
            if let Some(previous) = previous {
                reader.previous(&previous);
            }
            Case::understand(reader.finish(), kept, lang)
        }))
    }

    /// Reads a folder of CSV files, an .xlsx workbook or a JSON document. What is at fault is said by `problems`.
    #[staticmethod]
    fn read(py: Python<'_>, path: PathBuf, lang: &str) -> PyResult<Self> {
        let lang = error::lang(lang)?;
        let reading = py.detach(|| sheets::read_path(&path));
        Ok(py.detach(|| Case::understand(reading, Vec::new(), lang)))
    }

    /// Whether no problem is an error.
    #[getter]
    fn ok(&self) -> bool {
        self.outcome.is_ok()
    }

    /// SHA-256 of the normalised case, lower-case hex; raises `CaseError` where the case is at fault.
    #[getter]
    fn hash(&self, py: Python<'_>) -> PyResult<&str> {
        Ok(&self.sound(py)?.case.hash)
    }

    /// The language of messages.
    #[getter]
    fn lang(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }

    /// Errors and warnings as a list of dicts, and how many more there were.
    #[pyo3(signature = () -> "tuple[list[dict[str, Any]], int]")]
    fn problems<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, usize)> {
        let (list, more) = match &self.outcome {
            Ok(intake) => (&intake.warnings, intake.more),
            Err(problems) => (&problems.list, problems.more),
        };
        Ok((error::records(py, list, self.lang)?, more))
    }

    /// The tables as written: name, header, columns of text. With `spread`, blank rows that the reader left out stand
    /// among the others.
    #[pyo3(signature = (spread) -> "list[tuple[str, list[str], list[list[str | None]]]]")]
    fn tables<'py>(&self, py: Python<'py>, spread: bool) -> PyResult<Vec<Columns<'py>>> {
        let columns = |table: &Kept| Ok((table.table.name(), table.header.clone(), table.lists(py, spread)?));
        self.kept.iter().map(columns).collect()
    }

    /// How many rows each table has, by English name.
    fn counts(&self) -> Vec<(&'static str, usize)> {
        self.kept.iter().map(|table| (table.table.name(), table.rows())).collect()
    }

    /// The plan before, as it was given: JSON text.
    #[getter]
    fn previous(&self) -> Option<&str> {
        self.previous.as_deref()
    }

    /// A table as understood: column names and columns; defaults filled in, rows by id. `name` is `needs`, `projects`,
    /// `resources`, `posts`, `places` or `periods`.
    #[pyo3(signature = (name) -> "list[tuple[str, list[Any]]]")]
    fn understood<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Vec<(&'static str, Bound<'py, PyAny>)>> {
        lists::columns(py, &self.sound(py)?.case, name)
    }

    /// How fast people travel, in km/h.
    #[getter]
    fn speed_kmh(&self, py: Python<'_>) -> PyResult<f64> {
        Ok(self.sound(py)?.case.settings.speed_milli_kmh as f64 / 1000.0)
    }

    /// Writes the tables as written to a folder, a workbook or a JSON document; headers in a language.
    fn write(&self, py: Python<'_>, path: PathBuf, lang: &str) -> PyResult<()> {
        let lang = error::lang(lang)?;
        let sheets = kept::sheets(&self.kept, self.previous.as_deref());
        py.detach(|| export::case::write_path(&path, &sheets, lang))
            .map_err(|problems| error::case_error(py, &problems, lang))
    }

    /// Solves the case; an option that is `None` is the case's own setting. Beside the plan, how value and bound went.
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
    ) -> PyResult<(Plan, Vec<Moment>)> {
        let mut case = self.sound(py)?.case.clone();
        let settings = &mut case.settings;
        settings.gap_ppm = gap_ppm.unwrap_or(settings.gap_ppm);
        settings.max_steps = max_steps.or(settings.max_steps);
        settings.time_limit_ms = time_limit_ms.or(settings.time_limit_ms);
        settings.threads = threads.or(settings.threads);
        settings.seed = seed.unwrap_or(settings.seed);
        run::run(py, case, self.lang, progress.as_ref())
    }

    /// Judges a plan by the lists alone; the report as a dict.
    #[pyo3(signature = (plan) -> "dict[str, Any]")]
    fn check<'py>(&self, py: Python<'py>, plan: &Plan) -> PyResult<Bound<'py, PyAny>> {
        let intake = self.sound(py)?;
        let report = py.detach(|| sandan::check::check(&intake.case, &plan.inner));
        error::to_python(py, &report.record(self.lang))
    }

    /// Answers a question about a plan: `kind` and what it is about, as the Python half says it.
    #[pyo3(signature = (plan, kind, about, most, prices, other) -> "tuple[dict[str, Any], list[str], str, list[Plan]]")]
    #[expect(clippy::too_many_arguments, reason = "one door for all answers")]
    fn answer<'py>(
        &self,
        py: Python<'py>,
        plan: &Plan,
        kind: &str,
        about: BTreeMap<String, String>,
        most: usize,
        prices: Vec<(String, i64)>,
        other: Option<&Plan>,
    ) -> PyResult<Answered<'py>> {
        let ask = answers::ask(kind, about, most, answers::prices(prices)?, other)?;
        let (intake, lang) = (Arc::clone(self.sound(py)?), self.lang);
        let (plan, known) = (Arc::clone(&plan.inner), Arc::clone(&plan.known));
        let answer = answers::patiently(py, move || answers::answer(&intake, &plan, &known, ask, lang))?;
        answer.map_err(|refusal| answers::refuse(&refusal, lang))?.into_python(py)
    }

    /// The plan with the verdict of every unmet need and missed quota.
    fn explain(&self, py: Python<'_>, plan: &Plan) -> PyResult<Plan> {
        let (intake, mut plan, lang) = (Arc::clone(self.sound(py)?), (*plan.inner).clone(), self.lang);
        let work = move || {
            let done = explain_all(&intake.case, &mut plan, &mut |_, _| Flow::Continue);
            done.map(|()| plan)
        };
        let plan = answers::patiently(py, work)?;
        Ok(Plan::new(plan.map_err(|refusal| answers::refuse(&refusal, lang))?))
    }

    /// The lists after events (JSON text), with the plan before.
    fn prepare(&self, py: Python<'_>, plan: &Plan, events: &str, freeze_before: Option<&str>) -> PyResult<Prepared> {
        self.sound(py)?;
        let lang = self.lang;
        let events = answers::events(events, lang)?;
        let sheets = kept::sheets(&self.kept, None);
        let prepared = py.detach(|| prepare(sheets, (*plan.inner).clone(), &events, freeze_before));
        prepared.map(|inner| Prepared::new(inner, lang)).map_err(|refusal| match refusal {
            NotPrepared::Problems(problems) => error::case_error(py, &problems, lang),
            NotPrepared::Events(faults) => {
                let lines: Vec<String> = faults.iter().map(|fault| fault.message(lang)).collect();
                PyValueError::new_err(lines.join("\n"))
            }
        })
    }

    /// Reads a plan from its JSON document or its workbook, edited by hand or not; raises `ValueError` with every
    /// problem where it is none.
    fn read_plan(&self, py: Python<'_>, path: PathBuf) -> PyResult<Plan> {
        files::read_plan(&path, &self.sound(py)?.case, self.lang)
    }

    /// A plan in words: `summary` (plain text), `rota` (an HTML document, a page a member) or `calendar` (iCalendar;
    /// blank where no period has dates).
    fn words(&self, py: Python<'_>, plan: &Plan, form: &str, lang: &str) -> PyResult<String> {
        let lang = error::lang(lang)?;
        let case = &self.sound(py)?.case;
        py.detach(|| match form {
            "summary" => Ok(export::summary::summary(case, &plan.inner, lang)),
            "rota" => Ok(export::rota::html(case, &plan.inner, lang)),
            "calendar" => {
                let calendar = export::calendar::sessions(case, &plan.inner, lang);
                Ok(if calendar.events == 0 { String::new() } else { calendar.text })
            }
            _ => Err(PyValueError::new_err(format!("no form is called `{form}`"))),
        })
    }

    /// Writes a plan as the workbook that a planner hands out.
    fn write_workbook(&self, py: Python<'_>, plan: &Plan, path: PathBuf, lang: &str) -> PyResult<()> {
        let lang = error::lang(lang)?;
        let intake = self.sound(py)?;
        let bytes = py
            .detach(|| export::workbook::workbook(&intake.case, &plan.inner, lang))
            .map_err(|error| PyValueError::new_err(error.message(lang)))?;
        files::write(&path, &bytes, lang)
    }
}

impl Case {
    /// Understands what was read. `given` holds tables that need not be copied again if the reader took them whole.
    fn understand(reading: Reading, mut given: Vec<Kept>, lang: Lang) -> Self {
        let keep = |sheet: &Sheet| match given.iter().position(|table| table.is_whole(sheet)) {
            Some(at) => given.swap_remove(at),
            None => Kept::of_sheet(sheet),
        };
        let kept = reading.sheets.sheets.iter().map(keep).collect();
        drop(given);
        let previous = reading.sheets.previous.clone();
        Case { outcome: reading.understand().map(Arc::new), kept, previous, lang }
    }

    /// A case that is known to be sound, with the tables that it comes from.
    pub(crate) fn understood_as(sheets: &Sheets, intake: Intake, lang: Lang) -> Self {
        let kept = sheets.sheets.iter().map(Kept::of_sheet).collect();
        Case { outcome: Ok(Arc::new(intake)), kept, previous: sheets.previous.clone(), lang }
    }

    /// The case, or `CaseError` with every problem.
    fn sound(&self, py: Python<'_>) -> PyResult<&Arc<Intake>> {
        self.outcome.as_ref().map_err(|problems| error::case_error(py, problems, self.lang))
    }
}

/// Columns one after the other, so that no two of them stand in memory as Python objects.
fn read_columns(columns: &Bound<'_, PyAny>, text_of: &Bound<'_, PyAny>, guarded: bool) -> PyResult<Vec<Texts>> {
    let mut texts: Vec<Texts> = Vec::new();
    for column in PyIterator::from_object(columns)? {
        let column = Texts::read(column?.cast::<PyList>()?, text_of, guarded)?;
        if texts.first().is_some_and(|first| first.len() != column.len()) {
            return Err(PyValueError::new_err("the columns of a table must be equally long"));
        }
        texts.push(column);
    }
    Ok(texts)
}
