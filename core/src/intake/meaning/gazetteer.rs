//! The places of a case, given or inferred, and the ways between them.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{degrees, integer, items, tidy};
use super::findings::{At, Findings, details};
use super::grid::{Faults, Grid, one_word};
use super::ids::Ids;
use super::suggest::Suggestions;
use crate::intake::columns::LARGEST;
use crate::lists::{Place, PlaceId, Table, TravelRow};
use crate::problem::Code;

/// The reserved place.
pub(super) const ONLINE: &str = "online";

/// The places, by id, `online` included; kinds are filled in later, when words have numbers.
#[derive(Debug)]
pub(super) struct Gazetteer {
    /// The places by id.
    pub places: Vec<Place>,
    /// The reserved place `online`.
    pub online: PlaceId,
    /// The row of the grid of each place, in the order of `places`; `None` if inferred.
    pub rows: Vec<Option<usize>>,
    /// Titles of places, where a title belongs to one place only.
    titles: BTreeMap<String, Option<PlaceId>>,
    parents: Vec<bool>,
    suggestions: Suggestions,
}

/// Whether a text means the reserved place.
pub(super) fn is_online(text: &str) -> bool {
    text.eq_ignore_ascii_case(ONLINE) || text == "\u{7ebf}\u{4e0a}"
}

impl Gazetteer {
    /// The places of the table, which has rows.
    pub fn of_table(grid: &Grid<'_>, findings: &mut Findings) -> Self {
        let ids = Ids::read(grid, true, findings);
        let mut named: Vec<(String, Option<usize>)> = Vec::with_capacity(ids.len() + 1);
        for row in ids.order() {
            if is_online(ids.text(row)) {
                findings.add(grid.at(row, "id"), Code::ReservedId, ids.text(row), Vec::new());
            } else {
                named.push((ids.text(row).to_owned(), Some(row)));
            }
        }
        let mut gazetteer = Gazetteer::of_names(named);
        gazetteer.read_titles(grid);
        gazetteer.read_parents(grid, findings);
        gazetteer.read_coordinates(grid, findings);
        gazetteer
    }

    /// The places that the texts of place columns name.
    pub fn inferred<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let names: BTreeSet<String> = texts.flat_map(items).map(|name| name.into_owned()).collect();
        Gazetteer::of_names(names.into_iter().filter(|name| !is_online(name)).map(|name| (name, None)).collect())
    }

    fn of_names(mut named: Vec<(String, Option<usize>)>) -> Self {
        named.push((ONLINE.to_owned(), None));
        named.sort_unstable();
        let place = |(id, row): &(String, Option<usize>)| Place {
            id: id.clone(),
            title: String::new(),
            row: row.map_or(0, |row| u32::try_from(row).unwrap_or(0)),
            kind: None,
            parent: None,
            coordinates: None,
        };
        let places: Vec<Place> = named.iter().map(place).collect();
        let online = places.iter().position(|p| p.id == ONLINE).expect("it has just been added");
        let parents = vec![false; places.len()];
        let rows = named.into_iter().map(|(_, row)| row).collect();
        Gazetteer {
            places,
            online: PlaceId::from(online),
            rows,
            titles: BTreeMap::new(),
            parents,
            suggestions: Suggestions::default(),
        }
    }

    fn read_titles(&mut self, grid: &Grid<'_>) {
        for position in 0..self.places.len() {
            let Some(row) = self.rows[position] else { continue };
            let title = grid.text(row, "title");
            let place = &mut self.places[position];
            place.row = grid.number(row);
            place.title = title.to_owned();
            if !title.is_empty() {
                let known = self.titles.entry(tidy(title).into_owned());
                known.and_modify(|id| *id = None).or_insert(Some(PlaceId::from(position)));
            }
        }
    }

    fn read_parents(&mut self, grid: &Grid<'_>, findings: &mut Findings) {
        let parent = grid.read("parent", findings, None, |text, faults| {
            let place = self.place(text, faults)?;
            if place == self.online {
                faults.add(Code::UnknownPlace, text, details![""]);
                return None;
            }
            Some(place)
        });
        for position in 0..self.places.len() {
            let Some(row) = self.rows[position] else { continue };
            self.places[position].parent = *parent.at(row);
            if let Some(parent) = parent.at(row) {
                self.parents[parent.index()] = true;
            }
        }
        self.break_circles(grid, findings);
    }

    /// Reports each circle once, at the row of its smallest id, and takes that row's parent away.
    fn break_circles(&mut self, grid: &Grid<'_>, findings: &mut Findings) {
        let mut walked_from: Vec<usize> = vec![usize::MAX; self.places.len()];
        for start in 0..self.places.len() {
            let mut here = start;
            while walked_from[here] == usize::MAX {
                walked_from[here] = start;
                match self.places[here].parent {
                    Some(parent) => here = parent.index(),
                    None => break,
                }
            }
            if walked_from[here] != start || self.places[here].parent.is_none() {
                continue;
            }
            let mut circle = vec![here];
            let mut next = self.parent_of(here);
            while next != here {
                circle.push(next);
                next = self.parent_of(next);
            }
            let first = circle.iter().copied().min().unwrap_or(here);
            let turn = circle.iter().position(|p| *p == first).unwrap_or(0);
            circle.rotate_left(turn);
            let names: Vec<&str> = circle.iter().take(8).map(|p| self.places[*p].id.as_str()).collect();
            let path = format!("{} → {}", names.join(" → "), self.places[first].id);
            if let Some(row) = self.rows[first] {
                findings.add(grid.at(row, "parent"), Code::ParentCycle, "", details![path.as_str()]);
            }
            self.places[first].parent = None;
        }
    }

    fn parent_of(&self, position: usize) -> usize {
        self.places[position].parent.map_or(position, PlaceId::index)
    }

    fn read_coordinates(&mut self, grid: &Grid<'_>, findings: &mut Findings) {
        let read = |column: &'static str, bound: i32, findings: &mut Findings| {
            let degrees = grid.read(column, findings, None, |text, faults| {
                let Some(value) = degrees(text) else {
                    faults.add(Code::NotANumber, text, details![i64::from(-bound), i64::from(bound)]);
                    return Some(0.0);
                };
                if value.abs() > f64::from(bound) {
                    faults.add(Code::OutOfRange, text, details![i64::from(-bound), i64::from(bound)]);
                }
                Some(value)
            });
            (0..grid.rows.len()).map(|row| *degrees.at(row)).collect::<Vec<Option<f64>>>()
        };
        let latitudes = read("lat", 90, findings);
        let longitudes = read("lon", 180, findings);
        for position in 0..self.places.len() {
            let Some(row) = self.rows[position] else { continue };
            match (latitudes[row], longitudes[row]) {
                // Adding zero turns −0 into 0: one number, one text, one hash.
                (Some(lat), Some(lon)) => self.places[position].coordinates = Some((lat + 0.0, lon + 0.0)),
                (None, None) => {}
                (Some(_), None) => findings.add(grid.at(row, "lat"), Code::HalfCoordinates, "", Vec::new()),
                (None, Some(_)) => findings.add(grid.at(row, "lon"), Code::HalfCoordinates, "", Vec::new()),
            }
        }
    }

    /// The place with this id.
    pub fn find(&self, id: &str) -> Option<PlaceId> {
        if is_online(id) {
            return Some(self.online);
        }
        self.places.binary_search_by(|place| place.id.as_str().cmp(id)).ok().map(PlaceId::from)
    }

    /// The place that a cell names.
    pub fn place(&self, text: &str, faults: &mut Faults) -> Option<PlaceId> {
        let before = faults.is_empty();
        let id = one_word(text, faults);
        if before && !faults.is_empty() {
            return None;
        }
        self.resolve(&id, faults)
    }

    /// The place of an id that has been tidied.
    pub fn resolve(&self, id: &str, faults: &mut Faults) -> Option<PlaceId> {
        if let Some(place) = self.find(id) {
            return Some(place);
        }
        if let Some(Some(titled)) = self.titles.get(id) {
            let titled = self.places[titled.index()].id.as_str();
            faults.add(Code::PlaceByTitle, id, details![titled]);
            faults.add(Code::UnknownPlace, id, details![titled]);
        } else {
            let known = self.places.iter().map(|place| place.id.as_str());
            faults.add(Code::UnknownPlace, id, details![self.suggestions.nearest(id, known)]);
        }
        None
    }

    /// Whether places stand below this one.
    pub fn is_parent(&self, place: PlaceId) -> bool {
        self.parents[place.index()]
    }
}

/// The rows of `travel`, by (from, to).
pub(super) fn travel(grid: &Grid<'_>, gazetteer: &Gazetteer, findings: &mut Findings) -> Vec<TravelRow> {
    let from = grid.read("from", findings, None, |text, faults| gazetteer.place(text, faults));
    let to = grid.read("to", findings, None, |text, faults| gazetteer.place(text, faults));
    let minutes = grid.read("minutes", findings, 0, |text, faults| within(text, 0, LARGEST, faults));
    let mut rows = Vec::with_capacity(grid.rows.len());
    for row in 0..grid.rows.len() {
        let (Some(from), Some(to)) = (*from.at(row), *to.at(row)) else { continue };
        if from == gazetteer.online || to == gazetteer.online {
            let at = At { table: Table::Travel, row: Some(grid.number(row)), column: None };
            findings.add(at, Code::WayOnline, "", Vec::new());
        } else if from == to {
            if *minutes.at(row) > 0 {
                findings.add(grid.at(row, "minutes"), Code::WayToItself, "", Vec::new());
            }
        } else {
            rows.push(TravelRow { row: grid.number(row), from, to, minutes: *minutes.at(row) });
        }
    }
    rows.sort_unstable_by_key(|way| (way.from, way.to, way.row));
    rows.dedup_by(|later, first| {
        let same = (later.from, later.to) == (first.from, first.to);
        if same {
            let at = At { table: Table::Travel, row: Some(later.row), column: None };
            findings.add(at, Code::RowTwice, "", details![first.row]);
        }
        same
    });
    rows
}

/// An integer in a range; the low end where it is none.
pub(super) fn within(text: &str, low: i64, high: i64, faults: &mut Faults) -> i64 {
    match integer(text) {
        None => {
            faults.add(Code::NotAnInteger, text, details![low, high]);
            low
        }
        Some(value) if !(low..=high).contains(&value) => {
            faults.add(Code::OutOfRange, text, details![low, high]);
            low
        }
        Some(value) => value,
    }
}
