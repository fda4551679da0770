//! **H15 pins** fix: at least `count`; forbid: none. `count` counts units if `need` is filled, else member-sessions (or,
//! of a venue, sessions) if `resource` is, else sessions; both filled: units of the need in sessions with that
//! resource. Blank is any. Facts count toward a fix and are ignored by a forbid.

use std::collections::BTreeSet;

use super::fault::Fault;
use super::reading::{Held, Reading};
use super::violation::Violation;
use crate::lists::{Pin, PinMode};

pub(super) fn judge(reading: &Reading, out: &mut Vec<Violation>) {
    for pin in &reading.case.pins {
        let (mut found, mut labels) = (0i128, Vec::new());
        for held in reading.sessions.iter().filter(|held| !held.fact || pin.mode == PinMode::Fix) {
            let counted = if passes(reading, pin, held) { counted(pin, held) } else { 0 };
            if counted > 0 {
                found += counted;
                labels.push(held.label.clone());
            }
        }
        let row = pin.row.to_string();
        match pin.mode {
            PinMode::Fix if found < i128::from(pin.count) => {
                out.push(Violation::new("H15", Fault::PinFix).of([&row]).amounts(found, pin.count.into()).among(labels))
            }
            PinMode::Forbid if found > 0 => {
                out.push(Violation::new("H15", Fault::PinForbid).of([&row]).amounts(found, 0).among(labels));
            }
            _ => {}
        }
    }
}

fn passes(reading: &Reading, pin: &Pin, held: &Held) -> bool {
    pin.project.is_none_or(|project| held.project.is_some_and(|(id, _)| id == project))
        && pin.place.is_none_or(|listed| held.place.is_some_and(|place| reading.ways.is_under(place, listed)))
        && pin.period.is_none_or(|period| held.start == Some(period.index()))
}

fn counted(pin: &Pin, held: &Held) -> i128 {
    let units = pin.need.map(|need| held.needs.iter().filter(|(id, _)| *id == Some(need)).map(|(_, n)| n).sum());
    let Some(resource) = pin.resource else { return units.unwrap_or(1) };
    let members: BTreeSet<i64> =
        held.staff.iter().filter(|sat| sat.resource == Some(resource)).map(|sat| sat.seat.member).collect();
    let turns = members.len() as i128 + i128::from(held.venue == Some(resource));
    units.map_or(turns, |units: i128| if turns > 0 { units } else { 0 })
}
