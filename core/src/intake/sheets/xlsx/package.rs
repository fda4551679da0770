//! The archive of a workbook: parts by name, unpacked as a stream under a budget.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

/// What any workbook may unpack to, in bytes.
const UNPACKED: u64 = 24 << 20;
/// What it may unpack to for each of its bytes; sheets of real lists stay below 20.
const UNPACKED_PER_BYTE: u64 = 30;

/// Why a workbook cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Damage {
    /// It unpacks to more than it may.
    Expands,
    /// It is encrypted.
    Locked,
    /// A part of it is damaged; the word is one that the texts of [`crate::problem::Code::WorkbookDamaged`] know.
    Part(&'static str),
}

/// The contents of a part are not what they should be.
pub(super) const DAMAGED: Damage = Damage::Part("contents");

/// The archive of a workbook.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Parts by name: lower case, `/`, without a leading one.
    parts: BTreeMap<String, usize>,
    /// How many bytes may still be unpacked, and how much text may still be handed out.
    unpacked: Cell<u64>,
    text: Cell<u64>,
    size: usize,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Package<'b>, Damage> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Damage::Part("zip"))?;
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            if let Some(Ok(name)) = archive.name_for_index(index).map(|n| n.map(|n| canonical_path(&n)))
                && parts.insert(name, index).is_some()
            {
                // Two parts of one name: readers would disagree on which one counts.
                return Err(Damage::Part("zip"));
            }
        }
        let budget = UNPACKED.saturating_add(UNPACKED_PER_BYTE.saturating_mul(bytes.len() as u64));
        Ok(Package { archive, parts, unpacked: Cell::new(budget), text: Cell::new(budget), size: bytes.len() })
    }

    /// The size of the archive in bytes.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// Whether there is a part of the name.
    pub(super) fn has(&self, path: &str) -> bool {
        self.parts.contains_key(&canonical_path(path))
    }

    /// Opens a part as XML.
    pub(super) fn part(&mut self, path: &str) -> Result<Part<'_, 'b>, Damage> {
        let index = *self.parts.get(&canonical_path(path)).ok_or(Damage::Part("missing"))?;
        let file = self.archive.by_index(index).map_err(|e| match e {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Damage::Locked,
            _ => Damage::Part("zip"),
        })?;
        let mut xml = Reader::from_reader(BufReader::with_capacity(1 << 16, Bounded { file, left: &self.unpacked }));
        let config = xml.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = true;
        Ok(Part { xml, unpacked: &self.unpacked, text: &self.text, buffer: Vec::new(), depth: 0 })
    }
}

/// A part's name as it is compared.
fn canonical_path(path: &str) -> String {
    let path = path.replace('\\', "/").to_lowercase();
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// A part while it is unpacked; it fails once the budget is used up, whatever size the part claims.
struct Bounded<'a, 'b> {
    file: ZipFile<'a, Cursor<&'b [u8]>>,
    left: &'a Cell<u64>,
}

impl Read for Bounded<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        match self.left.get().checked_sub(read as u64) {
            Some(left) => {
                self.left.set(left);
                Ok(read)
            }
            None => {
                self.left.set(0);
                Err(io::Error::other("the budget is used up"))
            }
        }
    }
}

/// A part as a stream of XML events.
pub(super) struct Part<'a, 'b> {
    xml: Reader<BufReader<Bounded<'a, 'b>>>,
    unpacked: &'a Cell<u64>,
    text: &'a Cell<u64>,
    buffer: Vec<u8>,
    depth: usize,
}

/// What a part goes on with.
pub(super) enum Step<'p> {
    /// An element begins; `Empty` elements begin and end.
    Start(BytesStart<'p>),
    /// An element ends, by its local name.
    End(Name),
    /// Text between elements, which is pushed onto the text that was asked for.
    Text,
    /// The part is over, every element closed and the checksum right.
    Over,
}

/// The names of elements that readers look for at their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Row,
    C,
    V,
    T,
    Si,
    RPh,
    SheetData,
    CellXfs,
    Other,
}

impl Part<'_, '_> {
    /// The next step; text goes onto `into` where it is asked for, else it is passed over.
    pub(super) fn next(&mut self, into: Option<&mut String>) -> Result<Step<'_>, Damage> {
        self.buffer.clear();
        let event = match self.xml.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(quick_xml::Error::Io(_)) if self.unpacked.get() == 0 => {
                return Err(Damage::Expands);
            }
            Err(quick_xml::Error::Io(_)) => return Err(Damage::Part("zip")),
            Err(_) => return Err(DAMAGED),
        };
        let push = |text: &str| match into {
            Some(into) => {
                let left = self.text.get().checked_sub(text.len() as u64).ok_or(Damage::Expands)?;
                self.text.set(left);
                into.push_str(text);
                Ok(Step::Text)
            }
            None => Ok(Step::Text),
        };
        match event {
            Event::Start(element) => {
                self.depth += 1;
                Ok(Step::Start(element))
            }
            Event::End(element) => {
                self.depth = self.depth.checked_sub(1).ok_or(DAMAGED)?;
                Ok(Step::End(name_of(element.local_name().as_ref())))
            }
            Event::Text(text) => push(&text.xml10_content()),
            Event::CData(text) => push(&text.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(character)) => push(character.encode_utf8(&mut [0; 4])),
                Ok(None) => match &*reference {
                    "amp" => push("&"),
                    "lt" => push("<"),
                    "gt" => push(">"),
                    "quot" => push("\""),
                    "apos" => push("'"),
                    _ => Err(Damage::Part("doctype")),
                },
                Err(_) => Err(DAMAGED),
            },
            Event::DocType(_) => Err(Damage::Part("doctype")),
            Event::Eof if self.depth > 0 => Err(DAMAGED),
            Event::Eof => Ok(Step::Over),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Ok(Step::Text),
        }
    }

    /// Takes text from the budget of all text that is handed out, so that one long text named by many cells cannot
    /// fill the memory.
    pub(super) fn take_text(&self, length: usize) -> Result<(), Damage> {
        let left = self.text.get().checked_sub(length as u64).ok_or(Damage::Expands)?;
        self.text.set(left);
        Ok(())
    }
}

/// The attribute of a local name, unescaped.
pub(super) fn attribute(element: &BytesStart, name: &str) -> Result<Option<String>, Damage> {
    // The check for repeated attributes would take quadratic time.
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| DAMAGED)?;
        if attribute.key.local_name().as_ref() == name {
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(|_| DAMAGED)?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}

/// The attributes `r`, `s` and `t` of a row or cell. They hold neither entities nor much text, so they are handed out as
/// they stand: this is the busiest place of the reader.
pub(super) fn cell_attributes<'e>(element: &'e BytesStart) -> Result<[Option<Cow<'e, str>>; 3], Damage> {
    let mut found = [None, None, None];
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| DAMAGED)?;
        match attribute.key.as_ref() {
            "r" => found[0] = Some(attribute.value),
            "s" => found[1] = Some(attribute.value),
            "t" => found[2] = Some(attribute.value),
            _ => {}
        }
    }
    Ok(found)
}

fn name_of(local: &str) -> Name {
    match local {
        "row" => Name::Row,
        "c" => Name::C,
        "v" => Name::V,
        "t" => Name::T,
        "si" => Name::Si,
        "rPh" => Name::RPh,
        "sheetData" => Name::SheetData,
        "cellXfs" => Name::CellXfs,
        _ => Name::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::canonical_path;

    #[test]
    fn compares_names_of_parts() {
        for path in [
            "xl/worksheets/sheet1.xml",
            "/xl/worksheets/Sheet1.xml",
            "xl\\worksheets\\sheet1.xml",
            "xl/a/../worksheets/./sheet1.xml",
        ] {
            assert_eq!(canonical_path(path), "xl/worksheets/sheet1.xml");
        }
    }
}
