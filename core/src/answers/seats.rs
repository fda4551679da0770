//! How many changes every plan makes at least where seats can no longer all be filled.
//!
//! The seats that rows of staff give up, in a period or over all of them, are dealt again: to whoever may fill them and is
//! free, or to someone whose own seat another may take, and so on. Where that fails, the search has met posts and everybody
//! who may fill them, and these are too few (Hall's theorem). So in every plan some of the sessions with those posts end.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::chain::{Seating, chain};
use super::counts::cell_of;
use super::cover::cover;
use super::least::{Least, Stand};
use super::mend::frozen;
use super::spare::{Cell, runs};
use crate::fit;
use crate::lists::{PeriodId, Post, ResourceId};
use crate::model::members_of_post;
use crate::plan::{Plan, Session};

/// A post of a cell, by its number.
type PostOf = (Cell, u32);

/// Posts, and everybody who may fill them.
#[derive(Default)]
struct Short {
    posts: BTreeSet<PostOf>,
    rows: BTreeSet<ResourceId>,
}

/// The changes that such posts ask for, with what rows give up in any case: `lost` are their member-sessions.
pub(super) fn seats(least: &Least, previous: &Plan, lost: &BTreeMap<Option<ResourceId>, i64>) -> i64 {
    let case = least.case;
    let mut cells: BTreeMap<Cell, Vec<&Session>> = BTreeMap::new();
    for session in previous.sessions.iter().filter(|session| !frozen(case, session)) {
        if let Some(cell) = cell_of(case, session) {
            cells.entry(cell).or_default().push(session);
        }
    }
    let short = |when: Option<PeriodId>| (when, Deal::new(least, when, &cells).short());
    let starts: BTreeSet<PeriodId> = cells.keys().map(|cell| cell.2).collect();
    // Sessions that start in different periods are different sessions, so that what they give up adds up.
    let each: Vec<_> = starts.into_iter().map(|start| short(Some(start))).collect();
    given_up(least, &cells, &each, lost).max(given_up(least, &cells, &[short(None)], lost))
}

fn given_up(
    least: &Least,
    cells: &BTreeMap<Cell, Vec<&Session>>,
    list: &[(Option<PeriodId>, Short)],
    lost: &BTreeMap<Option<ResourceId>, i64>,
) -> i64 {
    let mut apart: BTreeSet<ResourceId> = lost.iter().filter(|(_, n)| **n > 0).filter_map(|(row, _)| *row).collect();
    list.iter().for_each(|(_, short)| apart.extend(&short.rows));
    let own = apart.iter().filter_map(|row| lost.get(&Some(*row))).copied().fold(0, i64::saturating_add);
    let gone = gone(least, cells, lost);
    let of_gone = gone.iter().filter_map(|row| lost.get(row)).copied().fold(0, i64::saturating_add);
    let (mut all, mut others, mut beside) = (0i64, own, of_gone);
    for (when, short) in list {
        let most = short.rows.iter().map(|row| capacity(least, *row, *when)).fold(0, i64::saturating_add);
        let (mut asked, mut parts, mut rest, mut left) = (0i64, Vec::new(), Vec::new(), Vec::new());
        for cell in short.posts.iter().map(|(cell, _)| *cell).collect::<BTreeSet<Cell>>() {
            let (stand, project) = (least.cells[&cell], &least.case.projects[cell.0.index()]);
            let named = project.posts.iter().filter(|post| short.posts.contains(&(cell, post.number)));
            let each = named.map(|post| post.load.saturating_mul(members_of_post(post, project.size)));
            let times = if when.is_none() { project.span } else { 1 };
            let each = each.fold(0, i64::saturating_add).saturating_mul(times);
            asked = asked.saturating_add(each.saturating_mul(stand.sessions));
            least.parts(cell, stand, each, &|_| false, &mut parts);
            let without = |rows: &dyn Fn(Option<ResourceId>) -> bool| {
                let theirs = cells[&cell].iter().map(|session| members_among(least, session, rows));
                Stand { members: stand.members - theirs.fold(0, i64::saturating_add), ..stand }
            };
            // Those who are gone leave in any case; as many of the others stay as there are seats.
            let others = without(&|row| gone.contains(&row));
            least.parts(cell, others, each, &|_| false, &mut left);
            // Nobody else can fill these posts, and what the rows themselves give up is counted already.
            let others = without(&|row| row.is_some_and(|row| apart.contains(&row)));
            least.parts(cell, others, each, &|post| short.posts.contains(&(cell, post.number)), &mut rest);
        }
        all = all.saturating_add(cover(&parts, asked.saturating_sub(most)));
        others = others.saturating_add(cover(&rest, asked.saturating_sub(most)));
        beside = beside.saturating_add(cover(&left, asked.saturating_sub(most)));
    }
    all.max(others).max(beside)
}

/// Rows that lose every seat that they have; `None` stands for those that the lists no longer have.
fn gone(
    least: &Least,
    cells: &BTreeMap<Cell, Vec<&Session>>,
    lost: &BTreeMap<Option<ResourceId>, i64>,
) -> BTreeSet<Option<ResourceId>> {
    let mut have: BTreeMap<Option<ResourceId>, i64> = BTreeMap::new();
    for session in cells.values().flatten() {
        let rows = session.members().into_iter().map(|(row, _)| least.case.resource(row));
        rows.for_each(|row| *have.entry(row).or_default() += 1);
    }
    have.into_iter().filter(|(row, n)| lost.get(row).is_some_and(|lost| lost >= n)).map(|(row, _)| row).collect()
}

/// Members of a session that are of some rows.
fn members_among(least: &Least, session: &Session, among: &dyn Fn(Option<ResourceId>) -> bool) -> i64 {
    let theirs = session.members().into_iter().filter(|(row, _)| among(least.case.resource(row)));
    i64::try_from(theirs.count()).unwrap_or(i64::MAX)
}

/// The load that the members of a row can carry in a period, or over all periods.
pub(super) fn capacity(least: &Least, row: ResourceId, when: Option<PeriodId>) -> i64 {
    let row = &least.case.resources[row.index()];
    let periods = match when {
        Some(period) => usize::from(row.periods.contains(period)),
        None => row.periods.iter(least.case.periods.len()).count(),
    };
    let each = row.per_period.saturating_mul(i64::try_from(periods).unwrap_or(i64::MAX));
    row.count.saturating_mul(each.min(row.total.unwrap_or(i64::MAX)))
}

/// Whether a row may fill a post in all periods of its session, or in some of them where it rotates.
pub(super) fn may_sit(least: &Least, cell: Cell, post: &Post, row: ResourceId) -> bool {
    if least.barred(row, cell) {
        return false;
    }
    let case = least.case;
    let (row, project) = (&case.resources[row.index()], &case.projects[cell.0.index()]);
    let may = |period: usize| {
        let period = PeriodId::from(period);
        fit::may_fill(case, &least.geography, row, (cell.0, project), post, cell.1, period).is_some()
    };
    let mut periods = runs(project, cell.2);
    if post.rotate { periods.any(may) } else { periods.all(may) }
}

/// A seat and who has it.
struct Taken {
    post: PostOf,
    load: i64,
    row: Option<ResourceId>,
}

/// The seats of the sessions that start in a period, or of all, dealt to rows.
struct Deal<'a> {
    least: &'a Least<'a>,
    when: Option<PeriodId>,
    seats: Vec<Taken>,
    /// Seats of each row, and their load.
    of_row: BTreeMap<ResourceId, (Vec<usize>, i64)>,
    may: BTreeMap<PostOf, Rc<[ResourceId]>>,
    short: Short,
}

impl<'a> Deal<'a> {
    /// As the plan before has it, but for those who cannot sit there any more.
    fn new(least: &'a Least<'a>, when: Option<PeriodId>, cells: &BTreeMap<Cell, Vec<&Session>>) -> Self {
        let (seats, of_row, may, short) = Default::default();
        let mut deal = Deal { least, when, seats, of_row, may, short };
        let case = least.case;
        for (cell, sessions) in cells.iter().filter(|(cell, _)| when.is_none_or(|when| when == cell.2)) {
            let project = &case.projects[cell.0.index()];
            for seat in sessions.iter().flat_map(|session| &session.staff) {
                let then = seat.period.as_deref().map(|then| case.period(then));
                let now = then.is_none_or(|then| then.is_some() && (when.is_none() || then == when));
                let Some(post) = project.posts.iter().find(|post| now && post.number == seat.post) else { continue };
                let times = if when.is_none() && then.is_none() { project.span } else { 1 };
                let (post_of, load) = ((*cell, post.number), post.load.saturating_mul(times));
                deal.seats.push(Taken { post: post_of, load, row: None });
                let row = case.resource(&seat.resource);
                if let Some(row) = row.filter(|row| may_sit(least, *cell, post, *row)) {
                    deal.give(deal.seats.len() - 1, row);
                }
            }
        }
        deal
    }

    /// Gives a seat to a row.
    fn give(&mut self, seat: usize, row: ResourceId) {
        self.take(seat);
        let taken = &mut self.seats[seat];
        taken.row = Some(row);
        let (seats, load) = self.of_row.entry(row).or_default();
        seats.push(seat);
        *load = load.saturating_add(taken.load);
    }

    fn take(&mut self, seat: usize) {
        let taken = &mut self.seats[seat];
        if let Some((seats, load)) = taken.row.take().and_then(|row| self.of_row.get_mut(&row)) {
            seats.retain(|other| *other != seat);
            *load -= taken.load;
        }
    }

    /// Rows that may fill a post.
    fn fills(&mut self, (cell, number): PostOf) -> Rc<[ResourceId]> {
        if let Some(known) = self.may.get(&(cell, number)) {
            return known.clone();
        }
        let case = self.least.case;
        let post = case.projects[cell.0.index()].posts.iter().find(|post| post.number == number);
        let near = post.map(|post| (post, self.least.nearby.reaching(case, &self.least.geography, post.role, cell.1)));
        let rows: Rc<[ResourceId]> = near.map_or_else(Default::default, |(post, rows)| {
            rows.iter().filter(|row| may_sit(self.least, cell, post, **row)).copied().collect()
        });
        self.may.insert((cell, number), rows.clone());
        rows
    }

    /// What is too short once rows have given up what they cannot do any more.
    fn short(mut self) -> Short {
        for row in self.of_row.keys().copied().collect::<Vec<_>>() {
            let most = capacity(self.least, row, self.when);
            while let Some(seat) = self.of_row.get(&row).filter(|(_, load)| *load > most).and_then(|(s, _)| s.last()) {
                self.take(*seat);
            }
        }
        let empty: Vec<usize> = (0..self.seats.len()).filter(|seat| self.seats[*seat].row.is_none()).collect();
        for seat in empty {
            match chain(&mut self, seat) {
                Ok(moves) => moves.into_iter().for_each(|(row, seat)| self.give(seat, row)),
                Err(met) => {
                    self.short.posts.insert(self.seats[seat].post);
                    self.short.rows.extend(met.takes.into_keys());
                }
            }
        }
        for row in &self.short.rows {
            let seats = self.of_row.get(row).map_or(&[][..], |(seats, _)| seats);
            self.short.posts.extend(seats.iter().map(|seat| self.seats[*seat].post));
        }
        // INVARIANT: nobody else may fill any of the posts.
        for post in self.short.posts.clone() {
            let rows = self.fills(post);
            self.short.rows.extend(rows.iter());
        }
        self.short
    }
}

impl Seating for Deal<'_> {
    type Who = ResourceId;

    /// Rows that an earlier search has met lead nowhere.
    fn may_fill(&mut self, seat: usize) -> Vec<ResourceId> {
        let rows = self.fills(self.seats[seat].post);
        rows.iter().filter(|row| !self.short.rows.contains(row)).copied().collect()
    }

    fn is_free(&self, row: ResourceId, seat: usize) -> bool {
        let load = self.of_row.get(&row).map_or(0, |(_, load)| *load);
        load.saturating_add(self.seats[seat].load) <= capacity(self.least, row, self.when)
    }

    fn seats(&self, row: ResourceId, _: usize) -> Vec<usize> {
        self.of_row.get(&row).map_or_else(Vec::new, |(seats, _)| seats.clone())
    }
}
