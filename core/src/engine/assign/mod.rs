//! Generalized assignment: jobs to agents of limited capacity, at the greatest profit, proven best where that can be had.
//!
//! ```text
//! Formulation ──recognise──▶ Instance ──prices──▶ bound, first assignments
//!                               ├──tree──▶ "is there one worth the bound?" … refuted: a better bound; found: proven best
//!                               └──improve──▶ better assignments around the best one (side by side with the tree)
//! ```
//!
//! All that is decided or reported is integer: prices have [`relaxation::BITS`] fractional bits and every knapsack is solved
//! exactly, so that a bound is a proof.

mod domain;
mod improve;
mod instance;
mod knapsack;
mod relaxation;
mod repair;
#[cfg(test)]
mod tests;
mod tree;

use self::domain::Domain;
use self::improve::Improver;
use self::instance::{Instance, recognise};
use self::relaxation::{BITS, Prices, Relaxation};
use self::repair::repair;
use self::tree::{Outcome, Tree};
use super::formulate::Formulation;
use super::search::settle::settle;

/// Rounds of prices before the tree begins.
const ROUNDS: u32 = 1_000;
/// Steps as a share of the way to the best value: at first, how they shrink after so many rounds without a better bound,
/// and where they lead nowhere.
const SHARE: f64 = 1.0;
const LESS: f64 = 0.7;
const PATIENCE: u32 = 12;
const LEAST_SHARE: f64 = 1e-4;
/// Rounds between two attempts to make an assignment of the answers.
const REPAIR: u32 = 4;
/// The shortest turn of either side.
const TURN: u64 = 200_000;

/// Random numbers from a seed. Source: Steele, Lea & Flood, *Fast splittable pseudorandom number generators* (2014).
#[derive(Clone, Debug)]
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Random(seed)
    }

    /// A number below a limit.
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        if limit == 0 { 0 } else { z % limit }
    }
}

/// The search for the best value of one level.
pub struct AssignSearch {
    instance: Instance,
    /// The best value, in units of the instance.
    value: i64,
    /// No assignment is worth more.
    bound: i64,
    root: Option<Root>,
    prices: Prices,
    tree: Option<Tree>,
    improver: Improver,
    nodes: u64,
    rounds: u64,
}

/// Prices of the whole on their way.
struct Root {
    domain: Domain,
    relaxation: Relaxation,
    trial: Prices,
    bound: i64,
    share: f64,
    failures: u32,
    rounds: u32,
}

/// What a turn brought.
#[derive(Default)]
pub struct Turn {
    /// Elementary operations.
    pub work: u64,
    /// A better point, complete.
    pub better: Option<Vec<i64>>,
}

impl AssignSearch {
    /// Prepares a level; `None` if the program is more than generalized assignment. `keep` are the values that the levels
    /// above must keep, `x` a point that does.
    pub fn new(formulation: &Formulation, level: usize, keep: &[i64], x: &[i64], seed: u64) -> Option<Self> {
        let instance = recognise(formulation, level, keep)?;
        let taken = instance.read(x)?;
        let prices = begin(&instance);
        let root = Root {
            domain: Domain::new(&instance),
            relaxation: Relaxation::default(),
            trial: prices.clone(),
            bound: i64::MAX,
            share: SHARE,
            failures: 0,
            rounds: 0,
        };
        Some(AssignSearch {
            value: instance.profit(&taken),
            bound: instance.of_job.iter().map(|of| most(&instance, of)).sum(),
            root: Some(root),
            prices,
            tree: None,
            improver: Improver::new(taken, seed),
            nodes: 0,
            rounds: 0,
            instance,
        })
    }

    /// A bound of the level's value (constants left out).
    pub fn bound(&self) -> i64 {
        self.bound.max(self.value) * self.instance.unit
    }

    /// Nodes looked at.
    pub fn nodes(&self) -> u64 {
        self.nodes + self.tree.as_ref().map_or(0, |tree| tree.nodes)
    }

    /// Rounds of prices before the tree.
    pub fn rounds(&self) -> u64 {
        self.rounds
    }

    /// Whether the best value is proven.
    pub fn done(&self) -> bool {
        self.bound <= self.value
    }

    /// Works for about so many elementary operations, or until there is a better point.
    pub fn step(&mut self, formulation: &Formulation, budget: u64) -> Turn {
        let mut turn = Turn::default();
        let value = self.value;
        while turn.work < budget && !self.done() && self.value == value {
            turn.work += if self.root.is_some() { self.root_round() } else { self.side_by_side() };
        }
        if self.value > value {
            turn.better = settle(formulation, self.instance.point(&self.improver.taken));
        }
        turn
    }

    /// Takes an assignment if it is better.
    fn offer(&mut self, taken: &[u32]) {
        let value = self.instance.profit(taken);
        if value > self.value {
            self.value = value;
            self.improver.restart(taken);
        }
    }

    fn root_round(&mut self) -> u64 {
        let Some(mut root) = self.root.take() else { return 0 };
        let instance = &self.instance;
        let before = root.relaxation.work;
        root.rounds += 1;
        self.rounds += 1;
        root.relaxation.ask(instance, &root.domain, &root.trial, false);
        if root.relaxation.bound < root.bound {
            root.bound = root.relaxation.bound;
            self.prices.copy_from_slice(&root.trial);
            self.bound = self.bound.min(root.bound >> BITS);
            root.failures = 0;
        } else {
            root.failures += 1;
            if root.failures >= PATIENCE {
                root.failures = 0;
                root.share *= LESS;
                root.trial.copy_from_slice(&self.prices);
                root.relaxation.turn();
                root.relaxation.ask(instance, &root.domain, &root.trial, false);
            }
        }
        let found = if root.rounds.is_multiple_of(REPAIR) || root.relaxation.is_assignment(&root.domain) {
            repair(instance, &root.domain, &root.relaxation, &root.trial)
        } else {
            None
        };
        root.relaxation.step(&root.domain, &mut root.trial, self.value << BITS, root.share);
        let work = root.relaxation.work - before;
        if root.rounds < ROUNDS && root.share > LEAST_SHARE {
            self.root = Some(root);
        }
        if let Some(taken) = found {
            self.offer(&taken);
        }
        work
    }

    /// The tree and the search around the best assignment, each with as much work.
    fn side_by_side(&mut self) -> u64 {
        let (instance, prices, bound) = (&self.instance, &self.prices, self.bound);
        let tree = self.tree.get_or_insert_with(|| Tree::new(Domain::new(instance), prices, bound));
        let improver = &mut self.improver;
        let ask = || {
            let before = tree.work();
            loop {
                let outcome = tree.advance(instance);
                let work = tree.work() - before;
                if work >= TURN || !matches!(outcome, Outcome::Open) {
                    return (work, outcome);
                }
            }
        };
        let ((asked, outcome), (improved, better)) = rayon::join(ask, || improver.step(instance, prices, TURN));
        if better {
            self.value = self.value.max(self.instance.profit(&self.improver.taken));
        }
        match outcome {
            Outcome::Open => {}
            Outcome::Refuted => {
                self.nodes = self.nodes();
                self.bound -= 1;
                self.tree = None;
            }
            Outcome::Found(taken) => self.offer(&taken),
        }
        asked + improved
    }
}

/// The most a job can be worth.
fn most(instance: &Instance, of: &[u32]) -> i64 {
    of.iter().map(|item| instance.items[*item as usize].profit).max().unwrap_or(0)
}

/// First prices: what the second best agent would give for each job.
fn begin(instance: &Instance) -> Prices {
    let second = |of: &Vec<u32>| {
        let mut profits: Vec<i64> = of.iter().map(|item| instance.items[*item as usize].profit).collect();
        profits.sort_unstable();
        profits.iter().rev().nth(1).or(profits.last()).copied().unwrap_or(0) << BITS
    };
    instance.of_job.iter().map(second).collect()
}
