//! 缺口清单: what to recruit, train, raise or open for the whole plan, in order, with what each would bring; and prices:
//! what one more of each scarce thing is worth.
//!
//! Candidates come from what the sessions lack that unmet needs would have, and from what the plan uses up, what binds
//! most first (see [`super::binds`]). What each is worth is shown by solving the changed lists: the plan found is a proof
//! that it brings at least so much.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::around::{anchor, anchored, around, unanchored};
use super::binds;
use super::changes::{Change, Prices, apply};
use super::ground::{Ground, Refusal};
use super::repairs::remedies;
use super::resolve::{Outcome, is_small, resolve};
use super::spare::Spare;
use super::worth::{self, LevelChange, signed};
use crate::export::{Names, describe_units, either, grouped};
use crate::fit::Geography;
use crate::lists::{Case, Kind, Lang, NeedId, PeriodId, PlaceId, ResourceId, Term};
use crate::plan::{Level, Plan, Price, Session};

/// The gaps of a plan, those that bring most first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gaps {
    /// Each alone.
    pub gaps: Vec<Gap>,
    /// Candidates that were not solved because there were too many.
    pub left_out: usize,
    /// Candidates that were solved and brought nothing that was found.
    #[serde(skip)]
    without_gain: usize,
}

/// Changes that may bring something.
pub(super) struct Candidate {
    pub changes: Vec<Change>,
    /// Resource rows that they add to.
    pub resources: Vec<String>,
    /// Unmet needs that lack them, those that would gain most first.
    pub needs: Vec<NeedId>,
}

/// What a set of changes would bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The changes, made together.
    pub changes: Vec<Change>,
    /// Resource rows that the change adds to, where it does.
    pub resources: Vec<String>,
    /// Their cost in points (see [`Prices`]).
    pub cost: i64,
    /// Gain of the coverage level, weighted as that level is.
    pub coverage: i64,
    /// Units served more, by unit of needs; negative where other units give way.
    pub units: BTreeMap<String, i64>,
    /// Every level before and after.
    pub levels: Vec<LevelChange>,
    /// Whether this is exactly what it brings (before and after are proven best); else it brings at least so much.
    pub exact: bool,
}

/// Candidates that are solved at most.
const MOST_SOLVED: usize = 24;
/// Candidates that are tried where the whole takes long to solve: fewer on larger lists, so that all of them take some
/// seconds. Rows (needs and resources) of which one is tried, the fewest and the most; and steps for each.
const ROWS_TRIED: usize = 40_000;
const TRIED: [usize; 2] = [16, 24];
const STEPS: u64 = 100;
/// Unmet needs that may be served where something is changed, and sessions that may make room.
const MOST_OPEN: [usize; 3] = [60, 12, 3];
const MOST_SESSIONS: usize = 60;
/// Columns beyond which a part is too large to be solved for one candidate among many.
const MOST_COLUMNS: usize = 800_000;
/// Unmet needs that are looked at.
pub(super) const MOST_NEEDS: usize = 500;
/// Cells that are looked at for each.
pub(super) const MOST_CELLS: usize = 60;

/// The gaps of a plan: sets of changes that give whole sessions what they lack.
///
/// # Errors
/// See [`Refusal`].
pub fn gaps(ground: &Ground, prices: &Prices) -> Result<Gaps, Refusal> {
    let mut wanted: BTreeMap<Vec<Change>, (i64, Vec<NeedId>)> = BTreeMap::new();
    for (changes, worth, need) in candidates(ground, prices) {
        let (all, needs) = wanted.entry(changes).or_default();
        *all += worth;
        needs.push(need);
    }
    let cost = |set: &[Change]| set.iter().map(|c| prices.cost(c)).fold(0i64, i64::saturating_add);
    let mut list: Vec<_> = wanted.into_iter().collect();
    list.sort_by(|(a, of_a), (b, of_b)| (of_b.0, cost(a), a).cmp(&(of_a.0, cost(b), b)));
    let list = list.into_iter().map(|(changes, (_, needs))| Candidate { changes, resources: Vec::new(), needs });
    let mut found = valued(ground, prices, list.collect(), binds::cheapest(ground))?;
    let level = coverage_of(ground.case).unwrap_or(usize::MAX);
    let idle: Vec<bool> = found.gaps.iter().map(|gap| found.gaps.iter().any(|less| idle(less, gap, level))).collect();
    let mut idle = idle.into_iter();
    found.gaps.retain(|_| idle.next() == Some(false));
    Ok(found)
}

/// Whether a gap asks for more than another that brings as much down to a level.
fn idle(less: &Gap, gap: &Gap, level: usize) -> bool {
    let gain = |gap: &Gap| gap.levels.iter().take(level.saturating_add(1)).map(|l| l.change).collect::<Vec<_>>();
    let fewer =
        less.changes.len() < gap.changes.len() && less.changes.iter().all(|change| gap.changes.contains(change));
    fewer && gain(less) >= gain(gap)
}

/// The level of coverage.
fn coverage_of(case: &Case) -> Option<usize> {
    case.settings.levels.iter().position(|terms| terms.contains(&Term::Coverage))
}

/// What one more unit of each scarce thing is worth: one member of each kind of staff that some period uses up, one room,
/// a hundredth more of a fund that is nearly spent, one item.
///
/// # Errors
/// See [`Refusal`].
pub fn marginal_prices(ground: &Ground, prices: &Prices) -> Result<Gaps, Refusal> {
    let cheap = binds::cheapest(ground);
    valued(ground, prices, binds::ordered(ground, scarce(ground), &cheap), cheap)
}

/// Sets of changes with a first guess of their worth to a need.
fn candidates(ground: &Ground, prices: &Prices) -> Vec<(Vec<Change>, i64, NeedId)> {
    let spare = Spare::new(ground.case, ground.plan);
    let beside = spare.unmet();
    let mut out = Vec::new();
    for need in beside.iter().take(MOST_NEEDS) {
        // The cheapest way, and the cheapest that takes someone new.
        let mut best: [Option<(i64, i64, Vec<Change>)>; 2] = [None, None];
        for cell in spare.cells(*need).into_iter().take(MOST_CELLS) {
            let Some(draft) = spare.draft(*need, cell, &beside, None) else { continue };
            let sets = remedies(&spare, &draft, prices);
            let recruits = |set: &&Vec<Change>| set.iter().any(|change| matches!(change, Change::Recruit { .. }));
            for (best, set) in best.iter_mut().zip([sets.first(), sets.iter().find(recruits)]) {
                let Some(set) = set else { continue };
                let cost = set.iter().map(|c| prices.cost(c)).fold(0i64, i64::saturating_add);
                if best.as_ref().is_none_or(|(known, worth, _)| (cost, -draft.worth) < (*known, -worth)) {
                    let mut set = set.clone();
                    set.sort();
                    *best = Some((cost, draft.worth, set));
                }
            }
        }
        let mut sets: Vec<_> = best.into_iter().flatten().filter(|(_, _, set)| !set.is_empty()).collect();
        sets.dedup_by(|a, b| a.2 == b.2);
        out.extend(sets.into_iter().map(|(_, worth, set)| (set, worth, *need)));
    }
    out
}

/// The projects that could serve what the plan leaves open, in needs or in quotas: nothing else is scarce.
struct Wanted(Vec<bool>);

impl Wanted {
    fn new(ground: &Ground) -> Self {
        let case = ground.case;
        let spare = Spare::new(case, ground.plan);
        let mut wanted = vec![!ground.shortfalls.is_empty(); case.projects.len()];
        for need in spare.unmet().into_iter().take(MOST_NEEDS) {
            spare.cells(need).into_iter().for_each(|(project, ..)| wanted[project.index()] = true);
        }
        Wanted(wanted)
    }

    fn has_use(&self, case: &Case, row: ResourceId) -> bool {
        let resource = &case.resources[row.index()];
        let mut projects = case.projects.iter().enumerate().filter(|(at, _)| self.0[*at]);
        projects.any(|(at, project)| {
            let takes = match resource.kind {
                Kind::Staff => project.posts.iter().any(|post| resource.roles.contains(&post.role)),
                Kind::Venue => resource.roles.iter().any(|kind| project.venue.contains(kind)),
                Kind::Fund | Kind::Goods => true,
            };
            takes && crate::fit::may_work_for(resource, crate::lists::ProjectId::from(at), project)
        })
    }
}

/// What makes rows one kind: roles, skills, organisation, place.
type Alike = (Vec<u32>, Vec<u32>, Option<u32>, Option<u32>);

/// One more of whatever is used up.
fn scarce(ground: &Ground) -> Vec<Candidate> {
    let case = ground.case;
    let one = |change, resources| Candidate { changes: vec![change], resources, needs: Vec::new() };
    let mut used: BTreeMap<(ResourceId, usize), i64> = BTreeMap::new();
    let mut spent: BTreeMap<ResourceId, i64> = BTreeMap::new();
    for session in &ground.plan.sessions {
        let project = case.project(&session.project).map(|p| &case.projects[p.index()]);
        let span = usize::try_from(project.map_or(1, |p| p.span)).unwrap_or(1);
        let Some(start) = case.period(&session.period) else { continue };
        let runs = start.index()..start.index() + span;
        for seat in &session.staff {
            let load = project.and_then(|p| p.posts.iter().find(|post| post.number == seat.post)).map_or(1, |p| p.load);
            let served = seat.period.as_deref().and_then(|p| case.period(p));
            let periods = served.map_or(runs.clone(), |p| p.index()..p.index() + 1);
            if let Some(row) = case.resource(&seat.resource) {
                periods.for_each(|period| *used.entry((row, period)).or_default() += load);
            }
        }
        if let Some(row) = session.venue.as_deref().and_then(|venue| case.resource(venue)) {
            runs.for_each(|period| *used.entry((row, period)).or_default() += 1);
        }
        let lines = session.funds.iter().map(|l| (&l.fund, l.fen)).chain(session.goods.iter().map(|l| (&l.stock, l.n)));
        for (id, amount) in lines {
            if let Some(row) = case.resource(id) {
                *spent.entry(row).or_default() += amount;
            }
        }
    }
    // Where members have used up their total, that is what is scarce, in all periods.
    let mut totals: BTreeMap<ResourceId, i64> = BTreeMap::new();
    for ((row, _), load) in &used {
        *totals.entry(*row).or_default() += load;
    }
    totals.retain(|row, load| {
        let row = &case.resources[row.index()];
        row.kind == Kind::Staff && row.total.is_some_and(|total| *load >= row.count.saturating_mul(total))
    });
    used.retain(|(row, _), _| !totals.contains_key(row));
    // Rows alike in role, skills, organisation and place are one kind.
    let mut kinds: BTreeMap<(Alike, usize), Vec<ResourceId>> = BTreeMap::new();
    for ((row, period), load) in &used {
        let resource = &case.resources[row.index()];
        if *load >= resource.count.saturating_mul(resource.per_period) {
            let roles = resource.roles.iter().map(|s| s.0).collect();
            let skills = resource.skills.iter().map(|s| s.tag.0).collect();
            let key = ((roles, skills, resource.org.map(|o| o.0), resource.place.map(|p| p.0)), *period);
            kinds.entry(key).or_default().push(*row);
        }
    }
    let wanted = Wanted::new(ground);
    let mut out = Vec::new();
    for ((_, period), rows) in kinds {
        if !wanted.has_use(case, rows[0]) {
            continue;
        }
        let resource = &case.resources[rows[0].index()];
        let place = resource.place.unwrap_or(case.online);
        let place = case.places[place.index()].id.clone();
        let periods = vec![case.periods[period].id.clone()];
        let word = |symbol: &crate::lists::Symbol| case.text(*symbol).to_owned();
        let change = if resource.kind == Kind::Venue {
            let seats = resource.seats.unwrap_or(1 << 20);
            Change::Room { venue: word(&resource.roles[0]), place, periods, seats }
        } else {
            Change::Recruit {
                role: word(&resource.roles[0]),
                skills: resource.skills.iter().map(|s| word(&s.tag)).collect::<BTreeSet<_>>().into_iter().collect(),
                org: resource.org.as_ref().map(word),
                place,
                periods,
                members: 1,
                load: resource.per_period,
            }
        };
        out.push(one(change, rows.iter().map(|row| case.resources[row.index()].id.clone()).collect()));
    }
    // Rows of the same roles and skills at one place are worth the same: the first speaks for them.
    let mut seen = BTreeSet::new();
    for row in totals.into_keys().filter(|row| wanted.has_use(case, *row)) {
        let resource = &case.resources[row.index()];
        let skills: Vec<_> = resource.skills.iter().map(|skill| skill.tag).collect();
        if let Some(total) = resource.total.filter(|_| seen.insert((&resource.roles, skills, resource.place))) {
            let change = Change::Raise {
                table: "resources".to_owned(),
                id: resource.id.clone(),
                column: "total".to_owned(),
                from: total,
                to: total + 1,
                money: false,
            };
            out.push(one(change, vec![resource.id.clone()]));
        }
    }
    for (row, amount) in spent {
        let resource = &case.resources[row.index()];
        if wanted.has_use(case, row) && amount * 100 >= resource.amount * 95 {
            let step = if resource.kind == Kind::Fund { (resource.amount / 100).max(100) } else { 1 };
            let change = Change::Raise {
                table: "resources".to_owned(),
                id: resource.id.clone(),
                column: "amount".to_owned(),
                from: resource.amount,
                to: resource.amount + step,
                money: resource.kind == Kind::Fund,
            };
            out.push(one(change, vec![resource.id.clone()]));
        }
    }
    out
}

/// Solves the changed lists, one candidate after the other. In large lists the sessions that are `cheap` may give up their
/// money.
fn valued(ground: &Ground, prices: &Prices, list: Vec<Candidate>, cheap: Vec<usize>) -> Result<Gaps, Refusal> {
    let case = ground.case;
    let small = is_small(case);
    let rows = case.needs.len() + case.resources.len();
    let most = if small { MOST_SOLVED } else { (ROWS_TRIED / rows.max(1)).clamp(TRIED[0], TRIED[1]) };
    let near = if small { None } else { Some(Near::new(ground, cheap)) };
    let (left_out, tried) = (list.len().saturating_sub(most), list.len().min(most));
    let at = coverage_of(case);
    let mut gaps: Vec<Gap> = Vec::new();
    for Candidate { changes, resources, needs } in list.into_iter().take(most) {
        let mut changed = case.clone();
        if changes.iter().any(|change| apply(&mut changed, change).is_none()) {
            continue;
        }
        let plan = match &near {
            None => match resolve(&changed, ground.plan)? {
                Outcome::Plan(plan) => Some(*plan),
                Outcome::Impossible | Outcome::Unknown => None,
            },
            Some(near) => near.by(ground, &changed, &changes, &needs),
        };
        let Some(plan) = plan else { continue };
        // What is found may by chance be worse than the old plan, which the changed lists allow as well.
        let better = worth::order(&plan.levels, &ground.levels).is_gt();
        if !better {
            continue;
        }
        let closed = |levels: &[Level]| at.is_none_or(|at| levels[..=at].iter().all(|l| l.gap_ppm == 0));
        gaps.push(Gap {
            cost: changes.iter().map(|c| prices.cost(c)).fold(0, i64::saturating_add),
            coverage: at.map_or(0, |at| plan.levels[at].value - ground.levels[at].value),
            units: units(case, ground.plan, &plan),
            levels: worth::changes(&ground.levels, &plan.levels),
            exact: small && closed(&plan.levels) && closed(&ground.levels),
            changes,
            resources,
        });
    }
    gaps.sort_by(|a, b| {
        let gain = |gap: &Gap| gap.levels.iter().map(|level| level.change).collect::<Vec<_>>();
        gain(b).cmp(&gain(a)).then_with(|| (a.cost, &a.changes).cmp(&(b.cost, &b.changes)))
    });
    Ok(Gaps { without_gain: tried - gaps.len(), gaps, left_out })
}

/// What solving near a change starts from.
struct Near {
    anchor: Arc<Plan>,
    /// Unmet needs.
    open: Vec<NeedId>,
    /// Sessions that may give up their money.
    cheap: Vec<usize>,
}

impl Near {
    fn new(ground: &Ground, cheap: Vec<usize>) -> Self {
        let open = Spare::new(ground.case, ground.plan).unmet();
        Near { anchor: anchor(ground.plan), open, cheap }
    }

    fn by(&self, ground: &Ground, changed: &Case, changes: &[Change], first: &[NeedId]) -> Option<Plan> {
        let mut open = first.to_vec();
        open.extend(self.open.iter().filter(|need| !first.contains(need)));
        let money = changes.iter().any(|change| match change {
            Change::Money { .. } => true,
            Change::Raise { money, .. } => *money,
            _ => false,
        });
        nearby(ground, &self.anchor, changed, changes, (&open, if money { &[] } else { &self.cheap }))
    }
}

/// A plan of changed lists that has most of the old one: what is open is sought where the change is, and sessions there may
/// make room, and others their money.
fn nearby(
    ground: &Ground,
    anchor: &Arc<Plan>,
    changed: &Case,
    changes: &[Change],
    (open, cheap): (&[NeedId], &[usize]),
) -> Option<Plan> {
    let old = ground.case.resources.len();
    let case = anchored(changed, Arc::clone(anchor));
    let mut periods: BTreeSet<PeriodId> = BTreeSet::new();
    let mut places: BTreeSet<PlaceId> = BTreeSet::new();
    for change in changes {
        if let Change::Recruit { place, periods: named, .. } | Change::Room { place, periods: named, .. } = change {
            places.extend(case.place(place));
            periods.extend(named.iter().filter_map(|period| case.period(period)));
        }
    }
    let geography = Geography::new(&case);
    // Someone new reaches as far as the row says; money and limits are felt everywhere.
    let reach = case.resources[old.min(case.resources.len())..].iter().map(|row| row.reach_minutes).max();
    let reach = reach.unwrap_or(case.settings.reach_minutes);
    let near = |place: PlaceId| {
        places.is_empty()
            || places.iter().any(|from| {
                geography.leaves(place).iter().any(|leaf| geography.reach(Some(*from), reach, *leaf).is_some())
            })
    };
    let when = |start: Option<PeriodId>| periods.is_empty() || start.is_some_and(|start| periods.contains(&start));
    let fits = |need: &&NeedId| {
        let row = &case.needs[need.index()];
        near(row.place) && (periods.is_empty() || periods.iter().any(|period| row.periods.contains(*period)))
    };
    let open: Vec<NeedId> = open.iter().filter(fits).take(MOST_OPEN[0]).copied().collect();
    let sessions = &ground.plan.sessions;
    // Where nothing says where the change is felt, rather nothing makes room than anything at all.
    let local = !places.is_empty() || sessions.len() <= MOST_SESSIONS;
    let here = |session: &Session| {
        !session.fact && when(case.period(&session.period)) && case.place(&session.place).is_some_and(near)
    };
    let free: BTreeSet<usize> = (0..sessions.len())
        .filter(|at| local && here(&sessions[*at]))
        .take(MOST_SESSIONS)
        .chain(cheap.iter().copied())
        .collect();
    // Where so many needs make the part too large, fewer do.
    let fewer = |most: &usize| open.iter().take(*most).copied().collect();
    let (mut plan, report) =
        MOST_OPEN.iter().find_map(|most| around(&case, &free, fewer(most), (STEPS, MOST_COLUMNS)))?;
    let report = unanchored(changed, &plan, report);
    plan.levels = report.levels;
    report.violations.is_empty().then_some(plan)
}

/// Units served more, by unit.
fn units(case: &Case, before: &Plan, after: &Plan) -> BTreeMap<String, i64> {
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for (plan, sign) in [(before, -1), (after, 1)] {
        for line in plan.sessions.iter().flat_map(|session| &session.needs) {
            if let Some(need) = case.need(&line.need) {
                *sums.entry(case.text(case.needs[need.index()].unit).to_owned()).or_default() += sign * line.units;
            }
        }
    }
    sums.retain(|_, n| *n != 0);
    sums
}

impl Gaps {
    /// The gaps as `prices` of a plan: those of one change that adds to rows.
    pub fn as_prices(&self) -> Vec<Price> {
        let prices = self.gaps.iter().filter(|gap| !gap.resources.is_empty() && gap.changes.len() == 1);
        prices
            .map(|gap| {
                let (kind, place, period, amount) = match &gap.changes[0] {
                    Change::Recruit { place, periods, .. } => ("staff", Some(place), periods.first(), 1),
                    Change::Room { place, periods, .. } => ("venue", Some(place), periods.first(), 1),
                    Change::Raise { column, from, to, .. } if column == "total" => {
                        ("staff", None, None, (to - from).max(1))
                    }
                    Change::Raise { from, to, money, .. } => {
                        (if *money { "fund" } else { "goods" }, None, None, (to - from).max(1))
                    }
                    _ => ("goods", None, None, 1),
                };
                let mut resources = gap.resources.clone();
                resources.sort();
                Price {
                    kind: kind.to_owned(),
                    resources,
                    place: place.cloned(),
                    period: period.cloned(),
                    worth_milli: gap.coverage.saturating_mul(1_000) / amount,
                }
            })
            .collect()
    }

    /// The list for people, in words.
    pub fn text(&self, names: &Names) -> String {
        let lang = names.lang;
        let mut out = Vec::new();
        if self.gaps.is_empty() {
            out.push(either(lang, "没有找到补上就能多做的缺口", "no gap was found that would bring more").to_owned());
        }
        for (position, gap) in self.gaps.iter().enumerate() {
            out.push(format!("{}. {}", position + 1, gap.line(names)));
        }
        let (idle, left_out) = (self.without_gain, self.left_out);
        if left_out > 0 {
            out.push(match lang {
                Lang::Zh => format!("还试了 {idle} 项，没有找到好处；另有 {left_out} 项没有逐一求解"),
                Lang::En => format!("{idle} more were solved and brought nothing; {left_out} more were not solved"),
            });
        }
        out.join("\n") + "\n"
    }
}

impl Gap {
    /// `再增加：平南 在 2025-07 再有 1 名 社工 → 可多服务 42 人次`.
    fn line(&self, names: &Names) -> String {
        let lang = names.lang;
        let changes: Vec<String> = self.changes.iter().map(|change| change.words(names)).collect();
        let changes = changes.join(either(lang, "；", "; "));
        let least = match (self.exact, lang) {
            (true, _) => "",
            (false, Lang::Zh) => "至少",
            (false, Lang::En) => "at least ",
        };
        let more: Vec<String> =
            self.units.iter().filter(|(_, n)| **n > 0).map(|(unit, n)| format!("{} {unit}", grouped(*n))).collect();
        let fewer: Vec<String> = self
            .units
            .iter()
            .filter(|(_, n)| **n < 0)
            .map(|(unit, n)| format!("{} {unit}", grouped(n.saturating_abs())))
            .collect();
        let first = self.levels.iter().position(|level| level.change != 0).map_or(0, |at| at + 1);
        let by = self.levels.iter().map(|level| level.change).find(|change| *change != 0).unwrap_or(0);
        let mut effect = match (more.is_empty(), lang) {
            (false, Lang::Zh) => format!("{least}可多服务 {}", more.join("、")),
            (false, Lang::En) => format!("serves {least}{} more", more.join(", ")),
            (true, Lang::Zh) => format!("不多服务，但第 {first} 级{least}好 {by}"),
            (true, Lang::En) => format!("serves no more, but level {first} is {least}{by} better"),
        };
        if !fewer.is_empty() {
            effect.push_str(&match lang {
                Lang::Zh => format!("，少服务 {}", fewer.join("、")),
                Lang::En => format!(", and {} less", fewer.join(", ")),
            });
        }
        let (cost, coverage) = (grouped(self.cost), signed(self.coverage));
        match (self.coverage, lang) {
            (0, Lang::Zh) => format!("{changes} → {effect}（代价 {cost} 点）"),
            (0, Lang::En) => format!("{changes} → {effect} (cost {cost} points)"),
            (_, Lang::Zh) => format!("{changes} → {effect}（覆盖 {coverage}，代价 {cost} 点）"),
            (_, Lang::En) => format!("{changes} → {effect} (coverage {coverage}, cost {cost} points)"),
        }
    }
}

/// Units in the words of a summary, for callers that print totals.
pub(super) fn units_text(case: &Case, plan: &Plan, lang: Lang) -> String {
    let served = plan.sessions.iter().flat_map(|session| &session.needs).map(|line| (line.need.as_str(), line.units));
    describe_units(case, served, lang)
}
