//! Answers about a plan: each as plain values, in words, and with the plans that show it.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, mpsc};
use std::time::Duration;

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyAny;
use sandan::answers::events::Event;
use sandan::answers::{self, Ground, ListChange, Mended, Prices, Question, Refusal, Subject};
use sandan::export::Names;
use sandan::intake::Intake;
use sandan::lists::Lang;
use sandan::plan::Plan;
use serde::Serialize;

use crate::error;
use crate::plan::Known;

/// What an answer is made of, before it is Python's.
pub(crate) struct Answer {
    /// The document of the answer.
    document: serde_json::Value,
    /// What is said of each item of its list, in words.
    items: Vec<String>,
    text: String,
    plans: Vec<Plan>,
}

/// An answer to Python: the document, what is said of each item, the whole in words, the plans.
pub(crate) type Answered<'py> = (Bound<'py, PyAny>, Vec<String>, String, Vec<crate::plan::Plan>);

/// What is asked.
pub(crate) enum Ask {
    Why(Question),
    Repairs(String, usize, Prices),
    Gaps(Prices),
    Prices(Prices),
    Recommend(Subject, usize),
    Fairness,
    Audit,
    Compare(Arc<Plan>),
}

impl Answer {
    fn new(kind: &str, answer: &impl Serialize, text: String) -> Answer {
        Answer { document: answers::document(kind, answer), items: Vec::new(), text, plans: Vec::new() }
    }

    pub(crate) fn into_python(self, py: Python<'_>) -> PyResult<Answered<'_>> {
        let plans = self.plans.into_iter().map(crate::plan::Plan::new).collect();
        Ok((error::to_python(py, &self.document)?, self.items, self.text, plans))
    }

    /// The difference between the plan before and its rematch.
    pub(crate) fn of_rematch(prepared: &answers::Prepared, plan: &Plan, lang: Lang) -> Answer {
        let rematch = answers::rematched(prepared, plan);
        let text = rematch.text(&Names::new(&prepared.intake.case, lang));
        Answer::new("rematch", &rematch, text)
    }
}

/// Answers a question about a plan of a case.
pub(crate) fn answer(
    intake: &Arc<Intake>,
    plan: &Plan,
    known: &Known,
    ask: Ask,
    lang: Lang,
) -> Result<Answer, Refusal> {
    let case = &intake.case;
    let names = &Names::new(case, lang);
    let said = |changes: &[ListChange]| {
        let words: Vec<String> = changes.iter().map(|change| change.words(names)).collect();
        words.join(if lang == Lang::Zh { "；" } else { "; " })
    };
    let ground = || -> Result<Ground<'_>, Refusal> {
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, checked)) = known.as_ref().filter(|(of, _)| Arc::ptr_eq(of, intake)) {
            return Ok(Ground::again(case, plan, checked.clone()));
        }
        let ground = Ground::new(case, plan)?;
        *known = Some((Arc::clone(intake), ground.checked()));
        Ok(ground)
    };
    let found = match ask {
        Ask::Compare(other) => {
            let comparison = answers::compare(case, plan, &other);
            Answer::new("compare", &comparison, comparison.text(names))
        }
        Ask::Why(question) => {
            let mut why = answers::why(&ground()?, &question)?;
            let plans = why.plan.take().map(|plan| *plan);
            Answer { plans: plans.into_iter().collect(), ..Answer::new("why", &why, why.text(names)) }
        }
        Ask::Repairs(need, most, prices) => {
            let repairs = answers::repairs(&ground()?, &need, &prices, most)?;
            Answer {
                items: repairs.repairs.iter().map(|repair| said(&repair.changes)).collect(),
                plans: repairs.repairs.iter().map(|repair| (*repair.plan).clone()).collect(),
                ..Answer::new("repairs", &repairs, repairs.text(names))
            }
        }
        Ask::Gaps(prices) => of_gaps("gaps", &answers::gaps(&ground()?, &prices)?, names, said),
        Ask::Prices(prices) => {
            let gaps = answers::marginal_prices(&ground()?, &prices)?;
            Answer::new("prices", &gaps.as_prices(), gaps.text(names))
        }
        Ask::Recommend(subject, most) => {
            let ground = &ground()?;
            let recommendation = answers::recommend(ground, &subject, most)?;
            Answer::new("recommend", &recommendation, recommendation.text(names, &ground.levels))
        }
        Ask::Fairness => {
            let fairness = answers::fairness(&ground()?)?;
            Answer::new("fairness", &fairness, fairness.text(names))
        }
        Ask::Audit => {
            let ground = &ground()?;
            let audit = answers::audit(ground)?;
            Answer::new("audit", &audit, audit.text(names, &ground.levels))
        }
    };
    Ok(found)
}

fn of_gaps(kind: &str, gaps: &answers::Gaps, names: &Names, said: impl Fn(&[ListChange]) -> String) -> Answer {
    let items = gaps.gaps.iter().map(|gap| said(&gap.changes)).collect();
    Answer { items, ..Answer::new(kind, gaps, gaps.text(names)) }
}

/// The default prices of changes with those that the caller names.
pub(crate) fn prices(own: Vec<(String, i64)>) -> PyResult<Prices> {
    let mut prices = Prices::default();
    for (name, points) in own {
        if !prices.set(&name, points) {
            let known: Vec<&str> = prices.list().map(|(name, _)| name).collect();
            let known = known.join(", ");
            return Err(PyValueError::new_err(format!(
                "`{name}: {points}` is no price: points from 0 to 10⁹ for one of {known}"
            )));
        }
    }
    Ok(prices)
}

/// Events from JSON text.
pub(crate) fn events(text: &str, lang: Lang) -> PyResult<Vec<Event>> {
    answers::events::read(text).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(|fault| fault.message(lang)).collect();
        PyValueError::new_err(lines.join("\n"))
    })
}

/// The question that Python has put.
pub(crate) fn ask(
    kind: &str,
    mut about: BTreeMap<String, String>,
    most: usize,
    prices: Prices,
    other: Option<&crate::plan::Plan>,
) -> PyResult<Ask> {
    let mut take = |name: &str| about.remove(name);
    let asked = match (kind, take("need"), take("project"), take("resource"), take("rule")) {
        ("why", Some(need), None, None, None) => Ask::Why(Question::Need { need }),
        ("why", Some(need), Some(project), Some(resource), None) => {
            Ask::Why(Question::Triple { need, project, resource })
        }
        ("why", None, None, None, Some(rule)) => Ask::Why(Question::Rule { rule, per: about }),
        ("repairs", Some(need), None, None, None) => Ask::Repairs(need, most, prices),
        ("recommend", Some(need), None, None, None) => Ask::Recommend(Subject::Need { need }, most),
        ("recommend", None, None, Some(resource), None) => Ask::Recommend(Subject::Resource { resource }, most),
        ("gaps", ..) => Ask::Gaps(prices),
        ("prices", ..) => Ask::Prices(prices),
        ("fairness", ..) => Ask::Fairness,
        ("audit", ..) => Ask::Audit,
        ("compare", ..) if let Some(other) = other => Ask::Compare(Arc::clone(&other.inner)),
        _ => return Err(PyValueError::new_err(format!("`{kind}` cannot be asked like this"))),
    };
    Ok(asked)
}

/// The lists after events, with the plan before.
#[pyclass(frozen, module = "sandan._native")]
pub(crate) struct Prepared {
    inner: Arc<answers::Prepared>,
    lang: Lang,
    mended: OnceLock<Option<Mended>>,
}

#[pymethods]
impl Prepared {
    /// The lists as a case of their own, with the plan before as its `previous`.
    fn case(&self) -> crate::case::Case {
        crate::case::Case::understood_as(&self.inner.sheets, self.inner.intake.clone(), self.lang)
    }

    /// The plan before, mended, where that is as well to hand out as what a search of the whole would find; else `None`.
    fn enough(&self, py: Python<'_>) -> PyResult<Option<crate::plan::Plan>> {
        let mended = self.mended(py)?.filter(|mended| mended.enough);
        Ok(mended.map(|mended| crate::plan::Plan::new(mended.plan)))
    }

    /// The better of a plan that was found by a search of the whole and the plan before, mended.
    fn better(&self, py: Python<'_>, plan: &crate::plan::Plan) -> PyResult<crate::plan::Plan> {
        let mended = self.mended(py)?;
        Ok(crate::plan::Plan::new(answers::better(&self.inner, mended, (*plan.inner).clone())))
    }

    /// A new plan beside the plan before.
    #[pyo3(signature = (plan) -> "tuple[dict[str, Any], list[str], str, list[Plan]]")]
    fn rematched<'py>(&self, py: Python<'py>, plan: &crate::plan::Plan) -> PyResult<Answered<'py>> {
        py.detach(|| Answer::of_rematch(&self.inner, &plan.inner, self.lang)).into_python(py)
    }
}

impl Prepared {
    pub(crate) fn new(inner: answers::Prepared, lang: Lang) -> Self {
        Prepared { inner: Arc::new(inner), lang, mended: OnceLock::new() }
    }

    fn mended(&self, py: Python<'_>) -> PyResult<Option<Mended>> {
        if self.mended.get().is_none() {
            let prepared = Arc::clone(&self.inner);
            let mended = patiently(py, move || answers::mended(&prepared))?;
            // Another thread may have been quicker: what it found is the same.
            self.mended.set(mended).ok();
        }
        Ok(self.mended.get().cloned().flatten())
    }
}

/// Why there is no answer, as an exception.
pub(crate) fn refuse(refusal: &Refusal, lang: Lang) -> PyErr {
    let message = refusal.message(lang);
    match refusal {
        Refusal::Fault(_) => PyRuntimeError::new_err(message),
        Refusal::NoPlan => error::no_plan(),
        _ => PyValueError::new_err(message),
    }
}

/// Does long work in a thread of its own, so that Ctrl-C is heard at once; then the work is left to end unheard.
pub(crate) fn patiently<T: Send + 'static>(py: Python<'_>, work: impl FnOnce() -> T + Send + 'static) -> PyResult<T> {
    let (say, hear) = mpsc::sync_channel(1);
    let work = move || {
        say.send(work()).ok();
    };
    std::thread::Builder::new().name("sandan".to_owned()).spawn(work)?;
    let mut hear = Some(hear);
    loop {
        let heard = py.detach(|| {
            let from = hear.take().expect("put back below");
            let word = from.recv_timeout(Duration::from_millis(20));
            hear = Some(from);
            word
        });
        match heard {
            Ok(answer) => return Ok(answer),
            Err(mpsc::RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                return Err(PyRuntimeError::new_err("a fault of sandan: the work ended without a word"));
            }
        }
    }
}
