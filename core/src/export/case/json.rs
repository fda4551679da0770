//! A case as a JSON document.

use super::{name, one, titles};
use crate::intake::Sheets;
use crate::intake::sheets::number::is_exact;
use crate::intake::sheets::previous_of;
use crate::lists::{Lang, Table};
use crate::problem::Problems;

/// A case as a JSON document, one row a line. Numbers and booleans are typed where they read back as the same text;
/// the first row of a table has every column of it, blank ones as null.
///
/// # Errors
/// Where two columns would have one key, or `previous` is no JSON object.
pub fn document(sheets: &Sheets, lang: Lang) -> Result<String, Problems> {
    let mut text = String::from("{\n  \"format\": \"");
    text.push_str(crate::intake::sheets::FORMAT);
    text.push('"');
    for sheet in &sheets.sheets {
        let titles: Vec<String> = titles(sheet, lang)?.into_iter().map(quoted).collect();
        text.push_str(",\n  ");
        text.push_str(&quoted(name(sheet.table, lang)));
        text.push_str(": [");
        for (position, row) in sheet.rows.iter().enumerate() {
            text.push_str(if position == 0 { "\n    {" } else { ",\n    {" });
            let mut between = "";
            for (column, title) in titles.iter().enumerate() {
                let cell = row.cells.get(column).map_or("", String::as_str);
                if cell.is_empty() && position > 0 {
                    continue;
                }
                text.push_str(between);
                between = ", ";
                text.push_str(title);
                text.push_str(": ");
                push_value(&mut text, cell);
            }
            text.push('}');
        }
        text.push_str(if sheet.rows.is_empty() { "]" } else { "\n  ]" });
    }
    if let Some(previous) = &sheets.previous {
        text.push_str(",\n  ");
        text.push_str(&quoted(name(Table::Previous, lang)));
        text.push_str(": ");
        text.push_str(&previous_of(previous).map_err(one)?);
    }
    text.push_str("\n}\n");
    Ok(text)
}

fn push_value(text: &mut String, cell: &str) {
    match cell {
        "" => text.push_str("null"),
        "true" | "false" => text.push_str(cell),
        number if is_exact(number) => text.push_str(number),
        other => text.push_str(&quoted(other)),
    }
}

/// A JSON string.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a string is always JSON")
}
