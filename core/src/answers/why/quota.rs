//! One more of what a rule counts in one combination: a rule of its own that stands above all levels.

use std::collections::BTreeMap;

use super::force::Forced;
use crate::answers::ground::{Ground, Refusal};
use crate::fit::Geography;
use crate::lists::{Case, PerKey, PeriodId, PeriodSet, Pin, PlaceId, ProjectId, Rule, RuleKind, Symbol, Table, Term};
use crate::model::{combinations, rule_scope};
use crate::plan::Level;

/// The id of the rule that asks: the last there can be, and none that a sheet holds.
pub(super) const ASKED: &str = "\u{10FFFF}";
/// No level may exceed this: the largest integer that every reader of JSON holds exactly.
const LARGEST: i128 = (1 << 53) - 1;

/// A rule that asks.
pub(crate) struct Quota<'a> {
    /// Fix pins that between them count every session that the rule counts.
    pub asks: Vec<Pin>,
    /// How many levels of the case stand merged in the first level of the forced case.
    merged: usize,
    original: &'a Case,
}

/// Asks for one more than the plan has in a combination of a rule.
pub(super) fn force<'a>(ground: &Ground<'a>, id: &str, per: &BTreeMap<String, String>) -> Result<Forced<'a>, Refusal> {
    let case = ground.case;
    let per = &per.iter().map(|(key, value)| (key_name(key).to_owned(), value.clone())).collect::<BTreeMap<_, _>>();
    let found = case.rules.iter().find(|rule| rule.id == id);
    let rule = found.ok_or_else(|| Refusal::Unknown(Table::Rules, id.to_owned()))?;
    let min = rule.min.ok_or_else(|| Refusal::NoQuota(id.to_owned()))?;
    let missed = ground.shortfalls.iter().find(|missed| missed.rule == id && missed.per == *per);
    let missing = missed.map_or(0, |missed| missed.missing);
    let held = min - missing;
    let mut asking = narrowed(case, rule, per)?;
    asking.min = Some(if missing > 0 { held + 1 } else { held });
    let asks = asks(case, &asking);
    let (forced, merged) = above_all(case, asking);
    let quota = Quota { asks, merged, original: case };
    let asked = if missing > 0 { held + 1 } else { held };
    Ok(Forced { case: forced, held, asked, sessions: Vec::new(), quota: Some(quota) })
}

/// The name of a key of `per` as plans write it.
fn key_name(written: &str) -> &str {
    match written {
        "地点" => "place",
        "时段" => "period",
        "项目" => "project",
        "机构" => "org",
        "服务" => "service",
        other => other,
    }
}

/// The rule for one combination alone.
fn narrowed(case: &Case, rule: &Rule, per: &BTreeMap<String, String>) -> Result<Rule, Refusal> {
    let unknown = |name: &str| Refusal::UnknownPer(name.to_owned());
    let value = |name: &str| per.get(name).map(String::as_str).ok_or_else(|| unknown(name));
    let word = |name: &str| case.symbols.find(name).ok_or_else(|| unknown(name));
    let mut out = rule.clone();
    let only = |out: &mut Rule, keep: &dyn Fn(PeriodId) -> bool| {
        let kept: Vec<PeriodId> = out.periods.iter(case.periods.len()).filter(|p| keep(*p)).collect();
        out.periods = PeriodSet::of(&kept);
    };
    for key in &rule.per {
        match *key {
            PerKey::Place => {
                let name = value("place")?;
                out.places = Some([case.place(name).ok_or_else(|| unknown(name))?].into());
            }
            PerKey::Period => {
                let name = value("period")?;
                let period = case.period(name).ok_or_else(|| unknown(name))?;
                only(&mut out, &|p| p == period);
            }
            PerKey::Project => {
                let name = value("project")?;
                out.projects = Some([case.project(name).ok_or_else(|| unknown(name))?].into());
            }
            PerKey::Org => out.orgs = Some([word(value("org")?)?].into()),
            PerKey::Service => {
                let service = word(value("service")?)?;
                let named = rule.services.as_ref().is_none_or(|list| list.contains(&service));
                if rule.kind != RuleKind::Units {
                    if !named {
                        // It counts only in the periods of which it is the theme.
                        only(&mut out, &|p| case.periods[p.index()].theme.contains(&service));
                    }
                    (out.services, out.theme) = (Some([service].into()), false);
                }
            }
            PerKey::Tag(kind) => {
                let tag = word(value(case.text(kind))?)?;
                only(&mut out, &|p| case.periods[p.index()].tags.contains(&(Some(kind), tag)));
            }
        }
    }
    ASKED.clone_into(&mut out.id);
    (out.per, out.max, out.row, out.weight) = (Vec::new(), None, 0, 1);
    if rule.kind == RuleKind::Units && rule.per.contains(&PerKey::Service) {
        // `units` counts by the services of the project: a filter on projects says the same.
        let service: Symbol = word(value("service")?)?;
        let offers = |p: &ProjectId| case.projects[p.index()].services.contains(&service);
        let passing = |p: &ProjectId| out.projects.as_ref().is_none_or(|list| list.contains(p));
        let kept: Vec<ProjectId> =
            (0..case.projects.len()).map(ProjectId::from).filter(|p| offers(p) && passing(p)).collect();
        out.projects = Some(kept.into());
    }
    Ok(out)
}

/// A fix pin for each project of which sessions could count.
fn asks(case: &Case, rule: &Rule) -> Vec<Pin> {
    let geography = Geography::new(case);
    let scope = rule_scope(case, &geography, rule);
    let periods: Vec<PeriodId> = rule.periods.iter(case.periods.len()).collect();
    let place: Option<PlaceId> = match rule.places.as_deref() {
        Some([only]) => Some(*only),
        _ => None,
    };
    let leaf = rule.places.iter().flat_map(|list| list.iter()).find_map(|p| geography.leaves(*p).first().copied());
    let counts = |project: ProjectId| periods.iter().any(|start| scope.session(Some(project), leaf, *start));
    let pin = |project| Pin {
        project: Some(project),
        place,
        period: if let [only] = periods[..] { Some(only) } else { None },
        count: rule.min.unwrap_or(1),
        ..Forced::blank_pin()
    };
    (0..case.projects.len()).map(ProjectId::from).filter(|p| counts(*p)).map(pin).collect()
}

/// The case with the rule that asks, worth more than all else.
///
/// The levels down to the one with `quota` become one: each is multiplied by more than all below it can change, so that
/// their order stands. Where that would leave the exact integers, the rule stands alone above the levels, and the
/// other quotas are not valued: the answer is then only whether it is possible.
fn above_all(case: &Case, mut asking: Rule) -> (Case, usize) {
    let mut out = case.clone();
    let Some(at) = case.settings.levels.iter().position(|terms| terms.contains(&Term::Quota)) else {
        out.rules.iter_mut().for_each(|rule| rule.min = None);
        out.settings.levels.insert(0, vec![Term::Quota]);
        out.settings.weights.set(Term::Quota, 1);
        out.rules.push(asking);
        return (out, 0);
    };
    if let Some((terms, factors, weight)) = merged(case, at, asking.min.unwrap_or(1)) {
        out.settings.levels.splice(0..=at, [terms]);
        for (term, factor) in factors {
            out.settings.weights.set(term, factor);
        }
        asking.weight = weight;
        out.rules.push(asking);
        return (out, at + 1);
    }
    // Too large to be merged exactly.
    out.rules.iter_mut().for_each(|rule| rule.min = None);
    out.settings.levels = vec![vec![Term::Quota]];
    out.settings.weights.set(Term::Quota, 1);
    out.rules.push(asking);
    (out, 0)
}

/// Terms, their factors, and the weight of the rule that asks.
type Merged = (Vec<Term>, Vec<(Term, i64)>, i64);

/// The first levels as one: its terms, their factors, and the weight of the rule that asks.
fn merged(case: &Case, at: usize, min: i64) -> Option<Merged> {
    let settings = &case.settings;
    let mut scale = 1i128;
    let mut factors = Vec::new();
    let mut terms = Vec::new();
    for level in settings.levels[..=at].iter().rev() {
        let mut range = 0i128;
        for term in level {
            let weight = i128::from(settings.weights.of(*term));
            factors.push((*term, i64::try_from(weight * scale).ok()?));
            range = range.checked_add(weight.checked_mul(range_of(case, *term)?)?)?;
        }
        terms.extend(level.iter().copied());
        scale = scale.checked_mul(range.checked_add(1)?)?;
    }
    let of_quota = i128::from(settings.weights.of(Term::Quota));
    if of_quota == 0 {
        return None;
    }
    // What the rule loses is multiplied by the factor of the term, too.
    let weight = (scale + of_quota - 1) / of_quota;
    let worst = scale.checked_add(weight.checked_mul(of_quota)?.checked_mul(i128::from(min))?)?;
    (worst <= LARGEST).then_some(())?;
    Some((terms, factors, i64::try_from(weight).ok()?))
}

/// How far a term can be from its best value; `None` where nothing simple says so.
fn range_of(case: &Case, term: Term) -> Option<i128> {
    let wanted = |must: bool| -> i128 {
        let needs = case.needs.iter().filter(|need| !must || need.must);
        needs.map(|need| i128::from(need.priority) * i128::from(need.quantity)).sum()
    };
    match term {
        Term::Must => Some(wanted(true)),
        Term::Coverage => {
            let most = case.settings.fairness.iter().map(|step| step.multiplier).max().unwrap_or(1);
            Some(wanted(false) * i128::from(most))
        }
        Term::Quota => {
            let geography = Geography::new(case);
            let quotas = case.rules.iter().filter_map(|rule| Some((rule, rule.min?)));
            let lost = quotas.map(|(rule, min)| {
                let cells = combinations(case, &geography, rule).len() as i128;
                cells * i128::from(min) * i128::from(rule.weight)
            });
            Some(lost.sum())
        }
        Term::Changes if case.previous.is_none() => Some(0),
        _ => None,
    }
}

impl Quota<'_> {
    /// Bounds of the levels of the case as it stands, from those of the forced case; values are filled in by `check`.
    pub(super) fn levels(&self, forced: &[Level], count: usize) -> Vec<Level> {
        let open = Level { bound: i64::MAX, gap_ppm: i64::MAX, ..Level::default() };
        let closed = forced[0].gap_ppm == 0;
        // A merged level that is closed has closed every level in it: `check` says at which value.
        let first = if closed { Level { bound: i64::MIN, ..Level::default() } } else { open.clone() };
        let valued = self.original.settings.levels.iter().any(|terms| terms.contains(&Term::Quota));
        let mut out = vec![first; self.merged];
        if closed && (self.merged > 0 || !valued) {
            out.extend(forced[1..].iter().cloned());
        }
        out.resize(count, open);
        out
    }
}
