//! Which blocks compete for the same people, rooms, money and goods.

use rayon::prelude::*;

use super::frame::{Block, Cut, Frame};

/// Rivals that are remembered for each block.
const MOST: usize = 40;
/// Rows that touch more blocks than this say nothing about nearness.
const CROWD: usize = 400;
/// How much more a row counts that has a price.
const PRICED: u32 = 9;
/// What all who share a row have of it between them.
const SHARE: u32 = 1 << 16;

/// Which blocks compete, at given prices.
#[derive(Default)]
pub struct Rivals {
    /// For each block, the blocks that compete with it for what has a price, the fiercest first.
    near: Vec<Vec<u32>>,
}

impl Rivals {
    /// Looks at which blocks touch which rows.
    pub fn new(frame: &Frame, cut: &Cut, prices: &[i64]) -> Self {
        let rows_of: Vec<Vec<u32>> = cut.blocks.par_iter().map(|block| rows_of(frame, block)).collect();
        let mut blocks_of: Vec<Vec<u32>> = vec![Vec::new(); frame.scale.len()];
        for (block, rows) in rows_of.iter().enumerate() {
            rows.iter().for_each(|row| blocks_of[*row as usize].push(block as u32));
        }
        let near = (0..rows_of.len())
            .into_par_iter()
            .map_init(|| vec![0u32; rows_of.len()], |shared, seed| nearest(seed, &rows_of, &blocks_of, prices, shared))
            .collect();
        Rivals { near }
    }

    /// Blocks that compete with a block, the fiercest first.
    pub fn near(&self, block: u32) -> &[u32] {
        &self.near[block as usize]
    }
}

/// The blocks that share most with a block; what many share counts little for each. `shared` is zero throughout.
fn nearest(seed: usize, rows_of: &[Vec<u32>], blocks_of: &[Vec<u32>], prices: &[i64], shared: &mut [u32]) -> Vec<u32> {
    let mut met = Vec::new();
    for row in &rows_of[seed] {
        let blocks = &blocks_of[*row as usize];
        if blocks.len() > CROWD {
            continue;
        }
        let share = (SHARE / blocks.len() as u32 * if prices[*row as usize] == 0 { 1 } else { PRICED }).max(1);
        for block in blocks {
            if shared[*block as usize] == 0 {
                met.push(*block);
            }
            shared[*block as usize] = shared[*block as usize].saturating_add(share);
        }
    }
    met.retain(|b| *b as usize != seed);
    met.sort_by_key(|b| (std::cmp::Reverse(shared[*b as usize]), *b));
    met.iter().for_each(|b| shared[*b as usize] = 0);
    shared[seed] = 0;
    met.truncate(MOST);
    met
}

/// Every column of a block.
pub fn columns_of<'a>(frame: &'a Frame, block: &'a Block) -> impl Iterator<Item = u32> + 'a {
    block.types.iter().flat_map(|t| &t.slots).map(|s| &frame.slots[*s as usize]).flat_map(|slot| {
        std::iter::once(slot.held)
            .chain(slot.units.iter().map(|u| u.0))
            .chain(slot.posts.iter().flat_map(|p| p.1.iter().map(|w| w.0)))
            .chain(slot.rooms.iter().copied())
    })
}

/// The priced rows that a block meets, in order.
pub fn rows_of(frame: &Frame, block: &Block) -> Vec<u32> {
    let entries = columns_of(frame, block).flat_map(|column| frame.entries.of(column as usize));
    let mut rows: Vec<u32> = entries.map(|entry| entry.0).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}
