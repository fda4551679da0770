//! Depth-first branch and bound for one question: is there an assignment worth at least so much?
//!
//! At each node prices take a few rounds; items that no such assignment can have (or leave) are fixed; then one item is
//! tried in and after that out. Asking for the bound itself first, and for one less whenever that is refuted, makes fixing
//! as strong as can be, and each refutation is a better bound. Source: Posta, Ferland & Michelon (2012).

use super::domain::{Domain, NONE};
use super::instance::Instance;
use super::relaxation::{BITS, Prices, Relaxation};
use super::repair::repair;

/// The first share of the way that steps go at a node, and what becomes of it after a round that brings nothing.
const SHARE: f64 = 1.0;
const LESS: f64 = 0.75;
/// Items fixed by a node, as a share of those open, that make it worth asking again.
const WORTH_ANOTHER: usize = 20;

/// How much a tree does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    /// Rounds of prices at the first node.
    pub(super) first: u32,
    /// At a node that begins.
    pub(super) rounds: u32,
    /// After items have been fixed.
    pub(super) more: u32,
    /// One part in so many of what is open is taken at once, where agents agree; 0 for one item after the other. What a
    /// bold tree refutes is not refuted.
    pub(super) bold: usize,
}

/// What a step of the tree brought.
pub(super) enum Outcome {
    /// It is not over.
    Open,
    /// There is none.
    Refuted,
    /// Here is one.
    Found(Vec<u32>),
}

/// A node whose other branch waits.
struct Waiting {
    mark: usize,
    /// To be left out there.
    item: u32,
    prices: Prices,
}

/// The search.
pub(super) struct Tree {
    /// What is open at the node.
    domain: Domain,
    relaxation: Relaxation,
    target: i64,
    stack: Vec<Waiting>,
    trial: Prices,
    best: Prices,
    best_bound: i64,
    share: f64,
    rounds: u32,
    effort: Effort,
    failed: bool,
    /// Nodes looked at.
    pub(super) nodes: u64,
}

impl Tree {
    /// Asks for an assignment worth `target` (in units of the instance) within a domain, along some prices.
    pub(super) fn new(domain: Domain, prices: &Prices, target: i64, effort: Effort) -> Self {
        Tree {
            domain,
            relaxation: Relaxation::default(),
            target,
            stack: Vec::new(),
            trial: prices.clone(),
            best: prices.clone(),
            best_bound: i64::MAX,
            share: SHARE,
            rounds: effort.first,
            effort,
            failed: false,
            nodes: 1,
        }
    }

    /// Elementary operations so far.
    pub(super) fn work(&self) -> u64 {
        self.relaxation.work
    }

    /// One round of prices, and what follows from it.
    pub(super) fn advance(&mut self, instance: &Instance) -> Outcome {
        if self.failed {
            return self.back(instance);
        }
        if self.domain.undecided == 0 {
            // Nothing is open, and whatever is worth less would have been refuted.
            if self.domain.profit >= self.target {
                return Outcome::Found(self.domain.chosen.clone());
            }
            return self.back(instance);
        }
        let target = self.target << BITS;
        if self.rounds == 0 {
            return self.fix(instance, target);
        }
        self.rounds -= 1;
        self.relaxation.ask(instance, &self.domain, &self.trial, false);
        let bound = self.relaxation.bound;
        if bound < target {
            return self.back(instance);
        }
        if let Some(taken) = repair(instance, &self.domain, &self.relaxation, &self.trial)
            && instance.profit(&taken) >= self.target
        {
            return Outcome::Found(taken);
        }
        if self.relaxation.is_assignment(&self.domain) {
            // The best of the domain, and repair has seen it.
            return self.back(instance);
        }
        if bound < self.best_bound {
            self.best_bound = bound;
            self.best.copy_from_slice(&self.trial);
        } else {
            self.share *= LESS;
        }
        self.relaxation.step(instance, &self.domain, &mut self.trial, target - (1 << BITS), self.share);
        Outcome::Open
    }

    /// Fixes what the best prices of the node allow, and branches if that is little.
    fn fix(&mut self, instance: &Instance, target: i64) -> Outcome {
        self.relaxation.ask(instance, &self.domain, &self.best, true);
        let mark = self.domain.mark();
        let mut open = 0usize;
        for index in 0..instance.items.len() {
            if self.domain.is_free(index) {
                open += 1;
                if self.relaxation.bound_with(instance, index) < target {
                    self.domain.leave(instance, index);
                }
            }
        }
        if !self.domain.propagate(instance) {
            return self.back(instance);
        }
        let fixed = self.domain.mark() - mark;
        if fixed * WORTH_ANOTHER > open || self.domain.undecided == 0 {
            self.begin(self.effort.more);
            return Outcome::Open;
        }
        if self.effort.bold > 0 && self.dive(instance) {
            return Outcome::Open;
        }
        let Some(item) = self.branch(instance) else { return self.back(instance) };
        self.stack.push(Waiting { mark: self.domain.mark(), item, prices: self.best.clone() });
        self.domain.take(instance, item as usize);
        self.failed = !self.domain.propagate(instance);
        self.nodes += 1;
        self.begin(self.effort.rounds);
        Outcome::Open
    }

    fn begin(&mut self, rounds: u32) {
        self.rounds = rounds;
        self.trial.copy_from_slice(&self.best);
        self.best_bound = i64::MAX;
        self.share = SHARE;
        self.relaxation.turn();
    }

    /// Takes at once what agents agree about most clearly; `false` if that is nothing.
    fn dive(&mut self, instance: &Instance) -> bool {
        let mut sure: Vec<(i64, u32)> = Vec::new();
        for &item in &self.relaxation.picked {
            let job = instance.items[item as usize].job as usize;
            if self.domain.chosen[job] != NONE || self.relaxation.count[job] != 1 || !self.domain.is_free(item as usize)
            {
                continue;
            }
            let with = self.relaxation.bound_with(instance, item as usize);
            let others = instance.of_job[job].iter().filter(|o| **o != item && self.domain.is_free(**o as usize));
            let next = others.map(|o| self.relaxation.bound_with(instance, *o as usize)).max().unwrap_or(i64::MIN / 2);
            sure.push((next - with, item));
        }
        sure.sort_unstable();
        sure.truncate((self.domain.undecided / self.effort.bold).max(1));
        let Some(last) = sure.last() else { return false };
        self.stack.push(Waiting { mark: self.domain.mark(), item: last.1, prices: self.best.clone() });
        for (_, item) in sure {
            if self.domain.is_free(item as usize) {
                self.domain.take(instance, item as usize);
            }
        }
        self.failed = !self.domain.propagate(instance);
        self.nodes += 1;
        self.begin(self.effort.rounds);
        true
    }

    /// The item to try: of the job with the fewest items open (of those, one that agents disagree about), the one that
    /// leaves the highest bound.
    fn branch(&self, instance: &Instance) -> Option<u32> {
        let undecided = (0..instance.jobs()).filter(|job| self.domain.chosen[*job] == NONE);
        let job = undecided.min_by_key(|job| {
            let agreed = self.relaxation.count[*job] == 1;
            (agreed, self.domain.options(*job), *job)
        })?;
        let free = instance.of_job[job].iter().copied().filter(|item| self.domain.is_free(*item as usize));
        free.max_by_key(|item| (self.relaxation.bound_with(instance, *item as usize), std::cmp::Reverse(*item)))
    }

    /// Back to the last node whose other branch waits.
    fn back(&mut self, instance: &Instance) -> Outcome {
        let Some(waiting) = self.stack.pop() else { return Outcome::Refuted };
        self.domain.undo(instance, waiting.mark);
        self.domain.leave(instance, waiting.item as usize);
        self.failed = !self.domain.propagate(instance);
        self.best = waiting.prices;
        self.nodes += 1;
        self.begin(self.effort.rounds);
        Outcome::Open
    }
}
