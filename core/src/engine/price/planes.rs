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
use super::regions::Region;

/// Stands for "as much as it may be".
const PLENTY: f64 = 1e12;
/// The first half-width of the box, as a share of what a session is worth.
const WIDTH: f64 = 0.05;
/// A trial that brings this share of what was expected widens the box.
const GOOD: f64 = 0.5;
/// Trials without a better bound before the box shrinks.
const PATIENCE: u32 = 20;
/// A trial is far off if it loses so many times what it was expected to bring; the least half-width that comes of such trials.
const FAR: f64 = 1.0;
const NARROW: f64 = 1e-3;
/// By how much a box grows in which nothing is left.
const WIDER: f64 = 4.0;
/// Of what is open between value and bound, what is not worth another trial.
pub const TOO_LITTLE: f64 = 3e-3;
/// Iterations of the simplex a turn: at first, and at most. One that is interrupted gets twice as many the next time.
const FIRST_ITERATIONS: u64 = 2_000;
const MOST_ITERATIONS: u64 = 64_000;

/// Turns of the simplex before it is given up to know the best prices beside others.
const TURNS: usize = 3;

/// The planes of one region so far, and the prices to try next.
pub struct Planes {
    frame: Arc<Frame>,
    simplex: Simplex,
    /// The rows whose prices are sought and the blocks that meet them; all other prices stand.
    region: Region,
    /// Blocks that count here where regions are added up.
    counted: Vec<u32>,
    /// The column of each priced row; `u32::MAX` for those that are left alone.
    column_of: Vec<u32>,
    /// The column of each block; `u32::MAX` for those that meet none of the rows.
    block_column: Vec<u32>,
    objective: Vec<f64>,
    /// Columns that belong to no session.
    loose: Vec<Loose>,
    width: f64,
    failures: u32,
    /// The answers that are planes.
    answers: Vec<Plane>,
    /// What the next trial brings if the planes tell all.
    expected: f64,
    iterations: u64,
}

/// An answer as a plane.
struct Plane {
    /// Its row in the linear program.
    row: usize,
    block: u32,
    choice: Choice,
    /// What it is worth before prices.
    value: f64,
    /// What it uses of rows whose prices stand.
    outside: Vec<(u32, f64)>,
}

/// A column that belongs to no session.
struct Loose {
    /// Its row and its column in the linear program.
    row: usize,
    column: usize,
    /// How far it can rise.
    range: f64,
    /// What a unit is worth before prices, and what it uses.
    worth: f64,
    uses: Vec<(u32, f64)>,
}

/// The sessions of an answer.
pub type Choice = Arc<[Wish]>;

/// Prices by row; all others stand.
pub type Sought = Vec<(u32, f64)>;

/// What a turn of the linear program gave.
pub enum Next {
    /// It needs another turn.
    Unsolved,
    /// Prices to try.
    Try(Sought),
    /// No better prices are in the box, which could be wider.
    Narrow,
    /// No better prices are in sight.
    Nothing,
}

impl Planes {
    /// No planes yet. `worth` is what each column is worth before prices, `ends` the bounds of the loose columns.
    pub fn new(
        frame: &Arc<Frame>,
        signs: &[Sign],
        region: Region,
        counted: Vec<u32>,
        worth: &dyn Fn(u32) -> f64,
        ends: &[(i64, i64)],
    ) -> Self {
        let mut lp = LinearProgram::default();
        let balances: BTreeMap<u32, &[u32]> = frame.balances.iter().map(|b| (b.0, &b.1[..])).collect();
        let mut columns = Columns::default();
        let mut column_of = vec![u32::MAX; frame.scale.len()];
        for &row in &region.rows {
            let index = row as usize;
            if let Some(limit) = limit(frame, signs[index], index, balances.contains_key(&row)) {
                column_of[index] = columns.add(-(limit as f64) / frame.scale[index], -PLENTY);
            }
        }
        // A balance costs what its cheapest supply costs.
        for (&balance, supplies) in balances.iter().filter(|b| column_of[*b.0 as usize] != u32::MAX) {
            for &supply in *supplies {
                let row = lp.add_row(0.0, f64::INFINITY);
                for priced in [balance, supply] {
                    columns.entry(column_of[priced as usize], row, 1.0 / frame.scale[priced as usize]);
                }
            }
        }
        let mut loose = Vec::new();
        for (&column, &(lower, upper)) in frame.loose.iter().zip(ends) {
            let uses = frame.entries.of(column as usize);
            // What flows is drawn from the cheapest supply, and so is worth nothing by itself.
            let flows = uses.iter().any(|(priced, value)| *value > 0 && balances.contains_key(priced));
            if flows || uses.iter().all(|(priced, _)| column_of[*priced as usize] == u32::MAX) {
                continue;
            }
            // What it gives at its lower end, and what more it gives at the upper one.
            let range = (upper - lower) as f64;
            let row = lp.add_row(range * worth(column), f64::INFINITY);
            let above = columns.add(-1.0, 0.0);
            columns.entry(above, row, 1.0);
            let uses: Vec<(u32, f64)> =
                uses.iter().map(|(priced, value)| (*priced, *value as f64 / frame.scale[*priced as usize])).collect();
            for (priced, used) in &uses {
                let priced = column_of[*priced as usize];
                columns.entry(priced, row, range * used);
                if let Some(objective) = columns.objective.get_mut(priced as usize) {
                    *objective += lower as f64 * used;
                }
            }
            loose.push(Loose { row, column: above as usize, range, worth: worth(column), uses });
        }
        let blocks = region.blocks.last().map_or(0, |block| *block as usize + 1);
        let mut block_column = vec![u32::MAX; blocks];
        for block in &region.blocks {
            block_column[*block as usize] = columns.add(-1.0, 0.0);
        }
        for ((entries, objective), lower) in columns.entries.iter().zip(&columns.objective).zip(&columns.lower) {
            lp.add_column(*objective, *lower, PLENTY, entries);
        }
        Planes {
            frame: Arc::clone(frame),
            simplex: Simplex::new(&lp),
            region,
            counted,
            column_of,
            block_column,
            objective: columns.objective,
            loose,
            width: WIDTH,
            failures: 0,
            answers: Vec::new(),
            expected: f64::INFINITY,
            iterations: FIRST_ITERATIONS,
        }
    }

    /// The blocks that meet a row whose price is sought here.
    pub fn blocks(&self) -> &[u32] {
        &self.region.blocks
    }

    /// Whether the price of a row is sought here.
    pub fn seeks(&self, row: usize) -> bool {
        self.region.rows.binary_search(&(row as u32)).is_ok()
    }

    /// Adds what a block has answered to a trial; `value` is what its choice is worth before prices, `prices` those that stand.
    /// Whether this is news.
    pub fn add(&mut self, block: usize, answer: &Answer, choice: &Choice, value: f64, prices: &[f64]) -> bool {
        let Some(&column) = self.block_column.get(block).filter(|column| **column != u32::MAX) else { return false };
        let mut entries = vec![(column as usize, 1.0)];
        let mut outside = Vec::new();
        for (row, used) in &answer.activity {
            let (priced, used) = (self.column_of[*row as usize], used / self.frame.scale[*row as usize]);
            if priced != u32::MAX {
                entries.push((priced as usize, used));
            } else {
                outside.push((*row, used));
            }
        }
        let at: f64 = entries.iter().map(|(column, factor)| factor * self.simplex.x()[*column]).sum();
        // Before the first solution there is nothing to compare with.
        let unknown = self.simplex.iterations() == 0 && entries.len() > 1;
        let least = value - cost(&outside, prices);
        let news = unknown || at < least - 1e-6 * (1.0 + least.abs());
        if news {
            let row = self.simplex.rows();
            self.answers.push(Plane { row, block: block as u32, choice: Arc::clone(choice), value, outside });
            self.simplex.add_row(&entries, least, f64::INFINITY);
        }
        news
    }

    /// Takes over prices that are not sought here.
    pub fn stand(&mut self, prices: &[f64]) {
        for plane in self.answers.iter().filter(|plane| !plane.outside.is_empty()) {
            self.simplex.set_row_bounds(plane.row, plane.value - cost(&plane.outside, prices), f64::INFINITY);
        }
        let column_of = &self.column_of;
        for loose in &self.loose {
            let outside = loose.uses.iter().filter(|(row, _)| column_of[*row as usize] == u32::MAX);
            let paid: f64 = outside.map(|(row, used)| used * prices[*row as usize]).sum();
            self.simplex.set_row_bounds(loose.row, loose.range * (loose.worth - paid), f64::INFINITY);
        }
    }

    /// What the linear program comes to at given prices where the answers of `blocks` are worth so much.
    fn at(&self, prices: &[f64], worth: &[f64], blocks: &[u32]) -> f64 {
        let paid = self.sought().map(|(row, column)| self.objective[column] * prices[row as usize]);
        let loose = self.loose.iter().map(|loose| loose.range * (loose.worth - cost(&loose.uses, prices)).max(0.0));
        let blocks = blocks.iter().map(|block| worth[*block as usize]);
        loose.sum::<f64>() + blocks.sum::<f64>() - paid.sum::<f64>()
    }

    /// The rows whose prices are sought, with their columns.
    fn sought(&self) -> impl Iterator<Item = (u32, usize)> {
        let columns = self.region.rows.iter().map(|row| (*row, self.column_of[*row as usize]));
        columns.filter(|sought| sought.1 != u32::MAX).map(|(row, column)| (row, column as usize))
    }

    /// What best prices bring beside others that stand at `other`, over those at `prices` where the answers are worth so much
    /// (blocks that count elsewhere left out), with these prices; `None` if it takes too long to say. Returns also the work.
    pub fn elsewhere(&mut self, prices: &[f64], worth: &[f64], other: &[f64]) -> (Option<(f64, Sought)>, u64) {
        self.stand(other);
        let before = self.simplex.iterations();
        let solved = (0..TURNS).any(|_| self.simplex.solve(MOST_ITERATIONS / 8) == Outcome::Optimal);
        let work = self.work_since(before);
        let x = self.simplex.x();
        let best = || {
            let paid = self.sought().map(|(_, column)| self.objective[column] * x[column]);
            let loose = self.loose.iter().map(|loose| x[loose.column]);
            let blocks = self.counted.iter().map(|block| x[self.block_column[*block as usize] as usize]);
            let best = loose.sum::<f64>() + blocks.sum::<f64>() - paid.sum::<f64>();
            let sought = self.sought().map(|(row, column)| (row, x[column])).collect();
            (self.at(prices, worth, &self.counted) - best, sought)
        };
        (solved.then(best), work)
    }

    /// Elementary operations of the simplex since so many iterations.
    fn work_since(&self, before: u64) -> u64 {
        let size = (self.simplex.rows() + self.simplex.columns()) as u64;
        (self.simplex.iterations() - before + 1) * size * 3 / 4
    }

    /// The answers whose mixture is best for all blocks together: each with its block and its share in thousandths.
    pub fn mixture(&self) -> impl Iterator<Item = (u32, u64, &Choice)> {
        let share = |row: usize| self.simplex.duals().get(row).map_or(0, |dual| (dual.abs() * 1e3).round() as u64);
        let shares = self.answers.iter().map(move |plane| (plane.block, share(plane.row), &plane.choice));
        shares.filter(|(_, share, _)| *share > 0)
    }

    /// Takes what a trial brought: by how much its bound is below the best one before; negative if it is above. The box is made
    /// smaller where trials are far off, and after many in vain.
    pub fn judged(&mut self, gain: f64) {
        if gain > 0.0 {
            self.failures = 0;
            if gain > GOOD * self.expected {
                self.width *= 2.0;
            }
            return;
        }
        self.failures += 1;
        let far = gain < -FAR * self.expected && self.width > NARROW;
        if far || self.failures >= PATIENCE {
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
        for &row in &self.region.rows {
            let column = self.column_of[row as usize];
            if column != u32::MAX {
                let (low, high) = around(row as usize);
                self.simplex.set_bounds(column as usize, low, high);
            }
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

    /// Looks for the prices to try next from the best ones, where the blocks' answers are worth so much; `open` is what lies
    /// between the best bound and the best value. Returns also the elementary operations.
    pub fn next(&mut self, prices: &[f64], worth: &[f64], open: f64) -> (Next, u64) {
        let before = self.simplex.iterations();
        let outcome = self.simplex.solve(self.iterations);
        let work = self.work_since(before);
        let next = match outcome {
            Outcome::IterationLimit => {
                self.iterations = (self.iterations * 2).min(MOST_ITERATIONS);
                Next::Unsolved
            }
            Outcome::Optimal => {
                self.iterations = FIRST_ITERATIONS;
                self.expected = self.at(prices, worth, &self.region.blocks) + self.simplex.objective_value();
                if self.expected <= open * TOO_LITTLE {
                    let narrow = self.width < WIDTH;
                    self.width = (self.width * WIDER).min(WIDTH.max(self.width));
                    if narrow { Next::Narrow } else { Next::Nothing }
                } else {
                    let x = self.simplex.x();
                    Next::Try(self.sought().map(|(row, column)| (row, x[column])).collect())
                }
            }
            _ => Next::Nothing,
        };
        (next, work)
    }
}

/// What is paid for uses of rows.
fn cost(uses: &[(u32, f64)], prices: &[f64]) -> f64 {
    uses.iter().map(|(row, used)| used * prices[*row as usize]).sum()
}

/// The limit of a row that its price pays for; `None` if the price is left alone.
pub fn limit(frame: &Frame, sign: Sign, row: usize, balance: bool) -> Option<i64> {
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
