//! One run of the solver: stepped with the interpreter lock released, observed and interrupted between steps.

use std::time::{Duration, Instant};

use pyo3::exceptions::{PyKeyboardInterrupt, PyRuntimeError};
use pyo3::prelude::*;
use sandan::lists::{Case, Lang};
use sandan::{NoPlan, Phase, Solver};

use crate::error;
use crate::plan::Plan;

/// Steps between two looks at Ctrl-C, the clock and the callback: as many as the library's own `solve` takes.
const STEPS: u64 = 256;

/// What a progress callback sees.
#[pyclass(frozen, module = "sandan._native")]
pub(crate) struct Progress {
    inner: sandan::Progress,
    started: Instant,
}

#[pymethods]
impl Progress {
    /// What is being done: `compile`, `construct`, `search` or `done`.
    #[getter]
    fn phase(&self) -> &'static str {
        self.inner.phase.name()
    }

    /// The level being worked on, from 0.
    #[getter]
    fn level(&self) -> usize {
        self.inner.level
    }

    /// How many levels there are.
    #[getter]
    fn levels(&self) -> usize {
        self.inner.levels
    }

    /// Steps of work done so far.
    #[getter]
    fn steps(&self) -> u64 {
        self.inner.steps
    }

    /// The value of the best plan on this level.
    #[getter]
    fn value(&self) -> Option<i64> {
        self.inner.value
    }

    /// The bound of this level.
    #[getter]
    fn bound(&self) -> Option<i64> {
        self.inner.bound
    }

    /// The gap of this level, in parts per million.
    #[getter]
    fn gap_ppm(&self) -> Option<i64> {
        self.inner.gap_ppm
    }

    /// Seconds since the run began.
    #[getter]
    fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    fn __repr__(&self) -> String {
        let Progress { inner, .. } = self;
        let shown = |number: Option<i64>| number.map_or_else(|| "None".to_owned(), |number| number.to_string());
        format!(
            "<Progress {} level {}/{} steps={} value={} bound={} gap_ppm={}>",
            inner.phase.name(),
            inner.level + 1,
            inner.levels,
            inner.steps,
            shown(inner.value),
            shown(inner.bound),
            shown(inner.gap_ppm)
        )
    }
}

/// Solves the case. The run ends early, with the best plan so far marked stopped, at the case's time limit, on Ctrl-C
/// and when the callback returns `False`.
pub(crate) fn run(py: Python<'_>, case: &Case, lang: Lang, progress: Option<&Bound<'_, PyAny>>) -> PyResult<Plan> {
    let started = Instant::now();
    let deadline = case.settings.time_limit_ms.and_then(|limit| started.checked_add(Duration::from_millis(limit)));
    let refuse = |refusal: NoPlan| match refusal {
        NoPlan::Problems(problems) => error::case_error(py, &problems, lang),
        NoPlan::Unknown => error::no_plan(),
        fault @ NoPlan::Fault(_) => PyRuntimeError::new_err(fault.to_string()),
    };
    let mut solver = py.detach(|| Solver::new(case)).map_err(refuse)?;
    let interrupted = loop {
        let state = py.detach(|| solver.step(STEPS));
        let done = state.phase == Phase::Done;
        // Ctrl-C is seen here or, when it comes while the callback runs, raised by the callback.
        let told = progress.map_or(Ok(true), |callback| tell(callback, state, started));
        let go_on = match told.and_then(|go_on| py.check_signals().map(|()| go_on)) {
            Ok(go_on) => go_on,
            Err(signal) if signal.is_instance_of::<PyKeyboardInterrupt>(py) => break Some(signal),
            Err(error) => return Err(error),
        };
        if done || !go_on || deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            break None;
        }
    };
    match (py.detach(|| solver.plan()), interrupted) {
        (Ok(inner), _) => Ok(Plan { inner }),
        // Interrupted before there was any plan: then the interrupt is the answer.
        (Err(NoPlan::Unknown), Some(signal)) => Err(signal),
        (Err(refusal), _) => Err(refuse(refusal)),
    }
}

/// Calls the callback; `False` asks to stop, anything else goes on.
fn tell(callback: &Bound<'_, PyAny>, inner: sandan::Progress, started: Instant) -> PyResult<bool> {
    let answer = callback.call1((Progress { inner, started },))?;
    Ok(!matches!(answer.extract::<bool>(), Ok(false)))
}
