//! Gathers the words of a case before anything is built, so that they can be numbered in code-point order.

use super::cell::{items, tidy};
use super::compound;
use super::gazetteer::Gazetteer;
use super::grid::{Faults, Grid};
use super::ids::Ids;
use crate::intake::columns::{self, Value};
use crate::lists::Symbols;

/// The unit of a need that names none.
pub(super) const DEFAULT_UNIT: &str = "\u{4eba}\u{6b21}";

/// Every word of the tables. Faults are left to the reading that follows.
pub(super) fn gather(tables: &[Grid<'_>], places: &Gazetteer, projects: &Ids<'_>) -> Symbols {
    let mut words: Vec<String> = vec![DEFAULT_UNIT.to_owned()];
    // The group of a need is its place by default.
    words.extend(places.places.iter().map(|place| place.id.clone()));
    for grid in tables {
        for column in columns::columns(grid.table) {
            for text in &grid.coded(column.name).texts {
                gather_from(column.value, text, projects, &mut words);
            }
        }
    }
    Symbols::new(words)
}

fn gather_from(value: Value, text: &str, projects: &Ids<'_>, words: &mut Vec<String>) {
    let mut ignored = Faults::default();
    let faults = &mut ignored;
    match value {
        Value::Word => words.push(tidy(text).into_owned()),
        Value::Words => words.extend(items(text).map(|word| word.into_owned())),
        Value::WordsOrProjects => {
            words.extend(items(text).filter(|word| projects.position(word).is_none()).map(|word| word.into_owned()));
        }
        Value::Skills => words.extend(compound::skill_names(text)),
        Value::ItemCounts | Value::ProjectGoods => {
            words.extend(compound::goods(text, faults).into_iter().map(|goods| goods.item));
        }
        Value::Staffing => {
            for post in compound::staffing(text, faults) {
                words.push(post.role);
                words.extend(post.skills);
            }
        }
        Value::Against => {
            if let Some((role, skills)) = compound::against(text, faults) {
                words.extend(role);
                words.extend(skills);
            }
        }
        Value::Tags => {
            for (kind, value) in compound::tags(text, faults) {
                words.extend(kind);
                words.push(value);
            }
        }
        _ => {}
    }
}
