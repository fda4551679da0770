//! Answers about a plan: each is one call of the library; what comes back is the document of `schemas/answers.schema.json`.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyAny;
use sandan::answers::{self, Ground, NotPrepared, Prices, Question, Refusal, Subject, document};
use sandan::export::Names;
use sandan::lists::{Case as Lists, Lang};
use sandan::plan::Plan as Found;
use serde_json::Value;

use crate::case::Case;
use crate::plan::Plan;
use crate::{error, run};

/// Answers a question about a plan of a case, as a dict: `kind` is `why`, `repairs`, `gaps`, `prices`, `recommend`,
/// `compare`, `fairness` or `audit`; `asked` is JSON with what is asked about (`need`, `rule` and `per`, `project`,
/// `resource`, `most`, `price`). The answer for people stands under `text`.
#[pyfunction]
#[pyo3(signature = (case, kind, plan, asked="{}", other=None) -> "dict[str, Any]")]
pub(crate) fn answer<'py>(
    py: Python<'py>,
    case: &Case,
    kind: &str,
    plan: &Plan,
    asked: &str,
    other: Option<PyRef<'py, Plan>>,
) -> PyResult<Bound<'py, PyAny>> {
    let asked: Value = serde_json::from_str(asked).map_err(|error| PyValueError::new_err(error.to_string()))?;
    let (lists, lang) = (case.lists(), case.language());
    let other = other.map(|other| other.inner.clone());
    let answered = py.detach(|| answered(lists, lang, kind, &plan.inner, &asked, other.as_ref()));
    error::to_python(py, &answered.map_err(PyValueError::new_err)?)
}

/// A plan made again after events, as the new plan and the answer as a dict with its `text`. `events` is a
/// `sandan-events/1` document.
#[pyfunction]
#[pyo3(signature = (case, previous, events="[]", freeze_before=None) -> "tuple[Plan, dict[str, Any]]")]
pub(crate) fn rematch<'py>(
    py: Python<'py>,
    case: &Case,
    previous: &Plan,
    events: &str,
    freeze_before: Option<&str>,
) -> PyResult<(Plan, Bound<'py, PyAny>)> {
    let lang = case.language();
    let events = answers::events::read(events).map_err(|faults| refused(&faults, lang))?;
    let sheets = case.sheets().clone();
    let prepared = py.detach(|| answers::prepare(sheets, previous.inner.clone(), &events, freeze_before));
    let prepared = prepared.map_err(|not| match not {
        NotPrepared::Problems(problems) => error::case_error(py, &problems, lang),
        NotPrepared::Events(faults) => refused(&faults, lang),
    })?;
    let found = run::run(py, &prepared.intake.case, lang, None)?;
    let plan = Plan { inner: py.detach(|| answers::better(&prepared, found.inner.clone())) };
    let found = answers::rematched(&prepared, &plan.inner);
    let text = found.text(&Names::new(&prepared.intake.case, lang));
    let record = error::to_python(py, &with_text(document("rematch", &found), text))?;
    Ok((plan, record))
}

fn refused(faults: &[answers::events::EventFault], lang: Lang) -> PyErr {
    let lines: Vec<String> = faults.iter().map(|fault| fault.message(lang)).collect();
    PyValueError::new_err(lines.join("\n"))
}

/// The answer as a document with its text.
fn answered(
    case: &Lists,
    lang: Lang,
    kind: &str,
    plan: &Found,
    asked: &Value,
    other: Option<&Found>,
) -> Result<Value, String> {
    let names = Names::new(case, lang);
    if kind == "compare" {
        let comparison = answers::compare(case, plan, other.ok_or("`compare` needs another plan")?);
        return Ok(with_text(document(kind, &comparison), comparison.text(&names)));
    }
    let say = |refusal: Refusal| refusal.message(lang);
    let ground = Ground::new(case, plan).map_err(say)?;
    let text = |key: &str| asked[key].as_str().map(str::to_owned);
    let most = |default: u64| usize::try_from(asked["most"].as_u64().unwrap_or(default)).unwrap_or(usize::MAX);
    let mut prices = Prices::default();
    for (name, points) in asked["price"].as_object().into_iter().flatten() {
        if !points.as_i64().is_some_and(|points| prices.set(name, points)) {
            return Err(format!("no price `{name}` or no whole number"));
        }
    }
    Ok(match kind {
        "why" => {
            let found = answers::why(&ground, &question(asked)?).map_err(say)?;
            with_text(document(kind, &found), found.text(&names))
        }
        "repairs" => {
            let need = text("need").ok_or("`repairs` needs `need`")?;
            let found = answers::repairs(&ground, &need, &prices, most(5)).map_err(say)?;
            with_text(document(kind, &found), found.text(&names))
        }
        "gaps" | "prices" => {
            let found = match kind {
                "gaps" => answers::gaps(&ground, &prices),
                _ => answers::marginal_prices(&ground, &prices),
            };
            let found = found.map_err(say)?;
            with_text(document(kind, &found), found.text(&names))
        }
        "recommend" => {
            let subject = match (text("need"), text("resource")) {
                (Some(need), None) => Subject::Need { need },
                (None, Some(resource)) => Subject::Resource { resource },
                _ => return Err("`recommend` needs one of `need` and `resource`".to_owned()),
            };
            let found = answers::recommend(&ground, &subject, most(3)).map_err(say)?;
            with_text(document(kind, &found), found.text(&names, &ground.levels))
        }
        "fairness" => {
            let found = answers::fairness(&ground).map_err(say)?;
            with_text(document(kind, &found), found.text(&names))
        }
        "audit" => {
            let found = answers::audit(&ground).map_err(say)?;
            with_text(document(kind, &found), found.text(&names, &ground.levels))
        }
        _ => return Err(format!("no answer is called `{kind}`")),
    })
}

fn question(asked: &Value) -> Result<Question, String> {
    let text = |key: &str| asked[key].as_str().map(str::to_owned);
    match (text("need"), text("rule"), text("project"), text("resource")) {
        (Some(need), None, None, None) => Ok(Question::Need { need }),
        (Some(need), None, Some(project), Some(resource)) => Ok(Question::Triple { need, project, resource }),
        (None, Some(rule), None, None) => {
            let per = asked["per"].as_object().into_iter().flatten();
            let per = per.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect();
            Ok(Question::Rule { rule, per })
        }
        _ => Err("`why` needs `need`, `rule` (with `per`), or `need`, `project` and `resource`".to_owned()),
    }
}

fn with_text(mut document: Value, text: String) -> Value {
    document["text"] = Value::from(text);
    document
}
