//! Sheets of a workbook that are no tables of a case, such as those of a plan.

use super::package::{Damage, Package};
use super::{damage_problem, sheet, strings, styles, workbook};
use crate::intake::Sheet;
use crate::intake::sheets::builder::{Budget, TableBuilder};
use crate::intake::sheets::faults::Faults;
use crate::lists::Table;
use crate::problem::Problem;

/// A sheet by name, with what is wrong in it. `table` of the sheet and of its problems means nothing.
pub(crate) struct NamedSheet {
    pub(crate) name: String,
    pub(crate) sheet: Option<Sheet>,
    pub(crate) problems: Vec<Problem>,
}

/// Reads the sheets whose names are wanted, under the same budget as a case.
pub(crate) fn read_named(
    file: &str,
    bytes: &[u8],
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<NamedSheet>, Box<Problem>> {
    read(bytes, wanted).map_err(|damage| Box::new(damage_problem(damage, None, file)))
}

fn read(bytes: &[u8], wanted: impl Fn(&str) -> bool) -> Result<Vec<NamedSheet>, Damage> {
    let mut package = Package::open(bytes)?;
    let workbook = workbook::read(&mut package)?;
    let strings = strings::read(&mut package, &workbook.strings_path)?;
    let styles = styles::read(&mut package, &workbook.styles_path)?;
    let shared = sheet::Shared { strings, styles, epoch_1904: workbook.epoch_1904 };
    let mut budget = Budget::new(bytes.len().saturating_mul(2));
    let mut sheets = Vec::new();
    for entry in workbook.sheets.iter().filter(|entry| entry.is_worksheet && wanted(entry.name.trim())) {
        let mut faults = Faults::default();
        let mut builder = TableBuilder::new(Table::Previous);
        sheet::read(&mut package, &entry.path, &shared, &mut builder, &mut budget, &mut faults)?;
        let problems = faults.into_reading(crate::intake::Sheets::default()).problems;
        sheets.push(NamedSheet { name: entry.name.trim().to_owned(), sheet: builder.finish(), problems });
    }
    Ok(sheets)
}
