//! The scaled matrix, by rows and by columns.

use super::vector::Sparse;

/// Compressed lines (rows or columns) of a sparse matrix.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    pub start: Vec<usize>,
    pub index: Vec<u32>,
    pub value: Vec<f64>,
}

impl Lines {
    pub fn line(&self, line: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = self.start[line]..self.start[line + 1];
        self.index[range.clone()].iter().map(|&index| index as usize).zip(self.value[range].iter().copied())
    }

    /// The same matrix by its other side, which has `count` lines.
    fn transposed(&self, count: usize) -> Lines {
        let mut start = vec![0usize; count + 1];
        for &index in &self.index {
            start[index as usize + 1] += 1;
        }
        for line in 0..count {
            start[line + 1] += start[line];
        }
        let mut next = start.clone();
        let mut index = vec![0u32; self.index.len()];
        let mut value = vec![0.0; self.index.len()];
        for line in 0..self.start.len().saturating_sub(1) {
            for (other, entry) in self.line(line) {
                index[next[other]] = line as u32;
                value[next[other]] = entry;
                next[other] += 1;
            }
        }
        Lines { start, index, value }
    }
}

/// `[A | I]`: structural columns first, then one logical column a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Matrix {
    pub columns: usize,
    pub rows: usize,
    pub by_row: Lines,
    pub by_column: Lines,
}

impl Matrix {
    /// From scaled entries by column; entries of one row in one column add up.
    pub fn new(columns: usize, rows: usize, by_column: Lines) -> Matrix {
        let by_row = merged(by_column.transposed(rows));
        let by_column = by_row.transposed(columns);
        Matrix { columns, rows, by_row, by_column }
    }

    /// Appends a row; `refresh` must follow before the columns are used.
    pub fn add_row(&mut self, entries: impl Iterator<Item = (usize, f64)>) {
        let mut sorted: Vec<(usize, f64)> = entries.collect();
        sorted.sort_by_key(|&(column, _)| column);
        let begin = self.by_row.index.len();
        for (column, value) in sorted {
            if self.by_row.index.len() > begin && self.by_row.index.last() == Some(&(column as u32)) {
                let last = self.by_row.value.len() - 1;
                self.by_row.value[last] += value;
            } else {
                self.by_row.index.push(column as u32);
                self.by_row.value.push(value);
            }
        }
        self.by_row.start.push(self.by_row.index.len());
        self.rows += 1;
    }

    /// Brings the columns up to date with the rows.
    pub fn refresh(&mut self) {
        if self.by_column.index.len() != self.by_row.index.len() {
            self.by_column = self.by_row.transposed(self.columns);
        }
    }

    /// The entries of a variable's column, logicals included.
    pub fn for_each(&self, variable: usize, mut visit: impl FnMut(usize, f64)) {
        if variable < self.columns {
            for (row, value) in self.by_column.line(variable) {
                visit(row, value);
            }
        } else {
            visit(variable - self.columns, 1.0);
        }
    }

    /// `out += factor · column`.
    pub fn add_column(&self, variable: usize, factor: f64, out: &mut Sparse) {
        self.for_each(variable, |row, value| out.add(row, factor * value));
    }

    /// Scalar product of a dense row vector with a structural column.
    pub fn dot(&self, column: usize, rows: &[f64]) -> f64 {
        let range = self.by_column.start[column]..self.by_column.start[column + 1];
        let mut sum = 0.0;
        for (&row, &value) in self.by_column.index[range.clone()].iter().zip(&self.by_column.value[range]) {
            sum += rows[row as usize] * value;
        }
        sum
    }
}

/// Adds up entries that name the same place within a line.
fn merged(lines: Lines) -> Lines {
    let mut out = Lines { start: vec![0], ..Lines::default() };
    for line in 0..lines.start.len().saturating_sub(1) {
        let begin = out.index.len();
        // Lines come from a transposition, so equal indices stand together.
        for (index, value) in lines.line(line) {
            let last = out.index.len();
            if last > begin && out.index[last - 1] == index as u32 {
                out.value[last - 1] += value;
            } else {
                out.index.push(index as u32);
                out.value.push(value);
            }
        }
        out.start.push(out.index.len());
    }
    out
}
