//! What a clerk's rule gives for a case: `cargo run --release -p sandan-benches --bin clerk -- CASE …`.

use std::path::Path;
use std::process::ExitCode;

use sandan::check::check;
use sandan::intake::sheets::read_path;
use sandan::lists::Lang;
use sandan_benches::clerk::plan;
use sandan_benches::run::told;

fn main() -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for path in std::env::args_os().skip(1) {
        let path = Path::new(&path);
        match run(path) {
            Ok(line) => println!("{}: {line}", path.display()),
            Err(why) => {
                eprintln!("{}: {why}", path.display());
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}

fn run(path: &Path) -> Result<String, String> {
    let case = read_path(path).understand().map_err(|p| told(&p))?.case;
    let plan = plan(&case).map_err(|beyond| beyond.to_string())?;
    let report = check(&case, &plan);
    if let Some(violation) = report.violations.first() {
        return Err(format!("the clerk breaks a rule: {}", violation.message(Lang::En)));
    }
    let values: Vec<String> = report.levels.iter().map(|l| l.value.to_string()).collect();
    Ok(format!("{} sessions, levels {}", plan.sessions.len(), values.join(" ")))
}
