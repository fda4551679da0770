//! A point under construction with the activity of every row, and a log to take steps back.

use super::super::program::{Column, FREE, Keep, Program, Role, Row};

/// A point that grows step by step.
pub struct Ledger<'p> {
    program: &'p Program,
    /// The point.
    pub x: Vec<i64>,
    activity: Vec<i64>,
    log: Vec<(Column, i64)>,
}

impl<'p> Ledger<'p> {
    /// Starts from the lower bounds.
    pub fn new(program: &'p Program) -> Self {
        let mut ledger =
            Ledger { program, x: vec![0; program.columns()], activity: vec![0; program.rows()], log: Vec::new() };
        for index in 0..program.columns() {
            if program.lower[index] != 0 {
                ledger.shift(Column(index as u32), program.lower[index]);
            }
        }
        ledger
    }

    /// A mark to go back to.
    pub fn mark(&self) -> usize {
        self.log.len()
    }

    /// Forgets marks: everything so far stays.
    pub fn keep(&mut self) {
        self.log.clear();
    }

    /// Takes back everything since a mark.
    pub fn undo(&mut self, mark: usize) {
        while self.log.len() > mark {
            let (column, amount) = self.log.pop().expect("the log is longer than the mark");
            self.shift(column, -amount);
        }
    }

    /// What has changed since a mark, in order.
    pub fn since(&self, mark: usize) -> &[(Column, i64)] {
        &self.log[mark..]
    }

    /// The activity of a row.
    pub fn activity(&self, row: Row) -> i64 {
        self.activity[row.index()]
    }

    fn shift(&mut self, column: Column, amount: i64) {
        self.x[column.index()] += amount;
        for (row, value) in self.program.column_of(column) {
            self.activity[row.index()] += value * amount;
        }
    }

    /// How far a column can go up without breaking an upper limit that is always kept; equalities are left to the end
    /// of a session.
    pub fn room(&self, column: Column) -> i64 {
        let mut room = self.program.upper[column.index()] - self.x[column.index()];
        for (row, value) in self.program.column_of(column) {
            let index = row.index();
            let (lower, upper) = (self.program.row_lower[index], self.program.row_upper[index]);
            if self.program.keep[index] != Keep::Always || lower == upper {
                continue;
            }
            if *value > 0 && upper != FREE {
                room = room.min((upper - self.activity[index]).max(0) / value);
            } else if *value < 0 && lower != -FREE {
                room = room.min((self.activity[index] - lower).max(0) / -value);
            }
        }
        room.max(0)
    }

    /// Like [`Ledger::room`], if `session` were one higher and indicators were raised: rows with either are left out.
    pub fn program_room(&self, column: Column, session: Column) -> i64 {
        let mut room = self.program.upper[column.index()] - self.x[column.index()];
        for (row, value) in self.program.column_of(column) {
            let index = row.index();
            let upper = self.program.row_upper[index];
            let entries = self.program.row_of(index);
            let waits = entries.len() == 2
                && entries.iter().any(|(c, _)| *c == session || self.program.role[c.index()] == Role::Indicator);
            if self.program.keep[index] != Keep::Always || upper == FREE || waits || *value < 0 {
                continue;
            }
            if entries.binary_search_by_key(&session, |e| e.0).is_err() {
                room = room.min((upper - self.activity[index]).max(0) / value);
            }
        }
        room.max(0)
    }

    /// Raises a column, and the indicators linked to it, by as much as there is room, at most `amount`. Returns by how
    /// much.
    pub fn raise(&mut self, column: Column, amount: i64) -> i64 {
        if amount <= 0 || self.program.upper[column.index()] <= self.x[column.index()] {
            return 0;
        }
        let mark = self.mark();
        let links: Vec<Column> = self.program.links_of(column).filter(|link| self.x[link.index()] == 0).collect();
        for link in links {
            if self.room(link) < 1 {
                self.undo(mark);
                return 0;
            }
            self.set(link, 1);
        }
        let step = self.room(column).min(amount);
        if step < 1 {
            self.undo(mark);
            return 0;
        }
        self.set(column, step);
        step
    }

    fn set(&mut self, column: Column, amount: i64) {
        self.shift(column, amount);
        self.log.push((column, amount));
    }

    /// The first row that does not hold after the steps since a mark: rows always kept (with their equalities) by the
    /// whole, rows of each session by the steps alone.
    pub fn broken(&self, mark: usize) -> Option<Row> {
        for (column, _) in &self.log[mark..] {
            for (row, _) in self.program.column_of(*column) {
                let index = row.index();
                let (lower, upper) = (self.program.row_lower[index], self.program.row_upper[index]);
                let activity = match self.program.keep[index] {
                    Keep::AtEnd => continue,
                    Keep::Always => self.activity[index],
                    Keep::EachSession => self.log[mark..]
                        .iter()
                        .map(|(c, amount)| {
                            let entries = self.program.row_of(index);
                            entries.binary_search_by_key(c, |e| e.0).map_or(0, |at| entries[at].1 * amount)
                        })
                        .sum(),
                };
                if activity > upper || activity < lower {
                    return Some(*row);
                }
            }
        }
        None
    }
}
