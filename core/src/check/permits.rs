//! What a resource row may be used for — `projects`, `exclude`, `services` (met when the project offers one of them),
//! `places` — which H6, H8, H10 and H11 all ask.

use super::fault::Fault;
use super::reading::{Held, Reading, share};
use super::violation::Violation;
use crate::lists::{Project, ProjectId, Resource};

/// Judges everything but places.
pub(super) fn judge_project(
    constraint: &'static str,
    row: &Resource,
    (id, project): (ProjectId, &Project),
    label: Option<&str>,
    out: &mut Vec<Violation>,
) {
    let mut name = |fault: Fault| {
        let violation = Violation::new(constraint, fault).of([&row.id, &project.id]);
        out.push(label.into_iter().fold(violation, Violation::at));
    };
    if row.projects.as_deref().is_some_and(|list| list.binary_search(&id).is_err()) {
        name(Fault::ResourceProjects);
    }
    if row.exclude.binary_search(&id).is_ok() {
        name(Fault::ResourceExclude);
    }
    if row.services.as_deref().is_some_and(|list| !share(list, &project.services)) {
        name(Fault::ResourceServices);
    }
}

/// Judges `places`. At `online` the places of staff do not apply; a fund or stock must name `online`.
pub(super) fn judge_place(
    constraint: &'static str,
    row: &Resource,
    reading: &Reading,
    held: &Held,
    out: &mut Vec<Violation>,
) {
    let Some(place) = held.place else { return };
    if !reading.ways.allow(row.places.as_deref(), place) {
        let names = [row.id.as_str(), reading.place_id(place)];
        out.push(Violation::new(constraint, Fault::ResourcePlaces).of(names).at(&held.label));
    }
}
