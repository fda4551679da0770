//! Where sessions that a fix pin counts could stand, as far as the rows that it names say so.

use std::collections::{BTreeMap, BTreeSet};

use crate::fit::{self, Geography};
use crate::lists::{
    Case, FitWorth, Kind, NeedId, PeriodId, PeriodSet, Pin, PinMode, PlaceId, Project, ProjectId, ResourceId,
};

type FitIndex = BTreeMap<(NeedId, ProjectId), (FitWorth, i64)>;
type Cell = (ProjectId, PlaceId, PeriodId);

/// Cells that are kept for each fix pin where a question would be too large.
const FEW_CELLS: usize = 3;
/// Members of staff that are kept there for each post, for each that a session needs.
const SPARE: i64 = 8;

/// Cells in which the rows that a pin names may meet.
pub(super) fn standing<'a>(
    case: &'a Case,
    geography: &'a Geography,
    fits: &'a FitIndex,
    pin: &'a Pin,
) -> impl Iterator<Item = Cell> + 'a {
    let need = pin.need.map(|id| (id, &case.needs[id.index()]));
    let projects = case.projects.iter().enumerate().map(|(index, project)| (ProjectId::from(index), project));
    let serving = projects.filter(move |(id, project)| {
        pin.project.is_none_or(|named| named == *id)
            && need.is_none_or(|need| fit::may_serve(fits, need, (*id, project)).is_some())
    });
    serving.flat_map(move |(id, project)| {
        let starts = fit::start_periods(case, project).into_iter().filter(move |start| {
            pin.period.is_none_or(|named| named == *start) && need.is_none_or(|(_, row)| row.periods.contains(*start))
        });
        let starts: Vec<PeriodId> = starts.collect();
        let places = if starts.is_empty() { Vec::new() } else { fit::places_of_project(case, geography, project) };
        let near = places.into_iter().filter(move |leaf| {
            pin.place.is_none_or(|named| geography.covers(named, *leaf))
                && need.is_none_or(|(_, row)| geography.reach(Some(row.place), row.reach_minutes, *leaf).is_some())
        });
        let cells = near.flat_map(move |leaf| starts.clone().into_iter().map(move |start| (id, leaf, start)));
        cells.filter(move |cell| pin.resource.is_none_or(|row| takes(case, geography, row, (*cell, project))))
    })
}

/// Whether a row may take part in sessions of a cell.
fn takes(case: &Case, geography: &Geography, row: ResourceId, ((id, leaf, start), project): (Cell, &Project)) -> bool {
    let resource = &case.resources[row.index()];
    match resource.kind {
        Kind::Staff => project.posts.iter().any(|post| fills(case, geography, resource, (id, leaf, start), post)),
        Kind::Venue => fit::needs_room(project) && fit::may_host(case, resource, id, project, leaf, start, geography),
        Kind::Fund | Kind::Goods => true,
    }
}

pub(super) fn fills(
    case: &Case,
    geography: &Geography,
    row: &crate::lists::Resource,
    (id, leaf, start): Cell,
    post: &crate::lists::Post,
) -> bool {
    let project = &case.projects[id.index()];
    let end = start.index() + usize::try_from(project.span).unwrap_or(1);
    let mut runs = (start.index()..end).map(PeriodId::from);
    let may = |period| fit::may_fill(case, geography, row, (id, project), post, leaf, period).is_some();
    if post.rotate { runs.any(may) } else { runs.all(may) }
}

/// The case with a few cells for each fix pin and the staff for them: a plan of it is a plan of the case.
pub(super) fn thinned(case: &Case) -> Case {
    let mut out = case.clone();
    let geography = Geography::new(case);
    let fits = fit::fit_index(case);
    let fixes = || case.pins.iter().filter(|pin| pin.mode == PinMode::Fix && pin.count > 0);
    let cells: BTreeSet<Cell> =
        fixes().flat_map(|pin| standing(case, &geography, &fits, pin).take(FEW_CELLS)).collect();
    let mut staff: BTreeSet<ResourceId> = fixes().filter_map(|pin| pin.resource).collect();
    for (index, project) in out.projects.iter_mut().enumerate() {
        let id = ProjectId::from(index);
        let here: Vec<Cell> = cells.iter().filter(|cell| cell.0 == id).copied().collect();
        project.periods = PeriodSet::of(&here.iter().map(|cell| cell.2).collect::<Vec<_>>());
        if !project.online {
            project.places = Some(here.iter().map(|cell| cell.1).collect::<BTreeSet<_>>().into_iter().collect());
        }
        for (cell, post) in here.iter().flat_map(|cell| project.posts.iter().map(move |post| (cell, post))) {
            let mut missing = crate::model::members_of_post(post, project.size).saturating_mul(SPARE);
            for (at, row) in case.resources.iter().enumerate().filter(|(_, row)| row.kind == Kind::Staff) {
                if missing <= 0 {
                    break;
                }
                if fills(case, &geography, row, *cell, post) {
                    staff.insert(ResourceId::from(at));
                    missing = missing.saturating_sub(row.count);
                }
            }
        }
    }
    for (index, row) in out.resources.iter_mut().enumerate() {
        if row.kind == Kind::Staff && !staff.contains(&ResourceId::from(index)) {
            row.periods = PeriodSet::of(&[]);
        }
    }
    out
}
