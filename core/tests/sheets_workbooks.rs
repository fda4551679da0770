//! What the reader of workbooks makes of cells: dates, numbers, formulas, errors, merged cells, hidden sheets.
#![cfg(feature = "spreadsheets")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod hostile;

use calamine::{Data, Reader, Xlsx};
use hostile::{Book, HEADER, sheet, sheet_with, text};
use sandan::intake::sheets::{Reading, from_bytes, from_xlsx};

/// The rows of the first table: number and cells.
fn rows(reading: &Reading) -> Vec<(u32, String)> {
    reading.sheets.sheets[0].rows.iter().map(|r| (r.number, r.cells.join("|"))).collect()
}

/// The codes with their places and values.
fn told(reading: &Reading) -> Vec<String> {
    let place = |p: &sandan::problem::Problem| {
        let row = p.row.map_or("-".to_owned(), |r| r.to_string());
        format!("{} {row} {} {}", p.code.name(), p.column.as_deref().unwrap_or("-"), p.value)
    };
    reading.problems.iter().map(place).collect()
}

#[test]
fn dates_and_numbers_read_as_a_planner_sees_them() {
    let book = Book::rows(&format!(
        "{HEADER}<row r=\"3\">{}<c r=\"B3\" s=\"1\"><v>45839</v></c><c r=\"C3\" s=\"2\"><v>45839</v></c><c r=\"D3\"><v>12.0</v></c></row>\
         <row r=\"4\"><c r=\"A4\"><v>7</v></c><c r=\"B4\" s=\"3\"><v>45839.354166666664</v></c><c r=\"C4\" t=\"b\"><v>1</v></c><c r=\"D4\"><v>0.30000000000000004</v></c></row>\
         <row r=\"5\">{}<c r=\"B5\" s=\"4\"><v>45839</v></c><c r=\"C5\" t=\"d\"><v>2025-07-01T00:00:00</v></c><c r=\"D5\"><v>1E3</v></c></row>",
        text("A3", "007"),
        text("A5", " １２ "),
    ))
    .styles(&[(164, "yyyy\\-mm\\-dd"), (165, "yyyy&quot;年&quot;m&quot;月&quot;")], &[0, 164, 165, 22, 17]);
    let reading = from_xlsx(&book.build());
    assert_eq!(told(&reading), [""; 0]);
    assert_eq!(
        rows(&reading),
        [
            (3, "007|2025-07-01|2025-07|12".to_owned()),
            (4, "7|2025-07-01T08:30|true|0.3".to_owned()),
            (5, " １２ |2025-07|2025-07-01|1000".to_owned()),
        ]
    );
}

#[test]
fn the_epoch_of_1904_is_honoured() {
    let entries = r#"</sheets><workbookPr date1904="1"/><sheets><sheet name="需求清单" sheetId="1" r:id="rId1"/>"#;
    let book =
        Book::rows(&format!("{HEADER}<row r=\"2\">{}<c r=\"B2\" s=\"1\"><v>44377</v></c></row>", text("A2", "N1")))
            .with("xl/workbook.xml", &hostile::workbook(entries))
            .styles(&[], &[0, 14]);
    assert_eq!(rows(&from_xlsx(&book.build())), [(2, "N1|2025-07-01".to_owned())]);
}

#[test]
fn formulas_give_their_saved_results_or_a_fault() {
    let book = Book::rows(&format!(
        "{HEADER}<row r=\"2\">{}<c r=\"B2\" t=\"str\"><f>A1&amp;\"x\"</f><v>C1</v></c><c r=\"C2\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"D2\"><f>SUM(A1:A1048576)</f><v>5</v></c></row>\
         <row r=\"3\">{}<c r=\"B3\" t=\"e\"><f>Z9</f><v>#REF!</v></c><c r=\"D3\"><f>1+1</f></c></row>",
        text("A2", "N1"),
        text("A3", "N2"),
    ));
    let reading = from_xlsx(&book.build());
    assert_eq!(rows(&reading), [(2, "N1|C1||5".to_owned()), (3, "N2".to_owned())]);
    assert_eq!(told(&reading), ["E011 3 place #REF!", "E012 3 quantity "]);
}

#[test]
fn merged_cells_are_a_fault_only_where_they_hide_data() {
    let merged =
        "<mergeCells><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"B3:B4\"/><mergeCell ref=\"C3:C4\"/></mergeCells>";
    let rows_xml = format!(
        "<row r=\"1\">{}</row><row r=\"2\">{}{}</row><row r=\"3\">{}{}</row><row r=\"4\">{}</row>",
        text("A1", "# 2025 年需求"),
        text("A2", "id"),
        text("B2", "place"),
        text("A3", "N1"),
        text("B3", "C1"),
        text("A4", "N2"),
    );
    let reading = from_xlsx(&Book::sheets(&[("needs", "", &sheet_with(&rows_xml, merged))]).build());
    assert_eq!(told(&reading), ["E013 3 place "]);
    assert_eq!(reading.problems[0].details, ["B3:B4"]);
}

#[test]
fn hidden_unknown_and_double_sheets_are_said() {
    let needs = sheet(&format!("{HEADER}<row r=\"2\">{}</row>", text("A2", "N1")));
    let book = Book::sheets(&[
        (" Needs ", "state=\"hidden\"", &needs),
        ("需求清单", "", &needs),
        ("Sheet1", "", &needs),
        ("WpsReserved_CellImgList", "state=\"veryHidden\"", &needs),
        ("说明", "", &needs),
    ]);
    let reading = from_xlsx(&book.build());
    assert_eq!(told(&reading), ["W002 - - Sheet1", "E003 - - ", "W003 - -  Needs "]);
}

#[test]
fn texts_keep_their_characters_and_lose_their_formatting() {
    let book = Book::rows(&format!(
        "{HEADER}<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"inlineStr\"><is><t>a_x000D_&#10;b</t></is></c></row>"
    ))
    .strings(
        "count=\"2\" uniqueCount=\"2\"",
        "<si><r><rPr><b/></rPr><t>书</t></r><r><t xml:space=\"preserve\"> 包</t></r><rPh sb=\"0\" eb=\"1\"><t>shu</t></rPh></si><si><t>&lt;a&gt; &amp;amp; &#x1F600;<![CDATA[<b>]]></t></si>",
    );
    assert_eq!(rows(&from_xlsx(&book.build())), [(2, "书 包|<a> &amp; 😀<b>|a\r\nb".to_owned())]);
}

#[test]
fn other_prefixes_and_paths_are_read() {
    let xml = r#"<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row><x:c t="str"><x:v>id</x:v></x:c></x:row><x:row><x:c t="str"><x:v>N1</x:v></x:c></x:row></x:sheetData></x:worksheet>"#;
    let relations = r#"<Relationship Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/XL/Sheets/Data.xml"/>"#;
    let book = Book::rows("")
        .without("xl/worksheets/sheet1.xml")
        .with("xl\\sheets\\data.xml", xml)
        .with("xl/_rels/workbook.xml.rels", &hostile::relationships(relations));
    assert_eq!(rows(&from_xlsx(&book.build())), [(2, "N1".to_owned())]);
}

#[test]
fn contents_decide_the_form_not_the_name() {
    let book = Book::rows(HEADER).build();
    assert_eq!(told(&from_bytes("case.json", &book)), [""; 0]);
    assert_eq!(told(&from_bytes("case.xlsx", b"{}")), ["E005 - - case.xlsx"]);
    assert_eq!(told(&from_bytes("case.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")), ["E006 - - case.xls"]);
    assert_eq!(told(&from_bytes("case.txt", b"\xEF\xBB\xBF {\"needs\": []}")), [""; 0]);
    assert_eq!(told(&from_bytes("case.csv", b"id,place")), ["E002 - - case.csv"]);
}

#[test]
fn a_second_reader_agrees() {
    let case = sandan::intake::Sheets {
        sheets: vec![sandan::intake::Sheet {
            table: sandan::lists::Table::Needs,
            header: ["id", "note", "quantity", "备注二"].map(str::to_owned).into(),
            rows: (0..200_u32)
                .map(|n| sandan::intake::SheetRow {
                    number: n + 2,
                    cells: vec![format!("N{n}"), format!("<&> {n}\n书包"), (n * 7).to_string(), format!("{}.25", n)],
                })
                .collect(),
        }],
        previous: None,
    };
    let bytes = sandan::export::case::workbook(&case, sandan::lists::Lang::En).unwrap();
    let ours = from_xlsx(&bytes);
    let mut theirs: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let range = theirs.worksheet_range("needs").unwrap();
    assert_eq!(range.height(), 201);
    for (row, cells) in range.rows().skip(1).zip(&ours.sheets.sheets[0].rows) {
        let shown: Vec<String> = row
            .iter()
            .map(|cell| match cell {
                Data::Float(number) => number.to_string(),
                other => other.to_string(),
            })
            .collect();
        assert_eq!(shown, cells.cells);
    }
}
