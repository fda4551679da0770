//! Static part of H10 money and H11 goods: which fund or stock may pay for what.

use super::{Geography, may_work_for};
use crate::lists::{PeriodId, PlaceId, Project, ProjectId, Resource};

/// Whether a fund or stock may be used for sessions of a project at a place (a leaf or `online`) that start in a period.
pub fn may_supply(
    geography: &Geography,
    supply: &Resource,
    (project_id, project): (ProjectId, &Project),
    place: PlaceId,
    start: PeriodId,
) -> bool {
    may_work_for(supply, project_id, project)
        && supply.periods.contains(start)
        && supply.places.as_ref().is_none_or(|places| geography.any_covers(places, place))
}

/// Whether a fund may pay the launch of a project: only funds without `places` and `periods` do.
pub fn may_launch(fund: &Resource, project_id: ProjectId, project: &Project) -> bool {
    may_work_for(fund, project_id, project) && fund.places.is_none() && fund.periods.is_all()
}
