use std::collections::BTreeSet;

use super::*;
use crate::engine::price::frame::{Block, PricedSlot, SessionType, Sparse};

/// A frame of rows with one column each for every block that meets it, and blocks of one slot that has these columns as rooms.
fn laid_out(rows_of: &[&[u32]], rows: usize) -> (Frame, Cut) {
    let mut lists: Vec<Vec<(u32, i64)>> = Vec::new();
    let mut slots = Vec::new();
    let mut blocks = Vec::new();
    for rows in rows_of {
        let held = lists.len() as u32;
        lists.push(Vec::new());
        let rooms = rows.iter().map(|row| {
            lists.push(vec![(*row, 1)]);
            lists.len() as u32 - 1
        });
        let rooms = rooms.collect();
        let types = vec![SessionType {
            size: 1,
            least: 1,
            guests: Vec::new(),
            slots: vec![slots.len() as u32],
            knapsack: None,
        }];
        slots.push(PricedSlot { held, many: 1, units: Vec::new(), posts: Vec::new(), rooms });
        blocks.push(Block { open: Vec::new(), types });
    }
    let frame = Frame {
        lower: vec![0; rows],
        upper: vec![1; rows],
        rows: (0..rows as u32).collect(),
        scale: vec![1.0; rows],
        entries: Sparse::from_lists(&lists),
        slots,
        loose: Vec::new(),
        balances: Vec::new(),
    };
    (frame, Cut { blocks, inside: Vec::new() })
}

/// Two districts of three blocks: row 0 meets all, rows 1 and 2 a district each, the others a block or two of one.
fn districts() -> (Frame, Cut) {
    laid_out(&[&[0, 1, 3], &[0, 1, 3, 4], &[0, 1, 4], &[0, 2, 5], &[0, 2, 5, 6], &[0, 2, 6]], 7)
}

#[test]
fn few_rows_are_one_region() {
    let (frame, cut) = districts();
    let (regions, wide) = regions(&frame, &cut, &[Sign::Positive; 7], 7);
    assert_eq!(regions.len(), 1);
    assert_eq!(regions[0].rows, (0..7).collect::<Vec<u32>>());
    assert_eq!(regions[0].blocks, (0..6).collect::<Vec<u32>>());
    assert!(wide.is_empty());
}

#[test]
fn districts_are_regions_and_what_meets_all_is_none() {
    let (frame, cut) = districts();
    let (regions, wide) = regions(&frame, &cut, &[Sign::Positive; 7], 3);
    let parts: Vec<(&[u32], &[u32])> = regions.iter().map(|r| (&r.rows[..], &r.blocks[..])).collect();
    assert_eq!(parts, [(&[1, 3, 4][..], &[0, 1, 2][..]), (&[2, 5, 6][..], &[3, 4, 5][..])]);
    assert_eq!(wide, [0]);
}

#[test]
fn prices_that_follow_are_in_no_region() {
    let (frame, cut) = districts();
    let mut signs = [Sign::Positive; 7];
    signs[3] = Sign::Fixed;
    let (regions, wide) = regions(&frame, &cut, &signs, 3);
    let all: Vec<u32> = regions.iter().flat_map(|r| r.rows.iter().copied()).chain(wide).collect();
    assert_eq!(all.iter().copied().collect::<BTreeSet<u32>>(), BTreeSet::from([0, 1, 2, 4, 5, 6]));
    assert_eq!(all.len(), 6, "no row is in two regions");
}

#[test]
fn a_balance_stays_with_its_supplies() {
    let (mut frame, cut) = districts();
    frame.balances = vec![(3, vec![6])];
    let mut signs = [Sign::Positive; 7];
    signs[3] = Sign::Fixed;
    let (regions, wide) = regions(&frame, &cut, &signs, 3);
    let together = |rows: &[u32]| rows.contains(&3) == rows.contains(&6);
    assert!(regions.iter().all(|region| together(&region.rows)) && together(&wide));
    assert!(regions.iter().all(|region| region.rows.len() <= 3));
}

#[test]
fn what_does_not_fall_apart_is_one_region() {
    // Every row meets every block.
    let rows: Vec<u32> = (0..60).collect();
    let (frame, cut) = laid_out(&[&rows, &rows, &rows], 60);
    let (regions, wide) = regions(&frame, &cut, &[Sign::Positive; 60], 20);
    assert_eq!(regions.len(), 1);
    assert_eq!(regions[0].rows, rows);
    assert!(wide.is_empty());
}
