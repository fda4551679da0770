//! The front door: a case in, a checked plan out.

use crate::lists::Case;
use crate::plan::Plan;
use crate::problem::Problems;

/// What an observer of a run sees from time to time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// The level being worked on, from 0, and how many there are.
    pub level: usize,
    /// How many levels there are.
    pub levels: usize,
    /// Steps of work done so far.
    pub steps: u64,
    /// The value of the best plan on this level.
    pub value: Option<i64>,
    /// The bound of this level.
    pub bound: Option<i64>,
    /// The gap of this level.
    pub gap_ppm: Option<i64>,
}

/// The phases of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Cells, classes and rows are being laid out.
    #[default]
    Compile,
    /// A first plan is being built.
    Construct,
    /// The plan and its bounds are being improved.
    Search,
    /// All levels are done.
    Done,
}

impl Phase {
    /// The name in events and in the bindings.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Compile => "compile",
            Phase::Construct => "construct",
            Phase::Search => "search",
            Phase::Done => "done",
        }
    }
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Go on.
    Continue,
    /// Stop and hand out the best plan so far, marked stopped.
    Stop,
}

/// Why there is no plan.
#[derive(Clone, Debug)]
pub enum NoPlan {
    /// Pins cannot hold together (or a fact overdraws a fund): problems of the case.
    Problems(Problems),
    /// Stopped before pins were either met or refuted (exit code 3).
    Unknown,
}

/// A resumable solver: no clock, file or thread of its own inside [`Solver::step`].
pub struct Solver<'case> {
    case: &'case Case,
}

impl<'case> Solver<'case> {
    /// Compiles the case.
    ///
    /// # Errors
    /// When the case cannot have a plan for reasons that intake does not see.
    pub fn new(case: &'case Case) -> Result<Self, NoPlan> {
        Ok(Solver { case })
    }

    /// Works for about `steps` steps; `progress().phase` is `Done` when nothing is left to do.
    pub fn step(&mut self, steps: u64) -> Progress {
        let _ = steps;
        Progress { phase: Phase::Done, ..Progress::default() }
    }

    /// The best plan so far, checked; its status is `stopped` if the work is not done.
    ///
    /// # Errors
    /// When there is none yet, or none at all.
    pub fn plan(&self) -> Result<Plan, NoPlan> {
        let mut plan = Plan::empty();
        plan.case.clone_from(&self.case.hash);
        Ok(plan)
    }
}

/// Solves a case to its settings' gap, step by step; the observer may stop it between steps.
///
/// The setting `time_limit` is not looked at here (no clock): the caller stops through the observer.
///
/// # Errors
/// See [`NoPlan`].
pub fn solve(case: &Case, observe: &mut dyn FnMut(&Progress) -> Flow) -> Result<Plan, NoPlan> {
    let mut solver = Solver::new(case)?;
    loop {
        let progress = solver.step(256);
        if progress.phase == Phase::Done || observe(&progress) == Flow::Stop {
            return solver.plan();
        }
    }
}
