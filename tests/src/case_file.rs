use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::Expectation;

/// One file of `tests/cases`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// Its path below `tests/cases`, without `.json`: the name of the test.
    #[serde(skip)]
    pub name: String,
    /// Why the answer is what it is.
    pub about: String,
    /// The rows of the seed map that it shows.
    pub seed: Vec<String>,
    /// The lists as a JSON document …
    pub case: Option<Box<serde_json::value::RawValue>>,
    /// … or a folder of CSV, from the root of the repository.
    pub folder: Option<String>,
    /// A plan made by hand, to be checked instead of solving.
    pub plan: Option<Box<serde_json::value::RawValue>>,
    /// What must be seen.
    pub expect: Expectation,
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests stands in the root").to_owned()
}

/// Every case file, by name.
///
/// # Errors
/// When a folder or file cannot be read, or a file is not of the format.
pub fn case_files() -> io::Result<Vec<CaseFile>> {
    let top = root().join("tests/cases");
    let mut paths = Vec::new();
    collect(&top, &mut paths)?;
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let below = path.strip_prefix(&top).expect("it was found below").with_extension("");
        let name = below.to_string_lossy().replace('\\', "/");
        let mut file: CaseFile = serde_json::from_str(&fs::read_to_string(&path)?)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {error}", path.display())))?;
        file.name = name;
        files.push(file);
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "json") {
            paths.push(path);
        }
    }
    Ok(())
}
