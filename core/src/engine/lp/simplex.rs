//! The solver as its caller sees it: unscaled, maximised, warm.

use super::dual::Dual;
use super::matrix::{Lines, Matrix};
use super::primal::Primal;
use super::program::{LinearProgram, sound};
use super::scale::Scale;
use super::state::{Phase, Place, State};

/// Turns of dual and primal simplex before a solve is given up.
const ROUNDS: usize = 8;

/// How a solve ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The basis is optimal within tolerances.
    Optimal,
    /// No point satisfies all bounds; [`Simplex::farkas`] shows why unless two
    /// bounds of one column or row cross.
    Infeasible,
    /// The optimum is below the cutoff; [`Simplex::duals`] prove it.
    Cutoff,
    /// The iterations ran out.
    IterationLimit,
    /// The numbers did not allow a conclusion.
    Trouble,
}

/// A snapshot of a basis, for [`Simplex::restore`].
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    columns: usize,
    place: Vec<Place>,
    basic: Vec<u32>,
    weight: Vec<f32>,
}

/// A bounded-variable simplex solver that keeps its basis between solves.
///
/// It is deterministic: the same calls give the same results everywhere.
#[derive(Clone, Debug)]
pub struct Simplex {
    scale: Scale,
    state: State,
    objective: Vec<f64>,
    lower: Vec<f64>,
    upper: Vec<f64>,
    row_lower: Vec<f64>,
    row_upper: Vec<f64>,
    is_sound: bool,
    rows_changed: bool,
    cutoff: f64,
    x: Vec<f64>,
    duals: Vec<f64>,
    reduced: Vec<f64>,
    farkas: Option<Vec<f64>>,
}

impl Simplex {
    /// Scales the program and starts from the basis of all rows.
    pub fn new(lp: &LinearProgram) -> Simplex {
        let is_sound = lp.is_sound();
        let empty = LinearProgram::default();
        let lp = if is_sound { lp } else { &empty };
        let scale = Scale::of(lp);
        let columns = lp.columns.len();
        let rows = lp.row_lower.len();
        let mut lines = Lines { start: vec![0], ..Lines::default() };
        for column in 0..columns {
            for (row, value) in lp.columns.column(column) {
                if value != 0.0 {
                    lines.index.push(row as u32);
                    lines.value.push(value * scale.row[row] * scale.column[column]);
                }
            }
            lines.start.push(lines.index.len());
        }
        let mut state = State {
            matrix: Matrix::new(columns, rows, lines),
            place: vec![Place::Lower; columns],
            cutoff: f64::INFINITY,
            lower: vec![0.0; columns + rows],
            upper: vec![0.0; columns + rows],
            cost: vec![0.0; columns + rows],
            work_cost: vec![0.0; columns + rows],
            basic: (columns as u32..(columns + rows) as u32).collect(),
            ..State::default()
        };
        state.place.resize(columns + rows, Place::Basic);
        state.resize();
        let mut simplex = Simplex {
            scale,
            state,
            objective: Vec::new(),
            lower: lp.lower.clone(),
            upper: lp.upper.clone(),
            row_lower: lp.row_lower.clone(),
            row_upper: lp.row_upper.clone(),
            is_sound,
            rows_changed: false,
            cutoff: f64::NEG_INFINITY,
            x: vec![0.0; columns],
            duals: vec![0.0; rows],
            reduced: vec![0.0; columns],
            farkas: None,
        };
        for column in 0..columns {
            simplex.set_bounds(column, lp.lower[column], lp.upper[column]);
        }
        for row in 0..rows {
            simplex.set_row_bounds(row, lp.row_lower[row], lp.row_upper[row]);
        }
        simplex.set_objective(&lp.objective);
        simplex
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.state.matrix.columns
    }

    /// Number of rows, added ones included.
    pub fn rows(&self) -> usize {
        self.state.matrix.rows
    }

    /// Replaces the objective; one value a column.
    pub fn set_objective(&mut self, objective: &[f64]) {
        if objective.len() != self.columns() || objective.iter().any(|cost| !cost.is_finite()) {
            self.is_sound = false;
            return;
        }
        self.objective = objective.to_vec();
        self.scale.set_objective(objective);
        for (column, &cost) in objective.iter().enumerate() {
            self.state.cost[column] = -cost * self.scale.column[column] * self.scale.objective;
        }
        self.state.has_true_reduced = false;
    }

    /// Replaces the bounds of a column.
    pub fn set_bounds(&mut self, column: usize, lower: f64, upper: f64) {
        if column >= self.columns() || !sound(lower, upper) {
            self.is_sound = false;
            return;
        }
        self.lower[column] = lower;
        self.upper[column] = upper;
        self.state.lower[column] = lower / self.scale.column[column];
        self.state.upper[column] = upper / self.scale.column[column];
        self.state.settle(column);
    }

    /// Replaces the bounds of a row.
    pub fn set_row_bounds(&mut self, row: usize, lower: f64, upper: f64) {
        if row >= self.rows() || !sound(lower, upper) {
            self.is_sound = false;
            return;
        }
        self.row_lower[row] = lower;
        self.row_upper[row] = upper;
        let logical = self.columns() + row;
        self.state.lower[logical] = -upper * self.scale.row[row];
        self.state.upper[logical] = -lower * self.scale.row[row];
        self.state.settle(logical);
    }

    /// Appends a row; the basis is kept and the row's slack becomes basic.
    pub fn add_row(&mut self, entries: &[(usize, f64)], lower: f64, upper: f64) {
        let columns = self.columns();
        let known = entries.iter().all(|&(column, value)| column < columns && value.is_finite());
        if !known || !sound(lower, upper) {
            self.is_sound = false;
            return;
        }
        self.scale.add_row(entries);
        let row = self.rows();
        let factor = self.scale.row[row];
        let scaled = (entries.iter()).map(|&(column, value)| (column, value * factor * self.scale.column[column]));
        self.state.matrix.add_row(scaled);
        self.state.lower.push(0.0);
        self.state.upper.push(0.0);
        self.state.cost.push(0.0);
        self.state.work_cost.push(0.0);
        self.state.place.push(Place::Basic);
        self.state.basic.push((columns + row) as u32);
        self.row_lower.push(lower);
        self.row_upper.push(upper);
        self.duals.push(0.0);
        self.rows_changed = true;
        self.set_row_bounds(row, lower, upper);
    }

    /// Lets [`Simplex::solve`] stop once it is proven that the optimum is
    /// below `value`; `-∞` switches this off.
    pub fn set_cutoff(&mut self, value: f64) {
        self.cutoff = value;
    }

    /// Solves from the current basis, with at most so many iterations.
    pub fn solve(&mut self, iterations: u64) -> Outcome {
        self.farkas = None;
        self.state.ray = None;
        if !self.is_sound {
            return Outcome::Trouble;
        }
        if self.rows_changed {
            self.state.matrix.refresh();
            self.state.resize();
            self.rows_changed = false;
        }
        self.state.cutoff =
            if self.cutoff == f64::NEG_INFINITY { f64::INFINITY } else { -self.cutoff * self.scale.objective };
        if !self.state.has_factor {
            self.state.refactor();
        }
        let crossed =
            (0..self.state.variables()).any(|variable| self.state.lower[variable] > self.state.upper[variable]);
        let outcome = if crossed {
            Outcome::Infeasible
        } else {
            let until = self.state.iterations.saturating_add(iterations);
            match self.run(until) {
                Outcome::Trouble => {
                    self.start_over();
                    self.run(until)
                }
                outcome => outcome,
            }
        };
        self.read();
        outcome
    }

    /// Alternates the dual simplex, on shifted costs if need be, and the
    /// primal one on the true costs, until both find nothing to do.
    fn run(&mut self, until: u64) -> Outcome {
        let state = &mut self.state;
        state.unshift();
        state.compute_values();
        for _ in 0..ROUNDS {
            if state.make_dual_feasible() {
                state.compute_values();
            }
            match Dual::new(state).run(until) {
                Phase::Done => {}
                Phase::Infeasible => return Outcome::Infeasible,
                Phase::Cutoff => return Outcome::Cutoff,
                Phase::Limit => return Outcome::IterationLimit,
                Phase::Trouble | Phase::Stalled => return Outcome::Trouble,
            }
            state.unshift();
            if state.is_dual_feasible() {
                return Outcome::Optimal;
            }
            match Primal::new(state).run(until) {
                Phase::Done if state.is_primal_feasible() => return Outcome::Optimal,
                Phase::Done | Phase::Stalled => {}
                Phase::Limit => return Outcome::IterationLimit,
                _ => return Outcome::Trouble,
            }
        }
        Outcome::Trouble
    }

    /// Forgets the basis: every row's slack is basic again.
    fn start_over(&mut self) {
        let (columns, state) = (self.columns(), &mut self.state);
        for column in 0..columns {
            if state.place[column] == Place::Basic {
                state.place[column] = Place::Lower;
            }
            state.settle(column);
        }
        state.place[columns..].fill(Place::Basic);
        for (row, variable) in state.basic.iter_mut().enumerate() {
            *variable = (columns + row) as u32;
        }
        state.weight.fill(1.0);
        state.has_true_reduced = false;
        state.refactor();
    }

    /// Unscales values, multipliers and reduced costs.
    fn read(&mut self) {
        let columns = self.columns();
        let state = &mut self.state;
        for column in 0..columns {
            self.x[column] = match state.place[column] {
                Place::Lower => self.lower[column],
                Place::Upper => self.upper[column],
                Place::Basic | Place::Free => 0.0,
            };
        }
        for (position, &variable) in state.basic.iter().enumerate() {
            let column = variable as usize;
            if column < columns {
                self.x[column] = state.value[position] * self.scale.column[column];
            }
        }
        let mut multipliers = if state.has_true_reduced {
            // A logical costs nothing: its reduced cost is its row's multiplier.
            let logicals = &state.reduced[columns..];
            logicals.iter().map(|reduced| -reduced).collect()
        } else {
            state.multipliers(true)
        };
        state.clamp(&mut multipliers);
        for (row, &multiplier) in multipliers.iter().enumerate() {
            self.duals[row] = -multiplier * self.scale.row[row] / self.scale.objective;
        }
        for column in 0..columns {
            let scaled = state.cost[column] - state.matrix.dot(column, &multipliers);
            self.reduced[column] = -scaled / (self.scale.column[column] * self.scale.objective);
        }
        self.farkas = state.ray.take().map(|mut ray| {
            state.clamp_ray(&mut ray);
            let scales = ray.iter().zip(&self.scale.row);
            scales.map(|(entry, factor)| entry * factor).collect()
        });
    }

    /// Value of each column after the last solve.
    pub fn x(&self) -> &[f64] {
        &self.x
    }

    /// `objective · x`; after [`Outcome::Optimal`] this is the optimum.
    pub fn objective_value(&self) -> f64 {
        self.objective.iter().zip(&self.x).map(|(cost, x)| cost * x).sum()
    }

    /// Upper bound on the optimum that [`Simplex::duals`] prove (up to
    /// rounding) with the current bounds.
    pub fn bound(&self) -> f64 {
        let mut bound = 0.0;
        for (column, &reduced) in self.reduced.iter().enumerate() {
            if reduced > 0.0 {
                bound += reduced * self.upper[column];
            } else if reduced < 0.0 {
                bound += reduced * self.lower[column];
            }
        }
        for (row, &dual) in self.duals.iter().enumerate() {
            if dual > 0.0 {
                bound += dual * self.row_upper[row];
            } else if dual < 0.0 {
                bound += dual * self.row_lower[row];
            }
        }
        bound
    }

    /// One multiplier y a row, such that `c − yᵀA` are the reduced costs.
    ///
    /// A positive one leans on the row's upper bound, a negative one on its
    /// lower bound; where that bound is infinite the multiplier is zero. So
    /// after any outcome Σ max over the bounds of (c − yᵀA) x + yᵀ(A x) is an
    /// upper bound on the optimum.
    pub fn duals(&self) -> &[f64] {
        &self.duals
    }

    /// `c − yᵀA` for the multipliers of [`Simplex::duals`].
    pub fn reduced_costs(&self) -> &[f64] {
        &self.reduced
    }

    /// After [`Outcome::Infeasible`]: one multiplier f a row such that the
    /// greatest `fᵀA x` over the column bounds is less than the least `fᵀr`
    /// over the row bounds (row_lower where f > 0, row_upper where f < 0).
    pub fn farkas(&self) -> Option<&[f64]> {
        self.farkas.as_deref()
    }

    /// The current basis.
    pub fn basis(&self) -> Basis {
        Basis {
            columns: self.columns(),
            place: self.state.place.clone(),
            basic: self.state.basic.clone(),
            weight: self.state.weight.iter().map(|&weight| weight as f32).collect(),
        }
    }

    /// Goes back to a snapshot; rows added since then get a basic slack.
    /// A snapshot of another program is ignored.
    pub fn restore(&mut self, basis: &Basis) {
        let known = basis.basic.len();
        if basis.columns != self.columns() || known > self.rows() {
            return;
        }
        let state = &mut self.state;
        let further = (state.matrix.columns + known) as u32..state.variables() as u32;
        let same = state.basic.len() >= known
            && state.basic[..known] == basis.basic[..]
            && state.basic[known..].iter().copied().eq(further.clone());
        state.place[..basis.place.len()].copy_from_slice(&basis.place);
        for place in &mut state.place[basis.place.len()..] {
            *place = Place::Basic;
        }
        state.basic.clear();
        state.basic.extend_from_slice(&basis.basic);
        state.basic.extend(further);
        state.weight.clear();
        state.weight.extend(basis.weight.iter().map(|&weight| f64::from(weight)));
        state.weight.resize(state.basic.len(), 1.0);
        if !same {
            state.has_factor = false;
            state.has_true_reduced = false;
        }
        for variable in 0..state.variables() {
            state.settle(variable);
        }
    }

    /// Iterations of all solves so far: the same work gives the same count.
    pub fn iterations(&self) -> u64 {
        self.state.iterations
    }
}
