//! The table `needs 需求清单`.

use super::findings::Findings;
use super::grid::Grid;
use super::names::Names;
use super::words::DEFAULT_UNIT;
use crate::lists::{Need, PeriodSet};

/// The rows of `needs`, by id.
pub(super) fn needs(grid: &Grid<'_>, names: &Names<'_>, findings: &mut Findings) -> Vec<Need> {
    let empty = names.symbols_of([]);
    let place = grid.read("place", findings, None, |text, faults| names.places.place(text, faults));
    let services = grid.read("services", findings, empty.clone(), |text, faults| names.some_words(text, faults));
    let quantity = grid.integers("quantity", 1, findings);
    let default_unit = names.symbol(DEFAULT_UNIT);
    let unit =
        grid.read("unit", findings, default_unit, |text, faults| names.word(text, faults).unwrap_or(default_unit));
    let priority = grid.integers("priority", 1, findings);
    let must = grid.booleans("must", findings);
    let whole = grid.booleans("whole", findings);
    let one_project = grid.booleans("one_project", findings);
    let periods = grid.read("periods", findings, PeriodSet::all(), |text, faults| names.periods(text, faults));
    let per_period = grid.some_integers("per_period", findings);
    let reach = grid.integers("reach_minutes", 0, findings);
    let audience = grid.read("audience", findings, empty.clone(), |text, faults| names.words(text, faults));
    let projects = grid.read("projects", findings, None, |text, faults| names.projects(text, faults));
    let exclude = grid.read("exclude", findings, None, |text, faults| names.projects(text, faults));
    let person = grid.read("person", findings, None, |text, faults| names.word(text, faults));
    let group = grid.read("group", findings, None, |text, faults| names.word(text, faults));
    let goods = grid.read("goods", findings, [].into(), |text, faults| names.item_counts(text, faults));
    grid.reserved("trains", findings);
    grid.reserved("after", findings);

    let no_projects: std::sync::Arc<[_]> = [].into();
    let build = |row: usize| {
        // A row whose place is at fault stands at `online` until the fault is reported.
        let place = place.at(row).unwrap_or(names.places.online);
        let group = group.at(row).unwrap_or_else(|| names.symbol(&names.places.places[place.index()].id));
        Need {
            id: names.needs.text(row).to_owned(),
            title: grid.text(row, "title").to_owned(),
            row: grid.number(row),
            place,
            services: services.at(row).clone(),
            quantity: *quantity.at(row),
            unit: *unit.at(row),
            priority: *priority.at(row),
            must: *must.at(row),
            whole: *whole.at(row),
            one_project: *one_project.at(row),
            periods: periods.at(row).clone(),
            per_period: *per_period.at(row),
            reach_minutes: *reach.at(row),
            audience: audience.at(row).clone(),
            projects: projects.at(row).clone(),
            exclude: exclude.at(row).clone().unwrap_or_else(|| no_projects.clone()),
            person: *person.at(row),
            group,
            goods: goods.at(row).clone(),
        }
    };
    names.needs.arrange(build)
}
