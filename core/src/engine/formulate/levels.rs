//! §4: the terms that the other families have not written yet — must, coverage with fairness steps, travel and quality
//! of units, changes — and the objective of each level.

use std::collections::BTreeMap;

use super::super::program::{Column, Derived, FREE, Keep, Objective, Role};
use super::Draft;
use crate::lists::{NeedId, PeriodId, Symbol, Term};
use crate::model::Facts;

pub(super) fn write(draft: &mut Draft) {
    units(draft);
    coverage(draft);
    if draft.model.case.settings.levels.iter().flatten().any(|t| *t == Term::Changes) {
        changes(draft);
    }
    let settings = &draft.model.case.settings;
    let mut objectives = Vec::new();
    for terms in &settings.levels {
        let mut sums = vec![0; draft.program.columns()];
        let mut constant = 0;
        for term in terms {
            let (weight, objective) = (settings.weights.of(*term), &draft.terms[term]);
            constant += weight * objective.constant;
            for (column, amount) in &objective.entries {
                sums[column.index()] += weight * amount;
            }
        }
        let entries = (0..).map(Column).zip(sums).filter(|e| e.1 != 0).collect();
        objectives.push(Objective { entries, constant });
    }
    draft.program.objectives = objectives;
}

/// Must, travel and quality of units.
fn units(draft: &mut Draft) {
    let case = draft.model.case;
    let slots = std::mem::take(&mut draft.slots);
    for slot in &slots {
        let cell = &draft.model.cells[slot.cell];
        let span = case.projects[cell.project.index()].span;
        for unit in &slot.units {
            let offer = &cell.offers[unit.offer];
            let need = &case.needs[offer.need.index()];
            if need.must {
                draft.value(Term::Must, unit.column, need.priority * unit.scale);
            }
            draft.value(Term::Travel, unit.column, -offer.minutes * span * unit.scale);
            draft.value(Term::Quality, unit.column, offer.points * unit.scale);
        }
    }
    draft.slots = slots;
    for (index, need) in case.needs.iter().enumerate().filter(|(_, n)| n.must) {
        let served = draft.model.facts.served_units(case, NeedId::from(index));
        draft.constant(Term::Must, -need.priority * (need.quantity - served));
    }
}

/// For each group a concave sum of its served priority, in steps.
fn coverage(draft: &mut Draft) {
    let model = draft.model;
    let case = model.case;
    let mut demand: BTreeMap<Symbol, (i64, i64)> = BTreeMap::new();
    for (index, need) in case.needs.iter().enumerate() {
        let (all, facts) = demand.entry(need.group).or_default();
        *all += need.priority * need.quantity;
        *facts += need.priority * model.facts.served_units(case, NeedId::from(index));
    }
    let mut served: BTreeMap<Symbol, Vec<(Column, i64)>> = BTreeMap::new();
    for slot in &draft.slots {
        for unit in &slot.units {
            let need = &case.needs[draft.need_of(slot, unit).index()];
            served.entry(need.group).or_default().push((unit.column, need.priority * unit.scale));
        }
    }
    let steps = &case.settings.fairness;
    for (group, (all, facts)) in demand {
        let of = served.remove(&group).unwrap_or_default();
        if let [only] = steps[..] {
            draft.constant(Term::Coverage, only.multiplier * facts);
            for (column, amount) in of {
                draft.value(Term::Coverage, column, only.multiplier * amount);
            }
            continue;
        }
        let mut columns = Vec::new();
        let mut from = 0;
        for step in steps {
            let to = ceil_share(all, step.share_numerator, step.share_denominator);
            let column = draft.program.column(Role::Derived, 0, (to - from).max(0));
            draft.value(Term::Coverage, column, step.multiplier);
            columns.push(column);
            from = to.max(from);
        }
        let mut entries: Vec<(Column, i64)> = of.iter().map(|(c, a)| (*c, -a)).collect();
        entries.extend(columns.iter().map(|c| (*c, 1)));
        draft.program.row(Keep::AtEnd, -FREE, entries, facts);
        draft.program.derived.push(Derived::Fill { columns, of, constant: facts });
    }
}

/// ⌈amount × numerator ÷ denominator⌉.
fn ceil_share(amount: i64, numerator: i64, denominator: i64) -> i64 {
    let product = i128::from(amount) * i128::from(numerator);
    let share = (product + i128::from(denominator) - 1).div_euclid(i128::from(denominator));
    i64::try_from(share).expect("a share is at most the amount")
}

/// What a change is counted by: need or resource, project, place, period.
type Key<'a> = (&'a str, &'a str, &'a str, &'a str);

/// Units and member-sessions of the previous plan that are gone; facts do not count.
fn changes(draft: &mut Draft) {
    let model = draft.model;
    let case = model.case;
    let Some(previous) = &case.previous else { return };
    let facts: &Facts = &model.facts;
    let mut units: BTreeMap<Key, i64> = BTreeMap::new();
    let mut turns: BTreeMap<Key, i64> = BTreeMap::new();
    for (position, session) in previous.sessions.iter().enumerate() {
        if facts.sessions.binary_search(&position).is_ok() {
            continue;
        }
        let here = session.cell();
        for served in &session.needs {
            *units.entry((&served.need, here.0, here.1, here.2)).or_default() += served.units;
        }
        for (resource, _) in session.members() {
            *turns.entry((resource, here.0, here.1, here.2)).or_default() += 1;
        }
    }
    let mut now_units: BTreeMap<Key, Vec<(Column, i64)>> = BTreeMap::new();
    let mut now_turns: BTreeMap<Key, Vec<(Column, i64)>> = BTreeMap::new();
    for slot in &draft.slots {
        let cell = &model.cells[slot.cell];
        let project = case.projects[cell.project.index()].id.as_str();
        let place = case.places[cell.place.index()].id.as_str();
        let start = case.periods[PeriodId::index(cell.start)].id.as_str();
        for unit in &slot.units {
            let need = case.needs[draft.need_of(slot, unit).index()].id.as_str();
            now_units.entry((need, project, place, start)).or_default().push((unit.column, unit.scale));
        }
        let mut rotating: Vec<(&str, Column)> = Vec::new();
        for staff in &slot.staff {
            let resource = case.resources[model.classes[staff.class.index()].resource.index()].id.as_str();
            if staff.period.is_none() {
                now_turns.entry((resource, project, place, start)).or_default().push((staff.column, 1));
            } else {
                // Links are not sorted yet while the program is written.
                let there = draft.program.links.iter().filter(|l| l.0 == staff.column).map(|l| (resource, l.1));
                rotating.extend(there);
            }
        }
        rotating.sort_unstable();
        rotating.dedup();
        for (resource, there) in rotating {
            now_turns.entry((resource, project, place, start)).or_default().push((there, 1));
        }
    }
    for (before, now) in [(units, now_units), (turns, now_turns)] {
        for (key, target) in before {
            match now.get(&key) {
                None => draft.constant(Term::Changes, -target),
                Some(of) => {
                    let column = draft.program.column(Role::Derived, 0, target);
                    let mut entries = of.clone();
                    entries.push((column, 1));
                    draft.program.row(Keep::AtEnd, target, entries, FREE);
                    draft.program.derived.push(Derived::Missing { column, of: of.clone(), target });
                    draft.value(Term::Changes, column, -1);
                }
            }
        }
    }
}
