//! What is priced and what falls apart: rows that tie many sessions together get a price, and the rest of the program
//! becomes small blocks of needs and sessions that can be solved exactly.
//!
//! A program can be cut in several ways: the smaller the blocks, the more needs are shared between them and must be
//! priced. All cuts use the same priced rows; in a coarser one some of them lie inside blocks and need no price.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::unionfind::UnionFind;

use super::super::formulate::{Formulation, Slot, UnitColumn};
use super::super::program::{Column, FREE, Keep, Role};

/// The priced rows and the slots of one formulation.
pub struct Frame {
    /// Lower limit of each priced row; `-FREE` is none.
    pub lower: Vec<i64>,
    /// Upper limit of each priced row; `FREE` is none.
    pub upper: Vec<i64>,
    /// The row of the program that each priced row is; those of kept levels, after all others, have none.
    pub rows: Vec<u32>,
    /// The greatest coefficient of each priced row: prices are steered in its units.
    pub scale: Vec<f64>,
    /// Entries by column: (priced row, coefficient).
    pub entries: Sparse,
    /// The slots, in the order of the formulation.
    pub slots: Vec<PricedSlot>,
    /// Columns that belong to no session: each stands at its better end.
    pub loose: Vec<u32>,
    /// Balance rows of flows, priced as the cheapest of their supplies: (priced row, supplies' priced rows).
    pub balances: Vec<(u32, Vec<u32>)>,
}

impl Frame {
    /// The limit of a row that a price of it pays for.
    pub fn limit(&self, row: usize, price: i64) -> i64 {
        if price > 0 || self.lower[row] == -FREE { self.upper[row] } else { self.lower[row] }
    }
}

/// One way to cut the program into blocks.
#[derive(Clone)]
pub struct Cut {
    /// The blocks.
    pub blocks: Vec<Block>,
    /// Priced rows that lie inside a block here, so that they need no price, each with a slot of the block.
    pub inside: Vec<(u32, u32)>,
}

impl Cut {
    /// The block of each of so many slots; `u32::MAX` for those that cannot be held.
    fn block_of(&self, slots: usize) -> Vec<u32> {
        let mut block_of = vec![u32::MAX; slots];
        for (number, block) in self.blocks.iter().enumerate() {
            block.types.iter().flat_map(|t| &t.slots).for_each(|slot| block_of[*slot as usize] = number as u32);
        }
        block_of
    }

    /// Puts the blocks of a finer cut in the place of some blocks.
    pub fn split(mut self, which: &[bool], mut finer: Cut, slots: usize) -> Cut {
        let block_of = self.block_of(slots);
        let splits = |slot: u32| which.get(block_of[slot as usize] as usize).copied().unwrap_or(false);
        let splits_up =
            |block: &Block| block.types.first().and_then(|t| t.slots.first()).is_some_and(|slot| splits(*slot));
        self.inside.retain(|inside| !splits(inside.1));
        finer.inside.retain(|inside| splits(inside.1));
        self.inside.append(&mut finer.inside);
        self.blocks.retain(|block| !splits_up(block));
        finer.blocks.retain(splits_up);
        self.blocks.append(&mut finer.blocks);
        self
    }
}

/// A list of lists in one piece.
#[derive(Default)]
pub struct Sparse {
    starts: Vec<u32>,
    items: Vec<(u32, i64)>,
}

impl Sparse {
    /// Lists as one.
    #[cfg(test)]
    pub fn from_lists(lists: &[Vec<(u32, i64)>]) -> Self {
        let mut sparse = Sparse { starts: vec![0], items: Vec::new() };
        for list in lists {
            sparse.items.extend(list);
            sparse.starts.push(sparse.items.len() as u32);
        }
        sparse
    }

    /// The entries of one list.
    pub fn of(&self, index: usize) -> &[(u32, i64)] {
        &self.items[self.starts[index] as usize..self.starts[index + 1] as usize]
    }
}

/// Needs and the sessions that only they tie together.
#[derive(Clone)]
pub struct Block {
    /// What is open of each need.
    pub open: Vec<i64>,
    /// Sessions that are alike but for their price.
    pub types: Vec<SessionType>,
}

/// Sessions of the same size for the same needs.
#[derive(Clone)]
pub struct SessionType {
    /// Units a session has room for.
    pub size: i64,
    /// Units it needs at least.
    pub least: i64,
    /// Who may come: (need within the block, units a session may take of it).
    pub guests: Vec<(usize, i64)>,
    /// The slots, as positions in the frame; their units' columns are in the order of `guests`.
    pub slots: Vec<u32>,
    /// For slots whose units take different numbers of seats: those of each guest, and the seats of a session.
    pub knapsack: Option<(Vec<i64>, i64)>,
}

/// A slot as the pricing sees it.
pub struct PricedSlot {
    /// The session column.
    pub held: u32,
    /// Sessions at most.
    pub many: i64,
    /// (column, units a step stands for, units at most), in the order of the type's guests.
    pub units: Vec<(u32, i64, i64)>,
    /// Posts (rotating: one for each period): members wanted, and candidates (column, members at most).
    pub posts: Vec<(i64, Vec<(u32, i64)>)>,
    /// Room columns; empty where none is needed.
    pub rooms: Vec<u32>,
}

impl PricedSlot {
    /// What a session is worth if every member and the room were the best candidate: a quick look, at most too good.
    pub fn at_best(&self, net: &[i64]) -> i64 {
        let mut worth = net[self.held as usize];
        for (members, who) in &self.posts {
            let best = who.iter().map(|w| net[w.0 as usize]).max().unwrap_or(0);
            worth = worth.saturating_add(best.saturating_mul(*members));
        }
        worth.saturating_add(self.rooms.iter().map(|r| net[*r as usize]).max().unwrap_or(0))
    }
}

/// A level above and the value it must keep.
pub struct Kept<'a> {
    /// Its objective.
    pub entries: &'a [(Column, i64)],
    /// Its value.
    pub value: i64,
}

/// Lays out the priced rows, and one cut for each of `types`, each coarser than the one before: a need that would join
/// sessions of more kinds than that in one block is priced instead. Each kept level is one more priced row, after all
/// others.
pub fn lay_out<const N: usize>(
    formulation: &Formulation,
    kept_levels: &[Kept],
    types: [usize; N],
) -> (Frame, [Cut; N]) {
    let program = &formulation.program;
    let owner = owners(formulation);
    let need_of = needs_of_columns(formulation);
    let uniform: Vec<bool> = formulation.slots.iter().map(uniform).collect();
    // Quantity rows first: what is kept inside blocks and what is priced hangs on them.
    let mut quantity: BTreeMap<u32, usize> = BTreeMap::new();
    let mut units_of_need: BTreeMap<u32, usize> = BTreeMap::new();
    for need in need_of.iter().filter(|n| **n != u32::MAX) {
        *units_of_need.entry(*need).or_default() += 1;
    }
    let one_need = |row: usize| {
        let entries = program.row_of(row);
        let need = need_of[entries.first()?.0.index()];
        (need != u32::MAX && entries.iter().all(|(c, _)| need_of[c.index()] == need)).then_some(need)
    };
    for row in 0..program.rows() {
        if let Some(need) = one_need(row)
            && program.row_of(row).len() == units_of_need[&need]
            && program.row_upper[row] != FREE
        {
            quantity.entry(need).or_insert(row);
        }
    }
    let mut joined = Joined::new(formulation);
    let groupings = types.map(|most| {
        joined.join(formulation, &owner, &quantity, &uniform, most);
        joined.grouping()
    });
    let mut kept = vec![false; program.rows()];
    for row in groupings.first().iter().flat_map(|g| &g.kept) {
        kept[*row] = true;
    }
    let spread = spread(formulation, &owner);
    let mut rows: Vec<u32> = Vec::new();
    for (row, kept) in kept.iter().enumerate() {
        let dominated = || {
            one_need(row).is_some_and(|need| {
                quantity.get(&need).is_some_and(|q| *q != row && program.row_upper[row] >= program.row_upper[*q])
            })
        };
        if !kept && ties(formulation, &owner, &spread, row) && !dominated() {
            rows.push(row as u32);
        }
    }
    let mut index = vec![u32::MAX; program.rows()];
    for (position, row) in rows.iter().enumerate() {
        index[*row as usize] = position as u32;
    }
    let mut entries = Sparse { starts: vec![0], items: Vec::new() };
    let mut next = vec![0usize; kept_levels.len()];
    for column in 0..program.columns() {
        for (row, value) in program.column_of(Column(column as u32)) {
            if index[row.index()] != u32::MAX {
                entries.items.push((index[row.index()], *value));
            }
        }
        for (level, kept) in kept_levels.iter().enumerate() {
            if let Some((_, value)) = kept.entries.get(next[level]).filter(|e| e.0.index() == column) {
                entries.items.push(((rows.len() + level) as u32, *value));
                next[level] += 1;
            }
        }
        entries.starts.push(entries.items.len() as u32);
    }
    let greatest = |entries: &[(Column, i64)]| entries.iter().map(|e| e.1.abs()).max().unwrap_or(1).max(1) as f64;
    let kept_rows = kept_levels.iter().map(|k| (k.value, FREE, greatest(k.entries)));
    let scale: Vec<f64> =
        rows.iter().map(|r| greatest(program.row_of(*r as usize))).chain(kept_rows.clone().map(|k| k.2)).collect();
    let balances = formulation
        .groups
        .iter()
        .filter_map(|group| {
            let row = group.row?;
            let supplies: Vec<u32> = group
                .supplies
                .iter()
                .filter_map(|(_, column)| {
                    program.column_of((*column)?).iter().find(|(r, _)| *r != row).map(|(r, _)| index[r.index()])
                })
                .collect();
            (index[row.index()] != u32::MAX && !supplies.contains(&u32::MAX)).then_some((index[row.index()], supplies))
        })
        .collect();
    let loose = (0..program.columns() as u32).filter(|c| owner[*c as usize] == u32::MAX).collect();
    let units: Vec<Vec<&UnitColumn>> = formulation.slots.iter().map(units_of).collect();
    let slots: Vec<PricedSlot> =
        formulation.slots.iter().zip(&units).map(|(slot, units)| priced(formulation, slot, units)).collect();
    let cuts = groupings.map(|grouping| {
        let mut cut =
            Cut { blocks: blocks(formulation, (&slots, &units), &grouping, &quantity, &uniform), inside: Vec::new() };
        let block_of = cut.block_of(slots.len());
        for row in grouping.kept {
            let mut met = program.row_of(row).iter().map(|e| owner[e.0.index()]);
            if index[row] != u32::MAX
                && let Some(slot) = met.clone().find(|s| block_of[*s as usize] != u32::MAX).or_else(|| met.next())
            {
                cut.inside.push((index[row], slot));
            }
        }
        cut
    });
    let frame = Frame {
        lower: rows.iter().map(|r| program.row_lower[*r as usize]).chain(kept_rows.clone().map(|k| k.0)).collect(),
        upper: rows.iter().map(|r| program.row_upper[*r as usize]).chain(kept_rows.map(|k| k.1)).collect(),
        rows,
        scale,
        entries,
        slots,
        loose,
        balances,
    };
    (frame, cuts)
}

/// The slot of each session, units, staff and room column.
fn owners(formulation: &Formulation) -> Vec<u32> {
    let mut owner = vec![u32::MAX; formulation.program.columns()];
    for (index, slot) in formulation.slots.iter().enumerate() {
        slot.columns().for_each(|column| owner[column.index()] = index as u32);
    }
    owner
}

fn needs_of_columns(formulation: &Formulation) -> Vec<u32> {
    let mut need_of = vec![u32::MAX; formulation.program.columns()];
    for unit in formulation.slots.iter().flat_map(|s| &s.units) {
        need_of[unit.column.index()] = unit.need.0;
    }
    need_of
}

/// Whether all units of a slot take the same number of seats.
fn uniform(slot: &Slot) -> bool {
    slot.units.windows(2).all(|pair| pair[0].seats == pair[1].seats)
}

/// How many slots each loose column meets, up to two.
fn spread(formulation: &Formulation, owner: &[u32]) -> Vec<(u32, u8)> {
    let program = &formulation.program;
    let mut spread = vec![(u32::MAX, 0u8); program.columns()];
    for row in 0..program.rows() {
        let entries = program.row_of(row);
        let Some(slot) = entries.iter().map(|e| owner[e.0.index()]).find(|s| *s != u32::MAX) else { continue };
        let several = entries.iter().any(|e| owner[e.0.index()] != u32::MAX && owner[e.0.index()] != slot);
        for (column, _) in entries.iter().filter(|e| owner[e.0.index()] == u32::MAX) {
            let seen = &mut spread[column.index()];
            if several || (seen.1 > 0 && seen.0 != slot) {
                seen.1 = 2;
            } else {
                *seen = (slot, seen.1.max(1));
            }
        }
    }
    spread
}

/// Whether a row ties more than one session together, so that it must be priced (rows that are not are part of the
/// session, or are left out, which keeps a bound valid).
fn ties(formulation: &Formulation, owner: &[u32], spread: &[(u32, u8)], row: usize) -> bool {
    let program = &formulation.program;
    let entries = program.row_of(row);
    let mut slot = None;
    let (mut several, mut wide) = (false, false);
    for (column, _) in entries {
        let role = program.role[column.index()];
        match owner[column.index()] {
            u32::MAX if role == Role::Total => return false,
            u32::MAX if role == Role::Indicator => wide |= spread[column.index()].1 > 1,
            u32::MAX => wide = true,
            here => {
                several |= slot.is_some_and(|s| s != here);
                slot = Some(here);
            }
        }
    }
    // What follows from an indicator's own links says nothing to a relaxation.
    let follows = program.keep[row] == Keep::AtEnd
        && program.row_upper[row] == 0
        && entries.iter().any(|(c, a)| *a > 0 && program.role[c.index()] == Role::Indicator);
    if follows {
        return false;
    }
    if several || wide {
        let most = |(c, a): &(Column, i64)| a.max(&0).saturating_mul(program.upper[c.index()]);
        let reach = entries.iter().map(most).fold(0i64, i64::saturating_add);
        return program.row_lower[row] != -FREE || reach > program.row_upper[row];
    }
    // A limit of a single slot over several sessions of it (a class, a fund): priced too unless it can never bind.
    slot.is_some() && outside(formulation, entries, row)
}

/// Whether a row within one slot limits it from outside (a supply, a class), rather than being part of its sessions.
fn outside(formulation: &Formulation, entries: &[(Column, i64)], row: usize) -> bool {
    let program = &formulation.program;
    if program.row_lower[row] != -FREE || entries.iter().any(|e| e.1 < 0) {
        return false;
    }
    let most = |(c, a): &(Column, i64)| a.saturating_mul(program.upper[c.index()]);
    let reach = entries.iter().map(most).fold(0i64, i64::saturating_add);
    reach > program.row_upper[row]
}

struct Grouping {
    /// The block of each slot.
    block_of: Vec<usize>,
    /// How many blocks.
    blocks: usize,
    /// Quantity rows inside blocks.
    kept: Vec<usize>,
}

/// Slots joined into blocks.
struct Joined {
    sets: UnionFind<u32>,
    /// By root: its types, which are counted by what units a slot offers.
    types: Vec<Vec<u64>>,
    /// Quantity rows inside blocks.
    kept: Vec<usize>,
}

impl Joined {
    /// Every slot by itself.
    fn new(formulation: &Formulation) -> Self {
        let shape = |slot: &Slot| {
            let ids = slot.units.iter().map(|u| u64::from(u.need.0)).chain([slot.size as u64, slot.least as u64]);
            ids.fold(0xcbf2_9ce4_8422_2325, |hash, id| (hash ^ id).wrapping_mul(0x0100_0000_01b3))
        };
        Joined {
            sets: UnionFind::new(formulation.slots.len()),
            types: formulation.slots.iter().map(|slot| vec![shape(slot)]).collect(),
            kept: Vec::new(),
        }
    }

    /// Joins blocks that share a need, needs that meet few slots first; a join that would make a block of more than so
    /// many types is left to a price.
    fn join(
        &mut self,
        formulation: &Formulation,
        owner: &[u32],
        quantity: &BTreeMap<u32, usize>,
        uniform: &[bool],
        most: usize,
    ) {
        let program = &formulation.program;
        let mut rows: Vec<(usize, usize)> = quantity.values().map(|row| (program.row_of(*row).len(), *row)).collect();
        rows.sort_unstable();
        let before: BTreeSet<usize> = self.kept.iter().copied().collect();
        for (_, row) in rows.into_iter().filter(|r| !before.contains(&r.1)) {
            let mut members: Vec<u32> = program.row_of(row).iter().map(|e| owner[e.0.index()]).collect();
            if members.iter().any(|s| !uniform[*s as usize]) {
                continue;
            }
            members.iter_mut().for_each(|s| *s = self.sets.find_mut(*s));
            members.sort_unstable();
            members.dedup();
            let mut all: Vec<u64> = members.iter().flat_map(|s| self.types[*s as usize].iter().copied()).collect();
            all.sort_unstable();
            all.dedup();
            if all.len() > most && members.len() > 1 {
                continue;
            }
            for pair in members.windows(2) {
                self.sets.union(pair[0], pair[1]);
            }
            let root = self.sets.find_mut(members[0]);
            self.types[root as usize] = all;
            self.kept.push(row);
        }
    }

    /// The blocks as they are now.
    fn grouping(&self) -> Grouping {
        let mut number: BTreeMap<u32, usize> = BTreeMap::new();
        let labels = self.sets.clone().into_labeling();
        let block_of = labels
            .iter()
            .map(|label| {
                let next = number.len();
                *number.entry(*label).or_insert(next)
            })
            .collect();
        Grouping { block_of, blocks: number.len(), kept: self.kept.clone() }
    }
}

/// Seats, least units and guests of a session.
type Shape = (i64, i64, Vec<(usize, i64)>);
/// Columns with the members they may give.
type Candidates = Vec<(u32, i64)>;

/// The units of a slot in the order of their needs.
fn units_of(slot: &Slot) -> Vec<&UnitColumn> {
    let mut units: Vec<&UnitColumn> = slot.units.iter().collect();
    units.sort_unstable_by_key(|unit| (unit.need.0, unit.a_session, unit.column.0));
    units
}

fn priced(formulation: &Formulation, slot: &Slot, units: &[&UnitColumn]) -> PricedSlot {
    let program = &formulation.program;
    let units = units.iter();
    PricedSlot {
        held: slot.held.0,
        many: slot.many.min(program.upper[slot.held.index()]),
        units: units.map(|u| (u.column.0, u.scale, program.upper[u.column.index()].saturating_mul(u.scale))).collect(),
        posts: posts(formulation, slot),
        rooms: slot.rooms.iter().map(|r| r.1.0).filter(|c| program.upper[*c as usize] > 0).collect(),
    }
}

fn blocks(
    formulation: &Formulation,
    slots: (&[PricedSlot], &[Vec<&UnitColumn>]),
    grouping: &Grouping,
    quantity: &BTreeMap<u32, usize>,
    uniform: &[bool],
) -> Vec<Block> {
    let program = &formulation.program;
    let mut blocks: Vec<Block> = (0..grouping.blocks).map(|_| Block { open: Vec::new(), types: Vec::new() }).collect();
    let mut needs: Vec<BTreeMap<u32, usize>> = vec![BTreeMap::new(); grouping.blocks];
    let mut kinds: Vec<BTreeMap<Shape, usize>> = vec![BTreeMap::new(); grouping.blocks];
    for (index, slot) in formulation.slots.iter().enumerate() {
        let (priced, units) = (&slots.0[index], &slots.1[index]);
        let number = grouping.block_of[index];
        let block = &mut blocks[number];
        let guests: Vec<(usize, i64)> = units
            .iter()
            .zip(&priced.units)
            .map(|(unit, (_, _, upper))| {
                let need = *needs[number].entry(unit.need.0).or_insert_with(|| {
                    block.open.push(quantity.get(&unit.need.0).map_or(*upper, |row| program.row_upper[*row]));
                    block.open.len() - 1
                });
                (need, unit.a_session.saturating_mul(unit.scale))
            })
            .collect();
        let open = !(slot.roomed && priced.rooms.is_empty())
            && priced.posts.iter().all(|(wanted, who)| who.iter().map(|w| w.1).fold(0, i64::saturating_add) >= *wanted);
        if !open || priced.many <= 0 {
            continue;
        }
        if uniform[index] {
            let seats = units.first().map_or(1, |u| u.seats).max(1);
            let key = (slot.size / seats, slot.least, guests);
            let kind = *kinds[number].entry(key.clone()).or_insert_with(|| {
                block.types.push(SessionType {
                    size: key.0,
                    least: key.1,
                    guests: key.2.clone(),
                    slots: Vec::new(),
                    knapsack: None,
                });
                block.types.len() - 1
            });
            block.types[kind].slots.push(index as u32);
        } else {
            let knapsack = Some((units.iter().map(|u| u.seats).collect(), slot.size));
            let slots = vec![index as u32];
            block.types.push(SessionType { size: slot.size, least: slot.least, guests, slots, knapsack });
        }
    }
    blocks.retain(|b| !b.types.is_empty());
    blocks
}

fn posts(formulation: &Formulation, slot: &Slot) -> Vec<(i64, Vec<(u32, i64)>)> {
    let mut posts: BTreeMap<(usize, Option<usize>), Candidates> = BTreeMap::new();
    for (post, wanted) in slot.members.iter().enumerate() {
        if *wanted > 0 && slot.staff.iter().all(|s| s.post != post) {
            posts.insert((post, None), Vec::new());
        }
    }
    for staff in &slot.staff {
        let who = posts.entry((staff.post, staff.period.map(|p| p.index()))).or_default();
        if formulation.program.upper[staff.column.index()] > 0 {
            who.push((staff.column.0, staff.count.min(slot.members[staff.post])));
        }
    }
    posts.into_iter().map(|((post, _), who)| (slot.members[post], who)).filter(|p| p.0 > 0).collect()
}
