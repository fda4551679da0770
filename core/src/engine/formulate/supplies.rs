//! H10 money and H11 goods: demands grouped by the supplies that may meet them.

use std::collections::BTreeMap;

use super::super::program::{Column, FREE, Keep, Role};
use super::slots::may_stock;
use super::{Draft, FlowGroup};
use crate::fit;
use crate::lists::{Kind, ResourceId, Symbol, Term};
use crate::model::{Cell, of_kind};

/// What a group is: an item (`None` is money) and the supplies that may give it, restricted ones first.
type Key = (Option<Symbol>, Vec<ResourceId>);

pub(super) fn write(draft: &mut Draft) {
    let mut demands: BTreeMap<Key, Vec<(Column, i64)>> = BTreeMap::new();
    money(draft, &mut demands);
    launches(draft, &mut demands);
    goods(draft, &mut demands);
    let mut drawn: BTreeMap<ResourceId, Vec<(Column, i64)>> = BTreeMap::new();
    for ((item, supplies), demand) in demands {
        if let [only] = supplies[..] {
            drawn.entry(only).or_default().extend(demand);
            draft.groups.push(FlowGroup { item, supplies: vec![(only, None)], row: None });
            continue;
        }
        let mut balance: Vec<(Column, i64)> = demand.into_iter().map(|(c, a)| (c, -a)).collect();
        let mut flows = Vec::new();
        for &supply in &supplies {
            let column = draft.program.column(Role::Flow, 0, left(draft, supply));
            balance.push((column, 1));
            drawn.entry(supply).or_default().push((column, 1));
            flows.push((supply, Some(column)));
        }
        let row = draft.program.row(Keep::Always, 0, balance, 0);
        draft.groups.push(FlowGroup { item, supplies: flows, row });
    }
    for (supply, entries) in drawn {
        let limit = left(draft, supply);
        draft.program.row(Keep::Always, -FREE, entries, limit);
    }
}

/// What facts leave of a fund or stock.
fn left(draft: &Draft, supply: ResourceId) -> i64 {
    let drawn = draft.model.facts.drawn.get(&supply).copied().unwrap_or(0);
    (draft.model.case.resources[supply.index()].amount - drawn).max(0)
}

/// The supplies of a key, the most restricted first, so that a greedy draw keeps the free money for what needs it.
pub fn restricted_first(draft_case: &crate::lists::Case, mut supplies: Vec<ResourceId>) -> Vec<ResourceId> {
    let freedom = |id: &ResourceId| {
        let row = &draft_case.resources[id.index()];
        [row.projects.is_none(), row.services.is_none(), row.places.is_none(), row.periods.is_all()]
            .into_iter()
            .filter(|free| *free)
            .count()
    };
    supplies.sort_by_key(|id| (freedom(id), *id));
    supplies
}

fn money(draft: &mut Draft, demands: &mut BTreeMap<Key, Vec<(Column, i64)>>) {
    let model = draft.model;
    for index in 0..draft.slots.len() {
        let slot = &draft.slots[index];
        let cell = &model.cells[slot.cell];
        let project = &model.case.projects[cell.project.index()];
        let mut entries = vec![(slot.held, project.session_cost_fen)];
        entries.extend(slot.units.iter().map(|u| (u.column, project.unit_cost_fen * u.scale)));
        entries.retain(|e| e.1 > 0);
        if entries.is_empty() {
            continue;
        }
        for &(column, fen) in &entries {
            draft.value(Term::Cost, column, -fen);
        }
        let key = (None, restricted_first(model.case, cell.funds.to_vec()));
        demands.entry(key).or_default().extend(entries);
    }
}

fn launches(draft: &mut Draft, demands: &mut BTreeMap<Key, Vec<(Column, i64)>>) {
    let model = draft.model;
    let funds = of_kind(model.case, Kind::Fund);
    let held: Vec<_> = draft.held.iter().map(|(id, held)| (*id, held.column)).collect();
    for (id, column) in held {
        let project = &model.case.projects[id.index()];
        if project.launch_cost_fen == 0 || model.facts.launched.contains(&id) {
            continue;
        }
        draft.value(Term::Cost, column, -project.launch_cost_fen);
        let paying: Vec<ResourceId> =
            funds.iter().filter(|f| fit::may_launch(&model.case.resources[f.index()], id, project)).copied().collect();
        if paying.is_empty() {
            draft.program.upper[column.index()] = 0;
            continue;
        }
        let key = (None, restricted_first(model.case, paying));
        demands.entry(key).or_default().push((column, project.launch_cost_fen));
    }
}

fn goods(draft: &mut Draft, demands: &mut BTreeMap<Key, Vec<(Column, i64)>>) {
    let model = draft.model;
    let stocks = of_kind(model.case, Kind::Goods);
    for slot in &draft.slots {
        let cell: &Cell = &model.cells[slot.cell];
        let mut add = |item: Symbol, column: Column, n: i64| {
            if n == 0 {
                return;
            }
            let may = |s: &&ResourceId| may_stock(model, cell, &model.case.resources[s.index()], item);
            let giving: Vec<ResourceId> = stocks.iter().filter(may).copied().collect();
            let key = (Some(item), restricted_first(model.case, giving));
            demands.entry(key).or_default().push((column, n));
        };
        for goods in model.case.projects[cell.project.index()].goods.iter() {
            if goods.per_unit {
                slot.units.iter().for_each(|u| add(goods.item, u.column, goods.n * u.scale));
            } else {
                add(goods.item, slot.held, goods.n);
            }
        }
        for unit in &slot.units {
            for goods in model.case.needs[cell.offers[unit.offer].need.index()].goods.iter() {
                add(goods.item, unit.column, goods.n * unit.scale);
            }
        }
    }
}
