//! The Forrest–Tomlin update: one basic column leaves, one enters.

use super::super::vector::{Sparse, TINY};
use super::{Factor, GONE};

impl Factor {
    /// Replaces the basic column at position `row` by the one whose FTRAN was
    /// saved; the BTRAN of that unit vector must have been saved as well.
    /// `alpha` is the entering column's entry in the pivot row.
    ///
    /// Returns whether the new factors can be trusted; if not, rebuild.
    pub fn update(&mut self, row: usize, alpha: f64, scratch: &mut Sparse) -> bool {
        let old = self.diagonal[row];
        let new = old * alpha;

        // The row operation that clears row `row` of U right of its pivot.
        scratch.clear();
        for (&index, &value) in self.spike.index.iter().zip(&self.spike.value) {
            scratch.add(index as usize, value);
        }
        let mut check = scratch.value[row];
        for (&index, &value) in self.pivot_row.index.iter().zip(&self.pivot_row.value) {
            if index as usize != row {
                let multiplier = -value * old;
                if multiplier.abs() >= TINY {
                    self.eta_index.push(index);
                    self.eta_value.push(multiplier);
                    check -= multiplier * scratch.value[index as usize];
                }
            }
        }
        self.eta_row.push(row as u32);
        self.eta_start.push(self.eta_index.len());
        scratch.clear();

        for place in self.upper_columns.range(row) {
            let other = self.upper_columns.index[place] as usize;
            self.upper_rows.remove(other, row);
        }
        for place in self.upper_rows.range(row) {
            let other = self.upper_rows.index[place] as usize;
            self.upper_columns.remove(other, row);
        }
        self.upper_rows.length[row] = 0;

        self.upper_columns.open(row);
        for (&index, &value) in self.spike.index.iter().zip(&self.spike.value) {
            if index as usize != row {
                self.upper_columns.push_last(row, index as usize, value);
                self.upper_rows.push(index as usize, row, value);
            }
        }
        self.order[self.place[row] as usize] = GONE;
        self.place[row] = self.order.len() as u32;
        self.order.push(row as u32);
        self.diagonal[row] = new;
        new.abs() > 1e-12 && (check - new).abs() <= 1e-6 * new.abs()
    }
}
