//! Gathers the problems of one reading.

use super::{Reading, in_order, problem};
use crate::intake::meaning::fit_to_show;
use crate::intake::{Sheets, columns};
use crate::lists::Table;
use crate::problem::{Code, Problem};

/// The most errors, and the most warnings, that are told; the rest is counted.
const MOST_TOLD: usize = 200;

/// The problems of one reading.
#[derive(Debug, Default)]
pub(super) struct Faults {
    problems: Vec<Problem>,
    errors: usize,
    warnings: usize,
    more: usize,
}

impl Faults {
    /// A problem of the case or a whole file.
    pub(super) fn file(&mut self, code: Code, value: &str, details: &[&str]) {
        self.push(problem(code, None, value, details));
    }

    /// A problem of a whole table.
    pub(super) fn table(&mut self, code: Code, table: Table, value: &str, details: &[&str]) {
        self.push(problem(code, Some(table), value, details));
    }

    /// A problem of a row.
    pub(super) fn row(&mut self, code: Code, table: Table, row: u32, value: &str, details: &[&str]) {
        self.push(Problem { row: Some(row), ..problem(code, Some(table), value, details) });
    }

    /// A problem of a cell; `header` is the header as written.
    pub(super) fn cell(&mut self, code: Code, (table, row, header): (Table, u32, &str), value: &str, details: &[&str]) {
        let column = columns::find(table, header).map_or(header, |c| c.name);
        let column = Some(column.to_owned());
        self.push(Problem { row: Some(row), column, ..problem(code, Some(table), value, details) });
    }

    /// Adds a problem, or counts it once too many were told. What a message repeats of a file — names, headers, error
    /// values — is cut short, and left out where it holds an identity or mobile number.
    pub(super) fn push(&mut self, mut problem: Problem) {
        let told = if problem.is_error() { &mut self.errors } else { &mut self.warnings };
        if *told == MOST_TOLD {
            self.more += 1;
        } else {
            *told += 1;
            problem.value = fit_to_show(&problem.value);
            problem.column = problem.column.as_deref().map(fit_to_show);
            for detail in &mut problem.details {
                *detail = fit_to_show(detail);
            }
            self.problems.push(problem);
        }
    }

    /// What was read, with the problems in order.
    pub(super) fn into_reading(mut self, mut sheets: Sheets) -> Reading {
        self.problems.sort_by(in_order);
        sheets.sheets.sort_by_key(|s| s.table);
        Reading { sheets, problems: self.problems, more: self.more }
    }
}
