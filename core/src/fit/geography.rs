//! Where rows are and how long it takes to get from one to another.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::lists::{Case, PlaceId};

/// Mean radius of the earth in kilometres.
const EARTH_KM: f64 = 6371.0088;

/// Places up to which minutes once worked out are remembered.
const MOST_REMEMBERED: usize = 1_000;

/// Leaves, parents and minutes of a case.
#[derive(Clone, Debug)]
pub struct Geography {
    online: PlaceId,
    /// For each place the leaves it stands for, sorted (itself if it is a leaf).
    leaves: Vec<Vec<PlaceId>>,
    minutes: BTreeMap<(PlaceId, PlaceId), i64>,
    coordinates: Vec<Option<(f64, f64)>>,
    km_per_minute: f64,
    /// From each place the minutes to every other, worked out when first asked for; [`FAR`] is unreachable. Empty where
    /// there are too many places.
    known: Vec<OnceLock<Box<[i64]>>>,
}

const FAR: i64 = i64::MAX;

impl Geography {
    /// Reads the places, the travel table and the speed.
    pub fn new(case: &Case) -> Self {
        let count = case.places.len();
        let mut is_parent = vec![false; count];
        for parent in case.places.iter().filter_map(|p| p.parent) {
            is_parent[parent.index()] = true;
        }
        let mut leaves = vec![Vec::new(); count];
        for leaf in (0..count).filter(|&i| !is_parent[i]) {
            let mut at = Some(PlaceId::from(leaf));
            // Parents form a forest, so the walk is at most as long as the table.
            for _ in 0..=count {
                let Some(place) = at else { break };
                leaves[place.index()].push(PlaceId::from(leaf));
                at = case.places[place.index()].parent;
            }
        }
        let mut minutes = BTreeMap::new();
        for row in &case.travel {
            minutes.entry((row.from, row.to)).or_insert(row.minutes);
        }
        for row in &case.travel {
            minutes.entry((row.to, row.from)).or_insert(row.minutes);
        }
        Geography {
            online: case.online,
            leaves,
            minutes,
            coordinates: case.places.iter().map(|p| p.coordinates).collect(),
            km_per_minute: case.settings.speed_milli_kmh as f64 / 1000.0 / 60.0,
            known: if count <= MOST_REMEMBERED { vec![OnceLock::new(); count] } else { Vec::new() },
        }
    }

    /// The leaves a place stands for, sorted.
    pub fn leaves(&self, place: PlaceId) -> &[PlaceId] {
        &self.leaves[place.index()]
    }

    /// Whether `place`, as a planner wrote it, covers the leaf.
    pub fn covers(&self, place: PlaceId, leaf: PlaceId) -> bool {
        self.leaves[place.index()].binary_search(&leaf).is_ok()
    }

    /// Whether any place of a list covers the leaf.
    pub fn any_covers(&self, places: &[PlaceId], leaf: PlaceId) -> bool {
        places.iter().any(|p| self.covers(*p, leaf))
    }

    /// Minutes from a row's place (`None` is anywhere) to a leaf or to `online`; `None` is unreachable.
    pub fn minutes(&self, from: Option<PlaceId>, to: PlaceId) -> Option<i64> {
        let Some(from) = from else { return Some(0) };
        let Some(known) = self.known.get(from.index()) else { return self.work_out(from, to) };
        let row = known.get_or_init(|| {
            let to = (0..self.known.len()).map(PlaceId::from);
            to.map(|to| self.work_out(from, to).unwrap_or(FAR)).collect()
        });
        Some(row[to.index()]).filter(|minutes| *minutes != FAR)
    }

    fn work_out(&self, from: PlaceId, to: PlaceId) -> Option<i64> {
        if to == self.online {
            return Some(0);
        }
        if from == self.online {
            return None;
        }
        if self.covers(from, to) {
            return Some(0);
        }
        if let Some(minutes) = self.minutes.get(&(from, to)) {
            return Some(*minutes);
        }
        let (a, b) = (self.coordinates[from.index()]?, self.coordinates[to.index()]?);
        Some((haversine_km(a, b) / self.km_per_minute - 1e-6).ceil().max(0.0) as i64)
    }

    /// Minutes if they are within reach.
    pub fn reach(&self, from: Option<PlaceId>, reach_minutes: i64, to: PlaceId) -> Option<i64> {
        self.minutes(from, to).filter(|m| *m <= reach_minutes)
    }
}

/// Great-circle distance by `libm`, so that every platform gives the same minutes.
fn haversine_km((lat_a, lon_a): (f64, f64), (lat_b, lon_b): (f64, f64)) -> f64 {
    let radians = |degrees: f64| degrees * (core::f64::consts::PI / 180.0);
    let half = |a: f64, b: f64| {
        let s = libm::sin((radians(b) - radians(a)) / 2.0);
        s * s
    };
    let h = half(lat_a, lat_b) + libm::cos(radians(lat_a)) * libm::cos(radians(lat_b)) * half(lon_a, lon_b);
    2.0 * EARTH_KM * libm::asin(libm::sqrt(h.clamp(0.0, 1.0)))
}
