//! Bounds as proofs: any multipliers give a valid upper bound (weak duality), and here they are rounded to integers
//! first and everything is added up in integers, so that rounding cannot lie.
//!
//! Source: Neumaier & Shcherbina, *Safe bounds in linear and mixed-integer programming* (2004), with box-bounded columns.

use super::super::program::{Column, FREE, Program, Row};

/// Rows of a linear relaxation as the bound needs them: entries by column, and limits.
pub struct Rows<'a> {
    /// The entries of each column.
    pub columns: &'a dyn ByColumn,
    /// Lower limits; `-FREE` is none.
    pub lower: &'a [i64],
    /// Upper limits; `FREE` is none.
    pub upper: &'a [i64],
}

/// Entries by column.
pub trait ByColumn {
    /// The entries of a column: (row, value).
    fn entries(&self, column: usize) -> &[(Row, i64)];
}

impl ByColumn for Vec<Vec<(Row, i64)>> {
    fn entries(&self, column: usize) -> &[(Row, i64)] {
        &self[column]
    }
}

impl ByColumn for Program {
    fn entries(&self, column: usize) -> &[(Row, i64)] {
        self.column_of(Column(column as u32))
    }
}

/// Fractional bits of a rounded multiplier, the finer one first; the coarser one is for programs whose sums would
/// not fit.
const BITS: [u32; 2] = [32, 20];

/// What rounded multipliers prove.
pub struct Proof {
    /// `Σ objective × x` is at most this.
    pub bound: i64,
    /// Reduced costs in units of `2^-bits`.
    pub reduced: Vec<i128>,
    /// The bound before rounding down, in the same units.
    pub exact: i128,
    /// Fractional bits.
    pub bits: u32,
}

/// Proves an upper bound of `Σ objective × x` over `lower ≤ x ≤ upper` and the rows, from any multipliers; `None` only
/// if the sums leave 128 bits.
pub fn prove(objective: &[i64], lower: &[i64], upper: &[i64], rows: &Rows, multipliers: &[f64]) -> Option<Proof> {
    BITS.iter().find_map(|bits| prove_with(objective, lower, upper, rows, multipliers, *bits))
}

fn prove_with(
    objective: &[i64],
    lower: &[i64],
    upper: &[i64],
    rows: &Rows,
    multipliers: &[f64],
    bits: u32,
) -> Option<Proof> {
    let scale = (1u64 << bits) as f64;
    let mut total: i128 = 0;
    let mut y = vec![0i128; rows.lower.len()];
    for (row, multiplier) in multipliers.iter().enumerate().take(y.len()) {
        let scaled = (multiplier * scale).round();
        if !scaled.is_finite() || scaled.abs() > 1e18 {
            continue;
        }
        let value = scaled as i128;
        let limit = if value > 0 { rows.upper[row] } else { rows.lower[row] };
        if value == 0 || limit.abs() == FREE {
            continue;
        }
        y[row] = value;
        total = total.checked_add(value.checked_mul(i128::from(limit))?)?;
    }
    let mut reduced = Vec::with_capacity(objective.len());
    for (column, worth) in objective.iter().enumerate() {
        let mut cost = i128::from(*worth) << bits;
        for (row, value) in rows.columns.entries(column) {
            let multiplier = y[row.index()];
            if multiplier != 0 {
                cost = cost.checked_sub(multiplier.checked_mul(i128::from(*value))?)?;
            }
        }
        let end = if cost > 0 { upper[column] } else { lower[column] };
        total = total.checked_add(cost.checked_mul(i128::from(end))?)?;
        reduced.push(cost);
    }
    let bound = total.div_euclid(1i128 << bits);
    let bound = i64::try_from(bound).ok()?;
    Some(Proof { bound, reduced, exact: total, bits })
}

/// Whether multipliers prove that no point keeps the rows and bounds.
pub fn refutes(lower: &[i64], upper: &[i64], rows: &Rows, farkas: &[f64]) -> bool {
    let largest = farkas.iter().fold(0.0f64, |m, f| m.max(f.abs()));
    if largest <= 0.0 || !largest.is_finite() {
        return false;
    }
    // The scale of a certificate is free; the engine's certificate has the opposite sign of a multiplier.
    let multipliers: Vec<f64> = farkas.iter().map(|f| -f / largest * 1024.0).collect();
    let nothing = vec![0i64; lower.len()];
    prove(&nothing, lower, upper, rows, &multipliers).is_some_and(|proof| proof.exact < 0)
}

/// The greatest common divisor of an objective's entries: values differ from the constant by a multiple of it.
pub fn divisor(objective: &[(Column, i64)]) -> i64 {
    divisor_of(objective.iter().map(|e| e.1))
}

/// The greatest common divisor of numbers; 1 where all are 0.
pub fn divisor_of(numbers: impl Iterator<Item = i64>) -> i64 {
    numbers.fold(0i64, |a, b| gcd(a, b.abs())).max(1)
}

/// The greatest common divisor of two numbers, neither below 0; with 0, the other.
pub fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Multipliers without a linear program: row by row, in the order given, each is put where the bound is least while the
/// others stay. For programs too large for the simplex; a few sweeps.
pub fn descend(program: &Program, objective: &[i64], order: &[usize], sweeps: usize) -> Vec<f64> {
    let mut y = vec![0.0; program.rows()];
    let mut cost: Vec<f64> = objective.iter().map(|c| *c as f64).collect();
    let mut breaks: Vec<(f64, f64)> = Vec::new();
    // The turn in which the cost of a column was last changed, and a row last looked at: between the two nothing is new.
    let (mut changed, mut seen) = (vec![0u32; cost.len()], vec![0u32; y.len()]);
    let mut turn = 0;
    for _ in 0..sweeps {
        for &row in order {
            let entries = program.row_of(row);
            if seen[row] > 0 && entries.iter().all(|(column, _)| changed[column.index()] <= seen[row]) {
                continue;
            }
            turn += 1;
            seen[row] = turn;
            let (low, high) = (program.row_lower[row], program.row_upper[row]);
            breaks.clear();
            // As y grows past cost/value the column's part of the slope changes by |value| × its width.
            let mut slope = 0.0;
            for (column, value) in entries {
                let (index, value) = (column.index(), *value as f64);
                let whole = cost[index] + y[row] * value;
                let (low_end, high_end) = (program.lower[index] as f64, program.upper[index] as f64);
                slope -= if value > 0.0 { value * high_end } else { value * low_end };
                if high_end > low_end {
                    breaks.push((whole / value, value.abs() * (high_end - low_end)));
                }
            }
            breaks.sort_by(|a, b| a.0.total_cmp(&b.0));
            let best = least(&breaks, slope, low, high);
            let change = best - y[row];
            if change != 0.0 {
                for (column, value) in entries {
                    cost[column.index()] -= change * *value as f64;
                    changed[column.index()] = turn;
                }
                y[row] = best;
            }
        }
    }
    y
}

/// Where `limit(y) × y + Σ parts` is least; `slope` is the slope of the parts at −∞, which grows at each break.
fn least(breaks: &[(f64, f64)], slope: f64, low: i64, high: i64) -> f64 {
    let mut slope = slope;
    match (low == -FREE, high == FREE) {
        (true, true) => 0.0,
        // Only y ≥ 0: walk right from 0.
        (true, false) => {
            slope += high as f64 + breaks.iter().filter(|b| b.0 <= 0.0).map(|b| b.1).sum::<f64>();
            walk(0.0, slope, breaks.iter().filter(|b| b.0 > 0.0).copied())
        }
        // Only y ≤ 0: walk left from 0, with slopes seen from the other side.
        (false, true) => {
            let at_zero = slope + low as f64 + breaks.iter().filter(|b| b.0 < 0.0).map(|b| b.1).sum::<f64>();
            -walk(0.0, -at_zero, breaks.iter().rev().filter(|b| b.0 < 0.0).map(|b| (-b.0, b.1)))
        }
        (false, false) => {
            let mut at_zero = slope + breaks.iter().filter(|b| b.0 < 0.0).map(|b| b.1).sum::<f64>();
            if at_zero + low as f64 > 0.0 {
                return least(breaks, slope, low, FREE);
            }
            at_zero += breaks.iter().filter(|b| b.0 == 0.0).map(|b| b.1).sum::<f64>();
            if at_zero + (high as f64) < 0.0 {
                return least(breaks, slope, -FREE, high);
            }
            0.0
        }
    }
}

/// From a point with a slope, onwards over growing breaks, to where the slope is no longer negative.
fn walk(from: f64, slope: f64, breaks: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (mut at, mut slope) = (from, slope);
    for (next, gain) in breaks {
        if slope >= 0.0 {
            return at;
        }
        at = next;
        slope += gain;
    }
    at
}
