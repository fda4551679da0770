//! What raw tables mean: every cell read, every name resolved, every fault found, and the case built.
//!
//! ```text
//! Sheets ──grid (columns, distinct texts)──▶ ids, places, periods, words ──▶ rows of each table ──▶ checks across tables ──▶ Case
//! ```
//!
//! The order matters only for names: a cell can be read when what it names is known. Faults do not stop the work; a
//! faulty cell counts as blank until all faults are reported together.

mod advice;
mod calendar;
mod cell;
mod compound;
mod counts;
mod findings;
mod fingerprint;
mod gazetteer;
mod grid;
mod ids;
mod names;
mod needs;
mod periods;
mod pins;
mod previous;
mod privacy;
mod projects;
mod resources;
mod rules;
mod scan;
mod settings;
mod suggest;
mod words;
mod worst;

use std::collections::BTreeSet;
use std::sync::Arc;

use self::calendar::Calendar;
use self::findings::{At, Findings, details};
use self::gazetteer::Gazetteer;
use self::grid::{Faults, Grid, is_list};
use self::ids::Ids;
use self::names::{Names, columns_of};
use self::suggest::Suggestions;
use super::columns::Value;
use super::{Intake, Sheets};
use crate::lists::{Case, IdOrder, Table};
use crate::plan::Plan;
use crate::problem::{Code, Problems};
pub(super) use findings::fit_to_show;

/// The most rows that a table may hold.
const MOST_ROWS: usize = 10_000_000;

/// See [`super::understand`].
pub(super) fn understand(sheets: &Sheets) -> Result<Intake, Problems> {
    let mut findings = Findings::default();
    let tables = bind(sheets, MOST_ROWS, &mut findings);
    let previous = sheets.previous.as_deref().and_then(|text| previous::read(text, &mut findings));
    finished(&tables, previous, findings)
}

/// See [`super::understand_after`].
pub(super) fn understand_after(sheets: &Sheets, previous: Plan) -> Result<Intake, Problems> {
    let mut findings = Findings::default();
    let tables = bind(sheets, MOST_ROWS, &mut findings);
    previous::check_amounts(&previous, &mut findings);
    finished(&tables, Some(previous), findings)
}

fn finished(tables: &[Grid<'_>], previous: Option<Plan>, mut findings: Findings) -> Result<Intake, Problems> {
    let case = build(tables, previous, &mut findings);
    let (warnings, more) = findings.settle()?;
    Ok(Intake { case, warnings, more })
}

/// Every table but `previous`, in the order of [`Table::ALL`]; absent ones are blank.
fn bind<'a>(sheets: &'a Sheets, most_rows: usize, findings: &mut Findings) -> Vec<Grid<'a>> {
    let mut tables: Vec<Option<Grid<'a>>> = Table::ALL.map(|_| None).into();
    for sheet in &sheets.sheets {
        let at = At { table: sheet.table, row: None, column: None };
        let place = &mut tables[sheet.table as usize];
        if sheet.table == Table::Previous {
            findings.add(at, Code::PreviousIsNoSheet, "", Vec::new());
        } else if place.is_some() {
            findings.add(at, Code::TableTwice, "", Vec::new());
        } else if sheet.rows.len() > most_rows {
            findings.add(at, Code::TooManyRows, "", details![sheet.rows.len(), most_rows]);
            *place = Some(Grid::absent(sheet.table));
        } else {
            *place = Some(Grid::bind(sheet, findings));
        }
    }
    let tables = Table::ALL.into_iter().zip(tables).map(|(table, grid)| {
        grid.unwrap_or_else(|| {
            if is_list(table) {
                findings.add(At { table, row: None, column: None }, Code::TableMissing, "", Vec::new());
            }
            Grid::absent(table)
        })
    });
    tables.collect()
}

fn build(tables: &[Grid<'_>], previous: Option<Plan>, findings: &mut Findings) -> Case {
    let of = |table: Table| &tables[table as usize];
    let mut draft = settings::settings(of(Table::Settings), findings);
    scan::scan(tables, &draft.settings.allow_columns, findings);
    let freeze = draft.freeze_before.as_ref().map(|(id, _)| id.as_str());
    let calendar = calendar(tables, freeze, previous.as_ref(), findings);
    let places = gazetteer(tables, findings);
    let projects = Ids::read(of(Table::Projects), true, findings);
    let symbols = words::gather(tables, &places, &projects);
    let mut names = Names {
        needs: Ids::read(of(Table::Needs), false, findings),
        projects,
        resources: Ids::read(of(Table::Resources), true, findings),
        places,
        calendar,
        symbols,
        suggestions: Suggestions::default(),
    };
    if let Some((id, row)) = &draft.freeze_before {
        let mut faults = Faults::default();
        draft.settings.freeze_before = pins::one_period(id, &names, &mut faults);
        for (code, value, details) in faults.take() {
            findings.add(of(Table::Settings).at(*row, "value"), code, &value, details);
        }
    }
    let kinds = of(Table::Places).read("kind", findings, None, |text, faults| names.word(text, faults));
    let kinds: Vec<_> = names.places.rows.iter().map(|row| row.and_then(|row| *kinds.at(row))).collect();
    for (place, kind) in names.places.places.iter_mut().zip(kinds) {
        place.kind = kind;
    }
    let names = names;
    let settings = draft.settings;
    let periods = periods::periods(of(Table::Periods), &names, findings);
    let tag_kinds = periods::tag_kinds(&periods);
    let needs = needs::needs(of(Table::Needs), &names, findings);
    let projects = projects::projects(of(Table::Projects), of(Table::Requirements), &names, &settings, findings);
    let resources = resources::resources(of(Table::Resources), &names, &settings, findings);
    let travel = gazetteer::travel(of(Table::Travel), &names.places, findings);
    let fits = pins::fits(of(Table::Fit), &names, findings);
    let rules = rules::rules(of(Table::Rules), &names, &tag_kinds, findings);
    let pins = pins::pins(of(Table::Pins), &names, &resources, findings);
    let online = names.places.online;
    let order = IdOrder::new(resources.iter().map(|row| row.id.as_str()));
    let mut case = Case {
        symbols: names.symbols,
        needs,
        projects,
        resources,
        order,
        places: names.places.places,
        online,
        travel,
        periods,
        fits,
        rules,
        pins,
        settings,
        previous: previous.map(Arc::new),
        kept: BTreeSet::new(),
        hash: String::new(),
    };
    // What depends on sums of cells says nothing true while some of them are at fault.
    let sound = !findings.has_errors();
    let combinations = counts::check(&case, findings);
    if sound {
        previous::check_facts(&case, findings);
        worst::check(&case, &combinations, findings);
    }
    if Table::ALL.iter().all(|table| !is_list(*table) || !of(*table).is_absent()) {
        advice::advise(&case, findings);
    }
    if !findings.has_errors() {
        case.hash = fingerprint::fingerprint(&case);
    }
    case
}

/// The periods of the table, or those that cells name.
fn calendar(tables: &[Grid<'_>], freeze: Option<&str>, previous: Option<&Plan>, findings: &mut Findings) -> Calendar {
    let table = &tables[Table::Periods as usize];
    if !table.rows.is_empty() {
        return Calendar::of_table(table, findings);
    }
    let lists = columns_of(|value| matches!(value, Value::Periods | Value::Reference(Table::Periods)));
    let lists = lists.flat_map(|(table, column)| tables[table as usize].coded(column).texts.iter().copied());
    let skills = tables[Table::Resources as usize].coded("skills").texts.iter();
    let skills: Vec<String> = skills.flat_map(|text| compound::skill_periods(text)).collect();
    // Of the previous plan only facts tell of periods that the lists may no longer name.
    let facts = previous.into_iter().flat_map(previous::start_periods);
    let facts = facts.filter(|id| freeze.is_some_and(|freeze| calendar::natural(id, freeze).is_lt()));
    Calendar::inferred(lists.chain(skills.iter().map(String::as_str)).chain(freeze).chain(facts), findings)
}

/// The places of the table, or those that cells name.
fn gazetteer(tables: &[Grid<'_>], findings: &mut Findings) -> Gazetteer {
    let table = &tables[Table::Places as usize];
    if !table.rows.is_empty() {
        return Gazetteer::of_table(table, findings);
    }
    let places = Table::Places;
    let columns = columns_of(move |value| value == Value::Reference(places) || value == Value::References(places));
    Gazetteer::inferred(columns.flat_map(|(table, column)| tables[table as usize].coded(column).texts.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Sheet, SheetRow};

    #[test]
    fn more_rows_than_a_table_may_hold_are_refused_unread() {
        let rows = (2..7).map(|number| SheetRow { number, cells: vec!["x".to_owned()] }).collect();
        let sheet = Sheet { table: Table::Fit, header: vec!["need".to_owned()], rows };
        let mut findings = Findings::default();
        let sheets = Sheets { sheets: vec![sheet], previous: None };
        let tables = bind(&sheets, 4, &mut findings);
        assert!(tables[Table::Fit as usize].rows.is_empty());
        let problems = findings.settle().expect_err("too many rows");
        assert_eq!(problems.list.iter().filter(|p| p.code == Code::TooManyRows).count(), 1);
    }
}
