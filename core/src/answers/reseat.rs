//! Seats of members who can no longer be there, filled by others: by another member of the row, by whoever is free, or by
//! someone whose own seat another takes. The session stays, and each seat that changes hands is one change. Where nobody is
//! left, a session ends: that one, or another whose end loses less, so that its members can take the seat.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use super::chain::{Met, Moves, Seating, chain};
use super::counts::cell_of;
use super::ending::{Endings, Loss, take_out};
use super::least::{members_of, units_of};
use super::mend::changes_first;
use super::spare::{Cell, Spare, runs};
use crate::check::{Fault, Violation};
use crate::fit::Geography;
use crate::lists::{Case, Post, ResourceId};
use crate::plan::{Plan, Session};

/// A member of a row.
type Member = (ResourceId, i64);

/// A seat: the session and the line of its staff, what it asks for, and when.
struct At<'a> {
    session: usize,
    line: usize,
    cell: Cell,
    post: &'a Post,
    shift: Range<usize>,
}

/// The seats of a plan and who has them.
struct Seats<'a> {
    spare: Spare<'a>,
    seats: Vec<At<'a>>,
    of: BTreeMap<Member, Vec<usize>>,
    /// Members of each session.
    inside: BTreeMap<usize, BTreeSet<Member>>,
    may: BTreeMap<(Cell, u32, usize), Rc<[ResourceId]>>,
    /// The only row whose members may move, if any.
    only: Option<ResourceId>,
    /// Where changes count more than what is served: what ending sessions loses.
    endings: Option<Endings<'a>>,
    /// Sessions that end.
    ended: BTreeSet<usize>,
    /// Sessions with empty seats that are still to be looked at; until then they are counted as if they ended.
    waiting: BTreeSet<usize>,
    /// Seats that nobody has yet.
    empty: BTreeSet<usize>,
}

/// What was done.
pub(super) struct Reseated {
    /// Whether any seat was filled.
    pub filled: bool,
    /// Sessions taken out, with what could not be seated in others.
    pub ended: Vec<Session>,
    /// Ids of sessions with a seat that nobody can fill.
    pub stuck: BTreeSet<String>,
}

/// Fills the seats that violations are about as far as no more changes come of it than of ending their sessions.
///
/// With `sparing` a session may end instead of another.
pub(super) fn reseat(
    case: &Case,
    geography: &Geography,
    plan: &mut Plan,
    violations: &[&Violation],
    sparing: bool,
) -> Reseated {
    // Who may not or cannot be there any more, and who is no longer in the lists.
    let about = violations.iter().filter(|violation| {
        matches!(violation.constraint, "H6" | "H7")
            || matches!(violation.fault, Fault::MemberNumber | Fault::UnknownResource | Fault::PinForbid)
    });
    let named: BTreeSet<&str> = about.flat_map(|violation| &violation.sessions).map(String::as_str).collect();
    if named.is_empty() {
        return Reseated { filled: false, ended: Vec::new(), stuck: BTreeSet::new() };
    }
    let (seats, of, inside, may, ended, waiting, empty) = Default::default();
    let endings = (sparing && changes_first(case)).then(|| Endings::new(case, geography, plan));
    let spare = Spare::new(case, plan);
    let mut seats = Seats { spare, seats, of, inside, may, only: None, endings, ended, waiting, empty };
    for (position, session) in plan.sessions.iter().enumerate().filter(|(_, session)| !session.fact) {
        let touched = named.contains(session.id.as_str());
        for at in seats_of(case, position, session) {
            let (seat, line) = (seats.seats.len(), &session.staff[at.line]);
            seats.seats.push(at);
            let row = case.resource(&line.resource).filter(|row| {
                let there = (1..=case.resources[row.index()].count).contains(&line.member);
                !touched || (there && seats.rows(seat).contains(row))
            });
            match row {
                Some(row) => seats.sit((row, line.member), seat),
                None => {
                    seats.empty.insert(seat);
                    // Whoever has left it may sit elsewhere.
                    if let Some(row) = case.resource(&line.resource) {
                        seats.carry((row, line.member), seat, -1);
                    }
                }
            }
        }
    }
    let filled = seats.fill_all(plan);
    let empty = seats.empty.iter().map(|seat| seats.seats[*seat].session);
    let stuck = empty.filter(|session| !seats.ended.contains(session));
    let stuck = stuck.map(|session| plan.sessions[session].id.clone()).collect();
    Reseated { filled, ended: take_out(case, plan, &seats.ended, sparing), stuck }
}

/// The seats of a session that the lists know.
fn seats_of<'a>(case: &'a Case, position: usize, session: &Session) -> Vec<At<'a>> {
    let Some(cell) = cell_of(case, session) else { return Vec::new() };
    let project = &case.projects[cell.0.index()];
    let known = session.staff.iter().enumerate().filter_map(|(line, seat)| {
        let post = project.posts.iter().find(|post| post.number == seat.post)?;
        let shift = match &seat.period {
            Some(period) => case.period(period).map(|period| period.index()..period.index() + 1)?,
            None => runs(project, cell.2),
        };
        Some(At { session: position, line, cell, post, shift })
    });
    known.collect()
}

impl Seats<'_> {
    /// Rows that may fill a seat, the best first.
    fn rows(&mut self, seat: usize) -> Rc<[ResourceId]> {
        let (spare, at) = (&self.spare, &self.seats[seat]);
        let find =
            || spare.qualified(at.cell, at.post, at.shift.clone(), None).into_iter().map(|(row, _)| row).collect();
        self.may.entry((at.cell, at.post.number, at.shift.start)).or_insert_with(find).clone()
    }

    fn sit(&mut self, who: Member, seat: usize) {
        self.of.entry(who).or_default().push(seat);
        self.inside.entry(self.seats[seat].session).or_default().insert(who);
    }

    /// Gives a seat to someone, who carries its load from then on.
    fn give(&mut self, who: Member, seat: usize) {
        self.empty.remove(&seat);
        self.sit(who, seat);
        self.carry(who, seat, 1);
    }

    fn leave(&mut self, who: Member, seat: usize) {
        self.of.entry(who).or_default().retain(|other| *other != seat);
        self.inside.entry(self.seats[seat].session).or_default().remove(&who);
        self.carry(who, seat, -1);
    }

    fn carry(&mut self, (row, member): Member, seat: usize, sign: i64) {
        let at = &self.seats[seat];
        self.spare.take(row, member, at.shift.clone(), sign * at.post.load, true);
    }

    /// Fills seats, those of the sessions first whose end loses most: whoever is free then goes where most is lost. What the
    /// other sessions that wait can leave to their cells is not lost twice.
    fn fill_all(&mut self, plan: &mut Plan) -> bool {
        let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        self.empty.iter().for_each(|seat| of.entry(self.seats[*seat].session).or_default().push(*seat));
        let mut losses: BTreeMap<usize, Option<Loss>> = BTreeMap::new();
        if let Some(endings) = &mut self.endings {
            self.waiting = of.keys().copied().collect();
            of.keys().for_each(|session| endings.end(&plan.sessions[*session]));
            for session in of.keys() {
                endings.go_on(&plan.sessions[*session]);
                losses.insert(*session, endings.loss(&plan.sessions[*session]));
                endings.end(&plan.sessions[*session]);
            }
        }
        let mut order: Vec<usize> = of.keys().copied().collect();
        // A session that a pin may ask for before all others.
        order.sort_by_key(|session| losses.get(session).map(|loss| (loss.is_some(), Reverse(*loss))));
        let mut filled = false;
        for session in order {
            self.waiting.remove(&session);
            if let Some(endings) = &mut self.endings {
                endings.go_on(&plan.sessions[session]);
            }
            let mut whole = true;
            for seat in &of[&session] {
                let done = self.fill(plan, *seat);
                (filled, whole) = (filled | done, whole & done);
            }
            if let Some(endings) = self.endings.as_mut().filter(|_| !whole) {
                endings.end(&plan.sessions[session]);
            }
        }
        filled
    }

    /// Fills a seat where its session is worth the changes.
    fn fill(&mut self, plan: &mut Plan, seat: usize) -> bool {
        if !self.empty.contains(&seat) {
            return true;
        }
        let at = &self.seats[seat];
        if self.ended.contains(&at.session) {
            return false;
        }
        let session = &plan.sessions[at.session];
        let units = units_of(session);
        let ended = units.saturating_add(members_of(session));
        // Where another member of the row takes it nothing has changed.
        if let Some(row) = self.spare.case.resource(&session.staff[at.line].resource)
            && (self.fill_within(plan, row, seat) || self.deal_anew(plan, row, seat) || self.trade(plan, row, seat))
        {
            return true;
        }
        match chain(self, seat) {
            Ok(moves) if i64::try_from(moves.len()).unwrap_or(i64::MAX) <= ended => self.make(plan, &moves),
            Ok(_) => return false,
            Err(met) => {
                let Some((there, moves)) = self.instead(plan, seat, &met) else { return false };
                self.end(plan, there);
                self.make(plan, &moves);
            }
        }
        true
    }

    /// Fills a seat with members of one row.
    fn fill_within(&mut self, plan: &mut Plan, row: ResourceId, seat: usize) -> bool {
        self.only = Some(row);
        let found = chain(self, seat);
        self.only = None;
        found.is_ok_and(|moves| {
            self.make(plan, &moves);
            true
        })
    }

    /// Deals the seats of a row to its members anew, with one seat more: those first that begin first. Where all seats ask
    /// for as much and nobody has a total, that never fails for want of a better deal.
    fn deal_anew(&mut self, plan: &mut Plan, row: ResourceId, seat: usize) -> bool {
        if !self.rows(seat).contains(&row) {
            return false;
        }
        let of_row = self.of.range((row, 0)..=(row, i64::MAX));
        let held: Vec<(Member, usize)> =
            of_row.flat_map(|(who, seats)| seats.iter().map(|seat| (*who, *seat))).collect();
        let mut order: Vec<(usize, Option<Member>)> = held.iter().map(|(who, seat)| (*seat, Some(*who))).collect();
        order.push((seat, None));
        order.sort_by_key(|(seat, _)| {
            let at = &self.seats[*seat];
            (at.shift.start, Reverse((at.post.load, at.shift.len())), *seat)
        });
        held.iter().for_each(|(who, seat)| self.leave(*who, *seat));
        let count = self.spare.case.resources[row.index()].count;
        let mut dealt: Vec<(Member, usize)> = Vec::new();
        for (seat, who) in order {
            let stays = who.filter(|who| self.is_free(*who, seat));
            let other = || (1..=count).map(|member| (row, member)).find(|who| self.is_free(*who, seat));
            let Some(who) = stays.or_else(other) else { break };
            self.give(who, seat);
            dealt.push((who, seat));
        }
        if dealt.len() <= held.len() {
            dealt.into_iter().for_each(|(who, seat)| self.leave(who, seat));
            self.empty.insert(seat);
            held.into_iter().for_each(|(who, seat)| self.give(who, seat));
            return false;
        }
        dealt.into_iter().for_each(|(who, seat)| self.name(plan, who, seat));
        true
    }

    /// Has a member of a row leave a seat that asks for much to someone else who is free, and take several empty seats of the
    /// row for it: one change instead of as many.
    fn trade(&mut self, plan: &mut Plan, row: ResourceId, seat: usize) -> bool {
        let case = self.spare.case;
        let of_row = |at: &At| case.resource(&plan.sessions[at.session].staff[at.line].resource) == Some(row);
        let shift = self.seats[seat].shift.clone();
        let mut empty = vec![seat];
        empty.extend(self.empty.iter().copied().filter(|other| {
            let at = &self.seats[*other];
            *other != seat && at.shift == shift && of_row(at) && !self.ended.contains(&at.session)
        }));
        empty.retain(|other| self.rows(*other).contains(&row));
        if empty.len() < 2 || empty[0] != seat {
            return false;
        }
        let held: Vec<(Member, usize)> = self
            .of
            .range((row, 0)..=(row, i64::MAX))
            .flat_map(|(who, seats)| seats.iter().map(|held| (*who, *held)))
            .filter(|(_, held)| {
                self.seats[*held].shift == shift && self.seats[*held].post.load > self.seats[seat].post.load
            })
            .collect();
        for (who, left) in held {
            let others = self.may_fill(left).into_iter().filter(|other| other.0 != row);
            let Some(other) = others.into_iter().find(|other| self.is_free(*other, left)) else { continue };
            self.leave(who, left);
            let mut taken = Vec::new();
            for wanted in &empty {
                if self.is_free(who, *wanted) {
                    self.give(who, *wanted);
                    taken.push(*wanted);
                }
            }
            if taken.len() < 2 || taken[0] != seat {
                for wanted in taken {
                    self.leave(who, wanted);
                    self.empty.insert(wanted);
                }
                self.give(who, left);
                continue;
            }
            self.give(other, left);
            self.name(plan, other, left);
            taken.into_iter().for_each(|wanted| self.name(plan, who, wanted));
            return true;
        }
        false
    }

    /// A session whose end loses less than that of the session with this seat, and who moves then.
    fn instead(&self, plan: &Plan, seat: usize, met: &Met<Member>) -> Option<(usize, Moves<Member>)> {
        let endings = self.endings.as_ref()?;
        let own = endings.loss(&plan.sessions[self.seats[seat].session]);
        let mut best: Option<(Loss, usize, Moves<Member>)> = None;
        for (held, who) in &met.holder {
            let there = self.seats[*held].session;
            let moves = met.moves(*who);
            let loss = endings.loss(&plan.sessions[there]).filter(|_| !self.waiting.contains(&there));
            let Some(mut loss) = loss else { continue };
            if moves.iter().any(|(_, to)| self.seats[*to].session == there) {
                continue;
            }
            // Each leaves a seat, the first that of the session that ends, and one is gone from the seat that was empty.
            let left = [*held].into_iter().chain(moves.iter().map(|(_, to)| *to));
            let moved = left.zip(&moves).filter(|(from, (_, to))| self.seats[*from].cell != self.seats[*to].cell);
            let within = moves.len() - moved.count();
            loss.changes += i64::try_from(moves.len()).unwrap_or(i64::MAX) - i64::try_from(within).unwrap_or(0);
            let least = best.as_ref().map(|(least, ..)| *least).or(own);
            if least.is_none_or(|least| loss < least) {
                best = Some((loss, there, moves));
            }
        }
        best.map(|(_, there, moves)| (there, moves))
    }

    /// Ends a session: its members are free.
    fn end(&mut self, plan: &Plan, session: usize) {
        for seat in (0..self.seats.len()).filter(|seat| self.seats[*seat].session == session).collect::<Vec<_>>() {
            let line = &plan.sessions[session].staff[self.seats[seat].line];
            if let Some(row) = self.spare.case.resource(&line.resource) {
                self.leave((row, line.member), seat);
            }
        }
        self.ended.insert(session);
        if let Some(endings) = &mut self.endings {
            endings.end(&plan.sessions[session]);
        }
    }

    /// Seats members anew.
    fn make(&mut self, plan: &mut Plan, moves: &[(Member, usize)]) {
        for ((_, left), (who, _)) in moves.iter().zip(&moves[1..]) {
            self.leave(*who, *left);
        }
        for (who, seat) in moves {
            self.give(*who, *seat);
            self.name(plan, *who, *seat);
        }
    }

    /// Writes into the plan who has a seat.
    fn name(&self, plan: &mut Plan, (row, member): Member, seat: usize) {
        let at = &self.seats[seat];
        let line = &mut plan.sessions[at.session].staff[at.line];
        line.resource.clone_from(&self.spare.case.resources[row.index()].id);
        line.member = member;
    }
}

impl Seating for Seats<'_> {
    type Who = Member;

    /// Of each row a member that is free, or else all who could leave another seat for it.
    fn may_fill(&mut self, seat: usize) -> Vec<Member> {
        let rows = self.rows(seat);
        let of_row = |row: &ResourceId| {
            let mut members = (1..=self.spare.case.resources[row.index()].count).map(|member| (*row, member));
            match members.find(|who| self.is_free(*who, seat)) {
                Some(who) => vec![who],
                None => {
                    let sitting = self.of.range((*row, 0)..=(*row, i64::MAX)).map(|(who, _)| *who);
                    sitting.filter(|who| !self.seats(*who, seat).is_empty()).collect()
                }
            }
        };
        rows.iter().filter(|row| self.only.is_none_or(|only| only == **row)).flat_map(of_row).collect()
    }

    fn is_free(&self, (row, member): Member, seat: usize) -> bool {
        let at = &self.seats[seat];
        let inside = self.inside.get(&at.session).is_some_and(|members| members.contains(&(row, member)));
        !inside && self.spare.can_take(row, member, at.post, at.shift.clone())
    }

    /// Those that ask for as much, in the same shift, or in any other where there is time for the seat in its own.
    fn seats(&self, who: Member, other: usize) -> Vec<usize> {
        let wanted = &self.seats[other];
        if self.inside.get(&wanted.session).is_some_and(|members| members.contains(&who)) {
            return Vec::new();
        }
        let idle = self.spare.is_idle(who.0, who.1, wanted.post, wanted.shift.clone());
        let as_much = |held: &usize| {
            let held = &self.seats[*held];
            held.post.load == wanted.post.load
                && held.shift.len() == wanted.shift.len()
                && (idle || held.shift == wanted.shift)
        };
        self.of.get(&who).map_or(&[][..], Vec::as_slice).iter().copied().filter(as_much).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::difference::difference;
    use super::super::least::least;
    use super::super::mend::mend;
    use super::*;
    use crate::intake::sheets::from_json;
    use crate::lists::Term;
    use crate::plan::{Seat, Served};

    /// A session: project, place, period, need, units, and who has its seats in the order of the posts.
    type Held<'t> = (&'t str, &'t str, &'t str, &'t str, i64, &'t [(&'t str, i64)]);

    /// The changes of the plan mended, and those that every plan has at least.
    fn changes(lists: &str, held: &[Held]) -> (i64, i64) {
        let mut case = from_json(lists).understand().expect("sound lists").case;
        case.settings.levels =
            [Term::Must, Term::Quota, Term::Changes, Term::Coverage].into_iter().map(|term| vec![term]).collect();
        let mut previous = Plan::empty();
        for (project, place, period, need, units, staff) in held {
            let seats = staff.iter().zip(1u32..).map(|((row, member), post)| Seat {
                resource: (*row).to_owned(),
                member: *member,
                post,
                role: String::new(),
                period: None,
            });
            previous.sessions.push(Session {
                project: (*project).to_owned(),
                place: (*place).to_owned(),
                period: (*period).to_owned(),
                needs: vec![Served { need: (*need).to_owned(), units: *units }],
                staff: seats.collect(),
                ..Session::default()
            });
        }
        previous.put_in_order(case.periods.iter().map(|period| period.id.as_str()));
        let mended = mend(&case, &previous, &BTreeSet::new(), true).expect("a plan mended");
        (difference(&previous, &mended.plan).gone, least(&case, &previous, i64::MAX))
    }

    #[test]
    fn seats_of_a_row_are_dealt_anew_where_no_chain_helps() {
        // Each member has one seat at a time; the third is gone. Seats of two periods and of one do not change hands alike.
        let lists = r#"{
            "needs": [{"id": "N1", "place": "C1", "services": "a", "quantity": 2},
                      {"id": "N2", "place": "C1", "services": "b", "quantity": 3}],
            "projects": [{"id": "P1", "services": "a", "size": 1, "staffing": "社工:1"},
                         {"id": "P2", "services": "b", "size": 1, "staffing": "社工:1", "span": 2}],
            "resources": [{"id": "S", "roles": "社工", "count": 2, "per_period": 1}],
            "periods": [{"id": "W1"}, {"id": "W2"}, {"id": "W3"}, {"id": "W4"}]
        }"#;
        let held: [Held; 5] = [
            ("P1", "C1", "W1", "N1", 1, &[("S", 1)]),
            ("P2", "C1", "W1", "N2", 1, &[("S", 2)]),
            ("P2", "C1", "W2", "N2", 1, &[("S", 3)]),
            ("P2", "C1", "W3", "N2", 1, &[("S", 1)]),
            ("P1", "C1", "W4", "N1", 1, &[("S", 2)]),
        ];
        assert_eq!(changes(lists, &held), (0, 0));
    }

    #[test]
    fn the_sessions_end_that_lose_least_and_what_they_leave_to_their_cells_is_lost_once() {
        // F1 is gone, and whoever is left has as many seats as he may: of seven sessions three end.
        let lists = r#"{
            "needs": [{"id": "N1", "place": "D1", "services": "a", "quantity": 31},
                      {"id": "N2", "place": "D2", "services": "a", "quantity": 21}],
            "projects": [{"id": "P", "services": "a", "size": 10, "staffing": "消防:1; 社工:1"}],
            "resources": [{"id": "F2", "roles": "消防", "per_period": 2, "total": 2},
                          {"id": "F3", "roles": "消防", "per_period": 2, "total": 2},
                          {"id": "A", "roles": "社工", "count": 9}],
            "periods": [{"id": "W1"}, {"id": "W2"}, {"id": "W3"}]
        }"#;
        let held: [Held; 7] = [
            ("P", "D1", "W1", "N1", 1, &[("F2", 1), ("A", 1)]),
            ("P", "D1", "W1", "N1", 10, &[("F1", 1), ("A", 2)]),
            ("P", "D2", "W1", "N2", 1, &[("F3", 1), ("A", 3)]),
            ("P", "D1", "W2", "N1", 10, &[("F1", 1), ("A", 1)]),
            ("P", "D1", "W3", "N1", 10, &[("F2", 1), ("A", 1)]),
            ("P", "D2", "W2", "N2", 10, &[("F3", 1), ("A", 2)]),
            ("P", "D2", "W3", "N2", 10, &[("F1", 1), ("A", 2)]),
        ];
        // F1's three seats; a unit and a seat beside it in D1, a unit and both seats in D2, ten units and a seat.
        assert_eq!(changes(lists, &held), (3 + 2 + 3 + 11, 3 + 2 + 3 + 11));
    }
}
