//! Plain transportation, ours and the peers', each in a process of its own:
//! `cargo run --release -p sandan-benches --bin transport [-- --seed 1 --seconds 600 --people]`.
//!
//! Peers run from the virtual environment `target/peers` (see benches/README.md); without it only ours runs.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use sandan::intake::understand;
use sandan_benches::run::{Limit, peak_memory, run, told};
use sandan_benches::transport::{generate, network};

#[derive(Default)]
struct Wish {
    seed: u64,
    limit: Limit,
    people: bool,
    alone: Option<String>,
}

fn main() -> ExitCode {
    let done = read(std::env::args().skip(1)).and_then(|wish| match wish.alone.as_deref() {
        Some(rows) => alone(&wish, rows == "people"),
        None => all(&wish),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn read(mut words: impl Iterator<Item = String>) -> Result<Wish, String> {
    let mut wish = Wish { seed: 1, ..Wish::default() };
    while let Some(word) = words.next() {
        if word == "--people" {
            wish.people = true;
            continue;
        }
        let value = words.next().ok_or_else(|| format!("`{word}` needs a value"))?;
        let wrong = || format!("`{value}` is no value of `{word}`");
        match word.as_str() {
            "--seed" => wish.seed = value.parse().map_err(|_| wrong())?,
            "--seconds" => wish.limit.seconds = Some(value.parse().map_err(|_| wrong())?),
            "--alone" => wish.alone = Some(value),
            _ => return Err(format!("`{word}` is not known")),
        }
    }
    Ok(wish)
}

/// Ours, in this process.
fn alone(wish: &Wish, one_by_one: bool) -> Result<(), String> {
    let start = Instant::now();
    let case = understand(&generate(wish.seed, one_by_one)).map_err(|p| told(&p))?.case;
    let read = start.elapsed().as_secs_f64();
    let run = run(&case, wish.limit)?;
    let level = run.plan.levels.first().ok_or("a plan has a level")?;
    let name = if one_by_one { "sandan, person by person" } else { "sandan" };
    let memory = peak_memory().unwrap_or(0) / (1 << 20);
    let time = run.time.as_secs_f64();
    println!("| {name} | {} | {} | {read:.2} | {time:.2} | {memory} |", level.value, level.bound);
    Ok(())
}

/// Ours and the peers, one after the other.
fn all(wish: &Wish) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file: PathBuf = std::env::temp_dir().join(format!("sandan-transport-{}.bin", std::process::id()));
    let case = understand(&generate(wish.seed, false)).map_err(|p| told(&p))?.case;
    let network = network(&case);
    println!("{} rows, {} sessions, {} arcs", network.people.len(), network.seats.len(), network.arcs.len());
    println!("| solver | value | bound | read or build, s | solve, s | peak, MB |\n|---|---|---|---|---|---|");
    network.write(&file).map_err(|e| e.to_string())?;
    let me = std::env::current_exe().map_err(|e| e.to_string())?;
    for rows in if wish.people { vec!["classes", "people"] } else { vec!["classes"] } {
        let mut ours = Command::new(&me);
        ours.args(["--alone", rows, "--seed", &wish.seed.to_string()]);
        if let Some(seconds) = wish.limit.seconds {
            ours.args(["--seconds", &seconds.to_string()]);
        }
        ours.status().map_err(|e| e.to_string())?;
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
