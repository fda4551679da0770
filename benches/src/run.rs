//! One run of our engine, watched from outside.

use std::time::{Duration, Instant};

use sandan::lists::{Case, Lang};
use sandan::plan::Plan;
use sandan::problem::Problems;
use sandan::{Phase, Solver};

/// Steps between two looks at the clock.
const SLICE: u64 = 1;

/// How far a run may go.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limit {
    /// Seconds; `None` is as long as it takes.
    pub seconds: Option<f64>,
    /// Steps; `None` is as many as it takes.
    pub steps: Option<u64>,
}

/// A moment of a run at which value or bound of a level had changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Since the start of the solver.
    pub seconds: f64,
    /// The level worked on, from 0.
    pub level: usize,
    /// The value of the best plan on it.
    pub value: Option<i64>,
    /// Its bound.
    pub bound: Option<i64>,
}

/// What a run gave.
#[derive(Clone, Debug)]
pub struct Run {
    /// The plan.
    pub plan: Plan,
    /// Until there was a first plan to hand out.
    pub first_plan: Duration,
    /// All in all, reading back and check included.
    pub time: Duration,
    /// Steps of work.
    pub steps: u64,
    /// Value and bound over time.
    pub moments: Vec<Moment>,
}

/// Solves a case within a limit.
///
/// # Errors
/// Why there is no plan.
pub fn run(case: &Case, limit: Limit) -> Result<Run, String> {
    let start = Instant::now();
    let mut solver = Solver::new(case).map_err(|why| why.to_string())?;
    let mut first_plan = None;
    let mut moments: Vec<Moment> = Vec::new();
    let mut steps = 0;
    loop {
        let progress = solver.progress();
        steps = progress.steps.max(steps);
        let (seconds, now) = (start.elapsed().as_secs_f64(), (progress.level, progress.value, progress.bound));
        if progress.value.is_some() || progress.phase == Phase::Done {
            first_plan.get_or_insert_with(|| start.elapsed());
        }
        if progress.phase == Phase::Done {
            break;
        }
        if moments.last().is_none_or(|m| (m.level, m.value, m.bound) != now) {
            moments.push(Moment { seconds, level: now.0, value: now.1, bound: now.2 });
        }
        let over = limit.seconds.is_some_and(|s| seconds >= s) || limit.steps.is_some_and(|s| progress.steps >= s);
        if over {
            break;
        }
        solver.step(SLICE);
    }
    let plan = solver.plan().map_err(|why| why.to_string())?;
    let time = start.elapsed();
    Ok(Run { plan, first_plan: first_plan.unwrap_or(time), time, steps, moments })
}

/// The faults of a case in one text.
pub fn told(problems: &Problems) -> String {
    problems.list.iter().map(|p| p.record(Lang::En).message).collect::<Vec<_>>().join("\n")
}

/// The most memory that this process has held so far, in bytes; nothing where the system does not say.
pub fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kb| kb * 1024)
}
