//! **H7 load** Per member and period ≤ per_period; over the horizon ≤ total; only when available. Members of a row are
//! numbered 1…count, and each of them respects this. A session takes load in every period of its span that the member
//! serves. What facts alone exceed is no violation, but nothing may be added to it.

use super::fault::Fault;
use super::reading::Reading;
use super::violation::Violation;
use crate::lists::{Kind, PeriodId, ResourceId};

/// What one member carries in one period of one session.
struct Turn {
    resource: ResourceId,
    member: i64,
    period: usize,
    load: i128,
    fact: bool,
    session: usize,
}

pub(super) fn judge(reading: &Reading, out: &mut Vec<Violation>) {
    judge_availability(reading, out);
    let mut turns: Vec<Turn> = Vec::new();
    for (session, held) in reading.sessions.iter().enumerate() {
        for sat in held.staff.iter().filter(|sat| sat.is_member) {
            let Some(resource) = sat.resource else { continue };
            let (member, load, fact) = (sat.seat.member, sat.load(), held.fact);
            turns.extend(sat.serves.clone().map(|period| Turn { resource, member, period, load, fact, session }));
        }
    }
    turns.sort_by_key(|turn| (turn.resource, turn.member, turn.period, turn.session));
    for of_member in turns.chunk_by(|a, b| (a.resource, a.member) == (b.resource, b.member)) {
        let row = reading.resource(of_member[0].resource);
        if row.kind != Kind::Staff {
            continue;
        }
        let member = of_member[0].member.to_string();
        for of_period in of_member.chunk_by(|a, b| a.period == b.period) {
            if let Some(load) = excess(of_period, row.per_period) {
                out.push(
                    Violation::new("H7", Fault::MemberLoad)
                        .of([&row.id, &member, reading.period_id(of_period[0].period)])
                        .amounts(load, row.per_period.into())
                        .among(labels(reading, of_period)),
                );
            }
        }
        if let Some((load, total)) = row.total.and_then(|total| Some((excess(of_member, total)?, total))) {
            out.push(
                Violation::new("H7", Fault::MemberTotal)
                    .of([&row.id, &member])
                    .amounts(load, total.into())
                    .among(labels(reading, of_member)),
            );
        }
    }
}

/// The whole load where it is beyond the limit and something new has been added.
fn excess(turns: &[Turn], limit: i64) -> Option<i128> {
    let all: i128 = turns.iter().map(|turn| turn.load).sum();
    let added = turns.iter().any(|turn| !turn.fact && turn.load > 0);
    (added && all > i128::from(limit)).then_some(all)
}

fn labels(reading: &Reading, turns: &[Turn]) -> Vec<String> {
    turns.iter().map(|turn| reading.sessions[turn.session].label.clone()).collect()
}

fn judge_availability(reading: &Reading, out: &mut Vec<Violation>) {
    for held in reading.sessions.iter().filter(|held| !held.fact) {
        for sat in &held.staff {
            let Some(row) = sat.resource.map(|id| reading.resource(id)) else { continue };
            let away = sat.serves.clone().find(|period| !row.periods.contains(PeriodId::from(*period)));
            if let Some(period) = away.filter(|_| row.kind == Kind::Staff) {
                let names = [row.id.as_str(), reading.period_id(period)];
                out.push(Violation::new("H7", Fault::ResourcePeriods).of(names).at(&held.label));
            }
        }
    }
}
