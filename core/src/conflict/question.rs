//! Whether some limits can hold together, asked of the engine with bounded work.

use std::collections::BTreeMap;

use super::{Limits, cells};
use crate::engine::{Engine, Outlook};
use crate::fit::{self, Geography, share};
use crate::lists::{Case, Need, Pin, PinMode, Term};
use crate::model::compile;

/// Questions that may be asked before the search for a smallest set ends.
pub const MAX_QUESTIONS: usize = 1_000;
/// Steps of the engine (see `max_steps`) that all questions together may take.
pub const MAX_STEPS: u64 = 20_000;
/// Steps that one question may take.
const STEPS_A_QUESTION: u64 = 1_000;
/// Rows of which a copy costs as much as a step.
const ROWS_A_STEP: u64 = 50;
/// Edges (cells × needs and staff) beyond which a plan is sought in a few cells first.
const MANY_EDGES: usize = 20_000;
/// Needs up to which each is asked where and when sessions could serve it, to say how large a question is.
const FEW_NEEDS: usize = 20;
/// Edges beyond which a question is not laid out whole.
const MOST_EDGES: usize = 300_000;

/// What is known of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// There is a plan.
    Possible,
    /// There is none: proven.
    Impossible,
    /// The work ran out.
    Unknown,
}

/// Whether a case has a plan, whatever it is worth. Bounded, deterministic work.
pub fn possible(case: &Case) -> Answer {
    ask(case, Goal::Pins, &mut STEPS_A_QUESTION.clone())
}

/// What a plan is asked to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Every pin.
    Pins,
    /// Every pin, and the minimum of the last rule.
    LastQuota,
}

/// `steps` is what may be worked; what is left is written back.
pub(super) fn ask(case: &Case, goal: Goal, steps: &mut u64) -> Answer {
    let mut case = case.clone();
    // Only whether there is a plan matters: nothing else is valued.
    case.settings.levels = vec![Vec::new()];
    case.settings.fairness.drain(..case.settings.fairness.len().saturating_sub(1));
    case.settings.max_steps = Some(*steps);
    let kept = if goal == Goal::LastQuota { case.rules.len().checked_sub(1) } else { None };
    for (position, rule) in case.rules.iter_mut().enumerate() {
        rule.min = rule.min.filter(|_| kept == Some(position));
        rule.weight = 1;
    }
    if goal == Goal::LastQuota {
        case.settings.levels = vec![vec![Term::Quota]];
        case.settings.weights.set(Term::Quota, 1);
    }
    if contradicted(&case) {
        return Answer::Impossible;
    }
    let edges = edges(&case);
    if edges > MANY_EDGES && goal == Goal::Pins {
        let few = cells::thinned(&case);
        if work(&few, goal, steps) == Answer::Possible {
            return Answer::Possible;
        }
    }
    if edges > MOST_EDGES { Answer::Unknown } else { work(&case, goal, steps) }
}

fn work(case: &Case, goal: Goal, steps: &mut u64) -> Answer {
    let model = compile(case);
    let mut engine = Engine::new(&model);
    while !engine.done() && answer(&engine, goal) == Answer::Unknown && engine.steps() < *steps {
        engine.step(50);
    }
    // What laying out costs counts too.
    *steps = steps.saturating_sub(engine.steps() + engine.whole.program.columns() as u64 / 2_000);
    answer(&engine, goal)
}

fn answer(engine: &Engine, goal: Goal) -> Answer {
    let quota = || engine.standings()[0];
    match (engine.outlook(), goal) {
        (Outlook::Impossible, _) => Answer::Impossible,
        (Outlook::Plan, Goal::Pins) => Answer::Possible,
        (Outlook::Plan, Goal::LastQuota) if quota().value == 0 => Answer::Possible,
        (_, Goal::LastQuota) if quota().bound < 0 => Answer::Impossible,
        _ => Answer::Unknown,
    }
}

/// Whether a fix pin asks for what no cell allows, looked at alone, or a forbid pin forbids all that it asks for. The
/// engine finds that out, too, but only by trying.
pub fn contradicted(case: &Case) -> bool {
    let mut asking = case.pins.iter().filter(|pin| pin.mode == PinMode::Fix && pin.count > 0);
    if asking.clone().next().is_none() || has_facts(case) {
        return false;
    }
    let geography = Geography::new(case);
    let fits = fit::fit_index(case);
    let within = |forbid: &Pin, fix: &Pin| {
        let place = match (forbid.place, fix.place) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(outer), Some(inner)) => geography.leaves(inner).iter().all(|leaf| geography.covers(outer, *leaf)),
        };
        place
            && forbid.need.is_none_or(|need| fix.need == Some(need))
            && forbid.project.is_none_or(|project| fix.project == Some(project))
            && forbid.period.is_none_or(|period| fix.period == Some(period))
            && forbid.resource.is_none_or(|resource| fix.resource == Some(resource))
    };
    let forbids = || case.pins.iter().filter(|pin| pin.mode == PinMode::Forbid);
    asking.any(|fix| {
        forbids().any(|forbid| within(forbid, fix)) || cells::standing(case, &geography, &fits, fix).next().is_none()
    })
}

/// Whether sessions that are facts, or are kept, may give what a fix pin asks for.
pub(super) fn has_facts(case: &Case) -> bool {
    case.previous.is_some() && (case.settings.freeze_before.is_some() || !case.kept.is_empty())
}

/// How large the model of a case can become.
fn edges(case: &Case) -> usize {
    let geography = Geography::new(case);
    let of_project = |project: &crate::lists::Project| {
        let needs = case.needs.iter().filter(|need| share(&need.services, &project.services));
        let needs: Vec<&Need> = needs.collect();
        let (mut places, mut starts) =
            (fit::places_of_project(case, &geography, project), fit::start_periods(case, project));
        if needs.len() <= FEW_NEEDS {
            // No session stands where and when it could serve none of them.
            places.retain(|leaf| {
                needs.iter().any(|need| geography.reach(Some(need.place), need.reach_minutes, *leaf).is_some())
            });
            starts.retain(|start| needs.iter().any(|need| need.periods.contains(*start)));
        }
        let cells = places.len() * starts.len();
        if cells == 0 {
            return 0;
        }
        let rows = case.resources.iter().filter(|row| super::stake::may_use(row, project)).count();
        cells.saturating_mul(needs.len() + rows)
    };
    case.projects.iter().map(of_project).fold(0, usize::saturating_add)
}

/// Asks about sets of limits (positions in the catalogue), never twice, until the work runs out.
pub(super) struct Questions<'a, 'case> {
    pub limits: &'a Limits<'case>,
    known: BTreeMap<Vec<usize>, Answer>,
    steps: u64,
    each: u64,
    /// The smallest set seen that cannot hold.
    pub smallest: Option<Vec<usize>>,
}

impl<'a, 'case> Questions<'a, 'case> {
    /// `patience` times the work that is usual.
    pub fn new(limits: &'a Limits<'case>, patience: u64) -> Self {
        let (steps, each) = (MAX_STEPS * patience, STEPS_A_QUESTION * patience);
        Questions { limits, known: BTreeMap::new(), steps, each, smallest: None }
    }

    /// Whether the work has run out.
    pub fn spent(&self) -> bool {
        self.known.len() >= MAX_QUESTIONS || self.steps == 0
    }

    /// Whether these limits can hold with all others lifted.
    pub fn ask(&mut self, kept: &[usize]) -> Answer {
        let mut kept = kept.to_vec();
        kept.sort_unstable();
        if let Some(answer) = self.known.get(&kept) {
            return *answer;
        }
        if self.spent() {
            return Answer::Unknown;
        }
        let mut case = self.limits.keeping(&kept);
        self.limits.narrow(&mut case);
        let mut steps = self.steps.min(self.each);
        let given = steps;
        let answer = ask(&case, self.limits.goal, &mut steps);
        // What copying and looking over the rows costs counts too.
        let rows = (case.needs.len() + case.resources.len()) as u64;
        self.steps = self.steps.saturating_sub(given - steps + rows / ROWS_A_STEP);
        if answer == Answer::Impossible && self.smallest.as_ref().is_none_or(|s| s.len() > kept.len()) {
            self.smallest = Some(kept.clone());
        }
        self.known.insert(kept, answer);
        answer
    }
}
