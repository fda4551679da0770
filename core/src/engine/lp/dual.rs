//! The dual simplex: while some basic value violates a bound, let the worst
//! leave (steepest edge) and let the ratio test say what enters.
//!
//! Sources: Forrest & Goldfarb 1992 (steepest edge), Koberstein 2005.

use super::ratio::Choice;
use super::state::{Phase, Place, State};
use super::vector::Sparse;

/// Steps without dual progress after which costs are perturbed.
const STALL: u32 = 5;
/// Least change of a perturbed cost (scaled), relative to one plus its size.
const PERTURBATION: f64 = 5e-6;
/// A weight below this part of the true one is corrected before it is used.
const TRUSTED_WEIGHT: f64 = 0.25;
const LEAST_WEIGHT: f64 = 1e-4;

/// One run of the dual simplex.
pub(super) struct Dual<'a> {
    state: &'a mut State,
    choice: Choice,
    /// Positions that gave numerical trouble since the last rebuild.
    shunned: Vec<u32>,
    /// Whether values and reduced costs were computed since the last pivot.
    fresh: bool,
    stalled: u32,
    troubles: u32,
    next_cutoff_test: u64,
}

/// What the test of one pivot came to.
enum Step {
    Pivoted,
    Reweighed,
    Retry,
    Ended(Phase),
}

impl<'a> Dual<'a> {
    /// Expects fresh values and reduced costs; the latter dual feasible.
    pub fn new(state: &'a mut State) -> Dual<'a> {
        Dual {
            state,
            choice: Choice::default(),
            shunned: Vec::new(),
            fresh: true,
            stalled: 0,
            troubles: 0,
            next_cutoff_test: 0,
        }
    }

    /// Runs until no basic value violates a bound, or `until` iterations.
    pub fn run(&mut self, until: u64) -> Phase {
        loop {
            if self.state.factor.is_long() {
                self.rebuild();
            }
            if self.passes_cutoff() {
                return Phase::Cutoff;
            }
            let Some(position) = self.choose_row() else {
                if !self.fresh {
                    self.recompute();
                    continue;
                }
                if self.shunned.is_empty() {
                    return Phase::Done;
                }
                return Phase::Trouble;
            };
            if self.state.iterations >= until {
                return Phase::Limit;
            }
            if !self.state.is_perturbed && self.stalled > STALL {
                self.perturb();
            }
            match self.step(position) {
                Step::Pivoted => {
                    self.state.iterations += 1;
                    self.fresh = false;
                }
                Step::Reweighed => {}
                Step::Retry => {
                    self.troubles += 1;
                    if self.troubles > 50 {
                        return Phase::Trouble;
                    }
                }
                Step::Ended(phase) => return phase,
            }
        }
    }

    /// New factors, values and reduced costs.
    fn rebuild(&mut self) {
        self.state.refactor();
        self.recompute();
    }

    fn recompute(&mut self) {
        self.state.compute_reduced(false);
        self.state.make_dual_feasible();
        self.state.compute_values();
        self.shunned.clear();
        self.fresh = true;
    }

    /// The position whose squared violation is greatest for its edge weight.
    fn choose_row(&self) -> Option<usize> {
        let state = &self.state;
        let mut best = None;
        let mut best_violation = 0.0;
        let mut best_weight = 1.0;
        for (position, (&violation, &weight)) in state.violation.iter().zip(&state.weight).enumerate() {
            if violation > 0.0
                && violation * best_weight > best_violation * weight
                && !self.shunned.contains(&(position as u32))
            {
                best = Some(position);
                best_violation = violation;
                best_weight = weight;
            }
        }
        best
    }

    fn step(&mut self, position: usize) -> Step {
        let state = &mut *self.state;
        let leaving = state.basic[position] as usize;
        let value = state.value[position];
        let below = value < state.lower[leaving];
        let (target, sign) = if below { (state.lower[leaving], -1.0) } else { (state.upper[leaving], 1.0) };

        state.row.clear();
        state.row.add(position, 1.0);
        state.factor.btran(&mut state.row, true);
        let weight = state.row.square();
        if state.weight[position] < TRUSTED_WEIGHT * weight {
            // The weight was far too small, so another row may be the worst.
            state.weight[position] = weight;
            return Step::Reweighed;
        }
        state.compute_row();
        self.choice.make(state, (value - target).abs(), sign);
        let Some(entering) = self.choice.entering else {
            return self.end_infeasible(position, sign);
        };

        let alpha_by_row = state.row_alpha.value[entering];
        state.column.clear();
        state.matrix.add_column(entering, 1.0, &mut state.column);
        state.factor.ftran(&mut state.column, true);
        let alpha = state.column.value[position];
        let gap = (alpha - alpha_by_row).abs();
        if gap > 1e-7 * (1.0 + alpha.abs()) || alpha == 0.0 {
            if state.factor.updates() > 0 {
                self.rebuild();
                return Step::Retry;
            }
            if gap > 1e-3 * alpha.abs() {
                self.shunned.push(position as u32);
                return Step::Retry;
            }
        }

        self.update_reduced(leaving, entering, alpha_by_row, sign);
        self.flip();
        self.update_weights(position, alpha);
        self.pivot(position, entering, alpha, target, below);
        Step::Pivoted
    }

    /// No variable can enter: infeasible, if the row really shows it.
    fn end_infeasible(&mut self, position: usize, sign: f64) -> Step {
        let state = &mut *self.state;
        let mut ray = state.row.value.clone();
        if sign < 0.0 {
            ray.iter_mut().for_each(|value| *value = -*value);
        }
        if state.proves_infeasible(&ray) {
            state.ray = Some(ray);
            return Step::Ended(Phase::Infeasible);
        }
        if state.factor.updates() > 0 {
            self.rebuild();
        } else {
            self.shunned.push(position as u32);
        }
        Step::Retry
    }

    fn update_reduced(&mut self, leaving: usize, entering: usize, alpha: f64, sign: f64) {
        let state = &mut *self.state;
        let side = if alpha * sign > 0.0 { 1.0 } else { -1.0 };
        if state.reduced[entering] * side <= 0.0 {
            // Harris let it pass zero a little: stand still and shift it back.
            if state.reduced[entering] != 0.0 {
                state.shift(entering);
            }
        }
        let step = state.reduced[entering] / alpha;
        self.stalled = if step.abs() < 1e-9 { self.stalled + 1 } else { 0 };
        if step != 0.0 {
            for &variable in &state.row_alpha.index {
                let at = variable as usize;
                if state.place[at] != Place::Basic {
                    state.reduced[at] -= step * state.row_alpha.value[at];
                }
            }
        }
        state.reduced[leaving] = -step;
        state.reduced[entering] = 0.0;
    }

    /// Boxed variables passed by the long step change sides.
    fn flip(&mut self) {
        if self.choice.flips.is_empty() {
            return;
        }
        let state = &mut *self.state;
        let mut moves = std::mem::take(&mut state.scratch);
        moves.clear();
        for &variable in &self.choice.flips {
            let at = variable as usize;
            let range = state.range(at);
            let change = if state.place[at] == Place::Lower {
                state.place[at] = Place::Upper;
                range
            } else {
                state.place[at] = Place::Lower;
                -range
            };
            state.matrix.add_column(at, change, &mut moves);
        }
        state.factor.ftran(&mut moves, false);
        for &place in &moves.index {
            state.value[place as usize] -= moves.value[place as usize];
            state.note_violation(place as usize);
        }
        moves.clear();
        state.scratch = moves;
    }

    fn update_weights(&mut self, position: usize, alpha: f64) {
        let state = &mut *self.state;
        let pivot_weight = state.row.square();
        let mut edge = std::mem::take(&mut state.edge);
        edge.copy_from(&state.row);
        state.factor.ftran(&mut edge, false);
        let new = pivot_weight / (alpha * alpha);
        for (place, entry) in state.column.entries() {
            if place == position || entry == 0.0 {
                continue;
            }
            let ratio = entry / alpha;
            let weight = state.weight[place] - 2.0 * ratio * edge.value[place] + entry * entry * new;
            state.weight[place] = weight.max(LEAST_WEIGHT);
        }
        state.weight[position] = new.max(LEAST_WEIGHT);
        state.edge = edge;
    }

    fn pivot(&mut self, position: usize, entering: usize, alpha: f64, target: f64, below: bool) {
        let state = &mut *self.state;
        state.has_true_reduced = false;
        let leaving = state.basic[position] as usize;
        let step = (state.value[position] - target) / alpha;
        let entered = state.nonbasic_value(entering) + step;
        let column = std::mem::take(&mut state.column);
        for (place, entry) in column.entries() {
            state.value[place] -= step * entry;
            state.note_violation(place);
        }
        state.column = column;
        state.basic[position] = entering as u32;
        state.value[position] = entered;
        state.place[entering] = Place::Basic;
        state.place[leaving] = if below { Place::Lower } else { Place::Upper };
        state.note_violation(position);
        let mut scratch: Sparse = std::mem::take(&mut state.scratch);
        let trusted = state.factor.update(position, alpha, &mut scratch);
        state.scratch = scratch;
        if !trusted {
            self.rebuild();
        }
    }

    /// Moves every cost a little in the direction that keeps it feasible, so
    /// that steps are no longer zero.
    fn perturb(&mut self) {
        let state = &mut *self.state;
        for variable in 0..state.variables() {
            let size = PERTURBATION * (1.0 + state.work_cost[variable].abs());
            let change = size * (1.0 + state.chance(variable));
            let sign = match state.place[variable] {
                Place::Lower => 1.0,
                Place::Upper => -1.0,
                Place::Free => 0.0,
                Place::Basic if state.range(variable) == f64::INFINITY => {
                    if state.lower[variable] > f64::NEG_INFINITY {
                        1.0
                    } else if state.upper[variable] < f64::INFINITY {
                        -1.0
                    } else {
                        0.0
                    }
                }
                Place::Basic if state.cost[variable] >= 0.0 => 1.0,
                Place::Basic => -1.0,
            };
            state.work_cost[variable] += sign * change;
        }
        state.is_shifted = true;
        state.is_perturbed = true;
        state.has_true_reduced = false;
        self.recompute();
    }

    /// Whether the bound of the current multipliers has passed the cutoff.
    fn passes_cutoff(&mut self) -> bool {
        let state = &mut *self.state;
        if state.cutoff == f64::INFINITY || state.iterations < self.next_cutoff_test {
            return false;
        }
        self.next_cutoff_test = state.iterations + 10;
        let multipliers = state.multipliers(true);
        state.dual_bound(&multipliers) > state.cutoff
    }
}
