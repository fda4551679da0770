//! What the plan says about itself, beside what was recomputed. A plan made by hand claims nothing: blank case, no
//! levels, nothing unmet listed.

use std::collections::BTreeMap;
use std::fmt;

use super::Report;
use super::violation::sum;
use crate::lists::{Case, Lang, Term};
use crate::plan::{Level, Plan, Status};

/// A claim of the plan that differs from what was recomputed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where in the plan: `case`, `levels[2].value`, `unmet N40`, ….
    pub claim: String,
    /// What the plan says; blank if nothing.
    pub claimed: String,
    /// What was recomputed; blank if nothing.
    pub found: String,
}

impl Difference {
    fn new(claim: impl Into<String>, claimed: impl ToString, found: impl ToString) -> Self {
        Difference { claim: claim.into(), claimed: claimed.to_string(), found: found.to_string() }
    }

    /// One line for a planner.
    pub fn message(&self, lang: Lang) -> String {
        let Difference { claim, claimed, found } = self;
        match (lang, claimed.as_str(), found.as_str()) {
            (Lang::Zh, "", found) => format!("{claim}：方案没有写，核算为 {found}"),
            (Lang::Zh, claimed, "") => format!("{claim}：方案写 {claimed}，核算没有"),
            (Lang::Zh, claimed, found) => format!("{claim}：方案写 {claimed}，核算为 {found}"),
            (Lang::En, "", found) => format!("{claim}: the plan does not say it, recomputed {found}"),
            (Lang::En, claimed, "") => format!("{claim}: the plan says {claimed}, recomputed none"),
            (Lang::En, claimed, found) => format!("{claim}: the plan says {claimed}, recomputed {found}"),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::default()))
    }
}

pub(super) fn compare(case: &Case, plan: &Plan, report: &mut Report) {
    let mut out = Vec::new();
    if !plan.case.is_empty() && plan.case != case.hash {
        out.push(Difference::new("case", &plan.case, &case.hash));
    }
    if !plan.levels.is_empty() {
        compare_levels(case, plan, &report.levels, &mut out);
    }
    let claims_nothing = plan.levels.is_empty();
    if !(claims_nothing && plan.unmet.is_empty()) {
        let claimed = plan.unmet.iter().map(|unmet| (format!("unmet {}", unmet.need), unmet.units));
        let found = report.unmet.iter().map(|unmet| (format!("unmet {}", unmet.need), unmet.units));
        compare_lists(claimed, found, &mut out);
    }
    if !(claims_nothing && plan.shortfalls.is_empty()) {
        let name = |shortfall: &crate::plan::Shortfall| {
            let keys: String = shortfall.per.iter().map(|(key, value)| format!(" {key}={value}")).collect();
            (format!("shortfalls {}{keys}", shortfall.rule), shortfall.missing)
        };
        compare_lists(plan.shortfalls.iter().map(name), report.shortfalls.iter().map(name), &mut out);
    }
    report.differences = out;
}

fn compare_levels(case: &Case, plan: &Plan, found: &[Level], out: &mut Vec<Difference>) {
    if plan.levels.len() != found.len() {
        return out.push(Difference::new("levels", plan.levels.len(), found.len()));
    }
    for (position, (claimed, found)) in plan.levels.iter().zip(found).enumerate() {
        let at = |field: &str| format!("levels[{position}].{field}");
        let terms =
            |level: &Level| level.terms.iter().map(|(t, n)| (at(&format!("terms.{t}")), *n)).collect::<Vec<_>>();
        compare_lists(terms(claimed).into_iter(), terms(found).into_iter(), out);
        if claimed.value != found.value {
            out.push(Difference::new(at("value"), claimed.value, found.value));
        }
        if plan.status == Status::Unknown {
            // Nothing is claimed to be proven.
            continue;
        }
        if claimed.bound < found.value {
            out.push(Difference::new(at("bound"), claimed.bound, format!("≥ {}", found.value)));
        }
        let gap_ppm = gap_ppm(case, claimed.bound, found);
        if i128::from(claimed.gap_ppm) != gap_ppm {
            out.push(Difference::new(at("gap_ppm"), claimed.gap_ppm, gap_ppm));
        }
        let exact = found.terms.contains_key(Term::Must.name()) || found.terms.contains_key(Term::Quota.name());
        let promised = match plan.status {
            Status::Optimal => Some(0),
            Status::WithinGap => Some(if exact { 0 } else { i128::from(case.settings.gap_ppm) }),
            Status::Stopped | Status::Unknown => None,
        };
        if let Some(promised) = promised.filter(|promised| gap_ppm > *promised) {
            out.push(Difference::new(at("status"), format!("gap_ppm ≤ {promised}"), gap_ppm));
        }
    }
}

/// ⌈10⁶ × (bound − value) ÷ max(1, |bound|, Σ |weight × term|)⌉.
fn gap_ppm(case: &Case, bound: i64, found: &Level) -> i128 {
    let weights = &case.settings.weights;
    let weighed = Term::ALL.iter().filter_map(|term| {
        let amount = found.terms.get(term.name())?;
        Some(i128::from(weights.of(*term)).saturating_mul(i128::from(*amount)).saturating_abs())
    });
    let scale = sum(weighed).max(i128::from(bound).abs()).max(1);
    let gap = (i128::from(bound) - i128::from(found.value)).saturating_mul(1_000_000);
    gap.div_euclid(scale) + i128::from(gap.rem_euclid(scale) > 0)
}

/// Compares two lists of named amounts; a name given twice differs from one given once.
fn compare_lists(
    claimed: impl Iterator<Item = (String, i64)>,
    found: impl Iterator<Item = (String, i64)>,
    out: &mut Vec<Difference>,
) {
    let mut sides: BTreeMap<String, (Vec<i64>, Vec<i64>)> = BTreeMap::new();
    for (name, amount) in claimed {
        sides.entry(name).or_default().0.push(amount);
    }
    for (name, amount) in found {
        sides.entry(name).or_default().1.push(amount);
    }
    let show = |amounts: &[i64]| amounts.iter().map(i64::to_string).collect::<Vec<_>>().join("; ");
    let differ = sides.into_iter().filter(|(_, (claimed, found))| claimed != found);
    out.extend(differ.map(|(name, (claimed, found))| Difference::new(name, show(&claimed), show(&found))));
}
