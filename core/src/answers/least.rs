//! How many changes every plan makes at least, added up from the lists alone.
//!
//! What every plan gives up of the plan before it is counted in three ways, each without a search; the largest counts:
//!
//! * needs of which less is wanted, with rows of staff that can do less or sessions for which nobody is left (see
//!   [`emptied`]): what no longer fits of each;
//! * cells that are forbidden or have fewer rooms: what their sessions cannot hold any more;
//! * sums that are too large now — a fund, a rule, the members who may fill some posts (see [`seats`]): the fewest changes
//!   with which sessions can end, or units go, so that enough is freed (see [`cover`]).
//!
//! Sessions that are facts are left out, and so is what they use: that can only make a bound lower.

use std::collections::{BTreeMap, BTreeSet};

use super::closed::{about, closing, venues};
use super::counts::cell_of;
use super::cover::{Part, cover};
use super::emptied::emptied;
use super::mend::frozen;
use super::moves::moves;
use super::seats::seats;
use super::spare::Cell;
use crate::fit::{self, Geography, Nearby};
use crate::lists::{Case, Kind, NeedId, PeriodId, Pin, PinMode, PlaceId, Post, Resource, ResourceId, RuleKind};
use crate::model::{members_of_post, rule_scope};
use crate::plan::{Plan, Session};

/// What stands in a cell in the plan before.
#[derive(Clone, Copy, Default)]
pub(super) struct Stand {
    pub sessions: i64,
    pub units: i64,
    pub members: i64,
}

pub(super) struct Least<'a> {
    pub case: &'a Case,
    pub geography: Geography,
    pub nearby: Nearby,
    pub cells: BTreeMap<Cell, Stand>,
    /// Pins that keep a row out of cells.
    barring: BTreeMap<ResourceId, Vec<&'a Pin>>,
}

/// A number of units and member-sessions of `previous` that every plan of the case gives up; a larger one is not sought
/// where it is `enough`.
pub(super) fn least(case: &Case, previous: &Plan, enough: i64) -> i64 {
    let mut cells: BTreeMap<Cell, Stand> = BTreeMap::new();
    for session in previous.sessions.iter().filter(|session| !frozen(case, session)) {
        if let Some(cell) = cell_of(case, session) {
            let stand = cells.entry(cell).or_default();
            stand.sessions += 1;
            stand.units = session.needs.iter().fold(stand.units, |sum, line| sum.saturating_add(line.units.max(0)));
            stand.members = stand.members.saturating_add(members_of(session));
        }
    }
    let mut barring: BTreeMap<ResourceId, Vec<&Pin>> = BTreeMap::new();
    for pin in case.pins.iter().filter(|pin| pin.mode == PinMode::Forbid && pin.need.is_none()) {
        pin.resource.into_iter().for_each(|row| barring.entry(row).or_default().push(pin));
    }
    let least = Least { case, geography: Geography::new(case), nearby: Nearby::new(case), cells, barring };
    let rows = least.staff(previous);
    let members = rows.values().copied().fold(0, i64::saturating_add);
    let members = if members >= enough { members } else { members.max(emptied(&least, previous)) };
    let alone = least.needs(previous).saturating_add(members);
    let ways: [&dyn Fn() -> i64; 5] =
        [&|| least.rooms(), &|| least.funds(previous), &|| least.counts(), &|| seats(&least, previous, &rows), &|| {
            moves(&least, previous)
        }];
    ways.iter().fold(alone, |known, way| if known >= enough { known } else { known.max(way()) })
}

/// Units that a session serves.
pub(super) fn units_of(session: &Session) -> i64 {
    session.needs.iter().map(|line| line.units).fold(0, i64::saturating_add)
}

/// Members of a session, each counted once.
pub(super) fn members_of(session: &Session) -> i64 {
    i64::try_from(session.members().len()).unwrap_or(i64::MAX)
}

impl Least<'_> {
    /// Whether a pin keeps a row out of a cell.
    pub fn barred(&self, row: ResourceId, cell: Cell) -> bool {
        self.barring.get(&row).is_some_and(|pins| pins.iter().any(|pin| about(pin, &self.geography, cell)))
    }

    /// Units and members that a cell gives up with so many sessions fewer; without those of some posts.
    fn given_up(&self, cell: Cell, stand: Stand, fewer: i64, but: &dyn Fn(&Post) -> bool) -> (i64, i64) {
        let project = &self.case.projects[cell.0.index()];
        let shifts = |rotate: bool| if rotate { project.span } else { 1 };
        let posts = project.posts.iter().filter(|post| !but(post));
        let of_one = posts.map(|post| members_of_post(post, project.size).saturating_mul(shifts(post.rotate)));
        let of_one = of_one.fold(0, i64::saturating_add);
        let left = (stand.sessions - fewer).max(0);
        let over = |have: i64, most: i64| have.saturating_sub(left.saturating_mul(most)).max(0);
        (over(stand.units, project.size), over(stand.members, of_one))
    }

    fn changes(&self, cell: Cell, stand: Stand, fewer: i64) -> i64 {
        let (units, members) = self.given_up(cell, stand, fewer, &|_| false);
        units.saturating_add(members)
    }

    /// What ending the sessions of a cell one by one frees, where each frees so much.
    pub fn parts(&self, cell: Cell, stand: Stand, each: i64, but: &dyn Fn(&Post) -> bool, out: &mut Vec<Part>) {
        let mut before = (0, 0);
        for fewer in 1..=stand.sessions {
            let after = self.given_up(cell, stand, fewer, but);
            out.push(Part::new(each, (after.0 - before.0).saturating_add(after.1 - before.1)));
            before = after;
        }
    }

    /// The same of money, where a unit frees something too: alone, or of those that each session must have with its end.
    fn paid(&self, cell: Cell, stand: Stand, out: &mut Vec<Part>) {
        let project = &self.case.projects[cell.0.index()];
        let (session, unit) = (project.session_cost_fen, project.unit_cost_fen);
        let must = project.min_size.max(1);
        let (mut before, mut alone) = ((0, 0), stand.units.saturating_sub(must.saturating_mul(stand.sessions)).max(0));
        for fewer in 1..=stand.sessions {
            let after = self.given_up(cell, stand, fewer, &|_| false);
            let (units, members) = (after.0 - before.0, after.1 - before.1);
            before = after;
            out.push(Part::new(session.saturating_add(unit.saturating_mul(units)), units.saturating_add(members)));
            alone = alone.saturating_add((must - units).max(0));
        }
        out.push(Part { frees: unit, changes: 1, times: alone });
    }

    /// Units of needs beyond what is wanted now.
    fn needs(&self, previous: &Plan) -> i64 {
        let case = self.case;
        let mut stood: BTreeMap<&str, (Option<NeedId>, i64, i64)> = BTreeMap::new();
        for session in &previous.sessions {
            let (fact, start) = (frozen(case, session), case.period(&session.period));
            for line in &session.needs {
                let entry = stood.entry(&line.need).or_insert_with(|| (case.need(&line.need), 0, 0));
                let may = entry
                    .0
                    .is_some_and(|need| start.is_some_and(|start| case.needs[need.index()].periods.contains(start)));
                if fact {
                    entry.2 = entry.2.saturating_add(line.units);
                } else if may {
                    entry.1 = entry.1.saturating_add(line.units.max(0));
                }
            }
        }
        let mut lost = 0i64;
        for session in previous.sessions.iter().filter(|session| !frozen(case, session)) {
            let start = case.period(&session.period);
            let gone = session.needs.iter().filter(|line| {
                let need = stood.get(line.need.as_str()).and_then(|entry| entry.0);
                !need.is_some_and(|need| start.is_some_and(|start| case.needs[need.index()].periods.contains(start)))
            });
            lost = gone.fold(lost, |lost, line| lost.saturating_add(line.units.max(0)));
        }
        for (need, open, facts) in stood.into_values() {
            let wanted = need.map_or(0, |need| case.needs[need.index()].quantity.saturating_sub(facts).max(0));
            lost = lost.saturating_add(open.saturating_sub(wanted).max(0));
        }
        lost
    }

    /// Member-sessions of rows of staff beyond what the rows can do now, and where they may not be any more.
    fn staff(&self, previous: &Plan) -> BTreeMap<Option<ResourceId>, i64> {
        let case = self.case;
        let mut lost: BTreeMap<Option<ResourceId>, i64> = BTreeMap::new();
        // Spans and loads of the member-sessions of a row, by start period.
        let mut loads: BTreeMap<ResourceId, BTreeMap<PeriodId, Vec<(i64, i64)>>> = BTreeMap::new();
        for session in previous.sessions.iter().filter(|session| !frozen(case, session)) {
            let cell = cell_of(case, session);
            for (name, _) in session.members() {
                let (Some(row), Some((id, place, start))) = (case.resource(name), cell) else {
                    *lost.entry(case.resource(name)).or_default() += 1;
                    continue;
                };
                let (resource, project) = (&case.resources[row.index()], &case.projects[id.index()]);
                let barred = self.barred(row, (id, place, start));
                let rotates = project.posts.iter().any(|post| post.rotate);
                let absent = !rotates && !resource.periods.contains(start);
                // Whatever post it is kept in.
                let posts = project.posts.iter().filter(|post| resource.roles.binary_search(&post.role).is_ok());
                let load = posts.map(|post| post.load).min();
                let Some(load) = load.filter(|_| !barred && !absent && fit::may_work_for(resource, id, project)) else {
                    *lost.entry(Some(row)).or_default() += 1;
                    continue;
                };
                // In turns a member may serve in another period.
                let load = if rotates { 0 } else { load };
                loads.entry(row).or_default().entry(start).or_default().push((load, project.span));
            }
        }
        for (row, starts) in loads {
            let resource = &case.resources[row.index()];
            let most = resource.count.saturating_mul(resource.per_period);
            let each = |loads: &Vec<(i64, i64)>| beyond(loads.iter().map(|(load, _)| *load).collect(), most);
            let each = starts.values().map(each).fold(0, i64::saturating_add);
            let running = (0..case.periods.len()).map(|period| {
                let until = starts.range(..=PeriodId::from(period));
                let on = until.flat_map(|(start, loads)| {
                    let since = i64::try_from(period - start.index()).unwrap_or(i64::MAX);
                    loads.iter().filter(move |(_, span)| *span > since).map(|(load, _)| *load)
                });
                beyond(on.collect(), most)
            });
            let running = running.max().unwrap_or(0);
            let all = resource.total.map_or(0, |total| {
                let loads = starts.values().flatten().map(|(load, span)| load.saturating_mul(*span));
                beyond(loads.collect(), resource.count.saturating_mul(total))
            });
            *lost.entry(Some(row)).or_default() += each.max(running).max(all);
        }
        lost
    }

    /// What cells give up that are forbidden or have too few rooms, and what places with too few rooms do.
    fn rooms(&self) -> i64 {
        let case = self.case;
        let venues = venues(case);
        let closed = closing(case);
        let mut places: BTreeMap<(PlaceId, PeriodId), Vec<(Cell, Stand)>> = BTreeMap::new();
        self.cells.iter().for_each(|(cell, stand)| places.entry((cell.1, cell.2)).or_default().push((*cell, *stand)));
        let mut lost = 0i64;
        for ((place, start), cells) in places {
            let here = venues.get(&place).map_or(&[][..], Vec::as_slice);
            let mut used = vec![false; here.len()];
            let (mut alone, mut housed, mut parts) = (0i64, 0i64, Vec::new());
            for (cell, stand) in cells {
                let project = &case.projects[cell.0.index()];
                let mut most = project.max_per_cell.unwrap_or(i64::MAX);
                let forbidden = closed.iter().any(|pin| about(pin, &self.geography, cell));
                if forbidden || !project.periods.contains(start) {
                    most = 0;
                }
                if fit::needs_room(project) {
                    let mut rooms = 0i64;
                    for (row, used) in here.iter().zip(&mut used) {
                        if fit::may_host(case, row, cell.0, project, place, start, &self.geography) {
                            *used = true;
                            rooms = rooms.saturating_add(row.count.saturating_mul(row.per_period));
                        }
                    }
                    most = most.min(rooms);
                    housed += stand.sessions;
                    self.parts(cell, stand, 1, &|_| false, &mut parts);
                }
                if most < stand.sessions {
                    alone = alone.saturating_add(self.changes(cell, stand, stand.sessions - most));
                }
            }
            let rooms = here.iter().zip(&used).filter(|(_, used)| **used);
            let rooms = rooms.map(|(row, _)| row.count.saturating_mul(row.per_period)).fold(0, i64::saturating_add);
            lost = lost.saturating_add(alone.max(cover(&parts, housed.saturating_sub(rooms))));
        }
        lost
    }

    /// What is given up where funds pay for less: funds that may pay for the same cells are one sum.
    fn funds(&self, previous: &Plan) -> i64 {
        let case = self.case;
        let of_kind = |(_, row): &(usize, &Resource)| row.kind == Kind::Fund;
        let funds: Vec<usize> = case.resources.iter().enumerate().filter(of_kind).map(|(at, _)| at).collect();
        let mut of: Vec<usize> = (0..funds.len()).collect();
        let mut payers: BTreeMap<Cell, usize> = BTreeMap::new();
        for cell in self.cells.keys() {
            let project = &case.projects[cell.0.index()];
            if project.session_cost_fen <= 0 && project.unit_cost_fen <= 0 {
                continue;
            }
            let may = |fund: &usize| {
                let row = &case.resources[funds[*fund]];
                fit::may_supply(&self.geography, row, (cell.0, project), cell.1, cell.2)
            };
            let mut able = (0..funds.len()).filter(may);
            let Some(first) = able.next() else { continue };
            payers.insert(*cell, first);
            for other in able {
                let (from, to) = (of[other], of[first]);
                of.iter_mut().filter(|group| **group == from).for_each(|group| *group = to);
            }
        }
        let mut left: Vec<i64> = funds.iter().map(|at| case.resources[*at].amount).collect();
        for line in previous.sessions.iter().filter(|s| frozen(case, s)).flat_map(|s| &s.funds) {
            let fund = case.resource(&line.fund).and_then(|row| funds.iter().position(|at| *at == row.index()));
            if let Some(fund) = fund {
                left[fund] = left[fund].saturating_sub(line.fen).max(0);
            }
        }
        let groups: BTreeSet<usize> = of.iter().copied().collect();
        let lost = groups.into_iter().map(|group| {
            let mine = payers.iter().filter(|(_, fund)| of[**fund] == group);
            let (mut parts, mut asked) = (Vec::new(), 0i64);
            for (cell, _) in mine {
                let (stand, project) = (self.cells[cell], &case.projects[cell.0.index()]);
                let (session, unit) = (project.session_cost_fen, project.unit_cost_fen);
                let of_units = unit.saturating_mul(stand.units);
                asked = asked.saturating_add(session.saturating_mul(stand.sessions)).saturating_add(of_units);
                self.paid(*cell, stand, &mut parts);
            }
            let of_group = left.iter().zip(&of).filter(|(_, of)| **of == group);
            let paid = of_group.map(|(left, _)| *left).fold(0, i64::saturating_add);
            cover(&parts, asked.saturating_sub(paid))
        });
        lost.fold(0, i64::saturating_add)
    }

    /// What is given up where fewer sessions may be counted: rules with a `max`, and projects.
    fn counts(&self) -> i64 {
        let case = self.case;
        let mut lost = 0i64;
        for rule in case.rules.iter().filter(|rule| rule.kind == RuleKind::Sessions) {
            let Some(most) = rule.max else { continue };
            let scope = rule_scope(case, &self.geography, rule);
            let mut counted: BTreeMap<_, (i64, Vec<Part>)> = BTreeMap::new();
            for (cell, stand) in &self.cells {
                let at = (Some(cell.0), Some(cell.1), cell.2);
                if scope.session(at.0, at.1, at.2) {
                    for combination in scope.combinations_of(at.0, at.1, at.2) {
                        let (n, parts) = counted.entry(combination).or_default();
                        *n += stand.sessions;
                        self.parts(*cell, *stand, 1, &|_| false, parts);
                    }
                }
            }
            lost = counted.into_values().map(|(n, parts)| cover(&parts, n - most)).fold(lost, i64::max);
        }
        for (at, project) in case.projects.iter().enumerate() {
            let Some(most) = project.max_sessions else { continue };
            let (mut n, mut parts) = (0, Vec::new());
            for (cell, stand) in self.cells.iter().filter(|(cell, _)| cell.0.index() == at) {
                n += stand.sessions;
                self.parts(*cell, *stand, 1, &|_| false, &mut parts);
            }
            lost = lost.max(cover(&parts, n - most));
        }
        lost
    }
}

/// How many of these loads do not fit into a sum, the largest left out first.
fn beyond(mut loads: Vec<i64>, most: i64) -> i64 {
    let mut over = loads.iter().copied().fold(0, i64::saturating_add).saturating_sub(most);
    loads.sort_unstable();
    let mut n = 0;
    while over > 0 {
        let Some(load) = loads.pop() else { break };
        over -= load;
        n += 1;
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_loads_are_left_out_first() {
        assert_eq!(beyond(vec![1, 3, 2], 3), 1);
        assert_eq!(beyond(vec![1, 1, 1], 3), 0);
    }
}
