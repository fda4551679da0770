//! A plan, wrapped.

use std::sync::{Arc, Mutex};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use sandan::answers::Checked;
use sandan::intake::Intake;

use crate::error;

/// A plan as the library holds it.
#[pyclass(frozen, module = "sandan._native")]
pub(crate) struct Plan {
    pub(crate) inner: Arc<sandan::plan::Plan>,
    pub(crate) known: Known,
}

/// What the check has said of a plan, and of which case: questions that follow need not check it again.
pub(crate) type Known = Arc<Mutex<Option<(Arc<Intake>, Checked)>>>;

#[pymethods]
impl Plan {
    /// Reads a `sandan-plan/1` document; raises `ValueError` where the text is none.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        Plan::of_text(text)
    }

    /// What each level comes to, in words.
    fn level_words(&self, lang: &str) -> PyResult<Vec<String>> {
        let lang = error::lang(lang)?;
        Ok(self.inner.levels.iter().map(|level| sandan::export::describe_level(lang, level)).collect())
    }

    /// The canonical JSON.
    fn to_json(&self) -> String {
        self.inner.to_json()
    }
}

impl Plan {
    pub(crate) fn new(inner: sandan::plan::Plan) -> Self {
        Plan { inner: Arc::new(inner), known: Known::default() }
    }

    /// A plan from its document.
    pub(crate) fn of_text(text: &str) -> PyResult<Self> {
        match sandan::plan::Plan::from_json(text) {
            Ok(inner) if inner.format == sandan::plan::FORMAT => Ok(Plan::new(inner)),
            Ok(_) => Err(PyValueError::new_err("this is not a `sandan-plan/1` document")),
            Err(error) => Err(PyValueError::new_err(format!("this is not a `sandan-plan/1` document: {error}"))),
        }
    }
}
