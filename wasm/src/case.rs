//! A case, wrapped.

use std::rc::Rc;

use js_sys::Uint8Array;
use sandan::answers::ask;
use sandan::check::{ReportRecord, check};
use sandan::export::case::document;
use sandan::intake::Intake;
use sandan::intake::sheets::{self, Reading};
use sandan::lists::Lang;
use sandan::problem::{ProblemRecord, Problems};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::directory::{directory, told};
use crate::edit::edited;
use crate::reading;
use crate::rematch::{Rematch, prepare};
use crate::run::{Options, Run};
use crate::words::{lang_of, plan_of};

/// A case as the library holds it, with the tables that it was read from.
#[wasm_bindgen]
pub struct Case {
    pub(crate) intake: Rc<Intake>,
    pub(crate) tables: Rc<Reading>,
    pub(crate) lang: Lang,
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

    /// The raw tables as text for `readTables`: row numbers and all, so that a case can be kept outside of WebAssembly.
    pub fn tables(&self) -> String {
        reading::write((*self.tables).clone())
    }

    /// The lists as a `sandan-case/1` document, with columns named in the language asked for.
    pub fn document(&self, lang: &str) -> Result<String, JsValue> {
        let lang = lang_of(lang)?;
        document(&self.tables.sheets, lang).map_err(|problems| faults(&problems, lang))
    }

    /// Names and places of everything in the lists, as JSON: what a page needs to show a plan.
    pub fn directory(&self) -> String {
        directory(&self.intake.case, self.lang).to_string()
    }

    /// What is to be said about a plan of this case, in words, as JSON: its levels, and why each unmet need and each
    /// missed quota is so.
    pub fn told(&self, plan_json: &str) -> Result<String, JsError> {
        Ok(told(&self.intake.case, &plan_of(plan_json)?, self.lang).to_string())
    }

    /// The lists with edits, JSON as `js/index.js` describes it; throws `Faults` where the lists then have some.
    pub fn edited(&self, edits: &str) -> Result<Case, JsValue> {
        let mut tables = (*self.tables).clone();
        edited(&mut tables.sheets, edits).map_err(|text| JsError::new(&text))?;
        Case::understand(tables, self.lang)
    }

    /// Judges a plan by the lists alone.
    pub fn check(&self, plan_json: &str) -> Result<Ts<ReportRecord>, JsError> {
        Ok(check(&self.intake.case, &plan_of(plan_json)?).record(self.lang).into_ts()?)
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
        let other = other_json.map(|text| plan_of(&text)).transpose()?;
        let answered = ask(&self.intake.case, self.lang, kind, &plan_of(plan_json)?, &asked, other.as_ref());
        answered.map(|document| document.to_string()).map_err(|text| JsError::new(&text))
    }

    /// Begins a run.
    pub fn start(&self, options: Ts<Options>) -> Result<Run, JsError> {
        Ok(Run::new(Rc::clone(&self.intake), self.lang, &options.to_rust()?))
    }

    /// The lists after events (the JSON of `schemas/events.schema.json`), with the plan before; throws `Faults` where
    /// the lists then have some.
    pub fn rematch(
        &self,
        previous_json: &str,
        events: &str,
        freeze_before: Option<String>,
    ) -> Result<Rematch, JsValue> {
        prepare(self, plan_of(previous_json)?, events, freeze_before.as_deref())
    }
}

/// Reads a case from the bytes of a JSON document; `name` is used in messages.
#[wasm_bindgen(js_name = readBytes)]
pub fn read_bytes(name: &str, bytes: &[u8], lang: &str) -> Result<Case, JsValue> {
    Case::understand(sheets::from_bytes(name, bytes), lang_of(lang)?)
}

/// Reads a case from CSV files, as from a folder.
#[wasm_bindgen(js_name = readFiles)]
pub fn read_files(names: Vec<String>, contents: Vec<Uint8Array>, lang: &str) -> Result<Case, JsValue> {
    let contents: Vec<Vec<u8>> = contents.iter().map(Uint8Array::to_vec).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(String::as_str).zip(contents.iter().map(Vec::as_slice)).collect();
    Case::understand(sheets::from_csv_files(&files), lang_of(lang)?)
}

/// Reads a case from the text of `Case.tables` or of the file that reads workbooks.
#[wasm_bindgen(js_name = readTables)]
pub fn read_tables(tables: &str, lang: &str) -> Result<Case, JsValue> {
    let reading = reading::read(tables).map_err(|text| JsError::new(&text))?;
    Case::understand(reading, lang_of(lang)?)
}

/// A plan's canonical JSON from any `sandan-plan/1` document; throws where the text is none.
#[wasm_bindgen(js_name = planJson)]
pub fn plan_json(text: &str) -> Result<String, JsError> {
    Ok(plan_of(text)?.to_json())
}

impl Case {
    pub(crate) fn understand(reading: Reading, lang: Lang) -> Result<Case, JsValue> {
        let tables = Rc::new(reading.clone());
        match reading.understand() {
            Ok(intake) => Ok(Case { intake: Rc::new(intake), tables, lang }),
            Err(problems) => Err(faults(&problems, lang)),
        }
    }
}

/// Problems as a value to throw; `js/index.js` catches it and answers with data.
pub(crate) fn faults(problems: &Problems, lang: Lang) -> JsValue {
    let records = problems.list.iter().map(|problem| problem.record(lang)).collect();
    match (Faults { problems: records, more: problems.more }).into_ts() {
        Ok(faults) => faults.into(),
        Err(error) => JsError::from(error).into(),
    }
}
