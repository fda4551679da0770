//! Reads one CSV file.
//!
//! Written here rather than taken from the crate `csv`, which drops blank lines (so rows would no longer be those of
//! Excel) and does not tell a quotation mark that is never closed.

use super::builder::{Budget, Ended, RawRow, TableBuilder, is_blank};
use super::faults::Faults;
use super::formula::unguard;
use crate::intake::Sheet;
use crate::lists::Table;
use crate::problem::Code;

/// Reads the text of a table. Rows are numbered by records, as Excel does: a line break within quotation marks does
/// not count.
pub(super) fn read(table: Table, text: &str, budget: &mut Budget, faults: &mut Faults) -> Option<Sheet> {
    let (text, separator) = separator_of(text);
    let mut builder = TableBuilder::new(table);
    let mut records = Records { text, separator, at: 0, number: 0 };
    loop {
        match records.next_record(builder.width()) {
            Ok(Some(row)) => {
                if let Err(Ended) = builder.push(row, budget, faults) {
                    return None;
                }
            }
            Ok(None) => return builder.finish(),
            Err(OpenQuote { row }) => {
                faults.row(Code::QuoteOpen, table, row, "", &[]);
                return builder.finish();
            }
        }
    }
}

/// The separator that the header uses: `,` unless it has none but has `;` or tabs. A first line `sep=;` of Excel
/// says it outright and is no row.
fn separator_of(text: &str) -> (&str, u8) {
    let line_end = text.find(['\r', '\n']).unwrap_or(text.len());
    if let Some(&[mark]) = text[..line_end].strip_prefix("sep=").map(str::as_bytes) {
        let rest = &text[line_end..];
        let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n'])).unwrap_or(rest);
        return (rest, if mark.is_ascii() { mark } else { b',' });
    }
    let header = text.split(['\r', '\n']).find(|line| !is_blank(line) && !super::is_comment(line)).unwrap_or("");
    let mut counts = [0_usize; 3];
    let mut quoted = false;
    for byte in header.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => counts[0] += 1,
            b';' if !quoted => counts[1] += 1,
            b'\t' if !quoted => counts[2] += 1,
            _ => {}
        }
    }
    let [commas, semicolons, tabs] = counts;
    let separator = if commas > 0 || semicolons + tabs == 0 {
        b','
    } else if semicolons >= tabs {
        b';'
    } else {
        b'\t'
    };
    (text, separator)
}

/// A quotation mark that is never closed, and the row that opens it.
struct OpenQuote {
    row: u32,
}

/// The records of a text.
struct Records<'t> {
    text: &'t str,
    separator: u8,
    at: usize,
    number: u32,
}

impl Records<'_> {
    /// The next record, of whose cells the first `width` are kept.
    fn next_record(&mut self, width: usize) -> Result<Option<RawRow>, OpenQuote> {
        let bytes = self.text.as_bytes();
        if self.at >= bytes.len() {
            return Ok(None);
        }
        self.number = self.number.saturating_add(1);
        let mut row = RawRow { number: self.number, ..RawRow::default() };
        let mut column = 0;
        loop {
            let cell = self.next_cell()?;
            if column < width {
                row.cells.push(unguard(cell));
            } else if row.beyond.is_none() && !is_blank(&cell) {
                row.beyond = Some(column);
            }
            column += 1;
            match bytes.get(self.at) {
                Some(&b) if b == self.separator => self.at += 1,
                Some(b'\r') => {
                    self.at += if bytes.get(self.at + 1) == Some(&b'\n') { 2 } else { 1 };
                    return Ok(Some(row));
                }
                Some(_) => {
                    self.at += 1;
                    return Ok(Some(row));
                }
                None => return Ok(Some(row)),
            }
        }
    }

    /// The next cell; leaves `at` on the separator or line break behind it.
    fn next_cell(&mut self) -> Result<String, OpenQuote> {
        let bytes = self.text.as_bytes();
        let mut cell = String::new();
        if bytes.get(self.at) == Some(&b'"') {
            self.at += 1;
            loop {
                let Some(length) = self.text[self.at..].find('"') else {
                    return Err(OpenQuote { row: self.number });
                };
                cell.push_str(&self.text[self.at..self.at + length]);
                self.at += length + 1;
                if bytes.get(self.at) != Some(&b'"') {
                    break;
                }
                cell.push('"');
                self.at += 1;
            }
        }
        // What follows a closing mark belongs to the cell, as in Excel.
        let rest = &bytes[self.at..];
        let end = rest.iter().position(|b| *b == self.separator || matches!(b, b'\r' | b'\n')).unwrap_or(rest.len());
        cell.push_str(&self.text[self.at..self.at + end]);
        self.at += end;
        Ok(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(u32, Vec<String>)> {
        let mut faults = Faults::default();
        let sheet = read(Table::Needs, text, &mut Budget::new(text.len()), &mut faults).expect("a table");
        sheet.rows.into_iter().map(|r| (r.number, r.cells)).collect()
    }

    #[test]
    fn counts_rows_as_excel_does() {
        let rows = cells("id,note\r\n\r\nN1,\"two\r\nlines, \"\"quoted\"\"\"\r\n,\r\nN2,\r\n");
        let expected = [(3, vec!["N1".to_owned(), "two\r\nlines, \"quoted\"".to_owned()]), (5, vec!["N2".to_owned()])];
        assert_eq!(rows, expected);
    }

    #[test]
    fn finds_the_separator() {
        for text in ["id;note\nN1;a,b\n", "id\tnote\nN1\ta,b\n", "sep=;\nid;note\nN1;a,b", "id,note\nN1,\"a,b\""] {
            assert_eq!(cells(text), [(2, vec!["N1".to_owned(), "a,b".to_owned()])], "{text:?}");
        }
    }

    #[test]
    fn skips_comments_but_not_ids() {
        let rows = cells("# about\nid,note\n# explanation,x\n#12,x\n#,x\n");
        assert_eq!(rows, [(4, vec!["#12".to_owned(), "x".to_owned()])]);
    }
}
