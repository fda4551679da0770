//! **H4 seats** Each session: Σ load × units ≤ size and Σ units ≥ max(1, min_size); `max_per_cell`, `max_sessions`,
//! `min_sessions` (only if the project is held at all). Facts count among the sessions.

use std::collections::BTreeMap;

use super::fault::Fault;
use super::reading::{Held, Reading};
use super::violation::{Violation, sum};
use crate::lists::{Project, ProjectId};

pub(super) fn judge(reading: &Reading, out: &mut Vec<Violation>) {
    let mut of_project: BTreeMap<ProjectId, Vec<&Held>> = BTreeMap::new();
    for held in &reading.sessions {
        let Some((id, project)) = held.project else { continue };
        of_project.entry(id).or_default().push(held);
        if !held.fact {
            judge_session(reading, held, id, project, out);
        }
    }
    for (id, sessions) in of_project {
        // Facts alone are not judged.
        if sessions.iter().any(|held| !held.fact) {
            judge_project(&reading.case.projects[id.index()], &sessions, out);
        }
    }
}

fn judge_session(reading: &Reading, held: &Held, id: ProjectId, project: &Project, out: &mut Vec<Violation>) {
    let loads = held
        .needs
        .iter()
        .map(|(need, units)| need.map_or(1, |need| i128::from(reading.fit(need, id).1)).saturating_mul(*units));
    let seats = sum(loads);
    if seats > i128::from(project.size) {
        out.push(
            Violation::new("H4", Fault::Seats).of([&project.id]).amounts(seats, project.size.into()).at(&held.label),
        );
    }
    let least = i128::from(project.min_size.max(1));
    if held.units() < least {
        out.push(Violation::new("H4", Fault::MinSize).of([&project.id]).amounts(held.units(), least).at(&held.label));
    }
}

fn judge_project(project: &Project, sessions: &[&Held], out: &mut Vec<Violation>) {
    let labels = |sessions: &[&Held]| sessions.iter().map(|held| held.label.clone()).collect::<Vec<_>>();
    let count = sessions.len() as i128;
    if let Some(max) = project.max_sessions.map(i128::from).filter(|max| count > *max) {
        out.push(
            Violation::new("H4", Fault::MaxSessions).of([&project.id]).amounts(count, max).among(labels(sessions)),
        );
    }
    if count < i128::from(project.min_sessions) {
        out.push(
            Violation::new("H4", Fault::MinSessions)
                .of([&project.id])
                .amounts(count, project.min_sessions.into())
                .among(labels(sessions)),
        );
    }
    let Some(max) = project.max_per_cell.map(i128::from) else { return };
    let mut cells: BTreeMap<(&str, &str), Vec<&Held>> = BTreeMap::new();
    for held in sessions {
        cells.entry((&held.session.place, &held.session.period)).or_default().push(held);
    }
    for ((place, period), inside) in cells {
        if inside.len() as i128 > max && inside.iter().any(|held| !held.fact) {
            out.push(
                Violation::new("H4", Fault::PerCell)
                    .of([&project.id, place, period])
                    .amounts(inside.len() as i128, max)
                    .among(labels(&inside)),
            );
        }
    }
}
