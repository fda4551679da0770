//! Part of a formulation set free while the rest stands still: a small program of its own.

use std::collections::BTreeMap;

use super::super::formulate::{FlowGroup, Formulation};
use super::super::program::{Column, Derived, FREE, Objective, Program, Role, Row};

/// A formulation of the free columns, and where they stand in the whole.
pub struct Restricted {
    /// Rows with what the fixed columns use taken off; no slots.
    pub formulation: Formulation,
    /// The column of the whole for each of its columns.
    pub columns: Vec<u32>,
}

/// Sets `free` columns (of sessions) free, with the indicators, flows and derived columns that hang on them.
pub fn restrict(whole: &Formulation, x: &[i64], free: &[u32]) -> Restricted {
    let from = &whole.program;
    let mut local: BTreeMap<u32, u32> = free.iter().map(|c| (*c, 0)).collect();
    let mut rows: Vec<u32> = Vec::new();
    for column in free {
        for (row, _) in from.column_of(Column(*column)) {
            rows.push(row.0);
        }
    }
    rows.sort_unstable();
    rows.dedup();
    // Flows of the rows that sessions touch; indicators and derived columns also where they hang on one another.
    let (mut next, touched) = (0, rows.len());
    while next < rows.len() {
        for (column, _) in from.row_of(rows[next] as usize) {
            let follows = match from.role[column.index()] {
                Role::Indicator | Role::Derived | Role::Total => true,
                Role::Flow => next < touched,
                _ => false,
            };
            if follows && local.insert(column.0, 0).is_none() {
                rows.extend(from.column_of(*column).iter().map(|(r, _)| r.0));
            }
        }
        next += 1;
    }
    rows.sort_unstable();
    rows.dedup();
    let columns: Vec<u32> = local.keys().copied().collect();
    for (position, here) in local.values_mut().enumerate() {
        *here = position as u32;
    }
    let here = |column: Column| local.get(&column.0).map(|c| Column(*c));
    let mut program = Program::default();
    for &column in &columns {
        let index = column as usize;
        program.column(from.role[index], from.lower[index], from.upper[index]);
    }
    // An indicator that a fixed column holds up stays up.
    for &column in columns.iter().filter(|c| from.role[**c as usize] == Role::Indicator) {
        for (row, value) in from.column_of(Column(column)) {
            let entries = from.row_of(row.index());
            let raised = *value < 0
                && from.row_upper[row.index()] == 0
                && entries.len() == 2
                && entries.iter().any(|(c, a)| *a > 0 && here(*c).is_none() && x[c.index()] > 0);
            if raised {
                program.lower[local[&column] as usize] = 1;
            }
        }
    }
    let mut row_here: BTreeMap<u32, Row> = BTreeMap::new();
    for &row in &rows {
        let index = row as usize;
        let (mut lower, mut upper) = (from.row_lower[index], from.row_upper[index]);
        let mut entries = Vec::new();
        let (mut least, mut most, mut fixed, mut total) = (0i64, 0i64, 0i64, false);
        for &(column, value) in from.row_of(index) {
            total |= from.role[column.index()] == Role::Total;
            match here(column) {
                Some(free) => {
                    entries.push((free, value));
                    let ends = (value * program.lower[free.index()], value * program.upper[free.index()]);
                    least = least.saturating_add(ends.0.min(ends.1));
                    most = most.saturating_add(ends.0.max(ends.1));
                }
                None => fixed += value * x[column.index()],
            }
        }
        if !total {
            lower = if lower == -FREE { lower } else { lower - fixed };
            upper = if upper == FREE { upper } else { upper - fixed };
        }
        if entries.is_empty() || (least >= lower && most <= upper) {
            continue;
        }
        if let Some(new) = program.row(from.keep[index], lower, entries, upper) {
            row_here.insert(row, new);
        }
    }
    for &column in &columns {
        for link in from.links_of(Column(column)) {
            if let (Some(a), Some(b)) = (here(Column(column)), here(link)) {
                program.links.push((a, b));
            }
        }
    }
    program.derived = derived(from, x, &here);
    program.objectives = from
        .objectives
        .iter()
        .map(|objective| Objective {
            entries: columns
                .iter()
                .enumerate()
                .filter_map(|(position, column)| {
                    let at = objective.entries.binary_search_by_key(column, |e| e.0.0).ok()?;
                    Some((Column(position as u32), objective.entries[at].1))
                })
                .collect(),
            constant: 0,
        })
        .collect();
    program.finish();
    let groups = whole
        .groups
        .iter()
        .filter_map(|group| {
            let row = *row_here.get(&group.row?.0)?;
            let supplies = group.supplies.iter().map(|(s, c)| (*s, c.and_then(here))).collect();
            Some(FlowGroup { item: group.item, supplies, row: Some(row) })
        })
        .collect();
    Restricted {
        formulation: Formulation {
            program,
            slots: Vec::new(),
            groups,
            exact: true,
            terms: BTreeMap::new(),
            fixes: Vec::new(),
            quotas: Vec::new(),
            held: BTreeMap::new(),
        },
        columns,
    }
}

/// Derived columns of the free part; what fixed columns give them stands as a constant.
fn derived(from: &Program, x: &[i64], here: &dyn Fn(Column) -> Option<Column>) -> Vec<Derived> {
    let split = |of: &[(Column, i64)]| {
        let mut fixed = 0i64;
        let mut free = Vec::new();
        for &(column, value) in of {
            match here(column) {
                Some(column) => free.push((column, value)),
                None => fixed += value * x[column.index()],
            }
        }
        (free, fixed)
    };
    let mut all = Vec::new();
    for derived in &from.derived {
        match derived {
            Derived::Sum { column, of } => {
                if let Some(column) = here(*column) {
                    all.push(Derived::Sum { column, of: of.iter().filter_map(|c| here(*c)).collect() });
                }
            }
            Derived::Fill { columns, of, constant } => {
                let free: Vec<Column> = columns.iter().filter_map(|c| here(*c)).collect();
                if free.len() == columns.len() {
                    let (of, fixed) = split(of);
                    all.push(Derived::Fill { columns: free, of, constant: constant + fixed });
                }
            }
            Derived::Missing { column, of, target } => {
                if let Some(column) = here(*column) {
                    let (of, fixed) = split(of);
                    all.push(Derived::Missing { column, of, target: target - fixed });
                }
            }
            Derived::Together { column, units, scale, with } => {
                if let (Some(column), Some(units)) = (here(*column), here(*units)) {
                    let with = with.iter().filter_map(|c| here(*c)).collect();
                    all.push(Derived::Together { column, units, scale: *scale, with });
                }
            }
        }
    }
    all
}
