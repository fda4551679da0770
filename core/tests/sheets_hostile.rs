//! Hostile files: each is answered — by a coded problem or a right reading — within a second and under 256 MB.
//!
//! One test alone, so that the peak of memory is that of one file.
#![cfg(feature = "spreadsheets")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod hostile;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use hostile::{Book, HEADER, relationships, sheet, sheet_with, text, workbook};
use peak_alloc::PeakAlloc;
use sandan::intake::sheets::{Reading, from_bytes};
use sandan::lists::Lang;

#[global_allocator]
static PEAK: PeakAlloc = PeakAlloc;

/// A second is the aim; an unoptimised build on a crowded machine gets ten.
const CEILING: Duration = Duration::from_secs(10);
const MEMORY: usize = 256 << 20;

/// What a file must be answered with.
enum Answer {
    /// An error of this code, and perhaps more of the same.
    Error(&'static str),
    /// No error, and so many rows.
    Rows(usize),
}
use Answer::{Error, Rows};

/// A name, how the file is built, and its answer.
type HostileFile = (&'static str, fn() -> Vec<u8>, Answer);

#[test]
fn hostile_files_are_answered_quickly_and_in_little_memory() {
    let mut slowest = (Duration::ZERO, "");
    let mut largest = (0, "");
    let files: [HostileFile; 47] = [
        ("two far-apart cells", far_apart, Error("E009")),
        ("a header in the last column", || rows(&format!("<row r=\"1\">{}</row>", text("XFD1", "id"))), Error("E018")),
        (
            "a cell beyond the last row",
            || rows("<row r=\"1048577\"><c r=\"A1048577\"><v>1</v></c></row>"),
            Error("E005"),
        ),
        ("a row of number 4294967297", || rows("<row r=\"4294967297\"><c><v>1</v></c></row>"), Error("E005")),
        ("a zip bomb of blanks in a sheet", || rows(&" ".repeat(300 << 20)), Error("E007")),
        ("a zip bomb of rows", || rows(&"<row/>".repeat(20 << 20)), Error("E005")),
        (
            "a zip bomb of cells in one row",
            || rows(&format!("{HEADER}<row>{}</row>", "<c/>".repeat(40 << 20))),
            Error("E005"),
        ),
        (
            "a zip bomb in the shared strings",
            || Book::rows(HEADER).strings("", &"<si/>".repeat(30 << 20)).build(),
            Error("E007"),
        ),
        ("a zip bomb in the styles", || Book::rows(HEADER).styles(&[], &vec![14; 8 << 20]).build(), Error("E007")),
        ("a bomb of small full cells", full_cells, Rows(100_000)),
        ("a bomb of blank cells before a last one", sparse_rows, Error("E007")),
        (
            "a zip bomb in a part that is never read",
            || Book::rows(HEADER).with_bytes("xl/media/image1.png", vec![0; 200 << 20]).build(),
            Rows(0),
        ),
        ("one long shared text named by many cells", shared_amplification, Error("E007")),
        (
            "a uniqueCount of 10^18",
            || Book::rows(HEADER).strings("uniqueCount=\"1000000000000000000\"", "<si><t>a</t></si>").build(),
            Rows(0),
        ),
        (
            "a dimension of all cells",
            || one_sheet(&sheet("").replace("<sheetData>", "<dimension ref=\"A1:XFD1048576\"/><sheetData>")),
            Rows(0),
        ),
        ("a shared text that does not exist", || rows("<row><c t=\"s\"><v>99</v></c></row>"), Error("E005")),
        (
            "XML nested a million deep",
            || one_sheet(&format!("{}{}", "<a>".repeat(1_000_000), "</a>".repeat(1_000_000))),
            Error("E005"),
        ),
        ("XML nested deep in a cell", || rows(&format!("<row><c><v>{}", "<a>".repeat(1_000_000))), Error("E005")),
        (
            "a text of twenty megabytes",
            || rows(&format!("<row>{}</row>", text("A1", &"a".repeat(20 << 20)))),
            Error("E019"),
        ),
        (
            "an attribute of twenty megabytes",
            || rows(&format!("<row><c r=\"{}\"/></row>", "A".repeat(20 << 20))),
            Error("E005"),
        ),
        ("a hundred thousand attributes", many_attributes, Rows(1)),
        (
            "a million laughs in a DTD",
            || {
                one_sheet(&format!(
                    "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>{}",
                    sheet("<row><c t=\"str\"><v>&b;</v></c></row>")
                ))
            },
            Error("E005"),
        ),
        ("an entity that is not declared", || rows("<row><c t=\"str\"><v>&b;</v></c></row>"), Error("E005")),
        (
            "an external entity",
            || one_sheet(&format!("<!DOCTYPE x SYSTEM \"file:///etc/passwd\">{}", sheet(HEADER))),
            Error("E005"),
        ),
        ("a wrong checksum", wrong_checksum, Error("E005")),
        ("a size that lies", lying_size, Rows(1)),
        (
            "half an archive",
            || {
                let bytes = sound();
                bytes[..bytes.len() / 2].to_vec()
            },
            Error("E005"),
        ),
        (
            "only the end of an archive",
            || {
                let bytes = sound();
                [b"PK".as_slice(), &bytes[bytes.len() - 22..]].concat()
            },
            Error("E005"),
        ),
        ("an archive of nothing", || b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec(), Error("E005")),
        (
            "65535 parts that are claimed",
            || b"PK\x05\x06\0\0\0\0\xFF\xFF\xFF\xFF\x10\0\0\0\0\0\0\0\0\0".to_vec(),
            Error("E005"),
        ),
        ("no workbook part", || Book::rows(HEADER).without("xl/workbook.xml").build(), Error("E005")),
        ("no relationships", || Book::rows(HEADER).without("xl/_rels/workbook.xml.rels").build(), Error("E005")),
        ("no sheet part", || Book::rows(HEADER).without("xl/worksheets/sheet1.xml").build(), Error("E005")),
        ("a sheet that is the workbook", cyclic, Error("E005")),
        ("a sheet in two parts of one name", twice_named, Error("E005")),
        ("ten thousand sheets", many_sheets, Rows(0)),
        ("rows out of order", || rows("<row r=\"5\"><c><v>1</v></c></row><row r=\"2\"/>"), Error("E005")),
        (
            "one cell twice",
            || rows("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>"),
            Error("E005"),
        ),
        (
            "a million merged ranges",
            || {
                one_sheet(&sheet_with(
                    HEADER,
                    &format!("<mergeCells>{}</mergeCells>", "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(500_000)),
                ))
            },
            Rows(0),
        ),
        (
            "two hundred thousand error cells",
            || rows(&format!("{HEADER}{}", "<row><c t=\"e\"><v>#REF!</v></c></row>".repeat(200_000))),
            Error("E011"),
        ),
        (
            "XML in UTF-16",
            || {
                Book::rows("")
                    .with_bytes(
                        "xl/worksheets/sheet1.xml",
                        sheet(HEADER).encode_utf16().flat_map(u16::to_le_bytes).collect(),
                    )
                    .build()
            },
            Error("E005"),
        ),
        (
            "bytes that are no text",
            || Book::rows("").with_bytes("xl/worksheets/sheet1.xml", vec![0xFF; 1 << 20]).build(),
            Error("E005"),
        ),
        (
            "JSON nested a million deep",
            || format!("{{\"needs\": {}", "[".repeat(1_000_000)).into_bytes(),
            Error("E014"),
        ),
        (
            "JSON nested in a cell, well closed",
            || format!("{{\"needs\": [{{\"id\": {}{}}}]}}", "[".repeat(500_000), "]".repeat(500_000)).into_bytes(),
            Error("E016"),
        ),
        ("JSON with ever new keys", new_keys, Error("E018")),
        ("JSON of many columns and then short rows", wide_then_short, Error("E007")),
        (
            "JSON of two million numbers for rows",
            || format!("{{\"needs\": [{}1]}}", "1,".repeat(2_000_000)).into_bytes(),
            Error("E015"),
        ),
    ];
    let count = files.len();
    for (name, build, answer) in files {
        let bytes = build();
        PEAK.reset_peak_usage();
        let before = PEAK.current_usage();
        let start = Stopwatch::start();
        let reading = from_bytes("case", &bytes);
        let took = start.elapsed();
        let memory = PEAK.peak_usage() - before;
        judge(name, &reading, &answer);
        assert!(took < CEILING, "{name}: took {took:?}");
        assert!(memory + bytes.len() < MEMORY, "{name}: took {} MB", memory >> 20);
        println!("{took:?} {} MB {} KB {name}", memory >> 20, bytes.len() >> 10);
        slowest = slowest.max((took, name));
        largest = largest.max((memory, name));
    }
    println!("{count} hostile files; slowest {slowest:?}; most memory {} MB, {}", largest.0 >> 20, largest.1);
}

/// The processor time of this thread where the system tells it (Linux), else the time on the wall.
struct Stopwatch {
    wall: Instant,
    processor: Option<Duration>,
}

impl Stopwatch {
    fn start() -> Stopwatch {
        Stopwatch { wall: Instant::now(), processor: Stopwatch::processor() }
    }

    fn elapsed(&self) -> Duration {
        let spent = Stopwatch::processor().zip(self.processor).map(|(now, then)| now - then);
        spent.unwrap_or_else(|| self.wall.elapsed())
    }

    fn processor() -> Option<Duration> {
        let status = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        status.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
    }
}

fn judge(name: &str, reading: &Reading, answer: &Answer) {
    let errors: Vec<&str> = reading.problems.iter().filter(|p| p.is_error()).map(|p| p.code.name()).collect();
    match answer {
        Error(code) => {
            assert!(errors.contains(code) && errors.iter().all(|c| c == code), "{name}: {errors:?}, not {code}")
        }
        Rows(rows) => {
            assert!(errors.is_empty(), "{name}: {errors:?}");
            assert_eq!(reading.sheets.sheets.first().map_or(0, |s| s.rows.len()), *rows, "{name}");
        }
    }
    assert!(reading.problems.len() <= 400, "{name}: {} problems", reading.problems.len());
    for problem in &reading.problems {
        for lang in [Lang::Zh, Lang::En] {
            assert!(!problem.record(lang).message.is_empty(), "{name}");
        }
    }
}

fn rows(rows: &str) -> Vec<u8> {
    Book::rows(rows).build()
}

fn one_sheet(xml: &str) -> Vec<u8> {
    Book::sheets(&[("needs", "", xml)]).build()
}

fn sound() -> Vec<u8> {
    rows(&format!("{HEADER}<row r=\"2\">{}</row>", text("A2", "N1")))
}

fn far_apart() -> Vec<u8> {
    rows(&format!("<row r=\"1\">{}</row><row r=\"1048576\">{}</row>", text("A1", "id"), text("XFD1048576", "x")))
}

fn full_cells() -> Vec<u8> {
    let mut xml = String::from(HEADER);
    for _ in 0..100_000 {
        xml += "<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c><c><v>4</v></c></row>";
    }
    rows(&xml)
}

/// A thousand columns, and rows that fill only the last of them.
fn sparse_rows() -> Vec<u8> {
    let mut xml = String::from("<row r=\"1\">");
    for column in 0..999 {
        write!(xml, "<c t=\"str\"><v>c{column}</v></c>").unwrap();
    }
    xml += "</row>";
    for row in 2..400_000 {
        write!(xml, "<row r=\"{row}\"><c r=\"ALK{row}\"><v>1</v></c></row>").unwrap();
    }
    rows(&xml)
}

fn shared_amplification() -> Vec<u8> {
    let xml = format!("{HEADER}{}", "<row><c t=\"s\"><v>0</v></c></row>".repeat(100_000));
    Book::rows(&xml).strings("", &format!("<si><t>{}</t></si>", "a".repeat(500_000))).build()
}

fn many_attributes() -> Vec<u8> {
    let mut xml = format!("{HEADER}<row r=\"2\"><c");
    for n in 0..100_000 {
        write!(xml, " a{n}=\"\"").unwrap();
    }
    rows(&format!("{xml} r=\"A2\"><v>1</v></c></row>"))
}

/// Breaks the checksum of the sheet in both places that name it.
fn wrong_checksum() -> Vec<u8> {
    let bytes = sound();
    patched(&bytes, 14, 16)
}

/// Makes the sheet claim four gigabytes.
fn lying_size() -> Vec<u8> {
    let bytes = sound();
    patched(&bytes, 22, 24)
}

/// Sets four bytes at an offset of the sheet's local header and of its entry in the directory to a large number.
fn patched(bytes: &[u8], local: usize, central: usize) -> Vec<u8> {
    let name = b"xl/worksheets/sheet1.xml";
    let places: Vec<usize> =
        bytes.windows(name.len()).enumerate().filter(|(_, w)| w == name).map(|(at, _)| at).collect();
    let [first, second] = places[..] else { panic!("a name stands twice in an archive") };
    let mut patched = bytes.to_vec();
    for at in [first - 30 + local, second - 46 + central] {
        patched[at..at + 4].copy_from_slice(&0xF0FF_FFFF_u32.to_le_bytes());
    }
    patched
}

fn cyclic() -> Vec<u8> {
    let relation = r#"<Relationship Id="rId1" Type="x/worksheet" Target="workbook.xml"/>"#;
    Book::rows("").with("xl/_rels/workbook.xml.rels", &relationships(relation)).build()
}

fn twice_named() -> Vec<u8> {
    Book::rows(HEADER).with("XL/worksheets/SHEET1.xml", &sheet("<row><c t=\"str\"><v>other</v></c></row>")).build()
}

fn many_sheets() -> Vec<u8> {
    let entries: String =
        (0..10_000).map(|n| format!("<sheet name=\"s{n}\" sheetId=\"{n}\" r:id=\"rId1\"/>")).collect();
    Book::rows("").with("xl/workbook.xml", &workbook(&entries)).build()
}

fn new_keys() -> Vec<u8> {
    let rows: Vec<String> = (0..200_000).map(|n| format!("{{\"k{n}\":1}}")).collect();
    format!("{{\"needs\": [{}]}}", rows.join(",")).into_bytes()
}

fn wide_then_short() -> Vec<u8> {
    let wide: Vec<String> = (0..1000).map(|n| format!("\"k{n}\":1")).collect();
    format!("{{\"needs\": [{{{}}}{}]}}", wide.join(","), ",{\"k999\":1}".repeat(500_000)).into_bytes()
}
