//! Parts that have a meaning of their own: scales and factors.

use super::super::factor::Factor;
use super::super::matrix::{Lines, Matrix};
use super::super::scale::{Scale, power_of_two};
use super::super::vector::Sparse;
use super::{Random, programs};

#[test]
fn powers_of_two_are_the_nearest() {
    for (value, expected) in [(1.0, 1.0), (1.4, 1.0), (1.5, 2.0), (3.0, 4.0), (0.3, 0.25)] {
        assert_eq!(power_of_two(value), expected);
    }
    assert_eq!(power_of_two(0.0), 1.0);
    assert_eq!(power_of_two(f64::INFINITY), 1.0);
}

#[test]
fn scaling_brings_money_and_counts_together() {
    let lp = programs::sessions(&mut Random(1), 6, 4);
    let scale = Scale::of(&lp);
    let mut greatest: f64 = 0.0;
    for column in 0..lp.objective.len() {
        for (row, value) in lp.columns.column(column) {
            greatest = greatest.max((value * scale.row[row] * scale.column[column]).abs());
        }
    }
    assert!(greatest < 1_000.0, "{greatest}");
}

/// Columns with few entries, so that a random choice is mostly a basis.
fn matrix(random: &mut Random, rows: usize, columns: usize) -> Matrix {
    let mut lines = Lines { start: vec![0], ..Lines::default() };
    for column in 0..columns {
        lines.index.push((column % rows) as u32);
        lines.value.push(random.whole(1, 5));
        for _ in 0..random.index(4) {
            lines.index.push(random.index(rows) as u32);
            lines.value.push(random.whole(-5, 5));
        }
        lines.start.push(lines.index.len());
    }
    Matrix::new(columns, rows, lines)
}

/// B x for the basis in its pivoted order.
fn times(matrix: &Matrix, basic: &[u32], x: &[f64]) -> Vec<f64> {
    let mut out = vec![0.0; matrix.rows];
    for (&variable, &value) in basic.iter().zip(x) {
        matrix.for_each(variable as usize, |row, entry| out[row] += entry * value);
    }
    out
}

fn check(matrix: &Matrix, factor: &mut Factor, basic: &[u32], random: &mut Random) {
    let rows = matrix.rows;
    for dense in [false, true] {
        let mut right = Sparse::default();
        right.resize(rows);
        let count = if dense { rows } else { 1 };
        for _ in 0..count {
            let (place, amount) = (random.index(rows), random.whole(1, 9));
            right.add(place, amount);
        }
        let wanted = right.value.clone();

        let mut x = right.clone();
        factor.ftran(&mut x, false);
        for (found, wanted) in times(matrix, basic, &x.value).iter().zip(&wanted) {
            assert!((found - wanted).abs() < 1e-7, "{found} {wanted}");
        }

        let mut y = right;
        factor.btran(&mut y, false);
        for (&variable, wanted) in basic.iter().zip(&wanted) {
            let mut found = 0.0;
            matrix.for_each(variable as usize, |row, entry| found += entry * y.value[row]);
            assert!((found - wanted).abs() < 1e-7, "{found} {wanted}");
        }
    }
}

#[test]
fn factors_solve_before_and_after_updates() {
    for seed in 0..60 {
        let mut random = Random(seed);
        let rows = 2 + random.index(80);
        let matrix = matrix(&mut random, rows, 3 * rows);
        let mut basic: Vec<u32> = (0..rows as u32).collect();
        let mut factor = Factor::default();
        factor.build(&matrix, &mut basic);
        check(&matrix, &mut factor, &basic, &mut random);
        let mut scratch = Sparse::default();
        scratch.resize(rows);
        for _ in 0..40 {
            let entering = random.index(3 * rows + rows);
            let position = random.index(rows);
            if basic.contains(&(entering as u32)) {
                continue;
            }
            let mut row = scratch.clone();
            row.add(position, 1.0);
            factor.btran(&mut row, true);
            let mut column = scratch.clone();
            matrix.add_column(entering, 1.0, &mut column);
            factor.ftran(&mut column, true);
            let alpha = column.value[position];
            if alpha.abs() < 0.1 {
                continue;
            }
            basic[position] = entering as u32;
            assert!(factor.update(position, alpha, &mut scratch));
            check(&matrix, &mut factor, &basic, &mut random);
        }
    }
}

#[test]
fn dependent_columns_give_way_to_logicals() {
    let mut random = Random(4);
    let rows = 20;
    let mut lines = Lines { start: vec![0], ..Lines::default() };
    for column in 0..rows {
        // Every column twice, so at most half of them are independent.
        let row = column / 2 * 2;
        lines.index.extend([row as u32, row as u32 + 1]);
        lines.value.extend([2.0, 3.0]);
        lines.start.push(lines.index.len());
    }
    let matrix = Matrix::new(rows, rows, lines);
    let mut basic: Vec<u32> = (0..rows as u32).collect();
    let mut factor = Factor::default();
    let swaps = factor.build(&matrix, &mut basic);
    assert_eq!(swaps.len(), rows / 2);
    for &(variable, row) in &swaps {
        assert!(!basic.contains(&variable));
        assert_eq!(basic[row as usize] as usize, rows + row as usize);
    }
    check(&matrix, &mut factor, &basic, &mut random);
}
