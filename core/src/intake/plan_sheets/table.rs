use super::columns::Heading;
use super::fault::{Faults, PlanFault, PlanProblem};
use crate::intake::Sheet;

/// A sheet of a plan with its columns found.
pub(super) struct PlanTable {
    pub(super) heading: Heading,
    sheet: Sheet,
}

/// One row of it.
#[derive(Clone, Copy)]
pub(super) struct PlanRow<'t> {
    table: &'t PlanTable,
    position: usize,
}

impl PlanTable {
    pub(super) fn new(heading: Heading, mut sheet: Sheet) -> Self {
        for header in &mut sheet.header {
            // Either kind of brackets, as people type them.
            if header.contains("(元)") {
                *header = header.replace("(元)", "（元）");
            }
        }
        PlanTable { heading, sheet }
    }

    /// The rows, if all of these columns are there.
    pub(super) fn rows(&self, required: &[Heading], faults: &mut Faults) -> Vec<PlanRow<'_>> {
        let mut complete = true;
        for column in required {
            if self.column(*column).is_none() {
                complete = false;
                faults.push(PlanProblem::new(PlanFault::ColumnMissing, self.heading, "").at(1, *column));
            }
        }
        let rows = if complete { self.sheet.rows.len() } else { 0 };
        (0..rows).map(|position| PlanRow { table: self, position }).collect()
    }

    fn column(&self, heading: Heading) -> Option<usize> {
        self.sheet.header.iter().position(|header| heading.is(header))
    }
}

impl<'t> PlanRow<'t> {
    /// The text of a cell, trimmed; blank where there is no such column.
    pub(super) fn text(self, column: Heading) -> &'t str {
        let row = &self.table.sheet.rows[self.position];
        let cell = self.table.column(column).and_then(|at| row.cells.get(at));
        cell.map_or("", |text| text.trim())
    }

    /// The text of a cell that must not be blank.
    pub(super) fn required(self, column: Heading, faults: &mut Faults) -> Option<&'t str> {
        let text = self.text(column);
        if text.is_empty() {
            faults.push(self.problem(PlanFault::CellBlank, column, ""));
            return None;
        }
        Some(text)
    }

    /// A whole number; `None` if the cell is blank or, said as a problem, is none.
    pub(super) fn whole(self, column: Heading, faults: &mut Faults) -> Option<i64> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let number = text.parse().ok();
        if number.is_none() {
            faults.push(self.problem(PlanFault::NotANumber, column, text));
        }
        number
    }

    pub(super) fn problem(self, fault: PlanFault, column: Heading, value: &str) -> PlanProblem {
        let number = self.table.sheet.rows[self.position].number;
        PlanProblem::new(fault, self.table.heading, value).at(number, column)
    }
}
