//! The primal simplex: from a basis that violates no bound, improve until no
//! reduced cost has the wrong sign. It cleans up after the dual simplex when
//! shifted costs are taken back.

use super::state::{DUAL_TOLERANCE, PRIMAL_TOLERANCE, Phase, Place, State};
use super::vector::Sparse;

/// One run of the primal simplex.
pub(super) struct Primal<'a> {
    state: &'a mut State,
    /// Devex reference weights, one a variable.
    weight: Vec<f64>,
    shunned: Vec<u32>,
    fresh: bool,
    troubles: u32,
    /// Steps of length zero in a row.
    stalled: usize,
}

/// A basic variable that limits the primal step.
struct Block {
    position: usize,
    step: f64,
    at_lower: bool,
}

impl<'a> Primal<'a> {
    /// Expects fresh values (feasible) and reduced costs (of the true costs).
    pub fn new(state: &'a mut State) -> Primal<'a> {
        let weight = vec![1.0; state.variables()];
        Primal { state, weight, shunned: Vec::new(), fresh: true, troubles: 0, stalled: 0 }
    }

    /// Runs until no reduced cost has the wrong sign, or `until` iterations.
    pub fn run(&mut self, until: u64) -> Phase {
        loop {
            if self.state.factor.is_long() {
                self.rebuild();
            }
            let Some(entering) = self.choose_column() else {
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
            if self.stalled > 200 + 2 * self.state.rows() {
                self.recompute();
                return Phase::Stalled;
            }
            if self.step(entering) {
                self.state.iterations += 1;
            } else {
                self.troubles += 1;
                if self.troubles > 50 {
                    return Phase::Trouble;
                }
            }
        }
    }

    fn rebuild(&mut self) {
        self.state.refactor();
        self.recompute();
    }

    fn recompute(&mut self) {
        self.state.compute_reduced(true);
        self.state.compute_values();
        self.shunned.clear();
        self.fresh = true;
    }

    fn choose_column(&self) -> Option<usize> {
        let state = &self.state;
        let mut best = None;
        let mut best_merit = 0.0;
        for variable in 0..state.variables() {
            let violation = state.dual_violation(variable);
            if violation > DUAL_TOLERANCE {
                let merit = violation * violation / self.weight[variable];
                if merit > best_merit && !self.shunned.contains(&(variable as u32)) {
                    best = Some(variable);
                    best_merit = merit;
                }
            }
        }
        best
    }

    /// One step; `false` if it was given up for numerical reasons.
    fn step(&mut self, entering: usize) -> bool {
        let state = &mut *self.state;
        let direction = if state.reduced[entering] > 0.0 { -1.0 } else { 1.0 };
        state.column.clear();
        state.matrix.add_column(entering, 1.0, &mut state.column);
        state.factor.ftran(&mut state.column, true);

        let range = state.range(entering);
        let block = find_block(state, direction);
        let flips = block.as_ref().is_none_or(|block| range <= block.step);
        if flips {
            if range == f64::INFINITY {
                self.shunned.push(entering as u32);
                return false;
            }
            self.stalled = 0;
            self.advance(direction * range);
            let state = &mut *self.state;
            state.place[entering] = match state.place[entering] {
                Place::Lower => Place::Upper,
                _ => Place::Lower,
            };
            self.fresh = false;
            return true;
        }
        let Some(block) = block else { return false };
        self.exchange(entering, direction, &block)
    }

    /// Moves all basic values as the entering variable moves by `change`.
    fn advance(&mut self, change: f64) {
        let state = &mut *self.state;
        let column = std::mem::take(&mut state.column);
        for (place, entry) in column.entries() {
            state.value[place] -= change * entry;
            state.note_violation(place);
        }
        state.column = column;
    }

    fn exchange(&mut self, entering: usize, direction: f64, block: &Block) -> bool {
        let position = block.position;
        let state = &mut *self.state;
        let alpha = state.column.value[position];
        state.row.clear();
        state.row.add(position, 1.0);
        state.factor.btran(&mut state.row, true);
        state.compute_row();
        let alpha_by_row = state.row_alpha.value[entering];
        let gap = (alpha - alpha_by_row).abs();
        if gap > 1e-7 * (1.0 + alpha.abs()) {
            if state.factor.updates() > 0 {
                self.rebuild();
                return false;
            }
            if gap > 1e-3 * alpha.abs() {
                self.shunned.push(entering as u32);
                return false;
            }
        }

        self.stalled = if block.step > 0.0 { 0 } else { self.stalled + 1 };
        let leaving = state.basic[position] as usize;
        let entered = state.nonbasic_value(entering) + direction * block.step;
        self.advance(direction * block.step);

        let state = &mut *self.state;
        let step = state.reduced[entering] / alpha;
        let reference = self.weight[entering];
        for &variable in &state.row_alpha.index {
            let at = variable as usize;
            if state.place[at] == Place::Basic {
                continue;
            }
            let entry = state.row_alpha.value[at];
            state.reduced[at] -= step * entry;
            let ratio = entry / alpha;
            self.weight[at] = self.weight[at].max(ratio * ratio * reference);
        }
        self.weight[leaving] = (reference / (alpha * alpha)).max(1.0);
        state.reduced[leaving] = -step;
        state.reduced[entering] = 0.0;
        state.has_true_reduced = false;
        state.basic[position] = entering as u32;
        state.value[position] = entered;
        state.place[entering] = Place::Basic;
        state.place[leaving] = if block.at_lower { Place::Lower } else { Place::Upper };
        state.weight[position] = 1.0;
        state.note_violation(position);
        self.fresh = false;
        let mut scratch: Sparse = std::mem::take(&mut state.scratch);
        let trusted = state.factor.update(position, alpha, &mut scratch);
        state.scratch = scratch;
        if !trusted {
            self.rebuild();
        }
        true
    }
}

/// Harris's two passes: how far may it go, and which large pivot comes first.
fn find_block(state: &State, direction: f64) -> Option<Block> {
    let limits = |place: usize, entry: f64| {
        let rate = entry * direction;
        let variable = state.basic[place] as usize;
        let value = state.value[place];
        if rate > 1e-9 {
            (rate, value - state.lower[variable], true)
        } else if rate < -1e-9 {
            (-rate, state.upper[variable] - value, false)
        } else {
            (0.0, f64::INFINITY, false)
        }
    };
    let mut reach = f64::INFINITY;
    for (place, entry) in state.column.entries() {
        let (rate, room, _) = limits(place, entry);
        if room < f64::INFINITY {
            reach = reach.min((room.max(0.0) + PRIMAL_TOLERANCE) / rate);
        }
    }
    let mut best: Option<Block> = None;
    let mut best_rate = 0.0;
    for (place, entry) in state.column.entries() {
        let (rate, room, at_lower) = limits(place, entry);
        if room < f64::INFINITY && room <= reach * rate && rate > best_rate {
            best_rate = rate;
            best = Some(Block { position: place, step: (room / rate).max(0.0), at_lower });
        }
    }
    best
}
