//! H1 and H4: slots, seats, `max_per_cell`, `max_sessions`, `min_sessions`.

use std::collections::{BTreeMap, BTreeSet};

use super::super::program::{Column, Derived, FREE, Keep, Role};
use super::{Draft, Held, Slot, UnitColumn};
use crate::lists::{Kind, PlaceId, ProjectId, RuleKind, Symbol};
use crate::model::{Cell, Model, PostCandidates, members_of_post, rule_scope};

/// One-session slots a cell may have before it is written as one slot with a count, as a relaxation.
const SLOTS_A_CELL: i64 = 30;
/// One-session slots all cells may have together.
const SLOTS_IN_ALL: i64 = 20_000;

pub(super) fn write(draft: &mut Draft) {
    let model = draft.model;
    let case = model.case;
    let mut single_slots = 0;
    let mut by_project: BTreeMap<ProjectId, Vec<usize>> = BTreeMap::new();
    for (index, cell) in model.cells.iter().enumerate() {
        let most = most_sessions(model, cell);
        if most <= 0 || !payable(model, cell) {
            continue;
        }
        let single = one_by_one(model, cell);
        let project = &case.projects[cell.project.index()];
        let first = draft.slots.len();
        if single && most <= SLOTS_A_CELL && single_slots + most <= SLOTS_IN_ALL {
            single_slots += most;
            for _ in 0..most {
                slot(draft, index, 1, true);
            }
            for pair in first + 1..draft.slots.len() {
                let (before, after) = (draft.slots[pair - 1].held, draft.slots[pair].held);
                draft.program.row(Keep::Always, -FREE, vec![(after, 1), (before, -1)], 0);
            }
        } else {
            slot(draft, index, most, !single || most == 1);
        }
        let slots: Vec<usize> = (first..draft.slots.len()).collect();
        if let Some(max) = project.max_per_cell {
            let entries = slots.iter().map(|s| (draft.slots[*s].held, 1)).collect();
            draft.program.row(Keep::Always, -FREE, entries, max);
        }
        by_project.entry(cell.project).or_default().extend(slots);
    }
    for (id, slots) in by_project {
        if !draft.plain {
            totals(draft, id, &slots);
        }
        of_project(draft, id, &slots);
    }
}

/// Totals to branch on: the sessions of a project at each place, and at all places where a limit ties them anyway.
fn totals(draft: &mut Draft, id: ProjectId, slots: &[usize]) {
    let mut by_place: BTreeMap<PlaceId, Vec<Column>> = BTreeMap::new();
    for slot in slots.iter().map(|s| &draft.slots[*s]) {
        by_place.entry(draft.model.cells[slot.cell].place).or_default().push(slot.held);
    }
    let mut groups: Vec<Vec<Column>> = by_place.into_values().collect();
    if groups.len() > 1 && draft.model.case.projects[id.index()].max_sessions.is_some() {
        groups.push(groups.concat());
    }
    for of in groups.into_iter().filter(|g| g.len() > 1) {
        let most = of.iter().map(|c| draft.program.upper[c.index()]).fold(0i64, i64::saturating_add);
        let column = draft.program.column(Role::Total, 0, most);
        let mut entries: Vec<(Column, i64)> = of.iter().map(|c| (*c, -1)).collect();
        entries.push((column, 1));
        draft.program.row(Keep::AtEnd, 0, entries, 0);
        draft.program.derived.push(Derived::Sum { column, of });
    }
}

fn of_project(draft: &mut Draft, id: ProjectId, slots: &[usize]) {
    let project = &draft.model.case.projects[id.index()];
    let facts = draft.model.facts.sessions_of.get(&id).copied().unwrap_or(0);
    let all: Vec<(Column, i64)> = slots.iter().map(|s| (draft.slots[*s].held, 1)).collect();
    if let Some(max) = project.max_sessions {
        draft.program.row(Keep::Always, -FREE, all.clone(), (max - facts).max(0));
    }
    let min = project.min_sessions - facts;
    let launch = project.launch_cost_fen > 0 && !draft.model.facts.launched.contains(&id);
    if min <= 1 && !launch {
        return;
    }
    let held = draft.program.column(Role::Indicator, 0, 1);
    for slot in slots {
        let (column, many) = (draft.slots[*slot].held, draft.slots[*slot].many);
        draft.program.links.push((column, held));
        draft.program.row(Keep::Always, -FREE, vec![(column, 1), (held, -many)], 0);
    }
    let mut least = all;
    least.push((held, -min.max(1)));
    draft.program.row(Keep::AtEnd, 0, least, FREE);
    draft.held.insert(id, Held { column: held, min_sessions: min.max(1) });
}

fn slot(draft: &mut Draft, index: usize, many: i64, exact: bool) {
    let model = draft.model;
    let cell = &model.cells[index];
    let project = &model.case.projects[cell.project.index()];
    let held = draft.program.column(Role::Session, 0, many);
    let mut units = Vec::new();
    let (mut seats, mut least) = (vec![(held, -project.size)], vec![(held, -project.min_size.max(1))]);
    for (position, offer) in cell.offers.iter().enumerate() {
        let need = &model.case.needs[offer.need.index()];
        let open = model.needs.open_units(offer.need);
        let most_a_session = if need.whole {
            if open.saturating_mul(offer.seats) > project.size {
                continue;
            }
            open
        } else if need.person.is_some() {
            1
        } else {
            project.size / offer.seats
        };
        if !goods_there(model, cell, need) {
            continue;
        }
        let limit = open.min(most_a_session.saturating_mul(many)).min(need.per_period.unwrap_or(open));
        let scale = if need.whole { open } else { 1 };
        if limit < scale {
            continue;
        }
        let column = draft.program.column(Role::Units, 0, limit / scale);
        seats.push((column, offer.seats * scale));
        least.push((column, scale));
        let strong = (most_a_session / scale).min(limit / scale);
        units.push(UnitColumn {
            offer: position,
            need: offer.need,
            column,
            scale,
            seats: offer.seats,
            a_session: strong,
        });
        if !draft.plain {
            draft.program.row(Keep::Always, -FREE, vec![(column, 1), (held, -strong)], 0);
        }
    }
    draft.program.row(Keep::Always, -FREE, seats, 0);
    draft.program.row(Keep::AtEnd, 0, least, FREE);
    let members = project.posts.iter().map(|p| members_of_post(p, project.size)).collect();
    let start = cell.start.index();
    draft.slots.push(Slot {
        cell: index,
        many,
        size: project.size,
        least: project.min_size.max(1),
        members,
        roomed: crate::fit::needs_room(project),
        span: (start, start + project.span as usize),
        exact,
        held,
        units,
        staff: Vec::new(),
        rooms: Vec::new(),
    });
}

/// Whether sessions of a cell must be told apart because sums over them could not be dealt out again.
fn one_by_one(model: &Model, cell: &Cell) -> bool {
    let case = model.case;
    let project = &case.projects[cell.project.index()];
    let mut persons: BTreeSet<Symbol> = BTreeSet::new();
    let uneven = project.size > 1
        && cell.offers.iter().any(|offer| {
            let need = &case.needs[offer.need.index()];
            offer.seats != cell.offers[0].seats
                || (offer.seats > 1 && project.size % offer.seats != 0 && cell.offers.len() > 1)
                || (need.whole && model.needs.open_units(offer.need) > 1)
                || need.person.is_some_and(|p| !persons.insert(p))
        });
    let rotating = cell.posts.iter().any(|p| matches!(p, PostCandidates::Rotating(_)));
    let ratio = case.rules.iter().any(|rule| {
        rule.kind == RuleKind::Ratio
            && rule_scope(case, &model.geography, rule).session(Some(cell.project), Some(cell.place), cell.start)
    });
    let pinned = case.pins.iter().any(|p| p.need.is_some() && p.resource.is_some());
    uneven || rotating || ratio || pinned || crowded(model, cell)
}

/// Whether a class could fill several posts of one session with fewer members than posts, several times a period:
/// then two sessions of one cell could end up with one member twice.
fn crowded(model: &Model, cell: &Cell) -> bool {
    let project = &model.case.projects[cell.project.index()];
    let mut seen: BTreeMap<crate::model::ClassId, (i64, i64, i64)> = BTreeMap::new();
    for (post, candidates) in project.posts.iter().zip(&cell.posts) {
        if let PostCandidates::Steady(list) = candidates {
            for candidate in list {
                let entry = seen.entry(candidate.class).or_insert((0, 0, i64::MAX));
                entry.0 += 1;
                entry.1 += members_of_post(post, project.size);
                entry.2 = entry.2.min(post.load);
            }
        }
    }
    seen.into_iter().any(|(class, (posts, members, load))| {
        let class = &model.classes[class.index()];
        let turns = if load == 0 { 2 } else { class.free[cell.start.index()] / load };
        posts > 1 && class.count < members && turns > 1
    })
}

/// An upper limit on the sessions of a cell: units, caps, staff and rooms.
fn most_sessions(model: &Model, cell: &Cell) -> i64 {
    let project = &model.case.projects[cell.project.index()];
    let least = project.min_size.max(1);
    let units = cell
        .offers
        .iter()
        .map(|o| {
            let need = &model.case.needs[o.need.index()];
            model.needs.open_units(o.need).min(need.per_period.unwrap_or(i64::MAX))
        })
        .fold(0i64, i64::saturating_add);
    let facts = model.facts.sessions_of.get(&cell.project).copied().unwrap_or(0);
    let mut most = units / least;
    most = most.min(project.max_per_cell.unwrap_or(most));
    most = most.min(project.max_sessions.map_or(most, |m| (m - facts).max(0)));
    for (post, candidates) in project.posts.iter().zip(&cell.posts) {
        let members = members_of_post(post, project.size);
        if members == 0 {
            continue;
        }
        let lists = match candidates {
            PostCandidates::Steady(list) => std::slice::from_ref(list),
            PostCandidates::Rotating(lists) => lists,
        };
        for (k, list) in lists.iter().enumerate() {
            let period = cell.start.index() + k;
            let turns = list
                .iter()
                .map(|c| {
                    let class = &model.classes[c.class.index()];
                    let turns = if post.load == 0 { most } else { class.free[period] / post.load };
                    class.count.saturating_mul(turns)
                })
                .fold(0i64, i64::saturating_add);
            most = most.min(turns / members);
            let distinct = list.iter().map(|c| model.classes[c.class.index()].count).fold(0i64, i64::saturating_add);
            if distinct < members {
                return 0;
            }
        }
    }
    if crate::fit::needs_room(project) {
        let rooms = cell
            .rooms
            .iter()
            .map(|c| {
                let class = &model.classes[c.index()];
                class.count.saturating_mul(class.free[cell.start.index()])
            })
            .fold(0i64, i64::saturating_add);
        most = most.min(rooms);
    }
    most
}

/// Whether anything may pay for a session of the cell at all.
fn payable(model: &Model, cell: &Cell) -> bool {
    let case = model.case;
    let project = &case.projects[cell.project.index()];
    let money = project.session_cost_fen > 0 || project.unit_cost_fen > 0;
    (!money || !cell.funds.is_empty())
        && project
            .goods
            .iter()
            .all(|g| g.n == 0 || case.resources.iter().any(|stock| may_stock(model, cell, stock, g.item)))
}

/// Whether some stock may give what one unit of a need takes.
fn goods_there(model: &Model, cell: &Cell, need: &crate::lists::Need) -> bool {
    need.goods
        .iter()
        .all(|g| g.n == 0 || model.case.resources.iter().any(|stock| may_stock(model, cell, stock, g.item)))
}

/// Whether a stock may give an item to sessions of a cell.
pub(super) fn may_stock(model: &Model, cell: &Cell, stock: &crate::lists::Resource, item: Symbol) -> bool {
    let project = (cell.project, &model.case.projects[cell.project.index()]);
    stock.kind == Kind::Goods
        && stock.roles.binary_search(&item).is_ok()
        && crate::fit::may_supply(&model.geography, stock, project, cell.place, cell.start)
}
