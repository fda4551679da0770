//! **H5 posts** Each post of each session has exactly count + reserve members (a rotating post: in each period), where
//! count is for each started `per_units` of the project's size if that is given. A member fills one post of a session;
//! a rotating one in one or more periods, always that post.

use super::fault::Fault;
use super::reading::{Held, Reading};
use super::violation::Violation;
use crate::lists::{Post, Project};

pub(super) fn judge(reading: &Reading, out: &mut Vec<Violation>) {
    for held in &reading.sessions {
        let Some((_, project)) = held.judged() else { continue };
        for post in &project.posts {
            judge_post(reading, held, project, post, out);
        }
        judge_members(reading, held, out);
    }
}

/// Members a post asks for, stand-bys included.
fn members_wanted(project: &Project, post: &Post) -> i128 {
    let groups = match post.per_units {
        Some(per_units) if per_units > 0 => {
            let (size, per_units) = (i128::from(project.size), i128::from(per_units));
            (size + per_units - 1) / per_units
        }
        _ => 1,
    };
    i128::from(post.count) * groups + i128::from(post.reserve)
}

fn judge_post(reading: &Reading, held: &Held, project: &Project, post: &Post, out: &mut Vec<Violation>) {
    let wanted = members_wanted(project, post);
    let (number, role) = (post.number.to_string(), reading.case.text(post.role));
    let seats = held.staff.iter().filter(|sat| sat.seat.post == post.number);
    if !post.rotate {
        let found = seats.count() as i128;
        if found != wanted {
            out.push(
                Violation::new("H5", Fault::PostMembers).of([&number, role]).amounts(found, wanted).at(&held.label),
            );
        }
        return;
    }
    let mut found = vec![0i128; held.runs.len()];
    for sat in seats {
        for period in sat.serves.clone().filter(|period| held.runs.contains(period)) {
            found[period - held.runs.start] += 1;
        }
    }
    for (period, found) in held.runs.clone().zip(found).filter(|(_, found)| *found != wanted) {
        out.push(
            Violation::new("H5", Fault::PostMembersIn)
                .of([&number, role, reading.period_id(period)])
                .amounts(found, wanted)
                .at(&held.label),
        );
    }
}

fn judge_members(reading: &Reading, held: &Held, out: &mut Vec<Violation>) {
    for sat in &held.staff {
        // With a single period written, the session's range is what it must lie in.
        if let Some(period) = sat.serves.clone().find(|period| !held.runs.contains(period)) {
            let (resource, member) = (&sat.seat.resource, sat.seat.member.to_string());
            let names = [resource.as_str(), &member, reading.period_id(period)];
            out.push(Violation::new("H5", Fault::SeatOutside).of(names).at(&held.label));
        }
    }
    let mut seats: Vec<_> = held
        .staff
        .iter()
        .map(|sat| (sat.seat.resource.as_str(), sat.seat.member, sat.seat.post, sat.serves.start))
        .collect();
    seats.sort_unstable();
    for of_member in seats.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let (resource, member, post, _) = of_member[0];
        let member = member.to_string();
        if let Some(other) = of_member.iter().map(|seat| seat.2).find(|other| *other != post) {
            let names = [resource, &member, &post.to_string(), &other.to_string()];
            out.push(Violation::new("H5", Fault::TwoPosts).of(names).at(&held.label));
        }
        // Seats of one post start in different periods only if the post rotates.
        if let Some(pair) = of_member.windows(2).find(|pair| (pair[0].2, pair[0].3) == (pair[1].2, pair[1].3)) {
            let names = [resource, &member, &pair[0].2.to_string()];
            out.push(Violation::new("H5", Fault::SeatTwice).of(names).at(&held.label));
        }
    }
}
