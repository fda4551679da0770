//! Ruin and recreate: sessions that compete are taken down and others put up, the ones that are worth most at the
//! prices first, now and then with one passed over; kept when no level loses. Source: Schrimpf et al. (2000).

use std::sync::Arc;

use rayon::prelude::*;

use super::super::construct::Built;
use super::super::formulate::Formulation;
use super::super::program::{Column, FREE, Keep};
use super::super::random::Random;
use super::frame::{Cut, Frame, PricedSlot, SessionType};
use super::index::Index;
use super::planes::Choice;
use super::rivals::Rivals;
use super::state::State;
use crate::model::{ClassId, Roster};

/// One attempt in so many is aimed at what the last level lacks, if it lacks anything.
const AIMS: u64 = 4;
/// One in so many good choices is passed over.
const PASSED_OVER: u64 = 12;
/// Slots of a type that are tried before it is given up.
const TRIES: usize = 12;

/// Slots of a type with what a session is worth there at best, the most first.
type Ranking = Vec<(i64, u32)>;

/// A slot and where it stands in a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) block: u32,
    pub(super) of_type: u32,
    pub(super) slot: u32,
}

#[derive(Clone)]
pub(super) struct Standing {
    pub(super) spot: Spot,
    pub(super) steps: Vec<(u32, i64)>,
    pub(super) built: Built,
}

/// A point with the sessions it stands for, where sums alone do not tell.
#[derive(Clone)]
pub struct Found {
    /// The point.
    pub x: Vec<i64>,
    /// The sessions.
    pub sessions: Vec<Built>,
}

/// What prices say to the rebuilding.
pub struct Signs {
    /// What every column is worth after the best prices.
    pub net: Vec<i64>,
    /// Fractional bits of these.
    pub bits: u32,
    /// Which blocks compete.
    pub rivals: Arc<Rivals>,
    /// Blocks that lack something to their best answer, those that lack most first.
    pub lacking: Vec<u32>,
    /// Whether every attempt is aimed at what the level lacks, and kept only if it lacks less.
    pub only_aims: bool,
    /// Answers of every block, each with its share, where they may be put in place of what stands.
    pub wishes: Option<Vec<Vec<(u64, Choice)>>>,
}

/// Where rebuilding starts.
pub struct From<'a> {
    /// A point that keeps every row.
    pub x: &'a [i64],
    /// Its sessions, where sums alone do not tell.
    pub sessions: Option<&'a [Built]>,
    /// An empty roster.
    pub roster: &'a Roster,
    /// Which classes are exact.
    pub exact: &'a Arc<[bool]>,
}

/// A plan under reconstruction.
#[derive(Clone)]
pub struct Rebuild {
    pub(super) frame: Arc<Frame>,
    pub(super) cut: Arc<Cut>,
    pub(super) formulation: Arc<Formulation>,
    /// The point.
    pub state: State,
    pub(super) sessions: Vec<Standing>,
    pub(super) of_block: Vec<Vec<u32>>,
    /// By block and type.
    pub(super) ranked: Arc<Vec<Vec<Ranking>>>,
    /// By slot: its guests, those whose units are worth most first.
    guests: Arc<Vec<Box<[u32]>>>,
    pub(super) index: Arc<Index>,
    /// What is drawn for indicators: supply columns with amounts.
    pub(super) apart: Vec<(u32, i64)>,
    /// What the last level lacked when the rebuilding began: derived columns, by their position in the program.
    pub(super) shortfalls: Arc<[usize]>,
    roster: Roster,
    exact: Arc<[bool]>,
    random: Random,
    /// Elementary operations.
    pub work: u64,
}

impl Rebuild {
    /// Takes a point apart into sessions; `sessions` says how, where sums alone do not tell.
    pub fn new(
        formulation: &Arc<Formulation>,
        (frame, cut): (&Arc<Frame>, &Arc<Cut>),
        from: &From,
        levels: usize,
        seed: u64,
    ) -> Self {
        let mut rebuild = Rebuild {
            frame: Arc::clone(frame),
            cut: Arc::clone(cut),
            formulation: Arc::clone(formulation),
            state: State::new(formulation, from.x, levels),
            sessions: Vec::new(),
            of_block: vec![Vec::new(); cut.blocks.len()],
            ranked: Arc::default(),
            guests: Arc::default(),
            index: Arc::new(Index::new(formulation, cut)),
            apart: Vec::new(),
            shortfalls: Arc::default(),
            roster: from.roster.clone_empty(),
            exact: Arc::clone(from.exact),
            random: Random::new(seed),
            work: 0,
        };
        rebuild.take_apart(from);
        rebuild
    }

    /// Ranks slots by what a session is worth, in any order where that is the same, and their guests by what a unit is.
    pub fn look(&mut self, signs: &Signs) {
        let net = &signs.net;
        let lot = self.draw(u64::MAX);
        let lot = |slot: u32| Random::new(lot ^ u64::from(slot)).below(u64::MAX);
        let ranked = self
            .cut
            .blocks
            .par_iter()
            .map(|block| {
                let of_type = |slots: &Vec<u32>| {
                    let mut ranked: Vec<(i64, u32)> =
                        slots.iter().map(|s| (self.frame.slots[*s as usize].at_best(net), *s)).collect();
                    ranked.sort_by_cached_key(|r| (std::cmp::Reverse(r.0), lot(r.1), r.1));
                    ranked
                };
                block.types.iter().map(|t| of_type(&t.slots)).collect()
            })
            .collect();
        self.ranked = Arc::new(ranked);
        let guests = self.frame.slots.par_iter().map(|slot| {
            let mut order: Vec<(i64, u32)> =
                slot.units.iter().zip(0..).map(|(u, i)| (-(net[u.0 as usize] / u.1), i)).collect();
            order.sort_unstable();
            order.into_iter().map(|o| o.1).collect()
        });
        self.guests = Arc::new(guests.collect());
        self.state.weigh(net);
        self.look_for_shortfalls();
    }

    /// One attempt. No level ever loses; of points of equal value those are sought that leave more for others at the prices, since
    /// what is freed can be used by the next attempt. A loss of that of up to `heat` is taken now and then.
    pub fn attempt(&mut self, signs: &Signs, heat: i64) {
        let before = self.state.values.clone();
        let paid = self.state.after_prices;
        let aims = !self.shortfalls.is_empty() && (signs.only_aims || self.draw(AIMS) == 0);
        let aim = if aims { self.aim() } else { None };
        if signs.only_aims && aim.is_none() {
            return;
        }
        let wish = if aim.is_none() { self.wish(signs) } else { None };
        let (affected, mut down) = match (aim, wish) {
            (Some(spot), _) => self.in_the_way(spot, signs),
            (None, Some((block, _))) => self.all_of(block, signs),
            _ if self.draw(3) == 0 => self.far(signs),
            _ => self.close(signs),
        };
        // From the last to the first, so that positions stay valid.
        down.sort_unstable_by(|a, b| b.cmp(a));
        let mut removed = Vec::new();
        for index in down {
            let standing = self.remove(index as usize);
            self.release(&standing.built);
            for (column, amount) in &standing.steps {
                self.state.step(*column, -amount);
            }
            self.work += 8 * standing.steps.len() as u64;
            removed.push(standing);
        }
        let apart = self.apart.clone();
        self.give_back();
        let first_new = self.sessions.len();
        if let Some(spot) = aim {
            self.put_up(spot, signs, None);
        }
        if let Some((block, wishes)) = wish {
            self.adopt(block, wishes, signs);
        }
        let last = before.len() - 1;
        if self.state.values[..last] < before[..last] {
            self.mend(signs);
        }
        self.recreate(&affected, signs);
        let loss = if heat > 0 { self.draw(heat as u64 + 1).min(self.draw(heat as u64 + 1)) as i64 } else { 0 };
        let now = &self.state.values;
        let left = self.state.after_prices - paid >= -(i128::from(loss) << signs.bits);
        let accepted = *now > before || (*now == before && !signs.only_aims && left);
        if accepted && self.state.sound() {
            self.state.keep();
            return;
        }
        while self.sessions.len() > first_new {
            let standing = self.remove(self.sessions.len() - 1);
            self.release(&standing.built);
        }
        self.state.undo(0);
        self.state.keep();
        self.apart = apart;
        for standing in removed.into_iter().rev() {
            self.occupy(&standing.built);
            self.put(standing);
        }
    }

    /// The same plan with other random numbers to come.
    pub fn with_seed(&self, seed: u64) -> Self {
        Rebuild { random: Random::new(seed), ..self.clone() }
    }

    /// The point with its values, if it is better than `values`.
    pub fn better_than(self, values: &[i64]) -> Option<(Vec<i64>, Found)> {
        let now = self.state.values;
        (now[..] > *values).then(|| {
            let sessions = self.sessions.into_iter().map(|s| s.built).collect();
            (now, Found { x: self.state.x, sessions })
        })
    }

    /// The value of the last level.
    pub fn reached(&self) -> i64 {
        self.state.values.last().copied().unwrap_or(i64::MAX)
    }

    /// The type of a spot.
    pub(super) fn kind_of(&self, spot: Spot) -> &SessionType {
        &self.cut.blocks[spot.block as usize].types[spot.of_type as usize]
    }

    /// Gives back the members and the room of a session that told them apart.
    fn release(&mut self, built: &Built) {
        let slot = &self.formulation.slots[built.slot];
        for (position, members) in &built.members {
            self.roster.give_back(&slot.request(*position, members.len()), members);
        }
        if let (Some(position), Some(room)) = (built.room, built.room_number) {
            self.roster.give_back_room(slot.rooms[position].0, room, slot.span);
        }
    }

    pub(super) fn occupy(&mut self, built: &Built) {
        let slot = &self.formulation.slots[built.slot];
        for (position, members) in &built.members {
            self.roster.occupy(&slot.request(*position, members.len()), members);
        }
        if let (Some(position), Some(room)) = (built.room, built.room_number) {
            self.roster.occupy_room(slot.rooms[position].0, room, slot.span);
        }
    }

    /// Puts up sessions in the blocks, the most worth first.
    fn recreate(&mut self, affected: &[u32], signs: &Signs) {
        let cut = Arc::clone(&self.cut);
        let mut open: Vec<(i64, u32, u32)> = Vec::new();
        for &block in affected {
            for of_type in 0..cut.blocks[block as usize].types.len() {
                if let Some(promise) = self.promise(block, of_type as u32, signs) {
                    open.push((promise, block, of_type as u32));
                }
            }
        }
        while let Some(best) = (0..open.len()).max_by_key(|i| (open[*i].0, open[*i].1, open[*i].2)) {
            let (_, block, of_type) = open.swap_remove(best);
            if self.draw(PASSED_OVER) == 0 {
                continue;
            }
            let Some(promise) = self.promise(block, of_type, signs) else { continue };
            if open.iter().any(|o| o.0 > promise) {
                open.push((promise, block, of_type));
                if open.len() > 400 {
                    return;
                }
                // Its promise has shrunk: others first.
                continue;
            }
            if self.raise(block, of_type, signs)
                && let Some(promise) = self.promise(block, of_type, signs)
            {
                open.push((promise, block, of_type));
            }
        }
    }

    /// What one more session of a type would bring: its units at most, at the best slot's worth.
    fn promise(&mut self, block: u32, of_type: u32, signs: &Signs) -> Option<i64> {
        let (worth, slot) = *self.ranked[block as usize][of_type as usize].first()?;
        self.filled(Spot { block, of_type, slot }, worth, signs)
    }

    /// What a session that is worth so much by itself would bring with the units it can have; `None` if these are too few.
    pub(super) fn filled(&mut self, spot: Spot, worth: i64, signs: &Signs) -> Option<i64> {
        let kind = self.kind_of(spot);
        let slot = &self.frame.slots[spot.slot as usize];
        let (mut seats, least) = (kind.size, kind.least);
        let (mut units, mut sum, mut seen) = (0, worth, 0);
        for &guest in &self.guests[spot.slot as usize] {
            let (column, scale, _) = slot.units[guest as usize];
            let net = signs.net[column as usize] / scale;
            if net <= 0 || seats == 0 {
                break;
            }
            let most = self.open(column).saturating_mul(scale).min(kind.guests[guest as usize].1);
            let take = most.min(seats);
            seats -= take;
            units += take;
            sum = sum.saturating_add(net.saturating_mul(take));
            seen += 1;
        }
        self.work += 4 + 6 * seen;
        (units >= least.max(1)).then_some(sum)
    }

    /// Room of a units column, but for the rows that wait for a session.
    fn open(&self, column: u32) -> i64 {
        let program = &self.formulation.program;
        let mut room = i64::MAX;
        for (row, value) in program.column_of(Column(column)) {
            let upper = program.row_upper[row.index()];
            if *value > 0 && upper > 0 && upper != FREE {
                room = room.min((upper - self.state.activity(row.0)).max(0) / value);
            }
        }
        if room == i64::MAX { program.upper[column as usize] } else { room }
    }

    /// Holds one more session of a type in the best slot that can take it.
    fn raise(&mut self, block: u32, of_type: u32, signs: &Signs) -> bool {
        let tries = self.ranked[block as usize][of_type as usize].len().min(TRIES);
        for rank in 0..tries {
            if rank + 1 < tries && self.draw(PASSED_OVER) == 0 {
                continue;
            }
            let (_, slot) = self.ranked[block as usize][of_type as usize][rank];
            if self.put_up(Spot { block, of_type, slot }, signs, None) {
                return true;
            }
        }
        false
    }

    /// Puts up a session if it can be held; of what is wished, if anything is, what it serves is taken off.
    pub(super) fn put_up(&mut self, spot: Spot, signs: &Signs, mut wished: Option<&mut [i64]>) -> bool {
        let mark = self.state.mark();
        let dear = self.dear(self.frame.slots[spot.slot as usize].held);
        let mut built = Built::empty(spot.slot as usize);
        if !self.hold(spot, signs, wished.as_deref(), &mut built) {
            self.release(&built);
            self.state.undo(mark);
            return false;
        }
        if let Some(wished) = &mut wished {
            let slot = &self.frame.slots[spot.slot as usize];
            for ((column, _, _), left) in slot.units.iter().zip(wished.iter_mut()) {
                let position = self.index.position(*column);
                *left -= built.units.iter().filter(|u| u.0 == position).map(|u| u.1).sum::<i64>();
            }
        }
        let mut steps = self.state.since(mark).to_vec();
        self.set_apart(&dear, &mut steps);
        self.work += 8 * steps.len() as u64;
        self.put(Standing { spot, steps, built });
        true
    }

    /// Tries to hold a session: people, a room, and units, no more of each guest than is wished.
    fn hold(&mut self, spot: Spot, signs: &Signs, wished: Option<&[i64]>, built: &mut Built) -> bool {
        let (frame, cut) = (Arc::clone(&self.frame), Arc::clone(&self.cut));
        let kind = &cut.blocks[spot.block as usize].types[spot.of_type as usize];
        let slot = &frame.slots[spot.slot as usize];
        let mark = self.state.mark();
        if self.state.room(slot.held) < 1 {
            return false;
        }
        self.state.step(slot.held, 1);
        let mut inside: Vec<(ClassId, u32)> = Vec::new();
        for (members, who) in &slot.posts {
            if !self.man(*members, who, signs, &mut inside, built) {
                return false;
            }
        }
        if !slot.rooms.is_empty() && !self.house(slot, signs, built) {
            return false;
        }
        let guests = Arc::clone(&self.guests);
        let weights = kind.knapsack.as_ref().map(|k| &k.0);
        let (mut seats, mut units) = (kind.knapsack.as_ref().map_or(kind.size, |k| k.1), 0);
        for guest in guests[spot.slot as usize].iter().map(|g| *g as usize) {
            let (column, scale, _) = slot.units[guest];
            let enough = signs.net[column as usize] / scale <= 0 && units >= kind.least;
            if enough || seats == 0 {
                break;
            }
            let weight = weights.map_or(1, |w| w[guest]).max(1);
            let most = wished.map_or(i64::MAX, |w| w[guest]).min(kind.guests[guest].1).min(seats / weight) / scale;
            let steps = self.state.room(column).min(most);
            if steps > 0 {
                self.state.step(column, steps);
                built.units.push((self.index.position(column), steps * scale));
                seats -= steps * scale * weight;
                units += steps * scale;
            }
        }
        units >= kind.least.max(1) && self.pay(mark, signs) && self.each_session(mark)
    }

    /// Fills a post with the cheapest who still have an hour.
    fn man(
        &mut self,
        members: i64,
        who: &[(u32, i64)],
        signs: &Signs,
        inside: &mut Vec<(ClassId, u32)>,
        built: &mut Built,
    ) -> bool {
        let formulation = Arc::clone(&self.formulation);
        let slot = &formulation.slots[built.slot];
        let mut missing = members;
        let mut refused: Vec<u32> = Vec::new();
        while missing > 0 {
            let mut best: Option<(i64, u32, i64)> = None;
            for (column, most) in who {
                let net = signs.net[*column as usize];
                if best.is_none_or(|b| net > b.0) && !refused.contains(column) {
                    let room = self.state.room(*column).min(*most).min(missing);
                    if room > 0 {
                        best = Some((net, *column, room));
                    }
                }
            }
            self.work += 3 * who.len() as u64;
            let Some((_, column, mut room)) = best else { return false };
            let position = self.index.position(column);
            let class = slot.staff[position].class;
            if !self.exact[class.index()] {
                let already: Vec<u32> = inside.iter().filter(|i| i.0 == class).map(|i| i.1).collect();
                let taken = loop {
                    let request = slot.request(position, usize::try_from(room).unwrap_or(0));
                    match self.roster.take(&request, &already) {
                        Some(members) => break members,
                        None => room -= 1,
                    }
                    if room == 0 {
                        break Vec::new();
                    }
                };
                refused.push(column);
                if room == 0 {
                    continue;
                }
                inside.extend(taken.iter().map(|m| (class, *m)));
                built.members.push((position, taken));
            } else if slot.staff[position].period.is_none() {
                refused.push(column);
            }
            self.state.step(column, room);
            built.staff.push((position, room));
            missing -= room;
        }
        true
    }

    /// Takes the cheapest room that is free.
    fn house(&mut self, slot: &PricedSlot, signs: &Signs, built: &mut Built) -> bool {
        let of = &self.formulation.slots[built.slot];
        let mut rooms: Vec<(i64, u32)> = slot.rooms.iter().map(|r| (-signs.net[*r as usize], *r)).collect();
        rooms.sort_unstable();
        for (_, column) in rooms {
            if self.state.room(column) < 1 {
                continue;
            }
            let position = self.index.position(column);
            let class = of.rooms[position].0;
            if !self.exact[class.index()] {
                let Some(room) = self.roster.take_room(class, of.span) else { continue };
                built.room_number = Some(room);
            }
            built.room = Some(position);
            self.state.step(column, 1);
            return true;
        }
        false
    }

    /// Whether the steps since a mark, one session, keep the rows of each session.
    fn each_session(&self, mark: usize) -> bool {
        let program = &self.formulation.program;
        let steps = self.state.since(mark);
        steps.iter().flat_map(|(c, _)| program.column_of(Column(*c))).all(|(row, _)| {
            if program.keep[row.index()] != Keep::EachSession {
                return true;
            }
            let of = |(c, n): &(u32, i64)| {
                let entries = program.column_of(Column(*c));
                entries.iter().filter(|e| e.0 == *row).map(|e| e.1 * n).sum::<i64>()
            };
            let sum: i64 = steps.iter().map(of).sum();
            program.row_lower[row.index()] <= sum && sum <= program.row_upper[row.index()]
        })
    }

    pub(super) fn put(&mut self, standing: Standing) {
        self.of_block[standing.spot.block as usize].push(self.sessions.len() as u32);
        self.sessions.push(standing);
    }

    fn remove(&mut self, index: usize) -> Standing {
        let standing = self.sessions.swap_remove(index);
        self.of_block[standing.spot.block as usize].retain(|s| *s != index as u32);
        if let Some(moved) = self.sessions.get(index) {
            let from = self.sessions.len() as u32;
            for position in &mut self.of_block[moved.spot.block as usize] {
                if *position == from {
                    *position = index as u32;
                }
            }
        }
        standing
    }

    /// A number below `limit`.
    pub(super) fn draw(&mut self, limit: u64) -> u64 {
        self.random.below(limit)
    }
}
