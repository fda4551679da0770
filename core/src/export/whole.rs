//! Files and folders that are written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::problem::{Code, Problem};

/// Writes a file under a temporary name beside its place and then renames it, so that at no moment a half-written file
/// stands under its name. A file that stood there is replaced; where a link stood, the file it names is. What is no
/// regular file (`/dev/stdout`, a pipe) is written to directly.
///
/// # Errors
/// One problem, naming the file and what is in the way; the old file then still stands.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let replace = |target: &Path, permissions: Option<fs::Permissions>| {
        let (temporary, file) = beside(target, |p| OpenOptions::new().write(true).create_new(true).open(p))?;
        // The file is closed once it is filled: some systems do not rename an open one.
        let filled = {
            let mut file = file;
            fill(&mut file, bytes)
        };
        let written = filled
            .and_then(|()| permissions.map_or(Ok(()), |p| fs::set_permissions(&temporary, p)))
            .and_then(|()| fs::rename(&temporary, target));
        written.inspect_err(|_| drop(fs::remove_file(&temporary)))
    };
    let write = || match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(ErrorKind::IsADirectory.into()),
        Ok(found) if found.is_file() => replace(&fs::canonicalize(path)?, Some(found.permissions())),
        Ok(_) => OpenOptions::new().write(true).open(path)?.write_all(bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => replace(path, None),
        Err(error) => Err(error),
    };
    write().map_err(|e| unwritable(path, reason(&e)))
}

/// Writes a folder of files under a temporary name and then renames it. A folder that already holds anything is never
/// touched: its files could be mistaken for tables of this case.
///
/// # Errors
/// One problem, naming the folder and what is in the way; nothing is then left behind.
pub fn write_folder(path: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Problem> {
    let is_free = match fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == ErrorKind::NotFound,
    };
    if !is_free {
        return Err(unwritable(path, "occupied"));
    }
    let write = || {
        let (temporary, ()) = beside(path, |p| fs::create_dir(p))?;
        let fill_all = || -> io::Result<()> {
            for (name, bytes) in files {
                fill(&mut File::create_new(temporary.join(name))?, bytes)?;
            }
            if path.is_dir() {
                // Not every system renames onto an empty folder. This fails if it is no longer empty.
                fs::remove_dir(path)?;
            }
            fs::rename(&temporary, path)
        };
        fill_all().inspect_err(|_| drop(fs::remove_dir_all(&temporary)))
    };
    write().map_err(|e| unwritable(path, reason(&e)))
}

/// Creates something under a free temporary name in the same folder, so that the rename stays on one file system.
fn beside<T>(path: &Path, create: impl Fn(&Path) -> io::Result<T>) -> io::Result<(PathBuf, T)> {
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?.to_string_lossy().into_owned();
    for attempt in 0..1000 {
        let temporary = path.with_file_name(format!(".{name}.{attempt}.tmp"));
        match create(&temporary) {
            Ok(created) => return Ok((temporary, created)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// Fills a file and sees it to the disk: a rename must not overtake the contents.
fn fill(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

/// The word for an error in the texts of problems.
fn reason(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::NotFound => "absent",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "forbidden",
        ErrorKind::AlreadyExists | ErrorKind::DirectoryNotEmpty | ErrorKind::IsADirectory => "occupied",
        _ => "failed",
    }
}

fn unwritable(path: &Path, word: &str) -> Problem {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    Problem {
        table: None,
        row: None,
        column: None,
        code: Code::FileUnwritable,
        value: name,
        details: vec![word.to_owned()],
    }
}
