//! Changes that lift, by as little as helps, a cell that stands in the way.

use std::collections::BTreeSet;

use crate::answers::changes::Change;
use crate::answers::spare::Spare;
use crate::lists::{Case, NeedId, PeriodSet, PlaceId};
use crate::plan::LimitCell;

/// For each cell, candidates in growing size, of which the first that serves is the answer.
pub(super) fn lifts(spare: &Spare, need: NeedId, limits: &[LimitCell]) -> Vec<Vec<Change>> {
    limits.iter().map(|cell| of_cell(spare, need, cell)).filter(|list| !list.is_empty()).collect()
}

/// How far a number is raised: by each of these.
const STEPS: [i64; 8] = [1, 2, 3, 5, 8, 16, 32, 64];

fn of_cell(spare: &Spare, need: NeedId, cell: &LimitCell) -> Vec<Change> {
    let case = spare.case;
    let column = cell.column.as_deref().unwrap_or("");
    let raises = |from: i64, to: &mut dyn Iterator<Item = i64>| -> Vec<Change> {
        to.map(|to| Change::Raise {
            table: cell.table.clone(),
            id: cell.id.clone(),
            column: column.to_owned(),
            from,
            to,
            money: false,
        })
        .collect()
    };
    let number = cell.value.parse::<i64>().ok();
    match (cell.table.as_str(), column) {
        (_, "reach_minutes") => {
            let from = number.unwrap_or(0);
            let base = match cell.table.as_str() {
                "needs" => case.need(&cell.id).map(|id| Some(case.needs[id.index()].place)),
                "projects" => case.project(&cell.id).map(|id| case.projects[id.index()].place),
                _ => case.resource(&cell.id).map(|id| case.resources[id.index()].place),
            };
            let Some(base) = base else { return Vec::new() };
            let ways: BTreeSet<i64> = (0..case.places.len())
                .map(PlaceId::from)
                .filter(|leaf| spare.geography.leaves(*leaf) == [*leaf])
                .filter_map(|leaf| spare.geography.minutes(base, leaf))
                .filter(|minutes| *minutes > from)
                .collect();
            raises(from, &mut ways.into_iter().take(8))
        }
        ("needs" | "projects" | "resources", "periods") => closed(case, cell)
            .into_iter()
            .map(|period| super::remedies::opened(&cell.table, &cell.id, vec![period]))
            .collect(),
        ("projects", "min_size" | "min_sessions") => {
            let from = number.unwrap_or(0);
            raises(from, &mut (0..from).rev().take(8))
        }
        ("projects", "size" | "max_sessions" | "max_per_cell")
        | ("resources", "count" | "per_period" | "total")
        | ("needs", "per_period")
        | ("rules", "max") => {
            let from = number.unwrap_or(0);
            raises(from, &mut STEPS.into_iter().map(|step| from.saturating_add(step)))
        }
        ("resources", "seats") => {
            let sizes: BTreeSet<i64> = case.projects.iter().map(|p| p.size).collect();
            let from = number.unwrap_or(0);
            raises(from, &mut sizes.into_iter().filter(|size| *size > from))
        }
        ("settings", _) => {
            let from = case.settings.person_per_period;
            match cell.value.starts_with("person_per_period") {
                true => vec![Change::Raise {
                    table: "settings".to_owned(),
                    id: String::new(),
                    column: "person_per_period".to_owned(),
                    from,
                    to: from + 1,
                    money: false,
                }],
                false => Vec::new(),
            }
        }
        ("pins", _) | ("fit", "points") => vec![lifted(cell)],
        // Not `whole`: a family served in part is not served.
        ("needs", "one_project" | "projects" | "exclude")
        | ("projects", "audience" | "unit" | "places" | "venue" | "clearance")
        | ("resources", "projects" | "exclude" | "services" | "places") => vec![lifted(cell)],
        ("requirements" | "projects", "skills" | "staffing") => trained(spare, need),
        _ => Vec::new(),
    }
}

fn lifted(cell: &LimitCell) -> Change {
    Change::Lift {
        table: cell.table.clone(),
        row: cell.row.unwrap_or(0),
        id: cell.id.clone(),
        column: cell.column.clone().unwrap_or_default(),
    }
}

/// Periods that a period list leaves out.
fn closed(case: &Case, cell: &LimitCell) -> Vec<String> {
    let set = match cell.table.as_str() {
        "needs" => case.need(&cell.id).map(|id| case.needs[id.index()].periods.clone()),
        "projects" => case.project(&cell.id).map(|id| case.projects[id.index()].periods.clone()),
        _ => case.resource(&cell.id).map(|id| case.resources[id.index()].periods.clone()),
    };
    let set = set.unwrap_or_else(PeriodSet::all);
    let all = (0..case.periods.len()).map(crate::lists::PeriodId::from);
    all.filter(|p| !set.contains(*p)).map(|p| case.periods[p.index()].id.clone()).collect()
}

/// One member of each row that lacks a skill which a project for the need asks for.
fn trained(spare: &Spare, need: NeedId) -> Vec<Change> {
    let case = spare.case;
    let mut found = BTreeSet::new();
    for (project, ..) in spare.cells(need).into_iter().take(200) {
        let project = &case.projects[project.index()];
        for post in &project.posts {
            for row in spare.nearby.of_role(post.role).iter().take(50) {
                let resource = &case.resources[row.index()];
                let held = |tag: &&crate::lists::Symbol| !resource.skills.iter().any(|s| s.tag == **tag);
                let skills: Vec<String> = post
                    .skills
                    .iter()
                    .chain(project.clearance.iter())
                    .filter(held)
                    .map(|s| case.text(*s).to_owned())
                    .collect();
                if !skills.is_empty() {
                    let members = post.count.min(resource.count).max(1);
                    found.insert(Change::Train { resource: resource.id.clone(), skills, members });
                }
            }
        }
    }
    found.into_iter().collect()
}
