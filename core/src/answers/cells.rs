//! What differs between two plans in a few lines: all of a project at a place in a period on one, and where there are many
//! of these, all of a project.

use std::collections::BTreeMap;

use super::difference::{Difference, NeedChange, cut};
use crate::export::{Names, describe_units, either, grouped};
use crate::lists::Lang;

/// Needs that are named one by one; where there are more, a line for those served more and one for those served less.
const NEEDS: usize = 4;
/// Needs that such a line names.
const NAMED: usize = 3;
/// Cells that have a line each; where there are more, projects have.
const CELLS: usize = 8;
/// Rows of staff that a line names.
const ROWS: usize = 6;

/// Period, place and project: the order of the lines.
pub(super) type At<'d> = (&'d str, &'d str, &'d str);

/// What differs in a cell.
#[derive(Default)]
pub(super) struct CellChange<'d> {
    /// Sessions before and after, where their number differs.
    sessions: Option<(i64, i64)>,
    /// Rows of staff with their member-sessions before and after.
    members: Vec<(&'d str, i64, i64)>,
}

/// What differs in each cell.
pub(super) fn by_cell(difference: &Difference) -> BTreeMap<At<'_>, CellChange<'_>> {
    let mut cells: BTreeMap<At, CellChange> = BTreeMap::new();
    for s in &difference.sessions {
        cells.entry((&s.period, &s.place, &s.project)).or_default().sessions = Some((s.before, s.after));
    }
    for m in &difference.members {
        let cell = cells.entry((&m.period, &m.place, &m.project)).or_default();
        cell.members.push((&m.resource, m.before, m.after));
    }
    cells
}

impl CellChange<'_> {
    /// `诗词课 · C1 · W1：0 → 1 场；S1 0 → 1 人次`.
    pub fn line(&self, (period, place, project): At, names: &Names) -> String {
        let lang = names.lang;
        let cell = [names.project(project), names.place(place), names.period(period)].join(" · ");
        let sessions = self.sessions.map(|(before, after)| match lang {
            Lang::Zh => format!("{before} → {after} 场"),
            Lang::En => format!("sessions {before} → {after}"),
        });
        let named = self.members.iter().take(ROWS);
        let mut rows: Vec<String> =
            named.map(|(row, before, after)| format!("{} {before} → {after}", names.resource(row))).collect();
        let more = self.members.len() - rows.len();
        if more > 0 {
            rows.push(match lang {
                Lang::Zh => format!("另 {more} 行人员"),
                Lang::En => format!("{more} more rows"),
            });
        }
        let rows = rows.join(either(lang, "、", ", "));
        let members = (!rows.is_empty()).then(|| match lang {
            Lang::Zh => format!("{rows} 人次"),
            Lang::En => format!("turns of {rows}"),
        });
        let parts: Vec<String> = sessions.into_iter().chain(members).collect();
        format!("{cell}{}{}", either(lang, "：", ": "), parts.join(either(lang, "；", "; ")))
    }
}

/// A dozen lines at most of what differs.
pub(super) fn few_lines(difference: &Difference, names: &Names) -> Vec<String> {
    let lang = names.lang;
    let mut out = Vec::new();
    if difference.needs.len() <= NEEDS {
        out.extend(difference.needs.iter().map(|need| of_need(need, names)));
    } else {
        let (more, less): (Vec<_>, Vec<_>) = difference.needs.iter().partition(|need| need.after > need.before);
        out.extend(of_needs(&more, names, either(lang, "多服务", "more")));
        out.extend(of_needs(&less, names, either(lang, "少服务", "less")));
    }
    let cells = by_cell(difference);
    if cells.len() <= CELLS {
        out.extend(cells.iter().map(|(at, cell)| cell.line(*at, names)));
        return out;
    }
    let mut projects: BTreeMap<&str, Sums> = BTreeMap::new();
    cells.iter().for_each(|(at, cell)| projects.entry(at.2).or_default().add(cell));
    let mut projects: Vec<(&str, Sums)> = projects.into_iter().collect();
    projects.sort_by_key(|(_, sums)| std::cmp::Reverse(sums.size()));
    let lines: Vec<String> = projects.iter().map(|(project, sums)| sums.line(&names.project(project), lang)).collect();
    cut(&mut out, lines.into_iter(), CELLS, lang);
    out
}

/// `需求 N1：服务 0 → 1`.
pub(super) fn of_need(need: &NeedChange, names: &Names) -> String {
    let name = names.need(&need.need);
    match names.lang {
        Lang::Zh => format!("需求 {name}：服务 {} → {}", need.before, need.after),
        Lang::En => format!("need {name}: served {} → {}", need.before, need.after),
    }
}

/// `多服务的需求 34 项，共 50 人次：N1 0 → 1、N2 3 → 4、N7 0 → 2 等`.
fn of_needs(list: &[&NeedChange], names: &Names, how: &str) -> Option<String> {
    if list.is_empty() {
        return None;
    }
    let named = list.iter().take(NAMED);
    let mut said: Vec<String> =
        named.map(|need| format!("{} {} → {}", names.need(&need.need), need.before, need.after)).collect();
    let by = list.iter().map(|need| (need.need.as_str(), need.after.abs_diff(need.before)));
    let by = by.map(|(need, n)| (need, i64::try_from(n).unwrap_or(i64::MAX)));
    let (n, sum) = (list.len(), describe_units(names.case, by, names.lang));
    Some(match names.lang {
        Lang::Zh => {
            let rest = if n > NAMED { " 等" } else { "" };
            format!("{how}的需求 {n} 项，共 {sum}：{}{rest}", said.join("、"))
        }
        Lang::En => {
            said.extend((n > NAMED).then(|| "…".to_owned()));
            let needs = if n == 1 { "need" } else { "needs" };
            format!("{n} {needs} served {how}, {sum} in all: {}", said.join(", "))
        }
    })
}

/// What differs in the cells of a project.
#[derive(Default)]
struct Sums {
    cells: usize,
    /// Sessions and member-sessions that are gone and that are new.
    sessions: (i64, i64),
    members: (i64, i64),
}

impl Sums {
    fn add(&mut self, cell: &CellChange) {
        self.cells += 1;
        let add = |sums: &mut (i64, i64), before: i64, after: i64| {
            *sums = (sums.0 + (before - after).max(0), sums.1 + (after - before).max(0));
        };
        cell.sessions.iter().for_each(|(before, after)| add(&mut self.sessions, *before, *after));
        cell.members.iter().for_each(|(_, before, after)| add(&mut self.members, *before, *after));
    }

    fn size(&self) -> i64 {
        self.sessions.0 + self.sessions.1 + self.members.0 + self.members.1
    }

    fn line(&self, project: &str, lang: Lang) -> String {
        let n = self.cells;
        let of = |(gone, new): (i64, i64), what: &str| {
            let signs = [(gone, "−"), (new, "+")].into_iter().filter(|(n, _)| *n > 0);
            let signs: Vec<String> = signs.map(|(n, sign)| format!("{sign}{}", grouped(n))).collect();
            (!signs.is_empty()).then(|| format!("{what} {}", signs.join(" ")))
        };
        let sessions = of(self.sessions, either(lang, "场次", "sessions"));
        let members = of(self.members, either(lang, "人次", "turns"));
        let parts: Vec<String> = sessions.into_iter().chain(members).collect();
        match lang {
            Lang::Zh => format!("{project}：{n} 个地点和时段有变，{}", parts.join("，")),
            Lang::En if n == 1 => format!("{project}: 1 place and period differs, {}", parts.join(", ")),
            Lang::En => format!("{project}: {n} places and periods differ, {}", parts.join(", ")),
        }
    }
}
