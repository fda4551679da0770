//! The table `resources 资源清单`.

use std::sync::Arc;

use super::findings::{Findings, details};
use super::gazetteer::within;
use super::grid::Grid;
use super::names::{Names, money};
use crate::intake::columns::LARGEST;
use crate::lists::{Kind, PeriodSet, ProjectId, Resource, Settings, Symbol};
use crate::problem::Code;

/// The columns that a kind of resource does not use.
fn ignored(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Staff => &["amount", "seats"],
        Kind::Venue => &["amount", "skills", "prefers"],
        Kind::Fund => {
            &["roles", "skills", "place", "reach_minutes", "count", "per_period", "total", "seats", "cost", "prefers"]
        }
        Kind::Goods => {
            &["skills", "place", "reach_minutes", "count", "per_period", "total", "seats", "cost", "prefers"]
        }
    }
}

/// The rows of `resources`, by id.
pub(super) fn resources(
    grid: &Grid<'_>,
    names: &Names<'_>,
    settings: &Settings,
    findings: &mut Findings,
) -> Vec<Resource> {
    let empty = names.symbols_of([]);
    let kind = grid.choices("kind", 0, findings);
    let kind_of = |row: usize| match kind.at(row) {
        1 => Kind::Venue,
        2 => Kind::Fund,
        3 => Kind::Goods,
        _ => Kind::Staff,
    };
    let roles = grid.read("roles", findings, empty.clone(), |text, faults| names.words(text, faults));
    let skills = grid.read("skills", findings, [].into(), |text, faults| names.skills(text, faults));
    let org = grid.read("org", findings, None, |text, faults| names.word(text, faults));
    let place = grid.read("place", findings, None, |text, faults| names.places.place(text, faults));
    let reach = grid.integers("reach_minutes", settings.reach_minutes, findings);
    let count = grid.integers("count", 1, findings);
    let periods = grid.read("periods", findings, PeriodSet::all(), |text, faults| names.periods(text, faults));
    let per_period = grid.integers("per_period", 1, findings);
    let total = grid.some_integers("total", findings);
    let amount = amounts(grid, &kind_of, findings);
    let projects = grid.read("projects", findings, None, |text, faults| names.projects(text, faults));
    let exclude = grid.read("exclude", findings, None, |text, faults| names.projects(text, faults));
    let services = grid.read("services", findings, None, |text, faults| names.any_words(text, faults));
    let places = grid.read("places", findings, None, |text, faults| names.places(text, faults));
    let seats = grid.some_integers("seats", findings);
    let cost = grid.money("cost", findings);
    type Preferred = (Arc<[Symbol]>, Arc<[ProjectId]>);
    let none: Preferred = (empty.clone(), [].into());
    let prefers = grid.read("prefers", findings, none.clone(), |text, _| preferred(text, names));

    let mut ignores: Vec<(usize, &'static str)> = Vec::new();
    let no_projects: Arc<[ProjectId]> = [].into();
    let build = |row: usize| {
        let kind = kind_of(row);
        let (staff, held) = (kind == Kind::Staff, matches!(kind, Kind::Staff | Kind::Venue));
        let (prefers_services, prefers_projects) = if staff { prefers.at(row).clone() } else { none.clone() };
        Resource {
            id: names.resources.text(row).to_owned(),
            title: grid.text(row, "title").to_owned(),
            row: grid.number(row),
            kind,
            roles: if kind == Kind::Fund { empty.clone() } else { roles.at(row).clone() },
            skills: if staff { skills.at(row).clone() } else { [].into() },
            org: *org.at(row),
            place: place.at(row).filter(|_| held),
            reach_minutes: if held { *reach.at(row) } else { settings.reach_minutes },
            count: if held { *count.at(row) } else { 1 },
            periods: periods.at(row).clone(),
            per_period: if held { *per_period.at(row) } else { 1 },
            total: total.at(row).filter(|_| held),
            amount: amount[row].filter(|_| !held).unwrap_or(0),
            projects: projects.at(row).clone(),
            exclude: exclude.at(row).clone().unwrap_or_else(|| no_projects.clone()),
            services: services.at(row).clone(),
            places: places.at(row).clone(),
            seats: seats.at(row).filter(|_| kind == Kind::Venue),
            cost_fen: if held { *cost.at(row) } else { 0 },
            prefers_services,
            prefers_projects,
        }
    };
    let list: Vec<Resource> = names.resources.arrange(build);

    for (row, amount) in amount.iter().enumerate() {
        let kind = kind_of(row);
        let mut needs = |column: &'static str, why: &str| {
            findings.add(grid.at(row, column), Code::NeededForKind, "", details![why]);
        };
        if kind != Kind::Fund && roles.at(row).is_empty() {
            needs("roles", "roles of staff, kinds of a venue, items of goods (人员的岗位、场地的类型、物资的物品)");
        }
        if matches!(kind, Kind::Fund | Kind::Goods) && amount.is_none() {
            needs("amount", "yuan of a fund, items of goods (资金的元、物资的件数)");
        }
        if kind == Kind::Venue && place.is_blank(row) {
            needs("place", "the place of the venue (场地的地点)");
        }
        if let (Kind::Venue, Some(at)) = (kind, place.at(row))
            && names.places.is_parent(*at)
        {
            let id = &names.places.places[at.index()].id;
            findings.add(grid.at(row, "place"), Code::VenueNotAtLeaf, id, Vec::new());
        }
    }
    for kind in [Kind::Staff, Kind::Venue, Kind::Fund, Kind::Goods] {
        for column in ignored(kind) {
            let codes = &grid.coded(column).codes;
            ignores.extend(
                (0..codes.len()).filter(|row| codes[*row] != 0 && kind_of(*row) == kind).map(|row| (row, *column)),
            );
        }
    }
    for (row, column) in ignores {
        findings.add(grid.at(row, column), Code::ColumnIgnored, "", Vec::new());
    }
    list
}

/// The column `amount`: fen of a fund, items of goods; faults only where the kind uses it.
fn amounts(grid: &Grid<'_>, kind_of: &impl Fn(usize) -> Kind, findings: &mut Findings) -> Vec<Option<i64>> {
    let coded = grid.coded("amount");
    let mut faults = super::grid::Faults::default();
    let mut amounts = vec![None; grid.rows.len()];
    for (row, amount) in amounts.iter_mut().enumerate() {
        let Some(text) = coded.codes.get(row).filter(|code| **code != 0).map(|code| coded.texts[*code as usize - 1])
        else {
            continue;
        };
        *amount = match kind_of(row) {
            Kind::Staff | Kind::Venue => continue,
            Kind::Fund => Some(money(text, &mut faults)),
            Kind::Goods => Some(within(text, 0, LARGEST, &mut faults)),
        };
        for (code, value, details) in faults.take() {
            findings.add(grid.at(row, "amount"), code, &value, details);
        }
    }
    amounts
}

/// What a row prefers: tokens that are project ids, and the rest as services.
fn preferred(text: &str, names: &Names<'_>) -> (Arc<[Symbol]>, Arc<[ProjectId]>) {
    let mut services = Vec::new();
    let mut projects = Vec::new();
    for word in super::cell::items(text) {
        match names.projects.position(&word) {
            Some(position) => projects.push(ProjectId::from(position)),
            None => services.push(names.symbol(&word)),
        }
    }
    (super::names::sorted(services), super::names::sorted(projects))
}
