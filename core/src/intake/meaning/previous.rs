//! The previous plan: read, judged as a document, and its facts held against funds and stocks.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::{At, Findings, details};
use crate::intake::columns::LARGEST;
use crate::lists::{Case, Kind, Table};
use crate::plan::{FORMAT, Plan, Session};
use crate::problem::Code;

const DOCUMENT: At<'static> = At { table: Table::Previous, row: None, column: None };

/// Reads the document; `None` where it is no plan.
pub(super) fn read(text: &str, findings: &mut Findings) -> Option<Plan> {
    let text = text.trim_start_matches('\u{feff}');
    /// The one key that is looked at before the rest is believed.
    #[derive(serde::Deserialize)]
    struct Head {
        #[serde(default)]
        format: Option<String>,
    }
    if !text.trim_start().starts_with('{') {
        findings.add(DOCUMENT, Code::PreviousMalformed, "", details![1usize, 1usize]);
        return None;
    }
    match serde_json::from_str::<Head>(text) {
        Ok(Head { format: Some(format) }) if format == FORMAT => {}
        Ok(Head { format }) => {
            let at = At { column: Some("format"), ..DOCUMENT };
            findings.add(at, Code::PreviousFormat, format.as_deref().unwrap_or(""), details![FORMAT]);
            return None;
        }
        Err(error) => {
            findings.add(DOCUMENT, Code::PreviousMalformed, "", details![error.line(), error.column()]);
            return None;
        }
    }
    match Plan::from_json(text) {
        Ok(plan) => {
            check_amounts(&plan, findings);
            Some(plan)
        }
        Err(error) => {
            findings.add(DOCUMENT, Code::PreviousMalformed, "", details![error.line(), error.column()]);
            None
        }
    }
}

/// Every amount is at least 1 and at most 2⁴⁰.
pub(super) fn check_amounts(plan: &Plan, findings: &mut Findings) {
    let mut check = |amount: i64, path: &dyn Fn() -> String| {
        if !(1..=LARGEST).contains(&amount) {
            let path = path();
            let at = At { column: Some(&path), ..DOCUMENT };
            findings.add(at, Code::PreviousAmount, &amount.to_string(), details![1i64, LARGEST]);
        }
    };
    for (s, session) in plan.sessions.iter().enumerate() {
        for (i, served) in session.needs.iter().enumerate() {
            check(served.units, &|| format!("sessions[{s}].needs[{i}].units"));
        }
        for (i, seat) in session.staff.iter().enumerate() {
            check(seat.member, &|| format!("sessions[{s}].staff[{i}].member"));
            check(i64::from(seat.post), &|| format!("sessions[{s}].staff[{i}].post"));
        }
        for (i, draw) in session.goods.iter().enumerate() {
            check(draw.n, &|| format!("sessions[{s}].goods[{i}].n"));
        }
        if let Some(room) = session.room {
            check(room, &|| format!("sessions[{s}].room"));
        }
        for (i, payment) in session.funds.iter().enumerate() {
            check(payment.fen, &|| format!("sessions[{s}].funds[{i}].fen"));
        }
    }
    for (l, launch) in plan.launches.iter().enumerate() {
        for (i, payment) in launch.funds.iter().enumerate() {
            check(payment.fen, &|| format!("launches[{l}].funds[{i}].fen"));
        }
    }
}

/// The periods in which the previous plan starts sessions.
pub(super) fn start_periods(plan: &Plan) -> BTreeSet<&str> {
    plan.sessions.iter().map(|session| session.period.as_str()).collect()
}

/// Sessions of the previous plan that start before the freeze.
pub(super) fn facts(case: &Case) -> impl Iterator<Item = &Session> {
    let freeze = case.settings.freeze_before;
    let index: BTreeMap<&str, usize> = case.periods.iter().enumerate().map(|(i, p)| (p.id.as_str(), i)).collect();
    let is_fact = move |session: &&Session| match (freeze, index.get(session.period.as_str())) {
        (Some(freeze), Some(start)) => *start < freeze.index(),
        _ => false,
    };
    case.previous.iter().flat_map(|plan| &plan.sessions).filter(is_fact)
}

/// Facts that overdraw a fund or a stock are errors at the row of `resources`.
pub(super) fn check_facts(case: &Case, findings: &mut Findings) {
    let mut taken: BTreeMap<&str, i128> = BTreeMap::new();
    let mut held: BTreeSet<&str> = BTreeSet::new();
    for session in facts(case) {
        held.insert(&session.project);
        for payment in &session.funds {
            *taken.entry(&payment.fund).or_default() += i128::from(payment.fen);
        }
        for draw in &session.goods {
            *taken.entry(&draw.stock).or_default() += i128::from(draw.n);
        }
    }
    for launch in case.previous.iter().flat_map(|plan| &plan.launches) {
        if held.contains(launch.project.as_str()) {
            for payment in &launch.funds {
                *taken.entry(&payment.fund).or_default() += i128::from(payment.fen);
            }
        }
    }
    for (id, amount) in taken {
        let Some(resource) = case.resource(id).map(|r| &case.resources[r.index()]) else { continue };
        let held = matches!(resource.kind, Kind::Fund | Kind::Goods);
        if held && amount > i128::from(resource.amount) {
            let shown = |n: i128| if resource.kind == Kind::Fund { yuan(n) } else { n.to_string() };
            let at = At { table: Table::Resources, row: Some(resource.row), column: Some("amount") };
            let details = details![shown(amount).as_str(), shown(i128::from(resource.amount)).as_str()];
            findings.add(at, Code::FactsOverdraw, id, details);
        }
    }
}

/// Fen as yuan.
fn yuan(fen: i128) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}
