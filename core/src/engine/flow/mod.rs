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

use self::instance::{Instance, recognise};
use self::network::Network;
use super::formulate::Formulation;
use super::search::settle::settle;

/// The search on one level of one formulation.
pub struct FlowSearch {
    instance: Instance,
    network: Network,
    bound: i64,
    done: bool,
    /// Elementary operations so far, and when a point was last made of the flow.
    worked: u64,
    shown: u64,
}

impl FlowSearch {
    /// Prepares a level; `None` if it is more than transportation.
    pub fn new(formulation: &Formulation, level: usize) -> Option<Self> {
        let instance = recognise(formulation, level)?;
        let network = Network::new(&instance.supply, &instance.room, &instance.arcs);
        let bound = instance.bound_of_needs();
        // A point costs about an operation an arc: as much again is done between one and the next.
        let shown = instance.arcs.len() as u64;
        Some(FlowSearch { instance, network, bound, done: false, worked: 0, shown })
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
        if self.network.optimal() {
            let (needs, seats) = self.network.prices();
            self.bound = self.instance.bound(&needs, &seats);
            self.done = true;
        } else if self.worked < 2 * self.shown {
            return (work, None);
        }
        self.shown = self.worked;
        (work, settle(formulation, self.instance.point(&formulation.program, self.network.flow())))
    }
}
