//! A short way to a tie: one session given up, or some of its seats, for the need that is asked about.
//!
//! Where it is found there is nothing left to prove: the plan was checked and is worth as much. Where it is not, the case
//! is solved again, and the best of what was tried is known to do what is asked.

use std::cmp::Ordering;

use crate::answers::counts::cell_of;
use crate::answers::ground::Ground;
use crate::answers::spare::{Draft, Spare};
use crate::answers::worth;
use crate::check::{Report, check};
use crate::lists::{Case, NeedId, Pin};
use crate::plan::{Plan, Served, Session};

/// Plans that are checked at most.
const TRIED: usize = 12;
/// Sessions that are taken out for it at most.
const LOOKED_AT: usize = 40;

/// A plan that keeps a pin of a need (by a project, with a row): one that is worth no less, else the best that was tried.
pub(super) fn swap(ground: &Ground, pin: &Pin) -> Option<Box<Plan>> {
    let (case, plan, id) = (ground.case, ground.plan, pin.need?);
    let need = &case.needs[id.index()];
    let spare = Spare::new(case, plan);
    if spare.open(id) == 0 {
        return None;
    }
    let mut cells = spare.cells(id);
    cells.retain(|cell| pin.project.is_none_or(|named| named == cell.0));
    let uses = |draft: &Draft| pin.resource.is_none_or(|row| draft.uses(&case.resources[row.index()].id));
    let keeps = |other: &Plan| other.sessions.iter().map(|session| does(case, pin, session)).sum::<i64>() >= pin.count;
    let (mut tried, mut best) = (0, None);
    // With what is free: only a plan that was not proven best leaves room for this.
    for cell in cells.iter().take(TRIED) {
        let draft = spare.whole(id, *cell, &[], pin.resource).filter(uses);
        best = better(best, draft.and_then(|draft| sound(ground, draft.added_to(case, plan), keeps)));
        if best.as_deref().is_some_and(|best| as_good(ground, best)) {
            return best;
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
    // Those with the row first, and the fewest units: they are the likeliest to be worth no more.
    let with = Pin { need: None, project: None, ..pin.clone() };
    rivals.sort_by_key(|at| {
        let session = &plan.sessions[*at];
        (does(case, &with, session) == 0, session.needs.iter().map(|line| line.units).sum::<i64>())
    });
    for at in rivals.into_iter().take(LOOKED_AT) {
        if tried >= TRIED {
            return best;
        }
        let rival = &plan.sessions[at];
        let here = cell_of(case, rival).is_some_and(|cell| cells.contains(&cell));
        if here && let Some(other) = seats_given(ground, at, pin) {
            tried += 1;
            best = better(best, sound(ground, other, keeps));
        }
        if best.as_deref().is_some_and(|best| as_good(ground, best)) {
            return best;
        }
        let mut without = Plan { sessions: plan.sessions.clone(), launches: plan.launches.clone(), ..Plan::empty() };
        without.sessions.remove(at);
        let rest: Vec<NeedId> = rival.needs.iter().filter_map(|line| case.need(&line.need)).collect();
        let freed = Spare::new(case, &without);
        let period = case.period(&rival.period);
        let mut near: Vec<_> = cells.iter().filter(|cell| Some(cell.0) == case.project(&rival.project)).collect();
        near.sort_by_key(|cell| Some(cell.2) != period);
        for cell in near.into_iter().take(2) {
            let draft = freed.whole(id, *cell, &rest, pin.resource).filter(uses);
            let Some(draft) = draft else { continue };
            tried += 1;
            best = better(best, sound(ground, draft.added_to(case, &without), keeps));
            if best.as_deref().is_some_and(|best| as_good(ground, best)) {
                return best;
            }
        }
    }
    best
}

/// The better of two plans, the first where both are worth the same.
pub(super) fn better(first: Option<Box<Plan>>, second: Option<Box<Plan>>) -> Option<Box<Plan>> {
    [second, first].into_iter().flatten().max_by(|a, b| worth::order(&a.levels, &b.levels))
}

/// What a session gives towards a fix pin of a need or a row.
pub(super) fn does(case: &Case, pin: &Pin, session: &Session) -> i64 {
    let project = pin.project.is_none_or(|named| case.projects[named.index()].id == session.project);
    let row = pin.resource.is_none_or(|row| {
        let id = case.resources[row.index()].id.as_str();
        session.venue.as_deref() == Some(id) || session.staff.iter().any(|seat| seat.resource == id)
    });
    let lines = session
        .needs
        .iter()
        .filter(|line| project && row && pin.need.is_none_or(|need| case.needs[need.index()].id == line.need));
    lines.map(|line| line.units).sum()
}

/// The plan with seats of one of its sessions given to the need.
fn seats_given(ground: &Ground, at: usize, pin: &Pin) -> Option<Plan> {
    let case = ground.case;
    let need = case.needs[pin.need?.index()].id.as_str();
    let has: i64 = ground.plan.sessions.iter().map(|session| does(case, pin, session)).sum();
    let mut missing = (pin.count - has).max(0);
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

/// Whether a plan is worth no less than the one asked about.
pub(super) fn as_good(ground: &Ground, plan: &Plan) -> bool {
    worth::order(&plan.levels, &ground.levels) != Ordering::Less
}

/// The plan with its levels, where it does what is asked and is sound.
pub(super) fn sound(ground: &Ground, other: Plan, does: impl Fn(&Plan) -> bool) -> Option<Box<Plan>> {
    if !does(&other) {
        return None;
    }
    let report = check(ground.case, &other);
    reported(ground, other, report)
}

/// A plan of the case with what its check reports, where it is sound; bounds are those of the plan asked about.
pub(super) fn reported(ground: &Ground, mut other: Plan, report: Report) -> Option<Box<Plan>> {
    if !report.violations.is_empty() {
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
