//! What it costs to end a session, and its end: its units go to other sessions of its cell as far as these have seats.
//! There they are served as before, so that they are no change.

use std::collections::{BTreeMap, BTreeSet};

use super::closed::about;
use super::counts::cell_of;
use super::ease::goods_of_unit;
use super::least::{members_of, units_of};
use super::spare::Cell;
use crate::fit::{FitIndex, Geography, fit_index};
use crate::lists::{Case, Need, Pin, PinMode, Project, Rule, RuleKind};
use crate::model::{Combination, Scope, rule_scope};
use crate::plan::{Draw, Payment, Plan, Served, Session};

/// What is lost: on needs that must be served, on quotas (those that do not count sessions as if they were just met), and in changes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Loss {
    must: i64,
    quota: i64,
    pub changes: i64,
}

impl Loss {
    /// Whether nothing that must be served and no quota is missed.
    pub fn changes_only(&self) -> bool {
        self.must == 0 && self.quota == 0
    }
}

/// What ending sessions of a plan costs.
pub(super) struct Endings<'a> {
    case: &'a Case,
    fits: FitIndex,
    geography: &'a Geography,
    /// Rules with a minimum, and what those of sessions have counted.
    quotas: Vec<(&'a Rule, Scope<'a>, BTreeMap<Combination, i64>)>,
    /// Free seats of each cell; less than none where units of sessions that end have found none.
    free: BTreeMap<Cell, i64>,
}

impl<'a> Endings<'a> {
    pub fn new(case: &'a Case, geography: &'a Geography, plan: &Plan) -> Self {
        let asked = case.rules.iter().filter(|rule| rule.min.is_some());
        let quotas = asked.map(|rule| (rule, rule_scope(case, geography, rule), BTreeMap::new())).collect();
        let mut endings = Endings { case, fits: fit_index(case), geography, quotas, free: BTreeMap::new() };
        for session in &plan.sessions {
            let Some(cell) = cell_of(case, session) else { continue };
            endings.count(cell, 1);
            if !session.fact {
                *endings.free.entry(cell).or_default() += free_seats(case, &endings.fits, session);
            }
        }
        endings
    }

    /// What ending a session loses; `None` where a pin may ask for it.
    pub fn loss(&self, session: &Session) -> Option<Loss> {
        let cell = cell_of(self.case, session)?;
        let asks = |pin: &Pin| pin.mode == PinMode::Fix && about(pin, self.geography, cell);
        if self.case.pins.iter().any(asks) {
            return None;
        }
        let units = units_of(session);
        let (free, left) = self.free_beside(cell, session, units);
        let over = left.min(0).saturating_neg().saturating_add(free.min(0)).max(0);
        let rows = session.needs.iter().filter_map(|line| {
            let need = self.case.need(&line.need).filter(|_| over > 0)?;
            Some((&self.case.needs[need.index()], line.units))
        });
        let must = rows.filter(|(row, _)| row.must).map(|(row, units)| row.priority.saturating_mul(units));
        let of_cell = |scope: &Scope| scope.session(Some(cell.0), Some(cell.1), cell.2);
        let quota = self.quotas.iter().filter(|(_, scope, _)| of_cell(scope)).map(|(rule, scope, counted)| {
            let missed = |combination: &Combination| {
                rule.kind != RuleKind::Sessions || counted.get(combination).copied() <= rule.min
            };
            let combinations = scope.combinations_of(Some(cell.0), Some(cell.1), cell.2);
            let missed = i64::try_from(combinations.iter().filter(|each| missed(each)).count()).unwrap_or(i64::MAX);
            let each = if rule.kind == RuleKind::Units { over } else { 1 };
            rule.weight.saturating_mul(each).saturating_mul(missed)
        });
        Some(Loss {
            must: must.fold(0, i64::saturating_add),
            quota: quota.fold(0, i64::saturating_add),
            changes: over.saturating_add(members_of(session)),
        })
    }

    /// Counts a session that ends.
    pub fn end(&mut self, session: &Session) {
        let Some(cell) = cell_of(self.case, session) else { return };
        let (_, left) = self.free_beside(cell, session, units_of(session));
        self.free.insert(cell, left);
        self.count(cell, -1);
    }

    /// Counts a session that does not end after all.
    pub fn go_on(&mut self, session: &Session) {
        let Some(cell) = cell_of(self.case, session) else { return };
        let seats = free_seats(self.case, &self.fits, session).saturating_add(units_of(session));
        let free = self.free.entry(cell).or_default();
        *free = free.saturating_add(seats);
        self.count(cell, 1);
    }

    fn count(&mut self, (project, place, start): Cell, sign: i64) {
        for (_, scope, counted) in self.quotas.iter_mut().filter(|(rule, ..)| rule.kind == RuleKind::Sessions) {
            if scope.session(Some(project), Some(place), start) {
                for combination in scope.combinations_of(Some(project), Some(place), start) {
                    *counted.entry(combination).or_default() += sign;
                }
            }
        }
    }

    /// Free seats of a cell, and what is left of them for so many units without a session.
    fn free_beside(&self, cell: Cell, session: &Session, units: i64) -> (i64, i64) {
        let free = self.free.get(&cell).copied().unwrap_or(0);
        (free, free.saturating_sub(free_seats(self.case, &self.fits, session)).saturating_sub(units))
    }
}

fn free_seats(case: &Case, fits: &FitIndex, session: &Session) -> i64 {
    let Some(id) = case.project(&session.project) else { return 0 };
    let seats = |line: &Served| case.need(&line.need).and_then(|need| fits.get(&(need, id))).map_or(1, |fit| fit.1);
    let used = session.needs.iter().map(|line| seats(line).saturating_mul(line.units)).fold(0, i64::saturating_add);
    case.projects[id.index()].size.saturating_sub(used).max(0)
}

/// Takes the sessions at these positions out of a plan; with `sparing` their units are seated in others of their cells. The
/// sessions come back with those that are not.
pub(super) fn take_out(case: &Case, plan: &mut Plan, out: &BTreeSet<usize>, sparing: bool) -> Vec<Session> {
    let (mut ended, mut kept) = (Vec::new(), Vec::new());
    for (position, session) in plan.sessions.drain(..).enumerate() {
        if out.contains(&position) { ended.push(session) } else { kept.push(session) }
    }
    let fits = fit_index(case);
    let mut beside: BTreeMap<Cell, Vec<usize>> = BTreeMap::new();
    let cells: BTreeSet<Cell> = ended.iter().filter_map(|session| cell_of(case, session)).collect();
    for (at, session) in kept.iter().enumerate().filter(|(_, session)| !session.fact) {
        if let Some(cell) = cell_of(case, session).filter(|cell| cells.contains(cell)) {
            beside.entry(cell).or_default().push(at);
        }
    }
    for session in ended.iter_mut().filter(|_| sparing) {
        let others = cell_of(case, session).and_then(|cell| beside.get(&cell));
        others.into_iter().flatten().for_each(|at| pour(case, &fits, session, &mut kept[*at]));
    }
    plan.sessions = kept;
    ended.retain(|session| !session.needs.is_empty());
    ended
}

/// Moves units of a session, with what pays for them, to free seats of another of the same cell.
fn pour(case: &Case, fits: &FitIndex, from: &mut Session, to: &mut Session) {
    let Some(id) = case.project(&from.project) else { return };
    let project = &case.projects[id.index()];
    let mut free = free_seats(case, fits, to);
    let lines: Vec<Served> = from.needs.clone();
    for line in lines {
        let Some(need) = case.need(&line.need) else { continue };
        let row = &case.needs[need.index()];
        let seats = fits.get(&(need, id)).map_or(1, |fit| fit.1).max(1);
        let units = line.units.min(free / seats);
        if units <= 0 || row.whole || row.person.is_some() {
            continue;
        }
        free -= units * seats;
        from.needs.iter_mut().filter(|other| other.need == line.need).for_each(|other| other.units -= units);
        match to.needs.iter_mut().find(|other| other.need == line.need) {
            Some(other) => other.units += units,
            None => to.needs.push(Served { need: line.need, units }),
        }
        pay(case, project, row, units, from, to);
    }
    from.needs.retain(|line| line.units > 0);
}

/// Moves what one session pays for units to another.
fn pay(case: &Case, project: &Project, need: &Need, units: i64, from: &mut Session, to: &mut Session) {
    let mut fen = project.unit_cost_fen.saturating_mul(units);
    for line in from.funds.iter_mut().rev() {
        let part = line.fen.min(fen).max(0);
        (line.fen, fen) = (line.fen - part, fen - part);
        match to.funds.iter_mut().find(|other| other.fund == line.fund) {
            Some(other) => other.fen += part,
            None => to.funds.push(Payment { fund: line.fund.clone(), fen: part }),
        }
    }
    for (item, each) in goods_of_unit(project, need) {
        let mut n = each.saturating_mul(units);
        for line in from.goods.iter_mut().rev().filter(|line| line.item == case.text(item)) {
            let part = line.n.min(n).max(0);
            (line.n, n) = (line.n - part, n - part);
            match to.goods.iter_mut().find(|other| other.stock == line.stock && other.item == line.item) {
                Some(other) => other.n += part,
                None => to.goods.push(Draw { n: part, ..line.clone() }),
            }
        }
    }
    [from, to].into_iter().for_each(|session| {
        session.funds.retain(|line| line.fen > 0);
        session.goods.retain(|line| line.n > 0);
    });
}
