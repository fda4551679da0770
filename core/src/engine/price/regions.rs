//! Priced rows cut into regions: a linear program over all of them grows faster than their number, and rows that meet other
//! blocks have little to say to one another.
//!
//! A region grows from the row that meets most blocks: all rows that lie mostly within these belong to it. What meets more
//! blocks than a region may hold, such as the one fund of a prefecture, belongs to none. Where that is said of many rows, the
//! program does not fall apart, and all rows are one region.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;
use rayon::prelude::*;

use super::dual::Sign;
use super::frame::{Cut, Frame};
use super::rivals::rows_of;

/// Rows that may belong to no region.
const MOST_WIDE: usize = 48;

/// Rows whose prices are sought together.
pub struct Region {
    /// The rows, in order.
    pub rows: Vec<u32>,
    /// Blocks that meet one of them, in order.
    pub blocks: Vec<u32>,
}

/// Rows that stand and fall together, such as a balance and its supplies, and the blocks they meet.
struct Unit {
    rows: Vec<u32>,
    blocks: Vec<u32>,
}

/// Regions of at most so many rows, and the rows that belong to none, those that meet most blocks first. A single region holds
/// all rows if they are few enough.
pub fn regions(frame: &Frame, cut: &Cut, signs: &[Sign], most: usize) -> (Vec<Region>, Vec<u32>) {
    let units = units(frame, cut, signs);
    let rows: usize = units.iter().map(|unit| unit.rows.len()).sum();
    let whole = || {
        let rows = sorted(units.iter().flat_map(|unit| unit.rows.iter().copied()));
        (vec![Region { rows, blocks: (0..cut.blocks.len() as u32).collect() }], Vec::new())
    };
    if rows <= most {
        return whole();
    }
    let mut met: Vec<Vec<u32>> = vec![Vec::new(); cut.blocks.len()];
    for (number, unit) in units.iter().enumerate() {
        unit.blocks.iter().for_each(|block| met[*block as usize].push(number as u32));
    }
    let mut order: Vec<u32> = (0..units.len() as u32).collect();
    order.sort_by_key(|unit| (Reverse(units[*unit as usize].blocks.len()), *unit));
    let mut belongs = vec![false; units.len()];
    let mut groups: Vec<Vec<u32>> = Vec::new();
    let mut wide: Vec<u32> = Vec::new();
    for seed in order {
        if belongs[seed as usize] {
            continue;
        }
        let mut shared: BTreeMap<u32, usize> = BTreeMap::new();
        for unit in units[seed as usize].blocks.iter().flat_map(|block| &met[*block as usize]) {
            *shared.entry(*unit).or_default() += 1;
        }
        let inside = |(unit, shared): (&u32, &usize)| {
            (!belongs[*unit as usize] && 2 * shared > units[*unit as usize].blocks.len()).then_some(*unit)
        };
        let group: Vec<u32> = shared.iter().filter_map(inside).chain(shared.is_empty().then_some(seed)).collect();
        if group.iter().map(|unit| units[*unit as usize].rows.len()).sum::<usize>() > most {
            wide.push(seed);
            if wide.len() > MOST_WIDE {
                return whole();
            }
        } else {
            group.iter().for_each(|unit| belongs[*unit as usize] = true);
            groups.push(group);
        }
    }
    let of = |group: &[u32]| Region {
        rows: sorted(group.iter().flat_map(|unit| units[*unit as usize].rows.iter().copied())),
        blocks: sorted(group.iter().flat_map(|unit| units[*unit as usize].blocks.iter().copied())),
    };
    let regions = merged(groups.iter().map(|group| of(group)).collect(), most, cut.blocks.len());
    let wide = wide.into_iter().filter(|unit| !belongs[*unit as usize]);
    (regions, wide.flat_map(|unit| units[unit as usize].rows.clone()).collect())
}

/// The rows whose prices can move, a balance with its supplies as one, and the blocks that meet them.
fn units(frame: &Frame, cut: &Cut, signs: &[Sign]) -> Vec<Unit> {
    let mut together: UnionFind<u32> = UnionFind::new(signs.len());
    let mut follows = vec![false; signs.len()];
    for (balance, supplies) in &frame.balances {
        follows[*balance as usize] = true;
        supplies.iter().for_each(|supply| {
            together.union(*balance, *supply);
        });
    }
    // In the order of their first rows.
    let mut number: BTreeMap<u32, usize> = BTreeMap::new();
    let mut units: Vec<Unit> = Vec::new();
    for row in (0..signs.len()).filter(|row| signs[*row] != Sign::Fixed || follows[*row]) {
        let unit = *number.entry(together.find(row as u32)).or_insert(units.len());
        if unit == units.len() {
            units.push(Unit { rows: Vec::new(), blocks: Vec::new() });
        }
        units[unit].rows.push(row as u32);
    }
    let rows: Vec<Vec<u32>> = cut.blocks.par_iter().map(|block| rows_of(frame, block)).collect();
    for (block, rows) in rows.iter().enumerate() {
        for row in rows {
            if let Some(unit) = number.get(&together.find(*row)).map(|unit| &mut units[*unit])
                && unit.blocks.last() != Some(&(block as u32))
            {
                unit.blocks.push(block as u32);
            }
        }
    }
    units
}

/// Regions joined while one of so many rows comes of it: the smallest with the one that shares most blocks with it.
fn merged(mut regions: Vec<Region>, most: usize, blocks: usize) -> Vec<Region> {
    let mut alone: Vec<Region> = Vec::new();
    while let Some(least) = (0..regions.len()).min_by_key(|r| (regions[*r].rows.len(), *r)) {
        let small = regions.swap_remove(least);
        let mut here = vec![false; blocks];
        small.blocks.iter().for_each(|block| here[*block as usize] = true);
        let shared = |region: &Region| region.blocks.iter().filter(|block| here[**block as usize]).count();
        let partner = (0..regions.len())
            .filter(|r| regions[*r].rows.len() + small.rows.len() <= most)
            .max_by_key(|r| (shared(&regions[*r]), Reverse(*r)));
        match partner {
            Some(partner) => {
                let other = &mut regions[partner];
                other.rows = sorted(other.rows.iter().chain(&small.rows).copied());
                other.blocks = sorted(other.blocks.iter().chain(&small.blocks).copied());
            }
            None => alone.push(small),
        }
    }
    alone.sort_by(|a, b| a.rows.cmp(&b.rows));
    alone
}

fn sorted(items: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut items: Vec<u32> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}

#[cfg(test)]
mod tests;
