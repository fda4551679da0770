//! A part of a plan solved again, with all the rest of it held fixed.
//!
//! What is kept counts like facts do: it uses up members, rooms, money and quotas. So the part is a small case of its own,
//! solved in milliseconds however large the whole is. Whatever comes out is checked against the whole case; nothing that
//! is said to be impossible or best is taken from here.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::mend::settle_facts;
use super::resolve::{as_asked, run_small, value_what_stays};
use crate::check::{Report, check};
use crate::lists::{Case, NeedId};
use crate::plan::Plan;

/// Solves a case again with its sessions of `previous` as they are but for those at the positions `freed`: for their needs
/// and those that are `open` beside. The plan is sound in the whole case; `None` where the work ran out, the part has more
/// `columns`, or nothing sound came of it.
pub(super) fn around(
    case: &Case,
    freed: &BTreeSet<usize>,
    mut open: BTreeSet<NeedId>,
    (steps, columns): (u64, usize),
) -> Option<(Plan, Report)> {
    let sessions = &case.previous.as_ref()?.sessions;
    let lines = freed.iter().flat_map(|at| &sessions[*at].needs);
    open.extend(lines.filter_map(|line| case.need(&line.need)));
    let mut part = case.clone();
    part.kept = (0..sessions.len()).filter(|at| !freed.contains(at)).collect();
    for (index, need) in part.needs.iter_mut().enumerate() {
        if !open.contains(&NeedId::from(index)) {
            // No project may serve more of it: then no cell is laid out for it, and what it has stays counted.
            need.projects = Some([].into());
        }
    }
    part.settings.gap_ppm = 0;
    part.settings.max_steps = Some(steps);
    let solver = run_small(&part, columns).ok()??;
    if solver.impossible() {
        // Which limits stand in the way is not asked here, and would take long to say.
        return None;
    }
    let mut found = solver.draft().ok()?;
    settle_facts(case, &mut found);
    found.put_in_order(case.periods.iter().map(|p| p.id.as_str()));
    let report = check(case, &found);
    report.violations.is_empty().then_some((found, report))
}

/// The case with a plan of it as the plan before, so that parts of it can be kept, and a last level that values what stays.
pub(super) fn anchored(case: &Case, anchor: Arc<Plan>) -> Case {
    let mut out = case.clone();
    out.previous = Some(anchor);
    value_what_stays(&mut out);
    out
}

/// What of a plan can be kept.
pub(super) fn anchor(plan: &Plan) -> Arc<Plan> {
    let (sessions, launches) = (plan.sessions.clone(), plan.launches.clone());
    Arc::new(Plan { sessions, launches, ..Plan::empty() })
}

/// What the check says of a plan of an anchored case as a plan of the lists as they stand, which ask for no more.
pub(super) fn unanchored(case: &Case, plan: &Plan, mut report: Report) -> Report {
    if case.previous.is_some() {
        return check(case, plan);
    }
    as_asked(case, &mut report.levels);
    report
}
