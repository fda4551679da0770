//! What ends, and what leaves its session, where a fund or a stock pays for less.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::counts::cell_of;
use super::cover::{Part, choose};
use super::ease::{goods_of_unit, take};
use super::ending::{Endings, Loss};
use super::least::{members_of, units_of};
use super::mend::changes_first;
use super::spare::Cell;
use super::worth;
use crate::fit::Geography;
use crate::lists::{Case, Project};
use crate::plan::{Plan, Served, Session};

/// Frees so much of a supply: the sessions to end come back, and whether units have left theirs, where that does as well.
///
/// Where changes stand above coverage these are the fewest, of what no quota asks for as long as that is enough; else the
/// sessions with the fewest and least urgent units.
pub(super) fn give_up(
    case: &Case,
    geography: &Geography,
    plan: &mut Plan,
    (supply, excess): (&str, i64),
    sparing: bool,
) -> (BTreeSet<String>, bool) {
    let payers: Vec<usize> = (0..plan.sessions.len())
        .filter(|at| !plan.sessions[*at].fact && drawn(&plan.sessions[*at], supply) > 0)
        .collect();
    let few = changes_first(case);
    if few
        && sparing
        && let Some(out) = fewest(case, geography, plan, (supply, excess), &payers)
    {
        return out;
    }
    let of = |at: &usize| &plan.sessions[*at];
    let changes = |at: &usize| units_of(of(at)).saturating_add(members_of(of(at)));
    let mut rated: Vec<(usize, i64)> = payers.iter().map(|at| (*at, drawn(of(at), supply))).collect();
    rated.sort_by_cached_key(|(at, _)| (worth::of_session(case, of(at)), Reverse(of(at).id.clone())));
    if few {
        let parts: Vec<Part> = rated.iter().map(|(at, drawn)| Part::new(*drawn, changes(at))).collect();
        let chosen = rated.iter().zip(choose(&parts, excess)).filter(|(_, n)| *n > 0);
        return (chosen.map(|((at, _), _)| of(at).id.clone()).collect(), false);
    }
    let (mut left, mut taken) = (excess, Vec::new());
    for (at, drawn) in rated {
        if left <= 0 {
            break;
        }
        left -= drawn;
        taken.push((at, drawn));
    }
    // Those that need not go after all, for what came after them.
    taken.retain(|(_, drawn)| {
        let stays = left + drawn <= 0;
        left += if stays { *drawn } else { 0 };
        !stays
    });
    (taken.iter().map(|(at, _)| of(at).id.clone()).collect(), false)
}

/// What a session draws from a fund or a stock.
fn drawn(session: &Session, supply: &str) -> i64 {
    let funds = session.funds.iter().filter(|line| line.fund == supply).map(|line| line.fen);
    let goods = session.goods.iter().filter(|line| line.stock == supply).map(|line| line.n);
    funds.chain(goods).fold(0, i64::saturating_add)
}

/// The most that a unit of a session draws from a supply.
fn of_unit(case: &Case, project: &Project, session: &Session, supply: &str) -> i64 {
    if session.funds.iter().any(|line| line.fund == supply) {
        return project.unit_cost_fen;
    }
    let items: BTreeSet<&str> =
        session.goods.iter().filter(|line| line.stock == supply).map(|line| line.item.as_str()).collect();
    let needs = session.needs.iter().filter_map(|line| case.need(&line.need));
    let each = needs.map(|need| {
        let goods =
            goods_of_unit(project, &case.needs[need.index()]).filter(|(item, _)| items.contains(case.text(*item)));
        goods.map(|(_, n)| n).fold(0, i64::saturating_add)
    });
    each.max().unwrap_or(0)
}

/// With the fewest changes: in each cell the sessions of the fewest members end first, and their units go to the others as
/// far as these have seats. `None` where that does not free enough without missing what must be served or a quota.
fn fewest(
    case: &Case,
    geography: &Geography,
    plan: &mut Plan,
    (supply, excess): (&str, i64),
    payers: &[usize],
) -> Option<(BTreeSet<String>, bool)> {
    let mut cells: BTreeMap<Cell, Vec<usize>> = BTreeMap::new();
    for at in payers {
        cells.entry(cell_of(case, &plan.sessions[*at])?).or_default().push(*at);
    }
    let mut endings = Endings::new(case, geography, plan);
    let (mut parts, mut whose) = (Vec::new(), Vec::new());
    for (cell, mut sessions) in cells {
        let project = &case.projects[cell.0.index()];
        sessions.sort_by_key(|at| (members_of(&plan.sessions[*at]), units_of(&plan.sessions[*at])));
        let mut ended = Vec::new();
        for at in &sessions {
            let session = &plan.sessions[*at];
            let unit = of_unit(case, project, session, supply);
            let units = units_of(session);
            let may_go = session.needs.iter().filter(|line| may_go_alone(case, line));
            let alone = may_go.map(|line| line.units).fold(0, i64::saturating_add);
            let alone = alone.min(units.saturating_sub(project.min_size.max(1)));
            if unit > 0 && alone > 0 {
                parts.push(Part { frees: unit, changes: 1, times: alone });
                whose.push((*at, false));
            }
            let Some(loss) = endings.loss(session).filter(Loss::changes_only) else { continue };
            // What other sessions of the cell take over they pay for.
            let kept = units.saturating_sub(loss.changes - members_of(session)).max(0);
            let frees = drawn(session, supply).saturating_sub(unit.saturating_mul(kept));
            parts.push(Part::new(frees, loss.changes));
            whose.push((*at, true));
            endings.end(session);
            ended.push(session);
        }
        ended.into_iter().for_each(|session| endings.go_on(session));
    }
    let all = parts.iter().map(|part| part.frees.max(0).saturating_mul(part.times)).fold(0, i64::saturating_add);
    if all < excess {
        return None;
    }
    let (mut out, mut left) = (BTreeSet::new(), false);
    for ((at, ends), times) in whose.into_iter().zip(choose(&parts, excess)).filter(|(_, times)| *times > 0) {
        if ends {
            out.insert(plan.sessions[at].id.clone());
        } else {
            left |= leave(case, &mut plan.sessions[at], times);
        }
    }
    Some((out, left))
}

/// Whether some units may go and others stay, with no more lost than that.
fn may_go_alone(case: &Case, line: &Served) -> bool {
    case.need(&line.need).map(|need| &case.needs[need.index()]).is_some_and(|need| !need.must && !need.whole)
}

/// So many units leave a session, the least urgent first; whether any has.
fn leave(case: &Case, session: &mut Session, units: i64) -> bool {
    let may_go = session.needs.iter().filter(|line| may_go_alone(case, line));
    let mut needs: Vec<_> = may_go.filter_map(|line| case.need(&line.need)).collect();
    needs.sort_by_key(|need| case.needs[need.index()].priority);
    let mut stay = units;
    for need in needs {
        stay -= take(case, &case.needs[need.index()], session, stay);
    }
    stay < units
}
