//! Limits of rows of staff that are in every conflict: with one of them lifted, a session can be held.
//!
//! Where nobody of thousands may come, thousands of cells matter, and each is shown to: by a plan of the few rows that make
//! one session, which is a plan of the whole. So a question is as small as a team, however large the lists are.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{fills, standing};
use super::limit::{Limit, Target};
use super::question::{Answer, Goal, ask, has_facts};
use super::relaxed::counted;
use super::resources::{self, ResourceCell};
use super::{Limits, Stake};
use crate::fit::{self, Geography};
use crate::lists::{
    Case, IdOrder, Kind, NeedId, PeriodId, PeriodSet, Pin, PinMode, PlaceId, ProjectId, Resource, ResourceId, Symbol,
};

type Cell = (ProjectId, PlaceId, PeriodId);

/// Cells of a project in which a session is tried.
const CELLS: usize = 24;
/// Projects with which each limit is tried.
const PROJECTS: usize = 4;
/// Steps that a try may take.
const STEPS: u64 = 100;

/// Those of the limits `kept`, which cannot hold together, without which all others can: they are in every set of these that
/// cannot hold. Limits of rows of staff are looked at, where nothing but one need is asked for; `known` are found already.
pub(super) fn sure(limits: &Limits, kept: &[usize], known: &BTreeSet<usize>) -> Vec<usize> {
    let mut base = limits.keeping(kept);
    limits.narrow(&mut base);
    let Some(one) = limits.one_need(&base) else { return Vec::new() };
    let geography = Geography::new(&base);
    let mut trial = Trial { limits, base: &base, geography, one, cells: Vec::new(), teams: BTreeMap::new() };
    trial.stand();
    let places: BTreeSet<PlaceId> = trial.cells.iter().map(|cell| cell.1).collect();
    let keeps: BTreeSet<usize> = kept.iter().copied().collect();
    // Limits of each row, in their order.
    let mut of_row: BTreeMap<ResourceId, Vec<usize>> = BTreeMap::new();
    for (at, limit) in limits.list.iter().enumerate() {
        if let Target::Resource(row, _) = limit.target {
            of_row.entry(row).or_default().push(at);
        }
    }
    let mut tried: BTreeMap<String, bool> = BTreeMap::new();
    let mut found = Vec::new();
    let named: BTreeSet<ResourceId> = limits.case.pins.iter().filter_map(|pin| pin.resource).collect();
    for (row, list) in of_row {
        let of_staff = limits.case.resources[row.index()].kind == Kind::Staff && !named.contains(&row);
        for at in list.iter().filter(|at| of_staff && keeps.contains(at) && !known.contains(at)) {
            let lifted = list.iter().filter(|other| !keeps.contains(other) || *other == at);
            let lifted = lifted.filter_map(|at| match limits.list[*at].target {
                Target::Resource(_, cell) => Some(cell),
                _ => None,
            });
            let lifted: Vec<ResourceCell> = lifted.collect();
            let mut like = trial.lifted(row, &lifted);
            // Of where a row stands only what it reaches matters.
            let reach = |place: &PlaceId| trial.geography.reach(like.place, like.reach_minutes, *place).is_some();
            let reaches: Vec<bool> = places.iter().map(reach).collect();
            (like.id, like.row, like.place, like.reach_minutes) = (String::new(), 0, None, 0);
            let key = format!("{like:?} {reaches:?} {}", lifted.contains(&ResourceCell::Count));
            let possible = *tried.entry(key).or_insert_with(|| trial.possible(row, &lifted));
            found.extend(possible.then_some(*at));
        }
    }
    found
}

impl Limits<'_> {
    /// The need that the one fix pin of a case asks for, where nothing ties rows of staff to what is left out of a trial.
    fn one_need<'b>(&self, base: &'b Case) -> Option<(NeedId, &'b Pin)> {
        let mut fixes = base.pins.iter().filter(|pin| pin.mode == PinMode::Fix && pin.count > 0);
        let pin = fixes.next().filter(|pin| pin.resource.is_none())?;
        let by_row = base.rules.iter().any(|rule| rule.resources.is_some());
        let alone = self.goal == Goal::Pins && fixes.next().is_none() && !by_row && !has_facts(base);
        alone.then_some((pin.need?, pin))
    }
}

/// Sessions for one need, tried with few rows.
struct Trial<'a> {
    limits: &'a Limits<'a>,
    base: &'a Case,
    geography: Geography,
    one: (NeedId, &'a Pin),
    cells: Vec<Cell>,
    /// The small case of each cell, without the row that is tried.
    teams: BTreeMap<Cell, Case>,
}

impl Trial<'_> {
    /// Cells in which the need could be served, a few of each project.
    fn stand(&mut self) {
        let fits = fit::fit_index(self.base);
        let mut of: BTreeMap<ProjectId, usize> = BTreeMap::new();
        for cell in standing(self.base, &self.geography, &fits, self.one.1) {
            let n = of.entry(cell.0).or_default();
            *n += 1;
            if *n <= CELLS {
                self.cells.push(cell);
            }
        }
    }

    fn stake(&self) -> &Stake {
        &self.limits.stake
    }

    fn counted(&self) -> Vec<Symbol> {
        counted(self.base)
    }

    /// A row with cells lifted, but for its count.
    fn lifted(&self, row: ResourceId, lifted: &[ResourceCell]) -> Resource {
        let (mut out, counted) = (self.limits.case.resources[row.index()].clone(), self.counted());
        lifted.iter().for_each(|cell| resources::lift(&mut out, *cell, self.stake(), &counted));
        out
    }

    /// Whether a session can be held with a row of which these cells are lifted, and a few others.
    fn possible(&mut self, row: ResourceId, lifted: &[ResourceCell]) -> bool {
        let like = self.lifted(row, lifted);
        let posts = |id: ProjectId| &self.base.projects[id.index()].posts;
        let takes =
            |cell: &Cell| posts(cell.0).iter().any(|post| fills(self.base, &self.geography, &like, *cell, post));
        let mut tried: BTreeSet<ProjectId> = BTreeSet::new();
        let cells = self.cells.iter().filter(|cell| takes(cell) && tried.insert(cell.0)).take(PROJECTS);
        for cell in cells.copied().collect::<Vec<_>>() {
            let mut case = self.team(cell).clone();
            case.resources.retain(|other| other.id != like.id);
            case.resources.push(like.clone());
            if lifted.contains(&ResourceCell::Count) {
                let last = ResourceId::from(case.resources.len() - 1);
                resources::enlarge(&mut case, last, self.stake());
            }
            if ask(&case, Goal::Pins, &mut STEPS.clone()) == Answer::Possible {
                return true;
            }
        }
        false
    }

    /// The case with nothing but the need, one cell, and for each post as many who may fill it as make a team.
    fn team(&mut self, cell: Cell) -> &Case {
        let (base, geography, need) = (self.base, &self.geography, self.one.0);
        self.teams.entry(cell).or_insert_with(|| {
            let (id, place, start) = cell;
            let project = &base.projects[id.index()];
            let named: BTreeSet<ResourceId> = base.pins.iter().filter_map(|pin| pin.resource).collect();
            let rows = || {
                let all = base.resources.iter().enumerate().map(|(at, row)| (ResourceId::from(at), row));
                all.filter(|(at, _)| !named.contains(at))
            };
            let members = |post| usize::try_from(crate::model::members_of_post(post, project.size)).unwrap_or(0);
            let team = project.posts.iter().map(members).fold(0, usize::saturating_add);
            let mut kept: BTreeSet<ResourceId> =
                rows().filter(|(_, row)| matches!(row.kind, Kind::Fund | Kind::Goods)).map(|(at, _)| at).collect();
            let hosts = rows().filter(|(_, row)| {
                row.kind == Kind::Venue && fit::may_host(base, row, id, project, place, start, geography)
            });
            kept.extend(hosts.map(|(at, _)| at));
            for post in &project.posts {
                let able = rows().filter(|(_, row)| row.kind == Kind::Staff && fills(base, geography, row, cell, post));
                kept.extend(able.map(|(at, _)| at).take(team));
            }
            let mut projects = base.projects.clone();
            for (at, project) in projects.iter_mut().enumerate() {
                let here = ProjectId::from(at) == id;
                project.periods = PeriodSet::of(&[start][..usize::from(here)]);
                if !project.online {
                    project.places = Some([place][..usize::from(here)].into());
                }
            }
            let only = NeedId::from(0);
            let fits =
                base.fits.iter().filter(|fit| fit.need == need).map(|fit| crate::lists::Fit { need: only, ..*fit });
            let pins = base.pins.iter().filter(|pin| pin.resource.is_none() && pin.need.is_none_or(|of| of == need));
            let pins = pins.map(|pin| Pin { need: pin.need.map(|_| only), ..pin.clone() });
            Case {
                symbols: base.symbols.clone(),
                needs: vec![base.needs[need.index()].clone()],
                projects,
                resources: kept.iter().map(|row| base.resources[row.index()].clone()).collect(),
                order: IdOrder::default(),
                places: base.places.clone(),
                online: base.online,
                travel: base.travel.clone(),
                periods: base.periods.clone(),
                fits: fits.collect(),
                rules: base.rules.clone(),
                pins: pins.collect(),
                settings: base.settings.clone(),
                previous: None,
                kept: BTreeSet::new(),
                hash: String::new(),
            }
        })
    }
}

/// Whether a limit is of a row of a list that may be long.
pub(super) fn of_resource(limit: &Limit) -> bool {
    matches!(limit.target, Target::Resource(..))
}
