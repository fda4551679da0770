//! What the plan is worth: every term of §4 recomputed, unweighted, and the value of each level.
//!
//! Facts count in must, quota and coverage — for needs still listed, at most `quantity` — and in no other term.

use std::collections::{BTreeMap, BTreeSet};

use super::facts;
use super::money::{launches_owed, session_cost};
use super::reading::{Held, Reading, share};
use super::violation::{narrow, sum};
use crate::lists::{Project, ProjectId, ResourceId, Symbol, Term};
use crate::plan::{Level, Reason, Session, Unmet};

/// What was recomputed.
pub(super) struct Worth {
    pub levels: Vec<Level>,
    pub unmet: Vec<Unmet>,
}

pub(super) fn weigh(reading: &Reading, quota: i128) -> Worth {
    let case = reading.case;
    let served = served(reading);
    let wanted = case.needs.iter().zip(&served);
    let unmet = wanted.clone().filter(|(need, served)| i128::from(need.quantity) > **served).map(|(need, served)| {
        let units = narrow(i128::from(need.quantity) - served);
        Unmet { need: need.id.clone(), units, reason: Reason::default() }
    });
    let unmet = unmet.collect();
    let must: i128 = wanted
        .filter(|(need, _)| need.must)
        .map(|(need, served)| i128::from(need.priority).saturating_mul(i128::from(need.quantity) - served))
        .sum();
    let new = || reading.sessions.iter().filter_map(|held| Some((held, held.judged()?)));
    let term = |term: Term| match term {
        Term::Must => -must,
        Term::Quota => quota,
        Term::Coverage => coverage(reading, &served),
        Term::Cost => {
            let sessions = sum(new().map(|(held, project)| cost(reading, held, project.1)));
            -sessions.saturating_add(launches(reading))
        }
        Term::Travel => -sum(new().map(|(held, _)| travel(reading, held))),
        Term::Turns => -sum(new().map(|(held, _)| turns(held))),
        Term::Changes => -changes(reading),
        Term::Prefers => -sum(new().map(|(held, project)| unwelcome(reading, held, project))),
        Term::Quality => sum(new().map(|(held, project)| quality(reading, held, project))),
    };
    let all: BTreeMap<Term, i128> = Term::ALL.iter().map(|name| (*name, term(*name))).collect();
    let levels = case.settings.levels.iter().map(|terms| {
        let weighed = terms.iter().map(|term| i128::from(case.settings.weights.of(*term)).saturating_mul(all[term]));
        Level {
            value: narrow(sum(weighed)),
            terms: terms.iter().map(|term| (term.name().to_owned(), narrow(all[term]))).collect(),
            ..Level::default()
        }
    });
    Worth { levels: levels.collect(), unmet }
}

/// Units served of each need, at most its quantity.
fn served(reading: &Reading) -> Vec<i128> {
    let mut served = vec![0i128; reading.case.needs.len()];
    for (need, units) in reading.sessions.iter().flat_map(|held| &held.needs) {
        if let Some(need) = need {
            served[need.index()] += units;
        }
    }
    for (need, served) in reading.case.needs.iter().zip(&mut served) {
        *served = (*served).min(i128::from(need.quantity));
    }
    served
}

/// For each group U = Σ priority × served and W = Σ priority × quantity; over the fairness steps, multiplier × the part
/// of U between ⌈previous share × W⌉ and ⌈share × W⌉.
fn coverage(reading: &Reading, served: &[i128]) -> i128 {
    let mut groups: BTreeMap<Symbol, (i128, i128)> = BTreeMap::new();
    for (need, served) in reading.case.needs.iter().zip(served) {
        let (reached, wanted) = groups.entry(need.group).or_default();
        *reached += i128::from(need.priority).saturating_mul(*served);
        *wanted += i128::from(need.priority).saturating_mul(i128::from(need.quantity));
    }
    let mut worth = 0i128;
    for (reached, wanted) in groups.into_values() {
        let mut from = 0i128;
        for step in &reading.case.settings.fairness {
            let denominator = i128::from(step.share_denominator.max(1));
            let part = wanted.saturating_mul(i128::from(step.share_numerator));
            let to = part.saturating_add(denominator - 1).div_euclid(denominator);
            let between = (reached.min(to) - reached.min(from)).max(0);
            worth = worth.saturating_add(between.saturating_mul(i128::from(step.multiplier)));
            from = to;
        }
    }
    worth
}

/// Fen: the session's cost, its staff by load carried, its venue by period. Launches are counted apart.
fn cost(reading: &Reading, held: &Held, project: &Project) -> i128 {
    let staff = held.staff.iter().map(|sat| {
        let row_cost = sat.resource.map_or(0, |id| i128::from(reading.resource(id).cost_fen));
        row_cost.saturating_mul(sat.load()).saturating_mul(sat.serves.len() as i128)
    });
    let venue = held.venue.map_or(0, |id| i128::from(reading.resource(id).cost_fen));
    let venue = venue.saturating_mul(held.runs.len() as i128);
    session_cost(held, project).saturating_add(sum(staff)).saturating_add(venue)
}

/// Fen for launches that are no facts.
fn launches(reading: &Reading) -> i128 {
    let listed = reading.plan.launches.iter().zip(&reading.launch_facts).filter(|(_, fact)| !**fact);
    let mut projects: BTreeSet<ProjectId> = listed.filter_map(|(l, _)| reading.case.project(&l.project)).collect();
    projects.extend(launches_owed(reading));
    projects.iter().map(|id| i128::from(reading.case.projects[id.index()].launch_cost_fen)).sum()
}

/// Minutes: each member once in each period served, each unit once in each period of the span.
fn travel(reading: &Reading, held: &Held) -> i128 {
    let Some(place) = held.place else { return 0 };
    let minutes = |from| i128::from(reading.ways.minutes(from, place).unwrap_or(0));
    let staff = held.staff.iter().map(|sat| {
        let base = sat.resource.and_then(|id| reading.resource(id).place);
        base.map_or(0, minutes).saturating_mul(sat.serves.len() as i128)
    });
    let units = held.needs.iter().map(|(need, units)| {
        let way = need.map_or(0, |need| minutes(reading.need(need).place));
        way.saturating_mul(*units).saturating_mul(held.runs.len() as i128)
    });
    sum(staff.chain(units))
}

fn turns(held: &Held) -> i128 {
    sum(held.staff.iter().map(|sat| sat.load().saturating_mul(sat.serves.len() as i128)))
}

/// Units of `previous` by (need, project, place, period) and member-sessions by (resource, project, place, period) that
/// are gone, as a difference of multisets; facts do not count on either side.
fn changes(reading: &Reading) -> i128 {
    let mut before: Vec<&Session> = facts::open_sessions(reading.case).collect();
    let mut after: Vec<&Session> = reading.sessions.iter().filter(|held| !held.fact).map(|held| held.session).collect();
    // Plans are all but in this order.
    fn cell(session: &Session) -> (&str, &str, &str) {
        (&session.period, &session.place, &session.project)
    }
    before.sort_by(|a, b| cell(a).cmp(&cell(b)));
    after.sort_by(|a, b| cell(a).cmp(&cell(b)));
    let mut rest = after.as_slice();
    let mut gone = 0i128;
    for before in before.chunk_by(|a, b| cell(a) == cell(b)) {
        let here = cell(before[0]);
        rest = &rest[rest.iter().take_while(|session| cell(session) < here).count()..];
        let (after, later) = rest.split_at(rest.iter().take_while(|session| cell(session) == here).count());
        rest = later;
        let same = |(a, b): (&&Session, &&Session)| a.needs == b.needs && a.staff == b.staff;
        if before.len() == after.len() && before.iter().zip(after).all(same) {
            continue;
        }
        let mut balance: BTreeMap<(bool, &str), i128> = BTreeMap::new();
        for (part, amount) in before.iter().flat_map(|session| parts(session)) {
            *balance.entry(part).or_default() += amount;
        }
        for (part, amount) in after.iter().flat_map(|session| parts(session)) {
            if let Some(left) = balance.get_mut(&part) {
                *left -= amount;
            }
        }
        gone = gone.saturating_add(sum(balance.into_values().filter(|left| *left > 0)));
    }
    gone
}

/// Units of a need (true) and member-sessions of a staff row (false).
fn parts(session: &Session) -> impl Iterator<Item = ((bool, &str), i128)> {
    let units = session.needs.iter().map(|served| ((true, served.need.as_str()), i128::from(served.units.max(0))));
    let members: BTreeSet<(&str, i64)> = session.staff.iter().map(|s| (s.resource.as_str(), s.member)).collect();
    units.chain(members.into_iter().map(|(row, _)| ((false, row), 1)))
}

/// Member-sessions outside the stated preferences of a member that has any.
fn unwelcome(reading: &Reading, held: &Held, (id, project): (ProjectId, &Project)) -> i128 {
    let members: BTreeSet<(ResourceId, i64)> =
        held.staff.iter().filter_map(|sat| Some((sat.resource?, sat.seat.member))).collect();
    let outside = members.into_iter().filter(|(resource, _)| {
        let row = reading.resource(*resource);
        let states_any = !row.prefers_services.is_empty() || !row.prefers_projects.is_empty();
        let welcome =
            row.prefers_projects.binary_search(&id).is_ok() || share(&row.prefers_services, &project.services);
        states_any && !welcome
    });
    outside.count() as i128
}

/// (quality + fit points) a unit.
fn quality(reading: &Reading, held: &Held, (id, project): (ProjectId, &Project)) -> i128 {
    let points = held.needs.iter().map(|(need, units)| {
        let fit = need.map_or(0, |need| reading.fit(need, id).0.unwrap_or(0));
        i128::from(project.quality).saturating_add(fit.into()).saturating_mul(*units)
    });
    sum(points)
}
