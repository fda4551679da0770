//! Builds workbooks part by part, sound or hostile.
#![allow(dead_code, reason = "each test binary uses its own share")]

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A workbook of one visible sheet `needs`, whose parts can be replaced.
pub struct Book {
    parts: Vec<(String, Vec<u8>)>,
}

impl Book {
    /// A workbook whose sheet `needs` has these rows, as XML inside `sheetData`.
    pub fn rows(rows: &str) -> Book {
        Book::sheets(&[("needs", "", &sheet(rows))])
    }

    /// A workbook of sheets: name, further attributes, the XML of the sheet.
    pub fn sheets(sheets: &[(&str, &str, &str)]) -> Book {
        let mut entries = String::new();
        let mut relations = String::new();
        let mut parts = Vec::new();
        for (index, (name, attributes, xml)) in sheets.iter().enumerate() {
            let n = index + 1;
            entries += &format!(r#"<sheet name="{name}" sheetId="{n}" {attributes} r:id="rId{n}"/>"#);
            relations +=
                &format!(r#"<Relationship Id="rId{n}" Type="{LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>"#);
            parts.push((format!("xl/worksheets/sheet{n}.xml"), (*xml).to_owned().into_bytes()));
        }
        relations += &format!(r#"<Relationship Id="rIdS" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>"#);
        relations += &format!(r#"<Relationship Id="rIdT" Type="{LINKS}/styles" Target="styles.xml"/>"#);
        Book { parts }
            .with("_rels/.rels", &format!(r#"{HEAD}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#))
            .with("xl/workbook.xml", &workbook(&entries))
            .with("xl/_rels/workbook.xml.rels", &relationships(&relations))
    }

    /// Adds or replaces a part.
    pub fn with(self, path: &str, xml: &str) -> Book {
        self.with_bytes(path, xml.as_bytes().to_vec())
    }

    /// Adds or replaces a part by its bytes.
    pub fn with_bytes(mut self, path: &str, bytes: Vec<u8>) -> Book {
        self.parts.retain(|(name, _)| name != path);
        self.parts.push((path.to_owned(), bytes));
        self
    }

    /// Leaves a part out.
    pub fn without(mut self, path: &str) -> Book {
        self.parts.retain(|(name, _)| name != path);
        self
    }

    /// The shared texts, as XML inside `sst`.
    pub fn strings(self, attributes: &str, entries: &str) -> Book {
        self.with("xl/sharedStrings.xml", &format!(r#"{HEAD}<sst xmlns="{MAIN}" {attributes}>{entries}</sst>"#))
    }

    /// The styles: number formats (id, code) and the format of each cell style.
    pub fn styles(self, formats: &[(u32, &str)], cells: &[u32]) -> Book {
        let formats: String =
            formats.iter().map(|(id, code)| format!(r#"<numFmt numFmtId="{id}" formatCode="{code}"/>"#)).collect();
        let cells: String = cells.iter().map(|id| format!(r#"<xf numFmtId="{id}"/>"#)).collect();
        let xml = format!(
            r#"{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>"#
        );
        self.with("xl/styles.xml", &xml)
    }

    /// The bytes of the archive.
    pub fn build(&self) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (name, bytes) in &self.parts {
            archive.start_file(name.as_str(), options).expect("a part starts");
            archive.write_all(bytes).expect("a part is written");
        }
        archive.finish().expect("an archive ends").into_inner()
    }
}

/// A part `workbook.xml` with these `sheet` elements.
pub fn workbook(entries: &str) -> String {
    format!(r#"{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{entries}</sheets></workbook>"#)
}

/// A part of relationships.
pub fn relationships(entries: &str) -> String {
    format!(r#"{HEAD}<Relationships xmlns="{PACKAGE}">{entries}</Relationships>"#)
}

/// The XML of a sheet with these rows.
pub fn sheet(rows: &str) -> String {
    sheet_with(rows, "")
}

/// The XML of a sheet with these rows and what follows them.
pub fn sheet_with(rows: &str, after: &str) -> String {
    format!(r#"{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>"#)
}

/// The header row that most tests use: `id`, `place`, `services`, `quantity`.
pub const HEADER: &str = concat!(
    r#"<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>place</t></is></c>"#,
    r#"<c r="C1" t="inlineStr"><is><t>services</t></is></c><c r="D1" t="inlineStr"><is><t>quantity</t></is></c></row>"#
);

/// A cell with text of its own.
pub fn text(reference: &str, text: &str) -> String {
    format!(r#"<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#)
}
