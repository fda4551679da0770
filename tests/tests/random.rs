//! Random small cases with answers that an independent solver has proven (see `tests/oracle`).
//!
//! Every plan has passed the second opinion before it is handed out; here its values and bounds are held against the
//! proven ones, and engines that ignore one family of limits are shown to be found out.

use std::collections::BTreeMap;
use std::fs;

use sandan::check::check;
use sandan::intake::sheets::from_json;
use sandan::lists::{Case, PeriodSet, RuleKind};
use sandan::plan::Plan;
use sandan::{Flow, NoPlan, solve};
use sandan_tests::root;
use serde_json::Value;

/// Work enough to prove nearly all of them.
const MOST_STEPS: u64 = 8_000;

/// A random case and what the oracle says.
struct Sample {
    id: String,
    case: Case,
    answer: Value,
}

/// The committed sample (`more` = false: 300 cases with plans) and the larger set (2,000 cases, values only).
fn samples(more: bool) -> Vec<Sample> {
    let (cases, answers) =
        if more { ("more-cases.jsonl", "more-answers.jsonl") } else { ("cases.jsonl", "answers.jsonl") };
    let read = |name: &str| -> Vec<Value> {
        let text = fs::read_to_string(root().join("tests/oracle/cases").join(name)).expect("the committed sample");
        text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    };
    let answers: BTreeMap<String, Value> =
        read(answers).into_iter().map(|a| (a["id"].as_str().expect("an id").to_owned(), a)).collect();
    read(cases)
        .into_iter()
        .map(|line| {
            let id = line["id"].as_str().expect("an id").to_owned();
            let intake = from_json(&line["case"].to_string()).understand();
            let mut case = intake.unwrap_or_else(|problems| panic!("{id}: {problems:?}")).case;
            case.settings.max_steps.get_or_insert(MOST_STEPS);
            Sample { answer: answers[&id].clone(), id, case }
        })
        .collect()
}

fn run(case: &Case) -> Result<Plan, NoPlan> {
    solve(case, &mut |_| Flow::Continue)
}

#[test]
fn values_and_bounds_of_the_sample_are_those_of_the_oracle() {
    agree(&samples(false));
}

#[test]
fn values_and_bounds_of_two_thousand_cases_are_those_of_the_oracle() {
    let samples = samples(true);
    assert!(samples.len() >= 2_000, "{} cases", samples.len());
    agree(&samples);
}

fn agree(samples: &[Sample]) {
    let (mut optimal, mut held) = (0, 0);
    for Sample { id, case, answer } in samples {
        let plan = match run(case) {
            Ok(plan) => plan,
            Err(NoPlan::Problems(_)) => {
                assert_eq!(answer["status"], "infeasible", "{id}");
                continue;
            }
            Err(other) => panic!("{id}: {other}"),
        };
        assert_eq!(answer["status"], "optimal", "{id}: a plan where none is possible");
        held += usize::from(!plan.sessions.is_empty());
        optimal += usize::from(plan.levels.iter().all(|l| l.gap_ppm == 0));
        for (position, level) in plan.levels.iter().enumerate() {
            let best = answer["levels"][position].as_i64().expect("a value a level");
            assert!(level.bound >= best, "{id}: bound {} of level {position} is below {best}", level.bound);
            assert!(level.value <= best, "{id}: level {position} is worth {} but {best} is the best", level.value);
            if level.gap_ppm == 0 {
                assert_eq!(level.value, best, "{id}: level {position} is not optimal");
            }
            if level.value < best {
                break;
            }
        }
    }
    assert!(held * 10 >= samples.len() * 8, "{held} of {} plans hold sessions", samples.len());
    assert!(optimal * 100 >= samples.len() * 95, "{optimal} of {} plans are proven optimal", samples.len());
}

/// What an engine would see that ignored one family of limits.
type Lift = fn(&mut Case);

const FAMILIES: [(&str, Lift); 15] = [
    ("H1", |case| {
        for project in &mut case.projects {
            (project.places, project.place, project.periods) = (None, None, PeriodSet::all());
        }
    }),
    ("H2", |case| {
        let services: Vec<_> = case.projects.iter().flat_map(|p| p.services.iter().copied()).collect();
        for need in &mut case.needs {
            need.reach_minutes = 10_000;
            need.periods = PeriodSet::all();
            need.services = services.clone().into();
        }
    }),
    ("H3", |case| case.needs.iter_mut().for_each(|n| n.quantity *= 3)),
    ("H4", |case| case.projects.iter_mut().for_each(|p| (p.size, p.min_size) = (p.size * 3, 0))),
    ("H5", |case| {
        case.projects.iter_mut().flat_map(|p| &mut p.posts).for_each(|p| (p.count, p.reserve) = (p.count - 1, 0));
    }),
    ("H6", |case| {
        for project in &mut case.projects {
            project.clearance = [].into();
            project.posts.iter_mut().for_each(|p| (p.skills, p.orgs) = ([].into(), None));
        }
        case.resources.iter_mut().for_each(|r| r.reach_minutes = 10_000);
    }),
    ("H7", |case| case.resources.iter_mut().for_each(|r| (r.per_period, r.total) = (20, None))),
    ("H8", |case| {
        case.projects.iter_mut().for_each(|p| p.venue = [].into());
    }),
    ("H9", |case| case.settings.person_per_period = 100),
    ("H10", |case| {
        for project in &mut case.projects {
            (project.launch_cost_fen, project.session_cost_fen, project.unit_cost_fen) = (0, 0, 0);
        }
    }),
    ("H11", |case| {
        case.needs.iter_mut().for_each(|n| n.goods = [].into());
        case.projects.iter_mut().for_each(|p| p.goods = [].into());
    }),
    ("H12", |case| {
        let counts = |kind| !matches!(kind, RuleKind::Ratio | RuleKind::Window);
        case.rules.iter_mut().filter(|r| counts(r.kind)).for_each(|r| r.max = None);
    }),
    ("H13", |case| case.rules.retain(|r| r.kind != RuleKind::Ratio)),
    ("H14", |case| case.rules.retain(|r| r.kind != RuleKind::Window)),
    ("H15", |case| case.pins.clear()),
];

#[test]
fn an_engine_that_ignores_a_family_of_limits_is_found_out() {
    let samples = samples(false);
    for (name, lift) in FAMILIES {
        let mut found = 0;
        for Sample { case, .. } in &samples {
            let mut blind = case.clone();
            lift(&mut blind);
            blind.settings.max_steps = Some(200);
            if let Ok(plan) = run(&blind) {
                found += usize::from(check(case, &plan).violations.iter().any(|v| v.constraint == name));
            }
        }
        assert!(found >= 3, "{name}: found out in {found} of {} cases only", samples.len());
        println!("{name}: an engine without it is found out in {found} of {} cases", samples.len());
    }
}
