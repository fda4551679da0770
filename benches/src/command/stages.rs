//! What a run does and how long each stage takes: `sandan-benches [stages] [CASE …]`.
//!
//! Counts of work are the same on every machine; times are those of this one, so they are also given as multiples of
//! the first stage (reading and understanding the lists).

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sandan::check::check;
use sandan::intake::sheets::read_path;
use sandan::plan::Plan;
use sandan::{Phase, Solver};
use sandan_benches::run::told;

/// Steps between two looks at the clock.
const STEPS: u64 = 256;

/// `stages [CASE …]`; without a case, the bundled ones.
pub fn main(words: &[&str]) -> Result<(), String> {
    let given: Vec<PathBuf> = words.iter().map(PathBuf::from).collect();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let cases = if given.is_empty() { vec![examples.join("dachang"), examples.join("guigang")] } else { given };
    for path in &cases {
        println!("{}", path.file_name().unwrap_or(path.as_os_str()).to_string_lossy());
        print(&measure(path).map_err(|why| format!("{}: {why}", path.display()))?);
        println!();
    }
    Ok(())
}

/// One run of a case.
struct Run {
    lists: [(&'static str, usize); 3],
    stages: [(&'static str, Duration); 5],
    plan: Plan,
}

/// Runs every stage once.
fn measure(path: &Path) -> Result<Run, String> {
    let start = Instant::now();
    let case = read_path(path).understand().map_err(|p| told(&p))?.case;
    let intake = start.elapsed();

    let start = Instant::now();
    let mut solver = Solver::new(&case).map_err(|why| why.to_string())?;
    let construct = start.elapsed();

    let start = Instant::now();
    while solver.step(STEPS).phase != Phase::Done {}
    let search = start.elapsed();

    let start = Instant::now();
    let plan = solver.plan().map_err(|why| why.to_string())?;
    let read_back = start.elapsed();

    let start = Instant::now();
    let report = check(&case, &plan);
    let checked = start.elapsed();
    if !report.violations.is_empty() || !report.differences.is_empty() {
        return Err("the plan does not pass the check".to_owned());
    }
    Ok(Run {
        lists: [("needs", case.needs.len()), ("projects", case.projects.len()), ("resources", case.resources.len())],
        stages: [
            ("read and understand", intake),
            ("compile, first plan", construct),
            ("search", search),
            ("read back and check", read_back),
            ("check once more", checked),
        ],
        plan,
    })
}

fn print(run: &Run) {
    for (name, rows) in run.lists {
        println!("  {name:<22}{rows:>16}");
    }
    println!("  {:<22}{:>16}", "sessions", run.plan.sessions.len());
    for (name, count) in &run.plan.stats {
        println!("  {name:<22}{count:>16}");
    }
    println!("  {:<22}{:>16}{:>16}{:>12}", "level", "value", "bound", "gap ppm");
    for level in &run.plan.levels {
        let terms: Vec<&str> = level.terms.keys().map(String::as_str).collect();
        let name = if terms.len() > 1 { format!("{} terms", terms.len()) } else { terms.concat() };
        println!("  {name:<22}{:>16}{:>16}{:>12}", level.value, level.bound, level.gap_ppm);
    }
    println!("  {:<22}{:>16}{:>16}", "stage", "ms", "× the first");
    let first = run.stages[0].1.as_secs_f64().max(1e-9);
    for (name, time) in run.stages {
        let seconds = time.as_secs_f64();
        println!("  {name:<22}{:>16.1}{:>16.1}", seconds * 1000.0, seconds / first);
    }
}
