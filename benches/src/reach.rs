//! Who gets where: a table of distances, apart from the engine's.

use std::collections::BTreeMap;

use sandan::lists::{Case, PlaceId};

/// Mean radius of the earth in kilometres.
const EARTH_KM: f64 = 6371.0088;

/// Places and minutes of a case.
pub struct Reach<'case> {
    case: &'case Case,
    parents: Vec<bool>,
    minutes: BTreeMap<(PlaceId, PlaceId), i64>,
}

impl<'case> Reach<'case> {
    /// Reads places, travel and speed.
    pub fn new(case: &'case Case) -> Self {
        let mut parents = vec![false; case.places.len()];
        for parent in case.places.iter().filter_map(|p| p.parent) {
            parents[parent.index()] = true;
        }
        let mut minutes = BTreeMap::new();
        for row in &case.travel {
            minutes.insert((row.from, row.to), row.minutes);
        }
        for row in &case.travel {
            minutes.entry((row.to, row.from)).or_insert(row.minutes);
        }
        Reach { case, parents, minutes }
    }

    /// Where a session may stand, `online` excepted.
    pub fn leaves(&self) -> impl Iterator<Item = PlaceId> + '_ {
        (0..self.parents.len()).filter(|p| !self.parents[*p]).map(PlaceId::from).filter(|p| *p != self.case.online)
    }

    /// Whether the place as written stands for the leaf.
    pub fn covers(&self, place: PlaceId, leaf: PlaceId) -> bool {
        let mut at = Some(leaf);
        while let Some(here) = at {
            if here == place {
                return true;
            }
            at = self.case.places[here.index()].parent;
        }
        false
    }

    /// Whether one gets from a row's place to a leaf or `online` in so many minutes; what is not known is not reached.
    pub fn within(&self, from: Option<PlaceId>, limit: i64, to: PlaceId) -> bool {
        from.is_none_or(|from| self.minutes(from, to).is_some_and(|minutes| minutes <= limit))
    }

    /// Minutes from a place to a leaf or `online`; nothing where that is not known.
    pub fn minutes(&self, from: PlaceId, to: PlaceId) -> Option<i64> {
        if to == self.case.online || self.covers(from, to) {
            return Some(0);
        }
        if from == self.case.online {
            return None;
        }
        if let Some(minutes) = self.minutes.get(&(from, to)) {
            return Some(*minutes);
        }
        let place = |p: PlaceId| self.case.places[p.index()].coordinates;
        let (a, b) = (place(from)?, place(to)?);
        let km_per_minute = self.case.settings.speed_milli_kmh as f64 / 60_000.0;
        Some((kilometres(a, b) / km_per_minute - 1e-6).ceil() as i64)
    }
}

fn kilometres((lat_a, lon_a): (f64, f64), (lat_b, lon_b): (f64, f64)) -> f64 {
    let radians = |degrees: f64| degrees * (std::f64::consts::PI / 180.0);
    let half = |a: f64, b: f64| libm::pow(libm::sin((radians(b) - radians(a)) / 2.0), 2.0);
    let across = libm::cos(radians(lat_a)) * libm::cos(radians(lat_b)) * half(lon_a, lon_b);
    2.0 * EARTH_KM * libm::asin(libm::sqrt((half(lat_a, lat_b) + across).clamp(0.0, 1.0)))
}
