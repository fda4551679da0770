//! Malformed files of each form: the code, the table, the row and the column that each is answered with.
#![cfg(feature = "spreadsheets")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod hostile;

use hostile::{Book, HEADER, sheet, sheet_with, text};
use sandan::intake::sheets::{Reading, from_bytes, from_csv_files, from_json, from_xlsx};
use sandan::lists::Lang;
use sandan::problem::Code;

/// Problems as `code table row column value [details]`.
fn told(reading: &Reading) -> Vec<String> {
    let line = |p: &sandan::problem::Problem| {
        let row = p.row.map_or("-".to_owned(), |r| r.to_string());
        let table = p.table.map_or("-", |t| t.name());
        let column = p.column.as_deref().unwrap_or("-");
        format!("{} {table} {row} {column} {} [{}]", p.code.name(), p.value, p.details.join(","))
    };
    reading.problems.iter().map(line).collect()
}

#[test]
fn csv_faults_are_placed() {
    let long = format!("id,note\nN1,{}\n", "a".repeat((1 << 20) + 1));
    let wide = format!("id{}\n", ",c".repeat(1000));
    let table: &[(&str, &[u8], &[&str])] = &[
        ("more cells than headers", b"id,place\nN1,C1\nN2,C1,x,y\n", &["E009 needs 3 -  [C]"]),
        ("a blank header over a value", b"id,,place\nN1,,C1\nN2,x,C1\n", &["E009 needs 3 -  [B]"]),
        ("blank cells beyond the headers", b"id,place\nN1,C1,, ,\n", &[]),
        ("fewer cells than headers", b"id,place\nN1\n", &[]),
        ("a quotation mark left open", b"id,place\nN1,\"C1\nN2,C1\n", &["E008 needs 2 -  []"]),
        ("a lone quotation mark at the end", b"id\n\"", &["E008 needs 2 -  []"]),
        ("one unknown header twice", b"id,extra,extra\nN1,a,b\n", &["E010 needs 1 extra extra []"]),
        ("neither UTF-8 nor GB18030", b"id\nN1\n\xFF\xFF\n", &["E004 needs - - needs.csv [3]"]),
        ("a byte order mark before GB18030", b"\xEF\xBB\xBFid\n\xB1\xE0\n", &["E004 needs - - needs.csv [2]"]),
        ("half a UTF-16 character", b"\xFF\xFEi\0d", &["E004 needs - - needs.csv [?]"]),
        ("a cell of a megabyte", long.as_bytes(), &["E019 needs 2 note  [1048576]"]),
        ("a thousand and one columns", wide.as_bytes(), &["E018 needs - -  [1000]"]),
        ("an empty file", b"", &[]),
        ("only blanks and comments", b"\r\n,,\n# a,b\n\n", &[]),
        ("only a byte order mark", b"\xEF\xBB\xBF", &[]),
        ("zero bytes in a cell", b"id\nN\0\n", &[]),
    ];
    for (name, bytes, expected) in table {
        assert_eq!(told(&from_csv_files(&[("needs.csv", bytes)])), *expected, "{name}");
    }
    for (name, files, expected) in [
        (
            "two files of one table",
            [("needs.csv", "id\n"), ("需求清单.csv", "id\n")],
            "E003 needs - -  [needs.csv,需求清单.csv]",
        ),
        (
            "two files of previous",
            [("previous.json", "{}"), ("上期方案.JSON", "{}")],
            "E003 previous - -  [previous.json,上期方案.JSON]",
        ),
        (
            "previous that is no JSON",
            [("previous.json", "{\n\"中文\" 1}"), ("needs.csv", "id\n")],
            "E014 previous - -  [2,6]",
        ),
        ("previous that is no object", [("previous.json", "[1]"), ("needs.csv", "id\n")], "E015 previous - -  [plan]"),
        ("an unknown file", [("people.csv", "id\n"), ("needs.csv", "id\n")], "W001 - - - people.csv []"),
        ("previous as CSV", [("previous.csv", "id\n"), ("needs.csv", "id\n")], "W001 - - - previous.csv []"),
    ] {
        let files = files.map(|(name, text)| (name, text.as_bytes()));
        assert_eq!(told(&from_csv_files(&files)), [expected], "{name}");
    }
}

#[test]
fn workbook_faults_are_placed() {
    let two =
        |cells: &str| Book::rows(&format!("{HEADER}<row r=\"2\">{}</row><row r=\"5\">{cells}</row>", text("A2", "N1")));
    let previous = |rows: &str| Book::sheets(&[("上期方案", "", &sheet(rows))]);
    let table: Vec<(&str, Vec<u8>, &[&str])> = vec![
        (
            "an error value",
            two("<c r=\"D5\" t=\"e\"><v>#DIV/0!</v></c>").build(),
            &["E011 needs 5 quantity #DIV/0! []"],
        ),
        (
            "an error value under no header",
            two("<c r=\"F5\" t=\"e\"><v>#N/A</v></c>").build(),
            &["E011 needs 5 - #N/A []"],
        ),
        ("a formula never calculated", two("<c r=\"B5\"><f>A1</f></c>").build(), &["E012 needs 5 place  []"]),
        ("a value under no header", two(&text("E5", "x")).build(), &["E009 needs 5 -  [E]"]),
        ("a value far from any header", two(&text("AB5", "x")).build(), &["E009 needs 5 -  [AB]"]),
        (
            "a date before 1900",
            two("<c r=\"B5\" s=\"1\"><v>-1</v></c>").styles(&[], &[0, 14]).build(),
            &["E021 needs 5 place -1 []"],
        ),
        (
            "29 February 1900",
            two("<c r=\"B5\" s=\"1\"><v>60</v></c>").styles(&[], &[0, 14]).build(),
            &["E021 needs 5 place 60 []"],
        ),
        (
            "a date after 9999",
            two("<c r=\"B5\" s=\"1\"><v>2958466</v></c>").styles(&[], &[0, 14]).build(),
            &["E021 needs 5 place 2958466 []"],
        ),
        (
            "a date that is no number",
            two("<c r=\"B5\" s=\"1\"><v>x</v></c>").styles(&[], &[0, 14]).build(),
            &["E021 needs 5 place x []"],
        ),
        (
            "a cell type that is none",
            two("<c r=\"B5\" t=\"q\"><v>1</v></c>").build(),
            &["E005 needs - - needs [contents]"],
        ),
        (
            "a boolean that is none",
            two("<c r=\"B5\" t=\"b\"><v>2</v></c>").build(),
            &["E005 needs - - needs [contents]"],
        ),
        (
            "a shared text that is absent",
            two("<c r=\"B5\" t=\"s\"><v>0</v></c>").build(),
            &["E005 needs - - needs [string]"],
        ),
        ("a cell in another row", two("<c r=\"B6\"><v>1</v></c>").build(), &["E005 needs - - needs [order]"]),
        (
            "no cells at all",
            Book::sheets(&[("needs", "", "<worksheet/>")]).build(),
            &["E005 needs - - needs [contents]"],
        ),
        (
            "merged data",
            Book::sheets(&[(
                "Needs",
                "",
                &sheet_with(
                    &format!("{HEADER}<row>{}</row>", text("A2", "N1")),
                    "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>",
                ),
            )])
            .build(),
            &["E013 needs 2 id  [A2:A3]"],
        ),
        (
            "two sheets of one table",
            Book::sheets(&[("needs", "", &sheet(HEADER)), ("需求", "", &sheet(HEADER))]).build(),
            &["E003 needs - -  [needs,需求]"],
        ),
        (
            "a broken sheet beside a sound one",
            Book::sheets(&[("needs", "", &sheet(HEADER)), ("projects", "", "<worksheet>")]).build(),
            &["E005 projects - - projects [contents]"],
        ),
        ("previous as a table", previous(HEADER).build(), &["E015 previous - -  [plan]"]),
        (
            "previous in parts that are no JSON",
            previous(&format!(
                "<row>{}{}</row><row><c r=\"A2\"><v>1</v></c>{}</row>",
                text("A1", "part"),
                text("B1", "json"),
                text("B2", "{")
            ))
            .build(),
            &["E014 previous - -  [1,1]"],
        ),
        ("not an archive", b"PK but no archive".to_vec(), &["E005 - - - case [zip]"]),
        ("an old workbook", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), &["E006 - - - case []"]),
        ("neither", b"id,place".to_vec(), &["E002 - - - case []"]),
        ("an unnamed sheet", Book::sheets(&[("", "", &sheet(HEADER))]).build(), &["W002 - - -  []"]),
    ];
    for (name, bytes, expected) in table {
        assert_eq!(told(&from_bytes("case", &bytes)), expected, "{name}");
    }
}

#[test]
fn json_faults_are_placed() {
    let wide: String = (0..1001).map(|n| format!("\"c{n}\": 1,")).collect();
    let wide = format!("{{\"needs\": [{{{}}}]}}", wide.trim_end_matches(','));
    let long = format!("{{\"needs\": [{{\"id\": \"{}\"}}]}}", "a".repeat((1 << 20) + 1));
    let table: &[(&str, &str, &[&str])] = &[
        ("nothing", "", &["E014 - - -  [1,1]"]),
        ("a comma too many", "{\"需求清单\": [\n{\"编号\": \"甲\",}]}", &["E014 - - -  [2,12]"]),
        ("text behind the document", "{} x", &["E014 - - -  [1,4]"]),
        ("a list", "[]", &["E015 - - -  [document]"]),
        ("a number", "1", &["E015 - - -  [document]"]),
        ("another version", "{\"format\": \"sandan-case/2\"}", &["E015 - - -  [format]"]),
        ("a version that is no text", "{\"format\": 1}", &["E015 - - -  [format]"]),
        ("a table that is an object", "{\"needs\": {}}", &["E015 needs - -  [table]"]),
        ("a table that is text", "{\"needs\": \"x\"}", &["E015 needs - -  [table]"]),
        ("a table that is null", "{\"needs\": null}", &[]),
        ("a row that is a list", "{\"needs\": [{\"id\": \"a\"}, [1]]}", &["E015 needs 3 -  [row]"]),
        ("an object in a cell", "{\"needs\": [{}, {\"地点\": {}}]}", &["E016 needs 3 place  []"]),
        ("a list in a list", "{\"needs\": [{\"services\": [\"a\", [\"b\"]]}]}", &["E016 needs 2 services  []"]),
        ("an object in a list", "{\"needs\": [{\"自己的列\": [{}]}]}", &["E016 needs 2 自己的列  []"]),
        ("a key twice in a row", "{\"needs\": [{\"id\": 1, \"id\": 1}]}", &["E017 needs 2 id id []"]),
        ("a key twice but for blanks", "{\"needs\": [{\"x\": 1, \" x \": 1}]}", &["E017 needs 2 x x []"]),
        ("a table twice", "{\"needs\": [], \"needs\": []}", &["E017 - - - needs []"]),
        ("a table in two languages", "{\"needs\": [], \"需求清单\": []}", &["E003 needs - -  [needs,需求清单]"]),
        ("an unknown table", "{\"people\": []}", &["W002 - - - people []"]),
        ("half a character", "{\"needs\": [{\"id\": \"\\udc00\"}]}", &["E014 needs 2 id  [1,19]"]),
        ("half a character in a key", "{\"needs\": [{\"\\ud800\": 1}]}", &["E014 needs 2 -  [1,12]"]),
        ("a value without a key", "{\"needs\": [{\"\": 1}]}", &["E009 needs 2 -  [\"\"]"]),
        ("previous that is a list", "{\"previous\": [1]}", &["E015 previous - -  [plan]"]),
        ("too many columns", &wide, &["E018 needs - -  [1000]"]),
        ("a cell of a megabyte", &long, &["E019 needs 2 id  [1048576]"]),
        ("a control character", "{\"needs\": [{\"id\": \"a\nb\"}]}", &["E014 - - -  [1,20]"]),
        ("a number of a kind that is none", "{\"needs\": [{\"id\": 01}]}", &["E014 - - -  [1,20]"]),
        ("infinity", "{\"needs\": [{\"id\": 1e999999999999}]}", &[]),
    ];
    for (name, text, expected) in table {
        assert_eq!(told(&from_json(text)), *expected, "{name}");
    }
}

#[test]
fn only_the_first_two_hundred_faults_are_told() {
    let text = format!("id\n{}", "N,x\n".repeat(1000));
    let reading = from_csv_files(&[("needs.csv", text.as_bytes())]);
    assert_eq!((reading.problems.len(), reading.more), (200, 800));
}

#[test]
fn every_file_code_speaks_both_languages() {
    let codes = Code::ALL.iter().filter(|code| code.name()[1..].starts_with('0'));
    let mut count = 0;
    for code in codes {
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| code.template(lang));
        assert!(!zh[0].is_ascii() && zh.iter().all(|t| !t.is_empty()), "{zh:?}");
        assert!(en.iter().all(|t| !t.is_empty() && t.is_ascii()), "{en:?}");
        count += 1;
    }
    assert_eq!(count, 27);
}

/// A small generator of its own, so that the same changes are made on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

#[test]
fn bytes_changed_at_random_never_panic() {
    let rows = format!(
        "{HEADER}<row r=\"2\">{}<c r=\"B2\" s=\"1\"><v>45839</v></c><c r=\"C2\" t=\"s\"><v>0</v></c></row>",
        text("A2", "N1")
    );
    let book = Book::rows(&rows).styles(&[(164, "yyyy-mm")], &[0, 164]).strings("", "<si><t>书包</t></si>");
    let xml = sheet(&rows);
    let document =
        "{\"needs\": [{\"id\": \"N1\", \"数量\": -1.5e3, \"services\": [\"a\", null]}], \"previous\": {\"x\": [1]}}";
    let csv = "id,\"na\"\"me\",数量\r\nN1,\"two\r\nlines\",3\r\n# comment\n;,\t'=x\n";
    let mut dice = Dice(0x5eed);
    for round in 0..3000 {
        let mut change = |bytes: &[u8]| {
            let mut bytes = bytes.to_vec();
            for _ in 0..=dice.roll(4) {
                let at = dice.roll(bytes.len());
                match dice.roll(4) {
                    0 => bytes[at] = dice.roll(256) as u8,
                    1 => bytes.truncate(at.max(1)),
                    2 => bytes.insert(at, b"<>\"&;,{}[]\r\n\xE4\xFF0#'"[dice.roll(17)]),
                    _ => {
                        bytes.remove(at);
                        if bytes.is_empty() {
                            bytes.push(b'x');
                        }
                    }
                }
            }
            bytes
        };
        from_csv_files(&[("needs.csv", &change(csv.as_bytes()))]);
        from_bytes("case.json", &change(document.as_bytes()));
        // The archive as a whole is checked by its sums: change a part as well.
        if round % 10 == 0 {
            from_xlsx(&change(&book.build()));
        }
        from_xlsx(&Book::rows("").with_bytes("xl/worksheets/sheet1.xml", change(xml.as_bytes())).build());
    }
}
