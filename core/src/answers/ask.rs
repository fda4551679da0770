//! One door for bindings: a question as JSON, the answer as a JSON document with its text.

use serde::Serialize;
use serde_json::Value;

use super::changes::Change;
use super::{
    Ground, Prices, Question, Refusal, Subject, audit, compare, document, fairness, gaps, marginal_prices, recommend,
    repairs, why,
};
use crate::export::{Names, either};
use crate::lists::{Case, Lang};
use crate::plan::Plan;

/// Answers a question about a plan: `kind` is `why`, `repairs`, `gaps`, `prices`, `recommend`, `compare` (with another
/// plan), `fairness` or `audit`. `asked` is an object with what is asked about: `need`, `rule` and `per`, `project`,
/// `resource`, `most`, `price` (points by kind of change).
///
/// # Errors
/// One line for a planner.
pub fn ask(
    case: &Case,
    lang: Lang,
    kind: &str,
    plan: &Plan,
    asked: &Value,
    other: Option<&Plan>,
) -> Result<Value, String> {
    let names = Names::new(case, lang);
    if kind == "compare" {
        let missing = either(lang, "compare 还需要另一个方案", "compare needs another plan");
        let comparison = compare(case, plan, other.ok_or(missing)?);
        return Ok(with_text(kind, &comparison, comparison.text(&names)));
    }
    let say = |refusal: Refusal| refusal.message(lang);
    let ground = Ground::new(case, plan).map_err(say)?;
    let text = |key: &str| asked[key].as_str().map(str::to_owned);
    let most = |default: u64| usize::try_from(asked["most"].as_u64().unwrap_or(default)).unwrap_or(usize::MAX);
    let mut prices = Prices::default();
    for (name, points) in asked["price"].as_object().into_iter().flatten() {
        if !points.as_i64().is_some_and(|points| prices.set(name, points)) {
            return Err(match lang {
                Lang::Zh => format!("price 里没有 {name} 这一类，或不是 0 到 1000000000 的整数"),
                Lang::En => format!("price has no kind `{name}`, or it is no whole number from 0 to 1000000000"),
            });
        }
    }
    Ok(match kind {
        "why" => {
            let found = why(&ground, &question(asked, lang)?).map_err(say)?;
            with_text(kind, &found, found.text(&names))
        }
        "repairs" => {
            let need = text("need").ok_or(either(lang, "repairs 要写 need", "repairs needs `need`"))?;
            let found = repairs(&ground, &need, &prices, most(5)).map_err(say)?;
            let said = found.repairs.iter().map(|repair| words(&repair.changes, &names));
            with_said(with_text(kind, &found, found.text(&names)), said)
        }
        "gaps" => {
            let found = gaps(&ground, &prices).map_err(say)?;
            let said = found.gaps.iter().map(|gap| words(&gap.changes, &names));
            with_said(with_text(kind, &found, found.text(&names)), said)
        }
        "prices" => {
            let found = marginal_prices(&ground, &prices).map_err(say)?;
            let said = found.gaps.iter().map(|gap| words(&gap.changes, &names));
            with_said(with_text(kind, &found, found.text(&names)), said)
        }
        "recommend" => {
            let subject = match (text("need"), text("resource")) {
                (Some(need), None) => Subject::Need { need },
                (None, Some(resource)) => Subject::Resource { resource },
                _ => {
                    return Err(either(
                        lang,
                        "recommend 要写 need 或 resource 其中一个",
                        "recommend needs one of `need` and `resource`",
                    )
                    .to_owned());
                }
            };
            let found = recommend(&ground, &subject, most(3)).map_err(say)?;
            with_text(kind, &found, found.text(&names, &ground.levels))
        }
        "fairness" => {
            let found = fairness(&ground).map_err(say)?;
            with_text(kind, &found, found.text(&names))
        }
        "audit" => {
            let found = audit(&ground).map_err(say)?;
            with_text(kind, &found, found.text(&names, &ground.levels))
        }
        _ => {
            return Err(match lang {
                Lang::Zh => format!("没有“{kind}”这种答复"),
                Lang::En => format!("no answer is called `{kind}`"),
            });
        }
    })
}

fn question(asked: &Value, lang: Lang) -> Result<Question, String> {
    let text = |key: &str| asked[key].as_str().map(str::to_owned);
    match (text("need"), text("rule"), text("project"), text("resource")) {
        (Some(need), None, None, None) => Ok(Question::Need { need }),
        (Some(need), None, Some(project), Some(resource)) => Ok(Question::Triple { need, project, resource }),
        (None, Some(rule), None, None) => {
            let per = asked["per"].as_object().into_iter().flatten();
            let per = per.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect();
            Ok(Question::Rule { rule, per })
        }
        _ => Err(either(
            lang,
            "why 要写 need，或 rule（连同 per），或 need、project、resource 三个",
            "why needs `need`, or `rule` (with `per`), or `need`, `project` and `resource`",
        )
        .to_owned()),
    }
}

/// Adds what is said of each item of an answer's list, under `said`.
fn with_said(mut document: Value, said: impl Iterator<Item = String>) -> Value {
    document["said"] = said.map(Value::from).collect();
    document
}

/// Changes in words, on one line.
fn words(changes: &[Change], names: &Names) -> String {
    changes.iter().map(|change| change.words(names)).collect::<Vec<_>>().join(either(names.lang, "；", "; "))
}

/// An answer as a document, with the answer for people under `text`.
pub fn with_text(kind: &str, answer: &impl Serialize, text: String) -> Value {
    let mut document = document(kind, answer);
    document["text"] = Value::from(text);
    document
}
