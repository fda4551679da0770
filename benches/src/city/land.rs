//! Places and periods.

use sandan::lists::Table;

use super::draft::Draft;
use crate::draw::Draw;

/// Communities of a district, about.
const DISTRICT: usize = 46;
/// Districts of a prefecture.
const PREFECTURE: usize = 4;
/// Kilometres from one community to the next: at 15 km/h a 15-minute circle (3.75 km) holds about four neighbours.
const SPACING_KM: f64 = 3.0;
/// Kilometres that a community may lie off its point of the grid, in each direction.
const JITTER_KM: f64 = 0.6;
/// Kilometres from one district to the next.
const DISTRICT_KM: f64 = 45.0;

/// A community.
#[derive(Clone, Debug)]
pub struct Community {
    /// `C001`.
    pub id: String,
    /// Its district, from 0.
    pub district: usize,
}

/// Where and when.
#[derive(Clone, Debug)]
pub struct Land {
    /// Communities, district by district.
    pub communities: Vec<Community>,
    /// How many districts there are.
    pub districts: usize,
    /// Period ids in order, `2025-01` ….
    pub periods: Vec<String>,
}

impl Land {
    /// Names and shares; coordinates are drawn by [`Land::places`].
    pub fn new(communities: usize, months: usize) -> Self {
        let width = communities.to_string().len().max(3);
        let least = if communities < 4 { 1 } else { 2 };
        let districts = communities.div_ceil(DISTRICT + 1).max(least);
        let communities = (0..communities)
            .map(|c| Community { id: format!("C{:0width$}", c + 1), district: c * districts / communities })
            .collect();
        let periods = (0..months).map(|m| format!("{}-{:02}", 2025 + m / 12, m % 12 + 1)).collect();
        Land { communities, districts, periods }
    }

    /// The id of a district.
    pub fn district(&self, district: usize) -> String {
        format!("D{:02}", district + 1)
    }

    /// How many prefectures there are.
    pub fn prefectures(&self) -> usize {
        self.districts.div_ceil(PREFECTURE)
    }

    /// The id of a prefecture.
    pub fn prefecture(&self, prefecture: usize) -> String {
        format!("G{:02}", prefecture + 1)
    }

    /// The prefecture of a district.
    pub fn prefecture_of(&self, district: usize) -> usize {
        district / PREFECTURE
    }

    /// The districts of a prefecture.
    pub fn districts_of(&self, prefecture: usize) -> Vec<usize> {
        (0..self.districts).filter(|d| self.prefecture_of(*d) == prefecture).collect()
    }

    /// A range of start periods as a cell: from the `first`-th, so many; blank where it is all of them.
    pub fn range(&self, first: usize, count: usize) -> String {
        let last = (first + count.max(1)).min(self.periods.len()) - 1;
        match (first.min(last), last) {
            (0, last) if last + 1 == self.periods.len() => String::new(),
            (first, last) if first == last => self.periods[first].clone(),
            (first, last) => format!("{}..{}", self.periods[first], self.periods[last]),
        }
    }

    /// The table of places: communities on a loose grid in each district, districts far apart.
    pub fn places(&self, seed: u64) -> Draft {
        let mut draft = Draft::new(Table::Places, &["id", "kind", "parent", "lat", "lon"]);
        let mut draw = Draw::new(seed, "places");
        for prefecture in 0..self.prefectures() {
            let (lat, lon) = degrees(origin(prefecture * PREFECTURE));
            draft.row(&[("id", &self.prefecture(prefecture)), ("kind", "市"), ("lat", &lat), ("lon", &lon)]);
        }
        for district in 0..self.districts {
            let (lat, lon) = degrees(origin(district));
            let parent = self.prefecture(self.prefecture_of(district));
            let id = self.district(district);
            draft.row(&[("id", &id), ("kind", "县区"), ("parent", &parent), ("lat", &lat), ("lon", &lon)]);
        }
        for district in 0..self.districts {
            let members: Vec<&Community> = self.communities.iter().filter(|c| c.district == district).collect();
            let side = (1..).find(|side| side * side >= members.len()).unwrap_or(1);
            let (north, east) = origin(district);
            for (n, community) in members.iter().enumerate() {
                let mut off = || draw.between(-1000, 1000) as f64 / 1000.0 * JITTER_KM;
                let (down, right) = (off(), off());
                let spot =
                    (north + (n / side) as f64 * SPACING_KM + down, east + (n % side) as f64 * SPACING_KM + right);
                let (lat, lon) = degrees(spot);
                let parent = self.district(district);
                draft.row(&[
                    ("id", &community.id),
                    ("kind", "社区"),
                    ("parent", &parent),
                    ("lat", &lat),
                    ("lon", &lon),
                ]);
            }
        }
        draft
    }

    /// The table of periods: months, with their quarter as a tag.
    pub fn table(&self) -> Draft {
        let mut draft = Draft::new(Table::Periods, &["id", "tags"]);
        for (m, id) in self.periods.iter().enumerate() {
            let tag = format!("quarter:{}Q{}", 2025 + m / 12, m % 12 / 3 + 1);
            draft.row(&[("id", id), ("tags", &tag)]);
        }
        draft
    }
}

/// The corner of a district, in kilometres north and east.
fn origin(district: usize) -> (f64, f64) {
    ((district / 4) as f64 * DISTRICT_KM, (district % 4) as f64 * DISTRICT_KM)
}

/// Kilometres north and east of a point in southern China, as degrees with five decimals (about a metre).
fn degrees((north, east): (f64, f64)) -> (String, String) {
    let (per_lat, per_lon) = (111.195, 102.5);
    (format!("{:.5}", 22.6 + north / per_lat), format!("{:.5}", 109.2 + east / per_lon))
}
