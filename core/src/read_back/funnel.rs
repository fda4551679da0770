//! The funnel of an unmet need: how many candidates are left after each stage, counted from the lists and the plan.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::left::{Hands, Left};
use super::need_named;
use crate::fit::{self, Geography, Nearby};
use crate::lists::{Case, Kind, Need, NeedId, PeriodId, PlaceId, Post, Project, ProjectId, ResourceId};
use crate::model::{Facts, members_of_post, of_kind};
use crate::plan::{FunnelStep, Plan, Reason, Stage};

/// How many names a stage gives at most.
const NAMES: usize = 5;

/// Fills in the reason of every unmet need of a plan.
pub fn explain(case: &Case, geography: &Geography, facts: &Facts, plan: &mut Plan) {
    if plan.unmet.is_empty() {
        return;
    }
    let mut funnels = Funnels {
        case,
        geography,
        facts,
        fits: fit::fit_index(case),
        nearby: Nearby::new(case),
        left: Left::new(case, facts, plan),
        hands: BTreeMap::new(),
        venues: BTreeMap::new(),
        places: BTreeMap::new(),
        sites: BTreeMap::new(),
    };
    for row in of_kind(case, Kind::Venue) {
        if let Some(place) = case.resources[row.index()].place {
            funnels.venues.entry(place).or_default().push(row);
        }
    }
    let reasons: Vec<_> = plan.unmet.iter().map(|unmet| funnels.funnel(need_named(case, &unmet.need))).collect();
    for (unmet, funnel) in plan.unmet.iter_mut().zip(reasons) {
        unmet.reason = Reason { funnel, ..Reason::default() };
    }
}

/// What all funnels of a plan are counted from; what several needs ask for is worked out once.
struct Funnels<'a> {
    case: &'a Case,
    geography: &'a Geography,
    facts: &'a Facts,
    fits: BTreeMap<(NeedId, ProjectId), (crate::lists::FitWorth, i64)>,
    nearby: Nearby,
    left: Left<'a>,
    /// By kind of row, load and length.
    hands: BTreeMap<(bool, i64, usize), Rc<Hands>>,
    /// Rooms of each place.
    venues: BTreeMap<PlaceId, Vec<ResourceId>>,
    places: BTreeMap<ProjectId, Rc<[PlaceId]>>,
    sites: BTreeMap<(ProjectId, PlaceId), Rc<Site>>,
}

/// A project at a place.
struct Site {
    crews: Vec<Crew>,
    /// By start period of the project.
    starts: Vec<(PeriodId, Start)>,
}

/// Who could fill a post there.
struct Crew {
    hands: Rc<Hands>,
    /// In every period in which the row is there.
    always: Vec<ResourceId>,
    /// In some periods only, since a skill is held in some only.
    at_times: Vec<ResourceId>,
}

/// How far a session that starts in a period would come.
#[derive(Clone, Copy)]
struct Start {
    housed: bool,
    staffed: bool,
    free: bool,
    paid: bool,
}

/// A start of a site that a need could be served in.
type Cell = (ProjectId, PlaceId, PeriodId, Start);

impl Funnels<'_> {
    fn funnel(&mut self, id: NeedId) -> Vec<FunnelStep> {
        let case = self.case;
        let need = &case.needs[id.index()];
        let project = |id: ProjectId| &case.projects[id.index()];
        let offers: Vec<(ProjectId, fit::Offering)> = (0..case.projects.len())
            .map(ProjectId::from)
            .filter_map(|p| Some((p, fit::may_serve(&self.fits, (id, need), (p, project(p)))?)))
            .collect();
        let mut standing: Vec<(ProjectId, PlaceId)> = Vec::new();
        let (mut in_period, mut cells) = (0, Vec::<Cell>::new());
        for (of, offering) in &offers {
            // A need that facts have used up, or given to another project, has no cell.
            let open = self.facts.open_units(id) > 0
                && self.facts.project_open(case, id, *of)
                && offering.seats <= project(*of).size;
            for place in self.places(*of).iter().copied() {
                if self.geography.reach(Some(need.place), need.reach_minutes, place).is_none() {
                    continue;
                }
                standing.push((*of, place));
                let site = self.site(*of, place);
                let fitting = site.starts.iter().filter(|(start, _)| need.periods.contains(*start));
                for (start, how) in fitting {
                    in_period += 1;
                    if open {
                        cells.push((*of, place, *start, *how));
                    }
                }
            }
        }
        let named = |of: &mut dyn Iterator<Item = ProjectId>| ids(of.map(|p| project(p).id.as_str()));
        let mut steps = vec![FunnelStep { stage: Stage::Offers, left: offers.len() as u64, by: Vec::new() }];
        steps.push(step(Stage::Reach, standing.len(), || named(&mut offers.iter().map(|(p, _)| *p))));
        steps.push(step(Stage::Period, in_period, || named(&mut standing.iter().map(|(p, _)| *p))));
        let kinds = |cells: &[Cell]| ids(cells.iter().flat_map(|c| project(c.0).venue.iter()).map(|v| case.text(*v)));
        let housed: Vec<Cell> = cells.iter().filter(|c| c.3.housed).copied().collect();
        steps.push(step(Stage::Venue, housed.len(), || kinds(&cells)));
        let staffed: Vec<Cell> = housed.iter().filter(|c| c.3.staffed).copied().collect();
        steps.push(step(Stage::Staff, staffed.len(), || ids(housed.iter().flat_map(|c| self.missing(c)))));
        let free: Vec<Cell> = staffed.iter().filter(|c| c.3.free).copied().collect();
        steps.push(step(Stage::Free, free.len(), || ids(staffed.iter().flat_map(|c| self.busy(c)))));
        let goods = |c: &Cell| !project(c.0).goods.is_empty() || !need.goods.is_empty();
        let affordable = free.iter().filter(|c| c.3.paid && (!goods(c) || self.scarce(need, c).is_empty())).count();
        let short = || {
            let names: Vec<String> =
                free.iter().flat_map(|c| self.payers(c).into_iter().chain(self.scarce(need, c))).collect();
            ids(names.iter().map(String::as_str))
        };
        steps.push(step(Stage::Affordable, affordable, short));
        steps
    }

    fn places(&mut self, project: ProjectId) -> Rc<[PlaceId]> {
        let find = || fit::places_of_project(self.case, self.geography, &self.case.projects[project.index()]).into();
        self.places.entry(project).or_insert_with(find).clone()
    }

    fn hands(&mut self, kind: Kind, load: i64, length: usize) -> Rc<Hands> {
        let find = || Rc::new(self.left.hands(kind, load, length));
        self.hands.entry((kind == Kind::Venue, load, length)).or_insert_with(find).clone()
    }

    fn site(&mut self, id: ProjectId, place: PlaceId) -> Rc<Site> {
        if let Some(known) = self.sites.get(&(id, place)) {
            return known.clone();
        }
        let case = self.case;
        let project = &case.projects[id.index()];
        let crews: Vec<Crew> = project.posts.iter().map(|post| self.crew((id, project), post, place)).collect();
        let rooms = fit::needs_room(project).then(|| self.hands(Kind::Venue, 1, length(project)));
        let starts = fit::start_periods(case, project).into_iter().map(|start| {
            let (mut housed, mut free) = (true, true);
            if let Some(hands) = &rooms {
                let mut hosts = self.hosts((id, project), place, start);
                housed = hosts.clone().next().is_some();
                free = hosts.any(|row| hands.of(row, start.index()).1 > 0);
            }
            let mut staffed = true;
            for (post, crew) in project.posts.iter().zip(&crews) {
                let members = members_of_post(post, project.size);
                for shift in shifts(project, post, start) {
                    let (able, idle) = self.count((id, project), post, (place, crew), shift);
                    staffed &= able >= members;
                    free &= idle >= members;
                }
            }
            let fen = project.session_cost_fen.saturating_add(project.unit_cost_fen);
            let left = self.paying((id, project), place, start).map(|fund| self.left.supplies[fund.index()].max(0));
            let paid = fen <= left.fold(0, i64::saturating_add);
            (start, Start { housed, staffed, free, paid })
        });
        let starts = starts.collect();
        let site = Rc::new(Site { crews, starts });
        self.sites.insert((id, place), site.clone());
        site
    }

    fn crew(&mut self, (id, project): (ProjectId, &Project), post: &Post, place: PlaceId) -> Crew {
        let case = self.case;
        let hands = self.hands(Kind::Staff, post.load, if post.rotate { 1 } else { length(project) });
        let mut crew = Crew { hands, always: Vec::new(), at_times: Vec::new() };
        for row in self.nearby.reaching(case, self.geography, post.role, place).iter() {
            let resource = &case.resources[row.index()];
            if resource.skills.iter().any(|skill| !skill.periods.is_all()) {
                crew.at_times.push(*row);
                continue;
            }
            // What holds in one of its periods holds in all.
            let mut there = resource.periods.iter(case.periods.len());
            let one = there.next();
            let may = |p| fit::may_fill(case, self.geography, resource, (id, project), post, place, p).is_some();
            if one.is_some_and(may) {
                crew.always.push(*row);
            }
        }
        crew
    }

    /// Members that could fill a post in a shift, and those of them that are free.
    fn count(
        &self,
        of: (ProjectId, &Project),
        post: &Post,
        (place, crew): (PlaceId, &Crew),
        shift: std::ops::Range<usize>,
    ) -> (i64, i64) {
        let rows = self.members(of, post, (place, crew), shift.clone());
        rows.map(|row| crew.hands.of(row, shift.start))
            .fold((0, 0), |sum, (able, free)| (i64::saturating_add(sum.0, able), i64::saturating_add(sum.1, free)))
    }

    /// The rows of a crew in a shift.
    fn members<'c>(
        &'c self,
        of: (ProjectId, &'c Project),
        post: &'c Post,
        (place, crew): (PlaceId, &'c Crew),
        shift: std::ops::Range<usize>,
    ) -> impl Iterator<Item = ResourceId> + 'c {
        let now = move |row: &&ResourceId| {
            let resource = &self.case.resources[row.index()];
            let mut periods = shift.clone().map(PeriodId::from);
            periods.all(|p| fit::may_fill(self.case, self.geography, resource, of, post, place, p).is_some())
        };
        crew.always.iter().chain(crew.at_times.iter().filter(now)).copied()
    }

    /// Rooms that may host sessions of a cell.
    fn hosts<'c>(
        &'c self,
        (id, project): (ProjectId, &'c Project),
        place: PlaceId,
        start: PeriodId,
    ) -> impl Iterator<Item = ResourceId> + Clone + 'c {
        let may = move |row: &&ResourceId| {
            let venue = &self.case.resources[row.index()];
            fit::may_host(self.case, venue, id, project, place, start, self.geography)
        };
        self.venues.get(&place).map_or(&[][..], Vec::as_slice).iter().filter(may).copied()
    }

    /// Funds that may pay for sessions of a cell.
    fn paying<'c>(
        &'c self,
        of: (ProjectId, &'c Project),
        place: PlaceId,
        start: PeriodId,
    ) -> impl Iterator<Item = ResourceId> + 'c {
        let may = move |fund: &&ResourceId| {
            fit::may_supply(self.geography, &self.case.resources[fund.index()], of, place, start)
        };
        self.left.funds.iter().filter(may).copied()
    }

    /// Roles of posts that not enough qualified members could fill even if all were free.
    fn missing(&self, &(id, place, start, _): &Cell) -> Vec<&str> {
        let project = &self.case.projects[id.index()];
        let crews = &self.sites[&(id, place)].crews;
        let lacks = |(post, crew): &(&Post, &Crew)| {
            let mut shifts = shifts(project, post, start);
            let members = members_of_post(post, project.size);
            shifts.any(|shift| self.count((id, project), post, (place, crew), shift).0 < members)
        };
        let posts = project.posts.iter().zip(crews).filter(lacks);
        posts.map(|(post, _)| self.case.text(post.role)).collect()
    }

    /// Sessions that hold the members or rooms that a cell would need; none where enough are free.
    fn busy(&self, &(id, place, start, _): &Cell) -> Vec<&str> {
        let project = &self.case.projects[id.index()];
        let mut names = Vec::new();
        for (post, crew) in project.posts.iter().zip(&self.sites[&(id, place)].crews) {
            for shift in shifts(project, post, start) {
                let (_, free) = self.count((id, project), post, (place, crew), shift.clone());
                if free < members_of_post(post, project.size) {
                    let rows = self.members((id, project), post, (place, crew), shift.clone());
                    rows.for_each(|row| names.extend(self.left.holders(row, &shift)));
                }
            }
        }
        if let Some(hands) = self.hands.get(&(true, 1, length(project))).filter(|_| fit::needs_room(project)) {
            let hosts = self.hosts((id, project), place, start);
            if hosts.clone().all(|row| hands.of(row, start.index()).1 == 0) {
                let runs = start.index()..start.index() + length(project);
                hosts.for_each(|row| names.extend(self.left.holders(row, &runs)));
            }
        }
        names
    }

    /// Funds that could pay for one more session with one unit but have too little left.
    fn payers(&self, &(id, place, start, how): &Cell) -> Vec<String> {
        if how.paid {
            return Vec::new();
        }
        let paying = self.paying((id, &self.case.projects[id.index()]), place, start);
        let names: Vec<String> = paying.map(|fund| self.case.resources[fund.index()].id.clone()).collect();
        if names.is_empty() { vec!["¥".to_owned()] } else { names }
    }

    /// Stocks that have too little left for one more session with one unit of a need.
    fn scarce(&self, need: &Need, &(id, place, start, _): &Cell) -> Vec<String> {
        let case = self.case;
        let project = &case.projects[id.index()];
        let mut names = Vec::new();
        for goods in project.goods.iter().map(|g| (g.item, g.n)).chain(need.goods.iter().map(|g| (g.item, g.n))) {
            let holds = |row: &&ResourceId| {
                let stock = &case.resources[row.index()];
                stock.roles.binary_search(&goods.0).is_ok()
                    && fit::may_supply(self.geography, stock, (id, project), place, start)
            };
            let stocks: Vec<&ResourceId> = self.left.stocks.iter().filter(holds).collect();
            let left = stocks.iter().map(|row| self.left.supplies[row.index()].max(0)).fold(0, i64::saturating_add);
            if left < goods.1 {
                names.extend(stocks.iter().map(|row| case.resources[row.index()].id.clone()));
                if stocks.is_empty() {
                    names.push(case.text(goods.0).to_owned());
                }
            }
        }
        names
    }
}

/// A stage; names are given only where nothing is left.
fn step(stage: Stage, left: usize, by: impl FnOnce() -> Vec<String>) -> FunnelStep {
    FunnelStep { stage, left: left as u64, by: if left == 0 { by() } else { Vec::new() } }
}

fn ids<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let names: BTreeSet<&str> = names.collect();
    names.into_iter().take(NAMES).map(str::to_owned).collect()
}

/// The periods of a session of a project.
fn length(project: &Project) -> usize {
    usize::try_from(project.span).unwrap_or(1)
}

/// The turns of a post in a session: one, or one a period.
fn shifts<'a>(
    project: &'a Project,
    post: &Post,
    start: PeriodId,
) -> impl Iterator<Item = std::ops::Range<usize>> + use<'a> {
    let (first, each) = (start.index(), if post.rotate { 1 } else { length(project) });
    (first..first + length(project)).step_by(each).map(move |from| from..from + each)
}
