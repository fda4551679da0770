//! **H9 person** One person is in at most `person_per_period` sessions of one period — every period of a span counts,
//! several needs of a person in one session count once — and a need with a `person` gets at most one unit a session
//! unless it is `whole`.

use super::fault::Fault;
use super::reading::Reading;
use super::violation::Violation;
use crate::lists::Symbol;

pub(super) fn judge(reading: &Reading, out: &mut Vec<Violation>) {
    let mut visits: Vec<(Symbol, usize, usize)> = Vec::new();
    for (session, held) in reading.sessions.iter().enumerate() {
        for (need, units) in &held.needs {
            let Some(need) = need.map(|need| reading.need(need)) else { continue };
            let Some(person) = need.person else { continue };
            visits.extend(held.runs.clone().map(|period| (person, period, session)));
            if *units > 1 && !need.whole && !held.fact {
                out.push(Violation::new("H9", Fault::PersonUnits).of([&need.id]).amounts(*units, 1).at(&held.label));
            }
        }
    }
    visits.sort_unstable();
    visits.dedup();
    let limit = reading.case.settings.person_per_period;
    for together in visits.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let added = together.iter().any(|(_, _, session)| !reading.sessions[*session].fact);
        if together.len() as i128 > i128::from(limit) && added {
            let (person, period, _) = together[0];
            let labels = together.iter().map(|(_, _, session)| reading.sessions[*session].label.clone()).collect();
            out.push(
                Violation::new("H9", Fault::PersonPeriod)
                    .of([reading.case.text(person), reading.period_id(period)])
                    .amounts(together.len() as i128, limit.into())
                    .among(labels),
            );
        }
    }
}
