//! A small case and a plan of it, put together by hand.
#![allow(dead_code, reason = "each test file uses what it needs")]

use std::sync::Arc;

use sandan::lists::*;
use sandan::plan::*;

pub struct Sample {
    pub case: Case,
    pub plan: Plan,
}

/// Two communities, four weeks, a class, a course over two weeks and an online line.
pub fn sample() -> Sample {
    sample_with("诗词课")
}

/// The same with another title of the first project.
pub fn sample_with(title: &str) -> Sample {
    let words = [
        "人",
        "人次",
        "例",
        "场",
        "诗词",
        "心理",
        "热线",
        "社工",
        "志愿者",
        "急救",
        "岗前培训",
        "银杏社工中心",
        "红十字会",
        "团县委",
        "活动室",
        "书包",
        "少年",
        "K001",
        "C1",
        "C2",
        "大厂志愿者协会",
        "暑期",
    ];
    let symbols = Symbols::new(words.iter().map(|w| (*w).to_owned()).collect());
    let word = |w: &str| symbols.find(w).expect("a word of the sample");
    let words = |list: &[&str]| -> Arc<[Symbol]> {
        let mut found: Vec<Symbol> = list.iter().map(|w| word(w)).collect();
        found.sort();
        found.into()
    };
    let places = vec![place("C1", "银杏社区", 2, None), place("C2", "古槐社区", 3, None), place("online", "", 0, None)];
    let periods = [("W1", "07-07"), ("W2", "07-14"), ("W3", "07-21"), ("W4", "07-28")];
    let ends = ["07-14", "07-21", "07-28", "08-04"];
    let periods: Vec<Period> = periods
        .iter()
        .zip(ends)
        .enumerate()
        .map(|(i, ((id, start), end))| Period {
            id: (*id).to_owned(),
            title: format!("第{}周", i + 1),
            row: i as u32 + 2,
            start: format!("2025-{start}"),
            end: format!("2025-{end}"),
            theme: Arc::new([]),
            tags: Arc::new([(None, word("暑期"))]),
        })
        .collect();
    let need = |id: &str, title: &str, place: u32, service: &str, quantity: i64, unit: &str| Need {
        id: id.to_owned(),
        title: title.to_owned(),
        row: 2,
        place: PlaceId(place),
        services: words(&[service]),
        quantity,
        unit: word(unit),
        priority: 1,
        must: false,
        whole: false,
        one_project: false,
        periods: PeriodSet::all(),
        per_period: None,
        reach_minutes: 0,
        audience: Arc::new([]),
        projects: None,
        exclude: Arc::new([]),
        person: None,
        group: word("C1"),
        goods: Arc::new([]),
    };
    let needs = vec![
        need("N1", "银杏社区孩子学诗词", 0, "诗词", 20, "人次"),
        need("N2", "古槐社区孩子学诗词", 1, "诗词", 15, "人次"),
        need("N3", "情绪困扰个案", 0, "心理", 1, "例"),
        need("N4", "古槐个案", 1, "心理", 2, "例"),
        need("N5", "家长热线", 1, "热线", 30, "人次"),
    ];
    let post = |number: u32, role: &str, skills: &[&str], count: i64, load: i64, rotate: bool| Post {
        number,
        row: None,
        role: word(role),
        skills: words(skills),
        count,
        per_units: None,
        reserve: 0,
        load,
        rotate,
        orgs: None,
    };
    let project = |id: &str, title: &str, service: &str, span: i64, posts: Vec<Post>| Project {
        id: id.to_owned(),
        title: title.to_owned(),
        row: 2,
        services: words(&[service]),
        audience: Arc::new([]),
        unit: None,
        lead: Some(word("团县委")),
        partners: Arc::new([]),
        place: None,
        reach_minutes: 15,
        places: None,
        online: false,
        periods: PeriodSet::all(),
        span,
        size: 20,
        min_size: 0,
        max_sessions: None,
        min_sessions: 0,
        max_per_cell: None,
        launch_cost_fen: 0,
        session_cost_fen: 0,
        unit_cost_fen: 0,
        goods: Arc::new([]),
        posts,
        venue: Arc::new([]),
        clearance: Arc::new([]),
        quality: 0,
    };
    let mut class = project(
        "P1",
        title,
        "诗词",
        1,
        vec![post(1, "社工", &[], 1, 3, false), post(2, "志愿者", &["岗前培训"], 2, 1, false)],
    );
    class.launch_cost_fen = 200_000;
    class.session_cost_fen = 50_050;
    class.venue = words(&["活动室"]);
    class.partners = words(&["银杏社工中心", "红十字会"]);
    let mut course = project(
        "P2",
        "心理陪伴",
        "心理",
        2,
        vec![post(1, "社工", &[], 1, 2, false), post(2, "志愿者", &[], 1, 1, true)],
    );
    course.size = 1;
    let mut line = project("P3", "12355热线", "热线", 1, vec![post(1, "社工", &[], 1, 1, false)]);
    line.online = true;
    let resource = |id: &str, title: &str, kind: Kind, roles: &[&str], count: i64| Resource {
        id: id.to_owned(),
        title: title.to_owned(),
        row: 2,
        kind,
        roles: words(roles),
        skills: Arc::new([]),
        org: None,
        place: None,
        reach_minutes: 15,
        count,
        periods: PeriodSet::all(),
        per_period: 1,
        total: None,
        amount: 0,
        projects: None,
        exclude: Arc::new([]),
        services: None,
        places: None,
        seats: None,
        cost_fen: 0,
        prefers_services: Arc::new([]),
        prefers_projects: Arc::new([]),
    };
    let mut resources = vec![
        resource("F1", "公益创投资金", Kind::Fund, &[], 1),
        resource("G1", "爱心仓库", Kind::Goods, &["书包"], 1),
        resource("S1", "王社工", Kind::Staff, &["社工"], 1),
        resource("S2", "李社工", Kind::Staff, &["社工"], 1),
        resource("V1", "暑期志愿队", Kind::Staff, &["志愿者"], 4),
        resource("R1", "银杏社区活动室", Kind::Venue, &["活动室"], 1),
        resource("R2", "古槐社区活动室", Kind::Venue, &["活动室"], 1),
    ];
    resources.sort_by(|a, b| a.id.cmp(&b.id));
    for row in &mut resources {
        match row.id.as_str() {
            "F1" => row.amount = 500_000,
            "G1" => row.amount = 40,
            "R1" => row.place = Some(PlaceId(0)),
            "R2" => row.place = Some(PlaceId(1)),
            "S1" | "S2" => {
                row.per_period = 4;
                row.org = Some(word("银杏社工中心"));
            }
            _ => {
                row.skills = Arc::new([Skill { tag: word("岗前培训"), periods: PeriodSet::all() }]);
                row.org = Some(word("大厂志愿者协会"));
            }
        }
    }
    let case = Case {
        symbols: symbols.clone(),
        needs,
        projects: vec![class, course, line],
        resources,
        order: IdOrder::default(),
        places,
        online: PlaceId(2),
        travel: Vec::new(),
        periods,
        fits: Vec::new(),
        rules: Vec::new(),
        pins: Vec::new(),
        settings: Settings::default(),
        previous: None,
        kept: std::collections::BTreeSet::new(),
        hash: "5a".repeat(32),
    };
    let plan = plan(&case);
    Sample { case, plan }
}

fn place(id: &str, title: &str, row: u32, parent: Option<PlaceId>) -> Place {
    Place { id: id.to_owned(), title: title.to_owned(), row, kind: None, parent, coordinates: None }
}

fn plan(case: &Case) -> Plan {
    let seat = |resource: &str, member: i64, post: u32, role: &str, period: Option<&str>| Seat {
        resource: resource.to_owned(),
        member,
        post,
        role: role.to_owned(),
        period: period.map(str::to_owned),
    };
    let class = |place: &str, period: &str, need: &str, units: i64, social: &str, first: i64, venue: &str| Session {
        project: "P1".to_owned(),
        place: place.to_owned(),
        period: period.to_owned(),
        needs: vec![Served { need: need.to_owned(), units }],
        staff: vec![
            seat(social, 1, 1, "社工", None),
            seat("V1", first, 2, "志愿者", None),
            seat("V1", first + 1, 2, "志愿者", None),
        ],
        venue: Some(venue.to_owned()),
        room: Some(1),
        funds: vec![Payment { fund: "F1".to_owned(), fen: 50_050 }],
        goods: vec![Draw { stock: "G1".to_owned(), item: "书包".to_owned(), n: units }],
        ..Session::default()
    };
    let mut plan = Plan::empty();
    plan.case.clone_from(&case.hash);
    plan.status = Status::WithinGap;
    plan.sessions = vec![
        class("C1", "W1", "N1", 20, "S1", 1, "R1"),
        class("C2", "W1", "N2", 10, "S2", 3, "R2"),
        Session {
            project: "P2".to_owned(),
            place: "C1".to_owned(),
            period: "W2".to_owned(),
            needs: vec![Served { need: "N3".to_owned(), units: 1 }],
            staff: vec![
                seat("S1", 1, 1, "社工", None),
                seat("V1", 1, 2, "志愿者", Some("W2")),
                seat("V1", 2, 2, "志愿者", Some("W3")),
            ],
            ..Session::default()
        },
        Session {
            project: "P3".to_owned(),
            place: "online".to_owned(),
            period: "W4".to_owned(),
            needs: vec![Served { need: "N5".to_owned(), units: 20 }],
            staff: vec![seat("S2", 1, 1, "社工", None)],
            ..Session::default()
        },
    ];
    plan.launches = vec![Launch {
        project: "P1".to_owned(),
        funds: vec![Payment { fund: "F1".to_owned(), fen: 200_000 }],
        fact: false,
    }];
    let step = |stage: Stage, left: u64, by: &[&str]| FunnelStep {
        stage,
        left,
        by: by.iter().map(|b| (*b).to_owned()).collect(),
    };
    plan.unmet = vec![
        Unmet {
            need: "N2".to_owned(),
            units: 5,
            reason: Reason {
                funnel: vec![
                    step(Stage::Offers, 1, &[]),
                    step(Stage::Reach, 4, &[]),
                    step(Stage::Period, 4, &[]),
                    step(Stage::Venue, 4, &[]),
                    step(Stage::Staff, 4, &[]),
                    step(Stage::Free, 0, &["S1", "S2", "V1"]),
                ],
                ..Reason::default()
            },
        },
        Unmet {
            need: "N4".to_owned(),
            units: 2,
            reason: Reason { funnel: vec![step(Stage::Offers, 0, &[])], ..Reason::default() },
        },
        Unmet { need: "N5".to_owned(), units: 10, reason: Reason::default() },
    ];
    let level = |terms: &[(&str, i64)], value: i64, bound: i64, gap_ppm: i64| Level {
        terms: terms.iter().map(|(t, n)| ((*t).to_owned(), *n)).collect(),
        value,
        bound,
        gap_ppm,
    };
    plan.levels = vec![
        level(&[("must", 0)], 0, 0, 0),
        level(&[("quota", -1)], -1, -1, 0),
        level(&[("coverage", 51)], 51, 52, 19_231),
        level(&[("cost", -300_100), ("travel", -40), ("turns", -16)], -303_700, -303_700, 0),
    ];
    plan.shortfalls = vec![Shortfall {
        rule: "Q1".to_owned(),
        per: [("place".to_owned(), "C2".to_owned()), ("period".to_owned(), "W3".to_owned())].into(),
        missing: 1,
        reason: Reason { funnel: vec![step(Stage::Offers, 1, &[]), step(Stage::Reach, 0, &[])], ..Reason::default() },
    }];
    let periods: Vec<&str> = case.periods.iter().map(|p| p.id.as_str()).collect();
    plan.put_in_order(periods);
    plan
}
