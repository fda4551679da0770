//! One sheet, cell by cell.

use super::dates::DateForm;
use super::package::{DAMAGED, Damage, Name, Package, Part, Step, attribute, cell_attributes};
use super::strings::{SharedStrings, read_rich, unescape};
use super::styles::Styles;
use crate::intake::sheets::builder::{Budget, Ended, RawRow, TableBuilder, is_blank};
use crate::intake::sheets::faults::Faults;
use crate::intake::sheets::number;
use crate::problem::Code;

/// The most rows and columns of a sheet.
const SHEET_ROWS: u32 = 1_048_576;
const SHEET_COLUMNS: usize = 16_384;

/// What the sheets of a workbook share.
pub(super) struct Shared {
    pub(super) strings: SharedStrings,
    pub(super) styles: Styles,
    pub(super) epoch_1904: bool,
}

/// Reads the rows of a sheet into a table.
pub(super) fn read(
    package: &mut Package,
    path: &str,
    shared: &Shared,
    builder: &mut TableBuilder,
    budget: &mut Budget,
    faults: &mut Faults,
) -> Result<(), Damage> {
    let mut part = package.part(path)?;
    let mut reader = SheetReader { shared, builder, budget, faults, last_row: 0 };
    let mut found = false;
    loop {
        match part.next(None)? {
            Step::Start(element) => match element.local_name().as_ref() {
                "sheetData" if found => return Err(DAMAGED),
                "sheetData" => {
                    found = true;
                    if let Some(Ended) = reader.read_rows(&mut part)? {
                        return Ok(());
                    }
                }
                "mergeCell" => {
                    let range = attribute(&element, "ref")?.unwrap_or_default();
                    reader.judge_merged(&range)?;
                }
                _ => {}
            },
            Step::Over => return if found { Ok(()) } else { Err(DAMAGED) },
            Step::End(_) | Step::Text => {}
        }
    }
}

/// What a cell says that it holds.
#[derive(Clone, Copy)]
enum Kind {
    Number,
    Shared,
    Inline,
    Text,
    Boolean,
    Error,
    Date,
    Unknown,
}

impl Kind {
    fn of(written: Option<&str>) -> Kind {
        match written {
            None | Some("n") => Kind::Number,
            Some("s") => Kind::Shared,
            Some("inlineStr") => Kind::Inline,
            Some("str") => Kind::Text,
            Some("b") => Kind::Boolean,
            Some("e") => Kind::Error,
            Some("d") => Kind::Date,
            Some(_) => Kind::Unknown,
        }
    }
}

/// What a cell turned out to hold.
enum Content {
    Text(String),
    Error(String),
    NeverCalculated,
    NoSuchDate(String),
}

struct SheetReader<'s> {
    shared: &'s Shared,
    builder: &'s mut TableBuilder,
    budget: &'s mut Budget,
    faults: &'s mut Faults,
    last_row: u32,
}

impl SheetReader<'_> {
    fn read_rows(&mut self, part: &mut Part) -> Result<Option<Ended>, Damage> {
        loop {
            match part.next(None)? {
                Step::Start(element) if element.local_name().as_ref() == "row" => {
                    let number = match &cell_attributes(&element)?[0] {
                        Some(written) => written.parse().map_err(|_| DAMAGED)?,
                        None => self.last_row + 1,
                    };
                    if number <= self.last_row {
                        return Err(Damage::Part("order"));
                    }
                    if number > SHEET_ROWS {
                        return Err(DAMAGED);
                    }
                    self.last_row = number;
                    let row = self.read_row(part, number)?;
                    if let Err(ended) = self.builder.push(row, self.budget, self.faults) {
                        return Ok(Some(ended));
                    }
                }
                Step::Start(_) => return Err(DAMAGED),
                Step::End(Name::SheetData) => return Ok(None),
                Step::Over => return Err(DAMAGED),
                Step::End(_) | Step::Text => {}
            }
        }
    }

    fn read_row(&mut self, part: &mut Part, number: u32) -> Result<RawRow, Damage> {
        let mut row = RawRow { number, ..RawRow::default() };
        let mut next_column = 0;
        loop {
            let (column, style, kind) = match part.next(None)? {
                Step::Start(element) if element.local_name().as_ref() == "c" => {
                    let [reference, style, kind] = cell_attributes(&element)?;
                    let column = match reference {
                        Some(reference) => match cell_reference(&reference) {
                            Some((at, column)) if at == number && column >= next_column => column,
                            Some(_) => return Err(Damage::Part("order")),
                            None => return Err(DAMAGED),
                        },
                        None => next_column,
                    };
                    (column, style.and_then(|s| s.parse().ok()), Kind::of(kind.as_deref()))
                }
                Step::Over => return Err(DAMAGED),
                Step::End(Name::Row) => return Ok(row),
                Step::Start(_) | Step::End(_) | Step::Text => continue,
            };
            if column >= SHEET_COLUMNS {
                return Err(DAMAGED);
            }
            next_column = column + 1;
            let form = style.map_or_else(DateForm::default, |s: usize| self.shared.styles.form(s));
            let content = read_cell(part, self.shared, form, kind)?;
            let text = self.judge(content, number, column);
            if text.is_empty() {
                continue;
            }
            if column < self.builder.width() {
                row.cells.resize(column, String::new());
                row.cells.push(text);
            } else if row.beyond.is_none() && !is_blank(&text) {
                row.beyond = Some(column);
            }
        }
    }

    /// The text of a cell; what it should not hold becomes a fault, and the cell blank.
    fn judge(&mut self, content: Content, row: u32, column: usize) -> String {
        let (code, value) = match content {
            Content::Text(text) => return text,
            Content::Error(value) => (Code::CellError, value),
            Content::NeverCalculated => (Code::FormulaUnsaved, String::new()),
            Content::NoSuchDate(value) => (Code::DateImpossible, value),
        };
        let header = self.builder.header_over(column).to_owned();
        let table = self.builder.table();
        if header.is_empty() {
            self.faults.row(code, table, row, &value, &[]);
        } else {
            self.faults.cell(code, (table, row, &header), &value, &[]);
        }
        String::new()
    }

    /// Merged cells among the data are a fault: only the first of them holds the value, and the planner means it for
    /// all. Merged blank cells, titles and comments do no harm.
    fn judge_merged(&mut self, range: &str) -> Result<(), Damage> {
        let Some((first, last)) = range.split_once(':') else {
            return Ok(());
        };
        let (row, column) = cell_reference(first).ok_or(DAMAGED)?;
        cell_reference(last).ok_or(DAMAGED)?;
        if !is_blank(self.builder.cell(row, column)) {
            let header = self.builder.header_over(column).to_owned();
            self.faults.cell(Code::CellsMerged, (self.builder.table(), row, &header), "", &[range]);
        }
        Ok(())
    }
}

/// Reads a cell up to its end.
fn read_cell(part: &mut Part, shared: &Shared, form: DateForm, kind: Kind) -> Result<Content, Damage> {
    let mut value = String::new();
    let mut inline = String::new();
    let mut in_value = false;
    let (mut has_value, mut has_formula, mut has_inline) = (false, false, false);
    loop {
        match part.next(in_value.then_some(&mut value))? {
            Step::Start(element) => match element.local_name().as_ref() {
                "v" if has_value => return Err(Damage::Part("order")),
                "v" => {
                    has_value = true;
                    in_value = true;
                }
                "f" => has_formula = true,
                "is" if has_inline => return Err(Damage::Part("order")),
                "is" => {
                    has_inline = true;
                    read_rich(part, Name::Other, &mut inline)?;
                }
                _ => {}
            },
            Step::End(Name::V) => in_value = false,
            Step::End(Name::C) => break,
            Step::Over => return Err(DAMAGED),
            Step::End(_) | Step::Text => {}
        }
    }
    if has_formula && !has_value {
        return Ok(Content::NeverCalculated);
    }
    Ok(Content::Text(match kind {
        Kind::Inline => unescape(&inline),
        Kind::Shared if value.is_empty() => String::new(),
        Kind::Shared => {
            let index = value.trim().parse().ok();
            let text = index.and_then(|i| shared.strings.get(i)).ok_or(Damage::Part("string"))?;
            part.take_text(text.len())?;
            text.to_owned()
        }
        Kind::Text => unescape(&value),
        Kind::Boolean => match value.trim() {
            "1" | "true" => "true".to_owned(),
            "0" | "false" => "false".to_owned(),
            "" => String::new(),
            _ => return Err(DAMAGED),
        },
        Kind::Error => return Ok(Content::Error(value)),
        Kind::Date => value.trim().trim_end_matches("T00:00:00").to_owned(),
        Kind::Number => return Ok(number_content(&value, form, shared.epoch_1904)),
        Kind::Unknown => return Err(DAMAGED),
    }))
}

fn number_content(value: &str, form: DateForm, epoch_1904: bool) -> Content {
    let value = value.trim();
    if value.is_empty() || !form.is_date() {
        return Content::Text(number::of_workbook(value));
    }
    match value.parse().ok().and_then(|serial| form.write(serial, epoch_1904)) {
        Some(date) => Content::Text(date),
        None => Content::NoSuchDate(value.chars().take(40).collect()),
    }
}

/// Row (from 1) and column (from 0) of a reference such as `B7`; `None` where it is none.
fn cell_reference(reference: &str) -> Option<(u32, usize)> {
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = reference.split_at(digits);
    if letters.is_empty() || letters.len() > 3 || row.starts_with('0') {
        return None;
    }
    let mut column = 0;
    for letter in letters.bytes() {
        if !letter.is_ascii_uppercase() {
            return None;
        }
        column = column * 26 + usize::from(letter - b'A') + 1;
    }
    let row: u32 = row.parse().ok()?;
    (row <= SHEET_ROWS && column <= SHEET_COLUMNS).then_some((row, column - 1))
}

#[cfg(test)]
mod tests {
    use super::cell_reference;

    #[test]
    fn reads_references() {
        assert_eq!(cell_reference("A1"), Some((1, 0)));
        assert_eq!(cell_reference("XFD1048576"), Some((1_048_576, 16_383)));
        for wrong in ["", "A", "1", "A0", "XFE1", "A1048577", "AAAA1", "a1", "A1B", "Ä1", "A99999999999"] {
            assert_eq!(cell_reference(wrong), None, "{wrong}");
        }
    }
}
