//! **H2 eligibility** A need is served in a cell only if they share a service; the project's unit, if any, is the
//! need's; a project with an audience shares a tag with the need's audience; allow-list, deny-list and fit allow; the
//! need's place reaches the cell's place; the start period is one of the need's.

use super::fault::Fault;
use super::reading::{Held, Reading, share};
use super::violation::Violation;
use crate::lists::{Need, NeedId, PeriodId, PlaceId, Project, ProjectId};

pub(super) fn judge(reading: &Reading, out: &mut Vec<Violation>) {
    for held in &reading.sessions {
        let Some((project_id, project)) = held.judged() else { continue };
        for need_id in held.needs.iter().filter_map(|(need, _)| *need) {
            let need = reading.need(need_id);
            judge_pair(reading, held, (need_id, need), (project_id, project), out);
            if let Some(place) = held.place {
                judge_reach(reading, held, need, place, out);
            }
            if let Some(start) = held.start.filter(|start| !need.periods.contains(PeriodId::from(*start))) {
                let period = reading.period_id(start);
                out.push(Violation::new("H2", Fault::NeedPeriods).of([&need.id, period]).at(&held.label));
            }
        }
    }
}

fn judge_pair(
    reading: &Reading,
    held: &Held,
    (need_id, need): (NeedId, &Need),
    (project_id, project): (ProjectId, &Project),
    out: &mut Vec<Violation>,
) {
    let mut name = |fault: Fault| {
        out.push(Violation::new("H2", fault).of([&need.id, &project.id]).at(&held.label));
    };
    if !share(&need.services, &project.services) {
        name(Fault::NoService);
    }
    if !project.audience.is_empty() && !share(&need.audience, &project.audience) {
        name(Fault::NoAudience);
    }
    if need.projects.as_deref().is_some_and(|list| list.binary_search(&project_id).is_err()) {
        name(Fault::NeedProjects);
    }
    if need.exclude.binary_search(&project_id).is_ok() {
        name(Fault::NeedExclude);
    }
    if reading.fit(need_id, project_id).0.is_none() {
        name(Fault::FitExcluded);
    }
    if let Some(unit) = project.unit.filter(|unit| *unit != need.unit) {
        let words = (reading.case.text(need.unit), reading.case.text(unit));
        out.push(Violation::new("H2", Fault::OtherUnit).of([&need.id, &project.id, words.0, words.1]).at(&held.label));
    }
}

fn judge_reach(reading: &Reading, held: &Held, need: &Need, place: PlaceId, out: &mut Vec<Violation>) {
    if reading.ways.reaches(Some(need.place), need.reach_minutes, place) {
        return;
    }
    let names = [need.id.as_str(), reading.place_id(need.place), reading.place_id(place)];
    let violation = match reading.ways.minutes(need.place, place) {
        Some(minutes) => {
            Violation::new("H2", Fault::NeedReach).of(names).amounts(minutes.into(), need.reach_minutes.into())
        }
        None => Violation::new("H2", Fault::NeedWayUnknown).of(names),
    };
    out.push(violation.at(&held.label));
}
