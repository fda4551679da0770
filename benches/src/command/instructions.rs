//! Instructions that fixed pieces of work take on one thread, counted by callgrind: `sandan-benches instructions [--write]`.
//!
//! Counts are the same run after run and nearly the same on every machine, so they show what a change costs where times
//! would only show the weather. They are compared with those in `benches/instructions.tsv`; `--write` renews that file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use sandan::check::check;
use sandan::intake::{Sheets, understand};
use sandan::lists::Case;
use sandan_benches::city::{City, generate};
use sandan_benches::clerk;
use sandan_benches::gap::read;
use sandan_benches::run::{Limit, run, told};

/// Instructions in excess of what was noted, in per cent, that fail a run.
const TOLERANCE_PERCENT: u64 = 10;

/// The pieces of work.
const WORK: [(&str, Work); 5] = [
    ("read 10 communities", || case(&generate(&City::new(10, 1))).map(drop)),
    ("check a clerk's plan of 10 communities", checked),
    ("solve 1 community of 3 months", || steps(&City { months: 3, ..City::new(1, 1) }, 2_000)),
    ("solve 3 communities, 500 steps", || steps(&City::new(3, 1), 500)),
    ("solve gap1-0", assigned),
];

type Work = fn() -> Result<(), String>;

/// `instructions [--write]`.
pub fn main(words: &[&str]) -> Result<(), String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.tsv");
    let noted = noted(&std::fs::read_to_string(&file).unwrap_or_default());
    let mut now = BTreeMap::new();
    let mut worse = Vec::new();
    println!("| work | instructions, million | noted | ratio |\n|---|---|---|---|");
    for (name, _) in WORK {
        let count = count(name)?;
        let million = |count: u64| format!("{:.1}", count as f64 / 1e6);
        let before = noted.get(name).copied();
        let ratio = before.map_or("–".to_owned(), |b| format!("{:.3}", count as f64 / b.max(1) as f64));
        println!("| {name} | {} | {} | {ratio} |", million(count), before.map_or("–".to_owned(), million));
        if before.is_some_and(|b| count > b + b / 100 * TOLERANCE_PERCENT) {
            worse.push(name);
        }
        now.insert(name, count);
    }
    if words == ["--write"] {
        let lines: Vec<String> = now.iter().map(|(name, count)| format!("{name}\t{count}\n")).collect();
        return std::fs::write(&file, lines.concat()).map_err(|why| format!("{}: {why}", file.display()));
    }
    if worse.is_empty() {
        Ok(())
    } else {
        Err(format!("over {TOLERANCE_PERCENT} % more than noted: {}", worse.join(", ")))
    }
}

/// Does a piece of work; this is what callgrind looks at.
pub fn alone(name: &str) -> Result<(), String> {
    let work = WORK.iter().find(|w| w.0 == name).ok_or_else(|| format!("`{name}` is no work"))?;
    work.1()
}

/// Instructions of a piece of work in a process of its own.
fn count(name: &str) -> Result<u64, String> {
    let me = std::env::current_exe().map_err(|why| why.to_string())?;
    let out: PathBuf = std::env::temp_dir().join(format!("sandan-callgrind-{}", std::process::id()));
    let mut callgrind = Command::new("valgrind");
    callgrind.arg("--tool=callgrind").arg(format!("--callgrind-out-file={}", out.display())).arg(me);
    callgrind.args(["alone", "work", name]).env("RAYON_NUM_THREADS", "1");
    let output = callgrind.output().map_err(|why| format!("valgrind: {why}"))?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let _ = std::fs::remove_file(&out);
    // ==1234== Collected : 5678
    let collected = told.lines().find_map(|line| line.split_once("Collected :"));
    let number = collected.and_then(|(_, number)| number.trim().parse().ok());
    match number {
        Some(number) if output.status.success() => Ok(number),
        _ => Err(format!("callgrind of `{name}` failed:\n{told}")),
    }
}

fn noted(text: &str) -> BTreeMap<String, u64> {
    let row = |line: &str| line.split_once('\t').and_then(|(name, count)| Some((name.to_owned(), count.parse().ok()?)));
    text.lines().filter_map(row).collect()
}

fn case(sheets: &Sheets) -> Result<Case, String> {
    Ok(understand(sheets).map_err(|p| told(&p))?.case)
}

fn checked() -> Result<(), String> {
    let case = case(&generate(&City::new(10, 1)))?;
    let plan = clerk::plan(&case).map_err(|beyond| beyond.to_string())?;
    let found = check(&case, &plan).violations.len();
    if found == 0 { Ok(()) } else { Err(format!("{found} violations")) }
}

fn steps(city: &City, steps: u64) -> Result<(), String> {
    run(&case(&generate(city))?, Limit { seconds: None, steps: Some(steps) }).map(drop)
}

fn assigned() -> Result<(), String> {
    let instance = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("gap/cattrysse1994/gap1-0"))?;
    run(&case(&instance.case())?, Limit { seconds: None, steps: Some(2_000) }).map(drop)
}
