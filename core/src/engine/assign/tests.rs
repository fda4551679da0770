//! Small cases against every assignment: no bound is below the best, every point keeps every row, and the end is proven.

use serde_json::{Value, json};

use super::AssignSearch;
use crate::engine::construct::construct;
use crate::engine::formulate::{Formulation, formulate};
use crate::engine::random::Random;
use crate::intake::sheets::from_json;
use crate::model::{Roster, compile};

/// Jobs on agents: points (`None` where a job may not go) and weights, by agent, and capacities.
struct Small {
    points: Vec<Vec<Option<i64>>>,
    weights: Vec<Vec<i64>>,
    capacity: Vec<i64>,
}

impl Small {
    fn draw(random: &mut Random) -> Self {
        let mut between = |from: i64, to: i64| from + random.below((to - from + 1) as u64) as i64;
        let (agents, jobs) = (between(2, 4) as usize, between(4, 7) as usize);
        let mut table = |from, to| -> Vec<Vec<i64>> {
            (0..agents).map(|_| (0..jobs).map(|_| between(from, to)).collect()).collect()
        };
        let (weights, worth) = (table(1, 9), table(-2, 20));
        let capacity: Vec<i64> = (0..agents).map(|_| between(6, 9 + 12 / agents as i64)).collect();
        let points = worth.iter().map(|row| row.iter().map(|p| (*p >= 0).then_some(*p)).collect()).collect();
        Small { points, weights, capacity }
    }

    fn case(&self, levels: &str) -> Value {
        let jobs = self.points[0].len();
        let needs: Vec<Value> = (0..jobs)
            .map(|j| json!({"id": format!("N{j}"), "place": "C1", "services": "job", "must": "yes"}))
            .collect();
        let projects: Vec<Value> = (self.capacity.iter().enumerate())
            .map(|(a, size)| json!({"id": format!("P{a}"), "services": "job", "size": size, "max_sessions": 1}))
            .collect();
        let fit = |a: usize, j: usize| {
            let points = self.points[a][j].map_or("x".to_owned(), |p| p.to_string());
            json!({"need": format!("N{j}"), "project": format!("P{a}"), "points": points, "load": self.weights[a][j]})
        };
        let fits: Vec<Value> = (0..self.capacity.len()).flat_map(|a| (0..jobs).map(move |j| fit(a, j))).collect();
        let settings = [("levels", levels), ("weight.quality", "1"), ("gap", "0")];
        let settings: Vec<Value> = settings.iter().map(|(key, value)| json!({"key": key, "value": value})).collect();
        json!({"needs": needs, "projects": projects, "resources": [{"id": "R1", "roles": "nobody"}], "fit": fits,
            "settings": settings})
    }

    /// The most jobs that can be placed, the most points with so many, and the most points at all: by trying everything.
    fn best(&self) -> (i64, i64, i64) {
        let (agents, jobs) = (self.capacity.len(), self.points[0].len());
        let (mut first, mut any) = ((0, 0), 0);
        let choices = (agents + 1).pow(jobs as u32);
        for choice in 0..choices {
            let (mut rest, mut left, mut placed, mut points) = (choice, self.capacity.clone(), 0, 0);
            for job in 0..jobs {
                let agent = rest % (agents + 1);
                rest /= agents + 1;
                if let Some(row) = self.points.get(agent) {
                    let Some(worth) = row[job] else {
                        left[agent] = -1;
                        continue;
                    };
                    left[agent] -= self.weights[agent][job];
                    placed += 1;
                    points += worth;
                }
            }
            if left.iter().all(|l| *l >= 0) {
                first = first.max((placed, points));
                any = any.max(points);
            }
        }
        (first.0, first.1, any)
    }
}

/// The program of a case, with a first plan.
fn program(case: &Value) -> (Formulation, Vec<i64>) {
    let case = from_json(&case.to_string()).understand().expect("a case without faults").case;
    let model = compile(&case);
    let exact: Vec<bool> = model.classes.iter().map(|c| c.exact).collect();
    let formulation = formulate(&model);
    let x = construct(&formulation, Roster::new(&model), &exact, None).x;
    (formulation, x)
}

/// Works to the end of a level, and holds what it says on the way; the best value, proven, and its point.
fn solve(formulation: &Formulation, level: usize, keep: &[i64], x: &[i64], best: i64) -> Option<(i64, Vec<i64>)> {
    let mut search = AssignSearch::new(formulation, level, keep, x, 3)?;
    let worth = |x: &[i64], level: usize| formulation.program.objectives[level].gain(x);
    let (mut value, mut point) = (worth(x, level), x.to_vec());
    for _ in 0..10_000 {
        if search.done() {
            break;
        }
        assert!(search.bound() >= best, "bound {} below {best}", search.bound());
        if let Some(better) = search.step(formulation, 20_000).better {
            assert!(formulation.program.holds(&better), "a row is broken");
            assert!(worth(&better, level) > value, "no better than before");
            assert!(keep.iter().enumerate().all(|(above, kept)| worth(&better, above) >= *kept));
            (value, point) = (worth(&better, level), better);
        }
    }
    assert!(search.done() && search.bound() == value, "bound {} and value {value}", search.bound());
    Some((value, point))
}

#[test]
fn every_level_ends_at_the_best_of_all_assignments() {
    let mut random = Random::new(11);
    let (mut both, mut alone) = (0, 0);
    for round in 0..150 {
        let small = Small::draw(&mut random);
        let (placed, points, any) = small.best();
        let (formulation, x) = program(&small.case("must | quality"));
        if let Some((value, point)) = solve(&formulation, 0, &[], &x, placed) {
            assert_eq!(value, placed, "round {round}");
            if let Some((value, _)) = solve(&formulation, 1, &[placed], &point, points) {
                assert_eq!(value, points, "round {round}");
                both += 1;
            }
        }
        let (formulation, x) = program(&small.case("quality"));
        if let Some((value, _)) = solve(&formulation, 0, &[], &x, any) {
            assert_eq!(value, any, "round {round}");
            alone += 1;
        }
    }
    assert!(both > 30 && alone > 120, "{both} with both levels, {alone} with one");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let mut random = Random::new(5);
    let mut table = |from: i64, to: i64| -> Vec<Vec<i64>> {
        (0..4).map(|_| (0..24).map(|_| from + random.below((to - from) as u64) as i64).collect()).collect()
    };
    let weights = table(5, 60);
    let points = weights.iter().zip(table(0, 20)).map(|(w, e)| w.iter().zip(e).map(|(w, e)| Some(w + e)).collect());
    let small = Small { points: points.collect(), weights, capacity: vec![130; 4] };
    let (formulation, x) = program(&small.case("quality"));
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| {
            let mut search = AssignSearch::new(&formulation, 0, &[], &x, 1).expect("it is recognised");
            let turns: Vec<_> = (0..40).map(|_| (search.step(&formulation, 300_000).better, search.bound())).collect();
            (turns, search.nodes())
        })
    };
    assert_eq!(run(1), run(3));
}

#[test]
fn what_is_more_than_assignment_is_left_to_others() {
    let small = Small::draw(&mut Random::new(2));
    let recognised = |case: &Value| {
        let (formulation, x) = program(case);
        AssignSearch::new(&formulation, 0, &[], &x, 0).is_some()
    };
    let plain = small.case("quality");
    assert!(recognised(&plain));
    let with = |change: &dyn Fn(&mut Value)| {
        let mut case = plain.clone();
        change(&mut case);
        recognised(&case)
    };
    assert!(!with(&|case| case["projects"][0]["staffing"] = json!("nobody:1")), "somebody must hold a session");
    assert!(!with(&|case| case["projects"][1]["min_size"] = json!(3)), "a session must be well attended");
    assert!(!with(&|case| case["needs"][2]["quantity"] = json!(3)), "a need of several units");
    assert!(!with(&|case| case["rules"] = json!([{"id": "Q1", "rule": "sessions", "per": "", "max": 1}])), "a rule");
    let even = Small { weights: small.weights.iter().map(|row| vec![3; row.len()]).collect(), ..small };
    assert!(!recognised(&even.case("quality")), "all weigh the same");
}
