//! Writes a generated city: `cargo run --release -p sandan-benches --bin city -- --communities 30 --seed 1 --out FILE`.

use std::path::PathBuf;
use std::process::ExitCode;

use sandan::export::case::write_path;
use sandan::lists::Lang;
use sandan_benches::city::{City, Feature, Shape, Volunteers, generate};

const USAGE: &str = "\
city --out FILE.json|FILE.xlsx|FOLDER [--communities N] [--months N] [--seed N] [--volunteers teams|people] [--quota]
     [--with FEATURE,…] [--without FEATURE,…] [--shape SHAPE]";

fn main() -> ExitCode {
    match read(std::env::args().skip(1)) {
        Ok((city, out)) => match write_path(&out, &generate(&city), Lang::En) {
            Ok(()) => ExitCode::SUCCESS,
            Err(problems) => {
                for problem in &problems.list {
                    eprintln!("{}", problem.record(Lang::En).message);
                }
                ExitCode::FAILURE
            }
        },
        Err(why) => {
            let names: Vec<&str> = Feature::ALL.iter().map(|f| f.name()).collect();
            let shapes: Vec<&str> = Shape::ALL.iter().map(|s| s.name()).collect();
            eprintln!("{why}\n{USAGE}\nfeatures: {}\nshapes: {}", names.join(" "), shapes.join(" "));
            ExitCode::FAILURE
        }
    }
}

fn read(mut words: impl Iterator<Item = String>) -> Result<(City, PathBuf), String> {
    let (mut city, mut out) = (City::new(30, 1), None);
    while let Some(word) = words.next() {
        if word == "--quota" {
            city.quota = true;
            continue;
        }
        let value = words.next().ok_or_else(|| format!("`{word}` needs a value"))?;
        let number = || value.parse::<usize>().map_err(|_| format!("`{value}` is not a number"));
        match word.as_str() {
            "--communities" => city.communities = number()?,
            "--months" => city.months = number()?,
            "--seed" => city.seed = value.parse().map_err(|_| format!("`{value}` is not a number"))?,
            "--volunteers" if value == "teams" => city.volunteers = Volunteers::Teams,
            "--volunteers" if value == "people" => city.volunteers = Volunteers::People,
            "--with" => city.features.extend(features(&value)?),
            "--without" => {
                for feature in features(&value)? {
                    city.features.remove(&feature);
                }
            }
            "--shape" => {
                let shape = Shape::ALL.into_iter().find(|s| s.name() == value);
                city.shape = Some(shape.ok_or_else(|| format!("`{value}` is no shape"))?);
            }
            "--out" => out = Some(PathBuf::from(value)),
            _ => return Err(format!("`{word}` is not known")),
        }
    }
    Ok((city, out.ok_or("`--out` is missing")?))
}

fn features(names: &str) -> Result<Vec<Feature>, String> {
    let known = |name: &str| Feature::ALL.iter().copied().find(|f| f.name() == name);
    names.split(',').map(|name| known(name).ok_or_else(|| format!("`{name}` is no feature"))).collect()
}
