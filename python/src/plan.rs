//! A plan, wrapped.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// A plan as the library holds it.
#[pyclass(frozen, module = "sandan._native")]
pub(crate) struct Plan {
    pub(crate) inner: sandan::plan::Plan,
}

#[pymethods]
impl Plan {
    /// Reads a `sandan-plan/1` document; raises `ValueError` where the text is none.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        match sandan::plan::Plan::from_json(text) {
            Ok(inner) => Ok(Plan { inner }),
            Err(error) => Err(PyValueError::new_err(format!("this is not a `sandan-plan/1` document: {error}"))),
        }
    }

    /// The canonical JSON.
    fn to_json(&self) -> String {
        self.inner.to_json()
    }
}
