use crate::lists::{Case, PlaceId};

/// Mean radius of the earth in km.
const EARTH_RADIUS_KM: f64 = 6371.0088;

/// The places of a case: what lies below what, and how many minutes lie between.
pub(super) struct Ways<'a> {
    case: &'a Case,
    /// When a walk through the forest enters each place, and when it leaves: `a` lies below `b` exactly if the stay in
    /// `a` falls within the stay in `b`.
    enter: Vec<u32>,
    leave: Vec<u32>,
    parent_of_some: Vec<bool>,
}

impl<'a> Ways<'a> {
    pub(super) fn new(case: &'a Case) -> Self {
        let count = case.places.len();
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); count];
        let mut open: Vec<(usize, bool)> = Vec::new();
        for (position, place) in case.places.iter().enumerate() {
            match place.parent {
                Some(parent) => children[parent.index()].push(position),
                None => open.push((position, false)),
            }
        }
        let (mut enter, mut leave) = (vec![0; count], vec![0; count]);
        let mut clock = 0u32;
        while let Some((place, done)) = open.pop() {
            clock += 1;
            if done {
                leave[place] = clock;
            } else {
                enter[place] = clock;
                open.push((place, true));
                open.extend(children[place].iter().map(|child| (*child, false)));
            }
        }
        let parent_of_some = children.iter().map(|c| !c.is_empty()).collect();
        Ways { case, enter, leave, parent_of_some }
    }

    /// Whether `place` is `listed` or lies below it.
    pub(super) fn is_under(&self, place: PlaceId, listed: PlaceId) -> bool {
        let (inner, outer) = (place.index(), listed.index());
        self.enter[outer] <= self.enter[inner] && self.leave[inner] <= self.leave[outer]
    }

    /// Whether a place list lets `place` pass; a blank list lets every place pass.
    pub(super) fn allow(&self, list: Option<&[PlaceId]>, place: PlaceId) -> bool {
        list.is_none_or(|list| list.iter().any(|listed| self.is_under(place, *listed)))
    }

    /// Whether sessions may stand here, `online` apart.
    pub(super) fn is_leaf(&self, place: PlaceId) -> bool {
        place != self.case.online && !self.parent_of_some[place.index()]
    }

    /// Minutes from a row's place to a session's place; `None` is unknown, which is unreachable.
    ///
    /// The same place is 0, a parent is at 0 from all below it, a row of the travel table comes before the row for the
    /// way back, and both come before the distance on the sphere. To `online` nobody travels; from it nobody can.
    pub(super) fn minutes(&self, from: PlaceId, to: PlaceId) -> Option<i64> {
        let online = self.case.online;
        if from == to || to == online {
            return Some(0);
        }
        if from == online {
            return None;
        }
        if self.is_under(to, from) {
            return Some(0);
        }
        self.row(from, to).or_else(|| self.row(to, from)).or_else(|| self.by_distance(from, to))
    }

    /// Whether a row that stands at `from` (or anywhere) reaches a session's place.
    pub(super) fn reaches(&self, from: Option<PlaceId>, reach_minutes: i64, to: PlaceId) -> bool {
        if to == self.case.online {
            return true;
        }
        from.is_none_or(|from| self.minutes(from, to).is_some_and(|minutes| minutes <= reach_minutes))
    }

    fn row(&self, from: PlaceId, to: PlaceId) -> Option<i64> {
        let rows = &self.case.travel;
        let at = rows.partition_point(|row| (row.from, row.to) < (from, to));
        rows.get(at).filter(|row| (row.from, row.to) == (from, to)).map(|row| row.minutes)
    }

    /// ⌈haversine km ÷ speed × 60 − 10⁻⁶⌉, where both places have coordinates.
    fn by_distance(&self, from: PlaceId, to: PlaceId) -> Option<i64> {
        let (lat_a, lon_a) = self.case.places[from.index()].coordinates?;
        let (lat_b, lon_b) = self.case.places[to.index()].coordinates?;
        let speed_milli_kmh = self.case.settings.speed_milli_kmh;
        if speed_milli_kmh <= 0 {
            return None;
        }
        let (lat_a, lat_b) = (lat_a.to_radians(), lat_b.to_radians());
        let half_lat = libm::sin((lat_b - lat_a) / 2.0);
        let half_lon = libm::sin((lon_b - lon_a).to_radians() / 2.0);
        let chord = half_lat * half_lat + libm::cos(lat_a) * libm::cos(lat_b) * half_lon * half_lon;
        let km = 2.0 * EARTH_RADIUS_KM * libm::asin(libm::sqrt(chord.clamp(0.0, 1.0)));
        let minutes = libm::ceil(km / (speed_milli_kmh as f64 / 1000.0) * 60.0 - 1e-6);
        // A cast from f64 saturates, and no distance on earth comes near the limits.
        (!minutes.is_nan()).then(|| (minutes as i64).max(0))
    }
}
