//! Problems as they are found: however many there are, only the first of each sort are kept, and nothing private.

use std::collections::BinaryHeap;

use super::privacy;
use crate::lists::Table;
use crate::problem::{Code, Problem, Problems};

/// How many errors, and how many warnings, are kept.
const KEPT: usize = 200;

/// The longest value that is repeated, in characters.
const LONGEST_VALUE: usize = 60;

/// Where a problem stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    /// The table.
    pub table: Table,
    /// The row as seen in Excel.
    pub row: Option<u32>,
    /// The column by its English name.
    pub column: Option<&'a str>,
}

/// The problems found so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    errors: First,
    warnings: First,
}

/// The smallest few of many problems.
#[derive(Debug, Default)]
struct First {
    kept: BinaryHeap<Problem>,
    total: usize,
}

impl Findings {
    /// Adds a problem of a case as a whole, of a table, a row or a cell.
    ///
    /// The value is left out where it holds an identity or mobile number.
    pub fn add(&mut self, at: At<'_>, code: Code, value: &str, details: Vec<Detail>) {
        let first = if code.is_error() { &mut self.errors } else { &mut self.warnings };
        first.total += 1;
        if first.kept.len() == KEPT {
            let last = first.kept.peek().expect("the heap is full");
            if (Some(at.table), at.row) > (last.table, last.row) {
                return;
            }
        }
        first.kept.push(Problem {
            table: Some(at.table),
            row: at.row,
            column: at.column.map(fit_to_show),
            code,
            value: fit_to_show(value),
            details: details.into_iter().map(|detail| detail.0).collect(),
        });
        if first.kept.len() > KEPT {
            first.kept.pop();
        }
    }

    /// Whether there is an error.
    pub fn has_errors(&self) -> bool {
        self.errors.total > 0
    }

    /// The problems, where there is an error; otherwise the warnings and how many more there were.
    pub fn settle(self) -> Result<(Vec<Problem>, usize), Problems> {
        let failed = self.has_errors();
        let more = self.errors.total - self.errors.kept.len() + self.warnings.total - self.warnings.kept.len();
        let mut list = self.errors.kept.into_vec();
        list.append(&mut self.warnings.kept.into_vec());
        list.sort_unstable();
        if failed { Err(Problems { list, more }) } else { Ok((list, more)) }
    }
}

/// What the text of a problem needs beside the value, fit to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Detail(String);

impl From<&str> for Detail {
    fn from(text: &str) -> Self {
        Detail(fit_to_show(text))
    }
}

impl From<Option<&str>> for Detail {
    fn from(text: Option<&str>) -> Self {
        Detail(fit_to_show(text.unwrap_or("")))
    }
}

/// Numbers that intake computed are shown whatever their digits.
macro_rules! detail_from_number {
    ($($number:ty),*) => {$(
        impl From<$number> for Detail {
            fn from(number: $number) -> Self {
                Detail(number.to_string())
            }
        }
    )*};
}

detail_from_number!(i64, i128, u32, usize);

/// The details of a problem, in order.
macro_rules! details {
    ($($detail:expr),* $(,)?) => { vec![$($crate::intake::meaning::findings::Detail::from($detail)),*] };
}
pub(super) use details;

/// A text as it may be repeated: not too long, in one line, and without identity or mobile numbers.
pub(in crate::intake) fn fit_to_show(text: &str) -> String {
    if privacy::find(text).is_some() {
        return String::new();
    }
    let mut shown: String = text.chars().take(LONGEST_VALUE).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST_VALUE).is_some() {
        shown.push('\u{2026}');
    }
    shown
}
