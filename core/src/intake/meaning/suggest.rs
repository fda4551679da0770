//! The nearest known name for a name that is not known.

use std::cell::Cell;

use crate::intake::columns::nearest;

/// How many names are compared.
const COMPARED: usize = 2000;

/// Looks for nearest names as long as anybody would read them: only the first few hundred problems are ever shown, and
/// comparing a million wrong names with a million right ones would take days.
#[derive(Debug)]
pub(super) struct Suggestions(Cell<u32>);

impl Default for Suggestions {
    fn default() -> Self {
        Suggestions(Cell::new(400))
    }
}

impl Suggestions {
    /// The nearest of the known names, if it is still worth looking.
    pub fn nearest<'k>(&self, name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
        let left = self.0.get().checked_sub(1)?;
        self.0.set(left);
        nearest(name, known.into_iter().take(COMPARED))
    }
}
