//! A short way to a tie: one session given up, or some of its seats, for the need that is asked about.
//!
//! Where it is found there is nothing left to prove: the plan was checked and is worth as much. Where it is not, the case
//! is solved again.

use std::cmp::Ordering;

use crate::answers::ground::Ground;
use crate::answers::spare::Spare;
use crate::answers::worth;
use crate::check::check;
use crate::lists::NeedId;
use crate::plan::{Plan, Served};

/// Plans that are checked at most.
const TRIED: usize = 12;

/// A plan that serves so many units of a need and is worth no less.
pub(super) fn swap(ground: &Ground, id: NeedId, asked: i64) -> Option<Box<Plan>> {
    let (case, plan) = (ground.case, ground.plan);
    let need = &case.needs[id.index()];
    let spare = Spare::new(case, plan);
    let cells = spare.cells(id);
    let serves = |other: &Plan| {
        let lines = other.sessions.iter().flat_map(|s| &s.needs).filter(|line| line.need == need.id);
        lines.map(|line| line.units).sum::<i64>() >= asked
    };
    let mut tried = 0;
    // With what is free: only a plan that was not proven best leaves room for this.
    for cell in cells.iter().take(TRIED) {
        let draft = spare.draft(id, *cell, &[], None).filter(|draft| draft.lacks.is_empty());
        if let Some(found) = draft.and_then(|draft| as_good(ground, draft.added_to(case, plan), serves)) {
            return Some(found);
        }
    }
    let mut rivals: Vec<usize> = Vec::new();
    for (position, session) in plan.sessions.iter().enumerate().rev().filter(|(_, session)| !session.fact) {
        let worth = |line: &Served| case.need(&line.need).map_or(0, |n| case.needs[n.index()].priority);
        let cheap = session.needs.iter().any(|line| line.need != need.id && worth(line) <= need.priority);
        let project = case.project(&session.project);
        if cheap && cells.iter().any(|cell| Some(cell.0) == project) {
            rivals.push(position);
        }
    }
    // The fewest units first: they are the likeliest to be worth no more.
    rivals.sort_by_key(|at| plan.sessions[*at].needs.iter().map(|line| line.units).sum::<i64>());
    for at in rivals {
        if tried >= TRIED {
            return None;
        }
        let rival = &plan.sessions[at];
        let here = cells.iter().any(|cell| {
            Some(cell.0) == case.project(&rival.project)
                && Some(cell.1) == case.place(&rival.place)
                && Some(cell.2) == case.period(&rival.period)
        });
        if here && let Some(other) = seats_given(ground, at, &need.id, asked) {
            tried += 1;
            if let Some(found) = as_good(ground, other, serves) {
                return Some(found);
            }
        }
        let mut without = Plan { sessions: plan.sessions.clone(), launches: plan.launches.clone(), ..Plan::empty() };
        without.sessions.remove(at);
        let rest: Vec<NeedId> = rival.needs.iter().filter_map(|line| case.need(&line.need)).collect();
        let freed = Spare::new(case, &without);
        let period = case.period(&rival.period);
        let mut near: Vec<_> = cells.iter().filter(|cell| Some(cell.0) == case.project(&rival.project)).collect();
        near.sort_by_key(|cell| Some(cell.2) != period);
        for cell in near.into_iter().take(2) {
            let draft = freed.draft(id, *cell, &rest, None).filter(|draft| draft.lacks.is_empty());
            let Some(draft) = draft else { continue };
            tried += 1;
            if let Some(found) = as_good(ground, draft.added_to(case, &without), serves) {
                return Some(found);
            }
        }
    }
    None
}

/// The plan with seats of one of its sessions given to the need.
fn seats_given(ground: &Ground, at: usize, need: &str, asked: i64) -> Option<Plan> {
    let case = ground.case;
    let mut missing = asked - ground.served(need);
    let mut other =
        Plan { sessions: ground.plan.sessions.clone(), launches: ground.plan.launches.clone(), ..Plan::empty() };
    let session = &mut other.sessions[at];
    let wanted = missing;
    for line in session.needs.iter_mut().filter(|line| line.need != need) {
        let taken = line.units.min(missing);
        line.units -= taken;
        missing -= taken;
    }
    if missing > 0 {
        return None;
    }
    session.needs.retain(|line| line.units > 0);
    match session.needs.iter_mut().find(|line| line.need == need) {
        Some(line) => line.units += wanted,
        None => session.needs.push(Served { need: need.to_owned(), units: wanted }),
    }
    other.put_in_order(case.periods.iter().map(|p| p.id.as_str()));
    Some(other)
}

/// The plan with its levels, where it does what is asked, is sound and worth no less.
pub(super) fn as_good(ground: &Ground, mut other: Plan, does: impl Fn(&Plan) -> bool) -> Option<Box<Plan>> {
    if !does(&other) {
        return None;
    }
    let report = check(ground.case, &other);
    if !report.violations.is_empty() || worth::order(&report.levels, &ground.levels) == Ordering::Less {
        return None;
    }
    other.case.clone_from(&ground.case.hash);
    other.levels = report.levels;
    for (level, known) in other.levels.iter_mut().zip(&ground.levels) {
        (level.bound, level.gap_ppm) = (known.bound.max(level.value), known.gap_ppm);
    }
    (other.unmet, other.shortfalls) = (report.unmet, report.shortfalls);
    Some(Box::new(other))
}
