//! The JSON Schema of answers.

use serde_json::{Map, Value, json};

use super::document::FORMAT;

/// The JSON Schema (2020-12) of every answer, by `answer`. It is committed as `schemas/answers.schema.json`.
pub fn schema() -> String {
    let (text, whole, yes) = (json!({ "type": "string" }), json!({ "type": "integer" }), json!({ "type": "boolean" }));
    let list = |of: Value| json!({ "type": "array", "items": of });
    let of = |name: &str| json!({ "$ref": format!("#/$defs/{name}") });
    let or_null = |of: Value| json!({ "anyOf": [of, { "type": "null" }] });
    let open = json!({ "type": "object" });
    let maps = |of: Value| json!({ "type": "object", "additionalProperties": of });
    let level = object(&[
        ("terms", list(text.clone())),
        ("before", whole.clone()),
        ("after", whole.clone()),
        ("change", whole.clone()),
    ]);
    let line =
        object(&[("name", text.clone()), ("unit", text.clone()), ("before", whole.clone()), ("after", whole.clone())]);
    let cell = |who: Option<&str>| {
        let mut fields = vec![("project", text.clone()), ("place", text.clone()), ("period", text.clone())];
        fields.extend(who.map(|who| (who, text.clone())));
        fields.extend([("before", whole.clone()), ("after", whole.clone())]);
        object(&fields.iter().map(|(name, value)| (*name, value.clone())).collect::<Vec<_>>())
    };
    let need = object(&[("need", text.clone()), ("before", whole.clone()), ("after", whole.clone())]);
    let difference = object(&[
        ("gone", whole.clone()),
        ("new", whole.clone()),
        ("needs", list(need)),
        ("sessions", list(cell(None))),
        ("members", list(cell(Some("resource")))),
    ]);
    let change = json!({
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": { "enum": ["recruit", "train", "room", "money", "items", "raise", "open", "lift", "offer"] },
        },
    });
    let gap = object(&[
        ("changes", list(of("change"))),
        ("resources", list(text.clone())),
        ("cost", whole.clone()),
        ("coverage", whole.clone()),
        ("units", maps(whole.clone())),
        ("levels", list(of("level"))),
        ("exact", yes.clone()),
    ]);
    let left_open = object(&[
        ("searched", yes.clone()),
        ("steps", or_null(whole.clone())),
        ("level", or_null(whole.clone())),
        ("value", or_null(whole.clone())),
        ("bound", or_null(whole.clone())),
    ]);
    let verdicts = json!({ "enum": ["not_examined", "impossible", "outbid", "tie", "not_proven"] });
    let why = [
        ("question", open.clone()),
        ("held", whole.clone()),
        ("asked", whole.clone()),
        ("sessions", list(text.clone())),
        ("funnel", list(open.clone())),
        ("verdict", verdicts),
        ("limits", list(open.clone())),
        ("irreducible", yes.clone()),
        ("fact", or_null(text.clone())),
        ("levels", list(of("level"))),
        ("exact", yes.clone()),
        ("open", or_null(left_open)),
        ("exchange", or_null(of("difference"))),
    ];
    let changed = object(&[
        ("what", json!({ "enum": ["need", "session", "member"] })),
        ("id", text.clone()),
        ("project", text.clone()),
        ("place", text.clone()),
        ("period", text.clone()),
        ("before", whole.clone()),
        ("after", whole.clone()),
        ("reason", json!({ "enum": ["event", "same_session", "knock_on"] })),
        ("event", or_null(whole.clone())),
    ]);
    let repair = object(&[("changes", list(of("change"))), ("cost", whole.clone()), ("levels", list(of("level")))]);
    let proposal =
        object(&[("session", open.clone()), ("launch", or_null(open.clone())), ("levels", list(of("level")))]);
    let group = object(&[
        ("group", text.clone()),
        ("wanted", whole.clone()),
        ("served", whole.clone()),
        ("share_ppm", whole.clone()),
    ]);
    let price = object(&[("without_steps", whole.clone()), ("given_up", whole.clone()), ("proven", yes.clone())]);
    let intervention = object(&[
        ("table", text.clone()),
        ("row", whole.clone()),
        ("says", text.clone()),
        ("levels", list(of("level"))),
        ("exact", yes.clone()),
    ]);
    let gaps = [("gaps", list(of("gap"))), ("left_out", whole.clone())];
    let answers = [
        answer("why", &why),
        answer("why", &[("list", list(object(&why)))]),
        answer(
            "repairs",
            &[
                ("need", text.clone()),
                ("held", whole.clone()),
                ("asked", whole.clone()),
                ("repairs", list(repair)),
                ("tried", whole.clone()),
            ],
        ),
        answer("gaps", &gaps),
        answer("prices", &gaps),
        answer("recommend", &[("subject", open.clone()), ("sessions", list(proposal)), ("cells", whole.clone())]),
        answer(
            "rematch",
            &[
                ("applied", list(open.clone())),
                ("levels", list(open.clone())),
                ("changes", whole.clone()),
                ("fewest", or_null(whole.clone())),
                ("changed", list(changed)),
                ("difference", of("difference")),
            ],
        ),
        answer(
            "compare",
            &[
                ("levels", list(of("level"))),
                ("terms", list(of("line"))),
                ("sessions", of("line")),
                ("services", list(of("line"))),
                ("places", list(of("line"))),
                ("groups", list(of("line"))),
                ("resources", list(of("line"))),
                ("gained", list(of("line"))),
                ("lost", list(of("line"))),
                ("difference", of("difference")),
            ],
        ),
        answer(
            "fairness",
            &[("steps", text.clone()), ("groups", list(group)), ("served", whole.clone()), ("price", or_null(price))],
        ),
        answer(
            "audit",
            &[
                ("case", text.clone()),
                ("version", text.clone()),
                ("status", text.clone()),
                ("settings", maps(text.clone())),
                ("seed", whole),
                ("changed_settings", maps(text)),
                ("overrides", list(intervention)),
            ],
        ),
    ];
    let document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://github.com/sandan/sandan/schemas/answers.schema.json",
        "title": "答复 / answers about a plan",
        "oneOf": answers,
        "$defs": { "level": level, "line": line, "difference": difference, "change": change, "gap": gap },
    });
    let mut text = serde_json::to_string_pretty(&document).expect("the schema is plain JSON");
    text.push('\n');
    text
}

/// An object with just these fields, all of them there.
fn object(fields: &[(&str, Value)]) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let required: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false })
}

fn answer(kind: &str, fields: &[(&str, Value)]) -> Value {
    let mut all = vec![("format", json!({ "const": FORMAT })), ("answer", json!({ "const": kind }))];
    all.extend(fields.iter().cloned());
    object(&all)
}
