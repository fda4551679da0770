//! Large-neighbourhood search: a few blocks that compete for the same people and money are set free, the rest stands,
//! and the small program is solved by branch and bound. Source: Shaw (1998).
//!
//! Prices say where to look: a block counts by what it lacks to its best answer at the best prices, and only sessions,
//! members and rooms that are cheap at these prices (or in use) are set free.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::super::formulate::Formulation;
use super::super::search::LevelSearch;
use super::frame::{Block, Frame};
use super::restrict::restrict;

/// Neighbourhoods worked on side by side: fixed, so that the result does not hang on the number of threads.
const SIDE_BY_SIDE: usize = 4;
/// Columns set free at once.
const COLUMNS: usize = 1_600;
/// Sessions of one type set free beside those in use.
const SESSIONS: usize = 3;
/// Candidates set free beyond those a post wants.
const SPARE_MEMBERS: usize = 2;
/// Competing blocks that are remembered for each block.
const NEAR: usize = 40;
/// Rows that touch more blocks than this say nothing about nearness.
const CROWD: usize = 400;

/// What is remembered between neighbourhoods.
pub struct Polish {
    rows_of: Vec<Vec<u32>>,
    blocks_of: Vec<Vec<u32>>,
    order: Vec<usize>,
    next: usize,
}

/// What the prices say.
pub struct Sight<'a> {
    /// What every column is worth after the best prices.
    pub net: &'a [i64],
    /// What blocks chose of every column, on average.
    pub average: &'a [f64],
    /// What each block lacks to its best answer.
    pub lacks: &'a [i64],
}

/// A better choice of some columns.
pub struct Better {
    /// Columns with their new amounts.
    pub columns: Vec<(u32, i64)>,
}

impl Polish {
    /// Looks at which blocks compete.
    pub fn new(frame: &Frame) -> Self {
        let rows_of: Vec<Vec<u32>> = frame
            .blocks
            .par_iter()
            .map(|block| {
                let mut rows: Vec<u32> =
                    columns_of(block).flat_map(|c| frame.entries.of(c as usize).iter().map(|e| e.0)).collect();
                rows.sort_unstable();
                rows.dedup();
                rows
            })
            .collect();
        let mut blocks_of: Vec<Vec<u32>> = vec![Vec::new(); frame.scale.len()];
        for (block, rows) in rows_of.iter().enumerate() {
            rows.iter().for_each(|row| blocks_of[*row as usize].push(block as u32));
        }
        Polish { rows_of, blocks_of, order: Vec::new(), next: 0 }
    }

    /// For each block, the blocks that compete with it for what has a price, the fiercest first.
    pub fn near(&self, prices: &[i64]) -> Vec<Vec<u32>> {
        (0..self.rows_of.len())
            .into_par_iter()
            .map_init(
                || vec![0u32; self.rows_of.len()],
                |shared, seed| {
                    let mut met = Vec::new();
                    for row in &self.rows_of[seed] {
                        let blocks = &self.blocks_of[*row as usize];
                        if blocks.len() <= CROWD {
                            for block in blocks {
                                if shared[*block as usize] == 0 {
                                    met.push(*block);
                                }
                                shared[*block as usize] += 1 + 8 * u32::from(prices[*row as usize] != 0);
                            }
                        }
                    }
                    met.retain(|b| *b as usize != seed);
                    met.sort_by_key(|b| (std::cmp::Reverse(shared[*b as usize]), *b));
                    met.iter().for_each(|b| shared[*b as usize] = 0);
                    shared[seed] = 0;
                    met.truncate(NEAR);
                    met
                },
            )
            .collect()
    }

    /// Works on a few neighbourhoods; returns better choices that hold together, and the work done.
    pub fn improve(
        &mut self,
        formulation: &Formulation,
        frame: &Frame,
        sight: &Sight,
        x: &[i64],
        level: usize,
        iterations: u64,
    ) -> (Vec<Better>, u64) {
        let mut taken = BTreeSet::new();
        let mut tasks: Vec<Vec<u32>> = Vec::new();
        while tasks.len() < SIDE_BY_SIDE {
            let Some(seed) = self.seed(sight, &taken) else { break };
            tasks.push(self.neighbourhood(frame, sight, x, seed, &mut taken));
        }
        let results: Vec<(Option<Better>, u64)> =
            tasks.par_iter().map(|free| solve(formulation, x, free, level, iterations)).collect();
        let work = results.iter().map(|r| r.1).sum();
        (results.into_iter().filter_map(|r| r.0).collect(), work)
    }

    /// The next block to start from: those that lack most first, each in its turn.
    fn seed(&mut self, sight: &Sight, taken: &BTreeSet<usize>) -> Option<usize> {
        for _ in 0..2 {
            while self.next < self.order.len() {
                let seed = self.order[self.next];
                self.next += 1;
                if !taken.contains(&seed) {
                    return Some(seed);
                }
            }
            if !taken.is_empty() && self.next >= self.order.len() && !self.order.is_empty() {
                self.order.clear();
                return None;
            }
            self.order = (0..sight.lacks.len()).collect();
            self.order.sort_by_key(|b| (std::cmp::Reverse(sight.lacks[*b]), *b));
            self.next = 0;
        }
        None
    }

    /// The columns of a seed block and of blocks that compete with it.
    fn neighbourhood(
        &self,
        frame: &Frame,
        sight: &Sight,
        x: &[i64],
        seed: usize,
        taken: &mut BTreeSet<usize>,
    ) -> Vec<u32> {
        let mut shared = vec![0u32; frame.blocks.len()];
        for row in &self.rows_of[seed] {
            let blocks = &self.blocks_of[*row as usize];
            if blocks.len() <= CROWD {
                blocks.iter().for_each(|b| shared[*b as usize] += 1);
            }
        }
        let mut near: Vec<usize> = (0..shared.len()).filter(|b| shared[*b] > 0 && *b != seed).collect();
        near.sort_by_key(|b| (std::cmp::Reverse(i64::from(shared[*b]).saturating_mul(sight.lacks[*b].max(1))), *b));
        let mut free = Vec::new();
        for block in std::iter::once(seed).chain(near) {
            if !taken.insert(block) {
                continue;
            }
            choices(&frame.blocks[block], sight, x, &mut free);
            if free.len() >= COLUMNS {
                break;
            }
        }
        free.sort_unstable();
        free.dedup();
        free
    }
}

/// Solves one neighbourhood.
fn solve(formulation: &Formulation, x: &[i64], free: &[u32], level: usize, iterations: u64) -> (Option<Better>, u64) {
    let part = restrict(formulation, x, free);
    let program = &part.formulation.program;
    let here: Vec<i64> = part.columns.iter().map(|c| x[*c as usize]).collect();
    let keep: Vec<i64> = program.objectives[..level].iter().map(|o| o.value(&here)).collect();
    let before = program.objectives[level].value(&here);
    let mut search = LevelSearch::new(&part.formulation, level, &keep);
    let mut incumbent = Some(before);
    let mut best: Option<Vec<i64>> = None;
    search.step(&part.formulation, iterations, &mut incumbent, &mut |found| {
        let value = program.objectives[level].value(&found);
        let reached = best.as_ref().map_or(before, |b| program.objectives[level].value(b));
        let kept = program.objectives[..level].iter().zip(&keep).all(|(o, k)| o.value(&found) >= *k);
        if value > reached && kept {
            best = Some(found);
            return Some(value);
        }
        Some(reached)
    });
    let work = search.iterations() * (program.columns() + program.rows()) as u64;
    let better = best.map(|found| Better { columns: part.columns.iter().copied().zip(found).collect() });
    (better, work)
}

/// Every column of a block.
pub fn columns_of(block: &Block) -> impl Iterator<Item = u32> + '_ {
    block.types.iter().flat_map(|t| &t.slots).flat_map(|slot| {
        std::iter::once(slot.held)
            .chain(slot.units.iter().map(|u| u.0))
            .chain(slot.posts.iter().flat_map(|p| p.1.iter().map(|w| w.0)))
            .chain(slot.rooms.iter().copied())
    })
}

/// The columns of a block that are worth setting free.
fn choices(block: &Block, sight: &Sight, x: &[i64], free: &mut Vec<u32>) {
    for of_type in &block.types {
        let mut ranked: Vec<(i64, usize)> =
            of_type.slots.iter().enumerate().map(|(i, slot)| (-slot.at_best(sight.net), i)).collect();
        ranked.sort_unstable();
        for (rank, (_, index)) in ranked.into_iter().enumerate() {
            let slot = &of_type.slots[index];
            let used = x[slot.held as usize] > 0 || sight.average[slot.held as usize] > 0.02;
            if rank >= SESSIONS && !used {
                continue;
            }
            free.push(slot.held);
            free.extend(slot.units.iter().map(|u| u.0));
            for (wanted, who) in &slot.posts {
                cheap(who.iter().map(|w| w.0), *wanted as usize + SPARE_MEMBERS, sight, x, free);
            }
            cheap(slot.rooms.iter().copied(), 2, sight, x, free);
        }
    }
}

fn cheap(columns: impl Iterator<Item = u32>, count: usize, sight: &Sight, x: &[i64], free: &mut Vec<u32>) {
    let mut ranked: Vec<(i64, u32)> = columns.map(|c| (-sight.net[c as usize], c)).collect();
    ranked.sort_unstable();
    for (rank, (_, column)) in ranked.into_iter().enumerate() {
        if rank < count || x[column as usize] > 0 {
            free.push(column);
        }
    }
}
