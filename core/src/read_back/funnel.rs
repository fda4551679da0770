//! The funnel of an unmet need: how many candidates are left after each stage, counted from the model and the plan.

use std::collections::{BTreeMap, BTreeSet};

use super::need_named;
use crate::fit;
use crate::lists::{Kind, NeedId, PeriodId, PlaceId, ProjectId};
use crate::model::{Cell, ClassId, Model, PostCandidates, members_of_post};
use crate::plan::{FunnelStep, Plan, Reason, Stage};

/// How many names a stage gives at most.
const NAMES: usize = 5;

/// What the sessions of a plan use, for the last stages of funnels.
struct Used {
    /// Load by class and period.
    load: BTreeMap<(ClassId, usize), i64>,
    /// Sessions that hold members of a class in a period.
    by: BTreeMap<(ClassId, usize), Vec<String>>,
    /// Fen and items left.
    left: Vec<i64>,
    /// Rows that hold items.
    stocks: Vec<usize>,
}

/// Places of each project, found when first asked for.
type Places = BTreeMap<ProjectId, Vec<PlaceId>>;

/// Fills in the reason of every unmet need of a plan.
pub fn explain(model: &Model, plan: &mut Plan) {
    let used = used(model, plan);
    let fits = fit::fit_index(model.case);
    let mut cells_of: BTreeMap<NeedId, Vec<usize>> = BTreeMap::new();
    for (index, cell) in model.cells.iter().enumerate() {
        for offer in &cell.offers {
            cells_of.entry(offer.need).or_default().push(index);
        }
    }
    let mut places = Places::new();
    for unmet in &mut plan.unmet {
        let need = need_named(model.case, &unmet.need);
        let none = Vec::new();
        let cells = cells_of.get(&need).unwrap_or(&none);
        unmet.reason = Reason { funnel: funnel(model, &fits, &used, &mut places, need, cells), ..Reason::default() };
    }
}

fn used(model: &Model, plan: &Plan) -> Used {
    let case = model.case;
    let mut class_of = BTreeMap::new();
    for (index, class) in model.classes.iter().enumerate() {
        for share in &class.shares {
            class_of.entry(share.resource).or_insert_with(Vec::new).push((
                share.first,
                share.first + share.count,
                index,
            ));
        }
    }
    let class = |id: &str, member: i64| {
        let shares = class_of.get(&case.resource(id)?)?;
        shares.iter().find(|s| s.0 <= member && member < s.1).map(|s| ClassId::from(s.2))
    };
    let mut used = Used {
        load: BTreeMap::new(),
        by: BTreeMap::new(),
        left: case.resources.iter().map(|r| r.amount).collect(),
        stocks: (0..case.resources.len()).filter(|&i| case.resources[i].kind == Kind::Goods).collect(),
    };
    for session in &plan.sessions {
        for (supply, amount) in
            session.funds.iter().map(|f| (&f.fund, f.fen)).chain(session.goods.iter().map(|g| (&g.stock, g.n)))
        {
            if let Some(id) = case.resource(supply) {
                used.left[id.index()] -= amount;
            }
        }
        let (Some(project), Some(start)) = (case.project(&session.project), case.period(&session.period)) else {
            continue;
        };
        let project = &case.projects[project.index()];
        if session.fact {
            // What facts take is no longer free in the model.
            continue;
        }
        let mut add = |class: Option<ClassId>, load: i64, periods: std::ops::Range<usize>| {
            let Some(class) = class else { return };
            for period in periods {
                *used.load.entry((class, period)).or_default() += load;
                used.by.entry((class, period)).or_default().push(session.id.clone());
            }
        };
        let whole = start.index()..start.index() + project.span as usize;
        for seat in &session.staff {
            let load = project.posts.iter().find(|p| p.number == seat.post).map_or(1, |p| p.load);
            let periods = match seat.period.as_deref().and_then(|p| case.period(p)) {
                Some(period) => period.index()..period.index() + 1,
                None => whole.clone(),
            };
            add(class(&seat.resource, seat.member), load, periods);
        }
        if let (Some(venue), Some(room)) = (&session.venue, session.room) {
            add(class(venue, room), 1, whole);
        }
    }
    for launch in &plan.launches {
        for line in &launch.funds {
            if let Some(id) = case.resource(&line.fund) {
                used.left[id.index()] -= line.fen;
            }
        }
    }
    used
}

fn funnel(
    model: &Model,
    fits: &FitIndex,
    used: &Used,
    places: &mut Places,
    id: NeedId,
    cells: &[usize],
) -> Vec<FunnelStep> {
    let case = model.case;
    let need = &case.needs[id.index()];
    let projects: Vec<ProjectId> = (0..case.projects.len())
        .map(ProjectId::from)
        .filter(|p| fit::may_serve(fits, (id, need), (*p, &case.projects[p.index()])).is_some())
        .collect();
    let mut steps = vec![FunnelStep { stage: Stage::Offers, left: projects.len() as u64, by: Vec::new() }];
    let mut standing: Vec<(ProjectId, PlaceId)> = Vec::new();
    for &project in &projects {
        let find = || fit::places_of_project(case, &model.geography, &case.projects[project.index()]);
        for &place in places.entry(project).or_insert_with(find).iter() {
            if model.geography.reach(Some(need.place), need.reach_minutes, place).is_some() {
                standing.push((project, place));
            }
        }
    }
    steps.push(step(Stage::Reach, standing.len(), ids(projects.iter().map(|p| case.projects[p.index()].id.as_str()))));
    let in_period: Vec<(ProjectId, PlaceId, PeriodId)> = standing
        .iter()
        .flat_map(|&(project, place)| {
            let starts = fit::start_periods(case, &case.projects[project.index()]);
            starts.into_iter().map(move |start| (project, place, start))
        })
        .filter(|(_, _, start)| need.periods.contains(*start))
        .collect();
    let names = ids(standing.iter().map(|(p, _)| case.projects[p.index()].id.as_str()));
    steps.push(step(Stage::Period, in_period.len(), names));
    // From here on the model's cells: a need that facts have used up has none.
    let cells: Vec<&Cell> = cells.iter().map(|i| &model.cells[*i]).collect();
    let project = |c: &Cell| &case.projects[c.project.index()];
    let housed: Vec<&Cell> =
        cells.iter().copied().filter(|c| !fit::needs_room(project(c)) || !c.rooms.is_empty()).collect();
    let kinds = ids(cells.iter().flat_map(|c| project(c).venue.iter()).map(|v| case.text(*v)));
    steps.push(step(Stage::Venue, housed.len(), kinds));
    let staffed: Vec<&Cell> = housed.iter().copied().filter(|c| missing_posts(model, c).is_empty()).collect();
    let roles: BTreeSet<&str> = housed.iter().flat_map(|c| missing_posts(model, c)).collect();
    steps.push(step(Stage::Staff, staffed.len(), ids(roles.into_iter())));
    let free: Vec<&Cell> = staffed.iter().copied().filter(|c| busy(model, used, c).is_empty()).collect();
    let by: BTreeSet<&str> = blamed(&free, &staffed).iter().flat_map(|c| busy(model, used, c)).collect();
    steps.push(step(Stage::Free, free.len(), ids(by.into_iter())));
    let affordable: Vec<&Cell> = free.iter().copied().filter(|c| short(model, used, need, c).is_empty()).collect();
    let supplies: BTreeSet<String> =
        blamed(&affordable, &free).iter().flat_map(|c| short(model, used, need, c)).collect();
    steps.push(step(Stage::Affordable, affordable.len(), ids(supplies.iter().map(String::as_str))));
    steps
}

type FitIndex = BTreeMap<(NeedId, ProjectId), (crate::lists::FitWorth, i64)>;

/// Those whose names are asked for: all that stood before, where nothing is left.
fn blamed<'a, 'c>(left: &[&Cell], before: &'a [&'c Cell]) -> &'a [&'c Cell] {
    if left.is_empty() { before } else { &[] }
}

/// A stage; names are given only where nothing is left.
fn step(stage: Stage, left: usize, by: Vec<String>) -> FunnelStep {
    FunnelStep { stage, left: left as u64, by: if left == 0 { by } else { Vec::new() } }
}

fn ids<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let names: BTreeSet<&str> = names.collect();
    names.into_iter().take(NAMES).map(str::to_owned).collect()
}

/// Roles of posts that not enough qualified members could fill even if all were free.
fn missing_posts<'a>(model: &Model<'a>, cell: &Cell) -> Vec<&'a str> {
    let project = &model.case.projects[cell.project.index()];
    project
        .posts
        .iter()
        .zip(&cell.posts)
        .filter(|(post, candidates)| {
            let members = members_of_post(post, project.size);
            lists(candidates)
                .iter()
                .any(|list| list.iter().map(|c| model.classes[c.class.index()].count).sum::<i64>() < members)
        })
        .map(|(post, _)| model.case.text(post.role))
        .collect()
}

fn lists(candidates: &PostCandidates) -> &[Vec<crate::model::Candidate>] {
    match candidates {
        PostCandidates::Steady(list) => std::slice::from_ref(list),
        PostCandidates::Rotating(lists) => lists,
    }
}

/// Sessions that hold the members or rooms this cell would need; empty if enough are free.
fn busy<'u>(model: &Model, used: &'u Used, cell: &Cell) -> Vec<&'u str> {
    let project = &model.case.projects[cell.project.index()];
    let start = cell.start.index();
    let mut names = Vec::new();
    let room_for = |class: ClassId, period: usize, load: i64| {
        let row = &model.classes[class.index()];
        let all = row.count * row.free[period];
        let taken = used.load.get(&(class, period)).copied().unwrap_or(0);
        if load == 0 { row.count } else { ((all - taken).max(0) / load).min(row.count) }
    };
    for (post, candidates) in project.posts.iter().zip(&cell.posts) {
        let members = members_of_post(post, project.size);
        for (k, list) in lists(candidates).iter().enumerate() {
            let periods = if post.rotate { start + k..start + k + 1 } else { start..start + project.span as usize };
            for period in periods {
                let free: i64 = list.iter().map(|c| room_for(c.class, period, post.load)).sum();
                if free < members {
                    for candidate in list {
                        names.extend(used.by.get(&(candidate.class, period)).into_iter().flatten().map(String::as_str));
                    }
                }
            }
        }
    }
    if crate::fit::needs_room(project) {
        for period in start..start + project.span as usize {
            if cell.rooms.iter().map(|c| room_for(*c, period, 1)).sum::<i64>() < 1 {
                for class in &cell.rooms {
                    names.extend(used.by.get(&(*class, period)).into_iter().flatten().map(String::as_str));
                }
            }
        }
    }
    names
}

/// Funds and stocks that could pay for one more session with one unit of the need but have too little left.
fn short(model: &Model, used: &Used, need: &crate::lists::Need, cell: &Cell) -> Vec<String> {
    let case = model.case;
    let project = &case.projects[cell.project.index()];
    let mut names = Vec::new();
    let fen = project.session_cost_fen + project.unit_cost_fen;
    let left: i64 = cell.funds.iter().map(|f| used.left[f.index()].max(0)).fold(0, i64::saturating_add);
    if fen > left {
        names.extend(cell.funds.iter().map(|f| case.resources[f.index()].id.clone()));
        if cell.funds.is_empty() {
            names.push("¥".to_owned());
        }
    }
    let wanted = project.goods.iter().map(|g| (g.item, g.n)).chain(need.goods.iter().map(|g| (g.item, g.n)));
    for (item, n) in wanted {
        let stocks: Vec<usize> = used
            .stocks
            .iter()
            .copied()
            .filter(|&i| {
                let stock = &case.resources[i];
                stock.roles.binary_search(&item).is_ok()
                    && fit::may_supply(&model.geography, stock, (cell.project, project), cell.place, cell.start)
            })
            .collect();
        if stocks.iter().map(|i| used.left[*i].max(0)).sum::<i64>() < n {
            names.extend(stocks.iter().map(|i| case.resources[*i].id.clone()));
            if stocks.is_empty() {
                names.push(case.text(item).to_owned());
            }
        }
    }
    names
}
