//! What runs in a process of its own: our engine, the clerk, and the export of the model for the peers.

use std::path::Path;
use std::time::Instant;

use sandan::Solver;
use sandan::check::check;
use sandan::export::mps::mps;
use sandan::intake::sheets::read_path;
use sandan::lists::{Case, Term};
use serde::Serialize;

use super::trace::{End, Moment};
use crate::clerk;
use crate::run::{Limit, peak_memory, run, told};

/// Reads a case and says how long that took.
fn read(path: &Path) -> Result<(Case, f64), String> {
    let start = Instant::now();
    let case = read_path(path).understand().map_err(|p| told(&p))?.case;
    Ok((case, start.elapsed().as_secs_f64()))
}

/// The level that holds a term.
fn level_of(case: &Case, term: Term) -> Option<usize> {
    case.settings.levels.iter().position(|terms| terms.contains(&term))
}

/// Our engine on a case; prints the lines that the runner reads.
///
/// # Errors
/// Why there is no plan.
pub fn ours(path: &Path, limit: Limit) -> Result<(), String> {
    let (case, read_seconds) = read(path)?;
    let coverage = level_of(&case, Term::Coverage).unwrap_or(0);
    let run = run(&case, limit)?;
    for moment in run.moments.iter().filter(|m| m.level == coverage) {
        line(&Moment { seconds: moment.seconds, value: moment.value, bound: moment.bound })?;
    }
    let level = run.plan.levels.get(coverage);
    line(&End {
        end: serde_json::to_string(&run.plan.status).unwrap_or_default().replace('"', ""),
        seconds: run.time.as_secs_f64(),
        value: level.map(|l| l.value),
        bound: level.map(|l| l.bound),
        peak_mb: peak_memory().unwrap_or(0) >> 20,
        first_plan: Some(run.first_plan.as_secs_f64()),
        read_seconds,
        gap_below_ppm: run.plan.levels.get(coverage + 1).map(|l| l.gap_ppm),
        quota: level_of(&case, Term::Quota).and_then(|l| run.plan.levels.get(l)).map(|l| l.value),
    })
}

/// The clerk's rule on a case.
///
/// # Errors
/// Where the case is beyond the clerk, or his plan does not pass the check.
pub fn clerks(path: &Path) -> Result<(), String> {
    let (case, read_seconds) = read(path)?;
    let start = Instant::now();
    let plan = clerk::plan(&case).map_err(|beyond| beyond.to_string())?;
    let seconds = start.elapsed().as_secs_f64();
    let report = check(&case, &plan);
    if !report.violations.is_empty() {
        return Err("the clerk's plan does not pass the check".to_owned());
    }
    let value = |term| level_of(&case, term).and_then(|l| report.levels.get(l)).map(|l| l.value);
    line(&End {
        end: "done".to_owned(),
        seconds,
        value: value(Term::Coverage),
        quota: value(Term::Quota),
        peak_mb: peak_memory().unwrap_or(0) >> 20,
        read_seconds,
        ..End::default()
    })
}

/// Writes the model of the coverage level of a case; levels above are held at what the first plan reaches.
///
/// # Errors
/// Where there is no plan or the model is too large for a file.
pub fn model(path: &Path, out: &Path) -> Result<(), String> {
    let (case, _) = read(path)?;
    let plan = Solver::new(&case).and_then(|solver| solver.plan()).map_err(|why| why.to_string())?;
    let text = mps(&case, &plan).map_err(|why| why.to_string())?;
    std::fs::write(out, text).map_err(|why| format!("{}: {why}", out.display()))
}

fn line<T: Serialize>(record: &T) -> Result<(), String> {
    println!("{}", serde_json::to_string(record).map_err(|why| why.to_string())?);
    Ok(())
}
