//! Reads the JSON document of a case.
//!
//! Values are looked at as raw text, level by level: numbers keep every digit, keys that stand twice are seen, and
//! nesting cannot exhaust the stack.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::builder::{Budget, is_blank};
use super::faults::Faults;
use super::{LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Reading, number, problem};
use crate::intake::{Sheet, SheetRow, Sheets, columns};
use crate::lists::Table;
use crate::problem::{Code, Problem};

/// The version of the document's format.
pub(crate) const FORMAT: &str = "sandan-case/1";

/// Reads a case from a JSON document: a key a table, rows are objects; keys in English or Chinese. The n-th object of
/// a table is row n + 1, as it would be under the header of a sheet.
pub fn from_json(text: &str) -> Reading {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut document = Document {
        text,
        budget: Budget::new(text.len() / 2),
        faults: Faults::default(),
        sheets: Sheets::default(),
        read: BTreeSet::new(),
    };
    document.read();
    document.faults.into_reading(document.sheets)
}

/// The text of a plan, once it is known to be a JSON object.
pub(crate) fn previous_of(text: &str) -> Result<String, Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim();
    match serde_json::from_str::<&RawValue>(text) {
        Ok(raw) if raw.get().starts_with('{') => Ok(text.to_owned()),
        Ok(_) => Err(problem(Code::JsonShape, Some(Table::Previous), "", &["plan"])),
        Err(error) => {
            let (line, character) = place_of_error(text, &error);
            Err(problem(Code::JsonSyntax, Some(Table::Previous), "", &[&line, &character]))
        }
    }
}

/// Line and character of a fault, from 1; `serde_json` counts bytes.
fn place_of_error(text: &str, error: &serde_json::Error) -> (String, String) {
    let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or("");
    let before = line.bytes().take(error.column()).filter(|byte| byte & 0xC0 != 0x80).count();
    (error.line().to_string(), before.max(1).to_string())
}

struct Document<'t> {
    text: &'t str,
    budget: Budget,
    faults: Faults,
    sheets: Sheets,
    read: BTreeSet<Table>,
}

impl<'t> Document<'t> {
    fn read(&mut self) {
        let raw: &'t RawValue = match serde_json::from_str(self.text) {
            Ok(raw) => raw,
            Err(error) => {
                let (line, character) = place_of_error(self.text, &error);
                return self.faults.file(Code::JsonSyntax, "", &[&line, &character]);
            }
        };
        if !raw.get().starts_with('{') {
            return self.faults.file(Code::JsonShape, "", &["document"]);
        }
        let Some(entries) = self.entries(raw, None) else {
            return;
        };
        let mut keys = BTreeSet::new();
        for (key, value) in entries.0 {
            if !keys.insert(key.clone().into_owned()) {
                self.faults.file(Code::JsonKeyTwice, &key, &[]);
                continue;
            }
            match (key.as_ref(), columns::find_table(&key)) {
                (_, Some(table)) if !self.read.insert(table) => {
                    self.faults.table(Code::FileTwice, table, "", &[table.name(), table.chinese()]);
                }
                (_, Some(Table::Previous)) => self.read_previous(value),
                (_, Some(table)) => self.read_table(table, value),
                ("format", None) if self.text_of(value, None).as_deref() != Some(FORMAT) => {
                    self.faults.file(Code::JsonShape, "", &["format"]);
                }
                ("format" | "$schema", None) => {}
                (other, None) => self.faults.file(Code::SheetIgnored, other, &[]),
            }
        }
    }

    fn read_previous(&mut self, value: &RawValue) {
        if value.get() != "null" {
            match previous_of(value.get()) {
                Ok(text) => self.sheets.previous = Some(text),
                Err(problem) => self.faults.push(problem),
            }
        }
    }

    fn read_table(&mut self, table: Table, value: &'t RawValue) {
        if value.get() == "null" {
            return;
        }
        let rows: Vec<&'t RawValue> = match serde_json::from_str(value.get()) {
            Ok(rows) => rows,
            Err(_) => {
                return self.faults.table(Code::JsonShape, table, "", &["table"]);
            }
        };
        let mut sheet = Sheet { table, header: Vec::new(), rows: Vec::new() };
        let mut header = BTreeMap::new();
        for (position, row) in rows.into_iter().enumerate() {
            if self.budget.take_row().is_none() {
                return self.faults.table(
                    Code::TooManyRows,
                    table,
                    "",
                    &[&format!("> {MOST_ROWS}"), &MOST_ROWS.to_string()],
                );
            }
            let Ok(number) = u32::try_from(position + 2) else {
                return;
            };
            if !row.get().starts_with('{') {
                self.faults.row(Code::JsonShape, table, number, "", &["row"]);
                continue;
            }
            let Some(cells) = self.cells(row, (table, number), &mut sheet.header, &mut header) else {
                continue;
            };
            if sheet.header.len() > MOST_COLUMNS {
                return self.faults.table(Code::TooManyColumns, table, "", &[&MOST_COLUMNS.to_string()]);
            }
            if self.budget.take_cells(cells.len()).is_none() {
                return self.faults.table(Code::FileExpands, table, table.name(), &[]);
            }
            if cells.iter().any(|c| !is_blank(c)) {
                sheet.rows.push(SheetRow { number, cells });
            }
        }
        if !sheet.header.is_empty() {
            self.sheets.sheets.push(sheet);
        }
    }

    /// The cells of a row under the header, which grows by the keys that it did not have yet.
    fn cells(
        &mut self,
        row: &'t RawValue,
        (table, number): (Table, u32),
        names: &mut Vec<String>,
        header: &mut BTreeMap<String, usize>,
    ) -> Option<Vec<String>> {
        let mut cells: Vec<String> = Vec::new();
        let mut seen: Vec<bool> = Vec::new();
        for (guess, (key, value)) in self.entries(row, Some((table, number)))?.0.into_iter().enumerate() {
            let key = key.trim();
            // Rows mostly have the same keys in the same order.
            let position = match names.get(guess) {
                Some(name) if name == key => guess,
                _ => *header.entry(key.to_owned()).or_insert_with(|| {
                    names.push(key.to_owned());
                    names.len() - 1
                }),
            };
            if names.len() > MOST_COLUMNS {
                return Some(Vec::new());
            }
            if seen.len() <= position {
                seen.resize(position + 1, false);
            }
            if std::mem::replace(&mut seen[position], true) {
                self.faults.cell(Code::JsonKeyTwice, (table, number, key), key, &[]);
                continue;
            }
            let cell = self.cell(value, (table, number, key));
            if key.is_empty() && !is_blank(&cell) {
                self.faults.row(Code::CellOutsideHeader, table, number, "", &["\"\""]);
            } else if !cell.is_empty() {
                if cells.len() <= position {
                    cells.resize(position + 1, String::new());
                }
                cells[position] = cell;
            }
        }
        Some(cells)
    }

    fn cell(&mut self, value: &'t RawValue, place: (Table, u32, &str)) -> String {
        let cell = match value.get().as_bytes().first() {
            Some(b'[') => {
                let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(value.get()) else {
                    return String::new();
                };
                let mut list = Vec::new();
                for item in items {
                    match self.scalar(item, place) {
                        Some(text) => list.push(text),
                        None => return String::new(),
                    }
                }
                list.retain(|text| !is_blank(text));
                list.join(";")
            }
            _ => self.scalar(value, place).unwrap_or_default(),
        };
        if cell.len() > LONGEST_CELL {
            self.faults.cell(Code::CellTooLong, place, "", &[&LONGEST_CELL.to_string()]);
            return String::new();
        }
        cell
    }

    /// A scalar as text; `None` where it is none, which is then a fault.
    fn scalar(&mut self, value: &RawValue, place: (Table, u32, &str)) -> Option<String> {
        let raw = value.get();
        match raw.as_bytes().first() {
            Some(b'"') => self.text_of(value, Some(place)),
            Some(b'{' | b'[') => {
                self.faults.cell(Code::JsonNested, place, "", &[]);
                None
            }
            Some(b'n') => Some(String::new()),
            Some(b't' | b'f') => Some(raw.to_owned()),
            _ => Some(number::canonical(raw)),
        }
    }

    /// The text of a JSON string; `None` where it is none or names half a character, which in a cell is a fault.
    fn text_of(&mut self, value: &RawValue, place: Option<(Table, u32, &str)>) -> Option<String> {
        let text = serde_json::from_str(value.get()).ok();
        if let (None, Some(place)) = (&text, place) {
            let (line, column) = self.place_of(value);
            self.faults.cell(Code::JsonSyntax, place, "", &[&line, &column]);
        }
        text
    }

    /// The entries of an object; `None` where a key names half a character, which is a fault.
    fn entries(&mut self, object: &'t RawValue, place: Option<(Table, u32)>) -> Option<Entries<'t>> {
        let entries = serde_json::from_str(object.get()).ok();
        if entries.is_none() {
            let (line, column) = self.place_of(object);
            let mut fault = problem(Code::JsonSyntax, place.map(|p| p.0), "", &[&line, &column]);
            fault.row = place.map(|p| p.1);
            self.faults.push(fault);
        }
        entries
    }

    /// Line and column of a value in the document, from 1.
    fn place_of(&self, value: &RawValue) -> (String, String) {
        let offset = (value.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let before = self.text.get(..offset).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        (line.to_string(), (before[line_start..].chars().count() + 1).to_string())
    }
}

/// The entries of an object in their order, repeated keys included.
struct Entries<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor;
        impl<'de> Visitor<'de> for EntriesVisitor {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some((Key(key), value)) = map.next_entry()? {
                    entries.push((key, value));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(EntriesVisitor)
    }
}

/// A key, borrowed where it holds no escapes.
struct Key<'t>(Cow<'t, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_values_of_every_kind() {
        let reading = from_json(
            r#"{"format": "sandan-case/1", "需求清单": [
                {"编号": "N1", "数量": 12345678901234567890, "必须": true, "services": ["a", "b", 3, null], "备注": null},
                {},
                {"编号": "N2", "数量": 12.50}], "previous": {"x": [1, {"y": 2}]}}"#,
        );
        assert_eq!(reading.problems, []);
        let sheet = &reading.sheets.sheets[0];
        assert_eq!(sheet.header, ["编号", "数量", "必须", "services", "备注"]);
        let rows: Vec<_> = sheet.rows.iter().map(|r| (r.number, r.cells.join("|"))).collect();
        assert_eq!(rows, [(2, "N1|12345678901234567890|true|a;b;3".to_owned()), (4, "N2|12.5".to_owned())]);
        assert_eq!(reading.sheets.previous.as_deref(), Some(r#"{"x": [1, {"y": 2}]}"#));
    }

    #[test]
    fn places_faults() {
        let reading = from_json(
            "{\"needs\": [{\"id\": \"a\", \"id\": \"b\"}, 5,\n {\"place\": {\"x\": 1}, \"地点\": \"\\ud800\"}]}",
        );
        let told: Vec<_> =
            reading.problems.iter().map(|p| (p.code.name(), p.row, p.column.as_deref(), p.details.join(","))).collect();
        assert_eq!(
            told,
            [
                ("E017", Some(2), Some("id"), String::new()),
                ("E015", Some(3), None, "row".to_owned()),
                ("E014", Some(4), Some("place"), "2,28".to_owned()),
                ("E016", Some(4), Some("place"), String::new()),
            ]
        );
    }
}
