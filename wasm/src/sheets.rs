//! What only needs the tables: reading and writing workbooks.

use sandan::export::case as writer;
use sandan::export::workbook::workbook;
use sandan::intake::sheets::from_bytes;
use sandan::problem::Problems;
use wasm_bindgen::prelude::*;

use crate::reading;
use crate::words::{lang_of, plan_of};

/// The raw tables of an .xlsx workbook, with what could not be read; `name` is used in messages.
#[wasm_bindgen(js_name = readWorkbook)]
pub fn read_workbook(name: &str, bytes: &[u8]) -> String {
    reading::write(from_bytes(name, bytes))
}

/// Raw tables as a workbook, with headers in the language asked for.
#[wasm_bindgen(js_name = caseWorkbook)]
pub fn case_workbook(tables: &str, lang: &str) -> Result<Vec<u8>, JsError> {
    let lang = lang_of(lang)?;
    let sheets = reading::read(tables).map_err(|text| JsError::new(&text))?.sheets;
    writer::workbook(&sheets, lang).map_err(|problems| first(&problems, lang))
}

/// A plan of these tables as the workbook that a planner hands out.
#[wasm_bindgen(js_name = planWorkbook)]
pub fn plan_workbook(tables: &str, plan_json: &str, lang: &str) -> Result<Vec<u8>, JsError> {
    let lang = lang_of(lang)?;
    let reading = reading::read(tables).map_err(|text| JsError::new(&text))?;
    let intake = reading.understand().map_err(|problems| first(&problems, lang))?;
    workbook(&intake.case, &plan_of(plan_json)?, lang).map_err(|error| JsError::new(&error.message(lang)))
}

/// An empty workbook with headers, explanations, drop-down lists and worked example rows.
#[wasm_bindgen]
pub fn template(lang: &str) -> Result<Vec<u8>, JsError> {
    let lang = lang_of(lang)?;
    writer::template(lang).map_err(|problems| first(&problems, lang))
}

/// What a workbook is refused for, in one line.
fn first(problems: &Problems, lang: sandan::lists::Lang) -> JsError {
    let lines: Vec<String> = problems.list.iter().map(|problem| problem.record(lang).message).collect();
    JsError::new(&lines.join("\n"))
}
