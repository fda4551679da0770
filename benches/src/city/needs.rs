//! The needs list.

use sandan::lists::Table;

use super::draft::Draft;
use super::land::Land;
use super::{City, Feature};
use crate::draw::Draw;

/// What group activities are about.
pub const SERVICES: [&str; 8] =
    ["课业辅导", "心理健康", "安全教育", "权益保护", "健康科普", "艺术陪伴", "亲子活动", "生涯体验"];
/// What cases are about.
pub const CASES: [&str; 2] = ["个案帮扶", "权益个案"];
/// The service of families.
pub const FAMILY: &str = "家庭支持";
/// What a wish asks for.
pub const ITEMS: [&str; 4] = ["书包", "台灯", "电子琴", "球鞋"];
/// The service of wishes.
pub const WISH: &str = "微心愿";
/// Need rows of a community that group activities serve.
const GROUP_ROWS: usize = 14;
/// Need rows of a community that are families, cases or wishes.
const CASE_ROWS: usize = 4;

/// The needs list and what the other tables are measured by.
pub struct Needs {
    /// The table.
    pub draft: Draft,
    /// Units that group activities are wanted for, by district.
    pub group_units: Vec<i64>,
    /// Wishes by item.
    pub wishes: [i64; ITEMS.len()],
}

/// Draws the needs.
pub fn needs(city: &City, land: &Land) -> Needs {
    let columns = [
        "id",
        "place",
        "services",
        "quantity",
        "unit",
        "priority",
        "must",
        "whole",
        "one_project",
        "periods",
        "per_period",
        "reach_minutes",
        "audience",
        "person",
        "goods",
    ];
    let mut draw = Draw::new(city.seed, "needs");
    // Extras have a stream of their own, so that a feature changes nothing but itself.
    let mut extra = Draw::new(city.seed, "extra of needs");
    let mut all = Needs {
        draft: Draft::new(Table::Needs, &columns),
        group_units: vec![0; land.districts],
        wishes: [0; ITEMS.len()],
    };
    for community in &land.communities {
        for _ in 0..GROUP_ROWS {
            let quantity = match draw.between(1, 100) {
                ..=60 => draw.between(3, 30),
                61..=90 => draw.between(31, 80),
                _ => draw.between(81, 200),
            };
            let service = *draw.one(&SERVICES);
            let reach = draw.chance(20) && city.has(Feature::Reach);
            let periods = window(&mut draw, land, 40);
            let priority = priority(&mut draw);
            all.group_units[community.district] += quantity;
            let must = extra.chance(4) && city.has(Feature::Must);
            let one_project = extra.chance(15) && city.has(Feature::OneProject);
            let limited = extra.chance(20) && city.has(Feature::PerPeriod);
            let audience = ["", "留守儿童", "困境儿童", "留守儿童;困境儿童"][extra.index(4)];
            all.draft.row(&[
                ("id", &id(&all.draft)),
                ("place", &community.id),
                ("services", service),
                ("quantity", &quantity.to_string()),
                ("unit", "人次"),
                ("priority", &priority),
                ("must", if must { "yes" } else { "" }),
                ("one_project", if one_project { "yes" } else { "" }),
                ("periods", &periods),
                ("per_period", &if limited { (quantity / 2).max(1).to_string() } else { String::new() }),
                ("reach_minutes", if reach { "15" } else { "" }),
                ("audience", if city.has(Feature::Audience) { audience } else { "" }),
            ]);
        }
        for row in 0..if city.has(Feature::Cases) { CASE_ROWS } else { 0 } {
            let priority = priority(&mut draw);
            let person = format!("K{}-{}", community.id, extra.between(1, 2));
            let base = id(&all.draft);
            let mut cells = vec![("id", base.as_str()), ("place", &community.id), ("priority", &priority)];
            let (size, periods) = (draw.between(2, 6), window(&mut draw, land, 40));
            let (quantity, item) = (draw.between(1, 3), draw.index(ITEMS.len()));
            let service = *draw.one(&SERVICES);
            let case = *draw.one(&CASES);
            let (size, quantity, goods) = (size.to_string(), quantity, format!("{}:1", ITEMS[item]));
            let amount = quantity.to_string();
            match row {
                // A family comes together or not at all: to a session of families, or among the others of an activity.
                0 => {
                    let service = if city.has(Feature::Families) { service } else { FAMILY };
                    cells.extend([("services", service), ("quantity", &size), ("unit", "人次"), ("whole", "yes")]);
                    cells.push(("periods", &periods));
                }
                // Cases: one child, one social worker, some months.
                1 | 2 => {
                    cells.extend([("services", case), ("quantity", if row == 1 { "1" } else { &amount })]);
                    cells.push(("unit", "例"));
                    if city.has(Feature::Person) {
                        cells.push(("person", &person));
                    }
                }
                _ => {
                    all.wishes[item] += quantity;
                    cells.extend([("services", WISH), ("quantity", &amount), ("unit", "件")]);
                    if city.has(Feature::Stocks) {
                        cells.push(("goods", &goods));
                    }
                }
            }
            all.draft.row(&cells);
        }
    }
    all
}

fn id(draft: &Draft) -> String {
    format!("N{:06}", draft.rows() + 1)
}

fn priority(draw: &mut Draw) -> String {
    match draw.between(1, 100) {
        ..=60 => "1",
        61..=85 => "2",
        _ => "3",
    }
    .to_owned()
}

/// Blank, or in so many of a hundred rows a quarter or a half of the horizon.
fn window(draw: &mut Draw, land: &Land, percent: i64) -> String {
    let months = land.periods.len();
    let length = (*draw.one(&[3, 6, 6])).min(months);
    let first = draw.index(months - length + 1);
    if draw.chance(percent) { land.range(first, length) } else { String::new() }
}
