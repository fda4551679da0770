//! Ours, HiGHS, CP-SAT and a clerk side by side:
//! `sandan-benches compare --sizes 10,30 --seeds 1,2,3 --seconds 300`.

use std::path::{Path, PathBuf};

use sandan_benches::city::City;
use sandan_benches::compare::{Allowance, Solver, Trace, by_size, compare, over_time, table};
use sandan_benches::options;

const USAGE: &str = "\
compare [--sizes N,…] [--seeds N,…] [--seconds N] [--threads N] [--gigabytes N] [--solvers sandan,highs,cpsat,clerk]
        [--out FOLDER] [--add] [--each features|shapes] [any option of `city` but size, seed and --out]
compare --show FOLDER      table and plots of what was measured before";

/// `compare …`, or `compare --show FOLDER`.
pub fn main(words: &[&str]) -> Result<(), String> {
    match words {
        ["--show", folder] => read(Path::new(folder)).and_then(|traces| show(Path::new(folder), &traces)),
        _ => measure(words).map_err(|why| format!("{why}\n{USAGE}\n{}\n{}", options::USAGE, options::names())),
    }
}

fn measure(words: &[&str]) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut sizes, mut seeds, mut solvers) = (vec![10usize, 30], vec![1u64, 2, 3], Solver::ALL.to_vec());
    let mut allowed = Allowance { seconds: 300.0, threads: 2, gigabytes: 8.0, folder: root.join("../target/compare") };
    let (mut add, mut each) = (false, String::new());
    let mut rest = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if *word == "--add" {
            add = true;
            continue;
        }
        if !["--sizes", "--seeds", "--seconds", "--threads", "--gigabytes", "--solvers", "--out", "--each"]
            .contains(word)
        {
            rest.push((*word).to_owned());
            continue;
        }
        let value = words.next().ok_or_else(|| format!("`{word}` needs a value"))?;
        let wrong = || format!("`{value}` is no value of `{word}`");
        match *word {
            "--sizes" => sizes = options::numbers(value).ok_or_else(wrong)?,
            "--seeds" => seeds = options::numbers(value).ok_or_else(wrong)?,
            "--seconds" => allowed.seconds = value.parse().map_err(|_| wrong())?,
            "--threads" => allowed.threads = value.parse().map_err(|_| wrong())?,
            "--gigabytes" => allowed.gigabytes = value.parse().map_err(|_| wrong())?,
            "--each" if ["features", "shapes"].contains(value) => each = (*value).to_owned(),
            "--each" => return Err(wrong()),
            "--out" => allowed.folder = PathBuf::from(value),
            _ => {
                let known = |name: &str| Solver::ALL.into_iter().find(|s| s.name() == name);
                solvers = value.split(',').map(known).collect::<Option<_>>().ok_or_else(wrong)?;
            }
        }
    }
    let (city, others) = options::city(rest.iter().map(String::as_str))?;
    if let Some(other) = others.first() {
        return Err(format!("`{other}` is not known"));
    }
    let cities = options::each(&city, &each);
    let mut traces = if add { read(&allowed.folder)? } else { Vec::new() };
    for (&communities, city) in sizes.iter().flat_map(|size| cities.iter().map(move |city| (size, city))) {
        let name = options::name(city);
        for &seed in &seeds {
            let city = City { communities, seed, ..city.clone() };
            let found = compare(&city, &name, &solvers, &allowed)?;
            for trace in &found {
                let value = trace.end.value.map_or("–".to_owned(), |v| v.to_string());
                eprintln!("{name} {communities} seed {seed} {}: {value} in {:.1} s", trace.solver, trace.end.seconds);
            }
            // What is measured again replaces what was measured before.
            let key = |t: &Trace| (t.case.clone(), t.size, t.seed, t.solver.clone());
            traces.retain(|old: &Trace| !found.iter().any(|new| key(new) == key(old)));
            traces.extend(found);
            write(&allowed.folder, &traces)?;
        }
    }
    show(&allowed.folder, &traces)
}

/// Writes what was measured, one record a line.
fn write(folder: &Path, traces: &[Trace]) -> Result<(), String> {
    let lines: Vec<String> =
        traces.iter().map(serde_json::to_string).collect::<Result<_, _>>().map_err(|why| why.to_string())?;
    std::fs::write(folder.join("traces.jsonl"), lines.join("\n") + "\n").map_err(|why| why.to_string())
}

fn read(folder: &Path) -> Result<Vec<Trace>, String> {
    let file = folder.join("traces.jsonl");
    let text = std::fs::read_to_string(&file).map_err(|why| format!("{}: {why}", file.display()))?;
    text.lines().map(|line| serde_json::from_str(line).map_err(|why| format!("{}: {why}", file.display()))).collect()
}

/// Prints the table and writes the plots.
fn show(folder: &Path, traces: &[Trace]) -> Result<(), String> {
    println!("{}", table(traces));
    let seed = traces.iter().map(|t| t.seed).min().unwrap_or(1);
    for (name, svg) in [("sizes.svg", by_size(traces)), ("time.svg", over_time(traces, seed))] {
        std::fs::write(folder.join(name), svg).map_err(|why| why.to_string())?;
    }
    Ok(())
}
