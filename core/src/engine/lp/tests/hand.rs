//! Cases worked by hand.

use super::super::{Columns, LinearProgram, Outcome, Simplex};
use super::solved;

const NONE: f64 = f64::INFINITY;

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

/// max 3x + 2y, x + y ≤ 4, x + 3y ≤ 6, x ≤ 3.
fn small() -> LinearProgram {
    let mut lp = LinearProgram::default();
    let first = lp.add_row(-NONE, 4.0);
    let second = lp.add_row(-NONE, 6.0);
    lp.add_column(3.0, 0.0, 3.0, &[(first, 1.0), (second, 1.0)]);
    lp.add_column(2.0, 0.0, 10.0, &[(first, 1.0), (second, 3.0)]);
    lp
}

#[test]
fn a_small_program_has_its_vertex_and_prices() {
    let (simplex, outcome) = solved(&small());
    assert_eq!(outcome, Outcome::Optimal);
    close(simplex.x()[0], 3.0);
    close(simplex.x()[1], 1.0);
    close(simplex.objective_value(), 11.0);
    // Both rows are tight at (3, 1); the basis says which of them is priced.
    close(simplex.bound(), 11.0);
    assert!(simplex.reduced_costs()[0] >= 0.0);
}

#[test]
fn no_row_means_each_column_stands_at_its_better_bound() {
    let mut lp = LinearProgram::default();
    lp.add_column(2.0, -1.0, 5.0, &[]);
    lp.add_column(-3.0, -4.0, 5.0, &[]);
    let (simplex, outcome) = solved(&lp);
    assert_eq!(outcome, Outcome::Optimal);
    assert_eq!(simplex.x(), [5.0, -4.0]);
}

#[test]
fn no_column_and_no_row_is_optimal() {
    let (simplex, outcome) = solved(&LinearProgram::default());
    assert_eq!(outcome, Outcome::Optimal);
    assert_eq!(simplex.objective_value(), 0.0);
}

#[test]
fn a_row_without_entries_can_be_infeasible() {
    let mut lp = LinearProgram::default();
    lp.add_row(1.0, 2.0);
    lp.add_column(1.0, 0.0, 1.0, &[]);
    let (simplex, outcome) = solved(&lp);
    assert_eq!(outcome, Outcome::Infeasible);
    assert!(simplex.farkas().is_some());
}

#[test]
fn contradicting_rows_give_a_ray() {
    let mut lp = LinearProgram::default();
    let first = lp.add_row(5.0, NONE);
    let second = lp.add_row(-NONE, 3.0);
    lp.add_column(1.0, 0.0, 9.0, &[(first, 1.0), (second, 1.0)]);
    lp.add_column(1.0, 0.0, 9.0, &[(first, 1.0), (second, 1.0)]);
    let (simplex, outcome) = solved(&lp);
    assert_eq!(outcome, Outcome::Infeasible);
    let ray = simplex.farkas().expect("a ray");
    assert!(ray[0] > 0.0 && ray[1] < 0.0);
}

#[test]
fn crossing_bounds_are_infeasible_without_a_ray() {
    let mut simplex = Simplex::new(&small());
    simplex.set_bounds(0, 2.0, 1.0);
    assert_eq!(simplex.solve(100), Outcome::Infeasible);
    assert!(simplex.farkas().is_none());
    simplex.set_bounds(0, 0.0, 3.0);
    assert_eq!(simplex.solve(100), Outcome::Optimal);
    close(simplex.objective_value(), 11.0);
}

/// Beale's program cycles under the textbook rules.
#[test]
fn beale_does_not_cycle() {
    let mut lp = LinearProgram::default();
    let first = lp.add_row(-NONE, 0.0);
    let second = lp.add_row(-NONE, 0.0);
    lp.add_column(0.75, 0.0, 1e6, &[(first, 0.25), (second, 0.5)]);
    lp.add_column(-150.0, 0.0, 1e6, &[(first, -60.0), (second, -90.0)]);
    lp.add_column(0.02, 0.0, 1.0, &[(first, -0.04), (second, -0.02)]);
    lp.add_column(-6.0, 0.0, 1e6, &[(first, 9.0), (second, 3.0)]);
    let (simplex, outcome) = solved(&lp);
    assert_eq!(outcome, Outcome::Optimal);
    close(simplex.objective_value(), 0.05);
}

/// Klee and Minty's cube is long for the textbook rules.
#[test]
fn klee_and_minty_ends() {
    let size = 12;
    let mut lp = LinearProgram::default();
    for row in 0..size {
        lp.add_row(-NONE, [5.0, 25.0, 125.0, 625.0][row % 4] * 625f64.powi(row as i32 / 4));
    }
    for column in 0..size {
        let mut entries = vec![(column, 1.0)];
        for row in column + 1..size {
            entries.push((row, 2f64.powi((row - column + 1) as i32)));
        }
        lp.add_column(2f64.powi((size - 1 - column) as i32), 0.0, 1e9, &entries);
    }
    let (simplex, outcome) = solved(&lp);
    assert_eq!(outcome, Outcome::Optimal);
    close(simplex.objective_value(), 5f64.powi(size as i32));
}

#[test]
fn entries_of_one_row_in_one_column_add_up() {
    let mut lp = LinearProgram::default();
    let row = lp.add_row(-NONE, 6.0);
    lp.add_column(1.0, 0.0, 10.0, &[(row, 1.0), (row, 2.0)]);
    let (simplex, _) = solved(&lp);
    close(simplex.x()[0], 2.0);
    close(simplex.duals()[0], 1.0 / 3.0);
}

#[test]
fn an_equation_may_have_a_price_of_either_sign() {
    for (worth, sign) in [(1.0, 1.0), (-1.0, -1.0)] {
        let mut lp = LinearProgram::default();
        let row = lp.add_row(4.0, 4.0);
        lp.add_column(worth, 0.0, 10.0, &[(row, 2.0)]);
        let (simplex, _) = solved(&lp);
        close(simplex.x()[0], 2.0);
        close(simplex.duals()[0], sign * 0.5);
    }
}

#[test]
fn a_cutoff_stops_once_the_optimum_is_known_to_be_below() {
    let mut simplex = Simplex::new(&small());
    simplex.set_cutoff(100.0);
    assert_eq!(simplex.solve(100), Outcome::Cutoff);
    assert!(simplex.bound() < 100.0);
    simplex.set_cutoff(10.0);
    assert_eq!(simplex.solve(100), Outcome::Optimal);
}

#[test]
fn no_iterations_still_leave_multipliers_that_bound() {
    let mut simplex = Simplex::new(&small());
    assert_eq!(simplex.solve(0), Outcome::IterationLimit);
    assert_eq!(simplex.iterations(), 0);
    assert!(simplex.bound() >= 11.0);
}

#[test]
fn what_cannot_be_solved_is_trouble_and_not_a_panic() {
    let mut torn = small();
    torn.objective.pop();
    assert_eq!(Simplex::new(&torn).solve(10), Outcome::Trouble);
    let mut strange = small();
    strange.columns.values[0] = f64::NAN;
    assert_eq!(Simplex::new(&strange).solve(10), Outcome::Trouble);
    let mut outside = small();
    outside.columns.rows[0] = 7;
    assert_eq!(Simplex::new(&outside).solve(10), Outcome::Trouble);
    let mut simplex = Simplex::new(&small());
    simplex.add_row(&[(9, 1.0)], 0.0, 1.0);
    assert_eq!(simplex.solve(10), Outcome::Trouble);
    let unbounded = LinearProgram {
        columns: Columns { starts: vec![0, 0], ..Columns::default() },
        objective: vec![1.0],
        lower: vec![0.0],
        upper: vec![NONE],
        ..LinearProgram::default()
    };
    assert_eq!(Simplex::new(&unbounded).solve(10), Outcome::Trouble);
}
