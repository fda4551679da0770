use std::io::ErrorKind;
use std::path::Path;

use super::args::CaseArgs;
use super::exit::Exit;
use super::voice::Voice;
use crate::intake::sheets::{LARGEST_FILE, Reading, attach_previous, read_path};
use crate::intake::{Intake, Sheets};
use crate::problem::{Code, Problem, Problems};

/// Reads and understands a case; its problems or warnings are said.
pub(super) fn case(voice: Voice, args: &CaseArgs) -> Result<Intake, Exit> {
    let intake = known_case(voice, args)?;
    voice.warnings(&intake.warnings);
    Ok(intake)
}

/// The same for a question about a plan: what there is to warn of was said when the plan was made or checked.
pub(super) fn known_case(voice: Voice, args: &CaseArgs) -> Result<Intake, Exit> {
    reading(voice, args)?.understand().map_err(|problems| refuse(voice, &problems))
}

/// Reads the raw tables of a case; its problems are said, its warnings come back.
pub(super) fn sheets(voice: Voice, args: &CaseArgs) -> Result<(Sheets, Vec<Problem>), Exit> {
    reading(voice, args)?.into_sheets().map_err(|problems| refuse(voice, &problems))
}

/// Says one problem and gives up.
pub(super) fn refuse_one(voice: Voice, problem: Problem) -> Exit {
    refuse(voice, &Problems { list: vec![problem], more: 0 })
}

/// Says the problems and gives up.
pub(super) fn refuse(voice: Voice, problems: &Problems) -> Exit {
    voice.problems(problems);
    if problems.list.iter().any(|p| p.code == Code::FileUnwritable) { Exit::Unwritable } else { Exit::BadInput }
}

/// The bytes of a file that is named on the command line.
pub(super) fn bytes_of(voice: Voice, path: &Path) -> Result<Vec<u8>, Exit> {
    let read = || -> std::io::Result<Vec<u8>> {
        if std::fs::metadata(path)?.len() > LARGEST_FILE {
            return Err(ErrorKind::FileTooLarge.into());
        }
        std::fs::read(path)
    };
    read().map_err(|error| {
        let word = match error.kind() {
            ErrorKind::NotFound => "absent",
            ErrorKind::PermissionDenied => "forbidden",
            ErrorKind::FileTooLarge => "large",
            _ => "failed",
        };
        refuse_one(voice, of_file(Code::FileUnreadable, path, &[word]))
    })
}

/// A problem of a whole file.
pub(super) fn of_file(code: Code, path: &Path, details: &[&str]) -> Problem {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    let details = details.iter().map(|d| (*d).to_owned()).collect();
    Problem { table: None, row: None, column: None, code, value: name, details }
}

fn reading(voice: Voice, args: &CaseArgs) -> Result<Reading, Exit> {
    let mut reading = read_path(&args.case);
    if let Some(path) = &args.previous {
        let bytes = bytes_of(voice, path)?;
        let text = String::from_utf8_lossy(&bytes);
        attach_previous(&mut reading.sheets, &text).map_err(|problem| refuse_one(voice, problem))?;
    }
    Ok(reading)
}
