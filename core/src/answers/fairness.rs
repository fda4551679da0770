//! The fairness report: how much of its demand each group gets, who is worst off, and what the chosen steps cost.

use std::collections::BTreeMap;

use serde::Serialize;

use super::ground::{Ground, Refusal};
use super::resolve::{Outcome, resolve_exactly};
use crate::export::{Names, either, grouped, percent};
use crate::lists::{FairnessStep, Lang, Symbol, Term};
use crate::plan::{Level, Plan};

/// The fairness report of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fairness {
    /// The steps in force, as in the setting `fairness`.
    pub steps: String,
    /// Every group, the worst-off first.
    pub groups: Vec<GroupShare>,
    /// Σ priority × served of the plan: what the coverage level would be with the steps `1.0:1`.
    pub served: i64,
    /// Coverage given up for the steps; `None` where coverage is not valued.
    pub price: Option<PriceOfFairness>,
}

/// What a group wants and gets, weighted by priority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupShare {
    /// The group.
    pub group: String,
    /// Σ priority × quantity.
    pub wanted: i64,
    /// Σ priority × served.
    pub served: i64,
    /// ⌊10⁶ × served ÷ wanted⌋.
    pub share_ppm: i64,
}

/// What the chosen fairness steps cost, in Σ priority × served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PriceOfFairness {
    /// The most that a plan with the steps `1.0:1` serves (the best found).
    pub without_steps: i64,
    /// `without_steps − served`: negative only where the plan before was not proven best.
    pub given_up: i64,
    /// Whether both plans are proven best: then the price is exact.
    pub proven: bool,
}

/// Reports on a plan. Where the steps are not `1.0:1`, the case is solved again with them.
///
/// # Errors
/// See [`Refusal`].
pub fn fairness(ground: &Ground) -> Result<Fairness, Refusal> {
    let case = ground.case;
    let groups = shares(ground, ground.plan);
    let served = groups.iter().map(|g| g.served).fold(0i64, i64::saturating_add);
    let steps = crate::intake::settings_as_written(&case.settings, &case.periods);
    let steps = steps.get("fairness").cloned().unwrap_or_default();
    let level = case.settings.levels.iter().position(|terms| terms.contains(&Term::Coverage));
    let price = match level {
        None => None,
        Some(level) if case.settings.fairness.len() <= 1 => {
            let proven = closed(&ground.levels, level);
            Some(PriceOfFairness { without_steps: served, given_up: 0, proven })
        }
        Some(level) => {
            let mut plain = case.clone();
            plain.settings.fairness = vec![FairnessStep { share_numerator: 1, share_denominator: 1, multiplier: 1 }];
            match resolve_exactly(&mut plain, ground.plan)? {
                Outcome::Plan(plan) => {
                    let without = shares(ground, &plan).iter().map(|g| g.served).fold(0i64, i64::saturating_add);
                    let proven = closed(&plan.levels, level) && closed(&ground.levels, level);
                    Some(PriceOfFairness { without_steps: without, given_up: without - served, proven })
                }
                Outcome::Impossible | Outcome::Unknown => return Err(Refusal::NoPlan),
            }
        }
    };
    Ok(Fairness { steps, groups, served, price })
}

/// Whether a level and all above it are proven best.
fn closed(levels: &[Level], level: usize) -> bool {
    levels.iter().take(level + 1).all(|level| level.gap_ppm == 0)
}

/// Wanted and served by group, the least share first.
fn shares(ground: &Ground, plan: &Plan) -> Vec<GroupShare> {
    let case = ground.case;
    let served = super::ground::served(plan);
    let mut sums: BTreeMap<Symbol, (i64, i64)> = BTreeMap::new();
    for need in &case.needs {
        let units = served.get(need.id.as_str()).copied().unwrap_or(0).min(need.quantity);
        let (wanted, got) = sums.entry(need.group).or_default();
        *wanted = wanted.saturating_add(need.priority.saturating_mul(need.quantity));
        *got = got.saturating_add(need.priority.saturating_mul(units));
    }
    let mut shares: Vec<GroupShare> = sums
        .into_iter()
        .map(|(group, (wanted, served))| GroupShare {
            group: case.text(group).to_owned(),
            wanted,
            served,
            share_ppm: i64::try_from(i128::from(served) * 1_000_000 / i128::from(wanted.max(1))).unwrap_or(i64::MAX),
        })
        .collect();
    shares.sort_by(|a, b| (a.share_ppm, &a.group).cmp(&(b.share_ppm, &b.group)));
    shares
}

/// Groups listed for people.
const SHOWN: usize = 20;

impl Fairness {
    /// The report for people.
    pub fn text(&self, names: &Names) -> String {
        let lang = names.lang;
        let mut out = vec![match lang {
            Lang::Zh => format!("公平分段 {}", self.steps),
            Lang::En => format!("fairness steps {}", self.steps),
        }];
        out.push(
            either(
                lang,
                "各组满足程度（按优先级加权，最差的在前）",
                "share served by group (weighted by priority), the worst-off first",
            )
            .to_owned(),
        );
        for group in self.groups.iter().take(SHOWN) {
            let (name, share) = (names.place(&group.group), percent(group.served, group.wanted));
            out.push(format!("  {name}  {share}  {} / {}", grouped(group.served), grouped(group.wanted)));
        }
        if self.groups.len() > SHOWN {
            let more = self.groups.len() - SHOWN;
            out.push(match lang {
                Lang::Zh => format!("  另有 {more} 组"),
                Lang::En => format!("  and {more} more groups"),
            });
        }
        if let Some(price) = &self.price {
            let (without, now) = (grouped(price.without_steps), grouped(self.served));
            let lost = grouped(price.given_up);
            out.push(match (price.proven, lang) {
                (true, Lang::Zh) => {
                    format!("公平的代价：不分段最多服务 {without}（按优先级加权），现在 {now}，让出 {lost}，已证")
                }
                (true, Lang::En) => format!(
                    "price of fairness: without steps at most {without} (weighted by priority), now {now}, given up {lost}, proven"
                ),
                (false, Lang::Zh) => format!(
                    "公平的代价：不分段找到的方案服务 {without}（按优先级加权），现在 {now}，让出 {lost}，未证到最优"
                ),
                (false, Lang::En) => format!(
                    "price of fairness: without steps {without} found (weighted by priority), now {now}, given up {lost}, not proven"
                ),
            });
        }
        out.join("\n") + "\n"
    }
}
