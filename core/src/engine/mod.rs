//! Decides: an integer program of the model, cut into connected pieces, solved level by level.
//!
//! ```text
//! Model ──formulate──▶ Formulation ──split──▶ pieces ──construct──▶ a first plan
//!                                               └──search (one level after the other)──▶ better plans and bounds
//! ```
//!
//! Below `formulate` there are only columns and rows. [`Engine::step`] is bounded, deterministic work without clock or
//! file; pieces are worked on in parallel and nothing depends on which finishes first.

pub mod assign;
pub mod construct;
pub mod flow;
pub mod formulate;
pub mod lp;
pub mod pieces;
pub mod price;
pub mod program;
pub mod random;
pub mod search;

mod part;
mod stall;
#[cfg(feature = "highs")]
mod suggest;

use std::sync::Arc;

use rayon::prelude::*;

use crate::lists::{Settings, Term};
use crate::model::{Model, Roster};
use formulate::Formulation;
use part::Part;
use stall::Course;

/// Steps of a run when the setting `max_steps` is blank: so many, or one for so many columns of a large program.
const DEFAULT_MAX_STEPS: u64 = 120_000;
const COLUMNS_OF_A_STEP: u64 = 3;
/// A level that is within the gap goes on for a part of all steps, and no longer than this.
const PART_WITHIN_GAP: u64 = 20;
const MOST_WITHIN_GAP: u64 = 6_000;
/// Steps each part gets before the others have their turn.
const SLICE: u64 = 50;

/// Where a level stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The value of the best plan.
    pub value: i64,
    /// No plan that equals it on the levels above exceeds this.
    pub bound: i64,
    /// Whether bound and value meet.
    pub proven: bool,
}

/// A point of the whole, and the sessions (by slot of the whole) of parts whose sums alone do not tell.
pub type Best = (Vec<i64>, Vec<(usize, construct::Built)>);

/// What the engine knows about feasibility.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// There is a plan.
    Plan,
    /// Nothing is known yet.
    Unknown,
    /// No plan keeps every pin: proven.
    Impossible,
}

/// A run: resumable, one bounded step after the other.
pub struct Engine {
    /// The whole program, but for its rows unless a piece shares it, and what its columns stand for.
    pub whole: Arc<Formulation>,
    parts: Vec<Part>,
    level: usize,
    standings: Vec<Standing>,
    steps: u64,
    level_steps: u64,
    /// Whether a level that has come to a stand ends before its share of the steps.
    stalls: bool,
    course: Course,
    max_steps: u64,
    gap_ppm: i64,
    exact_levels: Vec<bool>,
    impossible: bool,
}

impl Engine {
    /// Formulates the model and builds a first plan.
    pub fn new(model: &Model) -> Self {
        let settings: &Settings = &model.case.settings;
        let mut whole = Arc::new(formulate::formulate(model));
        let exact: Arc<[bool]> = model.classes.iter().map(|c| c.exact).collect();
        let roster = Roster::new(model);
        let seed = settings.seed;
        let impossible = (0..whole.program.rows()).any(|r| whole.program.row_of(r).is_empty());
        let pieces = pieces::split(&whole);
        if let Some(whole) = Arc::get_mut(&mut whole) {
            whole.program.forget_rows();
        }
        let parts: Vec<Part> = pieces.into_par_iter().map(|piece| Part::new(piece, &roster, &exact, seed)).collect();
        let large = whole.program.columns() as u64 / COLUMNS_OF_A_STEP;
        let max_steps = settings.max_steps.unwrap_or(large.max(DEFAULT_MAX_STEPS));
        let exact_levels =
            settings.levels.iter().map(|terms| terms.iter().any(|t| matches!(t, Term::Must | Term::Quota))).collect();
        Engine {
            whole,
            parts,
            level: 0,
            standings: Vec::new(),
            steps: 0,
            level_steps: 0,
            stalls: settings.gap_ppm > 0 && settings.max_steps.is_none(),
            course: Course::new(),
            max_steps,
            gap_ppm: settings.gap_ppm,
            exact_levels,
            impossible,
        }
    }

    /// How many levels there are.
    pub fn levels(&self) -> usize {
        self.whole.program.objectives.len()
    }

    /// The level being worked on.
    pub fn level(&self) -> usize {
        self.level
    }

    /// Steps done.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Whether nothing is left to do.
    pub fn done(&self) -> bool {
        self.impossible || self.level >= self.levels()
    }

    /// What is known about feasibility.
    pub fn outlook(&self) -> Outlook {
        if self.impossible {
            Outlook::Impossible
        } else if self.parts.iter().all(|p| p.best.is_some()) {
            Outlook::Plan
        } else {
            Outlook::Unknown
        }
    }

    /// Works for at most so many steps, all parts in parallel; the work done depends on nothing but the case.
    pub fn step(&mut self, steps: u64) {
        let end = self.steps + steps.max(1);
        while !self.done() && self.steps < end {
            let level = self.level;
            let worked: u64 = self.parts.par_iter_mut().map(|part| part.work(level, SLICE)).sum();
            self.steps += worked;
            self.level_steps += worked;
            if self.parts.iter().any(|p| p.impossible) {
                self.impossible = true;
                return;
            }
            let share = self.max_steps.saturating_sub(self.steps - self.level_steps) / (self.levels() - level) as u64;
            let finished = self.parts.iter().all(|p| p.finished(level));
            let least = (self.max_steps / PART_WITHIN_GAP).min(MOST_WITHIN_GAP);
            let close_enough = self.level_steps >= least && self.close_enough(level);
            let stalled = self.stalled(level);
            if finished || close_enough || stalled || self.level_steps >= share {
                self.close(level);
            }
        }
    }

    /// Ends a level: every part keeps its value from here on.
    fn close(&mut self, level: usize) {
        if self.outlook() == Outlook::Unknown && level + 1 < self.levels() {
            // Without a plan there is nothing to keep: go on with what is left of the work.
            self.go_down(Standing { value: i64::MIN, bound: i64::MAX, proven: false });
            return;
        }
        // Where levels above are not proven, another plan may equal this one there with other values part by part. If a
        // single part is open, though, the others are at their best there, so that it cannot be below its own value.
        let open: Vec<bool> = self.parts.iter().map(|p| p.open_above(level)).collect();
        if open.iter().any(|o| *o) {
            let alone = open.iter().filter(|o| **o).count() == 1;
            self.parts
                .par_iter_mut()
                .zip(&open)
                .filter(|(_, open)| !(alone && **open))
                .for_each(|(p, _)| p.loosen(level));
        }
        self.go_down(self.standing(level));
    }

    /// Notes where the level stands and turns to the next one.
    fn go_down(&mut self, standing: Standing) {
        let level = self.level;
        self.standings.push(standing);
        self.parts.iter_mut().for_each(|p| p.close(level));
        self.level += 1;
        self.level_steps = 0;
        self.course = Course::new();
    }

    /// Whether a level may end before it is proven: it need not be exact, and there is a plan.
    fn may_end(&self, level: usize) -> bool {
        !self.exact_levels[level] && self.outlook() == Outlook::Plan
    }

    /// Whether a level that may end has come to a stand: value and bound have hardly moved for as long as it took to
    /// bring them there. Small pieces are left to branch and bound, which is still and then done.
    fn stalled(&mut self, level: usize) -> bool {
        let small = |part: &Part| !part.finished(level) && !part.large();
        if !self.stalls || !self.may_end(level) || self.parts.iter().any(small) {
            return false;
        }
        let Standing { value, bound, .. } = self.standing(level);
        self.course.stands(bound.saturating_sub(value), self.level_steps, self.whole.program.columns())
    }

    /// Value and bound of the level being worked on.
    pub fn now(&self) -> Standing {
        self.standing(self.level)
    }

    fn standing(&self, level: usize) -> Standing {
        let constant = self.whole.program.objectives[level].constant;
        let (mut value, mut bound) = (constant, constant);
        for part in &self.parts {
            value = value.saturating_add(part.value(level).unwrap_or(0));
            bound = bound.saturating_add(part.bound(level));
        }
        Standing { value, bound, proven: value == bound }
    }

    fn close_enough(&self, level: usize) -> bool {
        if !self.may_end(level) {
            return false;
        }
        let standing = self.standing(level);
        let scale = i128::from(standing.bound.saturating_abs().max(1));
        let distance = i128::from(standing.bound) - i128::from(standing.value);
        distance * 1_000_000 <= i128::from(self.gap_ppm) * scale
    }

    /// Value and bound of each level: closed ones as they were closed, the current one as it stands, a valid bound for
    /// the rest.
    pub fn standings(&self) -> Vec<Standing> {
        let mut standings = self.standings.clone();
        for level in standings.len()..self.levels() {
            let mut standing = self.standing(level);
            if level > self.level || self.standings.iter().any(|s| !s.proven) {
                let constant = self.whole.program.objectives[level].constant;
                let free = self.parts.par_iter().map(|p| p.free_bound(level)).collect::<Vec<_>>();
                standing.bound = free.into_iter().fold(constant, i64::saturating_add);
                standing.proven = standing.value == standing.bound;
            }
            standings.push(standing);
        }
        // Values may have improved after a level was closed: what counts is the plan that is handed out.
        for (level, standing) in standings.iter_mut().enumerate() {
            let value = self.standing(level).value;
            standing.value = value;
            standing.proven = standing.value >= standing.bound;
        }
        standings
    }

    /// The best point of the whole, with the sessions of parts that were built by hand; `None` without a plan.
    pub fn best(&self) -> Option<Best> {
        let mut x = vec![0i64; self.whole.program.columns()];
        let mut built = Vec::new();
        for part in &self.parts {
            let point = part.best.as_ref()?;
            for (local, column) in part.piece.columns.iter().enumerate() {
                x[column.index()] = point.x[local];
            }
            if let Some(sessions) = &point.sessions {
                for session in sessions {
                    // Slots of a piece stand in the order of the whole; find this one by its first column.
                    let held = part.piece.columns[part.piece.formulation.slots[session.slot].held.index()];
                    let slot = self.whole.slots.partition_point(|s| s.held < held);
                    built.push((slot, session.clone()));
                }
            }
        }
        Some((x, built))
    }

    /// Work counts for `stats`.
    pub fn counts(&self) -> Vec<(&'static str, u64)> {
        vec![
            ("steps", self.steps),
            ("pieces", self.parts.iter().filter(|p| !p.piece.formulation.slots.is_empty()).count() as u64),
            ("columns", self.whole.program.columns() as u64),
            ("rows", self.whole.program.rows() as u64),
            ("rounds", self.parts.iter().map(|p| p.rounds).sum()),
            ("nodes", self.parts.iter().map(|p| p.nodes).sum()),
            ("iterations", self.parts.iter().map(|p| p.iterations).sum()),
        ]
    }
}
