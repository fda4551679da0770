//! Solves many cases in one process: one `{"id": …, "case": {…}}` a line in, one `{"id": …, "plan": {…}}` (or `"error"`)
//! a line out.
//!
//! `cargo run --release --example batch < cases.jsonl > plans.jsonl`

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use sandan::intake::sheets::from_json;
use sandan::lists::Lang;
use sandan::problem::Problems;
use sandan::{Flow, NoPlan, solve};
use serde_json::{Value, json};

fn main() -> ExitCode {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let answer = line.map(|line| answer(&line));
        let written = answer.and_then(|answer| writeln!(out, "{answer}"));
        if let Err(error) = written {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn answer(line: &str) -> Value {
    let Ok(task) = serde_json::from_str::<Value>(line) else {
        return json!({"error": "not a line of JSON"});
    };
    let id = task["id"].clone();
    let case = match from_json(&task["case"].to_string()).understand() {
        Ok(intake) => intake.case,
        Err(problems) => return json!({"id": id, "error": "problems", "problems": records(&problems)}),
    };
    match solve(&case, &mut |_| Flow::Continue) {
        Ok(plan) => match serde_json::from_str::<Value>(&plan.to_json()) {
            Ok(plan) => json!({"id": id, "plan": plan}),
            Err(error) => json!({"id": id, "error": error.to_string()}),
        },
        Err(NoPlan::Problems(problems)) => json!({"id": id, "error": "infeasible", "problems": records(&problems)}),
        Err(NoPlan::Unknown) => json!({"id": id, "error": "unknown"}),
        Err(NoPlan::Fault(what)) => json!({"id": id, "error": format!("fault: {what}")}),
    }
}

fn records(problems: &Problems) -> Value {
    problems.list.iter().filter(|p| p.is_error()).map(|p| json!(p.record(Lang::En))).collect()
}
