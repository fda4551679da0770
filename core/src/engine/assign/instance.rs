//! Which programs are generalized assignment: jobs, each to one agent at most, agents of limited capacity, nothing else.

use super::super::formulate::{Formulation, Slot};
use super::super::program::{FREE, Program, Role};
use super::super::search::bound::divisor_of;

/// Stands for "no column": an item that leaves its job undone.
const NO_COLUMN: u32 = u32::MAX;
/// Capacities up to which an agent's knapsack is solved exactly.
const MOST_CAPACITY: i64 = 50_000;
/// Entries of the largest table of a knapsack, and of all tables together.
const MOST_TABLE: u64 = 4_000_000;
const MOST_TABLES: u64 = 400_000_000;
/// The greatest profit times the number of items; larger ones are left to others, so that no sum can leave 64 bits.
const MOST_PROFIT: i64 = 1 << 42;

/// A job on an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// The job.
    pub(super) job: u32,
    /// The agent.
    pub(super) agent: u32,
    /// What it takes of the agent's capacity.
    pub(super) weight: u32,
    /// What it is worth, in units of the instance.
    pub(super) profit: i64,
    column: u32,
}

/// Every job must take exactly one of its items; a job that may be left undone has one for that, on an agent of its own
/// that takes no capacity.
#[derive(Clone, Debug)]
pub(super) struct Instance {
    /// By agent, then by job.
    pub(super) items: Vec<Item>,
    /// Where the items of each agent begin, and the end of the last.
    pub(super) starts: Vec<usize>,
    /// The capacity of each agent.
    pub(super) capacity: Vec<u32>,
    /// The items of each job.
    pub(super) of_job: Vec<Vec<u32>>,
    /// What one unit of profit is worth on the level.
    pub(super) unit: i64,
    /// The greatest profit of an item, either way, at least 1: no price needs to be further from 0 than that.
    pub(super) dearest: i64,
    held: Vec<u32>,
    columns: usize,
}

impl Instance {
    /// How many jobs.
    pub(super) fn jobs(&self) -> usize {
        self.of_job.len()
    }

    /// How many agents, that of jobs left undone among them.
    pub(super) fn agents(&self) -> usize {
        self.capacity.len()
    }

    /// The items of an agent.
    pub(super) fn items_of(&self, agent: usize) -> std::ops::Range<usize> {
        self.starts[agent]..self.starts[agent + 1]
    }

    /// The item of each job at a point; `None` if the point leaves a job undone that must not be.
    pub(super) fn read(&self, x: &[i64]) -> Option<Vec<u32>> {
        let there = |item: &&u32| {
            let column = self.items[**item as usize].column;
            column != NO_COLUMN && x.get(column as usize).is_some_and(|x| *x > 0)
        };
        let undone = |item: &&u32| self.items[**item as usize].column == NO_COLUMN;
        self.of_job.iter().map(|of| of.iter().find(there).or_else(|| of.iter().find(undone)).copied()).collect()
    }

    /// The point at which each job takes an item: sessions and units; nothing else is set.
    pub(super) fn point(&self, taken: &[u32]) -> Vec<i64> {
        let mut x = vec![0; self.columns];
        for item in taken.iter().map(|item| &self.items[*item as usize]).filter(|item| item.column != NO_COLUMN) {
            x[item.column as usize] = 1;
            x[self.held[item.agent as usize] as usize] = 1;
        }
        x
    }

    /// The part of it that some jobs make, all others staying where they are: only items that are near or taken, and what
    /// capacity is left. With the item here of each item there.
    pub(super) fn part(&self, free: &[u32], taken: &[u32], near: &dyn Fn(u32) -> bool) -> (Instance, Vec<u32>) {
        let mut left = self.capacity.clone();
        let mut is_free = vec![false; self.jobs()];
        free.iter().for_each(|job| is_free[*job as usize] = true);
        for (item, _) in taken.iter().zip(&is_free).filter(|t| !t.1) {
            let item = &self.items[*item as usize];
            left[item.agent as usize] -= item.weight;
        }
        let mut chosen: Vec<(u32, u32, u32)> = Vec::new();
        for (number, job) in free.iter().enumerate() {
            for &index in &self.of_job[*job as usize] {
                let item = &self.items[index as usize];
                let wanted = taken[*job as usize] == index || near(index);
                if wanted && item.weight <= left[item.agent as usize] {
                    chosen.push((item.agent, number as u32, index));
                }
            }
        }
        chosen.sort_unstable();
        let mut part = Instance {
            items: Vec::with_capacity(chosen.len()),
            starts: Vec::with_capacity(self.starts.len()),
            capacity: left,
            of_job: vec![Vec::new(); free.len()],
            unit: self.unit,
            dearest: self.dearest,
            held: Vec::new(),
            columns: 0,
        };
        let mut next = chosen.iter().peekable();
        for agent in 0..self.agents() {
            part.starts.push(part.items.len());
            while let Some((_, job, index)) = next.next_if(|c| c.0 as usize == agent) {
                part.of_job[*job as usize].push(part.items.len() as u32);
                part.items.push(Item { job: *job, ..self.items[*index as usize] });
            }
        }
        part.starts.push(part.items.len());
        (part, chosen.into_iter().map(|c| c.2).collect())
    }

    /// What items are worth together.
    pub(super) fn profit(&self, taken: &[u32]) -> i64 {
        taken.iter().map(|item| self.items[*item as usize].profit).sum()
    }
}

/// A session that may be held, and who may be in it.
struct Agent {
    held: u32,
    capacity: i64,
    /// (job, weight, column).
    jobs: Vec<(usize, i64, u32)>,
}

/// Reads a level as generalized assignment, if that is all it is: sessions of one slot each whose seats are a knapsack,
/// needs of which one unit (or one whole) can be served, and levels above that either say which needs must be served or
/// nothing.
pub(super) fn recognise(formulation: &Formulation, level: usize, keep: &[i64]) -> Option<Instance> {
    let program = &formulation.program;
    let known = |role: &Role| matches!(role, Role::Session | Role::Units);
    if !formulation.only_seats() || !program.role.iter().all(known) || !program.derived.is_empty() {
        return None;
    }
    let mut slot_of = vec![usize::MAX; program.columns()];
    for (s, slot) in formulation.slots.iter().enumerate() {
        if slot.many != 1 {
            return None;
        }
        slot.columns().for_each(|column| slot_of[column.index()] = s);
    }
    if slot_of.contains(&usize::MAX) {
        return None;
    }
    let (job_of, jobs, agents) = read_rows(formulation, &slot_of)?;
    let (must, allowed) = kept(program, &job_of, jobs, keep)?;
    let profits = worth(program, level)?;
    let is_free = |agent: &Agent| profits[agent.held as usize] == 0;
    if !agents.iter().all(is_free) {
        return None;
    }
    build(program, agents, &must, &allowed, &profits)
}

/// The job of each column, how many there are, and the agents.
fn read_rows(formulation: &Formulation, slot_of: &[usize]) -> Option<(Vec<usize>, usize, Vec<Agent>)> {
    let program = &formulation.program;
    let mut job_of = vec![usize::MAX; program.columns()];
    let mut jobs = 0;
    let mut seats: Vec<Option<usize>> = vec![None; formulation.slots.len()];
    for row in 0..program.rows() {
        let (lower, upper, entries) = (program.row_lower[row], program.row_upper[row], program.row_of(row));
        let sessions: Vec<_> = entries.iter().filter(|e| program.role[e.0.index()] == Role::Session).collect();
        match sessions[..] {
            [] => {
                let most: i128 =
                    entries.iter().map(|(c, a)| i128::from(*a) * i128::from(program.upper[c.index()])).sum();
                if lower != -FREE || entries.iter().any(|e| e.1 <= 0) {
                    return None;
                }
                if upper == FREE || most <= i128::from(upper) {
                    continue;
                }
                // One of these columns at most, by one step.
                let least = entries.iter().map(|e| e.1).min()?;
                if least <= upper / 2 || entries.iter().any(|(c, a)| *a > upper || job_of[c.index()] != usize::MAX) {
                    return None;
                }
                entries.iter().for_each(|e| job_of[e.0.index()] = jobs);
                jobs += 1;
            }
            [(held, value)] => {
                let slot = slot_of[held.index()];
                let units = || entries.iter().filter(|e| e.0 != *held);
                if units().any(|e| slot_of[e.0.index()] != slot || e.1 <= 0) {
                    return None;
                }
                let size = -value;
                if entries.len() == 1 {
                    // A session more or less by itself: at most one is there anyway.
                    if lower > 0 || (upper != FREE && upper < *value.max(&0)) || (lower != -FREE && *value < lower) {
                        return None;
                    }
                } else if lower == -FREE && upper == 0 && size > 0 {
                    if units().map(|e| e.1).sum::<i64>() > size && seats[slot].replace(row).is_some() {
                        return None;
                    }
                } else if upper == FREE && lower == 0 && size > 0 {
                    // A session needs something in it, and anything is enough.
                    if units().any(|e| e.1 < size) || entries.len() != formulation.slots[slot].units.len() + 1 {
                        return None;
                    }
                } else {
                    return None;
                }
            }
            _ => return None,
        }
    }
    // A unit that shares its need with no other has no row of its own that binds.
    for (column, role) in program.role.iter().enumerate() {
        if *role == Role::Units && job_of[column] == usize::MAX {
            if program.upper[column] > 1 {
                return None;
            }
            job_of[column] = jobs;
            jobs += 1;
        }
    }
    let agents = formulation.slots.iter().zip(&seats).map(|(slot, row)| agent(program, slot, *row, &job_of)).collect();
    Some((job_of, jobs, agents))
}

fn agent(program: &Program, slot: &Slot, row: Option<usize>, job_of: &[usize]) -> Agent {
    let held = slot.held.0;
    let entries = row.map_or(&[][..], |row| program.row_of(row));
    let weight = |column: u32| entries.binary_search_by_key(&column, |e| e.0.0).map_or(0, |at| entries[at].1);
    // Without a row that binds everything fits.
    let capacity = if row.is_some() { -weight(held) } else { 0 };
    let open = program.upper[slot.held.index()] > 0;
    let there = slot.units.iter().filter(|u| open && program.upper[u.column.index()] > 0);
    let mut jobs: Vec<_> = there.map(|u| (job_of[u.column.index()], weight(u.column.0), u.column.0)).collect();
    jobs.sort_unstable();
    Agent { held, capacity, jobs }
}

/// What a level counts each column for; `None` where that is too much.
fn worth(program: &Program, level: usize) -> Option<Vec<i64>> {
    let objective = &program.objectives[level];
    let sound = objective.entries.iter().all(|(_, amount)| amount.saturating_abs() <= MOST_PROFIT);
    sound.then(|| objective.by_column(program.columns()))
}

/// Jobs that the levels above ask for, and the columns they leave open; `None` where they ask for less than all they can
/// get, so that there is a choice.
fn kept(program: &Program, job_of: &[usize], jobs: usize, keep: &[i64]) -> Option<(Vec<bool>, Vec<bool>)> {
    let (mut must, mut allowed) = (vec![false; jobs], vec![true; program.columns()]);
    for (above, value) in keep.iter().enumerate() {
        let worth = worth(program, above)?;
        let (mut most, mut least) = (vec![0i64; jobs], vec![0i64; jobs]);
        for (column, worth) in worth.iter().enumerate() {
            match program.role[column] {
                Role::Units if program.upper[column] > 0 => {
                    let job = job_of[column];
                    most[job] = most[job].max(*worth);
                    least[job] = least[job].min(*worth);
                }
                Role::Session if *worth != 0 => return None,
                _ => {}
            }
        }
        if *value <= least.iter().sum::<i64>() {
            continue;
        }
        if *value < most.iter().sum::<i64>() {
            return None;
        }
        for (column, worth) in worth.iter().enumerate().filter(|c| program.role[c.0] == Role::Units) {
            let job = job_of[column];
            allowed[column] &= *worth == most[job];
            must[job] |= most[job] > 0;
        }
    }
    Some((must, allowed))
}

fn build(program: &Program, agents: Vec<Agent>, must: &[bool], allowed: &[bool], profits: &[i64]) -> Option<Instance> {
    let mut instance = Instance {
        items: Vec::new(),
        starts: vec![0],
        capacity: Vec::new(),
        of_job: vec![Vec::new(); must.len()],
        unit: divisor_of(profits.iter().copied()),
        dearest: 1,
        held: Vec::new(),
        columns: program.columns(),
    };
    let unit = instance.unit;
    let (mut tables, mut hard) = (0u64, 0);
    for (number, agent) in agents.into_iter().enumerate() {
        let open = |job: &&(usize, i64, u32)| allowed[job.2 as usize] && job.1 <= agent.capacity;
        let here: Vec<_> = agent.jobs.iter().filter(open).collect();
        let common = divisor_of(here.iter().map(|j| j.1));
        let capacity = agent.capacity / common;
        let table = here.len() as u64 * (capacity.unsigned_abs() + 1);
        tables += table;
        if capacity > MOST_CAPACITY || table > MOST_TABLE || tables > MOST_TABLES {
            return None;
        }
        hard += usize::from(here.iter().any(|j| j.1 != here[0].1));
        for (job, weight, column) in here {
            instance.of_job[*job].push(instance.items.len() as u32);
            instance.items.push(Item {
                job: *job as u32,
                agent: number as u32,
                weight: u32::try_from(weight / common).ok()?,
                profit: profits[*column as usize] / unit,
                column: *column,
            });
        }
        instance.starts.push(instance.items.len());
        instance.capacity.push(u32::try_from(capacity).ok()?);
        instance.held.push(agent.held);
    }
    // Where all jobs weigh the same the linear program says it all.
    if hard < 2 {
        return None;
    }
    for (job, _) in must.iter().enumerate().filter(|m| !m.1) {
        instance.of_job[job].push(instance.items.len() as u32);
        let undone = instance.capacity.len() as u32;
        instance.items.push(Item { job: job as u32, agent: undone, weight: 0, profit: 0, column: NO_COLUMN });
    }
    instance.dearest = instance.items.iter().map(|item| item.profit.abs()).fold(1, i64::max);
    if instance.dearest.saturating_mul(instance.items.len() as i64) > MOST_PROFIT {
        return None;
    }
    instance.starts.push(instance.items.len());
    instance.capacity.push(0);
    instance.held.push(NO_COLUMN);
    Some(instance)
}
