//! Whether a model is plain transportation: units of needs to seats of sessions that need nobody and cost nothing, valued on
//! one level alone. `flow` solves that as a network, so the rows that make relaxations strong are not laid out, and no plan
//! is built by hand before.

use crate::lists::{Need, Project, Term};
use crate::model::{Cell, Model};

pub(super) fn plain(model: &Model) -> bool {
    let case = model.case;
    case.rules.is_empty()
        && case.pins.is_empty()
        && case.needs.iter().all(only_units)
        && model.cells.iter().all(|cell| only_seats(&case.projects[cell.project.index()], cell))
        && one_level(model)
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

/// Whether at most one level says anything, and that of units alone.
fn one_level(model: &Model) -> bool {
    let settings = &model.case.settings;
    let offers = || model.cells.iter().flat_map(|cell| &cell.offers);
    let says = |term: &Term| match term {
        Term::Must => model.case.needs.iter().any(|need| need.must),
        Term::Coverage => true,
        Term::Travel => offers().any(|offer| offer.minutes != 0),
        Term::Quality => offers().any(|offer| offer.points != 0),
        // There are no rules, costs and members.
        Term::Quota | Term::Cost | Term::Turns | Term::Prefers => false,
        Term::Changes => model.case.previous.is_some(),
    };
    let valued = |terms: &&Vec<Term>| terms.iter().any(|term| settings.weights.of(*term) != 0 && says(term));
    let changes = settings.levels.iter().flatten().any(|term| *term == Term::Changes && says(term));
    settings.fairness.len() == 1 && !changes && settings.levels.iter().filter(valued).count() <= 1
}
