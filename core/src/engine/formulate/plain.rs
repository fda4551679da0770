//! Whether a model is plain transportation: units of needs to seats of sessions that need nobody and cost nothing, and levels
//! that count units one by one. `flow` solves that as a network, so the rows that make relaxations strong are not laid out,
//! and no plan is built by hand before.

use crate::lists::{Case, Need, Project, Term};
use crate::model::{Cell, Model};

pub(super) fn plain(model: &Model) -> bool {
    let case = model.case;
    case.rules.is_empty()
        && case.pins.is_empty()
        && case.needs.iter().all(only_units)
        && model.cells.iter().all(|cell| only_seats(&case.projects[cell.project.index()], cell))
        && counts_units(case)
}

fn only_units(need: &Need) -> bool {
    !need.whole && !need.one_project && need.per_period.is_none() && need.person.is_none() && need.goods.is_empty()
}

fn only_seats(project: &Project, cell: &Cell) -> bool {
    let free = project.session_cost_fen == 0 && project.unit_cost_fen == 0 && project.launch_cost_fen == 0;
    free && project.goods.is_empty()
        && project.posts.is_empty()
        && !crate::fit::needs_room(project)
        && project.max_sessions.is_none()
        && project.min_size <= 1
        && project.min_sessions <= 1
        && cell.offers.iter().all(|offer| offer.seats == 1)
}

/// Whether no level asks for a column of its own: without rules, costs and members that would be steps or changes.
fn counts_units(case: &Case) -> bool {
    let changes = case.previous.is_some() && case.settings.levels.iter().flatten().any(|term| *term == Term::Changes);
    case.settings.fairness.len() == 1 && !changes
}
