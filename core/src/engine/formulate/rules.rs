//! H12 max rules and quotas, H13 ratio, H14 window.

use std::collections::{BTreeMap, BTreeSet};

use super::super::program::{Column, Derived, FREE, Keep, Role};
use super::{Draft, Quota};
use crate::lists::{PeriodId, ResourceId, Rule, RuleKind, Term};
use crate::model::{ClassId, Combination, combinations, rule_scope};

pub(super) fn write(draft: &mut Draft) {
    for (index, rule) in draft.model.case.rules.iter().enumerate() {
        match rule.kind {
            RuleKind::Sessions | RuleKind::Units => sums(draft, index, rule),
            RuleKind::Projects | RuleKind::Orgs => distinct(draft, index, rule),
            RuleKind::Ratio => ratio(draft, rule),
            RuleKind::Window => window(draft, index, rule),
        }
    }
}

/// `sessions` and `units`: plain sums for each combination.
fn sums(draft: &mut Draft, index: usize, rule: &Rule) {
    let model = draft.model;
    let scope = rule_scope(model.case, &model.geography, rule);
    let mut counted: BTreeMap<Combination, Vec<(Column, i64)>> = BTreeMap::new();
    for slot in &draft.slots {
        let cell = &model.cells[slot.cell];
        let (project, place) = (Some(cell.project), Some(cell.place));
        if rule.kind == RuleKind::Sessions {
            if scope.session(project, place, cell.start) {
                for combination in scope.combinations_of(project, place, cell.start) {
                    counted.entry(combination).or_default().push((slot.held, 1));
                }
            }
            continue;
        }
        for unit in &slot.units {
            let need = cell.offers[unit.offer].need;
            if scope.unit(need, project, place, cell.start) {
                for combination in scope.combinations_of(project, place, cell.start) {
                    counted.entry(combination).or_default().push((unit.column, unit.scale));
                }
            }
        }
    }
    if let Some(max) = rule.max {
        for (combination, entries) in &counted {
            let facts = model.facts.counted.get(&(index, combination.clone())).copied().unwrap_or(0);
            let most = (max - facts).max(0);
            close_beyond(draft, entries, most);
            draft.program.row(Keep::Always, -FREE, entries.clone(), most);
        }
    }
    for (combination, target) in quotas(draft, index, rule, |facts, key| facts.counted.get(key).copied().unwrap_or(0)) {
        let of = counted.get(&combination).cloned().unwrap_or_default();
        quota(draft, Quota { rule: index, combination, of, target, weight: rule.weight });
    }
}

/// `projects` and `orgs`: distinct projects or leads for each combination.
fn distinct(draft: &mut Draft, index: usize, rule: &Rule) {
    let model = draft.model;
    let scope = rule_scope(model.case, &model.geography, rule);
    let mut seen: BTreeMap<Combination, BTreeMap<u32, Vec<(Column, i64)>>> = BTreeMap::new();
    for slot in &draft.slots {
        let cell = &model.cells[slot.cell];
        if !scope.session(Some(cell.project), Some(cell.place), cell.start) {
            continue;
        }
        let who = match rule.kind {
            RuleKind::Projects => Some(cell.project.0),
            _ => model.case.projects[cell.project.index()].lead.map(|l| l.0),
        };
        let Some(who) = who else { continue };
        for combination in scope.combinations_of(Some(cell.project), Some(cell.place), cell.start) {
            seen.entry(combination).or_default().entry(who).or_default().push((slot.held, slot.many));
        }
    }
    let none = BTreeSet::new();
    let mut counted: BTreeMap<Combination, Vec<(Column, i64)>> = BTreeMap::new();
    for (combination, by_who) in seen {
        let known = model.facts.seen.get(&(index, combination.clone())).unwrap_or(&none);
        for (who, slots) in by_who {
            if known.contains(&who) {
                continue;
            }
            let indicator = draft.program.column(Role::Indicator, 0, 1);
            let mut least = vec![(indicator, 1)];
            for (held, many) in slots {
                draft.program.links.push((held, indicator));
                draft.program.row(Keep::Always, -FREE, vec![(held, 1), (indicator, -many)], 0);
                least.push((held, -1));
            }
            draft.program.row(Keep::AtEnd, -FREE, least, 0);
            counted.entry(combination.clone()).or_default().push((indicator, 1));
        }
        if let (Some(max), Some(entries)) = (rule.max, counted.get(&combination)) {
            let entries = entries.clone();
            draft.program.row(Keep::Always, -FREE, entries, (max - known.len() as i64).max(0));
        }
    }
    for (combination, target) in
        quotas(draft, index, rule, |facts, key| facts.seen.get(key).map_or(0, |s| s.len() as i64))
    {
        let of = counted.get(&combination).cloned().unwrap_or_default();
        quota(draft, Quota { rule: index, combination, of, target, weight: rule.weight });
    }
}

/// The combinations of a quota in which facts alone do not reach the minimum, with what is still wanted.
fn quotas(
    draft: &Draft,
    index: usize,
    rule: &Rule,
    facts: impl Fn(&crate::model::Facts, &(usize, Combination)) -> i64,
) -> Vec<(Combination, i64)> {
    let Some(min) = rule.min else { return Vec::new() };
    let model = draft.model;
    combinations(model.case, &model.geography, rule)
        .into_iter()
        .filter_map(|combination| {
            let key = (index, combination);
            let target = min - facts(&model.facts, &key);
            (target > 0).then_some((key.1, target))
        })
        .collect()
}

fn quota(draft: &mut Draft, quota: Quota) {
    if quota.of.is_empty() {
        draft.constant(Term::Quota, -quota.weight * quota.target);
    } else {
        let column = draft.program.column(Role::Derived, 0, quota.target);
        let mut entries = quota.of.clone();
        entries.push((column, 1));
        draft.program.row(Keep::AtEnd, quota.target, entries, FREE);
        draft.program.derived.push(Derived::Missing { column, of: quota.of.clone(), target: quota.target });
        draft.value(Term::Quota, column, -quota.weight);
    }
    draft.quotas.push(quota);
}

/// Members that pass ≤ max × members that match `against`, in each session and period.
fn ratio(draft: &mut Draft, rule: &Rule) {
    let model = draft.model;
    let scope = rule_scope(model.case, &model.geography, rule);
    let max = rule.max.unwrap_or(0);
    for index in 0..draft.slots.len() {
        let cell = &model.cells[draft.slots[index].cell];
        if !scope.session(Some(cell.project), Some(cell.place), cell.start) {
            continue;
        }
        let project = &model.case.projects[cell.project.index()];
        let mut rows = BTreeSet::new();
        for k in 0..project.span as usize {
            let period = PeriodId::from(cell.start.index() + k);
            let mut entries = Vec::new();
            for staff in draft.slots[index].staff.iter().filter(|s| s.period.is_none_or(|p| p == period)) {
                let role = project.posts[staff.post].role;
                let resource = model.classes[staff.class.index()].resource;
                let counts = i64::from(scope.member(Some(role), resource, period))
                    - max.saturating_mul(i64::from(scope.against(role, resource, period)));
                if counts != 0 {
                    entries.push((staff.column, counts));
                }
            }
            if entries.iter().any(|e| e.1 > 0) && rows.insert(entries.clone()) {
                draft.program.row(Keep::EachSession, -FREE, entries, 0);
            }
        }
    }
}

/// Load of one member from the sessions that pass, in any `window` consecutive periods.
fn window(draft: &mut Draft, index: usize, rule: &Rule) {
    let model = draft.model;
    let scope = rule_scope(model.case, &model.geography, rule);
    let periods = model.case.periods.len();
    let (max, width) = (rule.max.unwrap_or(0), (rule.window.unwrap_or(1).max(1) as usize).min(periods));
    let mut loads: BTreeMap<ClassId, Vec<Vec<(Column, i64)>>> = BTreeMap::new();
    for slot in &draft.slots {
        let cell = &model.cells[slot.cell];
        if !scope.session(Some(cell.project), Some(cell.place), cell.start) {
            continue;
        }
        let project = &model.case.projects[cell.project.index()];
        for staff in &slot.staff {
            let post = &project.posts[staff.post];
            let resource = model.classes[staff.class.index()].resource;
            let start = cell.start.index();
            let served = staff.period.map_or(start..start + project.span as usize, |p| p.index()..p.index() + 1);
            for period in served.filter(|p| scope.member(Some(post.role), resource, PeriodId::from(*p))) {
                if post.load > 0 {
                    let by_period = loads.entry(staff.class).or_insert_with(|| vec![Vec::new(); periods]);
                    by_period[period].push((staff.column, post.load));
                }
            }
        }
    }
    for (class_id, by_period) in loads {
        let class = &model.classes[class_id.index()];
        for first in 0..=periods - width {
            let entries: Vec<(Column, i64)> = by_period[first..first + width].iter().flatten().copied().collect();
            if entries.is_empty() {
                continue;
            }
            let used = (first..first + width)
                .map(|p| facts_load(draft, index, class.shares[0].resource, class.shares[0].first, p))
                .sum::<i64>();
            let left = (max - used).max(0);
            // Of several members none may carry more than `max` alone; what facts have used up is known of one.
            close_beyond(draft, &entries, if class.count == 1 { left } else { max });
            draft.program.row(Keep::Always, -FREE, entries, left.saturating_mul(class.count));
        }
    }
}

/// Closes the columns of which one alone is more than a maximum allows: relaxations would take a part of it.
fn close_beyond(draft: &mut Draft, entries: &[(Column, i64)], most: i64) {
    let mut of: BTreeMap<Column, i64> = BTreeMap::new();
    for (column, amount) in entries {
        *of.entry(*column).or_default() += amount;
    }
    for (column, _) in of.into_iter().filter(|(_, amount)| *amount > most) {
        draft.program.upper[column.index()] = 0;
    }
}

fn facts_load(draft: &Draft, rule: usize, resource: ResourceId, member: i64, period: usize) -> i64 {
    draft.model.facts.windowed.get(&(rule, resource, member, PeriodId::from(period))).copied().unwrap_or(0)
}
