//! Answers on random small cases (`tests/oracle`), each shown again here by solving in another way.
//!
//! A sample by default; `SANDAN_ANSWERS=all` takes every case, `SANDAN_ANSWERS=120` so many.

use std::collections::BTreeMap;
use std::fs;

use sandan::answers::{Ground, Prices, Question, Subject, Why, audit, gaps, recommend, repairs, why};
use sandan::check::check;
use sandan::conflict::{Answer, Limits, possible};
use sandan::intake::sheets::from_json;
use sandan::lists::{Case, Kind, Pin, PinMode};
use sandan::plan::{Level, Plan, Verdict};
use sandan::{Flow, NoPlan, Phase, Solver, solve};
use sandan_tests::root;
use serde_json::Value;

/// Random cases with plans that are proven best on every level, gap 0.
fn samples() -> Vec<(String, Case, Plan)> {
    let most = match std::env::var("SANDAN_ANSWERS") {
        Ok(text) if text == "all" => usize::MAX,
        Ok(text) => text.parse().expect("a number or `all`"),
        Err(_) => 60,
    };
    let mut found = Vec::new();
    for name in ["cases.jsonl", "more-cases.jsonl"] {
        let text = fs::read_to_string(root().join("tests/oracle/cases").join(name)).expect("the committed sample");
        for line in text.lines() {
            if found.len() >= most.min(500) {
                return found;
            }
            let line: Value = serde_json::from_str(line).expect("a line of JSON");
            let mut case = from_json(&line["case"].to_string()).understand().expect("a sound case").case;
            case.settings.gap_ppm = 0;
            if let Ok(plan) = solve(&case, &mut |_| Flow::Continue) {
                found.push((format!("{name} {}", line["id"]), case, plan));
            }
        }
    }
    found
}

fn values(levels: &[Level]) -> Vec<i64> {
    levels.iter().map(|level| level.value).collect()
}

fn served(plan: &Plan, need: &str) -> i64 {
    plan.sessions.iter().flat_map(|s| &s.needs).filter(|n| n.need == need).map(|n| n.units).sum()
}

/// The case in which so many units of a need must be served.
fn with_pin(case: &Case, need: &str, count: i64) -> Case {
    let mut case = case.clone();
    let need = case.need(need);
    assert!(need.is_some());
    let (project, place, period, resource) = (None, None, None, None);
    case.pins.push(Pin { row: 0, mode: PinMode::Fix, need, project, place, period, resource, count });
    case
}

/// Every verdict is proven, and every set that cannot hold together is shown to be irreducible.
fn settled(counts: &BTreeMap<String, usize>) {
    println!("{counts:?}");
    let of = |name: &str| counts.get(name).copied().unwrap_or(0);
    assert_eq!(of("NotProven"), 0, "{counts:?}");
    assert_eq!(of("not irreducible"), 0, "{counts:?}");
}

#[test]
fn every_verdict_on_a_missed_quota_is_shown_again() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (id, case, plan) in samples() {
        let ground = Ground::new(&case, &plan).expect("a sound plan");
        for missed in plan.shortfalls.iter().take(4) {
            let question = Question::Rule { rule: missed.rule.clone(), per: missed.per.clone() };
            let answer = why(&ground, &question).unwrap_or_else(|r| panic!("{id} {missed:?}: {r:?}"));
            *counts.entry(format!("{:?}", answer.verdict)).or_default() += 1;
            match answer.verdict {
                Verdict::Impossible => {
                    assert!(answer.irreducible, "{id}: {answer:?}");
                    // With the quota alone on the first level it is missed all the same.
                    let mut alone = case.clone();
                    alone.settings.levels = vec![vec![sandan::lists::Term::Quota]];
                    alone.rules.iter_mut().filter(|r| r.id != missed.rule).for_each(|r| r.min = None);
                    let best = solve(&alone, &mut |_| Flow::Continue).expect("a plan");
                    let still = best.shortfalls.iter().any(|s| s.rule == missed.rule);
                    assert!(still || best.levels[0].gap_ppm > 0, "{id}: {answer:?}");
                }
                Verdict::Outbid | Verdict::Tie => {
                    let other = answer.plan.expect("the other plan");
                    let report = check(&case, &other);
                    assert!(report.violations.is_empty(), "{id} {missed:?}");
                    let of = |list: &[sandan::plan::Shortfall]| {
                        let same = list.iter().find(|s| s.rule == missed.rule && s.per == missed.per);
                        same.map_or(0, |s| s.missing)
                    };
                    assert!(of(&report.shortfalls) < missed.missing, "{id} {missed:?}");
                    let after: Vec<i64> = answer.levels.iter().map(|l| l.after).collect();
                    assert_eq!(after, values(&report.levels), "{id} {missed:?}");
                    let worse = values(&report.levels) < values(&plan.levels);
                    assert_eq!(worse, answer.verdict == Verdict::Outbid, "{id} {missed:?}");
                }
                Verdict::NotProven => println!("{id} {missed:?}: not proven"),
                Verdict::NotExamined => panic!("{id} {missed:?}: is not missed"),
            }
        }
    }
    settled(&counts);
}

#[test]
fn every_verdict_on_a_triple_is_shown_again() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (id, case, plan) in samples() {
        let ground = Ground::new(&case, &plan).expect("a sound plan");
        let rows = case.resources.iter().filter(|r| matches!(r.kind, Kind::Staff | Kind::Venue));
        for ((need, project), row) in case.needs.iter().zip(case.projects.iter().cycle()).zip(rows).take(3) {
            let (need, project, resource) = (need.id.clone(), project.id.clone(), row.id.clone());
            let question =
                Question::Triple { need: need.clone(), project: project.clone(), resource: resource.clone() };
            let answer = why(&ground, &question).unwrap_or_else(|r| panic!("{id} {question:?}: {r:?}"));
            *counts.entry(format!("{:?}", answer.verdict)).or_default() += 1;
            let does = |plan: &Plan| {
                let with = |s: &&sandan::plan::Session| {
                    s.project == project
                        && (s.venue.as_ref() == Some(&resource) || s.staff.iter().any(|seat| seat.resource == resource))
                };
                plan.sessions.iter().filter(with).flat_map(|s| &s.needs).any(|n| n.need == need)
            };
            assert_eq!(does(&plan), answer.verdict == Verdict::NotExamined, "{id} {question:?}");
            match answer.verdict {
                Verdict::Outbid | Verdict::Tie => {
                    let other = answer.plan.expect("the other plan");
                    assert!(check(&case, &other).violations.is_empty() && does(&other), "{id} {question:?}");
                }
                Verdict::Impossible if !answer.irreducible => {
                    println!("{id}: {:?} {:?} not shown irreducible", answer.question, answer.limits);
                    *counts.entry("not irreducible".to_owned()).or_default() += 1;
                }
                Verdict::Impossible | Verdict::NotProven | Verdict::NotExamined => {}
            }
        }
    }
    settled(&counts);
}

#[test]
fn every_verdict_on_an_unmet_need_is_shown_again() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (id, case, plan) in samples() {
        let proven = plan.levels.iter().all(|l| l.gap_ppm == 0);
        let ground = Ground::new(&case, &plan).expect("a sound plan");
        for unmet in &plan.unmet {
            let question = Question::Need { need: unmet.need.clone() };
            let answer = why(&ground, &question).unwrap_or_else(|r| panic!("{id} {}: {r:?}", unmet.need));
            let forced = with_pin(&case, &unmet.need, answer.asked);
            let again = solve(&forced, &mut |_| Flow::Continue);
            *counts.entry(format!("{:?}", answer.verdict)).or_default() += 1;
            match answer.verdict {
                Verdict::Impossible => {
                    assert!(matches!(again, Err(NoPlan::Problems(_))), "{id} {}", unmet.need);
                    let shown = irreducible(&id, &forced, &answer);
                    if !shown {
                        *counts.entry("not irreducible".to_owned()).or_default() += 1;
                    }
                }
                Verdict::Outbid => {
                    let again = again.expect("a plan");
                    assert!(answer.exact, "{id} {}: the price is not exact", unmet.need);
                    assert!(values(&again.levels) < values(&plan.levels), "{id} {}", unmet.need);
                    let after: Vec<i64> = answer.levels.iter().map(|l| l.after).collect();
                    if again.levels.iter().all(|l| l.gap_ppm == 0) {
                        assert_eq!(after, values(&again.levels), "{id} {}", unmet.need);
                    }
                }
                Verdict::Tie => {
                    let exchange = answer.plan.expect("the exchange");
                    let report = check(&case, &exchange);
                    assert!(report.violations.is_empty(), "{id} {}", unmet.need);
                    assert!(served(&exchange, &unmet.need) >= answer.asked, "{id} {}", unmet.need);
                    if proven {
                        assert_eq!(values(&report.levels), values(&plan.levels), "{id} {}", unmet.need);
                    } else {
                        assert!(values(&report.levels) >= values(&plan.levels), "{id} {}", unmet.need);
                    }
                }
                Verdict::NotProven => println!("{id} {}: not proven", unmet.need),
                Verdict::NotExamined => panic!("{id} {}: an unmet need is not served", unmet.need),
            }
        }
    }
    settled(&counts);
    assert!(["Impossible", "Outbid", "Tie"].iter().all(|v| counts.get(*v).is_some_and(|n| *n > 3)), "{counts:?}");
}

/// Whether a case has a plan, whatever it is worth.
fn solvable(case: &Case) -> Answer {
    let known = possible(case);
    if known != Answer::Unknown {
        return known;
    }
    let mut case = case.clone();
    case.settings.levels = vec![Vec::new()];
    let mut solver = Solver::new(&case).expect("a solver");
    while solver.step(50).phase != Phase::Done && solver.plan().is_err() {}
    if solver.impossible() {
        Answer::Impossible
    } else if solver.plan().is_ok() {
        Answer::Possible
    } else {
        Answer::Unknown
    }
}

/// The cells alone leave no plan; without any one of them there is one.
fn irreducible(id: &str, forced: &Case, answer: &Why) -> bool {
    let limits = Limits::new(forced);
    let mut kept: Vec<usize> = Vec::new();
    for cell in &answer.limits {
        let same = |l: &&sandan::conflict::Limit| {
            l.table.name() == cell.table && l.row == cell.row && l.column.map(str::to_owned) == cell.column
        };
        let at = limits.list().iter().position(|l| same(&l) && l.value == cell.value);
        kept.push(at.unwrap_or_else(|| panic!("{id}: {cell:?} is no limit")));
    }
    let question = limits.list().iter().position(|l| l.is_pin(forced.pins.len() - 1)).expect("the question");
    if !answer.irreducible {
        println!("{id}: {:?} {:?} not shown irreducible", answer.question, answer.limits);
        return false;
    }
    assert_eq!(kept.is_empty(), answer.fact.is_some(), "{id}: {answer:?}");
    kept.push(question);
    let asked = |kept: &[usize]| {
        let mut case = limits.keeping(kept);
        limits.narrow(&mut case);
        solvable(&case)
    };
    assert_eq!(asked(&kept), Answer::Impossible, "{id}: {:?}", answer.limits);
    for at in 0..kept.len() - 1 {
        let mut rest = kept.clone();
        rest.remove(at);
        assert_eq!(asked(&rest), Answer::Possible, "{id}: {:?} without number {at}", answer.limits);
    }
    true
}

#[test]
fn every_repair_serves_the_need_when_it_is_made() {
    let (mut asked, mut repaired, mut kinds) = (0, 0, BTreeMap::<String, usize>::new());
    for (id, case, plan) in samples() {
        let ground = Ground::new(&case, &plan).expect("a sound plan");
        for unmet in plan.unmet.iter().take(2) {
            let found = repairs(&ground, &unmet.need, &Prices::default(), 3)
                .unwrap_or_else(|r| panic!("{id} {}: {r:?}", unmet.need));
            asked += 1;
            repaired += usize::from(!found.repairs.is_empty());
            for repair in &found.repairs {
                let changed = sandan::answers::changed(&case, &repair.changes).expect("names of the lists");
                // The plan that shows it is sound in the changed lists, serves the need and is worth no less.
                let report = check(&changed, &repair.plan);
                assert!(
                    report.violations.is_empty(),
                    "{id} {} {:?}: {:?}",
                    unmet.need,
                    repair.changes,
                    report.violations
                );
                assert!(served(&repair.plan, &unmet.need) >= found.asked, "{id} {} {:?}", unmet.need, repair.changes);
                assert!(values(&report.levels) >= values(&plan.levels), "{id} {} {:?}", unmet.need, repair.changes);
                // Solving the changed lists with the need forced says the same.
                let again = solve(&with_pin(&changed, &unmet.need, found.asked), &mut |_| Flow::Continue);
                let again = again.unwrap_or_else(|r| panic!("{id} {} {:?}: {r}", unmet.need, repair.changes));
                if again.levels.iter().all(|l| l.gap_ppm == 0) {
                    assert!(values(&again.levels) >= values(&report.levels), "{id} {}", unmet.need);
                }
                for change in &repair.changes {
                    let name = format!("{change:?}");
                    let name = name.split_whitespace().next().unwrap_or_default().to_owned();
                    *kinds.entry(name).or_default() += 1;
                }
            }
            let costs: Vec<i64> = found.repairs.iter().map(|r| r.cost).collect();
            assert!(costs.is_sorted(), "{id} {}: {costs:?}", unmet.need);
        }
    }
    println!("{repaired} of {asked} unmet needs have a repair; {kinds:?}");
    assert!(repaired * 10 >= asked * 7, "{repaired} of {asked}");
    assert!(kinds.len() >= 4, "{kinds:?}");
}

#[test]
fn every_recommended_session_is_whole_and_its_worth_is_exact() {
    let mut proposed = 0;
    for (id, case, plan) in samples() {
        // From a plan with a session taken out, so that something is free.
        let mut less = Plan { case: case.hash.clone(), ..Plan::empty() };
        less.sessions = plan.sessions.iter().skip(1).cloned().collect();
        less.launches.clone_from(&plan.launches);
        let Ok(ground) = Ground::new(&case, &less) else { continue };
        let needs = case.needs.iter().map(|n| Subject::Need { need: n.id.clone() });
        let rows = case.resources.iter().map(|r| Subject::Resource { resource: r.id.clone() });
        for subject in needs.chain(rows) {
            let found = recommend(&ground, &subject, 3).unwrap_or_else(|r| panic!("{id} {subject:?}: {r:?}"));
            for proposal in &found.sessions {
                proposed += 1;
                let mut more = less.clone();
                more.sessions.push(proposal.session.clone());
                more.launches.extend(proposal.launch.clone());
                let report = check(&case, &more);
                assert!(report.violations.is_empty(), "{id} {subject:?}: {:?}", report.violations);
                let after: Vec<i64> = proposal.levels.iter().map(|l| l.after).collect();
                assert_eq!(after, values(&report.levels), "{id} {subject:?}");
            }
        }
    }
    println!("{proposed} sessions proposed");
    assert!(proposed > 50, "{proposed}");
}

#[test]
fn gaps_bring_what_they_say() {
    let mut brought = 0;
    for (id, case, plan) in samples().into_iter().take(25) {
        let ground = Ground::new(&case, &plan).expect("a sound plan");
        let found = gaps(&ground, &Prices::default()).unwrap_or_else(|r| panic!("{id}: {r:?}"));
        for gap in found.gaps.iter().take(3) {
            let changed = sandan::answers::changed(&case, &gap.changes).expect("names of the lists");
            let again = solve(&changed, &mut |_| Flow::Continue).expect("a plan");
            let proven = again.levels.iter().all(|l| l.gap_ppm == 0);
            let after: Vec<i64> = gap.levels.iter().map(|l| l.after).collect();
            if proven {
                assert!(values(&again.levels) >= after, "{id} {:?}", gap.changes);
            }
            if proven && gap.exact {
                let upper = case.settings.levels.iter().position(|l| l.contains(&sandan::lists::Term::Coverage));
                let upper = upper.map_or(0, |at| at + 1);
                assert_eq!(&values(&again.levels)[..upper], &after[..upper], "{id} {:?}", gap.changes);
            }
            assert!(after > values(&plan.levels), "{id} {:?}", gap.changes);
            brought += 1;
        }
    }
    assert!(brought > 10, "{brought}");
}

#[test]
fn a_pin_costs_what_the_plan_is_worth_without_it() {
    let mut pinned = 0;
    for (id, case, plan) in samples() {
        let ground = Ground::new(&case, &plan).expect("a sound plan");
        let report = audit(&ground).unwrap_or_else(|r| panic!("{id}: {r:?}"));
        for line in report.overrides.iter().filter(|line| line.exact) {
            let change: Vec<i64> = line.levels.iter().map(|l| l.change).collect();
            assert!(change >= vec![0; change.len()], "{id} {line:?}");
            pinned += 1;
        }
    }
    assert!(pinned > 5, "{pinned}");
}
