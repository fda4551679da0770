//! The integer model of a case as an MPS file.

use std::collections::{BTreeMap, BTreeSet};

use sandan::export::mps::{MOST_NONZEROS, NoModel, mps, writable};
use sandan::intake::sheets::from_json;
use sandan::lists::{Case, Lang};
use sandan::plan::Plan;
use sandan::{Flow, solve};

fn solved(document: &str) -> (Case, Plan) {
    let case = from_json(document).understand().expect("a sound case").case;
    let plan = solve(&case, &mut |_| Flow::Continue).expect("a plan");
    (case, plan)
}

fn written(document: &str) -> String {
    let (case, plan) = solved(document);
    mps(&case, &plan).expect("a small model")
}

/// Two funds, a must, a project with a least number of sessions, fairness, and one session that is past.
const RICH: &str = r#"{
    "needs": [
        {"id": "N1", "place": "C1", "services": "x", "quantity": 3, "must": "yes", "priority": 2},
        {"id": "N2", "place": "C2", "services": "x", "quantity": 4, "group": "二组"}
    ],
    "projects": [
        {"id": "P1", "services": "x", "size": 2, "staffing": "r", "session_cost": 10, "launch_cost": 5, "min_sessions": 2}
    ],
    "resources": [
        {"id": "R1", "roles": "r", "count": 2, "per_period": 2},
        {"id": "F1", "kind": "fund", "amount": 40}, {"id": "F2", "kind": "fund", "amount": 30, "projects": "P1"}
    ],
    "periods": [{"id": "T1"}, {"id": "T2"}],
    "settings": [{"key": "fairness", "value": "0.5:2; 1:1"}, {"key": "freeze_before", "value": "T2"}],
    "previous": {"format": "sandan-plan/1", "sessions": [{
        "project": "P1", "place": "C1", "period": "T1", "needs": [{"need": "N1", "units": 1}],
        "staff": [{"resource": "R1", "member": 1, "post": 1, "role": "r"}],
        "funds": [{"fund": "F1", "fen": 1000}]
    }]}
}"#;

/// The lines of each section, split into fields; comments left out.
fn sections(text: &str) -> Vec<(String, Vec<Vec<String>>)> {
    let mut sections: Vec<(String, Vec<Vec<String>>)> = Vec::new();
    for line in text.lines().filter(|l| !l.starts_with('*')) {
        if line.starts_with(' ') {
            let fields = line.split_whitespace().map(str::to_owned).collect();
            sections.last_mut().expect("a section before its lines").1.push(fields);
        } else {
            sections.push((line.to_owned(), Vec::new()));
        }
    }
    sections
}

fn section(text: &str, name: &str) -> Vec<Vec<String>> {
    sections(text).into_iter().find(|s| s.0 == name).unwrap_or_else(|| panic!("{name} in {text}")).1
}

#[test]
fn sections_stand_in_the_order_that_readers_expect() {
    let text = written(RICH);
    let found: Vec<String> = sections(&text).into_iter().map(|s| s.0).filter(|s| s != "RANGES").collect();
    assert_eq!(found, ["NAME sandan", "OBJSENSE", "ROWS", "COLUMNS", "RHS", "BOUNDS", "ENDATA"]);
    assert_eq!(section(&text, "OBJSENSE"), [["MAX"]]);
    assert_eq!(section(&text, "ROWS")[0], ["N", "OBJ"]);
    assert!(text.ends_with("ENDATA\n"));
}

#[test]
fn the_file_is_plain_text_with_distinct_short_names() {
    let text = written(RICH);
    assert!(text.is_ascii() && text.lines().all(|l| l.len() <= 255), "{text}");
    let rows = section(&text, "ROWS");
    let names: BTreeSet<&String> = rows.iter().map(|r| &r[1]).collect();
    assert_eq!(names.len(), rows.len());
    let bounds = section(&text, "BOUNDS");
    let columns: BTreeSet<String> = bounds.iter().map(|b| b[2].clone()).collect();
    let declared: BTreeSet<String> =
        section(&text, "COLUMNS").iter().filter(|c| c[1] != "'MARKER'").map(|c| c[0].clone()).collect();
    assert_eq!(columns, declared, "every column has a bound of its own");
    assert!(columns.iter().all(|name| name.len() <= 64));
    for kind in ["z1", "x1_", "y1_1_", "f1_", "h1", "d"] {
        assert!(columns.iter().any(|name| name.starts_with(kind)), "{kind} in {columns:?}");
    }
}

#[test]
fn flows_and_derived_columns_stand_behind_the_integer_ones() {
    let columns = section(&written(RICH), "COLUMNS");
    let markers: Vec<usize> = (0..columns.len()).filter(|c| columns[*c][1] == "'MARKER'").collect();
    assert_eq!((markers.len(), markers[0]), (2, 0));
    assert_eq!((columns[markers[0]][2].as_str(), columns[markers[1]][2].as_str()), ("'INTORG'", "'INTEND'"));
    assert!(columns[1..markers[1]].iter().all(|c| c[0].starts_with(['z', 'x', 'y', 'r', 'h', 'i'])));
    assert!(columns[markers[1] + 1..].iter().all(|c| c[0].starts_with(['f', 'd'])));
}

#[test]
fn the_right_hand_side_of_the_objective_is_minus_its_constant() {
    // One unit of priority 3 is past: its worth is there whatever is decided.
    let text = written(
        r#"{
        "needs": [{"id": "N1", "place": "C1", "services": "x", "quantity": 2, "priority": 3}],
        "projects": [{"id": "P1", "services": "x", "size": 1}],
        "resources": [{"id": "R1", "roles": "r"}],
        "periods": [{"id": "T1"}, {"id": "T2"}],
        "settings": [{"key": "freeze_before", "value": "T2"}],
        "previous": {"format": "sandan-plan/1", "sessions": [
            {"project": "P1", "place": "C1", "period": "T1", "needs": [{"need": "N1", "units": 1}]}]}
    }"#,
    );
    let rhs = section(&text, "RHS");
    assert!(rhs.contains(&["RHS", "OBJ", "-3"].map(str::to_owned).to_vec()), "{rhs:?}");
}

#[test]
fn levels_above_are_held_at_what_the_plan_reached() {
    let (case, plan) = solved(RICH);
    let text = mps(&case, &plan).expect("a small model");
    let value = plan.levels[0].value;
    assert!(text.contains(&format!("* held: LEVEL1 (must) at {value} or better\n")), "{text}");
    assert!(text.contains("* held: level 2 (quota) is always 0\n"), "{text}");
    // The constant of must: two of three units are still open, each of priority 2.
    let limit = value + 4;
    let rhs: BTreeMap<String, String> =
        section(&text, "RHS").into_iter().map(|r| (r[1].clone(), r[2].clone())).collect();
    assert_eq!(rhs.get("LEVEL1"), Some(&limit.to_string()));
    assert!(section(&text, "ROWS").contains(&["G", "LEVEL1"].map(str::to_owned).to_vec()));
}

#[test]
fn the_legend_names_ids_only_where_every_reader_can_take_them() {
    let text = written(
        r#"{
        "needs": [{"id": "N1", "title": "张三家", "place": "银杏", "services": "x"}],
        "projects": [{"id": "P 1", "services": "x", "staffing": "r"}],
        "resources": [{"id": "R1", "title": "李四", "roles": "r"}, {"id": "R2", "roles": "r"}],
        "periods": [{"id": "2025-07"}]
    }"#,
    );
    assert!(text.is_ascii());
    assert!(text.contains("* S1 = #1 #"), "{text}");
    assert!(text.contains(" 2025-07\n") && text.contains("* N1 = N1\n"), "{text}");
    assert!(text.contains("* K1 = R1 R2, in all 2\n"), "{text}");
    assert!(text.contains("* exact: "), "{text}");
}

#[test]
fn the_same_case_and_plan_give_the_same_bytes() {
    let (case, plan) = solved(RICH);
    assert_eq!(mps(&case, &plan), mps(&case, &plan));
    assert_eq!(mps(&case, &plan).expect("a small model"), written(RICH));
}

#[test]
fn a_case_with_nothing_to_decide_gives_an_empty_model() {
    let text = written(
        r#"{"needs": [{"id": "N1", "place": "C1", "services": "x"}], "projects": [{"id": "P1", "services": "y"}], "resources": [{"id": "R1", "roles": "r"}]}"#,
    );
    assert_eq!(section(&text, "ROWS"), [["N", "OBJ"]]);
    assert!(section(&text, "COLUMNS").is_empty() && section(&text, "BOUNDS").is_empty());
}

#[test]
fn a_plan_of_another_case_is_refused() {
    let (_, plan) = solved(RICH);
    let (other, _) = solved(
        r#"{"needs": [{"id": "N1", "place": "C1", "services": "x"}], "projects": [{"id": "P1", "services": "y"}], "resources": [{"id": "R1", "roles": "r"}]}"#,
    );
    assert_eq!(mps(&other, &plan), Err(NoModel::OtherPlan));
    assert_eq!(mps(&other, &Plan { case: other.hash.clone(), ..Plan::empty() }), Err(NoModel::OtherPlan));
    assert_eq!(writable(&other), Ok(()));
}

#[test]
fn a_refusal_says_how_large_is_too_large() {
    let none = NoModel::TooLarge(MOST_NONZEROS + 1);
    assert!(none.message(Lang::Zh).contains("2,000,001") && none.message(Lang::Zh).contains("最多 2,000,000"));
    assert!(none.message(Lang::En).contains("2,000,001") && none.message(Lang::En).contains("at most 2,000,000"));
}

/// Two hundred members who carry one load or two: too many to be told apart.
const FOLDED: &str = r#"{
    "needs": [
        {"id": "N1", "place": "A", "services": "x", "quantity": 7},
        {"id": "N2", "place": "A", "services": "y", "quantity": 9}
    ],
    "projects": [{"id": "P1", "services": "x"}, {"id": "P2", "services": "y"}],
    "requirements": [{"project": "P1", "role": "r"}, {"project": "P2", "role": "r", "load": 2}],
    "resources": [{"id": "R1", "roles": "r", "count": 200, "per_period": 3}],
    "periods": [{"id": "T1"}]
}"#;

#[test]
fn a_class_folded_as_a_relaxation_is_said() {
    let text = written(FOLDED);
    assert!(text.contains("\n* relaxation: bound only (") && !text.contains("\n* exact: "), "{text}");
    assert!(text.contains("* K1 = R1, in all 200\n"), "{text}");
}

#[test]
#[cfg(feature = "cli")]
fn the_command_writes_the_same_model() {
    let folder = std::env::temp_dir().join(format!("sandan-mps-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let (case, model) = (folder.join("case.json"), folder.join("model.mps"));
    std::fs::write(&case, FOLDED).expect("a file");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_sandan"));
    command.arg("match").arg(&case).arg("--mps").arg(&model).args(["--quiet", "--lang", "en"]);
    let output = command.output().expect("the command runs");
    let found = std::fs::read_to_string(&model);
    std::fs::remove_dir_all(&folder).expect("the temporary folder is still there");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
    assert_eq!(found.expect("the model"), written(FOLDED));
}
