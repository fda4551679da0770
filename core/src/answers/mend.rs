//! The plan before, mended: what no longer holds is taken out and replaced, all else stays.
//!
//! A search from nothing finds the best levels, but on large lists it takes long and may scatter changes that nobody asked
//! for. A mended plan has few, and is there at once.

use std::collections::{BTreeMap, BTreeSet};

use super::counts::{Counts, cell_of};
use super::ease::ease;
use super::ending::take_out;
use super::overdrawn::give_up;
use super::reseat::reseat;
use super::spare::{Cell, Draft, Favour, Spare};
use super::worth;
use crate::check::{Fault, Report, Violation, check};
use crate::fit::Geography;
use crate::lists::{Case, NeedId, Term};
use crate::plan::{Plan, Session};

/// Rounds of taking out and replacing.
const ROUNDS: usize = 12;
/// Needs for which sessions are added at last.
const MOST_NEEDS: usize = 100;
/// Sessions added for one need at most.
const MOST_FOR_ONE: usize = 8;
/// Sessions added one by one where all together are not sound.
const MOST_ALONE: usize = 4;

/// A plan mended.
pub(super) struct Mend {
    /// The plan: sound in the lists as they are.
    pub plan: Plan,
    pub report: Report,
    /// Names that violations were about on the way: rows, needs, periods.
    pub about: BTreeSet<String>,
}

/// The plan before, sound in the lists as they are; `None` where mending did not come to an end. `first` are needs for
/// which something is sought before others. With `sparing` changes are spared where sessions end (see [`super::ending`]),
/// at which quotas of sessions may be missed that are kept where all units of these sessions seek new ones.
pub(super) fn mend(case: &Case, previous: &Plan, first: &BTreeSet<NeedId>, sparing: bool) -> Option<Mend> {
    let mut plan = Plan::empty();
    plan.sessions.clone_from(&previous.sessions);
    plan.launches.clone_from(&previous.launches);
    settle_facts(case, &mut plan);
    for session in plan.sessions.iter_mut().filter(|session| !session.fact) {
        session.needs.retain(|line| case.need(&line.need).is_some());
    }
    let kept = |session: &Session| session.fact || !session.needs.is_empty();
    let mut removed: Vec<Session> = plan.sessions.iter().filter(|session| !kept(session)).cloned().collect();
    plan.sessions.retain(kept);
    let geography = Geography::new(case);
    if !removed.is_empty() {
        // Whoever was to come may serve others there.
        let counts = Counts::new(case, &geography, &plan);
        replace(&mut Spare::new(case, &plan), counts, &mut plan, &removed);
    }
    order(case, &mut plan);
    let mut first = first.clone();
    let mut about = BTreeSet::new();
    // What the plan leaves free, as long as nothing is taken out.
    let mut spare: Option<Spare> = None;
    for round in 0..ROUNDS {
        let report = check(case, &plan);
        if report.violations.is_empty() {
            first.extend(removed.iter().flat_map(|session| &session.needs).filter_map(|line| case.need(&line.need)));
            let spare = spare.take().unwrap_or_else(|| Spare::new(case, &plan));
            let counts = Counts::new(case, &geography, &plan);
            let filled = fill(spare, counts, &mut plan, &first);
            return Some(Mend { plan, report: filled.unwrap_or(report), about });
        }
        about.extend(report.violations.iter().flat_map(|violation| violation.subjects.iter().cloned()));
        spare = None;
        let rest = ease(case, &mut plan, &report.violations);
        // The last rounds only take out, so that mending comes to an end.
        let last = round + 4 >= ROUNDS;
        if rest.is_empty() {
            continue;
        }
        let (mut out, mut left) = (BTreeSet::new(), false);
        if !last {
            let reseated = reseat(case, &geography, &mut plan, &rest, sparing);
            removed.extend(reseated.ended);
            if reseated.filled && reseated.stuck.is_empty() {
                drop_idle_launches(&mut plan);
                order(case, &mut plan);
                continue;
            }
            if reseated.filled {
                out = reseated.stuck;
            }
        }
        if out.is_empty() {
            let (overdrawn, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(|violation| is_overdrawn(violation));
            for violation in &overdrawn {
                if let Some((supply, excess)) = violation.subjects.first().zip(excess_of(violation)) {
                    let (ended, some_left) = give_up(case, &geography, &mut plan, (supply, excess), sparing && !last);
                    out.extend(ended);
                    left |= some_left;
                }
            }
            if !rest.is_empty() || overdrawn.is_empty() {
                out.extend(to_remove(case, &plan, &rest));
            }
        }
        if out.is_empty() && !left {
            return None;
        }
        let named = plan.sessions.iter().enumerate().filter(|(_, session)| out.contains(&session.id));
        let named = named.map(|(at, _)| at).collect();
        removed.extend(take_out(case, &mut plan, &named, sparing));
        first.extend(removed.iter().flat_map(|session| &session.needs).filter_map(|line| case.need(&line.need)));
        drop_idle_launches(&mut plan);
        if !last {
            let mut free = Spare::new(case, &plan);
            replace(&mut free, Counts::new(case, &geography, &plan), &mut plan, &removed);
            spare = Some(free);
            removed.clear();
        }
        order(case, &mut plan);
    }
    None
}

fn order(case: &Case, plan: &mut Plan) {
    plan.put_in_order(case.periods.iter().map(|p| p.id.as_str()));
}

/// Whether a session starts before the freeze.
pub(super) fn frozen(case: &Case, session: &Session) -> bool {
    let freeze = case.settings.freeze_before;
    freeze.is_some_and(|freeze| case.period(&session.period).is_some_and(|start| start < freeze))
}

/// Marks what is frozen now, and nothing else.
pub(super) fn settle_facts(case: &Case, plan: &mut Plan) {
    let mut held: BTreeSet<String> = BTreeSet::new();
    for session in &mut plan.sessions {
        session.fact = frozen(case, session);
        if session.fact {
            held.insert(session.project.clone());
        }
    }
    for launch in &mut plan.launches {
        launch.fact = held.contains(&launch.project);
    }
}

fn drop_idle_launches(plan: &mut Plan) {
    let held: BTreeSet<&str> = plan.sessions.iter().map(|session| session.project.as_str()).collect();
    plan.launches.retain(|launch| launch.fact || held.contains(launch.project.as_str()));
}

/// Whether few changes count more than what is served.
pub(super) fn changes_first(case: &Case) -> bool {
    let level = |term: Term| case.settings.levels.iter().position(|terms| terms.contains(&term));
    level(Term::Changes).is_some_and(|changes| level(Term::Coverage).is_none_or(|coverage| changes < coverage))
}

fn excess_of(violation: &Violation) -> Option<i64> {
    violation.found.zip(violation.allowed).map(|(found, allowed)| found - allowed)
}

/// Whether a fund or a stock pays for more than it holds.
fn is_overdrawn(violation: &Violation) -> bool {
    matches!(violation.constraint, "H10" | "H11")
        && violation.sessions.len() != 1
        && excess_of(violation).is_some_and(|excess| excess > 0)
}

/// Sessions to take out, so that less is broken: those that are named; of a need, as many as it takes; of another sum that is
/// too large, one.
fn to_remove(case: &Case, plan: &Plan, violations: &[&Violation]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let worth = |session: &Session| worth::of_session(case, session);
    for violation in violations {
        let named: Vec<&Session> =
            plan.sessions.iter().filter(|session| !session.fact && violation.sessions.contains(&session.id)).collect();
        match (violation.constraint, violation.subjects.first(), excess_of(violation)) {
            ("H3", Some(need), Some(excess)) if matches!(violation.fault, Fault::Quantity | Fault::NeedPerPeriod) => {
                let mut named = named;
                named.sort_by_key(|session| worth(session));
                let mut left = excess;
                for session in named {
                    if left <= 0 {
                        break;
                    }
                    left -= session.needs.iter().filter(|line| line.need == *need).map(|line| line.units).sum::<i64>();
                    out.insert(session.id.clone());
                }
            }
            ("H3" | "H7" | "H9" | "H12" | "H14", _, Some(excess)) if named.len() > 1 && excess > 0 => {
                out.extend(named.iter().min_by_key(|session| worth(session)).map(|session| session.id.clone()));
            }
            _ => out.extend(named.iter().map(|session| session.id.clone())),
        }
    }
    if out.is_empty() {
        // What names no session (a launch that cannot be paid): the sessions of the project that is named.
        let about: BTreeSet<&str> = violations.iter().flat_map(|v| &v.subjects).map(String::as_str).collect();
        let mine = plan.sessions.iter().filter(|s| !s.fact && about.contains(s.project.as_str()));
        out.extend(mine.map(|session| session.id.clone()));
    }
    out
}

/// Holds what was taken out again where that can be: at the same cell, for the same needs or, where these are gone, for others
/// that are unmet, with whom of its team is left.
fn replace(spare: &mut Spare, mut counts: Counts, plan: &mut Plan, removed: &[Session]) {
    let case = spare.case;
    for session in removed {
        let Some(cell) = cell_of(case, session).filter(|cell| counts.allow(*cell)) else { continue };
        let mut needs: Vec<NeedId> = session.needs.iter().filter_map(|line| case.need(&line.need)).collect();
        if needs.is_empty() {
            needs = spare.unmet();
            needs.retain(|need| spare.may(*need, cell));
        }
        let Some(first) = needs.first() else { continue };
        let favour = Favour { first: None, keep: Some(session), whole: true };
        let draft = if spare.may(*first, cell) { spare.draft_as(*first, cell, &needs, favour) } else { None };
        if let Some(draft) = draft.filter(|draft| !forbidden(spare, draft)) {
            spare.add(&draft);
            counts.add(cell);
            add(plan, draft);
        }
    }
}

/// Whether a pin forbids a draft.
fn forbidden(spare: &Spare, draft: &Draft) -> bool {
    let case = spare.case;
    let serves = |need: NeedId| draft.session.needs.iter().any(|line| case.need(&line.need) == Some(need));
    case.pins.iter().any(|pin| {
        spare.forbids(pin, (draft.project, draft.place, draft.start))
            && pin.need.is_none_or(serves)
            && pin.resource.is_none_or(|row| draft.uses(&case.resources[row.index()].id))
    })
}

fn add(plan: &mut Plan, draft: Draft) {
    plan.sessions.push(draft.session);
    plan.launches.extend(draft.launch);
}

/// Adds sessions for what is open, `first` and then the most urgent first, as long as the plan stays sound. `None` where
/// nothing was added.
fn fill(mut spare: Spare, mut counts: Counts, plan: &mut Plan, first: &BTreeSet<NeedId>) -> Option<Report> {
    let case = spare.case;
    let mut open = spare.unmet();
    open.sort_by_key(|need| !first.contains(need));
    let mut added: Vec<Draft> = Vec::new();
    // What is not free now will not be once more is added.
    let mut manned: BTreeMap<Cell, bool> = BTreeMap::new();
    for need in open.iter().take(MOST_NEEDS) {
        let cells = spare.cells(*need);
        for _ in 0..MOST_FOR_ONE {
            let allowed = cells
                .iter()
                .filter(|cell| counts.allow(**cell) && *manned.entry(**cell).or_insert_with(|| spare.has_team(**cell)));
            let drafts = allowed.filter_map(|cell| spare.whole(*need, *cell, &open, None));
            let best = drafts
                .filter(|draft| !forbidden(&spare, draft))
                .min_by_key(|draft| (-draft.worth, draft.minutes, draft.start, draft.place, draft.project));
            let Some(best) = best else { break };
            spare.add(&best);
            counts.add((best.project, best.place, best.start));
            added.push(best);
        }
    }
    if added.is_empty() {
        return None;
    }
    let with = |plan: &Plan, drafts: &[Draft]| {
        let mut more = plan.clone();
        drafts.iter().cloned().for_each(|draft| add(&mut more, draft));
        order(case, &mut more);
        let report = check(case, &more);
        report.violations.is_empty().then_some((more, report))
    };
    if let Some((more, report)) = with(plan, &added) {
        *plan = more;
        return Some(report);
    }
    let mut last = None;
    for draft in added.into_iter().take(MOST_ALONE) {
        if let Some((more, report)) = with(plan, &[draft]) {
            *plan = more;
            last = Some(report);
        }
    }
    last
}
