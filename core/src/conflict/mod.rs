//! Pins that cannot hold together: an irreducible set of limits, cells of the sheets, found by lifting them and asking
//! the engine again.
//!
//! ```text
//! Case ──limits──▶ Limits ──divide──▶ a set ──question──▶ possible? ──▶ Problems
//!          stake: what a plan that keeps the pins may touch at all
//! ```
//!
//! A set of limits is *irreducible* when
//!
//! * with every limit of the catalogue lifted but these, no plan keeps what is left, and
//! * with any one of them lifted too, there is one.
//!
//! Both are shown by solving; of long lists, each cell of a row of staff by a case of the few rows that make one session
//! (`sure`). The catalogue ([`Limits`]) holds the pins and every cell that can only hinder: each file
//! here says which cells of its tables are limits and which are facts. Where a set is a single pin, what it lacks is
//! not a cell but something nobody offers, and is named as such.
//!
//! The work is bounded ([`MAX_QUESTIONS`], [`MAX_STEPS`]); where it runs out the least set known is given, and said
//! not to be shown irreducible.

mod cells;
mod divide;
mod lacking;
mod limit;
mod needs;
mod projects;
mod question;
mod relaxed;
mod resources;
mod rest;
mod stake;
mod sure;

pub use limit::Limit;
pub use question::{Answer, Goal, MAX_QUESTIONS, MAX_STEPS, contradicted, possible};

use limit::Target;
use question::Questions;
use stake::Stake;

use crate::lists::{Case, NeedId, Pin, PinMode, ProjectId, ResourceId, Table};
use crate::problem::{Code, Problem, Problems};

/// Every limit of a case that may have to do with its pins.
pub struct Limits<'case> {
    case: &'case Case,
    stake: Stake,
    goal: Goal,
    list: Vec<Limit>,
}

impl<'case> Limits<'case> {
    /// Reads the limits of a case: those of rows that a session counted by a fix pin could touch, pinned rows first.
    pub fn new(case: &'case Case) -> Self {
        Limits::asked(case, Goal::Pins, Vec::new())
    }

    /// The same, where the minimum of the last rule is to be reached too: what its sessions touch is named by `asks`, fix
    /// pins of which one counts every session that the rule counts, each with the minimum.
    pub fn of_last_quota(case: &'case Case, asks: Vec<Pin>) -> Self {
        Limits::asked(case, Goal::LastQuota, asks)
    }

    fn asked(case: &'case Case, goal: Goal, asks: Vec<Pin>) -> Self {
        let stake = Stake::new(case, asks);
        let mut list = Vec::new();
        rest::pins(case, &mut list);
        rest::rules(case, &mut list);
        rest::settings(case, &mut list);
        let mut rows = Vec::new();
        for (index, _) in stake.needs.iter().enumerate().filter(|(_, at_stake)| **at_stake) {
            needs::list(case, NeedId::from(index), &mut rows);
        }
        for (index, _) in stake.projects.iter().enumerate().filter(|(_, at_stake)| **at_stake) {
            projects::list(case, ProjectId::from(index), &stake, &mut rows);
        }
        for (index, _) in stake.resources.iter().enumerate().filter(|(_, at_stake)| **at_stake) {
            resources::list(case, ResourceId::from(index), &mut rows);
        }
        rest::fits(case, &stake, &mut rows);
        let pinned = |limit: &Limit| {
            case.pins.iter().any(|pin| match limit.target {
                Target::Need(id, _) => pin.need == Some(id),
                Target::Project(id, _) | Target::Post(id, _) => pin.project == Some(id),
                Target::Resource(id, _) => pin.resource == Some(id),
                _ => false,
            })
        };
        rows.sort_by_key(|limit| !pinned(limit));
        list.extend(rows);
        Limits { case, stake, goal, list }
    }

    /// The limits.
    pub fn list(&self) -> &[Limit] {
        &self.list
    }

    /// The case with every limit lifted but these (positions in [`Limits::list`]).
    pub fn keeping(&self, kept: &[usize]) -> Case {
        relaxed::relaxed(self.case, &self.stake, &self.list, kept)
    }

    /// Leaves out of such a case what cannot matter to whether it has a plan.
    pub fn narrow(&self, case: &mut Case) {
        self.stake.narrow(case);
    }

    /// A set of limits that cannot hold together.
    pub fn conflict(&self) -> Conflict {
        self.conflict_within(1)
    }

    /// Positions of the limits of each column of the sheets, in the order in which they first stand.
    fn columns(&self) -> Vec<Vec<usize>> {
        type Column = (Table, Option<&'static str>);
        let mut columns: Vec<(Column, Vec<usize>)> = Vec::new();
        for (position, limit) in self.list.iter().enumerate() {
            let of = (limit.table, limit.column);
            match columns.iter_mut().find(|(known, _)| *known == of) {
                Some((_, list)) => list.push(position),
                None => columns.push((of, vec![position])),
            }
        }
        columns.into_iter().map(|(_, list)| list).collect()
    }

    /// The same with `patience` times the work (see [`MAX_STEPS`]).
    pub fn conflict_within(&self, patience: u64) -> Conflict {
        let plain = |limit: &Limit| match limit.target {
            Target::Pin(pin) => Some(&self.case.pins[pin])
                .filter(|pin| pin.mode == PinMode::Fix && pin.count > 0)
                .and_then(|pin| lacking::plain(self.case, pin)),
            _ => None,
        };
        // Pins stand first.
        let facts = self.list.iter().take(self.case.pins.len()).map(plain).enumerate();
        if let Some((pin, fact)) = facts.filter_map(|(at, fact)| Some((at, fact?))).next() {
            return Conflict { limits: vec![pin], irreducible: true, fact: Some(fact) };
        }
        let all: Vec<usize> = (0..self.list.len()).collect();
        let (mut set, irreducible) = divide::irreducible(&mut Questions::new(self, patience), &all, &self.columns());
        set.sort_unstable();
        let fact = match set[..] {
            [] if irreducible => {
                Some(self.stake.asks().first().map_or("not-offered", |pin| lacking::lacking(self.case, pin)))
            }
            [only] if irreducible => match self.list[only].target {
                Target::Pin(pin) if self.case.pins[pin].mode == PinMode::Fix => {
                    Some(lacking::lacking(self.case, &self.case.pins[pin]))
                }
                _ => None,
            },
            _ => None,
        };
        Conflict { limits: set, irreducible, fact }
    }
}

/// A set of limits that cannot hold together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Positions in [`Limits::list`], sorted.
    pub limits: Vec<usize>,
    /// Whether the set was shown to be impossible and each of its limits to matter. If not, the work ran out.
    pub irreducible: bool,
    /// For a pin that no cell hinders: what nobody offers, as a key of the texts of its problem.
    pub fact: Option<&'static str>,
}

/// Problems listed at most.
const LISTED: usize = 200;
/// Cells that each problem names at most.
const NAMED: usize = 12;

/// Names the limits that cannot hold together, one problem a limit, in order of table, row and column.
pub(crate) fn conflicting_pins(case: &Case) -> Problems {
    let limits = Limits::new(case);
    let conflict = limits.conflict();
    let mut set: Vec<&Limit> = conflict.limits.iter().map(|i| &limits.list[*i]).collect();
    set.sort_by_key(|limit| (limit.table, limit.row, limit.column));
    let word = conflict.fact.unwrap_or(if conflict.irreducible { "irreducible" } else { "not-shown" });
    let mut details = vec![word.to_owned()];
    details.extend(set.iter().take(NAMED).map(|limit| {
        let row = limit.row.map_or(String::new(), |row| row.to_string());
        // A setting has no row of its own: its value names it.
        let column = if limit.row.is_none() { limit.value.as_str() } else { limit.column.unwrap_or("") };
        format!("{}:{row}:{column}", limit.table.name())
    }));
    if set.len() > NAMED {
        details.push(format!("+{}", set.len() - NAMED));
    }
    let more = set.len().saturating_sub(LISTED);
    let list = set
        .into_iter()
        .take(LISTED)
        .map(|limit| Problem {
            table: Some(limit.table),
            row: limit.row,
            column: limit.column.map(str::to_owned),
            code: Code::PinsConflict,
            value: limit.value.clone(),
            details: details.clone(),
        })
        .collect();
    Problems { list, more }
}
