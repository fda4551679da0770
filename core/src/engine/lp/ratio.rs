//! The dual ratio test: long steps past the breakpoints of boxed variables,
//! with Harris's tolerance and a preference for large pivots.
//!
//! Source: Maros 2003; Koberstein 2005, chapter 6; the grouping follows HiGHS.

use super::state::{Place, State};

/// How far a reduced cost may pass zero for the sake of a larger pivot. Much
/// less than the perturbation of costs, or that could not end a stall.
const HARRIS: f64 = 1e-9;

/// A nonbasic variable that limits the dual step.
#[derive(Clone, Copy, Debug)]
struct Breakpoint {
    variable: u32,
    /// Size of its entry in the pivot row.
    alpha: f64,
    /// Its reduced cost, counted so that feasible is non-negative.
    reduced: f64,
    range: f64,
}

/// What the ratio test chose.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice {
    points: Vec<Breakpoint>,
    groups: Vec<usize>,
    /// The entering variable.
    pub entering: Option<usize>,
    /// Boxed variables that change sides first.
    pub flips: Vec<u32>,
}

impl Choice {
    /// Chooses for a leaving variable `amount` outside its bounds; `sign` is
    /// +1 if it is above its upper bound and −1 if below its lower one.
    pub fn make(&mut self, state: &State, amount: f64, sign: f64) {
        self.entering = None;
        self.flips.clear();
        self.collect(state, sign);
        if self.points.is_empty() {
            return;
        }
        let end = self.narrow(amount);
        self.group(end, amount);
        self.choose(state);
    }

    fn collect(&mut self, state: &State, sign: f64) {
        let updates = state.factor.updates();
        let least = if updates < 10 {
            1e-9
        } else if updates < 20 {
            3e-8
        } else {
            1e-6
        };
        self.points.clear();
        for &variable in &state.row_alpha.index {
            let at = variable as usize;
            let side = match state.place[at] {
                Place::Basic => continue,
                Place::Lower => sign,
                Place::Upper => -sign,
                Place::Free => state.row_alpha.value[at].signum(),
            };
            let alpha = state.row_alpha.value[at] * side;
            if alpha <= least {
                continue;
            }
            let range = state.range(at);
            if range <= 0.0 {
                continue;
            }
            self.points.push(Breakpoint {
                variable,
                alpha,
                // A sign that is wrong within tolerance counts as zero.
                reduced: (state.reduced[at] * side * sign).max(0.0),
                range,
            });
        }
    }

    /// Brings the breakpoints that can matter to the front; returns their end.
    fn narrow(&mut self, amount: f64) -> usize {
        let mut bound = f64::INFINITY;
        for point in &self.points {
            if point.reduced + HARRIS < bound * point.alpha {
                bound = (point.reduced + HARRIS) / point.alpha;
            }
        }
        let mut reach = 10.0 * bound + 1e-7;
        let mut end = 0;
        let mut slope = amount;
        loop {
            let begin = end;
            for at in begin..self.points.len() {
                let point = self.points[at];
                if point.reduced <= reach * point.alpha {
                    self.points.swap(at, end);
                    end += 1;
                    slope -= point.alpha * point.range;
                }
            }
            if slope <= 0.0 || end == self.points.len() || reach.is_nan() || reach > 1e100 {
                return end;
            }
            reach *= 10.0;
        }
    }

    /// Splits the front into groups that one Harris step reaches together.
    fn group(&mut self, end: usize, amount: f64) {
        self.groups.clear();
        let mut bound = f64::INFINITY;
        for point in &self.points[..end] {
            if point.reduced + HARRIS < bound * point.alpha {
                bound = (point.reduced + HARRIS) / point.alpha;
            }
        }
        let mut done = 0;
        let mut slope = amount;
        while done < end && slope > 0.0 {
            let begin = done;
            let mut next = f64::INFINITY;
            for at in begin..end {
                let point = self.points[at];
                if point.reduced <= bound * point.alpha {
                    self.points.swap(at, done);
                    done += 1;
                    slope -= point.alpha * point.range;
                } else if point.reduced + HARRIS < next * point.alpha {
                    next = (point.reduced + HARRIS) / point.alpha;
                }
            }
            if done == begin {
                break;
            }
            self.groups.push(done);
            bound = next;
        }
    }

    /// Takes the last group with a pivot that is large enough.
    fn choose(&mut self, state: &State) {
        let reached = self.groups.last().copied().unwrap_or(0);
        let greatest = self.points[..reached].iter().map(|point| point.alpha).fold(0.0, f64::max);
        let enough = (0.1 * greatest).min(1.0);
        for group in (0..self.groups.len()).rev() {
            let begin = if group == 0 { 0 } else { self.groups[group - 1] };
            let mut best: Option<Breakpoint> = None;
            for &point in &self.points[begin..self.groups[group]] {
                let better = best.is_none_or(|best| {
                    point.alpha > best.alpha
                        || (point.alpha == best.alpha
                            && state.chance(point.variable as usize) < state.chance(best.variable as usize))
                });
                if better {
                    best = Some(point);
                }
            }
            let Some(best) = best else { continue };
            if best.alpha >= enough || group == 0 {
                self.entering = Some(best.variable as usize);
                let passed = self.points[..begin].iter();
                self.flips.extend(passed.map(|point| point.variable));
                return;
            }
        }
    }
}
