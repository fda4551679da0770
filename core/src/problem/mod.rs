//! Problems of a case, each with a stable code, its place in the planner's sheet and a text in Chinese and English.

use serde::Serialize;

use crate::lists::{Lang, Table};

mod code;
mod texts;

pub use code::Code;

/// What a key word of a conflict says (`no-staff`: there is a post whose role nobody has), or the key itself.
pub(crate) fn sentence(key: &str, lang: Lang) -> &str {
    texts::word(key, lang)
}

/// One fault (E…) or warning (W…) of a case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The table; `None` for the case as a whole.
    pub table: Option<Table>,
    /// The row as seen in Excel (the header is row 1); `None` for the table as a whole.
    pub row: Option<u32>,
    /// The column by its English name; `None` for the row as a whole.
    pub column: Option<String>,
    /// What is wrong.
    pub code: Code,
    /// The value found; blank where it is free text or could be personal.
    pub value: String,
    /// What the text of the code needs beside the value: ids, limits, the nearest known name.
    pub details: Vec<String>,
}

/// Every problem of a case. There is at least one error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// In order of table, row and column; errors and warnings; the first 200 of each.
    pub list: Vec<Problem>,
    /// How many more there were.
    pub more: usize,
}

/// A problem as other programs read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ProblemRecord {
    /// Stable code, `E…` or `W…`.
    pub code: String,
    /// English table name.
    pub table: Option<String>,
    /// Row as seen in Excel.
    pub row: Option<u32>,
    /// English column name.
    pub column: Option<String>,
    /// The value found.
    pub value: String,
    /// What is wrong, in the language asked for.
    pub message: String,
    /// What is expected.
    pub expected: String,
    /// What to do.
    pub hint: String,
}

impl Problem {
    /// Whether this is an error (nothing is solved) rather than a warning.
    pub fn is_error(&self) -> bool {
        self.code.is_error()
    }

    /// The problem as a record in a language.
    pub fn record(&self, lang: Lang) -> ProblemRecord {
        let text = self.code.text(lang, self);
        ProblemRecord {
            code: self.code.name().to_owned(),
            table: self.table.map(|t| t.name().to_owned()),
            row: self.row,
            column: self.column.clone(),
            value: self.value.clone(),
            message: text.message,
            expected: text.expected,
            hint: text.hint,
        }
    }
}

/// What is said about a problem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProblemText {
    /// What is wrong.
    pub message: String,
    /// What is expected.
    pub expected: String,
    /// What to do.
    pub hint: String,
}
