//! **H14 window** Each member's load from the sessions that pass, in any `window` consecutive periods, ≤ max. What facts
//! alone exceed is no violation, but nothing may be added to it. A window longer than the horizon is the horizon.

use super::super::fault::Fault;
use super::super::reading::Reading;
use super::super::violation::Violation;
use super::sieve::Sieve;
use crate::lists::{ResourceId, Rule, RuleKind};

/// What one member carries in one period of one session that passes.
struct Turn<'r> {
    member: (ResourceId, i64),
    period: usize,
    load: i128,
    fact: bool,
    label: &'r str,
}

pub(in super::super) fn judge(reading: &Reading, out: &mut Vec<Violation>) {
    for rule in reading.case.rules.iter().filter(|rule| rule.kind == RuleKind::Window) {
        let (Some(max), Some(window)) = (rule.max, rule.window) else { continue };
        let length = usize::try_from(window).unwrap_or(1).clamp(1, reading.case.periods.len().max(1));
        let mut turns = turns(reading, rule);
        turns.sort_by_key(|turn| (turn.member, turn.period));
        for of_member in turns.chunk_by(|a, b| a.member == b.member) {
            judge_member(reading, rule, (i128::from(max), length), of_member, out);
        }
    }
}

fn turns<'r>(reading: &'r Reading, rule: &Rule) -> Vec<Turn<'r>> {
    let sieve = Sieve::new(reading, rule);
    let mut turns = Vec::new();
    for held in reading.sessions.iter().filter(|held| sieve.session_passes(held)) {
        for sat in held.staff.iter().filter(|sat| sat.is_member && sat.load() > 0) {
            let Some(resource) = sat.resource else { continue };
            for period in sat.serves.clone().filter(|period| sieve.member_passes(sat, *period)) {
                let member = (resource, sat.seat.member);
                turns.push(Turn { member, period, load: sat.load(), fact: held.fact, label: &held.label });
            }
        }
    }
    turns
}

/// It is enough to look at windows that begin with a turn: any other holds no more than one of these.
fn judge_member(
    reading: &Reading,
    rule: &Rule,
    (max, length): (i128, usize),
    turns: &[Turn],
    out: &mut Vec<Violation>,
) {
    let (mut first, mut last) = (0, 0);
    let (mut load, mut added) = (0i128, 0usize);
    while first < turns.len() {
        let start = turns[first].period;
        while last < turns.len() && turns[last].period < start + length {
            load += turns[last].load;
            added += usize::from(!turns[last].fact);
            last += 1;
        }
        if load > max && added > 0 {
            let (resource, member) = turns[first].member;
            let end = (start + length).min(reading.case.periods.len()) - 1;
            out.push(
                Violation::new("H14", Fault::Window)
                    .of([
                        &rule.id,
                        &reading.resource(resource).id,
                        &member.to_string(),
                        reading.period_id(start),
                        reading.period_id(end),
                    ])
                    .amounts(load, max)
                    .among(turns[first..last].iter().map(|turn| turn.label.to_owned()).collect()),
            );
        }
        while first < turns.len() && turns[first].period == start {
            load -= turns[first].load;
            added -= usize::from(!turns[first].fact);
            first += 1;
        }
    }
}
