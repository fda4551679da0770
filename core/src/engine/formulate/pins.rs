//! H15 pins: forbidden columns are closed, fixed sums get a lower limit.

use super::super::program::{Column, Derived, FREE, Keep, Role};
use super::{Draft, Fix, Slot};
use crate::lists::{Kind, Pin, PinMode, ResourceId};

pub(super) fn write(draft: &mut Draft) {
    for (index, pin) in draft.model.case.pins.iter().enumerate() {
        let slots: Vec<usize> = (0..draft.slots.len()).filter(|s| at(draft, &draft.slots[*s], pin)).collect();
        match pin.mode {
            PinMode::Forbid => slots.into_iter().for_each(|s| forbid(draft, s, pin)),
            PinMode::Fix => fix(draft, index, pin, &slots),
        }
    }
}

/// Whether a slot stands where and when the pin says, for its project.
fn at(draft: &Draft, slot: &Slot, pin: &Pin) -> bool {
    let cell = &draft.model.cells[slot.cell];
    pin.project.is_none_or(|p| p == cell.project)
        && pin.place.is_none_or(|p| draft.model.geography.covers(p, cell.place))
        && pin.period.is_none_or(|p| p == cell.start)
}

/// Columns of the members or rooms of a row in a slot: one a member-session (rotating posts: the presence indicator).
fn of_resource(draft: &Draft, slot: &Slot, resource: ResourceId) -> Vec<Column> {
    let model = draft.model;
    if model.case.resources[resource.index()].kind == Kind::Venue {
        let of = |c: &crate::model::ClassId| model.classes[c.index()].resource == resource;
        return slot.rooms.iter().filter(|(class, _)| of(class)).map(|(_, column)| *column).collect();
    }
    let mut columns: Vec<Column> = Vec::new();
    for staff in slot.staff.iter().filter(|s| model.classes[s.class.index()].resource == resource) {
        if staff.period.is_none() {
            columns.push(staff.column);
        } else {
            // Links are not sorted yet while the program is written.
            columns.extend(draft.program.links.iter().filter(|l| l.0 == staff.column).map(|l| l.1));
        }
    }
    columns.sort_unstable();
    columns.dedup();
    columns
}

fn forbid(draft: &mut Draft, slot: usize, pin: &Pin) {
    let slot = draft.slots[slot].clone();
    let units: Vec<(Column, i64)> = units_of(draft, &slot, pin);
    match (pin.need, pin.resource) {
        (None, None) => draft.program.upper[slot.held.index()] = 0,
        (Some(_), None) => units.iter().for_each(|u| draft.program.upper[u.0.index()] = 0),
        (None, Some(resource)) => {
            let staff: Vec<Column> = slot
                .staff
                .iter()
                .filter(|s| draft.model.classes[s.class.index()].resource == resource)
                .map(|s| s.column)
                .chain(of_resource(draft, &slot, resource))
                .collect();
            staff.iter().for_each(|c| draft.program.upper[c.index()] = 0);
        }
        (Some(_), Some(resource)) => {
            let there = of_resource(draft, &slot, resource);
            for (unit, _) in units {
                for column in &there {
                    let (most, members) = (draft.program.upper[unit.index()], draft.program.upper[column.index()]);
                    if most == 0 || members == 0 {
                        continue;
                    }
                    // Both cannot be positive: an indicator for the members where there may be several.
                    let one = if members == 1 {
                        *column
                    } else {
                        let one = draft.program.column(Role::Indicator, 0, 1);
                        draft.program.links.push((*column, one));
                        draft.program.row(Keep::Always, -FREE, vec![(*column, 1), (one, -members)], 0);
                        one
                    };
                    draft.program.row(Keep::Always, -FREE, vec![(unit, 1), (one, most)], most);
                }
            }
        }
    }
}

fn units_of(draft: &Draft, slot: &Slot, pin: &Pin) -> Vec<(Column, i64)> {
    slot.units.iter().filter(|u| pin.need == Some(draft.need_of(slot, u))).map(|u| (u.column, u.scale)).collect()
}

fn fix(draft: &mut Draft, index: usize, pin: &Pin, slots: &[usize]) {
    let mut of: Vec<(Column, i64)> = Vec::new();
    let mut seats: Vec<(Column, i64)> = Vec::new();
    for &s in slots {
        let slot = draft.slots[s].clone();
        match (pin.need, pin.resource) {
            (None, None) => of.push((slot.held, 1)),
            (Some(_), None) => of.extend(units_of(draft, &slot, pin)),
            (None, Some(resource)) => of.extend(of_resource(draft, &slot, resource).into_iter().map(|c| (c, 1))),
            (Some(_), Some(resource)) => {
                let with = of_resource(draft, &slot, resource);
                if with.is_empty() {
                    continue;
                }
                seats.extend(with.iter().map(|column| (*column, 1)));
                for (units, scale) in units_of(draft, &slot, pin) {
                    let most = draft.program.upper[units.index()] * scale;
                    let column = draft.program.column(Role::Derived, 0, most);
                    draft.program.row(Keep::AtEnd, -FREE, vec![(column, 1), (units, -scale)], 0);
                    let mut entries: Vec<(Column, i64)> = with.iter().map(|c| (*c, -most)).collect();
                    entries.push((column, 1));
                    draft.program.row(Keep::AtEnd, -FREE, entries, 0);
                    draft.program.derived.push(Derived::Together { column, units, scale, with: with.clone() });
                    of.push((column, 1));
                }
            }
        }
    }
    let count = pin.count - in_facts(draft, pin);
    if count > 0 {
        draft.program.row(Keep::AtEnd, count, of.clone(), FREE);
        if !seats.is_empty() {
            // Follows from the rest for whole numbers; relaxations would seat a part of someone.
            draft.program.row(Keep::AtEnd, 1, seats, FREE);
        }
        draft.fixes.push(Fix { pin: index, of, count });
    }
}

/// What facts already give towards a fix pin.
fn in_facts(draft: &Draft, pin: &Pin) -> i64 {
    let model = draft.model;
    let case = model.case;
    let Some(previous) = &case.previous else { return 0 };
    let id = |wanted: Option<&str>, found: &str| wanted.is_none_or(|w| w == found);
    let mut count = 0i64;
    for session in model.facts.sessions.iter().map(|&i| &previous.sessions[i]) {
        let place = case.place(&session.place);
        let here = id(pin.project.map(|p| case.projects[p.index()].id.as_str()), &session.project)
            && id(pin.period.map(|p| case.periods[p.index()].id.as_str()), &session.period)
            && pin.place.is_none_or(|p| place.is_some_and(|leaf| model.geography.covers(p, leaf)));
        if !here {
            continue;
        }
        let members = pin.resource.map(|r| {
            let wanted = case.resources[r.index()].id.as_str();
            let mut members: Vec<i64> =
                session.staff.iter().filter(|s| s.resource == wanted).map(|s| s.member).collect();
            members.sort_unstable();
            members.dedup();
            members.len() as i64 + i64::from(session.venue.as_deref() == Some(wanted))
        });
        count += match (pin.need, members) {
            (Some(_), Some(0)) => 0,
            (Some(need), _) => {
                let wanted = case.needs[need.index()].id.as_str();
                session.needs.iter().filter(|n| n.need == wanted).map(|n| n.units).sum()
            }
            (None, Some(members)) => members,
            (None, None) => 1,
        };
    }
    count
}
