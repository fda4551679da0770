//! One run of the solver: stepped in a thread of its own, observed and interrupted from the caller's.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use pyo3::exceptions::{PyKeyboardInterrupt, PyRuntimeError};
use pyo3::prelude::*;
use sandan::lists::{Case, Lang};
use sandan::{NoPlan, Phase, Solver};

use crate::error;
use crate::plan::Plan;

/// Time between two looks at Ctrl-C, the clock and the callback, as near as steps allow.
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);
/// How long Ctrl-C waits for the step under way before it takes the plan that was laid aside.
const PATIENCE: Duration = Duration::from_millis(100);
const FEWEST_STEPS: u64 = 1;
const MOST_STEPS: u64 = 256;

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

/// A moment of a run at which value or bound changed: seconds since it began, steps, level, value, bound.
pub(crate) type Moment = (f64, u64, usize, Option<i64>, Option<i64>);

/// What the run says to who waits for it.
enum Word {
    Look(sandan::Progress),
    End(Box<Result<sandan::plan::Plan, NoPlan>>, Vec<Moment>),
}

/// Solves the case. The run ends early, with the best plan so far marked stopped, at the case's time limit, on Ctrl-C
/// and when the callback returns `False`; a second Ctrl-C abandons it.
///
/// The work is done in a thread of its own, so that Ctrl-C is seen at once whatever the solver is doing.
pub(crate) fn run(
    py: Python<'_>,
    case: Case,
    lang: Lang,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<(Plan, Vec<Moment>)> {
    let started = Instant::now();
    let stop = Arc::new(AtomicBool::new(false));
    // Bounded: the run waits for a slow callback rather than pile up what it has to say.
    let (say, hear) = mpsc::sync_channel(64);
    let (told, asked) = (progress.is_some(), Arc::clone(&stop));
    let aside: Arc<Mutex<Option<Aside>>> = Arc::default();
    let keep = Arc::clone(&aside);
    let work = move || {
        let look = |state| !told || say.send(Word::Look(state)).is_ok();
        let (outcome, course) = drive(&case, started, &asked, &keep, look);
        // Nobody hears it when the run was abandoned.
        say.send(Word::End(Box::new(outcome), course)).ok();
    };
    std::thread::Builder::new().name("sandan".to_owned()).spawn(work)?;
    let mut hear = Hearing(hear);
    let mut interrupt: Option<PyErr> = None;
    let mut asked_at: Option<Instant> = None;
    let mut fault: Option<PyErr> = None;
    loop {
        let word = py.detach(|| hear.next());
        let mut signal = py.check_signals();
        match word {
            Some(Ok(Word::Look(state))) => {
                if let (Some(callback), None, None) = (progress, &interrupt, &fault) {
                    match tell(callback, state, started) {
                        Ok(true) => {}
                        Ok(false) => stop.store(true, Ordering::Relaxed),
                        Err(error) => signal = signal.and(Err(error)),
                    }
                }
            }
            Some(Ok(Word::End(outcome, course))) => {
                return match (*outcome, fault, interrupt) {
                    (_, Some(fault), _) => Err(fault),
                    (Ok(inner), None, _) => Ok((Plan::new(inner), course)),
                    // Interrupted before there was any plan: then the interrupt is the answer.
                    (Err(NoPlan::Unknown), None, Some(interrupt)) => Err(interrupt),
                    (Err(refusal), None, _) => Err(refuse(py, refusal, lang)),
                };
            }
            Some(Err(Gone)) => return Err(PyRuntimeError::new_err("a fault of sandan: the run ended without a word")),
            // One step of a large case may be long: then the plan that was laid aside is the answer.
            None if asked_at.is_some_and(|at| at.elapsed() >= PATIENCE) && fault.is_none() => {
                if let Some(Aside { plan, course }) = aside.lock().ok().and_then(|mut aside| aside.take()) {
                    return Ok((Plan::new(plan), course));
                }
            }
            None => {}
        }
        if let Err(error) = signal {
            stop.store(true, Ordering::Relaxed);
            let again = interrupt.is_some();
            match error.is_instance_of::<PyKeyboardInterrupt>(py) {
                true if again => return Err(error),
                true => (interrupt, asked_at) = (Some(error), Some(Instant::now())),
                false => fault = fault.or(Some(error)),
            }
        }
    }
}

/// Steps the solver until it is done, out of time or asked to stop.
fn drive(
    case: &Case,
    started: Instant,
    stop: &AtomicBool,
    keep: &Mutex<Option<Aside>>,
    mut look: impl FnMut(sandan::Progress) -> bool,
) -> (Result<sandan::plan::Plan, NoPlan>, Vec<Moment>) {
    let deadline = case.settings.time_limit_ms.and_then(|limit| started.checked_add(Duration::from_millis(limit)));
    let mut course = Course::default();
    let mut solver = match Solver::new(case) {
        Ok(solver) => solver,
        Err(refusal) => return (Err(refusal), Vec::new()),
    };
    course.note(&solver.progress(), started);
    let mut steps = FEWEST_STEPS;
    // When a plan may be laid aside next: rarely enough to cost a tenth of the work at most.
    let mut next_aside = Duration::from_millis(100);
    let mut laid_aside = None;
    loop {
        let late = deadline.is_some_and(|deadline| Instant::now() >= deadline);
        if late || stop.load(Ordering::Relaxed) {
            break;
        }
        let at = solver.progress();
        let known = (at.level, at.value);
        if started.elapsed() >= next_aside && laid_aside != Some(known) {
            let began = Instant::now();
            if let Ok(plan) = solver.plan() {
                let course = Course { moments: course.moments.clone() }.finish(&solver.progress(), started);
                if let Ok(mut aside) = keep.lock() {
                    *aside = Some(Aside { plan, course });
                }
            }
            laid_aside = Some(known);
            next_aside = started.elapsed() + began.elapsed() * 10;
        }
        let began = Instant::now();
        let state = solver.step(steps);
        steps = paced(steps, began.elapsed());
        course.note(&state, started);
        let done = state.phase == Phase::Done;
        if !look(state) || done {
            break;
        }
    }
    let course = course.finish(&solver.progress(), started);
    (solver.plan(), course)
}

/// A plan laid aside while the run goes on, and how value and bound went until then.
struct Aside {
    plan: sandan::plan::Plan,
    course: Vec<Moment>,
}

/// The end of a run that says why there is no plan.
fn refuse(py: Python<'_>, refusal: NoPlan, lang: Lang) -> PyErr {
    match refusal {
        NoPlan::Problems(problems) => error::case_error(py, &problems, lang),
        NoPlan::Unknown => error::no_plan(),
        fault @ NoPlan::Fault(_) => PyRuntimeError::new_err(fault.to_string()),
    }
}

/// Where words of the run arrive.
struct Hearing(mpsc::Receiver<Word>);

/// The run is gone without an end.
struct Gone;

impl Hearing {
    /// The next word; `None` when it is time to look at Ctrl-C.
    fn next(&mut self) -> Option<Result<Word, Gone>> {
        match self.0.recv_timeout(BETWEEN_LOOKS) {
            Ok(word) => Some(Ok(word)),
            Err(mpsc::RecvTimeoutError::Timeout) => None,
            Err(mpsc::RecvTimeoutError::Disconnected) => Some(Err(Gone)),
        }
    }
}

/// So many steps next as seem to fill [`BETWEEN_LOOKS`]. The plan depends on the work, not on how it is cut.
fn paced(steps: u64, took: Duration) -> u64 {
    if took > BETWEEN_LOOKS {
        (steps / 2).max(FEWEST_STEPS)
    } else if took < BETWEEN_LOOKS / 2 {
        (steps * 2).min(MOST_STEPS)
    } else {
        steps
    }
}

/// How value and bound went: a moment for each change, and the end.
#[derive(Default)]
struct Course {
    moments: Vec<Moment>,
}

impl Course {
    fn note(&mut self, state: &sandan::Progress, started: Instant) {
        let known = (state.level, state.value, state.bound);
        if state.phase != Phase::Done && self.moments.last().is_none_or(|last| (last.2, last.3, last.4) != known) {
            let seconds = started.elapsed().as_secs_f64();
            self.moments.push((seconds, state.steps, state.level, state.value, state.bound));
        }
    }

    /// The moments; the last is the end of the run, which tells no value and no bound: the plan does.
    fn finish(mut self, state: &sandan::Progress, started: Instant) -> Vec<Moment> {
        self.moments.push((started.elapsed().as_secs_f64(), state.steps, state.level, None, None));
        self.moments
    }
}

/// Calls the callback; `False` asks to stop, anything else goes on.
fn tell(callback: &Bound<'_, PyAny>, inner: sandan::Progress, started: Instant) -> PyResult<bool> {
    let answer = callback.call1((Progress { inner, started },))?;
    Ok(!matches!(answer.extract::<bool>(), Ok(false)))
}
