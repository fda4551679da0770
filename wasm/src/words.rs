//! What JavaScript says, as the library takes it.

use sandan::lists::Lang;
use sandan::plan::Plan;
use wasm_bindgen::prelude::*;

/// The language of a word.
pub(crate) fn lang_of(word: &str) -> Result<Lang, JsError> {
    match word {
        "zh" => Ok(Lang::Zh),
        "en" => Ok(Lang::En),
        _ => Err(JsError::new(&format!("lang is `zh` or `en`, not `{word}`"))),
    }
}

/// A plan from its JSON.
pub(crate) fn plan_of(text: &str) -> Result<Plan, JsError> {
    Plan::from_json(text).map_err(|error| JsError::new(&format!("this is not a `sandan-plan/1` document: {error}")))
}
