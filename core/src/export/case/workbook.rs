//! A case as a workbook.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{name, one, refuse_comments, titles};
use crate::intake::sheets::formula::looks_like_formula;
use crate::intake::sheets::number::is_exact;
use crate::intake::sheets::{PREVIOUS_HEADER, problem};
use crate::intake::{Sheet, Sheets, columns};
use crate::lists::{Lang, Table};
use crate::problem::{Code, Problem, Problems};

/// The most rows of a sheet, the header included.
const SHEET_ROWS: usize = 1_048_576;
/// The most UTF-16 units of a cell.
const CELL_UNITS: usize = 32_767;
/// How many UTF-16 units of `previous` go into one cell.
const PART_UNITS: usize = 30_000;

/// A case as the bytes of an .xlsx workbook, a sheet a table. Text is always written as text, never as a formula;
/// numbers and booleans are typed where they read back as the same text. The same case gives the same bytes.
///
/// # Errors
/// Where a table or a cell is too large for a sheet, a row would read back as a comment, or two columns would have one
/// header.
pub fn workbook(sheets: &Sheets, lang: Lang) -> Result<Vec<u8>, Problems> {
    let mut book = new_book();
    for sheet in &sheets.sheets {
        refuse_comments(sheet)?;
        let titles = titles(sheet, lang)?;
        if let Some(fault) = too_large(sheet) {
            return Err(one(fault));
        }
        write_sheet(&mut book, sheet, &titles, lang).map_err(|_| unfit(sheet.table))?;
    }
    if let Some(previous) = &sheets.previous {
        write_previous(&mut book, previous, lang).map_err(|_| unfit(Table::Previous))?;
    }
    if sheets.sheets.is_empty() && sheets.previous.is_none() {
        // A workbook has at least one sheet.
        book.add_worksheet();
    }
    book.save_to_buffer().map_err(|_| one(problem(Code::FileUnwritable, None, "xlsx", &["failed"])))
}

/// A new workbook without the time of day in it, so that the same contents give the same bytes.
pub(super) fn new_book() -> Workbook {
    let mut book = Workbook::new();
    let mut properties = DocProperties::new().set_author("sandan");
    if let Ok(date) = ExcelDateTime::from_ymd(2026, 1, 1) {
        properties = properties.set_creation_datetime(&date);
    }
    book.set_properties(&properties);
    book
}

/// The look of a header cell; required columns stand out.
pub(super) fn header_format(required: bool) -> Format {
    let color = if required { Color::RGB(0xC0_5A_1E) } else { Color::RGB(0x3B_5B_7A) };
    Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(color)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0xD9_D9_D9))
}

/// Writes text as text: what looks like a formula is marked so that it stays text when a planner edits it.
pub(super) fn write_text(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if looks_like_formula(text) {
        sheet.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// How many columns of half-width characters a text takes.
pub(super) fn display_width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn write_sheet(book: &mut Workbook, table: &Sheet, titles: &[&str], lang: Lang) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(name(table.table, lang))?;
    sheet.set_freeze_panes(1, 0)?;
    let plain = Format::new();
    for (column, title) in titles.iter().enumerate() {
        let required = columns::find(table.table, title).is_some_and(|c| c.required);
        let at = u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)?;
        sheet.write_string_with_format(0, at, *title, &header_format(required))?;
        let cells = table.rows.iter().take(200).filter_map(|row| row.cells.get(column));
        let widest = cells.map(|cell| display_width(cell)).chain([display_width(title)]).max().unwrap_or(0);
        sheet.set_column_width(at, (widest + 2).clamp(8, 48) as f64)?;
    }
    for (position, row) in table.rows.iter().enumerate() {
        let down = u32::try_from(position + 1).map_err(|_| XlsxError::RowColumnLimitError)?;
        for (column, cell) in (0_u16..).zip(&row.cells).take(titles.len()) {
            match cell.as_str() {
                "" => {}
                "true" | "false" => drop(sheet.write_boolean(down, column, cell == "true")?),
                number if is_exact(number) => {
                    let value: f64 = number.parse().map_err(|_| XlsxError::ParameterError(number.to_owned()))?;
                    sheet.write_number(down, column, value)?;
                }
                text => write_text(sheet, down, column, text, &plain)?,
            }
        }
    }
    Ok(())
}

/// Writes the document of `previous` in parts that fit a cell.
fn write_previous(book: &mut Workbook, text: &str, lang: Lang) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(name(Table::Previous, lang))?;
    for (column, title) in (0..).zip(PREVIOUS_HEADER) {
        sheet.write_string_with_format(0, column, title, &header_format(false))?;
    }
    let mut rest = text;
    let mut number = 0_u32;
    while !rest.is_empty() {
        let mut units = 0;
        let fits = rest.char_indices().find(|(_, c)| {
            units += c.len_utf16();
            units > PART_UNITS
        });
        let (part, after) = rest.split_at(fits.map_or(rest.len(), |(at, _)| at));
        number += 1;
        sheet.write_number(number, 0, number)?;
        sheet.write_string(number, 1, part)?;
        rest = after;
    }
    Ok(())
}

fn unfit(table: Table) -> Problems {
    one(problem(Code::SheetTooSmall, Some(table), "", &[]))
}

/// Where a table is too large for a sheet.
fn too_large(sheet: &Sheet) -> Option<Problem> {
    if sheet.rows.len() >= SHEET_ROWS {
        return Some(problem(Code::SheetTooSmall, Some(sheet.table), "", &[]));
    }
    let units = |cell: &String| cell.len() > CELL_UNITS && cell.encode_utf16().count() > CELL_UNITS;
    let row = sheet.rows.iter().find(|row| row.cells.iter().any(units))?;
    let column = row.cells.iter().position(units).and_then(|c| sheet.header.get(c));
    let column = column.map(|h| columns::find(sheet.table, h).map_or_else(|| h.clone(), |c| c.name.to_owned()));
    Some(Problem { row: Some(row.number), column, ..problem(Code::SheetTooSmall, Some(sheet.table), "", &[]) })
}
