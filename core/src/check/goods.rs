//! **H11 goods** Likewise, item by item: each session gets exactly the items that its project takes (per session and
//! per unit) and that its needs wish for (per unit served), from stocks that hold the item and may be used for it; no
//! stock is overdrawn, all items of a row together. Amounts are ≥ 1, one line a stock and item.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::Fault;
use super::money::judge_use;
use super::permits;
use super::reading::{Held, Reading};
use super::violation::Violation;
use crate::lists::{Kind, Project, ProjectId, ResourceId};

pub(super) fn judge(reading: &Reading, out: &mut Vec<Violation>) {
    for held in &reading.sessions {
        if let Some(project) = held.judged() {
            judge_lines(reading, held, project, out);
            judge_items(reading, held, project.1, out);
        }
    }
    judge_balances(reading, out);
}

fn judge_lines(reading: &Reading, held: &Held, project: (ProjectId, &Project), out: &mut Vec<Violation>) {
    let mut seen = BTreeSet::new();
    let mut rows = BTreeSet::new();
    for draw in &held.session.goods {
        if draw.n < 1 {
            out.push(
                Violation::new("H11", Fault::Items)
                    .of([&draw.stock, &draw.item])
                    .amounts(draw.n.into(), 1)
                    .at(&held.label),
            );
        }
        if !seen.insert((draw.stock.as_str(), draw.item.as_str())) {
            out.push(Violation::new("H11", Fault::StockTwice).of([&draw.stock, &draw.item]).at(&held.label));
            continue;
        }
        let Some(row) = reading.case.resource(&draw.stock).map(|id| reading.resource(id)) else { continue };
        if row.kind != Kind::Goods {
            out.push(Violation::new("H11", Fault::NotGoods).of([&row.id]).at(&held.label));
            continue;
        }
        if !row.roles.iter().any(|item| reading.case.text(*item) == draw.item) {
            out.push(Violation::new("H11", Fault::NoItem).of([&row.id, &draw.item]).at(&held.label));
        }
        if rows.insert(row.id.as_str()) {
            permits::judge_project("H11", row, project, Some(&held.label), out);
            judge_use("H11", reading, row, held, out);
        }
    }
}

fn judge_items(reading: &Reading, held: &Held, project: &Project, out: &mut Vec<Violation>) {
    let mut balance: BTreeMap<&str, (i128, i128)> = BTreeMap::new();
    let add = |(_, wanted): &mut (i128, i128), taken: i128| *wanted = wanted.saturating_add(taken);
    for draw in &held.session.goods {
        balance.entry(&draw.item).or_default().0 += i128::from(draw.n);
    }
    for goods in project.goods.iter() {
        let times = if goods.per_unit { held.units() } else { 1 };
        let taken = i128::from(goods.n).saturating_mul(times);
        add(balance.entry(reading.case.text(goods.item)).or_default(), taken);
    }
    for (need, units) in &held.needs {
        let Some(need) = need.map(|need| reading.need(need)) else { continue };
        for wish in need.goods.iter() {
            let taken = i128::from(wish.n).saturating_mul(*units);
            add(balance.entry(reading.case.text(wish.item)).or_default(), taken);
        }
    }
    for (item, (given, wanted)) in balance {
        if given != wanted {
            out.push(Violation::new("H11", Fault::ItemCount).of([item]).amounts(given, wanted).at(&held.label));
        }
    }
}

/// Facts count too: a fact that overdraws a stock is an error.
fn judge_balances(reading: &Reading, out: &mut Vec<Violation>) {
    let mut drawn: BTreeMap<ResourceId, (i128, Vec<String>)> = BTreeMap::new();
    for held in &reading.sessions {
        for draw in &held.session.goods {
            if let Some(id) = reading.case.resource(&draw.stock) {
                let (sum, labels) = drawn.entry(id).or_default();
                *sum += i128::from(draw.n.max(0));
                labels.push(held.label.clone());
            }
        }
    }
    for (id, (sum, labels)) in drawn {
        let row = reading.resource(id);
        if row.kind == Kind::Goods && sum > i128::from(row.amount) {
            out.push(
                Violation::new("H11", Fault::StockOverdrawn)
                    .of([&row.id])
                    .amounts(sum, row.amount.into())
                    .among(labels),
            );
        }
    }
}
