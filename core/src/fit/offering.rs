//! H2 eligibility of a need for a project (place and period apart).

use std::collections::BTreeMap;

use super::share;
use crate::lists::{Case, FitWorth, Need, NeedId, Project, ProjectId};

/// What a unit of a need takes and brings in a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offering {
    /// Seats one unit takes.
    pub seats: i64,
    /// Quality plus fit points of one unit.
    pub points: i64,
}

/// The fit table, by pair.
pub type FitIndex = BTreeMap<(NeedId, ProjectId), (FitWorth, i64)>;

/// Whether the project may serve the need, and what a unit takes and brings.
pub fn may_serve(
    fits: &FitIndex,
    (need_id, need): (NeedId, &Need),
    (project_id, project): (ProjectId, &Project),
) -> Option<Offering> {
    let eligible = share(&need.services, &project.services)
        && project.unit.is_none_or(|unit| unit == need.unit)
        && (project.audience.is_empty() || share(&need.audience, &project.audience))
        && need.projects.as_ref().is_none_or(|allowed| allowed.binary_search(&project_id).is_ok())
        && need.exclude.binary_search(&project_id).is_err();
    if !eligible {
        return None;
    }
    match fits.get(&(need_id, project_id)) {
        None => Some(Offering { seats: 1, points: project.quality }),
        Some((FitWorth::Excluded, _)) => None,
        Some((FitWorth::Points(points), seats)) => Some(Offering { seats: *seats, points: project.quality + points }),
    }
}

/// Indexes the fit table.
pub fn index(case: &Case) -> FitIndex {
    case.fits.iter().map(|f| ((f.need, f.project), (f.worth, f.load))).collect()
}
