use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Where a column's text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

/// Rows of cells written under each other, measured in terminal columns (a Chinese character takes two).
pub(super) struct Grid {
    aligns: Vec<Align>,
    rows: Vec<Vec<String>>,
}

/// The widest a column but the last may be; longer text is cut.
const WIDEST: usize = 44;

impl Grid {
    pub(super) fn new(aligns: &[Align]) -> Self {
        Grid { aligns: aligns.to_vec(), rows: Vec::new() }
    }

    pub(super) fn row<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// The lines, indented, without blanks at their ends.
    pub(super) fn write(mut self, out: &mut String) {
        for row in &mut self.rows {
            let last = row.len().saturating_sub(1);
            for cell in &mut row[..last] {
                *cell = cut(cell, WIDEST);
            }
        }
        let width =
            |column: usize| self.rows.iter().filter_map(|r| r.get(column)).map(|c| c.width()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.aligns.len()).map(width).collect();
        for row in &self.rows {
            let mut line = String::from(" ");
            for (column, cell) in row.iter().enumerate() {
                line.push(' ');
                let align = self.aligns.get(column).copied().unwrap_or(Align::Left);
                let room = widths.get(column).copied().unwrap_or(0).saturating_sub(cell.width());
                if align == Align::Right {
                    line.push_str(&" ".repeat(room));
                }
                line.push_str(cell);
                if align == Align::Left {
                    line.push_str(&" ".repeat(room));
                }
                line.push(' ');
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
}

/// The text cut to so many terminal columns, with `..` where something is missing.
fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > columns - 2 {
            break;
        }
        out.push(c);
    }
    out.push_str("..");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_and_latin_columns_stand_under_each_other() {
        let mut grid = Grid::new(&[Align::Left, Align::Right, Align::Left]);
        grid.row(["诗词课", "20", "人次"]);
        grid.row(["chess", "5", "units"]);
        let mut out = String::new();
        grid.write(&mut out);
        assert_eq!(out, "  诗词课  20  人次\n  chess    5  units\n");
    }

    #[test]
    fn long_text_is_cut_by_width_not_by_bytes() {
        assert_eq!(cut("一二三四五", 8), "一二三..");
        assert_eq!(cut("abc", 3), "abc");
    }
}
