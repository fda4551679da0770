use std::path::Path;

use super::args::CaseArgs;
use super::exit::Exit;
use super::voice::Voice;
use crate::intake::sheets::{Reading, attach_previous, read_path};
use crate::intake::{Intake, Sheets};
use crate::lists::Lang;
use crate::problem::{Problem, Problems};

/// Reads and understands a case; its problems or warnings are said.
pub(super) fn case(voice: Voice, args: &CaseArgs) -> Result<Intake, Exit> {
    let intake = reading(voice, args)?.understand().map_err(|problems| refuse(voice, &problems))?;
    voice.warnings(&intake.warnings);
    Ok(intake)
}

/// Reads the raw tables of a case; its problems or warnings are said.
pub(super) fn sheets(voice: Voice, args: &CaseArgs) -> Result<(Sheets, Vec<Problem>), Exit> {
    let (sheets, warnings) = reading(voice, args)?.into_sheets().map_err(|problems| refuse(voice, &problems))?;
    voice.warnings(&warnings);
    Ok((sheets, warnings))
}

fn reading(voice: Voice, args: &CaseArgs) -> Result<Reading, Exit> {
    let mut reading = read_path(&args.case);
    if let Some(path) = &args.previous {
        let text = text_of(voice, path)?;
        if let Err(problem) = attach_previous(&mut reading.sheets, &text) {
            return Err(refuse(voice, &Problems { list: vec![problem], more: 0 }));
        }
    }
    Ok(reading)
}

fn refuse(voice: Voice, problems: &Problems) -> Exit {
    voice.problems(problems);
    Exit::BadInput
}

/// The largest plan that is read, in bytes.
const LARGEST: u64 = 2 << 30;

/// The bytes of a file that is named on the command line.
pub(super) fn bytes_of(voice: Voice, path: &Path) -> Result<Vec<u8>, Exit> {
    let read = || -> std::io::Result<Vec<u8>> {
        let size = std::fs::metadata(path)?.len();
        if size > LARGEST {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        std::fs::read(path)
    };
    read().map_err(|error| {
        voice.error(&match voice.lang {
            Lang::Zh => format!("读不了 {}：{}", path.display(), reason(voice.lang, &error)),
            Lang::En => format!("cannot read {}: {}", path.display(), reason(voice.lang, &error)),
        });
        if voice.json {
            voice.json_list::<()>(&[]);
        }
        Exit::BadInput
    })
}

fn text_of(voice: Voice, path: &Path) -> Result<String, Exit> {
    String::from_utf8(bytes_of(voice, path)?).map_err(|_| {
        voice.error(&match voice.lang {
            Lang::Zh => format!("{} 不是 UTF-8 文本", path.display()),
            Lang::En => format!("{} is not UTF-8 text", path.display()),
        });
        Exit::BadInput
    })
}

/// Why a file cannot be read or written, in words.
pub(super) fn reason(lang: Lang, error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    let known = match error.kind() {
        ErrorKind::NotFound => ("没有这个文件或文件夹", "no such file or folder"),
        ErrorKind::PermissionDenied => ("没有权限", "permission denied"),
        ErrorKind::IsADirectory => ("这是一个文件夹", "it is a folder"),
        ErrorKind::NotADirectory => ("路径中有一段不是文件夹", "a part of the path is no folder"),
        ErrorKind::StorageFull => ("磁盘已满", "the disk is full"),
        ErrorKind::ReadOnlyFilesystem => ("磁盘只读", "the disk is read-only"),
        ErrorKind::FileTooLarge => ("文件太大", "the file is too large"),
        _ => return error.to_string(),
    };
    crate::export::either(lang, known.0, known.1).to_owned()
}
