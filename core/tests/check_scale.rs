//! A plan of a whole prefecture is checked in a moment: 12,000 sessions, 5,000 rows, 900,000 members.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sandan::check::check;
use sandan::lists::{
    Case, IdOrder, Kind, Need, PerKey, Period, PeriodSet, Place, Post, Project, Resource, Rule, RuleKind, Settings,
    Symbol, Symbols, TravelRow,
};
use sandan::plan::{Payment, Plan, Seat, Served, Session};

const PLACES: usize = 200;
const PERIODS: usize = 12;
const SESSIONS_A_CELL: usize = 5;
const TEAMS: usize = 5_000;
const MEMBERS: i64 = 180;

fn words(words: &[Symbol]) -> Arc<[Symbol]> {
    words.into()
}

fn need(place: usize, service: Symbol) -> Need {
    Need {
        id: format!("N{place:04}"),
        title: String::new(),
        row: 0,
        place: place.into(),
        services: words(&[service]),
        quantity: 1_000,
        unit: service,
        priority: 1,
        must: false,
        whole: false,
        one_project: false,
        periods: PeriodSet::all(),
        per_period: None,
        reach_minutes: 15,
        audience: words(&[]),
        projects: None,
        exclude: [].into(),
        person: None,
        group: service,
        goods: [].into(),
    }
}

fn project(service: Symbol, role: Symbol) -> Project {
    let post = Post {
        number: 1,
        row: None,
        role,
        skills: words(&[]),
        count: 3,
        per_units: None,
        reserve: 0,
        load: 1,
        rotate: false,
        orgs: None,
    };
    Project {
        id: "P1".to_owned(),
        title: String::new(),
        row: 2,
        services: words(&[service]),
        audience: words(&[]),
        unit: None,
        lead: Some(role),
        partners: words(&[]),
        place: None,
        reach_minutes: 15,
        places: None,
        online: false,
        periods: PeriodSet::all(),
        span: 1,
        size: 25,
        min_size: 0,
        max_sessions: None,
        min_sessions: 0,
        max_per_cell: Some(SESSIONS_A_CELL as i64),
        launch_cost_fen: 0,
        session_cost_fen: 100,
        unit_cost_fen: 0,
        goods: [].into(),
        posts: vec![post],
        venue: words(&[]),
        clearance: words(&[]),
        quality: 1,
    }
}

fn resource(id: String, kind: Kind, role: Symbol, place: Option<usize>) -> Resource {
    Resource {
        id,
        title: String::new(),
        row: 2,
        kind,
        roles: words(&[role]),
        skills: [].into(),
        org: None,
        place: place.map(Into::into),
        reach_minutes: 15,
        count: MEMBERS,
        periods: PeriodSet::all(),
        per_period: 1,
        total: Some(12),
        amount: i64::from(u32::MAX),
        projects: None,
        exclude: [].into(),
        services: None,
        places: None,
        seats: None,
        cost_fen: 0,
        prefers_services: words(&[]),
        prefers_projects: [].into(),
    }
}

fn rule(id: &str, kind: RuleKind, per: Vec<PerKey>) -> Rule {
    Rule {
        id: id.to_owned(),
        row: 2,
        kind,
        projects: None,
        services: None,
        theme: false,
        orgs: None,
        places: None,
        periods: PeriodSet::all(),
        roles: None,
        skills: None,
        resources: None,
        units: None,
        audience: None,
        per,
        min: Some(1),
        max: Some(12),
        against: None,
        window: Some(3),
        weight: 1,
    }
}

fn prefecture() -> Case {
    let symbols = Symbols::new(vec!["心理".to_owned(), "社工".to_owned()]);
    let (service, role) = (symbols.find("心理").expect("a word"), symbols.find("社工").expect("a word"));
    let place = |id: String| Place { id, title: String::new(), row: 2, kind: None, parent: None, coordinates: None };
    let mut places: Vec<Place> = (0..PLACES).map(|p| place(format!("C{p:04}"))).collect();
    for (position, place) in places.iter_mut().enumerate() {
        place.coordinates = Some((23.0 + position as f64 / 1e5, 109.0));
    }
    places.push(place("online".to_owned()));
    let periods = (0..PERIODS).map(|p| Period {
        id: format!("M{p:02}"),
        title: String::new(),
        row: 2,
        start: String::new(),
        end: String::new(),
        theme: words(&[]),
        tags: [].into(),
    });
    let travel = |(from, to): (usize, usize)| TravelRow { row: 2, from: from.into(), to: to.into(), minutes: 9 };
    let pairs =
        (0..PLACES).flat_map(|from| (0..PLACES).filter(move |to| (from + to) % 2 == 0).map(move |to| (from, to)));
    let teams = (0..TEAMS).map(|t| resource(format!("R{t:04}"), Kind::Staff, role, Some(t % PLACES)));
    let fund = resource("F1".to_owned(), Kind::Fund, role, None);
    let keys = vec![PerKey::Place, PerKey::Period];
    Case {
        needs: (0..PLACES).map(|place| need(place, service)).collect(),
        projects: vec![project(service, role)],
        resources: std::iter::once(fund).chain(teams).collect(),
        order: IdOrder::default(),
        online: PLACES.into(),
        places,
        travel: pairs.map(travel).collect(),
        periods: periods.collect(),
        fits: Vec::new(),
        rules: vec![rule("Q1", RuleKind::Sessions, keys), rule("W1", RuleKind::Window, Vec::new())],
        pins: Vec::new(),
        settings: Settings::default(),
        previous: None,
        kept: std::collections::BTreeSet::new(),
        hash: String::new(),
        symbols,
    }
}

fn full_plan() -> Plan {
    let mut plan = Plan::empty();
    for place in 0..PLACES {
        for period in 0..PERIODS {
            for held in 0..SESSIONS_A_CELL {
                let number = plan.sessions.len();
                let seat = |member| Seat {
                    resource: format!("R{:04}", place + PLACES * held),
                    member: (number as i64 * 3 + member) % MEMBERS + 1,
                    post: 1,
                    role: "社工".to_owned(),
                    period: None,
                };
                plan.sessions.push(Session {
                    id: format!("S{number:05}"),
                    project: "P1".to_owned(),
                    place: format!("C{place:04}"),
                    period: format!("M{period:02}"),
                    needs: vec![Served { need: format!("N{place:04}"), units: 10 }],
                    staff: (0..3).map(seat).collect(),
                    funds: vec![Payment { fund: "F1".to_owned(), fen: 100 }],
                    ..Session::default()
                });
            }
        }
    }
    plan
}

#[test]
fn a_prefecture_is_checked_in_a_moment() {
    let (case, plan) = (prefecture(), full_plan());
    assert_eq!(plan.sessions.len(), 12_000);
    let begin = Instant::now();
    let report = check(&case, &plan);
    let elapsed = begin.elapsed();
    assert!(report.violations.is_empty(), "{:?}", report.violations.first());
    assert_eq!(report.unmet.len(), PLACES, "600 of 1,000 units are served at each place");
    println!("12,000 sessions in {elapsed:?}");
    // A generous bound for slow and busy machines; quadratic work would take minutes.
    assert!(elapsed < Duration::from_secs(20), "{elapsed:?}");
}
