//! The one door through which answers solve again.

use super::ground::Refusal;
use crate::lists::{Case, Term};
use crate::plan::{Level, Plan, Status};
use crate::{NoPlan, Phase, Solver};

/// Steps between two looks at where the run stands.
const SLICE: u64 = 256;
/// Rows (needs and resources) up to which solving a case as a whole takes but a moment.
const SMALL: usize = 200;

/// What solving again has shown.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A plan, checked, with proven bounds.
    Plan(Box<Plan>),
    /// No plan keeps every pin: proven.
    Impossible,
    /// The work ran out before either was shown.
    Unknown,
}

/// Solves a case that differs a little from one that `hint` is a plan of.
///
/// The outcome does not depend on `hint` but for its choice among plans of equal levels: where the case has no plan
/// before it, the one that changes least of `hint` is preferred. (An engine that starts warm takes its prices from
/// there; this one starts afresh.)
///
/// # Errors
/// [`Refusal::Fault`] only.
pub fn resolve(case: &Case, hint: &Plan) -> Result<Outcome, Refusal> {
    let near = (case.previous.is_none() && case.settings.levels.iter().any(|level| !level.is_empty()))
        .then(|| near(case, hint));
    let solver = match run(near.as_ref().unwrap_or(case)) {
        Ok(solver) => solver,
        Err(no_plan) => return without(no_plan),
    };
    if solver.impossible() {
        return Ok(Outcome::Impossible);
    }
    match solver.plan() {
        Ok(mut plan) => {
            if near.is_some() {
                forget_nearness(case, &mut plan);
            }
            Ok(Outcome::Plan(Box::new(plan)))
        }
        Err(no_plan) => without(no_plan),
    }
}

/// A solver that has done all that there is to do within the steps that the case allows.
pub(super) fn run(case: &Case) -> Result<Solver<'_>, NoPlan> {
    finish(Solver::new(case)?)
}

/// The same where no more than about so many columns are laid out, `None` where it has.
pub(super) fn run_small(case: &Case, columns: usize) -> Result<Option<Solver<'_>>, NoPlan> {
    Solver::within(case, columns)?.map(finish).transpose()
}

fn finish(mut solver: Solver) -> Result<Solver, NoPlan> {
    while solver.step(SLICE).phase != Phase::Done {}
    Ok(solver)
}

/// Whether solving a case as a whole takes but a moment.
pub(super) fn is_small(case: &Case) -> bool {
    case.needs.len() + case.resources.len() <= SMALL
}

/// The same, proving what it can: no level may stop before its gap is 0.
pub(super) fn resolve_exactly(case: &mut Case, hint: &Plan) -> Result<Outcome, Refusal> {
    case.settings.gap_ppm = 0;
    resolve(case, hint)
}

fn without(no_plan: NoPlan) -> Result<Outcome, Refusal> {
    match no_plan {
        NoPlan::Problems(_) => Ok(Outcome::Impossible),
        NoPlan::Unknown => Ok(Outcome::Unknown),
        NoPlan::Fault(what) => Err(Refusal::Fault(what)),
    }
}

/// The case with a last level that values what stays as in the plan. Without a plan before it, the term `changes` is
/// 0 whatever is done, so that no other level is touched.
fn near(case: &Case, hint: &Plan) -> Case {
    let mut near = case.clone();
    // New sessions never start before the freeze, so none of these can become a fact.
    let mut previous = Plan::empty();
    previous.sessions.clone_from(&hint.sessions);
    near.previous = Some(previous.into());
    value_what_stays(&mut near);
    near
}

/// Makes `changes` the last level, and a term of no other.
pub(super) fn value_what_stays(case: &mut Case) {
    let levels = &mut case.settings.levels;
    levels.iter_mut().for_each(|level| level.retain(|term| *term != Term::Changes));
    levels.push(vec![Term::Changes]);
    case.settings.weights.set(Term::Changes, 1);
}

/// Levels as those of the case without that last one, where there is no plan before it: then nothing has changed.
pub(super) fn as_asked(case: &Case, levels: &mut Vec<Level>) {
    levels.pop();
    for (terms, level) in case.settings.levels.iter().zip(levels) {
        if terms.contains(&Term::Changes) {
            level.terms.insert(Term::Changes.name().to_owned(), 0);
        }
    }
}

/// The plan as one of the case without that last level.
fn forget_nearness(case: &Case, plan: &mut Plan) {
    as_asked(case, &mut plan.levels);
    plan.settings = crate::intake::settings_as_written(&case.settings, &case.periods);
    if plan.levels.iter().all(|level| level.gap_ppm == 0) {
        plan.status = Status::Optimal;
    }
}
