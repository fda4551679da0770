//! Ours, HiGHS, CP-SAT and a clerk on the same generated cases, one after the other, each in a process of its own.
//!
//! Ours reads the lists; the peers read the exported model of the coverage level, whose optimum is the best value that
//! the level can have. Clocks start when the solver starts: reading and parsing is not counted against anybody.

pub mod alone;
mod plot;
mod table;
mod trace;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sandan::export::case::write_path;
use sandan::lists::Lang;

use crate::city::{City, generate};
use crate::run::told;

pub use plot::{by_size, over_time};
pub use table::table;
pub use trace::{End, Moment, Trace};

/// Who takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Solver {
    /// Our engine.
    Sandan,
    /// HiGHS from its wheel.
    Highs,
    /// CP-SAT from the wheel of OR-Tools.
    Cpsat,
    /// The rule of a clerk.
    Clerk,
}

impl Solver {
    /// Everybody, in the order of the tables.
    pub const ALL: [Solver; 4] = [Solver::Sandan, Solver::Highs, Solver::Cpsat, Solver::Clerk];

    /// The name on the command line and in records.
    pub fn name(self) -> &'static str {
        match self {
            Solver::Sandan => "sandan",
            Solver::Highs => "highs",
            Solver::Cpsat => "cpsat",
            Solver::Clerk => "clerk",
        }
    }
}

/// What every process is allowed.
#[derive(Clone, Debug)]
pub struct Allowance {
    /// Seconds of solving.
    pub seconds: f64,
    /// Threads of the peers (ours takes the setting of the case, by default every core).
    pub threads: usize,
    /// Memory of the peers.
    pub gigabytes: f64,
    /// The folder for cases and models; kept.
    pub folder: PathBuf,
}

/// Runs solvers on a city, one after the other.
///
/// # Errors
/// Where the case or its model cannot be written; a process that fails, or cannot be started, is a result.
pub fn compare(city: &City, name: &str, solvers: &[Solver], allowed: &Allowance) -> Result<Vec<Trace>, String> {
    std::fs::create_dir_all(&allowed.folder).map_err(|why| why.to_string())?;
    let stem = format!("{name}-{}-{}", city.communities, city.seed);
    let case = allowed.folder.join(format!("{stem}.json"));
    write_path(&case, &generate(city), Lang::En).map_err(|p| told(&p))?;
    let model = allowed.folder.join(format!("{stem}.mps"));
    let peers = solvers.iter().any(|s| matches!(s, Solver::Highs | Solver::Cpsat));
    let no_model = if peers { failure(&own(&["alone", "model", path(&case)?, path(&model)?])?) } else { None };
    let mut traces = Vec::new();
    for &solver in solvers {
        let mut trace = Trace {
            solver: solver.name().to_owned(),
            case: name.to_owned(),
            size: city.communities,
            seed: city.seed,
            ..Trace::default()
        };
        match (solver, &no_model) {
            (Solver::Highs | Solver::Cpsat, Some(why)) => trace.end.end.clone_from(why),
            _ => match run(solver, &case, &model, allowed) {
                Ok(output) => {
                    let why = failure(&output).unwrap_or_default();
                    trace.hear(&String::from_utf8_lossy(&output.stdout), &why);
                }
                Err(why) => trace.end.end = why,
            },
        }
        traces.push(trace);
    }
    Ok(traces)
}

fn run(solver: Solver, case: &Path, model: &Path, allowed: &Allowance) -> Result<Output, String> {
    let seconds = allowed.seconds.to_string();
    let script = match solver {
        Solver::Sandan => return own(&["alone", "ours", path(case)?, &seconds]),
        Solver::Clerk => return own(&["alone", "clerk", path(case)?]),
        Solver::Highs => "highs.py",
        Solver::Cpsat => "cpsat.py",
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut process = Command::new(root.join("../target/peers/bin/python"));
    process.arg(root.join("peers").join(script)).arg(model).args(["--seconds", &seconds]);
    process.args(["--threads", &allowed.threads.to_string(), "--gigabytes", &allowed.gigabytes.to_string()]);
    process.output().map_err(|why| format!("{script}: {why}; see benches/README.md for what it needs"))
}

/// This program again, in a process of its own.
fn own(words: &[&str]) -> Result<Output, String> {
    let me = std::env::current_exe().map_err(|why| why.to_string())?;
    Command::new(me).args(words).output().map_err(|why| why.to_string())
}

/// Why a process failed: the last line that it wrote about it; nothing where it did not.
fn failure(output: &Output) -> Option<String> {
    if output.status.success() {
        return None;
    }
    let told = String::from_utf8_lossy(&output.stderr);
    let last = told.lines().rfind(|line| !line.trim().is_empty());
    Some(last.map_or_else(|| output.status.to_string(), |line| line.trim().to_owned()))
}

fn path(path: &Path) -> Result<&str, String> {
    path.to_str().ok_or_else(|| format!("{} is no UTF-8", path.display()))
}
