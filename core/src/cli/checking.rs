use std::path::Path;

use serde::Serialize;

use super::args::{CheckArgs, gap_ppm};
use super::exit::Exit;
use super::source::{bytes_of, case, of_file, refuse_one};
use super::voice::Voice;
use crate::check::{Report, check};
use crate::export::{describe_level, describe_units};
use crate::lists::{Case, Lang};
use crate::plan::{FORMAT, Plan};
use crate::problem::Code;

/// `sandan check`.
pub(super) fn run(voice: Voice, args: &CheckArgs) -> Result<(), Exit> {
    let mut intake = case(voice, &args.input)?;
    let plan = plan_of(voice, &args.plan, &intake.case)?;
    // The gap that a plan was asked for is what its status is to be measured by.
    if let Some(gap) = plan.settings.get("gap").and_then(|text| gap_ppm(text).ok()) {
        intake.case.settings.gap_ppm = gap;
    }
    let report = check(&intake.case, &plan);
    if voice.json {
        voice.json_list(&findings(voice, &report));
    }
    voice.result(&verdict(voice, &intake.case, &plan, &report));
    if report.violations.is_empty() && report.differences.is_empty() { Ok(()) } else { Err(Exit::Violations) }
}

/// A plan as JSON, or from a workbook that was edited by hand; the contents decide.
pub(super) fn plan_of(voice: Voice, path: &Path, case: &Case) -> Result<Plan, Exit> {
    let bytes = bytes_of(voice, path)?;
    if bytes.starts_with(b"PK") {
        return from_workbook(voice, path, &bytes, case);
    }
    from_json(voice, path, &bytes)
}

/// A plan as JSON.
pub(super) fn plan_document(voice: Voice, path: &Path) -> Result<Plan, Exit> {
    from_json(voice, path, &bytes_of(voice, path)?)
}

fn from_json(voice: Voice, path: &Path, bytes: &[u8]) -> Result<Plan, Exit> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(refuse_one(voice, of_file(Code::FormUnknown, path, &[])));
    };
    match Plan::from_json(text.strip_prefix('\u{feff}').unwrap_or(text)) {
        Ok(plan) if plan.format == FORMAT => Ok(plan),
        Ok(_) => Err(refuse_one(voice, of_file(Code::JsonShape, path, &["plan"]))),
        Err(error) if error.is_data() => {
            voice.note(&match voice.lang {
                Lang::Zh => format!("方案第 {} 行：{error}", error.line()),
                Lang::En => format!("line {} of the plan: {error}", error.line()),
            });
            Err(refuse_one(voice, of_file(Code::JsonShape, path, &["plan"])))
        }
        Err(error) => {
            let (line, column) = (error.line().to_string(), error.column().to_string());
            Err(refuse_one(voice, of_file(Code::JsonSyntax, path, &[&line, &column])))
        }
    }
}

#[cfg(feature = "spreadsheets")]
fn from_workbook(voice: Voice, path: &Path, bytes: &[u8], case: &Case) -> Result<Plan, Exit> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    crate::intake::plan_sheets::from_xlsx(&name, bytes, case).map_err(|problems| {
        if voice.json {
            voice.json_list(&problems.iter().map(|p| p.record(voice.lang)).collect::<Vec<_>>());
        }
        for problem in &problems {
            voice.error(&voice.record_line(problem.place(voice.lang), &problem.record(voice.lang)));
        }
        Exit::BadInput
    })
}

#[cfg(not(feature = "spreadsheets"))]
fn from_workbook(voice: Voice, path: &Path, _: &[u8], _: &Case) -> Result<Plan, Exit> {
    Err(refuse_one(voice, of_file(Code::NoSpreadsheets, path, &[])))
}

/// What is wrong with a plan, for other programs.
#[derive(Serialize)]
struct Finding {
    /// `violation`, or `difference` for a claim of the plan that does not hold.
    kind: &'static str,
    /// `H1` … `H15`, `facts` or `form`; blank for a difference.
    constraint: &'static str,
    sessions: Vec<String>,
    subjects: Vec<String>,
    found: Option<i64>,
    allowed: Option<i64>,
    message: String,
}

fn findings(voice: Voice, report: &Report) -> Vec<Finding> {
    let violations = report.violations.iter().map(|violation| Finding {
        kind: "violation",
        constraint: violation.constraint,
        sessions: violation.sessions.clone(),
        subjects: violation.subjects.clone(),
        found: violation.found,
        allowed: violation.allowed,
        message: violation.message(voice.lang),
    });
    let differences = report.differences.iter().map(|difference| Finding {
        kind: "difference",
        constraint: "",
        sessions: Vec::new(),
        subjects: vec![difference.claim.clone()],
        found: None,
        allowed: None,
        message: difference.message(voice.lang),
    });
    violations.chain(differences).collect()
}

fn verdict(voice: Voice, case: &Case, plan: &Plan, report: &Report) -> String {
    let mut out = String::new();
    let mut say = |line: String| {
        out.push_str(&line);
        out.push('\n');
    };
    let (broken, wrong) = (report.violations.len(), report.differences.len());
    say(match (voice.lang, broken) {
        (Lang::Zh, 0) => format!("合规：{} 场，没有违反任何硬约束", plan.sessions.len()),
        (Lang::En, 0) => format!("sound: no constraint is broken (sessions: {})", plan.sessions.len()),
        (Lang::Zh, _) => format!("不合规：{broken} 处违反"),
        (Lang::En, _) => format!("not sound: violations: {broken}"),
    });
    for violation in &report.violations {
        say(format!("  {}", voice.violation_line(violation)));
    }
    if wrong > 0 {
        say(match voice.lang {
            Lang::Zh => format!("方案所写与核算不符：{wrong} 处"),
            Lang::En => format!("claims of the plan that do not hold: {wrong}"),
        });
    }
    for difference in &report.differences {
        say(format!("  {}", voice.difference_line(difference)));
    }
    say(voice.either("核算", "recomputed").to_owned());
    for (position, level) in report.levels.iter().enumerate() {
        say(format!("  {}  {}", position + 1, describe_level(voice.lang, level)));
    }
    let units = describe_units(case, report.unmet.iter().map(|u| (u.need.as_str(), u.units)), voice.lang);
    say(match (voice.lang, report.unmet.len()) {
        (Lang::Zh, 0) => "  未满足：无".to_owned(),
        (Lang::En, 0) => "  unmet: none".to_owned(),
        (Lang::Zh, needs) => format!("  未满足：{needs} 项需求，{units}"),
        (Lang::En, needs) => format!("  unmet needs: {needs} ({units})"),
    });
    if !report.shortfalls.is_empty() {
        say(match voice.lang {
            Lang::Zh => format!("  配额缺口 {} 处", report.shortfalls.len()),
            Lang::En => format!("  quota cells missed: {}", report.shortfalls.len()),
        });
    }
    out
}
