//! Generalized assignment: jobs to agents of limited capacity at least cost, as a case.
//!
//! ```text
//! Instance ──case──▶ Sheets: a job is a need of one unit, an agent a project of one session,
//!                    fit gives points (constant − cost) and seats (weight)
//! plan ──cost──▶ constant × jobs − value of the last level
//! ```

mod made;
mod read;

use sandan::intake::{Sheet, SheetRow, Sheets};
use sandan::lists::Table;

pub use made::{Class, make};
pub use read::{Known, known, read};

/// An instance: `agents` × `jobs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Cost of each job on each agent: `cost[agent][job]`.
    pub cost: Vec<Vec<i64>>,
    /// What each job takes of each agent.
    pub weight: Vec<Vec<i64>>,
    /// What each agent has.
    pub capacity: Vec<i64>,
}

impl Instance {
    /// How many agents.
    pub fn agents(&self) -> usize {
        self.capacity.len()
    }

    /// How many jobs.
    pub fn jobs(&self) -> usize {
        self.cost.first().map_or(0, Vec::len)
    }

    /// A constant that no cost exceeds, so that points are never negative.
    pub fn constant(&self) -> i64 {
        self.cost.iter().flatten().copied().max().unwrap_or(0)
    }

    /// The cost that a value of the last level stands for, all jobs being assigned; of a bound, the bound on cost.
    pub fn cost_of(&self, value: i64) -> i64 {
        self.constant() * self.jobs() as i64 - value
    }

    /// The instance as a case: every job must be assigned (first level), then the points count, one by one.
    pub fn case(&self) -> Sheets {
        let jobs: Vec<String> = (1..=self.jobs()).map(|j| format!("N{j:05}")).collect();
        let agents: Vec<String> = (1..=self.agents()).map(|a| format!("P{a:04}")).collect();
        let needs = jobs.iter().map(|j| vec![j.clone(), "C1".to_owned(), "job".to_owned(), "yes".to_owned()]);
        let projects = agents
            .iter()
            .zip(&self.capacity)
            .map(|(a, capacity)| vec![a.clone(), "job".to_owned(), (*capacity).max(1).to_string(), "1".to_owned()]);
        let constant = self.constant();
        let mut fits = Vec::new();
        for (a, agent) in agents.iter().enumerate() {
            for (j, job) in jobs.iter().enumerate() {
                let (cost, weight) = (self.cost[a][j], self.weight[a][j]);
                let points = if weight > self.capacity[a] { "x".to_owned() } else { (constant - cost).to_string() };
                fits.push(vec![job.clone(), agent.clone(), points, weight.max(1).to_string()]);
            }
        }
        let settings = [("levels", "must | quality"), ("weight.quality", "1"), ("gap", "0")];
        let settings = settings.map(|(key, value)| vec![key.to_owned(), value.to_owned()]);
        // Nobody is needed to hold a session, but the list must have a row.
        let nobody = vec!["R1".to_owned(), "nobody".to_owned()];
        let sheets = vec![
            sheet(Table::Needs, &["id", "place", "services", "must"], needs.collect()),
            sheet(Table::Projects, &["id", "services", "size", "max_sessions"], projects.collect()),
            sheet(Table::Resources, &["id", "roles"], vec![nobody]),
            sheet(Table::Fit, &["need", "project", "points", "load"], fits),
            sheet(Table::Settings, &["key", "value"], settings.to_vec()),
        ];
        Sheets { sheets, previous: None }
    }
}

fn sheet(table: Table, header: &[&str], rows: Vec<Vec<String>>) -> Sheet {
    let rows = (2..).zip(rows).map(|(number, cells)| SheetRow { number, cells }).collect();
    Sheet { table, header: header.iter().map(|h| (*h).to_owned()).collect(), rows }
}
