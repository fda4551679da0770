//! Solving with the factors: FTRAN (B x = a) and BTRAN (Bᵀ y = e).

use super::super::vector::Sparse;
use super::{Factor, GONE, Lists, Search};

/// Right-hand sides (and expected results) below this density are searched.
const SPARSE_INPUT: f64 = 0.05;
const SPARSE_RESULT: f64 = 0.10;

impl Factor {
    /// Solves B x = a in place. With `save`, keeps what [`Factor::update`]
    /// needs to know of the entering column.
    pub fn ftran(&mut self, x: &mut Sparse, save: bool) {
        let rows = self.rows;
        let search = &mut self.search;
        if is_sparse(x, rows, self.density[0]) {
            solve_sparse(&self.lower_columns, None, x, search);
        } else {
            solve_dense(&self.lower_columns, None, self.pivots.iter(), x);
            x.list();
        }
        note(&mut self.density[0], x, rows);
        self.apply_etas(x);
        if save {
            self.spike.save(x);
        }
        let search = &mut self.search;
        let sparse = is_sparse(x, rows, self.density[1]);
        if sparse {
            solve_sparse(&self.upper_columns, Some(&self.diagonal), x, search);
            x.prune();
        } else {
            let order = self.order.iter().rev();
            solve_dense(&self.upper_columns, Some(&self.diagonal), order, x);
            x.list();
        }
        note(&mut self.density[1], x, rows);
    }

    /// Solves Bᵀ y = e in place. With `save`, keeps what [`Factor::update`]
    /// needs to know of the pivot row (the input must then be a unit vector).
    pub fn btran(&mut self, y: &mut Sparse, save: bool) {
        let rows = self.rows;
        let search = &mut self.search;
        if is_sparse(y, rows, self.density[2]) {
            solve_sparse(&self.upper_rows, Some(&self.diagonal), y, search);
        } else {
            solve_dense(&self.upper_rows, Some(&self.diagonal), self.order.iter(), y);
            y.list();
        }
        note(&mut self.density[2], y, rows);
        if save {
            self.pivot_row.save(y);
        }
        self.apply_etas_transposed(y);
        let search = &mut self.search;
        if is_sparse(y, rows, self.density[3]) {
            solve_sparse(&self.lower_rows, None, y, search);
            y.prune();
        } else {
            solve_dense(&self.lower_rows, None, self.pivots.iter().rev(), y);
            y.list();
        }
        note(&mut self.density[3], y, rows);
    }

    fn apply_etas(&self, x: &mut Sparse) {
        for (eta, &row) in self.eta_row.iter().enumerate() {
            let range = self.eta_start[eta]..self.eta_start[eta + 1];
            let mut sum = 0.0;
            for (&index, &value) in self.eta_index[range.clone()].iter().zip(&self.eta_value[range]) {
                sum += x.value[index as usize] * value;
            }
            if sum != 0.0 {
                x.add(row as usize, -sum);
            }
        }
    }

    fn apply_etas_transposed(&self, y: &mut Sparse) {
        for (eta, &row) in self.eta_row.iter().enumerate().rev() {
            let pivot = y.value[row as usize];
            if pivot == 0.0 {
                continue;
            }
            let range = self.eta_start[eta]..self.eta_start[eta + 1];
            for (&index, &value) in self.eta_index[range.clone()].iter().zip(&self.eta_value[range]) {
                y.add(index as usize, -value * pivot);
            }
        }
    }
}

/// Whether searching for the non-zeros is likely to beat a full pass.
fn is_sparse(x: &Sparse, rows: usize, density: f64) -> bool {
    (x.index.len() as f64) < SPARSE_INPUT * rows as f64 && density < SPARSE_RESULT
}

/// Running average of the density of results.
fn note(density: &mut f64, x: &Sparse, rows: usize) {
    if rows > 0 {
        *density = 0.9 * *density + 0.1 * (x.index.len() as f64 / rows as f64);
    }
}

/// A full pass over the pivots in their order. Leaves the list of `x` stale.
fn solve_dense<'a>(lists: &Lists, diagonal: Option<&[f64]>, order: impl Iterator<Item = &'a u32>, x: &mut Sparse) {
    for &row in order {
        if row == GONE {
            continue;
        }
        let row = row as usize;
        let mut pivot = x.value[row];
        if pivot == 0.0 {
            continue;
        }
        if let Some(diagonal) = diagonal {
            pivot /= diagonal[row];
            x.value[row] = pivot;
        }
        let range = lists.range(row);
        for (&index, &value) in lists.index[range.clone()].iter().zip(&lists.value[range]) {
            x.value[index as usize] -= value * pivot;
        }
    }
}

/// Depth-first search from the listed non-zeros gives an order in which the
/// pivots can be applied, touching nothing that stays zero.
fn solve_sparse(lists: &Lists, diagonal: Option<&[f64]>, x: &mut Sparse, search: &mut Search) {
    search.found.clear();
    for &root in &x.index {
        if search.seen[root as usize] {
            continue;
        }
        search.seen[root as usize] = true;
        search.stack.push((root, 0));
        while let Some((row, next)) = search.stack.pop() {
            let range = lists.range(row as usize);
            let tail = &lists.index[range][next as usize..];
            let fresh = tail.iter().position(|&to| !search.seen[to as usize]);
            match fresh {
                Some(step) => {
                    let to = tail[step];
                    search.stack.push((row, next + step as u32 + 1));
                    search.seen[to as usize] = true;
                    search.stack.push((to, 0));
                }
                None => search.found.push(row),
            }
        }
    }
    x.index.clear();
    for &row in search.found.iter().rev() {
        search.seen[row as usize] = false;
        let row = row as usize;
        let mut pivot = x.value[row];
        if pivot == 0.0 {
            // Not listed, lest a later addition list it twice.
            continue;
        }
        x.index.push(row as u32);
        if let Some(diagonal) = diagonal {
            pivot /= diagonal[row];
            x.value[row] = pivot;
        }
        let range = lists.range(row);
        for (&index, &value) in lists.index[range.clone()].iter().zip(&lists.value[range]) {
            x.value[index as usize] -= value * pivot;
        }
    }
}
