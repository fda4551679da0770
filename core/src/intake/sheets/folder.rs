//! Reads a folder of CSV files, or the like given as names and bytes.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::builder::Budget;
use super::faults::Faults;
use super::{LARGEST_FILE, Reading, csv, encoding, json};
use crate::intake::{Sheets, columns};
use crate::lists::Table;
use crate::problem::Code;

/// Reads a folder: a .csv file a table, and `previous.json` where there is one. Hidden files, read-me files and files
/// of other kinds are passed over; a .csv file that names no table is warned of.
pub fn read_folder(folder: &Path) -> Reading {
    let mut reader = FolderReader::new();
    let paths = match paths_in(folder) {
        Ok(paths) => paths,
        Err(kind) => {
            reader.faults.file(Code::FileUnreadable, &name_of(folder), &[reason(kind)]);
            return reader.finish();
        }
    };
    for path in paths {
        let name = name_of(&path);
        if reader.takes(&name)
            && let Some(bytes) = bytes_of(&path, &mut reader.faults)
        {
            reader.add(&name, &bytes);
        }
    }
    reader.finish()
}

/// Reads tables from the names and bytes of files, as [`read_folder`] does.
pub fn from_csv_files(files: &[(&str, &[u8])]) -> Reading {
    let mut reader = FolderReader::new();
    for (name, bytes) in files {
        if reader.takes(name) {
            reader.add(name, bytes);
        }
    }
    reader.finish()
}

/// The files of a folder in order of their names, which no file system promises.
fn paths_in(folder: &Path) -> Result<Vec<PathBuf>, ErrorKind> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| e.kind())? {
        let path = entry.map_err(|e| e.kind())?.path();
        if path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Reads a whole file, unless it is too large.
pub(super) fn bytes_of(path: &Path, faults: &mut Faults) -> Option<Vec<u8>> {
    let name = name_of(path);
    let read = || -> std::io::Result<Option<Vec<u8>>> {
        let file = fs::File::open(path)?;
        let size = file.metadata()?.len();
        if size > LARGEST_FILE {
            return Ok(None);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        // A file may grow while it is read, and a pipe has no size.
        file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
        Ok((bytes.len() as u64 <= LARGEST_FILE).then_some(bytes))
    };
    match read() {
        Ok(Some(bytes)) => return Some(bytes),
        Ok(None) => faults.file(Code::FileUnreadable, &name, &["large"]),
        Err(error) => faults.file(Code::FileUnreadable, &name, &[reason(error.kind())]),
    }
    None
}

/// The last part of a path, for messages.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// The name of a reason in messages.
fn reason(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::NotFound => "absent",
        ErrorKind::PermissionDenied => "forbidden",
        _ => "failed",
    }
}

/// What a file of a folder is, by its name.
enum FileKind {
    Table(Table),
    Previous,
    UnknownCsv,
    PassedOver,
}

fn kind_of(name: &str) -> FileKind {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let Some((stem, ending)) = name.rsplit_once('.') else {
        return FileKind::PassedOver;
    };
    if stem.is_empty() || name.starts_with(['.', '~']) || stem.to_lowercase().starts_with("readme") {
        return FileKind::PassedOver;
    }
    match (ending.to_lowercase().as_str(), columns::find_table(stem)) {
        ("csv", Some(Table::Previous)) | ("csv", None) => FileKind::UnknownCsv,
        ("csv", Some(table)) => FileKind::Table(table),
        ("json", Some(Table::Previous)) => FileKind::Previous,
        _ => FileKind::PassedOver,
    }
}

/// The tables of a folder while it is read.
struct FolderReader {
    sheets: Sheets,
    budget: Budget,
    faults: Faults,
    names: BTreeMap<Table, String>,
}

impl FolderReader {
    fn new() -> FolderReader {
        FolderReader {
            sheets: Sheets::default(),
            budget: Budget::new(0),
            faults: Faults::default(),
            names: BTreeMap::new(),
        }
    }

    /// Whether the file is one to read; warns where it looks like a table of unknown name, and refuses a second file
    /// of one table.
    fn takes(&mut self, name: &str) -> bool {
        let table = match kind_of(name) {
            FileKind::Table(table) => table,
            FileKind::Previous => Table::Previous,
            FileKind::UnknownCsv => {
                self.faults.file(Code::FileIgnored, name, &[]);
                return false;
            }
            FileKind::PassedOver => return false,
        };
        if let Some(other) = self.names.get(&table) {
            self.faults.table(Code::FileTwice, table, "", &[other, name]);
            return false;
        }
        self.names.insert(table, name.to_owned());
        true
    }

    fn add(&mut self, name: &str, bytes: &[u8]) {
        let table = match kind_of(name) {
            FileKind::Table(table) => table,
            _ => Table::Previous,
        };
        let text = match encoding::decode(bytes) {
            Ok(text) => text,
            Err(undecodable) => {
                self.faults.table(Code::EncodingUnknown, table, name, &[&undecodable.line_text()]);
                return;
            }
        };
        if table == Table::Previous {
            match json::previous_of(&text) {
                Ok(previous) => self.sheets.previous = Some(previous),
                Err(problem) => self.faults.push(problem),
            }
            return;
        }
        self.budget.grow(bytes.len());
        self.sheets.sheets.extend(csv::read(table, &text, &mut self.budget, &mut self.faults));
    }

    fn finish(self) -> Reading {
        self.faults.into_reading(self.sheets)
    }
}
