//! Like needs are folded into one, and plain transportation is solved as a network: neither changes what a plan is worth,
//! and what a class is served is dealt out to its rows in proportion.

use std::collections::BTreeMap;
use std::fs;

use sandan::intake::sheets::from_json;
use sandan::plan::{Plan, Status};
use sandan::{Flow, Solver, solve};
use sandan_tests::root;
use serde_json::{Value, json};

/// The plan of a case that is solved to the end, if it can be.
fn planned(case: &Value) -> Option<Plan> {
    let mut case = from_json(&case.to_string()).understand().expect("a sound case").case;
    case.settings.gap_ppm = 0;
    solve(&case, &mut |_| Flow::Continue).ok()
}

fn values(plan: &Plan) -> Vec<i64> {
    plan.levels.iter().map(|level| level.value).collect()
}

/// The units that each need is served.
fn served(plan: &Plan) -> BTreeMap<&str, i64> {
    let mut served = BTreeMap::new();
    for need in plan.sessions.iter().flat_map(|session| &session.needs) {
        *served.entry(need.need.as_str()).or_default() += need.units;
    }
    served
}

/// The same case with one row a unit, for needs that limit nothing but units; how many rows that added.
fn unit_by_unit(case: &mut Value) -> usize {
    let rows = |case: &Value, table: &str| case[table].as_array().cloned().unwrap_or_default();
    let (needs, fits, pins) = (rows(case, "needs"), rows(case, "fit"), rows(case, "pins"));
    let bound = ["whole", "one_project", "per_period", "person"];
    let (mut single_needs, mut single_fits) = (Vec::new(), Vec::new());
    for need in &needs {
        let quantity = need["quantity"].as_i64().unwrap_or(1);
        let told_apart =
            bound.iter().any(|key| !need[key].is_null()) || pins.iter().any(|pin| pin["need"] == need["id"]);
        let copies = if told_apart { 1 } else { quantity };
        for copy in 1..=copies {
            let mut row = need.clone();
            if copies > 1 {
                row["id"] = json!(format!("{}-{copy}", need["id"].as_str().expect("an id")));
                row["quantity"] = json!(1);
            }
            for fit in fits.iter().filter(|fit| fit["need"] == need["id"]) {
                let mut fit = fit.clone();
                fit["need"] = row["id"].clone();
                single_fits.push(fit);
            }
            single_needs.push(row);
        }
    }
    let added = single_needs.len() - needs.len();
    case["needs"] = json!(single_needs);
    if !single_fits.is_empty() {
        case["fit"] = json!(single_fits);
    }
    added
}

#[test]
fn a_need_given_unit_by_unit_is_worth_the_same() {
    let text = fs::read_to_string(root().join("tests/oracle/cases/cases.jsonl")).expect("the committed sample");
    let mut compared = 0;
    for line in text.lines().take(120) {
        let line: Value = serde_json::from_str(line).expect("a line of JSON");
        let mut case = line["case"].clone();
        if !case["previous"].is_null() {
            continue;
        }
        let Some(whole) = planned(&case).filter(|plan| plan.status == Status::Optimal) else { continue };
        if unit_by_unit(&mut case) == 0 {
            continue;
        }
        let units = planned(&case).expect("a case with a plan");
        if units.status == Status::Optimal {
            assert_eq!(values(&units), values(&whole), "{}", line["id"]);
            compared += 1;
        }
    }
    assert!(compared > 60, "{compared}");
}

/// People of few kinds in two towns, sessions that need nobody.
fn transportation(draw: &mut impl FnMut(u64) -> u64) -> Value {
    let rows = 3 + draw(8);
    let mut needs = Vec::new();
    let mut fits = Vec::new();
    for n in 0..rows {
        let (kind, periods) = (draw(3), ["", "1..2", "2..3"][draw(3) as usize]);
        let (place, must) = (["A", "B"][draw(2) as usize], ["yes", "no"][draw(2) as usize]);
        needs.push(json!({
            "id": format!("N{n}"), "place": place, "services": "s", "quantity": 1 + draw(6), "periods": periods,
            "reach_minutes": 20, "must": must, "priority": 1 + draw(3),
        }));
        for (project, points) in [[9, 4], [3, 7], [0, 20]][kind as usize].into_iter().enumerate() {
            fits.push(json!({"need": format!("N{n}"), "project": format!("P{project}"), "points": points}));
        }
    }
    let levels = ["must | quality travel", "must | quota | coverage | travel | quality", "coverage travel | quality"];
    let project = |id: &str, seats: u64, most: u64| json!({"id": id, "services": "s", "places": "A;B", "size": 1 + seats, "max_per_cell": 1 + most});
    let levels = levels[draw(3) as usize];
    json!({
        "needs": needs, "fit": fits,
        "projects": [project("P0", draw(4), draw(2)), project("P1", draw(3), draw(2)), {"id": "P9", "services": "nobody's"}],
        "resources": [{"id": "R", "roles": "idle"}],
        "travel": [{"from": "A", "to": "B", "minutes": 5 + draw(20)}],
        "periods": [{"id": "1"}, {"id": "2"}, {"id": "3"}],
        "settings": [
            {"key": "levels", "value": levels}, {"key": "weight.quality", "value": "10"},
            {"key": "weight.travel", "value": "3"},
        ],
    })
}

#[test]
fn a_network_of_folded_needs_is_worth_what_other_searches_find_row_by_row() {
    let mut state = 0u64;
    let mut draw = |limit: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % limit
    };
    let (mut held, mut compared) = (0, 0);
    for number in 0..40 {
        let case = transportation(&mut draw);
        let lists = from_json(&case.to_string()).understand().expect("a sound case").case;
        let at_once = Solver::new(&lists).and_then(|solver| solver.plan()).expect("a plan at any time");
        let network = planned(&case).expect("no pins");
        assert!(values(&at_once) <= values(&network), "{number}");
        assert_eq!(network.status, Status::Optimal, "{number}");
        assert_eq!(network.stats["nodes"] + network.stats["rounds"], 0, "{number}: more than a network");
        held += network.sessions.len();
        // A rule that never binds makes it more than transportation; pins that forbid nothing tell the rows apart.
        let (mut ruled, mut pinned, mut units) = (case.clone(), case.clone(), case.clone());
        ruled["rules"] = json!([{"id": "Q", "rule": "sessions", "max": 1000}]);
        let needs = case["needs"].as_array().expect("needs");
        let forbidden = needs.iter().map(|need| json!({"pin": "forbid", "need": need["id"], "project": "P9"}));
        pinned["pins"] = forbidden.collect();
        unit_by_unit(&mut units);
        for other in [ruled, pinned, units] {
            let other = planned(&other).expect("no pin that asks for anything");
            if other.status == Status::Optimal {
                assert_eq!(values(&other), values(&network), "{number}");
                compared += 1;
            }
        }
    }
    assert!(held > 200 && compared > 100, "{held} {compared}");
}

#[test]
fn like_needs_share_seats_in_proportion_to_what_they_ask_for() {
    let case = |needs: &[(&str, i64)]| {
        let row =
            |&(id, quantity): &(&str, i64)| json!({"id": id, "place": "A", "services": "s", "quantity": quantity});
        json!({
            "needs": needs.iter().map(row).collect::<Vec<_>>(),
            "projects": [{"id": "P", "services": "s", "size": 3, "max_sessions": 2}],
            "resources": [{"id": "R", "roles": "idle"}],
        })
    };
    let rows = [("N1", 2), ("N2", 4), ("N3", 6)];
    let plan = planned(&case(&rows)).expect("no pins");
    assert_eq!(served(&plan), BTreeMap::from([("N1", 1), ("N2", 2), ("N3", 3)]));
    let mut turned = rows;
    turned.reverse();
    let other = planned(&case(&turned)).expect("no pins");
    assert_eq!(other.to_json(), plan.to_json(), "the order of rows says nothing");
    // Of single people those that stand first.
    let people = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"].map(|id| (id, 1));
    let plan = planned(&case(&people)).expect("no pins");
    assert_eq!(served(&plan).into_keys().collect::<Vec<_>>(), ["a", "b", "c", "d", "e", "f"]);
}
