//! The working state: basis, bounds, values and reduced costs.
//!
//! Everything here is scaled and minimised: min c·x, A x + s = 0 with one
//! logical `s` a row (the negative of its activity), lower ≤ (x, s) ≤ upper.

use super::factor::Factor;
use super::matrix::Matrix;
use super::vector::Sparse;

/// How far a value may stand outside its bounds (scaled).
pub(super) const PRIMAL_TOLERANCE: f64 = 1e-7;
/// How far a reduced cost may have the wrong sign (scaled).
pub(super) const DUAL_TOLERANCE: f64 = 1e-7;

/// Where a variable stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Basic,
    Lower,
    Upper,
    /// Nonbasic without any bound, at zero.
    Free,
}

/// What a simplex phase came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// No violation is left that this phase looks for.
    Done,
    Infeasible,
    Cutoff,
    Limit,
    /// The primal simplex does not get on; the dual one may.
    Stalled,
    Trouble,
}

#[derive(Clone, Debug, Default)]
pub(super) struct State {
    pub matrix: Matrix,
    pub factor: Factor,
    /// True costs, and the costs worked with (perturbed or shifted).
    pub cost: Vec<f64>,
    pub work_cost: Vec<f64>,
    pub lower: Vec<f64>,
    pub upper: Vec<f64>,
    pub place: Vec<Place>,
    /// Variable, value and pricing weight of each basis position.
    pub basic: Vec<u32>,
    pub value: Vec<f64>,
    pub weight: Vec<f64>,
    /// Squared bound violation of each basis position.
    pub violation: Vec<f64>,
    pub reduced: Vec<f64>,
    pub has_factor: bool,
    /// Whether `work_cost` differs from `cost`.
    pub is_shifted: bool,
    pub is_perturbed: bool,
    /// Whether `reduced` was computed from the true costs for this basis.
    pub has_true_reduced: bool,
    pub iterations: u64,
    /// Objective value (scaled, minimised) at which the dual phase may stop.
    pub cutoff: f64,
    /// The row of the basis inverse that shows infeasibility, if it was found.
    pub ray: Option<Vec<f64>>,
    pub row: Sparse,
    pub row_alpha: Sparse,
    pub column: Sparse,
    pub edge: Sparse,
    pub scratch: Sparse,
}

impl State {
    pub fn rows(&self) -> usize {
        self.matrix.rows
    }

    pub fn variables(&self) -> usize {
        self.matrix.columns + self.matrix.rows
    }

    /// Value of a nonbasic variable.
    pub fn nonbasic_value(&self, variable: usize) -> f64 {
        match self.place[variable] {
            Place::Lower => self.lower[variable],
            Place::Upper => self.upper[variable],
            Place::Basic | Place::Free => 0.0,
        }
    }

    pub fn range(&self, variable: usize) -> f64 {
        self.upper[variable] - self.lower[variable]
    }

    /// Stands a nonbasic variable at a bound that exists, keeping its side.
    pub fn settle(&mut self, variable: usize) {
        let (lower, upper) = (self.lower[variable], self.upper[variable]);
        self.place[variable] = match self.place[variable] {
            Place::Basic => Place::Basic,
            Place::Upper if upper < f64::INFINITY => Place::Upper,
            _ if lower > f64::NEG_INFINITY => Place::Lower,
            _ if upper < f64::INFINITY => Place::Upper,
            _ => Place::Free,
        };
    }

    /// Sizes the working vectors after the matrix has changed.
    pub fn resize(&mut self) {
        let (rows, variables) = (self.rows(), self.variables());
        for vector in [&mut self.row, &mut self.column, &mut self.edge, &mut self.scratch] {
            vector.resize(rows);
        }
        self.row_alpha.resize(variables);
        self.value.resize(rows, 0.0);
        self.violation.resize(rows, 0.0);
        self.weight.resize(rows, 1.0);
        self.reduced.resize(variables, 0.0);
        self.has_factor = false;
        self.has_true_reduced = false;
    }

    /// Factorises the basis afresh; dependent variables give way to logicals.
    pub fn refactor(&mut self) {
        let mut weights = vec![1.0; self.variables()];
        for (&variable, &weight) in self.basic.iter().zip(&self.weight) {
            weights[variable as usize] = weight;
        }
        let swaps = self.factor.build(&self.matrix, &mut self.basic);
        for (variable, row) in swaps {
            self.has_true_reduced = false;
            let variable = variable as usize;
            let logical = self.matrix.columns + row as usize;
            self.place[logical] = Place::Basic;
            weights[logical] = 1.0;
            self.place[variable] = Place::Lower;
            self.settle(variable);
        }
        for (weight, &variable) in self.weight.iter_mut().zip(&self.basic) {
            *weight = weights[variable as usize];
        }
        self.has_factor = true;
    }

    /// Computes the basic values from the nonbasic ones.
    pub fn compute_values(&mut self) {
        let mut right = std::mem::take(&mut self.scratch);
        right.clear();
        for variable in 0..self.variables() {
            let value = self.nonbasic_value(variable);
            if value != 0.0 {
                self.matrix.for_each(variable, |row, entry| right.value[row] -= entry * value);
            }
        }
        right.list();
        self.factor.ftran(&mut right, false);
        self.value.copy_from_slice(&right.value);
        right.clear();
        self.scratch = right;
        for position in 0..self.rows() {
            self.note_violation(position);
        }
    }

    /// Computes the reduced costs of the given costs from the basis.
    pub fn compute_reduced(&mut self, true_costs: bool) {
        let multipliers = self.multipliers(true_costs);
        self.has_true_reduced = true_costs || !self.is_shifted;
        let cost = if true_costs { &self.cost } else { &self.work_cost };
        for variable in 0..self.variables() {
            self.reduced[variable] = match self.place[variable] {
                Place::Basic => 0.0,
                _ if variable < self.matrix.columns => cost[variable] - self.matrix.dot(variable, &multipliers),
                _ => cost[variable] - multipliers[variable - self.matrix.columns],
            };
        }
    }

    /// Row multipliers y with Bᵀ y = c_B.
    pub fn multipliers(&mut self, true_costs: bool) -> Vec<f64> {
        let mut right = std::mem::take(&mut self.scratch);
        right.clear();
        let cost = if true_costs { &self.cost } else { &self.work_cost };
        for (position, &variable) in self.basic.iter().enumerate() {
            right.value[position] = cost[variable as usize];
        }
        right.list();
        self.factor.btran(&mut right, false);
        let multipliers = right.value.clone();
        right.clear();
        self.scratch = right;
        multipliers
    }

    pub fn note_violation(&mut self, position: usize) {
        let variable = self.basic[position] as usize;
        let value = self.value[position];
        let below = self.lower[variable] - value;
        let above = value - self.upper[variable];
        let worst = if below > above { below } else { above };
        self.violation[position] = if worst > PRIMAL_TOLERANCE { worst * worst } else { 0.0 };
    }

    pub fn is_primal_feasible(&self) -> bool {
        self.violation.iter().all(|&violation| violation == 0.0)
    }

    /// How far a nonbasic variable's reduced cost has the wrong sign.
    pub fn dual_violation(&self, variable: usize) -> f64 {
        let reduced = self.reduced[variable];
        match self.place[variable] {
            Place::Basic => 0.0,
            _ if self.lower[variable] == self.upper[variable] => 0.0,
            Place::Lower => -reduced,
            Place::Upper => reduced,
            Place::Free => reduced.abs(),
        }
    }

    pub fn is_dual_feasible(&self) -> bool {
        (0..self.variables()).all(|variable| self.dual_violation(variable) <= DUAL_TOLERANCE)
    }

    /// Makes every reduced cost have the right sign: boxed variables change
    /// sides, others have their cost shifted. Returns whether any side changed.
    pub fn make_dual_feasible(&mut self) -> bool {
        let mut moved = false;
        for variable in 0..self.variables() {
            if self.dual_violation(variable) <= DUAL_TOLERANCE {
                continue;
            }
            if self.range(variable) < f64::INFINITY {
                self.place[variable] = if self.place[variable] == Place::Lower { Place::Upper } else { Place::Lower };
                moved = true;
            } else {
                self.shift(variable);
            }
        }
        moved
    }

    /// Shifts a nonbasic variable's cost so that its reduced cost is zero.
    pub fn shift(&mut self, variable: usize) {
        self.work_cost[variable] -= self.reduced[variable];
        self.reduced[variable] = 0.0;
        self.is_shifted = true;
        self.has_true_reduced = false;
    }

    /// Goes back to the true costs and the reduced costs that they give.
    pub fn unshift(&mut self) {
        self.work_cost.copy_from_slice(&self.cost);
        self.is_shifted = false;
        self.is_perturbed = false;
        if !self.has_true_reduced {
            self.compute_reduced(true);
        }
    }

    /// The pivot row's entries for the saved row of the basis inverse.
    pub fn compute_row(&mut self) {
        let out = &mut self.row_alpha;
        out.clear();
        let columns = self.matrix.columns;
        let rows = self.matrix.rows;
        if self.row.index.len() * 4 > rows {
            for variable in 0..columns {
                if self.place[variable] == Place::Basic {
                    continue;
                }
                let entry = self.matrix.dot(variable, &self.row.value);
                if entry.abs() > super::vector::TINY {
                    out.value[variable] = entry;
                    out.index.push(variable as u32);
                }
            }
        } else {
            let lines = &self.matrix.by_row;
            for &row in &self.row.index {
                let factor = self.row.value[row as usize];
                if factor == 0.0 {
                    continue;
                }
                let range = lines.start[row as usize]..lines.start[row as usize + 1];
                for (&column, &entry) in lines.index[range.clone()].iter().zip(&lines.value[range]) {
                    out.add(column as usize, factor * entry);
                }
            }
        }
        for &row in &self.row.index {
            let value = self.row.value[row as usize];
            if value != 0.0 {
                out.value[columns + row as usize] = value;
                out.index.push((columns + row as usize) as u32);
            }
        }
    }

    /// A fixed fraction in [0, 1) for each variable, the same in every run.
    pub fn chance(&self, variable: usize) -> f64 {
        let mut word = (variable as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^= word >> 31;
        (word >> 11) as f64 / (1u64 << 53) as f64
    }
}
