//! Seats of members who can no longer be there, filled by others: by whoever is free, or by someone whose own seat another
//! takes. The session stays, and each seat that changes hands is one change.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use super::chain::{Seating, chain};
use super::counts::cell_of;
use super::least::members_of;
use super::spare::{Cell, Spare, runs};
use crate::check::Violation;
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
}

/// Fills the seats that violations are about as far as no more changes come of it than of ending their sessions; whether
/// any was filled.
pub(super) fn reseat(case: &Case, plan: &mut Plan, violations: &[&Violation]) -> bool {
    let about = violations.iter().filter(|violation| matches!(violation.constraint, "H6" | "H7"));
    let named: BTreeSet<&str> = about.flat_map(|violation| &violation.sessions).map(String::as_str).collect();
    if named.is_empty() {
        return false;
    }
    let (seats, of, inside, may) = Default::default();
    let mut seats = Seats { spare: Spare::new(case, plan), seats, of, inside, may };
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
    filled
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

    fn leave(&mut self, who: Member, seat: usize) {
        self.of.entry(who).or_default().retain(|other| *other != seat);
        self.inside.entry(self.seats[seat].session).or_default().remove(&who);
    }

    /// Fills a seat where its session is worth the changes.
    fn fill(&mut self, plan: &mut Plan, seat: usize) -> bool {
        let session = &plan.sessions[self.seats[seat].session];
        let units = session.needs.iter().map(|line| line.units).fold(0, i64::saturating_add);
        let ended = units.saturating_add(members_of(session));
        let Ok(moves) = chain(self, seat) else { return false };
        if i64::try_from(moves.len()).unwrap_or(i64::MAX) > ended {
            return false;
        }
        // Whoever is free carries more than before; the others carry as much.
        if let Some((who, to)) = moves.first() {
            let to = &self.seats[*to];
            self.spare.take(who.0, who.1, to.shift.clone(), to.post.load, true);
        }
        for (step, (who, to)) in moves.iter().enumerate() {
            if let Some((before, next)) = moves.get(step + 1) {
                self.leave(*before, *to);
                if self.seats[*to].shift != self.seats[*next].shift {
                    for (seat, sign) in [(*to, -1), (*next, 1)] {
                        let at = &self.seats[seat];
                        self.spare.take(before.0, before.1, at.shift.clone(), sign * at.post.load, true);
                    }
                }
            }
            self.sit(*who, *to);
            let at = &self.seats[*to];
            let line = &mut plan.sessions[at.session].staff[at.line];
            line.resource.clone_from(&self.spare.case.resources[who.0.index()].id);
            line.member = who.1;
        }
        true
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
        rows.iter().flat_map(of_row).collect()
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
