//! **H3 quantity** Σ units ≤ quantity; `whole`: all units in one session, or none; `one_project`: all units from one
//! project; `per_period`: at most so many by start period. What facts alone exceed is no violation, but nothing may be
//! added to it.

use std::collections::BTreeSet;

use super::fault::Fault;
use super::reading::Reading;
use super::violation::Violation;
use crate::lists::{Need, NeedId};

/// Units of one need in one session.
struct Portion<'r> {
    need: NeedId,
    period: Option<usize>,
    project: &'r str,
    units: i128,
    fact: bool,
    label: &'r str,
}

pub(super) fn judge(reading: &Reading, out: &mut Vec<Violation>) {
    let mut portions: Vec<Portion> = Vec::new();
    for held in &reading.sessions {
        for (need, units) in &held.needs {
            if let Some(need) = *need {
                portions.push(Portion {
                    need,
                    period: held.start,
                    project: &held.session.project,
                    units: *units,
                    fact: held.fact,
                    label: &held.label,
                });
            }
        }
    }
    portions.sort_by_key(|portion| (portion.need, portion.period));
    for served in portions.chunk_by(|a, b| a.need == b.need) {
        if served.iter().any(|portion| !portion.fact) {
            judge_need(reading, reading.need(served[0].need), served, out);
        }
    }
}

fn judge_need(reading: &Reading, need: &Need, served: &[Portion], out: &mut Vec<Violation>) {
    let labels = |portions: &[Portion]| portions.iter().map(|p| p.label.to_owned()).collect::<Vec<_>>();
    let quantity = i128::from(need.quantity);
    let total: i128 = served.iter().map(|p| p.units).sum();
    if total > quantity {
        out.push(Violation::new("H3", Fault::Quantity).of([&need.id]).amounts(total, quantity).among(labels(served)));
    }
    if need.whole {
        let largest = served.iter().map(|p| p.units).max().unwrap_or(0);
        if largest < quantity || served.len() > 1 {
            out.push(
                Violation::new("H3", Fault::Whole).of([&need.id]).amounts(largest, quantity).among(labels(served)),
            );
        }
    }
    if need.one_project {
        let projects: BTreeSet<&str> = served.iter().map(|p| p.project).collect();
        if projects.len() > 1 {
            out.push(
                Violation::new("H3", Fault::OneProject)
                    .of([&need.id])
                    .amounts(projects.len() as i128, 1)
                    .among(labels(served)),
            );
        }
    }
    let Some(limit) = need.per_period.map(i128::from) else { return };
    for of_period in served.chunk_by(|a, b| a.period == b.period) {
        let Some(period) = of_period[0].period else { continue };
        let units: i128 = of_period.iter().map(|p| p.units).sum();
        if units > limit && of_period.iter().any(|p| !p.fact) {
            out.push(
                Violation::new("H3", Fault::NeedPerPeriod)
                    .of([&need.id, reading.period_id(period)])
                    .amounts(units, limit)
                    .among(labels(of_period)),
            );
        }
    }
}
