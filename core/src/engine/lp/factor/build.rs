//! Building the factors: logicals, then singletons, then the kernel.

use super::super::matrix::Matrix;
use super::{Factor, kernel};

/// A row singleton is pivoted at once unless it is this much smaller than the
/// greatest entry of its column; the kernel then chooses better.
const SINGLETON_THRESHOLD: f64 = 0.01;
/// Pivots below this are noise.
pub(super) const LEAST_PIVOT: f64 = 1e-10;

/// The structural part of the basis with what is left to eliminate.
struct Active {
    start: Vec<usize>,
    row: Vec<u32>,
    value: Vec<f64>,
    row_start: Vec<usize>,
    row_column: Vec<u32>,
    column_count: Vec<u32>,
    row_count: Vec<u32>,
    column_done: Vec<bool>,
    row_done: Vec<bool>,
}

impl Factor {
    /// Factorises the basis of the given variables and reorders them so that
    /// `basic[i]` is pivoted in row `i`.
    ///
    /// Where the variables are dependent, some give way to logicals; the pairs
    /// (variable that left, row whose logical entered) are returned.
    pub fn build(&mut self, matrix: &Matrix, basic: &mut [u32]) -> Vec<(u32, u32)> {
        let rows = matrix.rows;
        self.reset(rows);
        let mut pivoted = vec![u32::MAX; rows];
        let mut structurals = Vec::with_capacity(rows);
        let mut active_rows = vec![true; rows];
        for &variable in basic.iter() {
            let variable = variable as usize;
            if variable < matrix.columns {
                structurals.push(variable as u32);
            } else {
                let row = variable - matrix.columns;
                pivoted[row] = variable as u32;
                active_rows[row] = false;
                self.pivot(row, 1.0);
            }
        }
        let mut active = Active::new(matrix, &structurals, &active_rows);
        let mut singles = Singles::default();
        active.list_singles(&mut singles);
        self.eliminate_singles(&mut active, &mut singles, |row, column| {
            pivoted[row] = structurals[column];
        });
        let mut kernel = std::mem::take(&mut self.kernel);
        kernel.load(&active.columns_left(), rows, |column| active.split(column));
        kernel.eliminate(self, |row, column| pivoted[row] = structurals[column]);
        let dropped = kernel.dropped();
        self.kernel = kernel;

        let mut swaps = Vec::new();
        let mut dropped = dropped.into_iter();
        for (row, slot) in pivoted.iter_mut().enumerate() {
            if *slot == u32::MAX {
                *slot = (matrix.columns + row) as u32;
                self.pivot(row, 1.0);
                if let Some(column) = dropped.next() {
                    swaps.push((structurals[column as usize], row as u32));
                }
            }
        }
        basic.copy_from_slice(&pivoted);
        self.lower_rows.transpose(&self.lower_columns, 0);
        self.upper_rows.transpose(&self.upper_columns, 4);
        self.entries_at_build = self.upper_columns.index.len();
        swaps
    }

    fn reset(&mut self, rows: usize) {
        self.rows = rows;
        self.pivots.clear();
        self.order.clear();
        self.place.clear();
        self.place.resize(rows, 0);
        self.diagonal.clear();
        self.diagonal.resize(rows, 1.0);
        self.lower_columns.reset(rows);
        self.upper_columns.reset(rows);
        self.eta_row.clear();
        self.eta_index.clear();
        self.eta_value.clear();
        self.eta_start.clear();
        self.eta_start.push(0);
        self.search.seen.clear();
        self.search.seen.resize(rows, false);
    }

    /// Notes the next pivot; its column of U must be the list opened last.
    pub(super) fn pivot(&mut self, row: usize, value: f64) {
        self.place[row] = self.order.len() as u32;
        self.order.push(row as u32);
        self.pivots.push(row as u32);
        self.diagonal[row] = value;
    }

    pub(super) fn open_upper(&mut self, row: usize) {
        self.upper_columns.open(row);
    }

    pub(super) fn push_upper(&mut self, row: usize, index: usize, value: f64) {
        self.upper_columns.push_last(row, index, value);
    }

    pub(super) fn open_lower(&mut self, row: usize) {
        self.lower_columns.open(row);
    }

    pub(super) fn push_lower(&mut self, row: usize, index: usize, value: f64) {
        self.lower_columns.push_last(row, index, value);
    }

    fn eliminate_singles(&mut self, active: &mut Active, singles: &mut Singles, mut note: impl FnMut(usize, usize)) {
        loop {
            if let Some(column) = singles.columns.pop() {
                let column = column as usize;
                if active.column_done[column] || active.column_count[column] != 1 {
                    continue;
                }
                let Some((row, value)) = active.only_row(column) else {
                    continue;
                };
                if value.abs() < LEAST_PIVOT {
                    continue;
                }
                self.take(active, row, column, value);
                note(row, column);
                active.drop_row(row, singles);
            } else if let Some(row) = singles.rows.pop() {
                let row = row as usize;
                if active.row_done[row] || active.row_count[row] != 1 {
                    continue;
                }
                let Some((column, value)) = active.only_column(row) else {
                    continue;
                };
                let greatest = active.greatest(column);
                if value.abs() < LEAST_PIVOT || value.abs() < SINGLETON_THRESHOLD * greatest {
                    continue;
                }
                self.take(active, row, column, value);
                note(row, column);
                active.drop_column(column, singles);
            } else {
                return;
            }
        }
    }

    /// Pivots on (row, column): what is done already goes to U, the rest to L.
    fn take(&mut self, active: &mut Active, row: usize, column: usize, pivot: f64) {
        active.row_done[row] = true;
        active.column_done[column] = true;
        self.open_upper(row);
        self.open_lower(row);
        for place in active.start[column]..active.start[column + 1] {
            let other = active.row[place] as usize;
            let value = active.value[place];
            if other == row {
                continue;
            }
            if active.row_done[other] {
                self.push_upper(row, other, value);
            } else {
                self.push_lower(row, other, value / pivot);
            }
        }
        self.pivot(row, pivot);
    }
}

/// Lines with one entry left.
#[derive(Default)]
struct Singles {
    columns: Vec<u32>,
    rows: Vec<u32>,
}

impl Active {
    fn new(matrix: &Matrix, structurals: &[u32], active_rows: &[bool]) -> Active {
        let rows = matrix.rows;
        let mut active = Active {
            start: Vec::with_capacity(structurals.len() + 1),
            row: Vec::new(),
            value: Vec::new(),
            row_start: vec![0; rows + 1],
            row_column: Vec::new(),
            column_count: vec![0; structurals.len()],
            row_count: vec![0; rows],
            column_done: vec![false; structurals.len()],
            row_done: active_rows.iter().map(|&active| !active).collect(),
        };
        active.start.push(0);
        for (column, &variable) in structurals.iter().enumerate() {
            for (row, value) in matrix.by_column.line(variable as usize) {
                if value == 0.0 {
                    continue;
                }
                active.row.push(row as u32);
                active.value.push(value);
                if active_rows[row] {
                    active.column_count[column] += 1;
                    active.row_count[row] += 1;
                }
            }
            active.start.push(active.row.len());
        }
        for row in 0..rows {
            active.row_start[row + 1] = active.row_start[row] + active.row_count[row] as usize;
        }
        let mut next = active.row_start.clone();
        active.row_column.resize(next[rows], 0);
        for column in 0..structurals.len() {
            for place in active.start[column]..active.start[column + 1] {
                let row = active.row[place] as usize;
                if active_rows[row] {
                    active.row_column[next[row]] = column as u32;
                    next[row] += 1;
                }
            }
        }
        active
    }

    fn list_singles(&self, singles: &mut Singles) {
        let ones = |counts: &[u32]| (0..counts.len() as u32).rev().filter(|&line| counts[line as usize] == 1).collect();
        singles.columns = ones(&self.column_count);
        singles.rows = ones(&self.row_count);
    }

    fn only_row(&self, column: usize) -> Option<(usize, f64)> {
        (self.start[column]..self.start[column + 1])
            .map(|place| (self.row[place] as usize, self.value[place]))
            .find(|&(row, _)| !self.row_done[row])
    }

    fn only_column(&self, row: usize) -> Option<(usize, f64)> {
        let column = self.row_column[self.row_start[row]..self.row_start[row + 1]]
            .iter()
            .map(|&column| column as usize)
            .find(|&column| !self.column_done[column])?;
        let value = (self.start[column]..self.start[column + 1])
            .find(|&place| self.row[place] as usize == row)
            .map(|place| self.value[place])?;
        Some((column, value))
    }

    /// Greatest entry among the rows left in a column.
    fn greatest(&self, column: usize) -> f64 {
        (self.start[column]..self.start[column + 1])
            .filter(|&place| !self.row_done[self.row[place] as usize])
            .map(|place| self.value[place].abs())
            .fold(0.0, f64::max)
    }

    fn drop_row(&mut self, row: usize, singles: &mut Singles) {
        for place in self.row_start[row]..self.row_start[row + 1] {
            let column = self.row_column[place] as usize;
            if !self.column_done[column] {
                self.column_count[column] -= 1;
                if self.column_count[column] == 1 {
                    singles.columns.push(column as u32);
                }
            }
        }
    }

    fn drop_column(&mut self, column: usize, singles: &mut Singles) {
        for place in self.start[column]..self.start[column + 1] {
            let row = self.row[place] as usize;
            if !self.row_done[row] {
                self.row_count[row] -= 1;
                if self.row_count[row] == 1 {
                    singles.rows.push(row as u32);
                }
            }
        }
    }

    fn columns_left(&self) -> Vec<u32> {
        (0..self.column_done.len() as u32).filter(|&column| !self.column_done[column as usize]).collect()
    }

    /// A column's entries left to eliminate, and those that belong to U.
    fn split(&self, column: usize) -> kernel::Split {
        let mut split = kernel::Split::default();
        for place in self.start[column]..self.start[column + 1] {
            let entry = (self.row[place], self.value[place]);
            if self.row_done[entry.0 as usize] {
                split.upper.push(entry);
            } else {
                split.active.push(entry);
            }
        }
        split
    }
}
