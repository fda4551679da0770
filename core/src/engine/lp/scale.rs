//! Row and column scales: powers of two, so that scaling rounds nothing.

use super::program::LinearProgram;

/// Entries within this range need no scaling.
const CALM: (f64, f64) = (0.2, 5.0);
const PASSES: usize = 6;

/// Factors by which rows, columns and the objective are multiplied.
#[derive(Clone, Debug, Default)]
pub(super) struct Scale {
    pub column: Vec<f64>,
    pub row: Vec<f64>,
    pub objective: f64,
}

impl Scale {
    /// Geometric scaling: a few passes of √(least · greatest) by rows and columns.
    pub fn of(lp: &LinearProgram) -> Scale {
        let columns = lp.columns.len();
        let rows = lp.row_lower.len();
        let mut scale = Scale { column: vec![1.0; columns], row: vec![1.0; rows], objective: 1.0 };
        let (least, greatest) = span(lp.columns.values.iter().copied());
        if least < CALM.0 || greatest > CALM.1 {
            for _ in 0..PASSES {
                let mut spans = vec![(f64::INFINITY, 0.0f64); rows];
                for column in 0..columns {
                    for (row, value) in lp.columns.column(column) {
                        widen(&mut spans[row], value * scale.column[column]);
                    }
                }
                for (factor, &span) in scale.row.iter_mut().zip(&spans) {
                    *factor = middle(span);
                }
                for column in 0..columns {
                    let entries = lp.columns.column(column);
                    let span = span(entries.map(|(row, value)| value * scale.row[row]));
                    scale.column[column] = middle(span);
                }
            }
            for factor in scale.row.iter_mut().chain(scale.column.iter_mut()) {
                *factor = power_of_two(*factor);
            }
        }
        scale.set_objective(&lp.objective);
        scale
    }

    /// Brings the typical cost near one, but keeps the greatest below 2^20.
    pub fn set_objective(&mut self, objective: &[f64]) {
        let scaled = objective.iter().zip(&self.column);
        let (least, greatest) = span(scaled.map(|(cost, factor)| cost * factor));
        self.objective = if greatest > 0.0 {
            let typical = power_of_two(1.0 / (least.sqrt() * greatest.sqrt()));
            let roof = power_of_two(1_048_576.0 / greatest);
            if typical < roof { typical } else { roof }
        } else {
            1.0
        };
    }

    /// The scale of a further row.
    pub fn add_row(&mut self, entries: &[(usize, f64)]) {
        let span = span(entries.iter().map(|&(column, value)| value * self.column[column]));
        self.row.push(power_of_two(middle(span)));
    }
}

fn widen(span: &mut (f64, f64), value: f64) {
    let size = value.abs();
    if size > 0.0 {
        span.0 = span.0.min(size);
        span.1 = span.1.max(size);
    }
}

fn span(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let mut span = (f64::INFINITY, 0.0);
    for value in values {
        widen(&mut span, value);
    }
    span
}

fn middle((least, greatest): (f64, f64)) -> f64 {
    if greatest > 0.0 { 1.0 / (least.sqrt() * greatest.sqrt()) } else { 1.0 }
}

/// The power of two nearest to a positive number (by ratio, within √2 or so).
pub(super) fn power_of_two(value: f64) -> f64 {
    if !(value > 1e-60 && value < 1e60) {
        return 1.0;
    }
    let floor = f64::from_bits(value.to_bits() & 0x7ff0_0000_0000_0000);
    if value > floor * std::f64::consts::SQRT_2 { floor * 2.0 } else { floor }
}
