//! A plan read back from the workbook that sandan writes, after a planner has edited it by hand — or from a workbook
//! made by hand with the same sheets and columns ([`columns`]).
//!
//! 场次 says what is held and for whom, 排班 who serves, 资金 what pays; the other sheets are not read. A cell that names
//! a row may hold its id, id and title as sandan writes them, or a title that only one row has.

pub mod columns;
mod fault;
mod ledger;
mod lookup;
mod roster;
mod sessions;
mod table;

use crate::intake::sheets::xlsx::read_named;
use crate::lists::Case;
use crate::plan::Plan;
use columns::{Heading, LEDGER, ROSTER, SESSIONS};
use fault::Faults;
pub use fault::{PlanFault, PlanProblem};
use lookup::Lookup;
use table::PlanTable;

/// Reads the bytes of a plan's workbook. The plan claims nothing (no levels, nothing unmet) and keeps the planner's
/// session numbers; ids that the lists do not have are kept as written for the check to judge.
///
/// # Errors
/// All problems at once.
pub fn from_xlsx(file: &str, bytes: &[u8], case: &Case) -> Result<Plan, Vec<PlanProblem>> {
    let wanted = [SESSIONS, ROSTER, LEDGER];
    let named = read_named(file, bytes, |name| wanted.iter().any(|sheet| sheet.is(name)))
        .map_err(|problem| vec![PlanProblem::of_file(*problem)])?;
    let mut faults = Faults::default();
    let mut tables: Vec<(Heading, PlanTable)> = Vec::new();
    for sheet in named {
        let heading = *wanted.iter().find(|heading| heading.is(&sheet.name)).expect("only wanted sheets are read");
        for problem in sheet.problems.into_iter().filter(crate::problem::Problem::is_error) {
            faults.push(PlanProblem::of_sheet(heading, problem));
        }
        if let Some(sheet) = sheet.sheet {
            tables.push((heading, PlanTable::new(heading, sheet)));
        }
    }
    let table = |wanted: Heading| tables.iter().find(|(heading, _)| *heading == wanted).map(|(_, table)| table);
    let lookup = Lookup::new(case);
    let mut plan = Plan::empty();
    plan.version.clear();
    match table(SESSIONS) {
        Some(table) => plan.sessions = sessions::read(table, &lookup, &mut faults),
        None => faults.push(PlanProblem::new(PlanFault::SheetMissing, SESSIONS, "")),
    }
    if let Some(table) = table(ROSTER) {
        roster::read(table, &lookup, &mut plan.sessions, &mut faults);
    }
    if let Some(table) = table(LEDGER) {
        ledger::read(table, &lookup, &mut plan, &mut faults);
    }
    faults.finish(plan)
}
