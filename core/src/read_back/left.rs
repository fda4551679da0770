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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::fit::Geography;
    use crate::intake::sheets::from_json;

    /// A session of two periods: a post of load 2, a room, money and an item.
    fn session(id: &str, period: &str, member: i64, room: i64) -> Value {
        json!({
            "id": id, "project": "P1", "place": "C1", "period": period,
            "needs": [{"need": "N1", "units": 1}],
            "staff": [{"resource": "S1", "member": member, "post": 1, "role": "社工"}],
            "venue": "V1", "room": room,
            "funds": [{"fund": "F1", "fen": 3_000}],
            "goods": [{"stock": "G1", "item": "书包", "n": 1}],
        })
    }

    fn plan(mut sessions: Vec<Value>, facts: usize) -> Value {
        sessions.iter_mut().take(facts).for_each(|session| session["fact"] = json!(true));
        let launches = json!([{"project": "P1", "funds": [{"fund": "F1", "fen": 500}]}]);
        json!({"format": "sandan-plan/1", "sessions": sessions, "launches": launches})
    }

    /// Three members, two rooms; the second member and the first room have a past in T1 and T2.
    fn case() -> Case {
        let document = json!({
            "needs": [{"id": "N1", "place": "C1", "services": "帮扶", "quantity": 9}],
            "projects": [{"id": "P1", "services": "帮扶", "size": 1, "span": 2, "venue": "教室", "goods": "书包:1",
                "session_cost": "30", "launch_cost": "5"}],
            "requirements": [{"project": "P1", "role": "社工", "load": 2}],
            "resources": [
                {"id": "S1", "roles": "社工", "count": 3, "per_period": 2, "total": 6},
                {"id": "V1", "kind": "venue", "roles": "教室", "place": "C1", "count": 2, "seats": 9, "total": 2},
                {"id": "F1", "kind": "fund", "amount": "100"},
                {"id": "G1", "kind": "goods", "roles": "书包", "amount": 5},
            ],
            "periods": [{"id": "T1"}, {"id": "T2"}, {"id": "T3"}, {"id": "T4"}],
            "settings": [{"key": "freeze_before", "value": "T2"}],
            "previous": plan(vec![session("X", "T1", 2, 1)], 0),
        });
        from_json(&document.to_string()).understand().unwrap_or_else(|problems| panic!("{problems:?}")).case
    }

    /// What is left beside a fact and a session in T3 and T4, of the first member in the second room.
    fn with(check: impl Fn(&Case, &Left)) {
        let case = case();
        let facts = Facts::new(&case, &Geography::new(&case));
        let sessions = vec![session("X", "T1", 2, 1), session("Y", "T3", 1, 2)];
        let plan = Plan::from_json(&plan(sessions, 1).to_string()).expect("a plan");
        check(&case, &Left::new(&case, &facts, &plan));
    }

    #[test]
    fn money_and_items_are_what_sessions_and_launches_leave() {
        with(|case, left| {
            let of = |id: &str| left.supplies[case.resource(id).expect("a row").index()];
            assert_eq!((of("F1"), of("G1")), (10_000 - 2 * 3_000 - 500, 5 - 2));
            assert_eq!(
                (&*left.funds, &*left.stocks),
                (&of_kind(case, Kind::Fund)[..], &of_kind(case, Kind::Goods)[..])
            );
        });
    }

    #[test]
    fn members_are_free_for_a_load_or_only_able_to_carry_it() {
        with(|case, left| {
            let row = case.resource("S1").expect("a row");
            let of = |load, length| {
                let hands = left.hands(Kind::Staff, load, length);
                (0..4).map(|from| hands.of(row, from)).collect::<Vec<_>>()
            };
            // Two more periods of load 2 are beyond the total of the second, whose past is a fact, and of the first.
            assert_eq!(of(2, 2), [(2, 1), (2, 1), (2, 1), (0, 0)], "no window begins in the last period");
            // One period of load 1 is beyond what they can carry in the periods of their sessions alone.
            assert_eq!(of(1, 1), [(2, 2), (2, 2), (3, 2), (3, 2)]);
            assert_eq!(of(3, 1), [(0, 0); 4], "more than anyone carries in a period");
            assert_eq!(of(2, 4), [(0, 0); 4], "more than anyone carries in all");
        });
    }

    #[test]
    fn a_session_counts_once_in_the_total_of_a_room() {
        with(|case, left| {
            let row = case.resource("V1").expect("a row");
            let hands = left.hands(Kind::Venue, 1, 2);
            let of: Vec<(i64, i64)> = (0..4).map(|from| hands.of(row, from)).collect();
            assert_eq!(of, [(1, 1), (1, 0), (2, 1), (0, 0)]);
        });
    }

    #[test]
    fn facts_hold_nothing_that_could_be_given_up() {
        with(|case, left| {
            let of = |id: &str, periods: std::ops::Range<usize>| {
                left.holders(case.resource(id).expect("a row"), &periods).collect::<Vec<_>>()
            };
            for id in ["S1", "V1"] {
                assert!(of(id, 0..2).is_empty(), "{id}");
                assert_eq!((of(id, 1..3), of(id, 3..4)), (vec!["Y"], vec!["Y"]), "{id}");
            }
        });
    }
}
