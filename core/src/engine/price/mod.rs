//! The price engine: prices for what communities share, exact answers from each block, a bound that is a proof, and
//! plans rebuilt along the prices.
//!
//! ```text
//! Formulation ──frame──▶ priced rows, and two cuts into blocks: small ones and large ones
//!     prices ──block (in parallel, exact, in integers)──▶ bound, use of what is priced ──dual──▶ prices …
//!        └────rebuild (ruin and recreate along the prices)──▶ better plans
//! ```
//!
//! The cuts have prices of their own. Small blocks are quick, and with a price on every need that several places share they say
//! best where it should be served; their prices are found in steps. Large blocks keep such needs inside, give the closer
//! bound, and their answers all but fit together; their prices are found by cutting planes, region by region. Those of them
//! that cannot be solved give way to smaller ones, of which there are few near the best prices. Plans are rebuilt along all
//! of these, by turns.
//!
//! Any prices give a valid bound. They are rounded to integers first and everything is added up in integers, so that
//! rounding cannot lie. Source: Geoffrion, *Lagrangean relaxation for integer programming* (1974).

mod adopt;
mod apart;
mod block;
mod counts;
mod cutting;
mod dual;
mod frame;
mod index;
mod kinds;
mod knapsack;
mod mend;
mod pay;
mod planes;
mod rebuild;
mod regions;
mod relaxation;
mod rivals;
mod rounding;
mod ruin;
mod state;
#[cfg(test)]
mod tests;
mod transport;
mod walk;

use std::collections::BTreeSet;
use std::sync::Arc;

use self::frame::{Cut, Frame, Kept, lay_out};
use self::rebuild::Signs;
use self::relaxation::{Ground, Net, Relaxation};
use self::rivals::Rivals;
use self::walk::{Orders, SIDE_BY_SIDE, Walk};
use super::formulate::Formulation;
use super::program::{Column, Program};

pub use self::rebuild::{Found, From};

/// Types of sessions that a block may have before a need that joins two places is priced instead: small blocks, and larger ones
/// that take their place, the largest where they can be solved.
const SIZES: [usize; 5] = [5, 10, 16, 26, 60];
/// What rebuilding may leave less for others at first, as a share of what a session is worth.
const HEAT: f64 = 0.05;
/// Rounds of steps before a first plan is built along their average, before many prices are taken as settled whatever they
/// say, and between two rebuildings.
const FIRST_ROUNDS: u64 = 60;
const SETTLING_ROUNDS: u64 = 180;
const ROUNDS: u64 = 60;
/// Work in asking the largest blocks up to which their prices are found by cutting planes too.
const CHEAP: u64 = 6_000_000;
/// With no more priced rows than this, prices have settled when a first plan is built along them.
const FEW_ROWS: usize = 8_000;
/// Work in cutting planes between two rebuildings: at least, and how many times that of a rebuilding.
const LEAST_CUTS: u64 = 4_000_000;
const CUTS: u64 = 2;
/// One run of rounds in so many is left to small blocks: their prices guide, and have come to rest before.
const SMALL_TURN: u64 = 4;
/// Attempts to rebuild for each block: at first, and at most. They double whenever they bring nothing while
/// prices rest. The very first rebuilding, along prices that are far off, has fewer.
const FIRST_ATTEMPTS: u64 = 5;
const VERY_FIRST: u64 = 4;
const MOST_ATTEMPTS: u64 = 2_560;
/// Attempts to mend what rules lack.
const MENDING: u64 = 2_000;
/// Elementary operations, by column, that setting up a rebuilding costs.
const SETTING_UP: u64 = 30;
/// Rebuildings without a better plan after which nothing more is expected.
const STALE: u32 = 8;
/// Runs of rounds without a better bound after which prices are left alone for as many rebuildings.
const DRY: u32 = 4;
const REST: u64 = 4;
/// A bound is better only if it closes one part in so many of what is open.
const LITTLE: i64 = 200;
/// The length of steps when prices are taken up again.
const WAKING_PACE: f64 = 0.1;

/// The price search for one level of one formulation.
pub struct PriceSearch {
    formulation: Arc<Formulation>,
    level: usize,
    ground: Ground,
    /// Prices of small blocks.
    small: Relaxation,
    /// Ever larger cuts, where needs keep places together beyond the small blocks.
    cuts: Vec<Cut>,
    /// Prices of large blocks, once those of small ones have led so far: their bound is closer.
    large: Option<Relaxation>,
    /// The largest blocks that can be solved near the best prices, once these have been found.
    largest: Option<Relaxation>,
    bound: i64,
    rounds: u64,
    /// The average of what small blocks chose, by column.
    average: Vec<f64>,
    /// What each column is worth after the prices looked at last.
    net: Net,
    task: Task,
    /// Rebuildings begun.
    walks: u64,
    /// Work in the last one.
    walked: u64,
    attempts: u64,
    stale: u32,
    dry: u32,
    seed: u64,
}

/// What a level begins with, unless it has something to mend.
const FIRST: Task = Task::Rounds { left: FIRST_ROUNDS, before: i64::MAX, large: false };

/// What the search is at.
enum Task {
    /// The level counts nothing but what rules lack, and this is looked at before any price.
    Mend,
    /// So many rounds, or so much work in cutting planes, are left of a run that began with a bound, of large blocks or of small
    /// ones.
    Rounds { left: u64, before: i64, large: bool },
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
    /// Where a dual descent of this level by itself ended, by row of the program; empty if there was none.
    pub descended: &'a [f64],
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
        let (frame, [small, larger @ ..]) = lay_out(formulation, &kept, SIZES);
        let (begin, typical) = begin(formulation, level, &frame, &kept, start);
        let several = larger.last().is_some_and(|largest| !largest.inside.is_empty());
        let ground = Ground::new(formulation, level, frame, typical)?;
        let mut small = Relaxation::new(&ground.frame, small, begin);
        if let Some(others) = descended(&ground.frame, start.descended) {
            small.consider(others);
        }
        Some(PriceSearch {
            formulation: Arc::clone(formulation),
            level,
            small,
            cuts: if several { larger.into() } else { Vec::new() },
            large: None,
            largest: None,
            ground,
            bound: i64::MAX / 4,
            rounds: 0,
            average: vec![0.0; program.columns()],
            net: Net::new(),
            task: if counts_shortfalls(program, level) { Task::Mend } else { FIRST },
            walks: 0,
            walked: 0,
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
    pub fn into_prices(self) -> Vec<f64> {
        let mut prices = vec![0.0; self.formulation.program.rows()];
        for (row, price) in self.ground.frame.rows.iter().zip(&self.small.dual.center) {
            prices[*row as usize] = *price;
        }
        prices
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
            let next = self.run(0);
            match std::mem::replace(&mut self.task, next) {
                Task::Mend => self.task = from.map_or(FIRST, |from| self.mend(from, &mut turn)),
                Task::Rounds { left: 0, before, large } => self.end_rounds(before, large, value, from, &mut turn),
                Task::Rounds { left, before, large } => {
                    let work = self.round(value, large);
                    turn.work += work;
                    let over = value.is_some_and(|v| self.bound <= v) || self.ended(large);
                    let done = if self.cuts(large) { work } else { 1 };
                    self.task = Task::Rounds { left: if over { 0 } else { left.saturating_sub(done) }, before, large };
                }
                Task::Walk(mut walk) => {
                    let work = walk.go_on();
                    turn.work += work;
                    self.walked += work;
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

    /// What lies between the best value and the bound; without a value, about a thousandth of the bound.
    fn open(&self, value: Option<i64>) -> i64 {
        value.map_or(self.bound.saturating_abs() / 1_000, |v| self.bound.saturating_sub(v))
    }

    /// The next run of rounds: of large blocks, once there are any, and now and then of small ones. Cutting planes get more
    /// work than the last rebuilding did.
    fn run(&self, rounds: u64) -> Task {
        let large = self.large.is_some() && !self.walks.is_multiple_of(SMALL_TURN);
        let left = match rounds {
            0 => 0,
            _ if self.ended(large) => 0,
            _ if self.cuts(large) => (self.walked * CUTS).max(LEAST_CUTS),
            _ => rounds,
        };
        Task::Rounds { left, before: self.bound, large }
    }

    /// Whether rounds of these blocks are ones of cutting planes: of the largest that there are, once a plan has been rebuilt.
    fn cuts(&self, large: bool) -> bool {
        self.walks > 0 && (large || self.all_small())
    }

    /// Whether there are no blocks but the small ones.
    fn all_small(&self) -> bool {
        self.large.is_none() && self.cuts.is_empty()
    }

    /// Whether prices of these blocks have led as far as they can.
    fn ended(&self, large: bool) -> bool {
        self.large.as_ref().filter(|_| large).unwrap_or(&self.small).ended()
    }

    /// One round of prices. Returns the work done.
    fn round(&mut self, value: Option<i64>, large: bool) -> u64 {
        self.rounds += 1;
        let target = value.map_or(self.bound as f64 * 0.95, |v| v as f64);
        let cuts = self.cuts(large);
        let relaxation = self.large.as_mut().filter(|_| large).unwrap_or(&mut self.small);
        let (ground, net) = (&self.ground, &mut self.net);
        let round =
            if cuts { relaxation.cut_round(ground, net, target) } else { relaxation.round(ground, net, target) };
        self.bound = round.bound.map_or(self.bound, |bound| self.bound.min(bound));
        if !large {
            self.average.iter_mut().for_each(|a| *a *= 1.0 - round.weight);
            for (column, amount) in round.answers.iter().flat_map(|(_, answer)| &answer.chosen) {
                self.average[*column as usize] += round.weight * *amount;
            }
        }
        round.work
    }

    /// After a run of rounds: a plan along their average, or the best plan rebuilt.
    fn end_rounds(&mut self, before: i64, large: bool, value: Option<i64>, from: Option<&From>, turn: &mut Turn) {
        let better = before.saturating_sub(self.bound) > self.open(value) / LITTLE;
        if better || (self.cuts(large) && !self.ended(large)) {
            self.dry = 0;
        } else if large || self.all_small() {
            self.dry += 1;
        }
        turn.guide = self.walks == 0 || from.is_none();
        let few = self.ground.frame.scale.len() <= FEW_ROWS;
        if self.walks == 0 && few && self.rounds <= FIRST_ROUNDS {
            self.small.dual.look_at_others();
            self.task = self.run(ROUNDS);
            return;
        }
        if self.walks == 0 && !few && self.rounds < SETTLING_ROUNDS && !self.small.dual.settled() {
            self.task = self.run(ROUNDS);
            turn.guide &= self.rounds <= FIRST_ROUNDS;
            return;
        }
        self.take_up_large(turn);
        match from {
            Some(from) => self.begin_walk(from, turn),
            None => {
                self.stale += u32::from(!better);
                self.walks += 1;
                self.task = self.run(ROUNDS);
            }
        }
    }

    /// Takes up large blocks along the prices of small ones: blocks that cannot be solved give way to smaller ones. Near the best
    /// prices there are fewer of them, so that all are asked once more there: for a closer bound, and for what they answer.
    fn take_up_large(&mut self, turn: &mut Turn) {
        let (frame, small) = (&self.ground.frame, &self.small.dual.center);
        let (prices, again) = match &self.large {
            Some(large) if large.ended() => (large.prices_or(small), true),
            Some(_) => return,
            None => (small.clone(), false),
        };
        let mut cuts = std::mem::take(&mut self.cuts);
        let all = if again { Vec::new() } else { cuts.clone() };
        let mut cut = cuts.pop();
        while let Some(coarse) = cut.take() {
            let mut relaxation = Relaxation::new(frame, coarse, prices.clone());
            if again {
                relaxation.look_long();
            }
            let (hard, round) = relaxation.hard(&self.ground, &mut self.net);
            turn.work += round.work;
            self.bound = round.bound.map_or(self.bound, |bound| self.bound.min(bound));
            cut = match (hard.contains(&true), cuts.pop()) {
                (true, Some(finer)) => relaxation.into_cut().map(|cut| cut.split(&hard, finer, frame.slots.len())),
                (hard, _) => {
                    let whole = all.last().is_none_or(|largest| largest.blocks.len() == relaxation.cut.blocks.len());
                    if again && round.work > CHEAP {
                        self.largest = Some(relaxation);
                    } else {
                        self.large = Some(relaxation);
                    }
                    if hard || !whole {
                        self.cuts.clone_from(&all);
                    }
                    None
                }
            };
        }
    }

    /// Sessions that count towards what rules lack are put up in the place of others: along the level below, since this one
    /// says of no session but these what it is worth.
    fn mend(&self, from: &From, turn: &mut Turn) -> Task {
        let program = &self.formulation.program;
        let below = program.objectives.get(self.level + 1);
        let rivals = Arc::new(Rivals::default());
        let net = below.map_or_else(|| vec![0; program.columns()], |below| below.by_column(program.columns()));
        let signs = Signs { net, bits: 0, rivals, lacking: Vec::new(), only_aims: true, wishes: None };
        let (attempts, seed) = (MENDING, self.seed);
        let orders = Orders { signs, levels: self.level + 1, heat: 0.0, enough: self.bound, attempts, seed };
        turn.work += SETTING_UP * program.columns() as u64;
        Task::Walk(Box::new(Walk::new(&self.formulation, (&self.ground.frame, &self.small.cut), from, orders)))
    }

    /// Begins to rebuild the best plan along the best prices: by turns of large blocks, whose answers are put in their place as
    /// they are, and of small ones.
    fn begin_walk(&mut self, from: &From, turn: &mut Turn) {
        let frame = &self.ground.frame;
        let adopts = self.walks.is_multiple_of(2);
        let blocks = self.small.cut.blocks.len() as u64;
        let relaxation = match (&mut self.large, &mut self.largest) {
            (_, Some(largest)) if self.walks.is_multiple_of(4) => largest,
            (Some(large), _) if adopts => large,
            _ => &mut self.small,
        };
        let rows = self.ground.rounded(&relaxation.dual.center);
        self.ground.price(&rows, &mut self.net);
        let rivals = relaxation.rivals(frame, &rows);
        let (lacks, wishes): (Vec<i64>, Vec<_>) = relaxation.lacks(frame, &self.net, from.x).into_iter().unzip();
        let several = |b: &u32| adopts && wishes[*b as usize].len() > 1;
        let mut lacking: Vec<u32> = (0..lacks.len() as u32).filter(|b| lacks[*b as usize] > 0 || several(b)).collect();
        lacking.sort_by_key(|b| (std::cmp::Reverse(lacks[*b as usize]), *b));
        self.walks += 1;
        self.walked = 0;
        let wishes = adopts.then_some(wishes);
        let orders = Orders {
            signs: Signs { net: self.net.clone(), bits: self.ground.bits, rivals, lacking, only_aims: false, wishes },
            levels: self.level + 1,
            heat: self.ground.typical * HEAT,
            enough: self.bound,
            attempts: blocks * self.attempts / if self.walks == 1 { VERY_FIRST } else { 1 },
            seed: self.seed.wrapping_mul(0x2545_f491_4f6c_dd1d).wrapping_add(SIDE_BY_SIDE * self.walks),
        };
        turn.work += SETTING_UP * self.net.len() as u64;
        self.task = Task::Walk(Box::new(Walk::new(&self.formulation, (frame, &relaxation.cut), from, orders)));
    }

    /// After a rebuilding: the better plan, if any, and what comes next.
    fn end_walk(&mut self, walk: Walk, turn: &mut Turn) {
        turn.better = walk.end();
        if turn.better.is_some() {
            self.stale = 0;
        } else {
            self.stale += 1;
            if self.dry >= DRY {
                self.attempts = (self.attempts * 2).min(MOST_ATTEMPTS);
            }
        }
        let resting = self.dry >= DRY && !self.walks.is_multiple_of(REST);
        if !resting {
            let duals = [Some(&mut self.small), self.large.as_mut()].into_iter().flatten().map(|r| &mut r.dual);
            for dual in duals.filter(|dual| dual.settled()) {
                dual.wake(WAKING_PACE);
                dual.look_at_others();
            }
        }
        self.task = self.run(if resting { 0 } else { ROUNDS });
    }
}

/// Whether a level counts nothing but what rules lack.
fn counts_shortfalls(program: &Program, level: usize) -> bool {
    let missing: BTreeSet<Column> = program.missing().map(|missing| missing.1).collect();
    program.objectives[level].entries.iter().all(|entry| missing.contains(&entry.0))
}

/// Where prices start, and what a session is worth on the level, about.
fn begin(formulation: &Formulation, level: usize, frame: &Frame, kept: &[Kept], start: &Start) -> (Vec<f64>, f64) {
    let entries = &formulation.program.objectives[level].entries;
    let mut typical = entries.iter().map(|e| e.1.saturating_abs()).max().unwrap_or(1) as f64;
    let mut begin = vec![0.0; frame.scale.len()];
    let Some(x) = start.x else { return (begin, typical) };
    let sessions: i64 = formulation.slots.iter().map(|s| x[s.held.index()]).sum();
    let value = entries.iter().fold(0i64, |v, (c, a)| v + a * x[c.index()]);
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
    (begin, typical)
}

/// The end of a dual descent as prices of a frame.
fn descended(frame: &Frame, multipliers: &[f64]) -> Option<Vec<f64>> {
    let mut prices = vec![0.0; frame.scale.len()];
    for ((price, row), scale) in prices.iter_mut().zip(&frame.rows).zip(&frame.scale) {
        *price = multipliers.get(*row as usize)? * scale;
    }
    // What flows cost at their balances, their supplies must cost here.
    for (balance, supplies) in &frame.balances {
        let cost = -prices[*balance as usize] / frame.scale[*balance as usize];
        for supply in supplies {
            prices[*supply as usize] = prices[*supply as usize].max(cost * frame.scale[*supply as usize]);
        }
    }
    Some(prices)
}

fn kept_levels<'a>(program: &'a Program, keep: &[i64]) -> Vec<Kept<'a>> {
    keep.iter()
        .zip(&program.objectives)
        .map(|(value, objective)| Kept { entries: &objective.entries, value: *value })
        .collect()
}
