//! Adversarial shapes: a city bent out of its usual form.

use sandan::intake::{Sheet, SheetRow, Sheets};
use sandan::lists::Table;

use super::needs::{CASES, FAMILY, SERVICES, WISH};

/// A need row of 10,000 alike.
const IDENTICAL: u32 = 10_000;

/// A shape that an engine may not expect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Everybody is in one place.
    OnePlace,
    /// One project offers everything.
    OneProject,
    /// Every need reaches everywhere.
    Everywhere,
    /// There is one social worker.
    OneWorker,
    /// Budgets are zero.
    NoBudget,
    /// 10,000 identical need rows.
    Identical,
    /// Every session takes the whole horizon.
    WholeYear,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Shape; 7] = [
        Shape::OnePlace,
        Shape::OneProject,
        Shape::Everywhere,
        Shape::OneWorker,
        Shape::NoBudget,
        Shape::Identical,
        Shape::WholeYear,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Shape::OnePlace => "one-place",
            Shape::OneProject => "one-project",
            Shape::Everywhere => "everywhere",
            Shape::OneWorker => "one-worker",
            Shape::NoBudget => "no-budget",
            Shape::Identical => "identical",
            Shape::WholeYear => "whole-year",
        }
    }
}

/// Bends a city into a shape.
pub fn bend(shape: Shape, months: usize, sheets: &mut Sheets) {
    match shape {
        Shape::OnePlace => {
            let first = cell(sheets, Table::Needs, 0, "place");
            fill(sheets, Table::Needs, "place", |_| Some(first.clone()));
            fill(sheets, Table::Resources, "place", |old| (!old.is_empty()).then(|| first.clone()));
        }
        Shape::OneProject => one_project(sheets),
        Shape::Everywhere => fill(sheets, Table::Needs, "reach_minutes", |_| Some("100000".to_owned())),
        Shape::OneWorker => {
            if let Some(resources) = table(sheets, Table::Resources) {
                let roles = column(resources, "roles");
                let mut seen = 0;
                resources.rows.retain(|row| {
                    let social = row.cells[roles] == "社工";
                    seen += usize::from(social);
                    !social || seen == 1
                });
            }
            // Free to go anywhere, or she would hardly matter.
            let mut first = true;
            fill(sheets, Table::Resources, "place", |_| std::mem::take(&mut first).then(String::new));
        }
        Shape::NoBudget => {
            let kinds = cells(sheets, Table::Resources, "kind");
            let mut kinds = kinds.into_iter();
            fill(sheets, Table::Resources, "amount", |_| {
                (kinds.next().as_deref() == Some("fund")).then(|| "0".to_owned())
            });
        }
        Shape::Identical => {
            if let Some(needs) = table(sheets, Table::Needs) {
                let id = column(needs, "id");
                let Some(first) = needs.rows.first().cloned() else { return };
                needs.rows = (0..IDENTICAL)
                    .map(|n| {
                        let mut row = SheetRow { number: n + 2, ..first.clone() };
                        row.cells[id] = format!("N{:06}", n + 1);
                        row
                    })
                    .collect();
            }
        }
        Shape::WholeYear => fill(sheets, Table::Projects, "span", |_| Some(months.to_string())),
    }
}

/// Keeps the first project, open to every need.
fn one_project(sheets: &mut Sheets) {
    let services: Vec<&str> = SERVICES.into_iter().chain(CASES).chain([FAMILY, WISH]).collect();
    if let Some(projects) = table(sheets, Table::Projects) {
        projects.rows.truncate(1);
    }
    for (name, value) in [("services", services.join(";")), ("unit", String::new()), ("places", String::new())] {
        fill(sheets, Table::Projects, name, |_| Some(value.clone()));
    }
    for name in ["projects", "exclude", "prefers"] {
        fill(sheets, Table::Resources, name, |_| Some(String::new()));
    }
    sheets.sheets.retain(|s| !matches!(s.table, Table::Requirements | Table::Rules | Table::Pins));
}

fn table(sheets: &mut Sheets, table: Table) -> Option<&mut Sheet> {
    sheets.sheets.iter_mut().find(|s| s.table == table)
}

/// The position of a column, added blank where the table has none.
fn column(sheet: &mut Sheet, name: &str) -> usize {
    if let Some(position) = sheet.header.iter().position(|h| h == name) {
        return position;
    }
    sheet.header.push(name.to_owned());
    sheet.rows.iter_mut().for_each(|row| row.cells.push(String::new()));
    sheet.header.len() - 1
}

/// Gives every cell of a column a new text; nothing leaves it as it is.
fn fill(sheets: &mut Sheets, of: Table, name: &str, mut text: impl FnMut(&str) -> Option<String>) {
    let Some(sheet) = table(sheets, of) else { return };
    let position = column(sheet, name);
    for row in &mut sheet.rows {
        if let Some(new) = text(&row.cells[position]) {
            row.cells[position] = new;
        }
    }
}

fn cells(sheets: &mut Sheets, of: Table, name: &str) -> Vec<String> {
    let Some(sheet) = table(sheets, of) else { return Vec::new() };
    let position = column(sheet, name);
    sheet.rows.iter().map(|row| row.cells[position].clone()).collect()
}

fn cell(sheets: &mut Sheets, of: Table, row: usize, name: &str) -> String {
    cells(sheets, of, name).into_iter().nth(row).unwrap_or_default()
}
