//! The cheapest few changes of the lists that would serve a need, each verified.
//!
//! A change is verified by a plan of the changed lists that serves the need and is worth no less on any level that counts
//! before the first gain: the old plan with one more session, checked, or else the changed case forced and solved again
//! (around the need only, where the case is large).

mod lifts;
mod remedies;

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde::Serialize;

use super::changes::{Change, Prices, apply};
use super::ground::{Ground, Refusal};
use super::resolve::is_small;
use super::spare::{Cell, Spare};
use super::why::near::near;
use super::why::{Question, Reached, force, impossible, reach};
use super::worth::{self, LevelChange};
use crate::check::check;
use crate::export::{Names, grouped};
use crate::lists::{Case, Lang, NeedId};
use crate::plan::Plan;

pub(super) use remedies::remedies;

/// What would serve a need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Repairs {
    /// The need.
    pub need: String,
    /// Units that the plan serves.
    pub held: i64,
    /// Units that were asked for.
    pub asked: i64,
    /// The cheapest first. None where the need is served, or nothing that was tried serves it.
    pub repairs: Vec<Repair>,
    /// Sets of changes that were tried.
    pub tried: usize,
}

/// Changes that together serve a need at no loss to the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Repair {
    /// The changes.
    pub changes: Vec<Change>,
    /// Their cost in points (see [`Prices`]).
    pub cost: i64,
    /// Every level before and after, in the plan that shows it.
    pub levels: Vec<LevelChange>,
    /// A plan of the changed lists that serves the need.
    #[serde(skip)]
    pub plan: Box<Plan>,
}

/// Cells of which sessions are drafted.
const MOST_CELLS: usize = 300;
/// Drafts, the least lacking first, for which remedies are sought.
const MOST_DRAFTS: usize = 6;
/// Sets of changes for which the whole is solved again.
const MOST_SOLVED: usize = 40;

/// Seeks up to `most` repairs for a need.
///
/// # Errors
/// See [`Refusal`].
pub fn repairs(ground: &Ground, need: &str, prices: &Prices, most: usize) -> Result<Repairs, Refusal> {
    let question = Question::Need { need: need.to_owned() };
    let forced = force(ground, &question)?;
    let (held, asked) = (forced.held, forced.asked);
    let mut out = Repairs { need: need.to_owned(), held, asked, repairs: Vec::new(), tried: 0 };
    let Some(id) = ground.case.need(need).filter(|_| asked > held) else { return Ok(out) };
    let mut search =
        Search { ground, id, question, asked, prices, solved: 0, seen: BTreeSet::new(), found: Vec::new() };
    search.try_drafts(most)?;
    if search.found.len() < most {
        search.try_limits(most)?;
    }
    out.tried = search.seen.len();
    out.repairs = search.found;
    out.repairs.sort_by_key(|repair| (repair.cost, repair.changes.len(), repair.changes.clone()));
    out.repairs.truncate(most);
    Ok(out)
}

struct Search<'s, 'a> {
    ground: &'s Ground<'a>,
    id: NeedId,
    question: Question,
    asked: i64,
    prices: &'s Prices,
    solved: usize,
    seen: BTreeSet<Vec<Change>>,
    found: Vec<Repair>,
}

impl Search<'_, '_> {
    /// What the sessions lack that could be held for the need.
    fn try_drafts(&mut self, most: usize) -> Result<(), Refusal> {
        let ground = self.ground;
        let spare = Spare::new(ground.case, ground.plan);
        let beside = spare.unmet();
        let mut sets: Vec<(i64, Vec<Change>, Cell)> = Vec::new();
        let mut drafts = Vec::new();
        for cell in spare.cells(self.id).into_iter().take(MOST_CELLS) {
            drafts.extend(spare.draft(self.id, cell, &[], None));
            let alone = drafts
                .last()
                .is_none_or(|draft| draft.lacks.iter().any(|lack| matches!(lack, super::spare::Lack::People { .. })));
            if alone {
                drafts.extend(spare.draft(self.id, cell, &beside, None));
            }
        }
        drafts.sort_by_key(|draft| (draft.lacks.len(), draft.lacks.clone()));
        for draft in drafts.iter().take(MOST_DRAFTS * 4) {
            for set in remedies(&spare, draft, self.prices) {
                let cost = set.iter().map(|change| self.prices.cost(change)).fold(0, i64::saturating_add);
                sets.push((cost, set, (draft.project, draft.place, draft.start)));
            }
        }
        sets.sort();
        for (_, set, cell) in sets {
            if self.found.len() >= most.saturating_mul(2) || self.solved >= MOST_SOLVED {
                break;
            }
            self.attempt(set, Some(cell))?;
        }
        Ok(())
    }

    /// What stands in the way of an impossible need, lifted cell by cell.
    fn try_limits(&mut self, most: usize) -> Result<(), Refusal> {
        let Some(answer) = impossible(self.ground, &self.question)? else { return Ok(()) };
        let spare = Spare::new(self.ground.case, self.ground.plan);
        for list in lifts::lifts(&spare, self.id, &answer.limits) {
            for change in list {
                if self.solved >= MOST_SOLVED || self.found.len() >= most.saturating_mul(2) {
                    return Ok(());
                }
                if self.attempt(vec![change], None)? {
                    break;
                }
            }
        }
        if answer.fact.as_deref() == Some("not-offered") {
            self.offered(most)?;
        }
        Ok(())
    }

    /// Nobody offers it: each project that might.
    fn offered(&mut self, most: usize) -> Result<(), Refusal> {
        let case = self.ground.case;
        let service = case.text(case.needs[self.id.index()].services[0]).to_owned();
        for project in &case.projects {
            if self.found.len() >= most {
                break;
            }
            let change = Change::Offer { project: project.id.clone(), service: service.clone() };
            self.attempt(vec![change], None)?;
        }
        Ok(())
    }

    /// Whether the changes serve the need at no loss; kept if so, without those among them that are not needed.
    fn attempt(&mut self, mut set: Vec<Change>, cell: Option<Cell>) -> Result<bool, Refusal> {
        set.sort();
        set.dedup();
        // What holds more than is known to do is no cheapest way.
        let more = self.found.iter().any(|known| known.changes.iter().all(|change| set.contains(change)));
        if set.is_empty() || more || !self.seen.insert(set.clone()) {
            return Ok(false);
        }
        let Some(mut plan) = self.verified(&set, cell)? else { return Ok(false) };
        let mut at = 0;
        while set.len() > 1 && at < set.len() {
            let mut fewer = set.clone();
            fewer.remove(at);
            match self.verified(&fewer, cell)? {
                Some(other) => (set, plan) = (fewer, other),
                None => at += 1,
            }
        }
        if self.found.iter().all(|known| known.changes != set) {
            let cost = set.iter().map(|change| self.prices.cost(change)).fold(0, i64::saturating_add);
            let levels = worth::changes(&self.ground.levels, &plan.levels);
            self.found.push(Repair { changes: set, cost, levels, plan });
        }
        Ok(true)
    }

    /// A plan of the changed lists that serves the need and is worth no less.
    fn verified(&mut self, set: &[Change], cell: Option<Cell>) -> Result<Option<Box<Plan>>, Refusal> {
        let ground = self.ground;
        let mut case = ground.case.clone();
        if set.iter().any(|change| apply(&mut case, change).is_none()) {
            return Ok(None);
        }
        if let Some(plan) = cell.and_then(|cell| self.extended(&case, cell)) {
            return Ok(Some(plan));
        }
        if self.solved >= MOST_SOLVED {
            return Ok(None);
        }
        self.solved += 1;
        let changed = ground.on(&case);
        let forced = force(&changed, &self.question)?;
        // A large case is solved again only around the need.
        if !is_small(&case) {
            return Ok(near(&changed, &forced));
        }
        match reach(&changed, forced)? {
            Reached::Plan(plan) if worth::order(&plan.levels, &ground.levels) != Ordering::Less => Ok(Some(plan)),
            _ => Ok(None),
        }
    }

    /// The old plan with one more session, if that is enough.
    fn extended(&self, case: &Case, cell: Cell) -> Option<Box<Plan>> {
        let spare = Spare::new(case, self.ground.plan);
        let beside = spare.unmet();
        let draft = [&[][..], &beside].into_iter().find_map(|beside| spare.whole(self.id, cell, beside, None))?;
        let mut plan = draft.added_to(case, self.ground.plan);
        let report = check(case, &plan);
        let need = &case.needs[self.id.index()].id;
        let served: i64 =
            plan.sessions.iter().flat_map(|s| &s.needs).filter(|line| line.need == *need).map(|line| line.units).sum();
        let good = report.violations.is_empty()
            && served >= self.asked
            && worth::order(&report.levels, &self.ground.levels) != Ordering::Less;
        (plan.levels, plan.unmet, plan.shortfalls) = (report.levels, report.unmet, report.shortfalls);
        good.then(|| Box::new(plan))
    }
}

impl Repairs {
    /// The repairs for people.
    pub fn text(&self, names: &Names) -> String {
        let lang = names.lang;
        let need = names.need(&self.need);
        let mut out = vec![match (self.asked > self.held, self.repairs.len(), lang) {
            (false, _, Lang::Zh) => format!("需求 {need} 已全部服务，不需要补救"),
            (false, _, Lang::En) => format!("need {need} is fully served: nothing to repair"),
            (true, 0, Lang::Zh) => {
                format!("需求 {need}：试了 {} 组改动，没有一组能在不损失其他的情况下做到", self.tried)
            }
            (true, 0, Lang::En) => {
                format!("need {need}: of {} sets of changes tried, none serves it without a loss", self.tried)
            }
            (true, 1, Lang::Zh) => format!("需求 {need}：下列改动就能做到，别的都不受损（已求解核验）"),
            (true, 1, Lang::En) => format!("need {need}: these changes serve it at no loss (verified)"),
            (true, n, Lang::Zh) => {
                format!("需求 {need}：下列 {n} 组改动任选其一就能做到，别的都不受损（都已求解核验），由省到费")
            }
            (true, n, Lang::En) => {
                format!(
                    "need {need}: any one of these {n} sets of changes serves it at no loss (each verified), cheapest first"
                )
            }
        }];
        for (position, repair) in self.repairs.iter().enumerate() {
            let changes: Vec<String> = repair.changes.iter().map(|change| change.words(names)).collect();
            let cost = grouped(repair.cost);
            out.push(match lang {
                Lang::Zh => format!("  {}. {}（代价 {cost} 点）", position + 1, changes.join("；")),
                Lang::En => format!("  {}. {} (cost {cost} points)", position + 1, changes.join("; ")),
            });
        }
        out.join("\n") + "\n"
    }
}
