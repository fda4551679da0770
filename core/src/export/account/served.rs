use std::collections::{BTreeMap, BTreeSet};

use crate::lists::Case;
use crate::plan::Plan;

/// Wanted and served of one kind of unit under one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServedLine {
    /// The services that the needs name, joined by `、`.
    pub heading: String,
    /// The unit.
    pub unit: String,
    /// How many needs.
    pub needs: usize,
    /// Units wanted.
    pub wanted: i64,
    /// Units served.
    pub served: i64,
}

/// One place: what its people want and get, and what is held there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceLine {
    /// The place id.
    pub place: String,
    /// Wanted and served of the needs at this place, by unit; `heading` is the place id.
    pub lines: Vec<ServedLine>,
    /// Sessions held at this place.
    pub sessions: usize,
    /// Members that serve in sessions at this place, each counted once.
    pub members: usize,
}

pub(super) fn by_need(plan: &Plan) -> BTreeMap<&str, i64> {
    let mut served: BTreeMap<&str, i64> = BTreeMap::new();
    for line in plan.sessions.iter().flat_map(|s| &s.needs) {
        let units = served.entry(&line.need).or_default();
        *units = units.saturating_add(line.units);
    }
    served
}

pub(super) fn by_service(case: &Case, served: &BTreeMap<&str, i64>) -> Vec<ServedLine> {
    lines(case, served, |need| {
        let services: Vec<&str> = case.needs[need].services.iter().map(|s| case.text(*s)).collect();
        services.join("、")
    })
}

pub(super) fn by_place(case: &Case, plan: &Plan, served: &BTreeMap<&str, i64>) -> Vec<PlaceLine> {
    let mut places: BTreeMap<String, PlaceLine> = BTreeMap::new();
    let mut members: BTreeMap<&str, BTreeSet<(&str, i64)>> = BTreeMap::new();
    for session in &plan.sessions {
        let line = places.entry(session.place.clone()).or_default();
        line.sessions += 1;
        let seats = session.staff.iter().map(|seat| (seat.resource.as_str(), seat.member));
        members.entry(&session.place).or_default().extend(seats);
    }
    for line in lines(case, served, |need| case.places[case.needs[need].place.index()].id.clone()) {
        places.entry(line.heading.clone()).or_default().lines.push(line);
    }
    for (id, line) in &mut places {
        line.place.clone_from(id);
        line.members = members.get(id.as_str()).map_or(0, BTreeSet::len);
    }
    places.into_values().collect()
}

fn lines(case: &Case, served: &BTreeMap<&str, i64>, heading: impl Fn(usize) -> String) -> Vec<ServedLine> {
    let mut lines: BTreeMap<(String, &str), ServedLine> = BTreeMap::new();
    for (position, need) in case.needs.iter().enumerate() {
        let line = lines.entry((heading(position), case.text(need.unit))).or_default();
        line.needs += 1;
        line.wanted = line.wanted.saturating_add(need.quantity);
        line.served = line.served.saturating_add(served.get(need.id.as_str()).copied().unwrap_or(0));
    }
    let named = |((heading, unit), line)| ServedLine { heading, unit: String::from(unit), ..line };
    lines.into_iter().map(named).collect()
}
