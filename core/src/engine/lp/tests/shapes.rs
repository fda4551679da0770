//! Whole families, solved cold.

use super::super::{LinearProgram, Outcome};
use super::{Random, programs, solved};

fn optimal(lp: &LinearProgram) -> f64 {
    let (simplex, outcome) = solved(lp);
    assert_eq!(outcome, Outcome::Optimal);
    simplex.objective_value()
}

#[test]
fn anything_with_a_point_in_it_is_solved() {
    for seed in 0..150 {
        let mut random = Random(seed);
        let rows = 1 + random.index(30);
        let columns = 1 + random.index(60);
        optimal(&programs::anything(&mut random, rows, columns));
    }
}

#[test]
fn what_has_no_point_is_shown_to_have_none() {
    let mut infeasible = 0;
    for seed in 0..150 {
        let mut random = Random(1_000 + seed);
        let rows = 2 + random.index(20);
        let columns = 1 + random.index(30);
        let mut lp = programs::anything(&mut random, rows, columns);
        for row in 0..rows {
            if random.happens(20) {
                let shift = random.whole(-200, 200);
                lp.row_lower[row] += shift;
                lp.row_upper[row] += shift;
            }
        }
        let (_, outcome) = solved(&lp);
        infeasible += usize::from(outcome == Outcome::Infeasible);
    }
    assert!(infeasible > 30, "{infeasible}");
}

#[test]
fn assignments_are_whole() {
    for seed in 0..20 {
        let mut random = Random(seed);
        let (left, right) = (2 + random.index(20), 2 + random.index(20));
        let lp = programs::assignment(&mut random, left, right);
        let (simplex, _) = solved(&lp);
        for &value in simplex.x() {
            assert!((value - value.round()).abs() < 1e-7);
        }
    }
}

#[test]
fn transports_are_whole() {
    for seed in 0..20 {
        let mut random = Random(seed);
        let (left, right) = (2 + random.index(25), 2 + random.index(25));
        let lp = programs::transport(&mut random, left, right, (3, 40), 15.0);
        let (simplex, _) = solved(&lp);
        for &value in simplex.x() {
            assert!((value - value.round()).abs() < 1e-7);
        }
    }
}

#[test]
fn covers_are_solved_although_degenerate() {
    for seed in 0..20 {
        let mut random = Random(seed);
        let rows = 5 + random.index(60);
        let columns = rows + random.index(200);
        optimal(&programs::covering(&mut random, rows, columns));
    }
}

/// Every dual step is zero here, so that costs must be perturbed.
#[test]
fn equal_costs_or_none_do_not_stall() {
    for seed in 0..20 {
        let mut random = Random(seed);
        let rows = 40 + random.index(80);
        let mut lp = programs::covering(&mut random, rows, 4 * rows);
        for worth in [0.0, -1.0] {
            lp.objective.fill(worth);
            optimal(&lp);
        }
    }
}

#[test]
fn sessions_with_money_in_fen_are_solved() {
    for seed in 0..30 {
        let mut random = Random(seed);
        let (places, periods) = (2 + random.index(8), 1 + random.index(8));
        optimal(&programs::sessions(&mut random, places, periods));
    }
}

/// Two runs agree bit for bit.
#[test]
fn the_same_program_gives_the_same_numbers() {
    let lp = programs::sessions(&mut Random(5), 8, 6);
    let (first, _) = solved(&lp);
    let (second, _) = solved(&lp);
    assert_eq!(first.x(), second.x());
    assert_eq!(first.duals(), second.duals());
    assert_eq!(first.iterations(), second.iterations());
}
