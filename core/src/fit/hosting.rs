//! H1 cell, and the static part of H8 venue.

use super::{Geography, share};
use crate::lists::{Case, PeriodId, PlaceId, Project, ProjectId, Resource};

/// The leaf places (or `online`) where sessions of a project may stand.
pub fn places_of_project(case: &Case, geography: &Geography, project: &Project) -> Vec<PlaceId> {
    if project.online {
        return vec![case.online];
    }
    (0..case.places.len())
        .map(PlaceId::from)
        .filter(|&leaf| leaf != case.online && geography.leaves(leaf) == [leaf])
        .filter(|&leaf| project.places.as_ref().is_none_or(|places| geography.any_covers(places, leaf)))
        .filter(|&leaf| geography.reach(project.place, project.reach_minutes, leaf).is_some())
        .collect()
}

/// The periods in which a new session of a project may start: its own, with the whole span inside the horizon and
/// nothing before the freeze.
pub fn start_periods(case: &Case, project: &Project) -> Vec<PeriodId> {
    let count = case.periods.len();
    let first = case.settings.freeze_before.map_or(0, PeriodId::index);
    project
        .periods
        .iter(count)
        .filter(|p| p.index() >= first && p.index() as i64 + project.span <= count as i64)
        .collect()
}

/// Whether a venue row may host sessions of a project at a leaf, starting in a period: kind, place, seats,
/// availability over the whole span, and its lists.
pub fn may_host(
    case: &Case,
    venue: &Resource,
    project_id: ProjectId,
    project: &Project,
    leaf: PlaceId,
    start: PeriodId,
    geography: &Geography,
) -> bool {
    venue.place == Some(leaf)
        && share(&venue.roles, &project.venue)
        && venue.seats.is_none_or(|seats| seats >= project.size)
        && super::may_work_for(venue, project_id, project)
        && venue.places.as_ref().is_none_or(|places| geography.any_covers(places, leaf))
        && (0..project.span).all(|k| {
            let period = PeriodId::from(start.index() + k as usize);
            period.index() < case.periods.len() && venue.periods.contains(period)
        })
}

/// Whether sessions of a project need a room: online ones never do.
pub fn needs_room(project: &Project) -> bool {
    !project.online && !project.venue.is_empty()
}
