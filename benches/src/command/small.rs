//! Small cases: how many of so many are proven optimal within a second?
//! `sandan-benches small [--count 60 --seconds 10]`.

use sandan::intake::understand;
use sandan::plan::Status;
use sandan_benches::city::{City, Feature, generate};
use sandan_benches::options;
use sandan_benches::run::{Limit, run, told};

/// Rows of the three lists that a small case has at most.
const ROWS: usize = 200;
/// Horizons, in turn.
const MONTHS: [usize; 4] = [1, 3, 6, 12];

/// `small [--count N] [--seconds N]`.
pub fn main(words: &[&str]) -> Result<(), String> {
    let (mut count, mut seconds) = (60u64, 10.0);
    for pair in words.chunks(2) {
        let [word, value] = pair else { return Err(format!("`{}` needs a value", pair[0])) };
        let wrong = || format!("`{value}` is no value of `{word}`");
        match *word {
            "--count" => count = value.parse().map_err(|_| wrong())?,
            "--seconds" => seconds = value.parse().map_err(|_| wrong())?,
            _ => return Err(format!("`{word}` is not known")),
        }
    }
    let (mut at_once, mut proven, mut within) = (0u64, 0u64, 0u64);
    println!("| case | rows | months | status | seconds | gaps by level, ppm |\n|---|---|---|---|---|---|");
    for seed in 0..count {
        let city = small(seed);
        let sheets = generate(&city);
        let case = understand(&sheets).map_err(|p| told(&p))?.case;
        let rows = case.needs.len() + case.projects.len() + case.resources.len();
        if rows > ROWS {
            return Err(format!("the case of seed {seed} has {rows} rows"));
        }
        let run = run(&case, Limit { seconds: Some(seconds), steps: None })?;
        let time = run.time.as_secs_f64();
        let optimal = run.plan.status == Status::Optimal;
        at_once += u64::from(optimal && time <= 1.0);
        proven += u64::from(optimal);
        within += u64::from(run.plan.status == Status::WithinGap);
        let gaps: Vec<String> = run.plan.levels.iter().map(|l| l.gap_ppm.to_string()).collect();
        let (name, status) = (options::name(&city), run.plan.status);
        println!(
            "| {name}, {} | {rows} | {} | {status:?} | {time:.2} | {} |",
            city.communities,
            city.months,
            gaps.join(" ")
        );
    }
    println!("\nof {count}: optimal in a second {at_once}, optimal {proven}, within the gap {within}");
    Ok(())
}

/// One or two communities, some months, one feature more or less than usual.
fn small(seed: u64) -> City {
    let mut city = City::new(1 + (seed % 2) as usize, seed);
    city.months = MONTHS[(seed / 2) as usize % MONTHS.len()];
    let feature = Feature::ALL[seed as usize % Feature::ALL.len()];
    if !city.features.remove(&feature) {
        city.features.insert(feature);
    }
    // A gap of nothing is asked for: proven optimal is what is counted.
    city.gap = Some("0".to_owned());
    city
}
