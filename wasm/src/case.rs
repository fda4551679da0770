//! A case and a plan, wrapped.

use std::rc::Rc;

use sandan::check::ReportRecord;
use sandan::intake::Intake;
use sandan::lists::Lang;
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
    pub fn check(&self, plan: &Plan) -> Result<Ts<ReportRecord>, JsError> {
        Ok(sandan::check::check(&self.intake.case, &plan.inner).record(self.lang).into_ts()?)
    }

    /// Begins a run.
    pub fn start(&self, options: Ts<Options>) -> Result<Run, JsError> {
        Ok(Run::new(Rc::clone(&self.intake), self.lang, &options.to_rust()?))
    }
}

/// A plan as the library holds it.
#[wasm_bindgen]
pub struct Plan {
    pub(crate) inner: sandan::plan::Plan,
}

#[wasm_bindgen]
impl Plan {
    /// Reads a `sandan-plan/1` document; throws where the text is none.
    #[wasm_bindgen(js_name = fromJson)]
    pub fn from_json(text: &str) -> Result<Plan, JsError> {
        match sandan::plan::Plan::from_json(text) {
            Ok(inner) => Ok(Plan { inner }),
            Err(error) => Err(JsError::new(&format!("this is not a `sandan-plan/1` document: {error}"))),
        }
    }

    /// The canonical JSON, byte for byte the same from Rust, Python and JavaScript.
    #[wasm_bindgen(js_name = toJson)]
    pub fn to_json(&self) -> String {
        self.inner.to_json()
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
