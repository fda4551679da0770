//! What a clerk's rule gives for a case: `sandan-benches clerk CASE …`.

use std::path::Path;

use sandan::check::check;
use sandan::intake::sheets::read_path;
use sandan::lists::Lang;
use sandan_benches::clerk::plan;
use sandan_benches::run::told;

/// `clerk CASE …`.
pub fn main(words: &[&str]) -> Result<(), String> {
    for word in words {
        println!("{word}: {}", run(Path::new(word)).map_err(|why| format!("{word}: {why}"))?);
    }
    Ok(())
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
