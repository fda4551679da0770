//! The table `rules 规则`.

use super::cell::items;
use super::compound;
use super::findings::{Findings, details};
use super::grid::{Faults, Grid};
use super::ids::Ids;
use super::names::{Names, sorted};
use crate::intake::columns::{fold, nearest};
use crate::lists::{Against, PerKey, PeriodSet, Rule, RuleKind, Symbol};
use crate::problem::Code;

/// The kinds in the order of the catalogue.
const KINDS: [RuleKind; 6] =
    [RuleKind::Sessions, RuleKind::Units, RuleKind::Projects, RuleKind::Orgs, RuleKind::Ratio, RuleKind::Window];

/// The rows of `rules`, by id. `tag_kinds` are the kinds of tags in the periods table.
pub(super) fn rules(grid: &Grid<'_>, names: &Names<'_>, tag_kinds: &[Symbol], findings: &mut Findings) -> Vec<Rule> {
    let ids = Ids::read(grid, false, findings);
    let kind = grid.choices("rule", 0, findings);
    let projects = grid.read("projects", findings, None, |text, faults| names.projects(text, faults));
    let services = grid.read("services", findings, (None, false), |text, faults| services(text, names, faults));
    let orgs = grid.read("orgs", findings, None, |text, faults| names.any_words(text, faults));
    let places = grid.read("places", findings, None, |text, faults| names.places(text, faults));
    let periods = grid.read("periods", findings, PeriodSet::all(), |text, faults| names.periods(text, faults));
    let roles = grid.read("roles", findings, None, |text, faults| names.any_words(text, faults));
    let skills = grid.read("skills", findings, None, |text, faults| names.any_words(text, faults));
    let resources = grid.read("resources", findings, None, |text, faults| names.resources(text, faults));
    let units = grid.read("unit", findings, None, |text, faults| names.any_words(text, faults));
    let audience = grid.read("audience", findings, None, |text, faults| names.any_words(text, faults));
    let per = grid.read("per", findings, Vec::new(), |text, faults| per_keys(text, names, tag_kinds, faults));
    let min = grid.some_integers("min", findings);
    let max = grid.some_integers("max", findings);
    let against = grid.read("against", findings, None, |text, faults| {
        let (role, skills) = compound::against(text, faults)?;
        Some(Against { role: role.map(|role| names.symbol(&role)), skills: names.symbols_of(&skills) })
    });
    let window = grid.some_integers("window", findings);
    let weight = grid.integers("weight", 1, findings);

    let build = |row: usize| Rule {
        id: ids.text(row).to_owned(),
        row: grid.number(row),
        kind: KINDS[*kind.at(row)],
        projects: projects.at(row).clone(),
        services: services.at(row).0.clone(),
        theme: services.at(row).1,
        orgs: orgs.at(row).clone(),
        places: places.at(row).clone(),
        periods: periods.at(row).clone(),
        roles: roles.at(row).clone(),
        skills: skills.at(row).clone(),
        resources: resources.at(row).clone(),
        units: units.at(row).clone(),
        audience: audience.at(row).clone(),
        per: per.at(row).clone(),
        min: *min.at(row),
        max: *max.at(row),
        against: against.at(row).clone(),
        window: *window.at(row),
        weight: *weight.at(row),
    };
    let list: Vec<Rule> = ids.order().map(build).collect();
    for row in (0..grid.rows.len()).filter(|row| !kind.is_blank(*row)) {
        check_columns(grid, row, KINDS[*kind.at(row)], findings);
    }
    list
}

/// The words of `services`, and whether the word theme is among them.
fn services(text: &str, names: &Names<'_>, faults: &mut Faults) -> (Option<std::sync::Arc<[Symbol]>>, bool) {
    let words = names.words(text, faults);
    if words.is_empty() {
        return (None, false);
    }
    let is_theme = |word: &Symbol| matches!(fold(names.symbols.text(*word)).as_str(), "theme" | "\u{4e3b}\u{9898}");
    let named: Vec<Symbol> = words.iter().filter(|word| !is_theme(word)).copied().collect();
    (Some(sorted(named)), words.iter().any(is_theme))
}

/// The keys of `per`, sorted and distinct.
fn per_keys(text: &str, names: &Names<'_>, tag_kinds: &[Symbol], faults: &mut Faults) -> Vec<PerKey> {
    let mut keys = Vec::new();
    for word in items(text) {
        let key = match fold(&word).as_str() {
            "place" | "\u{5730}\u{70b9}" => PerKey::Place,
            "period" | "\u{65f6}\u{6bb5}" => PerKey::Period,
            "project" | "\u{9879}\u{76ee}" => PerKey::Project,
            "org" | "\u{673a}\u{6784}" => PerKey::Org,
            "service" | "\u{670d}\u{52a1}" | "\u{670d}\u{52a1}\u{7c7b}\u{522b}" => PerKey::Service,
            _ => match names.symbols.find(&word).filter(|kind| tag_kinds.contains(kind)) {
                Some(kind) => PerKey::Tag(kind),
                None => {
                    let known = ["place", "period", "project", "org", "service"].into_iter();
                    let known = known.chain(tag_kinds.iter().map(|kind| names.symbols.text(*kind)));
                    faults.add(Code::UnknownPerKey, &word, details![nearest(&word, known)]);
                    continue;
                }
            },
        };
        keys.push(key);
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Which columns a kind of rule needs and takes.
fn check_columns(grid: &Grid<'_>, row: usize, kind: RuleKind, findings: &mut Findings) {
    let filled = |column: &'static str| grid.coded(column).codes.get(row).is_some_and(|code| *code != 0);
    let counts = !matches!(kind, RuleKind::Ratio | RuleKind::Window);
    let needed: &[&'static str] = match kind {
        RuleKind::Ratio => &["max", "against"],
        RuleKind::Window => &["max", "window"],
        _ => &[],
    };
    for column in needed.iter().filter(|column| !filled(column)) {
        findings.add(grid.at(row, column), Code::RuleNeeds, "", details![title(column).as_str()]);
    }
    if counts && !filled("min") && !filled("max") {
        findings.add(grid.at(row, "max"), Code::RuleNeeds, "", details!["`min` (下限) / `max` (上限)"]);
    }
    let takes: &[(&'static str, bool, &str)] = &[
        ("skills", !counts, "ratio 比例, window 连续"),
        ("resources", !counts, "ratio 比例, window 连续"),
        ("unit", kind == RuleKind::Units, "units 数量"),
        ("audience", kind == RuleKind::Units, "units 数量"),
        ("per", counts, "sessions 场次, units 数量, projects 项目数, orgs 机构数"),
        ("min", counts, "sessions 场次, units 数量, projects 项目数, orgs 机构数"),
        ("against", kind == RuleKind::Ratio, "ratio 比例"),
        ("window", kind == RuleKind::Window, "window 连续"),
    ];
    for (column, taken, by) in takes {
        if !taken && filled(column) {
            findings.add(grid.at(row, column), Code::RuleTakesNot, "", details![*by]);
        }
    }
}

/// A column by both names.
fn title(column: &str) -> String {
    let found = crate::intake::columns::find(crate::lists::Table::Rules, column);
    found.map_or_else(String::new, |c| format!("`{}` ({})", c.name, c.chinese))
}
