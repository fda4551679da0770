//! The empty workbook that a planner fills in.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, Format, FormatAlign, FormatBorder, Formula,
    Note, Workbook, Worksheet, XlsxError,
};

use super::workbook::{display_width, header_format, new_book, write_text};
use super::{name, one};
use crate::intake::columns::{self, Choice, Column, SETTINGS, Value};
use crate::intake::sheets::{BESIDE, problem};
use crate::lists::{Lang, Table};
use crate::problem::{Code, Problems};

/// The last row that drop-down lists and formats of the template reach.
const LAST_ROW: u32 = 5_000;

/// Units that the drop-down list proposes; any other may be typed.
const UNITS: [&str; 6] = ["人次", "人", "例", "场", "件", "期"];

/// An empty workbook in a language: a page of instructions and a sheet a table, each with its header (required columns
/// in orange), a row of explanations, a worked example, drop-down lists and notes.
///
/// Explanations and examples begin with `# ` and are comments: they may stay where they are, and a planner who forgets
/// to delete them plans nothing for them. Without the `# ` the examples of all tables together are a valid case.
///
/// # Errors
/// None that the catalogue of columns can cause; a problem where the workbook cannot be built all the same.
pub fn template(lang: Lang) -> Result<Vec<u8>, Problems> {
    let failed = |_: XlsxError| one(problem(Code::FileUnwritable, None, "xlsx", &["failed"]));
    let mut book = new_book();
    write_instructions(&mut book, lang).map_err(failed)?;
    for table in Table::ALL.into_iter().filter(|t| *t != Table::Previous) {
        write_table(&mut book, table, lang).map_err(failed)?;
    }
    write_lists(&mut book, lang).map_err(failed)?;
    book.save_to_buffer().map_err(failed)
}

/// Whether a case needs the table.
fn is_required(table: Table) -> bool {
    matches!(table, Table::Needs | Table::Projects | Table::Resources)
}

fn write_instructions(book: &mut Workbook, lang: Lang) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(if lang == Lang::Zh { BESIDE[0] } else { BESIDE[1] })?;
    sheet.set_tab_color(Color::RGB(0x8A_8A_8A));
    sheet.set_column_width(0, 22)?.set_column_width(1, 104)?;
    let title = Format::new().set_bold().set_font_size(16);
    let label = Format::new().set_bold().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Hair);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Hair);
    let pick = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    sheet.write_string_with_format(0, 0, pick("三单对接 · 填写说明", "sandan · how to fill this in"), &title)?;
    sheet.set_row_height(0, 28)?;
    let general: [(&str, &str); 7] = [
        (
            pick("先填三单", "three lists first"),
            pick(
                "需求清单、项目清单、资源清单必填；其余各表用得着才填，空着即可。",
                "needs, projects and resources are required; leave the other sheets empty unless you want them.",
            ),
        ),
        (
            pick("橙色表头", "orange headers"),
            pick(
                "橙色的列每行必填；蓝色的列可以空着，空 = 说明行里写的默认值。",
                "orange columns must be filled in every row; blue ones may be blank, which means the default that is explained.",
            ),
        ),
        (
            pick("# 开头的行", "rows that begin with #"),
            pick(
                "说明行和示例行以“# ”开头，程序不读，可以保留也可以删除；要用上某一行，去掉它前面的“# ”。",
                "explanations and examples begin with `# ` and are not read: keep or delete them. To put such a row to use, remove the `# ` before it.",
            ),
        ),
        (pick("多个值", "several values"), pick("用 ; 分开，也可以用 ；、 或 |。", "separate them with ;")),
        (
            pick("隐私", "privacy"),
            pick(
                "编号和人员列请用化名或编号，不要写儿童姓名、身份证号、手机号。",
                "use pseudonyms: no names of children, no identity or mobile numbers.",
            ),
        ),
        (
            pick("自己的列", "columns of your own"),
            pick(
                "可以另加列，程序当作备注保留；每张表都可以有“备注”和“来源”两列。",
                "you may add columns; they are kept as notes. Every sheet may have `note` and `source`.",
            ),
        ),
        (
            pick("合并单元格、公式", "merged cells, formulas"),
            pick(
                "数据行不要合并单元格；可以用公式，保存时要已算出结果。",
                "do not merge cells of data; formulas are fine once their results are saved.",
            ),
        ),
    ];
    let mut row = 2;
    for (left, right) in general {
        sheet.write_string_with_format(row, 0, left, &label)?;
        sheet.write_string_with_format(row, 1, right, &text)?;
        sheet.set_row_height(row, line_height(right, 100))?;
        row += 1;
    }
    row += 1;
    for table in Table::ALL.into_iter().filter(|t| *t != Table::Previous) {
        sheet.write_string_with_format(row, 0, name(table, lang), &label)?;
        sheet.write_string_with_format(row, 1, purpose(table, lang), &text)?;
        sheet.set_row_height(row, line_height(purpose(table, lang), 100))?;
        row += 1;
    }
    Ok(())
}

/// What a table is for.
fn purpose(table: Table, lang: Lang) -> &'static str {
    let [zh, en] = match table {
        Table::Needs => {
            ["必填。谁在哪里需要什么服务、多少。", "required. Who needs which service, where and how much."]
        }
        Table::Projects => [
            "必填。能提供哪些服务，每场多少人、要哪些岗位、花多少钱。",
            "required. Which services are offered: people a session, posts to fill, costs.",
        ],
        Table::Resources => {
            ["必填。人员、场地、资金、物资，每行一个。", "required. Staff, venues, funds and goods, one a row."]
        }
        Table::Places => [
            "可选。地点及其上下级、经纬度；不填则以各表里写到的地点为准。",
            "optional. Places, the places above them, coordinates; without it the places that other sheets name.",
        ],
        Table::Travel => ["可选。两地之间要多少分钟。", "optional. Minutes between two places."],
        Table::Periods => [
            "可选。时段的先后、起止、主题和标签；不填则以各表里写到的时段为准。",
            "optional. Periods in order, with dates, themes and tags; without it the periods that other sheets name.",
        ],
        Table::Requirements => [
            "可选。岗位的细节，补充项目清单里的“岗位”。",
            "optional. Posts in detail, beside the column `staffing` of projects.",
        ],
        Table::Fit => [
            "可选。某条需求与某个项目特别合适或不可搭配。",
            "optional. Pairs of need and project that fit well or must not meet.",
        ],
        Table::Rules => [
            "可选。至少几场、至多几场、比例、连续上岗等规则。",
            "optional. Rules: at least or at most so many, ratios, rest between turns.",
        ],
        Table::Pins => ["可选。指定一定要安排或禁止安排的。", "optional. What must or must not be planned."],
        Table::Settings => ["可选。求解的设置，不填用默认值。", "optional. Settings; defaults where blank."],
        Table::Previous => ["", ""],
    };
    if lang == Lang::Zh { zh } else { en }
}

fn write_table(book: &mut Workbook, table: Table, lang: Lang) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(name(table, lang))?;
    sheet.set_tab_color(if is_required(table) { Color::RGB(0xC0_5A_1E) } else { Color::RGB(0x3B_5B_7A) });
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    let explanation = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_font_size(9)
        .set_font_color(Color::RGB(0x50_50_50))
        .set_background_color(Color::RGB(0xF2_F2_F2))
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0xD9_D9_D9));
    let example = Format::new().set_italic().set_font_color(Color::RGB(0x70_70_70)).set_num_format("@");
    let columns = open_columns(table);
    let mut height = 15.0_f64;
    for (at, column) in (0_u16..).zip(&columns) {
        let width = width_of(column, lang);
        sheet.set_column_width(at, width as f64)?;
        if is_text(column.value) {
            // Else a spreadsheet turns 2025-07 into a date and 007 into 7.
            sheet.set_column_format(at, &Format::new().set_num_format("@"))?;
        }
        sheet.write_string_with_format(0, at, column.header(lang), &header_format(column.required))?;
        let text = explained(column, lang);
        sheet.insert_note(0, at, &Note::new(note_of(column, lang)).set_author("sandan").add_author_prefix(false))?;
        let shown = if at == 0 { format!("# {text}") } else { text };
        write_text(sheet, 1, at, &shown, &explanation)?;
        // The explanation is in a smaller font than the width counts in.
        height = height.max(line_height(&shown, width * 6 / 5) * 0.85);
        add_validation(sheet, at, column, lang)?;
    }
    sheet.set_row_height(0, 22)?;
    sheet.set_row_height(1, height.min(180.0))?;
    for (row, cells) in (2_u32..).zip(examples(table, lang)) {
        for (at, cell) in (0_u16..).zip(cells) {
            let cell = if at == 0 { format!("# {cell}") } else { cell };
            if !cell.is_empty() {
                write_text(sheet, row, at, &cell, &example)?;
            }
        }
    }
    Ok(())
}

/// The columns that a planner may fill in this version.
fn open_columns(table: Table) -> Vec<&'static Column> {
    columns::columns(table).iter().filter(|c| c.value != Value::Reserved).collect()
}

/// The example rows under [`open_columns`]. The settings show every key with its default and meaning.
fn examples(table: Table, lang: Lang) -> Vec<Vec<String>> {
    if table == Table::Settings {
        let rows = SETTINGS.iter().map(|s| {
            let key = if lang == Lang::Zh { s.chinese } else { s.name };
            vec![key.to_owned(), s.default.to_owned(), s.explanation[lang as usize].to_owned()]
        });
        return rows.collect();
    }
    let kept = |row: Vec<&'static str>| {
        let cells = columns::columns(table).iter().zip(row);
        cells.filter(|(c, _)| c.value != Value::Reserved).map(|(_, cell)| cell.to_owned()).collect()
    };
    columns::example_rows(table, lang).into_iter().map(kept).collect()
}

/// The explanation with the default.
fn explained(column: &Column, lang: Lang) -> String {
    let text = column.explanation(lang);
    match (column.default, lang) {
        ("", _) => text.to_owned(),
        (default, Lang::Zh) => format!("{text}。空 = {}", word_of(column, default, lang)),
        (default, Lang::En) => format!("{text}; blank = {default}"),
    }
}

/// A default in the words of the language.
fn word_of<'w>(column: &Column, word: &'w str, lang: Lang) -> &'w str {
    column.choices().iter().find(|c| c.name == word).map_or(word, |c| c.word(lang))
}

/// The note on a header: explanation, other name and example.
fn note_of(column: &Column, lang: Lang) -> String {
    let (other, example) = (if lang == Lang::Zh { column.name } else { column.chinese }, column.example(lang));
    let mut note = explained(column, lang);
    if column.required {
        note.push_str(if lang == Lang::Zh { "\n必填" } else { "\nrequired" });
    }
    note.push_str(&if lang == Lang::Zh {
        format!("\n英文列名：{other}")
    } else {
        format!("\nChinese name: {other}")
    });
    if !example.is_empty() {
        note.push_str(&if lang == Lang::Zh { format!("\n例：{example}") } else { format!("\nexample: {example}") });
    }
    note
}

/// The width of a column in half-width characters.
fn width_of(column: &Column, lang: Lang) -> usize {
    let least = match column.value {
        Value::Boolean | Value::Integer(..) | Value::Points(..) | Value::Degrees(..) => 11,
        Value::Id | Value::Choice(_) | Value::Money | Value::Amount | Value::Date => 13,
        Value::Staffing | Value::Skills | Value::SettingKey => 26,
        // The default of `levels` is long.
        Value::SettingValue => return 62,
        Value::Text => 24,
        _ => 18,
    };
    let wanted = display_width(column.header(lang)).max(display_width(column.example(lang))) + 3;
    wanted.clamp(least, 36)
}

/// The height in points of wrapped text in a column of a width.
fn line_height(text: &str, width: usize) -> f64 {
    let lines: usize =
        text.lines().map(|line| display_width(line).div_ceil(width.saturating_sub(1).max(1)).max(1)).sum();
    lines as f64 * 15.0 + 3.0
}

/// Whether cells are text even where they look like a number or a date.
fn is_text(value: Value) -> bool {
    !matches!(
        value,
        Value::Boolean
            | Value::Integer(..)
            | Value::Points(..)
            | Value::Degrees(..)
            | Value::Money
            | Value::Amount
            | Value::Choice(_)
    )
}

/// The drop-down list or the range of a column's cells.
fn add_validation(sheet: &mut Worksheet, at: u16, column: &Column, lang: Lang) -> Result<(), XlsxError> {
    let stop = |list: DataValidation| -> Result<DataValidation, XlsxError> {
        let pick = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
        list.set_error_title(pick("请从列表中选择", "choose from the list"))?.set_error_message(pick(
            "这一列只能填列表中的值，或者空着。",
            "this column takes a value of the list or a blank.",
        ))
    };
    let validation = match column.value {
        Value::Boolean | Value::Choice(_) => {
            let words: Vec<&str> = column.choices().iter().map(|c: &Choice| c.word(lang)).collect();
            stop(DataValidation::new().allow_list_strings(&words)?)?
        }
        Value::SettingKey => {
            let list = format!("={}!$A$2:$A${}", quoted_sheet(lists_name(lang)), SETTINGS.len() + 1);
            stop(DataValidation::new().allow_list_formula(Formula::new(list)))?
        }
        Value::Word if column.name == "unit" => DataValidation::new()
            .allow_list_strings(&UNITS)?
            // Any other unit may be typed.
            .show_error_message(false),
        Value::Integer(least, most) => {
            let clamp = |n: i64| i32::try_from(n).unwrap_or(if n < 0 { i32::MIN } else { i32::MAX });
            let message = if lang == Lang::Zh {
                format!("应为不小于 {least} 的整数。")
            } else {
                format!("expected an integer of {least} or more.")
            };
            DataValidation::new()
                .allow_whole_number(DataValidationRule::Between(clamp(least), clamp(most)))
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_message(message)?
        }
        _ => return Ok(()),
    };
    sheet.add_data_validation(2, at, LAST_ROW, at, &validation)?;
    Ok(())
}

/// The sheet of long lists, which drop-downs refer to.
fn lists_name(lang: Lang) -> &'static str {
    if lang == Lang::Zh { BESIDE[2] } else { BESIDE[3] }
}

fn quoted_sheet(name: &str) -> String {
    format!("'{name}'")
}

fn write_lists(book: &mut Workbook, lang: Lang) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(lists_name(lang))?;
    sheet.set_hidden(true);
    sheet.write_string(0, 0, name(Table::Settings, lang))?;
    for (row, setting) in (1_u32..).zip(SETTINGS) {
        sheet.write_string(row, 0, if lang == Lang::Zh { setting.chinese } else { setting.name })?;
    }
    Ok(())
}
