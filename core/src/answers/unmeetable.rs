//! What quotas lack in every plan, seen from the lists alone.

use std::collections::{BTreeMap, BTreeSet};

use super::closed::{about, closing, venues};
use super::spare::Cell;
use crate::fit::{self, Geography};
use crate::lists::{Case, ProjectId, Resource, RuleKind};
use crate::model::{Combination, Facts, combinations, rule_scope};

/// Weighted sessions and units that quotas lack, however the plan: of each combination of which no session can be held any
/// more, what the frozen ones do not make up for.
pub(super) fn unmeetable(case: &Case) -> i64 {
    let geography = Geography::new(case);
    let facts = Facts::new(case, &geography);
    let quotas = case.rules.iter().enumerate().filter_map(|(at, rule)| Some((at, rule, rule.min?)));
    let counted = quotas.filter(|(_, rule, _)| matches!(rule.kind, RuleKind::Sessions | RuleKind::Units));
    let scopes: Vec<_> = counted.map(|quota| (rule_scope(case, &geography, quota.1), quota)).collect();
    let mut possible: BTreeMap<usize, BTreeSet<Combination>> = BTreeMap::new();
    for cell in cells(case, &geography) {
        let (project, place, start) = (Some(cell.0), Some(cell.1), cell.2);
        for (scope, (at, ..)) in scopes.iter().filter(|(scope, _)| scope.session(project, place, start)) {
            possible.entry(*at).or_default().extend(scope.combinations_of(project, place, start));
        }
    }
    let mut lacking = 0i64;
    for (_, (at, rule, min)) in &scopes {
        let open = possible.remove(at).unwrap_or_default();
        for combination in combinations(case, &geography, rule).into_iter().filter(|each| !open.contains(each)) {
            let held = facts.counted.get(&(*at, combination)).copied().unwrap_or(0);
            lacking = lacking.saturating_add(rule.weight.saturating_mul((min - held).max(0)));
        }
    }
    lacking
}

/// Where and when the lists let sessions begin: no pin forbids it, and there is a room that may host them.
fn cells<'a>(case: &'a Case, geography: &'a Geography) -> impl Iterator<Item = Cell> + 'a {
    let venues = venues(case);
    let closed = closing(case);
    let all = case.projects.iter().enumerate().flat_map(move |(at, project)| {
        let (id, starts) = (ProjectId::from(at), fit::start_periods(case, project));
        let places = fit::places_of_project(case, geography, project).into_iter();
        places.flat_map(move |place| starts.clone().into_iter().map(move |start| (id, place, start)))
    });
    all.filter(move |(id, place, start)| {
        let project = &case.projects[id.index()];
        let here = venues.get(place).map_or(&[][..], Vec::as_slice);
        let forbidden = closed.iter().any(|pin| about(pin, geography, (*id, *place, *start)));
        let hosts = |row: &&Resource| fit::may_host(case, row, *id, project, *place, *start, geography);
        !forbidden && (!fit::needs_room(project) || here.iter().any(hosts))
    })
}
