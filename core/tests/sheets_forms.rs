//! The three forms of a case: what one holds, the others hold too, in either language.
#![cfg(feature = "spreadsheets")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use sandan::export::case::{csv_files, document, schema, template, workbook, write_path};
use sandan::intake::sheets::{Reading, from_csv_files, from_json, from_xlsx, read_path};
use sandan::intake::{Sheet, SheetRow, Sheets, columns};
use sandan::lists::{Lang, Table};

/// A folder of its own for a test, emptied first.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sheets_forms").join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn sheet(table: Table, header: &[&str], rows: &[&[&str]]) -> Sheet {
    let own = |cells: &[&str]| cells.iter().map(|c| (*c).to_owned()).collect();
    let rows = (2..).zip(rows).map(|(number, cells)| SheetRow { number, cells: own(cells) }).collect();
    Sheet { table, header: own(header), rows }
}

/// A case with everything that is easily lost on the way.
fn awkward() -> Sheets {
    Sheets {
        sheets: vec![
            sheet(
                Table::Needs,
                &["id", "place", "services", "quantity", "note", "source", "家长说", "blank", "12"],
                &[
                    &["N1", "C1", "a;b；c", "12", "=HYPERLINK(\"x\")", "+86 10", "第一行\r\n第二行", "", "x"],
                    &["007", "C1", "a", "0012", "'quoted", "'=1", " spaces ", "", "1e3"],
                    &["#12", "-5", "@a", "12345678901234567890", "tab\there", "－full", "\u{1}\u{7f}", "", "_x000D_"],
                    &["12", "0.10", "true", "1.5", "TRUE", "否", "<a>&amp;\"'", "", "true"],
                    &["2025-07", "2025-07-01", "；|、", "-0", "\ttab", "\rreturn", "'", "", "書😀\u{fffe}"],
                ],
            ),
            sheet(Table::Projects, &["id", "services"], &[&["P1", "a"]]),
            sheet(Table::Resources, &["id", "kind", "roles"], &[&["R1", "staff", "社工"]]),
            sheet(Table::Settings, &["key", "value"], &[&["gap", "0.001"], &["levels", "must | quota"]]),
        ],
        previous: Some(format!("{{\"format\": \"sandan-plan/1\",\n  \"sessions\": [\"{}\"]}}", "长".repeat(70_000))),
    }
}

/// The same case with the headers of a language.
fn titled(mut sheets: Sheets, lang: Lang) -> Sheets {
    for sheet in &mut sheets.sheets {
        for header in &mut sheet.header {
            if let Some(column) = columns::find(sheet.table, header) {
                *header = column.header(lang).to_owned();
            }
        }
    }
    sheets
}

/// Only what a case means: without blank cells at the ends of rows, which forms need not keep.
fn content(reading: Reading) -> Sheets {
    assert_eq!(reading.problems, []);
    let mut sheets = reading.sheets;
    for row in sheets.sheets.iter_mut().flat_map(|s| &mut s.rows) {
        while row.cells.last().is_some_and(String::is_empty) {
            row.cells.pop();
        }
    }
    sheets
}

fn from_files(files: &[(String, Vec<u8>)]) -> Reading {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    from_csv_files(&files)
}

#[test]
fn every_form_gives_back_what_it_was_given() {
    for lang in [Lang::Zh, Lang::En] {
        let (case, expected) = (awkward(), titled(awkward(), lang));
        assert_eq!(content(from_files(&csv_files(&case, lang).unwrap())), expected, "csv {lang:?}");
        assert_eq!(content(from_xlsx(&workbook(&case, lang).unwrap())), expected, "xlsx {lang:?}");
        assert_eq!(content(from_json(&document(&case, lang).unwrap())), expected, "json {lang:?}");
    }
}

#[test]
fn any_way_through_the_forms_loses_nothing() {
    let (zh, en) = (Lang::Zh, Lang::En);
    let csv = |case: &Sheets, lang| content(from_files(&csv_files(case, lang).unwrap()));
    let xlsx = |case: &Sheets, lang| content(from_xlsx(&workbook(case, lang).unwrap()));
    let json = |case: &Sheets, lang| content(from_json(&document(case, lang).unwrap()));
    let case = awkward();
    assert_eq!(csv(&json(&xlsx(&csv(&case, zh), en), zh), en), case);
    assert_eq!(xlsx(&csv(&json(&case, zh), zh), en), case);
    assert_eq!(json(&xlsx(&xlsx(&case, zh), zh), en), case);
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    let case = awkward();
    assert_eq!(workbook(&case, Lang::Zh).unwrap(), workbook(&case, Lang::Zh).unwrap());
    assert_eq!(template(Lang::Zh).unwrap(), template(Lang::Zh).unwrap());
}

#[test]
fn documents_are_typed() {
    let text = document(&awkward(), Lang::En).unwrap();
    for piece in [
        r#""quantity": 12,"#,
        r#""quantity": "0012""#,
        r#""quantity": "12345678901234567890""#,
        r#""services": true"#,
        r#""note": "TRUE""#,
        r#""value": 0.001"#,
        r#""blank": null"#,
    ] {
        assert!(text.contains(piece), "{piece} in {text}");
    }
}

#[test]
fn text_that_looks_like_a_formula_is_harmless() {
    let files = csv_files(&awkward(), Lang::En).unwrap();
    let text = String::from_utf8(files[0].1.clone()).unwrap();
    assert!(text.contains(",\"'=HYPERLINK(\"\"x\"\")\",'+86 10,"), "{text}");
    assert!(text.contains("#12,-5,'@a,"), "a negative number stays a number: {text}");
    let bytes = workbook(&awkward(), Lang::En).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let formulas = calamine::Reader::worksheet_formula(&mut book, "needs").unwrap();
    assert!(formulas.used_cells().next().is_none(), "no cell is a formula");
}

#[test]
fn rows_that_would_be_comments_are_refused() {
    let case = Sheets { sheets: vec![sheet(Table::Needs, &["id"], &[&["N1"], &["# N2"]])], previous: None };
    for problems in [csv_files(&case, Lang::En).unwrap_err(), workbook(&case, Lang::En).unwrap_err()] {
        let told: Vec<_> = problems.list.iter().map(|p| (p.code.name(), p.row)).collect();
        assert_eq!(told, [("E024", Some(3))]);
    }
    assert_eq!(content(from_json(&document(&case, Lang::En).unwrap())), case);
}

#[test]
fn what_no_sheet_can_hold_is_refused() {
    let long = "长".repeat(32_768);
    let case = Sheets { sheets: vec![sheet(Table::Needs, &["id", "备注"], &[&["N1", &long]])], previous: None };
    let problem = &workbook(&case, Lang::Zh).unwrap_err().list[0];
    assert_eq!((problem.code.name(), problem.row, problem.column.as_deref()), ("E023", Some(2), Some("note")));
    let case = Sheets { sheets: vec![sheet(Table::Needs, &["id", "place", "地点"], &[])], previous: None };
    assert_eq!(document(&case, Lang::Zh).unwrap_err().list[0].code.name(), "E104");
}

#[test]
fn encodings_names_and_separators_are_those_of_planners() {
    let text = "编号,地点,服务类别,备注\r\nN1,荷城社区,课业辅导;心理,\"含,逗号\"\r\n\r\nN2,荷城社区,心理,𠮷\r\n";
    let gb = encoding_rs::GB18030.encode(text).0.into_owned();
    let tabs = text.replace("\"含,逗号\"", "含,逗号*").replace(',', "\t").replace("含\t逗号*", "含,逗号");
    let wide: Vec<u8> = [0xFEFF].into_iter().chain(tabs.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let expected = from_csv_files(&[("needs.csv", text.as_bytes())]);
    assert_eq!(expected.sheets.sheets[0].rows.iter().map(|r| r.number).collect::<Vec<_>>(), [2, 4]);
    for (name, bytes) in [
        ("需求清单.csv", text.as_bytes()),
        ("NEEDS.CSV", &[b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        ("需求.csv", &gb),
        (" needs .csv", &wide),
        ("folder/needs.csv", &text.replace("\r\n", "\n").into_bytes()),
        ("needs.csv", &text.replace("\r\n", "\r").into_bytes()),
    ] {
        assert_eq!(from_csv_files(&[(name, bytes)]), expected, "{name}");
    }
}

#[test]
fn folders_pass_over_what_is_no_table() {
    let path = folder("passed_over");
    for (name, text) in [
        ("needs.csv", "id\nN1\n"),
        ("README.md", "about"),
        ("readme.csv", "about"),
        (".hidden.csv", "x"),
        ("~$needs.csv", "x"),
        ("map.png", "x"),
        ("neds.csv", "id\nN1\n"),
        ("上期方案.json", "{\"sessions\": []}"),
    ] {
        fs::write(path.join(name), text).unwrap();
    }
    fs::create_dir(path.join("projects.csv")).unwrap();
    let reading = read_path(&path);
    let told: Vec<_> = reading.problems.iter().map(|p| (p.code.name(), p.value.as_str())).collect();
    assert_eq!(told, [("W001", "neds.csv")]);
    assert_eq!(reading.sheets.sheets.len(), 1);
    assert_eq!(reading.sheets.previous.as_deref(), Some("{\"sessions\": []}"));
    let absent = read_path(&path.join("absent.xlsx"));
    assert_eq!(absent.problems[0].code.name(), "E001");
}

#[test]
fn files_are_written_whole_or_not_at_all() {
    let path = folder("whole");
    let case = awkward();
    for name in ["case.xlsx", "case.json", "case"] {
        let target = path.join(name);
        write_path(&target, &case, Lang::En).unwrap();
        assert_eq!(content(read_path(&target)), case, "{name}");
    }
    // A file is replaced; a folder that holds something never is.
    write_path(&path.join("case.json"), &Sheets::default(), Lang::En).unwrap();
    let refused = write_path(&path.join("case"), &case, Lang::Zh).unwrap_err();
    assert_eq!(refused.list[0].code.name(), "E022");
    assert_eq!(content(read_path(&path.join("case"))), case);
    // An empty folder may be filled, one that is absent has to be made by hand.
    fs::create_dir(path.join("empty")).unwrap();
    write_path(&path.join("empty"), &case, Lang::En).unwrap();
    assert_eq!(content(read_path(&path.join("empty"))), case);
    assert_eq!(write_path(&path.join("no/such/case.json"), &case, Lang::En).unwrap_err().list[0].code.name(), "E022");
    let mut left: Vec<_> =
        fs::read_dir(&path).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    assert_eq!(left, ["case", "case.json", "case.xlsx", "empty"]);
}

#[test]
fn the_template_reads_back_empty_and_its_examples_as_rows() {
    for lang in [Lang::Zh, Lang::En] {
        let bytes = template(lang).unwrap();
        let reading = from_xlsx(&bytes);
        assert_eq!(reading.problems, [], "{lang:?}");
        assert_eq!(reading.sheets.sheets.len(), 11);
        for sheet in &reading.sheets.sheets {
            assert!(sheet.rows.is_empty(), "{:?}", sheet.table);
            assert!(sheet.header.iter().all(|h| columns::find(sheet.table, h).is_some_and(|c| c.header(lang) == h)));
        }
        // A planner takes the `# ` from the examples.
        let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        for sheet in &reading.sheets.sheets {
            let name = if lang == Lang::Zh { sheet.table.chinese() } else { sheet.table.name() };
            let range = calamine::Reader::worksheet_range(&mut book, name).unwrap();
            let shown: Vec<String> = range.rows().nth(2).unwrap().iter().map(ToString::to_string).collect();
            assert!(shown[0].starts_with("# "), "{name}: {shown:?}");
            if sheet.table != Table::Settings {
                let example = &columns::example_rows(sheet.table, lang)[0];
                assert_eq!(shown[0], format!("# {}", example[0]));
                for (position, header) in sheet.header.iter().enumerate().skip(1) {
                    let at = columns::columns(sheet.table).iter().position(|c| c.header(lang) == header).unwrap();
                    assert_eq!(shown[position], example[at], "{name} {header}");
                }
            }
        }
    }
}

#[test]
fn the_committed_schema_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/case.schema.json");
    if std::env::var_os("SANDAN_UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, schema()).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == schema(), "stale: run the test once more with SANDAN_UPDATE=1");
}
