//! One round of prices: "each job takes exactly one item" is relaxed, so that every agent packs what is worth most to it
//! after prices. Whatever the integer prices, what comes out is a bound, to the last digit.
//!
//! Sources: Fisher, Jaikumar & Van Wassenhove (1986) for the relaxation; Held & Karp (1971) and Polyak (1969) for the
//! steps; Posta, Ferland & Michelon, *An exact method with variable fixing for solving the generalized assignment problem*
//! (2012), for what forcing an item costs.

use super::domain::{Domain, NONE};
use super::instance::Instance;
use super::knapsack::{Entry, Packed, Tables};

/// Fractional bits of a price.
pub(super) const BITS: u32 = 16;
/// Cells of a table done in the time of one elementary operation.
const CELLS: u64 = 4;
/// The weight of the last direction in the next.
const INERTIA: f64 = 0.3;
/// A direction shorter than this, squared, leads nowhere.
const SHORTEST: f64 = 1e-2;

/// Prices of jobs, in units of `2^-BITS`.
pub(super) type Prices = Vec<i64>;

/// What agents answer to prices, and where it is all kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Relaxation {
    tables: Tables,
    packed: Packed,
    entries: Vec<Entry>,
    ids: Vec<u32>,
    others: Vec<u32>,
    /// Items taken by agents.
    pub(super) picked: Vec<u32>,
    /// How many agents took each job.
    pub(super) count: Vec<u32>,
    /// No assignment within the domain is worth more, in units of `2^-BITS`.
    pub(super) bound: i64,
    /// What forcing each open item in would cost its agent; for a taken one, what leaving it out would.
    costs: Vec<i64>,
    is_picked: Vec<bool>,
    drops: Vec<i64>,
    direction: Vec<f64>,
    /// Elementary operations so far.
    pub(super) work: u64,
}

impl Relaxation {
    /// Asks every agent; `forced` also finds what forcing each item costs.
    pub(super) fn ask(&mut self, instance: &Instance, domain: &Domain, prices: &Prices, forced: bool) {
        self.picked.clear();
        self.count.clear();
        self.count.resize(instance.jobs(), 0);
        if forced {
            self.costs.resize(instance.items.len(), 0);
            self.is_picked.clear();
            self.is_picked.resize(instance.items.len(), false);
            self.drops.clear();
            self.drops.resize(instance.jobs(), 0);
        }
        let free = prices.iter().zip(&domain.chosen).filter(|p| *p.1 == NONE).map(|p| *p.0);
        self.bound = (domain.profit << BITS) + free.sum::<i64>();
        self.work += instance.items.len() as u64 / CELLS + instance.jobs() as u64;
        for agent in 0..instance.agents() {
            self.ask_one(instance, domain, prices, agent, forced);
        }
    }

    fn ask_one(&mut self, instance: &Instance, domain: &Domain, prices: &Prices, agent: usize, forced: bool) {
        self.entries.clear();
        self.ids.clear();
        self.others.clear();
        for index in instance.items_of(agent).filter(|i| domain.is_free(*i)) {
            let item = &instance.items[index];
            let worth = (item.profit << BITS) - prices[item.job as usize];
            if worth > 0 {
                self.entries.push((worth, item.weight));
                self.ids.push(index as u32);
            } else if forced {
                self.others.push(index as u32);
            }
        }
        if self.entries.is_empty() && !forced {
            return;
        }
        let left = domain.left[agent];
        self.tables.pack(&self.entries, left, forced, &mut self.packed);
        self.work += self.packed.work / CELLS;
        self.bound += self.packed.value;
        for (position, &index) in self.ids.iter().enumerate() {
            let job = instance.items[index as usize].job as usize;
            if self.packed.taken[position] {
                self.picked.push(index);
                self.count[job] += 1;
            }
            if forced {
                let loss = self.packed.losses[position];
                self.costs[index as usize] = loss;
                if self.packed.taken[position] {
                    self.is_picked[index as usize] = true;
                    self.drops[job] += loss;
                }
            }
        }
        for &index in &self.others {
            let item = &instance.items[index as usize];
            let worth = (item.profit << BITS) - prices[item.job as usize];
            let within = self.tables.within(left - item.weight);
            self.costs[index as usize] = self.packed.value - within - worth;
        }
    }

    /// After a forced round: no assignment within the domain that takes the item is worth more. Every other agent that
    /// wants the job must leave it.
    pub(super) fn bound_with(&self, instance: &Instance, index: usize) -> i64 {
        let cost = self.costs[index];
        let drops = self.drops[instance.items[index].job as usize];
        self.bound - drops + if self.is_picked[index] { cost } else { -cost }
    }

    /// Whether every job is taken exactly once: then the answers are an assignment, and the best.
    pub(super) fn is_assignment(&self, domain: &Domain) -> bool {
        self.count.iter().zip(&domain.chosen).all(|(count, chosen)| *chosen != NONE || *count == 1)
    }

    /// Forgets the last direction.
    pub(super) fn turn(&mut self) {
        self.direction.clear();
    }

    /// Moves prices against what is taken too little or too much, by a share of the way to a bound (Polyak).
    pub(super) fn step(&mut self, instance: &Instance, domain: &Domain, prices: &mut Prices, target: i64, share: f64) {
        self.direction.resize(prices.len(), 0.0);
        let mut square = 0.0;
        for (job, direction) in self.direction.iter_mut().enumerate() {
            let slack = if domain.chosen[job] == NONE { 1.0 - f64::from(self.count[job]) } else { 0.0 };
            *direction = slack + INERTIA * (*direction);
            if domain.chosen[job] != NONE {
                *direction = 0.0;
            }
            square += *direction * *direction;
        }
        if square < SHORTEST {
            return;
        }
        let most = instance.dearest << BITS;
        let length = share * (self.bound - target).max(1) as f64 / square;
        for (price, direction) in prices.iter_mut().zip(&self.direction) {
            let moved = price.saturating_sub((length * direction).round() as i64);
            *price = moved.clamp(-most, most);
        }
    }
}
