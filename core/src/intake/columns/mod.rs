//! The column catalogue: every column of every table, with its names, kind of value and explanation in two languages.
//!
//! One source for the reader of headers, the template, the writers and the docs.
//!
//! ```
//! use sandan::intake::columns;
//! use sandan::lists::Table;
//!
//! let column = columns::find(Table::Needs, " ＩＤ ").expect("full-width letters are tolerated");
//! assert_eq!(column.chinese, "编号");
//! ```

mod keys;
mod lists;
mod tables;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::lists::{Lang, Table};

pub(crate) use keys::term_chinese;
pub use keys::{SETTINGS, SettingKey, setting};

/// The largest integer that a table may hold.
pub const LARGEST: i64 = 1 << 40;

/// One column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The English name, as in headers, JSON keys and messages.
    pub name: &'static str,
    /// The Chinese name.
    pub chinese: &'static str,
    /// What its cells hold.
    pub value: Value,
    /// Whether the column must be there and its cells filled.
    pub required: bool,
    /// What a blank cell means, as it would be written; blank where a blank cell is simply nothing.
    pub default: &'static str,
    /// Explanations in Chinese and English.
    pub explanation: [&'static str; 2],
    /// A worked example in Chinese and English; the examples of all tables together are a valid case.
    pub example: [&'static str; 2],
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// The id of the row.
    Id,
    /// Free text, never read: title, note, source.
    Text,
    /// One word: a unit, an organisation, a person, a group, a role.
    Word,
    /// A list of words.
    Words,
    /// A list of words or project ids.
    WordsOrProjects,
    /// An id of that table.
    Reference(Table),
    /// A list of ids of that table.
    References(Table),
    /// A list of periods: ids, ranges `a..b`, tags `quarter:Q3`.
    Periods,
    /// An integer in a range, both ends included.
    Integer(i64, i64),
    /// An integer in a range, or the word `x` (excluded).
    Points(i64, i64),
    /// Yuan with at most two decimals.
    Money,
    /// Yuan or items, by the kind of the row.
    Amount,
    /// Yes or no.
    Boolean,
    /// One of a few words.
    Choice(&'static [Choice]),
    /// Degrees in a range, both ends included.
    Degrees(i32, i32),
    /// An ISO 8601 date or time.
    Date,
    /// Skills, each with the periods in which it holds: `急救@2025-03..2025-09`.
    Skills,
    /// `item:n` per unit.
    ItemCounts,
    /// `item:n` per session, `item:n/人` per unit.
    ProjectGoods,
    /// `role[skill+skill]:count/per_units`.
    Staffing,
    /// `role[skill+skill]`.
    Against,
    /// Keys of a count: place, period, project, org, service, a tag kind.
    PerKeys,
    /// Tags of a period: `quarter:Q3; 暑期`.
    Tags,
    /// The name of a setting.
    SettingKey,
    /// The value of a setting.
    SettingValue,
    /// Reserved for training and order; must be blank in this version.
    Reserved,
}

/// One of a few words that a cell may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The English word.
    pub name: &'static str,
    /// The Chinese word.
    pub chinese: &'static str,
}

impl Choice {
    /// The word in a language.
    pub fn word(&self, lang: Lang) -> &'static str {
        if lang == Lang::Zh { self.chinese } else { self.name }
    }
}

/// Yes and no, as the template writes them.
pub const BOOLEAN: &[Choice] = &[Choice { name: "yes", chinese: "是" }, Choice { name: "no", chinese: "否" }];

impl Column {
    /// The header in a language.
    pub fn header(&self, lang: Lang) -> &'static str {
        if lang == Lang::Zh { self.chinese } else { self.name }
    }

    /// What the column means, in a language.
    pub fn explanation(&self, lang: Lang) -> &'static str {
        self.explanation[lang as usize]
    }

    /// A worked example in a language; blank where the example leaves the cell blank.
    pub fn example(&self, lang: Lang) -> &'static str {
        self.example[lang as usize]
    }

    /// The words a cell may hold, for a drop-down list; empty where cells are open.
    pub fn choices(&self) -> &'static [Choice] {
        match self.value {
            Value::Boolean => BOOLEAN,
            Value::Choice(choices) => choices,
            _ => &[],
        }
    }
}

/// The columns of a table, in the order of the template; empty for `previous`, which is a document.
pub fn columns(table: Table) -> &'static [Column] {
    match table {
        Table::Needs => lists::NEEDS,
        Table::Projects => lists::PROJECTS,
        Table::Resources => lists::RESOURCES,
        Table::Places => tables::PLACES,
        Table::Travel => tables::TRAVEL,
        Table::Periods => tables::PERIODS,
        Table::Requirements => tables::REQUIREMENTS,
        Table::Fit => tables::FIT,
        Table::Rules => tables::RULES,
        Table::Pins => tables::PINS,
        Table::Settings => tables::SETTING_COLUMNS,
        Table::Previous => &[],
    }
}

/// The column of a header cell in either language: any case, full-width letters, and blanks, `_` and `-` left out.
pub fn find(table: Table, header: &str) -> Option<&'static Column> {
    /// Folded names of each table, with the position of the column.
    static FOLDED: LazyLock<Vec<BTreeMap<String, usize>>> = LazyLock::new(|| {
        let names = |table: Table| {
            let numbered = columns(table).iter().enumerate();
            numbered.flat_map(|(i, c)| [(fold(c.name), i), (fold(c.chinese), i)]).collect()
        };
        Table::ALL.into_iter().map(names).collect()
    });
    FOLDED[table as usize].get(&fold(header)).map(|position| &columns(table)[*position])
}

/// The table of a sheet, file stem or JSON key in either language, as tolerant as [`find`].
pub fn find_table(name: &str) -> Option<Table> {
    let wanted = fold(name);
    Table::ALL.into_iter().find(|t| fold(t.name()) == wanted || fold(t.chinese()) == wanted || short(*t) == wanted)
}

/// The short Chinese name of the three lists.
fn short(table: Table) -> &'static str {
    match table {
        Table::Needs => "需求",
        Table::Projects => "项目",
        Table::Resources => "资源",
        other => other.chinese(),
    }
}

/// The worked example of a table in a language: one row under the columns of [`columns`], a few more where the first
/// needs them (a parent place, the other end of a way).
pub fn example_rows(table: Table, lang: Lang) -> Vec<Vec<&'static str>> {
    let first = columns(table).iter().map(|c| c.example(lang)).collect();
    let mut rows = vec![first];
    if table == Table::Places {
        for further in tables::FURTHER_PLACES {
            let cell =
                |c: &Column| further.iter().find(|(name, _)| *name == c.name).map_or("", |(_, v)| v[lang as usize]);
            rows.push(columns(table).iter().map(cell).collect());
        }
    }
    rows.retain(|row: &Vec<&str>| row.iter().any(|cell| !cell.is_empty()));
    rows
}

/// A name as it is compared: NFKC, lower case, without blanks, `_`, `-` and invisible characters.
pub(crate) fn fold(name: &str) -> String {
    name.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| {
            !(c.is_whitespace() || c.is_control() || matches!(c, '_' | '-' | '\u{feff}' | '\u{200b}'..='\u{200f}'))
        })
        .collect()
}

/// The nearest of some names to a name, by edits after folding; none where everything differs.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = fold(name).chars().take(64).collect();
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in known {
        let folded: Vec<char> = fold(candidate).chars().take(64).collect();
        let distance = edits(&wanted, &folded);
        if distance < wanted.len().max(folded.len()) && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Levenshtein distance.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (diagonal + usize::from(x != y)).min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    row[b.len()]
}

/// Declares a column that may be blank.
const fn column(
    name: &'static str,
    chinese: &'static str,
    value: Value,
    example: [&'static str; 2],
    explanation: [&'static str; 2],
) -> Column {
    Column { name, chinese, value, required: false, default: "", explanation, example }
}

impl Column {
    const fn required(self) -> Column {
        Column { required: true, ..self }
    }

    const fn default(self, default: &'static str) -> Column {
        Column { default, ..self }
    }
}

/// `note 备注`, known in every table.
const NOTE: Column = column(
    "note",
    "备注",
    Value::Text,
    ["", ""],
    ["给自己看的备注，程序不读", "a note for yourself; it is never read"],
);

/// `source 来源`, known in every table.
const SOURCE: Column = column(
    "source",
    "来源",
    Value::Text,
    ["", ""],
    ["这一行数据的出处，程序不读", "where the row comes from; it is never read"],
);
