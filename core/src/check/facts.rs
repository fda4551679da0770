//! **Facts** Sessions of `previous` that start before `freeze_before` are kept as they are, and no new session starts
//! before it (H1). A held project's launch in `previous` is a fact too and is paid once: kept where a fact holds the
//! project, and not paid again where the plan marks it so.
//!
//! Facts are recognised by content: the ids of sessions are numbered anew in every plan. A session of `previous` whose
//! period the lists no longer have lies in no horizon and is no fact.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::Fault;
use super::violation::Violation;
use crate::lists::Case;
use crate::plan::{Draw, Launch, Payment, Plan, Seat, Served, Session};

/// What of a plan is fact, and what is wrong with that.
pub(super) struct Facts {
    /// For each session of the plan.
    pub sessions: Vec<bool>,
    /// For each launch of the plan.
    pub launches: Vec<bool>,
    pub violations: Vec<Violation>,
}

/// What a session is, apart from its number and its mark, whatever the order of its lists.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Content<'a> {
    project: &'a str,
    place: &'a str,
    period: &'a str,
    needs: Vec<&'a Served>,
    staff: Vec<&'a Seat>,
    venue: (Option<&'a str>, Option<i64>),
    funds: Vec<&'a Payment>,
    goods: Vec<&'a Draw>,
}

fn content(session: &Session) -> Content<'_> {
    Content {
        project: &session.project,
        place: &session.place,
        period: &session.period,
        needs: sorted(&session.needs),
        staff: sorted(&session.staff),
        venue: (session.venue.as_deref(), session.room),
        funds: sorted(&session.funds),
        goods: sorted(&session.goods),
    }
}

fn sorted<T: Ord>(list: &[T]) -> Vec<&T> {
    let mut list: Vec<&T> = list.iter().collect();
    list.sort_unstable();
    list
}

/// The ids of the periods before the freeze.
fn frozen_periods(case: &Case) -> BTreeSet<&str> {
    let end = case.settings.freeze_before.map_or(0, |period| period.index());
    case.periods.iter().take(end).map(|p| p.id.as_str()).collect()
}

/// The sessions of `previous` that are kept.
pub(super) fn past_sessions(case: &Case) -> impl Iterator<Item = &Session> {
    let frozen = frozen_periods(case);
    previous_sessions(case)
        .filter(move |(at, s)| frozen.contains(s.period.as_str()) || case.kept.contains(at))
        .map(|(_, session)| session)
}

/// The sessions of `previous` that may change.
pub(super) fn open_sessions(case: &Case) -> impl Iterator<Item = &Session> {
    let frozen = frozen_periods(case);
    previous_sessions(case)
        .filter(move |(at, s)| !frozen.contains(s.period.as_str()) && !case.kept.contains(at))
        .map(|(_, session)| session)
}

fn previous_sessions(case: &Case) -> impl Iterator<Item = (usize, &Session)> {
    case.previous.iter().flat_map(|plan| plan.sessions.iter().enumerate())
}

/// Projects that a fact holds and whose launch `previous` paid.
pub(super) fn launches_begun(case: &Case) -> BTreeSet<&str> {
    let launched = past_launches(case);
    past_sessions(case)
        .map(|session| session.project.as_str())
        .filter(|project| launched.contains_key(project))
        .collect()
}

/// The launches of `previous` by project.
fn past_launches(case: &Case) -> BTreeMap<&str, &Launch> {
    case.previous.iter().flat_map(|plan| &plan.launches).map(|launch| (launch.project.as_str(), launch)).collect()
}

impl Facts {
    pub(super) fn new(case: &Case, plan: &Plan) -> Facts {
        let mut facts = Facts {
            sessions: plan.sessions.iter().map(|s| s.fact).collect(),
            launches: plan.launches.iter().map(|l| l.fact).collect(),
            violations: Vec::new(),
        };
        facts.judge_sessions(case, plan);
        facts.judge_launches(case, plan);
        facts
    }

    fn judge_sessions(&mut self, case: &Case, plan: &Plan) {
        let mut past: BTreeMap<Content, Vec<&Session>> = BTreeMap::new();
        for session in past_sessions(case) {
            past.entry(content(session)).or_default().push(session);
        }
        let frozen = frozen_periods(case);
        // Marked sessions are matched first, so that an unmarked copy never takes the place of a marked one.
        for marked in [true, false] {
            for (position, session) in plan.sessions.iter().enumerate().filter(|(_, s)| s.fact == marked) {
                let names = [session.project.as_str(), &session.place, &session.period];
                let label = if session.id.is_empty() { format!("#{}", position + 1) } else { session.id.clone() };
                let known = past.get_mut(&content(session)).and_then(Vec::pop).is_some();
                let violation = match (marked, known) {
                    (true, true) => continue,
                    (true, false) => Violation::new("facts", Fault::FactInvented).of(names),
                    (false, true) => {
                        self.sessions[position] = true;
                        Violation::new("facts", Fault::FactUnmarked).of(names)
                    }
                    (false, false) if frozen.contains(session.period.as_str()) => {
                        let freeze = case.settings.freeze_before.map_or("", |p| &case.periods[p.index()].id);
                        Violation::new("H1", Fault::BeforeFreeze).of([&session.period, freeze])
                    }
                    (false, false) => continue,
                };
                self.violations.push(violation.at(&label));
            }
        }
        for session in past.into_values().flatten() {
            let names = [session.project.as_str(), &session.place, &session.period];
            self.violations.push(Violation::new("facts", Fault::FactMissing).of(names));
        }
    }

    fn judge_launches(&mut self, case: &Case, plan: &Plan) {
        let past = past_launches(case);
        let begun = launches_begun(case);
        let mut listed = BTreeSet::new();
        for (position, launch) in plan.launches.iter().enumerate() {
            let before = past.get(launch.project.as_str());
            let same = before.is_some_and(|before| sorted(&before.funds) == sorted(&launch.funds));
            let kept = begun.contains(launch.project.as_str());
            let fault = match (launch.fact, same) {
                // The mark of a launch says nothing that its project does not say: it may be missing.
                (_, true) => None,
                (true, false) => Some(Fault::LaunchInvented),
                (false, false) => kept.then_some(Fault::LaunchMissing),
            };
            self.violations.extend(fault.map(|fault| Violation::new("facts", fault).of([&launch.project])));
            self.launches[position] = launch.fact || kept;
            listed.insert(launch.project.as_str());
        }
        for project in begun.difference(&listed) {
            self.violations.push(Violation::new("facts", Fault::LaunchMissing).of([project]));
        }
    }
}
