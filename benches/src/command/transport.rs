//! Plain transportation, ours and the peers', each in a process of its own:
//! `sandan-benches transport [--seed 1] [--seconds 600] [--people]`.
//!
//! Peers run from the virtual environment `target/peers` (see benches/README.md); without it only ours runs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use sandan::intake::understand;
use sandan_benches::run::{Limit, peak_memory, run, told};
use sandan_benches::transport::{generate, network};

/// `transport [--seed N] [--seconds N] [--people]`; `--people` adds the case with one row a person.
pub fn main(words: &[&str]) -> Result<(), String> {
    let (mut seed, mut seconds, mut people) = ("1", "600", false);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--people" => people = true,
            "--seed" => seed = words.next().ok_or("`--seed` needs a value")?,
            "--seconds" => seconds = words.next().ok_or("`--seconds` needs a value")?,
            _ => return Err(format!("`{word}` is not known")),
        }
    }
    all(seed, seconds, people)
}

/// Ours, in this process: with rows of people alike, or with one row a person (`people`).
pub fn alone(rows: &str, seed: &str, limit: Limit) -> Result<(), String> {
    let one_by_one = rows == "people";
    let sheets = generate(number(seed)?, one_by_one);
    let start = Instant::now();
    let case = understand(&sheets).map_err(|p| told(&p))?.case;
    drop(sheets);
    let read = start.elapsed().as_secs_f64();
    let run = run(&case, limit)?;
    let level = run.plan.levels.first().ok_or("a plan has a level")?;
    let name = if one_by_one { "sandan, person by person" } else { "sandan" };
    let memory = peak_memory().unwrap_or(0) / (1 << 20);
    let time = run.time.as_secs_f64();
    println!("| {name} | {} | {} | {read:.2} | {time:.2} | {memory} |", level.value, level.bound);
    Ok(())
}

/// Ours and the peers, one after the other.
fn all(seed: &str, seconds: &str, people: bool) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file: PathBuf = std::env::temp_dir().join(format!("sandan-transport-{}.bin", std::process::id()));
    let case = understand(&generate(number(seed)?, false)).map_err(|p| told(&p))?.case;
    let network = network(&case);
    println!("{} rows, {} sessions, {} arcs", network.people.len(), network.seats.len(), network.arcs.len());
    println!("| solver | value | bound | read or build, s | solve, s | peak, MB |\n|---|---|---|---|---|---|");
    network.write(&file).map_err(|e| e.to_string())?;
    let me = std::env::current_exe().map_err(|e| e.to_string())?;
    for rows in ["classes", "people"].into_iter().take(if people { 2 } else { 1 }) {
        let status = Command::new(&me).args(["alone", "transport", rows, seed, seconds]).status();
        status.map_err(|e| e.to_string())?;
    }
    let python = root.join("../target/peers/bin/python");
    for peer in ["flow_lemon.py", "flow_ortools.py"] {
        let script = root.join("peers").join(peer);
        if let Err(why) = Command::new(&python).arg(script).arg(&file).status() {
            eprintln!("{peer}: {why}");
        }
    }
    std::fs::remove_file(&file).map_err(|e| e.to_string())
}

fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("`{text}` is no number"))
}
