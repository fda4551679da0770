//! The ids of a table: tidied, unique, in code-point order.

use std::borrow::Cow;

use super::cell::{SEPARATORS, has_bad_character, tidy};
use super::findings::{Findings, details};
use super::grid::Grid;
use crate::problem::Code;

/// The ids of a table.
#[derive(Debug, Default)]
pub(super) struct Ids<'a> {
    /// The id of each row; blank where it is missing.
    texts: Vec<Cow<'a, str>>,
    /// The rows with an id of their own, by id.
    order: Vec<u32>,
}

impl<'a> Ids<'a> {
    /// Reads the column `id`. `named_in_lists`: other cells name these ids in lists, so they may hold no separator.
    pub fn read(grid: &Grid<'a>, named_in_lists: bool, findings: &mut Findings) -> Self {
        let has_column = grid.cell_of(0).is_some();
        let texts: Vec<Cow<'a, str>> = (0..grid.rows.len()).map(|row| tidy(grid.text(row, "id"))).collect();
        let mut keys: Vec<(u128, u32)> = Vec::with_capacity(texts.len());
        for (row, id) in texts.iter().enumerate() {
            let at = || grid.at(row, "id");
            if id.is_empty() {
                if has_column {
                    findings.add(at(), Code::CellBlank, "", Vec::new());
                }
                continue;
            }
            if has_bad_character(id) {
                findings.add(at(), Code::BadCharacter, id, Vec::new());
            } else if named_in_lists && (id.contains(SEPARATORS) || id.contains("..")) {
                findings.add(at(), Code::SeparatorInId, id, Vec::new());
            }
            keys.push((prefix(id), u32::try_from(row).expect("at most ten million rows")));
        }
        let text = |row: u32| -> &str { &texts[row as usize] };
        keys.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| text(a.1).cmp(text(b.1))).then(a.1.cmp(&b.1)));
        let mut order: Vec<u32> = Vec::with_capacity(keys.len());
        for (_, row) in keys {
            match order.last() {
                Some(first) if text(*first) == text(row) => {
                    let details = details![grid.number(*first as usize)];
                    findings.add(grid.at(row as usize, "id"), Code::IdTwice, text(row), details);
                }
                _ => order.push(row),
            }
        }
        Ids { texts, order }
    }

    /// The rows with an id of their own, by id.
    pub fn order(&self) -> impl Iterator<Item = usize> + '_ {
        self.order.iter().map(|row| *row as usize)
    }

    /// Builds the rows with an id of their own, and puts them in the order of their ids.
    pub fn arrange<T>(&self, build: impl FnMut(usize) -> T) -> Vec<T> {
        if self.order.len() < self.texts.len() {
            // Some row is at fault and will be reported: what is built only serves to find further faults.
            return self.order().map(build).collect();
        }
        // Cells are read from top to bottom, several times faster than in the order of the ids; then each row is moved
        // to its place, circle by circle.
        let mut list: Vec<T> = (0..self.texts.len()).map(build).collect();
        let mut from = self.order.clone();
        for start in 0..from.len() {
            let mut here = start;
            while from[here] as usize != start {
                let next = from[here] as usize;
                list.swap(here, next);
                from[here] = u32::try_from(here).expect("at most ten million rows");
                here = next;
            }
            from[here] = u32::try_from(here).expect("at most ten million rows");
        }
        list
    }

    /// How many ids there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// The id of a row.
    pub fn text(&self, row: usize) -> &str {
        &self.texts[row]
    }

    /// The position of an id in code-point order.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.order.binary_search_by(|row| self.text(*row as usize).cmp(id)).ok()
    }

    /// All ids in code-point order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.order().map(|row| self.text(row))
    }
}

/// The first bytes of an id as a number that sorts as they do.
fn prefix(id: &str) -> u128 {
    let mut bytes = [0u8; 16];
    let count = id.len().min(16);
    bytes[..count].copy_from_slice(&id.as_bytes()[..count]);
    u128::from_be_bytes(bytes)
}
