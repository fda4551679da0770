//! Files that are written whole or not at all. The only part of the export that touches the disk.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes the bytes under a temporary name in the same folder and renames it: whoever looks sees the old file or the
/// new one, never a part. What is no regular file (`/dev/stdout`, a pipe) is written to directly.
///
/// # Errors
/// When the folder is missing, not writable or full; the temporary file is gone then and an old file untouched.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (target, permissions) = match fs::metadata(path) {
        Ok(found) if found.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(found) if !found.is_file() => {
            return fs::OpenOptions::new().write(true).open(path)?.write_all(bytes);
        }
        // A link stays a link: the file it names is replaced.
        Ok(found) => (fs::canonicalize(path)?, Some(found.permissions())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => (path.to_owned(), None),
        Err(error) => return Err(error),
    };
    let (temporary, mut file) = beside(&target)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    drop(file);
    let kept = written.and_then(|()| permissions.map_or(Ok(()), |p| fs::set_permissions(&temporary, p)));
    kept.and_then(|()| fs::rename(&temporary, &target)).inspect_err(|_| {
        // The first error is the one to tell; the leftover is removed as far as possible.
        let _ = fs::remove_file(&temporary);
    })
}

/// A new file beside the target under a name nobody else uses.
fn beside(target: &Path) -> io::Result<(PathBuf, fs::File)> {
    let folder = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut attempt = 0u32;
    loop {
        let name = OsString::from(format!(".sandan-{}-{attempt}.tmp", std::process::id()));
        let path = folder.join(name);
        match fs::OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < 100 => attempt += 1,
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_over() {
        let folder = std::env::temp_dir().join(format!("sandan-file-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a temporary folder");
        let path = folder.join("方案.json");
        write_whole(&path, b"one").expect("a first file");
        write_whole(&path, b"two").expect("a second file");
        assert_eq!(fs::read(&path).expect("the file"), b"two");
        let gone = write_whole(&folder.join("missing").join("x"), b"x").expect_err("no such folder");
        assert_eq!(gone.kind(), io::ErrorKind::NotFound);
        assert!(write_whole(&folder, b"x").is_err());
        assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 1);
        fs::remove_dir_all(&folder).expect("the folder is ours");
    }
}
