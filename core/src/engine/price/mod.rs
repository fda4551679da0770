//! The price engine: prices for what communities share, exact answers from each block, a bound that is a proof, and
//! plans rebuilt along the prices.
//!
//! ```text
//! Formulation ──frame──▶ priced rows + blocks
//!     prices ──block (in parallel, exact, in integers)──▶ bound, use of what is priced ──dual──▶ prices …
//!        └────rebuild (ruin and recreate along the prices)──▶ better plans
//! ```
//!
//! Any prices give a valid bound. They are rounded to integers first and everything is added up in integers, so that
//! rounding cannot lie. Source: Geoffrion, *Lagrangean relaxation for integer programming* (1974).

mod apart;
mod block;
mod dual;
mod frame;
mod knapsack;
mod rebuild;
mod rivals;
mod ruin;
mod state;
#[cfg(test)]
mod tests;
mod transport;
mod walk;

use std::sync::Arc;

use rayon::prelude::*;

use self::block::{Answer, Prices, Solver, use_of};
use self::dual::{Dual, Sign};
use self::frame::{Frame, Kept, frame};
use self::rebuild::Signs;
use self::rivals::Rivals;
use self::walk::{Orders, SIDE_BY_SIDE, Walk};
use super::formulate::Formulation;
use super::program::{FREE, Program};
use super::search::bound::divisor;

pub use self::rebuild::{Found, From};

/// Fractional bits of a price where sums allow it.
const MOST_BITS: u32 = 20;
/// Bits that sums of a block may take.
const SUM_BITS: u32 = 58;
/// Columns priced by one task.
const CHUNK: usize = 4_096;
/// How much of the gap, a session, a choice may be worse than the best and still have a share in the average.
const SOFTNESS: f64 = 0.02;
/// Types of sessions a block may have before a need that joins two places is priced instead: few while prices are far
/// off, since rounds are then cheap, and more once they have settled, since the bound is then closer.
const ROUGH: usize = 5;
const FINE: usize = 10;
/// The length of the first steps after the change to larger blocks.
const FINE_PACE: f64 = 0.05;
/// A loss that rebuilding may take on at first, as a share of what a session is worth.
const HEAT: f64 = 0.1;
/// Rounds before a first plan is built along their average, before prices are taken as settled whatever they say, and
/// between two rebuildings.
const FIRST_ROUNDS: u64 = 60;
const SETTLING_ROUNDS: u64 = 160;
const ROUNDS: u64 = 20;
/// Attempts to rebuild for each block: at first, and at most. They double whenever they bring nothing.
const FIRST_ATTEMPTS: u64 = 10;
const MOST_ATTEMPTS: u64 = 2_560;
/// Elementary operations, by column, that setting up a rebuilding costs.
const SETTING_UP: u64 = 30;
/// Rebuildings without a better plan after which nothing more is expected.
const STALE: u32 = 8;
/// Runs of rounds without a better bound after which prices are left alone for as many rebuildings.
const DRY: u32 = 4;
const REST: u64 = 4;
/// A row is wide if it meets more than one block in so many; the most that are sought one by one.
const WIDE: usize = 16;
const MOST_WIDE: usize = 12;
/// The length of steps when prices are taken up again.
const WAKING_PACE: f64 = 0.05;

/// The price search for one level of one formulation.
pub struct PriceSearch {
    formulation: Arc<Formulation>,
    frame: Arc<Frame>,
    signs: Vec<Sign>,
    /// Whether blocks are as large as they may become.
    fine: bool,
    /// What the levels above must keep.
    keep: Vec<i64>,
    /// Prices by row of the program, as they were last set.
    known: Vec<f64>,
    level: usize,
    /// The level's objective, by column, in units of `2^-bits`.
    objective: Vec<i64>,
    bits: u32,
    divisor: i64,
    upper: Vec<i64>,
    lower: Vec<i64>,
    solvers: Vec<Solver>,
    dual: Dual,
    bound: i64,
    rounds: u64,
    /// The average of what was chosen, by column.
    average: Vec<f64>,
    /// What each column is worth after the prices looked at last.
    net: Vec<i64>,
    /// Sessions chosen in the last round.
    sessions: i64,
    /// What a session is worth on this level, about.
    typical: f64,
    /// Which blocks compete at the prices of a bound.
    rivals: Option<(i64, Arc<Vec<Vec<u32>>>)>,
    task: Task,
    /// Rebuildings begun.
    walks: u64,
    attempts: u64,
    stale: u32,
    dry: u32,
    seed: u64,
}

/// What the search is at.
enum Task {
    /// So many rounds are left of a run that began with a bound.
    Rounds(u64, i64),
    /// A plan is being rebuilt.
    Walk(Box<Walk>),
}

/// What a level starts from.
pub struct Start<'a> {
    /// The values that the levels above must keep (constants left out).
    pub keep: &'a [i64],
    /// A point that keeps every row.
    pub x: Option<&'a [i64]>,
    /// Where the prices of the level above ended, by row of the program.
    pub prices: Option<&'a [f64]>,
    /// The setting `seed`.
    pub seed: u64,
}

/// What a turn brought.
#[derive(Default)]
pub struct Turn {
    /// Elementary operations.
    pub work: u64,
    /// A better point.
    pub better: Option<Found>,
    /// A fractional point to build a plan along.
    pub guide: bool,
}

impl PriceSearch {
    /// Prepares a level; `None` if its sums are too large to be priced.
    pub fn new(formulation: &Arc<Formulation>, level: usize, start: &Start) -> Option<Self> {
        let program = &formulation.program;
        let kept: Vec<Kept> = kept_levels(program, start.keep);
        let frame = frame(formulation, &kept, ROUGH);
        let entries = &program.objectives[level].entries;
        let size: i128 = entries
            .iter()
            .map(|(c, a)| i128::from(a.unsigned_abs()) * i128::from(program.upper[c.index()]).max(1))
            .sum();
        let used = 128 - size.max(1).leading_zeros();
        let bits = SUM_BITS.checked_sub(used)?.min(MOST_BITS);
        let mut objective = vec![0i64; program.columns()];
        for (column, amount) in entries {
            objective[column.index()] = amount << bits;
        }
        let mut typical = entries.iter().map(|e| e.1.saturating_abs()).max().unwrap_or(1) as f64;
        let mut begin = vec![0.0; frame.scale.len()];
        if let Some(x) = start.x {
            let sessions: i64 = formulation.slots.iter().map(|s| x[s.held.index()]).sum();
            let value = program.objectives[level].entries.iter().fold(0i64, |v, (c, a)| v + a * x[c.index()]);
            if sessions > 0 && value != 0 {
                typical = value.saturating_abs() as f64 / sessions as f64;
            }
            // What the level above paid for, this one pays for too, in its own coin.
            if let (Some(prices), Some(above)) = (start.prices, kept.last().filter(|k| k.value != 0)) {
                let rate = value.saturating_abs() as f64 / above.value.saturating_abs() as f64;
                for (begin, row) in begin.iter_mut().zip(&frame.rows) {
                    *begin = prices[*row as usize] * rate;
                }
                if let (Some(begin), Some(scale)) = (begin.last_mut(), frame.scale.last()) {
                    *begin = -rate * scale * 1.5;
                }
            }
        }
        let known = start.prices.map_or_else(|| vec![0.0; program.rows()], <[f64]>::to_vec);
        Some(PriceSearch {
            signs: signs(&frame),
            solvers: frame.blocks.iter().map(|_| Solver::default()).collect(),
            dual: Dual::new(begin, &limits(&frame), &wide(&frame)),
            formulation: Arc::clone(formulation),
            frame: Arc::new(frame),
            fine: false,
            keep: start.keep.to_vec(),
            known,
            level,
            objective,
            bits,
            divisor: divisor(entries),
            upper: program.upper.clone(),
            lower: program.lower.clone(),
            bound: i64::MAX / 4,
            rounds: 0,
            average: vec![0.0; program.columns()],
            net: vec![0; program.columns()],
            sessions: 0,
            typical,
            rivals: None,
            task: Task::Rounds(FIRST_ROUNDS, i64::MAX),
            walks: 0,
            attempts: FIRST_ATTEMPTS,
            stale: 0,
            dry: 0,
            seed: start.seed,
        })
    }

    /// The bound proven so far.
    pub fn bound(&self) -> i64 {
        self.bound
    }

    /// Rounds done.
    pub fn rounds(&self) -> u64 {
        self.rounds
    }

    /// The average of what the blocks chose: nearly feasible, fractional.
    pub fn guide(&self) -> &[f64] {
        &self.average
    }

    /// The best prices so far by row of the program, for the level below.
    pub fn into_prices(mut self) -> Vec<f64> {
        self.note_prices();
        self.known
    }

    fn note_prices(&mut self) {
        for (row, price) in self.frame.rows.iter().zip(&self.dual.center) {
            self.known[*row as usize] = *price;
        }
    }

    /// Joins blocks into larger ones, whose bound is closer, from the best prices so far.
    fn refine(&mut self) {
        self.note_prices();
        let kept = kept_levels(&self.formulation.program, &self.keep);
        let frame = frame(&self.formulation, &kept, FINE);
        let of_kept = self.dual.center[self.frame.rows.len()..].to_vec();
        let begin = frame.rows.iter().map(|r| self.known[*r as usize]).chain(of_kept).collect();
        self.signs = signs(&frame);
        self.solvers = frame.blocks.iter().map(|_| Solver::default()).collect();
        self.dual = Dual::new(begin, &limits(&frame), &wide(&frame));
        self.dual.wake(FINE_PACE);
        self.rivals = None;
        self.frame = Arc::new(frame);
        self.fine = true;
    }

    /// Whether nothing more is expected.
    pub fn exhausted(&self) -> bool {
        self.stale >= STALE && self.dry >= DRY
    }

    /// Works until about so many elementary operations are done, or there is something to look at: rounds of prices by
    /// turns with rebuildings of the best plan.
    pub fn step(&mut self, from: Option<&From>, budget: u64) -> Turn {
        let mut turn = Turn::default();
        let level = self.level;
        let value = from.map(|from| {
            let entries = &self.formulation.program.objectives[level].entries;
            entries.iter().map(|(c, a)| a * from.x[c.index()]).sum::<i64>()
        });
        while turn.work < budget && !self.exhausted() && turn.better.is_none() && !turn.guide {
            match std::mem::replace(&mut self.task, Task::Rounds(0, self.bound)) {
                Task::Rounds(0, before) => self.end_rounds(before, from, &mut turn),
                Task::Rounds(left, before) => {
                    turn.work += self.round(value);
                    let proven = value.is_some_and(|v| self.bound <= v);
                    self.task = Task::Rounds(if proven { 0 } else { left - 1 }, before);
                }
                Task::Walk(mut walk) => {
                    turn.work += walk.go_on();
                    if walk.over() {
                        self.end_walk(*walk, &mut turn);
                    } else {
                        self.task = Task::Walk(walk);
                    }
                }
            }
        }
        turn
    }

    /// After a run of rounds: a plan along their average, or the best plan rebuilt.
    fn end_rounds(&mut self, before: i64, from: Option<&From>, turn: &mut Turn) {
        let better = before.saturating_sub(self.bound) > self.bound.saturating_abs() / 100_000;
        self.dry = if better { 0 } else { self.dry + 1 };
        turn.guide = self.walks == 0 || from.is_none();
        if !self.fine && !self.dual.settled() && self.rounds < SETTLING_ROUNDS {
            self.task = Task::Rounds(ROUNDS, self.bound);
            turn.guide &= self.rounds <= FIRST_ROUNDS;
            return;
        }
        if !self.fine {
            self.refine();
            self.dry = 0;
        }
        match from {
            Some(from) => self.begin_walk(from, turn),
            None => {
                self.stale += u32::from(!better);
                self.task = Task::Rounds(ROUNDS, self.bound);
            }
        }
    }

    /// Begins to rebuild the best plan along the best prices.
    fn begin_walk(&mut self, from: &From, turn: &mut Turn) {
        let rows = self.rounded(&self.dual.center);
        self.price(&rows);
        let near = match &self.rivals {
            Some((bound, near)) if *bound == self.bound => Arc::clone(near),
            _ => Arc::new(Rivals::new(&self.frame).near(&rows)),
        };
        self.rivals = Some((self.bound, Arc::clone(&near)));
        let lacks = self.lacks(from.x);
        let mut lacking: Vec<u32> = (0..lacks.len() as u32).filter(|b| lacks[*b as usize] > 0).collect();
        lacking.sort_by_key(|b| (std::cmp::Reverse(lacks[*b as usize]), *b));
        self.walks += 1;
        let orders = Orders {
            signs: Signs { net: self.net.clone(), bits: self.bits, near, lacking },
            levels: self.level + 1,
            heat: self.typical * HEAT,
            attempts: self.frame.blocks.len() as u64 * self.attempts,
            seed: self.seed.wrapping_mul(0x2545_f491_4f6c_dd1d).wrapping_add(SIDE_BY_SIDE * self.walks),
        };
        turn.work += SETTING_UP * self.net.len() as u64;
        self.task = Task::Walk(Box::new(Walk::new(&self.formulation, &self.frame, from, orders)));
    }

    /// After a rebuilding: the better plan, if any, and what comes next.
    fn end_walk(&mut self, walk: Walk, turn: &mut Turn) {
        turn.better = walk.end();
        if turn.better.is_some() {
            self.stale = 0;
        } else {
            self.stale += 1;
            // While prices still move, the next rebuilding sees something new.
            if self.dual.settled() {
                self.attempts = (self.attempts * 2).min(MOST_ATTEMPTS);
            }
        }
        let resting = self.dry >= DRY && !self.walks.is_multiple_of(REST);
        if self.dual.settled() && !resting {
            self.dual.wake(WAKING_PACE);
        }
        self.task = Task::Rounds(if resting { 0 } else { ROUNDS }, self.bound);
    }

    /// Prices as integers.
    fn rounded(&self, prices: &[f64]) -> Vec<i64> {
        let unit = (1u64 << self.bits) as f64;
        let mut rows: Vec<i64> = prices
            .iter()
            .zip(&self.frame.scale)
            .map(|(price, scale)| {
                let limit = (1u64 << 56) as f64 / scale;
                (price / scale * unit).clamp(-limit, limit).round() as i64
            })
            .collect();
        for (row, supplies) in &self.frame.balances {
            rows[*row as usize] = -supplies.iter().map(|s| rows[*s as usize]).min().unwrap_or(0);
        }
        rows
    }

    /// One round: the blocks answer the trial prices, the bound is added up, the prices move. Returns the work done.
    fn round(&mut self, value: Option<i64>) -> u64 {
        self.rounds += 1;
        let rows = self.rounded(&self.dual.trial);
        let mut sound = self.price(&rows);
        let target = value.map_or(self.bound as f64 * 0.95, |v| v as f64);
        let unit = (1u64 << self.bits) as f64;
        let distance = (self.dual.best() - target) * unit / self.sessions.max(1) as f64;
        let softness = if distance.is_finite() { (distance * SOFTNESS).max(0.0) as i64 } else { 1 << self.bits };
        let (frame, prices) = (&self.frame, Prices { net: &self.net, softness });
        let answers: Vec<Answer> = frame
            .blocks
            .par_iter()
            .zip(&mut self.solvers)
            .with_min_len(4)
            .map(|(block, solver)| solver.solve(block, frame, &prices))
            .collect();
        let mut total: i128 = 0;
        let mut used = vec![0.0f64; rows.len()];
        self.sessions = answers.iter().map(|a| a.sessions).sum();
        let mut work = 2 * self.objective.len() as u64;
        for answer in &answers {
            total += i128::from(answer.bound);
            sound &= answer.bound < i64::MAX / 4;
            work += answer.work;
            for (row, amount) in &answer.activity {
                used[*row as usize] += amount;
            }
        }
        let mut ends: Vec<(u32, f64)> = Vec::new();
        for &column in &frame.loose {
            let net = self.net[column as usize];
            let end = if net > 0 { self.upper[column as usize] } else { self.lower[column as usize] };
            total += i128::from(net) * i128::from(end);
            if end != 0 {
                ends.push((column, end as f64));
            }
        }
        let mut activity = Vec::new();
        use_of(frame, &ends, &mut activity);
        activity.iter().for_each(|(row, amount)| used[*row as usize] += amount);
        // What a balance row asks for is drawn from its cheapest supply.
        for (row, supplies) in &frame.balances {
            let asked = -used[*row as usize];
            if let Some(cheapest) = supplies.iter().min_by_key(|s| (rows[**s as usize], **s)) {
                used[*cheapest as usize] += asked;
            }
        }
        let mut slack = vec![0.0; rows.len()];
        for (row, price) in rows.iter().enumerate() {
            let limit = if *price > 0 || frame.lower[row] == -FREE { frame.upper[row] } else { frame.lower[row] };
            if *price != 0 {
                total += i128::from(*price) * i128::from(limit);
            }
            if self.signs[row] != Sign::Fixed {
                slack[row] = (limit as f64 - used[row]) / frame.scale[row];
            }
        }
        let bound = i64::try_from(total.div_euclid(1i128 << self.bits)).unwrap_or(i64::MAX / 4);
        if sound {
            self.bound = self.bound.min(bound.div_euclid(self.divisor) * self.divisor);
        }
        let weight = self.dual.weight();
        self.average.iter_mut().for_each(|a| *a *= 1.0 - weight);
        for answer in &answers {
            for (column, amount) in &answer.chosen {
                self.average[*column as usize] += weight * *amount;
            }
        }
        self.dual.answer(total as f64 / unit, &slack, &self.signs, self.typical);
        work
    }

    /// What each block lacks to its best answer at the prices of `net`.
    fn lacks(&mut self, x: &[i64]) -> Vec<i64> {
        let (frame, prices) = (&self.frame, Prices { net: &self.net, softness: 0 });
        frame
            .blocks
            .par_iter()
            .zip(&mut self.solvers)
            .with_min_len(4)
            .map(|(block, solver)| {
                let value = rivals::columns_of(block)
                    .filter(|c| x[*c as usize] != 0)
                    .fold(0i64, |sum, c| sum.saturating_add(prices.net[c as usize].saturating_mul(x[c as usize])));
                solver.solve(block, frame, &prices).bound.saturating_sub(value)
            })
            .collect()
    }

    /// What every column is worth after prices; `false` if one is worth more than sums of a block can hold.
    fn price(&mut self, rows: &[i64]) -> bool {
        let (frame, objective) = (&self.frame, &self.objective);
        let most = i128::from(i64::MAX >> 6);
        let sound = |(chunk, nets): (usize, &mut [i64])| {
            let mut sound = true;
            for (offset, net) in nets.iter_mut().enumerate() {
                let column = chunk * CHUNK + offset;
                let mut sum = i128::from(objective[column]);
                for (row, value) in frame.entries.of(column) {
                    sum -= i128::from(rows[*row as usize]) * i128::from(*value);
                }
                sound &= sum <= most;
                *net = sum.clamp(-most, most) as i64;
            }
            sound
        };
        self.net.par_chunks_mut(CHUNK).enumerate().map(sound).reduce(|| true, |a, b| a && b)
    }
}

fn kept_levels<'a>(program: &'a Program, keep: &[i64]) -> Vec<Kept<'a>> {
    keep.iter()
        .zip(&program.objectives)
        .map(|(value, objective)| Kept { entries: &objective.entries, value: *value })
        .collect()
}

/// Which prices each row may take.
fn signs(frame: &Frame) -> Vec<Sign> {
    let mut signs: Vec<Sign> = frame
        .lower
        .iter()
        .zip(&frame.upper)
        .map(|(lower, upper)| match (*lower == -FREE, *upper == FREE) {
            (true, false) => Sign::Positive,
            (false, true) => Sign::Negative,
            (false, false) => Sign::Free,
            (true, true) => Sign::Fixed,
        })
        .collect();
    frame.balances.iter().for_each(|b| signs[b.0 as usize] = Sign::Fixed);
    signs
}

/// Rows that meet many blocks, directly or as the supplies of what they ask for, the widest first.
fn wide(frame: &Frame) -> Vec<usize> {
    let mut met = vec![0usize; frame.scale.len()];
    for block in &frame.blocks {
        rivals::rows_of(frame, block).iter().for_each(|row| met[*row as usize] += 1);
    }
    for (row, supplies) in &frame.balances {
        let blocks = met[*row as usize];
        supplies.iter().for_each(|supply| met[*supply as usize] += blocks);
        met[*row as usize] = 0;
    }
    let mut wide: Vec<usize> = (0..met.len()).filter(|row| met[*row] * WIDE > frame.blocks.len()).collect();
    wide.sort_by_key(|row| (std::cmp::Reverse(met[*row]), *row));
    wide.truncate(MOST_WIDE);
    wide
}

/// The limit of each row in units of its greatest coefficient; 1 for kept levels.
fn limits(frame: &Frame) -> Vec<f64> {
    (0..frame.scale.len())
        .map(|row| {
            let limit = if frame.upper[row] == FREE { frame.lower[row] } else { frame.upper[row] };
            if row >= frame.rows.len() { 1.0 } else { limit.saturating_abs() as f64 / frame.scale[row] }
        })
        .collect()
}
