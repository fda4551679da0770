//! Rooms, funds and stocks.

use super::draft::Draft;
use super::land::Land;
use super::needs::{ITEMS, Needs};
use super::projects::{KIT, Projects};
use super::{City, Feature};
use crate::draw::Draw;

/// Yuan granted of a hundred that serving every need would take.
const BUDGET_PERCENT: i64 = 76;
/// With `districts`, so much of a hundred of the budget is the prefecture's; districts share the rest by their needs.
const PREFECTURE_PERCENT: i64 = 40;
/// Items in stock of a hundred wished for.
const STOCK_PERCENT: i64 = 80;
/// Yuan that cases and wishes of a community take, about.
const CASE_YUAN: i64 = 1_500;

/// Writes rooms, funds and stocks.
pub fn means(city: &City, land: &Land, needs: &Needs, projects: &Projects, draft: &mut Draft) {
    if city.has(Feature::Rooms) {
        rooms(city, land, draft);
    }
    if city.has(Feature::Funds) {
        funds(city, land, needs, projects, draft);
    }
    if city.has(Feature::Stocks) {
        stocks(land, needs, projects, draft);
    }
}

/// A room in four of five communities, a hall in two.
fn rooms(city: &City, land: &Land, draft: &mut Draft) {
    let mut draw = Draw::new(city.seed, "rooms");
    for community in &land.communities {
        for (kind, percent, seats, prefix) in [("活动室", 80, 30, "A"), ("礼堂", 40, 100, "H")] {
            let held = draw.chance(percent);
            let per_period = draw.between(1, 2).to_string();
            let seats = (seats + draw.between(0, 2) * 10).to_string();
            if held {
                draft.row(&[
                    ("id", &format!("{prefix}-{}", community.id)),
                    ("kind", "venue"),
                    ("roles", kind),
                    ("place", &community.id),
                    ("per_period", &per_period),
                    ("seats", &seats),
                ]);
            }
        }
    }
}

/// What serving every group need of a district would cost, cases and wishes included, in yuan.
fn wanted(land: &Land, needs: &Needs, projects: &Projects, district: usize) -> i64 {
    let communities = land.communities.iter().filter(|c| c.district == district).count() as i64;
    needs.group_units[district] * projects.mean_cost / projects.mean_size.max(1) + communities * CASE_YUAN
}

fn funds(city: &City, land: &Land, needs: &Needs, projects: &Projects, draft: &mut Draft) {
    let share = |yuan: i64, percent: i64| yuan * BUDGET_PERCENT / 100 * percent / 100;
    let prefectures = if city.has(Feature::Districts) { PREFECTURE_PERCENT } else { 100 };
    for prefecture in 0..land.prefectures() {
        let yuan: i64 = land.districts_of(prefecture).iter().map(|d| wanted(land, needs, projects, *d)).sum();
        // Launches can only be paid by a fund without places, so it is its projects that tie it to its prefecture.
        let own: Vec<String> = (0..projects.prefectures.len())
            .filter(|k| projects.prefectures[*k] == prefecture)
            .map(|k| format!("P{:03}", k + 1))
            .collect();
        let own = if land.prefectures() == 1 { String::new() } else { own.join(";") };
        let amount = share(yuan, prefectures).max(1).to_string();
        draft.row(&[
            ("id", &format!("F-{}", land.prefecture(prefecture))),
            ("kind", "fund"),
            ("amount", &amount),
            ("projects", &own),
        ]);
    }
    for district in 0..if prefectures < 100 { land.districts } else { 0 } {
        let yuan = share(wanted(land, needs, projects, district), 100 - prefectures);
        let id = land.district(district);
        draft.row(&[
            ("id", &format!("F-{id}")),
            ("kind", "fund"),
            ("amount", &yuan.max(1).to_string()),
            ("places", &id),
        ]);
    }
}

fn stocks(land: &Land, needs: &Needs, projects: &Projects, draft: &mut Draft) {
    for (item, wanted) in ITEMS.iter().zip(needs.wishes) {
        let amount = (wanted * STOCK_PERCENT).div_euclid(100).to_string();
        draft.row(&[("id", &format!("W-{item}")), ("kind", "goods"), ("roles", item), ("amount", &amount)]);
    }
    let units: i64 = needs.group_units.iter().sum();
    // A fifth of the projects use a kit a session.
    let kits = (units / projects.mean_size.max(1) / 6).max(land.districts as i64);
    draft.row(&[("id", &format!("W-{KIT}")), ("kind", "goods"), ("roles", KIT), ("amount", &kits.to_string())]);
}
