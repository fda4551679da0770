//! Which levels of which programs are plain transportation: units of needs to seats that need nobody, and nothing else.

use super::super::formulate::Formulation;
use super::super::program::{FREE, Program, Role};
use super::network::Arc;

/// No worth times a number of units may leave 62 bits.
const MOST_WORTH: i128 = 1 << 61;

/// Needs, seats and who may sit where.
pub(super) struct Instance {
    /// Units of each need.
    pub(super) supply: Vec<i64>,
    /// Units that each slot has room for.
    pub(super) room: Vec<i64>,
    pub(super) arcs: Vec<Arc>,
    /// The column of each arc.
    columns: Vec<u32>,
}

/// A row that says how many units its session has room for: Σ seats·x ≤ size·sessions.
struct Seats {
    session: usize,
    each: i64,
    size: i64,
}

/// Reads a level as transportation, if that is all it is: each unit column in one row of a need and one of seats at most,
/// sessions that cost nothing on this level, and levels above that say nothing.
pub(super) fn recognise(formulation: &Formulation, level: usize) -> Option<Instance> {
    let program = &formulation.program;
    let objective = &program.objectives[level];
    let plain = formulation.only_seats()
        && program.role.iter().all(|role| matches!(role, Role::Session | Role::Units | Role::Total))
        && program.objectives[..level].iter().all(|above| above.entries.is_empty())
        && objective.entries.iter().all(|(column, _)| program.role[column.index()] == Role::Units);
    if !plain {
        return None;
    }
    let worth = objective.by_column(program.columns());
    let Rows { need_of, supply, slot_of, room, most_of } = rows(program)?;
    let mut instance = Instance { supply, room, arcs: Vec::new(), columns: Vec::new() };
    let mut most: i128 = 0;
    for (column, worth) in worth.into_iter().enumerate().filter(|w| w.1 > 0) {
        let upper = program.upper[column].min(most_of[column]);
        let at = |known: u32, rows: &mut Vec<i64>| {
            if known != u32::MAX {
                return known;
            }
            rows.push(upper);
            rows.len() as u32 - 1
        };
        let source = at(need_of[column], &mut instance.supply);
        let sink = at(slot_of[column], &mut instance.room);
        let units = upper.min(instance.supply[source as usize]).min(instance.room[sink as usize]);
        if units > 0 {
            most += i128::from(worth) * i128::from(units);
            instance.arcs.push(Arc { source, sink, worth, most: units });
            instance.columns.push(column as u32);
        }
    }
    (most < MOST_WORTH).then_some(instance)
}

/// What rows say.
struct Rows {
    /// The need of each column, and what each need asks for.
    need_of: Vec<u32>,
    supply: Vec<i64>,
    /// The slot of each column, and what each slot has room for.
    slot_of: Vec<u32>,
    room: Vec<i64>,
    /// Units of each column at most.
    most_of: Vec<i64>,
}

fn rows(program: &Program) -> Option<Rows> {
    let none = vec![u32::MAX; program.columns()];
    let (supply, room, most_of) = (Vec::new(), Vec::new(), vec![i64::MAX; program.columns()]);
    let mut read = Rows { need_of: none.clone(), supply, slot_of: none, room, most_of };
    for row in 0..program.rows() {
        let (entries, lower, upper) = (program.row_of(row), program.row_lower[row], program.row_upper[row]);
        let units = || entries.iter().filter(|e| program.role[e.0.index()] == Role::Units);
        // What is said of sessions alone is left out, and held against the point that is found.
        if units().next().is_none() {
            continue;
        }
        let known = match sessions(program, row) {
            Some(seats) if seats.each <= 0 => seats.each == 0,
            Some(seats) => {
                let sessions = program.upper[seats.session];
                let all = (seats.size / seats.each).checked_mul(sessions)?;
                let exact = seats.size % seats.each == 0 || sessions == 1;
                let mut columns = units().map(|e| e.0.index());
                match (columns.next(), columns.next()) {
                    (Some(only), None) => {
                        read.most_of[only] = read.most_of[only].min(all);
                        exact
                    }
                    _ => exact && assign(&mut read.slot_of, units().map(|e| e.0.index()), all, &mut read.room),
                }
            }
            None => {
                let each = units().map(|e| e.1).next()?;
                let alike = units().count() == entries.len() && entries.iter().all(|e| e.1 == each);
                let idle = units().map(|(c, a)| i128::from(*a) * i128::from(program.upper[c.index()])).sum::<i128>()
                    <= i128::from(upper);
                let columns = units().map(|e| e.0.index());
                lower == -FREE
                    && each > 0
                    && alike
                    && (upper == FREE || idle || assign(&mut read.need_of, columns, upper / each, &mut read.supply))
            }
        };
        if !known {
            return None;
        }
    }
    Some(read)
}

/// Gives columns to a new need or slot; `false` if one has another already.
fn assign(of: &mut [u32], mut columns: impl Iterator<Item = usize>, amount: i64, amounts: &mut Vec<i64>) -> bool {
    let number = amounts.len() as u32;
    amounts.push(amount.max(0));
    columns.all(|column| std::mem::replace(&mut of[column], number) == u32::MAX)
}

/// Reads a row about a session: room for units (`each` of them alike), or that there are units in it (`each` 0).
fn sessions(program: &Program, row: usize) -> Option<Seats> {
    let (entries, lower, upper) = (program.row_of(row), program.row_lower[row], program.row_upper[row]);
    let mut of_sessions = entries.iter().filter(|e| program.role[e.0.index()] == Role::Session);
    let (session, size) = of_sessions.next().filter(|_| of_sessions.next().is_none())?;
    if entries.iter().any(|e| program.role[e.0.index()] == Role::Total) {
        return None;
    }
    let mut units = entries.iter().filter(|e| program.role[e.0.index()] == Role::Units).map(|e| e.1);
    let each = units.next().filter(|first| units.all(|a| a == *first)).unwrap_or(-1);
    let seats = |each: i64, size: i64| Seats { session: session.index(), each, size };
    let refused = seats(-1, 0);
    Some(match (lower, upper) {
        (_, FREE) if lower <= 0 && each >= 1 && *size >= -each => seats(0, 0),
        (lower, 0) if lower == -FREE && each >= 1 && *size < 0 => seats(each, -size),
        _ => refused,
    })
}

impl Instance {
    /// The decisions of a flow: units, and as many sessions as hold them.
    pub(super) fn point(&self, program: &Program, flow: &[i64]) -> Vec<i64> {
        let mut x = vec![0; program.columns()];
        for (column, units) in self.columns.iter().zip(flow) {
            x[*column as usize] = *units;
        }
        for row in 0..program.rows() {
            let Some(Seats { session, each, size }) = sessions(program, row).filter(|s| s.each > 0) else { continue };
            let units = program.row_of(row).iter().filter(|e| e.0.index() != session);
            let units: i64 = units.map(|(column, _)| x[column.index()]).sum();
            let held = if each > size { 0 } else { (units * each + size - 1) / size };
            x[session] = x[session].max(held);
        }
        x
    }

    /// What no plan exceeds: every unit where it is worth most, as if there were seats for all.
    pub(super) fn bound_of_needs(&self) -> i64 {
        let mut most = vec![0; self.supply.len()];
        for arc in &self.arcs {
            let known: &mut i64 = &mut most[arc.source as usize];
            *known = arc.worth.max(*known);
        }
        self.bound(&most, &vec![0; self.room.len()])
    }

    /// What no plan exceeds, at any prices of needs and of seats that are not below 0.
    pub(super) fn bound(&self, needs: &[i64], seats: &[i64]) -> i64 {
        let sum = |prices: &[i64], amounts: &[i64]| -> i128 {
            prices.iter().zip(amounts).map(|(price, amount)| i128::from(*price) * i128::from(*amount)).sum()
        };
        let left = self.arcs.iter().map(|arc| {
            let price = i128::from(needs[arc.source as usize]) + i128::from(seats[arc.sink as usize]);
            (i128::from(arc.worth) - price).max(0) * i128::from(arc.most)
        });
        let bound = sum(needs, &self.supply) + sum(seats, &self.room) + left.sum::<i128>();
        i64::try_from(bound).unwrap_or(i64::MAX / 4)
    }
}
