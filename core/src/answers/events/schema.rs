//! The JSON Schema of a file of events.

use serde_json::{Value, json};

use super::FORMAT;

/// The JSON Schema (2020-12) of what [`super::read`] reads. It is committed as `schemas/events.schema.json`.
///
/// Names stand in English; each has the Chinese name that its description begins with as another.
pub fn schema() -> String {
    let text = |about: &str| json!({ "type": "string", "description": about });
    let count = |least: i64, about: &str| json!({ "type": "integer", "minimum": least, "description": about });
    let amount = |about: &str| json!({ "type": ["number", "string"], "minimum": 0, "description": about });
    let session = text("场次 / session: its id in the plan before");
    let kinds = [
        kind("dropped_out", "退出", &["resource"], json!({
            "resource": text("资源 / resource: a staff row"),
            "members": count(1, "人数 / how many members; default 1"),
            "from": text("自 / first period in which they are missing; all without it"),
        })),
        kind("need_added", "新增需求", &["need"], json!({
            "need": { "$ref": "case.schema.json#/$defs/needs" },
        })),
        kind("need_withdrawn", "撤回需求", &["need"], json!({
            "need": text("需求 / need"),
            "units": count(1, "数量 / how many units; all without it"),
        })),
        kind("fund_cut", "经费削减", &["resource"], json!({
            "resource": text("资源 / a fund or a stock"),
            "to": amount("为 / what it comes to now, in yuan or items"),
            "by": amount("减 / by how much it is smaller"),
        })),
        kind("venue_closed", "场地关闭", &["resource"], json!({
            "resource": text("资源 / a venue row"),
            "from": text("自 / first period; the first of all without it"),
            "to": text("至 / last period; the last of all without it"),
        })),
        kind("session_cancelled", "场次取消", &["session"], json!({ "session": session.clone() })),
        kind("result_reported", "结果上报", &["session", "served"], json!({
            "session": session.clone(),
            "served": {
                "description": "实际 / units really served, by need",
                "type": "object",
                "additionalProperties": { "type": "integer", "minimum": 0 },
            },
        })),
        kind("declined", "拒绝", &["resource"], json!({
            "resource": text("资源 / a staff or venue row"),
            "session": session,
            "project": text("项目 / project"),
            "period": text("时段 / period"),
            "cool_off": count(0, "冷静期 / periods for which it is not asked again"),
        })),
    ];
    let list = json!({ "type": "array", "items": { "oneOf": kinds } });
    let document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://github.com/sandan/sandan/schemas/events.schema.json",
        "title": "事件 / events since a plan",
        "anyOf": [
            list.clone(),
            {
                "type": "object",
                "required": ["events"],
                "additionalProperties": false,
                "properties": { "format": { "const": FORMAT }, "events": list },
            },
        ],
    });
    let mut text = serde_json::to_string_pretty(&document).expect("the schema is plain JSON");
    text.push('\n');
    text
}

fn kind(name: &str, chinese: &str, required: &[&str], fields: Value) -> Value {
    let mut properties = json!({
        "kind": { "enum": [name, chinese] },
        "date": { "type": "string", "description": "日期 / when it became known, ISO 8601; for the record" },
        "note": { "type": "string", "description": "备注 / note; for the record" },
    });
    if let (Value::Object(all), Value::Object(own)) = (&mut properties, fields) {
        all.extend(own);
    }
    let required: Vec<&str> = ["kind"].iter().chain(required).copied().collect();
    json!({
        "title": format!("{chinese} / {name}"),
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": false,
    })
}
