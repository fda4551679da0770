//! Sessions counted by rules with a `max`, so that none is added that such a rule does not allow.

use std::collections::BTreeMap;

use super::spare::Cell;
use crate::fit::Geography;
use crate::lists::{Case, RuleKind};
use crate::model::{Combination, Scope, rule_scope};
use crate::plan::{Plan, Session};

/// What each such rule has counted.
pub(super) struct Counts<'a> {
    rules: Vec<(Scope<'a>, i64, BTreeMap<Combination, i64>)>,
}

impl<'a> Counts<'a> {
    /// Counts the sessions of a plan.
    pub fn new(case: &'a Case, geography: &'a Geography, plan: &Plan) -> Self {
        let of_sessions = case.rules.iter().filter(|rule| rule.kind == RuleKind::Sessions);
        let rules =
            of_sessions.filter_map(|rule| Some((rule_scope(case, geography, rule), rule.max?, BTreeMap::new())));
        let mut counts = Counts { rules: rules.collect() };
        if !counts.rules.is_empty() {
            plan.sessions.iter().filter_map(|session| cell_of(case, session)).for_each(|cell| counts.add(cell));
        }
        counts
    }

    /// Counts a session that is added.
    pub fn add(&mut self, (project, place, start): Cell) {
        for (scope, _, counted) in &mut self.rules {
            if scope.session(Some(project), Some(place), start) {
                for combination in scope.combinations_of(Some(project), Some(place), start) {
                    *counted.entry(combination).or_default() += 1;
                }
            }
        }
    }

    /// Whether one more session of a cell is allowed.
    pub fn allow(&self, (project, place, start): Cell) -> bool {
        self.rules.iter().all(|(scope, most, counted)| {
            !scope.session(Some(project), Some(place), start)
                || scope
                    .combinations_of(Some(project), Some(place), start)
                    .iter()
                    .all(|combination| counted.get(combination).copied().unwrap_or(0) < *most)
        })
    }
}

/// Where and when a session is held, if the lists have all three.
pub(super) fn cell_of(case: &Case, session: &Session) -> Option<Cell> {
    Some((case.project(&session.project)?, case.place(&session.place)?, case.period(&session.period)?))
}
