//! What a plan leaves of members, rooms, money and items.

use std::collections::BTreeMap;

use crate::lists::{Case, Kind, PeriodId, ResourceId};
use crate::model::{Facts, of_kind};
use crate::plan::{Plan, Session};

/// Load of members (rooms: sessions) of a row, by member and period.
type Loads = BTreeMap<i64, Vec<i64>>;

/// A session's hold on a row: the session, and the periods in which it holds it.
type Hold = (usize, std::ops::Range<usize>);

/// What is left.
pub(super) struct Left<'a> {
    case: &'a Case,
    facts: &'a Facts,
    sessions: &'a [Session],
    /// By row, what the plan asks of its members, facts included.
    loads: Vec<Loads>,
    /// By row, the sessions that hold members of it, facts apart: they cannot give way.
    held: Vec<Vec<Hold>>,
    /// Fen of funds and items of stocks, by row.
    pub supplies: Vec<i64>,
    /// What each member has used up of its total, facts included.
    totals: Vec<BTreeMap<i64, i64>>,
    /// The rows of funds.
    pub funds: Vec<ResourceId>,
    /// The rows of stocks.
    pub stocks: Vec<ResourceId>,
}

/// For every row and every first period: how many of its members could carry a load over some periods running. Rows that
/// are not there in one of them have none.
pub(super) struct Hands {
    periods: usize,
    /// Members whom facts leave enough.
    able: Vec<i64>,
    /// Those of them whom the plan leaves enough.
    free: Vec<i64>,
}

impl Hands {
    /// Members of a row that could from a period on, and those that are free to.
    pub fn of(&self, row: ResourceId, from: usize) -> (i64, i64) {
        let at = row.index() * self.periods + from;
        (self.able[at], self.free[at])
    }
}

impl<'a> Left<'a> {
    /// Counts what the sessions and launches of a plan use.
    pub fn new(case: &'a Case, facts: &'a Facts, plan: &'a Plan) -> Self {
        let mut left = Left {
            case,
            facts,
            sessions: &plan.sessions,
            loads: vec![Loads::new(); case.resources.len()],
            held: vec![Vec::new(); case.resources.len()],
            totals: vec![BTreeMap::new(); case.resources.len()],
            supplies: case.resources.iter().map(|row| row.amount).collect(),
            funds: of_kind(case, Kind::Fund),
            stocks: of_kind(case, Kind::Goods),
        };
        for (position, session) in plan.sessions.iter().enumerate() {
            left.use_up(position, session);
        }
        for line in plan.launches.iter().flat_map(|launch| &launch.funds) {
            left.draw(&line.fund, line.fen);
        }
        left
    }

    fn use_up(&mut self, position: usize, session: &Session) {
        let case = self.case;
        session.funds.iter().for_each(|line| self.draw(&line.fund, line.fen));
        session.goods.iter().for_each(|line| self.draw(&line.stock, line.n));
        let Some(start) = case.period(&session.period) else { return };
        let project = case.project(&session.project).map(|id| &case.projects[id.index()]);
        let span = project.map_or(1, |project| usize::try_from(project.span).unwrap_or(1));
        let whole = start.index()..(start.index() + span).min(case.periods.len());
        for seat in &session.staff {
            let post = project.and_then(|project| project.posts.iter().find(|post| post.number == seat.post));
            let periods = match seat.period.as_deref().and_then(|period| case.period(period)) {
                Some(period) => period.index()..period.index() + 1,
                None => whole.clone(),
            };
            let load = post.map_or(1, |post| post.load);
            self.take((position, session), (&seat.resource, seat.member), load, periods);
        }
        if let (Some(venue), Some(room)) = (&session.venue, session.room) {
            self.take((position, session), (venue, room), 1, whole);
        }
    }

    fn take(
        &mut self,
        (position, session): (usize, &Session),
        (row, member): (&str, i64),
        load: i64,
        periods: std::ops::Range<usize>,
    ) {
        let Some(row) = self.case.resource(row) else { return };
        let count = self.case.periods.len();
        // A room's total counts sessions, a member's counts its load in every period.
        let each = if self.case.resources[row.index()].kind == Kind::Venue { 1 } else { periods.len() as i64 };
        let total = self.totals[row.index()].entry(member).or_insert(0);
        *total = total.saturating_add(load.saturating_mul(each));
        let loads = self.loads[row.index()].entry(member).or_insert_with(|| vec![0; count]);
        loads[periods.clone()].iter_mut().for_each(|taken| *taken = taken.saturating_add(load));
        if !session.fact {
            self.held[row.index()].push((position, periods));
        }
    }

    fn draw(&mut self, row: &str, amount: i64) {
        if let Some(row) = self.case.resource(row) {
            let left = &mut self.supplies[row.index()];
            *left = left.saturating_sub(amount);
        }
    }

    /// How many members of each row of a kind could carry a load in each of so many periods.
    pub fn hands(&self, kind: Kind, load: i64, length: usize) -> Hands {
        let (case, periods) = (self.case, self.case.periods.len());
        let mut hands = Hands { periods, able: vec![0; case.resources.len() * periods], free: Vec::new() };
        // A room's total counts sessions, a member's counts its load in every period.
        let of_all = if kind == Kind::Venue { load } else { load.saturating_mul(length as i64) };
        hands.free.clone_from(&hands.able);
        for row in of_kind(case, kind) {
            let resource = &case.resources[row.index()];
            if load > resource.per_period || resource.total.is_some_and(|total| of_all > total) {
                continue;
            }
            for from in 0..(periods + 1).saturating_sub(length) {
                let window = from..from + length;
                if !window.clone().all(|period| resource.periods.contains(PeriodId::from(period))) {
                    continue;
                }
                let tired = |member: &i64| {
                    let total = self.facts.load_total(row, *member);
                    let past = |period: usize| self.facts.load(row, *member, PeriodId::from(period));
                    resource.total.is_some_and(|most| total + of_all > most)
                        || window.clone().any(|period| past(period) + load > resource.per_period)
                };
                let busy = |member: &i64, taken: &[i64]| {
                    let total = self.totals[row.index()].get(member).copied().unwrap_or(0);
                    resource.total.is_some_and(|most| total + of_all > most)
                        || taken[window.clone()].iter().any(|taken| taken + load > resource.per_period)
                };
                let known = |member: &i64| (1..=resource.count).contains(member);
                let used = self.facts.members_used(row).iter();
                let out: Vec<i64> = used.filter(|member| known(member) && tired(member)).copied().collect();
                let on = self.loads[row.index()].iter().filter(|(member, taken)| known(member) && busy(member, taken));
                let on = on.filter(|(member, _)| out.binary_search(member).is_err()).count();
                let at = row.index() * periods + from;
                hands.able[at] = resource.count - i64::try_from(out.len()).unwrap_or(i64::MAX);
                hands.free[at] = hands.able[at] - i64::try_from(on).unwrap_or(i64::MAX);
            }
        }
        hands
    }

    /// Ids of sessions that hold members of a row in one of some periods.
    pub fn holders(&self, row: ResourceId, periods: &std::ops::Range<usize>) -> impl Iterator<Item = &'a str> {
        let on = self.held[row.index()].iter().filter(|(_, held)| held.start < periods.end && periods.start < held.end);
        let sessions = self.sessions;
        on.map(|(position, _)| sessions[*position].id.as_str())
    }
}
