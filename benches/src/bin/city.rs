//! Writes a generated city: `cargo run --release -p sandan-benches --bin city -- --communities 30 --seed 1 --out FILE`.

use std::path::PathBuf;
use std::process::ExitCode;

use sandan::export::case::write_path;
use sandan::lists::Lang;
use sandan_benches::city::generate;
use sandan_benches::options;
use sandan_benches::run::told;

fn main() -> ExitCode {
    match write() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}\ncity --out FILE.json|FILE.xlsx|FOLDER\n{}\n{}", options::USAGE, options::names());
            ExitCode::FAILURE
        }
    }
}

fn write() -> Result<(), String> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (city, others) = options::city(words.iter().map(String::as_str))?;
    let ["--out", out] = others[..] else { return Err("`--out` is missing".to_owned()) };
    write_path(&PathBuf::from(out), &generate(&city), Lang::En).map_err(|p| told(&p))
}
