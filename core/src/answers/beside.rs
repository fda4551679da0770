//! One more session in a sound plan, judged beside those alone with which it shares anything.
//!
//! Every hard constraint is about one session, or about a sum: over the sessions of a member, a room, a fund, a stock, a
//! need, a person, a project, or of what a rule counts. In a sound plan one more session can only break sums to which it
//! adds. So the sessions that add to any of them are judged by the usual check, without the session and with it: sound
//! with it is sound in the whole, and what it changes of the terms it changes of the whole. Sessions that share no more than
//! a fund or a stock are not judged again: what they take of it is taken off it.

use std::collections::BTreeSet;

use super::ground::Ground;
use super::spare::Draft;
use crate::check::{Fault, check};
use crate::fit::Geography;
use crate::lists::{Case, Symbol, Term};
use crate::model::rule_scope;
use crate::plan::{Level, Plan, Session};

/// What drafts are judged in: the case with funds and stocks less what the plan takes of them, and without what projects must
/// hold at least.
pub(super) struct Beside<'a> {
    ground: &'a Ground<'a>,
    geography: &'a Geography,
    rest: Case,
}

impl<'a> Beside<'a> {
    pub fn new(ground: &'a Ground<'a>, geography: &'a Geography) -> Self {
        let mut beside = Beside { ground, geography, rest: ground.case.clone() };
        beside.rest.projects.iter_mut().for_each(|project| project.min_sessions = 0);
        beside.take(ground.plan, 1);
        beside
    }

    /// The levels of the plan with a draft added; `None` where that is not sound.
    pub fn levels_with(&mut self, draft: &Draft) -> Option<Vec<Level>> {
        let without = sharing(self.ground, self.geography, draft);
        let with = draft.added_to(self.ground.case, &without);
        let at = draft.project.index();
        // What other projects must hold is held in the whole plan.
        self.rest.projects[at].min_sessions = self.ground.case.projects[at].min_sessions;
        self.take(&without, -1);
        let (before, after) = (check(&self.rest, &without), check(&self.rest, &with));
        self.take(&without, 1);
        self.rest.projects[at].min_sessions = 0;
        // A pin that asks for something is kept by the whole plan already.
        if after.violations.iter().any(|violation| violation.fault != Fault::PinFix) {
            return None;
        }
        let mut levels = self.ground.levels.clone();
        for ((level, before), after) in levels.iter_mut().zip(&before.levels).zip(&after.levels) {
            level.value = level.value.saturating_add(after.value.saturating_sub(before.value));
            for (name, amount) in &mut level.terms {
                let of = |level: &Level| level.terms.get(name).copied().unwrap_or(0);
                *amount = amount.saturating_add(of(after).saturating_sub(of(before)));
            }
        }
        Some(levels)
    }

    /// Takes what sessions and launches use of funds and stocks off these, or gives it back.
    fn take(&mut self, plan: &Plan, sign: i64) {
        let of_sessions = plan.sessions.iter().flat_map(|session| &session.funds);
        let of_launches = plan.launches.iter().flat_map(|launch| &launch.funds);
        let money = of_sessions.chain(of_launches).map(|line| (&line.fund, line.fen));
        let goods = plan.sessions.iter().flat_map(|session| &session.goods).map(|line| (&line.stock, line.n));
        for (id, n) in money.chain(goods) {
            if let Some(row) = self.ground.case.resource(id) {
                let amount = &mut self.rest.resources[row.index()].amount;
                *amount = amount.saturating_sub(n.saturating_mul(sign));
            }
        }
    }
}

/// The part of the plan that shares anything with a draft.
fn sharing(ground: &Ground, geography: &Geography, draft: &Draft) -> Plan {
    let (case, plan, added) = (ground.case, ground.plan, &draft.session);
    let people: BTreeSet<&str> =
        added.staff.iter().map(|seat| seat.resource.as_str()).chain(added.venue.as_deref()).collect();
    // With steps of fairness the worth of a unit depends on what else its group has.
    let stepped = case.settings.fairness.len() > 1;
    let of_needs = Kin::of(case, added, stepped);
    let scopes: Vec<_> = case.rules.iter().map(|rule| rule_scope(case, geography, rule)).collect();
    let counted = |scope: &crate::model::Scope, session: &Session| {
        let Some(start) = case.period(&session.period) else { return false };
        scope.session(case.project(&session.project), case.place(&session.place), start)
    };
    let scopes: Vec<_> = scopes.into_iter().filter(|scope| counted(scope, added)).collect();
    let shares = |session: &&Session| {
        session.fact
            || session.project == added.project
            || session.staff.iter().any(|seat| people.contains(&*seat.resource))
            || session.venue.as_deref().is_some_and(|venue| people.contains(venue))
            || session.needs.iter().any(|line| of_needs.has(case, &line.need))
            || scopes.iter().any(|scope| counted(scope, session))
    };
    let mut out = Plan::empty();
    out.case.clone_from(&case.hash);
    out.sessions = plan.sessions.iter().filter(shares).cloned().collect();
    let held: BTreeSet<&str> = out.sessions.iter().map(|session| session.project.as_str()).collect();
    out.launches = plan.launches.iter().filter(|l| l.fact || held.contains(&*l.project)).cloned().collect();
    out
}

/// The needs of a session, their persons and, where that matters, their groups.
struct Kin<'a> {
    needs: BTreeSet<&'a str>,
    persons: BTreeSet<Symbol>,
    groups: BTreeSet<Symbol>,
}

impl<'a> Kin<'a> {
    fn of(case: &Case, session: &'a Session, stepped: bool) -> Self {
        let rows = || session.needs.iter().filter_map(|line| case.need(&line.need)).map(|id| &case.needs[id.index()]);
        let valued = stepped && case.settings.levels.iter().flatten().any(|term| *term == Term::Coverage);
        Kin {
            needs: session.needs.iter().map(|line| line.need.as_str()).collect(),
            persons: rows().filter_map(|need| need.person).collect(),
            groups: rows().filter(|_| valued).map(|need| need.group).collect(),
        }
    }

    fn has(&self, case: &Case, need: &str) -> bool {
        if self.needs.contains(need) {
            return true;
        }
        if self.persons.is_empty() && self.groups.is_empty() {
            return false;
        }
        let Some(id) = case.need(need) else { return false };
        let row = &case.needs[id.index()];
        row.person.is_some_and(|person| self.persons.contains(&person)) || self.groups.contains(&row.group)
    }
}
