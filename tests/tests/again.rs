//! Answers on large lists are sought near by, and what is proven of them rests on less than the whole: here the same is
//! asked of random small cases (`tests/oracle`) that idle rows make large, and held against solving the whole. A sample by
//! default; `SANDAN_ANSWERS=all` takes every case.

use std::collections::BTreeSet;
use std::fs;

use sandan::answers::events;
use sandan::answers::{Ground, Prices, Question, better, gaps, mended, prepare, rematched, why};
use sandan::check::check;
use sandan::intake::sheets::from_json;
use sandan::lists::{Case, Pin, PinMode, Term};
use sandan::plan::{Plan, Verdict};
use sandan::{Flow, NoPlan, solve};
use sandan_tests::root;
use serde_json::{Value, json};

/// Random cases with so many rows that nobody asks for that they count as large, with their plans.
fn samples(most: usize) -> Vec<(String, Value, Case, Plan)> {
    let most = if std::env::var("SANDAN_ANSWERS").is_ok_and(|text| text == "all") { usize::MAX } else { most };
    let text = fs::read_to_string(root().join("tests/oracle/cases/cases.jsonl")).expect("the committed sample");
    let mut found = Vec::new();
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).expect("a line of JSON");
        let mut lists = line["case"].clone();
        if !lists["previous"].is_null() {
            continue;
        }
        let rows = lists["resources"].as_array_mut().expect("resources");
        rows.extend((0..220).map(|n| json!({"id": format!("闲{n:03}"), "roles": "闲置岗位", "periods": ""})));
        let mut case = from_json(&lists.to_string()).understand().expect("a sound case").case;
        case.settings.gap_ppm = 0;
        let Ok(plan) = solve(&case, &mut |_| Flow::Continue) else { continue };
        if plan.levels.iter().all(|level| level.gap_ppm == 0) {
            found.push((line["id"].to_string(), lists, case, plan));
        }
        if found.len() == most {
            break;
        }
    }
    found
}

fn values(plan: &Plan) -> Vec<i64> {
    plan.levels.iter().map(|level| level.value).collect()
}

/// One event of each kind that the plan gives occasion for.
fn occasions(case: &Case, plan: &Plan) -> Vec<String> {
    let mut out: Vec<Value> = Vec::new();
    let Some(session) = plan.sessions.last() else { return Vec::new() };
    let staff: BTreeSet<&str> =
        plan.sessions.iter().flat_map(|session| &session.staff).map(|seat| seat.resource.as_str()).collect();
    out.extend(staff.iter().take(6).map(|row| json!({"kind": "dropped_out", "resource": row})));
    out.extend(session.needs.first().map(|line| json!({"kind": "need_withdrawn", "need": line.need})));
    out.extend(session.funds.first().map(|line| json!({"kind": "fund_cut", "resource": line.fund, "by": 1})));
    out.extend(session.venue.iter().map(|venue| json!({"kind": "venue_closed", "resource": venue})));
    out.push(json!({"kind": "session_cancelled", "session": session.id}));
    if let Some(need) = case.needs.first() {
        let service = case.text(need.services[0]);
        let place = &case.places[need.place.index()].id;
        let unit = case.text(need.unit);
        out.push(json!({"kind": "need_added",
                        "need": {"id": "NEW", "place": place, "services": service, "quantity": 2, "unit": unit}}));
    }
    out.into_iter().map(|event| json!([event]).to_string()).collect()
}

#[test]
fn a_plan_made_again_is_sound_and_what_it_says_is_proven_holds() {
    let (mut made, mut proven, mut equal) = (0, 0, 0);
    for (id, lists, case, plan) in samples(40) {
        for events in occasions(&case, &plan) {
            let (sheets, _) = from_json(&lists.to_string()).into_sheets().expect("sound lists");
            let read = events::read(&events).expect("sound events");
            let Ok(mut prepared) = prepare(sheets, plan.clone(), &read, None) else { continue };
            prepared.intake.case.settings.gap_ppm = 0;
            let Some(again) = mended(&prepared) else { continue };
            made += 1;
            let report = check(&prepared.intake.case, &again.plan);
            assert!(report.violations.is_empty() && report.differences.is_empty(), "{id} {events}");
            let rematch = rematched(&prepared, &again.plan);
            let Ok(best) = solve(&prepared.intake.case, &mut |_| Flow::Continue) else { continue };
            // On the first level that differs, and above, no plan is beyond the bound.
            for (ours, theirs) in again.plan.levels.iter().zip(&best.levels) {
                assert!(theirs.value <= ours.bound, "{id} {events}: {:?} {:?}", again.plan.levels, best.levels);
                if ours.value != theirs.value {
                    break;
                }
            }
            proven += usize::from(rematch.fewest == Some(rematch.changes));
            equal += usize::from(values(&again.plan) == values(&best));
            let handed = better(&prepared, Some(again.clone()), best.clone());
            assert!(values(&handed) >= values(&again.plan) && values(&handed) >= values(&best), "{id} {events}");
            let report = check(&prepared.intake.case, &handed);
            assert!(report.violations.is_empty() && report.differences.is_empty(), "{id} {events}");
        }
    }
    println!("{made} made again, {proven} with the number of changes proven, {equal} as good as the best there is");
    assert!(made > 60 && proven * 2 > made && equal * 2 > made, "{made} {proven} {equal}");
}

/// The best plan that serves a need at least so far.
fn forced(case: &Case, need: &str, count: i64) -> Result<Plan, NoPlan> {
    let (need, mode) = (case.need(need), PinMode::Fix);
    let pin = Pin { row: 0, mode, need, project: None, place: None, period: None, resource: None, count };
    let mut forced = case.clone();
    forced.pins.push(pin);
    solve(&forced, &mut |_| Flow::Continue)
}

#[test]
fn verdicts_on_large_lists_are_those_of_the_whole() {
    let (mut ties, mut impossible) = (0, 0);
    for (id, _, case, plan) in samples(40) {
        let ground = Ground::new(&case, &plan).expect("a sound plan");
        for unmet in plan.unmet.iter().take(3) {
            let answer = why(&ground, &Question::Need { need: unmet.need.clone() }).expect("an answer");
            let again = forced(&case, &unmet.need, answer.asked);
            match answer.verdict {
                Verdict::Impossible => {
                    assert!(again.is_err(), "{id} {}", unmet.need);
                    impossible += 1;
                }
                Verdict::Tie => {
                    let report = check(&case, answer.plan.as_ref().expect("the exchange"));
                    assert!(report.violations.is_empty(), "{id} {}", unmet.need);
                    let after: Vec<i64> = report.levels.iter().map(|level| level.value).collect();
                    assert_eq!(after, values(&plan), "{id} {}", unmet.need);
                    ties += 1;
                }
                Verdict::Outbid => assert!(values(&again.expect("a plan")) < values(&plan), "{id} {}", unmet.need),
                verdict => panic!("{id} {}: {verdict:?}", unmet.need),
            }
        }
    }
    assert!(ties > 3 && impossible > 3, "{ties} {impossible}");
}

#[test]
fn gaps_of_large_lists_bring_at_least_what_they_say() {
    let mut brought = 0;
    for (id, _, case, plan) in samples(40) {
        let ground = Ground::new(&case, &plan).expect("a sound plan");
        for gap in gaps(&ground, &Prices::default()).expect("an answer").gaps {
            let changed = sandan::answers::changed(&case, &gap.changes).expect("names of the lists");
            let best = solve(&changed, &mut |_| Flow::Continue).expect("a plan");
            let after: Vec<i64> = gap.levels.iter().map(|level| level.after).collect();
            assert!(after > values(&plan) && !gap.exact, "{id} {:?}", gap.changes);
            if best.levels.iter().all(|level| level.gap_ppm == 0) {
                assert!(values(&best) >= after, "{id} {:?}", gap.changes);
            }
            assert!(gap.levels.iter().any(|level| level.terms.contains(&Term::Coverage.name().to_owned())));
            brought += 1;
        }
    }
    assert!(brought > 10, "{brought}");
}

#[test]
fn what_is_not_proven_on_large_lists_comes_with_a_sound_plan_and_no_claim() {
    let mut known = 0;
    for (id, _, case, mut plan) in samples(40) {
        let proven = values(&plan);
        // A plan of which nothing is proven.
        plan.levels.clear();
        let ground = Ground::new(&case, &plan).expect("a sound plan");
        for unmet in plan.unmet.iter().take(3) {
            let answer = why(&ground, &Question::Need { need: unmet.need.clone() }).expect("an answer");
            if answer.verdict == Verdict::Outbid {
                // The forced plan's bound is below what the plan has, whatever is proven of that.
                let best = forced(&case, &unmet.need, answer.asked).expect("a plan");
                assert!(values(&best) < proven, "{id} {}", unmet.need);
            }
            if let (Verdict::NotProven, Some(other)) = (answer.verdict, &answer.plan) {
                assert!(check(&case, other).violations.is_empty(), "{id} {}", unmet.need);
                let lines = other.sessions.iter().flat_map(|session| &session.needs);
                let served: i64 = lines.filter(|line| line.need == unmet.need).map(|line| line.units).sum();
                assert!(served >= answer.asked && answer.levels.iter().any(|level| level.change < 0), "{id}");
                assert!(answer.reason().change.is_empty(), "{id}");
                known += 1;
            }
        }
    }
    assert!(known > 3, "{known}");
}
