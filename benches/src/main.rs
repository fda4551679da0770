//! Measures: `cargo run --release -p sandan-benches -- COMMAND …`; see benches/README.md.
//!
//! One program for all commands, since each link with the whole library costs more than most measurements.

mod command {
    pub mod clerk;
    pub mod compare;
    pub mod gap;
    pub mod instructions;
    pub mod small;
    pub mod stages;
    pub mod transport;
}

use std::path::Path;
use std::process::ExitCode;

use command::{clerk, compare, gap, instructions, small, stages, transport};
use sandan_benches::compare::alone;
use sandan_benches::run::Limit;

const USAGE: &str = "\
sandan-benches [stages] [CASE …]     what a run does and how long its stages take
sandan-benches compare …             ours, HiGHS, CP-SAT and a clerk on generated cities
sandan-benches small …               how many small cases are proven optimal within a second
sandan-benches gap …                 generalized assignment
sandan-benches transport …           plain transportation beside two flow solvers
sandan-benches instructions …        what fixed pieces of work cost, counted by callgrind
sandan-benches clerk CASE …          what a clerk's rule gives
(cities are written by `--bin city`)";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match &words[..] {
        ["compare", rest @ ..] => compare::main(rest),
        ["small", rest @ ..] => small::main(rest),
        ["gap", rest @ ..] => gap::main(rest),
        ["instructions", rest @ ..] => instructions::main(rest),
        ["transport", rest @ ..] => transport::main(rest),
        ["clerk", rest @ ..] => clerk::main(rest),
        ["alone", rest @ ..] => in_own_process(rest),
        ["--help" | "help", ..] => {
            println!("{USAGE}");
            Ok(())
        }
        ["stages", rest @ ..] | rest => stages::main(rest),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// What the other commands start in a process of its own.
fn in_own_process(words: &[&str]) -> Result<(), String> {
    let limit = |seconds: &str| match seconds.parse() {
        Ok(seconds) => Ok(Limit { seconds: Some(seconds), steps: None }),
        Err(_) => Err(format!("`{seconds}` is no number")),
    };
    match words {
        ["ours", case, seconds] => alone::ours(Path::new(case), limit(seconds)?),
        ["clerk", case] => alone::clerks(Path::new(case)),
        ["model", case, out] => alone::model(Path::new(case), Path::new(out)),
        ["work", name] => instructions::alone(name),
        ["transport", rows, seed, seconds] => transport::alone(rows, seed, limit(seconds)?),
        _ => Err(USAGE.to_owned()),
    }
}
