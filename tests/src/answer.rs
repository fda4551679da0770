use sandan::check::{Report, check};
use sandan::intake::sheets::{self, Reading};
use sandan::lists::Lang;
use sandan::plan::Plan;
use sandan::problem::{Problem, ProblemRecord};
use sandan::{Flow, NoPlan, solve};
use sha2::{Digest, Sha256};

use crate::{CaseFile, root};

/// What the product says to a case file.
#[derive(Debug)]
pub enum Answer {
    /// The case is refused, by intake or by the solver.
    Refused(Vec<ProblemRecord>),
    /// The case was solved; the report is the second opinion on the plan.
    Solved {
        /// The plan.
        plan: Box<Plan>,
        /// The second opinion on it.
        report: Box<Report>,
        /// What intake warned of.
        warnings: Vec<ProblemRecord>,
    },
    /// The plan of the file was checked.
    Checked(Report),
    /// Stopped before pins were either met or refuted.
    Unknown,
    /// A fault of the product itself.
    Fault(String),
}

/// Runs a case file with so many threads.
///
/// # Errors
/// When the file's own plan is no plan.
pub fn answer(file: &CaseFile, threads: u32) -> Result<Answer, serde_json::Error> {
    let intake = match reading(file).understand() {
        Ok(intake) => intake,
        Err(problems) => return Ok(Answer::Refused(records(&problems.list))),
    };
    if let Some(plan) = &file.plan {
        return Ok(Answer::Checked(check(&intake.case, &Plan::from_json(plan.get())?)));
    }
    let mut case = intake.case;
    case.settings.threads = Some(threads);
    Ok(match solve(&case, &mut |_| Flow::Continue) {
        Ok(plan) => {
            let report = check(&case, &plan);
            Answer::Solved { plan: Box::new(plan), report: Box::new(report), warnings: records(&intake.warnings) }
        }
        Err(NoPlan::Problems(problems)) => Answer::Refused(records(&problems.list)),
        Err(NoPlan::Unknown) => Answer::Unknown,
        Err(NoPlan::Fault(what)) => Answer::Fault(what),
    })
}

fn reading(file: &CaseFile) -> Reading {
    match (&file.case, &file.folder) {
        (Some(case), _) => sheets::from_json(case.get()),
        (None, Some(folder)) => sheets::read_path(&root().join(folder)),
        (None, None) => Reading::default(),
    }
}

fn records(problems: &[Problem]) -> Vec<ProblemRecord> {
    problems.iter().map(|problem| problem.record(Lang::En)).collect()
}

impl Answer {
    /// SHA-256, lower-case hex, of what must be the same in every language: the plan's canonical JSON, or a line
    /// `code|table|row|column|value` a problem, or a line `constraint|sessions|subjects|found|allowed` a violation.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.text());
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn text(&self) -> String {
        match self {
            Answer::Solved { plan, .. } => plan.to_json(),
            Answer::Unknown => String::from("unknown"),
            Answer::Fault(what) => what.clone(),
            Answer::Refused(problems) => lines(problems.iter().map(|problem| {
                let ProblemRecord { code, table, row, column, value, .. } = problem;
                let (table, column) = (table.as_deref().unwrap_or(""), column.as_deref().unwrap_or(""));
                format!("{code}|{table}|{}|{column}|{value}", row.map_or_else(String::new, |row| row.to_string()))
            })),
            Answer::Checked(report) => lines(report.violations.iter().map(|violation| {
                let number = |number: Option<i64>| number.map_or_else(String::new, |number| number.to_string());
                format!(
                    "{}|{}|{}|{}|{}",
                    violation.constraint,
                    violation.sessions.join(","),
                    violation.subjects.join(","),
                    number(violation.found),
                    number(violation.allowed)
                )
            })),
        }
    }
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}
