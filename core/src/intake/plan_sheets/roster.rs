use std::collections::BTreeMap;

use super::columns::{MEMBER, PERIOD, POST, RESOURCE, ROLE, SESSION};
use super::fault::{Faults, PlanFault};
use super::lookup::Lookup;
use super::table::{PlanRow, PlanTable};
use crate::plan::{Seat, Session};

/// Reads 排班 into the sessions. A post that does not rotate has one row for each period of its session: together they
/// are one seat, and the same row twice is two.
pub(super) fn read(table: &PlanTable, lookup: &Lookup, sessions: &mut [Session], faults: &mut Faults) {
    let numbers: BTreeMap<String, usize> = sessions.iter().enumerate().map(|(i, s)| (s.id.clone(), i)).collect();
    let mut rows: BTreeMap<(usize, Seat), BTreeMap<String, usize>> = BTreeMap::new();
    for row in table.rows(&[RESOURCE, SESSION], faults) {
        let (Some(resource), Some(number)) = (row.required(RESOURCE, faults), row.required(SESSION, faults)) else {
            continue;
        };
        let Some(&position) = numbers.get(number) else {
            faults.push(row.problem(PlanFault::UnknownSession, SESSION, number));
            continue;
        };
        let session = &sessions[position];
        let member = row.whole(MEMBER, faults).unwrap_or(1);
        let Some((post, role, rotate)) = post(row, session, lookup, faults) else { continue };
        let period = match row.text(PERIOD) {
            "" => session.period.clone(),
            text => lookup.period(text),
        };
        if !lookup.runs_in(&session.project, &session.period, &period) {
            faults.push(row.problem(PlanFault::OutsideSpan, PERIOD, row.text(PERIOD)));
            continue;
        }
        let seat =
            Seat { resource: lookup.resource(resource), member, post, role, period: rotate.then(|| period.clone()) };
        *rows.entry((position, seat)).or_default().entry(period).or_default() += 1;
    }
    for ((position, seat), periods) in rows {
        let seats = periods.into_values().max().unwrap_or(0);
        sessions[position].staff.extend(std::iter::repeat_n(seat, seats));
    }
}

/// Number, role and whether it rotates.
fn post(row: PlanRow, session: &Session, lookup: &Lookup, faults: &mut Faults) -> Option<(u32, String, bool)> {
    let role = row.text(ROLE);
    let posts = lookup.project_row(&session.project).map_or(&[][..], |p| &p.posts);
    if !row.text(POST).is_empty() {
        let number = u32::try_from(row.whole(POST, faults)?).ok();
        let Some(number) = number else {
            faults.push(row.problem(PlanFault::NotANumber, POST, row.text(POST)));
            return None;
        };
        let known = posts.iter().find(|p| p.number == number);
        let own = known.map_or("", |p| lookup.case.text(p.role));
        let role = if role.is_empty() { own } else { role };
        return Some((number, role.to_owned(), known.is_some_and(|p| p.rotate)));
    }
    let mut named = posts.iter().filter(|p| role.is_empty() || lookup.case.text(p.role) == role);
    match (named.next(), named.next()) {
        (Some(post), None) => Some((post.number, lookup.case.text(post.role).to_owned(), post.rotate)),
        _ => {
            faults.push(row.problem(PlanFault::PostUnclear, ROLE, role));
            None
        }
    }
}
