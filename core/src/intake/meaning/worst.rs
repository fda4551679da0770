//! The worst value that each level could take: a case in which it could exceed 2⁵³ − 1 is an error, so that every
//! number of a plan is exact in every language.
//!
//! The bounds are generous (each unit in a session of its own, each member at the end of its reach) but finite, and far
//! below the limit for any case of this world.

use std::collections::BTreeMap;

use super::findings::{At, Findings, details};
use super::previous;
use crate::lists::{Case, FitWorth, Kind, Post, Project, RuleKind, Symbol, Table, Term};
use crate::problem::Code;

/// 2⁵³ − 1.
const LARGEST_VALUE: i128 = (1 << 53) - 1;

/// Reports each level whose worst value is too large. `combinations` of each rule.
pub(super) fn check(case: &Case, combinations: &[i128], findings: &mut Findings) {
    let bounds = Bounds::of(case);
    for (position, level) in case.settings.levels.iter().enumerate() {
        let of_term = |term: &Term| {
            let weight = i128::from(case.settings.weights.of(*term));
            weight.saturating_mul(bounds.term(case, combinations, *term))
        };
        let worst = level.iter().map(of_term).fold(0, i128::saturating_add);
        if worst > LARGEST_VALUE {
            let at = At { table: Table::Settings, row: None, column: None };
            findings.add(at, Code::LevelTooLarge, "", details![position + 1, worst]);
        }
    }
}

/// Quantities that several terms need.
struct Bounds {
    /// Σ quantity of all needs.
    units: i128,
    /// Member-periods of all sessions.
    member_periods: i128,
    /// Members of all sessions.
    members: i128,
    /// Load carried in all sessions.
    load: i128,
    /// The longest span.
    span: i128,
}

impl Bounds {
    fn of(case: &Case) -> Self {
        let units = sum(case.needs.iter().map(|need| i128::from(need.quantity)));
        let mut bounds = Bounds { units, member_periods: 0, members: 0, load: 0, span: 1 };
        let horizon = i128::try_from(case.periods.len()).unwrap_or(1);
        let mut most = [0i128; 3];
        for project in &case.projects {
            // A session that fits runs no longer than the horizon.
            let span = i128::from(project.span).min(horizon);
            bounds.span = bounds.span.max(span);
            let members = sum(project.posts.iter().map(|post| members(project, post)));
            let rotating = span.saturating_mul(members);
            let load = sum(project.posts.iter().map(|post| members_load(project, post))).saturating_mul(span);
            most = [most[0].max(rotating), most[1].max(rotating), most[2].max(load)];
        }
        // Every session serves at least one unit.
        bounds.member_periods = units.saturating_mul(most[0]);
        bounds.members = units.saturating_mul(most[1]);
        bounds.load = units.saturating_mul(most[2]).min(capacity(case, horizon).saturating_add(fact_load(case)));
        bounds
    }

    /// The largest absolute value of a term, unweighted.
    fn term(&self, case: &Case, combinations: &[i128], term: Term) -> i128 {
        match term {
            Term::Must => {
                let must = case.needs.iter().filter(|need| need.must);
                sum(must.map(|need| i128::from(need.priority) * i128::from(need.quantity)))
            }
            Term::Quota => {
                let quota = |(rule, combinations): (&crate::lists::Rule, &i128)| {
                    let counts = !matches!(rule.kind, RuleKind::Ratio | RuleKind::Window);
                    let min = i128::from(rule.min.filter(|_| counts).unwrap_or(0));
                    min.saturating_mul(i128::from(rule.weight)).saturating_mul(*combinations)
                };
                sum(case.rules.iter().zip(combinations).map(quota))
            }
            Term::Coverage => coverage(case),
            Term::Cost => self.cost(case),
            Term::Travel => self.travel(case),
            Term::Turns => self.load,
            Term::Changes => changes(case),
            Term::Prefers => self.members,
            Term::Quality => self.quality(case),
        }
    }

    /// What funds hold, and what staff and venues cost at the end of their limits.
    fn cost(&self, case: &Case) -> i128 {
        let horizon = i128::try_from(case.periods.len()).unwrap_or(1);
        let of_row = |row: &crate::lists::Resource| match row.kind {
            Kind::Fund => i128::from(row.amount),
            Kind::Goods => 0,
            Kind::Staff => i128::from(row.cost_fen).saturating_mul(row_capacity(row, horizon)),
            Kind::Venue => {
                let periods = row_capacity(row, horizon)
                    .saturating_mul(self.span)
                    .min(i128::from(row.count).saturating_mul(i128::from(row.per_period)).saturating_mul(horizon));
                i128::from(row.cost_fen).saturating_mul(periods)
            }
        };
        let rows = sum(case.resources.iter().map(of_row));
        let dearest = case.resources.iter().map(|row| i128::from(row.cost_fen)).max().unwrap_or(0);
        rows.saturating_add(fact_load(case).saturating_mul(dearest))
    }

    /// Every member at the end of its reach; every unit at the end of its own and the project's together.
    fn travel(&self, case: &Case) -> i128 {
        let staff = case.resources.iter().filter(|row| row.kind == Kind::Staff && row.place.is_some());
        let farthest = staff.map(|row| i128::from(row.reach_minutes)).max().unwrap_or(0);
        let members = self.member_periods.saturating_mul(farthest);
        let needs = case.needs.iter();
        let units = sum(needs.map(|need| i128::from(need.quantity) * i128::from(need.reach_minutes)));
        members.saturating_add(units.saturating_mul(self.span))
    }

    fn quality(&self, case: &Case) -> i128 {
        let of_project = case.projects.iter().map(|project| i128::from(project.quality).abs()).max().unwrap_or(0);
        let mut of_fit: BTreeMap<u32, i128> = BTreeMap::new();
        for fit in &case.fits {
            if let FitWorth::Points(points) = fit.worth {
                let most = of_fit.entry(fit.need.0).or_default();
                *most = (*most).max(i128::from(points).abs());
            }
        }
        let fits =
            of_fit.iter().map(|(need, points)| i128::from(case.needs[*need as usize].quantity).saturating_mul(*points));
        self.units.saturating_mul(of_project).saturating_add(sum(fits))
    }
}

/// A sum that stops at the largest number.
fn sum(numbers: impl Iterator<Item = i128>) -> i128 {
    numbers.fold(0, i128::saturating_add)
}

/// Members of a post in a session, stand-bys included.
fn members(project: &Project, post: &Post) -> i128 {
    let count = i128::from(post.count);
    let started = post.per_units.map_or(1, |per| (i128::from(project.size) + i128::from(per) - 1) / i128::from(per));
    count.saturating_mul(started).saturating_add(i128::from(post.reserve))
}

fn members_load(project: &Project, post: &Post) -> i128 {
    members(project, post).saturating_mul(i128::from(post.load))
}

/// The load that all staff can carry.
fn capacity(case: &Case, horizon: i128) -> i128 {
    sum(case.resources.iter().filter(|row| row.kind == Kind::Staff).map(|row| row_capacity(row, horizon)))
}

/// The load (venues: sessions) that a row can carry over the horizon.
fn row_capacity(row: &crate::lists::Resource, horizon: i128) -> i128 {
    let by_period = i128::from(row.per_period).saturating_mul(horizon);
    let each = row.total.map_or(by_period, |total| by_period.min(i128::from(total)));
    each.saturating_mul(i128::from(row.count))
}

/// The load of facts, which may exceed every limit.
fn fact_load(case: &Case) -> i128 {
    let heaviest = case.projects.iter().flat_map(|p| &p.posts).map(|post| i128::from(post.load)).max().unwrap_or(1);
    let longest = i128::try_from(case.periods.len()).unwrap_or(1);
    let seats = previous::facts(case).map(|session| i128::try_from(session.staff.len()).unwrap_or(0));
    sum(seats).saturating_mul(heaviest).saturating_mul(longest)
}

/// Units and members of the previous plan that could all be gone.
fn changes(case: &Case) -> i128 {
    let sessions = case.previous.iter().flat_map(|plan| &plan.sessions);
    sum(sessions.map(|session| {
        let units = sum(session.needs.iter().map(|served| i128::from(served.units)));
        units.saturating_add(i128::try_from(session.staff.len()).unwrap_or(0))
    }))
}

/// Every group served in full.
fn coverage(case: &Case) -> i128 {
    let mut groups: BTreeMap<Symbol, i128> = BTreeMap::new();
    for need in &case.needs {
        let whole = groups.entry(need.group).or_default();
        *whole = whole.saturating_add(i128::from(need.priority) * i128::from(need.quantity));
    }
    sum(groups.values().map(|whole| {
        let mut before = 0i128;
        sum(case.settings.fairness.iter().map(|step| {
            let share = whole.saturating_mul(i128::from(step.share_numerator));
            let denominator = i128::from(step.share_denominator);
            let upto = share.saturating_add(denominator - 1) / denominator;
            let part = upto - before;
            before = upto;
            part.saturating_mul(i128::from(step.multiplier))
        }))
    }))
}
