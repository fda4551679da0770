//! Answers about a plan: each is one call of the library; what comes back is the document of `schemas/answers.schema.json`.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyAny;
use sandan::answers::{self, NotPrepared};
use sandan::export::Names;
use sandan::lists::Lang;
use serde_json::Value;

use crate::case::Case;
use crate::plan::Plan;
use crate::{error, run};

/// Answers a question about a plan of a case, as a dict: `kind` is `why`, `repairs`, `gaps`, `prices`, `recommend`,
/// `compare`, `fairness` or `audit`; `asked` is JSON with what is asked about (`need`, `rule` and `per`, `project`,
/// `resource`, `most`, `price`). The answer for people stands under `text`.
#[pyfunction]
#[pyo3(signature = (case, kind, plan, asked="{}", other=None) -> "dict[str, Any]")]
pub(crate) fn answer<'py>(
    py: Python<'py>,
    case: &Case,
    kind: &str,
    plan: &Plan,
    asked: &str,
    other: Option<PyRef<'py, Plan>>,
) -> PyResult<Bound<'py, PyAny>> {
    let asked: Value = serde_json::from_str(asked).map_err(|error| PyValueError::new_err(error.to_string()))?;
    let (lists, lang) = (case.lists(), case.language());
    let other = other.map(|other| other.inner.clone());
    let answered = py.detach(|| answers::ask(lists, lang, kind, &plan.inner, &asked, other.as_ref()));
    error::to_python(py, &answered.map_err(PyValueError::new_err)?)
}

/// A plan made again after events, as the new plan and the answer as a dict with its `text`. `events` is a
/// `sandan-events/1` document.
#[pyfunction]
#[pyo3(signature = (case, previous, events="[]", freeze_before=None) -> "tuple[Plan, dict[str, Any]]")]
pub(crate) fn rematch<'py>(
    py: Python<'py>,
    case: &Case,
    previous: &Plan,
    events: &str,
    freeze_before: Option<&str>,
) -> PyResult<(Plan, Bound<'py, PyAny>)> {
    let lang = case.language();
    let events = answers::events::read(events).map_err(|faults| refused(&faults, lang))?;
    let sheets = case.sheets().clone();
    let prepared = py.detach(|| answers::prepare(sheets, previous.inner.clone(), &events, freeze_before));
    let prepared = prepared.map_err(|not| match not {
        NotPrepared::Problems(problems) => error::case_error(py, &problems, lang),
        NotPrepared::Events(faults) => refused(&faults, lang),
    })?;
    let found = run::run(py, &prepared.intake.case, lang, None)?;
    let plan = Plan { inner: py.detach(|| answers::better(&prepared, found.inner.clone())) };
    let found = answers::rematched(&prepared, &plan.inner);
    let text = found.text(&Names::new(&prepared.intake.case, lang));
    let record = error::to_python(py, &answers::with_text("rematch", &found, text))?;
    Ok((plan, record))
}

fn refused(faults: &[answers::events::EventFault], lang: Lang) -> PyErr {
    let lines: Vec<String> = faults.iter().map(|fault| fault.message(lang)).collect();
    PyValueError::new_err(lines.join("\n"))
}
