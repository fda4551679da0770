use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use crate::export::names::{either, plain};
use crate::lists::Lang;

/// What a cell holds.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    Blank,
    /// Text on one or more lines.
    Text(String),
    /// An integer.
    Count(i64),
    /// Fen, shown as yuan.
    Fen(i64),
    /// A share, shown in per cent; blank if there is no whole.
    Share(i64, i64),
    /// Parts per million, shown in per cent with every digit.
    Ppm(i64),
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }

    fn kind(&self) -> Kind {
        match self {
            Cell::Blank | Cell::Text(_) => Kind::Text,
            Cell::Count(_) => Kind::Count,
            Cell::Fen(_) => Kind::Fen,
            Cell::Share(..) => Kind::Share,
            Cell::Ppm(_) => Kind::Ppm,
        }
    }

    pub(super) fn size(count: usize) -> Cell {
        Cell::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

/// Which formats a cell can share with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Text,
    Count,
    Fen,
    Share,
    Ppm,
}

/// How a row looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    Plain,
    /// Every second group, lightly shaded.
    Band,
    /// Totals.
    Strong,
    /// The title of a block.
    Title,
    /// The header of a block.
    Header,
    /// A remark.
    Note,
}

/// A column: its heading and width in characters.
pub(super) struct Column {
    pub heading: String,
    pub width: u16,
}

/// A sheet being written, row after row, with what makes it printable.
pub(super) struct Page {
    sheet: Worksheet,
    widths: Vec<u16>,
    row: u32,
    lang: Lang,
    /// Formats made so far, by look, kind of cell and whether the text must stay text.
    formats: BTreeMap<(Look, Kind, bool), Format>,
}

const LINE_POINTS: f64 = 13.5;
const AIR_POINTS: f64 = 5.0;
const HEADER_POINTS: f64 = 22.0;
/// Excel shows no row higher than this.
const HIGHEST_POINTS: f64 = 405.0;
/// Excel takes no longer text in a cell.
const LONGEST: usize = 32_000;

impl Page {
    /// A sheet whose first row is the header: frozen, repeated on every printed page.
    pub(super) fn table(lang: Lang, name: &str, columns: &[Column], frozen: u16) -> Result<Page, XlsxError> {
        let widths: Vec<u16> = columns.iter().map(|c| c.width).collect();
        let mut page = Page::blank(lang, name, &widths)?;
        page.row(&columns.iter().map(|c| Cell::text(&c.heading)).collect::<Vec<_>>(), Look::Header)?;
        page.sheet.set_freeze_panes(1, frozen)?;
        page.sheet.set_repeat_rows(0, 0)?;
        Ok(page)
    }

    /// A sheet of blocks under each other.
    pub(super) fn blank(lang: Lang, name: &str, widths: &[u16]) -> Result<Page, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        for (column, width) in (0u16..).zip(widths) {
            sheet.set_column_width(column, f64::from(*width))?;
        }
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
        sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
        sheet.set_header(format!("&L&\"{}\"&14&B{name}", font(lang)));
        sheet.set_footer(either(lang, "&C第 &P 页，共 &N 页", "&CPage &P of &N"));
        sheet.set_screen_gridlines(false);
        Ok(Page { sheet, widths: widths.to_vec(), row: 0, lang, formats: BTreeMap::new() })
    }

    /// Writes a row; text is always written as text, never as a formula.
    pub(super) fn row(&mut self, cells: &[Cell], look: Look) -> Result<(), XlsxError> {
        let mut lines = 1;
        for (column, cell) in (0u16..).zip(cells) {
            let quoted = matches!(cell, Cell::Text(text) if could_be_formula(text));
            let format = self.formats.entry((look, cell.kind(), quoted)).or_insert_with(|| {
                let format = style(self.lang, look, cell);
                if quoted { format.set_quote_prefix() } else { format }
            });
            match cell {
                Cell::Blank => self.sheet.write_blank(self.row, column, format)?,
                Cell::Text(text) => {
                    let text = on_lines(text);
                    if !matches!(look, Look::Title | Look::Note) {
                        lines = lines.max(lines_of(&text, self.widths.get(usize::from(column))));
                    }
                    self.sheet.write_string_with_format(self.row, column, text, format)?
                }
                Cell::Count(n) => self.sheet.write_number_with_format(self.row, column, *n as f64, format)?,
                Cell::Fen(fen) => self.sheet.write_number_with_format(self.row, column, *fen as f64 / 100.0, format)?,
                Cell::Ppm(ppm) => {
                    let share = *ppm as f64 / 1_000_000.0;
                    self.sheet.write_number_with_format(self.row, column, share, format)?
                }
                Cell::Share(_, whole) if *whole <= 0 => self.sheet.write_blank(self.row, column, format)?,
                Cell::Share(part, whole) => {
                    let share = *part as f64 / *whole as f64;
                    self.sheet.write_number_with_format(self.row, column, share, format)?
                }
            };
        }
        if look == Look::Header {
            self.sheet.set_row_height(self.row, HEADER_POINTS)?;
        } else {
            let height = (f64::from(lines) * LINE_POINTS + AIR_POINTS).min(HIGHEST_POINTS);
            self.sheet.set_row_height(self.row, height)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Prints upright rather than on its side.
    pub(super) fn upright(&mut self) {
        self.sheet.set_portrait();
    }

    /// Leaves a row free.
    pub(super) fn skip(&mut self) {
        self.row += 1;
    }

    /// Adds the filter of a table and hands the sheet over.
    pub(super) fn finish_table(mut self) -> Result<Worksheet, XlsxError> {
        let last = u16::try_from(self.widths.len().saturating_sub(1)).expect("a dozen columns");
        if self.row > 1 {
            self.sheet.autofilter(0, 0, self.row - 1, last)?;
        }
        Ok(self.sheet)
    }

    /// Hands the sheet over.
    pub(super) fn finish(self) -> Worksheet {
        self.sheet
    }
}

/// How many lines a text takes in a column of this width.
fn lines_of(text: &str, width: Option<&u16>) -> u32 {
    let width = width.map_or(10, |w| usize::from(*w).saturating_sub(1).max(4));
    let lines: usize = text.split('\n').map(|line| line.width().div_ceil(width).max(1)).sum();
    u32::try_from(lines).unwrap_or(u32::MAX)
}

/// The text with each line cleaned and within what a cell can hold.
fn on_lines(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(plain).collect();
    let text = lines.join("\n");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}..", &text[..end]),
        None => text,
    }
}

/// Whether a spreadsheet could take the text for a formula when it is typed again or saved as CSV.
fn could_be_formula(text: &str) -> bool {
    let signs = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    // Cleaning takes blanks and control characters away from the front.
    let blank = |c: char| c.is_whitespace() || c.is_control();
    text.split('\n').any(|line| line.starts_with(['\t', '\r']) || line.trim_start_matches(blank).starts_with(signs))
}

fn font(lang: Lang) -> &'static str {
    // Both are on every planner's machine and fall back to a Chinese font where they are not.
    either(lang, "微软雅黑", "Arial")
}

fn style(lang: Lang, look: Look, cell: &Cell) -> Format {
    let mut format = Format::new().set_font_name(font(lang)).set_font_size(10.0);
    format = match cell {
        Cell::Count(_) => format.set_num_format("#,##0_ "),
        Cell::Fen(_) => format.set_num_format("#,##0.00_ ;-#,##0.00_ ;-_ "),
        Cell::Share(..) => format.set_num_format("0.0%_ "),
        Cell::Ppm(_) => format.set_num_format("0.00##%_ "),
        Cell::Blank | Cell::Text(_) => format,
    };
    if matches!(look, Look::Title | Look::Note) {
        return match look {
            Look::Title => format.set_bold().set_font_size(12.0).set_font_color(Color::RGB(0x1F4E5F)),
            _ => format.set_italic().set_font_color(Color::RGB(0x666666)),
        };
    }
    format = format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xC8D0D4));
    format = format.set_align(FormatAlign::VerticalCenter).set_text_wrap();
    if look != Look::Header {
        let side = if matches!(cell, Cell::Text(_) | Cell::Blank) { FormatAlign::Left } else { FormatAlign::Right };
        format = format.set_align(side).set_indent(1);
    }
    match look {
        Look::Header => format
            .set_bold()
            .set_font_color(Color::White)
            .set_background_color(Color::RGB(0x1F4E5F))
            .set_align(FormatAlign::Center)
            .set_text_wrap(),
        Look::Band => format.set_background_color(Color::RGB(0xF1F6F7)),
        Look::Strong => format.set_bold().set_background_color(Color::RGB(0xDDE9EC)),
        _ => format,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_a_spreadsheet_could_run_is_marked_as_text() {
        for text in
            ["=1+1", "+1", "-1", "@SUM", "\u{ff1d}1", "\u{ff0b}", "\u{ff0d}", "\u{ff20}", "ok\n=1", " =1", "\t1"]
        {
            assert!(could_be_formula(text), "{text}");
        }
        assert!(!could_be_formula("1 - 2 = 3"));
    }

    #[test]
    fn a_cell_never_holds_more_than_excel_takes() {
        assert!(on_lines(&"社".repeat(40_000)).chars().count() <= 32_767);
    }
}
