//! Units taken out of sessions where a need asks for less: the sessions stay, and with them their teams and rooms.

use std::collections::BTreeSet;

use crate::check::{Fault, Violation};
use crate::lists::{Case, Need, Project, Symbol};
use crate::plan::{Plan, Session};

/// Takes units that are too many out of sessions that can do with fewer, the last sessions first. The violations that
/// are not wholly cured so come back.
pub(super) fn ease<'v>(case: &Case, plan: &mut Plan, violations: &'v [Violation]) -> Vec<&'v Violation> {
    let mut eased: BTreeSet<&str> = BTreeSet::new();
    let mut rest = Vec::new();
    for violation in violations {
        let sum = matches!(violation.fault, Fault::Quantity | Fault::NeedPerPeriod);
        let need = violation.subjects.first().filter(|_| sum).and_then(|id| case.need(id));
        let over = violation.found.zip(violation.allowed).map(|(found, allowed)| found - allowed);
        let (Some(need), Some(mut over)) = (need, over) else {
            rest.push(violation);
            continue;
        };
        let row = &case.needs[need.index()];
        // What was taken for one of its limits may do for the other: the next check says.
        if !eased.insert(&row.id) {
            continue;
        }
        for session in plan.sessions.iter_mut().rev() {
            if over <= 0 {
                break;
            }
            if !session.fact && violation.sessions.contains(&session.id) {
                over -= take(case, row, session, over);
            }
        }
        if over > 0 {
            rest.push(violation);
        }
    }
    rest
}

/// Takes up to so many units of a need out of a session; how many were taken comes back.
pub(super) fn take(case: &Case, need: &Need, session: &mut Session, most: i64) -> i64 {
    let Some(project) = case.project(&session.project).map(|id| &case.projects[id.index()]) else { return 0 };
    let held: i64 = session.needs.iter().map(|line| line.units).sum();
    let Some(at) = session.needs.iter().position(|line| line.need == need.id) else { return 0 };
    let mine = session.needs[at].units;
    let spare = mine.min(held - project.min_size.max(1)).min(most);
    if spare <= 0 || (need.whole && mine - spare != need.quantity) {
        return 0;
    }
    session.needs[at].units -= spare;
    session.needs.retain(|line| line.units > 0);
    let mut fen = project.unit_cost_fen.saturating_mul(spare);
    less(session.funds.iter_mut().map(|line| &mut line.fen), &mut fen);
    session.funds.retain(|line| line.fen > 0);
    for (item, n) in goods_of_unit(project, need) {
        let mut n = n.saturating_mul(spare);
        let name = case.text(item);
        less(session.goods.iter_mut().filter(|line| line.item == name).map(|line| &mut line.n), &mut n);
    }
    session.goods.retain(|line| line.n > 0);
    spare
}

/// What a unit takes of goods.
pub(super) fn goods_of_unit<'a>(project: &'a Project, need: &'a Need) -> impl Iterator<Item = (Symbol, i64)> + 'a {
    let of_project = project.goods.iter().filter(|goods| goods.per_unit).map(|goods| (goods.item, goods.n));
    of_project.chain(need.goods.iter().map(|goods| (goods.item, goods.n)))
}

/// Takes an amount off lines, the last first.
fn less<'l>(lines: impl DoubleEndedIterator<Item = &'l mut i64>, amount: &mut i64) {
    for line in lines.rev() {
        let part = (*line).min(*amount).max(0);
        *line -= part;
        *amount -= part;
    }
}
