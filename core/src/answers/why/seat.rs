//! A short way to a tie for a triple: a session that the project holds for the need keeps all but a seat (or its room),
//! which goes to the row that is asked about; where the row is busy then, its session takes whom that sets free.

use crate::answers::counts::cell_of;
use crate::answers::ground::Ground;
use crate::answers::spare::{Draft, Favour, Spare};
use crate::lists::{Case, NeedId, Pin};
use crate::plan::{Plan, Session};

use super::swap::{as_good, does, sound};

/// Sessions of the need that are tried at most.
const TRIED: usize = 6;
/// Sessions of the row, for each.
const PARTNERS: usize = 2;

/// A plan that keeps the pin and is worth no less, where the pin names a need, a project and a row.
pub(super) fn seat(ground: &Ground, pin: &Pin) -> Option<Box<Plan>> {
    let case = ground.case;
    let row = pin.need.and(pin.project).and(pin.resource)?;
    let sessions = &ground.plan.sessions;
    // What a session does for the need and the project alone, and with the row alone.
    let of_need = Pin { resource: None, ..pin.clone() };
    let of_row = Pin { need: None, project: None, ..pin.clone() };
    let row_id = &case.resources[row.index()].id;
    let keeps = |plan: &Plan| plan.sessions.iter().map(|session| does(case, pin, session)).sum::<i64>() >= pin.count;
    let no_worse = |plan: Plan| sound(ground, plan, keeps).filter(|plan| as_good(ground, plan));
    let open = |session: &Session| !session.fact && !session.needs.is_empty();
    let serving =
        (0..sessions.len()).filter(|at| open(&sessions[*at]) && does(case, &of_need, &sessions[*at]) >= pin.count);
    let again = |spare: &Spare, at: usize, first| {
        let session = &sessions[at];
        let needs: Vec<NeedId> = session.needs.iter().filter_map(|line| case.need(&line.need)).collect();
        let favour = Favour { first, keep: Some(session), whole: true };
        let draft = spare.draft_as(*needs.first()?, cell_of(case, session)?, &needs, favour)?;
        (draft.session.needs.len() == session.needs.len()).then_some(draft)
    };
    for at in serving.take(TRIED) {
        let alone = Spare::new(case, &without(ground.plan, &[at]));
        let draft = again(&alone, at, Some(row)).filter(|draft| draft.uses(row_id));
        if let Some(draft) = draft {
            return no_worse(with(case, &without(ground.plan, &[at]), [draft]));
        }
        let period = &sessions[at].period;
        let partners = (0..sessions.len()).filter(|other| {
            let other = &sessions[*other];
            open(other) && other.period == *period && does(case, &of_row, other) > 0
        });
        for other in partners.take(PARTNERS) {
            let rest = without(ground.plan, &[at, other]);
            let mut spare = Spare::new(case, &rest);
            let Some(first) = again(&spare, at, Some(row)).filter(|draft| draft.uses(row_id)) else { continue };
            spare.add(&first);
            let Some(second) = again(&spare, other, None) else { continue };
            if let Some(found) = no_worse(with(case, &rest, [first, second])) {
                return Some(found);
            }
        }
    }
    None
}

fn without(plan: &Plan, out: &[usize]) -> Plan {
    let sessions = plan.sessions.iter().enumerate().filter(|(at, _)| !out.contains(at));
    let sessions = sessions.map(|(_, session)| session.clone()).collect();
    Plan { sessions, launches: plan.launches.clone(), ..Plan::empty() }
}

fn with<const N: usize>(case: &Case, plan: &Plan, drafts: [Draft; N]) -> Plan {
    let mut out = plan.clone();
    for draft in drafts {
        out.sessions.push(draft.session);
        out.launches.extend(draft.launch);
    }
    out.put_in_order(case.periods.iter().map(|p| p.id.as_str()));
    out
}
