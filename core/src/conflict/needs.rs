//! Limits of `needs 需求清单`.
//!
//! Not among them: `services`, `unit` and `audience` say what is wanted; who offers it is a fact (the limit is the
//! project's `unit` or `audience`).

use super::limit::{self, Limit, Target};
use super::stake::Stake;
use crate::lists::{Case, Need, NeedId, PeriodSet, PlaceId, Table};

/// A cell of a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NeedCell {
    Quantity,
    Whole,
    OneProject,
    Periods,
    PerPeriod,
    Reach,
    Place,
    Projects,
    Exclude,
    Person,
    Goods,
}

/// The limits of one need.
pub(super) fn list(case: &Case, id: NeedId, out: &mut Vec<Limit>) {
    let need = &case.needs[id.index()];
    let mut add = |cell, column, value| {
        let (table, row, target) = (Table::Needs, Some(need.row), Target::Need(id, cell));
        out.push(Limit { table, row, column: Some(column), value, target });
    };
    add(NeedCell::Quantity, "quantity", need.quantity.to_string());
    if need.whole {
        add(NeedCell::Whole, "whole", "yes".to_owned());
    }
    if need.one_project {
        add(NeedCell::OneProject, "one_project", "yes".to_owned());
    }
    if !need.periods.is_all() {
        add(NeedCell::Periods, "periods", limit::periods(case, &need.periods));
    }
    if let Some(most) = need.per_period {
        add(NeedCell::PerPeriod, "per_period", most.to_string());
    }
    add(NeedCell::Reach, "reach_minutes", need.reach_minutes.to_string());
    add(NeedCell::Place, "place", case.places[need.place.index()].id.clone());
    if let Some(list) = &need.projects {
        add(NeedCell::Projects, "projects", limit::projects(case, list));
    }
    if !need.exclude.is_empty() {
        add(NeedCell::Exclude, "exclude", limit::projects(case, &need.exclude));
    }
    if need.person.is_some() {
        add(NeedCell::Person, "person", String::new());
    }
    if !need.goods.is_empty() {
        let items = need.goods.iter().map(|g| format!("{}:{}", case.text(g.item), g.n));
        add(NeedCell::Goods, "goods", limit::joined(items));
    }
}

/// Lifts a cell; `everywhere` is a place from which every place is at 0 minutes.
pub(super) fn lift(need: &mut Need, cell: NeedCell, everywhere: PlaceId) {
    match cell {
        // See `settle`: whether these two can be lifted hangs on other cells.
        NeedCell::Quantity | NeedCell::Whole => {}
        NeedCell::OneProject => need.one_project = false,
        NeedCell::Periods => need.periods = PeriodSet::all(),
        NeedCell::PerPeriod => need.per_period = None,
        NeedCell::Reach => need.reach_minutes = i64::MAX,
        NeedCell::Place => need.place = everywhere,
        NeedCell::Projects => need.projects = None,
        NeedCell::Exclude => need.exclude = [].into(),
        NeedCell::Person => need.person = None,
        NeedCell::Goods => need.goods = [].into(),
    }
}

/// Lifts `whole` and `quantity` where that only widens: without `whole` a need with a person gets one unit a session,
/// and more units of a whole need are harder to place, not easier.
pub(super) fn settle(need: &mut Need, whole: bool, quantity: bool, stake: &Stake) {
    if whole && need.person.is_none() {
        need.whole = false;
    }
    if quantity && !need.whole {
        need.quantity = need.quantity.saturating_add(stake.units);
    }
}
