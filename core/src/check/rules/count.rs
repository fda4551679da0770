//! Rules that count — sessions, units, distinct projects, distinct leads — for each combination of the `per` keys:
//! **H12** `max`, and the shortfalls of `min`.
//!
//! What facts alone exceed is no violation, but nothing may be added to it: a combination is judged where its count is
//! beyond that of its facts.

use std::collections::{BTreeMap, BTreeSet};

use super::super::fault::Fault;
use super::super::reading::{Held, Reading};
use super::super::violation::{Violation, narrow};
use super::sieve::Sieve;
use crate::lists::{PerKey, PeriodId, Project, ProjectId, Rule, RuleKind};
use crate::plan::{Reason, Shortfall};

/// What counting the rules of a case gave.
pub(in super::super) struct Counted {
    pub violations: Vec<Violation>,
    pub shortfalls: Vec<Shortfall>,
    /// −Σ weight × missing.
    pub quota: i128,
}

/// Combinations of one rule; more are an error of the case, and are not listed here.
const MOST_COMBINATIONS: u128 = 1_000_000;

pub(in super::super) fn count(reading: &Reading) -> Counted {
    let mut counted = Counted { violations: Vec::new(), shortfalls: Vec::new(), quota: 0 };
    for rule in &reading.case.rules {
        let counts = matches!(rule.kind, RuleKind::Sessions | RuleKind::Units | RuleKind::Projects | RuleKind::Orgs);
        if counts && (rule.min.is_some() || rule.max.is_some()) {
            count_rule(reading, rule, &mut counted);
        }
    }
    counted
}

/// The values of one key.
struct Axis {
    key: PerKey,
    /// Index in the key's table (or symbol), sorted.
    values: Vec<u32>,
}

/// What one session adds to one combination.
struct Entry<'r> {
    combination: u128,
    /// The project or lead, where distinct ones are counted.
    distinct: &'r str,
    amount: i128,
    fact: bool,
    label: &'r str,
}

fn count_rule(reading: &Reading, rule: &Rule, counted: &mut Counted) {
    let sieve = Sieve::new(reading, rule);
    let axes: Vec<Axis> = rule.per.iter().map(|key| axis(&sieve, *key)).collect();
    let mut entries: Vec<Entry> = Vec::new();
    for held in reading.sessions.iter().filter(|held| sieve.session_passes(held)) {
        let Some((distinct, amount)) = contribution(&sieve, held) else { continue };
        for combination in combinations(&sieve, &axes, held) {
            entries.push(Entry { combination, distinct, amount, fact: held.fact, label: &held.label });
        }
    }
    entries.sort_by_key(|entry| entry.combination);
    let mut counts: BTreeMap<u128, i128> = BTreeMap::new();
    for together in entries.chunk_by(|a, b| a.combination == b.combination) {
        let total = amount(rule, together, false);
        counts.insert(together[0].combination, total);
        if let Some(max) = rule.max.map(i128::from).filter(|max| total > *max && total > amount(rule, together, true)) {
            let names = name_combination(reading, &axes, together[0].combination);
            let names = names.iter().map(|(key, value)| format!(" {key}={value}")).collect::<String>();
            counted.violations.push(
                Violation::new("H12", Fault::RuleMax)
                    .of([&rule.id, &names])
                    .amounts(total, max)
                    .among(together.iter().map(|entry| entry.label.to_owned()).collect()),
            );
        }
    }
    let Some(min) = rule.min.map(i128::from) else { return };
    let size = axes.iter().fold(1u128, |size, axis| size.saturating_mul(axis.values.len() as u128));
    for combination in 0..size.min(MOST_COMBINATIONS) {
        let missing = min - counts.get(&combination).copied().unwrap_or(0);
        if missing > 0 {
            counted.quota -= i128::from(rule.weight).saturating_mul(missing);
            counted.shortfalls.push(Shortfall {
                rule: rule.id.clone(),
                per: name_combination(reading, &axes, combination),
                missing: narrow(missing),
                reason: Reason::default(),
            });
        }
    }
}

/// The count of the entries of one combination, of all or of the facts among them.
fn amount(rule: &Rule, entries: &[Entry], facts_only: bool) -> i128 {
    let entries = entries.iter().filter(|entry| entry.fact || !facts_only);
    match rule.kind {
        RuleKind::Projects | RuleKind::Orgs => {
            entries.map(|entry| entry.distinct).collect::<BTreeSet<_>>().len() as i128
        }
        _ => entries.map(|entry| entry.amount).sum(),
    }
}

/// What a session that passes adds: to a sum, or a name to a set; `None` if it adds nothing.
fn contribution<'r>(sieve: &Sieve<'r, '_>, held: &'r Held) -> Option<(&'r str, i128)> {
    match sieve.rule.kind {
        RuleKind::Projects => Some((&held.session.project, 1)),
        RuleKind::Orgs => Some((sieve.reading.case.text(held.project?.1.lead?), 1)),
        RuleKind::Units => {
            let start = held.start?;
            let passing = held.needs.iter().filter(|(need, _)| sieve.need_passes(*need, start));
            let units: i128 = passing.map(|(_, units)| units).sum();
            (units > 0).then_some(("", units))
        }
        _ => Some(("", 1)),
    }
}

/// Every value that a key can take: leaf places; periods; tags of that kind; projects and leads that pass; services of
/// the projects that pass and, but for `units`, only those that `services` names.
fn axis(sieve: &Sieve, key: PerKey) -> Axis {
    let (case, rule) = (sieve.reading.case, sieve.rule);
    let periods: Vec<usize> = rule.periods.iter(case.periods.len()).map(PeriodId::index).collect();
    let by_services = sieve.names_services() && rule.kind != RuleKind::Units;
    let named = |service| !by_services || periods.iter().any(|period| sieve.names(service, *period));
    let passing = case.projects.iter().enumerate().filter(|(id, project)| {
        sieve.project_passes((ProjectId::from(*id), project)) && project.services.iter().any(|service| named(*service))
    });
    let mut values: Vec<u32> = match key {
        PerKey::Place => {
            let leaves = (0..case.places.len()).filter(|place| sieve.reading.ways.is_leaf((*place).into()));
            leaves.filter(|place| sieve.place_passes(*place)).map(index).collect()
        }
        PerKey::Period => periods.iter().copied().map(index).collect(),
        PerKey::Project => passing.map(|(id, _)| index(id)).collect(),
        PerKey::Org => passing.filter_map(|(_, project)| project.lead).map(|lead| lead.0).collect(),
        PerKey::Service => {
            let services = passing.flat_map(|(_, project)| project.services.iter().copied());
            services.filter(|service| named(*service)).map(|service| service.0).collect()
        }
        PerKey::Tag(kind) => {
            let tags = periods.iter().flat_map(|period| case.periods[*period].tags.iter());
            tags.filter(|tag| tag.0 == Some(kind)).map(|tag| tag.1.0).collect()
        }
    };
    values.sort_unstable();
    values.dedup();
    Axis { key, values }
}

fn index(position: usize) -> u32 {
    u32::try_from(position).expect("tables hold at most ten million rows")
}

/// The values of a key that a session has.
fn values_of(sieve: &Sieve, key: PerKey, held: &Held) -> Vec<u32> {
    let Some(start) = held.start else { return Vec::new() };
    let project: Option<(ProjectId, &Project)> = held.project;
    match key {
        PerKey::Place => held.place.iter().map(|place| place.0).collect(),
        PerKey::Period => vec![index(start)],
        PerKey::Project => project.iter().map(|(id, _)| id.0).collect(),
        PerKey::Org => project.iter().filter_map(|(_, project)| project.lead).map(|lead| lead.0).collect(),
        PerKey::Service => {
            let by_services = sieve.names_services() && sieve.rule.kind != RuleKind::Units;
            let services = project.iter().flat_map(|(_, project)| project.services.iter());
            services.filter(|service| !by_services || sieve.names(**service, start)).map(|service| service.0).collect()
        }
        PerKey::Tag(kind) => {
            let tags = sieve.reading.case.periods[start].tags.iter();
            let mut values: Vec<u32> = tags.filter(|tag| tag.0 == Some(kind)).map(|tag| tag.1.0).collect();
            values.sort_unstable();
            values.dedup();
            values
        }
    }
}

/// The combinations in which a session counts, as numbers in mixed radix, the first key slowest.
fn combinations(sieve: &Sieve, axes: &[Axis], held: &Held) -> Vec<u128> {
    let mut all = vec![0u128];
    for axis in axes {
        let values = values_of(sieve, axis.key, held);
        let positions: Vec<u128> =
            values.iter().filter_map(|v| axis.values.binary_search(v).ok()).map(|position| position as u128).collect();
        let width = axis.values.len() as u128;
        all = all
            .iter()
            .flat_map(|base| positions.iter().map(move |position| base.saturating_mul(width).saturating_add(*position)))
            .collect();
    }
    all
}

fn name_combination(reading: &Reading, axes: &[Axis], mut combination: u128) -> BTreeMap<String, String> {
    let case = reading.case;
    let mut names = BTreeMap::new();
    for axis in axes.iter().rev() {
        let width = (axis.values.len() as u128).max(1);
        let value = axis.values[usize::try_from(combination % width).expect("below the width of the axis")];
        combination /= width;
        let row = value as usize;
        let (key, name) = match axis.key {
            PerKey::Place => ("place", case.places[row].id.as_str()),
            PerKey::Period => ("period", case.periods[row].id.as_str()),
            PerKey::Project => ("project", case.projects[row].id.as_str()),
            PerKey::Org => ("org", case.text(crate::lists::Symbol(value))),
            PerKey::Service => ("service", case.text(crate::lists::Symbol(value))),
            PerKey::Tag(kind) => (case.text(kind), case.text(crate::lists::Symbol(value))),
        };
        names.insert(key.to_owned(), name.to_owned());
    }
    names
}
