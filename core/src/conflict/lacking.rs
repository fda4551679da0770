//! Why a pin cannot be met even with every limit lifted: what nobody offers is a fact.

use crate::fit::{self, share};
use crate::lists::{Case, Kind, Pin, Project, ProjectId};

/// The fact behind a fix pin that no lifted cell makes possible, as the first detail of its problem.
pub(super) fn lacking(case: &Case, pin: &Pin) -> &'static str {
    let named: Vec<(ProjectId, &Project)> = (0..case.projects.len())
        .map(|i| (ProjectId::from(i), &case.projects[i]))
        .filter(|(id, _)| pin.project.is_none_or(|p| p == *id))
        .collect();
    let offering: Vec<(ProjectId, &Project)> = named
        .into_iter()
        .filter(|(_, p)| match pin.need {
            Some(need) => share(&case.needs[need.index()].services, &p.services),
            None => case.needs.iter().any(|need| share(&need.services, &p.services)),
        })
        .collect();
    if offering.is_empty() {
        return if pin.need.is_some() { "not-offered" } else { "not-asked" };
    }
    let timely: Vec<&(ProjectId, &Project)> = offering
        .iter()
        .filter(|(_, project)| {
            let mut starts = (0..case.periods.len()).filter(|t| pin.period.is_none_or(|p| p.index() == *t));
            starts.any(|t| t as i64 + project.span <= case.periods.len() as i64)
        })
        .collect();
    if timely.is_empty() {
        return "past-the-end";
    }
    let used = |row: &crate::lists::Resource| timely.iter().any(|(_, p)| super::stake::may_use(row, p));
    if pin.resource.is_some_and(|r| !used(&case.resources[r.index()])) {
        return "no-use";
    }
    let manned = |project: &Project| {
        let held = |role| case.resources.iter().any(|r| r.kind == Kind::Staff && r.roles.contains(&role));
        project.posts.iter().all(|post| crate::model::members_of_post(post, project.size) == 0 || held(post.role))
    };
    if !timely.iter().any(|(_, project)| manned(project)) {
        return "no-staff";
    }
    let geography = fit::Geography::new(case);
    let stands = |project: &Project| match pin.place {
        Some(place) => geography.leaves(place).contains(&case.online) == project.online,
        None => true,
    };
    if timely.iter().any(|(_, project)| stands(project)) { "no-cell" } else { "not-there" }
}
