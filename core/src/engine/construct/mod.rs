//! Builds a plan session by session: pins first, then quotas, then whatever the levels value most. Every session stands
//! whole — units, room, members, money, goods — or is taken back, so the plan keeps every rule at every moment; what
//! can only be judged at the end (`min_sessions`, pins) is repaired or reported there.

mod ledger;
mod worth;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

pub use ledger::Ledger;
use worth::Worth;

use super::formulate::{Formulation, Slot};
use super::program::{Column, Role};
use super::search::settle::settle;
use crate::lists::NeedId;
use crate::model::{ClassId, Request, Roster};

/// A session as it was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// The slot's position in the formulation.
    pub slot: usize,
    /// Position in `slot.units`, units.
    pub units: Vec<(usize, i64)>,
    /// Position in `slot.staff`, how many members.
    pub staff: Vec<(usize, i64)>,
    /// Members by position in `slot.staff`, for classes that are not exact.
    pub members: Vec<(usize, Vec<u32>)>,
    /// Position in `slot.rooms`.
    pub room: Option<usize>,
    /// The room itself, for room classes that are not exact.
    pub room_number: Option<u32>,
}

impl Built {
    /// A session of a slot with nobody in it yet.
    pub fn empty(slot: usize) -> Self {
        Built { slot, units: Vec::new(), staff: Vec::new(), members: Vec::new(), room: None, room_number: None }
    }
}

/// What construction gives.
pub struct Construction {
    /// The point; complete, and keeping every row but perhaps pins.
    pub x: Vec<i64>,
    /// The sessions as built.
    pub sessions: Vec<Built>,
    /// Whether every row holds, pins included.
    pub sound: bool,
}

/// Tries to mend a session whose members break a ratio.
const RATIO_TRIES: usize = 4;

struct Builder<'a> {
    formulation: &'a Formulation,
    ledger: Ledger<'a>,
    roster: Roster,
    exact: Vec<bool>,
    worth: Worth,
    sessions: Vec<Built>,
    slot_of: Vec<u32>,
    /// Sessions built by start period.
    started: Vec<u64>,
}

/// Sessions of one period that count alike when the next period is chosen: of equal promises the emptier period wins,
/// so that scarce members are not used up early in the year.
const EVENNESS: u64 = 16;

/// Builds a plan. `guide` is a fractional point whose sessions are tried first; `banned` slots stay empty.
pub fn construct(
    formulation: &Formulation,
    roster: Roster,
    exact_classes: &[bool],
    guide: Option<&[f64]>,
) -> Construction {
    let mut banned: BTreeSet<crate::lists::ProjectId> = BTreeSet::new();
    loop {
        let mut builder = Builder {
            formulation,
            ledger: Ledger::new(&formulation.program),
            roster: roster.clone_empty(),
            exact: exact_classes.to_vec(),
            worth: Worth::new(formulation),
            sessions: Vec::new(),
            slot_of: slot_of(formulation),
            started: vec![0; formulation.slots.iter().map(|s| s.span.0 + 1).max().unwrap_or(0)],
        };
        let open = builder.open_slots(&banned);
        builder.pins(&open);
        builder.quotas(&open);
        if let Some(guide) = guide {
            builder.follow(&open, guide);
        }
        builder.fill(&open);
        builder.top_up();
        // A project held below its least number of sessions is not held at all.
        let short: Vec<_> = formulation
            .held
            .iter()
            .filter(|(id, held)| {
                let sessions: i64 =
                    builder.sessions.iter().filter(|s| builder.project_of(s.slot) == Some(**id)).count() as i64;
                sessions > 0 && sessions < held.min_sessions
            })
            .map(|(id, _)| *id)
            .collect();
        if !short.is_empty() && banned.len() < formulation.held.len() {
            banned.extend(short);
            continue;
        }
        let x = builder.ledger.x.clone();
        let sessions = builder.sessions;
        return match settle(formulation, x.clone()) {
            Some(x) => Construction { x, sessions, sound: true },
            None => {
                let mut x = x;
                formulation.program.complete(&mut x);
                Construction { x, sessions, sound: false }
            }
        };
    }
}

/// The slot of each session, units, staff or room column; `u32::MAX` for the others.
fn slot_of(formulation: &Formulation) -> Vec<u32> {
    let mut slot_of = vec![u32::MAX; formulation.program.columns()];
    for (index, slot) in formulation.slots.iter().enumerate() {
        slot.columns().for_each(|column| slot_of[column.index()] = index as u32);
    }
    // A derived column or an indicator stands where its columns stand.
    for &(column, indicator) in &formulation.program.links {
        if slot_of[indicator.index()] == u32::MAX {
            slot_of[indicator.index()] = slot_of[column.index()];
        }
    }
    for derived in &formulation.program.derived {
        if let super::program::Derived::Together { column, units, .. } = derived {
            slot_of[column.index()] = slot_of[units.index()];
        }
    }
    slot_of
}

impl<'a> Builder<'a> {
    fn project_of(&self, slot: usize) -> Option<crate::lists::ProjectId> {
        let held = self.formulation.slots[slot].held;
        let links: Vec<Column> = self.formulation.program.links_of(held).collect();
        self.formulation.held.iter().find(|(_, h)| links.contains(&h.column)).map(|(id, _)| *id)
    }

    fn open_slots(&self, banned: &BTreeSet<crate::lists::ProjectId>) -> Vec<bool> {
        (0..self.formulation.slots.len())
            .map(|slot| banned.is_empty() || self.project_of(slot).is_none_or(|id| !banned.contains(&id)))
            .collect()
    }

    /// Tries to meet every fix pin.
    fn pins(&mut self, open: &[bool]) {
        let formulation = self.formulation;
        for fix in &formulation.fixes {
            let columns: Vec<Column> = fix.of.iter().map(|f| f.0).collect();
            self.reach(open, &columns, &fix.of, fix.count);
        }
    }

    fn quotas(&mut self, open: &[bool]) {
        let formulation = self.formulation;
        for quota in &formulation.quotas {
            let columns: Vec<Column> = quota.of.iter().map(|q| q.0).collect();
            self.reach(open, &columns, &quota.of, quota.target);
        }
    }

    /// Holds sessions that raise `Σ of` until it is `count` or nothing more can be done.
    fn reach(&mut self, open: &[bool], columns: &[Column], of: &[(Column, i64)], count: i64) {
        let program = &self.formulation.program;
        let has = |ledger: &Ledger| -> i64 {
            of.iter()
                .map(|(c, a)| match program.role[c.index()] {
                    Role::Derived => 0,
                    _ => a * ledger.x[c.index()],
                })
                .sum()
        };
        let mut slots: Vec<usize> = columns.iter().flat_map(|c| self.slots_behind(*c)).filter(|s| open[*s]).collect();
        slots.sort_unstable();
        slots.dedup();
        let mut prefer: BTreeSet<Column> = columns.iter().copied().collect();
        for derived in &program.derived {
            if let super::program::Derived::Together { column, units, with, .. } = derived
                && prefer.contains(column)
            {
                prefer.insert(*units);
                prefer.extend(with.iter().copied());
            }
        }
        for &(column, indicator) in &program.links {
            if prefer.contains(&indicator) && program.role[column.index()] == Role::Staff {
                prefer.insert(column);
            }
        }
        // Where units are counted, or units together with a member, a session may bring all that is asked for.
        let units = columns.iter().any(|c| matches!(program.role[c.index()], Role::Units | Role::Derived));
        let cap = if units { None } else { self.share(&slots, count - has(&self.ledger)) };
        for slot in slots {
            while has(&self.ledger) < count && self.session(slot, &prefer, cap, false) {}
            if has(&self.ledger) >= count {
                break;
            }
        }
    }

    /// Seats to use in each of so many sessions where units are scarcer than seats, so that the last still has some.
    fn share(&self, slots: &[usize], sessions: i64) -> Option<i64> {
        let mut units: BTreeMap<NeedId, i64> = BTreeMap::new();
        let mut size = 0;
        for slot in slots.iter().map(|s| &self.formulation.slots[*s]) {
            size = size.max(slot.size);
            for unit in &slot.units {
                let room = self.ledger.program_room(unit.column, slot.held) * unit.scale;
                let most = units.entry(unit.need).or_default();
                *most = room.max(*most);
            }
        }
        let open = units.into_values().fold(0i64, i64::saturating_add);
        (sessions > 0 && open / sessions < size).then(|| open / sessions)
    }

    /// The slots whose sessions raise a column.
    fn slots_behind(&self, column: Column) -> Vec<usize> {
        let direct = self.slot_of[column.index()];
        if self.formulation.program.role[column.index()] == Role::Indicator {
            let links = &self.formulation.program.links;
            return links
                .iter()
                .filter(|l| l.1 == column)
                .map(|l| self.slot_of[l.0.index()])
                .filter(|s| *s != u32::MAX)
                .map(|s| s as usize)
                .collect();
        }
        if direct == u32::MAX { Vec::new() } else { vec![direct as usize] }
    }

    /// Holds the sessions of a fractional point, the surest first.
    fn follow(&mut self, open: &[bool], guide: &[f64]) {
        let mut wanted: Vec<(i64, usize)> = self
            .formulation
            .slots
            .iter()
            .enumerate()
            .filter(|(index, slot)| open[*index] && guide[slot.held.index()] > 1e-6)
            // Thousandths, so that the order does not hang on the last bits of a float.
            .map(|(index, slot)| ((guide[slot.held.index()] * 1000.0).round() as i64, index))
            .collect();
        wanted.sort_by_key(|w| (Reverse(w.0), w.1));
        for (thousandths, index) in wanted {
            let slot = &self.formulation.slots[index];
            let prefer: BTreeSet<Column> = slot
                .units
                .iter()
                .map(|u| u.column)
                .chain(slot.staff.iter().map(|s| s.column))
                .filter(|c| guide[c.index()] > 1e-6)
                .collect();
            let sessions = ((thousandths + 500) / 1000).max(1);
            while self.ledger.x[slot.held.index()] < sessions && self.session(index, &prefer, None, true) {}
        }
    }

    /// Holds sessions while they are worth it, always the one that promises most.
    fn fill(&mut self, open: &[bool]) {
        let none = BTreeSet::new();
        let mut heap: BinaryHeap<(Vec<i64>, Reverse<u64>, Reverse<usize>)> = BinaryHeap::new();
        let key = |builder: &Self, slot: usize| {
            let started = builder.started[builder.formulation.slots[slot].span.0] / EVENNESS;
            Some((builder.promise(slot)?, Reverse(started), Reverse(slot)))
        };
        for slot in (0..self.formulation.slots.len()).filter(|s| open[*s]) {
            heap.extend(key(self, slot));
        }
        while let Some(promised) = heap.pop() {
            let Reverse(slot) = promised.2;
            let Some(now) = key(self, slot) else { continue };
            if now < promised {
                heap.push(now);
            } else if self.session(slot, &none, None, true) {
                heap.extend(key(self, slot));
            }
        }
    }

    /// Fills seats that are still empty in sessions that stand.
    fn top_up(&mut self) {
        for position in 0..self.sessions.len() {
            let slot_index = self.sessions[position].slot;
            let slot = &self.formulation.slots[slot_index];
            let seats_of = |built: &Built| -> i64 { built.units.iter().map(|u| u.1 * slot.units[u.0].seats).sum() };
            let mut seats = slot.size - seats_of(&self.sessions[position]);
            for unit_position in self.worth.order(slot_index).to_vec() {
                let unit = &slot.units[unit_position];
                if seats < unit.seats * unit.scale {
                    continue;
                }
                let inside = self.sessions[position].units.iter().find(|u| u.0 == unit_position).map_or(0, |u| u.1);
                let most = (unit.a_session - inside / unit.scale).min(seats / (unit.seats * unit.scale));
                let mark = self.ledger.mark();
                let steps = self.ledger.raise(unit.column, most);
                if steps < 1 {
                    continue;
                }
                let worth = self.worth.gain(self.ledger.since(mark));
                let pays = worth.iter().find(|w| **w != 0).is_some_and(|w| *w > 0);
                if !pays || self.pay().is_none() || self.ledger.broken(mark).is_some() {
                    self.ledger.undo(mark);
                    continue;
                }
                self.ledger.keep();
                seats -= steps * unit.seats * unit.scale;
                let units = &mut self.sessions[position].units;
                match units.iter_mut().find(|u| u.0 == unit_position) {
                    Some(units) => units.1 += steps * unit.scale,
                    None => units.push((unit_position, steps * unit.scale)),
                }
            }
        }
    }

    /// What a session's units would be worth by level, if everything else fell into place.
    fn promise(&self, index: usize) -> Option<Vec<i64>> {
        let slot = &self.formulation.slots[index];
        if self.ledger.room(slot.held) < 1 {
            return None;
        }
        let mut worth = self.worth.of(slot.held, 1);
        let (mut seats, mut units) = (slot.size, 0);
        for &position in self.worth.order(index) {
            let unit = &slot.units[position];
            let links_open = self.ledger.program_room(unit.column, slot.held);
            let steps = links_open.min(unit.a_session).min(seats / (unit.seats * unit.scale));
            if steps > 0 {
                seats -= steps * unit.seats * unit.scale;
                units += steps * unit.scale;
                self.worth.add(&mut worth, unit.column, steps);
            }
        }
        (units >= slot.least).then_some(worth)
    }

    /// Tries to hold one more session in a slot; `false` leaves everything as it was.
    fn session(&mut self, index: usize, prefer: &BTreeSet<Column>, cap: Option<i64>, must_pay: bool) -> bool {
        let mut shunned: BTreeSet<Column> = BTreeSet::new();
        for _ in 0..RATIO_TRIES {
            let mark = self.ledger.mark();
            let mut taken = Vec::new();
            let built = self.assemble(index, prefer, cap, &shunned, &mut taken);
            let broken = built.is_some().then(|| self.ledger.broken(mark)).flatten();
            if let (Some(built), None) = (&built, broken) {
                let worth = self.worth.gain(self.ledger.since(mark));
                if !must_pay || worth.iter().find(|w| **w != 0).is_some_and(|w| *w > 0) {
                    self.sessions.push(built.clone());
                    self.started[self.formulation.slots[index].span.0] += 1;
                    self.ledger.keep();
                    return true;
                }
            }
            // The members whose presence broke the row are left out of the next try.
            let culprits: Vec<Column> = broken.map_or(Vec::new(), |row| {
                let entries = self.formulation.program.row_of(row.index());
                let staff = |c: &Column| self.formulation.program.role[c.index()] == Role::Staff;
                let new = self.ledger.since(mark);
                entries
                    .iter()
                    .filter(|(c, a)| *a > 0 && staff(c) && new.iter().any(|n| n.0 == *c))
                    .map(|(c, _)| *c)
                    .collect()
            });
            self.ledger.undo(mark);
            self.release(index, &taken);
            if culprits.is_empty() {
                return false;
            }
            shunned.extend(culprits);
        }
        false
    }

    fn release(&mut self, index: usize, taken: &[Taken]) {
        let span = self.formulation.slots[index].span;
        for taken in taken {
            match taken {
                Taken::Members(request, members) => self.roster.give_back(request, members),
                Taken::Room(class, room) => self.roster.give_back_room(*class, *room, span),
            }
        }
    }

    fn assemble(
        &mut self,
        index: usize,
        prefer: &BTreeSet<Column>,
        cap: Option<i64>,
        shunned: &BTreeSet<Column>,
        taken: &mut Vec<Taken>,
    ) -> Option<Built> {
        let slot = &self.formulation.slots[index];
        if self.ledger.raise(slot.held, 1) < 1 {
            return None;
        }
        let mut built = Built::empty(index);
        self.seat(index, slot, prefer, cap, &mut built)?;
        self.host(slot, taken, &mut built)?;
        self.man(slot, prefer, shunned, taken, &mut built)?;
        self.pay()?;
        Some(built)
    }

    /// Units, the most valued first; preferred columns before all others. `cap` leaves seats empty for later sessions.
    fn seat(
        &mut self,
        index: usize,
        slot: &Slot,
        prefer: &BTreeSet<Column>,
        cap: Option<i64>,
        built: &mut Built,
    ) -> Option<()> {
        let (mut seats, mut units) = (cap.map_or(slot.size, |c| slot.size.min(c.max(slot.least))), 0);
        let order = self.worth.order(index).to_vec();
        let (first, rest): (Vec<usize>, Vec<usize>) =
            order.into_iter().partition(|p| prefer.contains(&slot.units[*p].column));
        for position in first.into_iter().chain(rest) {
            let unit = &slot.units[position];
            let most = unit.a_session.min(seats / (unit.seats * unit.scale));
            let steps = self.ledger.raise(unit.column, most);
            if steps > 0 {
                seats -= steps * unit.seats * unit.scale;
                units += steps * unit.scale;
                built.units.push((position, steps * unit.scale));
            }
        }
        (units >= slot.least).then_some(())
    }

    fn host(&mut self, slot: &Slot, taken: &mut Vec<Taken>, built: &mut Built) -> Option<()> {
        if !slot.roomed {
            return Some(());
        }
        for (position, (class, column)) in slot.rooms.iter().enumerate() {
            let mark = self.ledger.mark();
            if self.ledger.raise(*column, 1) < 1 {
                continue;
            }
            built.room = Some(position);
            if self.exact[class.index()] {
                return Some(());
            }
            if let Some(room) = self.roster.take_room(*class, slot.span) {
                taken.push(Taken::Room(*class, room));
                built.room_number = Some(room);
                return Some(());
            }
            self.ledger.undo(mark);
        }
        None
    }

    /// Members for every post (rotating: in every period), rare classes last to be used up.
    fn man(
        &mut self,
        slot: &Slot,
        prefer: &BTreeSet<Column>,
        shunned: &BTreeSet<Column>,
        taken: &mut Vec<Taken>,
        built: &mut Built,
    ) -> Option<()> {
        // Which members of classes that are not exact are in the session already, by class.
        let mut inside: Vec<(ClassId, u32)> = Vec::new();
        let mut used: Vec<(ClassId, Option<usize>, i64)> = Vec::new();
        for (post, &members) in slot.members.iter().enumerate() {
            let of_post: Vec<usize> = (0..slot.staff.len()).filter(|s| slot.staff[*s].post == post).collect();
            let mut periods: Vec<Option<usize>> =
                of_post.iter().map(|s| slot.staff[*s].period.map(|p| p.index())).collect();
            periods.sort_unstable();
            periods.dedup();
            if members > 0 && periods.is_empty() {
                return None;
            }
            for period in periods {
                let mut missing = members;
                let mut order: Vec<usize> = of_post
                    .iter()
                    .copied()
                    .filter(|s| slot.staff[*s].period.map(|p| p.index()) == period)
                    .filter(|s| !shunned.contains(&slot.staff[*s].column))
                    .collect();
                order.sort_by_cached_key(|s| {
                    let column = slot.staff[*s].column;
                    (!prefer.contains(&column), self.worth.rarity(column), Reverse(self.worth.of(column, 1)), *s)
                });
                for position in order {
                    if missing == 0 {
                        break;
                    }
                    let staff = &slot.staff[position];
                    let inside_now: i64 = used
                        .iter()
                        .filter(|(class, when, _)| {
                            *class == staff.class && (*when == period || when.is_none() || period.is_none())
                        })
                        .map(|u| u.2)
                        .sum();
                    let mark = self.ledger.mark();
                    let most = missing.min(staff.count - inside_now);
                    let mut steps = self.ledger.raise(staff.column, most);
                    if steps > 0 && !self.exact[staff.class.index()] {
                        self.ledger.undo(mark);
                        let already: Vec<u32> = inside.iter().filter(|i| i.0 == staff.class).map(|i| i.1).collect();
                        while steps > 0 {
                            let request = slot.request(position, usize::try_from(steps).unwrap_or(0));
                            if let Some(members) = self.roster.take(&request, &already) {
                                inside.extend(members.iter().map(|m| (staff.class, *m)));
                                built.members.push((position, members.clone()));
                                taken.push(Taken::Members(request, members));
                                break;
                            }
                            steps -= 1;
                        }
                        steps = self.ledger.raise(staff.column, steps);
                    }
                    if steps > 0 {
                        missing -= steps;
                        used.push((staff.class, period, steps));
                        built.staff.push((position, steps));
                    }
                }
                if missing > 0 {
                    return None;
                }
            }
        }
        Some(())
    }

    /// Lets every group of demands draw from its supplies, the most restricted first.
    fn pay(&mut self) -> Option<()> {
        let formulation = self.formulation;
        for group in &formulation.groups {
            let Some(row) = group.row else { continue };
            let mut missing = -self.ledger.activity(row);
            for (_, column) in &group.supplies {
                if missing <= 0 {
                    break;
                }
                let Some(column) = column else { continue };
                missing -= self.ledger.raise(*column, missing);
            }
            if missing > 0 {
                return None;
            }
        }
        Some(())
    }
}

enum Taken {
    Members(Request, Vec<u32>),
    Room(ClassId, u32),
}
