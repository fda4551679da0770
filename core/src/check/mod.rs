//! An independent second opinion on a plan, ours or hand-made, written from the lists and the plan alone. It shares
//! nothing with the engine but the tables.
//!
//! One file a family of constraints; each states its rule again. What a plan says is first read beside the lists
//! (`reading`), where names that the lists do not have are violations of `form`; then every family judges the whole.

mod cell;
mod claims;
mod eligibility;
mod facts;
mod fault;
mod goods;
mod load;
mod member;
mod money;
mod permits;
mod person;
mod pins;
mod posts;
mod quantity;
mod reading;
mod record;
mod rules;
mod seats;
mod terms;
mod venue;
mod violation;
mod ways;

pub use claims::Difference;
pub use fault::Fault;
pub use record::{DifferenceRecord, ReportRecord, ViolationRecord};
pub use violation::Violation;

use crate::lists::Case;
use crate::plan::{Level, Plan, Shortfall, Unmet};

/// What `check` found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Every hard constraint broken, family by family; empty for a sound plan.
    pub violations: Vec<Violation>,
    /// The levels recomputed: terms and value (bound and gap are left 0: a check proves no bound).
    pub levels: Vec<Level>,
    /// Unmet needs recomputed (without reasons).
    pub unmet: Vec<Unmet>,
    /// Quota shortfalls recomputed (without reasons).
    pub shortfalls: Vec<Shortfall>,
    /// Claims of the plan that differ from what was recomputed (terms, values, gaps, unmet, shortfalls, case hash).
    pub differences: Vec<Difference>,
}

/// Holds what a plan says of itself against what a check of its sessions has found.
pub(crate) fn claims(case: &Case, plan: &Plan, mut report: Report) -> Report {
    report.differences.clear();
    claims::compare(case, plan, &mut report);
    report
}

/// Re-verifies a plan and recomputes its terms, unmet needs and shortfalls.
///
/// Sessions that the plan marks as facts count in every limit and are not judged themselves; whether they are facts is
/// judged against `case.previous`.
pub fn check(case: &Case, plan: &Plan) -> Report {
    let facts = facts::Facts::new(case, plan);
    let (reading, mut violations) = reading::Reading::new(case, plan, &facts.sessions, facts.launches);
    violations.extend(facts.violations);
    cell::judge(&reading, &mut violations);
    eligibility::judge(&reading, &mut violations);
    quantity::judge(&reading, &mut violations);
    seats::judge(&reading, &mut violations);
    posts::judge(&reading, &mut violations);
    member::judge(&reading, &mut violations);
    load::judge(&reading, &mut violations);
    venue::judge(&reading, &mut violations);
    person::judge(&reading, &mut violations);
    money::judge(&reading, &mut violations);
    goods::judge(&reading, &mut violations);
    let counted = rules::count(&reading);
    violations.extend(counted.violations);
    rules::judge_ratio(&reading, &mut violations);
    rules::judge_window(&reading, &mut violations);
    pins::judge(&reading, &mut violations);
    let worth = terms::weigh(&reading, counted.quota);
    let mut report = Report {
        violations,
        levels: worth.levels,
        unmet: worth.unmet,
        shortfalls: counted.shortfalls,
        differences: Vec::new(),
    };
    claims::compare(case, plan, &mut report);
    report
}
