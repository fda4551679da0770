//! Why something is not in a plan: a verdict that was shown, never a guess.
//!
//! ```text
//! question ──force──▶ the case with a fix pin (or a rule) that asks for it ──resolve──▶
//!     impossible   ──conflict──▶ an irreducible set of cells
//!     worse        proven by bounds: outbid, with what it would cost and who would pay
//!     as good      tie: the exchange is a plan that was checked
//!     neither      not proven, with the best plan known that does it
//! ```
//!
//! A large case is not solved as a whole where a plan near by decides, nor where bounds could not decide.

mod force;
mod holders;
pub(super) mod near;
mod open;
mod quota;
mod seat;
mod swap;
mod words;

use serde::Serialize;
use std::collections::BTreeMap;

use super::difference::{Difference, difference};
use super::ground::{Ground, Refusal};
use super::resolve::{Outcome, is_small, resolve_exactly};
use super::worth::{self, LevelChange};
use crate::check::check;
use crate::conflict::{Answer, Limit, Limits, contradicted, possible};
use crate::lists::Case;
use crate::plan::{FunnelStep, Level, LimitCell, Plan, Reason, Verdict};

pub(super) use force::{Forced, force};
pub use open::Open;

/// A question about a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Question {
    /// Why is the need not served (one unit more; all of a whole need)?
    Need {
        /// The need.
        need: String,
    },
    /// Why does the rule not count one more in this combination?
    Rule {
        /// The rule.
        rule: String,
        /// Key name to id or word, as in the plan's `shortfalls`.
        per: BTreeMap<String, String>,
    },
    /// Why is the need not served by this project with this member of staff, or in this room?
    Triple {
        /// The need.
        need: String,
        /// The project.
        project: String,
        /// A staff or venue row.
        resource: String,
    },
}

/// The answer to a [`Question`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Why {
    /// What was asked.
    pub question: Question,
    /// Units (rules: the count) that the plan has now.
    pub held: i64,
    /// Units (the count) that were asked for; `held` where the plan has all there is to have.
    pub asked: i64,
    /// Sessions of the plan that do what was asked already, by id.
    pub sessions: Vec<String>,
    /// Candidates left after each stage; for a need only.
    pub funnel: Vec<FunnelStep>,
    /// The verdict; `not_examined` where the plan has it already.
    pub verdict: Verdict,
    /// `impossible`: cells of the sheets that cannot hold together with what was asked.
    pub limits: Vec<LimitCell>,
    /// `impossible`: whether the cells were shown to be irreducible: lift any one, and it becomes possible.
    pub irreducible: bool,
    /// `impossible` without such cells: what nobody offers.
    pub fact: Option<String>,
    /// `outbid` and `tie`: every level as it is and as it is if served; so too for `not_proven`, where a plan that serves it
    /// is known: it may cost less than that.
    pub levels: Vec<LevelChange>,
    /// `outbid`: whether the price is exact (every level of the forced plan is proven best).
    pub exact: bool,
    /// `not_proven`: what was tried, and how far it came.
    pub open: Option<Open>,
    /// With `levels`: what would be different, with the needs and members that would give way.
    pub exchange: Option<Difference>,
    /// With `levels`: the plan that serves it.
    #[serde(skip)]
    pub plan: Option<Box<Plan>>,
    #[serde(skip)]
    before: Vec<Level>,
}

/// Answers a question about a plan.
///
/// # Errors
/// See [`Refusal`].
pub fn why(ground: &Ground, question: &Question) -> Result<Why, Refusal> {
    let forced = force(ground, question)?;
    let mut answer = Why::new(ground, question, &forced);
    if forced.asked <= forced.held {
        return Ok(answer);
    }
    let pin = forced.case.pins.last().filter(|_| forced.quota.is_none());
    let swap = || pin.and_then(|pin| seat::seat(ground, pin).or_else(|| swap::swap(ground, pin)));
    let as_good = |plan: &Plan| swap::as_good(ground, plan);
    // The best plan known that does it.
    let mut known = None;
    let reached = if contradicted(&forced.case) || (!is_small(&forced.case) && impossible_alone(&forced)) {
        Reached::Impossible(Box::new(forced))
    } else {
        known = swap();
        if !known.as_deref().is_some_and(as_good) {
            known = swap::better(known, near::nearest(ground, &forced));
        }
        if known.as_deref().is_some_and(as_good) {
            Reached::Unknown
        } else {
            let (reached, open) = search(ground, forced, known.as_deref())?;
            answer.open = Some(open);
            reached
        }
    };
    match reached {
        Reached::Impossible(forced) => {
            answer.name_limits(*forced);
            return Ok(answer);
        }
        Reached::Plan(plan) if worth::surely_worse(&plan.levels, &ground.levels) => {
            (answer.verdict, answer.exact) = (Verdict::Outbid, worth::proven(&plan.levels));
            known = swap::better(known, Some(plan));
        }
        Reached::Plan(plan) => {
            known = swap::better(known, Some(plan));
            answer.verdict = Verdict::NotProven;
        }
        Reached::Unknown => answer.verdict = Verdict::NotProven,
    }
    if let Some(plan) = known {
        if as_good(&plan) {
            (answer.verdict, answer.exact) = (Verdict::Tie, worth::proven(&plan.levels));
        }
        answer.levels = worth::changes(&ground.levels, &plan.levels);
        answer.exchange = Some(difference(ground.plan, &plan));
        answer.plan = Some(plan);
    }
    answer.open = answer.open.filter(|_| answer.verdict == Verdict::NotProven);
    Ok(answer)
}

/// Solves the forced case where that can show more than is known, within the steps that a question may take; with what it
/// leaves open.
fn search<'a>(
    ground: &Ground<'a>,
    mut forced: Forced<'a>,
    known: Option<&Plan>,
) -> Result<(Reached<'a>, Open), Refusal> {
    if !is_small(&forced.case) && forced.case.settings.max_steps.is_none() {
        // Where the old plan may itself be bettered on a level, a search of the whole seldom shows that the forced one
        // cannot be as good there.
        let first_worse =
            known.and_then(|known| known.levels.iter().zip(&ground.levels).position(|(a, b)| a.value < b.value));
        let decisive = first_worse.map_or(0, |at| at + 1);
        if let Some(open) = Open::unsearched(&ground.levels[..decisive]) {
            return Ok((Reached::Unknown, open));
        }
        forced.case.settings.max_steps = Some(MOST_STEPS);
    }
    let steps = forced.case.settings.max_steps;
    let reached = reach(ground, forced)?;
    let open = Open::searched(&reached, steps, &ground.levels);
    Ok((reached, open))
}

/// The answer where what is asked is impossible; in a large case only where the need alone shows it, which is soon known.
pub(super) fn impossible(ground: &Ground, question: &Question) -> Result<Option<Why>, Refusal> {
    if is_small(ground.case) {
        return Ok(Some(why(ground, question)?).filter(|answer| answer.verdict == Verdict::Impossible));
    }
    let forced = force(ground, question)?;
    let mut answer = Why::new(ground, question, &forced);
    Ok(impossible_alone(&forced).then(|| {
        answer.name_limits(forced);
        answer
    }))
}

/// What forcing a question has shown.
pub(super) enum Reached<'a> {
    /// No plan does it: proven.
    Impossible(Box<Forced<'a>>),
    /// Not known.
    Unknown,
    /// A plan of the case as it stands that does it, with the levels of that case: values recomputed, bounds among the
    /// plans that do it.
    Plan(Box<Plan>),
}

/// Whether what is asked cannot be even if nothing else were asked: soon known, however large the case is.
fn impossible_alone(forced: &Forced) -> bool {
    let case = &forced.case;
    forced.quota.is_none() && possible(force::alone(case, false).as_ref().unwrap_or(case)) == Answer::Impossible
}

/// Solves the forced case.
pub(super) fn reach<'a>(ground: &Ground<'a>, mut forced: Forced<'a>) -> Result<Reached<'a>, Refusal> {
    // Where the whole takes long to solve, this alone often shows that it cannot be.
    if !is_small(&forced.case) && impossible_alone(&forced) {
        return Ok(Reached::Impossible(Box::new(forced)));
    }
    let mut plan = match resolve_exactly(&mut forced.case, ground.plan)? {
        Outcome::Impossible => return Ok(Reached::Impossible(Box::new(forced))),
        Outcome::Unknown => return Ok(Reached::Unknown),
        Outcome::Plan(plan) => plan,
    };
    if let Some(quota) = &forced.quota {
        if plan.shortfalls.iter().any(|missed| missed.rule == quota::ASKED) {
            let closed = plan.levels[0].gap_ppm == 0;
            return Ok(if closed { Reached::Impossible(Box::new(forced)) } else { Reached::Unknown });
        }
        plan.levels = quota.levels(&plan.levels, ground.levels.len());
    }
    let report = check(ground.case, &plan);
    if let Some(violation) = report.violations.first() {
        return Err(Refusal::Fault(violation.message(crate::lists::Lang::En)));
    }
    for (level, found) in plan.levels.iter_mut().zip(&report.levels) {
        level.bound = level.bound.max(found.value);
        (level.value, level.terms) = (found.value, found.terms.clone());
        level.gap_ppm = if level.bound == level.value { 0 } else { level.gap_ppm.max(1) };
    }
    plan.unmet = report.unmet;
    plan.shortfalls = report.shortfalls;
    Ok(Reached::Plan(plan))
}

fn funnel(ground: &Ground, question: &Question) -> Vec<FunnelStep> {
    let Question::Need { need } = question else { return Vec::new() };
    let known = ground.unmet.iter().find(|unmet| unmet.need == *need);
    known.map_or_else(Vec::new, |unmet| unmet.reason.funnel.clone())
}

fn cell(case: &Case, limit: &Limit) -> LimitCell {
    LimitCell {
        table: limit.table.name().to_owned(),
        row: limit.row,
        id: limit.row_id(case).to_owned(),
        column: limit.column.map(str::to_owned),
        value: limit.value.clone(),
    }
}

impl Forced<'_> {
    fn limits(&self) -> Limits<'_> {
        match &self.quota {
            None => Limits::new(&self.case),
            Some(quota) => Limits::of_last_quota(&self.case, quota.asks.clone()),
        }
    }

    /// Whether a limit is the question itself.
    fn asks(&self, limit: &Limit) -> bool {
        self.quota.is_none() && limit.is_pin(self.case.pins.len() - 1)
    }
}

/// Steps of solving a large case as a whole for a question, where the setting `max_steps` is blank.
const MOST_STEPS: u64 = 4_000;
/// How much more work an irreducible set is worth where the usual does not find one.
const PATIENCE: u64 = 25;
/// Needs that a reason names at most.
const NAMED: usize = 5;

impl Why {
    /// What is known before anything is examined.
    fn new(ground: &Ground, question: &Question, forced: &Forced) -> Self {
        Why {
            question: question.clone(),
            held: forced.held,
            asked: forced.asked,
            sessions: forced.sessions.clone(),
            funnel: funnel(ground, question),
            verdict: Verdict::NotExamined,
            limits: Vec::new(),
            irreducible: false,
            fact: None,
            levels: Vec::new(),
            exact: false,
            open: None,
            exchange: None,
            plan: None,
            before: ground.levels.clone(),
        }
    }

    /// The verdict that it is impossible, with the limits that cannot hold together.
    fn name_limits(&mut self, mut forced: Forced) {
        self.verdict = Verdict::Impossible;
        if forced.quota.is_none()
            && let Some(alone) = force::alone(&forced.case, true)
        {
            forced.case = alone;
        }
        let limits = forced.limits();
        let mut conflict = limits.conflict();
        if !conflict.irreducible && is_small(&forced.case) {
            conflict = limits.conflict_within(PATIENCE);
        }
        self.irreducible = conflict.irreducible;
        self.fact = conflict.fact.map(str::to_owned);
        let all = conflict.limits.iter().map(|at| &limits.list()[*at]);
        self.limits = all.filter(|limit| !forced.asks(limit)).map(|limit| cell(&forced.case, limit)).collect();
        self.limits.sort();
    }

    /// The answer as the plan carries it.
    pub fn reason(&self) -> Reason {
        // What is not proven is not said of a need in a plan.
        let shown = matches!(self.verdict, Verdict::Outbid | Verdict::Tie);
        let losers = self.exchange.iter().flat_map(|e| &e.needs).filter(|n| shown && n.after < n.before);
        Reason {
            funnel: self.funnel.clone(),
            verdict: self.verdict,
            limits: self.limits.clone(),
            fact: self.fact.clone(),
            change: self.levels.iter().filter(|_| shown).map(|level| level.change).collect(),
            instead_of: losers.take(NAMED).map(|n| n.need.clone()).collect(),
        }
    }
}

/// Fills in the verdict of every unmet need and every missed quota of a plan that sandan has made. `observe` is told how
/// many are done and how many there are, and may stop.
///
/// # Errors
/// See [`Refusal`].
pub fn explain_all(
    case: &Case,
    plan: &mut Plan,
    observe: &mut dyn FnMut(usize, usize) -> crate::Flow,
) -> Result<(), Refusal> {
    let before = plan.clone();
    let ground = Ground::new(case, &before)?;
    let all = plan.unmet.len() + plan.shortfalls.len();
    let mut done = 0;
    for unmet in &mut plan.unmet {
        if observe(done, all) == crate::Flow::Stop {
            return Ok(());
        }
        unmet.reason = why(&ground, &Question::Need { need: unmet.need.clone() })?.reason();
        done += 1;
    }
    for missed in &mut plan.shortfalls {
        if observe(done, all) == crate::Flow::Stop {
            return Ok(());
        }
        let question = Question::Rule { rule: missed.rule.clone(), per: missed.per.clone() };
        missed.reason = why(&ground, &question)?.reason();
        done += 1;
    }
    Ok(())
}
