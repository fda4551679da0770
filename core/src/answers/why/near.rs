//! The best plan near by that does what is asked: the sessions that compete with it are solved again, and all others stay.
//! Where that plan is worth as much as the old one there is nothing left to prove.

use super::force::Forced;
use super::holders::Holders;
use super::swap::{as_good, better, reported};
use crate::answers::around::{anchor, anchored, around, unanchored};
use crate::answers::ground::Ground;
use crate::answers::resolve::is_small;
use crate::answers::spare::{Draft, Lack, Spare};
use crate::answers::worth;
use crate::lists::{Case, NeedId, Pin, ProjectId};
use crate::plan::{Plan, Session};

/// Sessions that are solved again: few first, which comes to an end, and where that is worth less than the old plan, many.
const MOST_SESSIONS: [usize; 2] = [25, 200];
/// Steps of that work.
const STEPS: u64 = 200;
/// The same of those that hold what is lacking, which may be of any project.
const MOST_HOLDERS: usize = 12;
/// Cells of which sessions are drafted to see what is lacking.
const MOST_CELLS: usize = 100;
/// Of these, whose holders are looked at.
const MOST_DRAFTS: usize = 12;

/// A plan that does what a pin asks and is worth no less, if one is near.
pub(in crate::answers) fn near(ground: &Ground, forced: &Forced) -> Option<Box<Plan>> {
    Near::new(ground, forced)?.among_rivals().filter(|plan| as_good(ground, plan))
}

/// The best plan near by that does what a pin asks, whatever it is worth.
pub(super) fn nearest(ground: &Ground, forced: &Forced) -> Option<Box<Plan>> {
    let near = Near::new(ground, forced)?;
    let first = near.among_rivals();
    if first.as_ref().is_some_and(|plan| as_good(ground, plan)) {
        return first;
    }
    better(first, near.among_holders())
}

/// A question about a large case, ready to be solved near by.
struct Near<'g, 'a> {
    ground: &'g Ground<'a>,
    pin: &'g Pin,
    /// The forced case with the plan as its plan before.
    case: Case,
}

impl<'g, 'a> Near<'g, 'a> {
    fn new(ground: &'g Ground<'a>, forced: &'g Forced) -> Option<Self> {
        let pin = forced.case.pins.last().filter(|_| forced.quota.is_none() && !is_small(&forced.case))?;
        Some(Near { ground, pin, case: anchored(&forced.case, anchor(ground.plan)) })
    }

    /// Sessions that serve the need, use the row, or are of a project that could serve it, solved again.
    fn among_rivals(&self) -> Option<Box<Plan>> {
        let (case, pin, sessions) = (&self.case, self.pin, &self.ground.plan.sessions);
        let mut rivals: Vec<usize> = (0..sessions.len()).filter(|at| competes(case, pin, &sessions[*at])).collect();
        // Sessions of the need itself first and those of the row, then those with the fewest units: they are the likeliest
        // to be worth no more.
        rivals.sort_by_key(|at| {
            let session = &sessions[*at];
            (!serves(case, pin, session), !uses(case, pin, session), units(session))
        });
        let mut best = None;
        for most in MOST_SESSIONS {
            best = better(best, self.again(rivals.iter().take(most).copied(), &[]));
            if rivals.len() <= most || best.as_deref().is_some_and(|best| as_good(self.ground, best)) {
                break;
            }
        }
        best
    }

    /// Sessions that hold what a session for the need lacks, all of it and the least worth first, solved again.
    fn among_holders(&self) -> Option<Box<Plan>> {
        let (case, pin, sessions) = (self.ground.case, self.pin, &self.ground.plan.sessions);
        let need = pin.need?;
        let spare = Spare::new(case, self.ground.plan);
        let mut cells = spare.cells(need);
        cells.retain(|cell| pin.project.is_none_or(|asked| asked == cell.0));
        cells.truncate(MOST_CELLS);
        let drafts = cells.iter().filter_map(|cell| spare.draft(need, *cell, &[], pin.resource));
        let mut drafts: Vec<Draft> = drafts.collect();
        drafts.sort_by_cached_key(|draft| (draft.lacks.len(), draft.lacks.clone()));
        // Where and when what is lacking is held by somebody, and by sessions that are worth least.
        let (mut best, mut tried): (Option<(usize, i64, usize)>, usize) = (None, 0);
        for (at, draft) in drafts.iter().enumerate() {
            let loss = self.least_loss(&Holders::of_all(&spare, draft));
            if let Some(found) = loss.map(|loss| (draft.lacks.len(), loss, at)) {
                tried += 1;
                best = Some(best.map_or(found, |best| best.min(found)));
            }
            if tried >= MOST_DRAFTS {
                break;
            }
        }
        let draft = drafts.get(best.map_or(0, |(.., at)| at))?;
        let holders = Holders::of_all(&spare, draft);
        let mut held: Vec<usize> = (0..sessions.len())
            .filter(|at| !sessions[*at].fact)
            .filter(|at| {
                let session = &sessions[*at];
                serves(case, pin, session) || uses(case, pin, session) || holders.iter().any(|h| h.has(case, session))
            })
            .collect();
        let worth = |session: &Session| worth::of_session(case, session);
        // Where money is lacking, what counts is what a yuan does.
        let money = draft.lacks.iter().any(|lack| matches!(lack, Lack::Money { .. }));
        let fen = |session: &Session| session.funds.iter().map(|line| line.fen).sum::<i64>();
        // Who holds only some of what is lacking may set nothing free that helps.
        let wanting = |session: &Session| holders.iter().filter(|holder| !holder.has(case, session)).count();
        held.sort_by_cached_key(|at| {
            let session = &sessions[*at];
            let a_yuan = if money { worth(session).saturating_mul(100_000) / fen(session).max(1) } else { 0 };
            (!serves(case, pin, session), wanting(session), a_yuan, worth(session))
        });
        held.truncate(MOST_HOLDERS);
        // Unmet needs may fill the seats of the session that is drafted.
        let cell = (draft.project, draft.place, draft.start);
        let mut beside = spare.unmet();
        beside.retain(|other| spare.may(*other, cell));
        self.again(held.into_iter(), &beside)
    }

    /// What the least of the sessions that hold each of these is worth, all in all; `None` where nobody holds one.
    fn least_loss(&self, holders: &[Holders]) -> Option<i64> {
        let case = self.ground.case;
        let open = || self.ground.plan.sessions.iter().filter(|session| !session.fact);
        let least = |holder: &Holders| {
            open().filter(|session| holder.has(case, session)).map(|session| worth::of_session(case, session)).min()
        };
        holders.iter().map(least).try_fold(0i64, |sum, least| Some(sum.saturating_add(least?)))
    }

    /// The best plan that does what is asked with all but these sessions as they are; needs that stand `beside` may be
    /// served more.
    fn again(&self, rivals: impl Iterator<Item = usize>, beside: &[NeedId]) -> Option<Box<Plan>> {
        let open = self.pin.need.into_iter().chain(beside.iter().copied()).collect();
        let (plan, report) = around(&self.case, &rivals.collect(), open, (STEPS, usize::MAX))?;
        let report = unanchored(self.ground.case, &plan, report);
        reported(self.ground, plan, report)
    }
}

fn units(session: &Session) -> i64 {
    session.needs.iter().map(|line| line.units).sum()
}

fn serves(case: &Case, pin: &Pin, session: &Session) -> bool {
    session.needs.iter().any(|line| case.need(&line.need) == pin.need)
}

fn uses(case: &Case, pin: &Pin, session: &Session) -> bool {
    let Some(id) = pin.resource.map(|row| case.resources[row.index()].id.as_str()) else { return false };
    session.venue.as_deref() == Some(id) || session.staff.iter().any(|seat| seat.resource == id)
}

/// Whether a session serves the need, or is of a project that could and takes money, people or seats that it would need.
fn competes(case: &Case, pin: &Pin, session: &Session) -> bool {
    if session.fact {
        return false;
    }
    let project = case.project(&session.project);
    let same = project.is_some_and(|of: ProjectId| pin.project.is_none_or(|asked| asked == of));
    serves(case, pin, session) || uses(case, pin, session) || (same && may_serve(case, pin, project))
}

fn may_serve(case: &Case, pin: &Pin, project: Option<ProjectId>) -> bool {
    let (Some(need), Some(project)) = (pin.need, project) else { return false };
    let (row, of) = (&case.needs[need.index()], &case.projects[project.index()]);
    row.services.iter().any(|service| of.services.contains(service))
}
