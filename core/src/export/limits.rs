//! Limits, cells of the sheets, in Chinese and English.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{either, plain};
use crate::intake::columns;
use crate::lists::{Lang, Table};
use crate::plan::LimitCell;

/// Cells of one column that its line names where they are many.
const NAMED: usize = 3;

/// Sorted cells, row by row; columns with more than `most` of them, and than a line names, have one line each.
pub(crate) fn limit_lines(cells: &[LimitCell], most: usize, lang: Lang) -> Vec<String> {
    let mut of_column: BTreeMap<_, usize> = BTreeMap::new();
    cells.iter().for_each(|cell| *of_column.entry((&cell.table, &cell.column)).or_default() += 1);
    let few = |cell: &LimitCell| of_column[&(&cell.table, &cell.column)] <= most;
    let (few, many): (Vec<_>, Vec<_>) = cells.iter().cloned().partition(few);
    let mut lines = by_row(&few, lang);
    lines.extend(by_column(&many, lang));
    lines
}

/// `资源清单 第3行 R7 “每期上限” = 1`.
pub(crate) fn limit_cell(cell: &LimitCell, lang: Lang) -> String {
    let mut parts = vec![limit_table(cell, lang).to_owned(), limit_row(cell, lang), limit_value(cell, lang)];
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

/// The table of such a cell.
fn limit_table(cell: &LimitCell, lang: Lang) -> &str {
    let table = Table::ALL.into_iter().find(|table| table.name() == cell.table);
    table.map_or(cell.table.as_str(), |t| either(lang, t.chinese(), t.name()))
}

/// Its row: `第3行 R7`.
fn limit_row(cell: &LimitCell, lang: Lang) -> String {
    let row = cell.row.map(|row| match lang {
        Lang::Zh => format!("第{row}行"),
        Lang::En => format!("row {row}"),
    });
    let id = Some(plain(&cell.id)).filter(|id| !id.is_empty());
    row.into_iter().chain(id).collect::<Vec<_>>().join(" ")
}

/// Its column and what stands there: `“每期上限” = 1`.
fn limit_value(cell: &LimitCell, lang: Lang) -> String {
    let column = cell.column.as_ref().map(|column| {
        let table = Table::ALL.into_iter().find(|table| table.name() == cell.table);
        let known = table.and_then(|table| columns::find(table, column));
        let header = known.map_or(column.as_str(), |column| column.header(lang));
        match lang {
            Lang::Zh => format!("“{header}”"),
            Lang::En => format!("`{header}`"),
        }
    });
    let value = Some(&cell.value).filter(|value| !value.is_empty()).map(|value| format!("= {}", plain(value)));
    column.into_iter().chain(value).collect::<Vec<_>>().join(" ")
}

/// All cells, those of a row on one line, and rows with the same in the same columns together.
fn by_row(cells: &[LimitCell], lang: Lang) -> Vec<String> {
    let of = |cell: &LimitCell| (cell.table.clone(), cell.row, cell.id.clone());
    let mut lines: Vec<(&LimitCell, Vec<String>, Vec<String>)> = Vec::new();
    for row in cells.chunk_by(|a, b| of(a) == of(b)) {
        let (name, values) = (limit_row(&row[0], lang), row.iter().map(|cell| limit_value(cell, lang)).collect());
        let alike = lines.iter_mut().find(|(first, _, known)| first.table == row[0].table && *known == values);
        match alike {
            Some((_, names, _)) => names.push(name),
            None => lines.push((&row[0], vec![name], values)),
        }
    }
    let line = |(first, names, values): (&LimitCell, Vec<String>, Vec<String>)| {
        let before = if names.len() > 1 { either(lang, "：", ": ") } else { " " };
        let rows = [limit_table(first, lang).to_owned(), names.join(either(lang, "、", ", "))];
        [rows.join(" ").trim_end().to_owned(), values.join(either(lang, "，", ", "))].join(before)
    };
    lines.into_iter().map(line).collect()
}

/// Many of one column on one line.
fn by_column(cells: &[LimitCell], lang: Lang) -> Vec<String> {
    let of = |cell: &LimitCell| (cell.table.clone(), cell.column.clone());
    let mut columns: Vec<_> = cells.iter().map(of).collect();
    columns.dedup();
    let mut seen = BTreeSet::new();
    columns.retain(|column| seen.insert(column.clone()));
    let mut out = Vec::new();
    for column in columns {
        let list: Vec<&LimitCell> = cells.iter().filter(|cell| of(cell) == column).collect();
        if list.len() <= NAMED {
            out.extend(list.iter().map(|cell| limit_cell(cell, lang)));
            continue;
        }
        let whole = LimitCell { row: None, id: String::new(), value: String::new(), ..list[0].clone() };
        let rows: Vec<&str> = list.iter().take(NAMED).map(|cell| cell.id.as_str()).collect();
        let (name, n) = (limit_cell(&whole, lang), list.len());
        out.push(match lang {
            Lang::Zh => format!("{name}：{n} 行（{} 等）", rows.join("、")),
            Lang::En => format!("{name}: {n} rows ({}, …)", rows.join(", ")),
        });
    }
    out
}
