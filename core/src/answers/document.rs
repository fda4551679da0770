//! Answers as JSON documents.

use serde::Serialize;
use serde_json::{Map, Value};

/// The value of `format` in every answer.
pub const FORMAT: &str = "sandan-answer/1";

/// An answer as a JSON document: `format`, the kind of answer, then its fields.
pub fn document(kind: &str, answer: &impl Serialize) -> Value {
    let mut fields = Map::new();
    fields.insert("format".to_owned(), Value::from(FORMAT));
    fields.insert("answer".to_owned(), Value::from(kind));
    match serde_json::to_value(answer).expect("answers hold only strings, integers, lists and string-keyed maps") {
        Value::Object(own) => fields.extend(own),
        list => {
            fields.insert("list".to_owned(), list);
        }
    }
    Value::Object(fields)
}
