//! Changes that would give a session what it lacks.

use crate::answers::changes::{Change, Prices};
use crate::answers::spare::{Draft, Lack, Spare};
use crate::fit;
use crate::lists::{Case, Kind, PeriodId, PeriodSet, Post, ProjectId, Resource, Skill};

/// Ways that are tried for each thing that is lacking.
const WAYS: usize = 5;
/// Rows that are looked at for each post.
const MOST_ROWS: usize = 400;

/// Sets of changes of which each gives a draft all that it lacks, the cheapest first: the cheapest way for everything,
/// then other ways for one thing at a time.
pub(in crate::answers) fn remedies(spare: &Spare, draft: &Draft, prices: &Prices) -> Vec<Vec<Change>> {
    let mut ways: Vec<Vec<Change>> = Vec::new();
    for lack in &draft.lacks {
        let mut found = of_lack(spare, lack);
        found.sort_by_key(|change| (prices.cost(change), change.clone()));
        found.dedup();
        let someone = found.iter().position(|change| matches!(change, Change::Recruit { .. }));
        // Someone new is always one of the ways, however dear.
        if let Some(at) = someone.filter(|at| *at >= WAYS) {
            found.swap(at, WAYS - 1);
        }
        found.truncate(WAYS);
        if found.is_empty() {
            return Vec::new();
        }
        ways.push(found);
    }
    let cheapest: Vec<Change> = ways.iter().map(|way| way[0].clone()).collect();
    let mut sets = vec![cheapest.clone()];
    for (at, way) in ways.iter().enumerate() {
        for other in &way[1..] {
            let mut set = cheapest.clone();
            set[at] = other.clone();
            sets.push(set);
        }
    }
    sets
}

fn of_lack(spare: &Spare, lack: &Lack) -> Vec<Change> {
    let case = spare.case;
    let row = |project: &ProjectId| &case.projects[project.index()];
    let raise = |id: &str, column: &str, from: i64, to: i64| Change::Raise {
        table: "projects".to_owned(),
        id: id.to_owned(),
        column: column.to_owned(),
        from,
        to,
        money: false,
    };
    match lack {
        Lack::Staff { cell, post, periods, members } => {
            let project = row(&cell.0);
            let Some(post) = project.posts.iter().find(|known| known.number == *post) else { return Vec::new() };
            staff(spare, *cell, post, periods.0..periods.1, *members)
        }
        Lack::Room { project, place, start } => {
            let held = row(project);
            let at = case.places[place.index()].id.clone();
            let periods = ids(case, start.index()..start.index() + usize::try_from(held.span).unwrap_or(1));
            let mut found: Vec<Change> = held
                .venue
                .iter()
                .map(|kind| Change::Room {
                    venue: case.text(*kind).to_owned(),
                    place: at.clone(),
                    periods: periods.clone(),
                    seats: held.size,
                })
                .collect();
            for venue in case.resources.iter().filter(|r| r.kind == Kind::Venue && r.place == Some(*place)) {
                let hosts =
                    |venue: &Resource| fit::may_host(case, venue, *project, held, *place, *start, &spare.geography);
                let mut open = venue.clone();
                if hosts(venue) {
                    found.push(of_row(venue, "per_period", venue.per_period, venue.per_period + 1));
                    continue;
                }
                open.seats = None;
                if let (true, Some(seats)) = (hosts(&open), venue.seats) {
                    found.push(of_row(venue, "seats", seats, held.size));
                }
                open.seats = venue.seats;
                open.periods = PeriodSet::all();
                if hosts(&open) {
                    found.push(opened("resources", &venue.id, periods.clone()));
                }
            }
            found
        }
        Lack::Money { project, fen, .. } => vec![Change::Money { project: row(project).id.clone(), fen: *fen }],
        Lack::Items { item, n, .. } => vec![Change::Items { item: case.text(*item).to_owned(), n: *n }],
        Lack::Sessions { project } => {
            let most = row(project).max_sessions.unwrap_or(0);
            vec![raise(&row(project).id, "max_sessions", most, most + 1)]
        }
        Lack::PerCell { project } => {
            let most = row(project).max_per_cell.unwrap_or(0);
            vec![raise(&row(project).id, "max_per_cell", most, most + 1)]
        }
        Lack::People { project, units } => {
            let least = row(project).min_size;
            vec![raise(&row(project).id, "min_size", least, (least - units).max(0))]
        }
    }
}

fn staff(
    spare: &Spare,
    cell: crate::answers::spare::Cell,
    post: &Post,
    shift: std::ops::Range<usize>,
    members: i64,
) -> Vec<Change> {
    let case = spare.case;
    let (id, place, _) = cell;
    let project = &case.projects[id.index()];
    let mut skills: Vec<_> = post.skills.iter().chain(project.clearance.iter()).copied().collect();
    skills.sort_unstable();
    skills.dedup();
    let texts = |list: &[crate::lists::Symbol]| list.iter().map(|s| case.text(*s).to_owned()).collect::<Vec<_>>();
    let periods = ids(case, shift.clone());
    let mut found = Vec::new();
    let org = post.orgs.as_ref().map(|orgs| {
        let own = if orgs.own { project.lead.or(project.partners.first().copied()) } else { None };
        own.or(orgs.named.first().copied())
    });
    if org != Some(None) {
        found.push(Change::Recruit {
            role: case.text(post.role).to_owned(),
            skills: texts(&skills),
            org: org.flatten().map(|org| case.text(org).to_owned()),
            place: case.places[place.index()].id.clone(),
            periods: periods.clone(),
            members,
            load: post.load,
        });
    }
    for row in spare.nearby.of_role(post.role).iter().take(MOST_ROWS) {
        let resource = &case.resources[row.index()];
        let fills = |resource: &Resource| {
            shift.clone().all(|period| {
                let period = PeriodId::from(period);
                fit::may_fill(case, &spare.geography, resource, (id, project), post, place, period).is_some()
            })
        };
        if resource.count < members {
            continue;
        }
        if fills(resource) {
            match (spare.short_of(*row, post, shift.clone()), resource.total) {
                ((true, false), _) => {
                    found.push(of_row(resource, "per_period", resource.per_period, resource.per_period + post.load));
                }
                ((false, true), Some(total)) => {
                    let more = post.load * i64::try_from(shift.len()).unwrap_or(1);
                    found.push(of_row(resource, "total", total, total + more));
                }
                // Both at once, or neither: someone else is what is lacking.
                _ => {}
            }
            continue;
        }
        if spare.free_members(*row, post, shift.clone()) < members {
            continue;
        }
        let mut other = resource.clone();
        other.skills = skills.iter().map(|tag| Skill { tag: *tag, periods: PeriodSet::all() }).collect();
        if fills(&other) {
            let lacking: Vec<_> = skills
                .iter()
                .copied()
                .filter(|tag| !shift.clone().all(|p| fit::holds(resource, *tag, PeriodId::from(p))))
                .collect();
            found.push(Change::Train { resource: resource.id.clone(), skills: texts(&lacking), members });
        }
        other.skills = resource.skills.clone();
        other.reach_minutes = i64::MAX;
        if fills(&other)
            && let Some(minutes) = spare.geography.minutes(resource.place, place)
        {
            found.push(of_row(resource, "reach_minutes", resource.reach_minutes, minutes));
        }
        other.reach_minutes = resource.reach_minutes;
        other.periods = PeriodSet::all();
        if fills(&other) {
            found.push(opened("resources", &resource.id, periods.clone()));
        }
    }
    found
}

fn ids(case: &Case, periods: std::ops::Range<usize>) -> Vec<String> {
    periods.filter_map(|p| case.periods.get(p)).map(|p| p.id.clone()).collect()
}

fn of_row(row: &Resource, column: &str, from: i64, to: i64) -> Change {
    let money = row.kind == Kind::Fund && column == "amount";
    Change::Raise { table: "resources".to_owned(), id: row.id.clone(), column: column.to_owned(), from, to, money }
}

/// Periods opened in a list of a row.
pub(super) fn opened(table: &str, id: &str, periods: Vec<String>) -> Change {
    Change::Open { table: table.to_owned(), id: id.to_owned(), periods }
}
