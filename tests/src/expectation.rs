use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use sandan::plan::{Plan, Session, Shortfall};
use sandan::problem::ProblemRecord;
use serde::Deserialize;

use crate::Answer;

/// What a case file expects; only what is named is compared.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Expectation {
    status: Option<String>,
    levels: Option<Vec<i64>>,
    terms: BTreeMap<String, i64>,
    sessions: Option<usize>,
    min_sessions: Option<usize>,
    served: BTreeMap<String, i64>,
    unmet: Option<BTreeMap<String, i64>>,
    shortfalls: Option<Vec<ExpectedShortfall>>,
    used: BTreeMap<String, usize>,
    absent_pairs: Vec<(String, String)>,
    problems: Option<Vec<ExpectedProblem>>,
    warnings: Vec<ExpectedProblem>,
    violations: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedShortfall {
    rule: String,
    #[serde(default)]
    per: BTreeMap<String, String>,
    missing: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedProblem {
    code: Option<String>,
    table: Option<String>,
    row: Option<u32>,
    column: Option<String>,
}

/// Where an answer differs from what is expected, a line each; none is a pass.
pub fn differences(expected: &Expectation, answer: &Answer) -> Vec<String> {
    let mut found = Vec::new();
    match (answer, &expected.problems, &expected.violations) {
        (Answer::Refused(problems), Some(wanted), _) => absent(wanted, problems, &mut found),
        (Answer::Checked(report), None, Some(violations)) => {
            let broken: BTreeSet<(usize, &str)> = report
                .violations
                .iter()
                .map(|violation| (number(violation.constraint), violation.constraint))
                .collect();
            let broken: Vec<&str> = broken.into_iter().map(|(_, constraint)| constraint).collect();
            compare("violations", violations, &broken, &mut found);
        }
        (Answer::Solved { plan, report, warnings }, None, None) => {
            for violation in &report.violations {
                found.push(format!("the check found {violation:?}"));
            }
            found.extend(report.differences.iter().map(|difference| format!("the check says: {difference}")));
            absent(&expected.warnings, warnings, &mut found);
            compare_plan(expected, plan, &mut found);
        }
        (answer, ..) => found.push(format!("another kind of answer than expected: {answer:?}")),
    }
    found
}

fn compare_plan(expected: &Expectation, plan: &Plan, found: &mut Vec<String>) {
    if let Some(status) = &expected.status {
        let shown = serde_json::to_value(plan.status).expect("a status is a word");
        compare("status", &serde_json::Value::from(status.as_str()), &shown, found);
    }
    if let Some(levels) = &expected.levels {
        let values: Vec<i64> = plan.levels.iter().map(|level| level.value).collect();
        compare("levels", levels, &values, found);
    }
    let terms: BTreeMap<&str, i64> =
        plan.levels.iter().flat_map(|level| &level.terms).map(|(term, value)| (term.as_str(), *value)).collect();
    for (term, value) in &expected.terms {
        compare(term, value, &terms.get(term.as_str()).copied().unwrap_or(0), found);
    }
    if let Some(sessions) = &expected.sessions {
        compare("sessions", sessions, &plan.sessions.len(), found);
    }
    if expected.min_sessions.is_some_and(|least| plan.sessions.len() < least) {
        found.push(format!("sessions: at least {:?}, found {}", expected.min_sessions, plan.sessions.len()));
    }
    for (need, units) in &expected.served {
        let served = plan.sessions.iter().flat_map(|session| &session.needs).filter(|served| served.need == *need);
        compare(&format!("served {need}"), units, &served.map(|served| served.units).sum::<i64>(), found);
    }
    if let Some(unmet) = &expected.unmet {
        let units: BTreeMap<&str, i64> = plan.unmet.iter().map(|unmet| (unmet.need.as_str(), unmet.units)).collect();
        if unmet.is_empty() {
            compare("unmet", &BTreeMap::<&str, i64>::new(), &units, found);
        }
        for (need, missing) in unmet {
            compare(&format!("unmet {need}"), missing, &units.get(need.as_str()).copied().unwrap_or(0), found);
        }
    }
    if let Some(shortfalls) = &expected.shortfalls {
        let mut wanted = shortfalls.clone();
        wanted.sort();
        let mut shown: Vec<_> = plan.shortfalls.iter().map(expected_shortfall).collect();
        shown.sort();
        compare("shortfalls", &wanted, &shown, found);
    }
    for (resource, count) in &expected.used {
        compare(
            &format!("used {resource}"),
            count,
            &plan.sessions.iter().map(|s| uses(s, resource)).sum::<usize>(),
            found,
        );
    }
    for (need, project) in &expected.absent_pairs {
        let together =
            |session: &&Session| session.project == *project && session.needs.iter().any(|served| served.need == *need);
        if let Some(session) = plan.sessions.iter().find(together) {
            found.push(format!("need {need} lies in session {} of project {project}", session.id));
        }
    }
}

fn expected_shortfall(shortfall: &Shortfall) -> ExpectedShortfall {
    let Shortfall { rule, per, missing, .. } = shortfall;
    ExpectedShortfall { rule: rule.clone(), per: per.clone(), missing: *missing }
}

/// Member-sessions of a staff row, or sessions of a venue row, in one session.
fn uses(session: &Session, resource: &str) -> usize {
    let members: BTreeSet<i64> =
        session.staff.iter().filter(|seat| seat.resource == resource).map(|seat| seat.member).collect();
    members.len() + usize::from(session.venue.as_deref() == Some(resource))
}

fn absent(wanted: &[ExpectedProblem], problems: &[ProblemRecord], found: &mut Vec<String>) {
    for wanted in wanted {
        let same = |problem: &&ProblemRecord| {
            wanted.code.as_ref().is_none_or(|code| *code == problem.code)
                && wanted.table.as_ref().is_none_or(|table| Some(table) == problem.table.as_ref())
                && wanted.row.is_none_or(|row| Some(row) == problem.row)
                && wanted.column.as_ref().is_none_or(|column| Some(column) == problem.column.as_ref())
        };
        if !problems.iter().any(|problem| same(&problem)) {
            found.push(format!("not found: {wanted:?} among {problems:?}"));
        }
    }
}

/// The number of an H-name; words come last.
fn number(constraint: &str) -> usize {
    constraint.strip_prefix('H').and_then(|number| number.parse().ok()).unwrap_or(usize::MAX)
}

fn compare<W: PartialEq<F> + Debug, F: Debug>(what: &str, wanted: &W, shown: &F, found: &mut Vec<String>) {
    if wanted != shown {
        found.push(format!("{what}: expected {wanted:?}, found {shown:?}"));
    }
}
