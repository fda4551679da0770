//! Which levels of which programs are plain transportation: units of needs to seats that need nobody, and nothing else.

use super::super::formulate::Formulation;
use super::super::program::{Column, FREE, Program, Role};
use super::network::{Arc, Network};

/// No worth times a number of units may leave 62 bits.
const MOST_WORTH: i128 = 1 << 61;

/// The column of each arc of a network.
pub(super) struct Arcs(Vec<u32>);

/// A row that says how many units its session has room for: Σ seats·x ≤ size·sessions.
struct Seats {
    session: usize,
    each: i64,
    size: i64,
}

/// Reads a level as transportation, if that is all it is: each unit column in one row of a need and one of seats at most,
/// sessions that cost nothing on this level, and levels above that say nothing. Arcs are there for levels below as well.
pub(super) fn recognise(formulation: &Formulation, level: usize) -> Option<(Arcs, Network)> {
    let program = &formulation.program;
    let plain = formulation.only_seats()
        && program.role.iter().all(|role| matches!(role, Role::Session | Role::Units | Role::Total))
        && program.objectives[..level].iter().all(|above| above.entries.is_empty());
    if !plain {
        return None;
    }
    let worth = worths(program, level)?;
    let Rows { need_of, mut supply, slot_of, mut room, most_of } = rows(program)?;
    let (mut arcs, mut columns) = (Vec::new(), Vec::new());
    for column in wanted(program, level) {
        let upper = program.upper[column].min(most_of[column]);
        let at = |known: u32, rows: &mut Vec<i64>| {
            if known != u32::MAX {
                return known;
            }
            rows.push(upper);
            rows.len() as u32 - 1
        };
        let source = at(need_of[column], &mut supply);
        let sink = at(slot_of[column], &mut room);
        let most = upper.min(supply[source as usize]).min(room[sink as usize]);
        if most > 0 {
            arcs.push(Arc { source, sink, worth: worth[column], most });
            columns.push(column as u32);
        }
    }
    let network = Network::new(&supply, &room, &arcs);
    Some((Arcs(columns), network))
}

/// What a level counts each column for, if it counts units only.
fn worths(program: &Program, level: usize) -> Option<Vec<i64>> {
    let objective = &program.objectives[level];
    let units = |(column, _): &(Column, i64)| program.role[column.index()] == Role::Units;
    let size = |(column, amount): &(Column, i64)| {
        i128::from(amount.unsigned_abs()) * i128::from(program.upper[column.index()])
    };
    let sound = objective.entries.iter().all(units) && objective.entries.iter().map(size).sum::<i128>() < MOST_WORTH;
    sound.then(|| objective.by_column(program.columns()))
}

/// Units that a level or one below gains by, and none between them loses by: of others the best plan has none.
fn wanted(program: &Program, level: usize) -> impl Iterator<Item = usize> {
    let mut first = vec![0i64; program.columns()];
    for (column, amount) in program.objectives[level..].iter().flat_map(|objective| &objective.entries) {
        let known = &mut first[column.index()];
        *known = if *known == 0 { *amount } else { *known };
    }
    let units = |column: &usize| program.role[*column] == Role::Units;
    (0..first.len()).filter(move |column| first[*column] > 0).filter(units)
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

impl Arcs {
    /// What another level counts each arc for, if it counts units only.
    pub(super) fn worths(&self, program: &Program, level: usize) -> Option<Vec<i64>> {
        let worths = worths(program, level)?;
        Some(self.0.iter().map(|column| worths[*column as usize]).collect())
    }

    /// The decisions of a flow: units, and as many sessions as hold them.
    pub(super) fn point(&self, program: &Program, flow: &[i64]) -> Vec<i64> {
        let mut x = vec![0; program.columns()];
        for (column, units) in self.0.iter().zip(flow) {
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
}
