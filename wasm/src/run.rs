//! One run of the solver, stepped from JavaScript.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use sandan::intake::Intake;
use sandan::lists::{Case, Lang};
use sandan::plan::Plan;
use sandan::{NoPlan, Phase, Solver};
use serde::{Deserialize, Serialize};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::case::faults;

/// What may differ from the case's own settings.
#[derive(Default, Tsify, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Options {
    /// The gap at which a level may stop, in parts per million.
    #[tsify(optional)]
    gap_ppm: Option<i64>,
    /// Work limit in steps.
    #[tsify(optional)]
    max_steps: Option<u64>,
    /// Seed.
    #[tsify(optional)]
    seed: Option<u64>,
}

/// What an observer of a run sees.
#[derive(Tsify, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// What is being done.
    #[tsify(type = "\"compile\" | \"construct\" | \"search\" | \"done\"")]
    phase: &'static str,
    /// The level being worked on, from 0.
    level: usize,
    /// How many levels there are.
    levels: usize,
    /// Steps of work done so far.
    steps: u64,
    /// The value of the best plan on this level.
    value: Option<i64>,
    /// The bound of this level.
    bound: Option<i64>,
    /// The gap of this level, in parts per million.
    gap_ppm: Option<i64>,
}

/// What the run and its coroutine tell each other.
#[derive(Default)]
struct Exchange {
    /// Steps to take before the next pause.
    steps: Cell<u64>,
    /// Ends the run with the best plan so far.
    stop: Cell<bool>,
    /// Asks for the best plan so far, without ending the run.
    show: Cell<bool>,
    shown: RefCell<Option<String>>,
    progress: RefCell<sandan::Progress>,
}

/// A run between two steps.
///
/// The solver borrows its case, so both live in one future, which is polled once a step: a coroutine in safe Rust.
#[wasm_bindgen]
pub struct Run {
    coroutine: Pin<Box<dyn Future<Output = Result<Plan, NoPlan>>>>,
    exchange: Rc<Exchange>,
    outcome: Option<Result<Plan, NoPlan>>,
    lang: Lang,
    /// The case's own time limit; the clock is JavaScript's.
    time_limit_ms: Option<u64>,
}

#[wasm_bindgen]
impl Run {
    /// The case's own time limit in milliseconds, which the caller keeps.
    #[wasm_bindgen(getter, js_name = timeLimitMs)]
    pub fn time_limit_ms(&self) -> Option<f64> {
        // Limits of a case are far below 2^53.
        #[expect(clippy::cast_precision_loss, reason = "settings hold at most 2^40")]
        self.time_limit_ms.map(|limit| limit as f64)
    }

    /// Works for about `steps` steps; the phase is `done` when nothing is left to do.
    pub fn step(&mut self, steps: u32) -> Result<Ts<Progress>, JsError> {
        self.exchange.steps.set(u64::from(steps));
        self.poll();
        Ok(self.progress().into_ts()?)
    }

    /// The canonical JSON of the best plan so far, if there is one; the run goes on.
    pub fn best(&mut self) -> Option<String> {
        if let Some(outcome) = &self.outcome {
            return outcome.as_ref().ok().map(Plan::to_json);
        }
        self.exchange.show.set(true);
        self.poll();
        self.exchange.shown.take()
    }

    /// Ends the run and hands out the canonical JSON of the best plan so far; throws `Faults` when pins cannot hold together, and nothing
    /// (`undefined`) comes back when it was stopped before that was known.
    pub fn plan(&mut self) -> Result<Option<String>, JsValue> {
        self.exchange.stop.set(true);
        self.poll();
        match &self.outcome {
            Some(Ok(plan)) => Ok(Some(plan.to_json())),
            Some(Err(NoPlan::Problems(problems))) => Err(faults(problems, self.lang)),
            Some(Err(NoPlan::Unknown)) | None => Ok(None),
            Some(Err(fault @ NoPlan::Fault(_))) => Err(JsError::new(&fault.to_string()).into()),
        }
    }
}

impl Run {
    pub(crate) fn new(intake: Rc<Intake>, lang: Lang, options: &Options) -> Self {
        let mut case = intake.case.clone();
        let settings = &mut case.settings;
        settings.gap_ppm = options.gap_ppm.unwrap_or(settings.gap_ppm);
        settings.max_steps = options.max_steps.or(settings.max_steps);
        settings.seed = options.seed.unwrap_or(settings.seed);
        settings.threads = Some(1);
        let time_limit_ms = settings.time_limit_ms;
        let exchange = Rc::new(Exchange::default());
        let coroutine = Box::pin(work(case, Rc::clone(&exchange)));
        Run { coroutine, exchange, outcome: None, lang, time_limit_ms }
    }

    fn poll(&mut self) {
        if self.outcome.is_some() {
            return;
        }
        let mut context = Context::from_waker(Waker::noop());
        if let Poll::Ready(outcome) = self.coroutine.as_mut().poll(&mut context) {
            self.outcome = Some(outcome);
        }
    }

    fn progress(&self) -> Progress {
        let progress = self.exchange.progress.borrow();
        Progress {
            phase: if self.outcome.is_some() { Phase::Done.name() } else { progress.phase.name() },
            level: progress.level,
            levels: progress.levels,
            steps: progress.steps,
            value: progress.value,
            bound: progress.bound,
            gap_ppm: progress.gap_ppm,
        }
    }
}

/// Solves the case, pausing after each step.
async fn work(case: Case, exchange: Rc<Exchange>) -> Result<Plan, NoPlan> {
    let mut solver = Solver::new(&case)?;
    while !exchange.stop.get() {
        if exchange.show.take() {
            exchange.shown.replace(solver.plan().ok().map(|plan| plan.to_json()));
            pause().await;
            continue;
        }
        let progress = solver.step(exchange.steps.get());
        let done = progress.phase == Phase::Done;
        exchange.progress.replace(progress);
        if done {
            break;
        }
        pause().await;
    }
    solver.plan()
}

/// Hands control back to whoever polls, once.
fn pause() -> impl Future<Output = ()> {
    let mut paused = false;
    std::future::poll_fn(move |_| if std::mem::replace(&mut paused, true) { Poll::Ready(()) } else { Poll::Pending })
}
