//! **H6 member** The post's role and skills, all clearances of the project, valid in each period in which the member
//! serves; the organisations of the post; the row's allow-lists and deny-lists; reach. At `online` reach and `places`
//! do not apply.

use super::fault::Fault;
use super::permits;
use super::reading::{Held, Reading, Sat};
use super::violation::Violation;
use crate::lists::{Kind, PeriodId, PlaceId, Post, Project, Resource, Symbol};

pub(super) fn judge(reading: &Reading, out: &mut Vec<Violation>) {
    for held in &reading.sessions {
        let Some((id, project)) = held.judged() else { continue };
        for sat in &held.staff {
            let Some(row) = sat.resource.map(|id| reading.resource(id)) else { continue };
            if row.kind != Kind::Staff {
                out.push(Violation::new("H6", Fault::NotStaff).of([&row.id]).at(&held.label));
                continue;
            }
            permits::judge_project("H6", row, (id, project), Some(&held.label), out);
            if let Some(place) = held.place {
                judge_reach(reading, held, row, place, out);
                if place != reading.case.online {
                    permits::judge_place("H6", row, reading, held, out);
                }
            }
            if let Some(post) = sat.post {
                judge_post(reading, held, project, (sat, row, post), out);
            }
        }
    }
}

fn judge_post(
    reading: &Reading,
    held: &Held,
    project: &Project,
    (sat, row, post): (&Sat, &Resource, &Post),
    out: &mut Vec<Violation>,
) {
    let case = reading.case;
    if row.roles.binary_search(&post.role).is_err() {
        let names = [row.id.as_str(), case.text(post.role)];
        out.push(Violation::new("H6", Fault::NoRole).of(names).at(&held.label));
    }
    for (fault, tags) in [(Fault::NoSkill, &post.skills), (Fault::NoClearance, &project.clearance)] {
        for tag in tags.iter() {
            if let Some(period) = sat.serves.clone().find(|period| !holds(row, *tag, *period)) {
                let names = [row.id.as_str(), case.text(*tag), reading.period_id(period)];
                out.push(Violation::new("H6", fault).of(names).at(&held.label));
            }
        }
    }
    let Some(orgs) = &post.orgs else { return };
    let welcome = row.org.is_some_and(|org| {
        orgs.named.binary_search(&org).is_ok()
            || (orgs.own && (project.lead == Some(org) || project.partners.binary_search(&org).is_ok()))
    });
    if !welcome {
        let names = [row.id.as_str(), &post.number.to_string()];
        out.push(Violation::new("H6", Fault::OtherOrg).of(names).at(&held.label));
    }
}

/// Whether a row holds a skill in a period.
pub(super) fn holds(row: &Resource, tag: Symbol, period: usize) -> bool {
    row.skills.iter().any(|skill| skill.tag == tag && skill.periods.contains(PeriodId::from(period)))
}

fn judge_reach(reading: &Reading, held: &Held, row: &Resource, place: PlaceId, out: &mut Vec<Violation>) {
    let Some(base) = row.place.filter(|_| !reading.ways.reaches(row.place, row.reach_minutes, place)) else { return };
    let names = [row.id.as_str(), reading.place_id(base), reading.place_id(place)];
    let violation = match reading.ways.minutes(base, place) {
        Some(minutes) => {
            Violation::new("H6", Fault::ResourceReach).of(names).amounts(minutes.into(), row.reach_minutes.into())
        }
        None => Violation::new("H6", Fault::ResourceWayUnknown).of(names),
    };
    out.push(violation.at(&held.label));
}
