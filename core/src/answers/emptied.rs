//! How many member-sessions every plan gives up at least where needs no longer fill the sessions.

use std::collections::{BTreeMap, BTreeSet};

use super::counts::cell_of;
use super::cover::cover;
use super::least::{Least, Stand};
use super::mend::frozen;
use super::spare::Cell;
use crate::fit;
use crate::lists::{NeedId, PlaceId, ProjectId};
use crate::plan::Plan;

/// Ways from needs to projects at places that are looked at; beyond these nothing more is asked.
const MOST: usize = 400_000;

/// A project at a place.
type Stage = (ProjectId, PlaceId);

/// Member-sessions given up: each session serves so many units at least, and of those that any need could send to a group of
/// projects at places there are too few. Only groups are looked at to which a need sends less than before.
pub(super) fn emptied(least: &Least, previous: &Plan) -> i64 {
    let case = least.case;
    let mut stages: BTreeMap<Stage, Vec<(Cell, Stand)>> = BTreeMap::new();
    least.cells.iter().for_each(|(cell, stand)| stages.entry((cell.0, cell.1)).or_default().push((*cell, *stand)));
    let mut places: BTreeMap<ProjectId, Vec<PlaceId>> = BTreeMap::new();
    stages.keys().for_each(|(project, place)| places.entry(*project).or_default().push(*place));
    let mut served: BTreeMap<&str, i64> = BTreeMap::new();
    let mut facts: BTreeMap<NeedId, i64> = BTreeMap::new();
    for session in &previous.sessions {
        for line in &session.needs {
            *served.entry(&line.need).or_default() += line.units;
            if let Some(need) = case.need(&line.need).filter(|_| frozen(case, session)) {
                *facts.entry(need).or_default() += line.units;
            }
        }
    }
    let less = |need: &str| {
        let wanted = case.need(need).map_or(0, |need| case.needs[need.index()].quantity);
        served.get(need).is_some_and(|served| *served > wanted)
    };
    let touched = previous.sessions.iter().filter(|session| session.needs.iter().any(|line| less(&line.need)));
    let touched: BTreeSet<Stage> =
        touched.filter_map(|session| cell_of(case, session)).map(|cell| (cell.0, cell.1)).collect();
    let fits = fit::fit_index(case);
    let serves = |need: usize, id: ProjectId| {
        fit::may_serve(&fits, (NeedId::from(need), &case.needs[need]), (id, &case.projects[id.index()])).is_some()
    };
    let reaches = |need: usize, place: PlaceId| {
        let row = &case.needs[need];
        least.geography.reach(Some(row.place), row.reach_minutes, place).is_some()
    };
    let (mut lost, mut seen, mut work) = (0i64, BTreeSet::new(), 0);
    for first in touched.into_iter().filter(|stage| stages.contains_key(stage)) {
        if !seen.insert(first) {
            continue;
        }
        let (mut needs, mut group, mut next) = (BTreeSet::new(), Vec::new(), vec![first]);
        while let Some(stage) = next.pop() {
            group.push(stage);
            work += case.needs.len();
            let more = (0..case.needs.len()).filter(|need| serves(*need, stage.0) && reaches(*need, stage.1));
            for need in more.filter(|need| needs.insert(*need)) {
                for (id, here) in places.iter().filter(|(id, _)| serves(need, **id)) {
                    work += here.len();
                    let others = here.iter().filter(|place| !seen.contains(&(*id, **place)) && reaches(need, **place));
                    next.extend(others.map(|place| (*id, *place)));
                }
                seen.extend(&next);
            }
            if work > MOST {
                return lost;
            }
        }
        let wanted = needs.into_iter().map(|need| {
            let facts = facts.get(&NeedId::from(need)).copied().unwrap_or(0);
            case.needs[need].quantity.saturating_sub(facts).max(0)
        });
        let (mut parts, mut asked) = (Vec::new(), 0i64);
        for (cell, stand) in group.iter().flat_map(|stage| &stages[stage]) {
            let must = case.projects[cell.0.index()].min_size.max(1);
            asked = asked.saturating_add(must.saturating_mul(stand.sessions));
            // The units that go are counted where needs ask for less.
            least.parts(*cell, Stand { units: 0, ..*stand }, must, &|_| false, &mut parts);
        }
        lost = lost.saturating_add(cover(&parts, asked.saturating_sub(wanted.fold(0, i64::saturating_add))));
    }
    lost
}
