//! **H8 venue** A session that needs one has one room of a listed kind at its place, seats ≥ the project's size,
//! available in every period of the span, allowed by its lists, sessions per room and period ≤ per_period, sessions
//! over the horizon ≤ total (a span counts once); none where none is needed. At `online` none is needed.

use super::fault::Fault;
use super::permits;
use super::reading::{Held, Reading, share};
use super::violation::Violation;
use crate::lists::{Kind, PeriodId, Project, ProjectId, ResourceId};

pub(super) fn judge(reading: &Reading, out: &mut Vec<Violation>) {
    for held in &reading.sessions {
        if let Some(project) = held.judged() {
            judge_session(reading, held, project, out);
        }
    }
    judge_rooms(reading, out);
}

fn judge_session(reading: &Reading, held: &Held, project: (ProjectId, &Project), out: &mut Vec<Violation>) {
    let (_, row_of_project) = project;
    let mut name = |violation: Violation| out.push(violation.at(&held.label));
    let needed = !row_of_project.venue.is_empty() && held.place != Some(reading.case.online);
    let Some(written) = held.session.venue.as_deref() else {
        if needed {
            name(Violation::new("H8", Fault::VenueMissing).of([&row_of_project.id]));
        }
        return;
    };
    if !needed {
        return name(Violation::new("H8", Fault::VenueIdle).of([&row_of_project.id, written]));
    }
    let Some(venue) = held.venue.map(|id| reading.resource(id)) else { return };
    if venue.kind != Kind::Venue {
        return name(Violation::new("H8", Fault::NotVenue).of([&venue.id]));
    }
    if !share(&venue.roles, &row_of_project.venue) {
        name(Violation::new("H8", Fault::VenueKind).of([&venue.id, &row_of_project.id]));
    }
    if held.place.is_some() && venue.place != held.place {
        name(Violation::new("H8", Fault::VenueElsewhere).of([&venue.id, &held.session.place]));
    }
    if let Some(seats) = venue.seats.filter(|seats| *seats < row_of_project.size) {
        name(
            Violation::new("H8", Fault::VenueSeats)
                .of([&venue.id, &row_of_project.id])
                .amounts(seats.into(), row_of_project.size.into()),
        );
    }
    if let Some(period) = held.runs.clone().find(|period| !venue.periods.contains(PeriodId::from(*period))) {
        name(Violation::new("H8", Fault::ResourcePeriods).of([&venue.id, reading.period_id(period)]));
    }
    permits::judge_project("H8", venue, project, Some(&held.label), out);
    permits::judge_place("H8", venue, reading, held, out);
}

/// A session in a room, in one period.
struct Stay {
    venue: ResourceId,
    room: i64,
    period: usize,
    session: usize,
    fact: bool,
}

fn judge_rooms(reading: &Reading, out: &mut Vec<Violation>) {
    let mut stays: Vec<Stay> = Vec::new();
    for (session, held) in reading.sessions.iter().enumerate() {
        let (Some(venue), Some(room)) = (held.venue, held.room) else { continue };
        let row = reading.resource(venue);
        if row.kind == Kind::Venue && (1..=row.count).contains(&room) {
            stays.extend(held.runs.clone().map(|period| Stay { venue, room, period, session, fact: held.fact }));
        }
    }
    stays.sort_by_key(|stay| (stay.venue, stay.room, stay.period, stay.session));
    for of_room in stays.chunk_by(|a, b| (a.venue, a.room) == (b.venue, b.room)) {
        let row = reading.resource(of_room[0].venue);
        let room = of_room[0].room.to_string();
        let added = |stays: &[Stay]| stays.iter().any(|stay| !stay.fact);
        for of_period in of_room.chunk_by(|a, b| a.period == b.period) {
            let found = of_period.len() as i128;
            if found > i128::from(row.per_period) && added(of_period) {
                out.push(
                    Violation::new("H8", Fault::RoomLoad)
                        .of([&row.id, &room, reading.period_id(of_period[0].period)])
                        .amounts(found, row.per_period.into())
                        .among(labels(reading, of_period)),
                );
            }
        }
        let mut sessions: Vec<usize> = of_room.iter().map(|stay| stay.session).collect();
        sessions.sort_unstable();
        sessions.dedup();
        let found = sessions.len() as i128;
        if let Some(total) = row.total.filter(|total| found > i128::from(*total) && added(of_room)) {
            out.push(
                Violation::new("H8", Fault::RoomTotal)
                    .of([&row.id, &room])
                    .amounts(found, total.into())
                    .among(labels(reading, of_room)),
            );
        }
    }
}

fn labels(reading: &Reading, stays: &[Stay]) -> Vec<String> {
    stays.iter().map(|stay| reading.sessions[stay.session].label.clone()).collect()
}
