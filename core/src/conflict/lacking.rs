//! Why a pin cannot be met even with every limit lifted: what nobody offers is a fact.

use crate::fit::{self, share};
use crate::lists::{Case, Kind, Pin, Project, ProjectId};

/// Projects that could hold a session for a pin, as far as names and services go.
type Offering<'a> = Vec<(ProjectId, &'a Project)>;

/// What nobody offers, where the names of a fix pin alone say so: no session of any plan can be one that it counts.
pub(super) fn plain(case: &Case, pin: &Pin) -> Option<&'static str> {
    offering(case, pin).err()
}

/// The projects that sessions counted by a pin could be of, or why there are none.
fn offering<'a>(case: &'a Case, pin: &Pin) -> Result<Offering<'a>, &'static str> {
    let asks = |p: &Project| match pin.need {
        Some(need) => share(&case.needs[need.index()].services, &p.services),
        None => case.needs.iter().any(|need| share(&need.services, &p.services)),
    };
    let all = case.projects.iter().enumerate().map(|(i, project)| (ProjectId::from(i), project));
    let mut left: Offering = all.filter(|(id, p)| pin.project.is_none_or(|named| named == *id) && asks(p)).collect();
    if left.is_empty() {
        return Err(if pin.need.is_some() { "not-offered" } else { "not-asked" });
    }
    let count = case.periods.len() as i64;
    let starts = || (0..count).filter(|t| pin.period.is_none_or(|p| p.index() as i64 == *t));
    left.retain(|(_, project)| starts().any(|t| t + project.span <= count));
    if left.is_empty() {
        return Err("past-the-end");
    }
    if let Some(row) = pin.resource.map(|r| &case.resources[r.index()])
        && !left.iter().any(|(_, project)| super::stake::may_use(row, project))
    {
        return Err("no-use");
    }
    Ok(left)
}

/// The fact behind a fix pin that no lifted cell makes possible, as the first detail of its problem.
pub(super) fn lacking(case: &Case, pin: &Pin) -> &'static str {
    let timely = match offering(case, pin) {
        Ok(timely) => timely,
        Err(fact) => return fact,
    };
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
