//! Two plans side by side: by level, service, place, group and resource; who gained and who lost.

use std::collections::BTreeMap;

use serde::Serialize;

use super::difference::{Difference, SHOWN, cut, difference};
use super::ground::served;
use super::worth::{self, LevelChange, signed};
use crate::check::check;
use crate::export::{Names, either, grouped, term_value, yuan};
use crate::lists::{Case, Lang, Term};
use crate::plan::{Level, Plan};

/// Two plans side by side. Units of different kinds are never added up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The levels, where both plans have the same.
    pub levels: Vec<LevelChange>,
    /// Every term that either plan values, by name.
    pub terms: Vec<Line>,
    /// Sessions held.
    pub sessions: Line,
    /// Units served by the services that needs name, and unit.
    pub services: Vec<Line>,
    /// Units served by the place of the need, and unit.
    pub places: Vec<Line>,
    /// Units served by the group of the need, and unit.
    pub groups: Vec<Line>,
    /// Load carried by staff rows; sessions in venue rows; fen of funds; items of stocks.
    pub resources: Vec<Line>,
    /// Needs served more in the second plan, most first.
    pub gained: Vec<Line>,
    /// Needs served less in the second plan, most first.
    pub lost: Vec<Line>,
    /// Units and member-sessions that differ.
    pub difference: Difference,
    #[serde(skip)]
    before: Vec<Level>,
    #[serde(skip)]
    after: Vec<Level>,
}

/// One amount in both plans.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The id or word.
    pub name: String,
    /// The unit of needs, or `load`, `sessions`, `fen`, `items`; blank where there is none.
    pub unit: String,
    /// In the first plan.
    pub before: i64,
    /// In the second plan.
    pub after: i64,
}

/// Compares two plans of a case. The second may come from lists that have changed since: what it names and the lists
/// do not have stands under its own id, and its levels are those that it claims.
pub fn compare(case: &Case, before: &Plan, after: &Plan) -> Comparison {
    let levels = [levels_of(case, before), levels_of(case, after)];
    let same = levels[0].len() == levels[1].len()
        && levels[0].iter().zip(&levels[1]).all(|(a, b)| a.terms.keys().eq(b.terms.keys()));
    let mut terms = Sums::default();
    for (late, level) in [(false, &levels[0]), (true, &levels[1])] {
        for (name, amount) in level.iter().flat_map(|level| &level.terms) {
            terms.add(name, "", late, *amount);
        }
    }
    let mut terms = terms.all();
    terms.sort_by_key(|line| Term::ALL.iter().position(|term| term.name() == line.name));
    let (mut services, mut places, mut groups) = (Sums::default(), Sums::default(), Sums::default());
    let (mut needs, mut resources) = (Sums::default(), Sums::default());
    for (late, plan) in [(false, before), (true, after)] {
        for (id, units) in served(plan) {
            let Some(need) = case.need(id).map(|n| &case.needs[n.index()]) else {
                needs.add(id, "", late, units);
                continue;
            };
            let unit = case.text(need.unit);
            let words: Vec<&str> = need.services.iter().map(|s| case.text(*s)).collect();
            services.add(&words.join("; "), unit, late, units);
            places.add(&case.places[need.place.index()].id, unit, late, units);
            groups.add(case.text(need.group), unit, late, units);
            needs.add(id, unit, late, units);
        }
        count_resources(case, plan, late, &mut resources);
    }
    let mut gained: Vec<Line> = needs.all().into_iter().filter(|line| line.after > line.before).collect();
    let mut lost: Vec<Line> = needs.all().into_iter().filter(|line| line.after < line.before).collect();
    gained.sort_by_key(|line| line.before - line.after);
    lost.sort_by_key(|line| line.after - line.before);
    let count = |plan: &Plan| i64::try_from(plan.sessions.len()).unwrap_or(i64::MAX);
    let [levels_before, levels_after] = levels;
    Comparison {
        levels: if same { worth::changes(&levels_before, &levels_after) } else { Vec::new() },
        terms,
        sessions: Line { before: count(before), after: count(after), ..Line::default() },
        services: services.all(),
        places: places.all(),
        groups: groups.all(),
        resources: resources.all(),
        gained,
        lost,
        difference: difference(before, after),
        before: levels_before,
        after: levels_after,
    }
}

fn levels_of(case: &Case, plan: &Plan) -> Vec<Level> {
    let own = plan.case.is_empty() || plan.case == case.hash;
    if own || plan.levels.is_empty() { check(case, plan).levels } else { plan.levels.clone() }
}

fn count_resources(case: &Case, plan: &Plan, late: bool, sums: &mut Sums) {
    for session in &plan.sessions {
        let project = case.project(&session.project).map(|p| &case.projects[p.index()]);
        for seat in &session.staff {
            let post = project.and_then(|p| p.posts.iter().find(|post| post.number == seat.post));
            let periods = if seat.period.is_some() { 1 } else { project.map_or(1, |p| p.span) };
            sums.add(&seat.resource, "load", late, post.map_or(1, |post| post.load).saturating_mul(periods));
        }
        session.venue.iter().for_each(|venue| sums.add(venue, "sessions", late, 1));
        session.funds.iter().for_each(|line| sums.add(&line.fund, "fen", late, line.fen));
        session.goods.iter().for_each(|line| sums.add(&line.stock, "items", late, line.n));
    }
    for line in plan.launches.iter().flat_map(|launch| &launch.funds) {
        sums.add(&line.fund, "fen", late, line.fen);
    }
}

/// Amounts by name and unit.
#[derive(Default)]
struct Sums(BTreeMap<(String, String), (i64, i64)>);

impl Sums {
    fn add(&mut self, name: &str, unit: &str, late: bool, amount: i64) {
        let sides = self.0.entry((name.to_owned(), unit.to_owned())).or_default();
        let side = if late { &mut sides.1 } else { &mut sides.0 };
        *side = side.saturating_add(amount);
    }

    fn all(&self) -> Vec<Line> {
        let line = |((name, unit), (before, after)): (&(String, String), &(i64, i64))| Line {
            name: name.clone(),
            unit: unit.clone(),
            before: *before,
            after: *after,
        };
        self.0.iter().map(line).collect()
    }
}

impl Comparison {
    /// The comparison for people: what differs, and nothing else.
    pub fn text(&self, names: &Names) -> String {
        let lang = names.lang;
        let mut out = vec![match lang {
            Lang::Zh => format!("场次 {} → {}", self.sessions.before, self.sessions.after),
            Lang::En => format!("sessions {} → {}", self.sessions.before, self.sessions.after),
        }];
        if self.levels.is_empty() && !self.terms.is_empty() {
            out.push(
                either(lang, "两个方案的层级不同，逐项比较", "the plans have different levels; term by term")
                    .to_owned(),
            );
            let value = |line: &Line, amount: i64| term_value(lang, &line.name, amount);
            let differing = self.terms.iter().filter(|line| line.before != line.after);
            out.extend(differing.map(|line| format!("{} → {}", value(line, line.before), value(line, line.after))));
        } else {
            out.extend(worth::lines(&self.before, &self.after, lang));
        }
        let id = |line: &Line| line.name.clone();
        let place = |line: &Line| names.place(&line.name);
        let row = |line: &Line| names.resource(&line.name);
        // A group is the place of a need where the lists name no other.
        let groups = if self.groups == self.places { &[][..] } else { &self.groups };
        let sections: [(&str, &str, &[Line], Naming); 4] = [
            ("按服务类别", "by service", &self.services, &id),
            ("按地点", "by place", &self.places, &place),
            ("按分组", "by group", groups, &place),
            ("按资源", "by resource", &self.resources, &row),
        ];
        for (chinese, english, list, name) in sections {
            section(&mut out, either(lang, chinese, english), lines_of(list, name, lang), lang);
        }
        let need = |line: &Line| names.need(&line.name);
        section(
            &mut out,
            either(lang, "得到更多的需求", "needs that gained"),
            lines_of(&self.gained, &need, lang),
            lang,
        );
        section(&mut out, either(lang, "得到更少的需求", "needs that lost"), lines_of(&self.lost, &need, lang), lang);
        out.push(match lang {
            Lang::Zh => format!("去掉 {} 处、新增 {} 处（服务数量与人次）", self.difference.gone, self.difference.new),
            Lang::En => format!("gone {}, new {} (units and turns)", self.difference.gone, self.difference.new),
        });
        out.join("\n") + "\n"
    }
}

/// What a line is called.
type Naming<'n> = &'n dyn Fn(&Line) -> String;

/// Lines that differ.
fn lines_of(list: &[Line], name: Naming, lang: Lang) -> Vec<String> {
    let differing = list.iter().filter(|line| line.before != line.after);
    differing
        .map(|line| {
            let (before, after) = (amount(line, line.before), amount(line, line.after));
            let change = line.after.saturating_sub(line.before);
            let change = match (line.unit == "fen", lang) {
                (true, _) => String::new(),
                (false, Lang::Zh) => format!("（{}）", signed(change)),
                (false, Lang::En) => format!(" ({})", signed(change)),
            };
            let what = [name(line).as_str(), shown_unit(&line.unit, lang)].join(" ");
            format!("{}{}{before} → {after}{change}", what.trim_end(), either(lang, "：", ": "))
        })
        .collect()
}

fn shown_unit(unit: &str, lang: Lang) -> &str {
    match (unit, lang) {
        ("fen", _) => "¥",
        ("load", Lang::Zh) => "工时",
        ("sessions", Lang::Zh) => "场次",
        ("items", Lang::Zh) => "件",
        _ => unit,
    }
}

fn amount(line: &Line, n: i64) -> String {
    if line.unit == "fen" { yuan(n) } else { grouped(n) }
}

fn section(out: &mut Vec<String>, heading: &str, lines: Vec<String>, lang: Lang) {
    if !lines.is_empty() {
        out.push(heading.to_owned());
        let mut shown = Vec::new();
        cut(&mut shown, lines.into_iter(), SHOWN, lang);
        out.extend(shown.into_iter().map(|line| format!("  {line}")));
    }
}
