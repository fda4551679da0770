//! A better assignment near the best one: some jobs are freed, all others stay where they are, and the tree is asked for
//! one unit more. Source: Shaw, *Using constraint programming and local search methods* (1998), for the neighbourhoods.

use super::Random;
use super::domain::{Domain, NONE};
use super::instance::Instance;
use super::relaxation::Prices;
use super::tree::{Outcome, Tree};

/// Jobs freed at first, and at least.
const FIRST_JOBS: f64 = 16.0;
const FEWEST_JOBS: f64 = 6.0;
/// Nodes after which a neighbourhood is given up.
const NODES: u64 = 60;
/// How the number of jobs freed changes after a neighbourhood that was searched to its end, and after one that was not.
const GROW: f64 = 1.02;
const SHRINK: f64 = 0.96;

/// The search around the best assignment.
pub(super) struct Improver {
    /// The best assignment.
    pub(super) taken: Vec<u32>,
    random: Random,
    jobs: f64,
    tree: Option<Tree>,
    /// Neighbourhoods looked at.
    pub(super) looked: u64,
}

impl Improver {
    /// Starts from an assignment.
    pub(super) fn new(taken: Vec<u32>, seed: u64) -> Self {
        Improver { taken, random: Random::new(seed), jobs: FIRST_JOBS, tree: None, looked: 0 }
    }

    /// Starts over from a better assignment.
    pub(super) fn restart(&mut self, taken: &[u32]) {
        self.taken.copy_from_slice(taken);
        self.tree = None;
    }

    /// Works for about so many elementary operations, or until there is a better assignment. Returns the work done and
    /// whether there is one.
    pub(super) fn step(&mut self, instance: &Instance, prices: &Prices, budget: u64) -> (u64, bool) {
        let mut work = 0;
        while work < budget {
            let mut tree = match self.tree.take() {
                Some(tree) => tree,
                None => {
                    work += instance.items.len() as u64;
                    self.looked += 1;
                    self.neighbourhood(instance, prices)
                }
            };
            let before = tree.work();
            let outcome = tree.advance(instance);
            work += tree.work() - before + 50;
            match outcome {
                Outcome::Found(taken) => {
                    self.taken = taken;
                    return (work, true);
                }
                Outcome::Refuted => self.jobs = (self.jobs * GROW).min(instance.jobs() as f64),
                Outcome::Open if tree.nodes > NODES => self.jobs = (self.jobs * SHRINK).max(FEWEST_JOBS),
                Outcome::Open => self.tree = Some(tree),
            }
        }
        (work, false)
    }

    fn neighbourhood(&mut self, instance: &Instance, prices: &Prices) -> Tree {
        let wanted = (self.jobs as usize).min(instance.jobs());
        let free = if self.random.below(2) == 0 { self.agents(instance, wanted) } else { self.jobs(instance, wanted) };
        let mut domain = Domain::new(instance);
        for (job, item) in self.taken.iter().enumerate() {
            if !free[job] && domain.chosen[job] == NONE {
                domain.take(instance, *item as usize);
            }
        }
        // What follows is found by the tree's first rounds if it fails here: the best assignment is within the domain.
        let _ = domain.propagate(instance);
        Tree::new(domain, prices, instance.profit(&self.taken) + 1)
    }

    /// All jobs of some agents.
    fn agents(&mut self, instance: &Instance, wanted: usize) -> Vec<bool> {
        let mut free = vec![false; instance.jobs()];
        let mut left = wanted;
        let mut agents: Vec<usize> = (0..instance.agents()).collect();
        while left > 0 && !agents.is_empty() {
            let agent = agents.swap_remove(self.random.below(agents.len() as u64) as usize);
            for (job, item) in self.taken.iter().enumerate() {
                if instance.items[*item as usize].agent as usize == agent {
                    free[job] = true;
                    left = left.saturating_sub(1);
                }
            }
        }
        free
    }

    /// Jobs anywhere.
    fn jobs(&mut self, instance: &Instance, wanted: usize) -> Vec<bool> {
        let mut free = vec![false; instance.jobs()];
        let mut left = wanted;
        while left > 0 {
            let job = self.random.below(instance.jobs() as u64) as usize;
            if !free[job] {
                free[job] = true;
                left -= 1;
            }
        }
        free
    }
}
