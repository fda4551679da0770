//! Money and goods: each session draws what it costs. What an indicator costs (the launch of a project) belongs to no session;
//! it is given back when the indicator falls.

use std::sync::Arc;

use super::super::program::Column;
use super::rebuild::{Rebuild, Signs};

impl Rebuild {
    /// Draws what the steps since a mark cost, and the indicators that they raised.
    pub(super) fn pay(&mut self, mark: usize, signs: &Signs) -> bool {
        let formulation = Arc::clone(&self.formulation);
        let program = &formulation.program;
        let mut rows: Vec<u32> = Vec::new();
        for (column, _) in self.state.since(mark) {
            let column = Column(*column);
            let mut add = |paid: Column| {
                let balances = program.column_of(paid).iter().map(|e| e.0.0).filter(|r| self.index.group(*r).is_some());
                rows.extend(balances);
            };
            add(column);
            if self.state.raises(column) {
                program.links_of(column).for_each(add);
            }
        }
        rows.sort_unstable();
        rows.dedup();
        for row in rows {
            let Some(group) = self.index.group(row) else { continue };
            let group = &formulation.groups[group];
            loop {
                let missing = program.row_lower[row as usize] - self.state.activity(row);
                if missing <= 0 {
                    break;
                }
                let supply = group
                    .supplies
                    .iter()
                    .filter_map(|s| s.1)
                    .filter(|c| self.state.room(c.0) > 0)
                    .max_by_key(|c| signs.net[c.index()]);
                let Some(column) = supply else { return false };
                let room = self.state.room(column.0).min(missing);
                self.state.step(column.0, room);
            }
        }
        true
    }

    /// Indicators that a session in a slot would raise, and that cost something.
    pub(super) fn dear(&self, held: u32) -> Vec<Column> {
        if !self.state.raises(Column(held)) {
            return Vec::new();
        }
        let program = &self.formulation.program;
        let costs = |i: &Column| program.column_of(*i).iter().any(|(row, _)| self.index.group(row.0).is_some());
        program.links_of(Column(held)).filter(|i| self.state.x[i.index()] == 0).filter(costs).collect()
    }

    /// Takes what indicators cost out of the steps of the session that raised them.
    pub(super) fn set_apart(&mut self, indicators: &[Column], steps: &mut Vec<(u32, i64)>) {
        let program = &self.formulation.program;
        for (row, value) in indicators.iter().flat_map(|i| program.column_of(*i)) {
            let Some(group) = self.index.group(row.0) else { continue };
            let mut cost = -value;
            for column in self.formulation.groups[group].supplies.iter().filter_map(|s| s.1) {
                for step in steps.iter_mut().filter(|s| s.0 == column.0) {
                    let part = step.1.min(cost);
                    step.1 -= part;
                    cost -= part;
                    self.apart.push((column.0, part));
                }
            }
        }
        steps.retain(|s| s.1 != 0);
        self.apart.retain(|a| a.1 != 0);
    }

    /// Gives back what was drawn for indicators that have fallen.
    pub(super) fn give_back(&mut self) {
        let program = &self.formulation.program;
        for (column, amount) in &mut self.apart {
            let balance = program.column_of(Column(*column)).iter().find(|e| self.index.group(e.0.0).is_some());
            let Some((row, _)) = balance else { continue };
            let back = (self.state.activity(row.0) - program.row_upper[row.index()]).min(*amount);
            if back > 0 {
                self.state.step(*column, -back);
                *amount -= back;
            }
        }
        self.apart.retain(|a| a.1 != 0);
    }
}
