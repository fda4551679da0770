//! Case files of the check: `tests/check/<constraint>/<claim>.json` holds a case, a plan and what is to be found.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use sandan::check::{Fault, Report, check};
use sandan::intake::{Sheet, SheetRow, Sheets, understand};
use sandan::lists::{Case, Lang, Table};
use sandan::plan::{Plan, Shortfall};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[allow(dead_code, reason = "read by people")]
    about: String,
    case: Map<String, Value>,
    plan: Value,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    /// The constraints broken, each once.
    violations: BTreeSet<String>,
    /// Some of the terms.
    #[serde(default)]
    terms: BTreeMap<String, i64>,
    /// The value of each level.
    values: Option<Vec<i64>>,
    /// Units unmet of each need.
    unmet: Option<BTreeMap<String, i64>>,
    shortfalls: Option<BTreeSet<Missing>>,
    /// How many claims of the plan differ.
    differences: Option<usize>,
}

#[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Missing {
    rule: String,
    per: BTreeMap<String, String>,
    missing: i64,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/check")
}

/// Every case file, by constraint and claim.
fn files() -> Vec<(String, File)> {
    let mut files = Vec::new();
    let folders = fs::read_dir(folder()).expect("tests/check").map(|entry| entry.expect("an entry").path());
    for constraint in folders.filter(|path| path.is_dir()) {
        for path in fs::read_dir(&constraint).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            let name = path.strip_prefix(folder()).expect("inside").display().to_string();
            let text = fs::read_to_string(&path).expect("readable");
            let file = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
            files.push((name, file));
        }
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files
}

/// The tables of a case as raw cells, understood.
fn case(name: &str, tables: &Map<String, Value>) -> Case {
    let mut sheets = Sheets::default();
    for (key, value) in tables {
        if key == "previous" {
            sheets.previous = Some(value.to_string());
            continue;
        }
        let table = *Table::ALL.iter().find(|table| table.name() == key).unwrap_or_else(|| panic!("{name}: {key}"));
        let objects: Vec<&Map<String, Value>> =
            value.as_array().expect("rows").iter().map(|row| row.as_object().expect("a row")).collect();
        let header: BTreeSet<&String> = objects.iter().flat_map(|row| row.keys()).collect();
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let cells =
            |row: &Map<String, Value>| header.iter().map(|key| row.get(*key).map_or(String::new(), text)).collect();
        let rows = objects.iter().zip(2..).map(|(row, number)| SheetRow { number, cells: cells(row) }).collect();
        sheets.sheets.push(Sheet { table, header: header.iter().map(|key| (*key).clone()).collect(), rows });
    }
    understand(&sheets).unwrap_or_else(|problems| panic!("{name}: {:?}", problems.list)).case
}

fn plan(name: &str, value: &Value) -> Plan {
    serde_json::from_value(value.clone()).unwrap_or_else(|e| panic!("{name}: {e}"))
}

#[test]
fn every_case_file_is_judged_as_it_says() {
    let mut wrong = Vec::new();
    let files = files();
    for (name, file) in &files {
        let report = check(&case(name, &file.case), &plan(name, &file.plan));
        let messages: Vec<String> = report.violations.iter().map(|v| v.message(Lang::En)).collect();
        let differ = compare(&file.expect, &report);
        wrong.extend(differ.iter().map(|line| format!("{name}: {line}\n    {}", messages.join("\n    "))));
    }
    assert!(wrong.is_empty(), "{} wrong in {} files:\n{}", wrong.len(), files.len(), wrong.join("\n"));
}

fn compare(expect: &Expect, report: &Report) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut same = |what: &str, found: String, expected: String| {
        if found != expected {
            wrong.push(format!("{what}: found {found}, expected {expected}"));
        }
    };
    let broken: BTreeSet<String> = report.violations.iter().map(|v| v.constraint.to_owned()).collect();
    same("violations", format!("{broken:?}"), format!("{:?}", expect.violations));
    for (term, amount) in &expect.terms {
        let found = report.levels.iter().find_map(|level| level.terms.get(term));
        same(term, format!("{found:?}"), format!("{:?}", Some(amount)));
    }
    if let Some(values) = &expect.values {
        let found: Vec<i64> = report.levels.iter().map(|level| level.value).collect();
        same("values", format!("{found:?}"), format!("{values:?}"));
    }
    if let Some(unmet) = &expect.unmet {
        let found: BTreeMap<String, i64> = report.unmet.iter().map(|u| (u.need.clone(), u.units)).collect();
        same("unmet", format!("{found:?}"), format!("{unmet:?}"));
    }
    if let Some(shortfalls) = &expect.shortfalls {
        let missing = |s: &Shortfall| Missing { rule: s.rule.clone(), per: s.per.clone(), missing: s.missing };
        let found: BTreeSet<Missing> = report.shortfalls.iter().map(missing).collect();
        same("shortfalls", format!("{found:?}"), format!("{shortfalls:?}"));
    }
    if let Some(count) = expect.differences.filter(|count| *count != report.differences.len()) {
        same("differences", format!("{:?}", report.differences), count.to_string());
    }
    wrong
}

#[test]
fn every_constraint_is_kept_by_three_files_and_broken_by_three() {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (name, file) in files() {
        let constraint = name.split(['/', '\\']).next().unwrap_or_default().to_owned();
        let (kept, broken) = counts.entry(constraint.clone()).or_default();
        *kept += usize::from(file.expect.violations.is_empty());
        *broken += usize::from(file.expect.violations.contains(&constraint));
    }
    for number in 1..=15 {
        let (kept, broken) = counts.get(&format!("H{number}")).copied().unwrap_or_default();
        assert!(kept >= 3 && broken >= 3, "H{number}: kept by {kept} files, broken by {broken}");
    }
}

#[test]
fn every_fault_is_found_somewhere_and_reads_well() {
    let mut found = BTreeSet::new();
    for (name, file) in files() {
        for violation in check(&case(&name, &file.case), &plan(&name, &file.plan)).violations {
            for lang in [Lang::Zh, Lang::En] {
                let message = violation.message(lang);
                assert!(!message.contains(['?', '{', '}']), "{name}: {message}");
            }
            found.insert(violation.fault);
        }
    }
    let silent: Vec<&str> =
        Fault::ALL.iter().filter(|fault| !found.contains(fault)).map(|fault| fault.name()).collect();
    assert!(silent.is_empty(), "no case file has {silent:?}");
}

/// Plans bent at random places are judged too: whatever stands in them, nothing panics.
#[test]
fn bent_plans_are_judged_without_a_panic() {
    let mut state = 20_250_720u64;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % below.max(1)
    };
    let mut found = 0;
    for (name, file) in files() {
        let case = case(&name, &file.case);
        for _ in 0..8 {
            let mut bent = file.plan.clone();
            for _ in 0..=draw(3) {
                bend(&mut bent, &mut draw);
            }
            if let Ok(plan) = serde_json::from_value::<Plan>(bent) {
                found += check(&case, &plan).violations.iter().filter(|v| !v.message(Lang::Zh).is_empty()).count();
            }
        }
    }
    assert!(found > 1000, "only {found} violations were found in bent plans");
}

/// Replaces one value somewhere below, or repeats one entry of a list.
fn bend(value: &mut Value, draw: &mut impl FnMut(usize) -> usize) {
    let below = match value {
        Value::Array(list) if !list.is_empty() => {
            let position = draw(list.len());
            if draw(8) == 0 {
                let copy = list[position].clone();
                return list.push(copy);
            }
            &mut list[position]
        }
        Value::Object(map) if !map.is_empty() => {
            let position = draw(map.len());
            map.values_mut().nth(position).expect("below the length")
        }
        _ => return,
    };
    if below.is_array() || below.is_object() {
        return bend(below, draw);
    }
    *below = match below {
        Value::String(_) => {
            let words = ["", "P2", "C2", "online", "2025-03", "N2", "R2", "V1", "没有", "S0001"];
            Value::from(words[draw(words.len())])
        }
        Value::Number(_) => {
            let numbers = [i64::MIN, -1, 0, 1, 2, 3, 1 << 40, i64::MAX];
            Value::from(numbers[draw(numbers.len())])
        }
        Value::Bool(flag) => Value::from(!*flag),
        _ => Value::from("2025-02"),
    };
}
