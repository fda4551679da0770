//! Pays every session and launch from what flows to its group.

use std::collections::BTreeMap;

use super::sessions::Held;
use crate::engine::formulate::{Formulation, restricted_first};
use crate::fit;
use crate::lists::{Kind, ProjectId, ResourceId, Symbol};
use crate::model::{Model, of_kind};
use crate::plan::{Draw, Payment};

/// What one session is paid from.
pub(super) struct Bill {
    pub(super) funds: Vec<Payment>,
    pub(super) goods: Vec<Draw>,
}

/// All bills.
pub(super) struct Bills {
    pub(super) sessions: Vec<Bill>,
    pub(super) launches: Vec<(ProjectId, Vec<Payment>)>,
}

/// The item (`None` is money) and the supplies that may give it.
type Group = (Option<Symbol>, Vec<ResourceId>);

/// What is left to draw in each group, by supply.
struct Purse {
    groups: BTreeMap<Group, Vec<(ResourceId, i64)>>,
}

impl Purse {
    /// Draws from a group; `None` if it is not enough.
    fn draw(&mut self, item: Option<Symbol>, supplies: Vec<ResourceId>, amount: i64) -> Option<Vec<(ResourceId, i64)>> {
        let mut missing = amount;
        let mut lines = Vec::new();
        if missing == 0 {
            return Some(lines);
        }
        for (supply, left) in self.groups.get_mut(&(item, supplies))? {
            let take = missing.min(*left);
            if take > 0 {
                *left -= take;
                missing -= take;
                lines.push((*supply, take));
            }
        }
        (missing == 0).then_some(lines)
    }
}

pub(super) fn settle_bills(model: &Model, whole: &Formulation, x: &[i64], held: &[Held]) -> Option<Bills> {
    let mut purse = Purse { groups: BTreeMap::new() };
    for group in &whole.groups {
        let supplies = group.supplies.iter().map(|s| s.0).collect();
        // A group with one supply has a row of its own that keeps it within its amount.
        let left = group.supplies.iter().map(|(s, c)| (*s, c.map_or(i64::MAX, |c| x[c.index()]))).collect();
        purse.groups.insert((group.item, supplies), left);
    }
    let stocks = of_kind(model.case, Kind::Goods);
    let sessions =
        held.iter().map(|session| bill(model, whole, &mut purse, &stocks, session)).collect::<Option<_>>()?;
    let funds = of_kind(model.case, Kind::Fund);
    let mut launches = Vec::new();
    for (id, held) in &whole.held {
        let project = &model.case.projects[id.index()];
        let paid = model.facts.launched.contains(id) || project.launch_cost_fen == 0;
        if paid || x[held.column.index()] == 0 {
            continue;
        }
        let may = |f: &&ResourceId| fit::may_launch(&model.case.resources[f.index()], *id, project);
        let key = restricted_first(model.case, funds.iter().filter(may).copied().collect());
        let lines = purse.draw(None, key, project.launch_cost_fen)?;
        launches.push((*id, payments(model, &lines)));
    }
    Some(Bills { sessions, launches })
}

fn bill(model: &Model, whole: &Formulation, purse: &mut Purse, stocks: &[ResourceId], session: &Held) -> Option<Bill> {
    let case = model.case;
    let slot = &whole.slots[session.slot];
    let cell = &model.cells[slot.cell];
    let project = &case.projects[cell.project.index()];
    let units: i64 = session.units.iter().map(|u| u.1).sum();
    let fen = project.session_cost_fen + project.unit_cost_fen * units;
    let funds = purse.draw(None, restricted_first(case, cell.funds.to_vec()), fen)?;
    let mut wanted: BTreeMap<Symbol, i64> = BTreeMap::new();
    for goods in project.goods.iter() {
        *wanted.entry(goods.item).or_default() += if goods.per_unit { goods.n * units } else { goods.n };
    }
    for &(position, n) in &session.units {
        let need = cell.offers[slot.units[position].offer].need;
        for goods in case.needs[need.index()].goods.iter() {
            *wanted.entry(goods.item).or_default() += goods.n * n;
        }
    }
    let mut goods = Vec::new();
    for (item, n) in wanted {
        let may = |s: &&ResourceId| {
            let stock = &case.resources[s.index()];
            stock.roles.binary_search(&item).is_ok()
                && fit::may_supply(&model.geography, stock, (cell.project, project), cell.place, cell.start)
        };
        let key = restricted_first(case, stocks.iter().filter(may).copied().collect());
        for (stock, n) in purse.draw(Some(item), key, n)? {
            let stock = case.resources[stock.index()].id.clone();
            goods.push(Draw { stock, item: case.text(item).to_owned(), n });
        }
    }
    Some(Bill { funds: payments(model, &funds), goods })
}

fn payments(model: &Model, lines: &[(ResourceId, i64)]) -> Vec<Payment> {
    lines.iter().map(|(fund, fen)| Payment { fund: model.case.resources[fund.index()].id.clone(), fen: *fen }).collect()
}
