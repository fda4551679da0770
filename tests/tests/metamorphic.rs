//! Properties that hold between cases, on random small cases with every level proven (gap 0).

use std::collections::BTreeMap;
use std::fs;

use sandan::intake::sheets::from_json;
use sandan::lists::{Case, Kind, PeriodSet, Resource};
use sandan::plan::Plan;
use sandan::{Flow, solve};
use sandan_tests::root;
use serde_json::Value;

fn cases() -> Vec<(String, Value)> {
    let text = fs::read_to_string(root().join("tests/oracle/cases/cases.jsonl")).expect("the committed sample");
    let all = std::env::var_os("SANDAN_ANSWERS").is_some();
    let read = |line: &str| -> (String, Value) {
        let line: Value = serde_json::from_str(line).expect("a line of JSON");
        (line["id"].as_str().expect("an id").to_owned(), line["case"].clone())
    };
    text.lines().take(if all { 300 } else { 120 }).map(read).collect()
}

fn understood(case: &Value) -> Case {
    let mut case = from_json(&case.to_string()).understand().expect("a sound case").case;
    case.settings.gap_ppm = 0;
    case
}

/// The plan, if there is one and every level of it is proven.
fn proven(case: &Case) -> Option<Plan> {
    let plan = solve(case, &mut |_| Flow::Continue).ok()?;
    plan.levels.iter().all(|level| level.gap_ppm == 0).then_some(plan)
}

fn values(plan: &Plan) -> Vec<i64> {
    plan.levels.iter().map(|level| level.value).collect()
}

#[test]
fn a_resource_added_never_lowers_the_levels() {
    let mut compared: BTreeMap<String, usize> = BTreeMap::new();
    for (id, case) in cases() {
        let case = understood(&case);
        let Some(before) = proven(&case) else { continue };
        for kind in [Kind::Staff, Kind::Venue, Kind::Fund, Kind::Goods] {
            let mut more = case.clone();
            let mut roles: Vec<_> = match kind {
                Kind::Staff => case.projects.iter().flat_map(|p| &p.posts).map(|post| post.role).collect(),
                Kind::Venue => case.projects.iter().flat_map(|p| p.venue.iter()).copied().collect(),
                Kind::Fund => Vec::new(),
                Kind::Goods => case.projects.iter().flat_map(|p| p.goods.iter()).map(|goods| goods.item).collect(),
            };
            if roles.is_empty() && kind != Kind::Fund {
                continue;
            }
            let place = if kind == Kind::Venue { case.needs.first().map(|need| need.place) } else { None };
            roles.sort_unstable();
            roles.dedup();
            more.resources.push(Resource {
                id: "\u{10FFFF}".to_owned(),
                title: String::new(),
                row: 0,
                kind,
                roles: roles.into(),
                skills: [].into(),
                org: None,
                place,
                reach_minutes: 15,
                count: 1,
                periods: PeriodSet::all(),
                per_period: 2,
                total: None,
                amount: if kind == Kind::Fund { 10_000 } else { 3 },
                projects: None,
                exclude: [].into(),
                services: None,
                places: None,
                seats: None,
                cost_fen: 0,
                prefers_services: [].into(),
                prefers_projects: [].into(),
            });
            let Some(after) = proven(&more) else { continue };
            assert!(values(&after) >= values(&before), "{id}: {:?} {:?}", values(&before), values(&after));
            *compared.entry(format!("{kind:?}")).or_default() += 1;
        }
    }
    println!("{compared:?}");
    assert!(compared.len() == 4 && compared.values().all(|n| *n > 10), "{compared:?}");
    assert!(compared.values().sum::<usize>() > 120, "{compared:?}");
}

/// The ids of the three lists.
fn ids(case: &Value) -> Vec<String> {
    let tables = ["needs", "projects", "resources"].into_iter();
    let rows = tables.flat_map(|table| case[table].as_array().into_iter().flatten());
    rows.filter_map(|row| row["id"].as_str()).map(str::to_owned).collect()
}

/// Renames ids wherever a cell of lists, or a plan, names them.
fn renamed(value: &Value, ids: &[String], rename: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => {
            // Ids stand alone or in lists.
            let mut out = String::new();
            let mut word = String::new();
            let flush = |word: &mut String, out: &mut String| {
                out.push_str(&if ids.contains(word) { rename(word) } else { word.clone() });
                word.clear();
            };
            for c in text.chars() {
                if matches!(c, ';' | '；' | '、' | '|' | ' ') {
                    flush(&mut word, &mut out);
                    out.push(c);
                } else {
                    word.push(c);
                }
            }
            flush(&mut word, &mut out);
            Value::String(out)
        }
        Value::Array(list) => list.iter().map(|item| renamed(item, ids, rename)).collect(),
        Value::Object(fields) => fields.iter().map(|(key, item)| (key.clone(), renamed(item, ids, rename))).collect(),
        other => other.clone(),
    }
}

/// Everything that a plan says but for the hash of its lists.
fn all_of(plan: &Plan) -> Value {
    let mut all: Value = serde_json::from_str(&plan.to_json()).expect("a plan as JSON");
    all["case"] = Value::Null;
    all
}

#[test]
fn ids_renamed_change_no_level_and_in_the_same_order_nothing_else() {
    let (mut kept, mut turned) = (0, 0);
    for (id, case) in cases() {
        let before = understood(&case);
        let Some(plan) = proven(&before) else { continue };
        // In the same order: a letter put before every id.
        let ids = ids(&case);
        let z = |name: &str| format!("z{name}");
        let same = understood(&renamed(&case, &ids, &z));
        let other = proven(&same).unwrap_or_else(|| panic!("{id}: no plan under other names"));
        assert_eq!(values(&other), values(&plan), "{id}");
        assert_eq!(all_of(&other), renamed(&all_of(&plan), &ids, &z), "{id}");
        kept += 1;
        // In another order: digits turned round.
        let turn = |name: &str| {
            let (letter, digits) = name.split_at(1);
            let number: i64 = digits.parse().expect("a number");
            format!("{letter}{:04}", 9_000 - number)
        };
        let digits = |text: &str| text.len() > 1 && text[1..].bytes().all(|b| b.is_ascii_digit());
        let names = before.needs.iter().map(|n| &n.id).chain(before.resources.iter().map(|r| &r.id));
        if names.chain(before.projects.iter().map(|p| &p.id)).all(|name| digits(name)) {
            let other = understood(&renamed(&case, &ids, &turn));
            if let Some(other) = proven(&other) {
                assert_eq!(values(&other), values(&plan), "{id}");
                turned += 1;
            }
        }
    }
    assert!(kept > 40 && turned > 30, "{kept} {turned}");
}

#[test]
fn a_served_need_raised_in_priority_stays_served_at_least_as_well() {
    let mut raised = 0;
    for (id, case) in cases() {
        let case = understood(&case);
        if case.settings.fairness.len() > 1 {
            continue;
        }
        let served = |plan: &Plan, need: &str| -> i64 {
            plan.sessions.iter().flat_map(|s| &s.needs).filter(|n| n.need == need).map(|n| n.units).sum()
        };
        let Some(plan) = proven(&case) else { continue };
        for at in 0..case.needs.len().min(3) {
            let need = &case.needs[at].id;
            let before = served(&plan, need);
            if before == 0 || case.needs[at].priority > 900 {
                continue;
            }
            let mut more = case.clone();
            more.needs[at].priority += 50;
            let Some(after) = proven(&more) else { continue };
            assert!(served(&after, need) >= before, "{id} {need}: {before} then {}", served(&after, need));
            raised += 1;
        }
    }
    assert!(raised > 40, "{raised}");
}
