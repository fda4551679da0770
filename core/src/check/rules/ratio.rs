//! **H13 ratio** In each session that passes and each of its periods, members that pass the filter ≤ max × members that
//! match `against`. Stand-bys are members.

use super::super::fault::Fault;
use super::super::member::holds;
use super::super::reading::{Held, Reading, Sat};
use super::super::violation::Violation;
use super::sieve::Sieve;
use crate::lists::{Against, Rule, RuleKind};

pub(in super::super) fn judge(reading: &Reading, out: &mut Vec<Violation>) {
    for rule in reading.case.rules.iter().filter(|rule| rule.kind == RuleKind::Ratio) {
        let (Some(max), Some(against)) = (rule.max, &rule.against) else { continue };
        let sieve = Sieve::new(reading, rule);
        for held in reading.sessions.iter().filter(|held| !held.fact && sieve.session_passes(held)) {
            judge_session(&sieve, rule, held, (max, against), out);
        }
    }
}

fn judge_session(sieve: &Sieve, rule: &Rule, held: &Held, (max, against): (i64, &Against), out: &mut Vec<Violation>) {
    for period in held.runs.clone() {
        let serving = || held.staff.iter().filter(|sat| sat.serves.contains(&period));
        let found = serving().filter(|sat| sieve.member_passes(sat, period)).count() as i128;
        let matching = serving().filter(|sat| matches(sieve.reading, against, sat, period)).count() as i128;
        let allowed = i128::from(max).saturating_mul(matching);
        if found > allowed {
            out.push(
                Violation::new("H13", Fault::Ratio)
                    .of([&rule.id, sieve.reading.period_id(period)])
                    .amounts(found, allowed)
                    .at(&held.label),
            );
        }
    }
}

/// Whether a member matches `role[skill+skill]` in a period.
fn matches(reading: &Reading, against: &Against, sat: &Sat, period: usize) -> bool {
    let by_role = against.role.is_none_or(|role| sat.role(reading.case) == Some(role));
    let row = sat.resource.map(|id| reading.resource(id));
    by_role && against.skills.iter().all(|skill| row.is_some_and(|row| holds(row, *skill, period)))
}
