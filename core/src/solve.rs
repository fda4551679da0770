//! The front door: a case in, a checked plan out.

use std::collections::BTreeMap;
use std::fmt;

use crate::check::check;
use crate::engine::{Engine, Outlook};
use crate::intake::settings_as_written;
use crate::lists::{Case, Settings, Term};
use crate::model::{Model, compile_within};
use crate::plan::{Level, Plan, Status};
use crate::problem::Problems;
use crate::read_back::{explain, read_back};

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
    /// Pins cannot hold together: problems of the case.
    Problems(Problems),
    /// Stopped before pins were either met or refuted (exit code 3).
    Unknown,
    /// A plan was found that does not pass the check: a fault of sandan, to be reported with what it says.
    Fault(String),
}

impl fmt::Display for NoPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoPlan::Problems(problems) => write!(f, "the case has {} problems", problems.list.len()),
            NoPlan::Unknown => f.write_str("stopped before the pins were met or refuted"),
            NoPlan::Fault(what) => write!(f, "a fault of sandan, please report it: {what}"),
        }
    }
}

impl std::error::Error for NoPlan {}

/// A resumable solver: no clock, file or thread of its own inside [`Solver::step`].
pub struct Solver<'case> {
    model: Model<'case>,
    engine: Engine,
    /// The setting `threads`; `None` is rayon's own pool, or the thread of the caller where there are no others (WASM).
    pool: Option<rayon::ThreadPool>,
}

impl<'case> Solver<'case> {
    /// Compiles the case and builds a first plan.
    ///
    /// # Errors
    /// When pins cannot hold together for reasons that are seen at once.
    pub fn new(case: &'case Case) -> Result<Self, NoPlan> {
        Solver::within(case, usize::MAX)?.ok_or(NoPlan::Unknown)
    }

    /// The same where no more than about so many columns are laid out, `None` where there are more.
    pub(crate) fn within(case: &'case Case, columns: usize) -> Result<Option<Self>, NoPlan> {
        let pool = case
            .settings
            .threads
            .and_then(|threads| rayon::ThreadPoolBuilder::new().num_threads(threads as usize).build().ok());
        let lay_out = || {
            compile_within(case, columns).map(|model| {
                let engine = Engine::new(&model);
                (model, engine)
            })
        };
        let found = match &pool {
            Some(pool) => pool.install(lay_out),
            None => lay_out(),
        };
        Ok(found.map(|(model, engine)| Solver { model, engine, pool }))
    }

    /// Whether it is proven that no plan keeps every pin. Cheap; [`Solver::plan`] says which limits are in the way.
    pub fn impossible(&self) -> bool {
        self.engine.outlook() == Outlook::Impossible
    }

    /// Works for about `steps` steps; `phase` is `Done` when nothing is left to do.
    pub fn step(&mut self, steps: u64) -> Progress {
        let engine = &mut self.engine;
        match &self.pool {
            Some(pool) => pool.install(|| engine.step(steps)),
            None => engine.step(steps),
        }
        self.progress()
    }

    /// Where the run stands. Cheap.
    pub fn progress(&self) -> Progress {
        let engine = &self.engine;
        let current = (!engine.done()).then(|| engine.now());
        let planned = engine.outlook() == Outlook::Plan;
        Progress {
            phase: if engine.done() { Phase::Done } else { Phase::Search },
            level: engine.level(),
            levels: engine.levels(),
            steps: engine.steps(),
            value: current.filter(|_| planned).map(|s| s.value),
            bound: current.map(|s| s.bound),
            gap_ppm: current.filter(|_| planned).map(|s| gap_ppm(s.value, s.bound, 0)),
        }
    }

    /// The best plan so far, checked; its status is `stopped` if the work is not done.
    ///
    /// # Errors
    /// When there is none yet, or none at all.
    pub fn plan(&self) -> Result<Plan, NoPlan> {
        if self.engine.outlook() == Outlook::Impossible {
            return Err(NoPlan::Problems(crate::conflict::conflicting_pins(self.model.case)));
        }
        let mut plan = self.draft()?;
        explain(self.model.case, &self.model.geography, &self.model.facts, &mut plan);
        let report = check(self.model.case, &plan);
        if let Some(violation) = report.violations.first() {
            return Err(NoPlan::Fault(violation.message(crate::lists::Lang::En)));
        }
        if let Some(difference) = report.differences.first() {
            return Err(NoPlan::Fault(difference.message(crate::lists::Lang::En)));
        }
        Ok(plan)
    }

    /// The bounds of the levels, without a plan.
    pub(crate) fn bounds(&self) -> Vec<i64> {
        self.engine.standings().iter().map(|standing| standing.bound).collect()
    }

    /// The best plan so far, neither explained nor checked: for those who check it against more than this case.
    pub(crate) fn draft(&self) -> Result<Plan, NoPlan> {
        let (x, built) = self.engine.best().ok_or(NoPlan::Unknown)?;
        let whole = &self.engine.whole;
        let mut plan = read_back(&self.model, whole, &x, &built)
            .map_err(|_| NoPlan::Fault("members could not be dealt out".to_owned()))?;
        let settings = &self.model.case.settings;
        let standings = self.engine.standings();
        for (terms, standing) in settings.levels.iter().zip(&standings) {
            let terms: BTreeMap<Term, i64> = terms.iter().map(|t| (*t, whole.terms[t].value(&x))).collect();
            let size = terms.iter().map(|(t, v)| settings.weights.of(*t).saturating_mul(v.saturating_abs()));
            let size = size.fold(0i64, i64::saturating_add);
            plan.levels.push(Level {
                value: standing.value,
                bound: standing.bound.max(standing.value),
                gap_ppm: gap_ppm(standing.value, standing.bound.max(standing.value), size),
                terms: terms.into_iter().map(|(t, v)| (t.name().to_owned(), v)).collect(),
            });
        }
        plan.status = status(settings, &plan.levels);
        plan.settings = settings_as_written(settings, &self.model.case.periods);
        plan.stats = self.engine.counts().into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        Ok(plan)
    }
}

/// ⌈10⁶ × (bound − value) ÷ max(1, |bound|, size)⌉; `size` is Σ |weight × term|.
fn gap_ppm(value: i64, bound: i64, size: i64) -> i64 {
    let distance = (i128::from(bound) - i128::from(value)).max(0) * 1_000_000;
    let scale = i128::from(bound.saturating_abs()).max(i128::from(size)).max(1);
    i64::try_from((distance + scale - 1) / scale).unwrap_or(i64::MAX)
}

/// The gap of a level with value, bound and terms.
pub(crate) fn gap_of(settings: &Settings, level: &Level) -> i64 {
    let size = Term::ALL.iter().filter_map(|term| {
        let amount = level.terms.get(term.name())?;
        Some(settings.weights.of(*term).saturating_mul(amount.saturating_abs()))
    });
    gap_ppm(level.value, level.bound, size.fold(0, i64::saturating_add))
}

/// What levels with these gaps prove of a plan.
pub(crate) fn status(settings: &Settings, levels: &[Level]) -> Status {
    let within = |(terms, level): (&Vec<Term>, &Level)| {
        let exact = terms.iter().any(|t| matches!(t, Term::Must | Term::Quota));
        level.gap_ppm <= if exact { 0 } else { settings.gap_ppm }
    };
    if levels.iter().all(|l| l.gap_ppm == 0) {
        Status::Optimal
    } else if settings.levels.iter().zip(levels).all(within) {
        Status::WithinGap
    } else {
        Status::Stopped
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
