//! H6 member: who may fill a post.

use super::{Geography, share};
use crate::lists::{Case, PeriodId, PlaceId, Post, Project, ProjectId, Resource, Symbol};

/// Whether a row holds a skill in a period.
pub fn holds(resource: &Resource, skill: Symbol, period: PeriodId) -> bool {
    resource.skills.iter().any(|s| s.tag == skill && s.periods.contains(period))
}

/// Whether the row's allow, deny and use lists let it work for (or be spent on) a project.
pub fn may_work_for(resource: &Resource, project_id: ProjectId, project: &Project) -> bool {
    resource.projects.as_ref().is_none_or(|allowed| allowed.binary_search(&project_id).is_ok())
        && resource.exclude.binary_search(&project_id).is_err()
        && resource.services.as_ref().is_none_or(|services| share(services, &project.services))
}

/// Whether members of a staff row may fill a post of a session at a place in one period, and the minutes they travel.
/// Availability counts as part of it; loads do not.
pub fn may_fill(
    case: &Case,
    geography: &Geography,
    resource: &Resource,
    (project_id, project): (ProjectId, &Project),
    post: &Post,
    place: PlaceId,
    period: PeriodId,
) -> Option<i64> {
    let online = place == case.online;
    let qualified = resource.roles.binary_search(&post.role).is_ok()
        && post.load <= resource.per_period
        && resource.total.is_none_or(|total| post.load <= total)
        && resource.periods.contains(period)
        && post.skills.iter().chain(project.clearance.iter()).all(|skill| holds(resource, *skill, period))
        && may_work_for(resource, project_id, project)
        && (online || resource.places.as_ref().is_none_or(|places| geography.any_covers(places, place)))
        && org_may(resource, project, post);
    if !qualified {
        return None;
    }
    geography.reach(resource.place, resource.reach_minutes, place)
}

/// Whether the post's `orgs` admit the row's organisation; a blank organisation matches nothing.
fn org_may(resource: &Resource, project: &Project, post: &Post) -> bool {
    let Some(orgs) = &post.orgs else { return true };
    let Some(org) = resource.org else { return false };
    orgs.named.binary_search(&org).is_ok()
        || (orgs.own && (project.lead == Some(org) || project.partners.binary_search(&org).is_ok()))
}

/// Whether a session of the project is among the preferences of the row; a row without preferences likes everything.
pub fn prefers(resource: &Resource, project_id: ProjectId, project: &Project) -> bool {
    (resource.prefers_services.is_empty() && resource.prefers_projects.is_empty())
        || resource.prefers_projects.binary_search(&project_id).is_ok()
        || share(&resource.prefers_services, &project.services)
}
