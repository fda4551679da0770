//! The committed schemas of events and answers are current, and real answers keep to them.

use std::fs;
use std::path::Path;

use sandan::answers::{self, Ground, Prices, Question, Subject, document};
use sandan::intake::sheets::from_json;
use sandan::{Flow, solve};
use serde_json::Value;

fn committed(name: &str, current: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas").join(name);
    if std::env::var_os("SANDAN_UPDATE").is_some() {
        fs::write(&path, current).expect("the folder of schemas");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == current, "{name} is stale: run the test once more with SANDAN_UPDATE=1");
}

#[test]
fn the_committed_schemas_are_current() {
    committed("events.schema.json", &answers::events::schema());
    committed("answers.schema.json", &answers::schema());
}

/// Whether a value keeps to the few words of JSON Schema that ours use.
fn keeps(root: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").expect("a definition of this schema");
        return keeps(root, &root["$defs"][name], value);
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(list) = schema[key].as_array() {
            let faults: Vec<String> = list.iter().filter_map(|one| keeps(root, one, value).err()).collect();
            let good = list.len() - faults.len();
            if good == 0 || (key == "oneOf" && good > 1) {
                return Err(format!("{key}: {good} fit: {faults:?}"));
            }
        }
    }
    if let Some(wanted) = schema.get("const")
        && wanted != value
    {
        return Err(format!("{value} is not {wanted}"));
    }
    if let Some(list) = schema["enum"].as_array()
        && !list.contains(value)
    {
        return Err(format!("{value} is none of {list:?}"));
    }
    let is = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        _ => true,
    };
    if !is {
        return Err(format!("{value} is no {}", schema["type"]));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        value.get(name).ok_or_else(|| format!("`{name}` is missing"))?;
    }
    for (name, item) in value.as_object().into_iter().flatten() {
        match (schema["properties"].get(name), &schema["additionalProperties"]) {
            (Some(known), _) => keeps(root, known, item).map_err(|fault| format!("{name}: {fault}"))?,
            (None, Value::Bool(false)) => return Err(format!("`{name}` is not known")),
            (None, other) if other.is_object() => keeps(root, other, item)?,
            _ => {}
        }
    }
    for item in value.as_array().into_iter().flatten() {
        if schema.get("items").is_some() {
            keeps(root, &schema["items"], item)?;
        }
    }
    Ok(())
}

const LISTS: &str = r#"{
    "needs": [{"id": "N1", "place": "C1", "services": "诗词", "quantity": 20, "goods": "书:1"},
              {"id": "N2", "place": "C1", "services": "诗词", "quantity": 10, "group": "g"},
              {"id": "N3", "place": "C1", "services": "游泳"}],
    "projects": [{"id": "P1", "services": "诗词", "size": 10, "staffing": "社工:1", "launch_cost": 5}],
    "resources": [{"id": "S1", "roles": "社工"}, {"id": "F1", "kind": "fund", "amount": 5},
                  {"id": "G1", "kind": "goods", "roles": "书", "amount": 30}],
    "periods": [{"id": "W1"}, {"id": "W2"}],
    "rules": [{"id": "Q1", "rule": "sessions", "per": "period", "min": 2}],
    "fit": [{"need": "N2", "project": "P1", "points": "x"}],
    "settings": [{"key": "fairness", "value": "0.5:2; 1.0:1"}]
}"#;

#[test]
fn answers_keep_to_their_schema() {
    let root: Value = serde_json::from_str(&answers::schema()).expect("JSON");
    let (sheets, _) = from_json(LISTS).into_sheets().expect("sound lists");
    let case = from_json(LISTS).understand().expect("sound lists").case;
    let plan = solve(&case, &mut |_| Flow::Continue).expect("a plan");
    let ground = Ground::new(&case, &plan).expect("a sound plan");
    let prices = Prices::default();
    let why = |need: &str| answers::why(&ground, &Question::Need { need: need.to_owned() }).expect("an answer");
    let missed = plan.shortfalls.first().expect("a missed quota");
    let rule = Question::Rule { rule: missed.rule.clone(), per: missed.per.clone() };
    let prepared = answers::prepare(
        sheets,
        plan.clone(),
        &answers::events::read(r#"[{"kind": "退出", "资源": "S1", "自": "W2"}]"#).expect("events"),
        None,
    )
    .unwrap_or_else(|_| panic!("an event that can be applied"));
    let next = solve(&prepared.intake.case, &mut |_| Flow::Continue).expect("a plan");
    let subject = Subject::Resource { resource: "S1".to_owned() };
    let documents = [
        document("why", &why("N1")),
        document("why", &vec![why("N2"), why("N3"), answers::why(&ground, &rule).expect("an answer")]),
        document("repairs", &answers::repairs(&ground, "N1", &prices, 3).expect("an answer")),
        document("gaps", &answers::gaps(&ground, &prices).expect("an answer")),
        document("prices", &answers::marginal_prices(&ground, &prices).expect("an answer")),
        document("recommend", &answers::recommend(&ground, &subject, 3).expect("an answer")),
        document("rematch", &answers::rematched(&prepared, &next)),
        document("compare", &answers::compare(&case, &plan, &next)),
        document("fairness", &answers::fairness(&ground).expect("an answer")),
        document("audit", &answers::audit(&ground).expect("an answer")),
    ];
    for document in &documents {
        keeps(&root, &root, document).unwrap_or_else(|fault| panic!("{}: {fault}\n{document:#}", document["answer"]));
    }
}
