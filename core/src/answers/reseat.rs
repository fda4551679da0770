//! Seats of members who can no longer be there, filled by others: by another member of the row, by whoever is free, or by
//! someone whose own seat another takes. The session stays, and each seat that changes hands is one change. Where nobody is
//! left, a session ends: that one, or another whose end loses less, so that its members can take the seat.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use super::chain::{Met, Moves, Seating, chain};
use super::counts::cell_of;
use super::ending::{Endings, Loss, take_out};
use super::least::{members_of, units_of};
use super::mend::changes_first;
use super::spare::{Cell, Spare, runs};
use crate::check::Violation;
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
}

/// What was done.
pub(super) struct Reseated {
    /// Whether any seat was filled.
    pub filled: bool,
    /// Sessions taken out, with what could not be seated in others.
    pub ended: Vec<Session>,
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
    let about = violations.iter().filter(|violation| matches!(violation.constraint, "H6" | "H7"));
    let named: BTreeSet<&str> = about.flat_map(|violation| &violation.sessions).map(String::as_str).collect();
    if named.is_empty() {
        return Reseated { filled: false, ended: Vec::new() };
    }
    let (seats, of, inside, may, ended) = Default::default();
    let endings = (sparing && changes_first(case)).then(|| Endings::new(case, geography, plan));
    let mut seats = Seats { spare: Spare::new(case, plan), seats, of, inside, may, only: None, endings, ended };
    let mut empty: Vec<usize> = Vec::new();
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
                None => empty.push(seat),
            }
        }
    }
    let mut filled = false;
    empty.into_iter().for_each(|seat| filled |= seats.fill(plan, seat));
    Reseated { filled, ended: take_out(case, plan, &seats.ended, sparing) }
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

    /// Fills a seat where its session is worth the changes.
    fn fill(&mut self, plan: &mut Plan, seat: usize) -> bool {
        let at = &self.seats[seat];
        if self.ended.contains(&at.session) {
            return false;
        }
        let session = &plan.sessions[at.session];
        let units = units_of(session);
        let ended = units.saturating_add(members_of(session));
        // Where another member of the row takes it nothing has changed.
        if let Some(row) = self.spare.case.resource(&session.staff[at.line].resource)
            && self.fill_within(plan, row, seat)
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

    /// A session whose end loses less than that of the session with this seat, and who moves then.
    fn instead(&self, plan: &Plan, seat: usize, met: &Met<Member>) -> Option<(usize, Moves<Member>)> {
        let endings = self.endings.as_ref()?;
        let own = endings.loss(&plan.sessions[self.seats[seat].session]);
        let mut best: Option<(Loss, usize, Moves<Member>)> = None;
        for (held, who) in &met.holder {
            let there = self.seats[*held].session;
            let moves = met.moves(*who);
            let Some(mut loss) = endings.loss(&plan.sessions[there]) else { continue };
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
        for ((row, member), seat) in moves {
            self.give((*row, *member), *seat);
            let at = &self.seats[*seat];
            let line = &mut plan.sessions[at.session].staff[at.line];
            line.resource.clone_from(&self.spare.case.resources[row.index()].id);
            line.member = *member;
        }
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
