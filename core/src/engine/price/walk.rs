//! A plan rebuilt several times side by side, from different random numbers; the best is kept.

use std::sync::Arc;

use rayon::prelude::*;

use super::super::formulate::Formulation;
use super::frame::{Cut, Frame};
use super::rebuild::{Found, From, Rebuild, Signs};

/// Rebuildings side by side: fixed, so that the result does not hang on the number of threads.
pub(super) const SIDE_BY_SIDE: u64 = 2;
/// Attempts between two looks at the budget.
const ATTEMPTS: u64 = 64;

/// The same plan under several rebuildings.
pub(super) struct Walk {
    signs: Signs,
    side_by_side: Vec<Rebuild>,
    /// The values to beat.
    values: Vec<i64>,
    heat: f64,
    enough: i64,
    done: u64,
    attempts: u64,
}

/// What a walk is given.
pub(super) struct Orders {
    /// What prices say.
    pub(super) signs: Signs,
    /// Levels that count, the one being worked on last.
    pub(super) levels: usize,
    /// What may be left less for others at first.
    pub(super) heat: f64,
    /// The value of the last level at which nothing is left to gain.
    pub(super) enough: i64,
    /// Attempts in each rebuilding.
    pub(super) attempts: u64,
    /// Where random numbers begin.
    pub(super) seed: u64,
}

impl Walk {
    /// Takes a plan apart.
    pub(super) fn new(
        formulation: &Arc<Formulation>,
        parts: (&Arc<Frame>, &Arc<Cut>),
        from: &From,
        orders: Orders,
    ) -> Self {
        let Orders { signs, levels, heat, enough, attempts, seed } = orders;
        let mut rebuild = Rebuild::new(formulation, parts, from, levels, seed);
        rebuild.look(&signs);
        let values = rebuild.state.values.clone();
        let side_by_side = (0..SIDE_BY_SIDE).map(|other| rebuild.with_seed(seed + other)).collect();
        Walk { signs, side_by_side, values, heat, enough, done: 0, attempts }
    }

    /// Whether all attempts are done, or nothing is left to gain.
    pub(super) fn over(&self) -> bool {
        self.done >= self.attempts || self.side_by_side.iter().any(|rebuild| rebuild.reached() >= self.enough)
    }

    /// A few attempts in each of the rebuildings; returns the work done.
    pub(super) fn go_on(&mut self) -> u64 {
        let heat = self.heat * (self.attempts - self.done) as f64 / self.attempts as f64;
        let attempts = ATTEMPTS.min(self.attempts - self.done);
        let (signs, enough) = (&self.signs, self.enough);
        self.done += attempts;
        let attempt = |rebuild: &mut Rebuild| {
            let before = rebuild.work;
            for _ in 0..attempts {
                if rebuild.reached() >= enough {
                    break;
                }
                rebuild.attempt(signs, heat as i64);
            }
            rebuild.work - before
        };
        self.side_by_side.par_iter_mut().map(attempt).sum()
    }

    /// The better plan, if there is one.
    pub(super) fn end(self) -> Option<Found> {
        let values = self.values;
        let found = self.side_by_side.into_iter().filter_map(|r| r.better_than(&values));
        found.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|f| f.1)
    }
}
