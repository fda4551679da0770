//! Limits of `resources 资源清单`.
//!
//! Not among them: `roles`, the tags of `skills` and the place of a venue say what is there; that something is not there
//! is a fact (a skill that is asked for and held by nobody shows as the limit that asks for it).

use super::limit::{self, Limit, Target};
use super::stake::Stake;
use crate::lists::{Case, Kind, PeriodSet, Resource, ResourceId, RuleKind, Symbol, Table};

/// A cell of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ResourceCell {
    /// When the skills held are valid.
    Skills,
    Place,
    Reach,
    Count,
    Periods,
    PerPeriod,
    Total,
    Amount,
    Projects,
    Exclude,
    Services,
    Places,
    Seats,
}

/// The limits of one resource.
pub(super) fn list(case: &Case, id: ResourceId, out: &mut Vec<Limit>) {
    let row = &case.resources[id.index()];
    let mut add = |cell, column, value| {
        let target = Target::Resource(id, cell);
        out.push(Limit { table: Table::Resources, row: Some(row.row), column: Some(column), value, target });
    };
    let people = row.kind == Kind::Staff;
    if people && row.skills.iter().any(|s| !s.periods.is_all()) {
        let skills = row.skills.iter().map(|s| match s.periods.is_all() {
            true => case.text(s.tag).to_owned(),
            false => format!("{}@{}", case.text(s.tag), limit::periods(case, &s.periods)),
        });
        add(ResourceCell::Skills, "skills", limit::joined(skills));
    }
    if let (Some(place), true) = (row.place, people) {
        add(ResourceCell::Place, "place", case.places[place.index()].id.clone());
        add(ResourceCell::Reach, "reach_minutes", row.reach_minutes.to_string());
    }
    if people || row.kind == Kind::Venue {
        add(ResourceCell::Count, "count", row.count.to_string());
        add(ResourceCell::PerPeriod, "per_period", row.per_period.to_string());
        if let Some(total) = row.total {
            add(ResourceCell::Total, "total", total.to_string());
        }
    } else {
        let amount = if row.kind == Kind::Fund { limit::yuan(row.amount) } else { row.amount.to_string() };
        add(ResourceCell::Amount, "amount", amount);
    }
    if !row.periods.is_all() {
        add(ResourceCell::Periods, "periods", limit::periods(case, &row.periods));
    }
    if let Some(list) = &row.projects {
        add(ResourceCell::Projects, "projects", limit::projects(case, list));
    }
    if !row.exclude.is_empty() {
        add(ResourceCell::Exclude, "exclude", limit::projects(case, &row.exclude));
    }
    if let Some(list) = &row.services {
        add(ResourceCell::Services, "services", limit::words(case, list));
    }
    if let Some(list) = &row.places {
        add(ResourceCell::Places, "places", limit::places(case, list));
    }
    if let (Some(seats), Kind::Venue) = (row.seats, row.kind) {
        add(ResourceCell::Seats, "seats", seats.to_string());
    }
}

/// Lifts a cell. Skills that a ratio or window rule counts (`counted`) keep their validity: holding one longer can
/// break such a rule.
pub(super) fn lift(row: &mut Resource, cell: ResourceCell, stake: &Stake, counted: &[Symbol]) {
    match cell {
        ResourceCell::Skills => {
            let mut skills = row.skills.to_vec();
            skills.iter_mut().filter(|s| !counted.contains(&s.tag)).for_each(|s| s.periods = PeriodSet::all());
            row.skills = skills.into();
        }
        ResourceCell::Place => row.place = None,
        ResourceCell::Reach => row.reach_minutes = i64::MAX,
        // See `enlarge`: how many members are enough hangs on other cells.
        ResourceCell::Count => {}
        ResourceCell::Periods => row.periods = PeriodSet::all(),
        ResourceCell::PerPeriod => row.per_period = row.per_period.max(stake.load.max(stake.sessions)),
        ResourceCell::Total => row.total = None,
        ResourceCell::Amount => row.amount = row.amount.saturating_add(stake.purse),
        ResourceCell::Projects => row.projects = None,
        ResourceCell::Exclude => row.exclude = [].into(),
        ResourceCell::Services => row.services = None,
        ResourceCell::Places => row.places = None,
        ResourceCell::Seats => row.seats = None,
    }
}

/// Gives a row as many members as any plan may need; the last of its cells to be lifted.
///
/// Many members with a limit each are as good as the members of one session without: so the question stays small.
/// Not where a window rule looks at each member, or where a limit is less than one turn.
pub(super) fn enlarge(case: &mut Case, id: ResourceId, stake: &Stake) {
    let row = &case.resources[id.index()];
    let staff = row.kind == Kind::Staff;
    let windowed = staff && case.rules.iter().any(|rule| rule.kind == RuleKind::Window);
    let projects = case.projects.iter().zip(&stake.projects).filter(|(_, at_stake)| **at_stake).map(|(p, _)| p);
    let turns = projects.flat_map(|p| p.posts.iter().map(|post| (post, p.span)));
    let mine = turns.filter(|(post, _)| staff && row.roles.binary_search(&post.role).is_ok());
    let (turn, whole) = mine
        .fold((1, 1), |(turn, whole), (post, span)| (post.load.max(turn), post.load.saturating_mul(span).max(whole)));
    let roomy = row.per_period >= turn && row.total.is_none_or(|total| total >= whole);
    let of_session = if staff { stake.members } else { 1 };
    let row = &mut case.resources[id.index()];
    if windowed || !roomy {
        row.count = row.count.max(stake.sessions.saturating_mul(of_session).min(MOST_MEMBERS));
        return;
    }
    row.count = row.count.max(of_session.min(MOST_MEMBERS));
    row.per_period = row.per_period.max(stake.load.max(stake.sessions));
    row.total = None;
}

/// Members of a row whose `count` is lifted at most, so that a question stays small.
const MOST_MEMBERS: i64 = 10_000;
