//! **H10 money** Each session's cost, and the launch cost of each project that is held, is paid in full — to the fen —
//! from funds that may be used for it; no fund is overdrawn. Launches are paid from funds without `places` and
//! `periods`. Amounts are ≥ 1 fen, one line a fund. A launch in `previous` is a fact and is paid once.

use std::collections::{BTreeMap, BTreeSet};

use super::facts;
use super::fault::Fault;
use super::permits;
use super::reading::{Held, Reading};
use super::violation::Violation;
use crate::lists::{Kind, PeriodId, Project, ProjectId, Resource, ResourceId};
use crate::plan::Payment;

pub(super) fn judge(reading: &Reading, out: &mut Vec<Violation>) {
    for held in &reading.sessions {
        let Some(project) = held.judged() else { continue };
        judge_lines(reading, &held.session.funds, project, Some(held), out);
        let (paid, cost) = (paid(&held.session.funds), session_cost(held, project.1));
        if paid != cost {
            out.push(Violation::new("H10", Fault::Paid).of([&project.1.id]).amounts(paid, cost).at(&held.label));
        }
    }
    judge_launches(reading, out);
    judge_balances(reading, out);
}

/// What a session costs, in fen.
pub(super) fn session_cost(held: &Held, project: &Project) -> i128 {
    i128::from(project.unit_cost_fen).saturating_mul(held.units()).saturating_add(project.session_cost_fen.into())
}

fn paid(funds: &[Payment]) -> i128 {
    funds.iter().map(|payment| i128::from(payment.fen)).sum()
}

/// Judges the lines of a session, or of a launch if there is no session.
fn judge_lines(
    reading: &Reading,
    funds: &[Payment],
    project: (ProjectId, &Project),
    held: Option<&Held>,
    out: &mut Vec<Violation>,
) {
    let label = held.map(|held| held.label.as_str());
    let add = |violation: Violation, out: &mut Vec<Violation>| {
        out.push(label.into_iter().fold(violation, Violation::at));
    };
    let mut seen = BTreeSet::new();
    for payment in funds {
        if payment.fen < 1 {
            add(Violation::new("H10", Fault::Fen).of([&payment.fund]).amounts(payment.fen.into(), 1), out);
        }
        if !seen.insert(payment.fund.as_str()) {
            add(Violation::new("H10", Fault::FundTwice).of([&payment.fund]), out);
            continue;
        }
        let Some(row) = reading.case.resource(&payment.fund).map(|id| reading.resource(id)) else { continue };
        if row.kind != Kind::Fund {
            add(Violation::new("H10", Fault::NotFund).of([&row.id]), out);
            continue;
        }
        permits::judge_project("H10", row, project, label, out);
        match held {
            None if row.places.is_some() || !row.periods.is_all() => {
                add(Violation::new("H10", Fault::LaunchFund).of([&row.id, &project.1.id]), out);
            }
            None => {}
            Some(held) => judge_use("H10", reading, row, held, out),
        }
    }
}

/// Whether a fund or a stock may be used where and when the session starts.
pub(super) fn judge_use(
    constraint: &'static str,
    reading: &Reading,
    row: &Resource,
    held: &Held,
    out: &mut Vec<Violation>,
) {
    permits::judge_place(constraint, row, reading, held, out);
    if let Some(start) = held.start.filter(|start| !row.periods.contains(PeriodId::from(*start))) {
        let names = [row.id.as_str(), reading.period_id(start)];
        out.push(Violation::new(constraint, Fault::ResourcePeriods).of(names).at(&held.label));
    }
}

/// Projects whose launch the plan has to pay: they hold a session that is no fact, and their launch is none either.
pub(super) fn launches_owed(reading: &Reading) -> BTreeSet<ProjectId> {
    let listed = reading.plan.launches.iter().zip(&reading.launch_facts);
    let mut paid: BTreeSet<&str> =
        listed.filter(|(_, fact)| **fact).map(|(launch, _)| launch.project.as_str()).collect();
    // A launch that the plan should have kept is named among the facts, and not owed a second time.
    paid.extend(facts::launches_begun(reading.case));
    let new = reading.sessions.iter().filter_map(Held::judged);
    new.filter(|(_, project)| !paid.contains(project.id.as_str())).map(|(id, _)| id).collect()
}

fn judge_launches(reading: &Reading, out: &mut Vec<Violation>) {
    let held: BTreeSet<&str> = reading.sessions.iter().map(|held| held.session.project.as_str()).collect();
    let mut owed = launches_owed(reading);
    let mut seen = BTreeSet::new();
    for (launch, fact) in reading.plan.launches.iter().zip(&reading.launch_facts) {
        if !seen.insert(launch.project.as_str()) {
            out.push(Violation::new("H10", Fault::LaunchTwice).of([&launch.project]));
            continue;
        }
        if *fact {
            continue;
        }
        for payment in launch.funds.iter().filter(|payment| reading.case.resource(&payment.fund).is_none()) {
            out.push(Violation::new("form", Fault::UnknownResource).of([&payment.fund]));
        }
        let Some(id) = reading.case.project(&launch.project) else {
            out.push(Violation::new("form", Fault::UnknownProject).of([&launch.project]));
            continue;
        };
        let project = &reading.case.projects[id.index()];
        if !held.contains(launch.project.as_str()) {
            out.push(Violation::new("H10", Fault::LaunchIdle).of([&launch.project]));
            continue;
        }
        owed.remove(&id);
        judge_lines(reading, &launch.funds, (id, project), None, out);
        judge_launch_paid(project, paid(&launch.funds), out);
    }
    for id in owed {
        judge_launch_paid(&reading.case.projects[id.index()], 0, out);
    }
}

fn judge_launch_paid(project: &Project, paid: i128, out: &mut Vec<Violation>) {
    let cost = i128::from(project.launch_cost_fen);
    if paid != cost {
        out.push(Violation::new("H10", Fault::LaunchPaid).of([&project.id]).amounts(paid, cost));
    }
}

/// Facts count too: a fact that overdraws a fund is an error.
fn judge_balances(reading: &Reading, out: &mut Vec<Violation>) {
    let mut drawn: BTreeMap<ResourceId, (i128, Vec<String>)> = BTreeMap::new();
    let sessions = reading.sessions.iter().map(|held| (Some(&held.label), &held.session.funds));
    for (label, funds) in sessions.chain(reading.plan.launches.iter().map(|launch| (None, &launch.funds))) {
        for payment in funds {
            if let Some(id) = reading.case.resource(&payment.fund) {
                let (sum, labels) = drawn.entry(id).or_default();
                *sum += i128::from(payment.fen.max(0));
                labels.extend(label.cloned());
            }
        }
    }
    for (id, (sum, labels)) in drawn {
        let row = reading.resource(id);
        if row.kind == Kind::Fund && sum > i128::from(row.amount) {
            out.push(
                Violation::new("H10", Fault::Overdrawn).of([&row.id]).amounts(sum, row.amount.into()).among(labels),
            );
        }
    }
}
