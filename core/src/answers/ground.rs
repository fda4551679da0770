//! What every answer stands on: a sound plan of the case, with its levels recomputed.

use std::collections::BTreeMap;

use crate::check::{Violation, check};
use crate::export::plain;
use crate::lists::{Case, Lang, Table};
use crate::plan::{Level, Plan, Shortfall, Unmet};

/// A case and a plan of it that breaks no hard constraint.
pub struct Ground<'a> {
    /// The case.
    pub case: &'a Case,
    /// The plan.
    pub plan: &'a Plan,
    /// Its levels: terms and values recomputed, bounds as the plan claims them (none: as large as numbers get).
    pub levels: Vec<Level>,
    /// Unmet needs, recomputed, with the reasons that the plan gives.
    pub unmet: Vec<Unmet>,
    /// Quotas missed, recomputed, with the reasons that the plan gives.
    pub shortfalls: Vec<Shortfall>,
    served: BTreeMap<&'a str, i64>,
}

/// What the check has said of a plan, kept so that further questions need not check it again.
#[derive(Clone, Debug)]
pub struct Checked {
    levels: Vec<Level>,
    unmet: Vec<Unmet>,
    shortfalls: Vec<Shortfall>,
}

/// Why a question is not answered.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// The plan breaks hard constraints: there is nothing sound to ask about.
    Unsound(Vec<Violation>),
    /// The plan says that it was made for other lists.
    OtherCase,
    /// A name that a table does not have.
    Unknown(Table, String),
    /// A combination that a rule does not have: a key or a value.
    UnknownPer(String),
    /// A question about a fund or stock where people or rooms are meant.
    NotStaffOrVenue(String),
    /// A rule without a minimum.
    NoQuota(String),
    /// A plan could not be made or did not pass its own check: a fault of sandan.
    Fault(String),
    /// The lists have no plan (pins cannot hold together) or none was found.
    NoPlan,
}

impl<'a> Ground<'a> {
    /// Checks the plan and recomputes what it is worth.
    ///
    /// # Errors
    /// When the plan is of other lists or breaks hard constraints.
    pub fn new(case: &'a Case, plan: &'a Plan) -> Result<Self, Refusal> {
        if !plan.case.is_empty() && plan.case != case.hash {
            return Err(Refusal::OtherCase);
        }
        let report = check(case, plan);
        if !report.violations.is_empty() {
            return Err(Refusal::Unsound(report.violations));
        }
        let mut levels = report.levels;
        let claimed = plan.levels.len() == levels.len();
        for (position, level) in levels.iter_mut().enumerate() {
            level.bound = if claimed { plan.levels[position].bound } else { i64::MAX };
            level.gap_ppm = if claimed { plan.levels[position].gap_ppm } else { i64::MAX };
        }
        let mut unmet = report.unmet;
        for line in &mut unmet {
            if let Some(said) = plan.unmet.iter().find(|said| said.need == line.need) {
                line.reason = said.reason.clone();
            }
        }
        let mut shortfalls = report.shortfalls;
        for line in &mut shortfalls {
            if let Some(said) = plan.shortfalls.iter().find(|said| said.rule == line.rule && said.per == line.per) {
                line.reason = said.reason.clone();
            }
        }
        Ok(Ground { case, plan, levels, unmet, shortfalls, served: served(plan) })
    }

    /// What the check has said.
    pub fn checked(&self) -> Checked {
        let (levels, unmet, shortfalls) = (self.levels.clone(), self.unmet.clone(), self.shortfalls.clone());
        Checked { levels, unmet, shortfalls }
    }

    /// The ground of the same case and plan as before: they must be those that were checked.
    pub fn again(case: &'a Case, plan: &'a Plan, checked: Checked) -> Self {
        let Checked { levels, unmet, shortfalls } = checked;
        Ground { case, plan, levels, unmet, shortfalls, served: served(plan) }
    }

    /// The same plan held against changed lists, of which it need not be a sound plan.
    pub(super) fn on<'c>(&self, case: &'c Case) -> Ground<'c>
    where
        'a: 'c,
    {
        Ground {
            case,
            plan: self.plan,
            levels: self.levels.clone(),
            unmet: self.unmet.clone(),
            shortfalls: self.shortfalls.clone(),
            served: self.served.clone(),
        }
    }

    /// Units of a need that the plan serves, facts included.
    pub fn served(&self, need: &str) -> i64 {
        self.served.get(need).copied().unwrap_or(0)
    }
}

/// Units served by need.
pub(super) fn served(plan: &Plan) -> BTreeMap<&str, i64> {
    let mut served = BTreeMap::new();
    for line in plan.sessions.iter().flat_map(|session| &session.needs) {
        *served.entry(line.need.as_str()).or_default() += line.units;
    }
    served
}

impl Refusal {
    /// One line for a planner.
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (Refusal::Unsound(list), Lang::Zh) => {
                format!(
                    "方案违反 {} 处硬约束，先用 sandan check 核验改正；第一处：{}",
                    list.len(),
                    list[0].message(lang)
                )
            }
            (Refusal::Unsound(list), Lang::En) => {
                let first = list[0].message(lang);
                format!(
                    "the plan breaks {} hard constraints; mend it first (sandan check). The first: {first}",
                    list.len()
                )
            }
            (Refusal::OtherCase, Lang::Zh) => "这个方案是为另一份清单做的：case 不一致；请用做方案时的清单".to_owned(),
            (Refusal::OtherCase, Lang::En) => {
                "the plan was made for other lists (`case` differs); give the lists it was made from".to_owned()
            }
            (Refusal::Unknown(table, name), Lang::Zh) => format!("{}里没有“{}”", table.chinese(), plain(name)),
            (Refusal::Unknown(table, name), Lang::En) => {
                format!("the table `{}` has no `{}`", table.name(), plain(name))
            }
            (Refusal::UnknownPer(what), Lang::Zh) => format!("规则的“每”里没有“{}”", plain(what)),
            (Refusal::UnknownPer(what), Lang::En) => format!("the rule's `per` has no `{}`", plain(what)),
            (Refusal::NotStaffOrVenue(id), Lang::Zh) => format!("“{}”是资金或物资；这里要填人员或场地", plain(id)),
            (Refusal::NotStaffOrVenue(id), Lang::En) => {
                format!("`{}` is a fund or a stock; a member of staff or a venue is expected here", plain(id))
            }
            (Refusal::NoQuota(id), Lang::Zh) => format!("规则“{}”没有下限，谈不上缺口", plain(id)),
            (Refusal::NoQuota(id), Lang::En) => {
                format!("rule `{}` has no minimum, so nothing can be missing", plain(id))
            }
            (Refusal::Fault(what), Lang::Zh) => format!("这是 sandan 的错误，请连同案例报告给我们：{what}"),
            (Refusal::Fault(what), Lang::En) => format!("a fault of sandan, please report it with the case: {what}"),
            (Refusal::NoPlan, Lang::Zh) => "没有找到方案".to_owned(),
            (Refusal::NoPlan, Lang::En) => "no plan was found".to_owned(),
        }
    }
}
