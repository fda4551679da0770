//! Cuts a formulation into connected pieces: parts that share no row. Each can be solved on its own, in parallel, and
//! the best of the whole is the best of each.

use std::collections::BTreeMap;
use std::sync::Arc;

use petgraph::unionfind::UnionFind;

use super::formulate::{Fix, FlowGroup, Formulation, Held, Quota, Slot};
use super::program::{Column, Derived, Objective, Program, Row};

/// One connected part of a formulation, with columns of its own.
pub struct Piece {
    /// The part.
    pub formulation: Arc<Formulation>,
    /// The column of the whole for each of its columns.
    pub columns: Vec<Column>,
}

/// Cuts a formulation into pieces, in order of their first column. Columns without a row become pieces too.
/// A plain one that does not fall apart is its own piece.
pub fn split(whole: &Arc<Formulation>) -> Vec<Piece> {
    let program = &whole.program;
    let mut sets = UnionFind::<u32>::new(program.columns());
    let mut join = |a: Column, b: Column| {
        sets.union(a.0, b.0);
    };
    for row in 0..program.rows() {
        let entries = program.row_of(row);
        for pair in entries.windows(2) {
            join(pair[0].0, pair[1].0);
        }
    }
    // Slots and derived columns stay whole even where no row says so.
    for slot in &whole.slots {
        slot.units.iter().for_each(|u| join(slot.held, u.column));
        slot.staff.iter().for_each(|s| join(slot.held, s.column));
        slot.rooms.iter().for_each(|r| join(slot.held, r.1));
    }
    program.links.iter().for_each(|&(a, b)| join(a, b));
    for derived in &program.derived {
        let (first, of) = columns_of(derived);
        of.into_iter().for_each(|c| join(first, c));
    }
    let labels = sets.into_labeling();
    let mut piece_of: BTreeMap<u32, usize> = BTreeMap::new();
    let mut columns: Vec<Vec<Column>> = Vec::new();
    let mut place = vec![(0usize, Column(0)); program.columns()];
    for (index, label) in labels.iter().enumerate() {
        let piece = *piece_of.entry(*label).or_insert_with(|| {
            columns.push(Vec::new());
            columns.len() - 1
        });
        place[index] = (piece, Column(columns[piece].len() as u32));
        columns[piece].push(Column(index as u32));
    }
    if let ([all], true) = (&mut columns[..], whole.plain) {
        return vec![Piece { formulation: Arc::clone(whole), columns: std::mem::take(all) }];
    }
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); columns.len()];
    for row in 0..program.rows() {
        if let Some(entry) = program.row_of(row).first() {
            rows[place[entry.0.index()].0].push(row);
        }
    }
    let mut parts: Vec<Parts> = columns.iter().map(|_| Parts::default()).collect();
    for slot in &whole.slots {
        parts[place[slot.held.index()].0].slots.push(slot);
    }
    for group in &whole.groups {
        if let Some(column) = group.supplies.iter().find_map(|s| s.1) {
            parts[place[column.index()].0].groups.push(group);
        }
    }
    for fix in &whole.fixes {
        if let Some((column, _)) = fix.of.first() {
            parts[place[column.index()].0].fixes.push(fix);
        }
    }
    for quota in &whole.quotas {
        if let Some((column, _)) = quota.of.first() {
            parts[place[column.index()].0].quotas.push(quota);
        }
    }
    for held in &whole.held {
        parts[place[held.1.column.index()].0].held.push(held);
    }
    for derived in &program.derived {
        parts[place[columns_of(derived).0.index()].0].derived.push(derived);
    }
    for link in &program.links {
        parts[place[link.0.index()].0].links.push(*link);
    }
    let mut objectives: Vec<Vec<Objective>> = vec![vec![Objective::default(); program.objectives.len()]; columns.len()];
    for (level, objective) in program.objectives.iter().enumerate() {
        for (column, amount) in &objective.entries {
            let (piece, local) = place[column.index()];
            objectives[piece][level].entries.push((local, *amount));
        }
    }
    columns
        .into_iter()
        .zip(rows)
        .zip(parts)
        .zip(objectives)
        .map(|(((columns, rows), parts), objectives)| piece(whole, columns, &rows, &parts, objectives, &place))
        .collect()
}

#[derive(Default)]
struct Parts<'a> {
    slots: Vec<&'a Slot>,
    groups: Vec<&'a FlowGroup>,
    fixes: Vec<&'a Fix>,
    quotas: Vec<&'a Quota>,
    held: Vec<(&'a crate::lists::ProjectId, &'a Held)>,
    derived: Vec<&'a Derived>,
    links: Vec<(Column, Column)>,
}

fn columns_of(derived: &Derived) -> (Column, Vec<Column>) {
    match derived {
        Derived::Sum { column, of } => (*column, of.clone()),
        Derived::Fill { columns, of, .. } => {
            let rest = columns.iter().chain(of.iter().map(|(c, _)| c)).copied().collect();
            (columns[0], rest)
        }
        Derived::Missing { column, of, .. } => (*column, of.iter().map(|(c, _)| *c).collect()),
        Derived::Together { column, units, with, .. } => (*column, with.iter().copied().chain([*units]).collect()),
    }
}

fn piece(
    whole: &Formulation,
    columns: Vec<Column>,
    rows: &[usize],
    parts: &Parts,
    objectives: Vec<Objective>,
    place: &[(usize, Column)],
) -> Piece {
    let from = &whole.program;
    let here = |column: Column| place[column.index()].1;
    let sum = |of: &[(Column, i64)]| of.iter().map(|(c, a)| (here(*c), *a)).collect::<Vec<_>>();
    let mut program = Program::default();
    for column in &columns {
        let index = column.index();
        program.column(from.role[index], from.lower[index], from.upper[index]);
    }
    let mut row_here: BTreeMap<usize, Row> = BTreeMap::new();
    for &row in rows {
        let entries = sum(from.row_of(row));
        if let Some(new) = program.row(from.keep[row], from.row_lower[row], entries, from.row_upper[row]) {
            row_here.insert(row, new);
        }
    }
    program.links = parts.links.iter().map(|(a, b)| (here(*a), here(*b))).collect();
    program.derived = parts
        .derived
        .iter()
        .map(|derived| match derived {
            Derived::Sum { column, of } => {
                Derived::Sum { column: here(*column), of: of.iter().map(|c| here(*c)).collect() }
            }
            Derived::Fill { columns, of, constant } => {
                Derived::Fill { columns: columns.iter().map(|c| here(*c)).collect(), of: sum(of), constant: *constant }
            }
            Derived::Missing { column, of, target } => {
                Derived::Missing { column: here(*column), of: sum(of), target: *target }
            }
            Derived::Together { column, units, scale, with } => Derived::Together {
                column: here(*column),
                units: here(*units),
                scale: *scale,
                with: with.iter().map(|c| here(*c)).collect(),
            },
        })
        .collect();
    program.objectives = objectives;
    program.finish();
    let slots: Vec<Slot> = parts
        .slots
        .iter()
        .map(|slot| {
            let mut slot = (*slot).clone();
            slot.held = here(slot.held);
            slot.units.iter_mut().for_each(|u| u.column = here(u.column));
            slot.staff.iter_mut().for_each(|s| s.column = here(s.column));
            slot.rooms.iter_mut().for_each(|r| r.1 = here(r.1));
            slot
        })
        .collect();
    let groups = parts
        .groups
        .iter()
        .map(|group| FlowGroup {
            item: group.item,
            supplies: group.supplies.iter().map(|(s, c)| (*s, c.map(here))).collect(),
            row: group.row.and_then(|r| row_here.get(&r.index()).copied()),
        })
        .collect();
    let exact = slots.iter().all(|s| s.exact);
    let formulation = Formulation {
        program,
        slots,
        groups,
        exact,
        plain: whole.plain,
        terms: BTreeMap::new(),
        fixes: parts.fixes.iter().map(|f| Fix { pin: f.pin, of: sum(&f.of), count: f.count }).collect(),
        quotas: parts.quotas.iter().map(|q| Quota { of: sum(&q.of), ..(*q).clone() }).collect(),
        held: parts.held.iter().map(|(id, held)| (**id, Held { column: here(held.column), ..**held })).collect(),
    };
    Piece { formulation: Arc::new(formulation), columns }
}
