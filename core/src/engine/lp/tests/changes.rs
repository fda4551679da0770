//! Warm solves after any change agree with cold ones.

use super::super::{LinearProgram, Outcome, Simplex};
use super::{Random, programs, size, verify};

/// The program with a further row, for the cold solve.
fn with_row(lp: &LinearProgram, entries: &[(usize, f64)], bounds: (f64, f64)) -> LinearProgram {
    let mut wider =
        LinearProgram { row_lower: lp.row_lower.clone(), row_upper: lp.row_upper.clone(), ..LinearProgram::default() };
    let row = wider.add_row(bounds.0, bounds.1);
    for column in 0..lp.objective.len() {
        let mut kept: Vec<_> = lp.columns.column(column).collect();
        let further = entries.iter().filter(|entry| entry.0 == column);
        kept.extend(further.map(|entry| (row, entry.1)));
        let (lower, upper) = (lp.lower[column], lp.upper[column]);
        wider.add_column(lp.objective[column], lower, upper, &kept);
    }
    wider
}

fn agree(lp: &LinearProgram, warm: &mut Simplex) -> Outcome {
    let outcome = warm.solve(20_000);
    verify(lp, warm, outcome);
    let mut cold = Simplex::new(lp);
    assert_eq!(cold.solve(20_000), outcome);
    if outcome == Outcome::Optimal {
        let (warm, cold) = (warm.objective_value(), cold.objective_value());
        assert!((warm - cold).abs() <= 1e-6 * size(lp), "{warm} {cold}");
    }
    outcome
}

fn change(random: &mut Random, lp: &mut LinearProgram, warm: &mut Simplex) {
    let column = random.index(lp.objective.len());
    match random.index(6) {
        0 => {
            let upper = warm.x()[column].floor().max(lp.lower[column]);
            lp.upper[column] = upper;
            warm.set_bounds(column, lp.lower[column], upper);
        }
        1 => {
            let lower = warm.x()[column].ceil().min(lp.upper[column]);
            lp.lower[column] = lower;
            warm.set_bounds(column, lower, lp.upper[column]);
        }
        2 => {
            lp.lower[column] = 0.0;
            lp.upper[column] = random.whole(0, 12);
            warm.set_bounds(column, 0.0, lp.upper[column]);
        }
        3 => {
            for worth in &mut lp.objective {
                if random.happens(30) {
                    *worth += random.whole(-20, 20);
                }
            }
            warm.set_objective(&lp.objective);
        }
        4 if lp.row_lower.len() < 60 => {
            let mut entries = Vec::new();
            let mut activity = 0.0;
            for column in 0..lp.objective.len() {
                if random.happens(15) {
                    let entry = random.whole(-3, 5);
                    entries.push((column, entry));
                    activity += entry * warm.x()[column];
                }
            }
            let bounds = (f64::NEG_INFINITY, (activity - 0.5).ceil());
            *lp = with_row(lp, &entries, bounds);
            warm.add_row(&entries, bounds.0, bounds.1);
        }
        _ => {
            let row = random.index(lp.row_lower.len());
            let (mut lower, mut upper) = (lp.row_lower[row], lp.row_upper[row]);
            match random.index(3) {
                0 => lower = f64::NEG_INFINITY,
                1 => upper = f64::INFINITY,
                _ => {
                    lower -= 1.0;
                    upper += 2.0;
                }
            }
            (lp.row_lower[row], lp.row_upper[row]) = (lower, upper);
            warm.set_row_bounds(row, lower, upper);
        }
    }
}

fn follow(mut lp: LinearProgram, random: &mut Random, steps: usize) {
    let mut warm = Simplex::new(&lp);
    agree(&lp, &mut warm);
    let mut saved = (lp.clone(), warm.basis());
    for _ in 0..steps {
        for _ in 0..1 + random.index(3) {
            change(random, &mut lp, &mut warm);
        }
        let outcome = agree(&lp, &mut warm);
        if random.happens(20) {
            saved = (lp.clone(), warm.basis());
        } else if outcome == Outcome::Infeasible || random.happens(10) {
            // Back to the snapshot; rows added since are made void.
            let known = saved.0.row_lower.len();
            for row in 0..lp.row_lower.len() {
                let bounds = if row < known {
                    (saved.0.row_lower[row], saved.0.row_upper[row])
                } else {
                    (f64::NEG_INFINITY, f64::INFINITY)
                };
                (lp.row_lower[row], lp.row_upper[row]) = bounds;
                warm.set_row_bounds(row, bounds.0, bounds.1);
            }
            for column in 0..lp.objective.len() {
                lp.lower[column] = saved.0.lower[column];
                lp.upper[column] = saved.0.upper[column];
                warm.set_bounds(column, lp.lower[column], lp.upper[column]);
            }
            warm.restore(&saved.1);
            agree(&lp, &mut warm);
        }
    }
}

#[test]
fn changes_to_anything_are_followed() {
    for seed in 0..40 {
        let mut random = Random(seed);
        let (rows, columns) = (2 + random.index(25), 2 + random.index(50));
        let lp = programs::anything(&mut random, rows, columns);
        follow(lp, &mut random, 25);
    }
}

#[test]
fn changes_to_sessions_are_followed() {
    for seed in 0..12 {
        let mut random = Random(seed);
        let lp = programs::sessions(&mut random, 4, 3);
        follow(lp, &mut random, 25);
    }
}

#[test]
fn changes_to_covers_are_followed() {
    for seed in 0..12 {
        let mut random = Random(seed);
        let lp = programs::covering(&mut random, 30, 80);
        follow(lp, &mut random, 25);
    }
}

#[test]
fn pieces_of_a_solve_add_up_to_the_whole() {
    let lp = programs::sessions(&mut Random(9), 8, 6);
    let mut whole = Simplex::new(&lp);
    assert_eq!(whole.solve(20_000), Outcome::Optimal);
    let mut pieces = Simplex::new(&lp);
    let mut outcome = Outcome::IterationLimit;
    let mut last = f64::INFINITY;
    for _ in 0..10_000 {
        outcome = pieces.solve(7);
        verify(&lp, &pieces, outcome);
        assert!(pieces.bound() >= whole.objective_value() - 1e-6);
        last = last.min(pieces.bound());
        if outcome != Outcome::IterationLimit {
            break;
        }
    }
    assert_eq!(outcome, Outcome::Optimal);
    assert!((last - whole.objective_value()).abs() < 1e-5 * (1.0 + last.abs()));
}

#[test]
fn a_warm_solve_is_short() {
    let lp = programs::sessions(&mut Random(3), 10, 8);
    let mut simplex = Simplex::new(&lp);
    simplex.solve(20_000);
    let cold = simplex.iterations();
    let split = (simplex.x().iter()).position(|x| (x - x.round()).abs() > 1e-6);
    let column = split.expect("the relaxation is not whole");
    simplex.set_bounds(column, lp.lower[column], simplex.x()[column].floor());
    assert_eq!(simplex.solve(20_000), Outcome::Optimal);
    assert!(simplex.iterations() - cold < cold / 4);
}
