//! Plain transportation: a level of a piece that only says how many units of which need sit in which sessions, solved exactly
//! as a network.
//!
//! ```text
//! Formulation ──instance──▶ sources, sinks, arcs ──network simplex──▶ flow, dual values ──▶ point, bound
//! ```

mod instance;
mod network;
#[cfg(test)]
mod tests;

use self::instance::{Arcs, recognise};
use self::network::Network;
use super::formulate::Formulation;
use super::search::settle::settle;

/// The search on one level of one formulation, and then on those below.
pub struct FlowSearch {
    arcs: Arcs,
    network: Network,
    bound: i64,
    done: bool,
    /// Elementary operations on this level, and how many when a point was last made of the flow.
    worked: u64,
    shown: u64,
}

impl FlowSearch {
    /// Prepares a level; `None` if it is more than transportation.
    pub fn new(formulation: &Formulation, level: usize) -> Option<Self> {
        let (arcs, network) = recognise(formulation, level)?;
        let mut search = FlowSearch { arcs, network, bound: 0, done: false, worked: 0, shown: 0 };
        search.begin();
        Some(search)
    }

    /// Goes on with the next level, among the flows that are best so far; `false` if it has not come to them, or if that level
    /// is more than transportation.
    pub fn turn_to(&mut self, formulation: &Formulation, level: usize) -> bool {
        let worths = self.arcs.worths(&formulation.program, level).filter(|_| self.done);
        if let Some(worths) = &worths {
            self.network.turn_to(worths);
            self.begin();
        }
        worths.is_some()
    }

    fn begin(&mut self) {
        self.bound = self.network.bound();
        self.done = false;
        self.worked = 0;
        // A point costs about an operation an arc: as much again is done between one and the next.
        self.shown = self.network.flow().len() as u64;
    }

    /// A bound of the level's value (constants left out); its best value in the end.
    pub fn bound(&self) -> i64 {
        self.bound
    }

    /// Whether nothing better is left.
    pub fn done(&self) -> bool {
        self.done
    }

    /// Works for about so many elementary operations; returns how many were done, and from time to time the flow so far, in
    /// the end the best, as a point, if it keeps the rows that the network leaves out as well.
    pub fn step(&mut self, formulation: &Formulation, budget: u64) -> (u64, Option<Vec<i64>>) {
        let work = self.network.work(budget);
        self.worked += work;
        self.done = self.network.optimal();
        if !self.done && self.worked < 2 * self.shown {
            return (work, None);
        }
        self.shown = self.worked;
        self.bound = self.bound.min(self.network.bound());
        (work, settle(formulation, self.arcs.point(&formulation.program, self.network.flow())))
    }
}
