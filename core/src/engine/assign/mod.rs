//! Generalized assignment: jobs to agents of limited capacity, at the greatest profit, proven best where that can be had.
//!
//! ```text
//! Formulation ──recognise──▶ Instance ──prices──▶ bound, first assignments
//!                               ├──tree──▶ "is there one worth the bound?" … refuted: a better bound; found: proven best
//!                               └──improve──▶ better assignments around the best one (side by side with the tree)
//! ```
//!
//! All that is decided or reported is integer: prices have a fixed number of fractional bits, and every knapsack is solved
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
use self::improve::{Improver, Signs};
use self::instance::{Instance, recognise};
use self::relaxation::{BITS, Prices, Relaxation};
use self::repair::repair;
use self::tree::{Effort, Outcome, Tree};
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
/// What the tree does that proves.
const EFFORT: Effort = Effort { first: 60, rounds: 10, more: 6, bold: 0 };
/// What may be open, in units of profit, for the tree to be asked at every turn; else it is every second.
const CLOSE: i64 = 2;
/// A turn of either side.
const TURN: u64 = 200_000;

/// The search for the best value of one level.
pub struct AssignSearch {
    instance: Instance,
    /// The best assignment, and its value in units of the instance.
    taken: Vec<u32>,
    value: i64,
    /// No assignment is worth more.
    bound: i64,
    stage: Stage,
    /// Searches around the best assignment, from different random numbers.
    improvers: [Improver; 2],
    nodes: u64,
    rounds: u64,
}

/// What the search is at.
enum Stage {
    /// Prices of the whole are on their way.
    Prices(Box<Root>),
    /// They have come to rest; the tree, and turns so far.
    Search(Signs, Option<Box<Proof>>, u64),
}

/// Prices of the whole on their way.
struct Root {
    domain: Domain,
    relaxation: Relaxation,
    /// The best so far, and those to try next.
    best: Prices,
    trial: Prices,
    bound: i64,
    share: f64,
    failures: u32,
    rounds: u32,
}

/// The question whether any assignment is worth the bound, asked of what may be in one.
struct Proof {
    part: Instance,
    /// The item of the whole for each item of the part.
    items: Vec<u32>,
    tree: Tree,
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
        let prices = first_prices(&instance);
        let root = Root {
            domain: Domain::new(&instance),
            relaxation: Relaxation::default(),
            best: prices.clone(),
            trial: prices,
            bound: i64::MAX,
            share: SHARE,
            failures: 0,
            rounds: 0,
        };
        let seed = seed.wrapping_mul(0x2545_f491_4f6c_dd1d);
        Some(AssignSearch {
            value: instance.profit(&taken),
            bound: instance.of_job.iter().map(|of| most(&instance, of)).sum(),
            stage: Stage::Prices(Box::new(root)),
            improvers: [0, 1].map(|other| Improver::new(taken.clone(), seed.wrapping_add(other))),
            taken,
            nodes: 0,
            rounds: 0,
            instance,
        })
    }

    /// A bound of the level's value (constants left out).
    pub fn bound(&self) -> i64 {
        self.bound.max(self.value) * self.instance.unit
    }

    /// Nodes of the tree looked at.
    pub fn nodes(&self) -> u64 {
        self.nodes
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
            turn.work += match self.stage {
                Stage::Prices(_) => self.round(),
                Stage::Search(..) => self.side_by_side(),
            };
        }
        if self.value > value {
            turn.better = settle(formulation, self.instance.point(&self.taken));
        }
        turn
    }

    /// Takes an assignment if it is better.
    fn offer(&mut self, taken: &[u32]) {
        let value = self.instance.profit(taken);
        if value > self.value {
            self.value = value;
            self.taken.copy_from_slice(taken);
            self.improvers.iter_mut().for_each(|improver| improver.restart(taken));
        }
    }

    /// One round of prices of the whole.
    fn round(&mut self) -> u64 {
        let Stage::Prices(root) = &mut self.stage else { return 0 };
        let instance = &self.instance;
        let before = root.relaxation.work;
        root.rounds += 1;
        self.rounds += 1;
        root.relaxation.ask(instance, &root.domain, &root.trial, false);
        if root.relaxation.bound < root.bound {
            root.bound = root.relaxation.bound;
            root.best.copy_from_slice(&root.trial);
            self.bound = self.bound.min(root.bound >> BITS);
            root.failures = 0;
        } else {
            root.failures += 1;
            if root.failures >= PATIENCE {
                root.failures = 0;
                root.share *= LESS;
                root.trial.copy_from_slice(&root.best);
                root.relaxation.turn();
                root.relaxation.ask(instance, &root.domain, &root.trial, false);
            }
        }
        let try_it = root.rounds.is_multiple_of(REPAIR) || root.relaxation.is_assignment(&root.domain);
        let found = try_it.then(|| repair(instance, &root.domain, &root.relaxation, &root.trial)).flatten();
        root.relaxation.step(instance, &root.domain, &mut root.trial, self.value << BITS, root.share);
        let settled = root.rounds >= ROUNDS || root.share <= LEAST_SHARE;
        if settled {
            root.relaxation.ask(instance, &root.domain, &root.best, true);
        }
        let work = root.relaxation.work - before;
        if settled {
            let limits = (0..instance.items.len()).map(|item| root.relaxation.bound_with(instance, item)).collect();
            let signs = Signs::new(instance, std::mem::take(&mut root.best), limits);
            self.stage = Stage::Search(signs, None, 0);
        }
        if let Some(taken) = found {
            self.offer(&taken);
        }
        work
    }

    /// The tree and a search around the best assignment, or two of these, each with as much work.
    fn side_by_side(&mut self) -> u64 {
        let Stage::Search(signs, proof, turns) = &mut self.stage else { return 0 };
        let (instance, bound) = (&self.instance, self.bound);
        let [first, second] = &mut self.improvers;
        *turns += 1;
        if bound - self.value > CLOSE && turns.is_multiple_of(2) {
            let signs = &*signs;
            let (one, other) =
                rayon::join(|| first.step(instance, signs, bound, TURN), || second.step(instance, signs, bound, TURN));
            [one.1, other.1].into_iter().flatten().for_each(|taken| self.offer(&taken));
            return one.0 + other.0;
        }
        let proof = proof.get_or_insert_with(|| Box::new(Proof::new(instance, signs, &self.taken, bound)));
        let nodes = proof.tree.nodes;
        let signs = &*signs;
        let ((asked, outcome), (improved, better)) =
            rayon::join(|| proof.ask(TURN), || first.step(instance, signs, bound, TURN));
        self.nodes += proof.tree.nodes - nodes;
        match outcome {
            Outcome::Open => {}
            Outcome::Refuted => {
                self.bound -= 1;
                if let Stage::Search(_, proof, _) = &mut self.stage {
                    *proof = None;
                }
            }
            Outcome::Found(taken) => {
                let taken: Vec<u32> = taken.iter().map(|item| proof.items[*item as usize]).collect();
                self.offer(&taken);
            }
        }
        if let Some(taken) = better {
            self.offer(&taken);
        }
        asked + improved
    }
}

/// The most a job can be worth.
fn most(instance: &Instance, of: &[u32]) -> i64 {
    of.iter().map(|item| instance.items[*item as usize].profit).max().unwrap_or(0)
}

/// First prices: what the second best agent would give for each job.
fn first_prices(instance: &Instance) -> Prices {
    let second = |of: &Vec<u32>| {
        let mut profits: Vec<i64> = of.iter().map(|item| instance.items[*item as usize].profit).collect();
        profits.sort_unstable();
        profits.iter().rev().nth(1).or(profits.last()).copied().unwrap_or(0) << BITS
    };
    instance.of_job.iter().map(second).collect()
}

impl Proof {
    fn new(instance: &Instance, signs: &Signs, taken: &[u32], target: i64) -> Self {
        let all: Vec<u32> = (0..instance.jobs() as u32).collect();
        let near = |item: u32| signs.limits[item as usize] >= target << BITS;
        let (part, items) = instance.part(&all, taken, &near);
        let tree = Tree::new(Domain::new(&part), &signs.prices, target, EFFORT);
        Proof { part, items, tree }
    }

    /// Works for about so many elementary operations, or until there is an answer.
    fn ask(&mut self, budget: u64) -> (u64, Outcome) {
        let before = self.tree.work();
        loop {
            let outcome = self.tree.advance(&self.part);
            let work = self.tree.work() - before;
            if work >= budget || !matches!(outcome, Outcome::Open) {
                return (work, outcome);
            }
        }
    }
}
