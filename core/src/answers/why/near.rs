//! A tie in a large case, sought near by: the sessions that compete with what is asked about are solved again, and all
//! others stay. Where the plan found is worth as much there is nothing left to prove.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::force::Forced;
use crate::answers::around::{anchor, anchored, around, unanchored};
use crate::answers::ground::Ground;
use crate::answers::resolve::is_small;
use crate::answers::worth;
use crate::lists::{Case, NeedId, Pin, ProjectId};
use crate::plan::{Plan, Session};

/// Sessions that are solved again at most.
const MOST_SESSIONS: usize = 200;
/// Steps of that work.
const STEPS: u64 = 200;

/// A plan that does what a pin asks and is worth no less, if one is near.
pub(in crate::answers) fn near(ground: &Ground, forced: &Forced) -> Option<Box<Plan>> {
    let pin = forced.case.pins.last().filter(|_| forced.quota.is_none() && !is_small(&forced.case))?;
    let case = anchored(&forced.case, anchor(ground.plan));
    let sessions = &ground.plan.sessions;
    let mut rivals: Vec<usize> = (0..sessions.len()).filter(|at| competes(&case, pin, &sessions[*at])).collect();
    // Sessions of the need itself first and those of the row, then those with the fewest units: they are the likeliest to be
    // worth no more.
    rivals.sort_by_key(|at| {
        let session = &sessions[*at];
        (
            !serves(&case, pin, session),
            !uses(&case, pin, session),
            session.needs.iter().map(|line| line.units).sum::<i64>(),
        )
    });
    rivals.truncate(MOST_SESSIONS);
    let mut open: BTreeSet<NeedId> = pin.need.into_iter().collect();
    for at in &rivals {
        open.extend(sessions[*at].needs.iter().filter_map(|line| case.need(&line.need)));
    }
    let rivals: BTreeSet<usize> = rivals.into_iter().collect();
    let kept = (0..sessions.len()).filter(|at| !rivals.contains(at)).collect();
    let (mut plan, report) = around(&case, kept, &open, (STEPS, usize::MAX))?;
    let report = unanchored(ground.case, &plan, report);
    if !report.violations.is_empty() || worth::order(&report.levels, &ground.levels) == Ordering::Less {
        return None;
    }
    plan.case.clone_from(&ground.case.hash);
    plan.levels = report.levels;
    for (level, known) in plan.levels.iter_mut().zip(&ground.levels) {
        (level.bound, level.gap_ppm) = (known.bound.max(level.value), known.gap_ppm);
    }
    (plan.unmet, plan.shortfalls) = (report.unmet, report.shortfalls);
    Some(Box::new(plan))
}

fn serves(case: &Case, pin: &Pin, session: &Session) -> bool {
    session.needs.iter().any(|line| case.need(&line.need) == pin.need)
}

fn uses(case: &Case, pin: &Pin, session: &Session) -> bool {
    let Some(id) = pin.resource.map(|row| case.resources[row.index()].id.as_str()) else { return false };
    session.venue.as_deref() == Some(id) || session.staff.iter().any(|seat| seat.resource == id)
}

/// Whether a session serves the need, or is of a project that could and takes money, people or seats that it would need.
fn competes(case: &Case, pin: &Pin, session: &Session) -> bool {
    if session.fact {
        return false;
    }
    let project = case.project(&session.project);
    let same = project.is_some_and(|of: ProjectId| pin.project.is_none_or(|asked| asked == of));
    serves(case, pin, session) || uses(case, pin, session) || (same && may_serve(case, pin, project))
}

fn may_serve(case: &Case, pin: &Pin, project: Option<ProjectId>) -> bool {
    let (Some(need), Some(project)) = (pin.need, project) else { return false };
    let (row, of) = (&case.needs[need.index()], &case.projects[project.index()]);
    row.services.iter().any(|service| of.services.contains(service))
}
