//! Checks of rules that need the whole case: combinations counted apart, and kinds of unit that would be added up.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::findings::{At, Findings, details};
use crate::lists::{Case, Need, PerKey, Place, PlaceId, Project, ProjectId, Rule, RuleKind, Symbol, Table};
use crate::problem::Code;

/// The most combinations that a rule may count apart.
const MOST_COMBINATIONS: i128 = 1_000_000;

/// Reports rules with too many combinations and `units` rules that would add up different units; gives the number of
/// combinations of each rule.
pub(super) fn check(case: &Case, findings: &mut Findings) -> Vec<i128> {
    let classes = classes(case);
    let mut all = Vec::with_capacity(case.rules.len());
    for rule in &case.rules {
        let passing = passing_projects(case, rule);
        let combinations = combinations(case, rule, &passing);
        if combinations > MOST_COMBINATIONS {
            let at = At { table: Table::Rules, row: Some(rule.row), column: Some("per") };
            findings.add(at, Code::TooManyCombinations, "", details![combinations]);
        }
        all.push(combinations);
        if rule.kind == RuleKind::Units {
            let units = units_that_could_pass(case, rule, &passing, &classes);
            if units.len() > 1 {
                let names: Vec<&str> = units.iter().map(|unit| case.text(*unit)).take(6).collect();
                let at = At { table: Table::Rules, row: Some(rule.row), column: Some("unit") };
                findings.add(at, Code::RuleMixesUnits, "", details![names.join(", ").as_str()]);
            }
        }
    }
    all
}

/// The projects whose sessions can pass a rule's filters, by what the project alone says.
fn passing_projects<'c>(case: &'c Case, rule: &Rule) -> Vec<(ProjectId, &'c Project)> {
    let themes = themes(case, rule);
    let passes = |(position, project): &(usize, &Project)| {
        let id = ProjectId::from(*position);
        let named = rule.projects.as_ref().is_none_or(|list| list.binary_search(&id).is_ok());
        let led =
            rule.orgs.as_ref().is_none_or(|list| project.lead.is_some_and(|lead| list.binary_search(&lead).is_ok()));
        // Of units the need's services are looked at, not the project's.
        let offers = rule.kind == RuleKind::Units
            || rule.services.as_ref().is_none_or(|list| {
                project.services.iter().any(|service| list.binary_search(service).is_ok() || themes.contains(service))
            });
        let posted = rule
            .roles
            .as_ref()
            .is_none_or(|roles| project.posts.iter().any(|post| roles.binary_search(&post.role).is_ok()));
        named && led && offers && posted
    };
    let projects = case.projects.iter().enumerate().filter(passes);
    projects.map(|(position, project)| (ProjectId::from(position), project)).collect()
}

/// The services that the word theme stands for in a rule; none if the rule does not say it.
fn themes(case: &Case, rule: &Rule) -> BTreeSet<Symbol> {
    let periods = case.periods.iter().filter(|_| rule.theme);
    periods.flat_map(|period| period.theme.iter().copied()).collect()
}

/// How many combinations of its keys a rule counts apart.
fn combinations(case: &Case, rule: &Rule, passing: &[(ProjectId, &Project)]) -> i128 {
    let periods = || rule.periods.iter(case.periods.len());
    let count = |key: &PerKey| match key {
        PerKey::Place => leaves(&case.places, case.online, rule.places.as_deref()),
        PerKey::Period if rule.periods.is_all() => case.periods.len(),
        PerKey::Period => periods().count(),
        PerKey::Project => passing.len(),
        PerKey::Org => passing.iter().filter_map(|(_, project)| project.lead).collect::<BTreeSet<_>>().len(),
        PerKey::Service => services(case, rule, passing).len(),
        PerKey::Tag(kind) => {
            let tags = periods().flat_map(|period| case.periods[period.index()].tags.iter());
            tags.filter(|(of, _)| *of == Some(*kind)).map(|(_, value)| *value).collect::<BTreeSet<_>>().len()
        }
    };
    rule.per.iter().map(|key| i128::try_from(count(key)).unwrap_or(i128::MAX)).fold(1, i128::saturating_mul)
}

/// The services of the key `service`: those of the projects that pass and, but for `units`, only those named.
fn services(case: &Case, rule: &Rule, passing: &[(ProjectId, &Project)]) -> BTreeSet<Symbol> {
    let offered = passing.iter().flat_map(|(_, project)| project.services.iter().copied());
    match &rule.services {
        Some(named) if rule.kind != RuleKind::Units => {
            let themes = themes(case, rule);
            offered.filter(|service| named.binary_search(service).is_ok() || themes.contains(service)).collect()
        }
        _ => offered.collect(),
    }
}

/// The leaf places below any of these places (or themselves), without `online`; all of them for `None`.
fn leaves(places: &[Place], online: PlaceId, of: Option<&[PlaceId]>) -> usize {
    let mut is_parent = vec![false; places.len()];
    for parent in places.iter().filter_map(|place| place.parent) {
        is_parent[parent.index()] = true;
    }
    let covered = of.map(|wanted| covered(places, wanted));
    let counts = |position: &usize| !is_parent[*position] && *position != online.index();
    (0..places.len()).filter(counts).filter(|p| covered.as_ref().is_none_or(|covered| covered[*p])).count()
}

/// Whether each place is one of those wanted or stands below one, by one walk up from each that stops at the known.
fn covered(places: &[Place], wanted: &[PlaceId]) -> Vec<bool> {
    let mut known: Vec<Option<bool>> = vec![None; places.len()];
    for place in wanted {
        known[place.index()] = Some(true);
    }
    let mut path = Vec::new();
    for start in 0..places.len() {
        let mut here = Some(start);
        let answer = loop {
            let Some(position) = here else { break false };
            if let Some(answer) = known[position] {
                break answer;
            }
            path.push(position);
            here = places[position].parent.map(PlaceId::index);
        };
        for position in path.drain(..) {
            known[position] = Some(answer);
        }
    }
    known.into_iter().map(|answer| answer.unwrap_or(false)).collect()
}

/// Needs that every rule treats alike.
type Class<'c> = (Symbol, &'c [Symbol], &'c [Symbol], Option<&'c [ProjectId]>, &'c [ProjectId]);

fn classes(case: &Case) -> BTreeSet<Class<'_>> {
    // Most needs share their lists: look each list up by address first.
    let address = |list: &Arc<[Symbol]>| list.as_ptr() as usize;
    let allowed = |need: &Need| need.projects.as_ref().map_or(0, |list| list.as_ptr() as usize);
    let mut seen: BTreeMap<(Symbol, usize, usize, usize, usize), Class<'_>> = BTreeMap::new();
    for need in &case.needs {
        let key = (
            need.unit,
            address(&need.services),
            address(&need.audience),
            allowed(need),
            need.exclude.as_ptr() as usize,
        );
        seen.entry(key)
            .or_insert_with(|| (need.unit, &*need.services, &*need.audience, need.projects.as_deref(), &*need.exclude));
    }
    seen.into_values().collect()
}

/// The units of needs that pass a `units` rule and that some passing project may serve by H2, fit aside.
fn units_that_could_pass(
    case: &Case,
    rule: &Rule,
    passing: &[(ProjectId, &Project)],
    classes: &BTreeSet<Class<'_>>,
) -> BTreeSet<Symbol> {
    let themes = themes(case, rule);
    let mut units = BTreeSet::new();
    for (unit, services, audience, allowed, excluded) in classes {
        if units.contains(unit) {
            continue;
        }
        let wanted = rule.units.as_ref().is_none_or(|list| list.binary_search(unit).is_ok());
        let served = rule
            .services
            .as_ref()
            .is_none_or(|list| services.iter().any(|s| list.binary_search(s).is_ok() || themes.contains(s)));
        let meant = rule.audience.as_ref().is_none_or(|list| share(list, audience));
        let may_serve = |(id, project): &(ProjectId, &Project)| {
            project.unit.is_none_or(|of| of == *unit)
                && share(&project.services, services)
                && (project.audience.is_empty() || share(&project.audience, audience))
                && allowed.is_none_or(|list| list.binary_search(id).is_ok())
                && excluded.binary_search(id).is_err()
        };
        if wanted && served && meant && passing.iter().any(may_serve) {
            units.insert(*unit);
        }
    }
    units
}

/// Whether two sorted lists have an item in common.
fn share(a: &[Symbol], b: &[Symbol]) -> bool {
    a.iter().any(|item| b.binary_search(item).is_ok())
}
