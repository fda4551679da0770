//! The JSON Schema of a case document, from the column catalogue.

use serde_json::{Map, Value as Json, json};

use crate::intake::columns::{self, Column, Value};
use crate::intake::sheets::FORMAT;
use crate::lists::Table;

/// The JSON Schema (2020-12) of the document that [`crate::intake::sheets::from_json`] reads. It is committed as
/// `schemas/case.schema.json`.
///
/// Names of tables and columns stand in English and in Chinese; further columns are notes.
pub fn schema() -> String {
    let mut properties = Map::new();
    properties.insert("$schema".to_owned(), json!({ "type": "string" }));
    properties.insert("format".to_owned(), json!({ "const": FORMAT }));
    let mut rows = Map::new();
    for table in Table::ALL {
        let schema = if table == Table::Previous {
            json!({
                "description": "上期方案 / the plan of the previous round, see plan.schema.json",
                "type": ["object", "null"],
            })
        } else {
            rows.insert(table.name().to_owned(), row_schema(table));
            json!({ "type": ["array", "null"], "items": { "$ref": format!("#/$defs/{}", table.name()) } })
        };
        properties.insert(table.name().to_owned(), schema.clone());
        properties.insert(table.chinese().to_owned(), schema);
    }
    let mut definitions = json!({
        "scalar": { "type": ["string", "number", "boolean", "null"] },
        "cell": {
            "description": "一个值，或值的列表 / one value or a list of values",
            "anyOf": [
                { "$ref": "#/$defs/scalar" },
                { "type": "array", "items": { "$ref": "#/$defs/scalar" } },
            ],
        },
    });
    if let Json::Object(definitions) = &mut definitions {
        definitions.extend(rows);
    }
    let required: Vec<Json> =
        [Table::Needs, Table::Projects, Table::Resources].map(|t| either(t.name(), t.chinese())).into();
    let document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://github.com/sandan/sandan/schemas/case.schema.json",
        "title": "三单 / a case of sandan",
        "type": "object",
        "properties": properties,
        "allOf": required,
        "$defs": definitions,
    });
    let mut text = serde_json::to_string_pretty(&document).expect("the schema is plain JSON");
    text.push('\n');
    text
}

/// That one of two names is there.
fn either(english: &str, chinese: &str) -> Json {
    json!({ "anyOf": [{ "required": [english] }, { "required": [chinese] }] })
}

fn row_schema(table: Table) -> Json {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for column in columns::columns(table) {
        let schema = cell_schema(column);
        properties.insert(column.name.to_owned(), schema.clone());
        properties.insert(column.chinese.to_owned(), schema);
        if column.required {
            required.push(either(column.name, column.chinese));
        }
    }
    let mut schema = json!({
        "description": format!("{} / {}", table.chinese(), table.name()),
        "type": "object",
        "properties": properties,
        "additionalProperties": { "$ref": "#/$defs/cell" },
    });
    if !required.is_empty() {
        schema["allOf"] = Json::Array(required);
    }
    schema
}

fn cell_schema(column: &Column) -> Json {
    let mut schema = match column.value {
        Value::Integer(least, most) => {
            json!({ "type": ["integer", "string", "null"], "minimum": least, "maximum": most })
        }
        Value::Points(least, most) => {
            json!({ "type": ["integer", "string", "null"], "minimum": least, "maximum": most })
        }
        Value::Money | Value::Amount => json!({ "type": ["number", "string", "null"], "minimum": 0 }),
        Value::Degrees(least, most) => {
            json!({ "type": ["number", "string", "null"], "minimum": least, "maximum": most })
        }
        Value::Boolean => {
            json!({ "enum": [true, false, 1, 0, "yes", "no", "true", "false", "1", "0", "是", "否", "", null] })
        }
        Value::Choice(choices) => {
            let mut words: Vec<Json> = choices.iter().flat_map(|c| [json!(c.name), json!(c.chinese)]).collect();
            words.extend([json!(""), Json::Null]);
            json!({ "enum": words })
        }
        Value::Date => json!({ "type": ["string", "null"] }),
        Value::Reserved => json!({ "enum": ["", null] }),
        Value::Id | Value::Text | Value::Word | Value::Reference(_) | Value::SettingKey => {
            json!({ "$ref": "#/$defs/scalar" })
        }
        _ => json!({ "$ref": "#/$defs/cell" }),
    };
    let [zh, en] = column.explanation;
    schema["description"] = json!(format!("{zh} / {en}"));
    if !column.default.is_empty() {
        schema["default"] = json!(column.default);
    }
    schema
}
