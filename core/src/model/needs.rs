//! Classes of like needs: rows that differ in nothing but id, title and quantity are one need with the sum of their units.
//!
//! That is exact where units are all that a row limits: whatever the class is served, session by session, can be dealt out
//! to its rows, since a row has no limit but its quantity. A row with a limit of its own on single sessions, periods or
//! projects stands alone, and so does one that a pin or the plan before names.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Facts;
use crate::lists::{Case, Fit, FitWorth, ItemCount, Need, NeedId, PeriodSet, PlaceId, ProjectId, Symbol, Term};

/// Needs, like ones folded.
pub struct NeedClasses {
    /// By need: units of its class that may still be served, where it stands for the class; 0 where another does.
    open: Vec<i64>,
    /// The rows of each class of several, by the row that stands for it, with the units of each; in order of ids.
    rows: BTreeMap<NeedId, Vec<(NeedId, i64)>>,
}

impl NeedClasses {
    /// Folds the needs of a case; the first row of a class stands for it.
    pub(super) fn fold(case: &Case, facts: &Facts) -> Self {
        let mut folded = NeedClasses { open: vec![0; case.needs.len()], rows: BTreeMap::new() };
        let apart = apart(case, facts);
        let mut first: BTreeMap<Likeness, NeedId> = BTreeMap::new();
        let mut fits = &case.fits[..];
        for (index, need) in case.needs.iter().enumerate() {
            let id = NeedId::from(index);
            let (of_need, rest) = fits.split_at(fits.iter().take_while(|fit| fit.need == id).count());
            fits = rest;
            let units = facts.open_units(id);
            let stands = if apart[index] { id } else { *first.entry(Likeness::of(need, of_need)).or_insert(id) };
            if stands != id {
                let units_of_first = folded.open[stands.index()];
                folded.rows.entry(stands).or_insert_with(|| vec![(stands, units_of_first)]).push((id, units));
            }
            folded.open[stands.index()] = folded.open[stands.index()].saturating_add(units);
        }
        folded
    }

    /// Units of a need, or of the class that it stands for, that may still be served.
    pub fn open_units(&self, need: NeedId) -> i64 {
        self.open[need.index()]
    }

    /// The rows of the class that a need stands for, with the units of each; empty where it stands for itself alone.
    pub fn rows(&self, need: NeedId) -> &[(NeedId, i64)] {
        self.rows.get(&need).map_or(&[], Vec::as_slice)
    }

    /// Deals so many units of a need out to the rows of its class, in order of ids: to each the part that it asks for of all
    /// that the class asks for. What rounding leaves goes to the largest remainders, of equal ones to the first.
    pub fn deal(&self, need: NeedId, served: i64) -> Vec<(NeedId, i64)> {
        let rows = self.rows(need);
        if rows.is_empty() {
            return vec![(need, served)];
        }
        let all = i128::from(self.open_units(need)).max(1);
        let part = |units: i64| i128::from(units) * i128::from(served);
        let whole = |units: i64| i64::try_from(part(units) / all).expect("a part is at most what is served");
        let mut shares: Vec<(NeedId, i64)> = rows.iter().map(|&(row, units)| (row, whole(units))).collect();
        let left = served - shares.iter().map(|share| share.1).sum::<i64>();
        let mut order: Vec<usize> = (0..rows.len()).collect();
        // Remainders add up to what is left, so that whoever gets one more has a remainder, and not yet all it asks for.
        order.sort_by_key(|&at| Reverse(part(rows[at].1) % all));
        for &at in order.iter().take(usize::try_from(left).unwrap_or(0)) {
            shares[at].1 += 1;
        }
        shares.retain(|share| share.1 > 0);
        shares
    }
}

/// Needs that fold with no other.
fn apart(case: &Case, facts: &Facts) -> Vec<bool> {
    let alone = |need: &Need| need.whole || need.one_project || need.per_period.is_some() || need.person.is_some();
    let mut apart: Vec<bool> = case.needs.iter().map(alone).collect();
    let pinned = case.pins.iter().filter_map(|pin| pin.need);
    let changes = case.settings.levels.iter().flatten().any(|term| *term == Term::Changes);
    let before = case.previous.iter().flat_map(|plan| plan.sessions.iter().enumerate());
    let named = before
        .filter(|(position, _)| changes || facts.sessions.binary_search(position).is_ok())
        .flat_map(|(_, session)| session.needs.iter().filter_map(|served| case.need(&served.need)));
    for need in pinned.chain(named) {
        apart[need.index()] = true;
    }
    apart
}

/// Everything by which two rows can differ for a plan, quantities apart.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Likeness<'a> {
    place: PlaceId,
    reach_minutes: i64,
    priority: i64,
    must: bool,
    unit: Symbol,
    group: Symbol,
    fits: Vec<(ProjectId, FitWorth, i64)>,
    periods: &'a PeriodSet,
    services: &'a [Symbol],
    audience: &'a [Symbol],
    projects: Option<&'a [ProjectId]>,
    exclude: &'a [ProjectId],
    goods: &'a [ItemCount],
}

impl<'a> Likeness<'a> {
    fn of(need: &'a Need, fits: &[Fit]) -> Self {
        Likeness {
            place: need.place,
            reach_minutes: need.reach_minutes,
            priority: need.priority,
            must: need.must,
            unit: need.unit,
            group: need.group,
            fits: fits.iter().map(|fit| (fit.project, fit.worth, fit.load)).collect(),
            periods: &need.periods,
            services: &need.services,
            audience: &need.audience,
            projects: need.projects.as_deref(),
            exclude: &need.exclude,
            goods: &need.goods,
        }
    }
}
