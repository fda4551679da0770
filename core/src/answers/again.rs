//! A plan made again after something has changed, without a search of the whole.
//!
//! ```text
//! plan before ──mend──▶ sound, few changes ──around──▶ the touched part solved again ──bounds──▶ what is proven of it
//! ```
//!
//! A search may follow where the lists are small or the planner asks for it; whichever plan is better is handed out.

use std::collections::{BTreeMap, BTreeSet};

use super::around::around;
use super::events::touched;
use super::fewest::{at_best, fewest};
use super::least::{least, members_of};
use super::mend::{Mend, frozen, mend};
use super::rematch::Prepared;
use super::resolve::is_small;
use super::unmeetable::unmeetable;
use super::worth;
use crate::check::{Report, claims};
use crate::fit::Geography;
use crate::lists::{Case, NeedId, Term};
use crate::model::Facts;
use crate::plan::{Level, Plan, Session};

/// Sessions that cannot stay beyond which nothing is solved again.
const MOST_MOVED: usize = 1_000;
/// Sessions of which the engine is asked how many changes they need.
const MOST_ASKED: usize = 100;
/// How far the part reaches that is solved again, the smallest first: touched sessions that could stay, unmet needs, and
/// columns beyond which it is too large.
const RINGS: [(usize, usize, usize); 2] = [(25, 0, 6_000), (150, 40, 8_000)];
/// Steps of that work.
const STEPS: u64 = 120;

/// A plan made again.
#[derive(Clone, Debug)]
pub struct Mended {
    /// The plan, checked, with bounds that hold.
    pub plan: Plan,
    /// Whether it is as well to hand it out: a search of the whole would be long. It may yet find a plan that is better on
    /// lower levels, or more of a proof.
    pub enough: bool,
}

/// The plan before, mended, with its touched part solved again; `None` where mending did not come to an end.
///
/// The plan before must be sound but for what the events have changed.
pub fn mended(prepared: &Prepared) -> Option<Mended> {
    let case = &prepared.intake.case;
    let needs = touched(&prepared.applied, |done| &done.needs);
    let first: BTreeSet<NeedId> = needs.iter().filter_map(|(id, _)| case.need(id)).collect();
    let (mend, lacking) = best_mend(case, &prepared.previous, &first)?;
    let previous = case.previous.as_ref()?;
    let stays = stays(previous, &mend.plan);
    let about = about(prepared, &mend.about);
    let part = touched_by(case, previous, &about, &stays);
    let moved: BTreeSet<usize> = part.iter().copied().filter(|at| !stays.contains(at)).collect();
    let (mut plan, mut report) = (mend.plan, mend.report);
    let changes = case.settings.levels.iter().position(|terms| terms.as_slice() == [Term::Changes]);
    let gone = changes.map_or(0, |at| -report.levels[at].terms.get(Term::Changes.name()).copied().unwrap_or(0));
    let lost = if gone == 0 { 0 } else { lost_at_least(case, previous, &part, &moved, gone) };
    let bounds = bounds(case, lost, lacking);
    let proven = |levels: &[Level]| {
        let until = changes.map_or(levels.len(), |at| at + 1);
        levels.iter().zip(&bounds).take(until).all(|(level, bound)| level.value >= *bound)
    };
    let close = |levels: &[Level]| {
        let mut all = levels.iter().zip(&bounds).zip(&case.settings.levels);
        all.all(|((level, bound), terms)| {
            let coverage = terms.contains(&Term::Coverage);
            let level = Level { bound: (*bound).max(level.value), ..level.clone() };
            !coverage || crate::solve::gap_of(&case.settings, &level) <= case.settings.gap_ppm
        })
    };
    // Something that an event is about is open. What else is served less is among the changes.
    let short = |report: &Report| {
        report.unmet.iter().any(|line| case.need(&line.need).is_some_and(|need| first.contains(&need)))
    };
    let mut last = None;
    for (others, unmet, columns) in RINGS {
        let lacking = short(&report) && !close(&report.levels);
        if (proven(&report.levels) && !lacking) || moved.len() > MOST_MOVED || (part.is_empty() && first.is_empty()) {
            break;
        }
        let part = movable(case, previous, (&part, &moved), others);
        let open = open_needs(case, &report, (&first, unmet));
        let asked = Some((part, open));
        if asked == last {
            break;
        }
        last = asked;
        let Some((part, open)) = &last else { break };
        let found = around(case, part, open.clone(), (STEPS, columns));
        let gained = found.filter(|(_, better)| worth::order(&better.levels, &report.levels).is_gt());
        // Farther only where that has helped.
        let Some(better) = gained else { break };
        (plan, report) = better;
    }
    let limited = case.settings.max_steps.is_some() || case.settings.time_limit_ms.is_some();
    let enough = !limited && !is_small(case);
    Some(Mended { plan: finished(case, plan, report, &bounds)?, enough })
}

/// The plan mended with as few changes as can be; without sparing any where that is better on a level above. With it comes what
/// quotas lack in every plan, which is looked at where they lack anything.
fn best_mend(case: &Case, previous: &Plan, first: &BTreeSet<NeedId>) -> Option<(Mend, i64)> {
    let spared = mend(case, previous, first, true);
    let short = spared.as_ref().is_none_or(|mend| !mend.report.shortfalls.is_empty());
    let lacking = if short { unmeetable(case) } else { 0 };
    let above = |report: &Report| {
        let levels = report.levels.iter().zip(&case.settings.levels);
        let mut above = levels.take_while(|(_, terms)| !terms.contains(&Term::Changes));
        above.all(|(level, terms)| level.value >= at_best(case, terms, lacking))
    };
    if spared.as_ref().is_some_and(|mend| above(&mend.report)) {
        return spared.map(|mend| (mend, lacking));
    }
    let other = mend(case, previous, first, false);
    let better = |(spared, other): (&Mend, &Mend)| worth::order(&other.report.levels, &spared.report.levels).is_gt();
    let best = if spared.as_ref().zip(other.as_ref()).is_none_or(better) { other.or(spared) } else { spared };
    best.map(|mend| (mend, lacking))
}

/// The better of a plan made again and one that was found by a search of the whole, with the bounds of both.
pub fn better(prepared: &Prepared, mended: Option<Mended>, mut found: Plan) -> Plan {
    let case = &prepared.intake.case;
    found.settings = crate::intake::settings_as_written(&case.settings, &case.periods);
    let Some(Mended { plan: mut other, .. }) = mended else { return found };
    let ours = worth::order(&other.levels, &found.levels).is_gt();
    let (plan, from) = if ours { (&mut other, &found) } else { (&mut found, &other) };
    // A bound holds for every plan that equals the one it was proven for on the levels above.
    for (level, known) in plan.levels.iter_mut().zip(&from.levels) {
        level.bound = level.bound.min(known.bound).max(level.value);
        level.gap_ppm = crate::solve::gap_of(&case.settings, level);
        if level.value != known.value {
            break;
        }
    }
    plan.status = crate::solve::status(&case.settings, &plan.levels);
    if ours {
        other.stats.clone_from(&found.stats);
        other
    } else {
        found
    }
}

/// So many units and member-sessions of the plan before every plan gives up, where one that gives up `gone` is known: seen
/// from the lists, and where that is less, as the engine says of the touched sessions and those of the same cells.
fn lost_at_least(case: &Case, previous: &Plan, part: &BTreeSet<usize>, moved: &BTreeSet<usize>, gone: i64) -> i64 {
    let seen = least(case, previous, gone);
    if seen >= gone {
        return seen;
    }
    let mut asked: BTreeSet<usize> = if part.len() > MOST_ASKED { moved.clone() } else { part.clone() };
    let cells: BTreeSet<_> = moved.iter().map(|at| previous.sessions[*at].cell()).collect();
    let beside = previous.sessions.iter().enumerate().filter(|(_, session)| cells.contains(&session.cell()));
    asked.extend(beside.map(|(at, _)| at));
    if asked.len() > MOST_ASKED { seen } else { seen.max(fewest(case, &asked)) }
}

/// Positions of sessions that the other plan has as they are.
fn stays(previous: &Plan, plan: &Plan) -> BTreeSet<usize> {
    let mut left: BTreeMap<_, usize> = BTreeMap::new();
    plan.sessions.iter().for_each(|session| *left.entry(content(session)).or_default() += 1);
    let mut same = BTreeSet::new();
    for (position, session) in previous.sessions.iter().enumerate() {
        if let Some(n) = left.get_mut(&content(session)).filter(|n| **n > 0) {
            *n -= 1;
            same.insert(position);
        }
    }
    same
}

/// What a session is, apart from its number and its mark. Both plans are in canonical order.
fn content(session: &Session) -> impl Ord + '_ {
    (
        session.cell(),
        (&session.needs, &session.staff),
        (session.venue.as_deref(), session.room),
        (&session.funds, &session.goods),
    )
}

/// Those of a part that cannot stay, so many others, and as many more of the same projects: the smallest first.
fn movable(
    case: &Case,
    previous: &Plan,
    (part, moved): (&BTreeSet<usize>, &BTreeSet<usize>),
    others: usize,
) -> BTreeSet<usize> {
    let size = |at: &usize| {
        let session = &previous.sessions[*at];
        session.needs.iter().map(|line| line.units).fold(members_of(session), i64::saturating_add)
    };
    let projects: BTreeSet<&str> = moved.iter().map(|at| previous.sessions[*at].project.as_str()).collect();
    let rival = |at: &usize| {
        let session = &previous.sessions[*at];
        !part.contains(at) && !frozen(case, session) && projects.contains(session.project.as_str())
    };
    let mut staying: Vec<usize> = part.difference(moved).copied().collect();
    let mut rivals: Vec<usize> = (0..previous.sessions.len()).filter(rival).collect();
    staying.sort_by_key(size);
    rivals.sort_by_key(size);
    let mut out = moved.clone();
    out.extend(staying.into_iter().take(others).chain(rivals.into_iter().take(others)));
    out
}

/// Names that the events and the violations are about.
fn about<'a>(prepared: &'a Prepared, violations: &'a BTreeSet<String>) -> BTreeSet<&'a str> {
    let case = &prepared.intake.case;
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for list in [touched(&prepared.applied, |done| &done.needs), touched(&prepared.applied, |done| &done.resources)] {
        names.extend(list.iter().map(|(id, _)| *id));
    }
    // A period or a project is about too much.
    let row = |name: &&str| case.need(name).is_some() || case.resource(name).is_some();
    names.extend(violations.iter().map(String::as_str).filter(row));
    names
}

/// Positions of sessions that are not as they were, or that use or serve something of which the events are.
fn touched_by(case: &Case, previous: &Plan, about: &BTreeSet<&str>, stays: &BTreeSet<usize>) -> BTreeSet<usize> {
    let touches = |session: &Session| {
        session.staff.iter().any(|seat| about.contains(seat.resource.as_str()))
            || session.venue.as_deref().is_some_and(|venue| about.contains(venue))
            || session.funds.iter().any(|line| about.contains(line.fund.as_str()))
            || session.goods.iter().any(|line| about.contains(line.stock.as_str()))
            || session.needs.iter().any(|line| about.contains(line.need.as_str()))
    };
    let sessions = previous.sessions.iter().enumerate().filter(|(_, session)| !frozen(case, session));
    sessions.filter(|(at, session)| !stays.contains(at) || touches(session)).map(|(at, _)| at).collect()
}

/// Needs that events are about, and the most urgent that are unmet.
fn open_needs(case: &Case, report: &Report, (first, most): (&BTreeSet<NeedId>, usize)) -> BTreeSet<NeedId> {
    let mut open = first.clone();
    let mut unmet: Vec<NeedId> = report.unmet.iter().filter_map(|line| case.need(&line.need)).collect();
    unmet.sort_by_key(|need| {
        let row = &case.needs[need.index()];
        (!row.must, std::cmp::Reverse(row.priority), *need)
    });
    open.extend(unmet.into_iter().take(most));
    open
}

/// Bounds of the levels where so many changes are lost, and so much of quotas is lacking, at least.
fn bounds(case: &Case, lost: i64, lacking: i64) -> Vec<i64> {
    let of = |terms: &Vec<Term>| match terms.as_slice() {
        [Term::Changes] => -lost.saturating_mul(case.settings.weights.of(Term::Changes)),
        _ => at_best(case, terms, lacking),
    };
    case.settings.levels.iter().map(of).collect()
}

/// The plan with everything a plan says, checked.
fn finished(case: &Case, mut plan: Plan, report: Report, bounds: &[i64]) -> Option<Plan> {
    plan.case.clone_from(&case.hash);
    plan.version = crate::plan::VERSION.to_owned();
    plan.settings = crate::intake::settings_as_written(&case.settings, &case.periods);
    plan.stats = BTreeMap::new();
    (plan.levels, plan.unmet, plan.shortfalls) =
        (report.levels.clone(), report.unmet.clone(), report.shortfalls.clone());
    for (level, bound) in plan.levels.iter_mut().zip(bounds) {
        level.bound = (*bound).max(level.value);
        level.gap_ppm = crate::solve::gap_of(&case.settings, level);
    }
    plan.status = crate::solve::status(&case.settings, &plan.levels);
    let geography = Geography::new(case);
    crate::read_back::explain(case, &geography, &Facts::new(case, &geography), &mut plan);
    // The sessions have passed the check; what the plan says beside them is held against what it found.
    let report = claims(case, &plan, report);
    (report.violations.is_empty() && report.differences.is_empty()).then_some(plan)
}
