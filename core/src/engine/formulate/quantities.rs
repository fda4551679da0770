//! H3 quantity, `one_project`, `per_period`, and H9 person.

use std::collections::BTreeMap;

use super::super::program::{Column, FREE, Keep, Role};
use super::Draft;
use crate::lists::{NeedId, PeriodId, ProjectId, Symbol};

pub(super) fn write(draft: &mut Draft) {
    let case = draft.model.case;
    let mut of_need: Vec<Vec<(usize, usize)>> = vec![Vec::new(); case.needs.len()];
    for (s, slot) in draft.slots.iter().enumerate() {
        for (u, unit) in slot.units.iter().enumerate() {
            of_need[unit.need.index()].push((s, u));
        }
    }
    let mut of_person: BTreeMap<Symbol, Vec<NeedId>> = BTreeMap::new();
    for (index, (need, places)) in case.needs.iter().zip(&of_need).enumerate().filter(|(_, of)| !of.1.is_empty()) {
        let id = NeedId::from(index);
        let all: Vec<(Column, i64)> =
            places.iter().map(|&(s, u)| (draft.slots[s].units[u].column, draft.slots[s].units[u].scale)).collect();
        draft.program.row(Keep::Always, -FREE, all, draft.model.needs.open_units(id));
        if let Some(limit) = need.per_period {
            let mut by_start: BTreeMap<PeriodId, Vec<(Column, i64)>> = BTreeMap::new();
            for &(s, u) in places {
                let slot = &draft.slots[s];
                let start = draft.model.cells[slot.cell].start;
                by_start.entry(start).or_default().push((slot.units[u].column, slot.units[u].scale));
            }
            for (_, entries) in by_start {
                draft.program.row(Keep::Always, -FREE, entries, limit);
            }
        }
        if need.one_project {
            one_project(draft, places);
        }
        if let Some(person) = need.person {
            of_person.entry(person).or_default().push(id);
        }
    }
    for (person, needs) in of_person {
        let places: Vec<(usize, usize)> = needs.iter().flat_map(|n| of_need[n.index()].iter().copied()).collect();
        one_person(draft, person, &places);
    }
}

fn one_project(draft: &mut Draft, places: &[(usize, usize)]) {
    let mut by_project: BTreeMap<ProjectId, Vec<(usize, usize)>> = BTreeMap::new();
    for &(s, u) in places {
        let project = draft.model.cells[draft.slots[s].cell].project;
        by_project.entry(project).or_default().push((s, u));
    }
    if by_project.len() < 2 {
        return;
    }
    let mut chosen = Vec::new();
    for places in by_project.into_values() {
        let indicator = draft.program.column(Role::Indicator, 0, 1);
        chosen.push((indicator, 1));
        for (s, u) in places {
            let column = draft.slots[s].units[u].column;
            let upper = draft.program.upper[column.index()];
            draft.program.links.push((column, indicator));
            draft.program.row(Keep::Always, -FREE, vec![(column, 1), (indicator, -upper)], 0);
        }
    }
    draft.program.row(Keep::Always, -FREE, chosen, 1);
}

/// A person is in at most `person_per_period` sessions of a period; several needs in one session count once.
fn one_person(draft: &mut Draft, person: Symbol, places: &[(usize, usize)]) {
    let model = draft.model;
    let mut by_slot: BTreeMap<usize, Vec<Column>> = BTreeMap::new();
    for &(s, u) in places {
        by_slot.entry(s).or_default().push(draft.slots[s].units[u].column);
    }
    let mut by_period: BTreeMap<PeriodId, Vec<(Column, i64)>> = BTreeMap::new();
    for (s, columns) in by_slot {
        let cell = &model.cells[draft.slots[s].cell];
        let project = &model.case.projects[cell.project.index()];
        let attends: Vec<Column> = if columns.len() == 1 || project.size == 1 {
            columns
        } else {
            let indicator = draft.program.column(Role::Indicator, 0, 1);
            for column in columns {
                let upper = draft.program.upper[column.index()];
                draft.program.links.push((column, indicator));
                draft.program.row(Keep::Always, -FREE, vec![(column, 1), (indicator, -upper)], 0);
            }
            vec![indicator]
        };
        for k in 0..project.span as usize {
            let entries = by_period.entry(PeriodId::from(cell.start.index() + k)).or_default();
            entries.extend(attends.iter().map(|c| (*c, 1)));
        }
    }
    for (period, entries) in by_period {
        let used = model.facts.person.get(&(person, period)).copied().unwrap_or(0);
        let left = (model.case.settings.person_per_period - used).max(0);
        draft.program.row(Keep::Always, -FREE, entries, left);
    }
}
