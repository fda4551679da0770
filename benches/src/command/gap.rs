//! Generalized assignment: `sandan-benches gap [NAME …] [--seconds 60] [--steps N]`.
//!
//! A NAME picks every public instance that begins with it (`gap1-`, `c`, `d20200`); none picks all. `--made d --agents 40
//! --jobs 400 [--seed 1]` draws one of a class instead.

use std::path::Path;

use sandan::intake::understand;
use sandan_benches::gap::{Class, Instance, known, make, read};
use sandan_benches::run::{Limit, run, told};

#[derive(Default)]
struct Wish {
    names: Vec<String>,
    limit: Limit,
    made: Option<Class>,
    agents: usize,
    jobs: usize,
    seed: u64,
}

/// `gap [NAME …] [--seconds N] [--steps N] [--made CLASS --agents N --jobs N --seed N]`.
pub fn main(words: &[&str]) -> Result<(), String> {
    measure(&read_words(words)?)
}

fn read_words(words: &[&str]) -> Result<Wish, String> {
    let mut wish = Wish { agents: 40, jobs: 400, seed: 1, ..Wish::default() };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if !word.starts_with("--") {
            wish.names.push((*word).to_owned());
            continue;
        }
        let value = words.next().ok_or_else(|| format!("`{word}` needs a value"))?;
        let wrong = || format!("`{value}` is no value of `{word}`");
        match *word {
            "--seconds" => wish.limit.seconds = Some(value.parse().map_err(|_| wrong())?),
            "--steps" => wish.limit.steps = Some(value.parse().map_err(|_| wrong())?),
            "--made" => wish.made = Some(Class::of(value).ok_or_else(wrong)?),
            "--agents" => wish.agents = value.parse().map_err(|_| wrong())?,
            "--jobs" => wish.jobs = value.parse().map_err(|_| wrong())?,
            "--seed" => wish.seed = value.parse().map_err(|_| wrong())?,
            _ => return Err(format!("`{word}` is not known")),
        }
    }
    Ok(wish)
}

fn measure(wish: &Wish) -> Result<(), String> {
    println!("| instance | agents × jobs | cost | our bound | known bound | best known | over it | steps | seconds |");
    println!("|---|---|---|---|---|---|---|---|---|");
    if let Some(class) = wish.made {
        let instance = make(class, wish.agents, wish.jobs, wish.seed);
        return line("made", &instance, wish.limit, None);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("gap");
    for known in known(&folder)? {
        let picked = wish.names.is_empty() || wish.names.iter().any(|name| known.name().starts_with(name.as_str()));
        if picked {
            let instance = read(&folder.join(&known.path))?;
            line(known.name(), &instance, wish.limit, Some((known.optimum.unwrap_or(known.bound), known.best)))?;
        }
    }
    Ok(())
}

/// Solves one instance and prints its row.
fn line(name: &str, instance: &Instance, limit: Limit, known: Option<(i64, i64)>) -> Result<(), String> {
    let case = understand(&instance.case()).map_err(|p| told(&p))?.case;
    let run = run(&case, limit)?;
    let [must, quality] = &run.plan.levels[..] else { return Err("a plan has two levels here".to_owned()) };
    let cost = instance.cost_of(quality.value);
    // With jobs left over the value is no cost; a bound on it holds for the jobs that the first level could place.
    let (cost, bound) = if must.value < 0 {
        (format!("{} jobs left over", -must.value), "–".to_owned())
    } else {
        (cost.to_string(), instance.cost_of(quality.bound).to_string())
    };
    let distance = |best: i64| 100.0 * (instance.cost_of(quality.value) - best) as f64 / best.max(1) as f64;
    let (theirs, best, over) = match known {
        Some((bound, best)) if must.value == 0 => {
            (bound.to_string(), best.to_string(), format!("{:.3} %", distance(best)))
        }
        Some((bound, best)) => (bound.to_string(), best.to_string(), "–".to_owned()),
        None => ("–".to_owned(), "–".to_owned(), "–".to_owned()),
    };
    let size = format!("{} × {}", instance.agents(), instance.jobs());
    let (steps, seconds) = (run.steps, run.time.as_secs_f64());
    println!("| {name} | {size} | {cost} | {bound} | {theirs} | {best} | {over} | {steps} | {seconds:.2} |");
    Ok(())
}
