//! One raw table under the column catalogue: each distinct cell text of a column is held, and later read, once.

use std::collections::HashMap;

use super::cell::{has_bad_character, tidy, trim};
use super::findings::{At, Detail, Findings, details};
use crate::intake::columns::{self, Column, Value, nearest};
use crate::intake::{Sheet, SheetRow};
use crate::lists::Table;
use crate::problem::Code;

/// A table bound to its columns.
#[derive(Debug)]
pub(super) struct Grid<'a> {
    /// Which table it is.
    pub table: Table,
    /// The rows that are not blank.
    pub rows: Vec<&'a SheetRow>,
    /// Where the cells of each column of the catalogue stand.
    bound: Vec<Option<usize>>,
    /// The distinct texts of each column of the catalogue that is neither id nor free text.
    coded: Vec<Coded<'a>>,
    /// Header cells that mean no column, with where they stand.
    pub unknown: Vec<(usize, &'a str)>,
}

/// A column as codes of its distinct texts; code 0 is a blank cell.
#[derive(Debug, Default)]
pub(super) struct Coded<'a> {
    /// One code a row; empty if the column is absent or wholly blank.
    pub codes: Vec<u32>,
    /// The distinct texts, from code 1.
    pub texts: Vec<&'a str>,
}

/// A column as read: one value for each distinct text.
#[derive(Debug)]
pub(super) struct Read<'g, T> {
    codes: &'g [u32],
    values: Vec<T>,
    /// The codes of texts at fault, in order.
    faulty: Vec<u32>,
}

/// One fault of a text: its code, the part of the text at fault and the details.
pub(super) type Fault = (Code, String, Vec<Detail>);

/// Faults found while one text is read.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    /// Adds a fault; the value is the part of the text that is at fault.
    pub fn add(&mut self, code: Code, value: &str, details: Vec<Detail>) {
        // A cell with more faults than this says nothing new.
        if self.0.len() < 20 {
            self.0.push((code, value.to_owned(), details));
        }
    }

    /// Takes the faults out.
    pub fn take(&mut self) -> Vec<Fault> {
        std::mem::take(&mut self.0)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Read<'_, T> {
    /// The value of a row.
    pub fn at(&self, row: usize) -> &T {
        &self.values[self.code(row) as usize]
    }

    /// The code of a row; 0 is a blank cell.
    pub fn code(&self, row: usize) -> u32 {
        self.codes.get(row).copied().unwrap_or(0)
    }

    /// Whether the cell of a row was read without a fault.
    pub fn is_sound(&self, row: usize) -> bool {
        self.faulty.binary_search(&self.code(row)).is_err()
    }

    /// Whether the cell of a row is blank.
    pub fn is_blank(&self, row: usize) -> bool {
        self.code(row) == 0
    }
}

impl<'a> Grid<'a> {
    /// A table that is not there.
    pub fn absent(table: Table) -> Self {
        let count = columns::columns(table).len();
        Grid {
            table,
            rows: Vec::new(),
            bound: vec![None; count],
            coded: std::iter::repeat_with(Coded::default).take(count).collect(),
            unknown: Vec::new(),
        }
    }

    /// Binds the header and codes the columns.
    pub fn bind(sheet: &'a Sheet, findings: &mut Findings) -> Self {
        let mut grid = Grid::absent(sheet.table);
        let is_blank = |row: &SheetRow| row.cells.iter().all(|cell| trim(cell).is_empty());
        grid.bind_header(sheet, sheet.rows.iter().all(is_blank), findings);
        let coded_columns = columns::columns(sheet.table).iter().zip(&grid.bound).enumerate();
        let mut coders: Vec<(usize, usize, Coder<'a>)> = coded_columns
            .filter(|(_, (column, _))| !matches!(column.value, Value::Id | Value::Text))
            .filter_map(|(position, (_, bound))| bound.map(|cell| (position, cell, Coder::default())))
            .collect();
        // Row by row: the cells of a row lie side by side, those of a column do not.
        grid.rows.reserve(sheet.rows.len());
        for row in sheet.rows.iter().filter(|row| !is_blank(row)) {
            grid.rows.push(row);
            for (_, cell, coder) in &mut coders {
                coder.push(row.cells.get(*cell).map_or("", |text| trim(text)));
            }
        }
        for (position, _, coder) in coders {
            grid.coded[position] = coder.finish();
        }
        grid.report_cells_without_header(sheet, findings);
        grid
    }

    fn bind_header(&mut self, sheet: &'a Sheet, has_no_rows: bool, findings: &mut Findings) {
        let catalogue = columns::columns(sheet.table);
        let header_row = Some(1);
        for (cell, header) in sheet.header.iter().enumerate() {
            if trim(header).is_empty() {
                self.unknown.push((cell, ""));
                continue;
            }
            let Some(column) = columns::find(sheet.table, header) else {
                self.unknown.push((cell, header));
                // Hundreds of strange headers are not misspelt ones.
                let near = if self.unknown.len() <= 100 { nearest_column(sheet.table, header) } else { None };
                let at = At { table: sheet.table, row: header_row, column: Some(header) };
                findings.add(at, Code::ColumnUnknown, header, details![near]);
                continue;
            };
            let position = catalogue.iter().position(|c| c.name == column.name).expect("found in the catalogue");
            if self.bound[position].is_some() {
                let at = At { table: sheet.table, row: header_row, column: Some(column.name) };
                findings.add(at, Code::ColumnTwice, header, details![column.name]);
            } else {
                self.bound[position] = Some(cell);
            }
        }
        let optional = !is_list(sheet.table);
        if has_no_rows && optional {
            return;
        }
        for (column, bound) in catalogue.iter().zip(&self.bound) {
            if column.required && bound.is_none() {
                let at = At { table: sheet.table, row: header_row, column: Some(column.name) };
                let names = format!("`{}` ({})", column.name, column.chinese);
                findings.add(at, Code::ColumnMissing, "", details![names.as_str()]);
            }
        }
    }

    fn report_cells_without_header(&self, sheet: &Sheet, findings: &mut Findings) {
        let blank: Vec<usize> = self.unknown.iter().filter(|(_, header)| header.is_empty()).map(|(c, _)| *c).collect();
        let outside = |row: &&&SheetRow| {
            let filled = |cell: usize| row.cells.get(cell).is_some_and(|text| !trim(text).is_empty());
            (sheet.header.len()..row.cells.len()).any(filled) || blank.iter().any(|cell| filled(*cell))
        };
        let mut rows = self.rows.iter().filter(outside);
        if let Some(first) = rows.next() {
            let at = At { table: self.table, row: Some(first.number), column: None };
            findings.add(at, Code::CellsWithoutHeader, "", details![1 + rows.count()]);
        }
    }

    /// Whether the table is not there, or without any known column.
    pub fn is_absent(&self) -> bool {
        self.bound.iter().all(Option::is_none)
    }

    /// Where a problem of a row and column stands.
    pub fn at(&self, row: usize, column: &'static str) -> At<'static> {
        At { table: self.table, row: Some(self.rows[row].number), column: Some(column) }
    }

    /// The row as seen in Excel.
    pub fn number(&self, row: usize) -> u32 {
        self.rows[row].number
    }

    /// The text of a cell, trimmed; blank if the column is absent.
    pub fn text(&self, row: usize, column: &'static str) -> &'a str {
        let cell = self.bound[self.position(column)];
        cell.and_then(|cell| self.rows[row].cells.get(cell)).map_or("", |text| trim(text))
    }

    /// The cells of a column of the catalogue, if it is there.
    pub fn cell_of(&self, position: usize) -> Option<usize> {
        self.bound[position]
    }

    /// The distinct texts of a column.
    pub fn coded(&self, column: &'static str) -> &Coded<'a> {
        &self.coded[self.position(column)]
    }

    /// Reads a column: each distinct text once. A fault is reported for each row that has the text, a blank cell of a
    /// required column too.
    pub fn read<T>(
        &self,
        column: &'static str,
        findings: &mut Findings,
        blank: T,
        mut parse: impl FnMut(&str, &mut Faults) -> T,
    ) -> Read<'_, T> {
        let position = self.position(column);
        let coded = &self.coded[position];
        let mut values = Vec::with_capacity(coded.texts.len() + 1);
        values.push(blank);
        let mut faulty: Vec<(usize, Vec<Fault>)> = Vec::new();
        let mut faults = Faults::default();
        for (code, text) in coded.texts.iter().enumerate() {
            values.push(parse(text, &mut faults));
            if !faults.is_empty() {
                faulty.push((code + 1, faults.take()));
            }
        }
        if !faulty.is_empty() {
            let mut of_code: Vec<Option<usize>> = vec![None; values.len()];
            for (position, (code, _)) in faulty.iter().enumerate() {
                of_code[*code] = Some(position);
            }
            for (row, code) in coded.codes.iter().enumerate() {
                let Some(position) = of_code[*code as usize] else { continue };
                for (code, value, details) in &faulty[position].1 {
                    findings.add(self.at(row, column), *code, value, details.clone());
                }
            }
        }
        if self.column(column).required && self.bound[position].is_some() {
            for row in (0..self.rows.len()).filter(|row| coded.codes.get(*row).copied().unwrap_or(0) == 0) {
                findings.add(self.at(row, column), Code::CellBlank, "", Vec::new());
            }
        }
        let faulty = faulty.iter().map(|(code, _)| u32::try_from(*code).expect("at most ten million rows")).collect();
        Read { codes: &coded.codes, values, faulty }
    }

    /// A column of the catalogue.
    pub fn column(&self, name: &'static str) -> &'static Column {
        &columns::columns(self.table)[self.position(name)]
    }

    fn position(&self, column: &'static str) -> usize {
        let found = columns::columns(self.table).iter().position(|c| c.name == column);
        found.expect("columns are asked for by the names of the catalogue")
    }
}

/// A column while it is being coded.
#[derive(Default)]
struct Coder<'a> {
    known: HashMap<&'a str, u32>,
    coded: Coded<'a>,
    last: (&'a str, u32),
}

impl<'a> Coder<'a> {
    fn push(&mut self, text: &'a str) {
        // Sheets are often filled downwards: the text above is the likeliest.
        if text != self.last.0 {
            let texts = &mut self.coded.texts;
            let code = if text.is_empty() {
                0
            } else {
                *self.known.entry(text).or_insert_with(|| {
                    texts.push(text);
                    u32::try_from(texts.len()).expect("at most ten million rows")
                })
            };
            self.last = (text, code);
        }
        self.coded.codes.push(self.last.1);
    }

    fn finish(mut self) -> Coded<'a> {
        if self.coded.texts.is_empty() {
            self.coded.codes = Vec::new();
        }
        self.coded
    }
}

/// Whether the table is one of the three that every case has.
pub(super) fn is_list(table: Table) -> bool {
    matches!(table, Table::Needs | Table::Projects | Table::Resources)
}

/// The nearest column name, in the language of the header.
fn nearest_column(table: Table, header: &str) -> Option<&'static str> {
    let names = columns::columns(table).iter();
    if header.is_ascii() { nearest(header, names.map(|c| c.name)) } else { nearest(header, names.map(|c| c.chinese)) }
}

/// One word: a text that holds no list separator and no invisible character.
pub(super) fn one_word(text: &str, faults: &mut Faults) -> String {
    let word = tidy(text);
    if has_bad_character(&word) {
        faults.add(Code::BadCharacter, &word, Vec::new());
    } else if word.contains(super::cell::SEPARATORS) {
        faults.add(Code::NotOne, &word, Vec::new());
    }
    word.into_owned()
}
