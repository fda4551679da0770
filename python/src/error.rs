//! The errors of the library as the exceptions of `sandan.errors`.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyAny;
use sandan::lists::Lang;
use sandan::problem::{Problem, Problems};

mod exceptions {
    pyo3::import_exception!(sandan.errors, CaseError);
    pyo3::import_exception!(sandan.errors, NoPlanError);
}

/// The language of messages, from the two letters that Python passes.
pub(crate) fn lang(text: &str) -> PyResult<Lang> {
    match text {
        "zh" => Ok(Lang::Zh),
        "en" => Ok(Lang::En),
        _ => Err(PyValueError::new_err(format!("lang is `zh` or `en`, not `{text}`"))),
    }
}

/// Problems as a list of dicts.
pub(crate) fn records<'py>(py: Python<'py>, problems: &[Problem], lang: Lang) -> PyResult<Bound<'py, PyAny>> {
    let records: Vec<_> = problems.iter().map(|problem| problem.record(lang)).collect();
    to_python(py, &records)
}

/// A record of the library as plain Python values.
pub(crate) fn to_python<'py>(py: Python<'py>, record: &impl serde::Serialize) -> PyResult<Bound<'py, PyAny>> {
    let text = serde_json::to_string(record).expect("records hold only strings, integers, lists and string-keyed maps");
    py.import("json")?.call_method1("loads", (text,))
}

/// A case that cannot be used: `sandan.CaseError`, with every problem.
pub(crate) fn case_error(py: Python<'_>, problems: &Problems, lang: Lang) -> PyErr {
    match records(py, &problems.list, lang) {
        Ok(list) => exceptions::CaseError::new_err((list.unbind(), problems.more)),
        Err(error) => error,
    }
}

/// A run that ended before any plan was found: `sandan.NoPlanError`.
pub(crate) fn no_plan() -> PyErr {
    exceptions::NoPlanError::new_err(())
}
