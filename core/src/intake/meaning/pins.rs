//! The tables `fit 适配` and `pins 指定`.

use super::findings::{At, Findings, details};
use super::gazetteer::within;
use super::grid::{Faults, Grid};
use super::names::Names;
use crate::intake::columns::{LARGEST, fold};
use crate::lists::{Fit, FitWorth, Kind, PeriodId, Pin, PinMode, Resource, Table};
use crate::problem::Code;

/// The rows of `fit`, by (need, project).
pub(super) fn fits(grid: &Grid<'_>, names: &Names<'_>, findings: &mut Findings) -> Vec<Fit> {
    let need = grid.read("need", findings, None, |text, faults| names.need(text, faults));
    let project = grid.read("project", findings, None, |text, faults| names.project(text, faults));
    let points = grid.read("points", findings, FitWorth::Points(0), worth);
    let load = grid.integers("load", 1, findings);
    let mut list = Vec::with_capacity(grid.rows.len());
    for row in 0..grid.rows.len() {
        let (Some(need), Some(project)) = (*need.at(row), *project.at(row)) else { continue };
        list.push(Fit { row: grid.number(row), need, project, worth: *points.at(row), load: *load.at(row) });
    }
    list.sort_unstable_by_key(|fit| (fit.need, fit.project, fit.row));
    list.dedup_by(|later, first| {
        let same = (later.need, later.project) == (first.need, first.project);
        if same {
            let at = At { table: Table::Fit, row: Some(later.row), column: None };
            findings.add(at, Code::RowTwice, "", details![first.row]);
        }
        same
    });
    list
}

/// Points, or `x` for a pair that is excluded.
fn worth(text: &str, faults: &mut Faults) -> FitWorth {
    if matches!(fold(text).as_str(), "x" | "\u{d7}") {
        return FitWorth::Excluded;
    }
    FitWorth::Points(within(text, -LARGEST, LARGEST, faults))
}

/// The rows of `pins`, by content.
pub(super) fn pins(grid: &Grid<'_>, names: &Names<'_>, resources: &[Resource], findings: &mut Findings) -> Vec<Pin> {
    let mode = grid.choices("pin", 0, findings);
    let need = grid.read("need", findings, None, |text, faults| names.need(text, faults));
    let project = grid.read("project", findings, None, |text, faults| names.project(text, faults));
    let place = grid.read("place", findings, None, |text, faults| names.places.place(text, faults));
    let period = grid.read("period", findings, None, |text, faults| one_period(text, names, faults));
    let resource = grid.read("resource", findings, None, |text, faults| {
        let resource = names.resource(text, faults)?;
        if matches!(resources[resource.index()].kind, Kind::Fund | Kind::Goods) {
            faults.add(Code::PinOnMoney, text, Vec::new());
        }
        Some(resource)
    });
    let count = grid.integers("count", 1, findings);
    let build = |row: usize| Pin {
        row: grid.number(row),
        mode: if *mode.at(row) == 0 { PinMode::Fix } else { PinMode::Forbid },
        need: *need.at(row),
        project: *project.at(row),
        place: *place.at(row),
        period: *period.at(row),
        resource: *resource.at(row),
        count: *count.at(row),
    };
    let mut list: Vec<Pin> = (0..grid.rows.len()).map(build).collect();
    list.sort_by_key(|pin| (pin.mode, pin.need, pin.project, pin.place, pin.period, pin.resource, pin.count, pin.row));
    list
}

/// The one period that a cell names by its id.
pub(super) fn one_period(text: &str, names: &Names<'_>, faults: &mut Faults) -> Option<PeriodId> {
    let id = super::cell::tidy(text);
    let period = names.calendar.find(&id);
    if period.is_none() {
        faults.add(Code::UnknownPeriod, &id, details![names.calendar.nearest(&id)]);
    }
    period
}
