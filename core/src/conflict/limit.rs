//! A limit: one cell of the sheets that can only hinder, with what lifts it.

use crate::lists::{Case, NeedId, PeriodSet, PlaceId, ProjectId, ResourceId, Symbol, Table};

use super::needs::NeedCell;
use super::projects::{PostCell, ProjectCell};
use super::resources::ResourceCell;
use super::rest::{FitCell, SettingCell};

/// One cell of a sheet that can only hinder a plan. Lifting it never makes a plan impossible that was possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The table.
    pub table: Table,
    /// The row as seen in Excel; `None` for a setting.
    pub row: Option<u32>,
    /// The column by its English name; `None` for a whole row (a pin, a setting).
    pub column: Option<&'static str>,
    /// What the cell says, defaults filled in; blank where it could be personal.
    pub value: String,
    pub(super) target: Target,
}

impl Limit {
    /// The id of the row that the cell stands in; blank for a pin or a setting.
    pub fn row_id<'a>(&self, case: &'a Case) -> &'a str {
        match self.target {
            Target::Need(id, _) => &case.needs[id.index()].id,
            Target::Project(id, _) | Target::Post(id, _) => &case.projects[id.index()].id,
            Target::Resource(id, _) => &case.resources[id.index()].id,
            Target::Fit(row, _) => &case.needs[case.fits[row].need.index()].id,
            Target::Rule(row) => &case.rules[row].id,
            Target::Pin(_) | Target::Setting(_) => "",
        }
    }

    /// Whether the limit is the pin at this position.
    pub fn is_pin(&self, position: usize) -> bool {
        self.target == Target::Pin(position)
    }
}

/// What a limit lifts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Pin(usize),
    Need(NeedId, NeedCell),
    Project(ProjectId, ProjectCell),
    Post(ProjectId, PostCell),
    Resource(ResourceId, ResourceCell),
    Fit(usize, FitCell),
    Rule(usize),
    Setting(SettingCell),
}

/// Ids or words a cell shows at most before it is cut short.
const SHOWN: usize = 12;

/// A list as a cell would say it.
pub(super) fn joined<T: AsRef<str>>(parts: impl Iterator<Item = T>) -> String {
    let mut out = String::new();
    for (position, part) in parts.enumerate() {
        if position > 0 {
            out.push_str("; ");
        }
        if position == SHOWN {
            out.push('…');
            break;
        }
        out.push_str(part.as_ref());
    }
    out
}

/// The ids of a set of periods.
pub(super) fn periods(case: &Case, set: &PeriodSet) -> String {
    joined(set.iter(case.periods.len()).map(|p| case.periods[p.index()].id.as_str()))
}

/// Words.
pub(super) fn words(case: &Case, list: &[Symbol]) -> String {
    joined(list.iter().map(|s| case.text(*s)))
}

/// Project ids.
pub(super) fn projects(case: &Case, list: &[ProjectId]) -> String {
    joined(list.iter().map(|p| case.projects[p.index()].id.as_str()))
}

/// Place ids.
pub(super) fn places(case: &Case, list: &[PlaceId]) -> String {
    joined(list.iter().map(|p| case.places[p.index()].id.as_str()))
}

/// Fen as yuan.
pub(super) fn yuan(fen: i64) -> String {
    match fen % 100 {
        0 => (fen / 100).to_string(),
        rest => format!("{}.{rest:02}", fen / 100),
    }
}
