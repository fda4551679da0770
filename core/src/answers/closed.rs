//! What pins say of cells, and the rooms of each place.

use std::collections::BTreeMap;

use super::spare::Cell;
use crate::fit::Geography;
use crate::lists::{Case, Kind, Pin, PinMode, PlaceId, Resource};

/// Whether a pin is about sessions of a cell, by project, place and start.
pub(super) fn about(pin: &Pin, geography: &Geography, (project, place, start): Cell) -> bool {
    pin.project.is_none_or(|named| named == project)
        && pin.place.is_none_or(|named| geography.covers(named, place))
        && pin.period.is_none_or(|named| named == start)
}

/// Pins that forbid whole sessions.
pub(super) fn closing(case: &Case) -> Vec<&Pin> {
    let whole = |pin: &&Pin| pin.mode == PinMode::Forbid && pin.need.is_none() && pin.resource.is_none();
    case.pins.iter().filter(whole).collect()
}

/// The rows of rooms by place.
pub(super) fn venues(case: &Case) -> BTreeMap<PlaceId, Vec<&Resource>> {
    let mut venues: BTreeMap<PlaceId, Vec<&Resource>> = BTreeMap::new();
    for row in case.resources.iter().filter(|row| row.kind == Kind::Venue) {
        venues.entry(row.place.unwrap_or(case.online)).or_default().push(row);
    }
    venues
}
