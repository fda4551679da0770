//! Which scarce things bind most.
//!
//! A thing binds where whole sessions for unmet needs lack it and, at most, money beside it. Money is held at what it
//! brings where it brings least: sessions there may give it up. This only orders; what anything is worth is shown by
//! solving.

use std::collections::BTreeMap;

use super::changes::Change;
use super::gaps::{Candidate, MOST_CELLS, MOST_NEEDS};
use super::ground::Ground;
use super::spare::{Lack, Spare, runs};
use super::worth;
use crate::fit;
use crate::lists::{Case, Kind, NeedId, PlaceId, ResourceId};

/// Sessions that bring least for their money and may give it up.
const CHEAP: usize = 8;

/// The candidates that bind most first, each with the needs that lack it. The sessions that are `cheap` say what money
/// brings where it brings least.
pub(super) fn ordered(ground: &Ground, list: Vec<Candidate>, cheap: &[usize]) -> Vec<Candidate> {
    let case = ground.case;
    let spare = Spare::new(case, ground.plan);
    let index = Index::new(case, &list);
    let rate = rate(ground, cheap);
    let beside = spare.unmet();
    let mut lacking: Vec<Vec<(i64, NeedId)>> = vec![Vec::new(); list.len()];
    for need in beside.iter().take(MOST_NEEDS) {
        let mut best: BTreeMap<usize, i64> = BTreeMap::new();
        for cell in spare.cells(*need).into_iter().take(MOST_CELLS) {
            let Some(draft) = spare.draft(*need, cell, &beside, None) else { continue };
            let (money, others): (Vec<&Lack>, Vec<&Lack>) =
                draft.lacks.iter().partition(|lack| matches!(lack, Lack::Money { .. }));
            let fen: i64 = money.iter().map(|lack| if let Lack::Money { fen, .. } = lack { *fen } else { 0 }).sum();
            let (lacks, worth) = match others[..] {
                [] => (money, draft.worth),
                [one] => (vec![one], draft.worth.saturating_sub(rate.worth_of(fen))),
                _ => continue,
            };
            if worth > 0 {
                for candidate in lacks.into_iter().flat_map(|lack| index.that_supply(&spare, lack)) {
                    let known = best.entry(candidate).or_default();
                    *known = worth.max(*known);
                }
            }
        }
        best.into_iter().for_each(|(candidate, worth)| lacking[candidate].push((worth, *need)));
    }
    let mut rated: Vec<(i64, Candidate)> = Vec::new();
    for (mut candidate, mut needs) in list.into_iter().zip(lacking) {
        needs.sort_by_key(|(worth, need)| (-worth, *need));
        let sum = needs.iter().map(|(worth, _)| *worth).fold(0i64, i64::saturating_add);
        candidate.needs = needs.into_iter().map(|(_, need)| need).collect();
        rated.push((sum, candidate));
    }
    rated.sort_by_key(|(sum, _)| -sum);
    rated.into_iter().map(|(_, candidate)| candidate).collect()
}

/// Positions of sessions that bring least for their money, where a fund of theirs is all but spent: what is scarce beside
/// money is worth something only where they may give it up.
pub(super) fn cheapest(ground: &Ground) -> Vec<usize> {
    let case = ground.case;
    let left = Spare::new(case, ground.plan).left_over();
    let spent = |id: &str| {
        case.resource(id).is_some_and(|row| {
            let amount = case.resources[row.index()].amount;
            left[row.index()].saturating_mul(20) <= amount
        })
    };
    let mut paid: Vec<(i128, usize)> = Vec::new();
    for (at, session) in ground.plan.sessions.iter().enumerate() {
        let fen: i64 = session.funds.iter().map(|line| line.fen).sum();
        if !session.fact && fen > 0 && session.funds.iter().any(|line| spent(&line.fund)) {
            paid.push((i128::from(worth::of_session(case, session)) * 1_000_000 / i128::from(fen), at));
        }
    }
    paid.sort_unstable();
    paid.into_iter().take(CHEAP).map(|(_, at)| at).collect()
}

/// So much worth for so many fen.
struct Rate(i64, i64);

/// What money brings in these sessions.
fn rate(ground: &Ground, cheap: &[usize]) -> Rate {
    let sessions = cheap.iter().map(|at| &ground.plan.sessions[*at]);
    sessions.fold(Rate(0, 0), |Rate(all, fen), session| {
        let paid = session.funds.iter().map(|line| line.fen).fold(fen, i64::saturating_add);
        Rate(all.saturating_add(worth::of_session(ground.case, session)), paid)
    })
}

impl Rate {
    fn worth_of(&self, fen: i64) -> i64 {
        let worth = i128::from(self.0) * i128::from(fen) / i128::from(self.1.max(1));
        i64::try_from(worth).unwrap_or(i64::MAX)
    }
}

/// Candidates by row, and by period where they are for one.
struct Index {
    of: BTreeMap<(ResourceId, Option<usize>), usize>,
    /// Those that are no staff.
    others: Vec<(ResourceId, Option<usize>, usize)>,
    places: Vec<Option<PlaceId>>,
}

impl Index {
    fn new(case: &Case, list: &[Candidate]) -> Self {
        let (mut of, mut places) = (BTreeMap::new(), Vec::new());
        for (at, candidate) in list.iter().enumerate() {
            let (place, periods) = match candidate.changes.first() {
                Some(Change::Recruit { place, periods, .. } | Change::Room { place, periods, .. }) => {
                    (case.place(place), &periods[..])
                }
                _ => (None, &[][..]),
            };
            places.push(place);
            let period = periods.first().and_then(|period| case.period(period)).map(|period| period.index());
            of.extend(candidate.resources.iter().filter_map(|id| case.resource(id)).map(|row| ((row, period), at)));
        }
        let staff = |row: &ResourceId| case.resources[row.index()].kind == Kind::Staff;
        let others = of.iter().filter(|((row, _), _)| !staff(row)).map(|((row, period), at)| (*row, *period, *at));
        Index { others: others.collect(), of, places }
    }

    /// Candidates that would supply what is lacking.
    fn that_supply(&self, spare: &Spare, lack: &Lack) -> Vec<usize> {
        let case = spare.case;
        let mut found: Vec<usize> = match lack {
            Lack::Staff { cell, post, periods: (from, to), .. } => {
                let project = &case.projects[cell.0.index()];
                let Some(post) = project.posts.iter().find(|known| known.number == *post) else { return Vec::new() };
                let here = |at: &&usize| {
                    // Someone new reaches what the place covers.
                    let from = self.places[**at];
                    from.is_none_or(|from| spare.geography.reach(Some(from), 0, cell.1).is_some())
                };
                let when = if to - from == 1 { Some(*from) } else { None };
                let rows = spare.qualified(*cell, post, *from..*to, None).into_iter();
                rows.flat_map(|(row, _)| [self.of.get(&(row, when)), self.of.get(&(row, None))])
                    .flatten()
                    .filter(here)
                    .copied()
                    .collect()
            }
            Lack::Room { project: id, place, start } => {
                let project = &case.projects[id.index()];
                let hosts = |row: ResourceId| {
                    let row = &case.resources[row.index()];
                    row.kind == Kind::Venue && fit::may_host(case, row, *id, project, *place, *start, &spare.geography)
                };
                let runs = runs(project, *start);
                let alone = |period: Option<usize>| runs.len() == 1 && period == Some(runs.start);
                self.others
                    .iter()
                    .filter(|(row, period, _)| alone(*period) && hosts(*row))
                    .map(|(.., at)| *at)
                    .collect()
            }
            Lack::Money { project, place, start, .. } => self.supplies(spare, Kind::Fund, (*project, *place, *start)),
            Lack::Items { project, place, start, .. } => self.supplies(spare, Kind::Goods, (*project, *place, *start)),
            Lack::Sessions { .. } | Lack::PerCell { .. } | Lack::People { .. } => Vec::new(),
        };
        found.sort_unstable();
        found.dedup();
        found
    }

    fn supplies(&self, spare: &Spare, kind: Kind, (id, place, start): super::spare::Cell) -> Vec<usize> {
        let project = &spare.case.projects[id.index()];
        let may = |row: ResourceId| {
            let row = &spare.case.resources[row.index()];
            row.kind == kind && fit::may_supply(&spare.geography, row, (id, project), place, start)
        };
        self.others.iter().filter(|(row, ..)| may(*row)).map(|(.., at)| *at).collect()
    }
}
