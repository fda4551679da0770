//! The tables `projects 项目清单` and `requirements 岗位要求`.

use std::sync::Arc;

use super::compound;
use super::findings::{Findings, details};
use super::grid::Grid;
use super::names::{Names, sorted};
use crate::intake::columns::fold;
use crate::lists::{PeriodSet, Post, PostOrgs, Project, ProjectGoods, ProjectId, Settings, Symbol};
use crate::problem::Code;

/// The rows of `projects`, by id, with their posts.
pub(super) fn projects(
    grid: &Grid<'_>,
    requirements: &Grid<'_>,
    names: &Names<'_>,
    settings: &Settings,
    findings: &mut Findings,
) -> Vec<Project> {
    let empty = names.symbols_of([]);
    let services = grid.read("services", findings, empty.clone(), |text, faults| names.some_words(text, faults));
    let audience = grid.read("audience", findings, empty.clone(), |text, faults| names.words(text, faults));
    let unit = grid.read("unit", findings, None, |text, faults| names.word(text, faults));
    let lead = grid.read("lead", findings, None, |text, faults| names.word(text, faults));
    let partners = grid.read("partners", findings, empty.clone(), |text, faults| names.words(text, faults));
    let place = grid.read("place", findings, None, |text, faults| names.places.place(text, faults));
    let reach = grid.integers("reach_minutes", settings.reach_minutes, findings);
    let places = grid.read("places", findings, None, |text, faults| names.places(text, faults));
    let online = grid.booleans("online", findings);
    let periods = grid.read("periods", findings, PeriodSet::all(), |text, faults| names.periods(text, faults));
    let span = grid.integers("span", 1, findings);
    let size = grid.integers("size", 1, findings);
    let min_size = grid.integers("min_size", 0, findings);
    let max_sessions = grid.some_integers("max_sessions", findings);
    let min_sessions = grid.integers("min_sessions", 0, findings);
    let max_per_cell = grid.some_integers("max_per_cell", findings);
    let launch_cost = grid.money("launch_cost", findings);
    let session_cost = grid.money("session_cost", findings);
    let unit_cost = grid.money("unit_cost", findings);
    let goods = grid.read("goods", findings, [].into(), |text, faults| goods(text, names, faults));
    let staffing = grid.read("staffing", findings, Vec::new(), compound::staffing);
    let venue = grid.read("venue", findings, empty.clone(), |text, faults| names.words(text, faults));
    let clearance = grid.read("clearance", findings, empty.clone(), |text, faults| names.words(text, faults));
    let quality = grid.integers("quality", 0, findings);
    grid.reserved("grants", findings);

    let build = |row: usize| Project {
        id: names.projects.text(row).to_owned(),
        title: grid.text(row, "title").to_owned(),
        row: grid.number(row),
        services: services.at(row).clone(),
        audience: audience.at(row).clone(),
        unit: *unit.at(row),
        lead: *lead.at(row),
        partners: partners.at(row).clone(),
        place: *place.at(row),
        reach_minutes: *reach.at(row),
        places: places.at(row).clone(),
        online: *online.at(row),
        periods: periods.at(row).clone(),
        span: *span.at(row),
        size: *size.at(row),
        min_size: *min_size.at(row),
        max_sessions: *max_sessions.at(row),
        min_sessions: *min_sessions.at(row),
        max_per_cell: *max_per_cell.at(row),
        launch_cost_fen: *launch_cost.at(row),
        session_cost_fen: *session_cost.at(row),
        unit_cost_fen: *unit_cost.at(row),
        goods: goods.at(row).clone(),
        posts: short_posts(staffing.at(row), names),
        venue: venue.at(row).clone(),
        clearance: clearance.at(row).clone(),
        quality: *quality.at(row),
    };
    let mut list: Vec<Project> = names.projects.arrange(build);
    for (project, row) in list.iter().zip(names.projects.order()) {
        if project.min_size > project.size && size.is_sound(row) && min_size.is_sound(row) {
            let value = project.min_size.to_string();
            findings.add(grid.at(row, "min_size"), Code::MinSizeAboveSize, &value, details![project.size]);
        }
    }
    add_requirements(&mut list, requirements, names, findings);
    list
}

fn goods(text: &str, names: &Names<'_>, faults: &mut super::grid::Faults) -> Arc<[ProjectGoods]> {
    let mut list: Vec<ProjectGoods> = compound::goods(text, faults)
        .iter()
        .map(|g| ProjectGoods { item: names.symbol(&g.item), n: g.n, per_unit: g.per_unit })
        .collect();
    list.sort_unstable_by_key(|g| (g.item, g.per_unit));
    list.into()
}

fn short_posts(short: &[compound::ShortPost], names: &Names<'_>) -> Vec<Post> {
    let post = |(position, short): (usize, &compound::ShortPost)| Post {
        number: number(position),
        row: None,
        role: names.symbol(&short.role),
        skills: names.symbols_of(&short.skills),
        count: short.count,
        per_units: short.per_units,
        reserve: 0,
        load: 1,
        rotate: false,
        orgs: None,
    };
    short.iter().enumerate().map(post).collect()
}

/// The number of a post from its position.
fn number(position: usize) -> u32 {
    u32::try_from(position + 1).expect("at most ten million rows")
}

/// Adds the rows of `requirements`, in row order, after the posts of the short form.
fn add_requirements(projects: &mut [Project], grid: &Grid<'_>, names: &Names<'_>, findings: &mut Findings) {
    let project: super::grid::Read<'_, Option<ProjectId>> =
        grid.read("project", findings, None, |text, faults| names.project(text, faults));
    let role = grid.read("role", findings, None, |text, faults| names.word(text, faults));
    let skills = grid.read("skills", findings, [].into(), |text, faults| names.words(text, faults));
    let count = grid.integers("count", 1, findings);
    let per_units = grid.some_integers("per_units", findings);
    let reserve = grid.integers("reserve", 0, findings);
    let load = grid.integers("load", 1, findings);
    let rotate = grid.booleans("rotate", findings);
    let orgs = grid.read("orgs", findings, None, |text, faults| {
        let words: Arc<[Symbol]> = names.words(text, faults);
        let is_own = |word: &&Symbol| is_own(names.symbols.text(**word));
        let own = words.iter().any(|word| is_own(&word));
        let named: Vec<Symbol> = words.iter().filter(|word| !is_own(word)).copied().collect();
        (own || !named.is_empty()).then(|| PostOrgs { own, named: sorted(named) })
    });
    for row in 0..grid.rows.len() {
        let (Some(project), Some(role)) = (*project.at(row), *role.at(row)) else { continue };
        let posts = &mut projects[project.index()].posts;
        posts.push(Post {
            number: number(posts.len()),
            row: Some(grid.number(row)),
            role,
            skills: skills.at(row).clone(),
            count: *count.at(row),
            per_units: *per_units.at(row),
            reserve: *reserve.at(row),
            load: *load.at(row),
            rotate: *rotate.at(row),
            orgs: orgs.at(row).clone(),
        });
    }
}

/// Whether a word in `orgs` means the project's lead and partners.
fn is_own(word: &str) -> bool {
    matches!(fold(word).as_str(), "own" | "\u{672c}\u{5355}\u{4f4d}")
}
