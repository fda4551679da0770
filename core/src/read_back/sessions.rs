//! Deals the sums of a slot out to its sessions, and turns out to members.

use std::collections::{BTreeMap, VecDeque};

use crate::engine::construct::Built;
use crate::engine::formulate::{Formulation, Slot};
use crate::lists::{NeedId, PeriodId, ResourceId};
use crate::model::{ClassId, Model, Roster};
use crate::plan::{Seat, Served};

/// One session with its members by name.
pub(super) struct Held {
    pub(super) slot: usize,
    /// Position in `slot.units`, units.
    pub(super) units: Vec<(usize, i64)>,
    /// Position in `slot.staff`, row and number of the member.
    staff: Vec<(usize, ResourceId, i64)>,
    /// Row and number of the room.
    pub(super) room: Option<(ResourceId, i64)>,
}

/// A session before turns are dealt out.
struct Open {
    slot: usize,
    units: Vec<(usize, i64)>,
    staff: Vec<(usize, i64)>,
    members: Vec<(usize, Vec<u32>)>,
    room: Option<usize>,
    room_number: Option<u32>,
}

impl Held {
    /// Needs, or those that stand for their class, with units.
    fn needs<'w>(&'w self, whole: &'w Formulation) -> impl Iterator<Item = (NeedId, i64)> + 'w {
        let slot = &whole.slots[self.slot];
        self.units.iter().map(|&(position, n)| (slot.units[position].need, n))
    }

    pub(super) fn seats(&self, model: &Model, whole: &Formulation) -> Vec<Seat> {
        let slot = &whole.slots[self.slot];
        let project = &model.case.projects[model.cells[slot.cell].project.index()];
        let seat = |&(position, resource, member): &(usize, ResourceId, i64)| {
            let staff = &slot.staff[position];
            let post = &project.posts[staff.post];
            Seat {
                resource: model.case.resources[resource.index()].id.clone(),
                member,
                post: post.number,
                role: model.case.text(post.role).to_owned(),
                period: staff.period.map(|p| model.case.periods[PeriodId::index(p)].id.clone()),
            }
        };
        self.staff.iter().map(seat).collect()
    }
}

/// All sessions of a point, by start.
pub(super) fn deal(model: &Model, whole: &Formulation, x: &[i64], built: &[(usize, Built)]) -> Option<Vec<Held>> {
    let mut open: Vec<Open> = Vec::new();
    let mut by_hand = vec![false; whole.slots.len()];
    for (slot, session) in built {
        by_hand[*slot] = true;
        open.push(Open {
            slot: *slot,
            units: session.units.clone(),
            staff: session.staff.clone(),
            members: session.members.clone(),
            room: session.room,
            room_number: session.room_number,
        });
    }
    for (index, slot) in whole.slots.iter().enumerate() {
        if !by_hand[index] && x[slot.held.index()] > 0 {
            open.extend(apart(index, slot, x));
        }
    }
    open.sort_by_key(|o| (whole.slots[o.slot].span.0, o.slot));
    let mut roster = Roster::new(model);
    long_first(model, whole, &mut roster, &mut open)?;
    open.into_iter().map(|o| turns(model, whole, &mut roster, o)).collect()
}

/// Who is served in each session. What a class of like needs gets is dealt out to its rows, and these fill up session
/// after session, one row after the other, so that each is spread over as few as can be.
pub(super) fn served(model: &Model, whole: &Formulation, held: &[Held]) -> Vec<Vec<Served>> {
    let mut units_of: BTreeMap<NeedId, i64> = BTreeMap::new();
    for (need, units) in held.iter().flat_map(|session| session.needs(whole)) {
        *units_of.entry(need).or_default() += units;
    }
    let waiting = |(need, units)| (need, VecDeque::from(model.needs.deal(need, units)));
    let mut waiting: BTreeMap<NeedId, VecDeque<(NeedId, i64)>> = units_of.into_iter().map(waiting).collect();
    let mut seated = |session: &Held| {
        let mut units: BTreeMap<NeedId, i64> = BTreeMap::new();
        for (need, mut left) in session.needs(whole) {
            let rows = waiting.entry(need).or_default();
            while let Some((row, open)) = rows.front_mut().filter(|_| left > 0) {
                let take = left.min(*open);
                *units.entry(*row).or_default() += take;
                *open -= take;
                left -= take;
                if *open == 0 {
                    rows.pop_front();
                }
            }
        }
        let served = |(need, units): (NeedId, i64)| Served { need: model.case.needs[need.index()].id.clone(), units };
        units.into_iter().map(served).collect()
    };
    held.iter().map(&mut seated).collect()
}

/// Sessions over several periods that take all a member has are dealt before any other, to members of their own.
fn long_first(model: &Model, whole: &Formulation, roster: &mut Roster, open: &mut [Open]) -> Option<()> {
    for session in open {
        let slot = &whole.slots[session.slot];
        if slot.span.1 - slot.span.0 < 2 {
            continue;
        }
        let mut taken: Vec<(ClassId, u32)> = Vec::new();
        for &(position, members) in &session.staff {
            let staff = &slot.staff[position];
            let dealt = session.members.iter().any(|m| m.0 == position);
            if !model.classes[staff.class.index()].exhausting || dealt {
                continue;
            }
            let inside: Vec<u32> = taken.iter().filter(|t| t.0 == staff.class).map(|t| t.1).collect();
            let request = slot.request(position, usize::try_from(members).ok()?);
            let members = roster.take(&request, &inside)?;
            taken.extend(members.iter().map(|m| (staff.class, *m)));
            session.members.push((position, members));
        }
    }
    Some(())
}

/// Deals sums out to the sessions of a slot in a circle, so that every session gets its mean rounded up or down.
fn apart(index: usize, slot: &Slot, x: &[i64]) -> Vec<Open> {
    let sessions = usize::try_from(x[slot.held.index()]).unwrap_or(0);
    let mut open: Vec<Open> = (0..sessions)
        .map(|_| Open {
            slot: index,
            units: Vec::new(),
            staff: Vec::new(),
            members: Vec::new(),
            room: None,
            room_number: None,
        })
        .collect();
    let mut next = 0usize;
    for (position, unit) in slot.units.iter().enumerate() {
        let steps = usize::try_from(x[unit.column.index()]).unwrap_or(0);
        let (each, more) = (steps / sessions, steps % sessions);
        for k in 0..sessions {
            let at = (next + k) % sessions;
            let n = each + usize::from(k < more);
            if n > 0 {
                open[at].units.push((position, n as i64 * unit.scale));
            }
        }
        next = (next + more) % sessions;
    }
    let mut circles: BTreeMap<(usize, Option<PeriodId>), usize> = BTreeMap::new();
    for (position, staff) in slot.staff.iter().enumerate() {
        let next = circles.entry((staff.post, staff.period)).or_default();
        let members = usize::try_from(x[staff.column.index()]).unwrap_or(0);
        let (each, more) = (members / sessions, members % sessions);
        for k in 0..sessions {
            let n = each + usize::from(k < more);
            if n > 0 {
                open[(*next + k) % sessions].staff.push((position, n as i64));
            }
        }
        *next = (*next + more) % sessions;
    }
    let mut rooms =
        slot.rooms.iter().enumerate().flat_map(|(position, room)| (0..x[room.1.index()]).map(move |_| position));
    for session in &mut open {
        session.room = rooms.next();
    }
    open
}

/// Names the members and the room of a session.
fn turns(model: &Model, whole: &Formulation, roster: &mut Roster, open: Open) -> Option<Held> {
    let slot = &whole.slots[open.slot];
    let mut staff = Vec::new();
    let mut inside: Vec<(ClassId, Option<PeriodId>, u32)> = Vec::new();
    for &(position, members) in &open.staff {
        let column = &slot.staff[position];
        let dealt = open.members.iter().find(|m| m.0 == position).map(|m| m.1.clone());
        let members = match dealt {
            Some(members) => members,
            None => {
                let taken: Vec<u32> = inside
                    .iter()
                    .filter(|(class, period, _)| {
                        *class == column.class
                            && (*period == column.period || period.is_none() || column.period.is_none())
                    })
                    .map(|i| i.2)
                    .collect();
                let request = slot.request(position, usize::try_from(members).ok()?);
                roster.take(&request, &taken)?
            }
        };
        for member in members {
            inside.push((column.class, column.period, member));
            let (resource, number) = named(model, column.class, member);
            staff.push((position, resource, number));
        }
    }
    let room = match open.room {
        None => None,
        Some(position) => {
            let class = slot.rooms[position].0;
            let room = match open.room_number {
                Some(room) => room,
                None => roster.take_room(class, slot.span)?,
            };
            Some(named(model, class, room))
        }
    };
    Some(Held { slot: open.slot, units: open.units, staff, room })
}

/// The row and number of the n-th member of a class.
fn named(model: &Model, class: ClassId, member: u32) -> (ResourceId, i64) {
    let mut left = i64::from(member);
    for share in &model.classes[class.index()].shares {
        if left < share.count {
            return (share.resource, share.first + left);
        }
        left -= share.count;
    }
    unreachable!("a class has as many members as its shares")
}
