//! **H1 cell** A session is held only where the project's place and reach, `places`, `online`, `periods` and the
//! horizon (the span fits) allow. Sessions stand only at leaf places and, if the project is online, at `online`, where
//! reach and `places` do not apply. Nothing new starts before the setting `freeze_before` (judged in `facts`, where the
//! past is known).

use super::fault::Fault;
use super::reading::{Held, Reading};
use super::violation::Violation;
use crate::lists::{PeriodId, PlaceId, Project};

pub(super) fn judge(reading: &Reading, out: &mut Vec<Violation>) {
    for held in &reading.sessions {
        let Some((_, project)) = held.judged() else { continue };
        if let Some(place) = held.place {
            judge_place(reading, held, project, place, out);
        }
        if let Some(start) = held.start {
            judge_period(reading, held, project, start, out);
        }
    }
}

fn judge_place(reading: &Reading, held: &Held, project: &Project, place: PlaceId, out: &mut Vec<Violation>) {
    let case = reading.case;
    let here = reading.place_id(place);
    let mut name = |violation: Violation| out.push(violation.at(&held.label));
    if project.online {
        if place != case.online {
            name(Violation::new("H1", Fault::NotAtOnline).of([&project.id, here]));
        }
        return;
    }
    if place == case.online {
        return name(Violation::new("H1", Fault::AtOnline).of([&project.id, here]));
    }
    if !reading.ways.is_leaf(place) {
        name(Violation::new("H1", Fault::NotLeaf).of([here]));
    }
    if let Some(base) = project.place.filter(|_| !reading.ways.reaches(project.place, project.reach_minutes, place)) {
        let names = [project.id.as_str(), reading.place_id(base), here];
        name(match reading.ways.minutes(base, place) {
            Some(minutes) => Violation::new("H1", Fault::ProjectReach)
                .of(names)
                .amounts(minutes.into(), project.reach_minutes.into()),
            None => Violation::new("H1", Fault::ProjectWayUnknown).of(names),
        });
    }
    if !reading.ways.allow(project.places.as_deref(), place) {
        name(Violation::new("H1", Fault::ProjectPlaces).of([&project.id, here]));
    }
}

fn judge_period(reading: &Reading, held: &Held, project: &Project, start: usize, out: &mut Vec<Violation>) {
    let period = reading.period_id(start);
    if !project.periods.contains(PeriodId::from(start)) {
        out.push(Violation::new("H1", Fault::ProjectPeriods).of([&project.id, period]).at(&held.label));
    }
    let left = reading.case.periods.len() - start;
    if usize::try_from(project.span).is_ok_and(|span| span > left) {
        out.push(
            Violation::new("H1", Fault::Horizon)
                .of([&project.id, period])
                .amounts(project.span.into(), left as i128)
                .at(&held.label),
        );
    }
}
