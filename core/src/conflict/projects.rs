//! Limits of `projects 项目清单` and of its posts (`staffing`, `requirements 岗位要求`).
//!
//! Not among them: `services`, `online` and `span` say what the project is; `count`, `per_units`, `reserve` and `role` of
//! a post say who makes a session, which pins on staff and ratios also lean on: that nobody is there is seen in the rows of `resources`.

use super::limit::{self, Limit, Target};
use super::stake::Stake;
use crate::lists::{Case, PeriodSet, Post, PostOrgs, Project, ProjectId, Table};

/// A cell of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ProjectCell {
    Audience,
    Unit,
    Place,
    Reach,
    Places,
    Periods,
    Size,
    MinSize,
    MaxSessions,
    MinSessions,
    MaxPerCell,
    LaunchCost,
    SessionCost,
    UnitCost,
    Goods,
    Venue,
    Clearance,
    /// The skills in the short form of the posts.
    Staffing,
}

/// A cell of a row of requirements: the position of the post and what is lifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PostCell {
    Skills(usize),
    Load(usize),
    Orgs(usize),
}

/// The limits of one project and its posts.
pub(super) fn list(case: &Case, id: ProjectId, stake: &Stake, out: &mut Vec<Limit>) {
    let project = &case.projects[id.index()];
    let mut found: Vec<(ProjectCell, &'static str, String)> = Vec::new();
    let mut add = |cell, column, value| found.push((cell, column, value));
    if !project.audience.is_empty() {
        add(ProjectCell::Audience, "audience", limit::words(case, &project.audience));
    }
    if let Some(unit) = project.unit {
        add(ProjectCell::Unit, "unit", case.text(unit).to_owned());
    }
    if let (Some(place), false) = (project.place, project.online) {
        add(ProjectCell::Place, "place", case.places[place.index()].id.clone());
        add(ProjectCell::Reach, "reach_minutes", project.reach_minutes.to_string());
    }
    if let (Some(list), false) = (&project.places, project.online) {
        add(ProjectCell::Places, "places", limit::places(case, list));
    }
    if !project.periods.is_all() {
        add(ProjectCell::Periods, "periods", limit::periods(case, &project.periods));
    }
    add(ProjectCell::Size, "size", project.size.to_string());
    if project.min_size > 1 {
        add(ProjectCell::MinSize, "min_size", project.min_size.to_string());
    }
    if let Some(most) = project.max_sessions {
        add(ProjectCell::MaxSessions, "max_sessions", most.to_string());
    }
    if project.min_sessions > 1 {
        add(ProjectCell::MinSessions, "min_sessions", project.min_sessions.to_string());
    }
    if let Some(most) = project.max_per_cell {
        add(ProjectCell::MaxPerCell, "max_per_cell", most.to_string());
    }
    for (cell, column, fen) in [
        (ProjectCell::LaunchCost, "launch_cost", project.launch_cost_fen),
        (ProjectCell::SessionCost, "session_cost", project.session_cost_fen),
        (ProjectCell::UnitCost, "unit_cost", project.unit_cost_fen),
    ] {
        if fen > 0 {
            add(cell, column, limit::yuan(fen));
        }
    }
    if !project.goods.is_empty() {
        let items = project
            .goods
            .iter()
            .map(|g| format!("{}:{}{}", case.text(g.item), g.n, if g.per_unit { "/人" } else { "" }));
        add(ProjectCell::Goods, "goods", limit::joined(items));
    }
    // A pin on one of its rooms needs the project to take rooms.
    if crate::fit::needs_room(project) && !stake.roomed[id.index()] {
        add(ProjectCell::Venue, "venue", limit::words(case, &project.venue));
    }
    if !project.clearance.is_empty() {
        add(ProjectCell::Clearance, "clearance", limit::words(case, &project.clearance));
    }
    if short_form(project).any(|post| !post.skills.is_empty()) {
        add(ProjectCell::Staffing, "staffing", limit::joined(short_form(project).map(|post| as_written(case, post))));
    }
    out.extend(found.into_iter().map(|(cell, column, value)| Limit {
        table: Table::Projects,
        row: Some(project.row),
        column: Some(column),
        value,
        target: Target::Project(id, cell),
    }));
    for (position, post) in project.posts.iter().enumerate().filter(|(_, post)| post.row.is_some()) {
        let mut add = |cell, column, value| {
            let (table, target) = (Table::Requirements, Target::Post(id, cell));
            out.push(Limit { table, row: post.row, column: Some(column), value, target });
        };
        if !post.skills.is_empty() {
            add(PostCell::Skills(position), "skills", limit::words(case, &post.skills));
        }
        if post.load > 1 {
            add(PostCell::Load(position), "load", post.load.to_string());
        }
        if let Some(orgs) = &post.orgs {
            add(PostCell::Orgs(position), "orgs", organisations(case, orgs));
        }
    }
}

fn short_form(project: &Project) -> impl Iterator<Item = &Post> {
    project.posts.iter().filter(|post| post.row.is_none())
}

/// A post as the column `staffing` has it: `志愿者[手语+急救]:2/10`.
fn as_written(case: &Case, post: &Post) -> String {
    let skills = post.skills.iter().map(|s| case.text(*s)).collect::<Vec<_>>().join("+");
    let skills = if skills.is_empty() { skills } else { format!("[{skills}]") };
    let ratio = post.per_units.map_or(String::new(), |n| format!("/{n}"));
    format!("{}{skills}:{}{ratio}", case.text(post.role), post.count)
}

fn organisations(case: &Case, orgs: &PostOrgs) -> String {
    let own = orgs.own.then_some("own");
    limit::joined(own.into_iter().chain(orgs.named.iter().map(|s| case.text(*s))))
}

/// Lifts a cell; `size` is lifted last, see `relaxed`.
pub(super) fn lift(project: &mut Project, cell: ProjectCell) {
    match cell {
        ProjectCell::Size => {}
        ProjectCell::Audience => project.audience = [].into(),
        ProjectCell::Unit => project.unit = None,
        ProjectCell::Place => project.place = None,
        ProjectCell::Reach => project.reach_minutes = i64::MAX,
        ProjectCell::Places => project.places = None,
        ProjectCell::Periods => project.periods = PeriodSet::all(),
        ProjectCell::MinSize => project.min_size = 0,
        ProjectCell::MaxSessions => project.max_sessions = None,
        ProjectCell::MinSessions => project.min_sessions = 0,
        ProjectCell::MaxPerCell => project.max_per_cell = None,
        ProjectCell::LaunchCost => project.launch_cost_fen = 0,
        ProjectCell::SessionCost => project.session_cost_fen = 0,
        ProjectCell::UnitCost => project.unit_cost_fen = 0,
        ProjectCell::Goods => project.goods = [].into(),
        ProjectCell::Venue => project.venue = [].into(),
        ProjectCell::Clearance => project.clearance = [].into(),
        ProjectCell::Staffing => {
            let short = project.posts.iter_mut().filter(|post| post.row.is_none());
            short.for_each(|post| post.skills = [].into());
        }
    }
}

/// Lifts a cell of a post.
pub(super) fn lift_post(project: &mut Project, cell: PostCell) {
    match cell {
        PostCell::Skills(post) => project.posts[post].skills = [].into(),
        PostCell::Load(post) => project.posts[post].load = 1,
        PostCell::Orgs(post) => project.posts[post].orgs = None,
    }
}

/// Gives sessions more seats without asking for more members: posts counted by size keep their members.
pub(super) fn widen(project: &mut Project, stake: &Stake) {
    for post in &mut project.posts {
        let members = crate::model::members_of_post(post, project.size);
        (post.count, post.per_units) = (members - post.reserve, None);
    }
    project.size = project.size.saturating_add(stake.seats);
}
