//! From columns back to the planner's words: sums are dealt out to sessions, turns to members, money to bills.

mod funnel;
mod left;
mod pay;
mod sessions;

use std::collections::BTreeMap;

use crate::engine::construct::Built;
use crate::engine::formulate::Formulation;
use crate::lists::{Case, NeedId, PeriodId};
use crate::model::{Combination, Model, Subject};
use crate::plan::{Launch, Plan, Session, Shortfall, Unmet};

pub use funnel::explain;

/// A point could not be dealt out: a fault of the program, never of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CannotDeal;

/// Writes a point as a plan: sessions with facts among them, launches, unmet needs and shortfalls (without reasons).
///
/// # Errors
/// When sums cannot be dealt out to members, which `Class::exact` rules out.
pub fn read_back(model: &Model, whole: &Formulation, x: &[i64], built: &[(usize, Built)]) -> Result<Plan, CannotDeal> {
    let case = model.case;
    let mut plan = Plan::empty();
    plan.case.clone_from(&case.hash);
    let held = sessions::deal(model, whole, x, built).ok_or(CannotDeal)?;
    let bills = pay::settle_bills(model, whole, x, &held).ok_or(CannotDeal)?;
    let project_id = |id: crate::lists::ProjectId| case.projects[id.index()].id.clone();
    let served = sessions::served(model, whole, &held);
    for ((session, bill), needs) in held.iter().zip(bills.sessions).zip(served) {
        let cell = &model.cells[whole.slots[session.slot].cell];
        plan.sessions.push(Session {
            id: String::new(),
            project: project_id(cell.project),
            place: case.places[cell.place.index()].id.clone(),
            period: case.periods[cell.start.index()].id.clone(),
            needs,
            staff: session.seats(model, whole),
            venue: session.room.map(|(resource, _)| case.resources[resource.index()].id.clone()),
            room: session.room.map(|(_, number)| number),
            funds: bill.funds,
            goods: bill.goods,
            fact: false,
        });
    }
    for (project, funds) in bills.launches {
        plan.launches.push(Launch { project: project_id(project), funds, fact: false });
    }
    add_facts(model, &mut plan);
    plan.unmet = unmet(case, &plan);
    plan.shortfalls = shortfalls(model, whole, x);
    plan.put_in_order(case.periods.iter().map(|p| p.id.as_str()));
    Ok(plan)
}

fn add_facts(model: &Model, plan: &mut Plan) {
    let Some(previous) = &model.case.previous else { return };
    for &position in &model.facts.sessions {
        plan.sessions.push(Session { fact: true, ..previous.sessions[position].clone() });
    }
    for launch in &previous.launches {
        if model.case.project(&launch.project).is_some_and(|id| model.facts.launched.contains(&id)) {
            plan.launches.push(Launch { fact: true, ..launch.clone() });
        }
    }
}

fn unmet(case: &Case, plan: &Plan) -> Vec<Unmet> {
    let mut served: BTreeMap<&str, i64> = BTreeMap::new();
    for need in plan.sessions.iter().flat_map(|s| &s.needs) {
        *served.entry(&need.need).or_default() += need.units;
    }
    let left = |need: &crate::lists::Need| need.quantity - served.get(need.id.as_str()).copied().unwrap_or(0);
    case.needs
        .iter()
        .filter(|need| left(need) > 0)
        .map(|need| Unmet { need: need.id.clone(), units: left(need), reason: crate::plan::Reason::default() })
        .collect()
}

fn shortfalls(model: &Model, whole: &Formulation, x: &[i64]) -> Vec<Shortfall> {
    whole
        .quotas
        .iter()
        .filter_map(|quota| {
            let found: i64 = quota.of.iter().map(|(c, a)| a * x[c.index()]).sum();
            (found < quota.target).then(|| Shortfall {
                rule: model.case.rules[quota.rule].id.clone(),
                per: per(model.case, &quota.combination),
                missing: quota.target - found,
                reason: crate::plan::Reason::default(),
            })
        })
        .collect()
}

/// A combination in the planner's words.
fn per(case: &Case, combination: &Combination) -> BTreeMap<String, String> {
    combination
        .iter()
        .map(|subject| match *subject {
            Subject::Place(id) => ("place".to_owned(), case.places[id.index()].id.clone()),
            Subject::Period(id) => ("period".to_owned(), case.periods[PeriodId::index(id)].id.clone()),
            Subject::Project(id) => ("project".to_owned(), case.projects[id.index()].id.clone()),
            Subject::Org(org) => ("org".to_owned(), case.text(org).to_owned()),
            Subject::Service(service) => ("service".to_owned(), case.text(service).to_owned()),
            Subject::Tag(kind, value) => (case.text(kind).to_owned(), case.text(value).to_owned()),
        })
        .collect()
}

/// The need with this id in a case that has it.
pub(crate) fn need_named(case: &Case, id: &str) -> NeedId {
    case.need(id).expect("unmet needs are named from the lists")
}
