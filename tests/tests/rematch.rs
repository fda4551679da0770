//! Events, and plans made again after them.

use std::collections::BTreeMap;

use sandan::answers::events::{self, Event};
use sandan::answers::{ChangeReason, NotPrepared, Prepared, Rematch, better, mended, prepare, rematched};
use sandan::check::check;
use sandan::intake::sheets::from_json;
use sandan::plan::Plan;
use sandan::{Flow, solve};

/// Two classes a week for four weeks; three social workers, one of them enough for a class.
const LISTS: &str = r#"{
    "needs": [{"id": "N1", "place": "C1", "services": "诗词", "quantity": 20, "periods": "W1..W4"},
              {"id": "N2", "place": "C2", "services": "诗词", "quantity": 10, "periods": "W1..W4"}],
    "projects": [{"id": "P1", "services": "诗词", "size": 10, "staffing": "社工:1", "session_cost": 100, "venue": "教室"}],
    "resources": [{"id": "S1", "roles": "社工", "place": "C1"}, {"id": "S2", "roles": "社工", "place": "C2"},
                  {"id": "S3", "roles": "社工", "count": 3},
                  {"id": "V1", "kind": "venue", "roles": "教室", "place": "C1"},
                  {"id": "V2", "kind": "venue", "roles": "教室", "place": "C2"},
                  {"id": "F1", "kind": "fund", "amount": 500}],
    "periods": [{"id": "W1"}, {"id": "W2"}, {"id": "W3"}, {"id": "W4"}]
}"#;

fn first() -> Plan {
    let case = from_json(LISTS).understand().expect("sound lists").case;
    let plan = solve(&case, &mut |_| Flow::Continue).expect("a plan");
    assert_eq!((plan.sessions.len(), plan.unmet.len()), (3, 0));
    plan
}

fn after(previous: &Plan, events: &str, freeze: Option<&str>) -> (Prepared, Plan, Rematch) {
    let events = events::read(events).expect("sound events");
    let (sheets, _) = from_json(LISTS).into_sheets().expect("sound lists");
    let prepared = prepare(sheets, previous.clone(), &events, freeze).expect("events that can be applied");
    let found = solve(&prepared.intake.case, &mut |_| Flow::Continue).expect("a plan");
    let plan = better(&prepared, mended(&prepared), found);
    assert!(check(&prepared.intake.case, &plan).violations.is_empty());
    let rematch = rematched(&prepared, &plan);
    (prepared, plan, rematch)
}

fn sessions_with(plan: &Plan, resource: &str) -> usize {
    plan.sessions.iter().filter(|s| s.staff.iter().any(|seat| seat.resource == resource)).count()
}

#[test]
fn nothing_happened_and_nothing_changes() {
    let (_, plan, rematch) = after(&first(), "[]", None);
    assert_eq!((rematch.changes, rematch.fewest, rematch.changed.len()), (0, Some(0), 0));
    assert_eq!(plan.sessions.len(), 3);
}

#[test]
fn a_member_that_drops_out_changes_only_its_own_sessions() {
    let before = first();
    let gone = sessions_with(&before, "S1") as i64;
    let (_, plan, rematch) = after(&before, r#"[{"kind": "退出", "资源": "S1"}]"#, None);
    assert_eq!(sessions_with(&plan, "S1"), 0);
    assert_eq!(plan.unmet.len(), 0);
    assert!(gone > 0);
    assert_eq!((rematch.changes, rematch.fewest), (gone, Some(gone)));
    assert!(rematch.changed.iter().all(|c| c.reason != ChangeReason::KnockOn), "{:?}", rematch.changed);
    assert!(rematch.changed.iter().any(|c| c.id == "S1" && c.reason == ChangeReason::Event && c.event == Some(1)));
}

/// A class that only S1 and S2 can lead, and a walk that anyone can; S3 is at home.
const TWO: &str = r#"{
    "needs": [{"id": "N1", "place": "C1", "services": "诗词", "quantity": 10},
              {"id": "N2", "place": "C1", "services": "散步", "quantity": 2}],
    "projects": [{"id": "P1", "services": "诗词", "size": 10, "staffing": "社工[诗词]:1"},
                 {"id": "P2", "services": "散步", "size": 10, "staffing": "社工:1"}],
    "resources": [{"id": "S1", "roles": "社工", "skills": "诗词"}, {"id": "S2", "roles": "社工", "skills": "诗词"},
                  {"id": "S3", "roles": "社工"}],
    "periods": [{"id": "W1"}],
    "pins": [{"pin": "fix", "project": "P1", "resource": "S1"}, {"pin": "fix", "project": "P2", "resource": "S2"}]
}"#;

fn without_s1(lists: &str) -> (Plan, Rematch) {
    let before = solve(&from_json(TWO).understand().expect("sound lists").case, &mut |_| Flow::Continue);
    let events = events::read(r#"[{"kind": "dropped_out", "resource": "S1"}]"#).expect("sound events");
    let (mut sheets, _) = from_json(lists).into_sheets().expect("sound lists");
    sheets.sheets.retain(|sheet| sheet.table != sandan::lists::Table::Pins);
    let prepared = prepare(sheets, before.expect("a plan"), &events, None).expect("events that can be applied");
    let plan = mended(&prepared).expect("mended").plan;
    let rematch = rematched(&prepared, &plan);
    (plan, rematch)
}

#[test]
fn someone_moves_up_where_nobody_who_is_free_may_sit() {
    let (plan, rematch) = without_s1(TWO);
    assert_eq!((plan.sessions.len(), rematch.changes, rematch.fewest), (2, 2, Some(2)));
    assert_eq!((sessions_with(&plan, "S2"), sessions_with(&plan, "S3")), (1, 1));
}

#[test]
fn where_two_seats_are_left_for_one_the_session_ends_that_loses_less() {
    let (plan, rematch) =
        without_s1(&TWO.replace(r#"{"id": "S3", "roles": "社工"}"#, r#"{"id": "S3", "roles": "义工"}"#));
    // The seat of S1, the one that S2 leaves for it, and the two units of the walk: the class has more.
    assert_eq!((plan.sessions.len(), rematch.changes, rematch.fewest), (1, 4, Some(4)));
    assert_eq!(sessions_with(&plan, "S2"), 1);
}

#[test]
fn units_of_a_session_that_ends_find_seats_beside_it() {
    let lists = r#"{
        "needs": [{"id": "N1", "place": "C1", "services": "诗词", "quantity": 12}],
        "projects": [{"id": "P1", "services": "诗词", "size": 10, "staffing": "社工:1", "unit_cost": 3}],
        "resources": [{"id": "S1", "roles": "社工"}, {"id": "S2", "roles": "社工"}, {"id": "S3", "roles": "社工"},
                      {"id": "F1", "kind": "fund", "amount": 100}],
        "rules": [{"id": "Q1", "rule": "sessions", "min": 3}]
    }"#;
    let before = solve(&from_json(lists).understand().expect("sound lists").case, &mut |_| Flow::Continue);
    let before = before.expect("a plan");
    assert_eq!(before.sessions.len(), 3);
    let events = events::read(r#"[{"kind": "dropped_out", "resource": "S1"}]"#).expect("sound events");
    let (sheets, _) = from_json(lists).into_sheets().expect("sound lists");
    let prepared = prepare(sheets, before, &events, None).expect("events that can be applied");
    let plan = mended(&prepared).expect("mended").plan;
    let rematch = rematched(&prepared, &plan);
    assert_eq!((plan.sessions.len(), plan.unmet.len()), (2, 0));
    assert_eq!((rematch.changes, rematch.fewest), (1, Some(1)));
}

#[test]
fn one_of_several_members_drops_out_from_a_period_on() {
    let events = r#"{"format": "sandan-events/1", "events": [{"kind": "dropped_out", "resource": "S3", "from": "W3", "date": "2025-07-20"}]}"#;
    let (prepared, _, _) = after(&first(), events, None);
    let case = &prepared.intake.case;
    let row = |id: &str| &case.resources[case.resource(id).expect("the row").index()];
    assert_eq!(row("S3").count, 2);
    assert_eq!(row("S3-1").count, 1);
    assert_eq!(row("S3-1").periods.iter(4).count(), 2);
}

#[test]
fn members_that_are_gone_may_have_a_past() {
    let mut before = first();
    let session = &mut before.sessions[0];
    (session.period, session.staff[0].resource, session.staff[0].member) = ("W1".to_owned(), "S3".to_owned(), 3);
    let (prepared, plan, _) = after(&before, r#"[{"kind": "退出", "资源": "S3"}]"#, Some("W2"));
    let case = &prepared.intake.case;
    assert_eq!(case.resources[case.resource("S3").expect("the row").index()].count, 2);
    assert!(plan.sessions.iter().any(|s| s.fact && s.staff[0].member == 3));
    assert_eq!(plan.unmet.len(), 0);
}

#[test]
fn needs_come_and_go() {
    let before = first();
    let events = r#"[{"kind": "need_added", "need": {"编号": "N3", "地点": "C2", "服务类别": "诗词", "数量": 5}},
                     {"kind": "need_withdrawn", "need": "N1", "units": 10}]"#;
    let (prepared, plan, rematch) = after(&before, events, None);
    let case = &prepared.intake.case;
    assert_eq!(case.needs[case.need("N1").expect("still there").index()].quantity, 10);
    assert!(plan.sessions.iter().any(|s| s.needs.iter().any(|n| n.need == "N3")));
    assert!(rematch.changed.iter().any(|c| c.id == "N3" && c.event == Some(1)), "{:?}", rematch.changed);
    let (prepared, plan, _) = after(&before, r#"[{"kind": "need_withdrawn", "need": "N1"}]"#, None);
    assert!(prepared.intake.case.need("N1").is_none());
    assert_eq!(plan.sessions.len(), 1);
}

#[test]
fn a_fund_is_cut_and_a_venue_closed() {
    let before = first();
    let (_, plan, _) = after(&before, r#"[{"kind": "fund_cut", "resource": "F1", "by": 350}]"#, None);
    assert_eq!(plan.sessions.len(), 1);
    let (_, plan, _) = after(&before, r#"[{"kind": "经费削减", "资金": "F1", "为": "200.00"}]"#, None);
    assert_eq!(plan.sessions.len(), 2);
    let (_, plan, _) = after(&before, r#"[{"kind": "venue_closed", "resource": "V1", "to": "W3"}]"#, None);
    assert!(plan.sessions.iter().filter(|s| s.place == "C1").all(|s| s.period == "W4"));
    let (_, plan, _) = after(&before, r#"[{"kind": "venue_closed", "resource": "V1"}]"#, None);
    assert!(plan.sessions.iter().all(|s| s.place != "C1"));
}

/// The plan of these lists mended alone, without a search of the whole, and whether no fewer changes would do.
fn mended_after(lists: &str, events: impl Fn(&Plan) -> String) -> (Plan, Rematch) {
    let case = from_json(lists).understand().expect("sound lists").case;
    let before = solve(&case, &mut |_| Flow::Continue).expect("a plan");
    let events = events::read(&events(&before)).expect("sound events");
    let (sheets, _) = from_json(lists).into_sheets().expect("sound lists");
    let prepared = prepare(sheets, before, &events, None).expect("events that can be applied");
    let plan = mended(&prepared).expect("a plan").plan;
    let rematch = rematched(&prepared, &plan);
    (plan, rematch)
}

#[test]
fn a_fund_is_cut_with_the_fewest_changes_not_at_the_best_rate() {
    let lists = r#"{
        "needs": [{"id": "NX", "place": "C1", "services": "诗词", "quantity": 5},
                  {"id": "NY", "place": "C1", "services": "书法", "quantity": 6}],
        "projects": [{"id": "PX", "services": "诗词", "size": 5, "staffing": "社工:1", "session_cost": 600},
                     {"id": "PY", "services": "书法", "size": 3, "staffing": "社工:1", "session_cost": 500}],
        "resources": [{"id": "S1", "roles": "社工", "place": "C1", "count": 9},
                      {"id": "F1", "kind": "fund", "amount": 1600}],
        "periods": [{"id": "W1"}]
    }"#;
    let (plan, rematch) = mended_after(lists, |_| r#"[{"kind": "fund_cut", "resource": "F1", "by": 550}]"#.to_owned());
    assert!(plan.sessions.iter().all(|session| session.project == "PY"), "two of PY would go at the better rate");
    assert_eq!((rematch.changes, rematch.fewest), (6, Some(6)));
}

#[test]
fn whoever_refuses_a_session_changes_seats_with_another() {
    let lists = r#"{
        "needs": [{"id": "N1", "place": "C1", "services": "诗词", "quantity": 10},
                  {"id": "N2", "place": "C1", "services": "书法", "quantity": 10}],
        "projects": [{"id": "P1", "services": "诗词", "size": 10, "staffing": "社工:1"},
                     {"id": "P2", "services": "书法", "size": 10, "staffing": "社工:1"}],
        "resources": [{"id": "S1", "roles": "社工", "place": "C1"}, {"id": "S2", "roles": "社工", "place": "C1"}],
        "periods": [{"id": "W1"}]
    }"#;
    let (plan, rematch) = mended_after(lists, |before| {
        let session = before.sessions.iter().find(|s| s.staff[0].resource == "S1").expect("everybody is needed");
        format!(r#"[{{"kind": "declined", "resource": "S1", "session": "{}"}}]"#, session.id)
    });
    assert_eq!((plan.sessions.len(), rematch.changes, rematch.fewest), (2, 2, Some(2)));
}

#[test]
fn a_session_is_cancelled() {
    let before = first();
    let at = &before.sessions[0];
    let events = format!(r#"[{{"kind": "场次取消", "场次": "{}"}}]"#, at.id);
    let (_, plan, rematch) = after(&before, &events, None);
    let same = |s: &&sandan::plan::Session| s.project == at.project && s.place == at.place && s.period == at.period;
    let count = |plan: &Plan| plan.sessions.iter().filter(same).count();
    assert_eq!(count(&plan), count(&before) - 1);
    assert_eq!(plan.unmet.len(), 0);
    assert!(rematch.changes > 0 && rematch.fewest == Some(rematch.changes));
}

#[test]
fn the_past_is_frozen_and_what_it_served_is_reported() {
    let mut before = first();
    // All in the first week.
    for (session, place) in before.sessions.iter_mut().zip(["C1", "C2", "C2"]) {
        session.period = if place == "C1" { "W1".to_owned() } else { session.period.clone() };
    }
    let first_of = before.sessions[0].clone();
    let freeze = "W2";
    assert_eq!(first_of.period, "W1");
    let need = first_of.needs[0].need.clone();
    let events = format!(r#"[{{"kind": "result_reported", "session": "{}", "served": {{"{need}": 4}}}}]"#, first_of.id);
    let (prepared, plan, _) = after(&before, &events, Some(freeze));
    let fact = plan.sessions.iter().find(|s| s.fact).expect("a fact");
    assert_eq!(fact.needs[0].units, 4);
    assert!(prepared.intake.case.settings.freeze_before.is_some());
    assert_eq!(plan.unmet.len(), 0, "what was not served is served later");
}

#[test]
fn a_refusal_excludes_from_the_session_the_project_or_the_period() {
    let before = first();
    let at = before.sessions.iter().find(|s| s.staff[0].resource == "S1").expect("S1 serves");
    let events = format!(r#"[{{"kind": "declined", "resource": "S1", "session": "{}"}}]"#, at.id);
    let (prepared, plan, _) = after(&before, &events, None);
    let there = |s: &sandan::plan::Session| s.place == at.place && s.period == at.period;
    assert!(plan.sessions.iter().filter(|s| there(s)).all(|s| s.staff.iter().all(|seat| seat.resource != "S1")));
    assert_eq!(prepared.intake.case.pins.len(), 1);
    let events = format!(r#"[{{"kind": "declined", "resource": "S1", "session": "{}", "cool_off": 4}}]"#, at.id);
    let (_, plan, _) = after(&before, &events, None);
    let from = ["W1", "W2", "W3", "W4"].iter().position(|p| *p == at.period).expect("a period");
    let cooled =
        |s: &&sandan::plan::Session| ["W1", "W2", "W3", "W4"].iter().position(|p| *p == s.period) >= Some(from);
    assert!(plan.sessions.iter().filter(cooled).all(|s| s.staff.iter().all(|seat| seat.resource != "S1")));
    let (_, plan, _) = after(&before, r#"[{"kind": "拒绝", "资源": "S1", "项目": "P1"}]"#, None);
    assert_eq!(sessions_with(&plan, "S1"), 0);
    let events = format!(r#"[{{"kind": "declined", "resource": "S1", "period": "{}"}}]"#, at.period);
    let (_, plan, _) = after(&before, &events, None);
    let then = plan.sessions.iter().filter(|s| s.period == at.period);
    assert!(then.flat_map(|s| &s.staff).all(|seat| seat.resource != "S1"));
}

#[test]
fn faulty_events_are_all_named_and_nothing_is_done() {
    let faults = events::read(
        r#"[{"kind": "vanished"}, {"kind": "退出", "资源": "S1", "顺便": 1}, {"kind": "退出", "资源": "S1"}]"#,
    )
    .expect_err("two faults");
    assert_eq!(faults.iter().map(|f| f.event).collect::<Vec<_>>(), [Some(1), Some(2)]);
    assert!(events::read("{").is_err() && events::read("3").is_err() && events::read(r#"{"events": 1}"#).is_err());
    let list = r#"[{"kind": "退出", "资源": "S9"}, {"kind": "fund_cut", "resource": "F1", "by": 1, "to": 2},
                   {"kind": "fund_cut", "resource": "S1", "by": 1}, {"kind": "session_cancelled", "session": "S0099"},
                   {"kind": "venue_closed", "resource": "S1"}, {"kind": "declined", "resource": "S1"},
                   {"kind": "result_reported", "session": "S0001", "served": {}}, {"kind": "need_withdrawn", "need": "N9"}]"#;
    let events: Vec<Event> = events::read(list).expect("events");
    let (sheets, _) = from_json(LISTS).into_sheets().expect("sound lists");
    match prepare(sheets.clone(), first(), &events, None) {
        Err(NotPrepared::Events(faults)) => {
            assert_eq!(faults.len(), 8);
            let lines: Vec<String> = faults.iter().map(|f| f.message(sandan::lists::Lang::Zh)).collect();
            assert!(lines.iter().all(|line| line.contains("个事件")), "{lines:?}");
        }
        other => panic!("{:?}", other.err()),
    }
    // A new need with a fault is a problem of the lists.
    let events = events::read(r#"[{"kind": "need_added", "need": {"id": "N3", "quantity": "many"}}]"#).expect("events");
    assert!(matches!(prepare(sheets, first(), &events, None), Err(NotPrepared::Problems(_))));
}

#[test]
fn events_survive_being_written_and_read() {
    let text = r#"[{"kind": "退出", "资源": "S1", "人数": 2, "自": "W2"}, {"kind": "need_withdrawn", "need": "N1"}]"#;
    let events = events::read(text).expect("events");
    let written = serde_json::to_string(&events).expect("plain JSON");
    assert_eq!(events::read(&written).expect("events"), events);
    let kinds: BTreeMap<&str, usize> = [("dropped_out", 1), ("need_withdrawn", 1)].into();
    assert!(kinds.keys().all(|kind| written.contains(kind)), "{written}");
}
