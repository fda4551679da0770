//! Cutting planes in a box around the best prices: every answer of a block bounds from below what the block can have at any
//! prices, and a linear program of all of these says which prices to try next.
//!
//! ```text
//! minimise Σ limit × price + Σ block + Σ loose
//!          block ≥ value of an answer − Σ what it uses × price        for each answer so far
//!          loose ≥ range × (worth − Σ what it uses × price)           for each column that belongs to no session
//! ```
//!
//! Sources: Kelley, *The cutting-plane method for solving convex programs* (1960); Marsten, Hogan & Blankenship, *The
//! BOXSTEP method for large-scale optimization* (1975); Linderoth & Wright, *Decomposition algorithms for stochastic
//! programming on a computational grid* (2003), for how the box grows and shrinks. Nothing here is a proof: bounds are added up
//! in integers from what the blocks answer.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::lp::{LinearProgram, Outcome, Simplex};
use super::block::{Answer, Wish};
use super::dual::Sign;
use super::frame::Frame;

/// Stands for "as much as it may be".
const PLENTY: f64 = 1e12;
/// The first half-width of the box, as a share of what a session is worth.
const WIDTH: f64 = 0.05;
/// A trial that brings this share of what was expected widens the box.
const GOOD: f64 = 0.5;
/// Trials without a better bound before the box shrinks.
const PATIENCE: u32 = 20;
/// Of what is open between value and bound, what is not worth another trial.
const TOO_LITTLE: f64 = 3e-3;
/// Iterations of the simplex a turn: at first, and at most. One that is interrupted gets twice as many the next time.
const FIRST_ITERATIONS: u64 = 2_000;
const MOST_ITERATIONS: u64 = 64_000;

/// The planes so far, and the prices to try next.
pub struct Planes {
    frame: Arc<Frame>,
    simplex: Simplex,
    /// The column of each priced row; `u32::MAX` for those that are left alone.
    column_of: Vec<u32>,
    /// The column of the first block; the others follow.
    first_block: usize,
    /// What no price changes.
    constant: f64,
    width: f64,
    failures: u32,
    /// The answers that are planes: (row, block, sessions).
    answers: Vec<(usize, usize, Choice)>,
    /// What the next trial brings if the planes tell all.
    expected: f64,
    iterations: u64,
}

/// The sessions of an answer.
pub type Choice = Arc<[Wish]>;

/// What a turn of the linear program gave.
pub enum Next {
    /// It needs another turn.
    Unsolved,
    /// Prices to try.
    Try(Vec<f64>),
    /// No better prices are in sight.
    Nothing,
}

impl Planes {
    /// No planes yet. `worth` is what each column is worth before prices, `ends` the bounds of the loose columns.
    pub fn new(
        frame: &Arc<Frame>,
        signs: &[Sign],
        blocks: usize,
        worth: &dyn Fn(u32) -> f64,
        ends: &[(i64, i64)],
    ) -> Self {
        let mut lp = LinearProgram::default();
        let balances: BTreeMap<u32, &[u32]> = frame.balances.iter().map(|b| (b.0, &b.1[..])).collect();
        let mut columns = Columns::default();
        let mut constant = 0.0;
        let column_of: Vec<u32> = (0..frame.scale.len())
            .map(|row| match limit(frame, signs[row], row, balances.contains_key(&(row as u32))) {
                Some(limit) => columns.add(-(limit as f64) / frame.scale[row], -PLENTY),
                None => u32::MAX,
            })
            .collect();
        // A balance costs what its cheapest supply costs.
        for (&balance, supplies) in &balances {
            for &supply in *supplies {
                let row = lp.add_row(0.0, f64::INFINITY);
                for priced in [balance, supply] {
                    columns.entry(column_of[priced as usize], row, 1.0 / frame.scale[priced as usize]);
                }
            }
        }
        for (&column, &(lower, upper)) in frame.loose.iter().zip(ends) {
            let uses = frame.entries.of(column as usize);
            // What flows is drawn from the cheapest supply, and so is worth nothing by itself.
            let flows = uses.iter().any(|(priced, value)| *value > 0 && balances.contains_key(priced));
            if uses.is_empty() || flows {
                continue;
            }
            // What it gives at its lower end, and what more it gives at the upper one.
            constant += lower as f64 * worth(column);
            let range = (upper - lower) as f64;
            let loose = columns.add(-1.0, 0.0);
            let row = lp.add_row(range * worth(column), f64::INFINITY);
            columns.entry(loose, row, 1.0);
            for (priced, value) in uses {
                let (priced, used) = (*priced as usize, *value as f64 / frame.scale[*priced as usize]);
                columns.entry(column_of[priced], row, range * used);
                if let Some(objective) = columns.objective.get_mut(column_of[priced] as usize) {
                    *objective += lower as f64 * used;
                }
            }
        }
        let first_block = columns.entries.len();
        for _ in 0..blocks {
            columns.add(-1.0, 0.0);
        }
        for ((entries, objective), lower) in columns.entries.iter().zip(&columns.objective).zip(&columns.lower) {
            lp.add_column(*objective, *lower, PLENTY, entries);
        }
        Planes {
            frame: Arc::clone(frame),
            simplex: Simplex::new(&lp),
            column_of,
            first_block,
            constant,
            width: WIDTH,
            failures: 0,
            answers: Vec::new(),
            expected: f64::INFINITY,
            iterations: FIRST_ITERATIONS,
        }
    }

    /// Adds what a block has answered to a trial; `value` is what its choice is worth before prices. Whether this is news.
    pub fn add(&mut self, block: usize, answer: Answer, value: f64) -> bool {
        let column = self.first_block + block;
        let mut entries = vec![(column, 1.0)];
        for (row, used) in &answer.activity {
            let priced = self.column_of[*row as usize];
            if priced != u32::MAX {
                entries.push((priced as usize, used / self.frame.scale[*row as usize]));
            }
        }
        let at: f64 = entries.iter().map(|(column, factor)| factor * self.simplex.x()[*column]).sum();
        // Before the first solution there is nothing to compare with.
        let unknown = self.simplex.iterations() == 0 && entries.len() > 1;
        let news = unknown || at < value - 1e-6 * (1.0 + value.abs());
        if news {
            self.answers.push((self.simplex.rows(), block, answer.wishes.into()));
            self.simplex.add_row(&entries, value, f64::INFINITY);
        }
        news
    }

    /// The answers whose mixture is best for all blocks together, by block, each with its share in thousandths.
    pub fn mixture(&self, blocks: usize) -> Vec<Vec<(u64, Choice)>> {
        let mut mixture = vec![Vec::new(); blocks];
        for (row, block, choice) in &self.answers {
            let share = self.simplex.duals().get(*row).map_or(0, |dual| (dual.abs() * 1e3).round() as u64);
            if share > 0 {
                mixture[*block].push((share, Arc::clone(choice)));
            }
        }
        mixture
    }

    /// Takes what a trial brought: by how much its bound is below the best one before; negative if it is above.
    pub fn judged(&mut self, gain: f64) {
        if gain > 0.0 {
            self.failures = 0;
            if gain > GOOD * self.expected {
                self.width *= 2.0;
            }
            return;
        }
        self.failures += 1;
        if self.failures >= PATIENCE {
            self.width *= 0.5;
            self.failures = 0;
        }
    }

    /// What the next trial brings if the planes tell all: more than there is where they know too little of the box.
    pub fn expected(&self) -> f64 {
        self.expected
    }

    /// Puts the box around the best prices. `typical` is what a session is worth.
    pub fn surround(&mut self, center: &[f64], signs: &[Sign], typical: f64) {
        let reach = self.width * typical;
        let around = |row: usize| (signs[row].nearest(center[row] - reach), signs[row].nearest(center[row] + reach));
        for (row, &column) in self.column_of.iter().enumerate().filter(|c| *c.1 != u32::MAX) {
            let (low, high) = around(row);
            self.simplex.set_bounds(column as usize, low, high);
        }
        for (balance, supplies) in &self.frame.balances {
            let column = self.column_of[*balance as usize];
            let scale = |row: u32| self.frame.scale[row as usize];
            let least = |end: &dyn Fn((f64, f64)) -> f64| {
                supplies.iter().map(|s| end(around(*s as usize)) / scale(*s)).fold(f64::INFINITY, f64::min)
            };
            if column != u32::MAX && !supplies.is_empty() {
                let (low, high) = (-least(&|ends| ends.1), -least(&|ends| ends.0));
                self.simplex.set_bounds(column as usize, low * scale(*balance), high * scale(*balance));
            }
        }
    }

    /// Looks for the prices to try next, `best` being the best bound and `open` what lies between it and the best value. Returns
    /// also the elementary operations.
    pub fn next(&mut self, best: f64, open: f64) -> (Next, u64) {
        let before = self.simplex.iterations();
        let outcome = self.simplex.solve(self.iterations);
        let size = (self.simplex.rows() + self.simplex.columns()) as u64;
        let work = (self.simplex.iterations() - before + 1) * size * 3 / 4;
        let next = match outcome {
            Outcome::IterationLimit => {
                self.iterations = (self.iterations * 2).min(MOST_ITERATIONS);
                Next::Unsolved
            }
            Outcome::Optimal => {
                self.iterations = FIRST_ITERATIONS;
                self.expected = best - (self.constant - self.simplex.objective_value());
                if self.expected <= open * TOO_LITTLE {
                    Next::Nothing
                } else {
                    let price = |column: &u32| self.simplex.x().get(*column as usize).copied().unwrap_or(0.0);
                    Next::Try(self.column_of.iter().map(price).collect())
                }
            }
            _ => Next::Nothing,
        };
        (next, work)
    }
}

/// The limit of a row that its price pays for; `None` if the price is left alone.
fn limit(frame: &Frame, sign: Sign, row: usize, balance: bool) -> Option<i64> {
    let (lower, upper) = (frame.lower[row], frame.upper[row]);
    match sign {
        Sign::Positive => Some(upper),
        Sign::Negative => Some(lower),
        Sign::Free if lower == upper => Some(lower),
        Sign::Fixed if balance => Some(upper),
        Sign::Free | Sign::Fixed => None,
    }
}

/// Columns while they are laid out.
#[derive(Default)]
struct Columns {
    objective: Vec<f64>,
    lower: Vec<f64>,
    entries: Vec<Vec<(usize, f64)>>,
}

impl Columns {
    fn add(&mut self, objective: f64, lower: f64) -> u32 {
        self.objective.push(objective);
        self.lower.push(lower);
        self.entries.push(Vec::new());
        self.objective.len() as u32 - 1
    }

    /// Adds an entry, unless the column is one that is left alone.
    fn entry(&mut self, column: u32, row: usize, value: f64) {
        if let Some(entries) = self.entries.get_mut(column as usize) {
            entries.push((row, value));
        }
    }
}
