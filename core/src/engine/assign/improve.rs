//! A better assignment near the best one: some jobs are freed, all others stay where they are, and a bold tree dives for
//! one that is worth more by a share of what is open. At first all jobs are free.
//!
//! Sources: Shaw, *Using constraint programming and local search methods* (1998), for the neighbourhoods; Sadykov,
//! Vanderbeck, Pessoa, Tahiri & Uchoa, *Primal heuristics for branch and price* (2019), for the dives.

use super::domain::Domain;
use super::instance::Instance;
use super::relaxation::{BITS, Prices};
use super::tree::{Effort, Outcome, Tree};
use crate::engine::random::Random;

/// Jobs freed at first, and at least.
const FIRST_JOBS: f64 = 16.0;
const FEWEST_JOBS: f64 = 6.0;
/// How the number of jobs freed changes after a neighbourhood that was searched to its end, and after one that was not.
const GROW: f64 = 1.02;
const SHRINK: f64 = 0.96;
/// Dives with all jobs free: the first asks for half of what is open, and each that fails for half of that.
const DIVES: u32 = 4;
/// What a neighbourhood asks for: one part in so many of what is open among its jobs.
const ASKED: i64 = 10;
/// How far prices are moved at random, as a part of what is open.
const NOISE: i64 = 8;
/// Items of a job that are tried.
const NEAR: usize = 8;
/// What the tree does: a node more for each job and it is given up.
const EFFORT: Effort = Effort { first: 20, rounds: 10, more: 6, bold: 12 };

/// What prices of the whole say.
pub(super) struct Signs {
    /// The best prices.
    pub(super) prices: Prices,
    /// The bound of assignments that have an item, in units of `2^-BITS`.
    pub(super) limits: Vec<i64>,
    /// Whether an item is one of the likeliest of its job.
    near: Vec<bool>,
}

impl Signs {
    /// Ranks the items of each job by their limits.
    pub(super) fn new(instance: &Instance, prices: Prices, limits: Vec<i64>) -> Self {
        let mut near = vec![false; limits.len()];
        for of in &instance.of_job {
            let mut ranked = of.clone();
            ranked.sort_unstable_by_key(|item| (std::cmp::Reverse(limits[*item as usize]), *item));
            ranked.iter().take(NEAR).for_each(|item| near[*item as usize] = true);
        }
        Signs { prices, limits, near }
    }
}

/// The search around the best assignment.
pub(super) struct Improver {
    /// The best assignment.
    taken: Vec<u32>,
    random: Random,
    /// How many jobs are freed, about.
    jobs: f64,
    around: Option<Around>,
    /// Dives with all jobs free that have failed.
    dives: u32,
}

/// A neighbourhood.
struct Around {
    part: Instance,
    /// Its jobs.
    free: Vec<u32>,
    /// The item of the whole for each item of the part.
    items: Vec<u32>,
    tree: Tree,
    whole: bool,
}

impl Improver {
    /// Starts from an assignment.
    pub(super) fn new(taken: Vec<u32>, seed: u64) -> Self {
        Improver { taken, random: Random::new(seed), jobs: FIRST_JOBS, around: None, dives: 0 }
    }

    /// Starts over from a better assignment.
    pub(super) fn restart(&mut self, taken: &[u32]) {
        self.taken.copy_from_slice(taken);
        self.around = None;
    }

    /// Works for about so many elementary operations, or until there is a better assignment. Returns the work done with
    /// it; it is not started over from until told so.
    pub(super) fn step(
        &mut self,
        instance: &Instance,
        signs: &Signs,
        bound: i64,
        budget: u64,
    ) -> (u64, Option<Vec<u32>>) {
        let mut work = 0;
        while work < budget {
            let next = self.around.take();
            let mut around = next.unwrap_or_else(|| {
                work += instance.items.len() as u64;
                self.neighbourhood(instance, signs, bound)
            });
            let before = around.tree.work();
            let outcome = around.tree.advance(&around.part);
            work += around.tree.work() - before + around.free.len() as u64;
            match outcome {
                Outcome::Found(taken) => {
                    let mut better = self.taken.clone();
                    for (job, item) in around.free.iter().zip(taken) {
                        better[*job as usize] = around.items[item as usize];
                    }
                    return (work, Some(better));
                }
                Outcome::Open if around.tree.nodes <= around.free.len() as u64 => self.around = Some(around),
                _ if around.whole => self.dives += 1,
                Outcome::Refuted => self.jobs = (self.jobs * GROW).min(instance.jobs() as f64),
                Outcome::Open => self.jobs = (self.jobs * SHRINK).max(FEWEST_JOBS),
            }
        }
        (work, None)
    }

    fn neighbourhood(&mut self, instance: &Instance, signs: &Signs, bound: i64) -> Around {
        let value = instance.profit(&self.taken);
        let open = (bound - value).max(1);
        let whole = self.dives < DIVES;
        let wanted = if whole { instance.jobs() } else { (self.jobs as usize).min(instance.jobs()) };
        let free = self.free(instance, wanted);
        let jobs = free.len() as i128;
        let asked = if whole {
            open >> (self.dives + 1)
        } else {
            (i128::from(open) * jobs / instance.jobs() as i128) as i64 / ASKED
        };
        // Half of the time prices are taken as they are.
        let noise = if self.random.below(2) == 0 { 0 } else { (open.min(instance.dearest) << BITS) / NOISE };
        let price = |job: &u32| signs.prices[*job as usize] + self.random.around(noise);
        let prices: Prices = free.iter().map(price).collect();
        let worth = (value + 1) << BITS;
        let near = |item: u32| signs.near[item as usize] && signs.limits[item as usize] >= worth;
        let (part, items) = instance.part(&free, &self.taken, &near);
        let here: i64 = free.iter().map(|job| instance.items[self.taken[*job as usize] as usize].profit).sum();
        let tree = Tree::new(Domain::new(&part), &prices, here + asked.max(1), EFFORT);
        Around { part, free, items, tree, whole }
    }

    /// All jobs of some agents, so many at least.
    fn free(&mut self, instance: &Instance, wanted: usize) -> Vec<u32> {
        let mut jobs_of: Vec<Vec<u32>> = vec![Vec::new(); instance.agents()];
        for (job, item) in self.taken.iter().enumerate() {
            jobs_of[instance.items[*item as usize].agent as usize].push(job as u32);
        }
        let mut free = Vec::new();
        while free.len() < wanted && !jobs_of.is_empty() {
            let agent = self.random.below(jobs_of.len() as u64) as usize;
            free.append(&mut jobs_of.swap_remove(agent));
        }
        free.sort_unstable();
        free
    }
}
