//! What answers say and find in cases made for them: each wording, in Chinese and in English.

use sandan::answers::{
    Ground, Prices, Question, Subject, compare, difference, events, marginal_prices, prepare, recommend, rematched, why,
};
use sandan::export::Names;
use sandan::intake::sheets::from_json;
use sandan::lists::{Case, Lang};
use sandan::plan::{Plan, Verdict};
use sandan::{Flow, solve};
use serde_json::{Value, json};

fn case(document: &Value) -> Case {
    from_json(&document.to_string()).understand().unwrap_or_else(|p| panic!("{document}: {p:?}")).case
}

/// A case with a plan that is proven best.
fn solved(document: &Value) -> (Case, Plan) {
    let case = case(document);
    let plan = solve(&case, &mut |_| Flow::Continue).expect("a plan");
    (case, plan)
}

/// What is said in both languages.
fn both<'c>(case: &'c Case, say: impl Fn(&Names<'c>) -> String) -> [String; 2] {
    [Lang::Zh, Lang::En].map(|lang| say(&Names::new(case, lang)))
}

/// So many units of a need, one a session, a session a period.
fn one_by_one(units: usize) -> Value {
    let periods: Vec<Value> = (1..=units).map(|at| json!({"id": format!("T{at:02}")})).collect();
    json!({
        "needs": [{"id": "N1", "place": "C1", "services": "帮扶", "quantity": units}],
        "projects": [{"id": "P1", "services": "帮扶", "size": 1, "staffing": "社工:1"}],
        "resources": [{"id": "S1", "roles": "社工", "place": "C1"}],
        "periods": periods,
    })
}

#[test]
fn ten_sessions_are_named_and_more_are_counted() {
    for (units, more) in [(10, ["S0010\n", "S0010\n"]), (12, ["S0010 等 12 场\n", "S0010, … (12 sessions)\n"])] {
        let (case, plan) = solved(&one_by_one(units));
        let ground = Ground::new(&case, &plan).expect("a sound plan");
        let answer = why(&ground, &Question::Need { need: "N1".to_owned() }).expect("an answer");
        assert_eq!((answer.verdict, answer.sessions.len()), (Verdict::NotExamined, units));
        for (text, more) in both(&case, |names| answer.text(names)).iter().zip(more) {
            assert!(text.contains("S0001") && text.ends_with(more), "{text}");
            assert!(!text.contains("S0011"), "{text}");
        }
    }
}

/// Of a need and of a row of a case with this plan.
fn proposed(case: &Case, plan: &Plan, of_need: bool, id: &str) -> [String; 2] {
    let ground = Ground::new(case, plan).expect("a sound plan");
    let id = id.to_owned();
    let subject = if of_need { Subject::Need { need: id } } else { Subject::Resource { resource: id } };
    let found = recommend(&ground, &subject, 3).expect("an answer");
    both(case, |names| found.text(names, &ground.levels))
}

#[test]
fn recommendations_are_said_or_why_there_are_none() {
    let mut document = one_by_one(2);
    // Nobody offers it, and nobody can lead it.
    let needs = [("N2", "义诊"), ("N3", "手工")].map(|(id, s)| json!({"id": id, "place": "C1", "services": s}));
    document["needs"].as_array_mut().expect("rows").extend(needs);
    let project = json!({"id": "P3", "services": "手工", "staffing": "教师:1"});
    document["projects"].as_array_mut().expect("rows").push(project);
    let row = json!({"id": "S2", "roles": "司机", "place": "C1"});
    document["resources"].as_array_mut().expect("rows").push(row);
    let (case, plan) = solved(&document);
    let need = |id: &str| proposed(&case, &plan, true, id);
    let row = |id: &str| proposed(&case, &plan, false, id);
    assert_eq!(need("N1"), ["N1：已全部服务，不用加场次\n", "N1: fully served, no session to add\n"]);
    assert_eq!(
        need("N2"),
        [
            "N2：没有项目能在它的地点和时段服务它（sandan why 说明原因）\n",
            "N2: no project can serve it at its place in its periods (sandan why says more)\n",
        ]
    );
    assert_eq!(
        need("N3"),
        [
            "N3：用现在空闲的人、场地和钱，凑不成一场（看了 2 种项目、地点、时段的搭配）\n",
            "N3: no whole session can be held with what is free (combinations of project, place and period: 2)\n",
        ]
    );
    assert_eq!(row("S2"), ["S2：没有未满足的需求用得上它\n", "S2: no unmet need has a use for it\n"]);
    // With a session taken out there is something to propose.
    let mut less = plan.clone();
    less.sessions.retain(|session| session.period != "T02");
    for texts in [proposed(&case, &less, true, "N1"), proposed(&case, &less, false, "S1")] {
        let [zh, en] = texts;
        assert!(
            zh.contains("：可加办的场次，最好的 1 个（各自单独加入，已核验）\n  P1 · C1 · T02；N1 × 1；社工 S1\n"),
            "{zh}"
        );
        assert!(zh.contains("    第 3 级 +1：覆盖 1（按优先级加权） → 覆盖 2（按优先级加权）\n"), "{zh}");
        assert!(
            en.contains(": the best 1 sessions to add (each alone, checked)\n  P1 · C1 · T02; N1 × 1; 社工 S1\n"),
            "{en}"
        );
    }
    let (case, plan) = solved(&one_by_one(2));
    assert_eq!(proposed(&case, &plan, false, "S1"), ["S1：没有未满足的需求\n", "S1: no need is unmet\n"]);
}

/// Two cases of protection and eight seats in a class: a social worker for one case, money for two sessions.
fn money_for_two() -> Value {
    json!({
        "needs": [
            {"id": "N1", "place": "C1", "services": "保护", "quantity": 2, "unit": "例", "priority": 10},
            {"id": "N2", "place": "C1", "services": "诗词", "quantity": 8},
        ],
        "projects": [
            {"id": "P1", "services": "保护", "size": 1, "staffing": "社工:1", "session_cost": "100"},
            {"id": "P2", "services": "诗词", "size": 8, "staffing": "志愿者:1", "session_cost": "100"},
        ],
        "resources": [
            {"id": "V1", "roles": "志愿者", "org": "志愿队", "place": "C1"},
            {"id": "S1", "roles": "社工", "org": "社工站", "place": "C1"},
            {"id": "F1", "kind": "fund", "amount": "200"},
        ],
        "periods": [{"id": "T1"}],
    })
}

#[test]
fn what_gives_way_is_said_and_whose_member_it_is() {
    let (case, plan) = solved(&money_for_two());
    let ground = Ground::new(&case, &plan).expect("a sound plan");
    let found = marginal_prices(&ground, &Prices::default()).expect("an answer");
    let gap = found.gaps.iter().find(|gap| gap.resources == ["S1"]).expect("the social worker is busy");
    assert_eq!((gap.units["例"], gap.units["人次"], gap.coverage), (1, -8, 2), "{gap:?}");
    let [zh, en] = both(&case, |names| found.text(names));
    let line = "C1 在 T1 再有 1 名 社工站 的 社工 → 可多服务 1 例，少服务 8 人次（覆盖 +2，代价 1,000 点）\n";
    assert!(zh.contains(line), "{zh}");
    let line =
        "1 more 社工 of 社工站 at C1 in T1 → serves 1 例 more, and 8 人次 less (coverage +2, cost 1,000 points)\n";
    assert!(en.contains(line), "{en}");
}

#[test]
fn a_thing_of_which_one_more_is_worth_something_has_a_price() {
    let (case, plan) = solved(&json!({
        "needs": [{"id": "N1", "place": "C1", "services": "心愿", "quantity": 3, "priority": 2}],
        "projects": [{"id": "P1", "services": "心愿", "size": 1, "goods": "键盘:1"}],
        "resources": [
            {"id": "G1", "kind": "goods", "roles": "键盘", "title": "捐赠", "amount": 2},
            {"id": "G2", "kind": "goods", "roles": "书包", "amount": 0},
        ],
        "periods": [{"id": "T1"}],
    }));
    let ground = Ground::new(&case, &plan).expect("a sound plan");
    let found = marginal_prices(&ground, &Prices::default()).expect("an answer");
    let prices = found.as_prices();
    let said: Vec<_> = prices.iter().map(|price| (price.kind.as_str(), &*price.resources, price.worth_milli)).collect();
    assert_eq!(said, [("goods", &["G1".to_owned()][..], 2_000)], "{prices:?}");
    assert_eq!((&prices[0].place, &prices[0].period), (&None, &None));
    assert_eq!(
        both(&case, |names| found.text(names)),
        [
            "1. G1 捐赠 再有 1 件 键盘 → 可多服务 1 人次（覆盖 +2，代价 50 点）\n",
            "1. 1 more 键盘 in G1 捐赠 → serves 1 人次 more (coverage +2, cost 50 points)\n",
        ]
    );
}

/// A need that three social workers are too far from.
fn too_far() -> Value {
    let places: Vec<Value> = (1..=4).map(|at| json!({"id": format!("C{at}")})).collect();
    let way = |at: usize| json!({"from": "C1", "to": format!("C{at}"), "minutes": 40});
    let row = |at: usize| json!({"id": format!("R{at}"), "roles": "社工", "place": format!("C{}", at.max(3))});
    json!({
        "needs": [{"id": "N1", "place": "C1", "services": "帮扶"}],
        "projects": [{"id": "P1", "services": "帮扶", "staffing": "社工:1"}],
        "resources": [row(2), row(3), row(4)],
        "places": places,
        "travel": [way(2), way(3), way(4)],
        "periods": [{"id": "T1"}],
    })
}

#[test]
fn an_impossible_need_names_all_that_must_be_lifted_and_each_is_needed() {
    let document = too_far();
    let (case, plan) = solved(&document);
    let ground = Ground::new(&case, &plan).expect("a sound plan");
    let answer = why(&ground, &Question::Need { need: "N1".to_owned() }).expect("an answer");
    assert_eq!((answer.verdict, answer.irreducible, answer.limits.len()), (Verdict::Impossible, true, 8), "{answer:?}");
    assert_eq!(plan.unmet.len(), 1, "with all cells as they are nothing is served");
    for cell in &answer.limits {
        let mut lifted = document.clone();
        let row = usize::try_from(cell.row.expect("a row")).expect("a small number") - 2;
        let column = cell.column.as_deref().expect("a column");
        lifted[&cell.table][row][column] = match (cell.table.as_str(), column) {
            (_, "reach_minutes") => json!(40),
            ("needs", "place") => json!("C4"),
            _ => json!(""),
        };
        let (_, plan) = solved(&lifted);
        assert!(plan.unmet.is_empty(), "without {cell:?}");
    }
    let [zh, en] = both(&case, |names| answer.text(names));
    let zh_lines = [
        "    需求清单 第2行 N1 “地点” = C1，“可达分钟” = 0",
        "    资源清单 第2行 R2、第3行 R3：“地点” = C3，“可达分钟” = 15",
        "    资源清单 第4行 R4 “地点” = C4，“可达分钟” = 15",
    ];
    assert!(zh.ends_with(&(zh_lines.join("\n") + "\n")), "{zh}");
    let en_lines = [
        "    needs row 2 N1 `place` = C1, `reach_minutes` = 0",
        "    resources row 2 R2, row 3 R3: `place` = C3, `reach_minutes` = 15",
        "    resources row 4 R4 `place` = C4, `reach_minutes` = 15",
    ];
    assert!(en.ends_with(&(en_lines.join("\n") + "\n")), "{en}");
    // What stands in the way is named with the funnel, too.
    assert!(zh.contains("合格人员 0：岗位上没有合格的人：社工\n"), "{zh}");
}

#[test]
fn what_events_have_done_to_the_lists_is_said_in_full() {
    let mut document = one_by_one(4);
    let row = json!({"id": "S2", "roles": "社工", "place": "C1"});
    document["resources"].as_array_mut().expect("rows").push(row);
    document["projects"][0]["max_per_cell"] = json!(1);
    let (case, plan) = solved(&document);
    let of_last = plan.sessions.iter().find(|session| session.period == "T04").expect("one a period");
    let events = json!([
        {"kind": "退出", "资源": "S1", "自": "T03"},
        {"kind": "拒绝", "资源": "S2", "项目": "P1", "时段": "T02", "冷静期": 1},
        {"kind": "场次取消", "场次": of_last.id},
    ]);
    let events = events::read(&events.to_string()).expect("sound events");
    let prepared = prepare(from_json(&document.to_string()).sheets, plan.clone(), &events, None).expect("sound lists");
    let [zh, en] = both(&case, |names| rematched(&prepared, &plan).text(names));
    let lines = [
        "事件 1：资源清单 S1 “可用时段” = T01..T02",
        "事件 2：指定 加上 禁止 S2 P1 T02",
        "事件 3：指定 加上 禁止 P1 C1 T04",
    ];
    assert!(zh.starts_with(&(lines.join("\n") + "\n")), "{zh}");
    let lines = [
        "event 1: resources S1 `periods` = T01..T02",
        "event 2: pins: forbid S2 P1 T02 added",
        "event 3: pins: forbid P1 C1 T04 added",
    ];
    assert!(en.starts_with(&(lines.join("\n") + "\n")), "{en}");
}

#[test]
fn facts_that_one_plan_alone_knows_make_no_difference() {
    let (_, plan) = solved(&one_by_one(2));
    let mut later = plan.clone();
    later.sessions[0].fact = true;
    assert!(difference(&plan, &later).is_empty());
    later.sessions.pop();
    let found = difference(&plan, &later);
    assert_eq!((found.gone, found.new, found.sessions.len()), (2, 0, 1), "a unit and a member");
    assert_eq!((found.needs[0].before, found.needs[0].after), (2, 1), "what is served, facts included");
}

#[test]
fn plans_are_compared_in_the_words_of_summaries() {
    let mut document = money_for_two();
    let (case, plan) = solved(&document);
    // Of lists that value something else as well: then nothing but the terms can be compared.
    document["settings"] = json!([{"key": "levels", "value": "must | coverage | cost"}]);
    document["resources"][2]["amount"] = json!("100");
    let (_, other) = solved(&document);
    let [zh, en] = both(&case, |names| compare(&case, &plan, &other).text(names));
    assert!(
        zh.contains("\n覆盖 18（按优先级加权） → 覆盖 10（按优先级加权）\n费用 200.00 元 → 费用 100.00 元\n"),
        "{zh}"
    );
    assert!(zh.contains("\n  C1 人次：8 → 0（−8）\n") && !zh.contains("按分组"), "{zh}");
    assert!(en.contains("\ncost 200.00 yuan → cost 100.00 yuan\n") && en.contains("\n  C1 人次: 8 → 0 (−8)\n"), "{en}");
    assert!(!en.contains('（') && !en.contains("by group"), "{en}");
}

#[test]
fn a_rule_is_named_with_its_combination_in_words() {
    let mut document = one_by_one(2);
    document["rules"] = json!([{"id": "Q1", "rule": "sessions", "min": 3}, {"id": "Q2", "rule": "sessions", "min": 2, "per": "place; period"}]);
    let (case, plan) = solved(&document);
    let ground = Ground::new(&case, &plan).expect("a sound plan");
    let title = |rule: &str, per: &[(&str, &str)]| {
        let per = per.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let answer = why(&ground, &Question::Rule { rule: rule.to_owned(), per }).expect("an answer");
        both(&case, |names| answer.text(names).lines().next().unwrap_or_default().to_owned())
    };
    assert_eq!(title("Q1", &[]), ["规则 Q1：现有 2，问的是能否到 3", "rule Q1: has 2; asked: why not 3"]);
    assert_eq!(
        title("Q2", &[("place", "C1"), ("period", "T01")]),
        ["规则 Q2 T01、C1：现有 1，问的是能否到 2", "rule Q2 T01, C1: has 1; asked: why not 2"]
    );
}

#[test]
fn what_fairness_costs_is_a_most_only_where_that_is_proven() {
    let (case, plan) = solved(&one_by_one(2));
    let unproven = Plan { levels: Vec::new(), ..plan.clone() };
    let say = |plan: &Plan| {
        let ground = Ground::new(&case, plan).expect("a sound plan");
        let found = sandan::answers::fairness(&ground).expect("an answer");
        both(&case, |names| found.text(names))
    };
    let [zh, en] = say(&plan);
    assert!(zh.contains("各组满足程度（按优先级加权，最差的在前）\n  C1  100%  2 / 2\n"), "{zh}");
    assert!(zh.contains("不分段最多服务 2（按优先级加权），现在 2，让出 0，已证\n"), "{zh}");
    assert!(en.contains("without steps at most 2 (weighted by priority), now 2, given up 0, proven\n"), "{en}");
    let [zh, en] = say(&unproven);
    assert!(zh.contains("不分段找到的方案服务 2（按优先级加权），现在 2，让出 0，未证到最优\n"), "{zh}");
    assert!(en.contains("without steps 2 found (weighted by priority), now 2, given up 0, not proven\n"), "{en}");
}

/// Two hundred communities with a volunteer each, and money for all; the one social worker and the money of a visit serve
/// N1, of which each unit counts three times, and could serve N2.
fn one_social_worker_in_many_lists() -> Value {
    let at = |at: usize| format!("C{at:03}");
    let mut needs = vec![
        json!({"id": "N1", "place": "C001", "services": "走访", "quantity": 10, "priority": 3}),
        json!({"id": "N2", "place": "C002", "services": "义诊", "quantity": 10, "priority": 2}),
    ];
    let mut resources =
        vec![json!({"id": "S1", "roles": "社工"}), json!({"id": "F1", "kind": "fund", "amount": "20100"})];
    for community in 1..=200 {
        needs.push(
            json!({"id": format!("L{community:03}"), "place": at(community), "services": "诗词", "quantity": 10}),
        );
        resources.push(json!({"id": format!("V{community:03}"), "roles": "志愿者", "place": at(community)}));
    }
    let project = |id: &str, services: &str, staffing: &str| json!({"id": id, "services": services, "size": 10, "staffing": staffing, "session_cost": "100"});
    json!({
        "needs": needs,
        "projects": [project("P1", "走访", "社工:1"), project("P2", "义诊", "社工:1"), project("P3", "诗词", "志愿者:1")],
        "resources": resources,
        "periods": [{"id": "T1"}],
    })
}

#[test]
fn who_holds_all_that_is_lacking_gives_way_in_large_lists() {
    let (case, plan) = solved(&one_social_worker_in_many_lists());
    // As if nothing of the plan were proven: then only what is near by is looked at.
    let plan = Plan { levels: Vec::new(), ..plan };
    let ground = Ground::new(&case, &plan).expect("a sound plan");
    let answer = why(&ground, &Question::Need { need: "N2".to_owned() }).expect("an answer");
    assert_eq!(answer.verdict, Verdict::NotProven);
    let exchange = answer.exchange.expect("a plan that does it");
    let served: Vec<_> = exchange.needs.iter().map(|need| (need.need.as_str(), need.before, need.after)).collect();
    assert_eq!(served, [("N1", 10, 0), ("N2", 0, 10)]);
    assert_eq!(answer.levels.iter().map(|level| level.change).collect::<Vec<_>>()[2], -10);
}
