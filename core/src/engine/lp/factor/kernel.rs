//! Markowitz elimination with threshold pivoting of what singletons leave.

use super::Factor;
use super::build::LEAST_PIVOT;

/// A pivot is at least this part of the greatest entry of its column.
const THRESHOLD: f64 = 0.1;
/// Lines looked at before the best pivot seen is taken.
const LINES: usize = 4;
/// Cancelled entries below this are dropped.
const DROP: f64 = 1e-14;
const NONE: u32 = u32::MAX;

/// A column's entries (row, value).
#[derive(Clone, Debug, Default)]
pub(super) struct Split {
    pub active: Vec<(u32, f64)>,
    pub upper: Vec<(u32, f64)>,
}

/// Lines linked by their count of entries.
#[derive(Clone, Debug, Default)]
struct Counts {
    head: Vec<u32>,
    next: Vec<u32>,
    previous: Vec<u32>,
}

impl Counts {
    fn reset(&mut self, lines: usize, counts: usize) {
        self.head.clear();
        self.head.resize(counts + 1, NONE);
        for links in [&mut self.next, &mut self.previous] {
            links.clear();
            links.resize(lines, NONE);
        }
    }

    fn insert(&mut self, line: u32, count: usize) {
        let head = self.head[count];
        self.next[line as usize] = head;
        self.previous[line as usize] = NONE;
        if head != NONE {
            self.previous[head as usize] = line;
        }
        self.head[count] = line;
    }

    fn remove(&mut self, line: u32, count: usize) {
        let (next, previous) = (self.next[line as usize], self.previous[line as usize]);
        if previous == NONE {
            self.head[count] = next;
        } else {
            self.next[previous as usize] = next;
        }
        if next != NONE {
            self.previous[next as usize] = previous;
        }
    }
}

/// The best pivot seen so far.
#[derive(Default)]
struct Best {
    at: Option<(u32, u32)>,
    merit: usize,
    size: f64,
}

impl Best {
    fn consider(&mut self, merit: usize, size: f64, row: u32, column: u32) {
        let better = merit < self.merit || (merit == self.merit && size > self.size);
        if self.at.is_none() || better {
            *self = Best { at: Some((row, column)), merit, size };
        }
    }

    /// Whether no line to come can beat it by much.
    fn is_enough(&self, bound: usize, looked: usize) -> bool {
        self.at.is_some() && (self.merit <= bound || looked >= LINES)
    }
}

/// The active submatrix: columns with values, rows with their pattern.
#[derive(Clone, Debug, Default)]
pub(super) struct Kernel {
    names: Vec<u32>,
    columns: Vec<Split>,
    greatest: Vec<f64>,
    rows: Vec<Vec<u32>>,
    column_counts: Counts,
    row_counts: Counts,
    multiplier: Vec<f64>,
    hit: Vec<bool>,
    dropped: Vec<u32>,
    left: usize,
}

impl Kernel {
    /// Takes over the given columns; `split` gives the entries of each.
    pub fn load(&mut self, names: &[u32], rows: usize, split: impl Fn(usize) -> Split) {
        self.names.clear();
        self.names.extend_from_slice(names);
        self.columns = names.iter().map(|&name| split(name as usize)).collect();
        self.dropped.clear();
        self.left = names.len();
        if names.is_empty() {
            return;
        }
        self.rows.iter_mut().for_each(Vec::clear);
        self.rows.resize(rows, Vec::new());
        self.multiplier.clear();
        self.multiplier.resize(rows, 0.0);
        self.hit.clear();
        self.hit.resize(rows, false);
        for (column, split) in self.columns.iter().enumerate() {
            for &(row, _) in &split.active {
                self.rows[row as usize].push(column as u32);
            }
        }
        let most = self.columns.len().max(rows);
        self.column_counts.reset(self.columns.len(), most);
        self.row_counts.reset(rows, most);
        for column in (0..self.columns.len()).rev() {
            let count = self.columns[column].active.len();
            self.column_counts.insert(column as u32, count);
        }
        for row in (0..rows).rev() {
            if !self.rows[row].is_empty() {
                self.row_counts.insert(row as u32, self.rows[row].len());
            }
        }
        self.greatest = self.columns.iter().map(|split| greatest(&split.active)).collect();
    }

    /// Names of the columns that found no pivot.
    pub fn dropped(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.dropped)
    }

    /// Eliminates everything into `factor`, noting each pivot (row, name).
    pub fn eliminate(&mut self, factor: &mut Factor, mut note: impl FnMut(usize, usize)) {
        while self.left > 0 {
            self.drop_empty();
            if self.left == 0 {
                break;
            }
            let Some((row, column)) = self.search() else {
                self.drop_rest();
                break;
            };
            self.pivot(factor, row, column);
            note(row as usize, self.names[column as usize] as usize);
            self.left -= 1;
        }
    }

    fn drop_empty(&mut self) {
        while self.column_counts.head[0] != NONE {
            let column = self.column_counts.head[0];
            self.column_counts.remove(column, 0);
            self.dropped.push(self.names[column as usize]);
            self.left -= 1;
        }
    }

    /// No acceptable pivot is left: every remaining column is dependent.
    fn drop_rest(&mut self) {
        for count in 1..self.column_counts.head.len() {
            while self.column_counts.head[count] != NONE {
                let column = self.column_counts.head[count];
                self.column_counts.remove(column, count);
                self.dropped.push(self.names[column as usize]);
            }
        }
        self.left = 0;
    }

    fn value(&self, row: u32, column: u32) -> f64 {
        self.columns[column as usize].active.iter().find(|entry| entry.0 == row).map_or(0.0, |entry| entry.1)
    }

    /// The pivot of least Markowitz count among the first few short lines.
    fn search(&self) -> Option<(u32, u32)> {
        let mut best = Best::default();
        let mut looked = 0;
        for count in 1..self.column_counts.head.len() {
            let mut column = self.column_counts.head[count];
            while column != NONE {
                let least = self.least_pivot(column);
                let mut found = false;
                for &(row, value) in &self.columns[column as usize].active {
                    if value.abs() >= least {
                        let merit = (count - 1) * (self.rows[row as usize].len() - 1);
                        best.consider(merit, value.abs(), row, column);
                        found = true;
                    }
                }
                looked += usize::from(found);
                if best.is_enough((count - 1) * (count - 1), looked) {
                    return best.at;
                }
                column = self.column_counts.next[column as usize];
            }
            let mut row = self.row_counts.head[count];
            while row != NONE {
                let mut found = false;
                for &column in &self.rows[row as usize] {
                    let size = self.value(row, column).abs();
                    if size >= self.least_pivot(column) {
                        let entries = self.columns[column as usize].active.len();
                        best.consider((count - 1) * (entries - 1), size, row, column);
                        found = true;
                    }
                }
                looked += usize::from(found);
                if best.is_enough(count * (count - 1), looked) {
                    return best.at;
                }
                row = self.row_counts.next[row as usize];
            }
        }
        best.at
    }

    fn least_pivot(&self, column: u32) -> f64 {
        (THRESHOLD * self.greatest[column as usize]).max(LEAST_PIVOT)
    }

    fn pivot(&mut self, factor: &mut Factor, row: u32, column: u32) {
        let entries = std::mem::take(&mut self.columns[column as usize].active);
        let upper = std::mem::take(&mut self.columns[column as usize].upper);
        self.column_counts.remove(column, entries.len());
        let pivot = entries.iter().find(|entry| entry.0 == row).map_or(1.0, |entry| entry.1);

        factor.open_upper(row as usize);
        for &(other, value) in &upper {
            factor.push_upper(row as usize, other as usize, value);
        }
        factor.open_lower(row as usize);
        for &(other, value) in &entries {
            let pattern = &mut self.rows[other as usize];
            self.row_counts.remove(other, pattern.len());
            pattern.retain(|&name| name != column);
            if other != row {
                let multiplier = value / pivot;
                self.multiplier[other as usize] = multiplier;
                factor.push_lower(row as usize, other as usize, multiplier);
            }
        }
        factor.pivot(row as usize, pivot);

        let others = std::mem::take(&mut self.rows[row as usize]);
        for &other in &others {
            self.subtract(row, other, &entries);
        }
        for &(other, _) in &entries {
            self.multiplier[other as usize] = 0.0;
            let count = self.rows[other as usize].len();
            if other != row && count > 0 {
                self.row_counts.insert(other, count);
            }
        }
    }

    /// Column `other` minus its entry in the pivot row times the multipliers.
    fn subtract(&mut self, row: u32, other: u32, entries: &[(u32, f64)]) {
        let split = &mut self.columns[other as usize];
        self.column_counts.remove(other, split.active.len());
        let Some(place) = split.active.iter().position(|entry| entry.0 == row) else {
            self.column_counts.insert(other, split.active.len());
            return;
        };
        let (_, factor) = split.active.swap_remove(place);
        split.upper.push((row, factor));
        let (multiplier, hit, rows) = (&self.multiplier, &mut self.hit, &mut self.rows);
        split.active.retain_mut(|entry| {
            let at = entry.0 as usize;
            if multiplier[at] == 0.0 {
                return true;
            }
            hit[at] = true;
            entry.1 -= factor * multiplier[at];
            let kept = entry.1.abs() >= DROP;
            if !kept {
                rows[at].retain(|&name| name != other);
            }
            kept
        });
        for &(at, _) in entries {
            let place = at as usize;
            if at == row || std::mem::take(&mut hit[place]) {
                continue;
            }
            let fill = -factor * multiplier[place];
            if fill.abs() >= DROP {
                split.active.push((at, fill));
                rows[place].push(other);
            }
        }
        self.greatest[other as usize] = greatest(&split.active);
        self.column_counts.insert(other, split.active.len());
    }
}

fn greatest(entries: &[(u32, f64)]) -> f64 {
    entries.iter().map(|entry| entry.1.abs()).fold(0.0, f64::max)
}
