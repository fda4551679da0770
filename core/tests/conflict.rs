//! Pins that cannot hold together are named with an irreducible set of limits, and the claim is shown again here: with
//! every limit lifted but the set there is no plan, with any one of the set lifted too there is one that passes the check.

use sandan::conflict::{Answer, Limits, possible};
use sandan::intake::sheets::from_json;
use sandan::lists::{Case, Lang};
use sandan::{Flow, NoPlan, solve};
use serde_json::{Value, json};

fn case(document: &Value) -> Case {
    from_json(&document.to_string()).understand().unwrap_or_else(|p| panic!("{document}: {p:?}")).case
}

/// The set as `table:row:column`, after showing that it is irreducible.
fn shown(case: &Case) -> Vec<String> {
    shown_by(case, 1)
}

/// The same where one of so many limits is shown to matter.
fn shown_by(case: &Case, step: usize) -> Vec<String> {
    let limits = Limits::new(case);
    let conflict = limits.conflict();
    let name = |i: &usize| {
        let limit = &limits.list()[*i];
        let row = limit.row.map_or(String::new(), |row| row.to_string());
        format!("{}:{row}:{}", limit.table.name(), limit.column.unwrap_or(""))
    };
    let names: Vec<String> = conflict.limits.iter().map(name).collect();
    assert!(conflict.irreducible, "{names:?}");
    let mut kept = limits.keeping(&conflict.limits);
    // The whole case may be too large to be refuted; that nothing is lost by leaving things out shows where it is not.
    assert_ne!(possible(&kept), Answer::Possible, "{names:?} can hold");
    limits.narrow(&mut kept);
    assert_eq!(possible(&kept), Answer::Impossible, "{names:?}");
    for position in (0..conflict.limits.len()).step_by(step) {
        let mut rest = conflict.limits.clone();
        rest.remove(position);
        let lifted = limits.keeping(&rest);
        // The first plan will do: `solve` hands out none that does not pass the check.
        let first = solve(&lifted, &mut |p| if p.value.is_some() { Flow::Stop } else { Flow::Continue });
        assert!(first.is_ok(), "{names:?} without {}: {:?}", names[position], first.err());
    }
    let mut names = names;
    names.sort_unstable();
    names
}

/// One need, one project and one social worker at C1 in three periods, with the cells that a test changes.
fn base() -> Value {
    json!({
        "needs": [{"id": "N1", "place": "C1", "services": "帮扶"}],
        "projects": [{"id": "P1", "services": "帮扶", "staffing": "社工:1"}],
        "resources": [{"id": "R1", "roles": "社工"}],
        "places": [{"id": "C1"}, {"id": "C2"}],
        "travel": [{"from": "C1", "to": "C2", "minutes": 40}],
        "periods": [{"id": "T1"}, {"id": "T2"}, {"id": "T3"}],
        "pins": [{"pin": "fix", "project": "P1"}],
    })
}

/// Puts cells into rows of the base, `table[row].column = value`; a row that is not there yet is added.
fn with(cells: &[(&str, usize, &str, Value)]) -> Value {
    let mut document = base();
    for (table, row, column, value) in cells {
        let rows = document.as_object_mut().expect("a document").entry(*table).or_insert(json!([]));
        let rows = rows.as_array_mut().expect("a list of rows");
        while rows.len() <= *row {
            rows.push(json!({}));
        }
        rows[*row][*column] = value.clone();
    }
    document
}

fn check(cells: &[(&str, usize, &str, Value)], expect: &[&str]) {
    let case = case(&with(cells));
    assert_eq!(shown(&case), expect, "{cells:?}");
    let Err(NoPlan::Problems(problems)) = solve(&case, &mut |_| Flow::Continue) else {
        panic!("{cells:?}: not refused");
    };
    let named: Vec<String> = problems
        .list
        .iter()
        .map(|p| {
            let row = p.row.map_or(String::new(), |row| row.to_string());
            format!("{}:{row}:{}", p.table.expect("a table").name(), p.column.as_deref().unwrap_or(""))
        })
        .collect();
    let mut sorted = named.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, expect, "{cells:?}");
}

#[test]
fn the_base_can_hold() {
    assert_eq!(possible(&case(&base())), Answer::Possible);
}

#[test]
fn limits_of_needs_are_named() {
    let place = ("pins", 0, "place", json!("C2"));
    check(std::slice::from_ref(&place), &["needs:2:place", "needs:2:reach_minutes", "pins:2:"]);
    check(&[place, ("places", 2, "id", json!("C3")), ("travel", 0, "to", json!("C3"))], &["needs:2:place", "pins:2:"]);
    let need = ("pins", 0, "need", json!("N1"));
    let units = |n: i64| ("pins", 0, "count", json!(n));
    check(&[need.clone(), units(2)], &["needs:2:quantity", "pins:2:"]);
    check(
        &[need.clone(), ("needs", 0, "periods", json!("T1")), ("pins", 0, "period", json!("T2"))],
        &["needs:2:periods", "pins:2:"],
    );
    let (five, late) = (("needs", 0, "quantity", json!(5)), ("pins", 0, "period", json!("T1")));
    let wide = ("projects", 0, "size", json!(9));
    check(
        &[need.clone(), units(3), five.clone(), late, wide.clone(), ("needs", 0, "per_period", json!(2))],
        &["needs:2:per_period", "pins:2:"],
    );
    check(
        &[need.clone(), units(3), five.clone(), ("needs", 0, "whole", json!("yes")), ("projects", 0, "size", json!(4))],
        &["needs:2:whole", "pins:2:", "projects:2:size"],
    );
    let other = [("projects", 1, "id", json!("P2")), ("projects", 1, "services", json!("帮扶"))];
    let both = [
        need.clone(),
        five,
        other[0].clone(),
        other[1].clone(),
        ("pins", 1, "pin", json!("fix")),
        ("pins", 1, "need", json!("N1")),
        ("pins", 1, "project", json!("P2")),
    ];
    let mut one_project = both.to_vec();
    one_project.push(("needs", 0, "one_project", json!("yes")));
    check(&one_project, &["needs:2:one_project", "pins:2:", "pins:3:"]);
    check(
        &[need.clone(), other[0].clone(), other[1].clone(), ("needs", 0, "projects", json!("P2"))],
        &["needs:2:projects", "pins:2:"],
    );
    check(&[need.clone(), ("needs", 0, "exclude", json!("P1"))], &["needs:2:exclude", "pins:2:"]);
    check(&[need.clone(), ("needs", 0, "goods", json!("琴:1"))], &["needs:2:goods", "pins:2:"]);
    check(
        &[need, ("fit", 0, "need", json!("N1")), ("fit", 0, "project", json!("P1")), ("fit", 0, "points", json!("x"))],
        &["fit:2:points", "pins:2:"],
    );
}

#[test]
fn a_person_in_two_places_is_named() {
    check(
        &[
            ("needs", 0, "person", json!("K1")),
            ("needs", 1, "id", json!("N2")),
            ("needs", 1, "place", json!("C1")),
            ("needs", 1, "services", json!("义诊")),
            ("needs", 1, "person", json!("K1")),
            ("projects", 1, "id", json!("P2")),
            ("projects", 1, "services", json!("义诊")),
            ("pins", 0, "period", json!("T1")),
            ("pins", 1, "pin", json!("fix")),
            ("pins", 1, "project", json!("P2")),
            ("pins", 1, "period", json!("T1")),
        ],
        &["needs:2:person", "needs:3:person", "pins:2:", "pins:3:", "settings::"],
    );
}

#[test]
fn limits_of_projects_are_named() {
    let one = |column: &'static str, value: Value| ("projects", 0, column, value);
    let place = ("pins", 0, "place", json!("C2"));
    let near = ("needs", 0, "reach_minutes", json!(60));
    check(
        &[place.clone(), near.clone(), one("place", json!("C1"))],
        &["pins:2:", "projects:2:place", "projects:2:reach_minutes"],
    );
    check(&[place, near, one("places", json!("C1"))], &["pins:2:", "projects:2:places"]);
    check(&[one("periods", json!("T1")), ("pins", 0, "period", json!("T2"))], &["pins:2:", "projects:2:periods"]);
    check(&[one("audience", json!("长者"))], &["pins:2:", "projects:2:audience"]);
    check(&[one("unit", json!("场"))], &["pins:2:", "projects:2:unit"]);
    check(&[one("size", json!(4)), one("min_size", json!(2))], &["needs:2:quantity", "pins:2:", "projects:2:min_size"]);
    let three = ("needs", 0, "quantity", json!(3));
    let twice = ("pins", 0, "count", json!(2));
    check(&[three.clone(), twice.clone(), one("max_sessions", json!(1))], &["pins:2:", "projects:2:max_sessions"]);
    check(
        &[
            three.clone(),
            twice.clone(),
            one("max_per_cell", json!(1)),
            ("pins", 0, "period", json!("T1")),
            ("pins", 0, "place", json!("C1")),
            ("resources", 0, "per_period", json!(5)),
        ],
        &["pins:2:", "projects:2:max_per_cell"],
    );
    check(&[three, one("min_sessions", json!(4))], &["needs:2:quantity", "pins:2:", "projects:2:min_sessions"]);
    check(&[one("session_cost", json!("5"))], &["pins:2:", "projects:2:session_cost"]);
    check(&[one("launch_cost", json!("5"))], &["pins:2:", "projects:2:launch_cost"]);
    check(&[one("goods", json!("书包:1"))], &["pins:2:", "projects:2:goods"]);
    check(&[one("venue", json!("礼堂"))], &["pins:2:", "projects:2:venue"]);
    check(&[one("clearance", json!("核查"))], &["pins:2:", "projects:2:clearance"]);
    check(&[one("staffing", json!("社工[急救]:1"))], &["pins:2:", "projects:2:staffing"]);
    let post = |column: &'static str, value: Value| ("requirements", 0, column, value);
    let post =
        [post("project", json!("P1")), post("role", json!("社工")), one("staffing", json!("")), post("load", json!(3))];
    check(&post, &["pins:2:", "requirements:2:load", "resources:2:per_period"]);
    let mut own = post[..3].to_vec();
    own.push(("requirements", 0, "orgs", json!("own")));
    check(&own, &["pins:2:", "requirements:2:orgs"]);
}

#[test]
fn of_many_cells_each_is_needed() {
    // Three social workers, each too far from the need, which reaches none of them.
    let mut cells = vec![("pins", 0, "need", json!("N1"))];
    for (at, row) in ["R1", "R2", "R3"].into_iter().enumerate() {
        let place = format!("C{}", at + 2);
        cells.push(("places", at + 1, "id", json!(place)));
        cells.push(("travel", at, "from", json!("C1")));
        cells.push(("travel", at, "to", json!(place)));
        cells.push(("travel", at, "minutes", json!(40)));
        cells.push(("resources", at, "id", json!(row)));
        cells.push(("resources", at, "roles", json!("社工")));
        cells.push(("resources", at, "place", json!(place)));
    }
    check(
        &cells,
        &[
            "needs:2:place",
            "needs:2:reach_minutes",
            "pins:2:",
            "resources:2:place",
            "resources:2:reach_minutes",
            "resources:3:place",
            "resources:3:reach_minutes",
            "resources:4:place",
            "resources:4:reach_minutes",
        ],
    );
}

#[test]
fn posts_are_shown_as_the_sheet_has_them() {
    let staffing = "社工; 志愿者[手语+急救]:2/10; 志愿者:3";
    let case = case(&with(&[("projects", 0, "staffing", json!(staffing)), ("projects", 0, "size", json!(20))]));
    let limits = Limits::new(&case);
    let shown = limits.list().iter().find(|limit| limit.column == Some("staffing")).expect("skills can hinder");
    // A blank count is 1, and skills stand in order.
    assert_eq!(shown.value, "社工:1; 志愿者[急救+手语]:2/10; 志愿者:3");
}

#[test]
fn limits_of_resources_are_named() {
    let one = |column: &'static str, value: Value| ("resources", 0, column, value);
    let first = ("pins", 0, "period", json!("T1"));
    check(&[first.clone(), one("periods", json!("T2..T3"))], &["pins:2:", "resources:2:periods"]);
    check(
        &[one("place", json!("C2")), ("pins", 0, "place", json!("C1"))],
        &["pins:2:", "resources:2:place", "resources:2:reach_minutes"],
    );
    check(&[one("exclude", json!("P1"))], &["pins:2:", "resources:2:exclude"]);
    check(&[one("services", json!("义诊"))], &["pins:2:", "resources:2:services"]);
    check(&[one("places", json!("C2")), ("pins", 0, "place", json!("C1"))], &["pins:2:", "resources:2:places"]);
    check(
        &[first.clone(), ("projects", 0, "staffing", json!("社工[急救]:1")), one("skills", json!("急救@T2..T3"))],
        &["pins:2:", "projects:2:staffing", "resources:2:skills"],
    );
    let three = ("needs", 0, "quantity", json!(3));
    let twice = ("pins", 0, "count", json!(2));
    check(&[three.clone(), twice.clone(), first], &["pins:2:", "resources:2:count", "resources:2:per_period"]);
    check(
        &[three.clone(), twice.clone(), one("total", json!(1))],
        &["pins:2:", "resources:2:count", "resources:2:total"],
    );
    let cost = ("projects", 0, "session_cost", json!("8"));
    let other = |column: &'static str, value: Value| ("resources", 1, column, value);
    let fund =
        [other("id", json!("F1")), other("kind", json!("fund")), other("amount", json!("15")), cost, three, twice];
    check(&fund, &["pins:2:", "projects:2:session_cost", "resources:3:amount"]);
    let room = [
        other("id", json!("V1")),
        other("kind", json!("venue")),
        other("roles", json!("礼堂")),
        other("place", json!("C1")),
        other("seats", json!(3)),
        ("projects", 0, "venue", json!("礼堂")),
        ("projects", 0, "size", json!(4)),
    ];
    check(&room, &["pins:2:", "projects:2:venue", "resources:3:seats"]);
}

#[test]
fn rules_and_pins_are_named() {
    let rule = |column: &'static str, value: Value| ("rules", 0, column, value);
    let three = ("needs", 0, "quantity", json!(3));
    let twice = ("pins", 0, "count", json!(2));
    let most = [rule("id", json!("Q1")), rule("max", json!(1)), three, twice];
    let kind = |kind: &str| [&[rule("rule", json!(kind))], &most[..]].concat();
    check(&kind("sessions"), &["pins:2:", "rules:2:max"]);
    check(&kind("units"), &["pins:2:", "rules:2:max"]);
    check(&[kind("window"), vec![rule("window", json!(3))]].concat(), &["pins:2:", "resources:2:count", "rules:2:max"]);
    check(
        &[
            rule("id", json!("Q1")),
            rule("rule", json!("ratio")),
            rule("max", json!(1)),
            rule("roles", json!("社工")),
            rule("against", json!("骨干")),
        ],
        &["pins:2:", "rules:2:max"],
    );
    let second = |column: &'static str, value: Value| ("pins", 1, column, value);
    check(&[second("pin", json!("forbid")), second("project", json!("P1"))], &["pins:2:", "pins:3:"]);
    check(&[second("pin", json!("forbid")), second("resource", json!("R1"))], &["pins:2:", "pins:3:"]);
    check(
        &[
            ("settings", 0, "key", json!("freeze_before")),
            ("settings", 0, "value", json!("T3")),
            ("pins", 0, "period", json!("T1")),
        ],
        &["pins:2:", "settings::"],
    );
}

#[test]
fn what_nobody_offers_is_a_fact() {
    let say = |cells: &[(&str, usize, &str, Value)]| {
        check(cells, &["pins:2:"]);
        let Err(NoPlan::Problems(problems)) = solve(&case(&with(cells)), &mut |_| Flow::Continue) else {
            panic!("not refused");
        };
        problems.list[0].details[0].clone()
    };
    assert_eq!(say(&[("projects", 0, "services", json!("义诊")), ("pins", 0, "need", json!("N1"))]), "not-offered");
    assert_eq!(say(&[("projects", 0, "services", json!("义诊"))]), "not-asked");
    assert_eq!(say(&[("projects", 0, "span", json!(2)), ("pins", 0, "period", json!("T3"))]), "past-the-end");
    assert_eq!(
        say(&[
            ("resources", 1, "id", json!("R2")),
            ("resources", 1, "roles", json!("司机")),
            ("pins", 0, "resource", json!("R2"))
        ]),
        "no-use"
    );
    assert_eq!(say(&[("resources", 0, "roles", json!("司机"))]), "no-staff");
    assert_eq!(say(&[("pins", 0, "place", json!("online"))]), "not-there");
}

#[test]
fn random_cases_are_shown_irreducible() {
    // Random cases of the test oracle with random pins, one a line; all cannot hold.
    let lines = include_str!("conflict/random.jsonl");
    for (number, line) in lines.lines().enumerate() {
        let document: Value = serde_json::from_str(line).expect("a line of JSON");
        let set = shown(&case(&document));
        assert!(set.len() > 1, "line {}: {set:?}", number + 1);
        assert!(set.iter().any(|name| name.starts_with("pins:")), "line {}: {set:?}", number + 1);
    }
}

#[test]
fn the_texts_name_the_cells_in_both_languages() {
    let case = case(&with(&[("pins", 0, "place", json!("C2"))]));
    let Err(NoPlan::Problems(problems)) = solve(&case, &mut |_| Flow::Continue) else {
        panic!("not refused");
    };
    let says = |lang| problems.list[0].record(lang).message;
    assert_eq!(
        says(Lang::Zh),
        "这些不能同时成立，放宽其中任何一项，其余就能成立：需求清单第 2 行 place、需求清单第 2 行 reach_minutes、指定第 2 行"
    );
    assert_eq!(
        says(Lang::En),
        "these cannot hold together; with any one of them lifted the others can: needs row 2 place, needs row 2 reach_minutes, pins row 2"
    );
    assert_eq!(problems.list[0].value, "C1");
    assert_eq!(problems.list[1].value, "0");
}

#[test]
fn of_a_long_list_each_cell_is_named_that_keeps_somebody_away() {
    // Who could come stands elsewhere and travels to nobody, some have no time either; a few are near, but there too late.
    let rows: Vec<Value> = (0..104)
        .map(|n| {
            let mut row = json!({"id": format!("R{n:03}"), "roles": "志愿者", "place": "C2", "reach_minutes": 0});
            match n {
                40..50 => row["periods"] = json!("T2..T3"),
                60..64 => (row["place"], row["periods"]) = (json!("C1"), json!("T2")),
                _ => {}
            }
            row
        })
        .collect();
    let mut document = with(&[
        ("needs", 0, "reach_minutes", json!(0)),
        ("needs", 0, "periods", json!("T1")),
        ("projects", 0, "staffing", json!("志愿者:1")),
        ("pins", 0, "need", json!("N1")),
    ]);
    document["resources"] = json!(rows);
    let names = shown_by(&case(&document), 9);
    let of =
        |column: &str| names.iter().filter(|name| name.starts_with("resources:") && name.ends_with(column)).count();
    assert_eq!((of(":place"), of(":reach_minutes"), of(":periods")), (100, 100, 4), "{names:?}");
}
