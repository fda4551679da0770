//! How few changes will do, and how good a level can be at best: bounds that need no search of the whole.

use std::collections::{BTreeMap, BTreeSet};

use super::mend::frozen;
use super::resolve::run_small;
use crate::fit;
use crate::lists::{Case, NeedId, PeriodId, PeriodSet, PinMode, PlaceId, ProjectId, Symbol, Term};
use crate::plan::Plan;

/// Steps that the proof may take.
const STEPS: u64 = 100;
/// Columns beyond which nothing is tried: then a step takes long.
const COLUMNS: usize = 2_500;

/// A number of units and member-sessions of the plan before that every plan gives up.
///
/// Only the sessions at the positions `touched` are looked at: what stands elsewhere, what the levels above ask for, and
/// pins that ask for something can only make it harder to keep them. So the least that is lost of those sessions when
/// nothing else is wanted is lost by every plan. The bound is the engine's: proven, however early it stops. Where the
/// sessions are too many for a look it is 0.
pub(super) fn fewest(case: &Case, touched: &BTreeSet<usize>) -> i64 {
    let Some(previous) = &case.previous else { return 0 };
    let mut part = case.clone();
    let mut held = Plan::empty();
    held.launches.clone_from(&previous.launches);
    let mut cells: BTreeMap<ProjectId, (BTreeSet<PlaceId>, BTreeSet<PeriodId>)> = BTreeMap::new();
    for (position, session) in previous.sessions.iter().enumerate() {
        if frozen(case, session) || touched.contains(&position) {
            held.sessions.push(session.clone());
        }
        if touched.contains(&position)
            && let Some(project) = case.project(&session.project)
        {
            let (places, periods) = cells.entry(project).or_default();
            places.extend(case.place(&session.place));
            periods.extend(case.period(&session.period));
        }
    }
    part.previous = Some(held.into());
    for (index, project) in part.projects.iter_mut().enumerate() {
        project.min_sessions = 0;
        let (places, periods) = cells.remove(&ProjectId::from(index)).unwrap_or_default();
        let own: Vec<PeriodId> = periods.into_iter().filter(|period| project.periods.contains(*period)).collect();
        project.periods = PeriodSet::of(&own);
        if project.places.is_none() && !project.online {
            project.places = Some(places.into_iter().collect());
        }
    }
    part.rules.iter_mut().for_each(|rule| rule.min = None);
    part.rules.retain(|rule| rule.max.is_some());
    part.pins.retain(|pin| pin.mode == PinMode::Forbid);
    part.settings.levels = vec![vec![Term::Changes]];
    part.settings.weights.set(Term::Changes, 1);
    part.settings.gap_ppm = 0;
    part.settings.max_steps = Some(STEPS);
    let Ok(Some(solver)) = run_small(&part, COLUMNS) else { return 0 };
    // Without a pin that asks for anything there is a plan: the bound is of plans.
    solver.bounds().first().map_or(0, |bound| bound.saturating_neg().max(0))
}

/// What no plan exceeds on a level, seen from the lists alone: no loss but what quotas are known to lack, every unit served,
/// the best points for each.
pub(super) fn at_best(case: &Case, terms: &[Term], lacking: i64) -> i64 {
    let best = |term: &Term| if *term == Term::Quota { -i128::from(lacking) } else { best(case, *term) };
    let most: i128 = terms.iter().map(|term| i128::from(case.settings.weights.of(*term)) * best(term)).sum();
    i64::try_from(most).unwrap_or(i64::MAX)
}

fn best(case: &Case, term: Term) -> i128 {
    match term {
        Term::Coverage => {
            let mut wanted: BTreeMap<Symbol, i128> = BTreeMap::new();
            for need in &case.needs {
                *wanted.entry(need.group).or_default() += i128::from(need.priority) * i128::from(need.quantity);
            }
            wanted.into_values().map(|all| steps_of(case, all)).sum()
        }
        Term::Quality => {
            let fits = fit::fit_index(case);
            let points = |at: usize| {
                let need = (NeedId::from(at), &case.needs[at]);
                let projects = case.projects.iter().enumerate();
                let each = projects.filter_map(|(p, project)| {
                    let offering = fit::may_serve(&fits, need, (ProjectId::from(p), project))?;
                    Some(project.quality.saturating_add(offering.points))
                });
                i128::from(each.max().unwrap_or(0).max(0)) * i128::from(need.1.quantity)
            };
            (0..case.needs.len()).map(points).sum()
        }
        Term::Must | Term::Quota | Term::Cost | Term::Travel | Term::Turns | Term::Changes | Term::Prefers => 0,
    }
}

/// The worth of a group that is wholly served.
fn steps_of(case: &Case, all: i128) -> i128 {
    let (mut worth, mut from) = (0, 0);
    for step in &case.settings.fairness {
        let (numerator, denominator) = (i128::from(step.share_numerator), i128::from(step.share_denominator));
        let to = (all * numerator + denominator - 1) / denominator;
        worth += (to - from) * i128::from(step.multiplier);
        from = to;
    }
    worth
}
