//! Every answer here proves itself: an optimum by feasible values whose
//! objective meets the bound of the multipliers, infeasibility by its ray.

mod changes;
mod hand;
mod numbers;
mod programs;
mod shapes;

use super::{LinearProgram, Outcome, Simplex};

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// A whole number in `least..=greatest`.
    fn whole(&mut self, least: i64, greatest: i64) -> f64 {
        let span = (greatest - least + 1) as u64;
        (least + (self.word() % span) as i64) as f64
    }

    fn index(&mut self, length: usize) -> usize {
        (self.word() % length as u64) as usize
    }

    fn happens(&mut self, percent: u64) -> bool {
        self.word() % 100 < percent
    }
}

/// Solves cold, verifies the answer and returns it.
fn solved(lp: &LinearProgram) -> (Simplex, Outcome) {
    let mut simplex = Simplex::new(lp);
    let outcome = simplex.solve(20_000);
    verify(lp, &simplex, outcome);
    (simplex, outcome)
}

/// Checks that the answer proves itself, from the program alone.
fn verify(lp: &LinearProgram, simplex: &Simplex, outcome: Outcome) {
    verify_multipliers(lp, simplex);
    match outcome {
        Outcome::Optimal => {
            verify_values(lp, simplex.x());
            let (value, bound) = (simplex.objective_value(), bound(lp, simplex.duals()));
            let gap = (bound - value).abs();
            assert!(gap < 1e-6 * size(lp), "value {value} but bound {bound}");
        }
        Outcome::Infeasible => verify_infeasible(lp, simplex),
        Outcome::Cutoff | Outcome::IterationLimit => {}
        Outcome::Trouble => panic!("the numbers are easy, yet there was trouble"),
    }
}

/// What the objective is measured in: the most that its columns could give.
fn size(lp: &LinearProgram) -> f64 {
    let columns = lp.objective.iter().zip(lp.lower.iter().zip(&lp.upper));
    let most = columns.map(|(worth, (lower, upper))| worth.abs() * lower.abs().max(upper.abs()));
    25.0 + most.sum::<f64>() / 10.0
}

fn verify_values(lp: &LinearProgram, x: &[f64]) {
    let mut activity = vec![0.0; lp.row_lower.len()];
    let mut size = vec![1.0f64; lp.row_lower.len()];
    for (column, &value) in x.iter().enumerate() {
        let slack = 1e-6 * (1.0 + value.abs());
        assert!(value >= lp.lower[column] - slack && value <= lp.upper[column] + slack);
        for (row, entry) in lp.columns.column(column) {
            activity[row] += entry * value;
            size[row] = size[row].max(entry.abs() * value.abs().max(1.0));
        }
    }
    for (row, &activity) in activity.iter().enumerate() {
        let slack = 1e-6 * size[row];
        let (lower, upper) = (lp.row_lower[row], lp.row_upper[row]);
        assert!(
            activity >= lower - slack && activity <= upper + slack,
            "row {row}: {activity} outside {lower}..{upper}"
        );
    }
}

/// The multipliers lean on bounds that exist and give the reduced costs.
fn verify_multipliers(lp: &LinearProgram, simplex: &Simplex) {
    for (row, &dual) in simplex.duals().iter().enumerate() {
        assert!(dual.is_finite());
        assert!(dual <= 0.0 || lp.row_upper[row] < f64::INFINITY, "row {row}: {dual}");
        assert!(dual >= 0.0 || lp.row_lower[row] > f64::NEG_INFINITY, "row {row}: {dual}");
    }
    let reduced = remainder(lp, simplex.duals());
    for (column, (&found, &(expected, size))) in simplex.reduced_costs().iter().zip(&reduced).enumerate() {
        assert!((found - expected).abs() <= 1e-9 * size, "column {column}: {found} {expected}");
    }
}

/// `c − yᵀA` of each column, and the size of its greatest part.
fn remainder(lp: &LinearProgram, multipliers: &[f64]) -> Vec<(f64, f64)> {
    (0..lp.objective.len())
        .map(|column| {
            let mut rest = lp.objective[column];
            let mut size = 1.0 + rest.abs();
            for (row, entry) in lp.columns.column(column) {
                rest -= multipliers[row] * entry;
                size = size.max((multipliers[row] * entry).abs());
            }
            (rest, size)
        })
        .collect()
}

/// The upper bound that multipliers prove.
fn bound(lp: &LinearProgram, multipliers: &[f64]) -> f64 {
    let columns = remainder(lp, multipliers);
    let columns = columns
        .iter()
        .enumerate()
        .map(|(column, &(rest, _))| if rest > 0.0 { rest * lp.upper[column] } else { rest * lp.lower[column] });
    let rows = multipliers.iter().enumerate().map(|(row, &dual)| match dual {
        dual if dual > 0.0 => dual * lp.row_upper[row],
        dual if dual < 0.0 => dual * lp.row_lower[row],
        _ => 0.0,
    });
    columns.sum::<f64>() + rows.sum::<f64>()
}

fn verify_infeasible(lp: &LinearProgram, simplex: &Simplex) {
    let columns = lp.lower.iter().zip(&lp.upper);
    let rows = lp.row_lower.iter().zip(&lp.row_upper);
    if columns.chain(rows).any(|(lower, upper)| lower > upper) {
        return;
    }
    let ray = simplex.farkas().expect("an infeasible program has a ray");
    let mut reach = 0.0;
    for column in 0..lp.objective.len() {
        let weight: f64 = lp.columns.column(column).map(|(row, entry)| ray[row] * entry).sum();
        reach += weight * if weight > 0.0 { lp.upper[column] } else { lp.lower[column] };
    }
    let mut wanted = 0.0;
    for (row, &weight) in ray.iter().enumerate() {
        if weight > 0.0 {
            wanted += weight * lp.row_lower[row];
        } else if weight < 0.0 {
            wanted += weight * lp.row_upper[row];
        }
    }
    assert!(reach < wanted, "the ray reaches {reach} of {wanted}");
}
