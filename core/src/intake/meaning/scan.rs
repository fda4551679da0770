//! Looks through the text columns of every table for identity and mobile numbers.

use super::cell::trim;
use super::findings::{At, Findings, details};
use super::grid::Grid;
use super::privacy::{Personal, find};
use crate::intake::columns::{Value, columns, fold};
use crate::lists::Table;
use crate::problem::Code;

/// Reports each text column that holds such numbers and that the planner has not allowed by name.
pub(super) fn scan(tables: &[Grid<'_>], allowed: &[String], findings: &mut Findings) {
    let allowed_names: Vec<String> = allowed.iter().map(|name| fold(name)).collect();
    let mut used = vec![false; allowed.len()];
    let mut allows = |names: [&str; 2]| {
        let mut found = false;
        for (position, allowed) in allowed_names.iter().enumerate() {
            if names.iter().any(|name| !name.is_empty() && fold(name) == *allowed) {
                used[position] = true;
                found = true;
            }
        }
        found
    };
    for grid in tables {
        for (position, column) in columns(grid.table).iter().enumerate() {
            if allows([column.name, column.chinese]) || !is_text(column.value) {
                continue;
            }
            let Some(cell) = grid.cell_of(position) else { continue };
            match column.value {
                Value::Id | Value::Text => report(grid, column.name, texts(grid, cell), findings),
                _ => {
                    let coded = grid.coded(column.name);
                    let personal: Vec<Option<Personal>> = coded.texts.iter().map(|text| find(text)).collect();
                    if personal.iter().any(Option::is_some) {
                        let cells =
                            coded.codes.iter().map(|code| (*code > 0).then(|| personal[*code as usize - 1]).flatten());
                        report(grid, column.name, cells, findings);
                    }
                }
            }
        }
        for (cell, header) in &grid.unknown {
            if !allows([header, ""]) {
                report(grid, header, texts(grid, *cell), findings);
            }
        }
    }
    report_unused(tables, allowed, &used, findings);
}

/// What the cells of a column hold.
fn texts<'g>(grid: &'g Grid<'_>, cell: usize) -> impl Iterator<Item = Option<Personal>> + 'g {
    grid.rows.iter().map(move |row| row.cells.get(cell).and_then(|text| find(text)))
}

fn report(grid: &Grid<'_>, column: &str, cells: impl Iterator<Item = Option<Personal>>, findings: &mut Findings) {
    let mut seen: [(usize, u32); 2] = [(0, 0); 2];
    for (row, personal) in cells.enumerate() {
        let Some(personal) = personal else { continue };
        let (count, first) = &mut seen[personal as usize];
        if *count == 0 {
            *first = grid.number(row);
        }
        *count += 1;
    }
    for (code, (count, first)) in [Code::IdentityNumbers, Code::MobileNumbers].into_iter().zip(seen) {
        if count > 0 {
            let at = At { table: grid.table, row: Some(first), column: Some(column) };
            findings.add(at, code, "", details![count]);
        }
    }
}

/// Whether cells of this kind are text rather than numbers, dates or a few fixed words.
fn is_text(value: Value) -> bool {
    !matches!(
        value,
        Value::Integer(..)
            | Value::Points(..)
            | Value::Money
            | Value::Amount
            | Value::Boolean
            | Value::Choice(_)
            | Value::Degrees(..)
            | Value::Date
            | Value::SettingKey
            | Value::SettingValue
    )
}

/// A name in `allow_columns` that no table has would allow nothing.
fn report_unused(tables: &[Grid<'_>], allowed: &[String], used: &[bool], findings: &mut Findings) {
    let grid = &tables[Table::Settings as usize];
    for (name, _) in allowed.iter().zip(used).filter(|(_, used)| !**used) {
        let is_key = |row: &usize| {
            let key = crate::intake::columns::setting(grid.text(*row, "key"));
            key.is_some_and(|key| key.name == "allow_columns")
        };
        if let Some(row) = (0..grid.rows.len()).find(is_key) {
            findings.add(grid.at(row, "value"), Code::AllowsNothing, trim(name), Vec::new());
        }
    }
}
