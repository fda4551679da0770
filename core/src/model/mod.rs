//! A case in index space: cells (project × place × start period) with the needs that may be served, the classes of
//! like members that may fill each post, classes of like needs, the rooms that may host, and what facts have already used up.
//!
//! The engine sees only this. Nothing here decides anything; it says what is possible.

mod classes;
mod facts;
mod needs;
mod roster;
mod scope;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use classes::{Class, ClassId};
pub use facts::Facts;
pub use needs::NeedClasses;
pub use roster::{Request, Roster};
pub use scope::{Combination, Scope, Subject, combinations, rule_scope};

use crate::fit::{self, Geography};
use crate::lists::{Case, Kind, NeedId, PeriodId, PlaceId, ProjectId, ResourceId, Symbol};

/// Everything a plan could contain, before anything is decided.
pub struct Model<'case> {
    /// The case.
    pub case: &'case Case,
    /// Leaves and minutes.
    pub geography: Geography,
    /// What frozen sessions have used up.
    pub facts: Facts,
    /// Like needs folded into one.
    pub needs: NeedClasses,
    /// Cells in which at least one need could be served, by (project, place, start).
    pub cells: Vec<Cell>,
    /// Classes of like members, staff first, then rooms.
    pub classes: Vec<Class>,
}

impl Model<'_> {
    /// About how many columns a program of the model has: units, sessions, members and rooms of each cell.
    pub fn columns(&self) -> usize {
        self.cells.iter().map(Cell::columns).sum()
    }
}

/// One cell: a project at a place, starting in a period.
pub struct Cell {
    /// The project.
    pub project: ProjectId,
    /// A leaf place or `online`.
    pub place: PlaceId,
    /// The start period.
    pub start: PeriodId,
    /// Who could be served.
    pub offers: Vec<Offer>,
    /// For each post of the project, who could fill it.
    pub posts: Vec<PostCandidates>,
    /// Room classes that could host; empty where no venue is needed.
    pub rooms: Vec<ClassId>,
    /// Funds that may pay, sorted.
    pub funds: Arc<[ResourceId]>,
}

impl Cell {
    fn columns(&self) -> usize {
        let staff = |post: &PostCandidates| match post {
            PostCandidates::Steady(list) => list.len(),
            PostCandidates::Rotating(lists) => lists.iter().map(Vec::len).sum(),
        };
        1 + self.offers.len() + self.posts.iter().map(staff).sum::<usize>() + self.rooms.len() + self.funds.len()
    }
}

/// A need that could be served in a cell.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    /// The need, or the one that stands for its class.
    pub need: NeedId,
    /// Seats a unit takes.
    pub seats: i64,
    /// Quality and fit points of a unit.
    pub points: i64,
    /// Minutes a unit travels, one way.
    pub minutes: i64,
}

/// Who could fill one post of a cell's sessions.
pub enum PostCandidates {
    /// The same members in the whole span.
    Steady(Vec<Candidate>),
    /// For each period of the span.
    Rotating(Vec<Vec<Candidate>>),
}

/// A class that could fill a post.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// The class.
    pub class: ClassId,
    /// Minutes a member travels, one way.
    pub minutes: i64,
}

/// How many members each session of a project has in a post, stand-bys included.
pub fn members_of_post(post: &crate::lists::Post, size: i64) -> i64 {
    let count = match post.per_units {
        Some(units) => post.count.saturating_mul((size + units - 1) / units),
        None => post.count,
    };
    count.saturating_add(post.reserve)
}

/// Lays a case out.
pub fn compile(case: &Case) -> Model<'_> {
    compile_within(case, usize::MAX).expect("no number of columns is larger")
}

/// The same where that makes no more than so many columns; `None`, and soon, where it makes more.
pub fn compile_within(case: &Case, columns: usize) -> Option<Model<'_>> {
    let geography = Geography::new(case);
    let facts = Facts::new(case, &geography);
    let needs = NeedClasses::fold(case, &facts);
    let mut classes = classes::fold(case, &facts);
    let mut cells = cells(case, &geography, (&facts, &needs, &classes), columns)?;
    classes::unfold(case, &mut classes, &mut cells);
    let model = Model { case, geography, facts, needs, cells, classes };
    (columns == usize::MAX || model.columns() <= columns).then_some(model)
}

fn cells(
    case: &Case,
    geography: &Geography,
    (facts, folded, classes): (&Facts, &NeedClasses, &[Class]),
    mut columns: usize,
) -> Option<Vec<Cell>> {
    let fits = fit::fit_index(case);
    let by_role = classes::by_role(case, classes);
    let mut near = Near { case, geography, classes, by_role, known: BTreeMap::new() };
    let mut rooms_at: BTreeMap<PlaceId, Vec<ClassId>> = BTreeMap::new();
    for (index, class) in classes.iter().enumerate().filter(|(_, c)| c.kind == Kind::Venue) {
        let place = case.resources[class.resource.index()].place;
        rooms_at.entry(place.expect("intake asks every venue for a place")).or_default().push(ClassId::from(index));
    }
    let funds: Vec<ResourceId> = of_kind(case, Kind::Fund);
    let mut fund_sets: BTreeMap<Vec<ResourceId>, Arc<[ResourceId]>> = BTreeMap::new();
    let mut cells = Vec::new();
    for (index, project) in case.projects.iter().enumerate() {
        let id = ProjectId::from(index);
        let needs: Vec<(NeedId, fit::Offering)> = case
            .needs
            .iter()
            .enumerate()
            .map(|(n, need)| (NeedId::from(n), need))
            .filter(|(n, _)| folded.open_units(*n) > 0 && facts.project_open(case, *n, id))
            .filter_map(|(n, need)| Some((n, fit::may_serve(&fits, (n, need), (id, project))?)))
            .filter(|(_, o)| o.seats <= project.size)
            .collect();
        if needs.is_empty() {
            continue;
        }
        let starts = fit::start_periods(case, project);
        for place in fit::places_of_project(case, geography, project) {
            let reached: Vec<Offer> = needs
                .iter()
                .filter_map(|&(need, o)| {
                    let row = &case.needs[need.index()];
                    let minutes = geography.reach(Some(row.place), row.reach_minutes, place)?;
                    Some(Offer { need, seats: o.seats, points: o.points, minutes })
                })
                .collect();
            if reached.is_empty() {
                continue;
            }
            for &start in &starts {
                let offers: Vec<Offer> =
                    reached.iter().filter(|o| case.needs[o.need.index()].periods.contains(start)).copied().collect();
                if offers.is_empty() {
                    continue;
                }
                let room_classes = rooms_at.get(&place).map_or(&[][..], |v| v);
                let rooms: Vec<ClassId> = if !crate::fit::needs_room(project) {
                    Vec::new()
                } else {
                    room_classes
                        .iter()
                        .filter(|c| {
                            let venue = &case.resources[classes[c.index()].resource.index()];
                            fit::may_host(case, venue, id, project, place, start, geography)
                        })
                        .copied()
                        .collect()
                };
                let paying: Vec<ResourceId> = funds
                    .iter()
                    .filter(|f| fit::may_supply(geography, &case.resources[f.index()], (id, project), place, start))
                    .copied()
                    .collect();
                let funds = fund_sets.entry(paying.clone()).or_insert_with(|| paying.into()).clone();
                let posts = candidates(&mut near, id, place, start);
                let cell = Cell { project: id, place, start, offers, posts, rooms, funds };
                // Unfolding takes none away.
                columns = columns.checked_sub(cell.columns())?;
                cells.push(cell);
            }
        }
    }
    Some(cells)
}

/// Staff classes by role and by the place that they reach: few of a prefecture's reach any one place.
struct Near<'a> {
    case: &'a Case,
    geography: &'a Geography,
    classes: &'a [Class],
    by_role: BTreeMap<Symbol, Vec<ClassId>>,
    known: BTreeMap<(Symbol, PlaceId), Arc<[ClassId]>>,
}

impl Near<'_> {
    fn reaching(&mut self, role: Symbol, place: PlaceId) -> Arc<[ClassId]> {
        let Near { case, geography, classes, by_role, known } = self;
        let all = by_role.get(&role).map_or(&[][..], |v| v);
        let reaches = |class: &&ClassId| {
            let row = &case.resources[classes[class.index()].resource.index()];
            geography.reach(row.place, row.reach_minutes, place).is_some()
        };
        known.entry((role, place)).or_insert_with(|| all.iter().filter(reaches).copied().collect()).clone()
    }
}

fn candidates(near: &mut Near, id: ProjectId, place: PlaceId, start: PeriodId) -> Vec<PostCandidates> {
    let (case, geography, classes) = (near.case, near.geography, near.classes);
    let project = &case.projects[id.index()];
    let periods: Vec<PeriodId> = (0..project.span).map(|k| PeriodId::from(start.index() + k as usize)).collect();
    project
        .posts
        .iter()
        .map(|post| {
            let role = near.reaching(post.role, place);
            let in_periods = |periods: &[PeriodId]| -> Vec<Candidate> {
                role.iter()
                    .filter_map(|&class| {
                        let of = &classes[class.index()];
                        // Members who are too tired to carry a single session are left out, however little else they do.
                        if !of.could_carry(post.load, periods) {
                            return None;
                        }
                        let row = &case.resources[of.resource.index()];
                        let mut minutes = 0;
                        for &period in periods {
                            minutes = fit::may_fill(case, geography, row, (id, project), post, place, period)?;
                        }
                        Some(Candidate { class, minutes })
                    })
                    .collect()
            };
            if post.rotate {
                PostCandidates::Rotating(periods.iter().map(|p| in_periods(std::slice::from_ref(p))).collect())
            } else {
                PostCandidates::Steady(in_periods(&periods))
            }
        })
        .collect()
}

/// The rows of one kind.
pub fn of_kind(case: &Case, kind: Kind) -> Vec<ResourceId> {
    (0..case.resources.len()).filter(|&i| case.resources[i].kind == kind).map(ResourceId::from).collect()
}
