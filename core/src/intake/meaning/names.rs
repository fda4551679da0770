//! What the cells of a case can name — rows, places, periods, words — and how a cell becomes a reference.

use std::sync::Arc;

use super::calendar::Calendar;
use super::cell::{boolean, choice, fen, has_bad_character, items};
use super::compound;
use super::findings::{Findings, details};
use super::gazetteer::{Gazetteer, within};
use super::grid::{Faults, Grid, Read, one_word};
use super::ids::Ids;
use super::suggest::Suggestions;
use crate::intake::columns::{self, Choice, LARGEST, Value, nearest};
use crate::lists::{ItemCount, NeedId, PeriodSet, PlaceId, ProjectId, ResourceId, Skill, Symbol, Symbols, Table};
use crate::problem::Code;

/// Everything that cells can name.
#[derive(Debug)]
pub(super) struct Names<'a> {
    pub needs: Ids<'a>,
    pub projects: Ids<'a>,
    pub resources: Ids<'a>,
    pub places: Gazetteer,
    pub calendar: Calendar,
    pub symbols: Symbols,
    pub suggestions: Suggestions,
}

impl Names<'_> {
    /// The number of a word that was gathered before.
    pub fn symbol(&self, word: &str) -> Symbol {
        self.symbols.find(word).expect("every word of the sheets has been gathered")
    }

    /// One word.
    pub fn word(&self, text: &str, faults: &mut Faults) -> Option<Symbol> {
        let word = one_word(text, faults);
        self.symbols.find(&word)
    }

    /// A list of words, sorted and distinct.
    pub fn words(&self, text: &str, faults: &mut Faults) -> Arc<[Symbol]> {
        let mut list: Vec<Symbol> = Vec::new();
        for word in items(text) {
            if has_bad_character(&word) {
                faults.add(Code::BadCharacter, &word, Vec::new());
            }
            list.push(self.symbol(&word));
        }
        sorted(list)
    }

    /// A list of words of a required column.
    pub fn some_words(&self, text: &str, faults: &mut Faults) -> Arc<[Symbol]> {
        let list = self.words(text, faults);
        if list.is_empty() {
            faults.add(Code::CellBlank, "", Vec::new());
        }
        list
    }

    /// A filter of words; `None` if the cell names none.
    pub fn any_words(&self, text: &str, faults: &mut Faults) -> Option<Arc<[Symbol]>> {
        Some(self.words(text, faults)).filter(|list| !list.is_empty())
    }

    /// Words that have been split off already.
    pub fn symbols_of<'w>(&self, words: impl IntoIterator<Item = &'w String>) -> Arc<[Symbol]> {
        sorted(words.into_iter().filter_map(|word| self.symbols.find(word)).collect())
    }

    /// One row of a table.
    fn row_of(&self, ids: &Ids<'_>, code: Code, text: &str, faults: &mut Faults) -> Option<usize> {
        let found = ids.position(text);
        if found.is_none() {
            faults.add(code, text, details![self.suggestions.nearest(text, ids.iter())]);
        }
        found
    }

    /// The need that a cell names.
    pub fn need(&self, text: &str, faults: &mut Faults) -> Option<NeedId> {
        let id = one_word_of_id(text);
        self.row_of(&self.needs, Code::UnknownNeed, &id, faults).map(NeedId::from)
    }

    /// The project that a cell names.
    pub fn project(&self, text: &str, faults: &mut Faults) -> Option<ProjectId> {
        let id = one_word_of_id(text);
        self.row_of(&self.projects, Code::UnknownProject, &id, faults).map(ProjectId::from)
    }

    /// The resource that a cell names.
    pub fn resource(&self, text: &str, faults: &mut Faults) -> Option<ResourceId> {
        let id = one_word_of_id(text);
        self.row_of(&self.resources, Code::UnknownResource, &id, faults).map(ResourceId::from)
    }

    /// A list of projects; `None` if the cell names none.
    pub fn projects(&self, text: &str, faults: &mut Faults) -> Option<Arc<[ProjectId]>> {
        let find = |id: &str, faults: &mut Faults| self.row_of(&self.projects, Code::UnknownProject, id, faults);
        list(text, faults, find).map(|rows| sorted(rows.into_iter().map(ProjectId::from).collect()))
    }

    /// A list of resources; `None` if the cell names none.
    pub fn resources(&self, text: &str, faults: &mut Faults) -> Option<Arc<[ResourceId]>> {
        let find = |id: &str, faults: &mut Faults| self.row_of(&self.resources, Code::UnknownResource, id, faults);
        list(text, faults, find).map(|rows| sorted(rows.into_iter().map(ResourceId::from).collect()))
    }

    /// A list of places; `None` if the cell names none.
    pub fn places(&self, text: &str, faults: &mut Faults) -> Option<Arc<[PlaceId]>> {
        list(text, faults, |id, faults| self.places.resolve(id, faults)).map(sorted)
    }

    /// Goods per unit served.
    pub fn item_counts(&self, text: &str, faults: &mut Faults) -> Arc<[ItemCount]> {
        let goods = compound::goods(text, faults);
        let mut list: Vec<ItemCount> = goods.iter().map(|g| ItemCount { item: self.symbol(&g.item), n: g.n }).collect();
        list.sort_unstable_by_key(|g| g.item);
        if let Some(pair) = list.windows(2).find(|pair| pair[0].item == pair[1].item) {
            faults.add(Code::TwiceInCell, self.symbols.text(pair[0].item), Vec::new());
        }
        list.into()
    }

    /// Skills with validity, by tag.
    pub fn skills(&self, text: &str, faults: &mut Faults) -> Arc<[Skill]> {
        let skills = compound::skills(text, &self.calendar, faults);
        let mut list: Vec<Skill> =
            skills.into_iter().map(|(tag, periods)| Skill { tag: self.symbol(&tag), periods }).collect();
        list.sort_unstable_by_key(|skill| skill.tag);
        list.into()
    }

    /// A period list.
    pub fn periods(&self, text: &str, faults: &mut Faults) -> PeriodSet {
        self.calendar.set(text, faults)
    }
}

/// Columns that are read in the same way in several tables.
impl<'a> Grid<'a> {
    /// A column of integers in the range of the catalogue.
    pub fn integers(&self, column: &'static str, blank: i64, findings: &mut Findings) -> Read<'_, i64> {
        let (low, high) = self.range_of(column);
        self.read(column, findings, blank, |text, faults| within(text, low, high, faults))
    }

    /// A column of integers in the range of the catalogue, none where blank.
    pub fn some_integers(&self, column: &'static str, findings: &mut Findings) -> Read<'_, Option<i64>> {
        let (low, high) = self.range_of(column);
        self.read(column, findings, None, |text, faults| Some(within(text, low, high, faults)))
    }

    /// A column of yes and no; blank is no.
    pub fn booleans(&self, column: &'static str, findings: &mut Findings) -> Read<'_, bool> {
        self.read(column, findings, false, |text, faults| {
            boolean(text).unwrap_or_else(|| {
                faults.add(Code::NotABoolean, text, Vec::new());
                false
            })
        })
    }

    /// A column of money in fen; blank is 0.
    pub fn money(&self, column: &'static str, findings: &mut Findings) -> Read<'_, i64> {
        self.read(column, findings, 0, money)
    }

    /// A column of choices, as positions among the words of the catalogue.
    pub fn choices(&self, column: &'static str, blank: usize, findings: &mut Findings) -> Read<'_, usize> {
        let choices = self.column(column).choices();
        self.read(column, findings, blank, |text, faults| {
            choice(text, choices).unwrap_or_else(|| {
                let known = choices.iter().flat_map(|c| [c.name, c.chinese]);
                faults.add(Code::NotAChoice, text, details![nearest(text, known), all_words(choices).as_str()]);
                blank
            })
        })
    }

    /// A column that must stay blank in this version.
    pub fn reserved(&self, column: &'static str, findings: &mut Findings) {
        self.read(column, findings, (), |_, faults| faults.add(Code::ColumnReserved, "", Vec::new()));
    }

    fn range_of(&self, column: &'static str) -> (i64, i64) {
        match self.column(column).value {
            Value::Integer(low, high) | Value::Points(low, high) => (low, high),
            _ => (0, LARGEST),
        }
    }
}

/// Yuan as fen, in range.
pub(super) fn money(text: &str, faults: &mut Faults) -> i64 {
    match fen(text) {
        Some(value) if (0..=LARGEST).contains(&value) => value,
        Some(value) if value > LARGEST => {
            faults.add(Code::OutOfRange, text, details![0i64, LARGEST / 100]);
            0
        }
        _ => {
            faults.add(Code::NotMoney, text, Vec::new());
            0
        }
    }
}

/// All words of a choice, in both languages.
fn all_words(choices: &[Choice]) -> String {
    let words: Vec<String> = choices.iter().map(|c| format!("{} {}", c.name, c.chinese)).collect();
    words.join(", ")
}

/// An id in a cell that takes one: an id may hold what a list separates, so it is looked up whole.
fn one_word_of_id(text: &str) -> String {
    super::cell::tidy(text).into_owned()
}

/// The items of a list cell as what they name; `None` if it has no items.
fn list<T>(text: &str, faults: &mut Faults, find: impl Fn(&str, &mut Faults) -> Option<T>) -> Option<Vec<T>> {
    let mut named = false;
    let mut found = Vec::new();
    for item in items(text) {
        named = true;
        found.extend(find(&item, faults));
    }
    named.then_some(found)
}

/// A list sorted and distinct.
pub(super) fn sorted<T: Ord>(mut list: Vec<T>) -> Arc<[T]> {
    list.sort_unstable();
    list.dedup();
    list.into()
}

/// The tables that name periods in some column, with the columns.
pub(super) fn columns_of(wanted: impl Fn(Value) -> bool) -> impl Iterator<Item = (Table, &'static str)> {
    Table::ALL.into_iter().flat_map(move |table| {
        let names: Vec<&'static str> =
            columns::columns(table).iter().filter(|c| wanted(c.value)).map(|c| c.name).collect();
        names.into_iter().map(move |name| (table, name))
    })
}
