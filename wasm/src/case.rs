//! A case, wrapped.

use std::rc::Rc;

use js_sys::Uint8Array;
use sandan::answers::ask;
use sandan::check::{ReportRecord, check};
use sandan::export::{self, workbook::workbook};
use sandan::intake::Intake;
use sandan::intake::sheets::{self, Reading};
use sandan::lists::Lang;
use sandan::plan::Plan;
use sandan::problem::{ProblemRecord, Problems};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::run::{Options, Run};

/// A case as the library holds it.
#[wasm_bindgen]
pub struct Case {
    intake: Rc<Intake>,
    lang: Lang,
}

/// Everything wrong with a case, errors and warnings: the first 200 of each, and how many more there were.
#[derive(Tsify, Serialize)]
pub struct Faults {
    problems: Vec<ProblemRecord>,
    more: usize,
}

#[wasm_bindgen]
impl Case {
    /// SHA-256 of the normalised case: equal cases have equal hashes, however they were written.
    #[wasm_bindgen(getter)]
    pub fn hash(&self) -> String {
        self.intake.case.hash.clone()
    }

    /// What deserves a second look; warnings never change the meaning.
    #[wasm_bindgen(getter)]
    pub fn warnings(&self) -> Result<Vec<Ts<ProblemRecord>>, JsError> {
        self.intake.warnings.iter().map(|warning| Ok(warning.record(self.lang).into_ts()?)).collect()
    }

    /// Judges a plan by the lists alone.
    pub fn check(&self, plan_json: &str) -> Result<Ts<ReportRecord>, JsError> {
        Ok(check(&self.intake.case, &plan(plan_json)?).record(self.lang).into_ts()?)
    }

    /// Answers a question about a plan of this case, as the JSON of `schemas/answers.schema.json` with the answer for
    /// people under `text`: `kind` is `why`, `repairs`, `gaps`, `prices`, `recommend`, `compare`, `fairness` or `audit`;
    /// `asked` is JSON with what is asked about.
    pub fn answer(
        &self,
        kind: &str,
        plan_json: &str,
        asked: &str,
        other_json: Option<String>,
    ) -> Result<String, JsError> {
        let asked = serde_json::from_str(asked).map_err(|error| JsError::new(&error.to_string()))?;
        let other = other_json.map(|text| plan(&text)).transpose()?;
        let answered = ask(&self.intake.case, self.lang, kind, &plan(plan_json)?, &asked, other.as_ref());
        answered.map(|document| document.to_string()).map_err(|text| JsError::new(&text))
    }

    /// A plan as the workbook that a planner hands out.
    pub fn workbook(&self, plan_json: &str, lang: &str) -> Result<Vec<u8>, JsError> {
        let lang = lang_of(lang)?;
        workbook(&self.intake.case, &plan(plan_json)?, lang).map_err(|error| JsError::new(&error.message(lang)))
    }

    /// Begins a run.
    pub fn start(&self, options: Ts<Options>) -> Result<Run, JsError> {
        Ok(Run::new(Rc::clone(&self.intake), self.lang, &options.to_rust()?))
    }
}

/// Reads a case from the bytes of an .xlsx workbook or a JSON document; `name` is used in messages.
#[wasm_bindgen(js_name = readBytes)]
pub fn read_bytes(name: &str, bytes: &[u8], lang: &str) -> Result<Case, JsValue> {
    Case::understand(sheets::from_bytes(name, bytes), lang)
}

/// Reads a case from CSV files, as from a folder.
#[wasm_bindgen(js_name = readFiles)]
pub fn read_files(names: Vec<String>, contents: Vec<Uint8Array>, lang: &str) -> Result<Case, JsValue> {
    let contents: Vec<Vec<u8>> = contents.iter().map(Uint8Array::to_vec).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(String::as_str).zip(contents.iter().map(Vec::as_slice)).collect();
    Case::understand(sheets::from_csv_files(&files), lang)
}

/// A plan's canonical JSON from any `sandan-plan/1` document; throws where the text is none.
#[wasm_bindgen(js_name = planJson)]
pub fn plan_json(text: &str) -> Result<String, JsError> {
    Ok(plan(text)?.to_json())
}

impl Case {
    fn understand(reading: Reading, lang: &str) -> Result<Case, JsValue> {
        let lang = lang_of(lang)?;
        match reading.understand() {
            Ok(intake) => Ok(Case { intake: Rc::new(intake), lang }),
            Err(problems) => Err(faults(&problems, lang)),
        }
    }
}

/// An empty workbook with headers, explanations, drop-down lists and worked example rows.
#[wasm_bindgen]
pub fn template(lang: &str) -> Result<Vec<u8>, JsValue> {
    let lang = lang_of(lang)?;
    export::case::template(lang).map_err(|problems| faults(&problems, lang))
}

fn lang_of(word: &str) -> Result<Lang, JsError> {
    match word {
        "zh" => Ok(Lang::Zh),
        "en" => Ok(Lang::En),
        _ => Err(JsError::new(&format!("lang is `zh` or `en`, not `{word}`"))),
    }
}

fn plan(text: &str) -> Result<Plan, JsError> {
    Plan::from_json(text).map_err(|error| JsError::new(&format!("this is not a `sandan-plan/1` document: {error}")))
}

/// Problems as a value to throw; `js/index.js` catches it and answers with data.
pub(crate) fn faults(problems: &Problems, lang: Lang) -> JsValue {
    let records = problems.list.iter().map(|problem| problem.record(lang)).collect();
    match (Faults { problems: records, more: problems.more }).into_ts() {
        Ok(faults) => faults.into(),
        Err(error) => JsError::from(error).into(),
    }
}
