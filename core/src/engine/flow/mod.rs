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
    /// Once it is optimal.
    bound: Option<i64>,
}

impl FlowSearch {
    /// Prepares a level; `None` if it is more than transportation.
    pub fn new(formulation: &Formulation, level: usize) -> Option<Self> {
        let instance = recognise(formulation, level)?;
        let network = Network::new(&instance.supply, &instance.room, &instance.arcs);
        Some(FlowSearch { instance, network, bound: None })
    }

    /// A bound of the level's value (constants left out), once there is one.
    pub fn bound(&self) -> Option<i64> {
        self.bound
    }

    /// Works for about so many elementary operations; returns how many were done, and the best point once it is known, if it
    /// keeps the rows that the network leaves out as well.
    pub fn step(&mut self, formulation: &Formulation, budget: u64) -> (u64, Option<Vec<i64>>) {
        let work = self.network.work(budget);
        if !self.network.optimal() || self.bound.is_some() {
            return (work, None);
        }
        let (needs, seats) = self.network.prices();
        self.bound = Some(self.instance.bound(&needs, &seats));
        (work, settle(formulation, self.instance.point(&formulation.program, self.network.flow())))
    }
}
